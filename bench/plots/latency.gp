# SPDX-License-Identifier: MIT
#
# latency.gp - how long one update in 1024 took, a panel a design
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
eval open(800, 130 + 175 * lines_of)

floor_low = system(sprintf("awk -F, '$2 == \"clock-floor\" \
    { print $4; exit }' '%s'", latency)) + 0
# Up to the bin that holds 99 % of the readings.
floor_high = system(sprintf("awk -F, '$2 == \"clock-floor\" \
    { n += $6; c[NR] = n; h[NR] = $5 } END { for (i = 1; i <= NR; i++) \
    if (i in c && c[i] >= 0.99 * n) { print h[i]; exit } }' '%s'", \
    latency)) + 0

# The share of the samples of this design and number of threads in each bin.
bins(d, n) = sprintf("< awk -F, '$2 == \"%s\" && $3 == %d \
    { low[++k] = $4; high[k] = $5; c[k] = $6; n += $6 } END { \
    for (i = 1; i <= k; i++) print low[i] \",\" high[i] \",\" c[i] / n }' \
    '%s'", d, n, latency)

# Which of the panels' threads a design has samples for: none where it counted
# wrong.
shown_at(d) = system(sprintf("awk -F, -v want='%s' 'BEGIN { \
    n = split(want, w, \" \") } $2 == \"%s\" { has[$3] = 1 } END { \
    for (i = 1; i <= n; i++) if (w[i] in has) printf \"%%d \", i }' '%s'", \
    panels, d, latency))

set logscale xy
set xrange [10:1e8]
set yrange [1e-6:1]
set format y '10^{%L}'
set xtics ('10 ns' 10, '' 100, '1 µs' 1e3, '' 1e4, '100 µs' 1e5, '' 1e6, \
    '10 ms' 1e7, '' 1e8)
set ytics 1e-6, 100, 1 enhanced
unset key
set label 1002 'Latency of one update: share of samples, log-log' at \
    screen 0.5, screen 1 - 16.0 / (130 + 175 * lines_of) center font ',17'
set label 1003 'grey: the clock alone (99 % of its own readings)' at \
    screen 0.985, screen 1 - 40.0 / (130 + 175 * lines_of) right font ',11' \
    textcolor '#666666'
do for [i=1:words(panels)] {
    set label 1010 + i sprintf('— %s', threads_text(word(panels, i) + 0)) at \
        screen 0.03 + 0.15 * (i - 1), \
        screen 1 - 40.0 / (130 + 175 * lines_of) left font ',11' \
        textcolor rgb by_threads(i)
}
eval foot('one update in 1024 sampled; closed loop, no correction')
if (text) {
    unset label
    set key
    set title 'Latency of ' . shown . ': share of samples, log-log'
    plot for [i in shown_at(shown)] bins(shown, word(panels, i + 0) + 0) \
        using 1:3 with linespoints title threads_text(word(panels, i + 0) + 0)
    print sprintf('the clock alone: %.0f to %.0f ns', floor_low, floor_high)
    print foot_text('one update in 1024 sampled; closed loop')
    exit
}
high = 130.0 + 175 * lines_of
set multiplot
do for [i=1:words(shown)] {
    column_ = (i - 1) % columns
    line_ = (i - 1) / columns
    set lmargin at screen 0.085 + 0.31 * column_
    set rmargin at screen 0.085 + 0.31 * column_ + 0.27
    set tmargin at screen 1 - (75.0 + 175 * line_) / high
    set bmargin at screen 1 - (75.0 + 175 * line_ + 125) / high
    set title word(shown, i) offset 0, -0.7 font ',13'
    set object 1 rectangle from floor_low, graph 0 to floor_high, graph 1 \
        behind fillcolor '#d9d9d9' fillstyle solid noborder
    set xtics font ',10'
    set ytics font ',10'
    plot for [t in shown_at(word(shown, i))] \
        bins(word(shown, i), word(panels, t + 0) + 0) \
        using (sqrt($1 * $2)):3 with histeps linewidth 1.4 \
        linecolor rgb by_threads(t + 0)
    unset label # the text around the panels is drawn once, with the first
}
unset multiplot
