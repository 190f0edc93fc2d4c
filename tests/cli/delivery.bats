#!/usr/bin/env bats
# Delivery (2.9): hand-out order, envelopes, the register for signatures.
load helper

GATE=$BATS_TEST_DIRNAME/../pdf/gate.sh

# Two children of one recipient by post in two classes, one alone, one without an address, one by hand.
post_school() {
    new_school
    cat >"$BATS_TEST_TMPDIR/pupils.csv" <<'CSV'
pupil_id;pupil;class;enrolled;consent;paper_from;delivery;recipient;address;copies
201;Югов Яков Ильич;2Б;2026-09-01;2026-09-01;2026-09-01;post;Югова Мария Львовна;167000, г. Сыктывкар, ул. Ленина, д. 5, кв. 7;
202;Ананьев Пётр Ильич;2Б;2026-09-01;2026-09-01;2026-09-01;post;Ананьева Анна Олеговна;167023, Республика Коми, г. Сыктывкар, Октябрьский проспект, д. 131, корпус 2, кв. 114;2
203;Белов Борис Петрович;2Б;2026-09-01;2026-09-01;2026-09-01;hand;;;
204;Чернов Олег Петрович;2Б;2026-09-01;2026-09-01;2026-09-01;post;Чернова Ия Львовна;;
301;Югова Ева Ильинична;3А;2026-09-01;2026-09-01;2026-09-01;post;Югова  Мария львовна;167000, г. Сыктывкар, ул. Ленина, д. 5, кв. 7;
302;Азарова Анна Ильинична;3А;2026-09-01;2026-09-01;2026-09-01;office;;;
CSV
    try pd import "$BATS_TEST_TMPDIR/pupils.csv"
    same "$status" 1 # 204 has no address
    {
        echo "$HEAD"
        for pupil in '2Б;201;Югов Яков Ильич' '2Б;202;Ананьев Пётр Ильич' '2Б;203;Белов Борис Петрович' \
            '2Б;204;Чернов Олег Петрович' '3А;301;Югова Ева Ильинична' '3А;302;Азарова Анна Ильинична'; do
            echo "2026-11-16;$pupil;1;Математика;;;;;;5;;"
        done
    } >"$BATS_TEST_TMPDIR/47.csv"
    must import "$BATS_TEST_TMPDIR/47.csv"
    try pd weekly --week 2026-W47
    POST=$SCHOOL/out/2026-W47/post.pdf
}

# The words of a page in millimetres: LEFT TOP RIGHT BOTTOM WORD.
words_mm() {
    pdftotext -bbox -f "$2" -l "$2" "$1" - | sed -n 's/.*xMin="\([0-9.]*\)" yMin="\([0-9.]*\)" xMax="\([0-9.]*\)" yMax="\([0-9.]*\)">\(.*\)<.word>/\1 \2 \3 \4 \5/p' |
        awk '{ printf "%.1f %.1f %.1f %.1f %s\n", $1 / 2.83465, $2 / 2.83465, $3 / 2.83465, $4 / 2.83465, $5 }'
}

# What an envelope's window shows: seen FILE PAGE ENVELOPE-WIDTH ENVELOPE-HEIGHT SHEET-HEIGHT BOTTOM SLIP-X SLIP-Y.
# The window is 90 × 45 mm, 20 mm from the right edge; SLIP: how far the sheet has slipped right and down.
seen() {
    words_mm "$1" "$2" | awk -v w="$3" -v h="$4" -v fold="$5" -v bottom="$6" -v x="$7" -v y="$8" '
        { left = $1 + x; top = $2 + y; right = $3 + x; under = $4 + y }
        $2 < fold && right > w - 110 && left < w - 20 && under > h - bottom - 45 && top < h - bottom {
            whole = left >= w - 110 && right <= w - 20 && top >= h - bottom - 45 && under <= h - bottom
            printf "%s%s ", $5, whole ? "" : "(cut)"
        }'
}

@test "регламент 2.9: the address shows whole in the windows of DL and C5, however the sheet slips" {
    post_school
    for page in 1 7; do
        want=$(pdftotext -raw -f $page -l $page "$POST" - | sed '/конверте/,$d' | tr -s '\n ' '  ' | sed 's/\xc2\xa0/ /g')
        has "$want" 'Ананьева Анна|Югова Мария'
        for y in 0 5.5 11; do for x in 0 5 10; do for bottom in 15 20; do
            shown=$(seen "$POST" $page 220 110 99 $bottom $x $y | sed 's/\xc2\xa0/ /g')
            same "$shown$shown" "$want"
        done; done; done
        for y in 0 7 14; do for x in 0 10 19; do for bottom in 15 20; do
            shown=$(seen "$POST" $page 229 162 148.5 $bottom $x $y | sed 's/\xc2\xa0/ /g')
            has "$shown" 'МАОУ|Ананьева|Югова'
            has_not "$shown" '\(cut\)'
            case $want in *"$shown") ;; *) fail "C5 shows «$shown»" ;; esac
        done; done; done
    done
}

