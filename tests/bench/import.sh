#!/usr/bin/env bash
# Import and issue against a plain baseline in the same run: sqlite3's own .import of the same file into one table.
set -eu
cd "$(dirname "$0")/../.."
B=${B:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
program=$PWD/$B/paperdiary
measure() { python3 tests/bench/measure.py "$@"; }
rate() { awk -v n="$1" -v s="$2" 'BEGIN { printf "%.0f", n / s }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

python3 tests/bench/school.py 10 40 "$work/gradebook.csv"
rows=$(($(wc -l <"$work/gradebook.csv") - 1))
"$program" init "$work/school" >"$work/log"
run() { measure "$program" --school "$work/school" --today 2026-11-20 "$@"; }

read -r plain _ <<<"$(measure sqlite3 "$work/plain.db" '.mode csv' '.separator ;' ".import $work/gradebook.csv plain")"
read -r fresh memory <<<"$(run import "$work/gradebook.csv")"
read -r again _ <<<"$(run import "$work/gradebook.csv")"
echo "import of $rows rows, 1,000 pupils (processor seconds)"
printf '  %-34s %8s %12s %8s\n' '' seconds rows/s 'to plain'
printf '  %-34s %8s %12s %8s\n' 'plain: sqlite3 .import' "$plain" "$(rate "$rows" "$plain")" 1
printf '  %-34s %8s %12s %8s\n' 'into a fresh store' "$fresh" "$(rate "$rows" "$fresh")" "$(ratio "$fresh" "$plain")"
printf '  %-34s %8s %12s %8s\n' 'the same file again' "$again" "$(rate "$rows" "$again")" "$(ratio "$again" "$plain")"
echo "  memory of the import: $memory MB"

echo "weekly sheets: time and memory by number of sheets"
for classes in 4 16 40; do
    school=$work/paper-$classes
    "$program" init "$school" >"$work/log"
    python3 tests/bench/school.py 4 "$classes" "$work/part.csv"
    "$program" --school "$school" --today 2026-10-03 -q import "$work/part.csv"
    { echo 'Код ученика;Ученик;Класс;Бумага с;Доставка'
      cut -d';' -f2,3,4 "$work/part.csv" | sort -u | grep -v '^Класс' | awk -F';' '{print $2 ";" $3 ";" $1 ";2026-09-01;hand"}'
    } >"$work/pupils.csv"
    "$program" --school "$school" --today 2026-10-03 -q import "$work/pupils.csv"
    read -r seconds megabytes <<<"$(measure "$program" --school "$school" --today 2026-10-03 weekly)"
    printf '  %5d sheets: %6.2f s, %5.2f ms a sheet (own file, class bundle, print file), %6.1f MB\n' \
        $((classes * 25)) "$seconds" "$(awk -v s="$seconds" -v n=$((classes * 25)) 'BEGIN { print s * 1000 / n }')" "$megabytes"
done
