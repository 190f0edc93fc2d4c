#!/bin/bash
# The reports of «Сетевой город. Образование» as they are, in both encodings: the same numbers from either, the
# means that the cells give and the report prints, and sheets of every pupil that stand the gate.
. "$(dirname "$0")/common.sh"
REPORTS=$REAL/netschool
[ -d "$REPORTS" ] || skip "$REPORTS is not there; PAPERDIARY_REAL names the folder"

pd() { env -i PATH=/usr/bin:/bin "$PROGRAM" --lang en --school "$SCHOOL" --today "$today" "$@"; }

# Means counted anew from the cells: «pupil;subject;mean». The report's own column is looked at too: «own» on stderr where
# it says the same, «other» where not (it counts a 0 as a mark, and one mean has a mark more than its cells).
means_of_report() {
    awk -F';' '
        { gsub(/"/, "") }
        /Ученик: / { pupil = $1; sub(/.*Ученик: /, "", pupil); next }
        /^Предмет;/ { column = 0; for (i = NF; i > 1; i--) if ($i ~ /^Средняя оценка/) column = i; next }
        /^;/ || column == 0 || NF < column { next }
        {
            sum = n = 0
            for (i = 2; i < column; i++) {
                cell = $i
                while (match(cell, /[2-5]/)) { sum += substr(cell, RSTART, 1); n++; cell = substr(cell, RSTART + 1) }
            }
            if (n == 0) next
            mean = int(sum * 100 / n + .5) / 100
            printf "%s;%s;%.2f\n", pupil, $1, mean
            own = $column; sub(",", ".", own)
            print (own + 0 == mean ? "own" : "other") >"/dev/stderr"
        }' "$1" | LC_ALL=C sort
}
means_of_summary() {
    jq -r '.[] | .pupil as $p | .subjects[] | select(.mean != null) | "\($p);\(.subject);\(.mean)"' "$1" |
        LC_ALL=C awk -F';' '{ printf "%s;%s;%.2f\n", $1, $2, $3 }' | LC_ALL=C sort
}

# report NAME DAY WEEK PUPILS
report() {
    local name=$1 week=$3 pupils=$4 encoding
    today=$2
    for encoding in utf8 cp1251; do
        SCHOOL=$WORK/$name-$encoding
        expect "$name $encoding: init" 0 pd init "$SCHOOL"
        printf '[school]\nname = Школа № 1\n[year]\nkind = quarters\nterm4 = 24.03-31.05\nterm3 = 08.01-23.03\n' >"$SCHOOL/school.ini"
        expect "$name $encoding: check" "0 1" pd check "$REPORTS/${name}_$encoding.csv"
        expect "$name $encoding: import" "0 1" pd import "$REPORTS/${name}_$encoding.csv"
        pd --json summary --week "$week" >"$WORK/$name-$encoding.json" 2>"$WORK/err" || bad "$name $encoding: summary"
        expect "$name $encoding: import again" "0 1" pd import "$REPORTS/${name}_$encoding.csv"
        pd --json summary --week "$week" >"$WORK/again.json" 2>/dev/null
        same "$name $encoding: again changes nothing" "$(cat "$WORK/again.json")" "$(cat "$WORK/$name-$encoding.json")"
    done
    same "$name: both encodings say the same" "$(cat "$WORK/$name-cp1251.json")" "$(cat "$WORK/$name-utf8.json")"
    same "$name: pupils" "$(jq length "$WORK/$name-utf8.json")" "$pupils"
    means_of_report "$REPORTS/${name}_utf8.csv" >"$WORK/means" 2>"$WORK/own"
    same "$name: the means are those of the cells" "$(means_of_summary "$WORK/$name-utf8.json")" "$(cat "$WORK/means")"
    same "$name: nearly all are those that the report prints" \
        "$(awk '{ n[$1]++ } END { print (n["own"] > 0 && n["own"] >= 40 * n["other"]) }' "$WORK/own")" 1
    same "$name: some marks stand in week $week" \
        "$(jq '[.[].subjects[].marks[] | select(.this_week)] | length > 0' "$WORK/$name-utf8.json")" true
    jq -r '.[].pupil_id' "$WORK/$name-utf8.json" >"$WORK/ids"
    while read -r id; do
        expect "$name: $id on paper" 0 pd opt-out "$id" --from "$today" --delivery hand
    done <"$WORK/ids"
    expect "$name: weekly" 0 pd --json weekly --week "$week"
    same "$name: a sheet for each pupil" "$(jq .issued "$WORK/out")" "$pupils"
    expect "$name: gate" 0 "$GATE" "$SCHOOL/out/$week"/*/*.pdf "$SCHOOL/out/$week/print.pdf"
    [ ! -s "$WORK/err" ] || cat "$WORK/err"
}

report report2021 2021-10-30 2021-W43 1
report studenttotal 2025-05-24 2025-W21 14

# Finals of the same pupils come from the «Табель», in both encodings.
for encoding in utf8 cp1251; do
    expect "tabel $encoding: import" "0 1" pd import "$REPORTS/tabel_$encoding.csv"
done
expect "tabel: summary after it" 0 pd --json summary --week 2025-W21
finish
