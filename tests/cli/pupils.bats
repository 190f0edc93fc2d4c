#!/usr/bin/env bats
# Who is on paper: pupils, opt-out, opt-in (2.6).
load helper

setup() {
    started_school
    must import "$BATS_TEST_TMPDIR/47.csv"
}

paper() {
    pd --json pupils --paper | jq -c '[.[].pupil_id]'
}

@test "pupils lists everyone, --paper those on paper" {
    try pd pupils
    same "$status" 0
    for word in 101 102 103 'Азарова Анна Ильинична' 3А; do has "$output" "$word"; done
    try pd pupils --paper
    has "$output" 101
    has "$output" 102
    has_not "$output" 103
    same "$(pd --json pupils | jq -c '[.[].pupil_id]')" '["101","102","103"]'
    same "$(paper)" '["101","102"]'
}

@test "регламент 2.3: on the last day at school a pupil is still here, and on paper" {
    must leave 102 --on 2026-11-26 --ground transfer
    has "$(TODAY=2026-11-26 pd pupils --paper)" 'Белов Борис Петрович .*on paper from'
    same "$(TODAY=2026-11-26 paper)" '["101","102"]'
    has "$(TODAY=2026-11-27 pd pupils)" 'Белов Борис Петрович .*left 2026-11-26'
    same "$(TODAY=2026-11-27 paper)" '["101"]'
}

@test "opt-out puts a family on paper from a day" {
    try pd opt-out 103 --from 2026-11-16 --delivery office
    same "$status" 0
    has_not "$output" 'Белова'
    same "$(paper)" '["101","102","103"]'
    same "$(TODAY=2026-11-15 paper)" '["101","102"]'
    same "$(pd --json summary --pupil 103 | jq '.[].paper')" true
    must weekly --week 2026-W47
    same "$(pd --json register | jq -r '.[] | select(.pupil_id == "103").delivery')" office
}

@test "opt-in takes it off again; the sheets before stay" {
    must weekly --week 2026-W46
    must opt-in 102 --from 2026-11-16
    same "$(paper)" '["101"]'
    must weekly --week 2026-W47
    same "$(pd --json register --week 2026-W47 | jq -c '[.[].pupil_id]')" '["101"]'
    same "$(pd --json register --week 2026-W46 | jq length)" 2
}

@test "out, in and out again" {
    must opt-out 103 --from 2026-11-16 --delivery hand
    must opt-in 103 --from 2026-11-18
    same "$(paper)" '["101","102"]'
    must opt-out 103 --from 2026-11-19 --delivery hand
    same "$(paper)" '["101","102","103"]'
}

@test "a unique part of the name is enough, an ambiguous one lists the candidates" {
    must opt-out 'Вера Петровна' --from 2026-11-16 --delivery hand
    same "$(paper)" '["101","102","103"]'
    try pd opt-out белов --from 2026-11-16 --delivery hand
    same "$status" 2
    for word in 102 103 'Белов Борис Петрович' 'Белова Вера Петровна'; do has "$problems" "$word"; done
    try pd opt-in Никто --from 2026-11-16
    same "$status" 2
    has "$problems" 'Никто'
}

@test "what is missing or wrong is wrong usage, and nothing is changed" {
    try pd opt-out 103 --delivery hand
    same "$status" 2
    has "$problems" '--from'
    try pd opt-out 103 --from 2026-11-16
    same "$status" 2
    has "$problems" '--delivery'
    for day in 16.11.2026 31.11.2026 16.11.26 16/11/2026 2026-11-31 16.11.2026x; do
        try pd opt-out 103 --from $day --delivery hand
        same "$status" 2
    done
    try pd opt-out 103 --from 2026-11-16 --delivery pigeon
    same "$status" 2
    has "$problems" 'pigeon'
    try pd opt-out --from 2026-11-16 --delivery hand
    same "$status" 2
    try pd opt-in 103 --from 2026-11-16
    same "$status" 2
    same "$(paper)" '["101","102"]'
}

@test "out twice corrects; in on the first day, or before it, is as if never out; a consent to come is none" {
    must opt-out 103 --from 2026-11-16 --delivery hand
    must opt-out 103 --from 2026-11-18 --delivery office --copies 2
    same "$(pd --json pupils | jq -c '.[] | select(.pupil_id == "103") | [.paper_from, .delivery, .copies]')" '["2026-11-18","office",2]'
    must opt-in 103 --from 2026-11-18
    same "$(TODAY=2026-11-18 paper)" '["101","102"]'
    has "$(pd pupils)" 'Белова Вера Петровна +3А *$'
    try pd opt-in 103 --from 2026-11-18
    same "$status" 2
    try pd opt-out 103 --from 2026-11-16 --delivery hand --consent 2026-11-22
    same "$status" 2
    same "$(paper)" '["101","102"]'
    must opt-out 103 --from 2026-08-20 --delivery hand --consent 2026-08-20 # before enrolment: on paper from its day
    same "$(TODAY=2026-08-31 paper)" '[]'
    same "$(TODAY=2026-09-01 paper)" '["101","102","103"]'
}

@test "by post wants an address" {
    try pd opt-out 103 --from 2026-11-16 --delivery post
    same "$status" 2
    has "$problems" '--address'
    must opt-out 103 --from 2026-11-16 --delivery post --address '167000, г. Сыктывкар, ул. Примерная, д. 1' --recipient 'Белова Инна Львовна'
    same "$(paper)" '["101","102","103"]'
}

@test "a roster that comes again does not undo opt-out" {
    must opt-out 103 --from 2026-11-16 --delivery hand
    must import "$BATS_TEST_TMPDIR/pupils.csv"
    same "$(paper)" '["101","102","103"]'
}

@test "opt-out and opt-in answer with --json as pupils does" {
    try pd --json opt-out 103 --from 2026-11-18 --delivery office --copies 2
    same "$status" 0
    same "$(jq -cS . <<<"$output")" "$(pd --json pupils | jq -cS '.[] | select(.pupil_id == "103")')"
    same "$(jq -c '[.pupil_id, .paper, .paper_from, .delivery, .copies]' <<<"$output")" '["103",true,"2026-11-18","office",2]'
    try pd --json -q opt-in 103 --from 2026-11-20
    same "$status" 0
    same "$(jq -c '[.pupil_id, .paper, .paper_until]' <<<"$output")" '["103",false,"2026-11-19"]'
    same "$(jq -cS . <<<"$output")" "$(pd --json pupils | jq -cS '.[] | select(.pupil_id == "103")')"
    try pd --json opt-in 103 --from 2026-12-20
    same "$status" 2
    same "$output" ""
}
