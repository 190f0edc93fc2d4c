# What the scripts on real gradebooks share. Sourced; sets ROOT, PROGRAM, REAL, WORK, and skips where there is no data.
# shellcheck shell=bash
set -u
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
PROGRAM=${PAPERDIARY:-${B:-build}/paperdiary}
case $PROGRAM in
/*) ;;
*) PROGRAM=$ROOT/$PROGRAM ;;
esac
REAL=${PAPERDIARY_REAL:-$ROOT/../shared/real}
GATE=$ROOT/tests/pdf/gate.sh
passed=0 failed=0

skip() {
    printf '%s: skipped: %s\n' "${0##*/}" "$*"
    printf '0 passed, 0 failed, 1 skipped\n'
    exit 0
}

ok() {
    passed=$((passed + 1))
    [ -z "${VERBOSE:-}" ] || printf 'ok: %s\n' "$*"
}

bad() {
    failed=$((failed + 1))
    printf '%s: FAILED: %s\n' "${0##*/}" "$*"
}

# same WHAT GOT WANTED
same() {
    if [ "$2" = "$3" ]; then ok "$1"; else
        bad "$1"
        diff <(printf '%s\n' "$3") <(printf '%s\n' "$2") | head -n 12
    fi
}

# expect WHAT STATUSES COMMAND…: runs it, stdout and stderr to $WORK/out and $WORK/err.
expect() {
    local what=$1 statuses=$2 status=0
    shift 2
    "$@" >"$WORK/out" 2>"$WORK/err" || status=$?
    case " $statuses " in
    *" $status "*) ok "$what" ;;
    *)
        bad "$what: exit $status"
        head -n 5 "$WORK/err"
        ;;
    esac
}

finish() {
    printf '%s: %d s\n' "${0##*/}" "$SECONDS"
    printf '%d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" = 0 ]
    exit
}

[ -x "$PROGRAM" ] || { echo "$PROGRAM is not there: make builds it" >&2; exit 2; }
WORK=$(mktemp -d) || exit 2
trap 'rm -rf "$WORK"' EXIT
