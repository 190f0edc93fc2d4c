#!/usr/bin/env bats
# Term and year sheets, as the secretary issues them: what stands on them, when they are due, what comes again.

load helper
GATE=$BATS_TEST_DIRNAME/../pdf/gate.sh

FINALS='pupil_id;subject;period;mark;decided'

finals_of_term1() {
    cat <<CSV
$FINALS
101;Математика;1;4;2026-11-27
101;Русский язык;1;5;2026-11-27
101;Коми язык;1;осв;2026-11-27
102;Математика;1;3;2026-11-27
102;Русский язык;1;н/а;2026-11-27
103;Математика;1;4;2026-11-27
CSV
}

# Weeks 46 and 47 are in the store, and the finals of the first term.
term_school() {
    started_school
    TODAY=2026-11-21 must import "$BATS_TEST_TMPDIR/47.csv"
    TODAY=2026-11-27
    take_finals "$(finals_of_term1)"
}

take_finals() {
    printf '%s\n' "$1" >"$BATS_TEST_TMPDIR/finals.csv"
    must import "$BATS_TEST_TMPDIR/finals.csv"
}

rows() {
    pd --json register | jq -r '.[] | select(.kind == "term") | .number'
}

@test "регламент 2.1 (4): the term sheet shows finals with the means beside them" {
    term_school
    try pd term
    same "$status" 0
    has "$output" '2026-T1: issued 2 sheets'
    text=$(flat_text "$SCHOOL/out/2026-T1/3А/01-Азарова-Анна.pdf")
    has "$text" 'Итоги 1-го триместра'
    has "$text" 'выставлены 27 ноября 2026'
    has "$text" 'лист № 2026-T1-3А-01'
    has "$text" 'Математика 5 4 4 4,20 4'
    has "$text" 'Коми язык 5 4 4,50 осв\.'
    has "$text" 'осв\. – освобождение'
    has_not "$text" 'Вел|102'
    has "$(flat_text "$SCHOOL/out/2026-T1/3А/02-Белов-Борис.pdf")" 'н/а – нет аттестации'
}

@test "регламент 2.1 (3): the term sheet counts lessons held and missed by reason" {
    term_school
    must term
    text=$(flat_text "$SCHOOL/out/2026-T1/3А/02-Белов-Борис.pdf")
    has "$text" 'Проведено уроков 6'
    has "$text" 'Пропущено уроков 2'
    has "$text" 'по болезни 1'
    has "$text" 'без уважительной причины 1'
    # By subject, against the lessons held.
    has "$text" 'Математика 3 2 2,25 1 из 3 3'
}

@test "a year of 17 subjects and four quarters stands on one page" {
    new_school
    settings '[year]' 'kind = quarters'
    printf '%s\n' 'pupil_id;pupil;class;paper_from' '301;Орлова Майя Львовна;8А;2026-09-01' >"$BATS_TEST_TMPDIR/pupils.csv"
    {
        echo "$HEAD"
        for day in 2026-09-08 2026-11-10 2027-02-09 2027-04-20; do
            for n in {1..17}; do
                echo "$day;8А;;;$((n % 7 + 1));Предмет $n;;Тема;;;;;;"
                echo "$day;8А;301;Орлова Майя Львовна;$((n % 7 + 1));Предмет $n;;;;;;$((n % 3 + 3));;"
            done
            echo "$day;8А;301;Орлова Майя Львовна;7;Предмет 6;;;;;;;н;"
            echo "$day;8А;301;Орлова Майя Львовна;6;Предмет 5;;;;;;;б;"
            echo "$day;8А;301;Орлова Майя Львовна;5;Предмет 4;;;;;;;у;"
            echo "$day;8А;301;Орлова Майя Львовна;4;Предмет 3;;;;;;;о;"
        done
    } >"$BATS_TEST_TMPDIR/book.csv"
    {
        echo "$FINALS"
        for n in {1..17}; do for p in 1 2 3 4 year; do echo "301;Предмет $n;$p;4;2027-05-27"; done; done
    } >"$BATS_TEST_TMPDIR/finals.csv"
    TODAY=2027-05-28
    must import "$BATS_TEST_TMPDIR/pupils.csv" "$BATS_TEST_TMPDIR/book.csv" "$BATS_TEST_TMPDIR/finals.csv"
    must term
    file=$SCHOOL/out/2026-Y/8А/01-Орлова-Майя.pdf
    same "$(pdfinfo "$file" | awk '/^Pages:/ { print $2 }')" 1
    text=$(flat_text "$file")
    for words in 'Предмет 17 4' 'по уважительной причине 1 1 1 1 4' 'без уважительной причины 1 1 1 1 4' 'перевод в 9-й класс' директор; do
        has "$text" "$words"
    done
    bash "$GATE" "$file"
}

