#!/usr/bin/env bats
# `summary --json`: the numbers behind the sheets, in the shape of the contract.
load helper

# One pupil whose marks in Математика are the words given (value or value*weight), a day each from 1 September.
school_of_marks() {
    new_school
    local day=1 word
    {
        echo "$HEAD"
        for word in "$@"; do
            [ $((day % 7)) = 6 ] && day=$((day + 1))
            [ $((day % 7)) = 0 ] && day=$((day + 1))
            local weight=
            case $word in *\**) weight=${word#*\*} ;; esac
            printf '2026-09-%02d;%s;1;Математика;;;;;%s;%s;;\n' $day "$ANNA" "$weight" "${word%\**}"
            day=$((day + 1))
        done
    } >"$BATS_TEST_TMPDIR/marks.csv"
    must import "$BATS_TEST_TMPDIR/marks.csv"
}

mean() {
    of_pupil 101 '.subjects[0].mean' --week 2026-09-30
}

@test "the shape is that of the contract" {
    started_school
    must import "$BATS_TEST_TMPDIR/47.csv"
    try pd --json summary --week 2026-W47
    same "$status" 0
    jq -e '
        type == "array" and length == 3 and all(.[];
            (.pupil_id | type == "string") and (.pupil | type == "string") and .class == "3А" and
            (.paper | type == "boolean") and .week == "2026-W47" and .term == 1 and
            (.subjects | type == "array") and (.changes | type == "array") and
            all(.subjects[];
                (.subject | type == "string") and (.missed | type == "number") and (.late | type == "number") and
                (.mean | type == "number" or . == null) and has("forecast") and has("needs") and
                all(.marks[];
                    (.date | test("^2026-[0-9]{2}-[0-9]{2}$")) and (.lesson | type == "number" or . == null) and
                    (.value | type == "string") and (.weight | type == "number") and (.work | type == "string") and
                    (.this_week | type == "boolean"))) and
            (.attendance.week | type == "object") and
            (.attendance.term | (.ill, .excused, .unexcused, .late, .lessons) | type == "number") and
            all(.changes[];
                (.date | type == "string") and (.subject | type == "string") and has("was") and has("now") and
                (.kind | IN("added", "corrected", "withdrawn")) and (.what | IN("mark", "attendance"))))' <<<"$output" >/dev/null
    same "$(jq -c '[.[].pupil_id]' <<<"$output")" '["101","102","103"]'
    same "$(jq -c '[.[].paper]' <<<"$output")" '[true,true,false]'
}

@test "a mark carries its lesson, work, weight and whether it is of this week" {
    started_school
    must import "$BATS_TEST_TMPDIR/47.csv"
    same "$(of_pupil 101 '.subjects[] | select(.subject == "Математика").marks[2] | [.date, .lesson, .value, .weight, .work, .this_week]')" \
        '["2026-11-16",1,"4",3,"контрольная",true]'
    same "$(of_pupil 101 '.subjects[] | select(.subject == "Математика").marks | map(.this_week)')" '[false,false,true]'
}

@test "means are weighted and rounded half up" {
    started_school
    must import "$BATS_TEST_TMPDIR/47.csv"
    # Anna: 5 4 4×3 = 21 / 5; 4×2 5 = 13 / 3; 5 4
    same "$(of_pupil 101 '[.subjects[] | {(.subject): .mean}] | add | [.["Математика"], .["Русский язык"], .["Коми язык"]]')" '[4.2,4.33,4.5]'
}

@test "4.125 is 4.13 and 4.375 is 4.38" {
    school_of_marks 4 4 4 4 4 4 4 5
    same "$(mean)" 4.13
    SCHOOL=$BATS_TEST_TMPDIR/second
    must init "$SCHOOL"
    printf '%s\n' "$HEAD" "2026-09-01;$ANNA;1;Математика;;;;;5;4;;" "2026-09-02;$ANNA;1;Математика;;;;;3;5;;" >"$BATS_TEST_TMPDIR/f.csv"
    must import "$BATS_TEST_TMPDIR/f.csv"
    same "$(mean)" 4.38
}

@test "without marks the mean is null, and so is the forecast" {
    started_school
    must import "$BATS_TEST_TMPDIR/47.csv"
    same "$(of_pupil 102 '.subjects[] | select(.subject == "Коми язык") | [.mean, .forecast, .missed]')" '[null,null,1]'
}

