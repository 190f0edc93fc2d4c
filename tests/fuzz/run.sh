#!/usr/bin/env bash
# tests/fuzz/run.sh SECONDS [NAME…]: each fuzz program (make fuzz) for so long, seeded from tests/fuzz/corpus, the specimens
# in tests/data, the shipped settings, and the real files where they are there. Fails on the first finding, which stays in $B/fuzzing/found.
# With ENGINE=afl the same under AFL++ (make fuzz-afl); a run that takes 20 seconds is a finding too. Afterwards libFuzzer
# keeps of the corpus, which both share, what reaches something of its own.
set -eu
cd "$(dirname "$0")/../.."
B=${B:-build}
ENGINE=${ENGINE:-libfuzzer}
seconds=${1:?seconds for each program}
shift
real=${PAPERDIARY_REAL:-../shared/real}
found=$B/fuzzing/found
hang=20
mkdir -p "$found"

# tests/fuzz/corpus (choose.py says how it was made) reaches over the specimens 4 % more branches in the whole chain, 6 % in
# reports, 14 % in school.ini and gradebooks, 15 % in profiles, 17 % in tables of finals, 19 % in layouts.
seed() { # NAME CORPUS
    cp --backup=numbered tests/fuzz/corpus/"${1#fuzz_}"/* "$2"
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

words() { # NAME: prints its dictionary, of settings their sections and keys
    case $1 in
    fuzz_school | fuzz_layout | fuzz_profile)
        sed -nE 's/^;? ?(\[[a-z ]+\]|[a-z_.]+ *=).*/"\1"/p' examples/school/school.ini layouts/*.ini data/profiles/*.ini \
            tests/data/settings/*.ini | sort -u
        ;;
    *) cat tests/fuzz/intake.dict ;;
    esac
}

run_libfuzzer() { # NAME CORPUS
    "$B/fuzzing/fuzz/$1" -max_total_time="$seconds" -max_len=65536 -timeout=$hang -rss_limit_mb=2048 -dict="$2.dict" \
        -artifact_prefix="$found/$1-" -print_final_stats=1 "$2" >"$2.log" 2>&1 || { tail -n 40 "$2.log"; return 1; }
    runs=$(grep -o 'number_of_executed_units: .*' "$2.log" | tr -dc 0-9)
}

run_afl() { # NAME CORPUS
    local out=$B/afl/out/$1 one
    rm -rf "$out"
    mkdir -p "$out"
    AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_AFFINITY=1 AFL_HANG_TMOUT=$((hang * 1000)) \
        afl-fuzz -i "$2" -o "$out" -x "$2.dict" -G 65536 -t 5000 -V "$seconds" -- "$B/afl/fuzz/$1" \
        >"$2.log" 2>&1 || { tail -n 40 "$2.log"; return 1; }
    runs=$(sed -n 's/^execs_done *: //p' "$out/default/fuzzer_stats")
    for one in "$out"/default/crashes/id* "$out"/default/hangs/id*; do
        [ ! -e "$one" ] || { cp "$one" "$found/$1-afl-$(basename "$one" | tr -c 'A-Za-z0-9\n' -)"; }
    done
    if compgen -G "$found/$1-afl-*" >/dev/null; then
        ls "$found/$1"-afl-*
        return 1
    fi
    find "$out/default/queue" -maxdepth 1 -type f -exec cp {} "$2" \;
}

minimise() { # NAME CORPUS
    rm -rf "$2.least"
    mkdir "$2.least"
    "$B/fuzzing/fuzz/$1" -merge=1 -max_len=65536 -timeout=$hang "$2.least" "$2" >"$2.merge.log" 2>&1 ||
        { tail -n 40 "$2.merge.log"; return 1; }
    rm -rf "$2"
    mv "$2.least" "$2"
}

for program in "$B"/fuzzing/fuzz/fuzz_*; do
    case $program in *.d) continue ;; esac
    name=${program##*/}
    [ $# = 0 ] || [[ " $* " == *" $name "* ]] || continue
    corpus=$B/fuzzing/corpus/$name
    mkdir -p "$corpus"
    seed "$name" "$corpus"
    words "$name" >"$corpus.dict"
    "run_$ENGINE" "$name" "$corpus"
    minimise "$name" "$corpus"
    echo "$name: $runs runs in $seconds s, nothing found; $(find "$corpus" -type f | wc -l) inputs kept"
done
