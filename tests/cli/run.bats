#!/usr/bin/env bats
# `run`: the one cron line. Takes the inbox, issues what is due, says in a mail's length what needs a person.
load helper

setup() {
    new_school
    roster >"$BATS_TEST_TMPDIR/pupils.csv"
    week46 >"$BATS_TEST_TMPDIR/46.csv"
    week47 >"$BATS_TEST_TMPDIR/47.csv"
}

into_inbox() {
    local file
    for file in "$@"; do cp "$BATS_TEST_TMPDIR/$file" "$SCHOOL/inbox/"; done
}

inbox() {
    (cd "$SCHOOL/inbox" && find . -type f | sort | tr '\n' ' ')
}

numbers() {
    pd --json register | jq -r '.[].number' | tr '\n' ' '
}

# At most 15 lines for the mail, and no child in them.
fits_a_mail() {
    [ "$(printf '%s\n%s\n' "$output" "$problems" | grep -c .)" -le 15 ] || fail "longer than 15 lines"
    has_not "$output$problems" 'Азаров|Белов|Анна|Борис|Вера'
    has_not "$output$problems" '\b10[123]\b' # nor their ids
}

@test "an empty inbox is said plainly and is no error" {
    try pd run
    same "$status" 0
    has "$output" 'nothing new'
    same "$problems" ""
}

@test "регламент 2.6: takes the inbox, issues the week, and moves the files" {
    into_inbox 47.csv pupils.csv
    try pd run
    same "$status" 0
    same "$problems" ""
    fits_a_mail
    has "$output" 'out/2026-W47/print\.pdf'
    same "$(inbox)" "./done/47.csv ./done/pupils.csv "
    same "$(numbers)" "2026-W47-3А-01 2026-W47-3А-02 "
    [ -s "$SCHOOL/out/2026-W47/print.pdf" ]
    before=$(state)
    try pd run
    same "$status" 0
    has "$output" 'nothing new'
    has "$output" 'nothing to issue'
    same "$(state)" "$before"
}

@test "the order of the inbox is that of the days, pupils first, whatever the names" {
    cp "$BATS_TEST_TMPDIR/47.csv" "$SCHOOL/inbox/a.csv"
    cp "$BATS_TEST_TMPDIR/46.csv" "$SCHOOL/inbox/b.csv"
    cp "$BATS_TEST_TMPDIR/pupils.csv" "$SCHOOL/inbox/c.csv"
    try pd --json run
    same "$status" 0
    same "$(jq -c '[.inbox[].file]' <<<"$output")" '["c.csv","b.csv","a.csv"]'
    same "$(jq -c '[.inbox[].import]' <<<"$output")" '[1,2,3]'
    same "$(jq -c '[.issued[] | [.period, .sheets]]' <<<"$output")" '[["2026-W47",2]]'
}

@test "files of every kind have their turn by the days in them" {
    into_inbox pupils.csv 46.csv
    printf 'pupil_id;subject;period;mark;decided\n101;Математика;1;4;2026-11-27\n' >"$SCHOOL/inbox/a.csv"
    printf 'pupil_id;last_visit\n103;2026-11-18\n' >"$SCHOOL/inbox/b.csv"
    printf 'pupil_id;date;title\n101;2026-11-10;Грамота\n' >"$SCHOOL/inbox/c.csv"
    printf 'class;date;lesson;subject\n3А;2026-11-05;1;Математика\n' >"$SCHOOL/inbox/d.csv"
    printf 'from;until;text\n2026-10-26;2026-10-30;Каникулы\n' >"$SCHOOL/inbox/e.csv"
    TODAY=2026-11-28 try pd --json run
    same "$(jq -r '[.inbox[].file] | join(" ")' <<<"$output")" 'pupils.csv e.csv d.csv 46.csv c.csv b.csv a.csv'
    same "$(jq -c '[.inbox[].import]' <<<"$output")" '[1,2,3,4,5,6,7]'
}

