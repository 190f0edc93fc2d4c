#!/usr/bin/env bash
# The fuzz programs want clang and are built by hand: that they still fit the program is looked at here. Where they were built
# without a fuzzer (make replay; sanitized, with `make check`), they run their corpora and the specimens.
set -u
cd "$(dirname "$0")/../.." || exit 2
B=${B:-build}
passed=0 failed=0

judge() { # WHAT COMMAND…
    if "${@:2}"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "not ok: $1"
    fi
}

for file in tests/fuzz/fuzz_*.c; do
    # shellcheck disable=SC2086 # a compiler may be two words
    judge "$file" ${CC:-cc} -std=c17 -Wall -Wextra -Werror -fsyntax-only -Isrc -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE "$file"
    name=$(basename "$file" .c)
    case $name in
    fuzz_school | fuzz_layout | fuzz_profile) specimens=settings ;;
    *) specimens=intake ;;
    esac
    for program in "$B/san/replay/$name" "$B/replay/$name"; do
        [ -x "$program" ] || continue
        judge "$program" "$program" tests/fuzz/corpus/"${name#fuzz_}"/* tests/data/$specimens/*
        break
    done
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
