# SPDX-License-Identifier: MIT
#
# search.gp - the time to find a bucket, against the number of buckets
load plots . '/style.gp'
eval open(800, 540)

set title 'Finding the bucket of a value: 1 thread'
set xlabel 'buckets'
set ylabel 'nanoseconds a value'
set logscale xy
set xrange [6:340]
set yrange [*:*]
set xtics () nolog
do for [n in '8 16 32 64 128 256'] { set xtics add (n n + 0) }
set format y '%g'
set key outside right center Left reverse samplen 2 spacing 1.3
eval foot('bars: 95 % order-statistic interval of the median')
set bmargin unless_text(7, 4)

# The rows of a kind and an input: buckets, median, interval. The other inputs
# stand a little beside, or they would hide the first.
rows_of(k, input, aside) = sprintf("< awk -F, -v OFS=, '$12 != \"\" && \
    $2 ~ /^%s-[0-9]+-%s$/ { split($2, part, \"-\"); \
    print part[2] * %s, $12, $13, $14 }' '%s'", k, input, aside, summary)
kinds = 'linear simd binary bits'
tint(k) = k eq 'linear' ? '#e34a33' : k eq 'simd' ? '#9e2a9e' : \
    k eq 'binary' ? '#1f3fd0' : '#41ab5d'
dashes(k) = k eq 'linear' ? 1 : k eq 'simd' ? 3 : k eq 'binary' ? 2 : 4
has(k, input) = system(sprintf("awk -F, '$12 != \"\" && $2 ~ /^%s-.*-%s$/' \
    '%s'", k, input, summary)) ne ''
shown(input) = (has('linear', input) ? ' linear' : '') . \
    (has('simd', input) ? ' simd' : '') . \
    (has('binary', input) ? ' binary' : '') . (has('bits', input) ? ' bits' : '')

# A loop over an empty list would still draw once: leave it out then.
other(input, aside, mark) = shown(input) eq '' || text ? '' : sprintf(", \
    for [k in shown('%s')] rows_of(k, '%s', '%s') using 1:2:3:4 \
    with yerrorbars pointtype %d pointsize 1 linewidth 1.2 \
    linecolor rgb tint(k) notitle, keyentry with points pointtype %d \
    linecolor '#666666' title '%s'", input, input, aside, mark, mark, input)
eval "plot for [k in shown('uniform')] rows_of(k, 'uniform', '1') \
    using 1:2:3:4 with yerrorlines linewidth 1.8 dashtype dashes(k) pointtype 7 pointsize 0.9 \
    linecolor rgb tint(k) title k" . \
    (text ? '' : ", keyentry with points pointtype 7 linecolor '#666666' \
    title 'uniform'") . other('lognormal', '1.07', 10) . \
    other('constant', '1.14', 12)
if (text) { print foot_text('95 % order-statistic interval of the median') }