@test "a backlog of weeks is taken week by week, pupils of a week before its gradebook" {
    for week in 46 47; do
        cp "$BATS_TEST_TMPDIR/$week.csv" "$SCHOOL/inbox/2026-11-$((week - 46 ? 21 : 14))-gradebook.csv"
        cp "$BATS_TEST_TMPDIR/pupils.csv" "$SCHOOL/inbox/2026-11-$((week - 46 ? 21 : 14))-pupils.csv"
    done
    # Вера went to 3Б in week 47; the older gradebook still has her in 3А.
    sed -i '/^103/s/;3А;/;3Б;/' "$SCHOOL/inbox/2026-11-21-pupils.csv"
    sed -i '/;103;/s/;3А;/;3Б;/' "$SCHOOL/inbox/2026-11-21-gradebook.csv"
    try pd --json run
    same "$(jq -c '[.inbox[].file[8:]]' <<<"$output")" '["14-pupils.csv","14-gradebook.csv","21-pupils.csv","21-gradebook.csv"]'
    same "$(pd --json pupils | jq -r '.[] | select(.pupil_id == "103").class')" 3Б
}

# A foreign gradebook: other names of columns, below a line of its own.
foreign_profile() {
    mkdir "$SCHOOL/profiles"
    printf '[profile]\nshape = long\nskip = 1\n[columns]\ndate = День\nclass = Группа\nsubject = Дисциплина\nmark = Балл\n' >"$SCHOOL/profiles/elschool.ini"
    { echo 'Выгрузка ElSchool'; sed '1s/date/День/; 1s/class/Группа/; 1s/subject/Дисциплина/; 1s/mark/Балл/' "$BATS_TEST_TMPDIR/47.csv"; } >"$BATS_TEST_TMPDIR/Журнал 47.csv"
}

@test "a foreign export in the inbox is read by the profile that school.ini names for it" {
    foreign_profile
    into_inbox pupils.csv 'Журнал 47.csv'
    settings 'profiles = журнал*.csv elschool'
    try pd run
    same "$status" 0
    same "$problems" ""
    has "$output" 'imported 2, refused 0'
    same "$(numbers)" "2026-W47-3А-01 2026-W47-3А-02 "
    try pd check "$BATS_TEST_TMPDIR/Журнал 47.csv"
    same "$status" 0
    cp "$BATS_TEST_TMPDIR/Журнал 47.csv" "$BATS_TEST_TMPDIR/other.csv"
    try pd import "$BATS_TEST_TMPDIR/other.csv"
    same "$status" 3
    must import --profile elschool "$BATS_TEST_TMPDIR/other.csv"
}

@test "a profile that is not there stops the run before the inbox is touched" {
    foreign_profile
    into_inbox pupils.csv 'Журнал 47.csv'
    settings 'profiles = журнал*.csv elshcool'
    try pd run
    same "$status" 3
    has "$problems" "did you mean 'elschool'"
    same "$(inbox)" "./pupils.csv ./Журнал 47.csv "
    settings 'profiles = elschool'
    try pd run
    same "$status" 3
    has "$problems" 'school\.ini:[0-9]+:[0-9]+: .*write the file, a blank and the profile'
}

@test "cron's bare environment, from any folder" {
    into_inbox pupils.csv 47.csv
    cd /
    try env -i PATH=/usr/bin:/bin "$PROGRAM" --school "$SCHOOL" --today 2026-11-21 run
    same "$status" 0
    has "$output" '2026-W47'
    try env -i PATH=/usr/bin:/bin PAPERDIARY_SCHOOL="$SCHOOL" "$PROGRAM" --today 2026-11-21 -q run
    same "$status$output$problems" 0
}

@test "hidden files, folders and links stay where they are" {
    into_inbox pupils.csv 47.csv
    cp "$BATS_TEST_TMPDIR/47.csv" "$SCHOOL/inbox/.47.csv"
    ln -s "$BATS_TEST_TMPDIR/46.csv" "$SCHOOL/inbox/link.csv"
    mkdir "$SCHOOL/inbox/own"
    must run
    same "$(inbox)" "./.47.csv ./done/47.csv ./done/pupils.csv "
    [ -L "$SCHOOL/inbox/link.csv" ]
}

@test "a refused file goes to inbox/refused with the reason beside it, the others are taken" {
    sed 's/;5;;$/;7;;/' "$BATS_TEST_TMPDIR/46.csv" >"$BATS_TEST_TMPDIR/bad.csv"
    into_inbox pupils.csv bad.csv 47.csv
    try pd run
    same "$status" 1
    fits_a_mail
    has "$output" 'inbox/refused/bad\.csv'
    same "$(inbox)" "./done/47.csv ./done/pupils.csv ./refused/bad.csv ./refused/bad.csv.txt "
    reason=$(cat "$SCHOOL/inbox/refused/bad.csv.txt")
    has "$reason" '^bad\.csv:3:'
    has_not "$reason" 'Азаров|Белов|Анна|Борис|Вера'
    same "$(stat -c %a "$SCHOOL/inbox/refused/bad.csv.txt")" 600
    same "$(numbers)" "2026-W47-3А-01 2026-W47-3А-02 "
}

