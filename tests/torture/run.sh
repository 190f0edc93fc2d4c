#!/bin/bash
# Every program of this folder: B=build tests/torture/run.sh; with TORTURE=full in full. Closes with «N passed, N failed».
set -u
cd "$(dirname "$0")/../.." || exit 2
passed=0 failed=0
for program in tests/torture/*.py; do
    [ "${program##*/}" = bed.py ] && continue
    echo "== $program"
    last=
    while IFS= read -r line; do
        echo "$line"
        last=$line
    done < <(nice -n 15 python3 -B "$program")
    if [[ $last =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
        passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
    else
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
