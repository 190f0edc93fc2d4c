#!/usr/bin/env bats
# Every message in Russian and English, UTF-8 whatever the locale.
load helper

setup() {
    started_school
}

in_language() {
    env -i PATH=/usr/bin:/bin "$PROGRAM" --school "$SCHOOL" --today 2026-11-21 "$@"
}

commands='init demo check import weekly summary pupils opt-out opt-in register'

@test "help names every command and option in both languages" {
    for language in ru en; do
        try in_language --lang $language --help
        same "$status" 0
        same "$problems" ""
        for name in $commands; do has "$output" "^ +$name( |$)"; done
        for name in --school --today --lang --json --help; do has "$output" "$name"; done
        for name in $commands; do
            try in_language --lang $language $name --help
            same "$status" 0
            has "$output" "paperdiary $name"
        done
    done
    has "$(in_language --lang ru --help)" '[а-яё]{4}'
    has_not "$(in_language --lang en --help)" '[а-яё]{4}'
}

@test "the language is --lang, else school.ini, else the environment, else Russian" {
    has "$(in_language pupils 2>&1)" '[а-я]'
    problem() { "$@" 2>&1 >/dev/null || true; }
    has "$(problem in_language summary --pupil 999)" '[а-яё]{4}'
    has_not "$(problem in_language --lang en summary --pupil 999)" '[а-яё]{4}'
    has_not "$(problem env -i PATH=/usr/bin:/bin LANG=en_US.UTF-8 "$PROGRAM" --school "$SCHOOL" summary --pupil 999)" '[а-яё]{4}'
    has "$(problem env -i PATH=/usr/bin:/bin LANG=ru_RU.UTF-8 "$PROGRAM" --school "$SCHOOL" summary --pupil 999)" '[а-яё]{4}'
    settings '[school]' 'language = en'
    has_not "$(problem in_language summary --pupil 999)" '[а-яё]{4}'
    has_not "$(problem env -i PATH=/usr/bin:/bin LANG=ru_RU.UTF-8 "$PROGRAM" --school "$SCHOOL" summary --pupil 999)" '[а-яё]{4}'
    has "$(problem in_language --lang ru summary --pupil 999)" '[а-яё]{4}'
    try in_language --lang de pupils
    same "$status" 2
}

@test "what is wrong with the line is said in the school's language too, where the line or the folder leads to it" {
    settings '[school]' 'language = en'
    russian() { env -i PATH=/usr/bin:/bin LANG=ru_RU.UTF-8 "$@"; }
    for line in 'sumary' 'weekly --classs 3А' '--bad' 'weekly --week' 'import' 'leave' ''; do
        # shellcheck disable=SC2086
        try russian "$PROGRAM" --school "$SCHOOL" $line
        same "$status" 2
        has_not "$problems" '[а-яё]{4}'
        # shellcheck disable=SC2086
        try russian "$PROGRAM" --lang ru --school "$SCHOOL" $line
        same "$status" 2
        has "$problems" '[а-яё]{4}'
        # shellcheck disable=SC2086
        try russian "$PROGRAM" --school "$BATS_TEST_TMPDIR" $line
        same "$status" 2
        has "$problems" '[а-яё]{4}'
    done
    cd "$SCHOOL"
    try russian "$PROGRAM" sumary
    has "$problems" 'did you mean «summary»'
    try russian "$PROGRAM" help
    has "$problems" 'see paperdiary --help'
    has_not "$(russian "$PROGRAM" weekly --help)" '[а-яё]{4}'
    cd "$BATS_TEST_TMPDIR"
    try russian PAPERDIARY_SCHOOL="$SCHOOL" "$PROGRAM" --school="$SCHOOL" weekly --bad
    has "$problems" 'there is no option --bad'
    try russian PAPERDIARY_SCHOOL="$SCHOOL" "$PROGRAM" weekly --bad
    has "$problems" 'there is no option --bad'
}

