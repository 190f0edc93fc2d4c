#!/usr/bin/env bats
# `reprint` and `returned`: proof of what was issued (3.1).
load helper

# Four weeks of the demo, issued, then everything that can change afterwards: marks, topics, a name, a class, a leaver.
demo_then_changes() {
    SCHOOL=$BATS_TEST_TMPDIR/school
    env -i PATH=/usr/bin:/bin "$PROGRAM" --lang en demo "$SCHOOL" >/dev/null 2>&1
    cp -a "$SCHOOL/out" "$BATS_TEST_TMPDIR/issued"
    {
        echo 'pupil_id;pupil;class;left;ground;delivery;recipient;address;copies'
        pd --json pupils --paper | jq -r 'to_entries[] | .key as $i | .value | select(.class != "3А") |
            [.pupil_id, (if $i == 0 then "Переименованная Фамилия" else .pupil end), (if $i < 3 then "3А" else .class end)] +
            (if $i % 2 == 1 then ["2026-11-24", "transfer", "", "", "", ""]
             else ["", "", "post", "Другой Получатель", "167000, Сыктывкар, ул. Новая, 1", "3"] end) | join(";")'
    } >"$BATS_TEST_TMPDIR/changes.csv"
    TODAY=2026-11-23 try pd import "$BATS_TEST_TMPDIR/changes.csv"
    same "$status" 1 # the others are missing from the table
    [ "$(wc -l <"$BATS_TEST_TMPDIR/changes.csv")" -gt 6 ]
    sed 's/;5;/;4;/; s/Таблица/Новая тема/' "$ROOT/examples/school/exports/2026-11-21-gradebook.csv" >"$BATS_TEST_TMPDIR/corrected.csv"
    TODAY=2026-11-24 try pd import --accept-withdrawals "$BATS_TEST_TMPDIR/corrected.csv"
    [ "$status" -le 1 ]
}

all_numbers() {
    pd --json register | jq -r '.[].number'
}

@test "регламент 3.1: every sheet of four weeks is made again to its very bytes after corrections, a new name, class and address, a leaver" {
    demo_then_changes
    count=$(all_numbers | wc -l)
    [ "$count" -ge 50 ]
    rm -rf "$SCHOOL/out"/*
    # shellcheck disable=SC2046
    TODAY=2026-11-28 try pd --json reprint $(all_numbers)
    same "$status" 0
    same "$(jq -c '[.sheets[] | select(.state == "restored" and .matches)] | length' <<<"$output")" "$count"
    (cd "$BATS_TEST_TMPDIR/issued" && find . -path '*/*/*/*.pdf' | while read -r file; do cmp "$file" "$SCHOOL/out/$file" || exit 1; done)
    pd --json register | jq -r '.[] | "\(.sha256)  \(.file)"' | (cd "$SCHOOL/out" && sha256sum -c --quiet)
}

@test "a weekly run after such changes makes lost files again to the same bytes, too" {
    demo_then_changes
    rm -r "$SCHOOL/out/2026-W46"
    TODAY=2026-11-28 try pd weekly --week 2026-W46
    [ "$status" -le 1 ]
    # Sheets that were issued again are not made a first time once more; all others are.
    standing=$(pd --json register --week 2026-W46 | jq -r 'group_by(.pupil_id)[] | select(length == 1)[0].file')
    [ "$(wc -l <<<"$standing")" -ge 4 ]
    while read -r file; do cmp "$BATS_TEST_TMPDIR/issued/$file" "$SCHOOL/out/$file" || return 1; done <<<"$standing"
    for number in $(pd --json register --week 2026-W46 | jq -r 'group_by(.pupil_id)[][-1].number'); do
        has "$(pdftotext "$SCHOOL/out/2026-W46/print.pdf" -)" "$number"
    done
}

@test "the file that stands is the answer; its hash is compared and said" {
    started_school
    must weekly --week 2026-W46
    try pd reprint 2026-W46-3А-01
    same "$status" 0
    has "$output" '2026-W46-3А-01: matches what was issued \(SHA-256 [0-9a-f]{12}…\): .*/out/2026-W46/3А/01-Азарова-Анна\.pdf'
    [ ! -e "$SCHOOL/out/reprint" ]
    same "$(sqlite3 "$SCHOOL/paperdiary.db" 'SELECT what FROM audit ORDER BY audit DESC LIMIT 1')" 'reprint: 2026-W46-3А-01'
}

