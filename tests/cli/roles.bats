#!/usr/bin/env bats
# Roles (2.10) with real accounts and real sudo: a school folder of a service account, and examples/sudoers.
load helper

# This file's accounts, which setup_file makes and teardown_file removes.
T=pdt$((BATS_ROOT_PID % 100000))
SERVICE=$T-srv TEACHER=$T-iva STRANGER=$T-x SECRETARY=$T-sec HEAD_OF_SCHOOL=$T-adm OUTSIDER=$T-out
PEOPLE="$TEACHER $STRANGER $SECRETARY $HEAD_OF_SCHOOL"
RULES=/etc/sudoers.d/paperdiary-test-$T
NAMES_3='Азарова|Белов|Белова' NAMES_2='Гилёва|Дуркин'

root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

able() {
    if [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
        echo "needs root, or sudo without a password" && return 1
    fi
    if ! command -v sudo >/dev/null || ! PATH=$PATH:/usr/sbin command -v useradd >/dev/null; then
        echo "needs sudo and useradd" && return 1
    fi
    if grep -q 'NoNewPrivs:[[:space:]]*1' /proc/self/status; then
        echo "nobody gains privileges here: sudo does not work" && return 1
    fi
}

# A copy of the program where every account can run it, in the shape of a checkout.
install_program() {
    local built
    built=$(dirname "$PROGRAM")
    mkdir -p "$PLACE/app/data"
    cp "$PROGRAM" "$PLACE/app/paperdiary"
    cp -r "$built/fonts" "$built/hyphen" "$built/locale" "$ROOT/layouts" "$PLACE/app/"
    cp -r "$ROOT/data/profiles" "$PLACE/app/data/"
    chmod -R a+rX "$PLACE/app"
}

# examples/sudoers as it stands, with this test's names in it (its alias too: another run may be at work beside).
install_rules() {
    sed -e "s|^Cmnd_Alias.*|Cmnd_Alias ${T^^} = $PLACE/app/paperdiary|; s|^%teachers|%$T|; s|(paperdiary)|($SERVICE)|; s|\bPAPERDIARY\b|${T^^}|g" \
        "$ROOT/examples/sudoers" >"$BATS_FILE_TMPDIR/rules"
    root visudo -cqf "$BATS_FILE_TMPDIR/rules"
    root install -m 440 "$BATS_FILE_TMPDIR/rules" "$RULES"
}

second_class() {
    cat <<'CSV'
pupil_id;pupil;class;enrolled;consent;paper_from;delivery;recipient;copies
201;Гилёва Мария Олеговна;2Б;2026-09-01;2026-09-01;2026-09-01;hand;Гилёва Нина Олеговна;
202;Дуркин Пётр Ильич;2Б;2026-09-01;2026-09-01;2026-09-01;hand;Дуркина Анна Ильинична;
203;Азарин Анатолий Игоревич;2Б;2026-09-01;;;;;
CSV
}

setup_file() {
    export PATH=$PATH:/usr/sbin
    able >"$BATS_FILE_TMPDIR/unable" || return 0
    PLACE=$(mktemp -d /tmp/paperdiary-roles-XXXXXX)
    export PLACE
    mkdir -m 777 "$PLACE/work" # what the tests write
    root chown root: "$PLACE"  # nobody but root may change what is above a school
    root chmod 1777 "$PLACE"
    root groupadd "$T"
    for name in "$SERVICE" "$OUTSIDER"; do root useradd --system -M -s /bin/sh "$name"; done
    for name in $PEOPLE; do root useradd --system -M -s /bin/sh -G "$T" "$name"; done
    install_program
    install_rules
    make_school
    root mkdir -m 755 "$PLACE/srv"
    root mv "$PLACE/school" "$PLACE/srv/school"
    root chown -R "$SERVICE:" "$PLACE/srv/school"
}

# Two classes with a week each, week 46 issued by root.
make_school() {
    SCHOOL=$PLACE/school PROGRAM=$PLACE/app/paperdiary BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR
    new_school "$SCHOOL"
    roster >"$BATS_FILE_TMPDIR/pupils.csv"
    second_class >"$BATS_FILE_TMPDIR/second.csv"
    week46 >"$BATS_FILE_TMPDIR/46.csv"
    week47 >"$BATS_FILE_TMPDIR/47.csv"
    for week in '46 2026-11-09' '47 2026-11-16'; do
        printf '%s\n' "$HEAD" "${week#* };2Б;201;Гилёва Мария Олеговна;1;Математика;;;;;;5;;" \
            "${week#* };2Б;202;Дуркин Пётр Ильич;1;Математика;;;;;;4;;" \
            "${week#* };2Б;203;Азарин Анатолий Игоревич;1;Математика;;;;;;3;;" >"$BATS_FILE_TMPDIR/${week% *}b.csv"
    done
    for file in pupils second 46 46b; do TODAY=2026-11-14 must import "$BATS_FILE_TMPDIR/$file.csv"; done
    TODAY=2026-11-14 must weekly
    for file in 47 47b; do must import "$BATS_FILE_TMPDIR/$file.csv"; done
    printf '%s\n' 'pupil_id;class;subject;period;mark;decided' '101;3А;Математика;1;4;2026-11-20' '102;3А;Математика;1;3;2026-11-20' \
        '201;2Б;Математика;1;5;2026-11-20' '202;2Б;Математика;1;4;2026-11-20' >"$BATS_FILE_TMPDIR/finals.csv"
    printf '%s\n' 'pupil_id;last_visit' '103;2026-09-07' '203;2026-09-07' >"$BATS_FILE_TMPDIR/visits.csv"
    must import "$BATS_FILE_TMPDIR/finals.csv" "$BATS_FILE_TMPDIR/visits.csv"
    must returned 2026-W46-2Б-01
    printf '#!/bin/sh\nfor f; do :; done; echo "$f" >>%s/work/printed\n' "$PLACE" >"$PLACE/work/lp"
    chmod 755 "$PLACE/work/lp"
    settings '[printing]' "command = $PLACE/work/lp" '[access]' "teachers = $TEACHER 3А" "secretary = $SECRETARY" \
        "administrator = $HEAD_OF_SCHOOL"
}

teardown_file() {
    export PATH=$PATH:/usr/sbin
    [ ! -s "$BATS_FILE_TMPDIR/unable" ] || return 0
    root rm -f "$RULES"
    for name in "$SERVICE" "$OUTSIDER" $PEOPLE; do root userdel "$name" 2>/dev/null || true; done
    root groupdel "$T" 2>/dev/null || true
    root rm -rf "$PLACE"
}

setup() {
    [ ! -s "$BATS_FILE_TMPDIR/unable" ] || skip "$(cat "$BATS_FILE_TMPDIR/unable")"
    export PATH=$PATH:/usr/sbin
    SCHOOL=$PLACE/srv/school
    cd /
}

become() { # ACCOUNT COMMAND…: in a bare environment
    local account=$1
    shift
    root setpriv --reuid="$account" --regid="$account" --init-groups env -i PATH=/usr/bin:/bin "$@"
}

# ACCOUNT ARGUMENT…: as a person of the school calls it, through sudo as the service account.
as() {
    local account=$1
    shift
    try become "$account" sudo -n -u "$SERVICE" "$PLACE/app/paperdiary" --lang en --today 2026-11-21 --school "$SCHOOL" "$@"
}

log() {
    root sqlite3 "$SCHOOL/paperdiary.db" 'SELECT account, what FROM audit ORDER BY audit' 
}

# The last call was refused with exit 5, said no name, and stands in the audit log so (a pattern).
denied() {
    same "$status" 5
    has_not "$output$problems" "$NAMES_3|$NAMES_2|Азарин"
    has "$(log | tail -n 1)" "^$1\\|denied: $2\$"
}

@test "регламент 2.10: a teacher sees the own class only" {
    as "$TEACHER" pupils
    same "$status" 0
    has "$output" 'Азарова'
    has_not "$output$problems" "$NAMES_2|Азарин"
    as "$TEACHER" --json pupils --paper
    same "$(jq -c '[.[].pupil_id]' <<<"$output")" '["101","102"]'
    as "$TEACHER" summary --week 2026-W46
    has "$output" 'Азарова'
    has_not "$output$problems" "$NAMES_2|Азарин"
    as "$TEACHER" --json summary --week 2026-W46
    same "$(jq -c '[.[].class] | unique' <<<"$output")" '["3А"]'
    as "$TEACHER" register
    has "$output" 'Азарова'
    has "$output" '^2 sheets'
    has_not "$output$problems" "$NAMES_2|Азарин"
    as "$TEACHER" --json register
    same "$(jq -c '[.[].class] | unique' <<<"$output")" '["3А"]'
}

@test "регламент 2.10: duties, forecast, term sheets, reminders and sheets again: of the own class only" {
    for command in status forecast remind 'register --csv' 'term --term 1 --preview' 'weekly --preview' \
        'forecast --pdf' 'remind --pdf' '--json status' '--json forecast' '--json remind' '--json term --term 1 --preview' '-v status' \
        'register --week 2026-W46 --pdf'; do
        # shellcheck disable=SC2086
        as "$TEACHER" $command
        [ "$status" -le 1 ]
        has_not "$output$problems" "$NAMES_2|Азарин|2Б|20[123]( |\"|\$)"
    done
    for file in "$SCHOOL"/out/remind-*/* "$SCHOOL"/out/preview*/* "$SCHOOL"/out/2026-W46/register.pdf; do
        case $(basename "$file") in *2Б*) fail "$file" ;; esac
    done
    has "$(root pdftotext "$SCHOOL/out/2026-W46/register-3А.pdf" -)" Азарова
    has_not "$(root pdftotext "$SCHOOL/out/2026-W46/register-3А.pdf" -)" "$NAMES_2"
    for command in status forecast remind term; do
        as "$TEACHER" $command --class 2Б
        denied "$TEACHER" "$command: class 2Б"
    done
    for command in forecast term; do
        as "$TEACHER" $command --pupil 201
        denied "$TEACHER" "$command: pupil 201"
    done
    as "$TEACHER" reprint 2026-W46-2Б-01
    denied "$TEACHER" "reprint: 2026-W46-2Б-01"
    as "$TEACHER" reprint 2026-W46-2Б-01..2026-W46-3А-02
    denied "$TEACHER" "reprint: 2026-W46-2Б-0[12]"
    as "$TEACHER" reprint 2026-W46-3А-01..2026-W46-3А-02
    same "$status" 0
    as "$TEACHER" term --term 1
    same "$status" 0
    as "$SECRETARY" --json register --term 1
    same "$(jq -c '[.[].class] | unique' <<<"$output")" '["3А"]'
}