@test "регламент 2.9: a window of the school's own shows the address, and the last one can't be taken away" {
    post_school
    local none='[window dl]\nwidth = 0\n[window c5]\nwidth = 0\n'
    printf '[window c4]\nleft = 20 mm\ntop = 180 mm\nwidth = 80 mm\nheight = 40 mm\n%b' "$none" >"$SCHOOL/layouts/envelope.ini"
    rm -r "$SCHOOL/out"
    try pd weekly --week 2026-W47
    same "$status" 1 # 204 has no address
    shown=$(words_mm "$POST" 1 | awk '$1 >= 20 && $2 >= 180 && $3 <= 100 && $4 <= 220 { printf "%s ", $5 }')
    has "$shown" 'Ананьева .*Октябрьский .*114'
    same "$(pdftotext -raw -l 1 "$POST" - | grep -c 'Ананьева')" 1
    printf '%b' "$none" >"$SCHOOL/layouts/envelope.ini"
    try pd weekly --week 2026-W47
    same "$status" 3
    has "$problems" 'envelope\.ini:4:9: no window is left for the address'
}

@test "регламент 2.9: several children of one recipient at one address are one envelope, each sheet on a front side" {
    post_school
    has "$problems" 'warning: pupil 204 .*no address'
    same "$status" 1
    pages=$(pdfinfo "$POST" | awk '/^Pages:/ { print $2 }')
    # Envelope 1: address, two copies; envelope 2: address, brother and sister.
    same "$pages" 12
    first() { pdftotext -f "$1" -l "$1" "$POST" - | tr '\n' ' ' | sed 's/\xc2\xa0/ /g'; }
    has "$(first 1)" 'Ананьева Анна Олеговна'
    has "$(first 1)" 'лист № 2026-W47-2Б-01, 2 страницы, 2 экземпляра'
    same "$(first 2 | tr -d ' \f')" ""
    has "$(first 3)" 'лист № 2026-W47-2Б-01'
    has "$(first 5)" 'лист № 2026-W47-2Б-01'
    has "$(first 7)" 'Югова Мария Львовна'
    has "$(first 7)" '2026-W47-2Б-04.*2026-W47-3А-02'
    has "$(first 9)" 'Югов Яков'
    has "$(first 11)" 'Югова Ева'
    has_not "$(pdftotext "$POST" -)" 'Чернов|Белов|Азарова'
    "$GATE" "$POST"
}

@test "a family without an address gets no envelope; its sheet stays in print.pdf, and nobody's name is in the warning" {
    post_school
    has_not "$problems" 'Чернов'
    has "$(pdftotext "$SCHOOL/out/2026-W47/print.pdf" -)" 'Чернов Олег'
}

@test "регламент 2.10: a teacher is not told what is missing for another class's envelope" {
    post_school
    settings '[access]' "teachers = $(id -un) 3А"
    must weekly --week 2026-W47
    rm "$SCHOOL/out/2026-W47/print.pdf"
    try pd weekly --week 2026-W47
    same "$status" 0
    has_not "$output$problems" '204|2Б'
    settings '[access]' "teachers = $(id -un) 2Б"
    rm "$SCHOOL/out/2026-W47/print.pdf"
    try pd weekly --week 2026-W47
    same "$status" 1
    has "$problems" 'pupil 204 .*no address'
}

@test "an address that is too long for the window is told by the pupil's id" {
    post_school
    must opt-out 202 --from 2026-09-01 --delivery post --address "$(printf 'очень длинная улица имени кого-то, %.0s' 1 2 3 4 5 6 7 8 9)"
    rm "$SCHOOL/out/2026-W47/print.pdf"
    try pd weekly --week 2026-W47
    has "$problems" 'pupil 202 is too long for the envelope'
    same "$status" 1
}

@test "print.pdf is in hand-out order: class, then delivery, then name (2.9)" {
    post_school
    order=$(for p in $(seq 1 2 "$(pdfinfo "$SCHOOL/out/2026-W47/print.pdf" | awk '/^Pages:/ { print $2 }')"); do
        pdftotext -f "$p" -l "$p" "$SCHOOL/out/2026-W47/print.pdf" - | grep -o -m 1 '2026-W47-[^ ,]*'
    done | tr '\n' ' ')
    same "$order" "2026-W47-2Б-02 2026-W47-2Б-01 2026-W47-2Б-01 2026-W47-2Б-03 2026-W47-2Б-04 2026-W47-3А-01 2026-W47-3А-02 "
}

@test "register.pdf has a page a class to sign on: number, pupil, delivery, pages and copies; only sheets of the period (3.1)" {
    post_school
    file=$SCHOOL/out/2026-W47/register.pdf
    "$GATE" "$file"
    same "$(pdftotext -layout "$file" - | grep -c 'Ведомость выдачи листов')" 2
    text=$(pdftotext -layout -f 1 -l 1 "$file" - | sed 's/\xc2\xa0/ /g')
    has "$text" '2026-W47-2Б-01 .*Ананьев Пётр.*почтой .*2 × 2'
    has "$text" 'Всего: 5 листов, 10 страниц'
    has "$text" 'Лист получен, подпись'
    has_not "$text" '3А'
    TODAY=2026-11-28 must weekly --week 2026-W48 --pupil 203
    try pd register --week 2026-W48 --pdf
    same "$output" "$SCHOOL/out/2026-W48/register.pdf"
    has_not "$(pdftotext "$SCHOOL/out/2026-W48/register.pdf" -)" '2026-W47'
}

