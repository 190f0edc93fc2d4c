#!/usr/bin/env bats
# What a file speaks for, and whose a row is: nothing of others is withdrawn, and a child is one pupil.
load helper

HEADER='date;class;pupil_id;pupil;lesson;subject;mark'

# file NAME LINE…: a file of these lines; $F is its path.
file() {
    F=$BATS_TEST_TMPDIR/$1.csv
    shift
    printf '%s\n' "$@" >"$F"
}

# Anna and Boris of 3А and Egor of 3Б, by id.
two_classes() {
    new_school
    file two "$HEADER" '2026-11-16;3А;101;Азарова Анна Ильинична;1;Математика;5' \
        '2026-11-16;3А;102;Белов Борис Петрович;1;Математика;4' '2026-11-16;3Б;201;Егоров Егор Ильич;1;Математика;4'
    must import "$F"
}

@test "finals without a class speak for the classes of their pupils" {
    two_classes
    file all 'pupil_id;subject;period;mark' '101;Математика;1;5' '102;Математика;1;4' '201;Математика;1;4'
    must import "$F"
    file third_a 'pupil_id;subject;period;mark' '101;Математика;1;4' '102;Математика;1;4'
    try pd import "$F"
    same "$status" 0
    has "$output" '1 corrected, 0 withdrawn'
    file third_b 'pupil_id;subject;period;mark' '201;Математика;1;5'
    try pd import "$F"
    same "$status" 0
    has "$output" '1 corrected, 0 withdrawn'
}

@test "a final that is emptied is withdrawn, also the last of its period" {
    two_classes
    file exam 'pupil_id;class;subject;period;mark' '101;3А;Математика;exam;5'
    must import "$F"
    file emptied 'pupil_id;class;subject;period;mark' '101;3А;Математика;exam;'
    try pd import "$F"
    same "$status" 3
    has "$problems" '1 of the 1 rows stored'
    try pd import --accept-withdrawals "$F"
    has "$output" '1 withdrawn'
}

@test "two finals of one pupil, by id and by name, are one too many" {
    two_classes
    file twice 'pupil_id;pupil;class;subject;period;mark' '101;;;Математика;1;5' \
        ';Азарова Анна Ильинична;3А;Математика;1;4'
    try pd import "$F"
    same "$status" 3
    has "$problems" 'twice\.csv:3:2: .*stands in line 2 already'
}

@test "an announcement for one pupil does not speak for the whole school" {
    two_classes
    file school 'from;until;pupil_id;text' '2026-11-18;2026-11-30;;Собрание'
    must import "$F"
    file one 'from;until;pupil_id;text' '2026-11-18;2026-11-30;101;Письмо'
    must import "$F"
    file both 'from;until;pupil_id;text' '2026-11-18;2026-11-30;;Собрание' '2026-11-18;2026-11-30;101;Письмо'
    try pd import "$F"
    same "$status" 0
    has "$output" 'nothing new'
}

@test "a report counts what would be withdrawn against its own pupils only" {
    new_school
    block() { # NAME MARK
        printf '%s\n' '"Отчет об успеваемости и посещаемости ученика";;;' 'Учебный год:;2026/2027;;' 'Класс:;3А;;' \
            "Ученик:;$1;;" 'Период:;с 1.09.26 по 30.11.26;;' 'Предмет;Ноябрь;;' ';16;17;18' "Математика;$2;$2;$2" ''
    }
    file class "$(for name in 'Азарова Анна' 'Белов Борис' 'Белова Вера' 'Громов Глеб' 'Ежова Ева'; do block "$name" 5; done)"
    must import "$F"
    file emptied "$(block 'Белов Борис' '')"
    try pd import "$F"
    same "$status" 3
    has "$problems" '3 of the 3 rows stored'
}

@test "a row that gives only the name is of the pupil who has an id in the same file, wherever it stands" {
    new_school
    file mixed "$HEADER" '2026-11-16;3А;;Азарова Анна Ильинична;1;Математика;5' \
        '2026-11-17;3А;101;Азарова Анна Ильинична;1;Математика;4'
    must import "$F"
    same "$(pd --json pupils | jq -r '.[].pupil_id')" 101
    try pd import "$F"
    has "$output" 'nothing new'
}

@test "a pupil known by name gets the id that a later file gives, and keeps the history" {
    new_school
    file names 'date;class;pupil;lesson;subject;mark' '2026-11-16;3А;Азарова Анна Ильинична;1;Математика;5'
    must import "$F"
    same "$(pd --json pupils | jq -r '.[].pupil_id')" 3А-1
    file ids "$HEADER" '2026-11-17;3А;101;Азарова Анна Ильинична;1;Математика;4'
    try pd import "$F"
    same "$status" 0
    has "$problems" 'ids\.csv:2:15: note: pupil 3А-1, .* has the id 101 now'
    same "$(pd --json pupils | jq -r '.[].pupil_id')" 101
    same "$(pd --json summary --week 2026-W47 | jq '[.[].subjects[].marks[]] | length')" 2
}