@test "регламент 2.10: a day that a caller through sudo sets is noted beside the clock's" {
    as "$SECRETARY" returned 2026-W46-3А-01
    same "$status" 0
    has "$(root sqlite3 "$SCHOOL/paperdiary.db" 'SELECT stamp, account, what FROM audit ORDER BY audit DESC LIMIT 2')" \
        "^$(date +%F) ..:..:..\|$SECRETARY\|returned: with --today 2026-11-21\$"
}

@test "регламент 2.10: another class is denied, by name of class or of pupil" {
    for command in pupils summary weekly; do
        as "$TEACHER" $command --class 2Б
        denied "$TEACHER" "$command: class 2Б"
        as "$TEACHER" $command --class 3А --class 2Б
        denied "$TEACHER" "$command: class 2Б"
    done
    for command in summary weekly; do
        as "$TEACHER" $command --pupil 201
        denied "$TEACHER" "$command: pupil 201"
        as "$TEACHER" $command --pupil Дуркин
        same "$status" 5
        has "$(log | tail -n 1)" "^$TEACHER\\|denied: $command: pupil 202\$"
    done
}

@test "регламент 2.10: whether a foreign pupil is there can't be asked" {
    as "$TEACHER" summary --pupil 202
    foreign=$status$problems
    as "$TEACHER" summary --pupil 999
    same "$status$problems" "$foreign"
    as "$TEACHER" summary --pupil Гилёв
    same "$status$problems" "$foreign"
    as "$TEACHER" summary --pupil Яковлев
    same "$status$problems" "$foreign"
    has_not "$(log)" 'Яковлев|Гилёв'
}

