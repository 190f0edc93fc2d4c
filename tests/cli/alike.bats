#!/usr/bin/env bats
# Who is who, and letters that only look right: no child gets another's marks, and what is meant is taken with a note.
load helper

setup() {
    started_school
}

row() {
    printf '%s\n2026-11-16;%s;1;%s;;;;;;%s;%s;\n' "$HEAD" "$1" "${2:-Математика}" "${3-5}" "${4-}" >"$BATS_TEST_TMPDIR/row.csv"
}

@test "an id that the store has under quite another name is refused; a table of pupils may rename" {
    row '3А;103;Сидоров Пётр Иванович'
    try pd import "$BATS_TEST_TMPDIR/row.csv"
    same "$status" 3
    has "$problems" 'row\.csv:2:15: the id 103 belongs to a pupil of quite another name'
    has_not "$problems" 'Сидоров|Белова'
    row '3А;103;Белова В. П.'
    try pd import "$BATS_TEST_TMPDIR/row.csv"
    same "$status" 1
    has_not "$problems" 'another name'
    printf 'pupil_id;pupil;class\n101;Азарова Анна Ильинична;3А\n102;Белов Борис Петрович;3А\n103;Сидоров Пётр Иванович;3А\n' >"$BATS_TEST_TMPDIR/renamed.csv"
    try pd import "$BATS_TEST_TMPDIR/renamed.csv"
    same "$status" 1
    has "$problems" 'renamed\.csv:4:1: warning: the id 103 was that of a pupil of quite another name'
    row '3А;103;Сидоров Пётр Иванович' Математика 4
    try pd import "$BATS_TEST_TMPDIR/row.csv"
    same "$status" 1
}

@test "two children under one id in a file are an error; one child under two spellings a warning" {
    { cat "$BATS_TEST_TMPDIR/47.csv"; echo '2026-11-20;3А;101;Сидоров Пётр;2;Музыка;;;;;;5;;'; } >"$BATS_TEST_TMPDIR/two.csv"
    try pd import "$BATS_TEST_TMPDIR/two.csv"
    same "$status" 3
    has "$problems" 'two\.csv:14:15: the id 101 belongs to another pupil in line 3'
    sed -i 's/Сидоров Пётр/Азарова Аня/' "$BATS_TEST_TMPDIR/two.csv"
    try pd import "$BATS_TEST_TMPDIR/two.csv"
    same "$status" 1
    has "$problems" 'two\.csv:14:19: warning: the pupil 101 has another name here than in line 3'
}

@test "a row without an id: a name that no one in the class bears is no new child" {
    row '3А;;Белоф Борис Петрович'
    try pd import "$BATS_TEST_TMPDIR/row.csv"
    same "$status" 3
    has "$problems" "row\.csv:2:16: class 3А has no pupil of this name: correct the name, or give the pupil's id"
    same "$(pd --json pupils | jq length)" 3
    row '7Б;;Новиков Олег' # a class that nobody has named yet
    try pd import "$BATS_TEST_TMPDIR/row.csv"
    same "$status" 0
    same "$(pd --json pupils --class 7Б | jq -r '.[0].pupil')" 'Новиков Олег'
}

@test "Latin letters in names, subjects, classes, marks and codes are taken for what is meant, with a note" {
    sed -e 's/3А/3A/' -e 's/Белов Борис/Бeлoв Бopис/; s/Математика/Maтематика/; s/;б;$/;Б;/' -e 's/;101;/;;/' \
        "$BATS_TEST_TMPDIR/46.csv" >"$BATS_TEST_TMPDIR/latin.csv"
    try pd import "$BATS_TEST_TMPDIR/latin.csv"
    same "$status" 0
    same "$output" 'latin.csv: gradebook, nothing new'
    has "$problems" "latin\.csv:2:12: note: the class '3A' is written with a Latin letter: taken as '3А'"
    has "$problems" 'latin\.csv:2:[0-9]+: note: a Latin letter that only looks right stands in a Cyrillic word'
    row "$VERA" Музыка H # Latin
    { cat "$BATS_TEST_TMPDIR/47.csv"; tail -n 1 "$BATS_TEST_TMPDIR/row.csv"; } >"$BATS_TEST_TMPDIR/marks.csv"
    try pd import "$BATS_TEST_TMPDIR/marks.csv"
    same "$status" 0
    has "$problems" "marks\.csv:14:[0-9]+: note: 'H' holds a letter that only looks right: taken as 'Н'"
    same "$(of_pupil 103 '.attendance.week.unexcused')" 1
}

