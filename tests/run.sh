#!/bin/bash
# All tests: B=build tests/run.sh. Unit tests, the house, the command line through bats, real gradebooks where they are; with
# the program of $B, and with that of $B/san (sanitizers) where it was built. As many files at once as there are cores
# (JOBS). Closes with «N passed, N failed» («…, N skipped»); exit 1 on a failure.
set -u
cd "$(dirname "$0")/.." || exit 2
B=${B:-build}
JOBS=${JOBS:-$(nproc)}

summed() { # WORD: the number in cmocka's closing lines
    sed -n "s/^\[ *$1 *\] \([0-9][0-9]*\) test.*/\1/p" "$log" | awk '{ n += $1 } END { print n + 0 }'
}

# run_one KIND FILE BUILD: runs it and leaves its counts. One that died without counting is one failure; what it printed is
# shown where anything failed. The same file of two builds does not run at once: accounts and ports are the machine's.
run_one() {
    local kind=$1 file=$2 build=$3 status passed=0 failed=0 skipped=0 last line
    log=$(mktemp "$COUNTS/log.XXXXXX") || return
    exec 9>"$COUNTS/lock.${file##*/}"
    flock 9
    case $kind in
    unit) "$file" ;;
    bats) B=$build bats --tap "$file" ;;
    script) B=$build bash "$file" ;;
    torture) B=$build TORTURE_JOBS=1 python3 -B "$file" ;;
    esac >"$log" 2>&1 9>&-
    status=$?
    last=$(tail -n 1 "$log")
    case $kind in
    unit) passed=$(summed PASSED) failed=$(summed FAILED) skipped=$(summed SKIPPED) ;;
    bats)
        passed=$(grep -E '^ok ' "$log" | grep -vc '# skip')
        failed=$(grep -c '^not ok ' "$log")
        skipped=$(grep -c '^ok .*# skip' "$log")
        ;;
    script | torture)
        if [[ $last =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed(,\ ([0-9]+)\ skipped)?$ ]]; then
            passed=${BASH_REMATCH[1]} failed=${BASH_REMATCH[2]} skipped=${BASH_REMATCH[4]:-0}
        else
            failed=1
        fi
        ;;
    esac
    [ "$status" = 0 ] || [ "$failed" != 0 ] || failed=1
    line=$(printf '%-44s %4d passed' "$file ($build)" "$passed")
    [ "$failed" = 0 ] || line+=", $failed FAILED"
    [ "$skipped" = 0 ] || line+=", $skipped skipped"
    exec 8>"$COUNTS/print"
    flock 8
    [ "$failed" = 0 ] || cat "$log"
    [ "$kind" != torture ] || grep '^# ' "$log"
    [ "$kind" != script ] || grep -E 'skipped:|: [0-9]+ s$|left out| weeks, ' "$log"
    echo "$line"
    echo "$passed $failed $skipped" >"$log.counts"
}

if [ "${1:-}" = --one ]; then
    run_one "$2" "$3" "$4"
    exit 0
fi

COUNTS=$(mktemp -d) || exit 2
export COUNTS
trap 'rm -rf "$COUNTS"' EXIT
san=
[ ! -x "$B/san/paperdiary" ] || san=$B/san
checked=${san:-$B}

# The longest come first, so that no core waits at the end.
{
    for script in tests/real/[!c]*.sh; do printf 'script\n%s\n%s\n' "$script" "$checked"; done
    # In the short form, with the program as it is delivered: a sanitizer's library would have to be loaded first.
    for script in tests/torture/[!b]*.py; do printf 'torture\n%s\n%s\n' "$script" "$B"; done
    for build in $san "$B"; do
        for file in tests/cli/*.bats; do printf 'bats\n%s\n%s\n' "$file" "$build"; done
    done
    for program in "$checked"/tests/*_test; do printf 'unit\n%s\n%s\n' "$program" "$checked"; done
    for script in tests/house/*.sh; do printf 'script\n%s\n%s\n' "$script" "$B"; done
} | tee "$COUNTS/all" | xargs -d '\n' -n 3 -P "$JOBS" bash tests/run.sh --one

read -r passed failed skipped ran < <(awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0, NR }' "$COUNTS"/*.counts)
missing=$(($(wc -l <"$COUNTS/all") / 3 - ran)) # runs that left no counts
failed=$((failed + missing))
line="$passed passed, $failed failed"
[ "$skipped" = 0 ] || line="$line, $skipped skipped"
echo "$line"
[ "$failed" = 0 ]
