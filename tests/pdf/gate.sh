#!/bin/sh
# What every PDF of ours must stand, judged by foreign readers: gate.sh [--watermark] FILE.pdf…
#   qpdf: the file is sound. pdffonts: every face embedded, a subset, with a ToUnicode map.
#   pdftotext -bbox: every word inside its page, no two words over each other. mutool: no glyph .notdef.
# --watermark: what is higher than 40 pt may lie over other words. Closes with one line of counts; exit 1 on any fault.
set -u
highest=10000
if [ "${1:-}" = --watermark ]; then
    highest=40
    shift
fi
[ $# -gt 0 ] || { echo "usage: gate.sh [--watermark] FILE.pdf…" >&2; exit 2; }
for tool in qpdf fix-qdf pdffonts pdftotext mutool; do
    command -v $tool >/dev/null || { echo "gate: $tool is missing" >&2; exit 2; }
done
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
files=0 pages=0 words=0 faults=0

fault() {
    faults=$((faults + 1))
    printf 'gate: %s\n' "$*" >&2
}

# pdftotext is silent about what lies off the page: the same file with 400 pt more on each side.
widened() {
    qpdf --qdf --object-streams=disable "$1" - 2>/dev/null | LC_ALL=C awk '
        /^ *\/(Media|Crop)Box \[$/ { inside = 4 }
        inside && /^ *-?[0-9.]+$/ { $0 = "    " (inside > 2 ? $1 - 400 : $1 + 400); inside-- }
        { print }' | fix-qdf
}

boxes() {
    awk -v file="$1" -v highest="$highest" '
    function value(line, key,    at, rest) {
        at = index(line, key "=\"")
        if (at == 0) return ""
        rest = substr(line, at + length(key) + 2)
        return substr(rest, 1, index(rest, "\"") - 1) + 0
    }
    function report(what) {
        if (++faults <= 12) printf "gate: %s: page %d: %s\n", file, pages, what > "/dev/stderr"
    }
    # Boxes are as high as the face; two thirds of that around the middle must be free of others.
    function close_page(    i, j) {
        for (i = 1; i <= n; i++)
            for (j = i + 1; j <= n; j++)
                if (x0[i] + .4 < x1[j] && x0[j] + .4 < x1[i] && y0[i] < y1[j] && y0[j] < y1[i])
                    report("«" text[i] "» and «" text[j] "» lie over each other")
        n = 0
    }
    /<page / { pages++; width = value($0, "width") - 800; height = value($0, "height") - 800; n = 0 }
    /<\/page>/ { close_page() }
    /<word / {
        t = $0; sub(/^[^>]*>/, "", t); sub(/<\/word>.*/, "", t)
        words++
        a = value($0, "xMin") - 400; b = value($0, "xMax") - 400; c = value($0, "yMin") - 400; d = value($0, "yMax") - 400
        if (a < -.5 || b > width + .5 || c < -.5 || d > height + .5) report("«" t "» leaves the page")
        if (d - c > highest) next
        n++; text[n] = t; x0[n] = a; x1[n] = b; y0[n] = c + (d - c) / 4; y1[n] = d - (d - c) / 4
    }
    END { print pages + 0, words + 0, faults + 0 }'
}

for file in "$@"; do
    files=$((files + 1))
    if ! qpdf --check "$file" >"$work/qpdf" 2>&1; then
        fault "$file: $(tail -n 1 "$work/qpdf")"
        continue
    fi
    widened "$file" >"$work/wide.pdf"
    pdftotext -bbox "$work/wide.pdf" "$work/bbox" 2>"$work/said" || fault "$file: pdftotext: $(head -n 1 "$work/said")"
    counts=$(boxes "$file" <"$work/bbox")
    # shellcheck disable=SC2086
    set -- $counts
    pages=$((pages + $1)) words=$((words + $2)) faults=$((faults + $3))
    [ "$2" -gt 0 ] || fault "$file: not a word on it"
    pdffonts "$file" 2>/dev/null | awk 'NR > 2 && ($(NF - 4) != "yes" || $(NF - 3) != "yes" || $(NF - 2) != "yes") { print $1 }' >"$work/fonts"
    while read -r font; do fault "$file: $font is not embedded, not a subset or without ToUnicode"; done <"$work/fonts"
    missing=$(mutool trace "$file" 2>/dev/null | grep -c '\.notdef')
    [ "$missing" -eq 0 ] || fault "$file: $missing glyphs .notdef"
done
printf 'gate: %d files, %d pages, %d words, %d faults\n' "$files" "$pages" "$words" "$faults"
[ "$faults" -eq 0 ]
