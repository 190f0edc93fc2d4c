#!/usr/bin/env bats
# What an import means: whole or not at all, never overwritten, the file is the truth for what it covers.
load helper

# Marks of a pupil in the week as «subject value value …», one line a subject.
marks_of() {
    of_pupil "$1" '.subjects[] | select(any(.marks[]; .this_week)) | [.subject] + [.marks[] | select(.this_week).value] | join(" ")' \
        --week "${2:-2026-W47}" | tr -d '"'
}

@test "an import says what it did, and its values are there" {
    started_school
    try pd import "$BATS_TEST_TMPDIR/47.csv"
    same "$status" 0
    has "$output" '47\.csv'
    same "$problems" ""
    same "$(marks_of 101 | sort)" "Коми язык 5 4
Математика 4
Русский язык 5"
}

@test "the same file twice changes nothing" {
    started_school
    must import "$BATS_TEST_TMPDIR/47.csv"
    before=$(state)
    try pd import "$BATS_TEST_TMPDIR/47.csv"
    same "$status" 0
    same "$(state)" "$before"
    try pd import "$BATS_TEST_TMPDIR/47.csv"
    same "$status" 0
    same "$(state)" "$before"
}

@test "equal rows are two marks, not a repeat; and once more one mark" {
    started_school
    { week47; echo "2026-11-20;$ANNA;1;Русский язык;Н. П. Осипова;;;;;5;;"; } >"$BATS_TEST_TMPDIR/two.csv"
    must import "$BATS_TEST_TMPDIR/two.csv"
    same "$(marks_of 101 | grep Русский)" "Русский язык 5 5"
    TODAY=2026-11-22 must import "$BATS_TEST_TMPDIR/47.csv"
    same "$(marks_of 101 | grep Русский)" "Русский язык 5"
}

@test "encodings, delimiters, line ends, dates and quotes are found out: the numbers are the same" {
    want=
    for kind in plain bom crlf comma tab cp1251 utf16le utf16be russian dates quoted; do
        SCHOOL=$BATS_TEST_TMPDIR/$kind
        must init "$SCHOOL"
        F=$BATS_TEST_TMPDIR/$kind.csv
        # Windows-1251 has no ӧ: what is compared is free of it.
        week47 | sed 's/ӧтик, кык, куим/до трёх/; s/; правило//; s/№ 4, 6/№ 4/; s/словарь, с/словарь с/; s/с\. 86, упр/упр/' >"$F.base"
        case $kind in
        plain) cp "$F.base" "$F" ;;
        bom) printf '\357\273\277' | cat - "$F.base" >"$F" ;;
        crlf) sed 's/$/\r/' "$F.base" >"$F" ;;
        comma) tr ';' ',' <"$F.base" >"$F" ;;
        tab) tr ';' '\t' <"$F.base" >"$F" ;;
        cp1251) iconv -f UTF-8 -t CP1251 "$F.base" >"$F" ;;
        utf16le) { printf '\377\376'; iconv -f UTF-8 -t UTF-16LE "$F.base"; } >"$F" ;;
        utf16be) { printf '\376\377'; iconv -f UTF-8 -t UTF-16BE "$F.base"; } >"$F" ;;
        russian) sed '1s/.*/Дата;Класс;Код ученика;Ученик;Урок;Предмет;Учитель;Тема;Домашнее задание;Вид работы;Вес;Отметка;Посещаемость;Комментарий/' "$F.base" >"$F" ;;
        dates) sed -E 's/^([0-9]{4})-([0-9]{2})-([0-9]{2})/\3.\2.\1/' "$F.base" >"$F" ;;
        quoted) sed -E '2,$s/Математика/"Математика"/; 2,$s/Старалась\./"Старалась."/' "$F.base" >"$F" ;;
        esac
        must import "$F"
        got=$(pd --json summary --week 2026-W47)
        same "$(jq length <<<"$got")" 3
        [ -n "$want" ] || want=$got
        [ "$got" = "$want" ] || fail "$kind differs: $(diff <(jq . <<<"$want") <(jq . <<<"$got"))"
    done
}