@test "регламент 2.8: finals that have arrived are issued to families on paper, once" {
    term_school
    must term
    same "$(rows)" "2026-T1-3А-01
2026-T1-3А-02"
    before=$(cd "$SCHOOL/out" && find . -type f -exec sha256sum {} + | sort -k2)
    try pd term
    same "$status" 0
    has "$output" '2 sheets were issued before and nothing has changed since'
    try pd --lang ru term
    has "$output" '2026-T1: 2 листа уже выпущен'
    same "$(cd "$SCHOOL/out" && find . -type f -exec sha256sum {} + | sort -k2)" "$before"
    same "$(rows | wc -l)" 2
}

@test "регламент 2.8: a corrected final is issued again as -2 with old and new" {
    term_school
    must term
    take_finals "$(finals_of_term1 | sed 's/^101;Математика;1;4/101;Математика;1;3/')"
    try pd term
    has "$output" 'issued 1 sheet'
    same "$(rows)" "2026-T1-3А-01
2026-T1-3А-01-2
2026-T1-3А-02"
    text=$(flat_text "$SCHOOL/out/2026-T1/3А/01-Азарова-Анна-2.pdf")
    has "$text" 'Исправлено после прошлого листа Математика, 1-й триместр: 4 [→ ]*3'
    try pd term
    has "$output" 'nothing has changed since'
}

@test "a correction of a term stands on the next sheet, and is told once" {
    term_school
    must term
    TODAY=2027-02-26
    take_finals "$(finals_of_term1 | sed 's/^101;Математика;1;4/101;Математика;1;5/'
        echo '101;Математика;2;5;2027-02-26')"
    try pd term
    has "$output" '2026-T2: issued 1 sheet'
    has "$problems" '2026-T2: 1 pupil on paper has no finals'
    text=$(flat_text "$SCHOOL/out/2026-T2/3А/01-Азарова-Анна.pdf")
    has "$text" 'Математика, 1-й триместр: 4 [→ ]*5'
    try pd term --term 1
    has "$output" '2026-T1: 2 sheets were issued before and nothing has changed'
}

@test "регламент 2.8: a year sheet before its time takes no term's finals from its pupil" {
    term_school
    must term
    must term --term year --pupil 101
    export TODAY=2027-02-27
    take_finals "$(finals_of_term1 | grep '^pupil_id\|;Математика;' | sed 's/;1;\(.\);2026-11-27/;2;\1;2027-02-26/')"
    try pd --json run
    same "$(jq -c '[.issued[] | select(.period | contains("T")) | [.period, .sheets]]' <<<"$output")" '[["2026-T2",2]]'
    same "$(rows)" "2026-T1-3А-01
2026-T1-3А-02
2026-T2-3А-01
2026-T2-3А-02
2026-Y-3А-01"
    has_not "$(flat_text "$SCHOOL/out/2026-T2/3А/01-Азарова-Анна.pdf")" 'Исправлено'
    same "$(pd --json status | jq -c '[.duties[] | select(.duty == "finals" and .state != "done")]')" '[]'
    take_finals "$(finals_of_term1 | sed 's/^101;Математика;1;4/101;Математика;1;5/')"
    try pd run
    has "$output" '2026-T2: issued 1 sheet'
    has "$(flat_text "$SCHOOL/out/2026-T2/3А/01-Азарова-Анна-2.pdf")" 'Математика, 1-й триместр: 4 [→ ]*5'
    TODAY=2027-05-28
    take_finals "$(finals_of_term1 | grep '^pupil_id\|;Математика;' | sed 's/;1;\(.\);2026-11-27/;year;\1;2027-05-28/')"
    try pd run
    has "$output" '2026-Y: issued 2 sheets'
    has "$(rows)" '2026-Y-3А-01-2'
    try pd run
    has "$output" 'nothing to issue'
}

