#!/usr/bin/env python3
"""What a power cut leaves. The calls that write and sync are reported in order, and their order is judged: (a) before the
store takes rows of the register, each PDF that they name is on the disk; (b) what a command that ended has written, named
or removed is on the disk before it ends; (c) a file that takes another's name is on the disk before; (d) so is the store before its journal
goes. What is not synced counts as lost: bytes, names in a folder, and removals, each by itself."""
import os
import re
import shutil
import sqlite3

import bed as torture

JOURNAL = "paperdiary.db-journal"


# Syncs that, left out of a report, break a rule: the test of this test.
NEEDED = [("weekly", "the sync before the register", "syncfs", 0), ("weekly", "the sync at the end", "syncfs", -1),
          ("weekly", "syncs of the store", "fdatasync", None), ("run", "syncs of files and folders", "fsync", None)]


class Lost:
    """What a power cut would take now. Moments are places in the report."""

    def __init__(self, school):
        self.school = school
        self.bytes, self.names = {}, {}  # path: the moment when the last call on it ended
        self.begun = {}                  # calls that are going on: how many write to a path

    def sync(self, moment, path):
        """What ended before `moment` is on the disk: of a file, of the names in a folder, or (None) of all."""
        for lost in (self.bytes, self.names):
            for p in [p for p, at in lost.items() if at < moment]:
                if path is None or (p == path if lost is self.bytes else os.path.dirname(p) == path):
                    del lost[p]

    def rename(self, moment, old, new):
        self.names[old] = self.names[new] = moment
        for p in [p for p in self.bytes if p == old or p.startswith(old + "/")]:
            self.bytes[new + p[len(old):]] = self.bytes.pop(p)

    def ended(self, moment, call, path, old):
        if call in ("write", "pwrite", "writev", "ftruncate", "opentrunc"):
            self.bytes[path] = moment
        if call in ("open", "opentrunc", "mkdir", "link"):
            self.names[path] = moment
        if call == "unlink":
            self.names[path] = moment
            self.bytes.pop(path, None)
        if call == "rename":
            self.rename(moment, old, path)


class Judge:
    """Follows a report line by line; `wrong` has what breaks the rules."""

    def __init__(self, school, there, register):
        self.lost = Lost(school)
        self.school, self.there = school, there
        self.register = register  # paths of the PDFs that new rows of the register name
        self.commits, self.wrong, self.syncs = [], [], {}
        self.placed = {}          # final path: where it was made

    def kind(self, path):
        """A path without what names a pupil or a class."""
        parts = os.path.relpath(path, self.school).split("/")
        name = parts[-1]
        known = name in ("print.pdf", "post.pdf", "register.pdf", JOURNAL, "school.ini", "paperdiary.db")
        return "/".join(parts[:1] + ["*"] * (len(parts) - 2) + ([name if known else re.sub(r"^.*?(\.\w+)?$", r"*\1", name)]
                                                               if len(parts) > 1 else []))

    def say(self, what, path):
        text = f"{what}: {self.kind(path)}"
        if text not in self.wrong:
            self.wrong.append(text)

    def line(self, moment, text):
        mark, *fields = text.split("\t")
        if mark == ">":
            self.began(moment, *fields)
        else:
            self.ended(moment, int(fields[0]), *fields[1:])

    def began(self, moment, call, path, old=None):
        if call in ("fsync", "fdatasync", "syncfs"):
            self.syncs[(call, path)] = moment
        if call == "unlink" and os.path.basename(path) == JOURNAL:
            self.commits.append((moment, dict(self.lost.bytes), dict(self.lost.names)))
            if path[:-len("-journal")] in self.lost.bytes:
                self.say("(d) is committed before it is synced", path[:-len("-journal")])
        if call == "rename":
            if old in self.lost.bytes:
                self.say("(c) takes its name before it is synced", path)
            self.placed[path] = old

    def ended(self, moment, result, call, path, old=None):
        if call in ("fsync", "fdatasync", "syncfs"):
            self.lost.sync(self.syncs[(call, path)], None if call == "syncfs" else path)
        elif result >= 0:
            if path in self.register and call in ("write", "pwrite", "opentrunc", "ftruncate"):
                self.say("(a) written in place", path)
            self.lost.ended(moment, call, path, old)

    def end(self, renames):
        """After the last line; renames: {final path: moment}."""
        for path in sorted(self.register):
            before = [c for c in self.commits if c[0] < renames.get(path, 0)]
            made = self.placed.get(path)
            if not before or made is None:
                self.say("(a) is placed without the register having it", path)
            elif made in before[-1][1] or made in before[-1][2]:
                self.say("(a) the register has it before it is synced", path)
        for path in self.lost.bytes:
            if os.path.exists(path) and self.counts(path):
                self.say("(b) bytes are not synced at the end", path)
        for path in self.lost.names:
            here = os.path.exists(path)
            if self.counts(path) and (here or path in self.there or os.path.basename(path) == JOURNAL):
                self.say(f"(b) its {'name' if here else 'removal'} is not synced at the end", path)

    @staticmethod
    def counts(path):
        """The lock says nothing that must last; a folder where files are made is cleared by the next run."""
        return os.path.basename(path) not in (".lock", ".making") and "/.making/" not in path