@test "where everything was refused and nothing issued, it is exit 3" {
    echo 'nonsense' >"$SCHOOL/inbox/x.csv"
    try pd run
    same "$status" 3
    has "$problems" 'refused'
    fits_a_mail
    same "$(inbox)" "./refused/x.csv ./refused/x.csv.txt "
    has "$(cat "$SCHOOL/inbox/refused/x.csv.txt")" 'Nothing of this file was imported'
    try env -i PATH=/usr/bin:/bin "$PROGRAM" --lang ru --school "$SCHOOL" run
    same "$status" 0
}

@test "регламент 1.3: whatever mode an export arrives with, it is kept as private as all else" {
    chmod 644 "$BATS_TEST_TMPDIR/pupils.csv" "$BATS_TEST_TMPDIR/47.csv"
    into_inbox pupils.csv 47.csv
    install -m 666 /dev/null "$SCHOOL/inbox/empty.csv"
    try pd run
    same "$(find "$SCHOOL/inbox" -type f -printf '%m\n' | sort | uniq -c | xargs)" '4 600'
    settings '[access]' "group = $(id -gn)"
    install -m 604 "$BATS_TEST_TMPDIR/46.csv" "$SCHOOL/inbox/later.csv"
    must run
    same "$(find "$SCHOOL/inbox/done" -name later.csv -printf '%m %g')" "640 $(id -gn)"
}

@test "a name that is taken gets a number; nothing is lost" {
    into_inbox pupils.csv 47.csv
    must run
    into_inbox pupils.csv
    must run
    into_inbox pupils.csv
    must run
    same "$(inbox)" "./done/47.csv ./done/pupils-2.csv ./done/pupils-3.csv ./done/pupils.csv "
}

@test "warnings are imported, need a person, and stand beside the file" {
    into_inbox pupils.csv 47.csv
    must run
    grep -v '^102' "$BATS_TEST_TMPDIR/pupils.csv" >"$SCHOOL/inbox/few.csv"
    try pd run
    same "$status" 1
    has "$output" 'inbox/done/few\.csv \(1 warning\)'
    has "$(cat "$SCHOOL/inbox/done/few.csv.txt")" '102'
    try pd run
    same "$status" 0
}

@test "регламент 1.3: a child's name in the name of a file does not get into the mail" {
    into_inbox pupils.csv 47.csv
    must run
    echo nonsense >"$SCHOOL/inbox/Отчёт Азарова Анна (3А).csv"
    try pd run
    has "$output" 'Отчёт … … \(3А\)\.csv'
    fits_a_mail
}

@test "регламент 1.3: what is overdue is told with classes and counts; who it is, status says" {
    into_inbox pupils.csv 47.csv
    must run
    must leave 102 --on 2026-11-16 --ground transfer
    try pd run
    same "$status" 1
    fits_a_mail
    has "$output" '^2\.4 .*overdue by 2 days, due 2026-11-19: 3А, 1 pupil$'
    try pd status
    has "$output" '102 +Белов Борис'
}

@test "a mail of at most 15 lines, however bad it is" {
    into_inbox pupils.csv 46.csv
    TODAY=2026-11-14 must run
    for i in 1 2 3 4 5 6 7 8 9; do echo nonsense >"$SCHOOL/inbox/$i.csv"; done
    for form in 2А 2Б 2В 4А 4Б 4В; do
        week46 | sed "s/;3А;10/;$form;$RANDOM/; s/;3А;/;$form;/; s/Азарова/Ё/" >"$SCHOOL/inbox/class-$form.csv"
    done
    TODAY=2026-12-20 try pd run
    [ "$status" != 0 ]
    [ "$(printf '%s\n%s\n' "$output" "$problems" | grep -c .)" -le 15 ] || fail "longer than 15 lines"
    has "$output" 'more files'
}