@test "an altered file is put right; Latin letters in a number will do" {
    started_school
    must weekly --week 2026-W46
    file=$SCHOOL/out/2026-W46/3А/01-Азарова-Анна.pdf
    hash=$(sha256sum <"$file")
    echo x >>"$file"
    try pd reprint 2026-w46-3A-01
    same "$status" 0
    has "$output" 'altered and is restored'
    same "$(sha256sum <"$file")" "$hash"
}

@test "a run is printed again in hand-out order, copies included, each sheet from a front side" {
    started_school
    must weekly --week 2026-W46
    must weekly --week 2026-W46 --pupil 103
    cat >"$BATS_TEST_TMPDIR/lp" <<'SH'
#!/bin/sh
for file; do :; done
cp "$file" "${0%/*}/printed.pdf"
SH
    chmod +x "$BATS_TEST_TMPDIR/lp"
    settings '[printing]' "command = $BATS_TEST_TMPDIR/lp"
    try pd reprint 2026-W46-3А-01..2026-W46-3А-02 --print
    same "$status" 0
    has "$output" '3 sheets were handed'
    # 103 goes with the pupil, 102 (two copies) at the office: 01, 03, 02, 02.
    pages=$(pdfinfo "$BATS_TEST_TMPDIR/printed.pdf" | awk '/^Pages:/ { print $2 }')
    same "$pages" 8
    order=$(for p in 1 3 5 7; do pdftotext -f $p -l $p "$BATS_TEST_TMPDIR/printed.pdf" - | grep -o -m 1 '2026-W46-3А-0[0-9]'; done)
    same "$order" "2026-W46-3А-01
2026-W46-3А-03
2026-W46-3А-02
2026-W46-3А-02"
    same "$(find "$SCHOOL/out" -path '*reprint*' -type f)" ""
    try pd reprint 2026-W46-3А-02
    file=$(sed -n 's/^To print: //p' <<<"$output")
    same "$(pdfinfo "$file" | awk '/^Pages:/ { print $2 }')" 4
    "$BATS_TEST_DIRNAME/../pdf/gate.sh" "$file" "$BATS_TEST_TMPDIR/printed.pdf"
}

# Another name of the school, other marks, terms and words: everything that a sheet is made with, but for the data.
other_settings() {
    printf '[words]\nremarks.title = Слово учителя\nday.homework = НА ДОМ\n' >"$SCHOOL/layouts/weekly.ini"
    settings '[school]' 'name = Другая школа' '[marks]' 'threshold = 0.75' '[works]' 'weights = диктант 3' \
        '[attendance]' 'ill = бол' '[classes]' 'teachers = 3А Другая Учительница' '[slip]' 'days = 9' '[printing]' 'options = -o tray=2'
}

