#!/usr/bin/env python3
"""Old, newer, foreign and damaged stores. tests/data/store/vN.sql is a small store as version N wrote it. Before
the version grows: tests/torture/stores.py dump >tests/data/store/vN.sql."""
import glob
import os
import re
import shutil
import sqlite3
import sys

import bed as torture

OLD = os.path.join(torture.ROOT, "tests", "data", "store")
DAY = "2026-11-28"


def version_now():
    """What this program writes."""
    text = torture.read(os.path.join(torture.ROOT, "src/store/db.h")).decode()
    return int(re.search(r"#define DB_VERSION\s+(\d+)", text).group(1))


def story(bed, school):
    """What the stores of all versions went through."""
    os.mkdir(school)
    bed.started(school)
    bed.must(school, "2026-11-14", "weekly", "--week", "2026-W46")
    torture.issued(bed, school)
    torture.imported("47c")(bed, school)
    bed.must(school, "2026-11-21", "returned", "2026-W46-3А-01")


def dump(bed):
    school = bed.path("school")
    story(bed, school)
    db = sqlite3.connect(os.path.join(school, "paperdiary.db"))
    print("-- A small store of made-up pupils; tests/torture/stores.py says how it was made.")
    for name in ("application_id", "user_version"):
        print(f"PRAGMA {name} = {db.execute(f'PRAGMA {name}').fetchone()[0]};")
    for line in db.iterdump():
        print(line)
    db.close()


def school_with(bed, template, fill):
    """A copy of the school whose store `fill` makes."""
    school = bed.copy(template)
    path = os.path.join(school, "paperdiary.db")
    fill(path)
    os.chmod(path, 0o600)
    return school


def from_script(version):
    def fill(path):
        os.unlink(path)
        db = sqlite3.connect(path)
        db.executescript(torture.read(os.path.join(OLD, f"v{version}.sql")).decode())
        db.close()
    return fill


def what_it_says(bed, school):
    """Numbers, register, and the sheets made again from the store alone."""
    shutil.rmtree(os.path.join(school, "out"), ignore_errors=True)
    said = [bed.run(school, DAY, args).out for args in
            (["--json", "summary", "--week", "2026-W47"], ["--json", "pupils"], ["status"])]
    for week in ("2026-W46", "2026-W47"):
        done = bed.run(school, DAY, ["reprint", f"{week}-3А-01..{week}-3А-02"])
        said.append(done.err)
        assert done.status in (0, 1), done.err
    return said, {n: sha for n, sha in bed.files(school).items() if n.startswith("out/") and ".." not in n}


def migrates(bed, template, version):
    """The old store gives what a new one of the same story gives, and a copy of it stands beside it."""
    fresh, old = bed.copy(template), school_with(bed, template, from_script(version))
    first = bed.run(old, DAY, ["pupils"])
    copy = os.path.join(old, f"paperdiary.db.v{version}")
    problem = None
    if first.status != 0:
        problem = first.err.strip()
    elif version < version_now() and not os.path.exists(copy):
        problem = "no copy was made before"
    elif version < version_now() and os.stat(copy).st_mode & 0o77:
        problem = "the copy can be read by others"
    if problem is None:
        (said, files), (said_now, files_now) = what_it_says(bed, old), what_it_says(bed, fresh)
        if said != said_now:
            problem = "it says something else than a new store: " + str([(a, b) for a, b in zip(said, said_now) if a != b])[:1500]
        elif sorted(files.values()) != sorted(files_now.values()):
            problem = f"other sheets: {sorted(files)} against {sorted(files_now)}"
        bed.store(old)
    for school in (fresh, old):
        shutil.rmtree(school)
    return f"a store of version {version}", problem


