#!/usr/bin/env python3
"""Killed at every call that writes: what is there is whole, and the same command again completes the work."""
import shutil

import bed as torture


def crash(bed, case, fault, point):
    school = bed.copy(case.school)
    done = bed.run(school, case.today, bed.filled(case, school), f"{fault}:{point}")
    if done.acted is None:
        problem = "the call was never reached"
    elif done.status != -9:
        problem = f"not killed, but ended with {done.status}"
    else:
        problem = bed.left_behind(case, school) or bed.completed(case, school)
    shutil.rmtree(school)
    return f"{case.name}, {fault} at {done.acted}".replace(school, ""), problem


def main():
    bed, calls, killed, halved = torture.Bed(), 0, 0, 0
    for case in torture.chosen(torture.cases()):
        bed.build(case)
        total = bed.count(case, "count")
        kills, torn = bed.points(total, 7), bed.points(bed.count(case, "torn"), 3)
        bed.each(lambda n, case=case: crash(bed, case, "kill", n), kills)
        bed.each(lambda n, case=case: crash(bed, case, "torn", n), torn)
        calls, killed, halved = calls + total, killed + len(kills), halved + len(torn)
        print(f"{case.name}: {total} calls that write; killed at {len(kills)}, torn at {len(torn)} of them", flush=True)
    print(f"# {calls} calls that write; killed at {killed}, torn at {halved} of them")
    bed.finish()


if __name__ == "__main__":
    main()
