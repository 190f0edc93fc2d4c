#!/usr/bin/env bats
# Wrong files: each gets its own clear message, exit 3, and nothing of it is stored.
load helper

setup() {
    started_school
    F=$BATS_TEST_TMPDIR/file.csv
    BEFORE=$(state 2026-W46 && state 2026-W47)
}

# Imports $F, which must be refused with a message about it that matches, and leave no trace.
refused() {
    try pd import "$F"
    same "$status" 3
    has "$problems" "file\.csv"
    local pattern
    for pattern in "$@"; do has "$problems" "$pattern"; done
    has_not "$problems" 'Азарова|Белов'
    same "$(state 2026-W46 && state 2026-W47)" "$BEFORE"
}

rows() {
    printf '%s\n' "$HEAD" "$@" >"$F"
}

@test "an Excel workbook given by mistake" {
    { printf 'PK\003\004\024\000\006\000\010\000\000\000!\000'; head -c 12 /dev/zero; printf '\017\000\000\000xl/workbook.xml'; } >"$F"
    refused 'Excel' 'CSV'
}

@test "an old Excel workbook given by mistake" {
    printf '\320\317\021\340\241\261\032\341\000\000\000\000' >"$F"
    refused 'Excel|CSV'
}

@test "a PDF given by mistake" {
    printf '%%PDF-1.4\n%%\342\343\317\323\n1 0 obj\n' >"$F"
    refused 'PDF'
}

@test "an empty file and a file of blank lines" {
    : >"$F"
    refused 'empty|header'
    printf '\n\n   \n' >"$F"
    refused 'empty|header'
}

@test "a NUL in the text" {
    printf '%s\n2026-11-16;%s;1;Мате\000матика;;;;;;5;;\n' "$HEAD" "$ANNA" >"$F"
    refused 'file\.csv:2'
}

@test "a quote that is never closed is told with the line where it opens" {
    rows "2026-11-16;$ANNA;1;\"Математика;;;;;;5;;" "2026-11-17;$ANNA;1;Математика;;;;;;5;;"
    refused 'file\.csv:2'
}

@test "UTF-16 without a BOM is refused or read, never half-read" {
    week47 | iconv -f UTF-8 -t UTF-16LE >"$F"
    try pd import "$F"
    if [ "$status" = 3 ]; then
        has "$problems" 'file\.csv.*UTF-16|UTF-16.*file\.csv|UTF-8'
        same "$(state 2026-W46 && state 2026-W47)" "$BEFORE"
    else
        same "$status" 0
        same "$(of_pupil 101 '[.subjects[].marks[] | select(.this_week)] | length' --week 2026-W47)" 4
    fi
}

@test "broken UTF-8 that is no Windows-1251 text either" {
    printf '\357\273\277%s\n2026-11-16;%s;1;\377\376\320;;;;;;5;;\n' "$HEAD" "$ANNA" >"$F"
    refused 'file\.csv:2'
}

@test "a mark outside the scale" {
    rows "2026-11-16;$ANNA;1;Математика;;;;;;8;;"
    refused 'file\.csv:2:[0-9]+: .*8'
}

@test "a date where Excel ate a mark: 04.мар is 3/4 or 4/3" {
    rows "2026-11-16;$ANNA;1;Математика;;;;;;04.мар;;"
    refused 'file\.csv:2:[0-9]+: .*04\.мар' 'Excel|3/4|4/3'
}

@test "a date outside the school year" {
    rows "2026-08-16;$ANNA;1;Математика;;;;;;5;;"
    refused 'file\.csv:2:1: .*2026-08-16|file\.csv:2:1: .*16\.08\.2026'
}

@test "a date that does not exist" {
    rows "2026-02-30;$ANNA;1;Математика;;;;;;5;;"
    refused 'file\.csv:2:1: '
}

@test "an unknown code of attendance" {
    rows "2026-11-16;$ANNA;1;Математика;;;;;;;ж;"
    refused 'file\.csv:2:[0-9]+: .*ж'
}

@test "a weight of nothing, less than nothing, or a word" {
    for weight in 0 -1 много; do
        rows "2026-11-16;$ANNA;1;Математика;;;;;$weight;5;;"
        refused 'file\.csv:2:[0-9]+: '
    done
}

@test "a lesson number beyond 12" {
    rows "2026-11-16;$ANNA;14;Математика;;;;;;5;;"
    refused 'file\.csv:2:[0-9]+: .*14'
}

@test "the header twice" {
    rows "2026-11-16;$ANNA;1;Математика;;;;;;5;;" "$HEAD" "2026-11-17;$ANNA;1;Математика;;;;;;5;;"
    refused 'file\.csv:3'
}

@test "a column named twice" {
    printf '%s;mark\n2026-11-16;%s;1;Математика;;;;;;5;;;4\n' "$HEAD" "$ANNA" >"$F"
    refused 'file\.csv:1:[0-9]+: .*mark'
}

