#!/usr/bin/env python3
"""tests/fuzz/choose.py PROGRAM TO FROM…: of the inputs in the folders FROM, a few short texts that together reach most of
what all of them reach, into the folder TO. tests/fuzz/corpus was made so, from what libFuzzer grew out of tests/data."""
import os
import shutil
import subprocess
import sys
import tempfile

MOST_FILES, MOST_BYTES = 25, 1024


def is_text(data):
    try:
        return all(c in "\n\r\t\0\ufeff" or c.isprintable() for c in data.decode())
    except UnicodeDecodeError:
        return False


def reached(program, folder):
    """{file: branches}, as libFuzzer's merge notes them."""
    with tempfile.TemporaryDirectory() as work:
        control = os.path.join(work, "control")
        subprocess.run([program, "-merge=1", f"-max_len={MOST_BYTES}", f"-merge_control_file={control}",
                        os.path.join(work), folder], check=True, stderr=subprocess.DEVNULL)
        with open(control, encoding="utf-8") as file:
            lines = file.read().splitlines()
    count, first = int(lines[0]), int(lines[1])
    files, branches = lines[2:2 + count], {}
    for line in lines[2 + count:]:
        word, number, *rest = line.split()
        if word == "COV" and int(number) >= first:
            branches[files[int(number)]] = set(rest)
    return branches


def chosen(branches):
    """The one that adds most, again and again."""
    seen = set()
    for _ in range(MOST_FILES):
        best = max(branches, key=lambda f: (len(branches[f] - seen), -os.path.getsize(f), f), default=None)
        if best is None or not branches[best] - seen:
            return
        seen |= branches.pop(best)
        yield best, len(seen)


def main():
    program, to, *folders = sys.argv[1:]
    with tempfile.TemporaryDirectory() as texts:
        for folder in folders:
            for name in os.listdir(folder):
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    data = file.read(MOST_BYTES + 1)
                if len(data) <= MOST_BYTES and is_text(data):
                    shutil.copy(path, texts)
        branches = reached(program, texts)
        total = len(set().union(*branches.values()))
        shutil.rmtree(to, ignore_errors=True)
        os.makedirs(to)
        reach = 0
        for number, (path, reach) in enumerate(chosen(branches), 1):
            shutil.copyfile(path, os.path.join(to, f"{number:02}"))
        print(f"{to}: {number} of {len(branches)} texts reach {reach} of {total} branches")


if __name__ == "__main__":
    main()
