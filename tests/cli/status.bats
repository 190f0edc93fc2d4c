#!/usr/bin/env bats
# `status`: every obligation of the regulation, its deadline, what is overdue.
load helper

setup() {
    started_school
}

# duty FILTER: the fields of the duties of a kind.
duties() {
    pd --json status | jq -c --arg duty "$1" "[.duties[] | select(.duty == \$duty) | $2]"
}

@test "регламент 2.6: a week without its sheets is overdue, with who waits" {
    TODAY=2026-11-14 must weekly
    must import "$BATS_TEST_TMPDIR/47.csv"
    try pd status
    same "$status" 0
    has "$output" 'Nothing is overdue'
    TODAY=2026-11-29 try pd status
    same "$status" 1
    has "$output" '2\.6 +weekly sheets, 2026-W47: overdue by 2 days, due 2026-11-27'
    has "$output" '101 +Азарова Анна Ильинична'
    has "$output" '102 +Белов Борис Петрович'
    has_not "$output" 'Вера'
    export TODAY=2026-11-29
    same "$(duties weekly '[.point, .class, .period, .state, .due, .days, (.pupils | length)]')" \
        '[["2.6","3А","2026-W46","done","2026-11-20",0,2],["2.6","3А","2026-W47","overdue","2026-11-27",2,2]]'
}

@test "регламент 2.6: a gap in the rhythm shows until its sheets are issued" {
    TODAY=2026-11-14 must weekly
    must import "$BATS_TEST_TMPDIR/47.csv"
    awk -F';' -v OFS=';' 'NR == 1 { print; next } { split($1, d, "-"); $1 = sprintf("2026-11-%02d", d[3] + 7); print }' "$BATS_TEST_TMPDIR/47.csv" >"$BATS_TEST_TMPDIR/48.csv"
    export TODAY=2026-11-28
    must import "$BATS_TEST_TMPDIR/48.csv"
    must weekly --week 2026-W48
    try pd status
    same "$status" 1
    has "$output" '2026-W47: overdue by 1 day'
    must weekly --week 2026-W47
    must status
}

@test "регламент 2.6: an export that is stale" {
    TODAY=2026-11-14 must weekly
    export TODAY=2026-11-23
    same "$(duties export '[.period, .state, .due]')" '[["2026-W47","open","2026-11-23"]]'
    export TODAY=2026-11-25
    try pd status
    same "$status" 1
    has "$output" 'export of the gradebook, 2026-W47: overdue by 2 days, due 2026-11-23'
}

@test "регламент 2.6: an export that misses a class" {
    must import "$BATS_TEST_TMPDIR/47.csv"
    sed 's/;3А;10/;3Б;20/; s/;3А;/;3Б;/; s/Азарова/Осипова/; s/Белова/Громова/; s/Белов/Громов/' "$BATS_TEST_TMPDIR/46.csv" >"$BATS_TEST_TMPDIR/3b.csv"
    must import "$BATS_TEST_TMPDIR/3b.csv"
    must weekly
    export TODAY=2026-11-24
    same "$(duties export '[.class, .period, .state]')" '[["3А","2026-W47","done"],["3Б","2026-W47","overdue"]]'
    try pd status --class 3А
    same "$status" 0
    try pd status --class 3Б
    same "$status" 1
}

@test "регламент 2.2: the first sheet within 3 days of consent" {
    TODAY=2026-11-14 must weekly
    must import "$BATS_TEST_TMPDIR/47.csv"
    must opt-out 103 --from 2026-11-17 --delivery hand --consent 2026-11-18
    export TODAY=2026-11-22
    same "$(duties service 'select(.pupils | any(.pupil_id == "103")) | [.state, .due, .days]')" '[["overdue","2026-11-21",1]]'
    must weekly --week 2026-W47
    same "$(duties service '[.state, .days, [.pupils[].pupil_id]]' | jq -c unique)" '[["done",0,["101","102"]],["done",1,["103"]]]'
    try pd status
    has "$output" '2\.2 +first sheet.*: done 2026-11-22, 1 day late$'
    has "$output" '103 +Белова Вера'
    has "$output" '2\.2 +first sheet.*: done 2026-11-14, 2 pupils$'
}

@test "регламент 2.7: the weekly sheet carries the forecast; a layout that drops it is told of" {
    must import "$BATS_TEST_TMPDIR/47.csv"
    must weekly
    same "$(duties forecast '[.point, .period, .state]')" '[["2.7","2026-W47","done"]]'
    printf '[blocks]\nback = attendance, dates, plan\n' >"$SCHOOL/layouts/weekly.ini"
    try pd status
    same "$status" 1
    has "$output" '2\.7 +forecast on the weekly sheets, 2026-W47: overdue'
    printf '[blocks]\nfront = days, subjects, slip\nback = attendance, dates, plan\n' >"$SCHOOL/layouts/weekly.ini"
    must status
    same "$(duties forecast '[.point, .period, .state]')" '[["2.7","2026-W47","done"]]'
}

