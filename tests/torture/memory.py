#!/usr/bin/env python3
"""Each allocation fails once in turn, the libraries' too: exit 4 with a word, or the whole work; no crash, no
half file, and the same command again completes the work."""
import shutil

import bed as torture

LONG, STRIDE = 5000, 23 if torture.FULL else 1


def reading():
    """Commands that only answer, on a school with issued sheets."""
    today = "2026-11-28"
    return [
        torture.Case("check", ["check", "@47c.csv"], today, torture.issued),
        torture.Case("summary", ["--json", "summary", "--week", "2026-W47"], today, torture.issued),
        torture.Case("register", ["--json", "register"], today, torture.issued),
        torture.Case("register-csv", ["register", "--csv"], today, torture.issued),
        torture.Case("status", ["status"], today, torture.issued),
        torture.Case("forecast", ["forecast"], today, torture.issued),
        torture.Case("pupils", ["pupils", "--paper"], today, torture.issued),
        torture.Case("preview", ["weekly", "--week", "2026-W47", "--preview"], today, torture.issued),
    ]


def answer(bed, case, done, school):
    """What is wrong with how it ended."""
    if torture.NAMES.search(done.err) and done.err != case.reference.err:
        return "a name in what it says: " + done.err.strip()
    if done.status == 4:
        return None if "paperdiary: " in done.err else "exit 4 without a word"
    if done.status != case.reference.status:
        return f"exit {done.status}: {done.err.strip()}"
    if done.out != case.reference.out:
        return f"exit {done.status} with another answer"
    now = bed.state(school)
    return None if now == case.after else f"exit {done.status}, but not done: " + now.difference(case.after)


def starve(bed, case, mode, point):
    school = bed.copy(case.school)
    done = bed.run(school, case.today, bed.filled(case, school), f"{mode}:{point}")
    # Threads allocate now a few times more, now less: a call that was never reached is a run without a failure.
    problem = "exit 4 without cause" if done.acted is None and done.status == 4 else answer(bed, case, done, school)
    if problem is None and done.status == 4 and bed.state(school) != case.before:
        problem = bed.left_behind(case, school) or bed.completed(case, school)
    shutil.rmtree(school)
    return f"{case.name}, {mode} at {done.acted}", problem


def main():
    bed, seen, failed = torture.Bed(), 0, 0
    for case in torture.chosen(torture.cases() + reading()):
        bed.build(case)
        total = bed.count(case, "alloc")
        once, lasting = bed.points(total, 4), bed.points(total, 1)
        if total > LONG and case.name != "weekly":  # most of them load hyphens: in `weekly` each has its turn
            once, lasting = once[::STRIDE], lasting[::STRIDE]
        elif torture.FULL:
            lasting = lasting[::STRIDE]
        bed.each(lambda n, case=case: starve(bed, case, "alloc", n), once)
        bed.each(lambda n, case=case: starve(bed, case, "starve", n), lasting)
        seen, failed = seen + total, failed + len(once) + len(lasting)
        print(f"{case.name}: {total} allocations; {len(once)} failed alone, {len(lasting)} and all after", flush=True)
    print(f"# {seen} allocations, {failed} of them failed")
    bed.finish()


if __name__ == "__main__":
    main()
