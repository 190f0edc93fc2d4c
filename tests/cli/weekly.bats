#!/usr/bin/env bats
# `weekly`: files, numbers, the register, and that everything is told exactly once.
load helper

GATE=$BATS_TEST_DIRNAME/../pdf/gate.sh

# A school with both weeks imported; no sheet issued.
two_weeks() {
    started_school "$@"
    must import "$BATS_TEST_TMPDIR/47.csv"
}

numbers() {
    pd --json register "$@" | jq -r '.[].number'
}

changes_of() {
    of_pupil "$1" '.changes[] | [.date, .subject, .what, .kind, .was, .now]' --week "$2" | tr -d '"[]'
}

@test "the files are those of the contract, for the families on paper only (2.6)" {
    two_weeks
    try pd weekly --week 2026-W47
    same "$status" 0
    same "$problems" ""
    has "$output" 'out/2026-W47/print\.pdf'
    same "$(cd "$SCHOOL/out" && find . -type f | sort)" "./2026-W47/3А.pdf
./2026-W47/3А/01-Азарова-Анна.pdf
./2026-W47/3А/02-Белов-Борис.pdf
./2026-W47/print.pdf
./2026-W47/register.pdf"
    "$GATE" "$SCHOOL"/out/2026-W47/*.pdf "$SCHOOL"/out/2026-W47/3А/*.pdf
}

@test "numbers run by class in the order of the register of names" {
    two_weeks
    must weekly --week 2026-W47
    same "$(numbers)" "2026-W47-3А-01
2026-W47-3А-02"
    same "$(pd --json register | jq -c '[.[] | .pupil_id]')" '["101","102"]'
}

@test "the sheet says what the gradebook says: topic, homework, mark with work and weight, absence, comment (2.1)" {
    two_weeks
    must weekly --week 2026-W47
    text=$(flat_text "$SCHOOL/out/2026-W47/3А/01-Азарова-Анна.pdf")
    for words in 'Азарова Анна Ильинична' '2026-W47-3А-01' 'Таблица умножения на 7' 'Счёт: ӧтик, кык, куим' 'словарь' 'контрольная' 'Старалась\.' 'Русский язык' '4,20'; do
        has "$text" "$words"
    done
    has_not "$text" 'Белов'
    has "$(text_of "$SCHOOL/out/2026-W47/3А/02-Белов-Борис.pdf")" 'Коми'
    has_not "$(text_of "$SCHOOL/out/2026-W47/3А/02-Белов-Борис.pdf")" 'Азарова'
}

@test "the bundle and the print file hold every sheet, each from a front side, with the copies" {
    two_weeks
    must weekly --week 2026-W47
    pages() { pdfinfo "$1" | awk '/^Pages:/ { print $2 }'; }
    even() { echo $(($1 + $1 % 2)); }
    a=$(even "$(pages "$SCHOOL/out/2026-W47/3А/01-Азарова-Анна.pdf")")
    b=$(even "$(pages "$SCHOOL/out/2026-W47/3А/02-Белов-Борис.pdf")")
    same "$(pages "$SCHOOL/out/2026-W47/print.pdf")" $((a + 2 * b))
    same "$(pd --json register | jq -c '[.[].copies]')" '[1,2]'
}

@test "bundles have bookmarks, and every file a title" {
    two_weeks
    must weekly --week 2026-W47
    has "$(mutool show "$SCHOOL/out/2026-W47/print.pdf" outline)" 'Азарова'
    has "$(pdfinfo "$SCHOOL/out/2026-W47/3А/01-Азарова-Анна.pdf")" 'Title: +.*2026-W47'
}

@test "the register keeps pages, import, delivery, account and the file's SHA-256 (3.1)" {
    two_weeks
    must weekly --week 2026-W47
    row=$(pd --json register --week 2026-W47 | jq -c '.[0]')
    same "$(jq -r .sha256 <<<"$row")" "$(sha256sum <"$SCHOOL/out/2026-W47/3А/01-Азарова-Анна.pdf" | cut -d' ' -f1)"
    same "$(jq -r .pages <<<"$row")" "$(pdfinfo "$SCHOOL/out/2026-W47/3А/01-Азарова-Анна.pdf" | awk '/^Pages:/ { print $2 }')"
    same "$(jq -r '.period, .kind, .delivery' <<<"$row")" "2026-W47
weekly
hand"
    [ -n "$(jq -r .by <<<"$row")" ]
    same "$(pd --json register --week 2026-W46)" "[]"
    try pd register --week 2026-W47
    has "$output" '2026-W47-3А-01'
    has "$output" '2026-W47-3А-02'
}

@test "a second run issues nothing and touches no file" {
    two_weeks
    must weekly --week 2026-W47
    before=$(cd "$SCHOOL/out" && find . -type f -exec sha256sum {} + | sort -k2)
    register=$(pd --json register)
    try pd weekly --week 2026-W47
    same "$status" 0
    same "$(pd --json register)" "$register"
    same "$(cd "$SCHOOL/out" && find . -type f -exec sha256sum {} + | sort -k2)" "$before"
}

@test "a file that was lost is made again byte for byte" {
    two_weeks
    must weekly --week 2026-W47
    before=$(cd "$SCHOOL/out" && find . -type f -exec sha256sum {} + | sort -k2)
    rm "$SCHOOL/out/2026-W47/3А/02-Белов-Борис.pdf" "$SCHOOL/out/2026-W47/print.pdf"
    must weekly --week 2026-W47
    same "$(cd "$SCHOOL/out" && find . -type f -exec sha256sum {} + | sort -k2)" "$before"
    same "$(numbers | wc -l)" 2
}

@test "the same data gives the same bytes in another folder" {
    two_weeks "$BATS_TEST_TMPDIR/one"
    must weekly --week 2026-W46
    must weekly --week 2026-W47
    two_weeks "$BATS_TEST_TMPDIR/two"
    must weekly --week 2026-W46
    must weekly --week 2026-W47
    diff -r "$BATS_TEST_TMPDIR/one/out" "$BATS_TEST_TMPDIR/two/out"
}

@test "a correction after the sheet is told on the next one, with old and new, and only once" {
    two_weeks
    TODAY=2026-11-14 must weekly --week 2026-W46
    # After the sheet of week 46: 10 November 4 becomes 5, a late mark on the 13th, the 5 of the 9th is withdrawn.
    sed -e "/2026-11-10;$ANNA/s/;2;4;/;2;5;/" -e "/2026-11-09;$ANNA/s/;5;;/;;;/" "$BATS_TEST_TMPDIR/46.csv" >"$BATS_TEST_TMPDIR/late.csv"
    echo "2026-11-13;$ANNA;2;Математика;Н. П. Осипова;;;устный счёт;;5;;" >>"$BATS_TEST_TMPDIR/late.csv"
    must import "$BATS_TEST_TMPDIR/late.csv"
    want="2026-11-09,Математика,mark,withdrawn,5,null
2026-11-10,Русский язык,mark,corrected,4,5
2026-11-13,Математика,mark,added,null,5"
    same "$(changes_of 101 2026-W47)" "$want"
    must weekly --week 2026-W47
    same "$(changes_of 101 2026-W47)" "$want"
    same "$(changes_of 102 2026-W47)" ""
    text=$(text_of "$SCHOOL/out/2026-W47/3А/01-Азарова-Анна.pdf")
    has "$text" '9.ноября'
    has "$text" '10.ноября'
    has "$text" '13.ноября'
    printf '%s\n' "$HEAD" "2026-11-23;$ANNA;1;Математика;;;;;;5;;" "2026-11-23;$BORIS;1;Математика;;;;;;5;;" "2026-11-23;$VERA;1;Математика;;;;;;5;;" >"$BATS_TEST_TMPDIR/48.csv"
    TODAY=2026-11-28 must import "$BATS_TEST_TMPDIR/48.csv"
    TODAY=2026-11-28 must weekly --week 2026-W48
    same "$(changes_of 101 2026-W48)" ""
}

@test "a corrected reason of absence is told as attendance" {
    two_weeks
    must weekly --week 2026-W47
    sed "/2026-11-17;$BORIS/s/;н;/;у;/" "$BATS_TEST_TMPDIR/47.csv" >"$BATS_TEST_TMPDIR/late.csv"
    { tail -n +2 "$BATS_TEST_TMPDIR/late.csv"; echo "2026-11-23;$BORIS;1;Математика;;;;;;5;;"; echo "2026-11-23;$ANNA;1;Математика;;;;;;5;;"; echo "2026-11-23;$VERA;1;Математика;;;;;;5;;"; } |
        { echo "$HEAD"; cat; } >"$BATS_TEST_TMPDIR/48.csv"
    TODAY=2026-11-28 must import "$BATS_TEST_TMPDIR/48.csv"
    same "$(TODAY=2026-11-28 changes_of 102 2026-W48)" "2026-11-17,Коми язык,attendance,corrected,unexcused,excused"
}

@test "a skipped week is told whole on the next sheet" {
    two_weeks
    printf '%s\n' "$HEAD" "2026-11-23;$ANNA;1;Математика;;;;;;5;;" "2026-11-23;$BORIS;1;Математика;;;;;;5;;" "2026-11-23;$VERA;1;Математика;;;;;;5;;" >"$BATS_TEST_TMPDIR/48.csv"
    TODAY=2026-11-14 must weekly --week 2026-W46
    TODAY=2026-11-28 must import "$BATS_TEST_TMPDIR/48.csv"
    same "$(TODAY=2026-11-28 changes_of 101 2026-W48)" "2026-11-16,Математика,mark,added,null,4
2026-11-17,Коми язык,mark,added,null,5
2026-11-17,Коми язык,mark,added,null,4
2026-11-20,Русский язык,mark,added,null,5"
    same "$(TODAY=2026-11-28 changes_of 102 2026-W48 | grep attendance)" "2026-11-17,Коми язык,attendance,added,null,unexcused"
}

@test "an earlier week whose export came late is told by its days, once" {
    new_school
    roster >"$BATS_TEST_TMPDIR/pupils.csv"
    week46 >"$BATS_TEST_TMPDIR/46.csv"
    week47 >"$BATS_TEST_TMPDIR/47.csv"
    must import "$BATS_TEST_TMPDIR/pupils.csv"
    must import "$BATS_TEST_TMPDIR/47.csv"
    must weekly --week 2026-W47
    export TODAY=2026-11-23
    must import "$BATS_TEST_TMPDIR/46.csv"
    sed -i 's/;контрольная;3;4;/;контрольная;3;5;/' "$BATS_TEST_TMPDIR/47.csv"
    must import "$BATS_TEST_TMPDIR/47.csv"
    must weekly --week 2026-W46 --class 3А
    # Of other days only what a sheet has told and is so no longer.
    same "$(changes_of 101 2026-W46)" "2026-11-16,Математика,mark,corrected,4,5"
    same "$(changes_of 102 2026-W46)" ""
    has_not "$(flat_text "$SCHOOL/out/2026-W46/3А/02-Белов-Борис.pdf")" 'добавлен'
    sed -i 's/;диктант;2;4;/;диктант;2;5;/; s/2026-11-13;\(.*\);3;;$/2026-11-13;\1;4;;/' "$BATS_TEST_TMPDIR/46.csv"
    must import "$BATS_TEST_TMPDIR/46.csv"
    same "$(changes_of 101 2026-W48)" "2026-11-10,Русский язык,mark,corrected,4,5"
    same "$(changes_of 102 2026-W48)" "2026-11-13,Математика,mark,corrected,3,4"
    must weekly --week 2026-W46
    has "$(numbers --week 2026-W46)" '2026-W46-3А-02-2'
    same "$(changes_of 102 2026-W46)" "2026-11-13,Математика,mark,corrected,3,4"
    same "$(changes_of 102 2026-W48)" ""
}

@test "who goes on paper in mid-term is told the term so far on the first sheet" {
    two_weeks
    TODAY=2026-11-14 must weekly --week 2026-W46
    must opt-out 103 --from 2026-11-16 --delivery hand
    must weekly --week 2026-W47
    same "$(changes_of 103 2026-W47 | grep -c ',mark,added,null,')" 3
    same "$(changes_of 103 2026-W47 | grep ',attendance,')" "2026-11-13,Математика,attendance,added,null,late"
    same "$(numbers --week 2026-W47 | tail -n 1)" 2026-W47-3А-03
}

@test "a correction inside an issued week makes a second issue, -2, for that pupil alone" {
    two_weeks
    must weekly --week 2026-W47
    first=$(sha256sum "$SCHOOL/out/2026-W47/3А/01-Азарова-Анна.pdf")
    sed "/2026-11-16;$ANNA/s/;3;4;/;3;5;/" "$BATS_TEST_TMPDIR/47.csv" >"$BATS_TEST_TMPDIR/again.csv"
    must import "$BATS_TEST_TMPDIR/again.csv"
    must weekly --week 2026-W47
    same "$(numbers --week 2026-W47)" "2026-W47-3А-01
2026-W47-3А-01-2
2026-W47-3А-02"
    [ -f "$SCHOOL/out/2026-W47/3А/01-Азарова-Анна-2.pdf" ]
    same "$(sha256sum "$SCHOOL/out/2026-W47/3А/01-Азарова-Анна.pdf")" "$first"
    has "$(text_of "$SCHOOL/out/2026-W47/3А/01-Азарова-Анна-2.pdf")" '2026-W47-3А-01-2'
    must weekly --week 2026-W47
    same "$(numbers --week 2026-W47 | wc -l)" 3
}

@test "--pupil issues one sheet, on paper or not; --class those of a class" {
    two_weeks
    must weekly --week 2026-W47 --pupil 103
    same "$(numbers)" 2026-W47-3А-01
    must weekly --week 2026-W47 --class 3а
    same "$(numbers)" "2026-W47-3А-01
2026-W47-3А-02
2026-W47-3А-03"
    same "$(pd --json register | jq -c '[.[].pupil_id]')" '["103","101","102"]'
}

@test "--preview writes a PDF marked as a specimen, without number, register row or told changes" {
    two_weeks
    before=$(state)
    try pd weekly --week 2026-W47 --preview
    same "$status" 0
    same "$(state)" "$before"
    same "$(numbers)" ""
    files=$(find "$SCHOOL/out" -name '*.pdf')
    [ -n "$files" ]
    while read -r file; do
        for page in $(seq 1 "$(pdfinfo "$file" | awk '/^Pages:/ { print $2 }')"); do
            same "$(watermark "$file" "$page")" образец
        done
        has_not "$(text_of "$file")" '2026-W47-3А-0'
        "$GATE" --watermark "$file"
    done <<<"$files"
    must weekly --week 2026-W47
    same "$(numbers | head -n 1)" 2026-W47-3А-01
}

@test "the default week is the last one with lessons that began by today" {
    two_weeks
    TODAY=2026-11-15 must weekly
    same "$(numbers)" "2026-W46-3А-01
2026-W46-3А-02"
    TODAY=2026-11-21 must weekly
    same "$(numbers --week 2026-W47 | wc -l)" 2
}

@test "a week that has not begun is not issued, only previewed" {
    two_weeks
    for who in '--class 3А' '--pupil 101' --print; do
        # shellcheck disable=SC2086
        TODAY=2026-11-22 try pd weekly --week 2026-W48 $who
        same "$status" 2
        has "$problems" '2026-W48 has not begun yet'
    done
    has "$(TODAY=2026-11-22 pd --lang ru weekly --week 2026-W48 2>&1 || true)" '2026-W48: эта неделя ещё не началась'
    same "$(numbers)" ""
    [ -z "$(find "$SCHOOL/out" -name '*.pdf')" ]
    TODAY=2026-11-22 must weekly --week 2026-W48 --preview
    TODAY=2026-11-22 must summary --week 2026-W48
    TODAY=2026-11-23 must weekly --week 2026-W48 --pupil 101
    same "$(numbers)" 2026-W48-3А-01
}

@test "an ambiguous pupil lists the candidates and does nothing" {
    two_weeks
    try pd weekly --week 2026-W47 --pupil Белов
    same "$status" 2
    has "$problems" '102'
    has "$problems" '103'
    same "$(numbers)" ""
    [ -z "$(find "$SCHOOL/out" -name '*.pdf')" ]
}

@test "unknown pupil, class, week, layout: named, nothing done" {
    two_weeks
    try pd weekly --pupil Никто
    same "$status" 2
    has "$problems" 'Никто'
    try pd weekly --class 9Я
    same "$status" 2
    has "$problems" '9Я'
    try pd weekly --week 2026-W60
    same "$status" 2
    has "$problems" '2026-W60'
    try pd weekly --week 2026-W47 --layout wickly
    case $status in 2 | 3) ;; *) fail "exit $status" ;; esac
    has "$problems" 'wickly'
    same "$(numbers)" ""
}

@test "no family on paper: exit 0, and it says so" {
    new_school
    must import <(week47) 2>/dev/null || { week47 >"$BATS_TEST_TMPDIR/47.csv" && must import "$BATS_TEST_TMPDIR/47.csv"; }
    try pd weekly --week 2026-W47
    same "$status" 0
    [ -n "$output" ]
    [ ! -e "$SCHOOL/out/2026-W47/print.pdf" ]
}

@test "a school's own layout changes printed words; a wrong key in it is refused with its line" {
    two_weeks
    cp "$ROOT/examples/layout/weekly.ini" "$SCHOOL/layouts/weekly.ini"
    must weekly --week 2026-W47
    words=$(sed -n 's/^[a-z_.]* *= *//p' "$ROOT/examples/layout/weekly.ini" | tr -d '"')
    text=$(flat_text "$SCHOOL/out/2026-W47/3А/01-Азарова-Анна.pdf")
    while read -r word; do
        case $text in *"$word"*) ;; *) fail "«$word» is not printed" ;; esac
    done <<<"$words"
    printf '[words]\nno.such.word = Слово\n' >"$SCHOOL/layouts/weekly.ini"
    try pd weekly --week 2026-W47 --pupil 103
    same "$status" 3
    has "$problems" 'weekly\.ini:2:'
}

