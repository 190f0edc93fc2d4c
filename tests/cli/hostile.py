"""Hostile text in every place where text comes in: printed or refused, never executed, never outside the school folder,
and no control character on a terminal. PROGRAM WORKFOLDER; closes with counts."""
import csv
import io
import os
import shutil
import subprocess
import sys

PROGRAM, WORK = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
SCHOOL = os.path.join(WORK, "school")
HEAD = "date;class;pupil_id;pupil;lesson;subject;teacher;topic;homework;work;weight;mark;attendance;comment".split(";")
VALUES = {
    "colour": "\x1b[31mred\x1b[0m", "title": "\x1b]0;title\x07", "bell": "a\x07b", "csi": "a\u009b31mb",
    "override": "a\u202eb\u2066c\u2069", "marks": "\u200fa\u200eb\u061cc", "emoji": "👩\u200d🏫😀", "nfd": "Ӧмӧи\u0306",
    "tag": "a\U000e0041b", "separators": "a\u2028b\u2029c", "formula": "=cmd|'/C calc'!A0", "plus": "+1+1", "minus": "-2+3",
    "at": "@SUM(A1)", "up": "../../escaped", "root": "/tmp/escaped", "backslash": "..\\..\\escaped", "hidden": ".hidden",
    "dots": "..", "long": "я" * 3000, "cell": "ж" * 100000, "nbsp": "\u00a0a\u00a0b", "delete": "a\x7fb", "backspace": "abc\b\b\bx",
    "return": "ab\rcd", "feed": "a\nb", "bom": "\ufeffa", "private": "a\ue000b", "zalgo": "з\u0489\u0489\u0301" * 50,
    "next": "a\u0085b", "format": "%s%n%d%1$s", "shell": "$(touch escaped)`touch escaped`;touch escaped", "quote": "'\"</script>",
    "sql": "'); DROP TABLE pupil; --", "latin": "Aннa Cидopoвa", "nul": "a\0b",
}
counts = {"runs": 0, "taken": 0, "refused": 0, "faults": 0}


def fault(text):
    counts["faults"] += 1
    print("FAULT:", text.encode("unicode_escape").decode())


def controls(data):
    """Characters that a terminal acts on; lines may end."""
    text = data.decode("utf-8", "surrogateescape")
    bad = [c for c in text if (ord(c) < 32 and c not in "\n") or 0x7F <= ord(c) < 0xA0 or 0xDC80 <= ord(c) < 0xDD00 or c in
           "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]
    return sorted(set(bad))


def run(*words, files=False, **more):
    counts["runs"] += 1
    done = subprocess.run([PROGRAM, "--today", "2026-11-21", "--school", SCHOOL, *words], capture_output=True, check=False,
                          cwd=WORK, env={"PATH": "/usr/bin:/bin"}, **more)
    shown = " ".join(words)[:120]
    if not 0 <= done.returncode <= 3:
        fault(f"exit {done.returncode} of {shown}: {done.stderr.decode('utf-8', 'replace')[:300]}")
    for stream in (done.stdout.replace(b"\r\n", b"\n") if files else done.stdout, done.stderr):
        if controls(stream):
            fault(f"{controls(stream)} from {shown}")
    return done


def row(number, **fields):
    cells = dict(zip(HEAD, ["2026-11-16", "3А", str(200 + number), f"Ученик Имя{number}", "1", "Математика"] + [""] * 8))
    cells["mark"] = "5"
    cells.update(fields)
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerow(cells.values())
    return out.getvalue()


def write(name, text):
    path = os.path.join(WORK, name)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    return path


def check_inside(before):
    if set(os.listdir(WORK)) - before:
        fault(f"outside the school folder: {set(os.listdir(WORK)) - before}")
    for folder, folders, files in os.walk(os.path.join(SCHOOL, "out")):
        for name in folders + files:
            if controls(os.fsencode(name)) or "\n" in name or name.startswith(".") or len(os.fsencode(name)) > 255:
                fault(f"a file named {name}")
            if not os.path.realpath(os.path.join(folder, name)).startswith(os.path.realpath(SCHOOL) + os.sep):
                fault(f"{name} leads out of the school folder")


def cells():
    """Each value in each column, checked alone."""
    for column in HEAD:
        for value in VALUES.values():
            done = run("check", write("cell.csv", ";".join(HEAD) + "\n" + row(1, **{column: value})))
            counts["taken" if done.returncode < 2 else "refused"] += 1


def whole_way():
    """All that can be taken, on paper, through every command that prints."""
    text, number, codes = ";".join(HEAD) + "\n", 0, []
    for column in HEAD:
        for value in VALUES.values():
            if "\0" not in value:
                number += 1
                text += row(number, **{column: value})
                codes.append(str(200 + number))
    done = run("import", write("all.csv", text))
    if done.returncode != 1:
        fault(f"import of all: {done.returncode}")
    roster = "pupil_id;pupil;class;paper_from;delivery;recipient;address;copies\n"
    for number, value in enumerate(VALUES.values()):
        if "\0" not in value:
            out = io.StringIO()
            csv.writer(out, delimiter=";", lineterminator="\n").writerow(
                [900 + number, value[:3000], "4А", "2026-11-01", ("hand", "office", "post")[number % 3], value, value, ""])
            roster += out.getvalue()
    run("import", write("roster.csv", roster))
    lessons = ";".join(HEAD) + "\n" + "".join(row(700 + number, **{"class": "4А", "pupil": ""}) for number in range(len(VALUES)))
    run("import", write("lessons.csv", lessons))
    for code in codes[:40]:
        run("opt-out", code, "--from", "2026-11-01", "--delivery", "hand")
    for words in (["weekly"], ["weekly", "--preview"], ["summary"], ["summary", "--json"], ["pupils"], ["pupils", "--json"],
                  ["register"], ["register", "--json"], ["register", "--pdf", "--week", "2026-W47"], ["status"], ["forecast"],
                  ["remind"], ["audit"], ["purge", "--dry-run"], ["term", "--term", "1", "--class", "4А", "--preview"]):
        run(*words)
    table = run("register", "--csv", files=True).stdout.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))
    if len(rows) < 30:
        fault(f"only {len(rows)} rows in the register")
    for cell in (cell for line in rows for cell in line):
        if cell[:1] and cell[0] in "=+-@\t\r":
            fault(f"a formula in the register: {cell}")