@test "dates with two digits of the year, weights with a comma or a point" {
    new_school
    printf '%s\n16.11.26;%s;1;Математика;;;;;1,5;5;;\n17.11.26;%s;1;Математика;;;;;2.5;4;;\n' "$HEAD" "$ANNA" "$ANNA" >"$BATS_TEST_TMPDIR/f.csv"
    must import "$BATS_TEST_TMPDIR/f.csv"
    same "$(of_pupil 101 '[.subjects[0].marks[] | [.date, .weight]]')" '[["2026-11-16",1.5],["2026-11-17",2.5]]'
    same "$(of_pupil 101 '.subjects[0].mean')" 4.38
}

@test "codes in the mark column are attendance; both of two marks in a cell count" {
    new_school
    cat >"$BATS_TEST_TMPDIR/f.csv" <<CSV
$HEAD
2026-11-16;$ANNA;1;Математика;;;;;;н;;
2026-11-17;$ANNA;1;Математика;;;;;;О 2;;
2026-11-18;$ANNA;1;Математика;;;;;;5 4;;
2026-11-19;$ANNA;1;Математика;;;;;;4/3;;
2026-11-20;$ANNA;1;Математика;;;;;;;Б;
CSV
    must import "$BATS_TEST_TMPDIR/f.csv"
    same "$(of_pupil 101 '[.subjects[0].marks[].value] | sort | join("")')" '"23445"'
    same "$(of_pupil 101 '[.subjects[0].missed, .subjects[0].late]')" '[2,1]'
    same "$(of_pupil 101 '[.attendance.week.unexcused, .attendance.week.ill, .attendance.week.late]')" '[1,1,1]'
}

@test "a name unique in its class stands for the id; a foreign one does not" {
    started_school
    sed 's/;101;/;;/; s/;102;/;;/' "$BATS_TEST_TMPDIR/47.csv" >"$BATS_TEST_TMPDIR/names.csv"
    must import "$BATS_TEST_TMPDIR/names.csv"
    same "$(marks_of 101 | grep Русский)" "Русский язык 5"
    same "$(pd --json summary | jq length)" 3
}

@test "whom a gradebook makes known has the name of a later row and the class of the newest day, at once" {
    started_school
    {
        cat "$BATS_TEST_TMPDIR/47.csv"
        echo '2026-11-16;3А;104;;1;Математика;;;;;;5;;'
        echo '2026-11-17;3А;104;Гришин Глеб;1;Математика;;;;;;4;;'
        echo '2026-11-19;3Б;104;Гришин Глеб;1;Математика;;;;;;3;;'
    } >"$BATS_TEST_TMPDIR/moves.csv"
    must import "$BATS_TEST_TMPDIR/moves.csv"
    same "$(pd --json pupils | jq -c '[.[] | select(.pupil_id == "104") | [.pupil, .class]]')" '[["Гришин Глеб","3Б"]]'
    same "$(sqlite3 "$SCHOOL/paperdiary.db" "SELECT count(*) FROM pupil_state JOIN pupil USING (pupil) WHERE code = '104'")" 1
}

@test "inside its range the file is the truth: corrected, added, withdrawn; outside nothing moves" {
    started_school
    must import "$BATS_TEST_TMPDIR/47.csv"
    # 47 again, with Anna's 4 of the 16th now a 5, Vera's mark of the 17th gone, a late mark of Boris.
    sed -e "/2026-11-16;$ANNA/s/;3;4;/;3;5;/" -e "/2026-11-17;$VERA/s/;4;;/;;;/" -e "/2026-11-17;$BORIS/s/н;/н;/" \
        "$BATS_TEST_TMPDIR/47.csv" >"$BATS_TEST_TMPDIR/again.csv"
    echo "2026-11-20;$BORIS;1;Русский язык;Н. П. Осипова;;;;;3;;" >>"$BATS_TEST_TMPDIR/again.csv"
    before46=$(pd --json summary --week 2026-W46 | jq -c '[.[].subjects[].marks[] | select(.this_week)]')
    try pd import "$BATS_TEST_TMPDIR/again.csv"
    same "$status" 0
    has "$output" '1 added.*1 corrected.*1 withdrawn'
    same "$(marks_of 101 | grep Мат)" "Математика 5"
    same "$(marks_of 102 | grep Рус)" "Русский язык 4 3"
    same "$(marks_of 103 | grep Коми || true)" ""
    same "$(pd --json summary --week 2026-W46 | jq -c '[.[].subjects[].marks[] | select(.this_week)]')" "$before46"
}

