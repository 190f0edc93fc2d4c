#!/bin/bash
# A whole school year of classes 2 to 4 of a real school, as weekly exports, through import and weekly, week by week.
# Odd weeks export the week alone, with some marks not yet entered and some entered wrong; even weeks export the
# term so far, right and whole. Each week what `summary --json` says is compared with a recount of the source in awk:
# every mark and absence of the term, and every change since the last sheet.
. "$(dirname "$0")/common.sh"
SOURCE=$REAL/dnevnik/marks.csv.gz
YEAR=${PAPERDIARY_REAL_YEAR:-2018}
[ -f "$SOURCE" ] || skip "$SOURCE is not there; PAPERDIARY_REAL names the folder"

SCHOOL=$WORK/school
pd() { env -i PATH=/usr/bin:/bin "$PROGRAM" --lang en --school "$SCHOOL" --today "$today" "$@"; }

# From «pupil,class,year,periods,period,subject,teacher,date,mark,absent» to «monday;term;date;class;pupil;subject;
# teacher;mark;absent», sorted by day. Of a pupil who moved, rows of the old class after the move are left out.
zcat "$SOURCE" | awk -F, -v year="$YEAR" -v OFS=';' '
    function days(text,    y, m, d) {
        y = substr(text, 1, 4) + 0; m = substr(text, 6, 2) + 0; d = substr(text, 9, 2) + 0
        if (m < 3) { y--; m += 12 }
        return 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * (m - 3) + 2) / 5) + d - 719469
    }
    $3 == year && $2 + 0 >= 2 && $2 + 0 <= 4 {
        day = days($8); monday = day - (day + 3) % 7
        month = substr($8, 6, 2) + 0
        term = month >= 9 && month <= 10 ? 1 : month >= 11 ? 2 : month <= 3 ? 3 : 4
        print monday, term, $8, $2, $1, $6, $7, $9, $10
    }' | sort -t';' -k3,3 -k4,4 -k5,5n -s >"$WORK/all"
awk -F';' '{ k = $5 SUBSEP $4; if (!(k in first)) first[k] = $3; row[NR] = $0 }
    END { for (i = 1; i <= NR; i++) { split(row[i], f, ";"); stay = 1
        for (k in first) { split(k, p, SUBSEP)
            if (p[1] == f[5] && p[2] != f[4] && first[k] > first[f[5] SUBSEP f[4]] && f[3] >= first[k]) stay = 0 }
        if (stay) print row[i]; else left++ }
    if (left) print left " rows of a class after the move to another are left out" >"/dev/stderr" }' "$WORK/all" >"$WORK/rows"

mapfile -t mondays < <(cut -d';' -f1 "$WORK/rows" | sort -un)
date_of() { date -u -d "@$(($1 * 86400))" +%F; }

roster() { # the class of each pupil as of this week's end
    awk -F';' -v monday="$1" '!($5 in form) || $1 <= monday { form[$5] = $4 }
        END { print "pupil_id;pupil;class;enrolled;consent;paper_from"
              for (p in form) print p ";Ученик " p ";" form[p] ";'"$YEAR-09-01;$YEAR-09-01;$YEAR-09-01"'" }' "$WORK/rows" |
        { read -r head; echo "$head"; sort -n; }
}

# state FLAWED MONDAY TERM: what the source says of the term by this week's end, rows of the week itself flawed or not.
state() {
    awk -F';' -v OFS=';' -v flawed="$1" -v monday="$2" -v term="$3" '
        $2 == term && $1 <= monday {
            if (flawed && $1 == monday) {
                if (NR % 23 == 0) next
                if (NR % 41 == 0 && $8 != "") $8 = $8 == 5 ? 4 : 5
            }
            print $3, $4, $5, $6, $7, $8, $9, $1
        }' "$WORK/rows"
}

# export_of FILE FROM-MONDAY: the native export of a state file, its weeks from FROM on.
export_of() {
    echo 'date;class;pupil_id;subject;teacher;mark;attendance'
    awk -F';' -v from="$2" -v OFS=';' '$8 >= from { print $1, $2, $3, $4, $5, $6, $7 == 1 ? "н" : "" }' "$1"
}

# Marks as «pupil;subject;date;value», and absences as «pupil count».
marks_of_state() { awk -F';' -v OFS=';' '$6 != "" { print $3, $4, $1, $6 }' "$1" | LC_ALL=C sort; }
marks_of_summary() { jq -r '.[] | .pupil_id as $p | .subjects[] | .subject as $s | .marks[] | "\($p);\($s);\(.date);\(.value)"' "$1" | LC_ALL=C sort; }
missed_of_state() { awk -F';' '$7 == 1 { n[$3]++ } END { for (p in n) print p, n[p] }' "$1" | LC_ALL=C sort; }
missed_of_summary() { jq -r '.[] | select(.attendance.term.unexcused > 0) | "\(.pupil_id) \(.attendance.term.unexcused)"' "$1" | LC_ALL=C sort; }

