#!/usr/bin/env python3
"""Full disks and input/output errors: exit 4 with one clear line, the state before or after, never between,
and the same command again completes the work."""
import os
import resource
import shutil
import subprocess

import bed as torture

# of the calls so many in the short form
MODES = {"nospace": 1, "io": 2, "full": 2, "dead": 2, "short": 1, "read": 1}


def answer(case, done):
    """What is wrong with how the run ended; None: it failed as it should, or there was nothing to fail at."""
    if torture.NAMES.search(done.err):
        return "a name in what it says: " + done.err.strip()
    if done.status == 4:
        said = [line for line in done.err.splitlines() if line.startswith("paperdiary: ")]
        return None if len(said) == 1 else f"exit 4 with {len(said)} lines that say why"
    if done.status == case.reference.status:
        return None if done.out == case.reference.out else "exit 0 with another answer"
    return f"exit {done.status}: {done.err.strip()}"


def settled(bed, case, done, school):
    problem = answer(case, done) or bed.left_behind(case, school)
    if problem is None and done.status != 4:
        now = bed.state(school)
        if now != case.after:
            problem = f"exit {done.status}, but not done: " + now.difference(case.after)
    return problem or bed.completed(case, school)


def fault(bed, case, mode, point):
    school = bed.copy(case.school)
    done = bed.run(school, case.today, bed.filled(case, school), f"{mode}:{point}")
    problem = "the call was never reached" if done.acted is None else settled(bed, case, done, school)
    shutil.rmtree(school)
    return f"{case.name}, {mode} at {done.acted}".replace(school, ""), problem


# --- disks and limits of every size -------------------------------------------------------------------------------------

PAGE = 4096


def small_disk(bed, case, disk, pages):
    """On a tmpfs with so many free pages; whether they were enough comes third."""
    os.mkdir(disk)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "none", disk], check=True)
    try:
        school = os.path.join(disk, "school")
        shutil.copytree(case.school, school)
        state = os.statvfs(disk)
        used = (state.f_blocks - state.f_bfree) * state.f_bsize
        subprocess.run(["mount", "-o", f"remount,size={used + pages * PAGE}", disk], check=True)
        done = bed.run(school, case.today, bed.filled(case, school))
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        return f"{case.name}, {pages} pages free", settled(bed, case, done, school), done.status != 4
    finally:
        subprocess.run(["umount", disk], check=False)
        os.rmdir(disk)


def may_mount(bed):
    disk = bed.path("disk")
    os.makedirs(disk, exist_ok=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "none", disk], capture_output=True,
                      check=False).returncode != 0:
        print("small disks: left out, a tmpfs may not be mounted here")
        return False
    subprocess.run(["umount", disk], check=True)
    return True


def disks(bed, case, step):
    """From none to so many pages that the command is done."""
    pages, enough = 0, []

    def one(free):
        what, problem, was_enough = small_disk(bed, case, bed.path(f"disk-{free}"), free)
        if was_enough:
            enough.append(free)
        return what, problem
    while not enough and pages < 2000:
        bed.each(one, range(pages, pages + step * torture.JOBS, step))
        pages += step * torture.JOBS
    print(f"{case.name}: disks with 0 to {pages - step} free pages, enough from {min(enough, default='never')}", flush=True)


def limited(bed, case, size):
    """As under `ulimit -f`."""
    school = bed.copy(case.school)
    keep = resource.getrlimit(resource.RLIMIT_FSIZE)
    done = bed.run(school, case.today, bed.filled(case, school),
                   before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, keep[1])))
    problem = settled(bed, case, done, school)
    shutil.rmtree(school)
    return f"{case.name}, files of at most {size} bytes", problem


def main():
    bed, all_faults, all_limits = torture.Bed(), 0, 0
    mounts = may_mount(bed)
    for case in torture.chosen(torture.cases()):
        bed.build(case)
        writes, reads, tried = bed.count(case, "count"), bed.count(case, "read"), 0
        for mode, most in MODES.items():
            points = bed.points(bed.count(case, mode), most)
            bed.each(lambda n, case=case, mode=mode: fault(bed, case, mode, n), points)
            tried += len(points)
        sizes = range(0, case.largest + 2 * PAGE, PAGE // 2) if torture.FULL else range(4096, 300000, 150000)
        bed.each(lambda n, case=case: limited(bed, case, n), sizes)
        all_faults, all_limits = all_faults + tried, all_limits + len(sizes)
        print(f"{case.name}: {writes} calls that write, {reads} that read; {tried} faults, {len(sizes)} limits", flush=True)
        if mounts and (torture.FULL or case.name in ("import", "weekly")):
            disks(bed, case, 1 if torture.FULL else 60)
    print(f"# {all_faults} calls that failed, {all_limits} limits on the size of files")
    bed.finish()


if __name__ == "__main__":
    main()