@test "the year sheet has all terms, a chart and the promotion" {
    term_school
    TODAY=2027-05-28
    take_finals "$(finals_of_term1
        for s in Математика 'Русский язык'; do
            echo "101;$s;2;4;2027-02-26"; echo "101;$s;3;5;2027-05-27"; echo "101;$s;year;5;2027-05-28"
        done
        echo '102;Математика;3;2;2027-05-27'
        echo '102;Математика;год;2;2027-05-28')"
    try pd --json term
    same "$(jq -r '.period, .issued, .waiting' <<<"$output")" "2026-Y
2
0"
    text=$(flat_text "$SCHOOL/out/2026-Y/3А/01-Азарова-Анна.pdf")
    has "$text" 'Итоги 2026/27 учебного года'
    has "$text" '3-й триместр и год · выставлены 28 мая 2027'
    has "$text" 'перевод в 4-й класс'
    text=$(flat_text "$SCHOOL/out/2026-Y/3А/02-Белов-Борис.pdf")
    has "$text" 'есть задолженность: Математика\. Перевод в 4-й класс условный'
    bash "$GATE" "$SCHOOL"/out/2026-Y/3А/*.pdf "$SCHOOL/out/2026-Y/print.pdf"
}

@test "a pupil without finals waits, unless named" {
    term_school
    TODAY=2027-02-26
    take_finals "$(finals_of_term1; echo '101;Математика;2;5;2027-02-26')"
    must term
    try pd term --term 2 --pupil 102
    same "$status" 0
    has "$(flat_text "$SCHOOL/out/2026-T2/3А/02-Белов-Борис.pdf")" 'итоги ещё не выставлены'
}

@test "a family that uses the electronic diary gets a sheet only by name" {
    term_school
    must term
    same "$(rows | wc -l)" 2
    must term --pupil 103
    same "$(rows | tail -n 1)" 2026-T1-3А-03
}

@test "as of a day: a copy without a number that shows what was known then" {
    term_school
    must term
    TODAY=2026-11-30
    take_finals "$(finals_of_term1 | sed 's/^101;Математика;1;4/101;Математика;1;3/')"
    must term
    try pd term --term 1 --as-of 2026-11-28 --pupil 101
    same "$status" 0
    copy=$SCHOOL/out/2026-T1/as-of-2026-11-28/3А/Азарова-Анна-101.pdf
    same "$output" "$copy"
    text=$(flat_text "$copy")
    has "$text" 'Математика 5 4 4 4,20 4'
    has "$text" 'по данным на 28 ноября 2026'
    same "$(watermark "$copy" 1)" копия
    has_not "$text" '2026-T1-3А'
    same "$(rows | wc -l)" 3
    bash "$GATE" --watermark "$copy"
    try pd term --term 1 --as-of 2026-09-01
    same "$status" 2
    has "$problems" 'nothing was imported on or before'
}

@test "a preview has no number and no register row" {
    term_school
    try pd term --preview
    same "$status" 0
    same "$(rows)" ""
    same "$(watermark "$SCHOOL/out/2026-T1/preview/3А/Азарова-Анна-101.pdf" 1)" образец
    [ ! -e "$SCHOOL/out/2026-T1/print.pdf" ]
}

@test "a lost file and the print file are made again byte for byte" {
    term_school
    must term
    before=$(cd "$SCHOOL/out" && find . -type f -exec sha256sum {} + | sort -k2)
    TODAY=2027-02-26
    take_finals "$(finals_of_term1; echo '101;Математика;2;5;2027-02-26')"
    rm "$SCHOOL/out/2026-T1/3А/01-Азарова-Анна.pdf" "$SCHOOL/out/2026-T1/print.pdf"
    must term --term 1
    same "$(cd "$SCHOOL/out" && find 2026-T1 -type f -exec sha256sum {} + | sort -k2 | sed 's/  /  .\//')" "$before"
}

@test "a class without marks gets a calm sheet of attendance and topics" {
    new_school
    cat >"$BATS_TEST_TMPDIR/pupils.csv" <<'CSV'
pupil_id;pupil;class;enrolled;consent;paper_from
201;Есев Макар Иванович;1А;2026-09-01;2026-09-01;2026-09-01
CSV
    cat >"$BATS_TEST_TMPDIR/book.csv" <<CSV
$HEAD
2026-11-09;1А;;;1;Математика;Л. И. Терентьева;Счёт предметов;;;;;;
2026-11-10;1А;201;Есев Макар Иванович;1;Математика;Л. И. Терентьева;Слева. Справа;;;;;б;
CSV
    TODAY=2026-11-27
    must import "$BATS_TEST_TMPDIR/pupils.csv" "$BATS_TEST_TMPDIR/book.csv"
    try pd term
    same "$status" 3
    has "$problems" 'no finals are stored yet'
    try pd term --term year
    same "$status" 0
    same "$(rows)" "" # not before the last term
    must term --term 1
    text=$(flat_text "$SCHOOL/out/2026-T1/1А/01-Есев-Макар.pdf")
    has "$text" 'класс учится без отметок'
    has "$text" 'Что изучали Математика 2 урока, пропущено 1 Счёт предметов · Слева\. Справа'
    has_not "$text" 'Средний|Итог |Предмет '
    bash "$GATE" "$SCHOOL/out/2026-T1/1А/01-Есев-Макар.pdf"
    TODAY=2027-05-28 must term --term year
    has "$(rows)" '2026-Y-1А-01'
}

@test "terms that are none, not this year's or not begun are refused" {
    term_school
    try pd term --term 5
    same "$status" 2
    try pd term --term 4
    same "$status" 2
    has "$problems" 'the school year has 3 terms'
    try pd term --term 2
    same "$status" 2
    has "$problems" '^paperdiary: --term 2: the period has not begun yet$'
    for later in 2027-T1 2027-Y; do
        for more in '' --preview '--pupil 101'; do
            # shellcheck disable=SC2086
            try pd term --term $later $more
            same "$status" 2
            has "$problems" "--term $later: the period has not begun yet"
        done
    done
    has "$(pd --lang ru term --term 2030-Y --pupil 101 2>&1 || true)" '--term 2030-Y: этот период ещё не начался'
    same "$(rows)" ""
    try pd term --term 2026-X1
    same "$status" 2
    try pd term --term 2026-T1
    same "$status" 0
    same "$(rows | wc -l)" 2
}

@test "quarters: the real kind of finals without a gradebook" {
    new_school
    settings '[year]' 'kind = quarters'
    printf '%s\n' 'pupil_id;pupil;class' '301;Орлова Майя Львовна;8А' >"$BATS_TEST_TMPDIR/pupils.csv"
    must import "$BATS_TEST_TMPDIR/pupils.csv"
    cat >"$BATS_TEST_TMPDIR/tabel.csv" <<'CSV'
pupil_id;pupil;class;subject;period;mark
301;Орлова Майя Львовна;8А;Алгебра;1;3
301;Орлова Майя Львовна;8А;Алгебра;2;4
301;Орлова Майя Львовна;8А;Алгебра;3;4
301;Орлова Майя Львовна;8А;Алгебра;4;5
301;Орлова Майя Львовна;8А;Алгебра;год;4
301;Орлова Майя Львовна;8А;Алгебра;экзамен;3
301;Орлова Майя Львовна;8А;Алгебра;итог;4
CSV
    TODAY=2027-05-30
    must import "$BATS_TEST_TMPDIR/tabel.csv"
    must term --pupil 301
    text=$(flat_text "$SCHOOL/out/2026-Y/8А/01-Орлова-Майя.pdf")
    has "$text" '4-я четверть Год Экзамен Итоговая'
    has "$text" 'Алгебра 3 4 4 5 4 3 4'
    has_not "$text" 'Средний|Посещаемость'
}