@test "регламент 2.10: candidates of a name are those of the own classes" {
    as "$TEACHER" summary --pupil Белов
    same "$status" 2
    has "$problems" '102.*Белов Борис'
    has "$problems" '103.*Белова Вера'
    as "$TEACHER" summary --pupil Аза
    same "$status" 0
    has "$output" 'Азарова'
    has_not "$output$problems" 'Азарин'
    as "$TEACHER" summary --pupil и
    same "$status" 2
    has_not "$problems" "Гилёва|Дуркин|Азарин|20[123]"
    as "$SECRETARY" summary --pupil Аза
    same "$status" 2
    has "$problems" 'Азарин'
}

@test "регламент 2.10: a teacher issues and prints the own class only" {
    rm -f "$PLACE/work/printed"
    touch "$PLACE/work/printed"
    chmod 666 "$PLACE/work/printed"
    as "$TEACHER" weekly --week 2026-W47 --print
    same "$status" 0
    has_not "$output$problems" "$NAMES_2"
    same "$(wc -l <"$PLACE/work/printed")" 1
    same "$(grep -c '/2026-W47/print.pdf$' "$PLACE/work/printed")" 1
    as "$SECRETARY" --json register --week 2026-W47
    same "$(jq -c '[.[] | [.pupil_id, .by]]' <<<"$output")" "[[\"101\",\"$TEACHER\"],[\"102\",\"$TEACHER\"]]"
    : >"$PLACE/work/printed"
    as "$TEACHER" weekly --week 2026-W46 --print # issued for all by the secretary, not printed yet
    same "$status" 0
    has "$output" '2 sheets were handed to the printer'
    same "$(grep -c '/2026-W46/print-rest.pdf$' "$PLACE/work/printed")" 1
    same "$(root find "$SCHOOL" ! -user "$SERVICE")" ""
}

