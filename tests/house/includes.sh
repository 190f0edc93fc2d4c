#!/usr/bin/env bash
# The house: data goes one way. Fails on an include that goes up, and on a library's header outside its room.
# Reads the compiler's own dependency files of the build folder $B.
set -u
cd "$(dirname "$0")/../.." || exit 2
B=${B:-build}
find "$B/src" -name '*.d' -print0 | xargs -0 cat | tr -d '\\' | awk '
BEGIN {
    n = split("base settings gradebook store typeset intake sheets press issue commands", room, " ")
    for (i = 1; i <= n; i++) rank[room[i]] = i
    rank["intake"] = rank["sheets"] = rank["press"] # neighbours that must not see each other
    owner["csv.h"] = "intake"; owner["sqlite3.h"] = "store"; owner["hpdf.h"] = "press"; owner["iniparser.h"] = "settings"
}
/^[^ ]*\.o:/ { sub(/^[^ ]*\.o: */, ""); from = "" }
{
    for (i = 1; i <= NF; i++) {
        if ($i ~ /:$/) next
        if ($i ~ /^src\/[a-z]+\/[^\/]*\.c$/) { split($i, part, "/"); from = part[2]; files++ }
        else if ($i ~ /^src\/[a-z]+\/[^\/]*\.h$/ && from != "") {
            split($i, part, "/"); to = part[2]
            if (rank[to] > rank[from] || (rank[to] == rank[from] && to != from)) { print from " includes " $i; bad++ }
        } else if (from != "") {
            m = split($i, part, "/"); name = part[m]
            if ((name in owner) && owner[name] != from) { print "<" name "> is included in " from; bad++ }
        }
    }
}
END {
    if (!files) { print "no dependency files; build first"; bad = 1 }
    print (bad ? "0 passed, 1 failed" : "1 passed, 0 failed")
    exit bad > 0
}'