@test "регламент 2.8: finals are to be told within 3 days of being received" {
    printf 'pupil_id;pupil;class;subject;period;mark;decided\n101;Азарова Анна Ильинична;3А;Математика;1;5;2026-11-20\n103;Белова Вера Петровна;3А;Математика;1;5;2026-11-20\n' >"$BATS_TEST_TMPDIR/finals.csv"
    must import "$BATS_TEST_TMPDIR/47.csv" "$BATS_TEST_TMPDIR/finals.csv"
    must weekly
    export TODAY=2026-11-24
    same "$(duties finals '[.point, .period, .state, .due, [.pupils[].pupil_id]]')" '[["2.8","2026-T1","open","2026-11-24",["101"]]]'
    export TODAY=2026-11-25
    try pd status
    same "$status" 1
    has "$output" '2\.8 .*2026-T1: overdue by 1 day'
}

@test "регламент 2.8: a correction of a term that the next term's sheet has told is done" {
    finals() { printf 'pupil_id;subject;period;mark;decided\n'; printf '101;Математика;%s\n102;Математика;%s\n' "$@"; }
    must import "$BATS_TEST_TMPDIR/47.csv"
    settings '[deadlines]' 'export = 30' 'weekly = 30'
    export TODAY=2026-11-27
    finals '1;5;2026-11-27' '1;4;2026-11-27' >"$BATS_TEST_TMPDIR/finals.csv"
    must import "$BATS_TEST_TMPDIR/finals.csv"
    must term
    TODAY=2027-02-26
    finals '1;3;2027-02-26' '1;4;2026-11-27' '2;5;2027-02-26' '2;4;2027-02-26' >"$BATS_TEST_TMPDIR/finals.csv"
    must import "$BATS_TEST_TMPDIR/finals.csv"
    must term
    same "$(pd --json register | jq -r '.[].number' | tr '\n' ' ')" '2026-T1-3А-01 2026-T1-3А-02 2026-T2-3А-01 2026-T2-3А-02 '
    has "$(flat_text "$SCHOOL/out/2026-T2/3А/01-Азарова-Анна.pdf")" 'Математика, 1-й триместр: 5 [→ ]*3'
    TODAY=2027-03-09
    same "$(duties finals '[.period, .state]')" '[["2026-T1","done"],["2026-T2","done"]]'
    # Another day of the same mark is nothing to tell.
    sed 's/;2;5;2027-02-26/;2;5;2027-02-25/' "$BATS_TEST_TMPDIR/finals.csv" >"$BATS_TEST_TMPDIR/again.csv"
    must import "$BATS_TEST_TMPDIR/again.csv"
    TODAY=2027-03-15
    same "$(duties finals '[.period, .state]')" '[["2026-T1","done"],["2026-T2","done"]]'
}

@test "регламент 3.1: families whose slips never come back are named, and are no exit 1" {
    settings '[slip]' 'missed = 2'
    TODAY=2026-11-14 must weekly
    must import "$BATS_TEST_TMPDIR/47.csv"
    must weekly
    export TODAY=2026-11-26
    settings '[deadlines]' 'export = 30'
    try pd status
    same "$status" 0
    has "$output" 'slips that never come back: the last 2 slips'
    sqlite3 "$SCHOOL/paperdiary.db" "UPDATE sheet SET returned = '2026-11-24' WHERE number = '2026-W47-3А-01'"
    same "$(duties slips '[.state, [.pupils[].pupil_id]]')" '[["noted",["102"]]]'
}

@test "the deadlines are those of school.ini" {
    TODAY=2026-11-14 must weekly
    must import "$BATS_TEST_TMPDIR/47.csv"
    settings '[deadlines]' 'weekly = 1'
    TODAY=2026-11-23 try pd status
    same "$status" 1
    has "$output" 'overdue by 1 day, due 2026-11-22'
    settings '[deadlines]' 'weekly = 99'
    try pd status
    same "$status" 3
    has "$problems" 'school\.ini:[0-9]+'
}

@test "an empty school owes nothing; -q tells only what is overdue" {
    TODAY=2026-11-29 try pd -q status
    same "$status" 1
    has_not "$output" 'done|Nothing'
    has "$output" 'overdue'
    new_school "$BATS_TEST_TMPDIR/new"
    try pd status
    same "$status" 0
    has "$output" 'Nothing is overdue'
}