@test "регламент 2.10: a teacher changes nothing" {
    before=$(root sqlite3 "$SCHOOL/paperdiary.db" 'SELECT max(import), (SELECT count(*) FROM sheet) FROM import')
    chmod a+rx "$BATS_FILE_TMPDIR"
    as "$TEACHER" import "$BATS_FILE_TMPDIR/47.csv"
    denied "$TEACHER" import
    as "$TEACHER" check "$BATS_FILE_TMPDIR/47.csv"
    denied "$TEACHER" check
    as "$TEACHER" opt-out 103 --from 2026-11-23 --delivery hand
    denied "$TEACHER" opt-out
    as "$TEACHER" opt-in 101 --from 2026-11-23
    denied "$TEACHER" opt-in
    same "$(root sqlite3 "$SCHOOL/paperdiary.db" 'SELECT max(import), (SELECT count(*) FROM sheet) FROM import')" "$before"
}

@test "регламент 2.10: whatever is not a teacher's is denied, command by command" {
    for command in $("$PROGRAM" --lang en --help | sed -n '/^Commands:/,/^$/s/^  \([a-z-]\{1,\}\) .*/\1/p'); do
        case $command in
        init | demo | weekly | summary | pupils | register | term | forecast | reprint | remind | status) continue ;;
        import | check) as "$TEACHER" $command "$SCHOOL/school.ini" ;;
        opt-* | leave | returned) as "$TEACHER" $command 101 ;;
        *) as "$TEACHER" $command ;;
        esac
        denied "$TEACHER" $command
    done
}

