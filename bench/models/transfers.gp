# SPDX-License-Identifier: MIT
#
# transfers.gp - how often a line moves for one update, in the strict order
#
# A logarithm has no place for 0; those who never move a line stand at the foot,
# and the axis says 0 there.
load plots . '/../models/model.gp'
eval open(800, 620)

none = 0.4
rows(d) = sprintf("< awk -F, '$1 == \"strict\" && $2 == \"%s\" && \
    $4 == \"fast\" { print $3 \",\" ($6 < %g ? %g : $6) }' '%s/model.csv'", \
    d, none, none, dir)
# One label for all that end at one place.
ends = sprintf("< awk -F, '$1 == \"strict\" && $3 == 128 && $4 == \"fast\" { \
    y = sprintf(\"%%.4g\", $6 < %g ? %g : $6); \
    text[y] = text[y] (text[y] == \"\" ? \"\" : \"\\n\") $2 } \
    END { for (y in text) { n = split(text[y], part, \"\\n\"); \
    for (i = 1; i <= n; i++) print y \",\" part[i] \",\" (n + 1) / 2 - i } }' \
    '%s/model.csv'", none, none, dir)
# Labels at one place stand one below the other, and none on its neighbour.
at(d, y, up) = y * 1.45**up * \
    (d eq 'spin-ttas' ? 1.13 : d eq 'spin-tas' ? 0.87 : 1)
designs = system(sprintf("awk -F, 'NR > 1 && !seen[$2]++ { printf \"%%s \", \
    $2 }' '%s/model.csv'", dir))

set title 'MODEL, not measured: transfers of a line for one update'
set ylabel 'transfers of a line, for one update'
set ytics ('0' none, '1' 1, '2' 2, '4' 4, '8' 8, '16' 16, '32' 32, '64' 64, \
    '128' 128, '256' 256, '512' 512)
set xrange [0.9:142]
set yrange [0.3:800]
unset key
set rmargin 14
set bmargin 8
eval foot('MODEL, strict order: requests are served one by one as they came, and \
who gets the line has it for one access.\nThe counts are exact and need no \
times, but for the mutex, whose threads sleep.')
plot for [d in designs] rows(d) using 1:2 with linespoints \
        dashtype 2 linewidth 2 pointtype shape(d) pointsize 1 \
        linecolor rgb tint(d), \
    for [d in designs] ends . " | grep ',".d.",'" \
        using (128):(at(d, $1, $3)):(d) with labels left noenhanced \
        offset 1.5, 0 textcolor rgb tint(d)