@test "more than a fifth withdrawn is refused, unless it is accepted" {
    started_school
    must import "$BATS_TEST_TMPDIR/47.csv"
    before=$(state)
    # The ends of the range stay, the middle and half of the rest is gone.
    grep -v -e '2026-11-17' -e "2026-11-20;3А;10[23]" "$BATS_TEST_TMPDIR/47.csv" >"$BATS_TEST_TMPDIR/less.csv"
    try pd import "$BATS_TEST_TMPDIR/less.csv"
    same "$status" 3
    has "$problems" 'accept-withdrawals'
    has_not "$problems" 'Азарова|Белов'
    same "$(state)" "$before"
    try pd import "$BATS_TEST_TMPDIR/less.csv" --accept-withdrawals
    case $status in 0 | 1) ;; *) fail "exit $status" ;; esac
    same "$(marks_of 101 | grep -c Коми || true)" 0
}

@test "a pupil of the roster who is missing from the class's export is named by id: exit 1" {
    started_school
    grep -v ';103;' "$BATS_TEST_TMPDIR/47.csv" >"$BATS_TEST_TMPDIR/two.csv"
    try pd import "$BATS_TEST_TMPDIR/two.csv"
    same "$status" 1
    has "$problems" '103'
    has_not "$problems" 'Белова'
    same "$(marks_of 101 | grep Рус)" "Русский язык 5"
}

@test "of several files a refused one keeps none of the others out" {
    started_school
    printf '%s\n2026-11-16;%s;1;Математика;;;;;;7;;\n' "$HEAD" "$ANNA" >"$BATS_TEST_TMPDIR/bad.csv"
    try pd import "$BATS_TEST_TMPDIR/bad.csv" "$BATS_TEST_TMPDIR/47.csv"
    same "$status" 3
    has "$problems" 'bad\.csv:2:'
    same "$(marks_of 101 | grep Рус)" "Русский язык 5"
}

@test "rejects = skip puts bad rows aside, counts them, and says that a person is needed" {
    new_school
    settings "rejects = skip"
    { week47; echo "2026-11-20;$ANNA;5;Музыка;;;;;;9;;"; echo "2026-11-20;$ANNA;6;Музыка;;;;;;5;ж;"; } >"$BATS_TEST_TMPDIR/f.csv"
    try pd import "$BATS_TEST_TMPDIR/f.csv"
    same "$status" 1
    has "$problems" 'f\.csv:14:[0-9]+: '
    has "$problems" 'f\.csv:15:[0-9]+: '
    has "$output$problems" '\b2\b'
    same "$(marks_of 101 | grep Рус)" "Русский язык 5"
    same "$(marks_of 101 | grep Муз || true)" ""
}