# Changes between two states of days up to the sheet before: «pupil;subject;date;what;kind count».
changes_of_states() {
    awk -F';' -v monday="$3" '
        $8 >= monday { next }
        {
            sign = FNR == NR ? -1 : 1
            if ($6 != "") { k = $3 ";" $4 ";" $1 ";mark"; keys[k]; n[k, $6] += sign; values[$6] }
            if ($7 == 1) { k = $3 ";" $4 ";" $1 ";attendance"; keys[k]; n[k, "н"] += sign; values["н"] }
        }
        END {
            for (k in keys) {
                lost = gained = 0
                for (v in values) { if (n[k, v] > 0) gained += n[k, v]; if (n[k, v] < 0) lost -= n[k, v] }
                both = lost < gained ? lost : gained
                if (both) print k ";corrected " both
                if (gained > both) print k ";added " gained - both
                if (lost > both) print k ";withdrawn " lost - both
            }
        }' "$1" "$2" | LC_ALL=C sort
}
changes_of_summary() {
    jq -r '.[] | .pupil_id as $p | .changes[] | "\($p);\(.subject);\(.date);\(.what);\(.kind)"' "$1" |
        LC_ALL=C sort | uniq -c | awk '{ n = $1; sub(/^ *[0-9]+ /, ""); print $0, n }' | LC_ALL=C sort
}

today=$YEAR-09-01
expect "init" 0 pd init "$SCHOOL"
cat >"$SCHOOL/school.ini" <<'INI'
[school]
name = Школа № 1
days = 6
[year]
kind = quarters
INI
: >"$WORK/told"
told_term=0 sheets=0 number=0 changes=0
for index in "${!mondays[@]}"; do
    monday=${mondays[$index]} next=${mondays[$((index + 1))]:-}
    number=$((number + 1))
    term=$(awk -F';' -v m="$monday" '$1 == m { t = $2 } END { print t }' "$WORK/rows")
    next_term=$(awk -F';' -v m="${next:-0}" '$1 == m { t = $2; exit } END { print t + 0 }' "$WORK/rows")
    today=$(date_of $((monday + 5))) week=$(date -u -d "@$((monday * 86400))" +%G-W%V)
    flawed=0
    [ $((number % 2)) = 1 ] && [ "$next_term" = "$term" ] && flawed=1
    roster "$monday" >"$WORK/pupils.csv"
    if ! cmp -s "$WORK/pupils.csv" "$WORK/roster"; then
        cp "$WORK/pupils.csv" "$WORK/roster"
        expect "$week: roster" "0 1" pd import "$WORK/pupils.csv"
    fi
    state $flawed "$monday" "$term" >"$WORK/state"
    if [ $flawed = 1 ]; then export_of "$WORK/state" "$monday" >"$WORK/$week.csv"; else export_of "$WORK/state" 0 >"$WORK/$week.csv"; fi
    expect "$week: import" "0 1" pd import "$WORK/$week.csv"

    pd --json summary --week "$week" >"$WORK/summary" 2>"$WORK/err" || bad "$week: summary"
    same "$week: marks of the term" "$(marks_of_summary "$WORK/summary")" "$(marks_of_state "$WORK/state")"
    same "$week: absences of the term" "$(missed_of_summary "$WORK/summary")" "$(missed_of_state "$WORK/state")"
    [ "$told_term" = "$term" ] || : >"$WORK/told"
    if [ $number -gt 1 ]; then
        changes_of_states "$WORK/told" "$WORK/state" "$monday" >"$WORK/changes"
        same "$week: changes since the last sheet" "$(changes_of_summary "$WORK/summary")" "$(cat "$WORK/changes")"
        changes=$((changes + $(wc -l <"$WORK/changes")))
    fi

    expect "$week: weekly" 0 pd --json weekly --week "$week"
    issued=$(jq -r .issued "$WORK/out" 2>/dev/null)
    same "$week: a sheet for each pupil" "$issued" "$(jq '[.[] | select(.paper)] | length' "$WORK/summary")"
    sheets=$((sheets + ${issued:-0}))
    cp "$WORK/state" "$WORK/told"
    told_term=$term
    if [ $((number % 7)) = 3 ]; then
        expect "$week: import again" "0 1" pd import "$WORK/$week.csv"
        pd --json summary --week "$week" >"$WORK/again" 2>/dev/null
        same "$week: an import again changes nothing" "$(cat "$WORK/again")" "$(cat "$WORK/summary")"
        mapfile -t sample < <(find "$SCHOOL/out/$week" -path '*/*/*' -name '*.pdf' | sort | awk 'NR % 12 == 5')
        expect "$week: gate on ${#sample[@]} sheets" 0 "$GATE" "${sample[@]}"
        [ "$failed" = 0 ] || cat "$WORK/err"
    fi
done
expect "the last week's print file stands the gate" 0 "$GATE" "$SCHOOL/out/$week/print.pdf"
same "the register has every sheet" "$(pd --json register | jq length)" "$sheets"
same "no number twice" "$(pd --json register | jq -r '.[].number' | sort | uniq -d)" ""
same "late and wrong marks were told in between" "$((changes > 500))" 1
printf 'dnevnik.sh: %d weeks, %d rows, %d sheets, %d changes told\n' "$number" "$(wc -l <"$WORK/rows")" "$sheets" "$changes"
finish
