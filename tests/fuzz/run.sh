#!/usr/bin/env bash
# tests/fuzz/run.sh SECONDS [NAME…]: each fuzz program (make fuzz) for so long, seeded from the specimens in tests/data,
# the shipped settings, and the real files where they are there. Fails on the first finding, which stays in $B/fuzzing/found.
set -eu
cd "$(dirname "$0")/../.."
B=${B:-build}
seconds=${1:?seconds for each program}
shift
real=${PAPERDIARY_REAL:-../shared/real}
found=$B/fuzzing/found
mkdir -p "$found"

seed() { # NAME CORPUS
    case $1 in
    fuzz_school) cp --backup=numbered examples/school/school.ini tests/data/settings/*.ini "$2" ;;
    fuzz_layout) cp --backup=numbered layouts/*.ini tests/data/settings/*.ini "$2" ;;
    fuzz_profile) cp --backup=numbered data/profiles/*.ini tests/data/settings/*.ini "$2" ;;
    *)
        # fuzz_chain: two exports in one input, a NUL between them
        { cat tests/data/intake/pupils.csv; printf '\0'; cat tests/data/intake/gradebook.csv; } >"$2/pupils-and-gradebook"
        find tests/data/intake examples/school/exports -type f -size -64k -exec cp {} "$2" \;
        [ ! -d "$real/netschool" ] || cp "$real"/netschool/* "$2"
        ;;
    esac
}

for program in "$B"/fuzzing/fuzz/fuzz_*; do
    case $program in *.d) continue ;; esac
    name=${program##*/}
    [ $# = 0 ] || [[ " $* " == *" $name "* ]] || continue
    corpus=$B/fuzzing/corpus/$name
    mkdir -p "$corpus"
    seed "$name" "$corpus"
    "$program" -max_total_time="$seconds" -max_len=65536 -timeout=20 -rss_limit_mb=2048 -artifact_prefix="$found/$name-" \
        -print_final_stats=1 "$corpus" >"$corpus.log" 2>&1 || { tail -n 40 "$corpus.log"; exit 1; }
    echo "$name: $(grep -o 'number_of_executed_units: .*' "$corpus.log" | tr -dc 0-9) runs in $seconds s, nothing found"
done