@test "rejects = skip: what a row put aside may have said is not withdrawn, and no sheet tells it so" {
    started_school
    settings "rejects = skip"
    must import "$BATS_TEST_TMPDIR/47.csv"
    must weekly --week 2026-W47
    changes() { of_pupil "$1" '[.changes[] | .kind + " " + (.was // "") + " " + (.now // "")] | join(", ")' --week 2026-W48 | tr -d '"'; }
    # Anna's mark of the 20th became a 9, her row of the 16th has a date that is none; Boris's mark of the 20th is gone.
    sed -e "/2026-11-20;$ANNA/s/;5;;/;9;;/" -e "s/^2026-11-16;$ANNA/2026-11-36;$ANNA/" -e "/2026-11-20;$BORIS/s/;4;;/;;;/" \
        "$BATS_TEST_TMPDIR/47.csv" >"$BATS_TEST_TMPDIR/bad.csv"
    try pd import "$BATS_TEST_TMPDIR/bad.csv"
    same "$status" 1
    has "$output" '0 added, 0 corrected, 1 withdrawn'
    same "$(marks_of 101 | sort)" "Коми язык 5 4
Математика 4
Русский язык 5"
    same "$(changes 101)" ""
    same "$(changes 102)" "withdrawn 4 "
    sed "/2026-11-20;$ANNA/s/;5;;/;3;;/" "$BATS_TEST_TMPDIR/47.csv" >"$BATS_TEST_TMPDIR/good.csv"
    must import "$BATS_TEST_TMPDIR/good.csv"
    same "$(changes 101)" "corrected 5 3"
}

@test "a class without marks takes topics, attendance and comments" {
    new_school
    cat >"$BATS_TEST_TMPDIR/f.csv" <<CSV
$HEAD
2026-11-16;1А;;;1;Обучение грамоте;;Буквы С, с;;;;;;
2026-11-16;1А;201;Ванюшина Алла Олеговна;1;Обучение грамоте;;;;;;;;Читает плавно.
2026-11-17;1А;201;Ванюшина Алла Олеговна;1;Обучение грамоте;;;;;;;б;
CSV
    must import "$BATS_TEST_TMPDIR/f.csv"
    same "$(of_pupil 201 '[.subjects[] | .marks, .mean] | flatten | map(select(. != null))')" '[]'
    same "$(of_pupil 201 .attendance.week.ill)" 1
    sed '2s/;;;;;;$/;с. 12;;;;;/' "$BATS_TEST_TMPDIR/f.csv" >"$BATS_TEST_TMPDIR/homework.csv"
    try pd import "$BATS_TEST_TMPDIR/homework.csv"
    case $status in 0 | 1) ;; *) fail "homework in grade 1 is a warning, not exit $status" ;; esac
    has "$problems" 'homework\.csv'
}

@test "all the other tables are taken in, and twice is once" {
    started_school
    cat >"$BATS_TEST_TMPDIR/finals.csv" <<'CSV'
pupil_id;pupil;class;subject;period;mark;decided
101;Азарова Анна Ильинична;3А;Математика;1;5;2026-11-20
CSV
    cat >"$BATS_TEST_TMPDIR/timetable.csv" <<'CSV'
class;weekday;lesson;subject;room;starts
3А;1;1;Математика;14;08:30
CSV
    cat >"$BATS_TEST_TMPDIR/announcements.csv" <<'CSV'
from;until;class;pupil_id;text
2026-11-16;2026-11-25;3А;;25 ноября, 18:00. Родительское собрание.
CSV
    cat >"$BATS_TEST_TMPDIR/achievements.csv" <<'CSV'
Код ученика;Дата;Достижение;Результат
101;14.11.2026;Олимпиада «Русский медвежонок»;2-е место
CSV
    cat >"$BATS_TEST_TMPDIR/visits.csv" <<'CSV'
pupil_id;last_visit
103;2026-11-19
CSV
    for name in finals timetable announcements achievements visits; do
        try pd import "$BATS_TEST_TMPDIR/$name.csv"
        same "$status" 0
        try pd import "$BATS_TEST_TMPDIR/$name.csv"
        same "$status" 0
    done
}

