#!/usr/bin/env bats
# `remind`: the class teacher is told who does not visit the electronic diary, and reminds (2.10.2).
load helper

GATE=$BATS_TEST_DIRNAME/../pdf/gate.sh

setup() {
    started_school
    { roster; printf '%s\n' '104;Громов Глеб Ильич;3А;2026-09-01;2026-09-01;;;;' '105;Дуркин Денис Олегович;3А;2026-09-01;2026-09-01;;;;' '201;Есева Ева Олеговна;3Б;2026-09-01;2026-09-01;;;;'; } >"$BATS_TEST_TMPDIR/more.csv"
    printf 'pupil_id;last_visit\n101;2026-10-01\n103;2026-11-06\n104;\n105;2026-11-20\n201;2026-11-08\n' >"$BATS_TEST_TMPDIR/visits.csv"
    must import "$BATS_TEST_TMPDIR/more.csv" "$BATS_TEST_TMPDIR/visits.csv"
}

families() {
    pd --json remind "$@" | jq -c '[.classes[] | [.class, [.families[].pupil_id]]]'
}

@test "регламент 2.10.2: those with electronic access who did not look, by class" {
    try pd remind
    same "$status" 0
    has "$output" '^3А'
    has "$output" '103 +Белова Вера Петровна +last visit 2026-11-06, 15 days ago'
    has "$output" '104 +Громов Глеб Ильич +never looked'
    has_not "$output" 'Азаров|Дуркин|Есева'
    same "$(families)" '[["3А",["103","104"]],["3Б",[]]]'
    same "$(families --days 13)" '[["3А",["103","104"]],["3Б",["201"]]]'
    same "$(families --class 3Б --days 13)" '[["3Б",["201"]]]'
}

@test "регламент 2.10.2: the days are those of school.ini; who left is not reminded" {
    settings '[remind]' 'days = 16'
    same "$(families --class 3А)" '[["3А",["104"]]]'
    must leave 104 --on 2026-11-20 --ground transfer
    same "$(families --class 3А)" '[["3А",[]]]'
}

@test "регламент 2.10.2: slips to hand out, with the last visit and who helps" {
    settings '[school]' 'name = МАОУ «Прогимназия № 81»' '[classes]' 'teachers = 3А Н. П. Осипова'
    try pd remind --pdf
    same "$status" 0
    has "$output" 'out/remind-2026-11-21/3А\.pdf'
    same "$(cd "$SCHOOL/out/remind-2026-11-21" && find . -type f)" "./3А.pdf"
    "$GATE" "$SCHOOL/out/remind-2026-11-21/3А.pdf"
    text=$(flat_text "$SCHOOL/out/remind-2026-11-21/3А.pdf")
    for words in 'Прогимназия № 81' 'Белова Вера Петровна, 3 «А»' '6 ноября 2026' 'Громов Глеб Ильич' 'ещё не заходили' 'Н. П. Осипова' 'на бумаге'; do
        has "$text" "$words"
    done
    has_not "$text" 'Дуркин|Азаров|Есева'
    same "$(stat -c %a "$SCHOOL/out/remind-2026-11-21/3А.pdf")" 600
    settings '[remind]' 'help = кабинет 12, телефон 21-00-00'
    must remind --pdf
    has "$(flat_text "$SCHOOL/out/remind-2026-11-21/3А.pdf")" 'Вам помогут: кабинет 12, телефон 21-00-00'
}

@test "регламент 2.10.2: on a page before the slips the class teacher's list to work through, with those of whom nothing is known" {
    printf '%s\n' 'pupil_id;pupil;class' '106;Ёлкин Егор Ильич;3А' '301;Жуков Ждан Ильич;4А' >"$BATS_TEST_TMPDIR/new.csv"
    pd -q import "$BATS_TEST_TMPDIR/new.csv" 2>/dev/null || [ $? = 1 ]
    settings '[classes]' 'teachers = 3А Н. П. Осипова'
    try pd remind --pdf
    has "$output" '106 +Ёлкин Егор Ильич +not in the visits export'
    has "$output" '^2 families did not look for 14 days or more'
    has "$output" '^Of 2 more families'
    has_not "$output" 'Жуков' # of a class that no visits export knows nobody is named
    same "$(pd --json remind | jq -c '[.unknown, [.classes[] | [.class, [.unknown[].pupil_id]]]]')" '[2,[["3А",["106"]],["3Б",[]],["4А",[]]]]'
    file=$SCHOOL/out/remind-2026-11-21/3А.pdf
    list=$(flat_text -f 1 -l 1 "$file")
    for words in 'Кому напомнить об электронном дневнике: 3 «А»' 'Н. П. Осипова' 'Белова Вера Петровна 6 ноября 2026 15' 'Громов Глеб Ильич ещё не заходили' 'Ёлкин Егор Ильич в выгрузке нет'; do
        has "$list" "$words"
    done
    has_not "$list" 'Родителям|Дуркин'
    has_not "$(flat_text -f 2 "$file")" 'Ёлкин'
    has "$(pd remind --days 1)" 'did not look for 1 day or more'
}

@test "many slips: five a page, none broken" {
    { echo 'pupil_id;pupil;class'; for i in $(seq 301 317); do echo "$i;Ученик$i Имя Отчество;4А"; done; } >"$BATS_TEST_TMPDIR/many.csv"
    { echo 'pupil_id;last_visit'; for i in $(seq 301 317); do echo "$i;"; done; } >"$BATS_TEST_TMPDIR/v.csv"
    must import "$BATS_TEST_TMPDIR/many.csv" "$BATS_TEST_TMPDIR/v.csv"
    must remind --class 4А --pdf
    file=$SCHOOL/out/remind-2026-11-21/4А.pdf
    same "$(pdfinfo "$file" | awk '/^Pages/ { print $2 }')" 5 # the list, and four of slips
    for page in 2 3 4 5; do
        same "$(text_of -f $page -l $page "$file" | grep -c 'Родителям:')" "$(text_of -f $page -l $page "$file" | grep -c 'По данным на')"
    done
    "$GATE" "$file"
}

@test "without a visits export, or with an old one, it says so" {
    TODAY=2026-11-30 try pd remind
    same "$status" 1
    has "$problems" '2026-11-21'
    try pd remind --days 0
    same "$status" 2
    new_school "$BATS_TEST_TMPDIR/new"
    try pd remind
    same "$status" 3
    has "$problems" 'visits'
}
