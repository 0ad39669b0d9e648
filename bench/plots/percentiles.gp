# SPDX-License-Identifier: MIT
#
# percentiles.gp - latency on an axis of nines, with one thread a CPU
load plots . '/style.gp'
eval open(800, 576)

set title sprintf('Latency of one update, by percentile: %s', \
                  threads_text(busy))
set xlabel 'percentile, %'
set ylabel 'latency, clock included'
set logscale xy
set xrange [1:1e6]
set yrange [10:*]
set xtics ('0' 1, '50' 2, '90' 10, '99' 100, '99.9' 1e3, '99.99' 1e4, \
    '99.999' 1e5, '' 1e6)
# Beside a key with long names there is room for fewer numbers.
if (!counters) {
    set xtics ('0' 1, '' 2, '90' 10, '99' 100, '99.9' 1e3, '99.99' 1e4, \
        '' 1e5, '' 1e6)
}
if (!text) { set xtics font ',11' }
set ytics ('10 ns' 10, '100 ns' 100, '1 µs' 1e3, '10 µs' 1e4, '100 µs' 1e5, \
    '1 ms' 1e6, '10 ms' 1e7, '100 ms' 1e8)
set key outside right center Left reverse samplen 2 spacing 1.15
eval foot(sampled . ', no correction')
set bmargin unless_text(7, 4)
set datafile separator whitespace

# Value and 1/(1-p). The last line is the maximum of n samples: there 1-p is
# 1/n, since one sample in n is that long.
hgrm(d) = sprintf("< awk 'NF == 4 && $4 + 0 > 0 { print $1, $4 } \
    NF == 3 && $2 == 1 { print $1, $3 }' '%s/%s.hgrm'", dir, d)
file(d) = sprintf('latency-%s-%d', d, busy)
exists_(d) = system(sprintf("test -f '%s/%s.hgrm' && echo yes", dir, file(d)))
shown = ''
do for [d in designs] {
    if (exists_(d) eq 'yes') { shown = shown . ' ' . d }
}
if (text) {
    plot for [d in shown] hgrm(file(d)) using 2:1 with lines title d, \
        hgrm('clock-floor') using 2:1 with lines title 'the clock alone'
    print foot_text(sampled)
} else {
    plot hgrm('clock-floor') using 2:1 with filledcurves y=10 \
            fillcolor '#d9d9d9' fillstyle solid noborder \
            title 'the clock alone', \
        for [d in shown] hgrm(file(d)) using 2:1 with linespoints linewidth 1.8 \
            pointtype point(d) pointsize 0.9 pointinterval -(5 + nth(d) % 5) \
            linecolor rgb colour(d) title d
}