@test "регламент 2.10: the secretary does what the office does, the administrator all" {
    for account in "$SECRETARY" "$HEAD_OF_SCHOOL"; do
        as "$account" pupils
        same "$status" 0
        has "$output" 'Азарова'
        has "$output" 'Гилёва'
        as "$account" summary --week 2026-W46 --class 2Б
        same "$status" 0
        as "$account" register --week 2026-W46
        has "$output" '^4 sheets'
        root cp "$BATS_FILE_TMPDIR/47.csv" "$SCHOOL/inbox/47.csv"
        root chown "$SERVICE:" "$SCHOOL/inbox/47.csv"
        as "$account" import "$SCHOOL/inbox/47.csv"
        same "$status" 0
    done
    as "$SECRETARY" opt-out 103 --from 2026-11-23 --delivery hand
    same "$status" 0
    has "$(log | tail -n 1)" "^$SECRETARY\\|opt-out: pupil 103\$"
    as "$HEAD_OF_SCHOOL" opt-in 103 --from 2026-11-23
    same "$status" 0
    for command in purge audit; do
        "$PROGRAM" --help | grep -q "^  $command " || continue
        as "$SECRETARY" $command
        denied "$SECRETARY" $command
    done
}

@test "регламент 2.10: who is not bound is denied all" {
    for command in pupils summary register weekly check import; do
        case $command in
        check | import) as "$STRANGER" $command "$SCHOOL/inbox/47.csv" ;;
        *) as "$STRANGER" $command ;;
        esac
        denied "$STRANGER" $command
    done
}

@test "регламент 2.10: sudo lets nobody else in, and nobody to anything else" {
    as "$OUTSIDER" pupils
    same "$status" 1
    has_not "$output$problems" "$NAMES_3|$NAMES_2"
    for command in "cat $SCHOOL/school.ini" "sqlite3 $SCHOOL/paperdiary.db .dump" /bin/sh; do
        try become "$TEACHER" sudo -n -u "$SERVICE" $command
        same "$status" 1
        same "$output" ""
    done
    try become "$TEACHER" sudo -n "$PLACE/app/paperdiary" --school "$SCHOOL" pupils
    same "$status" 1
    same "$output" ""
}

@test "регламент 2.10: without sudo the folder is closed, whatever the environment says" {
    for claim in X=1 SUDO_UID=0 "SUDO_UID=$(id -u "$SERVICE")" "SUDO_UID=$(id -u "$SECRETARY")" "SUDO_USER=$SECRETARY"; do
        for account in "$TEACHER" "$OUTSIDER"; do
            try become "$account" env "$claim" "$PLACE/app/paperdiary" --lang en --school "$SCHOOL" pupils
            same "$status" 5
            same "$output" ""
            has_not "$problems" "$NAMES_3|$NAMES_2"
        done
    done
}

@test "регламент 2.10: through sudo nobody claims to be another" {
    for claim in "SUDO_UID=$(id -u "$SECRETARY")" "SUDO_USER=$SECRETARY" SUDO_UID= SUDO_UID=x; do
        try become "$TEACHER" env "$claim" sudo -n -u "$SERVICE" "$PLACE/app/paperdiary" --lang en --school "$SCHOOL" --json pupils
        same "$status" 0
        same "$(jq -c '[.[].class] | unique' <<<"$output")" '["3А"]'
        try become "$TEACHER" sudo -n -u "$SERVICE" "$claim" "$PLACE/app/paperdiary" --school "$SCHOOL" pupils
        same "$status" 1
        same "$output" ""
    done
}

# A school that the teacher made: he is its administrator, and his is the printing command.
own_school() {
    root install -d -o "$TEACHER" "$1"
    become "$TEACHER" "$PLACE/app/paperdiary" -q init "$1/school"
    printf '[printing]\ncommand = %s/work/lp\n[access]\nadministrator = %s\n' "$PLACE" "$TEACHER" >"$BATS_TEST_TMPDIR/own.ini"
    root cp "$BATS_TEST_TMPDIR/own.ini" "$1/school/school.ini"
    root chmod -R a+rwX "$1/school"
}

