#!/usr/bin/env bats
# `--print`: what is not printed yet goes to the queue, with options per kind; a queue that fails loses nothing.
load helper

two_weeks() {
    started_school
    must import "$BATS_TEST_TMPDIR/47.csv"
    cat >"$BATS_TEST_TMPDIR/lp" <<'SH'
#!/bin/sh
here=${0%/*}
[ ! -e "$here/jam" ] || { echo "no paper" >&2; exit 1; }
echo "$@" >>"$here/jobs"
for file; do :; done
cp "$file" "$here/last.pdf"
SH
    chmod +x "$BATS_TEST_TMPDIR/lp"
    settings '[printing]' "command = $BATS_TEST_TMPDIR/lp" 'options = -d kanc'
}

jobs_of() {
    cat "$BATS_TEST_TMPDIR/jobs" 2>/dev/null || true
}

printed() {
    pd --json register --week 2026-W47 | jq -c '[.[] | .printed]'
}

@test "a failing queue is exit 4; the sheets stay issued and unprinted, and the next --print prints them" {
    two_weeks
    touch "$BATS_TEST_TMPDIR/jam"
    try pd weekly --week 2026-W47 --print
    same "$status" 4
    has "$problems" 'failed'
    same "$(printed)" '[null,null]'
    rm "$BATS_TEST_TMPDIR/jam"
    try pd weekly --week 2026-W47 --print
    same "$status" 0
    has "$output" '2 sheets were handed to the printer'
    same "$(printed)" '["2026-11-21","2026-11-21"]'
    same "$(jobs_of)" "-d kanc $SCHOOL/out/2026-W47/print.pdf"
    has "$(sqlite3 "$SCHOOL/paperdiary.db" 'SELECT what FROM audit')" '^printed: 2 sheets, 2026-W47-3А-01 to 2026-W47-3А-02'
}

@test "what was printed is not printed twice, and that is said" {
    two_weeks
    must weekly --week 2026-W47 --print
    try pd weekly --week 2026-W47 --print
    same "$status" 0
    has "$output" 'nothing is waiting to be printed'
    same "$(jobs_of | wc -l)" 1
}

@test "a sheet that came later is printed alone" {
    two_weeks
    must weekly --week 2026-W47 --print
    must weekly --week 2026-W47 --pupil 103 --print
    same "$(jobs_of | tail -n 1)" "-d kanc $SCHOOL/out/2026-W47/print-rest.pdf"
    text=$(text_of "$BATS_TEST_TMPDIR/last.pdf")
    has "$text" 'Белова Вера'
    has_not "$text" 'Азарова'
    [ ! -e "$SCHOOL/out/2026-W47/print-rest.pdf" ]
    same "$(pd --json register | jq -c '[.[] | .printed] | unique')" '["2026-11-21"]'
}

@test "families by post are printed with their address pages and options of their own" {
    two_weeks
    settings '[printing]' 'options_post = -d kanc -o InputSlot=Tray2'
    must opt-out 103 --from 2026-09-01 --delivery post --recipient 'Белова Инна' --address 'Сыктывкар, ул. Мира, 1'
    must weekly --week 2026-W47 --print
    same "$(jobs_of)" "-d kanc $SCHOOL/out/2026-W47/print-rest.pdf
-d kanc -o InputSlot=Tray2 $SCHOOL/out/2026-W47/post.pdf"
    text=$(text_of "$BATS_TEST_TMPDIR/last.pdf")
    has "$text" 'Белова Инна'
    has_not "$text" 'Азарова'
}

@test "a family by post that came later is printed alone, with its address page" {
    two_weeks
    must opt-out 103 --from 2026-09-01 --delivery post --recipient 'Белова Инна' --address 'Сыктывкар, ул. Мира, 1'
    must weekly --week 2026-W47 --pupil 103 --print
    must opt-out 102 --from 2026-09-01 --delivery post --recipient 'Белов Пётр' --address 'Ухта, ул. Мира, 2'
    must weekly --week 2026-W47 --print
    same "$(jobs_of | tail -n 1)" "-d kanc $SCHOOL/out/2026-W47/post-rest.pdf"
    text=$(text_of "$BATS_TEST_TMPDIR/last.pdf")
    has "$text" 'Ухта'
    has "$text" 'Белов Борис'
    has_not "$text" 'Сыктывкар, ул'
    [ ! -e "$SCHOOL/out/2026-W47/post-rest.pdf" ]
    same "$(printed)" '["2026-11-21","2026-11-21","2026-11-21"]'
}

@test "a printing command that is not there is named; the sheets stay issued and unprinted" {
    two_weeks
    settings '[printing]' "command = $BATS_TEST_TMPDIR/nowhere/lp"
    try pd weekly --week 2026-W47 --print
    same "$status" 4
    has "$problems" "nowhere/lp» can't be run: No such file"
    same "$(printed)" '[null,null]'
    [ -s "$SCHOOL/out/2026-W47/print.pdf" ]
}

@test "where the post's file fails, what was printed before is noted" {
    two_weeks
    must opt-out 103 --from 2026-09-01 --delivery post --recipient 'Белова Инна' --address 'Сыктывкар, ул. Мира, 1'
    sed -i '2i case "$*" in *post*) exit 1 ;; esac' "$BATS_TEST_TMPDIR/lp"
    try pd weekly --week 2026-W47 --print
    same "$status" 4
    same "$(printed)" '["2026-11-21","2026-11-21",null]'
}

@test "a sheet of a pupil whose data were removed is not waiting to be printed (2.4)" {
    two_weeks
    must weekly --week 2026-W46
    must weekly --week 2026-W47 --pupil 101 --print
    must weekly --week 2026-W47 --pupil 102
    must leave 102 --on 2026-11-20 --ground transfer
    must purge
    try pd weekly --week 2026-W47 --print
    same "$status" 0
    has "$output" 'nothing is waiting to be printed'
    same "$(printed)" '["2026-11-21",null]'
    try pd weekly --week 2026-W46 --print
    same "$status" 0
    has "$output" '2026-W46: 1 sheet was handed to the printer'
    same "$(pd --json register --week 2026-W46 | jq -c '[.[] | .printed]')" '["2026-11-21",null]'
    same "$(jobs_of | tail -n 1)" "-d kanc $SCHOOL/out/2026-W46/print.pdf"
}

@test "register --print uses the register's options" {
    two_weeks
    settings '[printing]' 'options_register = -o sides=one-sided'
    must weekly --week 2026-W47
    must register --week 2026-W47 --print
    same "$(jobs_of)" "-o sides=one-sided $SCHOOL/out/2026-W47/register.pdf"
}

@test "reprint --print that fails is exit 4 and leaves the file to print" {
    two_weeks
    must weekly --week 2026-W47
    touch "$BATS_TEST_TMPDIR/jam"
    try pd reprint 2026-W47-3А-01..2026-W47-3А-02 --print
    same "$status" 4
    same "$(find "$SCHOOL/out/reprint" -name '*.pdf' | wc -l)" 1
    same "$(printed)" '[null,null]'
}

@test "a preview is printed as it is, and no sheet is noted as printed" {
    two_weeks
    must weekly --week 2026-W47 --preview --print
    same "$(jobs_of | wc -l)" 2
    same "$(printed)" '[]'
}

@test "the log says who printed what: previews, copies of the past and the register too (2.10)" {
    two_weeks
    must weekly --week 2026-W47 --pupil 101 --pupil 102 --preview --print
    must weekly --week 2026-W47 --class 3А --preview --print
    printf 'pupil_id;pupil;class;subject;period;mark;decided\n101;;3А;Математика;1;5;2026-11-20\n' >"$BATS_TEST_TMPDIR/finals.csv"
    must import "$BATS_TEST_TMPDIR/finals.csv"
    must term --term 1 --pupil 101 --as-of 2026-11-21 --print
    must weekly --week 2026-W47
    must register --week 2026-W47 --print
    same "$(pd --json audit | jq -r '.[] | select(.what | startswith("printed")) | .what')" \
        "$(printf "printed: %s\n" '2026-W47, preview, 2 sheets, pupil 101, 102' '2026-W47, preview, 2 sheets, class 3А' \
            '2026-T1, as-of-2026-11-21, 1 sheet, pupil 101' '2026-W47/register.pdf')"
    must leave 102 --on 2026-11-19 --ground transfer
    must purge
    has "$(pd audit)" 'preview, 2 sheets, pupil 101, …$'
}

@test "where the queue fails in the midst of previews, those it took are noted" {
    two_weeks
    sed -i '2i case "$*" in *Белов*) exit 1 ;; esac' "$BATS_TEST_TMPDIR/lp"
    try pd weekly --week 2026-W47 --preview --print
    same "$status" 4
    has "$(pd audit)" 'printed: 2026-W47, preview, 1 sheet$'
}

# ippeveprinter wants an Avahi, though it announces nothing here: one on the loopback, on a bus of the test's own.
start_avahi() {
    cat >"$CUPS/etc/bus.conf" <<CONF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><listen>unix:path=$CUPS/bus</listen><policy context="default"><allow user="*"/><allow own="*"/>
<allow send_type="method_call"/><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/></policy></busconfig>
CONF
    printf '[server]\nuse-ipv6=no\nallow-interfaces=lo\nenable-dbus=yes\n' >"$CUPS/etc/avahi.conf"
    ! /usr/sbin/avahi-daemon --check 2>/dev/null || return 0 # there is one: it will do
    export DBUS_SYSTEM_BUS_ADDRESS=unix:path=$CUPS/bus
    dbus-daemon --config-file="$CUPS/etc/bus.conf" --nofork --nopidfile >"$CUPS/log/bus" 2>&1 3>&- &
    BUS=$!
    for _ in $(seq 50); do [ -S "$CUPS/bus" ] && break || sleep 0.1; done
    /usr/sbin/avahi-daemon -f "$CUPS/etc/avahi.conf" --no-drop-root --no-rlimits --no-chroot >"$CUPS/log/avahi" 2>&1 3>&- &
    AVAHI=$!
    for _ in $(seq 50); do grep -q 'startup complete' "$CUPS/log/avahi" && break || sleep 0.1; done
}

# A CUPS of the test's own on a loopback port, and a printer beside it that keeps what it is sent.
start_cups() {
    for tool in cupsd ippeveprinter lpadmin lp dbus-daemon avahi-daemon; do
        PATH=$PATH:/usr/sbin command -v "$tool" >/dev/null || skip "$tool is not installed"
    done
    CUPS=$(mktemp -d) # its backend runs as another account, which can't come into the folder of the tests
    PORT=$((20000 + $$ % 20000)) DEVICE=$((40001 + $$ % 20000))
    mkdir -p "$CUPS"/{etc/ppd,spool/tmp,cache,run,log,paper}
    chmod -R a+rwX "$CUPS"
    cat >"$CUPS/etc/cupsd.conf" <<CONF
Listen 127.0.0.1:$PORT
WebInterface No
Browsing Off
DefaultAuthType None
LogLevel debug2
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
CONF
    cat >"$CUPS/etc/cups-files.conf" <<CONF
ServerRoot $CUPS/etc
RequestRoot $CUPS/spool
TempDir $CUPS/spool/tmp
CacheDir $CUPS/cache
StateDir $CUPS/run
ErrorLog $CUPS/log/error
AccessLog $CUPS/log/access
PageLog $CUPS/log/page
SystemGroup $(id -gn)
ConfigFilePerm 0644
CONF
    /usr/sbin/cupsd -f -c "$CUPS/etc/cupsd.conf" -s "$CUPS/etc/cups-files.conf" >"$CUPS/log/said" 2>&1 3>&- &
    CUPSD=$!
    start_avahi
    ippeveprinter -2 -v -r off -p "$DEVICE" -n localhost -d "$CUPS/paper" -k -f application/pdf kanc >"$CUPS/log/printer" 2>&1 3>&- &
    PRINTER=$!
    for _ in $(seq 100); do
        (: <"/dev/tcp/127.0.0.1/$DEVICE") 2>/dev/null && break
        sleep 0.1
    done
    export CUPS_SERVER=127.0.0.1:$PORT
    for _ in $(seq 50); do
        lpstat -h "$CUPS_SERVER" -r 2>/dev/null | grep -q 'is running' && break
        sleep 0.1
    done
    lpadmin -h "$CUPS_SERVER" -p kanc -E -v "ipp://localhost:$DEVICE/ipp/print" >"$CUPS/log/lpadmin" 2>&1 ||
        skip "a CUPS of the test's own did not start: $(tail -n 1 "$CUPS/log/said" "$CUPS/log/lpadmin" | tr '\n' ' ')"
    kill -0 "$PRINTER" 2>/dev/null || skip "ippeveprinter did not start: $(tail -n 1 "$CUPS/log/printer")"
}

teardown() {
    [ -z "${PRINTER:-}" ] || kill "$PRINTER" 2>/dev/null || true
    [ -z "${CUPSD:-}" ] || kill "$CUPSD" 2>/dev/null || true
    [ -z "${AVAHI:-}" ] || kill "$AVAHI" 2>/dev/null || true
    [ -z "${BUS:-}" ] || kill "$BUS" 2>/dev/null || true
    wait
    [ -z "${CUPS:-}" ] || rm -rf "$CUPS"
}

@test "a real CUPS takes the print file and brings it to a printer, byte for byte; without its queue nothing is lost" {
    started_school
    must import "$BATS_TEST_TMPDIR/47.csv"
    start_cups
    settings '[printing]' 'command = lp' "options = -h $CUPS_SERVER -d nowhere"
    try pd weekly --week 2026-W47 --print
    same "$status" 4
    same "$(printed)" '[null,null]'
    settings '[printing]' "options = -h $CUPS_SERVER -d kanc -o sides=two-sided-long-edge"
    try pd weekly --week 2026-W47 --print
    same "$status" 0
    same "$(printed)" '["2026-11-21","2026-11-21"]'
    for _ in $(seq 100); do
        [ -z "$(find "$CUPS/paper" -type f -size +0)" ] || [ -n "$(lpstat -h "$CUPS_SERVER" -o kanc)" ] || break
        sleep 0.1
    done
    paper=$(find "$CUPS/paper" -type f | head -n 1)
    [ -n "$paper" ] || { grep -a "Job 1" "$CUPS/log/error" | tail -n 40; fail "nothing came to the printer"; }
    cmp "$paper" "$SCHOOL/out/2026-W47/print.pdf"
}