@test "a layout whose front has nothing to say still has its head and its slip, and the back all the rest" {
    two_weeks
    for blocks in 'front = subjects, slip' 'front = announcements, slip' 'front = slip' 'front =' 'front = portfolio'; do
        printf '[blocks]\n%s\nback = days, changes, remarks, attendance\n' "$blocks" >"$SCHOOL/layouts/weekly.ini"
        must weekly --week 2026-W47 --pupil 101 --preview
        text=$(flat_text "$(find "$SCHOOL/out" -name '*.pdf' | head -n 1)")
        has "$text" 'Азарова Анна Ильинична'
        has "$text" 'Таблица умножения на 7'
        case $blocks in *slip*) has "$text" 'Отрывной талон' ;; *) has_not "$text" 'Отрывной талон' ;; esac
    done
}

@test "a layout of another kind of paper is refused, and nothing counts as told" {
    two_weeks
    printf '[layout]\nbase = register\n' >"$SCHOOL/layouts/mine.ini"
    for layout in register term mine; do
        try pd weekly --week 2026-W47 --layout "$layout"
        same "$status" 3
        has "$problems" "'$layout' is not a layout of weekly sheets"
    done
    printf '[layout]\nbase = weekly\n' >"$SCHOOL/layouts/mine.ini"
    printf '[layout]\nbase = act\n' >"$SCHOOL/layouts/weekly.ini"
    try pd weekly --week 2026-W47
    same "$status" 3
    has "$problems" "weekly\.ini:2:8: 'act' is another kind of paper than 'weekly'"
    same "$(numbers)" ""
    must weekly --week 2026-W47 --layout mine
}

