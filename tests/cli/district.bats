#!/usr/bin/env bats
# A district: every school of a folder through GNU parallel.

load helper

setup() {
    command -v parallel >/dev/null || skip "GNU parallel is not installed"
}

district() {
    env -i HOME="$BATS_TEST_TMPDIR" PATH=/usr/bin:/bin PAPERDIARY="$PROGRAM --lang en --today 2026-11-21" \
        "$ROOT/examples/district/district.sh" "$BATS_TEST_TMPDIR/schools" "$@"
}

# School $1 with a week of lessons in its inbox and two pupils on paper.
school() {
    new_school "$BATS_TEST_TMPDIR/schools/$1"
    roster >"$BATS_TEST_TMPDIR/pupils.csv"
    must import "$BATS_TEST_TMPDIR/pupils.csv"
    week47 >"$SCHOOL/inbox/47.csv"
}

@test "every school gets its sheets; one that fails is named by its folder, and holds up nobody" {
    mkdir "$BATS_TEST_TMPDIR/schools"
    for id in 017 034 'no 55'; do school "$id"; done
    echo nonsense >"$BATS_TEST_TMPDIR/schools/034/school.ini"
    try district
    same "$status" 3
    has "$output" '^школ: 3; готово: 2; '
    has "$output" '^не сделано: 1 – 034 \(3\)$'
    has "$problems" '^034\t.*school.ini:1'
    for id in 017 'no 55'; do
        [ -f "$BATS_TEST_TMPDIR/schools/$id/out/2026-W47/print.pdf" ] || fail "no print.pdf of $id"
    done
    [ ! -e "$BATS_TEST_TMPDIR/schools/034/out/2026-W47" ] || fail "034 has sheets"
    has_not "$output$problems" 'Азаров|Белов'
}

@test "a refused file needs a person; a second run has nothing to do" {
    mkdir "$BATS_TEST_TMPDIR/schools"
    for id in 1 2; do school "$id"; done
    echo 'date;class' >"$BATS_TEST_TMPDIR/schools/2/inbox/broken.csv"
    try district -j 2
    same "$status" 1
    has "$output" '^нужен человек: 1 – 2$'
    before=$(find "$BATS_TEST_TMPDIR/schools" -name '*.pdf' -exec sha256sum {} + | sort)
    try district
    same "$status" 0
    has "$output" '^школ: 2; готово: 2; '
    same "$(find "$BATS_TEST_TMPDIR/schools" -name '*.pdf' -exec sha256sum {} + | sort)" "$before"
}

@test "no folder, no school: said" {
    try district
    same "$status" 2
    mkdir "$BATS_TEST_TMPDIR/schools"
    try district
    same "$status" 3
    has "$problems" 'нет ни одной школы'
}