@test "Latin words and Roman numerals stay" {
    row "$ANNA" 'English' 5
    sed -i 's/;English;;;/;English;;IV четверть, Scratch и ГTО;/' "$BATS_TEST_TMPDIR/row.csv"
    try pd import "$BATS_TEST_TMPDIR/row.csv"
    same "$(sqlite3 "$SCHOOL/paperdiary.db" "SELECT text FROM phrase WHERE text LIKE 'IV%'")" 'IV четверть, Scratch и ГТО'
    same "$(of_pupil 101 '[.subjects[].subject] | index("English") != null')" true
}

@test "unknown columns are named once, without --verbose; not with --quiet; ten notes, then a count" {
    sed '1s/$/;Телефон;СНИЛС/; 2,$s/$/;1;2/' "$BATS_TEST_TMPDIR/47.csv" >"$BATS_TEST_TMPDIR/wide.csv"
    try pd check "$BATS_TEST_TMPDIR/wide.csv"
    same "$status" 0
    same "$(grep -c Телефон <<<"$problems")" 1
    same "$(grep -c СНИЛС <<<"$problems")" 1
    try pd check -q "$BATS_TEST_TMPDIR/wide.csv"
    same "$problems" ""
    sed "1s/\$/$(printf ';Лишнее%d' {1..14})/; 2,\$s/\$/;;;;;;;;;;;;;;/" "$BATS_TEST_TMPDIR/47.csv" >"$BATS_TEST_TMPDIR/wide.csv"
    try pd check "$BATS_TEST_TMPDIR/wide.csv"
    same "$(grep -c Лишнее <<<"$problems")" 10
    has "$problems" '^and 4 more notes$'
    try pd check -v "$BATS_TEST_TMPDIR/wide.csv"
    same "$(grep -c Лишнее <<<"$problems")" 14
}

@test "check says beforehand that a file would withdraw too much" {
    grep -v ';102;\|;103;' "$BATS_TEST_TMPDIR/46.csv" >"$BATS_TEST_TMPDIR/less.csv"
    try pd check "$BATS_TEST_TMPDIR/less.csv"
    same "$status" 3
    has "$problems" 'more than a fifth'
}

@test "--json of check and import: an object for each file, refused ones too" {
    row "$ANNA" Математика 8
    try pd --json import "$BATS_TEST_TMPDIR/47.csv" "$BATS_TEST_TMPDIR/row.csv"
    same "$status" 3
    same "$(jq -c '.[0] | [.kind, .ok, .rows, .import, .added, .withdrawn, .errors]' <<<"$output")" '["gradebook",true,13,3,10,0,0]'
    same "$(jq -c '.[1] | [.ok, .errors, .problems[0].line, .problems[0].level]' <<<"$output")" '[false,1,2,"error"]'
    try pd --json check "$BATS_TEST_TMPDIR/47.csv"
    same "$(jq -c '.[0] | [.ok, has("import")]' <<<"$output")" '[true,false]'
}

@test "several --pupil: all of them, in weekly and in summary" {
    must import "$BATS_TEST_TMPDIR/47.csv"
    same "$(pd --json summary --pupil 101 --pupil 103 | jq -c '[.[].pupil_id]')" '["101","103"]'
    try pd --json weekly --pupil 103 --pupil 101
    same "$(jq .issued <<<"$output")" 2
    same "$(pd --json register | jq -c '[.[].pupil_id]')" '["101","103"]'
    try pd weekly --pupil 101 --pupil Бел
    same "$status" 2
}

@test "what is wrong with the command line is said in the language of --lang" {
    for words in "import" "pupils extra" "nonsense" "weekly --nonsense" "weekly --week" "--today x pupils"; do
        # shellcheck disable=SC2086
        try env -i PATH=/usr/bin:/bin "$PROGRAM" --lang en $words
        same "$status" 2
        has_not "$problems" '[а-яё]{4}'
        # shellcheck disable=SC2086
        try env -i PATH=/usr/bin:/bin LANG=en_US.UTF-8 "$PROGRAM" --lang=ru $words
        same "$status" 2
        has "$problems" '[а-яё]{3}'
    done
}
