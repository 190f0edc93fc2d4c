#!/usr/bin/env bats
# `demo`: the made-up school of examples/school, four weeks of it, and sheets that stand the gate.
load helper

setup_file() {
    export DEMO=$BATS_FILE_TMPDIR/demo
    env -i PATH=/usr/bin:/bin "$PROGRAM" --lang en demo "$DEMO" >"$BATS_FILE_TMPDIR/out" 2>"$BATS_FILE_TMPDIR/err"
    echo $? >"$BATS_FILE_TMPDIR/status"
}

setup() {
    SCHOOL=$DEMO
}

GATE=$BATS_TEST_DIRNAME/../pdf/gate.sh

@test "demo ends well and says where the sheets are" {
    cat "$BATS_FILE_TMPDIR/err"
    same "$(cat "$BATS_FILE_TMPDIR/status")" 0
    has "$(cat "$BATS_FILE_TMPDIR/out")" "$DEMO"
}

@test "four weeks, three classes, one sheet for each family on paper" {
    same "$(cd "$DEMO/out" && echo 2026-W*)" "2026-W44 2026-W45 2026-W46 2026-W47"
    same "$(cd "$DEMO/out/2026-W47" && echo ?А ?Б)" "1А 3А 2Б"
    for week in 2026-W44 2026-W45 2026-W46 2026-W47; do
        same "$(pd --json register --week $week | jq -r '.[].pupil_id' | sort | uniq -d)" ""
        [ -s "$DEMO/out/$week/print.pdf" ]
    done
    same "$(pd --json register --week 2026-W45 | jq -c '[.[] | select(.pupil_id == "1108" or .pupil_id == "1044").pupil_id]')" '["1108"]'
    same "$(pd --json register --week 2026-W47 | jq -c '[.[] | select(.pupil_id == "1108" or .pupil_id == "1044").pupil_id]')" '["1044"]'
    same "$(pd --json register --week 2026-W47 | jq -r '[.[] | select(.class == "3А")] | length')" 5
}

@test "every PDF of the demo stands the gate" {
    find "$DEMO/out" -name '*.pdf' -print0 | sort -z | xargs -0 "$GATE"
}

