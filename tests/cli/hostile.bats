#!/usr/bin/env bats
# Hostile text (control characters, bidi marks, formulas, paths, 100,000 characters …) in exports, names of files, words of
# the command line and settings: printed or refused, never executed, never outside the school folder.
load helper

@test "hostile text does no harm anywhere" {
    try python3 "$ROOT/tests/cli/hostile.py" "$PROGRAM" "$BATS_TEST_TMPDIR/work"
    same "$status" 0
    has "$output" '^hostile text: [0-9]{3,} runs, [0-9]{2,} taken, [0-9]{2,} refused, 0 faults$'
}