@test "messages are whole UTF-8 in the C locale and in none" {
    printf '%s\n2026-11-16;%s;1;Математика;;;;;;8;;\n' "$HEAD" "$ANNA" >"$BATS_TEST_TMPDIR/bad.csv"
    for locale in C POSIX C.UTF-8 xx_YY; do
        try env -i PATH=/usr/bin:/bin LC_ALL=$locale "$PROGRAM" --lang ru --today 2026-11-21 --school "$SCHOOL" import "$BATS_TEST_TMPDIR/bad.csv"
        same "$status" 3
        iconv -f UTF-8 -t UTF-8 <<<"$problems" >/dev/null
        has "$problems" 'bad\.csv:2:[0-9]+: .*[а-яё]{4}'
    done
}

@test "errors, results and counts are Russian with --lang ru" {
    try in_language --lang ru import "$BATS_TEST_TMPDIR/47.csv"
    same "$status" 0
    has "$output" '[а-яё]{4}'
    try in_language --lang ru weekly --week 2026-W47
    has "$output" '2 листа'
    try in_language --lang ru register
    has "$output" '2 листа'
    try in_language --lang ru opt-out 103 --from 2026-11-16
    same "$status" 2
    has "$problems" '[а-яё]{4}'
}

@test "numbers, JSON and sheets do not depend on language or locale" {
    must import "$BATS_TEST_TMPDIR/47.csv"
    want=$(pd --json summary)
    for locale in C ru_RU.UTF-8 de_DE.UTF-8; do
        same "$(env -i PATH=/usr/bin:/bin LC_ALL=$locale "$PROGRAM" --lang ru --today 2026-11-21 --school "$SCHOOL" --json summary)" "$want"
    done
    cp -a "$SCHOOL" "$BATS_TEST_TMPDIR/other"
    must weekly --week 2026-W47
    env -i PATH=/usr/bin:/bin LC_ALL=C TZ=Asia/Vladivostok "$PROGRAM" --lang ru --today 2026-11-21 --school "$BATS_TEST_TMPDIR/other" weekly --week 2026-W47
    diff -r "$SCHOOL/out" "$BATS_TEST_TMPDIR/other/out"
}

@test "the answer goes to stdout, problems to stderr, and nothing of a progress bar to a file" {
    try in_language --lang en import "$BATS_TEST_TMPDIR/47.csv"
    [ -n "$output" ]
    same "$problems" ""
    try in_language --lang en weekly --week 2026-W47
    same "$problems" ""
    try in_language --lang en -q weekly --week 2026-W46
    same "$output$problems" ""
}

@test "--version" {
    try in_language --version
    same "$status" 0
    has "$output" '^paperdiary [0-9]+\.[0-9]+'
}

@test "the manual page has every command and option that help names, in both languages" {
    for language in ru en; do
        manual=$("$PROGRAM" --lang "$language" --manual | sed 's/\\-/-/g')
        for command in $("$PROGRAM" --lang en --help | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p; s/^  \([a-z][a-z-]*\)$/\1/p'); do
            has "$manual" "^\\.SS $command( |\$)"
            for option in $("$PROGRAM" --lang en "$command" --help | grep -o -- '^  [^ ]*--[a-z-]*' | grep -o -- '--.*'); do
                has "$manual" "^.fB(-., )?$option.fR"
            done
        done
    done
    has_not "$("$PROGRAM" --lang en --manual)" '\p{Cyrillic}'
}

@test "bash completes commands, their options and known values" {
    complete_words() { # WORD…: what bash offers for the last one
        "$PROGRAM" --completion >"$BATS_TEST_TMPDIR/completion"
        bash -c 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _paperdiary 2>/dev/null; echo "${COMPREPLY[*]}"' \
            "$BATS_TEST_TMPDIR/completion" "$@"
    }
    same "$(complete_words paperdiary we)" weekly
    same "$(complete_words paperdiary --school /srv/school weekly --pre)" --preview
    same "$(complete_words paperdiary opt-out 101 --delivery p)" post
    same "$(complete_words paperdiary import --acc)" --accept-withdrawals
}