@test "an import that is killed has happened whole or not at all" {
    new_school
    awk -v head="$HEAD" 'BEGIN {
        print head
        for (day = 2; day <= 30; day++)
            for (pupil = 1; pupil <= 400; pupil++)
                printf "2026-09-%02d;3А;%d;Ученик Имя%d;%d;Математика;;;;;;%d;;\n", day, 1000 + pupil, pupil, 1 + day % 5, 2 + (day + pupil) % 4
    }' >"$BATS_TEST_TMPDIR/big.csv"
    marks() { pd --json summary --week 2026-W40 | jq '[.[].subjects[].marks[]] | length'; }
    for pause in 0.002 0.006 0.012 0.02 0.03 0.045 0.06 0.08; do
        env -i PATH=/usr/bin:/bin "$PROGRAM" --school "$SCHOOL" --today 2026-11-21 import "$BATS_TEST_TMPDIR/big.csv" >/dev/null 2>&1 &
        job=$!
        sleep $pause
        kill -9 $job 2>/dev/null || true
        wait $job 2>/dev/null || true
        got=$(marks)
        case $got in 0 | 11600) ;; *) fail "$got marks after being killed at $pause s" ;; esac
    done
    must import "$BATS_TEST_TMPDIR/big.csv"
    same "$(marks)" 11600
}

@test "a full disk is exit 4 and the last state stays" {
    started_school
    before=$(state)
    big_export 400 >"$BATS_TEST_TMPDIR/big.csv"
    size=$(($(stat -c %s "$SCHOOL/paperdiary.db") / 1024 + 64))
    full() { (
        trap '' XFSZ
        ulimit -f $size
        exec env -i PATH=/usr/bin:/bin "$PROGRAM" --lang en --school "$SCHOOL" --today 2026-11-21 import "$BATS_TEST_TMPDIR/big.csv"
    ) 3>&-; }
    try full
    same "$status" 4
    [ -n "$problems" ]
    same "$(state)" "$before"
    must import "$BATS_TEST_TMPDIR/big.csv"
}

# wide_rows NUMBER: rows of 3 KB, of which a reader keeps next to nothing.
wide_rows() {
    local topic
    topic=$(head -c 3000 /dev/zero | tr '\0' x)
    yes "2026-11-16;$ANNA;1;Математика;;$topic;;;;5;;" | head -n "$1"
}

@test "an export of 100 MB is imported where there is memory for half of it" {
    plain_program "a sanitizer reserves more"
    new_school
    { echo "$HEAD"; wide_rows 33000; } >"$BATS_TEST_TMPDIR/wide.csv"
    little() { (
        ulimit -v 50000
        pd "$@"
    ); }
    for command in check import; do
        try little $command "$BATS_TEST_TMPDIR/wide.csv"
        same "$status" 0
        has "$output" '33,?000 rows'
    done
}

@test "a file that grows while it is read is refused, and nothing of it is stored" {
    started_school
    row="2026-11-16;$ANNA;1;Математика;;;;;;5;;"
    { week47; wide_rows 3000; } >"$BATS_TEST_TMPDIR/grows.csv"
    while :; do echo "$row"; done >>"$BATS_TEST_TMPDIR/grows.csv" 3>&- &
    writer=$!
    for ((i = 0, status = 0; i < 30 && status == 0; i++)); do
        before=$(state)
        try pd import "$BATS_TEST_TMPDIR/grows.csv"
    done
    kill $writer
    wait $writer || true
    same "$status" 3
    has "$problems" 'grows\.csv: the file was changed while it was read: try again when it is complete'
    same "$(wc -l <<<"$problems")" 2
    same "$(state)" "$before"
}

@test "an export may come through a pipe" {
    started_school
    try pd import /dev/stdin < <(cat "$BATS_TEST_TMPDIR/47.csv")
    same "$status" 0
    same "$(marks_of 101 | grep Рус)" "Русский язык 5"
}

@test "two imports at once: both happen, or one says that the store is busy" {
    started_school
    week47 >"$BATS_TEST_TMPDIR/a.csv"
    week46 | sed 's/;5;;$/;4;;/' >"$BATS_TEST_TMPDIR/b.csv"
    env -i PATH=/usr/bin:/bin "$PROGRAM" --school "$SCHOOL" --today 2026-11-21 import "$BATS_TEST_TMPDIR/a.csv" >/dev/null 2>&1 &
    a=$!
    env -i PATH=/usr/bin:/bin "$PROGRAM" --school "$SCHOOL" --today 2026-11-21 import "$BATS_TEST_TMPDIR/b.csv" >/dev/null 2>&1 &
    b=$!
    first=0
    wait $a || first=$?
    second=0
    wait $b || second=$?
    case $first$second in 00 | 04 | 40) ;; *) fail "exits $first and $second" ;; esac
    if [ $first = 0 ]; then same "$(marks_of 101 | grep Рус)" "Русский язык 5"; fi
    if [ $second = 0 ]; then same "$(marks_of 101 2026-W46 | grep Мат)" "Математика 4 4"; fi
}