@test "--print hands the print file to the configured command" {
    two_weeks
    cat >"$BATS_TEST_TMPDIR/printer" <<'SH'
#!/bin/sh
echo "$@" >>"${0%/*}/printed"
SH
    chmod +x "$BATS_TEST_TMPDIR/printer"
    settings '[printing]' "command = $BATS_TEST_TMPDIR/printer" 'options = -o sides=two-sided-long-edge'
    must weekly --week 2026-W47 --print
    same "$(cat "$BATS_TEST_TMPDIR/printed")" "-o sides=two-sided-long-edge $SCHOOL/out/2026-W47/print.pdf"
}

@test "a printer that is not there is exit 4; the sheets stay issued" {
    two_weeks
    settings '[printing]' 'command = /no/such/printer'
    try pd weekly --week 2026-W47 --print
    same "$status" 4
    has "$problems" '/no/such/printer'
    same "$(numbers | wc -l)" 2
    [ -s "$SCHOOL/out/2026-W47/print.pdf" ]
}

@test "a character that no face has is printed visibly and reported" {
    started_school
    { week47; echo "2026-11-20;$ANNA;5;Музыка;;Песня 漢;;;;;;"; } >"$BATS_TEST_TMPDIR/odd.csv"
    must import "$BATS_TEST_TMPDIR/odd.csv"
    try pd weekly --week 2026-W47
    has "$problems" 'U\+6F22'
    "$GATE" "$SCHOOL/out/2026-W47/3А/01-Азарова-Анна.pdf"
}

