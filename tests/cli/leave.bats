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
