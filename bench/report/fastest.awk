# SPDX-License-Identifier: MIT
#
# fastest.awk - of the comparisons with peers, those with the fastest one
#
#     awk -f fastest.awk RESULT/summary.csv RESULT/ratios.csv
#
# Prints ratios.csv without the others. A peer is a row that is a reference and
# nobody's rival; the fastest is the one with the lowest median among the peers
# of one operation, which is how their names begin, at one number of threads.
# All intervals of the table hold together, so this choice takes none of them
# away.
BEGIN { FS = "," }

FNR == 1 {
    file++
    for (i = 1; i <= NF; i++)
        column[file, $i] = i
}

function get(name) { return $column[file, name] }
function operation(row) { return substr(row, 1, index(row, "-")) }

file == 1 {
    if (FNR > 1)
        ns[get("threads"), get("design")] = get("ns_per_update")
    next
}

{
    line[FNR] = $0
    if (FNR == 1)
        next
    at[FNR] = get("threads")
    reference[FNR] = get("reference")
    compared[get("design")] = 1
}

END {
    for (i = 2; i in line; i++) {
        here = at[i] SUBSEP operation(reference[i])
        n = ns[at[i], reference[i]]
        if (!(reference[i] in compared) && n != "" &&
            (!(here in least) || n + 0 < least[here])) {
            least[here] = n + 0
            fastest[here] = reference[i]
        }
    }
    print line[1]
    for (i = 2; i in line; i++)
        if (reference[i] in compared ||
            reference[i] == fastest[at[i], operation(reference[i])])
            print line[i]
}
