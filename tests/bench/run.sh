#!/usr/bin/env bash
# run.sh [CLASSES]: a week of a school of CLASSES (40) × 25 pupils, all on paper, from the export to all files: where the time
# goes (on one core: on more, a stage's time holds what its threads wait for each other); the same in a store that holds
# three years before; memory from a tenth of the school to the school and ten times it.
set -eu
cd "$(dirname "$0")/../.."
classes=${1:-40} weeks=11
program=$PWD/${B:-build}/paperdiary
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
accept() { # as measure, of a command that may say that something needs a person
    # shellcheck disable=SC2016
    python3 tests/bench/measure.py sh -c '"$@" || [ $? = 1 ]' sh "$@"
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

tests/bench/paper_school.sh "$work/school" "$classes" "$weeks" "$program" 2026 5 >"$work/log"
today=$(cat "$work/school.today")
rows=$(($(wc -l <"$work/school.week.csv") - 1))
cp -a "$work/school" "$work/fresh"
sync
taskset -c 0 "$program" --school "$work/school" --today "$today" --lang en -v run >"$work/said" 2>"$work/times" || [ $? = 1 ]
echo "run: $rows rows of a week, $((classes * 25)) pupils on paper, week $weeks of the year, one core"
sed -n 's/^time, ms: //p' "$work/times" | tr ',' '\n' | awk '
    NR == 1 { all = $1; next }
    { printf "  %-12s %7d ms %6.1f %%\n", $1, $2, 100 * $2 / all; if ($1 != "press" && $2 > all / 10) over = over " " $1 }
    END { printf "  %-12s %7d ms\n", "all", all; if (over != "") print "  above a tenth:" over }'

# Three years before: the same children, their marks and (by SQL: making them would take an hour) their sheets.
mkdir "$work/three"
"$program" init "$work/three" >>"$work/log"
for year in 2023 2024 2025; do
    python3 tests/bench/school.py 34 "$classes" "$work/year.csv" "$year" $((year - 2021))
    "$program" --school "$work/three" --today $((year + 1))-06-01 -q import "$work/year.csv"
done
sqlite3 "$work/three/paperdiary.db" <tests/bench/years.sql
tests/bench/paper_school.sh "$work/three" "$classes" "$weeks" "$program" 2026 5 >>"$work/log"
echo "the same week on a store of $(($(stat -c %s "$work/three/paperdiary.db") >> 20)) MB that holds three years before (processor seconds)"
printf '  %-34s %8s %12s %8s\n' '' 'one year' 'three more' ratio
pair() { # NAME, then the command with SCHOOL for the folder: three times each in turn, the least of them
    local name=$1 least_fresh=999 least_three=999 seconds
    shift
    for _ in 1 2 3; do
        for kind in fresh three; do
            rm -rf "$work/copy"
            cp -a "$work/$kind" "$work/copy"
            read -r seconds _ <<<"$(accept "${@//SCHOOL/$work/copy}")"
            local -n least=least_$kind
            least=$(awk -v a="$least" -v b="$seconds" 'BEGIN { print a < b ? a : b }')
        done
    done
    printf '  %-34s %8.2f %12.2f %8s\n' "$name" "$least_fresh" "$least_three" "$(ratio "$least_three" "$least_fresh")"
}
pair 'import of the week' "$program" --school SCHOOL --today "$today" import "$work/school.week.csv"
pair 'run of the week' "$program" --school SCHOOL --today "$today" run
pair 'status' "$program" --school SCHOOL --today "$today" status
rm -rf "$work/three" "$work/fresh" "$work/copy"

echo "memory by the size of the school, MB"
printf '  %-34s' pupils
for part in 1 10 100; do printf ' %9d' $((classes * 5 * part / 2)); done
echo
for part in 1 10 100; do
    count=$(((classes * part + 9) / 10))
    "$program" init "$work/of-$part" >>"$work/log"
    python3 tests/bench/school.py 1 "$count" "$work/$part.csv"
    { echo 'Код ученика;Ученик;Класс;Бумага с;Доставка'
      cut -d';' -f2,3,4 "$work/$part.csv" | sort -u | grep -v '^Класс' | awk -F';' '{ print $2 ";" $3 ";" $1 ";2026-09-01;hand" }'
    } >"$work/pupils.csv"
    "$program" --school "$work/of-$part" --today 2026-09-12 -q import "$work/pupils.csv"
done
for command in import status summary '--json summary' weekly; do
    printf '  %-34s' "$command"
    for part in 1 10 100; do
        file=
        [ "$command" != import ] || file=$work/$part.csv
        # shellcheck disable=SC2086 # an option and a command; a file or none
        read -r _ megabytes <<<"$(accept "$program" --school "$work/of-$part" --today 2026-09-12 $command $file)"
        printf ' %9.1f' "$megabytes"
    done
    echo
done
