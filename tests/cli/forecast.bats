#!/usr/bin/env bats
# `forecast` and the forecast of `summary` and `weekly`: регламент 2.7.
load helper

GATE=$BATS_TEST_DIRNAME/../pdf/gate.sh

two_weeks() {
    started_school
    must import "$BATS_TEST_TMPDIR/47.csv"
}

forecast_of() {
    of_pupil "$1" ".subjects[] | select(.subject == \"$2\") | .forecast$3" --week "${4:-2026-W47}"
}

finals() {
    cat <<'CSV'
pupil_id;pupil;class;subject;period;mark;decided
101;Азарова Анна Ильинична;3А;Математика;1;4;2026-11-27
101;Азарова Анна Ильинична;3А;Русский язык;1;5;2026-11-27
102;Белов Борис Петрович;3А;математика;1;3;2026-11-27
CSV
}

@test "регламент 2.7: summary has term and year, each with chances that add up to one" {
    two_weeks
    same "$(forecast_of 101 Математика ' | keys | join(" ")')" '"term year"'
    same "$(forecast_of 101 Математика '.term | keys | join(" ")')" '"done mark p"'
    for side in term year; do
        same "$(forecast_of 101 Математика ".$side.p | keys | join(\" \")")" '"2 3 4 5"'
        same "$(forecast_of 101 Математика ".$side.p | add | . > 0.999 and . < 1.001")" true
        same "$(forecast_of 101 Математика ".$side.mark | test(\"^[2-5](-[2-5])?$\")")" true
    done
    same "$(forecast_of 101 Математика '.term.done')" 0.91
    same "$(forecast_of 101 Математика '.term.p | .["5"] + .["4"] > 0.5')" true
    same "$(forecast_of 102 Математика '.term.p | .["2"] + .["3"] > 0.5')" true
}

@test "without a mark there is no forecast, and absence does not lower one" {
    two_weeks
    same "$(forecast_of 102 'Коми язык')" null
    before=$(forecast_of 101 Математика)
    sed 's/^\(2026-11-16;3А;103;.*\);;Старалась.$/\1/; s/^2026-11-20;3А;102;Белов Борис Петрович;1;Русский язык;Н. П. Осипова;;;;;4;;$/&\n2026-11-19;3А;101;Азарова Анна Ильинична;3;Музыка;;;;;;;н;/' "$BATS_TEST_TMPDIR/47.csv" >"$BATS_TEST_TMPDIR/47b.csv"
    must import "$BATS_TEST_TMPDIR/47b.csv"
    same "$(of_pupil 101 '.attendance.week.unexcused' --week 2026-W47)" 1
    same "$(forecast_of 101 Математика)" "$before"
}

@test "регламент 2.7: the weekly sheet says the forecast, what changes it, and who decides" {
    two_weeks
    must weekly --week 2026-W47
    text=$(flat_text "$SCHOOL/out/2026-W47/3А/01-Азарова-Анна.pdf")
    for words in 'Успеваемость и прогноз' 'Вероятность' 'Прогноз года' 'Что изменит итог' 'пропуски уроков его не снижают' 'выставляет учитель'; do
        has "$text" "$words"
    done
    has_not "$text" '10 из 10'
}

@test "a sheet printed again says what it said, whatever has come since" {
    two_weeks
    must weekly --week 2026-W47
    cp "$SCHOOL/out/2026-W47/3А/01-Азарова-Анна.pdf" "$BATS_TEST_TMPDIR/first.pdf"
    finals >"$BATS_TEST_TMPDIR/finals.csv"
    TODAY=2026-11-28 must import "$BATS_TEST_TMPDIR/finals.csv"
    rm "$SCHOOL/out/2026-W47/3А/01-Азарова-Анна.pdf"
    TODAY=2026-11-28 must weekly --week 2026-W47
    cmp "$BATS_TEST_TMPDIR/first.pdf" "$SCHOOL/out/2026-W47/3А/01-Азарова-Анна.pdf"
}

@test "the table names pupils at the edge of a mark first" {
    SCHOOL=$BATS_TEST_TMPDIR/demo
    env -i PATH=/usr/bin:/bin "$PROGRAM" --lang en demo "$SCHOOL" >/dev/null
    try pd forecast --class 3А
    same "$status" 0
    same "$problems" ""
    has "$output" '^3А  2026-W47  term 1, 93 % of its lessons gone'
    has_not "$output" '^2Б'
    has_not "$output" '10/10| 0/10'
    edges=$(pd --json forecast --class 3А | jq -c '[.[].edges]')
    same "$(jq -c 'sort | reverse' <<<"$edges")" "$edges"
    same "$(jq -c '.[0] > 0' <<<"$edges")" true
    first=$(pd --json forecast --class 3А | jq -r '.[0].pupil')
    has "$(sed -n 2p <<<"$output")" "$first"
    same "$(pd --json forecast --pupil 1042 --pupil 1043 | jq -c '[.[].pupil_id] | sort')" '["1042","1043"]'
    same "$(pd --json forecast --class 1А)" '[]'
}

