# SPDX-License-Identifier: MIT
#
# stride.gp - the cost of an update against the distance between two slots
load plots . '/style.gp'
eval open(800, 500)

set title sprintf('Own slots, so far apart: %s', threads_text(busy))
set xlabel 'bytes from one slot to the next'
set ylabel 'nanoseconds an update and thread'
set logscale xy
set xrange [3.5:300]
set yrange [0.1:*]
set xtics () nolog
do for [n in '4 8 16 32 64 128 256'] { set xtics add (n n + 0) }
set format y '%g'
set key outside right center Left reverse samplen 2 spacing 1.3
eval foot('bars: 95 % order-statistic interval of the median')
set bmargin unless_text(7, 4)
# Nearer than a line of the machine: the slots share it.
line = meta('cache_line_bytes') eq 'null' ? 0 : meta('cache_line_bytes') + 0
if (!text && line > 0) {
    set object 1 rectangle from 3.5, graph 0 to line, graph 1 behind \
        fillcolor '#f2f2f2' fillstyle solid noborder
    set label 1 sprintf('one line of %d bytes', line) at 3.9, graph 0.96 \
        textcolor '#666666' font ',10'
}

# The rows of a kind: bytes, median, interval.
kind_of(k) = sprintf("< awk -F, -v OFS=, '$3 == %d && $12 != \"\" && \
    $2 ~ /^%s-[0-9]+$/ { sub(/^%s-/, \"\", $2); print $2, $12, $13, $14 }' \
    '%s'", busy, k, k, summary)
empty = system(sprintf("awk -F, '$2 == \"empty\" && $3 == %d { print $12 }' \
    '%s'", busy, summary)) + 0
what(k) = k eq 'store' ? 'load, add, store' : 'fetch_add'

plot for [k in 'fetch-add store'] kind_of(k) using 1:2:3:4 \
    with yerrorlines linewidth 1.8 pointsize 0.9 \
    pointtype (k eq 'store' ? 7 : 5) \
    linecolor rgb (k eq 'store' ? '#41ab5d' : '#4a9fd8') title what(k), \
    empty with lines dashtype 2 linecolor '#999999' title 'the loop alone'
if (text) { print foot_text('95 % order-statistic interval of the median') }