@test "Вокуева Дарья: the week of 16 to 21 November with what changed before it" {
    same "$(of_pupil 1042 '[.changes[] | [.date, .lesson, .subject, .was, .now, .kind, .what]]' --week 2026-W47)" \
        '[["2026-11-12",1,"Русский язык","3","4","corrected","mark"],["2026-11-13",3,"Математика",null,"5","added","mark"]]'
    same "$(of_pupil 1042 '[.subjects[] | {(.subject): .mean}] | add | [.["Русский язык"], .["Литературное чтение"], .["Математика"], .["Окружающий мир"], .["Английский язык"], .["Коми язык"], .["Музыка"], .["Изобразительное искусство"], .["Технология"], .["Физическая культура"]]' --week 2026-W47)" \
        '[4.05,4.83,4.08,4.75,4.4,3.75,5,4.5,5,4.75]'
    same "$(of_pupil 1042 '.attendance | [.week.ill, .term.ill, .term.late, .term.unexcused]' --week 2026-W47)" '[5,6,1,0]'
    text=$(flat_text "$DEMO"/out/2026-W47/3А/*-Вокуева-Дарья.pdf)
    for words in 'Вокуева Дарья Ивановна' 'Состав слова' 'Счёт: ӧтик, кык, куим' 'Отличный проект' 'Родительское собрание' 'Русский медвежонок' 'Н. П. Осипова' 'В. А. Рочева' '16–21 ноября 2026'; do
        has "$text" "$words"
    done
}

@test "the class without marks has a calm sheet: no mark, no mean, no forecast" {
    same "$(pd --json summary --week 2026-W47 --class 1А | jq -c '[.[].subjects[] | .mean, .forecast, (.marks | length)] | unique')" '[null,0]'
    text=$(flat_text "$DEMO"/out/2026-W47/1А/*-Есев-Макар.pdf)
    has "$text" 'Обучение грамоте'
    has_not "$text" '[Сс]редний балл|[Пп]рогноз|[Оо]тметк'
}

@test "corrections told in the demo: a flu certificate, a mark of the wrong girl, a late dictation" {
    same "$(of_pupil 1103 '[.changes[] | select(.what == "attendance" and .was == "unexcused" and .now == "ill")] | length' --week 2026-W47)" 17
    same "$(of_pupil 1040 '[.changes[] | [.date, .kind, .was, .now]]' --week 2026-W46)" '[["2026-10-20","withdrawn","3",null]]'
    same "$(of_pupil 1046 '[.changes[] | select(.date == "2026-10-20") | [.kind, .now]]' --week 2026-W46)" '[["added","3"]]'
    has "$(flat_text "$DEMO"/out/2026-W45/2Б/*-Безносиков-Артём.pdf)" '30 октября, Русский язык: добавлена отметка 2'
    same "$(of_pupil 1101 '[.changes[] | select(.date == "2026-10-30") | [.kind, .was, .now]]' --week 2026-W46)" '[["corrected","2","3"]]'
}

@test "регламент 2.8: the finals of the term come on its last day of school and are told at once" {
    same "$(pd --json register --term 1 | jq -c '[.[] | .issued[:10]] | [unique, length]')" '[["2026-11-27"],10]'
    text=$(flat_text "$DEMO"/out/2026-T1/3А/*-Вокуева-Дарья.pdf)
    for words in 'Итоги 1-го триместра' 'Русский язык 4 4 3 4 5 4 4 4 4 4 4,05 1 из 58 4' 'по болезни 6' 'Русский медвежонок'; do
        has "$text" "$words"
    done
    [ -s "$DEMO/out/2026-T1/print.pdf" ]
    same "$(TODAY=2026-11-28 pd --json forecast --review | jq '.forecasts > 300')" true
}

@test "регламент 3.1: slips come back, but for one family's" {
    same "$(TODAY=2026-11-28 pd --json status | jq -c '[.duties[] | select(.duty == "slips") | .pupils[].pupil_id] | sort')" '["1046","1109"]'
    same "$(TODAY=2026-11-28 pd --json status | jq .overdue)" 0
}

@test "no pupil's data on another's sheet (1.3)" {
    pd --json register | jq -r '.[] | "\(.pupil)\t\(.file)"' >"$BATS_TEST_TMPDIR/rows"
    surnames=$(cut -f1 "$BATS_TEST_TMPDIR/rows" | awk '{ print $1 " " $2 }' | sort -u)
    while IFS=$'\t' read -r pupil file; do
        text=$(text_of "$DEMO/out/$file")
        own=$(awk '{ print $1 " " $2 }' <<<"$pupil")
        while read -r other; do
            [ "$other" = "$own" ] || has_not "$text" "$other"
        done <<<"$surnames"
    done <"$BATS_TEST_TMPDIR/rows"
}

@test "a second demo gives the same bytes" {
    env -i PATH=/usr/bin:/bin "$PROGRAM" --lang ru demo "$BATS_TEST_TMPDIR/again" >/dev/null
    diff -r "$DEMO/out" "$BATS_TEST_TMPDIR/again/out"
}

@test "demo does not touch a school that is there" {
    try pd demo "$DEMO"
    same "$status" 2
}

@test "demo answers with --json: the folder, what was imported and what was issued" {
    try env -i PATH=/usr/bin:/bin "$PROGRAM" --lang en --json demo "$BATS_TEST_TMPDIR/again"
    same "$status" 0
    same "$(jq -r .school <<<"$output")" "$BATS_TEST_TMPDIR/again"
    same "$(jq -c '[.issued[].period]' <<<"$output")" '["2026-W44","2026-W45","2026-W46","2026-W47","2026-T1"]'
    same "$(jq '[.imports[].ok] | all' <<<"$output")" true
    same "$(jq '[.issued[].issued] | add' <<<"$output")" "$(find "$BATS_TEST_TMPDIR/again/out" -mindepth 3 -name '*.pdf' | wc -l)"
}