@test "advice is never more than still fits" {
    SCHOOL=$BATS_TEST_TMPDIR/demo
    env -i PATH=/usr/bin:/bin "$PROGRAM" --lang en demo "$SCHOOL" >/dev/null
    for week in 2026-W44 2026-W47; do
        same "$(pd --json forecast --week $week | jq '[.[].subjects[].advice | select(.kind == "reach").count] | max // 0 | . <= 14')" true
    done
    same "$(pd --json forecast --week 2026-W47 | jq '[.[].subjects[].advice | select(.kind == "reach").count] | max // 0 | . <= 3')" true
}

@test "--pdf makes a sheet for each pupil and bundles, and issues nothing" {
    two_weeks
    try pd forecast --pdf
    same "$status" 0
    has "$output" '3 sheets of the forecast\. To print: .*/2026-W47/forecast/print\.pdf'
    same "$(cd "$SCHOOL/out/2026-W47" && find . -type f | LC_ALL=C sort)" "./forecast/3А.pdf
./forecast/3А/Азарова-Анна-101.pdf
./forecast/3А/Белов-Борис-102.pdf
./forecast/3А/Белова-Вера-103.pdf
./forecast/print.pdf"
    "$GATE" "$SCHOOL"/out/2026-W47/forecast/*.pdf "$SCHOOL"/out/2026-W47/forecast/3А/*.pdf
    same "$(pd --json register)" '[]'
    text=$(flat_text "$SCHOOL/out/2026-W47/forecast/3А/Азарова-Анна-101.pdf")
    for words in 'Прогноз успеваемости' 'Средний балл по неделям' 'Вероятность итога по неделям' 'из 10' 'выставляет учитель'; do
        has "$text" "$words"
    done
    has_not "$text" 'Белов|образец'
    must forecast --pdf --pupil 103
    same "$(pdfinfo "$SCHOOL/out/2026-W47/forecast/print.pdf" | awk '/^Pages:/ { print $2 }')" 2
}

@test "--review holds what sheets forecast against the finals that came" {
    two_weeks
    must weekly --week 2026-W47
    try pd forecast --review
    same "$status" 0
    has "$output" 'No final has come yet'
    has_not "$(pd status)" 'Forecasts on the sheets'
    same "$(pd --json status | jq '.review')" null
    finals >"$BATS_TEST_TMPDIR/finals.csv"
    TODAY=2026-11-28 must import "$BATS_TEST_TMPDIR/finals.csv"
    try pd forecast --review
    has "$output" '^3 forecasts of issued sheets whose finals have come'
    has "$output" '3А +[0-9]+ of [0-9]+ marks that were said came'
    review=$(pd --json forecast --review)
    same "$(jq '.forecasts' <<<"$review")" 3
    same "$(jq '[.tenths[].stated] | add' <<<"$review")" 12
    same "$(jq '[.tenths[].came] | add' <<<"$review")" 3
    same "$(jq -c '[.classes[].name]' <<<"$review")" '["3А"]'
    same "$(pd --json forecast --review --class 3А | jq -c '[.subjects[].name] | sort')" '["Математика","Русский язык"]'
    try pd status
    has "$output" '^Forecasts on the sheets: 3 whose finals have come; of [0-9]+ marks that were said [0-9]+ came'
    has "$output" '^  0– 10 % .* [0-9]+ / [0-9]+$'
    same "$(pd --json status | jq '.review.forecasts')" 3
    same "$(pd --json status | jq -c '.review | [.tenths, .said, .right, .error]')" "$(jq -c '[.tenths, .said, .right, .error]' <<<"$review")"
}

@test "wrong words" {
    two_weeks
    try pd forecast --pdf --review
    same "$status" 2
    try pd forecast --review --week 2026-W47
    same "$status" 2
    try pd forecast --pupil nobody
    same "$status" 2
}

# rounding_school FROM [FOLDER]: the first term of a school whose teachers round up from .FROM, its finals, and eleven weeks of the
# second term. The pupil 1001 stands there at 4.45 in mathematics.
rounding_school() {
    new_school ${2:+"$2"}
    awk -v head="$HEAD" -v from="$1" -v folder="$BATS_TEST_TMPDIR" '
        function roll() { seed = (seed * 1103515245 + 12345) % 2147483648; return int(seed / 65536) }
        BEGIN {
            split("Математика Музыка Чтение Физкультура", subjects, " ")
            split("2026-12-01 2026-12-08 2026-12-15 2026-12-22 2027-01-12 2027-01-19 2027-01-26 2027-02-02 2027-02-09 2027-02-16 2027-02-22", days, " ")
            term = folder "/term1.csv"; finals = folder "/finals1.csv"; next_term = folder "/term2.csv"
            print head > term; print head > next_term
            print "pupil_id;pupil;class;subject;period;mark;decided" > finals
            for (p = 0; p < 120; p++) {
                who = (p < 60 ? "3А;" : "3Б;") 1001 + p ";Ученик Имя" p
                for (s = 1; s <= 4; s++) {
                    sum = 0; level = 2 + roll() % 8
                    for (i = 0; i < 9; i++) {
                        mark = 3 + (roll() % 9 < level) + (roll() % 9 < level)
                        sum += mark
                        printf "2026-%02d-%02d;%s;%d;%s;;;;;;%d;;\n", i < 5 ? 9 : 10, 7 * (i % 5) + 2, who, s, subjects[s], mark > term
                    }
                    split(who, part, ";")
                    printf "%s;%s;%s;%s;1;%d;2026-11-28\n", part[2], part[3], part[1], subjects[s], int(sum / 9 + 1 - from) > finals
                }
                for (i = 0; i < 11; i++)
                    printf("%s;%s;1;Математика;;;;;;%d;;\n", days[i + 1], who, p > 0 ? 3 + roll() % 3 : i < 5 ? 5 : 4) > next_term
            }
        }'
    TODAY=2026-10-31 must import "$BATS_TEST_TMPDIR/term1.csv"
    TODAY=2027-02-27 must import "$BATS_TEST_TMPDIR/term2.csv"
}

@test "регламент 2.7: the forecast learns from finished terms how the school rounds" {
    rounding_school 0.40
    chance() { forecast_of 1001 Математика '.term.p["5"]' 2027-W08; }
    same "$(chance | jq '. < 0.3')" true
    TODAY=2027-02-27 must import "$BATS_TEST_TMPDIR/finals1.csv"
    same "$(chance | jq '. > 0.9')" true
    TODAY=2027-02-27 must --json forecast --week 2027-W08 --pupil 1001
    same "$(jq -c '.[0].subjects[] | select(.subject == "Математика").forecast.term.mark' "$BATS_TEST_TMPDIR/must.out")" '"5"'
    rounding_school 0.50 "$BATS_TEST_TMPDIR/other"
    TODAY=2027-02-27 must import "$BATS_TEST_TMPDIR/finals1.csv"
    same "$(chance | jq '. < 0.1')" true
}

@test "a sheet says what its import had taught, whatever finals come later" {
    rounding_school 0.40
    export TODAY=2027-02-27
    must import "$BATS_TEST_TMPDIR/finals1.csv"
    must opt-out 1001 --from 2027-02-01 --delivery hand
    must weekly --week 2027-W08
    sheet="$SCHOOL/out/$(pd --json register | jq -r '.[0].file')"
    cp "$sheet" "$BATS_TEST_TMPDIR/first.pdf"
    before=$(forecast_of 1001 Математика '' 2027-W08)
    TODAY=2027-03-02
    awk -F';' -v OFS=';' 'NR > 1 { $6 = $6 > 3 ? $6 - 1 : $6 } { print }' "$BATS_TEST_TMPDIR/finals1.csv" >"$BATS_TEST_TMPDIR/later.csv"
    sed 's/;1;\([2-5]\);2026-11-28/;2;\1;2027-02-28/' "$BATS_TEST_TMPDIR/finals1.csv" | tail -n +2 >>"$BATS_TEST_TMPDIR/later.csv"
    must import "$BATS_TEST_TMPDIR/later.csv" --accept-withdrawals
    [ "$(forecast_of 1001 Математика '' 2027-W08)" != "$before" ]
    rm "$sheet"
    try pd --json reprint 2027-W08-3А-01
    same "$status" 0
    same "$(jq -c '.sheets[0] | [.state, .matches]' <<<"$output")" '["restored",true]'
    cmp "$sheet" "$BATS_TEST_TMPDIR/first.pdf"
}
