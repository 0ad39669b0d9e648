# SPDX-License-Identifier: MIT
#
# ratios.gp - how much faster than the other, by pairs: a forest plot
#
# A panel a number of threads, a line a comparison. Full points are resolved,
# hollow ones are not. The grey band is what a design shows against itself.
load plots . '/style.gp'
pairs = system(sprintf("awk -F, 'NR > 1 && !seen[$4 \":\" $5]++ \
    { printf \"%%s:%%s \", $4, $5 }' '%s'", ratios))
rows = words(pairs)
if (text) { panels = exists("threads") ? '' . threads : '' . busy }
high = 214 + 24.0 * rows # of the figure, in pixels
eval open(800, high)

left_of(p) = p[1:strstrt(p, ':') - 1]
right_of(p) = p[strstrt(p, ':') + 1:]
row_of(a, b) = sum [i=1:rows] (word(pairs, i) eq a . ':' . b ? i : 0)
here(n, yes) = sprintf("< awk -F, 'NR == 1 || $2 == %d && $9 != \"\" && \
    ($14 == \"faster\" || $14 == \"slower\") == %d' '%s'", n, yes, ratios)
band(n) = system(sprintf("awk -F, '$2 == %d && $13 != \"\" { print $13; \
    exit }' '%s'", n, ratios)) + 0
# The points of a panel, if there are any: gnuplot complains of no data.
points(n, yes, look) = system(sprintf("%s | wc -l", \
    substr(here(n, yes), 3, -1))) + 0 < 2 ? '' : sprintf("here(%d, %d) using \
    'speed_ratio':(row_of(strcol('design'), strcol('reference'))):\
'low':'high' with xerrorbars pointsize 0.9 linewidth 1.4 %s, ", n, yes, look)
widest(c, op) = system(sprintf("awk -F, 'NR > 1 && $%d != \"\" && \
    (x == \"\" || $%d %s x) { x = $%d } END { print x }' '%s'", \
    c, c, op, c, ratios)) + 0

set logscale x
set xrange [widest(10, '<') / 1.3:widest(11, '>') * 1.3]
set yrange [rows + 0.6:0.4]
set ytics () scale 0
set format x '%g'
# Within less than two decades the powers of ten alone are too few.
if (widest(11, '>') / widest(10, '<') < 60) {
    set xtics (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)
}
if (!text) { set xtics font ',11' }
unset key
eval foot('bars: sign-test interval of the paired ratios, 95 % a panel')

full = text ? "pointtype '#'" : "pointtype 7 linecolor rgb '#08306b'"
hollow = text ? "pointtype 'o'" : "pointtype 6 linecolor rgb '#888888'"
count = words(panels)
set arrow 1 from 1, graph 0 to 1, graph 1 nohead linecolor '#333333' \
    linewidth 1.2
if (!text) {
    set label 1002 'Speed against another design, by pairs' at \
        screen 0.5, screen 1 - 20 / high center font ',17'
    set label 1003 "speed ratio: right of 1 is faster · full: resolved · \
hollow: not resolved · grey: A/A band" at screen 0.5, screen 78 / high center \
        font ',11'
    set multiplot
}
do for [i=1:count] {
    n = word(panels, i) + 0
    b = band(n)
    if (b > 1) {
        set object 1 rectangle from 1 / b, graph 0 to b, graph 1 behind \
            fillcolor '#cccccc' fillstyle solid noborder
    } else { unset object 1 }
    if (text) {
        set title sprintf('Speed against another design: %s', threads_text(n))
        set xlabel 'speed ratio (right of 1: faster); \
# resolved, o not resolved'
    } else {
        set title sprintf('%d thread%s%s', n, n > 1 ? 's' : '', \
            n > cpus ? ', over' : '') font ',12' offset 0, -0.6
        set lmargin at screen 0.42 + (i - 1) * 0.57 / count
        set rmargin at screen 0.42 + (i - 0.14) * 0.57 / count
        set tmargin at screen 1 - 74 / high
        set bmargin at screen 120 / high
    }
    set ytics () scale 0 font ',11'
    do for [k=1:rows] {
        p = word(pairs, k)
        set ytics add ((i > 1 ? '' : \
            left_of(p) . ' : ' . right_of(p)) k)
    }
    eval 'plot ' . points(n, 1, full) . points(n, 0, hollow) . \
        '-1 with lines notitle'
    unset label
}
if (text) { print foot_text('sign-test interval of the paired ratios') }
if (!text) { unset multiplot }
