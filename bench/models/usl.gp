# SPDX-License-Identifier: MIT
#
# usl.gp - the scalability law, fitted to measured rows
#
# The dashed line ends at twice the largest measured thread count: usl.csv has no
# more.
load plots . '/../models/model.gp'
eval open(800, 620)

rows(what, d) = sprintf("< awk -F, '$1 == \"%s\" && $2 == \"%s\"' \
    '%s/usl.csv'", what, d, dir)
designs = system(sprintf("awk -F, '$1 == \"fit\" && !seen[$2]++ { \
    printf \"%%s \", $2 }' '%s/usl.csv'", dir))

set title 'MODEL (dashed): the scalability law, fitted to measured points'
set ylabel 'time of one update'
eval ns_tics
set xrange [0.9:*]
set key outside right center Left reverse samplen 2 spacing 1.3
set bmargin 8
eval foot('Points: medians that the harness measured, with a CPU for each \
thread. The law: n / rate = a + b (n - 1) + c n (n - 1).\nNothing is drawn \
beyond twice the largest measured number of threads.')
plot for [d in designs] rows('fit', d) using 3:4 with lines dashtype 2 \
        linewidth 2 linecolor rgb tint(d) notitle, \
    for [d in designs] rows('measured', d) using 3:4 with points \
        pointtype shape(d) pointsize 1 linecolor rgb tint(d) title d