def names():
    """As words of the command line and as names of files, in inbox/ too."""
    good = ";".join(HEAD) + "\n" + row(1, mark="77")
    for value in VALUES.values():
        if "\0" in value:
            continue
        for words in (["summary", "--pupil", value], ["summary", "--week", value], ["summary", "--class", value], [value],
                      ["--" + value], ["opt-out", value, "--from", "2026-11-01", "--delivery", "hand"], ["returned", value],
                      ["reprint", value], ["import", value], ["import", "--profile", value, "all.csv"], ["weekly", "--layout", value],
                      ["opt-out", "201", "--from", "2026-11-01", "--delivery", "hand", "--recipient", value, "--address", value],
                      ["register", "--week", value], ["leave", "201", "--on", value, "--ground", value]):
            if max(len(word.encode()) for word in words) < 100000:
                run(*words)
        name = value.replace("/", "_") + ".csv"
        if len(name.encode()) > 255:
            continue
        run("check", write(name, good))
        os.remove(os.path.join(WORK, name))
        write(os.path.join("school", "inbox", name), good)
    run("run")
    run("run")


def settings():
    path = os.path.join(SCHOOL, "school.ini")
    with open(path, encoding="utf-8") as file:
        usual = file.read()
    for value in VALUES.values():
        for text in (usual.replace("name =", "name = " + value, 1), usual + f"\n[marks]\n{value} = 1\n", usual + f"\n[{value}]\n"):
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            run("summary")
    with open(path, "w", encoding="utf-8") as file:
        file.write(usual)


shutil.rmtree(WORK, ignore_errors=True)
os.makedirs(WORK)
run("init", SCHOOL)
INI = os.path.join(SCHOOL, "school.ini")
with open(INI, encoding="utf-8") as ini:
    SKIPPING = ini.read().replace("rejects = refuse", "rejects = skip")
with open(INI, "w", encoding="utf-8") as ini:
    ini.write(SKIPPING)
for part in (cells, whole_way, names, settings):
    part()
check_inside({"school", "cell.csv", "all.csv", "roster.csv", "lessons.csv"})
print("hostile text: " + ", ".join(f"{number} {name}" for name, number in counts.items()))
sys.exit(counts["faults"] > 0)
