#!/usr/bin/env bats
# `check` says what is wrong with an export and changes nothing.
load helper

@test "check of a good file counts its rows and stores nothing" {
    started_school
    before=$(sha256sum "$SCHOOL/paperdiary.db")
    try pd check "$BATS_TEST_TMPDIR/47.csv"
    same "$status" 0
    has "$output" '47\.csv.*1[23]'
    same "$problems" ""
    same "$(sha256sum "$SCHOOL/paperdiary.db")" "$before"
    same "$(pd --json summary --week 2026-W47 | jq '[.[].subjects[].marks[] | select(.this_week)] | length')" 0
}

@test "check needs no school folder" {
    week47 >"$BATS_TEST_TMPDIR/47.csv"
    cd "$BATS_TEST_TMPDIR"
    try env -i PATH=/usr/bin:/bin "$PROGRAM" --lang en --today 2026-11-21 check 47.csv
    same "$status" 0
    same "$(find "$BATS_TEST_TMPDIR" -name '*.db')" ""
}

@test "all errors of a file are listed with file, line and column" {
    new_school
    cat >"$BATS_TEST_TMPDIR/bad.csv" <<CSV
$HEAD
2026-11-16;$ANNA;1;Математика;;;;;;6;;
2026-11-31;$ANNA;1;Математика;;;;;;5;;
2026-11-17;$ANNA;13;Математика;;;;;;5;;
2026-11-18;$ANNA;1;Математика;;;;;0;5;;
2026-11-19;$ANNA;1;Математика;;;;;;5;щ;
2026-11-20;$ANNA;1;;;;;;;5;;
CSV
    try pd check "$BATS_TEST_TMPDIR/bad.csv"
    same "$status" 3
    has "$problems" 'bad\.csv:2:[0-9]+: '
    has "$problems" 'bad\.csv:3:1: '
    has "$problems" 'bad\.csv:4:[0-9]+: '
    has "$problems" 'bad\.csv:5:[0-9]+: '
    has "$problems" 'bad\.csv:6:[0-9]+: '
    has "$problems" 'bad\.csv:7:[0-9]+: '
    has_not "$problems" 'Азарова'
}

@test "the column is that of the field, in characters" {
    new_school
    printf '%s\n2026-11-16;%s;1;Математика;;;;;;6;;\n' "$HEAD" "$ANNA" >"$BATS_TEST_TMPDIR/bad.csv"
    line="2026-11-16;$ANNA;1;Математика;;;;;;"
    column=$(($(printf %s "$line" | LC_ALL=C.UTF-8 wc -m) + 1))
    try pd check "$BATS_TEST_TMPDIR/bad.csv"
    same "$status" 3
    has "$problems" "bad\.csv:2:$column: "
}

@test "the first fifty errors, then a count" {
    new_school
    {
        echo "$HEAD"
        for i in $(seq 1 73); do echo "2026-11-16;3А;$i;Имя Имя$i;1;Математика;;;;;;9;;"; done
    } >"$BATS_TEST_TMPDIR/many.csv"
    try pd check "$BATS_TEST_TMPDIR/many.csv"
    same "$status" 3
    same "$(grep -c 'many\.csv:[0-9]*:[0-9]*: ' <<<"$problems")" 50
    has "$problems" '23'
}

@test "check speaks of every file that it is given" {
    started_school
    printf '%s\n2026-11-16;%s;1;Математика;;;;;;7;;\n' "$HEAD" "$ANNA" >"$BATS_TEST_TMPDIR/bad.csv"
    try pd check "$BATS_TEST_TMPDIR/bad.csv" "$BATS_TEST_TMPDIR/47.csv"
    same "$status" 3
    has "$problems" 'bad\.csv:2:'
    has "$output" '47\.csv'
}

@test "a file that is not there, a folder, nothing at all" {
    new_school
    try pd check "$BATS_TEST_TMPDIR/none.csv"
    same "$status" 3
    has "$problems" 'none\.csv'
    try pd check "$BATS_TEST_TMPDIR"
    same "$status" 3
    try pd check
    same "$status" 2
}

@test "an unknown column is named once and does not hinder" {
    new_school
    {
        echo "$HEAD;Цвет обложки"
        week47 | tail -n +2 | sed 's/$/;зелёный/'
    } >"$BATS_TEST_TMPDIR/more.csv"
    try pd -v check "$BATS_TEST_TMPDIR/more.csv"
    [ "$status" = 0 ] || [ "$status" = 1 ]
    same "$(grep -c 'Цвет обложки' <<<"$problems")" 1
}
