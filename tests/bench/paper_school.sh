#!/usr/bin/env bash
# paper_school.sh FOLDER CLASSES WEEKS PROGRAM [YEAR LOWEST]: a school folder of CLASSES × 25 pupils, all on paper: WEEKS weeks of
# the year, all but the last imported, the one before issued, the last in the inbox. FOLDER.today: the day to run it.
set -eu
cd "$(dirname "$0")"
school=$1 classes=$2 weeks=$3 program=$4
shift 4
[ -d "$school" ] || "$program" init "$school"
python3 school.py "$weeks" "$classes" "$school.csv" "$@"
friday=$(tail -n 1 "$school.csv" | cut -d';' -f1)
monday=$(date -d "$friday - 4 days" +%F)
awk -F';' -v m="$monday" 'NR == 1 || $1 < m' "$school.csv" >"$school.before.csv"
awk -F';' -v m="$monday" 'NR == 1 || $1 >= m' "$school.csv" >"$school.week.csv"
{ echo 'Код ученика;Ученик;Класс;Бумага с;Доставка'
  cut -d';' -f2,3,4 "$school.week.csv" | sort -u | grep -v '^Класс' | awk -F';' '{ print $2 ";" $3 ";" $1 ";2020-09-01;hand" }'
} >"$school.pupils.csv"
"$program" --school "$school" --today "$(date -d "$friday - 6 days" +%F)" import "$school.before.csv" "$school.pupils.csv"
"$program" --school "$school" --today "$(date -d "$friday - 6 days" +%F)" weekly
cp "$school.week.csv" "$school/inbox/week.csv"
date -d "$friday + 1 day" +%F >"$school.today"
