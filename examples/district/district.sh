#!/bin/bash
# district.sh FOLDER [OPTION…]: «paperdiary run» for every school below FOLDER, as many at once as there are cores.
# OPTIONs are GNU parallel's: -j 4, -S box1,box2, --dry-run. A school that fails keeps no other one from its sheets; the
# closing lines name schools by their folders. PAPERDIARY: the program, where it is not in PATH, with its own options.
# Exit status: 0 all done; 1 some need a person; else the highest of a school that failed.
set -u
PATH=$PATH:/usr/local/bin # cron's has only /usr/bin and /bin
if [ $# = 0 ] || [ ! -d "$1" ]; then
    echo "district.sh ПАПКА [ключи parallel]: «paperdiary run» во всех школах этой папки" >&2
    exit 2
fi
folder=$1
shift
schools=$(mktemp) && log=$(mktemp) || exit 4
trap 'rm -f "$schools" "$log"' EXIT
find "$folder" -mindepth 2 -maxdepth 2 -name school.ini -printf '%h\n' | LC_ALL=C sort >"$schools"
if [ ! -s "$schools" ]; then
    echo "в папке $folder нет ни одной школы: ищутся $folder/*/school.ini" >&2
    exit 3
fi

# shellcheck disable=SC2086 # the program may come with options
parallel --will-cite --joblog "$log" --tagstring '{/}' "$@" ${PAPERDIARY:-paperdiary} --school {} -q run <"$schools" ||
    true # the log says more

# The log's columns: Seq Host Starttime JobRuntime Send Receive Exitval Signal Command. Seq is the school's line.
awk -F '\t' -v all="$(wc -l <"$schools")" '
    FNR == NR { n = split($0, part, "/"); name[FNR] = part[n]; next }
    FNR > 1 {
        status = $8 != 0 ? 128 + $8 : $7
        seen[$1] = 1; seconds += $4
        if (status == 0) done++
        else if (status == 1) { attention++; who = who " " name[$1] }
        else { failed++; whose = whose " " name[$1] " (" status ")"; worst = status > worst ? status : worst }
    }
    END {
        for (i = 1; i <= all; i++)
            if (!(i in seen)) { failed++; whose = whose " " name[i] " (не начата)"; worst = worst > 4 ? worst : 4 }
        printf "школ: %d; готово: %d; работа всех: %.0f с\n", all, done + attention, seconds
        if (attention) printf "нужен человек: %d –%s\n", attention, who
        if (failed) printf "не сделано: %d –%s\n", failed, whose
        exit worst ? worst : attention ? 1 : 0
    }' "$schools" "$log"
