#!/usr/bin/env bats
# Removal of personal data (1.3, 2.4): purge, its act, and the log of who did what.
load helper

SCHOOL_OF=$BATS_TEST_DIRNAME/purge_school.py

# 2100 pupils with indexes, corrections, finals, visits and journals; every fifth left; 16 have sheets, 8 of them left.
# Made once for the file.
setup_file() {
    load helper
    SCHOOL=$BATS_FILE_TMPDIR/thousands
    BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR
    python3 "$SCHOOL_OF" make "$BATS_FILE_TMPDIR/exports"
    cd "$BATS_FILE_TMPDIR/exports"
    TODAY=2026-11-13
    must init "$SCHOOL"
    must import ./[1-7]-*.csv
    must weekly --week 2026-W46
    TODAY=2026-11-21
    cp 2-marks.csv "$SCHOOL/inbox/done/"
    iconv -c -f UTF-8 -t CP1251 3-again.csv >"$SCHOOL/inbox/done/again-1251.csv"
    { printf '\xff\xfe' && iconv -f UTF-8 -t UTF-16LE 1-roster.csv; } >"$SCHOOL/inbox/refused/roster16.csv"
    echo 'roster16.csv:2: id-700014' >"$SCHOOL/inbox/refused/roster16.csv.txt"
    printf 'from;until;class;pupil_id;text\n2026-11-16;2026-11-20;;;Субботник\n' >"$SCHOOL/inbox/done/all.csv"
    cp "$SCHOOL/paperdiary.db" "$SCHOOL/paperdiary.db.v0"
    pd -q import left.csv 2>/dev/null || [ $? = 1 ]
    must opt-out id-700014 --from 2026-11-19 --delivery hand
}

# A copy of the school of thousands.
thousands() {
    SCHOOL=$BATS_TEST_TMPDIR/school
    cp -r "$BATS_FILE_TMPDIR/thousands" "$SCHOOL"
}

still() {
    python3 "$SCHOOL_OF" search "$SCHOOL" "$1" | tail -n 1
}

others() {
    jq '[.[] | select(.pupil_id | ltrimstr("id-") | tonumber | (. - 700000) / 7 % 5 != 2)]'
}

