#!/usr/bin/env bats
# A store that grows with the years is not read from end to end for one week; --verbose says where the time goes.

load helper

# Steps that go through a whole table, but for those that stay small (classes, imports, announcements, pupils of today), the
# rows of the import that comes in, and the finals and forecasts of all years, from which forecasts learn and by which they
# are reviewed, once a run.
scans() {
    grep -P '^SCAN' "$PLANS" | grep -vP '^SCAN (form|f|import|incoming|announcement|final|CONSTANT ROW)\b' |
        grep -vP '^SCAN s(heet)? USING INDEX pupil_state_name|^SCAN (\S+) USING INDEX pupil_state_name|^SCAN n USING INDEX final_period'
}

watched() {
    env -i PATH=/usr/bin:/bin PLANS="$PLANS" LD_PRELOAD="$ROOT/build/tests/plans.so" "$PROGRAM" --lang en \
        --today "$TODAY" --school "$SCHOOL" "$@"
}

@test "no statement of import, run, weekly, summary, term, status reads a table that grows with the years whole" {
    [ -f "$ROOT/build/tests/plans.so" ] || skip "build/tests/plans.so is not built"
    plain_program "with sanitizers nothing can be preloaded"
    new_school
    PLANS=$BATS_TEST_TMPDIR/plans TODAY=2026-11-21
    roster >"$BATS_TEST_TMPDIR/pupils.csv"
    week46 >"$BATS_TEST_TMPDIR/46.csv"
    week47 >"$SCHOOL/inbox/47.csv"
    watched import "$BATS_TEST_TMPDIR/pupils.csv" "$BATS_TEST_TMPDIR/46.csv"
    watched weekly --week 2026-W46
    watched run || [ $? = 1 ]
    printf 'pupil_id;subject;period;mark;decided\n101;Математика;1;4;2026-11-27\n' >"$BATS_TEST_TMPDIR/finals.csv"
    TODAY=2026-11-28
    watched import "$BATS_TEST_TMPDIR/finals.csv"
    watched run || [ $? = 1 ]
    watched summary
    watched term
    watched status || [ $? = 1 ]
    watched weekly --pupil 103 --preview
    grep -q '^SEARCH' "$PLANS" || fail "no plans were written"
    local found
    found=$(scans) || true
    [ -z "$found" ] || fail "$found"
}

@test "--verbose says the milliseconds of each stage, and nothing says them without it" {
    new_school
    roster >"$BATS_TEST_TMPDIR/pupils.csv"
    week46 >"$BATS_TEST_TMPDIR/46.csv"
    must import "$BATS_TEST_TMPDIR/pupils.csv" "$BATS_TEST_TMPDIR/46.csv"
    try pd -v weekly --week 2026-W46
    has "$problems" '^time, ms: \d+, .*press \d+'
    must init "$BATS_TEST_TMPDIR/other"
    try pd weekly --week 2026-W46
    has_not "$problems" 'time, ms'
    try env -i PATH=/usr/bin:/bin "$PROGRAM" --lang ru --today 2026-11-21 --school "$SCHOOL" -v status
    has "$problems" '^время, мс: \d+'
}