@test "what it takes for the next better mark (2.7)" {
    school_of_marks 4 4 4 4
    # 4.00; a 5 needs 4.50: four fives more.
    same "$(of_pupil 101 '.subjects[0].needs | [.mark, .best, .count, .weight]' --week 2026-09-30)" '["5","5",4,1]'
}

@test "attendance of the week and the term by reason (2.1.3)" {
    started_school
    must import "$BATS_TEST_TMPDIR/47.csv"
    same "$(of_pupil 102 '.attendance | [.week.unexcused, .term.ill, .term.unexcused, .term.late, .term.lessons]')" '[1,1,1,0,6]'
    same "$(of_pupil 103 '.attendance.term | [.late, .lessons]')" '[1,6]'
    same "$(of_pupil 102 '.subjects[] | select(.subject == "Математика").missed')" 1
    same "$(of_pupil 103 '.subjects[] | select(.subject == "Математика").late')" 1
}

@test "a debt counts as a debt, not as a mark with a number" {
    school_of_marks 4 . 5
    same "$(mean)" 4.5
}

@test "the week is W47, any date in it, or by default the last one with lessons" {
    started_school
    must import "$BATS_TEST_TMPDIR/47.csv"
    want=$(pd --json summary --week 2026-W47)
    same "$(pd --json summary --week 2026-11-18)" "$want"
    same "$(pd --json summary --week 2026-11-22)" "$want"
    same "$(pd --json summary)" "$want"
    same "$(TODAY=2026-11-16 pd --json summary | jq -r '.[0].week')" 2026-W47
    same "$(TODAY=2026-11-15 pd --json summary | jq -r '.[0].week')" 2026-W46
    same "$(TODAY=2027-01-04 pd --json summary | jq -r '.[0].week')" 2026-W47
}

@test "a week that is none is wrong usage" {
    started_school
    for week in 2026-W54 2026-W00 47 nonsense 2026-02-30; do
        try pd summary --week $week
        same "$status" 2
        has "$problems" "$week"
    done
}

@test "nothing imported yet: exit 3 and what to do" {
    new_school
    try pd summary
    same "$status" 3
    has "$problems" 'import'
}

@test "--class and --pupil choose; unknown ones are named" {
    started_school
    must import "$BATS_TEST_TMPDIR/47.csv"
    same "$(pd --json summary --pupil 102 | jq -r '.[].pupil_id')" 102
    same "$(pd --json summary --pupil Азарова | jq -r '.[].pupil_id')" 101
    same "$(pd --json summary --class '3 "а"' | jq length)" 3
    try pd summary --class 4Б
    same "$status" 2
    has "$problems" '4Б'
    try pd summary --pupil 999
    same "$status" 2
    has "$problems" '999'
}

@test "classes are one however they are written" {
    new_school
    cat >"$BATS_TEST_TMPDIR/f.csv" <<CSV
$HEAD
2026-11-16;"3 ""А""";101;Азарова Анна Ильинична;1;Математика;;;;;;5;;
2026-11-17;3-а;101;Азарова Анна Ильинична;1;Математика;;;;;;5;;
2026-11-18;3A;101;Азарова Анна Ильинична;1;Математика;;;;;;5;;
2026-11-19;3«А»;101;Азарова Анна Ильинична;1;Математика;;;;;;5;;
CSV
    must import "$BATS_TEST_TMPDIR/f.csv"
    same "$(pd --json summary | jq -c '[.[].class, (.[].subjects[0].marks | length)]')" '["3А",4]'
}

@test "for people it prints a table with every pupil and mark" {
    started_school
    must import "$BATS_TEST_TMPDIR/47.csv"
    try pd summary
    same "$status" 0
    for word in Азарова Белов Белова Математика 'Коми язык' '4[.,]20'; do has "$output" "$word"; done
}

@test "weeks across New Year are those of ISO 8601" {
    new_school
    printf '%s\n2026-12-28;%s;1;Математика;;;;;;5;;\n' "$HEAD" "$ANNA" >"$BATS_TEST_TMPDIR/f.csv"
    TODAY=2027-01-02 must import "$BATS_TEST_TMPDIR/f.csv"
    same "$(TODAY=2027-01-02 pd --json summary | jq -rc '.[0] | [.week, .term]')" '["2026-W53",2]'
    same "$(TODAY=2027-01-02 pd --json summary --week 2027-01-01 | jq -r '.[0].week')" 2026-W53
}