@test "a full week flows to further pages; the slip never stands alone" {
    new_school
    roster >"$BATS_TEST_TMPDIR/pupils.csv"
    must import "$BATS_TEST_TMPDIR/pupils.csv"
    {
        echo "$HEAD"
        for day in 16 17 18 19 20 21; do
            for lesson in 1 2 3 4 5 6 7 8; do
                echo "2026-11-$day;$ANNA;$lesson;Предмет с очень длинным названием номер $lesson;И. О. Учитель;Тема урока, о которой много сказано и написано, часть $lesson;\"с. $day, упр. $lesson; выучить правило и подготовить пересказ\";самостоятельная работа;;4;;Хорошо, но можно лучше: день $day, урок $lesson."
            done
        done
        echo "2026-11-16;$BORIS;1;Математика;;;;;;5;;"
        echo "2026-11-16;$VERA;1;Математика;;;;;;5;;"
    } >"$BATS_TEST_TMPDIR/full.csv"
    must import "$BATS_TEST_TMPDIR/full.csv"
    must weekly --week 2026-W47
    file=$SCHOOL/out/2026-W47/3А/01-Азарова-Анна.pdf
    pages=$(pdfinfo "$file" | awk '/^Pages:/ { print $2 }')
    [ "$pages" -ge 3 ]
    for page in $(seq 1 "$pages"); do
        [ "$(pdftotext -f "$page" -l "$page" -raw "$file" - 2>/dev/null | wc -w)" -gt 30 ] || fail "page $page is nearly empty"
        has "$(pdftotext -f "$page" -l "$page" -raw "$file" - 2>/dev/null)" 'Азарова'
    done
    same "$(flat_text "$file" | grep -o 'день [0-9]*, урок [0-9]*' | sort -u | wc -l)" 48
    "$GATE" "$file"
}