@test "warnings of many sheets are one line of the mail" {
    {
        head -n 1 "$BATS_TEST_TMPDIR/pupils.csv"
        for n in {201..220}; do echo "$n;Ученик$n Имя;3А;2026-09-01;2026-09-01;2026-09-01;post;;"; done
    } >"$SCHOOL/inbox/pupils.csv"
    { cat "$BATS_TEST_TMPDIR/47.csv"; echo '2026-11-20;3А;201;Ученик201 Имя;2;Математика;;;;;;5;;😀'; } >"$SCHOOL/inbox/47.csv"
    for n in 1 2 3 4 5; do echo nonsense >"$SCHOOL/inbox/$n.csv"; done
    try pd run
    same "$status" 1
    has "$output" 'pupil 201 gets sheets by post, but has no address.*; and [0-9]+ more warnings of this run'
    [ "$(printf '%s\n%s\n' "$output" "$problems" | grep -c .)" -le 15 ] || fail "longer than 15 lines"
    has_not "$output$problems" 'Ученик'
}

@test "a queue that fails keeps nothing from being issued; the mail says what to print" {
    settings '[printing]' 'command = /bin/false'
    into_inbox pupils.csv 46.csv
    TODAY=2026-11-14 try pd run --print
    same "$status" 4
    has "$output" 'not printed: 2026-W46; .*paperdiary weekly --week 2026-W46 --print'
    into_inbox 47.csv
    printf 'pupil_id;subject;period;mark\n101;Математика;1;5\n' >"$SCHOOL/inbox/finals.csv"
    try pd run --print
    same "$status" 4
    fits_a_mail
    same "$(numbers)" "2026-T1-3А-01 2026-W46-3А-01 2026-W46-3А-02 2026-W47-3А-01 2026-W47-3А-02 "
    same "$(pd --json register | jq -c '[.[].printed] | unique')" '[null]'
    has "$problems" 'bin/false'
    settings '[printing]' 'command = /bin/true'
    must weekly --week 2026-W47 --print
    same "$(pd --json register --week 2026-W47 | jq -c '[.[].printed] | unique')" '["2026-11-21"]'
}

@test "a week is issued on its last school day, not before" {
    into_inbox pupils.csv 46.csv 47.csv
    TODAY=2026-11-20 must run
    same "$(numbers)" "2026-W46-3А-01 2026-W46-3А-02 "
    must run
    same "$(pd --json register | jq length)" 4
    try pd run
    has "$output" 'nothing to issue'
}

@test "weeks left out since the last issue are made up for, oldest first; a correction issues nothing again" {
    into_inbox pupils.csv 46.csv
    TODAY=2026-11-14 must run
    into_inbox 47.csv
    week46 | sed 's/2026-11-0/2026-11-0/; s/2026-11-/2026-11-/' |
        awk -F';' -v OFS=';' 'NR == 1 { print; next } { split($1, d, "-"); $1 = sprintf("2026-11-%02d", d[3] + 14); print }' >"$SCHOOL/inbox/48.csv"
    TODAY=2026-11-28 try pd --json run
    same "$status" 0
    same "$(jq -c '[.issued[].period]' <<<"$output")" '["2026-W47","2026-W48"]'
    sed 's/;4;;Старалась/;5;;Старалась/' "$BATS_TEST_TMPDIR/47.csv" >"$SCHOOL/inbox/47b.csv"
    TODAY=2026-11-30 try pd --json run
    same "$(jq -c '.issued' <<<"$output")" '[]'
    same "$(pd --json register | jq '[.[] | select(.number | endswith("-2"))] | length')" 0
    same "$(TODAY=2026-12-05 of_pupil 101 '.changes[] | [.was, .now, .kind]' --week 2026-W49)" '["4","5","corrected"]'
}

@test "a sheet of the running week for one pupil takes the week before from nobody" {
    into_inbox pupils.csv 46.csv
    TODAY=2026-11-14 must run
    TODAY=2026-11-24 must import "$BATS_TEST_TMPDIR/47.csv"
    TODAY=2026-11-24 must weekly --week 2026-W48 --pupil 101
    TODAY=2026-11-24 must --json run
    same "$(pd --json register --week 2026-W47 | jq -r '.[].pupil_id' | sort | tr '\n' ' ')" '101 102 '
    TODAY=2026-11-24 try pd run
    has "$output" 'nothing to issue'
}

@test "a family that went on paper in the week gets its sheet with the next run" {
    into_inbox pupils.csv 47.csv
    must run
    must opt-out 103 --from 2026-11-18 --delivery hand
    try pd --json run
    same "$(jq -c '[.issued[] | [.period, .sheets]]' <<<"$output")" '[["2026-W47",1]]'
    same "$(numbers)" "2026-W47-3А-01 2026-W47-3А-02 2026-W47-3А-03 "
}

