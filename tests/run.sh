#!/bin/bash
# All tests: B=build tests/run.sh. Unit tests, the command line through bats, real gradebooks where they are; with the
# program of $B, and with that of $B/san (sanitizers) where it was built. Closes with «N passed, N failed» («…, N skipped»); exit 1 on a failure.
set -u
cd "$(dirname "$0")/.." || exit 2
B=${B:-build}
passed=0 failed=0 skipped=0
log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT

count() { # PASSED FAILED [SKIPPED] NAME
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
    printf '%-44s %4d passed' "$4" "$1"
    [ "$2" = 0 ] || printf ', %d FAILED' "$2"
    [ "$3" = 0 ] || printf ', %d skipped' "$3"
    echo
}

# A test that died without counting is one failure; its output is shown where anything failed.
settle() { # STATUS PASSED FAILED SKIPPED NAME
    local bad=$3
    [ "$1" = 0 ] || [ "$bad" != 0 ] || bad=1
    [ "$bad" = 0 ] || cat "$log"
    count "$2" "$bad" "$4" "$5"
}


summed() { # WORD: the number in cmocka's closing lines
    sed -n "s/^\[ *$1 *\] \([0-9][0-9]*\) test.*/\1/p" "$log" | awk '{ n += $1 } END { print n + 0 }'
}

unit=$B/tests san=
if [ -x "$B/san/paperdiary" ]; then
    unit=$B/san/tests san=$B/san
fi
for program in "$unit"/*_test; do
    [ -x "$program" ] || continue
    "$program" >"$log" 2>&1
    status=$?
    settle $status "$(summed PASSED)" "$(summed FAILED)" "$(summed SKIPPED)" "${program##*/}"
done

for script in tests/house/*.sh; do
    [ -f "$script" ] || continue
    B=$B bash "$script" >"$log" 2>&1
    status=$?
    settle $status "$((status == 0))" 0 0 "$script"
done

for build in "$B" $san; do
    for file in tests/cli/*.bats; do
        B=$build bats --tap "$file" >"$log" 2>&1
        status=$?
        settle $status "$(grep -E '^ok ' "$log" | grep -vc '# skip')" "$(grep -c '^not ok ' "$log")" \
            "$(grep -c '^ok .*# skip' "$log")" "$file ($build)"
    done
done

for script in tests/real/[!c]*.sh; do
    B=${san:-$B} bash "$script" >"$log" 2>&1
    status=$?
    last=$(tail -n 1 "$log")
    grep -E 'skipped:|: [0-9]+ s$|left out| weeks, ' "$log"
    if [[ $last =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed(,\ ([0-9]+)\ skipped)?$ ]]; then
        settle $status "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "${BASH_REMATCH[4]:-0}" "$script (${san:-$B})"
    else
        settle 1 0 1 0 "$script"
    fi
done

line="$passed passed, $failed failed"
[ "$skipped" = 0 ] || line="$line, $skipped skipped"
echo "$line"
[ "$failed" = 0 ]
