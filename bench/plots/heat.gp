# SPDX-License-Identifier: MIT
#
# heat.gp - when the slow updates were: a trial from left to right, a panel for
# an update without scrapes and one with the most
#
# How many updates a cell has is told by its darkness, on a logarithmic scale. A
# text figure has a letter for it.
load plots . '/style.gp'
heat = dir . '/heat.csv'
rows = exists("design") ? design : system(sprintf("awk -F, 'NR > 1 && \
    $2 ~ /^(counter|observe)-/ && !seen[$2]++ { split($2, part, \"-\"); \
    if (!(part[1] in low) || part[2] + 0 < low[part[1]]) { low[part[1]] = part[2] + 0 } \
    if (part[2] + 0 > high[part[1]]) { high[part[1]] = part[2] + 0 } } \
    END { for (k in low) { printf \"%%s-%%d \", k, low[k]; \
    if (high[k] > low[k]) { printf \"%%s-%%d \", k, high[k] } } }' '%s' | \
    tr ' ' '\n' | sort -V | tr '\n' ' '", heat))
if (text) { rows = word(rows, words(rows)) }
high = 130 + 230.0 * words(rows) # of the figure, in pixels
eval open(800, high)

cells(d) = sprintf("< awk -F, '$2 == \"%s\" && $3 == %d { print $4, $4 + $5, \
    $6, $7, $8 }' '%s'", d, busy, heat)
most(c) = system(sprintf("awk -F, 'NR > 1 && $2 !~ /-again$/ && %s > x { x = %s } \
    END { print x }' '%s'", c, c, heat)) + 0
set datafile separator whitespace
set xrange [0:most('$4 + $5')]
set yrange [10:10 ** ceil(log10(most('$7')))]
set logscale y
set ytics ('10 ns' 10, '100 ns' 100, '1 µs' 1e3, '10 µs' 1e4, '100 µs' 1e5, \
    '1 ms' 1e6, '10 ms' 1e7, '100 ms' 1e8, '1 s' 1e9)
unset key
eval foot(sampled . ', one trial, no correction')
if (text) {
    set title sprintf('When: %s', rows)
    plot cells(word(rows, 1)) using (($1 + $2) / 2):(sqrt($3 * $4)) with dots
    print foot_text(sampled)
    exit
}
# A single update must be seen from the last row.
set palette defined (0 '#8fbbdc', 0.5 '#3a86c0', 1 '#08193a')
set logscale cb
set cbrange [1:most('$8')]
unset colorbox
set label 1002 sprintf('Latency of updates over time: %s', \
    threads_text(busy)) at screen 0.5, screen 1 - 20 / high center font ',17'
set label 1003 sprintf('darker: more updates, from 1 to %d a cell', \
    most('$8')) at screen 0.5, screen 72 / high center font ',11'
set multiplot
do for [i=1:words(rows)] {
    set lmargin at screen 0.11
    set rmargin at screen 0.97
    set tmargin at screen 1 - (60 + 230 * (i - 1)) / high
    set bmargin at screen 1 - (60 + 230 * (i - 1) + 166) / high
    if (i == words(rows)) {
        set xlabel 'ms since the trial began' offset 0, 0.6 font ',11'
    }
    set title word(rows, i) offset 0, -0.7 font ',13'
    set tics font ',10'
    plot cells(word(rows, i)) using (($1 + $2) / 2):(sqrt($3 * $4)):1:2:3:4:5 \
        with boxxyerror fillstyle solid noborder fillcolor palette
    unset label # the text around the panels is drawn once, with the first
}
unset multiplot