@test "регламент 3.1: after a change of school.ini and layout a sheet has the very bytes, and it is said what has changed" {
    started_school
    settings '[school]' 'name = Прежняя школа'
    printf '[words]\nday.homework = Дома\n' >"$SCHOOL/layouts/weekly.ini"
    must weekly --week 2026-W46
    cp -a "$SCHOOL/out" "$BATS_TEST_TMPDIR/issued"
    other_settings
    try pd --json reprint 2026-W46-3А-01..2026-W46-3А-02
    same "$status" 0
    same "$(jq -c '[.sheets[] | [.state, .matches, .made_again_matches, .changed]] | unique' <<<"$output")" \
        '[["kept",true,true,["layout","settings"]]]'
    text=$(flat_text "$SCHOOL/out/reprint/2026-W46-3А-01..2026-W46-3А-02.pdf")
    has "$text" 'Прежняя школа'
    has_not "$text" 'Другая|НА ДОМ|Слово учителя'
    rm -r "$SCHOOL/out/2026-W46" "$SCHOOL/layouts/weekly.ini"
    try pd reprint 2026-W46-3А-01
    same "$status" 0
    has "$output" '2026-W46-3А-01: matches what was issued .*changed since then: the layout, school\.ini; made with those of then.*restored'
    # A run of `weekly` that makes lost files again goes back, too; a new sheet has what holds now.
    must weekly --week 2026-W46 --pupil 103
    for file in 3А/01-Азарова-Анна.pdf 3А/02-Белов-Борис.pdf; do
        cmp "$BATS_TEST_TMPDIR/issued/2026-W46/$file" "$SCHOOL/out/2026-W46/$file"
    done
    has "$(flat_text "$SCHOOL/out/2026-W46/3А/03-Белова-Вера.pdf")" 'Другая школа'
    same "$(pdftotext "$SCHOOL/out/2026-W46/print.pdf" - | grep -c 'Прежняя школа')" 3
    same "$(pdftotext "$SCHOOL/out/2026-W46/print.pdf" - | grep -c 'Другая школа')" 1
}

