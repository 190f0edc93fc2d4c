#!/bin/bash
# All tests: B=build tests/run.sh. Unit tests (those built with sanitizers where they are), the command line through bats,
# real gradebooks where they are. Closes with «N passed, N failed» («…, N skipped»); exit 1 on a failure.
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


unit=$B/san/tests
[ -n "$(ls "$unit"/*_test 2>/dev/null)" ] || unit=$B/tests
for program in "$unit"/*_test; do
    [ -x "$program" ] || continue
    "$program" >"$log" 2>&1
    status=$?
    settle $status "$(grep -Ec '^\[ +OK \]' "$log")" "$(grep -E '^\[ +FAILED +\]' "$log" | grep -Evc 'test\(s\)')" \
        "$(grep -Ec '^\[ +SKIPPED +\] [^0-9]' "$log")" "${program##*/}"
done

for script in tests/house/*.sh; do
    [ -f "$script" ] || continue
    B=$B bash "$script" >"$log" 2>&1
    status=$?
    settle $status "$((status == 0))" 0 0 "$script"
done

for file in tests/cli/*.bats; do
    B=$B bats --tap "$file" >"$log" 2>&1
    status=$?
    settle $status "$(grep -E '^ok ' "$log" | grep -vc '# skip')" "$(grep -c '^not ok ' "$log")" "$(grep -c '^ok .*# skip' "$log")" "$file"
done

for script in tests/real/[!c]*.sh; do
    B=$B bash "$script" >"$log" 2>&1
    status=$?
    last=$(tail -n 1 "$log")
    grep -E 'skipped:|: [0-9]+ s$|left out| weeks, ' "$log"
    if [[ $last =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed(,\ ([0-9]+)\ skipped)?$ ]]; then
        settle $status "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "${BASH_REMATCH[4]:-0}" "$script"
    else
        settle 1 0 1 0 "$script"
    fi
done

line="$passed passed, $failed failed"
[ "$skipped" = 0 ] || line="$line, $skipped skipped"
echo "$line"
[ "$failed" = 0 ]
