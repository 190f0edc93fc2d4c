#!/usr/bin/env bash
# district.sh [SCHOOLS CLASSES STEP]: what a district's week costs, by its size: 1, 2, 4 … SCHOOLS (8) of CLASSES (8) × 25 pupils,
# each size STEP (2) times the one before, all on paper, through examples/district/. Linear: cpu s a school stays as it is.
set -eu
cd "$(dirname "$0")/../.."
command -v parallel >/dev/null || { echo "district: skipped, GNU parallel is not installed"; exit 0; }
most=${1:-8} classes=${2:-8} step=${3:-2}
program=$PWD/${B:-build}/paperdiary
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tests/bench/paper_school.sh "$work/school" "$classes" 4 "$program" >"$work/log"
today=$(cat "$work/school.today")
rm -r "$work/school/out" # sheets of the week before
echo "a district's week: schools of $((classes * 25)) pupils on $(nproc) cores, all on paper"
printf '  %7s %8s %12s %12s %14s %10s\n' schools pupils 'seconds' 'cpu seconds' 'cpu s a school' 'largest MB'
for ((n = 1; n <= most; n = n * step > most && n < most ? most : n * step)); do
    mkdir "$work/district"
    for ((i = 1; i <= n; i++)); do cp -a "$work/school" "$work/district/$i"; done
    begun=$(date +%s.%N)
    read -r cpu megabytes <<<"$(PAPERDIARY="$program --today $today" python3 tests/bench/measure.py \
        examples/district/district.sh "$work/district")"
    awk -v n="$n" -v p=$((n * classes * 25)) -v w="$(awk -v a="$begun" -v b="$(date +%s.%N)" 'BEGIN { print b - a }')" \
        -v c="$cpu" -v m="$megabytes" 'BEGIN { printf "  %7d %8d %12.1f %12.1f %14.2f %10.1f\n", n, p, w, c, c / n, m }'
    rm -rf "$work/district"
done