not_lent() {
    try become "$TEACHER" sudo -n -u "$SERVICE" "$PLACE/app/paperdiary" --lang en --school "$@"
    same "$status" 5
    same "$output" ""
    has_not "$problems" "$NAMES_3|$NAMES_2"
}

@test "регламент 2.10: a school of the caller's own does not borrow the service account" {
    mine=$PLACE/mine open=$PLACE/open
    own_school "$mine"
    : >"$PLACE/work/printed"
    for command in pupils 'weekly --print' 'check /etc/hostname' "import $SCHOOL/inbox/47.csv"; do
        not_lent "$mine/school" $command
    done
    same "$(cat "$PLACE/work/printed")" ""
    # Nor does a folder of the service account whose school.ini is another's, or that others can change.
    root cp -r "$mine/school" "$open"
    root chown -R "$SERVICE:" "$open"
    root chmod -R go-w "$open"
    try become "$TEACHER" sudo -n -u "$SERVICE" "$PLACE/app/paperdiary" --school "$open" pupils
    same "$status" 0
    root chown "$TEACHER:" "$open/school.ini"
    not_lent "$open" pupils
    root chown "$SERVICE:" "$open/school.ini"
    root chmod 666 "$open/school.ini"
    not_lent "$open" pupils
    root chmod 600 "$open/school.ini"
    root mv "$open/school.ini" "$open/real.ini"
    root ln -s real.ini "$open/school.ini"
    not_lent "$open" pupils
    root mv "$open/real.ini" "$open/school.ini"
    root chmod 777 "$open"
    not_lent "$open" pupils
    root chmod 755 "$open"
    # Nor one below a folder where the caller could put another in its place.
    root cp -rp "$open" "$mine/inside"
    not_lent "$mine/inside" pupils
}

@test "регламент 2.10: through sudo a school that binds nobody is closed" {
    root cp -rp "$SCHOOL" "$PLACE/unbound"
    root sed -i '/^teachers = pdt\|^secretary = pdt\|^administrator = pdt/d' "$PLACE/unbound/school.ini"
    root chown "$SERVICE:" "$PLACE/unbound/school.ini"
    not_lent "$PLACE/unbound" pupils
    try become "$SERVICE" "$PLACE/app/paperdiary" --school "$PLACE/unbound" pupils
    same "$status" 0
}

@test "регламент 2.10: the school by PAPERDIARY_SCHOOL, by this folder and through a link is held to the same" {
    run_in() {
        try become "$TEACHER" env -C "$1" "PAPERDIARY_SCHOOL=$2" sudo -n -u "$SERVICE" "$PLACE/app/paperdiary" --lang en --json pupils
    }
    run_in / "$SCHOOL"
    same "$(jq -c '[.[].class] | unique' <<<"$output")" '["3А"]'
    evil=$PLACE/work/evil-$BATS_TEST_NUMBER
    mkdir "$evil" && : >"$evil/school.ini"
    root chown -R "$TEACHER:" "$evil"
    run_in / "$evil"
    same "$status" 5
    run_in "$evil" "$SCHOOL"
    same "$status" 5
    ln -s "$SCHOOL" "$PLACE/work/link-$BATS_TEST_NUMBER"
    run_in / "$PLACE/work/link-$BATS_TEST_NUMBER"
    same "$(jq -c '[.[].class] | unique' <<<"$output")" '["3А"]'
}

@test "регламент 2.10: through sudo nobody makes a school, or reads a file without one" {
    mkdir -m 777 "$PLACE/work/free-$BATS_TEST_NUMBER"
    for words in "init $PLACE/work/free-$BATS_TEST_NUMBER/a" "demo $PLACE/work/free-$BATS_TEST_NUMBER/b"; do
        for account in "$TEACHER" "$SECRETARY"; do
            try become "$account" sudo -n -u "$SERVICE" "$PLACE/app/paperdiary" $words
            same "$status" 5
        done
    done
    same "$(ls "$PLACE/work/free-$BATS_TEST_NUMBER")" ""
    try become "$TEACHER" sudo -n -u "$SERVICE" "$PLACE/app/paperdiary" check "$SCHOOL/inbox/47.csv"
    same "$status" 5
    try become "$TEACHER" env -C "$PLACE" sudo -n -u "$SERVICE" "$PLACE/app/paperdiary" --school "$SCHOOL/out" check "$SCHOOL/inbox/47.csv"
    same "$status" 5
}