@test "weekly with a full disk is exit 4; afterwards all is as before, or whole" {
    two_weeks
    register=$(pd --json register)
    full() { (
        trap '' XFSZ
        ulimit -f 8
        exec env -i PATH=/usr/bin:/bin "$PROGRAM" --lang en --school "$SCHOOL" --today 2026-11-21 weekly --week 2026-W47
    ) 3>&-; }
    try full
    same "$status" 4
    [ -n "$problems" ]
    same "$(pd --json register)" "$register"
    same "$(find "$SCHOOL/out" -name '*.pdf')" ""
    must weekly --week 2026-W47
    "$GATE" "$SCHOOL"/out/2026-W47/3А/*.pdf
}

@test "weekly that is killed has issued a sheet whole or not at all" {
    two_weeks
    for pause in 0.005 0.01 0.02 0.03 0.04 0.06 0.08; do
        env -i PATH=/usr/bin:/bin "$PROGRAM" --school "$SCHOOL" --today 2026-11-21 weekly --week 2026-W47 >/dev/null 2>&1 &
        job=$!
        sleep $pause
        kill -9 $job 2>/dev/null || true
        wait $job 2>/dev/null || true
    done
    must weekly --week 2026-W47
    same "$(numbers)" "2026-W47-3А-01
2026-W47-3А-02"
    pd --json register | jq -r '.[] | "\(.sha256)  \(.file)"' | (cd "$SCHOOL/out" && sha256sum -c --quiet)
    same "$(cd "$SCHOOL/out" && find . -type f | sort)" "./2026-W47/3А.pdf
./2026-W47/3А/01-Азарова-Анна.pdf
./2026-W47/3А/02-Белов-Борис.pdf
./2026-W47/print.pdf
./2026-W47/register.pdf"
}

@test "a pupil who changed class between two issues takes no number of the new class's pupils" {
    started_school
    { week47; echo "2026-11-16;3Б;201;Канев Семён Олегович;1;Математика;;;;;;4;;"; } >"$BATS_TEST_TMPDIR/both.csv"
    must import "$BATS_TEST_TMPDIR/both.csv"
    must opt-out 201 --from 2026-09-01 --delivery hand
    must weekly --week 2026-W47
    printf 'pupil_id;pupil;class\n101;Азарова Анна Ильинична;3Б\n' >"$BATS_TEST_TMPDIR/moves.csv"
    try pd import "$BATS_TEST_TMPDIR/moves.csv"
    sed -e "/2026-11-20;$ANNA/s/;5;;/;3;;/" -e "s/;4;;\$/;5;;/" "$BATS_TEST_TMPDIR/both.csv" >"$BATS_TEST_TMPDIR/again.csv"
    must import "$BATS_TEST_TMPDIR/again.csv"
    must weekly --week 2026-W47
    same "$(pd --json register --week 2026-W47 | jq -r '.[] | .pupil_id + " " + .number' | sort)" "101 2026-W47-3А-01
101 2026-W47-3Б-02-2
102 2026-W47-3А-02
102 2026-W47-3А-02-2
201 2026-W47-3Б-01
201 2026-W47-3Б-01-2"
}

@test "classes whose names are alike as file names keep their own folders and bundles" {
    new_school
    {
        echo "$HEAD"
        printf '2026-11-16;%s;%s;%s;1;Математика;;;;;;5;;\n' 3/Ф 101 'Азарова Анна' \
            3_Ф 102 'Азарова Анна' 3Ф 103 'Азарова Анна' '5 инженерный' 104 'Азарова Анна' 5-инженерный 105 'Азарова Анна'
    } >"$BATS_TEST_TMPDIR/alike.csv"
    must import "$BATS_TEST_TMPDIR/alike.csv"
    for pupil in 101 102 103 104 105; do must opt-out $pupil --from 2026-09-01 --delivery hand; done
    must weekly --week 2026-W47
    same "$(cd "$SCHOOL/out/2026-W47" && find . -name '*.pdf' | sed 's/~[0-9a-f]\{8\}/~/' | LC_ALL=C sort)" "./3_Ф~.pdf
./3_Ф~.pdf
./3_Ф~/01-Азарова-Анна.pdf
./3_Ф~/01-Азарова-Анна.pdf
./3Ф.pdf
./3Ф/01-Азарова-Анна.pdf
./5-инженерный.pdf
./5-инженерный/01-Азарова-Анна.pdf
./5_инженерный.pdf
./5_инженерный/01-Азарова-Анна.pdf
./print.pdf
./register.pdf"
    same "$(pd --json register | jq -r '.[].file' | sort -u | wc -l)" 5
    for file in "$SCHOOL"/out/2026-W47/*.pdf; do [ "$(qpdf --show-npages "$file")" -gt 0 ]; done
}