@test "words of a report's title in a cell of a table do not make a report of it" {
    two_classes
    file notice 'from;until;class;text' '2026-11-16;2026-11-30;3А;Табель успеваемости можно получить у классного руководителя'
    try pd import "$F"
    same "$status" 0
    has "$output" 'announcements'
}

@test "rejects = skip puts a row aside whose pupil nobody knows, and all rows of that pupil" {
    two_classes
    sed -i 's/^rejects = .*/rejects = skip/' "$SCHOOL/school.ini"
    file visits 'pupil_id;last_visit' '101;2026-11-20' '999;2026-11-19'
    try pd import "$F"
    same "$status" 1
    has "$problems" 'visits\.csv:3:1: no pupil has the id «999»'
    has "$output" '1 row; 1 added'
    has "$output" '1 row with an error was put aside'
    file misspelt "$HEADER" '2026-11-16;3А;101;Азарова Анна Ильинична;1;Математика;3' \
        '2026-11-16;3А;;Беловв Борис Петрович;1;Математика;2' '2026-11-16;3А;;Беловв Борис Петрович;2;Математика;2'
    try pd import "$F"
    same "$status" 1
    has "$output" '1 corrected, 0 withdrawn'
    has "$output" '2 rows with errors were put aside'
    same "$(of_pupil 102 '[.subjects[].marks[].value] | join(" ")' --week 2026-W47)" '"4"'
}

@test "no message shows a name that stands in a wrong column" {
    two_classes
    file shifted "$HEADER;attendance;Канев Пётр" 'КАНЕВ ПЁТР;3А;101;;1;Математика;5;;' '2026-11-16;3А;101;;Ева Ким;Математика;5;;' \
        '2026-11-16;3А;101;;1;Математика;Ян;;' '2026-11-16;3А;101;;1;Математика;;канев;' '2026-11-16;3А;Канев Пётр;;1;Математика;5;;'
    try pd import "$F"
    same "$status" 3
    has "$problems" ":2:1: 'К… П…' is not a date"
    has "$problems" ":3:20: the lesson 'Е… К…'"
    has "$problems" ":4:33: 'Я…' is neither"
    has "$problems" ":5:34: .*'к…' is unknown"
    has "$problems" ":6:15: 'К… П…' can't be a pupil's id"
    has "$problems" ":1:58: note: the column 'К… П…' is unknown"
    has_not "$problems" '(?i)канев|пётр|ким\b'
}

@test "visits on another day are news, though nobody came" {
    two_classes
    file visits 'pupil_id;last_visit' '101;2026-11-12' '102;2026-11-19'
    TODAY=2026-11-20 must import "$F"
    TODAY=2026-11-20 try pd import "$F"
    has "$output" 'nothing new'
    TODAY=2026-12-04 must import "$F"
    TODAY=2026-12-04 try pd remind
    has "$output" 'as of 2026-12-04'
}

@test "a table of finals of one pupil speaks for that pupil only, his emptied ones included" {
    new_school
    block() { # NAME EXAM
        printf '%s\n' '"Табель успеваемости учащегося";;;;' 'Учебный год: 2026/2027;;;;' 'Класс: 5В;;;;' "Ученик: $1;;;;" \
            ';Предмет;Учебные периоды;Год. оценка;Экз. оценка' '№;;;;' 'п/п;;1 Триместр;;' ';;Итог;;' "1;Алгебра;5;4;$2" ''
    }
    TODAY=2027-06-10
    file class "$(block 'Азарова Анна' 4; block 'Белов Борис' 4; block 'Жуков Пётр' 4)"
    must import "$F"
    file one "$(block 'Белов Борис' 4)"
    try pd import "$F"
    same "$status" 0
    has "$output" 'nothing new'
    file emptied "$(block 'Белов Борис' '')"
    try pd import --accept-withdrawals "$F"
    same "$status" 0
    has "$output" '0 corrected, 1 withdrawn'
}

@test "an id is not given to a pupil known by name where it could be another child's" {
    new_school
    file names 'date;class;pupil;lesson;subject;mark' '2026-11-16;3А;Азарова Анна;1;Математика;5' '2026-11-16;3А;Белов Борис;1;Математика;4'
    must import "$F"
    file two "$HEADER" '2026-11-17;3А;501;Азарова Анна;1;Математика;2' '2026-11-17;3А;502;Азарова Анна;1;Математика;5' \
        '2026-11-17;3А;503;Белов Борис;1;Математика;4'
    try pd import "$F"
    same "$(pd --json pupils | jq -r '.[].pupil_id' | sort | xargs)" '3А-1 501 502 503'
    must init "$BATS_TEST_TMPDIR/own"
    SCHOOL=$BATS_TEST_TMPDIR/own
    file own "$HEADER" '2026-11-16;3А;3А-7;Азарова Анна;1;Математика;5'
    must import "$F"
    file namesake "$HEADER" '2026-11-16;3А;3А-7;Азарова Анна;1;Математика;5' '2026-11-16;3А;3А-12;Азарова Анна;1;Математика;2'
    must import "$F"
    same "$(pd --json pupils | jq -r '.[].pupil_id' | sort | xargs)" '3А-12 3А-7'
}
