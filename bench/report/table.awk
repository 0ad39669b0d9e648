# SPDX-License-Identifier: MIT
#
# table.awk - some columns of a CSV file as an HTML table
#
#     awk -v columns='design,threads,ns_per_update' -f table.awk FILE
#
# Columns that the file does not have are left out. Numbers have three digits;
# `-again` rows, which repeat a design for A/A, are left out.
BEGIN { FS = "," }

function text(x) {
    if (x ~ /^-?[0-9]+$/ && (x + 0 < 100000))
        return x
    if (x ~ /^-?[0-9.]+(e[-+]?[0-9]+)?$/)
        return sprintf(x >= 100 && x < 1e6 ? "%.0f" : "%.3g", x)
    gsub(/&/, "\\&amp;", x)
    gsub(/</, "\\&lt;", x)
    return x
}

FNR == 1 {
    wanted = split(columns, want, ",")
    for (i = 1; i <= NF; i++)
        place[$i] = i
    print "<table><thead><tr>"
    for (i = 1; i <= wanted; i++)
        if (want[i] in place) {
            show[++shown] = place[want[i]]
            name = want[i]
            gsub(/_/, " ", name)
            printf "<th>%s</th>", name
        }
    print "</tr></thead><tbody>"
    next
}

("design" in place) && $place["design"] ~ /-again$/ && !("aa" in place) { next }

{
    printf "<tr>"
    for (i = 1; i <= shown; i++)
        printf "<td>%s</td>", text($show[i])
    print "</tr>"
}

END { print "</tbody></table>" }
