# SPDX-License-Identifier: MIT
#
# read.gp - the time of a read against how many numbers it looks at
load plots . '/style.gp'
eval open(800, 540)

set title sprintf('Cost of a read: %s', threads_text(busy))
set xlabel 'numbers that are read: shards × series'
set ylabel 'time of one read'
set logscale xy
set xrange [0.7:130000]
set format x '%.0s%c'
set ytics ('1 ns' 1, '10 ns' 10, '100 ns' 100, '1 µs' 1e3, '10 µs' 1e4, \
    '100 µs' 1e5, '1 ms' 1e6, '10 ms' 1e7, '100 ms' 1e8)
set key outside right center Left reverse samplen 2 spacing 1.3
eval foot('bars: 95 % order-statistic interval of the median')
set bmargin unless_text(7, 4)

# The rows whose names match: numbers read, median, interval. A name ends in
# SHARDS or in SERIESxSHARDS.
rows_of(name) = sprintf("awk -F, -v OFS=, '$12 != \"\" && $3 == %d && \
    $2 ~ /^%s-[0-9x]+$/ { n = $2; sub(/.*-/, \"\", n); split(n, f, \"x\"); \
    print f[1] * (f[2] == \"\" ? 1 : f[2]), $12, $13, $14 }' '%s' | \
    sort -t, -n", busy, name, summary)
scraped = system(sprintf("awk -F, '$12 != \"\" && $2 ~ /-scrape-1$/ { \
    sub(/-1$/, \"\", $2); printf \"%%s \", $2 }' '%s'", summary))
all = 'value written packed padded ' . scraped
shown = ''
do for [k in all] {
    if (system(rows_of(k)) ne '') { shown = shown . ' ' . k }
}
text_of(k) = k eq 'value' ? 'one counter, at rest' : \
    k eq 'written' ? 'one counter, being written' : \
    k eq 'packed' ? '1000 counters, packed' : \
    k eq 'padded' ? '1000 counters, padded' : 'page, ' . \
    k[1:strstrt(k, '-scrape') - 1]
tint(i) = word('#41ab5d #e34a33 #1f3fd0 #4a9fd8 #9e2a9e #e377c2 #5e3c99', \
    1 + (i - 1) % 7)
mark(i) = word('7 6 5 4 9 8 11', 1 + (i - 1) % 7) + 0
plot for [i=1:words(shown)] '< ' . rows_of(word(shown, i)) using 1:2:3:4 \
    with yerrorlines linewidth 1.8 pointtype mark(i) \
    pointsize 0.9 linecolor rgb tint(i) title text_of(word(shown, i))
if (text) { print foot_text('95 % order-statistic interval of the median') }
