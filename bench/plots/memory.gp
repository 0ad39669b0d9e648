# SPDX-License-Identifier: MIT
#
# memory.gp - what an update costs against what a counter holds in memory
#
# A design has a hollow point with one thread and a full one with a thread a
# CPU: those that give each thread a slot move to the right.
load plots . '/style.gp'
memory = dir . '/memory.csv'
eval open(800, 540)

set title '1000 counters: time against memory'
set xlabel 'bytes a counter'
set ylabel 'nanoseconds an update and thread'
set logscale xy
set xtics nolog (4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096)
# Room for the points at the ends.
ends(op) = system(sprintf("awk -F, 'NR > 1 && ($3 == 1 || $3 == %d) && \
    (x == \"\" || $7 %s x) { x = $7 } END { print x }' '%s'", busy, op, \
    memory)) + 0
set xrange [ends('<') / 1.5:ends('>') * 1.5]
set format y '%g'
set key outside right center Left reverse samplen 2 spacing 1.3
eval foot('bars: 95 % order-statistic interval of the median; bytes: counted')
set bmargin unless_text(7, 4)

# Bytes, median and interval of a design with n threads.
at(d, n) = sprintf("awk -F, -v OFS=, 'FNR == NR { if ($2 == \"%s\" && \
    $3 == %d) bytes = $7; next } $2 == \"%s\" && $3 == %d && $12 != \"\" && \
    bytes != \"\" { print bytes, $12, $13, $14 }' '%s' '%s'", d, n, d, n, \
    memory, summary)
shown = ''
do for [d in designs] {
    if (system(at(d, busy)) ne '') { shown = shown . ' ' . d }
}
alone = busy > 1 && system(at(word(shown, 1), 1)) ne ''
tint(i) = word('#7f0000 #1f3fd0 #4a9fd8 #41ab5d #00532a #a1d99b #9e2a9e \
#e377c2 #5e3c99 #b58ad6', 1 + (i - 1) % 10)
mark(i) = word('5 7 13 9 15 11 5 7 13 9', 1 + (i - 1) % 10) + 0
hollow(i) = word('4 6 12 8 14 10 4 6 12 8', 1 + (i - 1) % 10) + 0
one = !alone || text ? '' : "for [i=1:words(shown)] \
    '< ' . at(word(shown, i), 1) . '; ' . at(word(shown, i), busy) \
    using 1:2 with lines linewidth 1 dashtype 3 linecolor rgb tint(i) \
    notitle, for [i=1:words(shown)] '< ' . at(word(shown, i), 1) \
    using 1:2:3:4 with yerrorbars pointtype hollow(i) linewidth 1.2 \
    linecolor rgb tint(i) notitle, keyentry with points pointtype 6 \
    linecolor '#666666' title '1 thread', keyentry with points pointtype 7 \
    linecolor '#666666' title threads_text(busy), "
eval 'plot ' . one . "for [i=1:words(shown)] '< ' . at(word(shown, i), busy) \
    using 1:2:3:4 with yerrorbars pointtype mark(i) pointsize 1.2 \
    linewidth 1.4 linecolor rgb tint(i) title word(shown, i)"
if (text) { print foot_text('95 % order-statistic interval of the median') }