@test "регламент 2.8: finals that arrive are told at once, corrected ones again" {
    into_inbox pupils.csv 47.csv
    must run
    printf 'pupil_id;pupil;class;subject;period;mark;decided\n101;Азарова Анна Ильинична;3А;Математика;1;5;2026-11-27\n102;Белов Борис Петрович;3А;Математика;1;3;2026-11-27\n103;Белова Вера Петровна;3А;Математика;1;4;2026-11-27\n' >"$BATS_TEST_TMPDIR/finals.csv"
    into_inbox finals.csv
    export TODAY=2026-11-28
    settings '[deadlines]' 'export = 30' 'weekly = 30'
    try pd --json run
    same "$status" 0
    same "$(jq -c '[.issued[] | [.period, .sheets, .print]]' <<<"$output")" '[["2026-T1",2,"2026-T1/print.pdf"]]'
    same "$(pd --json status | jq -c '[.duties[] | select(.duty == "finals") | [.state, .done]]')" '[["done","2026-11-28"]]'
    sed 's/;3;2026/;4;2026/' "$BATS_TEST_TMPDIR/finals.csv" >"$SCHOOL/inbox/finals-2.csv"
    TODAY=2026-11-30 try pd --json run
    same "$(jq -c '[.issued[] | [.period, .sheets]]' <<<"$output")" '[["2026-T1",1]]'
    has "$(numbers)" '2026-T1-3А-02-2'
    try pd run
    has "$output" 'nothing to issue'
}

@test "in Russian what was issued agrees with its count" {
    into_inbox pupils.csv 47.csv
    printf 'pupil_id;subject;period;mark;decided\n101;Математика;1;5;2026-11-20\n' >"$SCHOOL/inbox/finals.csv"
    try pd --lang ru run
    has "$output" '2026-W47: выдано 2 листа, 4 страницы\.'
    has "$output" '2026-T1: выдан 1 лист, 1 страница\.'
}

@test "term sheets of an interrupted run are made whole again" {
    into_inbox pupils.csv 47.csv
    printf 'pupil_id;pupil;class;subject;period;mark;decided\n101;Азарова Анна Ильинична;3А;Математика;1;5;2026-11-20\n' >"$SCHOOL/inbox/finals.csv"
    must run
    mkdir "$SCHOOL/out/2026-T1/.making"
    rm "$SCHOOL/out/2026-T1/print.pdf"
    must run
    [ -s "$SCHOOL/out/2026-T1/print.pdf" ]
    [ ! -e "$SCHOOL/out/2026-T1/.making" ]
    pd --json register | jq -r '.[] | "\(.sha256)  \(.file)"' | (cd "$SCHOOL/out" && sha256sum -c --quiet)
}

@test "nothing new is an error only once the rhythm breaks" {
    into_inbox pupils.csv 46.csv
    TODAY=2026-11-14 must run
    try pd run
    same "$status" 0
    has "$output" '2026-W47 waits for its export: 3А'
    TODAY=2026-11-24 try pd run
    same "$status" 1
    has "$output" '2026-W47.*overdue by 1 day'
    fits_a_mail
    TODAY=2026-11-24 try pd -q run
    same "$status" 1
    same "$output" ""
    has "$problems" 'overdue by 1 day'
}

@test "two at once do no harm: the second waits and says for whom" {
    into_inbox pupils.csv 47.csv
    env -i PATH=/usr/bin:/bin "$PROGRAM" --lang en --school "$SCHOOL" --today 2026-11-21 run >"$BATS_TEST_TMPDIR/1" 2>&1 3>&- &
    one=$!
    env -i PATH=/usr/bin:/bin "$PROGRAM" --lang en --school "$SCHOOL" --today 2026-11-21 run >"$BATS_TEST_TMPDIR/2" 2>&1 3>&- &
    two=$!
    wait $one
    wait $two
    same "$(numbers)" "2026-W47-3А-01 2026-W47-3А-02 "
    same "$(inbox)" "./done/47.csv ./done/pupils.csv "
    (
        flock 9
        echo 'run, secretary, 2026-11-21' >&9
        pd run 3>&- 9>&- >"$BATS_TEST_TMPDIR/3" 2>&1 &
        sleep 0.5
        has "$(cat "$BATS_TEST_TMPDIR/3")" 'waiting for another run to end: run, secretary'
    ) 9>"$SCHOOL/.lock"
    wait
}

