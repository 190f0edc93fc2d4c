#!/usr/bin/env python3
"""Allocations fail, the libraries' too: at each place of the program (a place is a call stack) the first one and the
last one alone, and at some all after the first one; a place that an earlier command had, in every ELEVENTH. Exit 4 with
a word, or the whole work; no crash, no half file, and the same command again completes the work."""
import shutil

import bed as torture

ELEVENTH, LASTING = 11, 4


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


def starve(bed, case, mode, site, turn):
    school = bed.copy(case.school)
    done = bed.run(school, case.today, bed.filled(case, school), f"{mode}:{site}:{turn}")
    # Threads allocate now a few times more, now less: a call that was never reached is a run without a failure.
    problem = "exit 4 without cause" if done.acted is None and done.status == 4 else answer(bed, case, done, school)
    if problem is None and done.status == 4 and bed.state(school) != case.before:
        problem = bed.left_behind(case, school) or bed.completed(case, school)
    shutil.rmtree(school)
    return f"{case.name}, {mode} at turn {turn} of site {site}", problem, done.acted is not None


def sites(bed, case):
    """{site: turns} of an undisturbed run, always in the same order."""
    school = bed.copy(case.school)
    done = bed.run(school, case.today, bed.filled(case, school), "sites:0")
    shutil.rmtree(school)
    return dict(sorted((int(site), int(turns)) for _, site, turns in
                       (line.split() for line in done.lines if line.startswith("site "))))


def failures(found, seen):
    """(mode, site, turn) of all that is to fail; `seen` gets the new places."""
    new = [site for site in found if site not in seen]
    again = [site for site in found if site in seen][::ELEVENTH]
    seen.update(new)
    return [("alloc", site, turn) for site in new for turn in sorted({1, found[site]})] + \
        [("alloc", site, 1) for site in again] + [("starve", site, 1) for site in (new + again)[::LASTING]]


def main():
    bed, seen, allocations, failed, reached = torture.Bed(), set(), 0, 0, []
    for case in torture.chosen(torture.cases() + reading()):
        bed.build(case)
        found = sites(bed, case)
        possible = failures(found, seen)
        tried = [possible[n - 1] for n in bed.points(len(possible), 5)]

        def one(point, case=case):
            what, problem, acted = starve(bed, case, *point)
            reached.append(acted)
            return what, problem
        bed.each(one, tried)
        allocations, failed = allocations + sum(found.values()), failed + len(tried)
        print(f"{case.name}: {sum(found.values())} allocations at {len(found)} places; {len(tried)} failures", flush=True)
    print(f"# {allocations} allocations at {len(seen)} places; {failed} failures, {failed - sum(reached)} never reached")
    bed.judge("failures are reached", None if sum(reached) >= failed * 0.9 else f"{sum(reached)} of {failed} only")
    bed.finish()


if __name__ == "__main__":
    main()