@test "term sheets go back to the terms, the marks and the name of then, too" {
    started_school
    must import "$BATS_TEST_TMPDIR/47.csv"
    printf 'pupil_id;subject;period;mark\n101;Математика;1;4\n102;Математика;1;3\n' >"$BATS_TEST_TMPDIR/finals.csv"
    must import "$BATS_TEST_TMPDIR/finals.csv"
    TODAY=2026-11-30 must term
    sums=$(cd "$SCHOOL/out/2026-T1/3А" && sha256sum ./*.pdf)
    settings '[year]' 'kind = quarters' 'term1 =' 'term2 =' 'term3 =' '[school]' 'name = Другая школа' '[marks]' 'without = 1, 3'
    rm -r "$SCHOOL/out/2026-T1/3А"
    TODAY=2026-12-01 try pd --json reprint 2026-T1-3А-01..2026-T1-3А-02
    same "$status" 0
    same "$(jq -c '[.sheets[] | [.state, .changed]] | unique' <<<"$output")" '[["restored",["settings"]]]'
    same "$(cd "$SCHOOL/out/2026-T1/3А" && sha256sum ./*.pdf)" "$sums"
}

@test "a number is found as a person types it, in Russian letters, small or large" {
    started_school
    must weekly --week 2026-W46
    printf 'pupil_id;subject;period;mark\n101;Математика;1;4\n101;Математика;year;4\n' >"$BATS_TEST_TMPDIR/finals.csv"
    must import "$BATS_TEST_TMPDIR/finals.csv"
    TODAY=2026-11-30 must term --term 1
    TODAY=2026-11-30 must term --term year
    TODAY=2026-12-01 try pd --json reprint 2026-w46-3а-02 2026-т1-3А-01 2026-Т1-3a-01 2026-у-3а-01
    same "$status" 0
    same "$(jq -c '[.sheets[].number]' <<<"$output")" '["2026-W46-3А-02","2026-T1-3А-01","2026-Y-3А-01"]'
    same "$(jq -c '[.sheets[].state] | unique' <<<"$output")" '["kept"]'
}

@test "where the settings of then were not kept it says what has changed, and prints the same content" {
    started_school
    must weekly --week 2026-W46
    other_settings
    sqlite3 "$SCHOOL/paperdiary.db" 'DELETE FROM made_text'
    try pd --json reprint 2026-W46-3А-01..2026-W46-3А-02
    same "$status" 0
    same "$(jq -c '[.sheets[] | [.state, .matches, .made_again_matches, .changed]] | unique' <<<"$output")" \
        '[["kept",true,false,["layout","settings"]]]'
    rm "$SCHOOL/out/2026-W46/3А/01-Азарова-Анна.pdf"
    try pd reprint 2026-W46-3А-01
    same "$status" 1
    has "$output" 'made again, but not the bytes that were issued; .*changed since then: the layout, school\.ini: .*/out/reprint/2026-W46-3А-01\.pdf'
    text=$(flat_text "$SCHOOL/out/reprint/2026-W46-3А-01.pdf")
    for words in 'Азарова Анна Ильинична' 'Состав слова' 'устный ответ' 'НА ДОМ' 'Другая школа'; do has "$text" "$words"; done
    [ ! -e "$SCHOOL/out/2026-W46/3А/01-Азарова-Анна.pdf" ]
}

@test "what is kept of the settings is kept once, holds no accounts and no comments" {
    started_school
    settings '[access]' 'secretary = tajna' '[school]' 'name = Школа № 1'
    echo '# ключ под ковриком' >>"$SCHOOL/school.ini"
    must --today 2026-11-14 weekly --week 2026-W46
    must import "$BATS_TEST_TMPDIR/47.csv"
    must weekly --week 2026-W47
    kept=$(sqlite3 "$SCHOOL/paperdiary.db" 'SELECT text FROM made_text')
    same "$(grep -c 'name = Школа № 1' <<<"$kept")" 1
    has_not "$kept" 'tajna|коврик|access|printing'
}

@test "what does not show on sheets changes nothing: comments, printing, access" {
    started_school
    must weekly --week 2026-W46
    settings '[printing]' 'options = -o tray=2' '[school]' 'language = ru'
    echo '# примечание' >>"$SCHOOL/school.ini"
    rm -r "$SCHOOL/out/2026-W46/3А"
    try pd --json reprint 2026-W46-3А-01
    same "$(jq -c '.sheets[0] | [.state, .changed]' <<<"$output")" '["restored",[]]'
}

@test "an upgrade of the program is told with both versions" {
    started_school
    must weekly --week 2026-W46
    sqlite3 "$SCHOOL/paperdiary.db" "UPDATE made_with SET program = 'paperdiary 0.9, libharu 1'; UPDATE sheet SET sha256 = replace(sha256, 'a', 'b')"
    rm -r "$SCHOOL/out/2026-W46/3А"
    try pd reprint 2026-W46-3А-01
    same "$status" 1
    has "$output" 'the program or its libraries \(«paperdiary 0\.9, libharu 1» → «paperdiary '
}

@test "an unknown sheet is named, nothing is done; a run of two periods is refused" {
    started_school
    must weekly --week 2026-W46
    try pd reprint 2026-W46-3А-01 2026-W46-3А-77
    same "$status" 2
    has "$problems" '2026-W46-3А-77'
    for words in 2026-W46-3А-01..2026-W47-3А-01 2026-W46-3А-01.. ..2026-W46-3А-01; do
        try pd reprint "$words"
        same "$status" 2
    done
    try pd reprint ''
    same "$status" 2
}

@test "returned notes the day; twice is no error; an unknown number is told and the others are noted" {
    started_school
    must weekly --week 2026-W46
    TODAY=2026-11-18 try pd returned 2026-W46-3А-01 2026-W46-3А-09
    same "$status" 1
    has "$problems" '2026-W46-3А-09'
    TODAY=2026-11-20 try pd returned 2026-W46-3A-01 2026-W46-3А-02
    same "$status" 0
    same "$(pd --json register | jq -c '[.[] | .returned]')" '["2026-11-18","2026-11-20"]'
    has "$(sqlite3 "$SCHOOL/paperdiary.db" 'SELECT what FROM audit')" '^returned: 2 sheets'
    same "$(sqlite3 "$SCHOOL/paperdiary.db" 'SELECT count(*) FROM audit WHERE what LIKE "%Азарова%"')" 0
}

@test "term sheets, too: after corrected finals, the first issue and the second are made again to their bytes" {
    started_school
    must import "$BATS_TEST_TMPDIR/47.csv"
    finals() { printf 'pupil_id;subject;period;mark;decided\n101;Математика;1;%s;2026-11-27\n102;Математика;1;3;2026-11-27\n103;Математика;1;4;2026-11-27\n' "$1" >"$BATS_TEST_TMPDIR/finals.csv"; }
    TODAY=2026-11-27
    finals 4 && must import "$BATS_TEST_TMPDIR/finals.csv"
    must term
    finals 5 && must import "$BATS_TEST_TMPDIR/finals.csv"
    TODAY=2026-11-28 must term
    roster | sed 's/Азарова Анна/Иванова Анна/' >"$BATS_TEST_TMPDIR/pupils.csv"
    TODAY=2026-11-28 must import "$BATS_TEST_TMPDIR/pupils.csv"
    sums=$(cd "$SCHOOL/out/2026-T1/3А" && sha256sum ./*.pdf)
    same "$(wc -l <<<"$sums")" 3
    rm -r "$SCHOOL/out/2026-T1/3А"
    TODAY=2026-11-29 try pd --json reprint 2026-Т1-3А-01 2026-T1-3А-01-2 2026-T1-3А-02
    same "$(jq -c '[.sheets[].state] | unique' <<<"$output")" '["restored"]'
    same "$(cd "$SCHOOL/out/2026-T1/3А" && sha256sum ./*.pdf)" "$sums"
    try pd register --term 1
    has "$output" '2026-T1-3А-01-2'
    text=$(pdftotext -layout "$SCHOOL/out/2026-T1/register.pdf" - | sed 's/\xc2\xa0/ /g')
    has "$text" '1-й триместр 2026/27 учебного года'
}

# A school whose week was issued, before Boris (102) left and his data were removed.
boris_removed() {
    started_school
    must import "$BATS_TEST_TMPDIR/47.csv"
    must weekly --week 2026-W47
    must leave 102 --on 2026-11-20 --ground transfer
    must purge
}

@test "регламент 1.3: of a pupil whose data were removed no sheet is made again; the others of a run are printed" {
    boris_removed
    try pd reprint 2026-W47-3А-02
    same "$status" 1
    same "$output" "2026-W47-3А-02: the pupil's data were removed; the sheet can't be made again."
    try pd --json reprint 2026-W47-3А-02
    same "$status" 1
    same "$(jq -c '[.sheets[0] | .state, .matches, .file], .print' <<<"$output")" '["removed",false,null]
null'
    [ ! -e "$SCHOOL/out/reprint" ]
    try pd --json reprint 2026-W47-3А-01..2026-W47-3А-02
    same "$status" 1
    same "$(jq -c '[.sheets[] | [.number, .state]] | sort' <<<"$output")" '[["2026-W47-3А-01","kept"],["2026-W47-3А-02","removed"]]'
    same "$(jq -r .print <<<"$output")" null # the issued file: one made again has another forecast
    has "$(flat_text "$SCHOOL/out/$(jq -r '.sheets[1].file' <<<"$output")")" 'Азарова Анна'
}

# printer: what goes to the queue is counted in $BATS_TEST_TMPDIR/jobs; the files are kept as job-1.pdf, job-2.pdf …
printer() {
    cat >"$BATS_TEST_TMPDIR/lp" <<'SH'
#!/bin/sh
here=${0%/*}
for file; do :; done
echo "$file" >>"$here/jobs"
cp "$file" "$here/job-$(wc -l <"$here/jobs").pdf"
SH
    chmod +x "$BATS_TEST_TMPDIR/lp"
    settings '[printing]' "command = $BATS_TEST_TMPDIR/lp"
}

@test "регламент 3.1: what could not be printed again is neither counted nor noted as printed" {
    boris_removed
    printer
    try pd reprint 2026-W47-3А-01 2026-W47-3А-02 --print
    same "$status" 1
    has "$output" '2026-W47-3А-02: the pupil.s data were removed'
    has "$output" '^1 sheet was handed to the printer'
    same "$(pd --json register --week 2026-W47 | jq -c '[.[] | .printed]')" '["2026-11-21",null]'
    same "$(sqlite3 "$SCHOOL/paperdiary.db" "SELECT what FROM audit WHERE what LIKE 'printed%'")" 'printed: 2026-W47-3А-01'
    try pd reprint 2026-W47-3А-02 --print
    same "$status" 1
    has_not "$output" 'printer'
}

@test "several sheets print from their issued files where one made anew would be another" {
    started_school
    must weekly --week 2026-W46
    other_settings
    printer
    sqlite3 "$SCHOOL/paperdiary.db" 'DELETE FROM made_text'
    first=$SCHOOL/out/2026-W46/3А/01-Азарова-Анна.pdf second=$SCHOOL/out/2026-W46/3А/02-Белов-Борис.pdf
    try pd reprint 2026-W46-3А-01..2026-W46-3А-02
    same "$status" 0
    has "$output" 'issued file stands unchanged: .*made again, its bytes differ; changed since then: the layout, school\.ini'
    has "$output" 'To print: these files one by one'
    try pd reprint 2026-W46-3А-01..2026-W46-3А-02 --print
    same "$status" 0
    has "$output" '^2 sheets were handed to the printer'
    same "$(cat "$BATS_TEST_TMPDIR/jobs")" "$first
$second
$second"
    same "$(pd --json register --week 2026-W46 | jq -c '[.[] | .printed]')" '["2026-11-21","2026-11-21"]'
    [ ! -e "$SCHOOL/out/reprint" ]
    try pd reprint 2026-W46-3А-02 --print
    same "$status" 0
    same "$(tail -n +4 "$BATS_TEST_TMPDIR/jobs")" "$second
$second"
}

@test "after a removal a classmate's sheet made anew is said to rest on other data; the issued ones are printed" {
    SCHOOL=$BATS_TEST_TMPDIR/school
    env -i PATH=/usr/bin:/bin "$PROGRAM" --lang en demo "$SCHOOL" >/dev/null 2>&1
    printer
    TODAY=2026-11-28
    must leave 1042 --on 2026-11-20 --ground transfer
    must purge
    try pd reprint 2026-W47-3А-0{1,2,3} --print
    same "$status" 1 # one can't be made again
    has "$output" '2026-W47-3А-02: the pupil.s data were removed'
    has "$output" '2026-W47-3А-03: the issued file stands unchanged: .*data that it rested on were removed or changed since'
    has "$output" '^2 sheets were handed to the printer'
    issued=$(pd --json register --week 2026-W47 | jq -r '.[] | select(.number == "2026-W47-3А-01", .number == "2026-W47-3А-03").sha256')
    same "$(sha256sum "$BATS_TEST_TMPDIR"/job-*.pdf | cut -d ' ' -f 1 | uniq)" "$issued" # copies are jobs of their own
}

@test "weekly puts nothing but the issued bytes in the place of a missing file, and says which sheet it can't make" {
    started_school
    must weekly --week 2026-W46
    rm "$SCHOOL/out/2026-W46/3А/02-Белов-Борис.pdf"
    must weekly --week 2026-W46
    [ -e "$SCHOOL/out/2026-W46/3А/02-Белов-Борис.pdf" ]
    other_settings
    sqlite3 "$SCHOOL/paperdiary.db" 'DELETE FROM made_text'
    rm "$SCHOOL/out/2026-W46/3А/01-Азарова-Анна.pdf"
    try pd weekly --week 2026-W46
    same "$status" 1
    has "$problems" 'warning: sheet 2026-W46-3А-01: the issued file is missing, and made again it has other bytes'
    has_not "$problems$output" 'Азаров|2026-W46-3А-02'
    [ ! -e "$SCHOOL/out/2026-W46/3А/01-Азарова-Анна.pdf" ]
    [ -e "$SCHOOL/out/2026-W46/print.pdf" ]
}