@test "killed at any moment, the next run completes" {
    must import "$BATS_TEST_TMPDIR/pupils.csv"
    for pause in 0.004 0.01 0.02 0.03 0.045 0.06 0.08 0.1 0.15 0.2; do
        S=$BATS_TEST_TMPDIR/k$pause
        cp -a "$SCHOOL" "$S"
        cp "$BATS_TEST_TMPDIR/46.csv" "$BATS_TEST_TMPDIR/47.csv" "$S/inbox/"
        env -i PATH=/usr/bin:/bin "$PROGRAM" --lang en --school "$S" --today 2026-11-21 run >/dev/null 2>&1 3>&- &
        job=$!
        sleep $pause
        kill -9 $job 2>/dev/null || true
        wait $job 2>/dev/null || true
        SCHOOL=$S must run
        same "$(SCHOOL=$S inbox)" "./done/46.csv ./done/47.csv "
        same "$(SCHOOL=$S numbers)" "2026-W47-3А-01 2026-W47-3А-02 "
        same "$(cd "$S/out" && find . -mindepth 3 | sort | tr '\n' ' ')" "./2026-W47/3А/01-Азарова-Анна.pdf ./2026-W47/3А/02-Белов-Борис.pdf "
        same "$(find "$S/out" -name .making)" ""
        [ -s "$S/out/2026-W47/print.pdf" ] && [ -s "$S/out/2026-W47/3А.pdf" ]
        SCHOOL=$S pd --json register | jq -r '.[] | "\(.sha256)  \(.file)"' | (cd "$S/out" && sha256sum -c --quiet)
    done
}

@test "files of an interrupted issue are made whole again, byte for byte" {
    into_inbox pupils.csv 47.csv
    must run
    mkdir "$SCHOOL/out/2026-W47/.making"
    rm "$SCHOOL/out/2026-W47/3А/02-Белов-Борис.pdf" "$SCHOOL/out/2026-W47/print.pdf"
    must run
    pd --json register | jq -r '.[] | "\(.sha256)  \(.file)"' | (cd "$SCHOOL/out" && sha256sum -c --quiet)
    [ -s "$SCHOOL/out/2026-W47/print.pdf" ]
    [ ! -e "$SCHOOL/out/2026-W47/.making" ]
}

@test "a preview between an interrupted issue and the next run takes nothing from what that completes" {
    into_inbox pupils.csv 47.csv
    must run
    mkdir "$SCHOOL/out/2026-W47/.making"
    mv "$SCHOOL/out/2026-W47/3А/02-Белов-Борис.pdf" "$SCHOOL/out/2026-W47/.making/7.pdf"
    mv "$SCHOOL/out/2026-W47/print.pdf" "$SCHOOL/out/2026-W47/.making/9.pdf"
    must weekly --week 2026-W47 --pupil 101 --preview
    [ -e "$SCHOOL/out/2026-W47/.making" ] && [ ! -e "$SCHOOL/out/2026-W47/.making/7.pdf" ]
    must run
    pd --json register | jq -r '.[] | "\(.sha256)  \(.file)"' | (cd "$SCHOOL/out" && sha256sum -c --quiet)
    [ -s "$SCHOOL/out/2026-W47/print.pdf" ]
    [ ! -e "$SCHOOL/out/2026-W47/.making" ]
}

@test "--print hands the week's stack to the printer, once" {
    settings '[printing]' 'command = /bin/cp' 'options ='
    printf '#!/bin/sh\necho "$@" >>"%s/printed"\n' "$BATS_TEST_TMPDIR" >"$BATS_TEST_TMPDIR/lp"
    chmod +x "$BATS_TEST_TMPDIR/lp"
    settings '[printing]' "command = $BATS_TEST_TMPDIR/lp"
    into_inbox pupils.csv 47.csv
    must run --print
    must run --print
    same "$(sed 's/.*out/out/' "$BATS_TEST_TMPDIR/printed")" "out/2026-W47/print.pdf"
}

@test "a full disk is exit 4: the file stays in the inbox for the next run" {
    must import "$BATS_TEST_TMPDIR/pupils.csv"
    big_export 200 >"$SCHOOL/inbox/big.csv"
    size=$(($(stat -c %s "$SCHOOL/paperdiary.db") / 1024 + 64))
    full() { (
        trap '' XFSZ
        ulimit -f $size
        exec env -i PATH=/usr/bin:/bin "$PROGRAM" --lang en --school "$SCHOOL" --today 2026-11-21 run
    ) 3>&-; }
    try full
    same "$status" 4
    same "$(inbox)" "./big.csv "
}