def paths_of(school):
    return {os.path.join(folder, name) for folder, folders, names in os.walk(school) for name in folders + names}


def registered(school):
    path = os.path.join(school, "paperdiary.db")
    if not os.path.exists(path):
        return set()
    db = sqlite3.connect(path)
    files = {os.path.join(school, "out", file) for (file,) in db.execute("SELECT file FROM sheet WHERE file != ''")}
    db.close()
    return files


def broken(school, there, new, lines):
    """What the report breaks of the rules."""
    judge = Judge(school, there, new)
    renames = {}
    for moment, text in enumerate(lines):
        if text.startswith(">\trename\t"):
            renames[text.split("\t")[2]] = moment
        judge.line(moment, text)
    judge.end(renames)
    return judge.wrong


def without(lines, call, which):
    """The report as if one such sync had not been made, or (None) none of them."""
    begins = [i for i, text in enumerate(lines) if text.startswith(f">\t{call}\t")]
    gone = begins if which is None else [begins[which]]
    ends = [next(i for i in range(at, len(lines)) if lines[i][0] == "<" and
                 lines[i].split("\t")[2:] == lines[at].split("\t")[1:]) for at in gone]
    return [text for i, text in enumerate(lines) if i not in gone + ends]


def cut(bed, case):
    """Runs the command and judges its report; how many calls it has, how many PDFs the register took."""
    school = bed.copy(case.school)
    there, had = paths_of(school), registered(school)
    done = bed.run(school, case.today, bed.filled(case, school), "log:0")
    lines = [text for text in done.lines if text[0] in "<>"]
    new = registered(school) - had
    problem = None
    if done.status not in (0, 1):
        problem = f"ended with {done.status}: {done.err.strip()}"
    else:
        problem = "; ".join(broken(school, there, new, lines)) or None
    bed.judge(case.name, problem)
    for name, what, call, which in NEEDED:
        if name == case.name:
            seen = broken(school, there, new, without(lines, call, which))
            bed.judge(f"{name} without {what}", None if seen else "the rules see nothing wrong")
    shutil.rmtree(school)
    return len(lines) // 2, len(new)


def waiting(bed, school):
    """All was issued; a file of news waits."""
    torture.issued(bed, school)
    shutil.copy(bed.path("news.csv"), os.path.join(school, "inbox"))


def writers():
    """All that write, beside those of the other tests."""
    issued, day = torture.issued, "2026-11-28"
    return torture.cases() + [
        torture.Case("opt-in", ["opt-in", "102", "--from", "2026-11-23"], day, issued),
        torture.Case("forecast-pdf", ["forecast", "--week", "2026-W47", "--pdf"], day, issued),
        torture.Case("register-pdf", ["register", "--week", "2026-W47", "--pdf"], day, issued),
        torture.Case("register-csv", ["register", "--csv"], day, issued),
        torture.Case("remind", ["remind"], day, torture.visited),
        torture.Case("run-inbox", ["run"], "2026-11-21", waiting),
        torture.Case("preview", ["weekly", "--week", "2026-W47", "--preview"], day, issued),
        torture.Case("purge-plain", ["purge"], "2026-12-30", torture.left),
        torture.Case("init", ["init", "SCHOOL/new"], day, issued),
        torture.Case("demo", ["demo", "SCHOOL/demo"], day, issued),
    ]


def main():
    bed, calls, sheets = torture.Bed(), 0, 0
    cases = torture.chosen([c for c in writers() if torture.FULL or c.name in ("weekly", "run")])
    for case in cases:
        bed.build(case)
        count, new = cut(bed, case)
        calls, sheets = calls + count, sheets + new
    print(f"# {calls} calls of {len(cases)} commands in order; the register took {sheets} sheets")
    bed.finish()


if __name__ == "__main__":
    main()
