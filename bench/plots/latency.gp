# SPDX-License-Identifier: MIT
#
# latency.gp - how long single updates took, a panel a design
#
# What lies in the shaded band is no longer than the clock needs for two
# readings with nothing between them: there the clock is what is seen.
load plots . '/style.gp'
latency = dir . '/latency.csv'
shown = system(sprintf("awk -F, 'NR > 1 && $2 != \"clock-floor\" && \
    !seen[$2]++ { printf \"%%s \", $2 }' '%s'", latency))
if (text) { shown = exists("design") ? design : word(shown, 2) }
columns = text ? 1 : 3
lines_of = (words(shown) + columns - 1) / columns
high = 170 + 175.0 * lines_of # of the figure, in pixels
eval open(800, high)

floor_low = system(sprintf("awk -F, '$2 == \"clock-floor\" \
    { print $4; exit }' '%s'", latency)) + 0
# Up to the bin that holds 99 % of the readings.
floor_high = system(sprintf("awk -F, '$2 == \"clock-floor\" \
    { n += $6; c[NR] = n; h[NR] = $5 } END { for (i = 1; i <= NR; i++) \
    if (i in c && c[i] >= 0.99 * n) { print h[i]; exit } }' '%s'", \
    latency)) + 0

# The outline of the bins: the share of the samples of this design and number
# of threads. Over a gap of more than a doubling the outline goes down, below
# the axis; smaller ones are bridged, since the steps of the clock make them.
bins(d, n) = sprintf("< awk -F, -v OFS=, '$2 == \"%s\" && $3 == %d \
    { low[++k] = $4; high[k] = $5; c[k] = $6; n += $6 } END { \
    for (i = 1; i <= k; i++) { \
        if (low[i] > 2 * high[i - 1]) print low[i], 1e-9; \
        print low[i], c[i] / n; print high[i], c[i] / n; \
        if (i == k || low[i + 1] > 2 * high[i]) print high[i], 1e-9 } }' \
    '%s'", d, n, latency)

# Which of the panels' threads a design has samples for: none where it counted
# wrong.
shown_at(d) = system(sprintf("awk -F, -v want='%s' 'BEGIN { \
    n = split(want, w, \" \") } $2 == \"%s\" { has[$3] = 1 } END { \
    for (i = 1; i <= n; i++) if (w[i] in has) printf \"%%d \", i }' '%s'", \
    panels, d, latency))

set logscale xy
longest = system(sprintf("awk -F, 'NR > 1 && $5 > x { x = $5 } \
    END { print x }' '%s'", latency)) + 0
set xrange [10:10 ** ceil(log10(longest))]
set yrange [1e-6:1]
set xtics ('10 ns' 10, '' 100, '1 µs' 1e3, '' 1e4, '100 µs' 1e5, '' 1e6, \
    '10 ms' 1e7, '' 1e8)
unset mytics
set ytics 1e-6, 100, 1 enhanced
set format y text ? '%.0e' : '10^{%L}'
unset key
# A line is known by its dashes to who does not see its colour.
dashes(i) = word('1 2 3 4', i) + 0
dashed(i) = word('━━ ╍╍ ┅┅ ━∙', i)
set label 1002 'Latency of one update: share of samples, log-log' at \
    screen 0.5, screen 1 - 18 / high center font ',17'
set label 1003 'Grey: the clock alone (99 % of its own readings)' at \
    screen 0.5, screen 1 - 64 / high center font ',11' textcolor '#666666'
do for [i=1:words(panels)] {
    set label 1010 + i dashed(i) . ' ' . threads_text(word(panels, i) + 0) at \
        screen 0.18 + 0.16 * (i - 1), screen 1 - 44 / high left \
        font ',11' textcolor rgb by_threads(i)
}
eval foot(sampled . ', no correction')
if (text) {
    unset label
    set key
    set title 'Latency of ' . shown . ': share of samples, log-log'
    plot for [i in shown_at(shown)] bins(shown, word(panels, i + 0) + 0) \
        using 1:2 with lines title threads_text(word(panels, i + 0) + 0)
    print sprintf('the clock alone: %.0f to %.0f ns', floor_low, floor_high)
    print foot_text(sampled)
    exit
}
set multiplot
do for [i=1:words(shown)] {
    column_ = (i - 1) % columns
    line_ = (i - 1) / columns
    set lmargin at screen 0.085 + 0.31 * column_
    set rmargin at screen 0.085 + 0.31 * column_ + 0.24
    set tmargin at screen 1 - (100 + 175 * line_) / high
    set bmargin at screen 1 - (100 + 175 * line_ + 120) / high
    set title word(shown, i) offset 0, -0.7 font ',13'
    set object 1 rectangle from floor_low, graph 0 to floor_high, graph 1 \
        behind fillcolor '#d9d9d9' fillstyle solid noborder
    set xtics font ',10' offset 0, 0.3
    set ytics font ',10'
    plot for [t in shown_at(word(shown, i))] \
        bins(word(shown, i), word(panels, t + 0) + 0) \
        using 1:2 with lines linewidth 1.4 dashtype dashes(t + 0) \
        linecolor rgb by_threads(t + 0)
    unset label # the text around the panels is drawn once, with the first
}
unset multiplot
