#!/usr/bin/env bash
# The fuzz programs want clang and are built by hand: that they still fit the program is looked at here.
set -u
cd "$(dirname "$0")/../.." || exit 2
passed=0 failed=0
for file in tests/fuzz/fuzz_*.c; do
    if ${CC:-cc} -std=c17 -Wall -Wextra -Werror -fsyntax-only -Isrc -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE "$file"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