def interrupted(bed, template, version):
    """Killed at each write of the migration: the next run finds the old store or the new one, whole."""
    case = torture.Case(f"migration from {version}", ["pupils"], DAY, None)
    case.school = school_with(bed, template, from_script(version))
    whole = bed.copy(case.school)
    case.reference = bed.run(whole, DAY, case.args)
    case.after = bed.state(whole)
    for n in bed.points(bed.count(case, "count"), 8):
        for fault in ("kill", "torn", "io", "full"):
            school = bed.copy(case.school)
            bed.run(school, DAY, case.args, f"{fault}:{n}")
            again = bed.run(school, DAY, case.args)
            problem = None
            if again.status != 0 or again.out != case.reference.out:
                problem = f"the next run ended with {again.status}: {again.err.strip()}"
            elif bed.state(school).rows != case.after.rows:
                problem = "the next run came to another store"
            elif glob.glob(os.path.join(school, "paperdiary.db*.new")):
                problem = "a file in the making is left"
            bed.judge(f"{case.name}, {fault} at write {n}", problem)
            shutil.rmtree(school)


def refused(bed, template, what, fill, words):
    """Exit 4 with the words, and not a byte of the store is changed."""
    school = school_with(bed, template, fill)
    path = os.path.join(school, "paperdiary.db")
    before, problem = torture.read(path), None
    for args in (["pupils"], ["import", bed.path("47.csv")], ["weekly"]):
        done = bed.run(school, DAY, args)
        if done.status != 4 or not re.search(words, done.err):
            problem = f"{args[0]} ended with {done.status}: {done.err.strip()}"
    if problem is None and torture.read(path) != before:
        problem = "the file was changed"
    shutil.rmtree(school)
    bed.judge(what, problem)


def sql(*statements):
    def fill(path):
        db = sqlite3.connect(path)
        for statement in statements:
            db.execute(statement)
        db.commit()
        db.close()
    return fill


def of_bytes(data):
    def fill(path):
        with open(path, "wb") as file:
            file.write(data)
    return fill


def foreign(path):
    os.unlink(path)
    sql("CREATE TABLE pupil (name TEXT)", "PRAGMA user_version = 1")(path)


def damaged_page(bed, template, page, size):
    """A page full of noise: it is told, or it is one that was not needed; nothing crashes."""
    school = bed.copy(template)
    path = os.path.join(school, "paperdiary.db")
    with open(path, "r+b") as file:
        file.seek(page * size)
        file.write(b"\x5a" * size)
    problem = None
    for args in (["pupils"], ["--json", "summary", "--week", "2026-W47"], ["weekly", "--week", "2026-W47"], ["purge"]):
        done = bed.run(school, DAY, args)
        if done.status not in (0, 1, 4) or torture.NAMES.search(done.err):
            problem = f"{args[0]} ended with {done.status}: {done.err.strip()}"
    shutil.rmtree(school)
    return f"page {page} damaged", problem


def main():
    bed = torture.Bed()
    if sys.argv[1:] == ["dump"]:
        dump(bed)
        bed.close()
        return
    template, now = bed.path("template"), version_now()
    story(bed, template)
    for version in range(1, now):
        bed.judge(*migrates(bed, template, version))
        interrupted(bed, template, version)
    whole = torture.read(os.path.join(template, "paperdiary.db"))
    no_store = "is not a paperdiary store; put back the last good copy"
    refused(bed, template, "a newer store", sql(f"PRAGMA user_version = {now + 1}"), "newer paperdiary")
    refused(bed, template, "a foreign database", foreign, no_store)
    refused(bed, template, "an empty file", of_bytes(b""), no_store)
    refused(bed, template, "a text", of_bytes("Дата;Класс\n".encode() * 400), no_store)
    refused(bed, template, "a store cut in half", of_bytes(whole[:len(whole) // 2]), "damaged")
    refused(bed, template, "a store without its tables", sql("DROP TABLE forecast", "DROP TABLE pupil_state"),
            "put back the last good copy")
    size = int.from_bytes(whole[16:18], "big")
    pages = [p - 1 for p in bed.points(len(whole) // size, 6)]
    bed.each(lambda page: damaged_page(bed, template, page, size), pages)
    print(f"# stores of {now} versions, {len(pages)} damaged pages")
    bed.finish()


if __name__ == "__main__":
    main()