@test "регламент 2.10: a teacher's register is a file of its own; the school's stays whole" {
    post_school
    settings '[access]' "teachers = $(id -un) 3А"
    list=$SCHOOL/out/2026-W47/register.pdf
    hash=$(sha256sum <"$list")
    try pd register --week 2026-W47 --pdf
    same "$status" 0
    same "$output" "$SCHOOL/out/2026-W47/register-3А.pdf"
    same "$(sha256sum <"$list")" "$hash"
    has "$(flat_text "$SCHOOL/out/2026-W47/register-3А.pdf")" 'Азарова'
    has_not "$(flat_text "$SCHOOL/out/2026-W47/register-3А.pdf")" 'Белов'
}

@test "register --pdf answers with --json: the period, how many sheets, the file" {
    post_school
    try pd --json register --week 2026-W47 --pdf
    same "$(jq -c . <<<"$output")" '{"period":"2026-W47","sheets":6,"file":"2026-W47/register.pdf"}'
    try pd --json register --week 2026-W20 --pdf
    same "$status" 0
    same "$(jq -c . <<<"$output")" '{"period":"2026-W20","sheets":0,"file":null}'
}

@test "who writes the register waits for another run" {
    post_school
    exec 9>"$SCHOOL/.lock"
    flock 9
    try timeout 2 env -i PATH=/usr/bin:/bin "$PROGRAM" --lang en --school "$SCHOOL" register --week 2026-W47 --pdf
    same "$status" 124
    has "$problems" 'waiting for another run'
    must register --week 2026-W47
}

@test "a long register repeats its heading on every page" {
    new_school
    {
        echo 'pupil_id;pupil;class;consent;paper_from;delivery'
        for i in $(seq 10 69); do echo "$i;Фамилия$i Имя Отчество;3А;2026-09-01;2026-09-01;hand"; done
    } >"$BATS_TEST_TMPDIR/pupils.csv"
    must import "$BATS_TEST_TMPDIR/pupils.csv"
    printf '%s\n' "$HEAD" '2026-11-16;3А;10;Фамилия10 Имя Отчество;1;Математика;;;;;;5;;' >"$BATS_TEST_TMPDIR/47.csv"
    try pd import "$BATS_TEST_TMPDIR/47.csv"
    must weekly --week 2026-W47
    file=$SCHOOL/out/2026-W47/register.pdf
    "$GATE" "$file"
    pages=$(pdftotext -layout "$file" - | grep -c 'Ведомость выдачи листов')
    [ "$pages" -ge 3 ]
    same "$(pdftotext -layout "$file" - | grep -c 'Лист получен')" "$pages"
    same "$(pdftotext -layout "$file" - | grep -o 'Фамилия[0-9]*' | sort -u | wc -l)" 60
}

@test "register --csv opens in Excel, and no cell is a formula" {
    new_school
    printf '%s\n' 'pupil_id;pupil;class;consent;paper_from;delivery' '101;"=HYPERLINK(""http://x"")";3А;2026-09-01;2026-09-01;hand' >"$BATS_TEST_TMPDIR/pupils.csv"
    must import "$BATS_TEST_TMPDIR/pupils.csv"
    printf '%s\n' "$HEAD" '2026-11-16;3А;101;;1;Математика;;;;;;5;;' >"$BATS_TEST_TMPDIR/47.csv"
    must import "$BATS_TEST_TMPDIR/47.csv"
    must weekly --week 2026-W47
    pd register --week 2026-W47 --csv >"$BATS_TEST_TMPDIR/register.csv"
    same "$(head -c 3 "$BATS_TEST_TMPDIR/register.csv" | od -An -tx1 | tr -d ' ')" efbbbf
    python3 - "$BATS_TEST_TMPDIR/register.csv" <<'PY'
import csv, sys
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8-sig", newline=""), delimiter=";"))
assert len(rows) == 2 and len(rows[0]) == len(rows[1]) == 14, rows
assert rows[1][0] == "2026-W47-3А-01", rows
assert rows[1][3] == "'=HYPERLINK(\"http://x\")", rows
assert not any(cell[:1] in ("=", "+", "-", "@") and cell[:1] for row in rows for cell in row), rows
PY
    same "$(pd register --week 2026-W46 --csv | wc -l)" 1
}

@test "register: a wrong term, and options that exclude each other" {
    post_school
    for words in '--term 4' '--term x' '--term 1 --week 2026-W47' '--pdf --csv'; do
        # shellcheck disable=SC2086
        try pd register $words
        same "$status" 2
        [ -n "$problems" ]
    done
    try pd register --term 1
    same "$status" 0
    try pd register --week 2026-W40 --pdf
    same "$status" 0
    [ ! -e "$SCHOOL/out/2026-W40" ]
}
