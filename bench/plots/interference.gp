# SPDX-License-Identifier: MIT
#
# interference.gp - latency of updates while the registry is scraped, on an axis
# of nines: a panel for what is updated, a line for how often it is scraped
load plots . '/style.gp'
set datafile separator whitespace
file(d) = sprintf('%s/latency-%s-%d.hgrm', dir, d, busy)
exists_(d) = system(sprintf("test -f '%s' && echo yes", file(d))) eq 'yes'
kinds = ''
do for [d in designs] {
    n = strlen(d)
    if (n > 2 && d[n - 1:n] eq '-0' && exists_(d)) {
        kinds = kinds . ' ' . d[1:n - 2]
    }
}
if (text) { kinds = exists("design") ? design : word(kinds, 1) }
columns = text || words(kinds) == 1 ? 1 : 2
lines_of = (words(kinds) + columns - 1) / columns
high = 140 + 320.0 * lines_of # of the figure, in pixels
eval open(800, high)

set logscale xy
set xrange [1:1e7]
# One scale for all panels, up to the longest of all.
longest = system(sprintf("awk -F, '$1 == \"interference\" && $2 !~ /clock/ && \
    $5 > x { x = $5 } END { print x }' '%s/latency.csv'", dir)) + 0
set yrange [10:10 ** ceil(log10(longest))]
set xtics ('0' 1, '90' 10, '99' 100, '99.9' 1e3, '99.99' 1e4, \
    '99.999' 1e5, '' 1e6, '' 1e7)
set ytics ('10 ns' 10, '100 ns' 100, '1 µs' 1e3, '10 µs' 1e4, '100 µs' 1e5, \
    '1 ms' 1e6, '10 ms' 1e7, '100 ms' 1e8, '1 s' 1e9)
set key top left Left reverse samplen 2 spacing 1.15 font ',11' \
    title 'scrapes a second' left font ',11'
eval foot(sampled . ', no correction')

# Value and 1/(1-p). The last line is the maximum of n samples: there 1-p is
# 1/n, since one sample in n is that long.
hgrm(f) = sprintf("< awk 'NF == 4 && $4 + 0 > 0 { print $1, $4 } \
    NF == 3 && $2 == 1 { print $1, $3 }' '%s'", f)
tint(i) = word('#999999 #a6d3ee #1f3fd0 #e34a33', i)
mark(i) = word('2 6 9 5', i) + 0
rates(k) = (exists_(k . '-0') ? '1 ' : '') . (exists_(k . '-1') ? '2 ' : '') \
    . (exists_(k . '-10') ? '3 ' : '') . (exists_(k . '-100') ? '4 ' : '')
rate(i) = word('0 1 10 100', i + 0)
floor_of = sprintf('%s/clock-floor.hgrm', dir)
if (text) {
    set title sprintf('Latency of %s, by percentile', kinds)
    plot for [i in rates(kinds)] hgrm(file(kinds . '-' . rate(i))) using 2:1 \
        with lines title rate(i)
    print foot_text(sampled)
    exit
}
set label 1002 sprintf('Latency of updates while scraped: %s', \
    threads_text(busy)) at screen 0.5, screen 1 - 20 / high center font ',17'
set label 1003 'percentile of the updates, % · grey: the clock alone' at \
    screen 0.5, screen 74 / high center font ',11'
set multiplot
do for [i=1:words(kinds)] {
    k = word(kinds, i)
    column_ = (i - 1) % columns
    line_ = (i - 1) / columns
    set lmargin at screen 0.1 + 0.47 * column_
    set rmargin at screen 0.1 + 0.47 * column_ + (columns == 1 ? 0.86 : 0.4)
    set tmargin at screen 1 - (64 + 320 * line_) / high
    set bmargin at screen 1 - (64 + 320 * line_ + 264) / high
    set title k offset 0, -0.7 font ',13'
    set xtics font ',10'
    set ytics font ',10'
    plot hgrm(floor_of) using 2:1 with filledcurves y=10 \
            fillcolor '#d9d9d9' fillstyle solid noborder notitle, \
        for [r in rates(k)] hgrm(file(k . '-' . rate(r))) using 2:1 \
            with linespoints linewidth 1.8 linecolor rgb tint(r + 0) \
            pointtype mark(r + 0) pointsize 0.8 pointinterval -(5 + r) title rate(r)
    unset label # the text around the panels is drawn once, with the first
}
unset multiplot
