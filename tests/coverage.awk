# From gcovr's table of files: the share of lines and of branches by folder of src/. Exit 1 where one of `must` is below 90 %.
BEGIN { split("gradebook intake store issue", must, " ") }
NR > 1 {
    split($1, part, "/")
    folder = $1 == "src/main.c" ? "main.c" : part[2]
    lines[folder] += $2; lines_hit[folder] += $3
    branches[folder] += $5; branches_hit[folder] += $6
    lines["all"] += $2; lines_hit["all"] += $3
    branches["all"] += $5; branches_hit["all"] += $6
}
function share(hit, of) { return of == 0 ? 100 : 100 * hit / of }
END {
    for (f in lines)
        printf "%-12s %5.1f %% of %5d lines  %5.1f %% of %5d branches\n", f, share(lines_hit[f], lines[f]), lines[f],
            share(branches_hit[f], branches[f]), branches[f] | "sort"
    close("sort")
    for (i in must)
        if (!(must[i] in lines) || share(lines_hit[must[i]], lines[must[i]]) < 90) {
            printf "below 90 %% of lines: %s\n", must[i]
            low = 1
        }
    exit low
}
