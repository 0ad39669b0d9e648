# SPDX-License-Identifier: MIT
#
# prose.awk - the sections of a Markdown file that have these titles, as HTML
#
#     awk -v titles='One|Another' -f prose.awk bench/README.md
#
# Paragraphs, **strong**, *emphasis* and `code`: what is written there. A link
# becomes its text.
function inline(x,    out) {
    gsub(/&/, "\\&amp;", x)
    gsub(/</, "\\&lt;", x)
    while (match(x, /\[[^]]*\]\([^)]*\)/)) {
        out = substr(x, RSTART + 1, index(substr(x, RSTART), "]") - 2)
        x = substr(x, 1, RSTART - 1) out substr(x, RSTART + RLENGTH)
    }
    x = pairs_of(x, "`", "code")
    x = pairs_of(x, "**", "strong")
    return pairs_of(x, "*", "em")
}

function pairs_of(x, mark, tag,    out, n, part, i) {
    n = 0
    while ((i = index(x, mark)) > 0) {
        out = out substr(x, 1, i - 1) "<" (n++ % 2 ? "/" : "") tag ">"
        x = substr(x, i + length(mark))
    }
    return out x
}

BEGIN { n = split(titles, list, "|"); for (i = 1; i <= n; i++) want[list[i]] }
/^## / {
    here = substr($0, 4) in want
    if (here)
        print "<h3>" inline(substr($0, 4)) "</h3>"
    next
}
here && NF { print "<p>" inline($0) "</p>" }
