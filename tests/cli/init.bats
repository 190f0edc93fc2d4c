#!/usr/bin/env bats
# A new school folder, and how the program finds one.
load helper

@test "init makes the folder of the contract and says so" {
    SCHOOL=$BATS_TEST_TMPDIR/new/school
    try pd init "$SCHOOL"
    same "$status" 0
    has "$output" "$SCHOOL"
    for name in school.ini paperdiary.db; do [ -f "$SCHOOL/$name" ]; done
    for name in layouts inbox inbox/done inbox/refused out; do [ -d "$SCHOOL/$name" ]; done
}

@test "folders are 0700 and files 0600, whatever the umask (1.3)" {
    SCHOOL=$BATS_TEST_TMPDIR/school
    (umask 000 && must init "$SCHOOL")
    roster >"$BATS_TEST_TMPDIR/pupils.csv"
    week47 >"$BATS_TEST_TMPDIR/47.csv"
    (umask 000 && must import "$BATS_TEST_TMPDIR/pupils.csv" && must import "$BATS_TEST_TMPDIR/47.csv" && must weekly)
    [ -n "$(find "$SCHOOL/out" -name '*.pdf')" ]
    same "$(find "$SCHOOL" -type d ! -perm 700)" ""
    same "$(find "$SCHOOL" -type f ! -perm 600)" ""
}

@test "the new school.ini is commented and is read without a word" {
    new_school
    [ "$(grep -c '^[#;]' "$SCHOOL/school.ini")" -gt 10 ]
    try pd pupils
    same "$status" 0
    same "$problems" ""
}

@test "init does not touch a school that is there" {
    started_school
    before=$(cat "$SCHOOL/school.ini" && state 2026-W46)
    try pd init "$SCHOOL"
    same "$status" 2
    has "$problems" "$SCHOOL"
    same "$(cat "$SCHOOL/school.ini" && state 2026-W46)" "$before"
}

@test "init where no folder can be made fails as the machine's fault" {
    touch "$BATS_TEST_TMPDIR/file"
    SCHOOL=$BATS_TEST_TMPDIR/file/school
    try pd init "$SCHOOL"
    [ "$status" = 4 ] || [ "$status" = 3 ]
    has "$problems" "$BATS_TEST_TMPDIR/file"
}

@test "the school is --school, else this folder, else PAPERDIARY_SCHOOL" {
    started_school
    cd "$SCHOOL"
    try env -i PATH=/usr/bin:/bin "$PROGRAM" --lang en pupils
    same "$status" 0
    has "$output" 101
    cd "$BATS_TEST_TMPDIR"
    try env -i PATH=/usr/bin:/bin PAPERDIARY_SCHOOL="$SCHOOL" "$PROGRAM" --lang en pupils
    same "$status" 0
    has "$output" 101
    try env -i PATH=/usr/bin:/bin "$PROGRAM" --lang en pupils
    same "$status" 3
    has "$problems" "school.ini"
    new_school "$BATS_TEST_TMPDIR/other"
    try env -i PATH=/usr/bin:/bin PAPERDIARY_SCHOOL="$BATS_TEST_TMPDIR/school" "$PROGRAM" --lang en --school "$SCHOOL" pupils
    same "$status" 0
    has_not "$output" 101
}

@test "a wrong key of school.ini is refused with its line and the nearest right one" {
    new_school
    printf '[school]\nnaem = Школа\n' >"$SCHOOL/school.ini"
    try pd pupils
    same "$status" 3
    has "$problems" "school\.ini:2:1: .*'?naem.*name"
}

@test "a key of school.ini given twice, an unclosed quote and a BOM are refused with their lines" {
    new_school
    printf '[school]\nname = Школа\nname = Лицей\n' >"$SCHOOL/school.ini"
    try pd pupils
    same "$status" 3
    has "$problems" 'school\.ini:3(:[0-9]+)?: '
    printf '[school]\nname = "Школа\n' >"$SCHOOL/school.ini"
    try pd pupils
    same "$status" 3
    has "$problems" 'school\.ini:2(:[0-9]+)?: '
    printf '\357\273\277[school]\nname = Школа\n' >"$SCHOOL/school.ini"
    try pd pupils
    same "$status" 3
    has "$problems" 'school\.ini(:1)?(:[0-9]+)?: '
}

@test "a damaged or foreign paperdiary.db is refused and left as it is" {
    new_school
    : >"$SCHOOL/paperdiary.db"
    try pd pupils
    [ "$status" = 3 ] || [ "$status" = 4 ]
    has "$problems" 'paperdiary\.db'
    [ ! -s "$SCHOOL/paperdiary.db" ]
    head -c 8192 /dev/zero | tr '\0' x >"$SCHOOL/paperdiary.db"
    before=$(sha256sum "$SCHOOL/paperdiary.db")
    try pd pupils
    [ "$status" = 3 ] || [ "$status" = 4 ]
    same "$(sha256sum "$SCHOOL/paperdiary.db")" "$before"
}

@test "a group in school.ini: folders 0750 and files 0640 of that group, what comes later too" {
    started_school
    group=$(id -gn)
    settings '[access]' "group = $group"
    umask 000
    must import "$BATS_TEST_TMPDIR/47.csv"
    must weekly
    same "$(find "$SCHOOL" -type d -printf '%m %g\n' | sort -u)" "750 $group"
    same "$(find "$SCHOOL" -type f ! -name .lock -printf '%m %g\n' | sort -u)" "640 $group"
    settings '[access]' 'group = no-such-group'
    try pd weekly
    same "$status" 3
    has "$problems" 'no-such-group'
}

@test "регламент 1.3: a group named later may read what was there before, and one that is named no more nothing" {
    started_school
    must weekly --week 2026-W46
    ln -s "$BATS_TEST_TMPDIR/46.csv" "$SCHOOL/inbox/done/link.csv"
    chmod 604 "$BATS_TEST_TMPDIR/46.csv"
    group=$(id -gn)
    settings '[access]' "group = $group"
    must run
    same "$(find "$SCHOOL" -type d -printf '%m %g\n' | sort -u)" "750 $group"
    same "$(find "$SCHOOL" -type f ! -name .lock -printf '%m %g\n' | sort -u)" "640 $group"
    sed -i '/^group =/d' "$SCHOOL/school.ini"
    must run
    same "$(find "$SCHOOL" -type d -printf '%m\n' | sort -u)" "700"
    same "$(find "$SCHOOL" -type f -printf '%m\n' | sort -u)" "600"
    same "$(stat -c %a "$BATS_TEST_TMPDIR/46.csv")" 604
}

@test "init answers with --json: the folder" {
    try pd --json init "$BATS_TEST_TMPDIR/new"
    same "$status" 0
    same "$(jq -r .school <<<"$output")" "$BATS_TEST_TMPDIR/new"
    [ -s "$BATS_TEST_TMPDIR/new/school.ini" ]
}