@test "регламент 2.10: a layout or profile is a name, never a path to another's file" {
    for name in "$SCHOOL/school" ../school ../../srv/school/school .; do
        as "$TEACHER" weekly --week 2026-W46 --pupil 101 --preview --layout "$name"
        same "$status" 3
        has_not "$output$problems" "$NAMES_3|$NAMES_2|$HEAD_OF_SCHOOL"
    done
}

@test "регламент 2.10: the printing command comes from no path of the caller's" {
    mkdir "$PLACE/work/bin-$BATS_TEST_NUMBER"
    printf '#!/bin/sh\necho mine >>%s/work/printed\n' "$PLACE" >"$PLACE/work/bin-$BATS_TEST_NUMBER/lpr-of-test"
    chmod -R 755 "$PLACE/work/bin-$BATS_TEST_NUMBER"
    : >"$PLACE/work/printed"
    root cp -p "$SCHOOL/school.ini" "$PLACE/work/kept.ini"
    root sed -i 's|^command = .*|command = lpr-of-test|' "$SCHOOL/school.ini"
    root chown "$SERVICE:" "$SCHOOL/school.ini"
    try become "$TEACHER" env "PATH=$PLACE/work/bin-$BATS_TEST_NUMBER:/usr/bin:/bin" sudo -n -u "$SERVICE" "$PLACE/app/paperdiary" \
        --lang en --school "$SCHOOL" weekly --week 2026-W46 --pupil 101 --preview --print
    root cp -p "$PLACE/work/kept.ini" "$SCHOOL/school.ini"
    same "$status" 4
    same "$(cat "$PLACE/work/printed")" ""
}

@test "регламент 2.10: root and the owner are administrators in their own names only" {
    try root env -i PATH=/usr/bin:/bin "$PLACE/app/paperdiary" --lang en --school "$SCHOOL" pupils
    same "$status" 0
    has "$output" 'Гилёва'
    try become "$SERVICE" "$PLACE/app/paperdiary" --lang en --school "$SCHOOL" pupils
    same "$status" 0
    has "$output" 'Гилёва'
    try root env -i PATH=/usr/bin:/bin "SUDO_UID=$(id -u "$STRANGER")" "$PLACE/app/paperdiary" --lang en --school "$SCHOOL" pupils
    denied "$STRANGER" pupils
    try root env -i PATH=/usr/bin:/bin "SUDO_UID=$(id -u "$TEACHER")" "$PLACE/app/paperdiary" --lang en --school "$SCHOOL" --json pupils
    same "$(jq -c '[.[].class] | unique' <<<"$output")" '["3А"]'
}

@test "регламент 2.10: a teacher reviews the forecasts of the own class" {
    as "$SECRETARY" --json forecast --review
    same "$(jq -c '[.classes[].name]' <<<"$output")" '["2Б","3А"]'
    as "$TEACHER" --json forecast --review
    same "$(jq -c '[.classes[].name]' <<<"$output")" '["3А"]'
    own=$(jq '.forecasts' <<<"$output")
    as "$TEACHER" --json status
    same "$(jq '.review.forecasts' <<<"$output")" "$own"
}

@test "регламент 2.10: the audit log holds accounts, ids and classes, no names" {
    as "$TEACHER" summary --pupil Дуркин
    has_not "$(log)" "$NAMES_3|$NAMES_2|Азарин"
    has "$(log)" "^$TEACHER\\|denied: summary: pupil 202\$"
}

@test "регламент 2.10: without bindings who can read the folder may do everything" {
    SCHOOL=$BATS_TEST_TMPDIR/free
    started_school "$SCHOOL"
    try pd pupils
    same "$status" 0
    must opt-out 103 --from 2026-11-23 --delivery hand
}
