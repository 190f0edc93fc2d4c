#!/usr/bin/env python3
"""Ten at once on one school: what they leave is what they leave one after another in the order in which they
had the lock; nobody waits without saying so; who reads gets an answer while others write."""
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time

import bed as torture

ROUNDS = 100 if torture.FULL else 5
DAY = "2026-11-28"
WRITERS = [
    ["import", "@47.csv"], ["import", "@47c.csv"], ["import", "@news.csv"], ["import", "@finals.csv"],
    ["opt-out", "103", "--from", "2026-11-16", "--delivery", "hand"],
    ["leave", "101", "--on", "2026-11-27", "--ground", "transfer"],
    ["returned", "2026-W46-3А-01"], ["reprint", "2026-W46-3А-01..2026-W46-3А-02"],
    ["weekly", "--week", "2026-W47"], ["weekly", "--week", "2026-W46"], ["run"], ["run", "--print"],
    ["term", "--term", "1"], ["forecast", "--week", "2026-W47", "--pdf"], ["register", "--week", "2026-W46", "--pdf"],
]
READERS = [["status"], ["--json", "summary", "--week", "2026-W46"], ["pupils"], ["--json", "register"], ["forecast"]]


def started(bed, school):
    bed.must(school, "2026-11-14", "weekly", "--week", "2026-W46")
    shutil.copy(bed.path("47.csv"), os.path.join(school, "inbox"))


def at_once(bed, school, commands):
    """Starts all at the same moment; their outcomes."""
    outcomes, barrier = [None] * len(commands), threading.Barrier(len(commands))

    def start(i):
        barrier.wait()
        outcomes[i] = bed.run(school, DAY, [a.replace("@", bed.work + "/") for a in commands[i]], "count:0")
    threads = [threading.Thread(target=start, args=(i,)) for i in range(len(commands))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def stamp(outcome, word):
    return next((int(line.split()[1]) for line in outcome.lines if line.startswith(word + " ")), None)


def wrong_answer(command, outcome):
    """What is wrong with one of the ten; None: nothing."""
    name = " ".join(command)
    if outcome.status not in (0, 1):
        return f"{name} ended with {outcome.status}: {outcome.err.strip()}"
    if stamp(outcome, "held") and "waiting for another run to end: " not in outcome.err:
        return f"{name} waited and did not say so"
    if "to end: \n" in outcome.err or torture.NAMES.search(outcome.err):
        return f"{name} said: {outcome.err.strip()}"
    if "--json" in command:
        json.loads(outcome.out)
    return None


def one_after_another(bed, case, commands, outcomes):
    """The state after the same commands in the order in which they had the lock."""
    school = bed.copy(case)
    ordered = sorted((stamp(o, "locked"), i) for i, o in enumerate(outcomes) if stamp(o, "locked"))
    for _, i in ordered:
        bed.run(school, DAY, [a.replace("@", bed.work + "/") for a in commands[i]])
    state = bed.state(school)
    shutil.rmtree(school)
    return state


def of_all(bed, base, seed):
    chance = random.Random(seed)
    writers = chance.sample(WRITERS, 7)
    commands = writers + chance.sample(READERS, 3)
    chance.shuffle(commands)
    school = bed.copy(base)
    outcomes = at_once(bed, school, commands)
    problem = next(filter(None, map(wrong_answer, commands, outcomes)), None)
    if problem is None:
        now, serial = bed.state(school), one_after_another(bed, base, commands, outcomes)
        if now != serial:
            problem = "another state than one after another: " + now.difference(serial)
        elif now.audit != serial.audit:
            problem = f"another audit log: {set(now.audit) ^ set(serial.audit)}"
    shutil.rmtree(school)
    return f"round {seed}: " + ", ".join(c[0] for c in commands), problem


def reading_while_writing(bed, base):
    """Questions go on being answered while an import runs, with the state before it or after it."""
    school = bed.copy(base)
    big = bed.path("big.csv")
    rows = (f"2026-09-{day:02};3В;{pupil};1;Математика;Тема {day} {pupil};;;;{2 + (day + pupil) % 4};;\n"
            for day in range(2, 30) for pupil in range(1000, 1000 + (400 if torture.FULL else 120)))
    torture.write(big, torture.HEAD + "".join(rows))
    writer = subprocess.Popen([torture.PROGRAM, "--school", school, "--today", DAY, "import", big],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    answers, problem = set(), None
    while problem is None:
        over = writer.poll() is not None
        done = bed.run(school, DAY, ["--json", "pupils"])
        if done.status != 0:
            problem = f"a reader ended with {done.status}: {done.err.strip()}"
        answers.add(len(json.loads(done.out)) if done.status == 0 else -1)
        if over:
            break
    if problem is None and (writer.returncode not in (0, 1) or not answers <= {3, 3 + (400 if torture.FULL else 120)}):
        problem = f"import ended with {writer.returncode}, readers saw {answers} pupils"
    shutil.rmtree(school)
    return "reading while an import writes", problem


def held(bed, base, lock, command, seconds, status, words):
    """Another program holds the database for some seconds."""
    school = bed.copy(base)
    db = sqlite3.connect(os.path.join(school, "paperdiary.db"), isolation_level=None, check_same_thread=False)
    db.execute("BEGIN EXCLUSIVE" if lock == "exclusive" else "BEGIN")
    db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    timer = threading.Timer(seconds, lambda: db.execute("ROLLBACK"))
    begun = time.monotonic()
    timer.start()
    done = bed.run(school, DAY, [a.replace("@", bed.work + "/") for a in command])
    lasted = time.monotonic() - begun
    timer.join()
    db.close()
    problem = None
    if done.status != status or words not in done.err:
        problem = f"exit {done.status} after {lasted:.1f} s: {done.err.strip()}"
    shutil.rmtree(school)
    return f"{' '.join(command)} with the database held {lock} for {seconds} s", problem


def main():
    bed = torture.Bed()
    base = bed.path("base")
    os.mkdir(base)
    bed.started(base)
    started(bed, base)
    if len(sys.argv) > 1:
        bed.judge(*of_all(bed, base, int(sys.argv[1])))
        bed.finish()
    for seed in range(ROUNDS):
        bed.judge(*of_all(bed, base, seed))
    bed.judge(*reading_while_writing(bed, base))
    other = "waiting for another program that uses the store"
    bed.judge(*held(bed, base, "exclusive", ["pupils"], 2.5, 0, other))
    bed.judge(*held(bed, base, "shared", ["import", "@47.csv"], 2.5, 0, other))
    if torture.FULL:
        bed.judge(*held(bed, base, "exclusive", ["pupils"], 40, 4, "is in use by another program"))
        bed.judge(*held(bed, base, "shared", ["import", "@47.csv"], 40, 4, "is in use by another program"))
    print(f"# {ROUNDS} rounds of ten commands at once")
    bed.finish()


if __name__ == "__main__":
    main()