# What stays as it was: the numbers of all who stay (but the forecast, which learns from the finals of everyone), and
# the sheets that were not touched.
kept() {
    pd --json summary --week 2026-W46 | others | jq 'map(.subjects |= map(del(.forecast)))'
    (cd "$SCHOOL/out/2026-W46" && sha256sum ./*/*-Глеб.pdf)
}

sound() {
    same "$(sqlite3 "$SCHOOL/paperdiary.db" 'PRAGMA integrity_check; PRAGMA foreign_key_check; PRAGMA freelist_count')" "ok
0"
}

@test "регламент 2.4: nothing of the removed is found in any file, the others stay (1.3)" {
    thousands
    [ "$(still gone)" != '0 found' ] || fail 'the search finds nothing even before'
    kept >"$BATS_TEST_TMPDIR/before"
    try pd purge --pdf
    same "$status" 0
    same "$problems" ""
    has "$output" 'Act No\. 1 .*2026-11-21'
    has "$output" 'pupils: .*: 420$'
    same "$(still gone)" '0 found'
    [ "$(still here)" != '0 found' ]
    kept >"$BATS_TEST_TMPDIR/after"
    cmp "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
    same "$(grep -c '"pupil_id"' "$BATS_TEST_TMPDIR/after")" 1680
    sound
    [ -e "$SCHOOL/inbox/done/all.csv" ]
    [ ! -e "$SCHOOL/inbox/refused/roster16.csv.txt" ]
}

@test "регламент 1.3: the register keeps number, period, day, pages and hash without a person" {
    thousands
    pd --json register >"$BATS_TEST_TMPDIR/before"
    must purge
    pd --json register >"$BATS_TEST_TMPDIR/after"
    filter='map([.number, .period, .class, .issued, .pages, .sha256])'
    same "$(jq -c "$filter" "$BATS_TEST_TMPDIR/after")" "$(jq -c "$filter" "$BATS_TEST_TMPDIR/before")"
    same "$(jq -c '[.[] | select(.pupil == "" and .pupil_id == "" and .file == "" and .delivery == "")] | length' "$BATS_TEST_TMPDIR/after")" 8
    must weekly --week 2026-W46
    [ -e "$SCHOOL/out/2026-W46/print.pdf" ] && [ -e "$SCHOOL/out/2026-W46/2А.pdf" ]
    same "$(still gone)" '0 found'
    # What was made again without them is not removed again.
    try pd purge
    has "$output" 'Nothing'
    [ -e "$SCHOOL/out/2026-W46/print.pdf" ]
}

@test "регламент 2.4: killed at any moment, purge completes when run again" {
    thousands
    kept >"$BATS_TEST_TMPDIR/before"
    cp -r "$SCHOOL" "$BATS_TEST_TMPDIR/whole"
    killed=0
    for wait in 0.005 0.01 0.015 0.02 0.025 0.03 0.035 0.04 0.05 0.06 0.08 0.1 0.14 0.2 0.4; do
        rm -rf "$SCHOOL" && cp -r "$BATS_TEST_TMPDIR/whole" "$SCHOOL"
        gone=0
        { timeout -s KILL "$wait" env -i PATH=/usr/bin:/bin "$PROGRAM" --today 2026-11-21 --school "$SCHOOL" -q purge; } >/dev/null 2>&1 || gone=$?
        [ "$gone" = 0 ] || killed=$((killed + 1))
        must purge
        same "$(sqlite3 "$SCHOOL/paperdiary.db" 'SELECT group_concat(state || " " || pupils || " " || files) FROM removal')" '2 420 24'
        [ "$(grep -c -a 'id-700014' "$SCHOOL/paperdiary.db")" = 0 ]
        [ ! -e "$SCHOOL/paperdiary.db-journal" ]
        sound
    done
    [ "$killed" -ge 2 ] || fail "only $killed runs were killed"
    same "$(still gone)" '0 found'
    kept >"$BATS_TEST_TMPDIR/after"
    cmp "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
}

@test "регламент 2.4: purge --dry-run lists ids, counts and files and changes nothing" {
    thousands
    before=$(cd "$SCHOOL" && find . -type f ! -name .lock -exec sha256sum {} + | sort)
    try pd purge --dry-run
    same "$status" 0
    has "$output" 'pupil id-700014, left 2026-11-19'
    has "$output" '^out/2026-W46/2А/01-'
    has "$output" '^paperdiary\.db\.v0$'
    try pd --json purge --dry-run
    same "$(jq -c '[.dry_run, (.pupils | length), .counts.pupils, .counts.sheets, (.files | length), .waiting]' <<<"$output")" '[true,420,420,8,24,[]]'
    same "$(cd "$SCHOOL" && find . -type f ! -name .lock -exec sha256sum {} + | sort)" "$before"
}

@test "регламент 2.4: the act: number, date, kinds of data, places, lines to sign, nobody's name" {
    thousands
    settings '[school]' 'name = МАОУ «Прогимназия № 81»' 'address = 167000, г. Сыктывкар, ул. Примерная, д. 1'
    must purge --pdf
    act=$SCHOOL/out/acts/act-1.pdf
    "$BATS_TEST_DIRNAME/../pdf/gate.sh" "$act"
    words=$(flat_text "$act")
    for wanted in 'Акт № 1 об уничтожении персональных данных' '21 ноября 2026' '420' 'Ученики' 'Итоговые отметки' 'пункт 2\.4' 'должность' 'фамилия, имя, отчество' \
        'Дата уничтожения: 21 ноября' 'Оператор МАОУ «Прогимназия № 81»' 'Адрес оператора 167000, г\. Сыктывкар' 'Чьи данные' \
        'Информационная система .*inbox' 'Бумажные носители' 'Способ .*Записи удалены' 'paperdiary audit --since 2026-11-21'; do
        has "$words" "$wanted"
    done
    same "$(pdfinfo "$act" | awk '/^Pages/ { print $2 }')" 1
    has_not "$words" 'id-7'
    has_not "$words" 'прошлых учебных лет'
    rm "$act"
    must purge --pdf # the act of the last removal again
    [ -e "$act" ]
}

@test "регламент 2.4: due from the day after the last one, or after [retention] left" {
    started_school
    printf 'pupil_id;pupil;class;left;ground\n101;Азарова Анна Ильинична;3А;2026-11-18;transfer\n' >"$BATS_TEST_TMPDIR/left.csv"
    pd -q import "$BATS_TEST_TMPDIR/left.csv" || true
    due() { TODAY=$1 pd --json purge --dry-run | jq -c '[.pupils[].pupil_id]'; }
    same "$(due 2026-11-18)" '[]'
    same "$(due 2026-11-19)" '["101"]'
    set_key "$SCHOOL/school.ini" '[retention]' 'left = 3'
    same "$(due 2026-11-21)" '[]'
    same "$(due 2026-11-22)" '["101"]'
}

@test "регламент 1.3: what others need loses the name only; a namesake who stays keeps his" {
    started_school
    cat >"$BATS_TEST_TMPDIR/more.csv" <<'CSV'
pupil_id;pupil;class;enrolled
201;Азарова Анна Ивановна;4Б;2026-09-01
CSV
    cat >"$BATS_TEST_TMPDIR/said.csv" <<'CSV'
from;until;class;pupil_id;text
2026-11-16;2026-11-20;3А;;Борис Белов и Азарова Анна читают стихи
CSV
    must import "$BATS_TEST_TMPDIR/47.csv"
    pd -q import "$BATS_TEST_TMPDIR/more.csv" 2>/dev/null || true
    must import "$BATS_TEST_TMPDIR/said.csv"
    must weekly --week 2026-W47
    printf 'pupil_id;pupil;class;left;ground\n101;Азарова Анна Ильинична;3А;2026-11-20;transfer\n102;Белов Борис Петрович;3А;2026-11-20;transfer\n' >"$BATS_TEST_TMPDIR/left.csv"
    pd -q import "$BATS_TEST_TMPDIR/left.csv" 2>/dev/null || true
    must purge
    same "$(sqlite3 "$SCHOOL/paperdiary.db" "SELECT text FROM phrase WHERE text LIKE '%стихи'")" '… и Азарова Анна читают стихи'
    same "$(pd --json pupils | jq -c '[.[].pupil_id]')" '["103","201"]'
    [ ! -e "$SCHOOL/out/2026-W47" ]
    sound
}

@test "регламент 1.3: texts that are alike without the names stay apart" {
    started_school
    {
        cat "$BATS_TEST_TMPDIR/47.csv"
        echo '2026-11-20;3А;103;Белова Вера Петровна;2;Математика;Н. П. Осипова;;;;;;;Рядом Азарова Анна'
        echo '2026-11-20;3А;103;Белова Вера Петровна;3;Математика;Н. П. Осипова;;;;;;;Рядом Белов Борис'
    } >"$BATS_TEST_TMPDIR/said.csv"
    must import "$BATS_TEST_TMPDIR/said.csv"
    must leave 101 --on 2026-11-20 --ground transfer
    must leave 102 --on 2026-11-20 --ground transfer
    must purge
    same "$(sqlite3 "$SCHOOL/paperdiary.db" "SELECT text FROM phrase WHERE text LIKE 'Рядом%' ORDER BY text")" 'Рядом …
Рядом ……'
    sound
}

# 102 left; others' comments, an announcement and an achievement name him in other cases of his name.
mentioned_school() {
    started_school
    {
        cat "$BATS_TEST_TMPDIR/47.csv"
        echo '2026-11-20;3А;101;Азарова Анна Ильинична;2;Математика;Н. П. Осипова;;;;;;;Помогала Белову Борису'
        echo '2026-11-20;3А;103;Белова Вера Петровна;2;Математика;Н. П. Осипова;;;;;;;Тетрадь Белова Б. у неё'
        echo '2026-11-20;3А;103;Белова Вера Петровна;3;Математика;Н. П. Осипова;;;;;;;Белова работала сама'
    } >"$BATS_TEST_TMPDIR/said.csv"
    cat >"$BATS_TEST_TMPDIR/all.csv" <<'CSV'
from;until;class;pupil_id;text
2026-11-16;2026-11-20;;;Поздравляем Бориса Белова!
2026-11-16;2026-11-20;3А;;Борис Годунов, 18:00
CSV
    must import "$BATS_TEST_TMPDIR/said.csv" "$BATS_TEST_TMPDIR/all.csv"
    must opt-out 103 --from 2026-11-16 --delivery hand
    TODAY=2026-11-14 must weekly --week 2026-W46
    must weekly --week 2026-W47
    cp "$BATS_TEST_TMPDIR/all.csv" "$SCHOOL/inbox/done/"
    must leave 102 --on 2026-11-20 --ground transfer
}

texts() {
    sqlite3 "$SCHOOL/paperdiary.db" "SELECT text FROM phrase WHERE text LIKE '%Белов%' OR text LIKE '…%' ORDER BY text"
}

@test "регламент 1.3: names in other cases are told by number and place for a person to decide, not removed silently" {
    mentioned_school
    try pd purge --dry-run
    same "$status" 1
    try pd --json purge --dry-run
    same "$(jq -c '[.texts[] | [.kind, .day, .class, .pupil_id]] | sort' <<<"$output")" \
        '[["announcement","2026-11-16",null,null],["comment","2026-11-20","3А","101"],["comment","2026-11-20","3А","103"]]'
    try pd purge
    same "$status" 1
    has "$problems" 'text [0-9]+ may name one of them and stays: comment of 2026-11-20, 3А, pupil 101'
    has "$problems" 'announcement from 2026-11-16$'
    has_not "$output$problems" 'Белов|Борис'
    same "$(texts)" 'Белова работала сама
Поздравляем Бориса Белова!
Помогала Белову Борису
Тетрадь Белова Б. у неё'
    same "$(pd audit | grep -c 'purge: text [0-9]* may name one of the removed')" 3
    [ ! -e "$SCHOOL/inbox/done/all.csv" ]
    [ -e "$SCHOOL/out/2026-W47/3А/01-Азарова-Анна.pdf" ]
}

@test "регламент 1.3: purge --text shows and removes a text that a person chose, and the files on which it may stand" {
    mentioned_school
    must weekly --week 2026-W47
    text=$(pd --json purge --dry-run | jq '.texts[] | select(.pupil_id == "101").text')
    pd -q purge 2>/dev/null || [ $? = 1 ]
    files=$(cd "$SCHOOL/out" && find . -type f | sort)
    try pd purge --dry-run --text "$text"
    same "$status" 0
    has "$output" "^$text  comment of 2026-11-20, 3А, pupil 101: Помогала Белову Борису"
    has_not "$output" '03-Белова'
    same "$(cd "$SCHOOL/out" && find . -type f | sort)" "$files"
    must purge --text "$text"
    same "$(texts)" 'Белова работала сама
Поздравляем Бориса Белова!
Тетрадь Белова Б. у неё
…'
    [ ! -e "$SCHOOL/out/2026-W47/3А/01-Азарова-Анна.pdf" ]
    [ -e "$SCHOOL/out/2026-W47/3А/03-Белова-Вера.pdf" ]
    has "$(pd audit | tail -n 1)" "purge: text $text\$"
    sound
    must reprint 2026-W47-3А-03
    try pd reprint 2026-W47-3А-01
    same "$status" 1
    again=$SCHOOL/out/reprint/2026-W47-3А-01.pdf
    has "$(flat_text "$again")" 'Азарова'
    has_not "$(flat_text "$again")" 'Белову'
    for wrong in 0 999999 x '' -1 "$(sqlite3 "$SCHOOL/paperdiary.db" "SELECT phrase FROM phrase WHERE text = 'Математика'")"; do
        try pd purge --text "$wrong"
        same "$status" 2
    done
}

@test "purge --text answers with --json: the texts and how many files" {
    mentioned_school
    must weekly --week 2026-W47
    text=$(pd --json purge --dry-run | jq '.texts[] | select(.pupil_id == "101").text')
    pd -q purge 2>/dev/null || [ $? = 1 ]
    files=$(find "$SCHOOL/out" -type f | wc -l)
    try pd --json purge --text "$text"
    same "$status" 0
    same "$(jq -c .removed_texts <<<"$output")" "[$text]"
    same "$(jq .removed_files <<<"$output")" $((files - $(find "$SCHOOL/out" -type f | wc -l)))
}

@test "регламент 1.3: a name that a text spells as the roster does is blanked, with ё or е; so is a long id" {
    started_school
    printf 'pupil_id;pupil;class;enrolled\nid-700014;Вьюгин Семён Олегович;3А;2026-09-01\n' >"$BATS_TEST_TMPDIR/more.csv"
    {
        cat "$BATS_TEST_TMPDIR/47.csv"
        echo '2026-11-20;3А;101;Азарова Анна Ильинична;2;Математика;Н. П. Осипова;;;;;;;Семен Вьюгин ждёт'
        echo '2026-11-20;3А;103;Белова Вера Петровна;2;Математика;Н. П. Осипова;;;;;;;см. id-700014'
        echo '2026-11-20;3А;id-700014;Вьюгин Семён Олегович;2;Математика;Н. П. Осипова;;;;;4;;'
    } >"$BATS_TEST_TMPDIR/said.csv"
    pd -q import "$BATS_TEST_TMPDIR/more.csv" "$BATS_TEST_TMPDIR/said.csv" 2>/dev/null || [ $? = 1 ]
    must leave id-700014 --on 2026-11-20 --ground transfer
    must purge
    same "$(sqlite3 "$SCHOOL/paperdiary.db" "SELECT text FROM phrase WHERE text LIKE '%…%' ORDER BY text")" 'см. …
… ждёт'
}

@test "регламент 1.3: school years beyond [retention] years go, 0 keeps all" {
    started_school
    must weekly --week 2026-W46
    TODAY=2028-09-02
    same "$(pd --json purge --dry-run | jq -c '[.old_before, (.pupils | length), .counts.sheets]')" '["2027-09-01",0,2]'
    set_key "$SCHOOL/school.ini" '[retention]' 'years = 0'
    has "$(pd purge)" 'Nothing'
    set_key "$SCHOOL/school.ini" '[retention]' 'years = 2'
    must purge --pdf
    same "$(sqlite3 "$SCHOOL/paperdiary.db" 'SELECT count(*) FROM entry')" 0
    same "$(pd --json pupils | jq length)" 3
    same "$(pd --json register | jq -c '[.[].pupil_id]')" '["",""]'
    [ ! -e "$SCHOOL/out/2026-W46" ]
    has "$(flat_text "$SCHOOL/out/acts/act-1.pdf")" 'прошлых учебных лет'
}

@test "регламент 2.4: an export in the inbox that names a removed pupil is told, and so is a stray copy" {
    thousands
    cp "$BATS_FILE_TMPDIR/exports/2-marks.csv" "$SCHOOL/inbox/new.csv"
    cp "$BATS_FILE_TMPDIR/exports/1-roster.csv" "$SCHOOL/copy.txt"
    try pd purge
    same "$status" 1
    has "$problems" 'inbox/new\.csv was not imported yet'
    has "$problems" 'copy\.txt still holds'
    has_not "$problems" 'id-7'
    [ -e "$SCHOOL/copy.txt" ] && [ -e "$SCHOOL/inbox/new.csv" ]
}

@test "регламент 1.3: a file that the disk fails to read is exit 4, and told by its folder, not by a child's name" {
    thousands
    mkdir -p "$SCHOOL/letters"
    ln -s /proc/self/mem "$SCHOOL/letters/Азаров-Антон.txt"
    try pd purge
    same "$status" 4
    has "$problems" 'letters can.t be read: the disk reports an error'
    has_not "$problems" 'Азаров'
}

@test "регламент 1.3: a packed file that a person laid there can't be searched, and that is told" {
    mentioned_school
    printf 'PK\003\004whatever' >"$SCHOOL/list.xlsx"
    printf '%%PDF-1.4 whatever' >"$SCHOOL/layouts/old.pdf"
    echo 'Борис Белов' >"$SCHOOL/layouts/note.ini"
    try pd --json purge
    same "$status" 1
    same "$(jq -c '[.still, .closed]' <<<"$output")" '[["layouts/note.ini"],["layouts/old.pdf","list.xlsx"]]'
    has "$problems" 'list\.xlsx is packed'
}

@test "audit: who did what when, from a day on, and nobody's id once removed (2.10)" {
    thousands
    has "$(pd audit)" "^2026-11-21 ..:..:..  $(id -un)  opt-out: pupil id-700014"
    has_not "$(pd audit --since 2026-11-20)" '2026-11-13'
    same "$(TODAY=2026-11-21 pd --json audit --since 2026-11-21 | jq -r '.[-1].what')" 'opt-out: pupil id-700014'
    must purge
    has "$(pd audit)" 'opt-out: pupil …$'
    has "$(pd audit)" 'purge: act 1, 420 removed, 8 sheets without a person, 24 files'
    try pd audit --since yesterday
    same "$status" 2
}

@test "every table with a pupil is purged: a new one fails here until purge knows it" {
    thousands
    must purge
    with_pupils=$(sqlite3 "$SCHOOL/paperdiary.db" "SELECT m.name FROM sqlite_schema m, pragma_table_info(m.name) c
        WHERE m.type = 'table' AND c.name = 'pupil' AND m.name <> 'pupil' ORDER BY 1")
    same "$(tr '\n' ' ' <<<"$with_pupils")" 'achievement announcement entry final forecast pupil_form pupil_state sheet visit '
    for table in $with_pupils; do
        same "$(sqlite3 "$SCHOOL/paperdiary.db" "SELECT count(*) FROM $table WHERE pupil <> 0 AND pupil NOT IN (SELECT pupil FROM pupil)")" 0
    done
    for table in entry final forecast timetable; do
        same "$(sqlite3 "$SCHOOL/paperdiary.db" "SELECT count(*) FROM $table WHERE subject NOT IN (SELECT phrase FROM phrase)")" 0
    done
}
