#!/usr/bin/env bats
# `leave`: end of service on transfer or graduation (2.3, 2.4).
load helper

setup() {
    started_school
    must import "$BATS_TEST_TMPDIR/47.csv"
}

sheets() {
    pd --json register --week "$1" | jq -c '[.[].pupil_id]'
}

@test "регламент 2.3: no sheets after the day; those before stay" {
    must weekly --week 2026-W46
    try pd leave 102 --on 2026-11-14 --ground transfer
    same "$status" 0
    has "$output" '102.*3А.*2026-11-14'
    has_not "$output" 'Белов'
    must weekly --week 2026-W47
    same "$(sheets 2026-W46)" '["101","102"]'
    same "$(sheets 2026-W47)" '["101"]'
    same "$(pd --json pupils --paper | jq -c '[.[].pupil_id]')" '["101"]'
}

@test "регламент 2.3: one who leaves in the week is told how to get the last sheet" {
    try pd leave 102 --on 2026-11-18 --ground transfer
    same "$status" 0
    has "$output" 'paperdiary weekly --week 2026-W47 --pupil 102'
    must weekly --week 2026-W47
    same "$(sheets 2026-W47)" '["101"]'
    must weekly --week 2026-W47 --pupil 102
    same "$(sheets 2026-W47)" '["101","102"]'
    try pd leave 103 --on 2026-11-18 --ground graduation
    has_not "$output" 'last sheet'
}

@test "регламент 2.3: a corrected last day has its last sheet told, too" {
    must leave 102 --on 2026-11-17 --ground transfer
    try pd leave 102 --on 2026-11-19 --ground transfer
    has "$output" 'last sheet, up to that day: paperdiary weekly --week 2026-W47 --pupil 102'
    try pd --json leave 102 --on 2026-11-11 --ground transfer
    same "$(jq -r .last_sheet <<<"$output")" 2026-W46
}

@test "регламент 2.4: it shows in pupils and in status, and is to be removed within 3 days" {
    must leave 103 --on 2026-11-20 --ground graduation
    has "$(pd pupils)" 'Белова Вера Петровна.*left 2026-11-20'
    same "$(pd --json pupils | jq -c '[.[] | select(.left) | [.pupil_id, .left]]')" '[["103","2026-11-20"]]'
    same "$(TODAY=2026-11-23 pd --json status | jq -c '[.duties[] | select(.duty == "removal") | [.point, .state, .due, .pupils[].pupil_id]]')" \
        '[["2.4","open","2026-11-23","103"]]'
    TODAY=2026-11-25 try pd status
    same "$status" 1
    has "$output" '2\.4.*overdue by 2 days, due 2026-11-23'
}

@test "leave again corrects the day and the ground; a table of pupils does not undo it" {
    must leave 102 --on 2026-11-14 --ground transfer
    must leave 102 --on 2026-11-28 --ground graduation
    same "$(pd --json pupils | jq -r '.[] | select(.pupil_id == "102").left')" 2026-11-28
    must import "$BATS_TEST_TMPDIR/pupils.csv"
    same "$(pd --json pupils | jq -r '.[] | select(.pupil_id == "102").left')" 2026-11-28
    must weekly --week 2026-W47
    same "$(sheets 2026-W47)" '["101","102"]'
}

@test "регламент 2.3: no sheet of a week after the last day, by name neither; and no family on paper after it" {
    must leave 102 --on 2026-11-13 --ground transfer
    for more in '' --preview; do
        try pd weekly --week 2026-W47 --pupil 102 $more
        same "$status" 2
        has "$problems" '102 left on 2026-11-13'
    done
    same "$(find "$SCHOOL/out" -type f)" ""
    must weekly --week 2026-W46 --pupil 102
    try pd opt-out 102 --from 2026-11-14 --delivery hand
    same "$status" 2
    has "$problems" '102 left on 2026-11-13'
    printf 'pupil_id;pupil;class;enrolled\n102;Белов Борис Петрович;3А;2026-11-16\n' >"$BATS_TEST_TMPDIR/back.csv"
    pd -q import "$BATS_TEST_TMPDIR/back.csv" 2>/dev/null || [ $? = 1 ] # he came back
    must opt-out 102 --from 2026-11-16 --delivery hand
    must weekly --week 2026-W47 --pupil 102
}

@test "регламент 2.4: after the removal the pupil is unknown to every command" {
    must weekly --week 2026-W46
    must leave 102 --on 2026-11-13 --ground transfer
    must purge
    for command in 'leave 102 --on 2026-11-13 --ground transfer' 'opt-out 102 --from 2026-11-16 --delivery hand' \
        'opt-in 102 --from 2026-11-16' 'weekly --pupil 102' 'summary --pupil 102' 'leave Борис --on 2026-11-13 --ground transfer'; do
        # shellcheck disable=SC2086
        try pd $command
        same "$status" 2
        has "$problems" 'there is no pupil'
    done
    try pd returned 2026-W46-3А-02
    same "$status" 0
    same "$(pd --json register | jq -c '[.[].pupil_id]')" '["101",""]'
}

@test "many at once: each waits, is told for whom, and all is noted" {
    for day in 10 11 12 13 14 15; do
        pd leave 102 --on "2026-11-$day" --ground transfer >/dev/null 2>>"$BATS_TEST_TMPDIR/waited" &
    done
    wait
    same "$(pd audit | grep -c 'leave: pupil 102')" 6
    has_not "$(cat "$BATS_TEST_TMPDIR/waited")" '^paperdiary: waiting for another run to end: *$'
    [ "$(grep -vc 'waiting for another run to end: leave, .*, [0-9]*$' "$BATS_TEST_TMPDIR/waited")" = 0 ]
    must purge
    same "$(sqlite3 "$SCHOOL/paperdiary.db" 'PRAGMA integrity_check; SELECT count(*) FROM pupil')" "ok
2"
}

@test "what is missing or wrong is wrong usage, and nothing is changed" {
    before=$(pd --json pupils)
    for words in '' '--on 2026-11-14' '--ground transfer' '--on 14.11.2026 --ground transfer' '--on 2026-11-14 --ground moved' '--on 2026-08-14 --ground transfer'; do
        # shellcheck disable=SC2086
        try pd leave 102 $words
        same "$status" 2
    done
    try pd leave Никто --on 2026-11-14 --ground transfer
    same "$status" 2
    try pd leave белов --on 2026-11-14 --ground transfer
    same "$status" 2
    same "$(pd --json pupils)" "$before"
}

@test "leave answers with --json: the pupil, until when the data is to be removed, and the last sheet" {
    try pd --json leave 101 --on 2026-11-18 --ground transfer
    same "$status" 0
    same "$(jq -c '[.pupil_id, .left, .ground, .remove_by, .last_sheet]' <<<"$output")" \
        '["101","2026-11-18","transfer","2026-11-21","2026-W47"]'
    try pd --json leave 103 --on 2026-11-21 --ground graduation
    same "$(jq -c '[.ground, .last_sheet]' <<<"$output")" '["graduation",null]'
}
