# What all command-line tests share. The program is used as a person uses it: by its name, on files, by its exit status.
# shellcheck shell=bash disable=SC2034

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
PROGRAM=${PAPERDIARY:-${B:-build}/paperdiary}
case $PROGRAM in
/*) ;;
*) PROGRAM=$ROOT/$PROGRAM ;;
esac

# Skips a test that preloads a library, or leaves little memory: not with sanitizers, nor under valgrind.
plain_program() {
    ! grep -Eq '__asan_init|valgrind' "$PROGRAM" || skip "$1"
}

# English messages in a bare environment, on the Saturday of week 47, in the test's own school.
pd() {
    env -i PATH=/usr/bin:/bin "$PROGRAM" --lang en --today "${TODAY:-2026-11-21}" --school "$SCHOOL" "$@"
}

# As pd, but fails loudly: for the steps that only lead to what a test is about.
must() {
    local status=0
    pd "$@" >"$BATS_TEST_TMPDIR/must.out" 2>"$BATS_TEST_TMPDIR/must.err" || status=$?
    if [ "$status" != 0 ]; then
        printf 'exit %s from: paperdiary %s\n' "$status" "$*"
        cat "$BATS_TEST_TMPDIR/must.out" "$BATS_TEST_TMPDIR/must.err"
        return 1
    fi
}

# Runs, keeps $status, $output (stdout) and $problems (stderr).
try() {
    status=0
    "$@" >"$BATS_TEST_TMPDIR/try.out" 2>"$BATS_TEST_TMPDIR/try.err" || status=$?
    output=$(cat "$BATS_TEST_TMPDIR/try.out")
    problems=$(cat "$BATS_TEST_TMPDIR/try.err")
    printf -- '--- %s\nexit %s\nstdout:\n%s\nstderr:\n%s\n' "$*" "$status" "$output" "$problems"
}

fail() {
    printf '%s\n' "$*"
    return 1
}

# has TEXT PATTERN: a Perl expression, Unicode, within one line. (C.UTF-8 knows no ranges of Cyrillic letters in -E.)
has() {
    LC_ALL=C.UTF-8 grep -Pq -e "$2" <<<"$1" || fail "not found: $2"
}

has_not() {
    local found=0
    LC_ALL=C.UTF-8 grep -Pq -e "$2" <<<"$1" || found=$?
    [ "$found" = 1 ] || fail "should not be there: $2"
}

same() {
    [ "$1" = "$2" ] || fail "expected «$2», got «$1»"
}

# A new school folder in $SCHOOL with three pupils of 3А: 101 and 102 on paper, 103 electronic.
new_school() {
    SCHOOL=${1:-$BATS_TEST_TMPDIR/school}
    must init "$SCHOOL"
}

HEAD='date;class;pupil_id;pupil;lesson;subject;teacher;topic;homework;work;weight;mark;attendance;comment'
ANNA='3А;101;Азарова Анна Ильинична'
BORIS='3А;102;Белов Борис Петрович'
VERA='3А;103;Белова Вера Петровна'

roster() {
    cat <<'CSV'
pupil_id;pupil;class;enrolled;consent;paper_from;delivery;recipient;copies
101;Азарова Анна Ильинична;3А;2026-09-01;2026-09-01;2026-09-01;hand;Азарова Ольга Игоревна;
102;Белов Борис Петрович;3А;2026-09-01;2026-09-01;2026-09-01;office;Белова Инна Львовна;2
103;Белова Вера Петровна;3А;2026-09-01;2026-09-01;;;;
CSV
}

# Two plain weeks: 46 (9 to 13 November) and 47 (16 to 20 November).
week46() {
    cat <<CSV
$HEAD
2026-11-09;3А;;;1;Математика;Н. П. Осипова;Таблица умножения на 6;с. 50 № 1;;;;;
2026-11-09;$ANNA;1;Математика;Н. П. Осипова;;;устный ответ;;5;;
2026-11-09;$BORIS;1;Математика;Н. П. Осипова;;;;;;б;
2026-11-09;$VERA;1;Математика;Н. П. Осипова;;;устный ответ;;4;;
2026-11-10;3А;;;1;Русский язык;Н. П. Осипова;Состав слова;с. 80, упр. 150;;;;;
2026-11-10;$ANNA;1;Русский язык;Н. П. Осипова;;;диктант;2;4;;
2026-11-10;$BORIS;1;Русский язык;Н. П. Осипова;;;диктант;2;3;;
2026-11-10;$VERA;1;Русский язык;Н. П. Осипова;;;диктант;2;5;;
2026-11-13;3А;;;2;Математика;Н. П. Осипова;Решение задач;;;;;;
2026-11-13;$ANNA;2;Математика;Н. П. Осипова;;;;;4;;
2026-11-13;$BORIS;2;Математика;Н. П. Осипова;;;;;3;;
2026-11-13;$VERA;2;Математика;Н. П. Осипова;;;;;4;о;
CSV
}

week47() {
    cat <<CSV
$HEAD
2026-11-16;3А;;;1;Математика;Н. П. Осипова;Таблица умножения на 7;с. 58 № 4, 6;;;;;
2026-11-16;$ANNA;1;Математика;Н. П. Осипова;;;контрольная;3;4;;Старалась.
2026-11-16;$BORIS;1;Математика;Н. П. Осипова;;;контрольная;3;2;;
2026-11-16;$VERA;1;Математика;Н. П. Осипова;;;контрольная;3;5;;
2026-11-17;3А;;;1;Коми язык;М. А. Уляшева;Счёт: ӧтик, кык, куим;словарь, с. 33;;;;;
2026-11-17;$ANNA;1;Коми язык;М. А. Уляшева;;;;;5/4;;
2026-11-17;$BORIS;1;Коми язык;М. А. Уляшева;;;;;;н;
2026-11-17;$VERA;1;Коми язык;М. А. Уляшева;;;;;4;;
2026-11-20;3А;;;1;Русский язык;Н. П. Осипова;Однокоренные слова;с. 86, упр. 163;;;;;
2026-11-20;$ANNA;1;Русский язык;Н. П. Осипова;;;;;5;;
2026-11-20;$BORIS;1;Русский язык;Н. П. Осипова;;;;;4;;
2026-11-20;$VERA;1;Русский язык;Н. П. Осипова;;;;;4;;
CSV
}

# big_export PUPILS: a month of lessons of a class of its own, with a topic each.
big_export() {
    awk -v head="$HEAD" -v pupils="$1" 'BEGIN {
        print head
        for (day = 2; day <= 30; day++)
            for (pupil = 1; pupil <= pupils; pupil++)
                printf "2026-09-%02d;3Б;%d;Ученик Имя%d;1;Математика;;Тема номер %d урока %d;;;;5;;\n", day, 1000 + pupil, pupil, pupil * day, pupil
    }'
}

# A school with its roster and week 46 imported.
started_school() {
    new_school "$@"
    roster >"$BATS_TEST_TMPDIR/pupils.csv"
    week46 >"$BATS_TEST_TMPDIR/46.csv"
    week47 >"$BATS_TEST_TMPDIR/47.csv"
    must import "$BATS_TEST_TMPDIR/pupils.csv"
    TODAY=2026-11-14 must import "$BATS_TEST_TMPDIR/46.csv"
}

# What the store says, in a form that can be compared: all numbers of a week, and the register.
state() {
    pd summary --json --week "${1:-2026-W47}" 2>&1
    pd register 2>&1
}

# A value of `summary --json` by a jq filter over the pupil's object.
of_pupil() {
    local id=$1 filter=$2
    shift 2
    pd --json summary "$@" | jq -c --arg id "$id" ".[] | select(.pupil_id == \$id) | $filter"
}

# The words of a PDF, no-break spaces as spaces; flat_text: in one line.
text_of() {
    pdftotext -raw "$@" - 2>/dev/null | sed 's/\xc2\xa0/ /g; s/\xc2\xad//g'
}

flat_text() {
    text_of "$@" | tr '\n' ' '
}

# The letters higher than 40 pt on a page, from the foot upwards: what is set across it.
watermark() {
    pdftotext -bbox -f "$2" -l "$2" "$1" - 2>/dev/null |
        sed -n 's/.*yMin="\([0-9.]*\)".*yMax="\([0-9.]*\)">\(.*\)<.word>/\1 \2 \3/p' |
        awk '$2 - $1 > 40 { print $2, $3 }' | sort -rn | awk '{ printf "%s", $2 }'
}

# settings LINE…: school.ini anew, with keys of [import] or of the section named in brackets before them.
settings() {
    local line section='[import]'
    for line in "$@"; do
        case $line in
        \[*) section=$line ;;
        *) set_key "$SCHOOL/school.ini" "$section" "$line" ;;
        esac
    done
}

# Puts `key = value` right under its section's head, whose other lines stay; adds the section where it is missing.
set_key() {
    awk -v section="$2" -v line="$3" '
        BEGIN { key = line; sub(/ *=.*/, "", key) }
        /^\[/ { inside = ($0 == section); print; if (inside) { print line; done = 1 }; next }
        inside && $0 ~ "^" key " *=" { next }
        { print }
        END { if (!done) print section "\n" line }' "$1" >"$1.new"
    cat "$1.new" >"$1"
    rm "$1.new"
}