@test "a missing required column" {
    printf 'date;class;pupil_id;mark;attendance;lesson\n2026-11-16;3А;101;5;;1\n' >"$F"
    refused 'file\.csv:1' 'subject'
}

@test "a file whose kind can't be known by its columns" {
    printf 'a;b;c\n1;2;3\n' >"$F"
    refused 'file\.csv'
}

@test "a row with too few or too many fields" {
    rows "2026-11-16;$ANNA;1;Математика;;;;;;5;;" "2026-11-17;$ANNA;1"
    refused 'file\.csv:3'
    rows "2026-11-16;$ANNA;1;Математика;;;;;;5;;;;лишнее;ещё"
    refused 'file\.csv:2'
}

@test "a pupil in two classes on one day" {
    rows "2026-11-16;$ANNA;1;Математика;;;;;;5;;" "2026-11-16;3Б;101;Азарова Анна Ильинична;2;Русский язык;;;;;;5;;"
    refused 'file\.csv:[23]' '101'
}

@test "a row without a class, a date or a pupil that a mark could belong to" {
    rows "2026-11-16;;101;Азарова Анна Ильинична;1;Математика;;;;;;5;;"
    refused 'file\.csv:2'
    rows ";$ANNA;1;Математика;;;;;;5;;"
    refused 'file\.csv:2:1'
    rows "2026-11-16;3А;;;1;Математика;;;;;;5;;"
    refused 'file\.csv:2'
}

@test "a mark in a class without marks" {
    rows "2026-11-16;1А;201;Ванюшина Алла Олеговна;1;Математика;;;;;;5;;"
    refused 'file\.csv:2:[0-9]+: .*1'
}

@test "one bad row keeps the whole file out" {
    { week47; echo "2026-11-20;$ANNA;5;Музыка;;;;;;0;;"; } >"$F"
    refused 'file\.csv:14:'
}

@test "a row that only looks dangerous to a terminal is printed harmlessly" {
    rows "2026-11-16;3А;101;Азарова;1;Математика;;;;;;$(printf '\033[2J\342\200\256')5;;"
    try pd import "$F"
    same "$status" 3
    if grep -q "$(printf '\033')" <<<"$problems"; then fail "an escape went to the terminal"; fi
    if grep -q "$(printf '\342\200\256')" <<<"$problems"; then fail "a bidi override went to the terminal"; fi
}

@test "bad roster, timetable, announcement, achievement, final and visit rows are told with their lines" {
    printf 'pupil_id;pupil;class;delivery\n101;Азарова Анна Ильинична;3А;pigeon\n' >"$F"
    refused 'file\.csv:2:[0-9]+: .*pigeon'
    printf 'pupil_id;pupil;class;copies\n101;Азарова Анна Ильинична;3А;-3\n' >"$F"
    refused 'file\.csv:2:[0-9]+: '
    printf 'class;weekday;lesson;subject\n3А;9;1;Математика\n' >"$F"
    refused 'file\.csv:2:[0-9]+: '
    printf 'from;until;text\n2026-11-20;2026-11-16;Собрание\n' >"$F"
    refused 'file\.csv:2'
    printf 'pupil_id;date;title;result\n101;16 ноября;Олимпиада;\n' >"$F"
    refused 'file\.csv:2:5: '
    printf 'pupil_id;pupil;class;subject;period;mark\n101;Азарова Анна Ильинична;3А;Математика;9;5\n' >"$F"
    refused 'file\.csv:2:[0-9]+: .*9'
    printf 'pupil_id;last_visit\n101;вчера\n' >"$F"
    refused 'file\.csv:2:5: '
}

@test "rubbish of many kinds never crashes it" {
    for seed in 1 2 3 4 5 6 7 8; do
        awk -v seed=$seed 'BEGIN { srand(seed); for (i = 0; i < 3000; i++) printf "%c", int(rand() * 255) + 1 }' >"$F"
        try pd check "$F"
        same "$status" 3
    done
    for size in 1 7 40 120 400 700; do
        week47 | head -c "$size" >"$F"
        try pd check "$F"
        case $status in 0 | 1 | 3) ;; *) fail "exit $status at $size bytes" ;; esac
    done
}

@test "wrong words on the command line are exit 2 with the nearest right one" {
    try pd improt "$F"
    same "$status" 2
    has "$problems" 'import'
    try pd weekly --weak 2026-W47
    same "$status" 2
    has "$problems" '--week'
    try pd weekly --week
    same "$status" 2
    try pd --today 2026-13-01 pupils
    same "$status" 2
    try pd
    same "$status" 2
    try pd import
    same "$status" 2
    try pd import --profile no-such-profile "$F"
    case $status in 2 | 3) ;; *) fail "exit $status" ;; esac
    has "$problems" 'no-such-profile'
}