@test "a report of one pupil withdraws nothing of the others of the class" {
    SCHOOL=$BATS_TEST_TMPDIR/school TODAY=2027-01-20
    specimen=$ROOT/tests/data/intake/report.csv
    others() {
        pd --json summary --week 2026-12-01 |
            jq -c '[.[] | select(.pupil != "Иванова Анна") | [.pupil_id, [.subjects[] | {subject, marks, mean}]]]'
    }
    must init "$SCHOOL"
    printf '[year]\nkind = quarters\n' >"$SCHOOL/school.ini"
    must import "$specimen"
    before=$(others)
    awk '/^"Учебный год/ && ++n > 1 { exit } { print }' "$specimen" | sed 's/Попов Пётр/Иванова Анна/' >"$BATS_TEST_TMPDIR/one.csv"
    try pd import "$BATS_TEST_TMPDIR/one.csv"
    same "$status" 0
    has "$output" ' 0 withdrawn'
    same "$(pd pupils | wc -l)" 3
    same "$(others)" "$before"
}

@test "a report with another period for each pupil withdraws of each in his own days only" {
    SCHOOL=$BATS_TEST_TMPDIR/school TODAY=2027-01-20
    specimen=$ROOT/tests/data/intake/report.csv
    algebra() { pd --json summary --week 2026-12-01 | jq -c '.[] | select(.pupil == "Рочева Анна") | [.subjects[] | select(.subject == "Алгебра") | .marks[].value]'; }
    must init "$SCHOOL"
    printf '[year]\nkind = quarters\n' >"$SCHOOL/school.ini"
    must import "$specimen"
    same "$(algebra)" '["5","4"]'
    awk '/^"Период/ && ++n == 2 { sub(/с 24.11.26 по 15.01.27/, "с 1.12.26 по 3.12.26") }
        /^;1;4;/ { sub(/4/, "2") }
        /^"Алгебра";"5";"4"/ { $0 = "\"Алгебра\";\"3\";;3,00;0,00;\"3\";;;;;;;" } { print }' "$specimen" >"$BATS_TEST_TMPDIR/days.csv"
    try pd import "$BATS_TEST_TMPDIR/days.csv"
    same "$status" 0
    has "$output" ' 0 withdrawn'
    same "$(algebra)" '["3","4"]'
}

@test "a report in which a pupil's table is empty withdraws what he had in its days, and of the others nothing" {
    SCHOOL=$BATS_TEST_TMPDIR/school TODAY=2027-01-20
    specimen=$ROOT/tests/data/intake/report.csv
    has_marks() { pd --json summary --week 2026-12-01 | jq --arg name "$1" 'any(.[]; .pupil == $name and any(.subjects[]; .marks != []))'; }
    must init "$SCHOOL"
    printf '[year]\nkind = quarters\n' >"$SCHOOL/school.ini"
    must import "$specimen"
    same "$(has_marks 'Рочева Анна')" true
    awk '/^"Ученик: Рочева/ { of = 1 } of && /^"Алгебра/ { $0 = "\"Алгебра\";;;0,00;0,00;;;;;;;;" } { print }' "$specimen" >"$BATS_TEST_TMPDIR/empty.csv"
    try pd import "$BATS_TEST_TMPDIR/empty.csv"
    same "$status" 0
    has "$output" ' 2 withdrawn'
    has_not "$problems" 'is not in this file'
    same "$(has_marks 'Рочева Анна')" false
    same "$(has_marks 'Попов Пётр')" true
}
