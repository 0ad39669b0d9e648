# SPDX-License-Identifier: MIT
#
# throughput.gp - updates a second of all threads together, against threads
#
# The dashed lines are what each design would do if every thread were as fast
# as one alone. They end where all CPUs are in use: there is no more to gain.
load plots . '/style.gp'
eval open(800, 576)

set title 'Throughput against threads'
set xlabel 'threads'
set ylabel 'updates a second, all threads'
set logscale xy
set xrange [0.9:most * 1.15]
set xtics () nolog
do for [n in sweep] { set xtics add (n n + 0) }
set format y '%.0s%c'
set key outside right center Left reverse samplen 2 spacing 1.15
eval foot('bars: 95 % order-statistic interval of the median')
set bmargin unless_text(7, 4)
if (!text && most > cpus) {
    set object 1 rectangle from sqrt(cpus * most * 1.0), graph 0 \
        to most * 1.15, graph 1 behind fillcolor '#f2f2f2' fillstyle noborder
    set label 1 'oversubscribed' at most * 1.1, graph 0.96 right \
        textcolor '#666666' font ',10'
}

linear(d) = sprintf("< awk -F, '$2 == \"%s\" && $3 == 1 && $9 != \"\" \
    { print \"1,\" $9; print \"%d,\" $9 * %d }' '%s'", d, cpus, cpus, summary)
has_linear(d) = busy > 1 && \
    system(sprintf("awk -F, '$2 == \"%s\" && $3 == 1 && $9 != \"\"' '%s'", \
                   d, summary)) ne ''
lines = ''
wrong = ''
do for [d in designs] {
    if (has_linear(d)) { lines = lines . ' ' . d }
    if (!is_counted(d)) { wrong = wrong . ' ' . d }
}

if (text) {
    plot for [d in counted] only(summary, 2, d) \
        using "threads":"updates_per_s" with linespoints title d
    print foot_text('95 % order-statistic interval of the median')
} else {
    # A loop over an empty list would still draw once: leave it out then.
    ideal = words(lines) == 0 ? '' : "for [d in lines] linear(d) using 1:2 \
        with lines dashtype 2 linewidth 0.8 linecolor rgb colour(d) notitle, \
        keyentry with lines dashtype 2 linecolor '#666666' title 'linear', "
    no_number = words(wrong) == 0 ? '' : ", for [d in wrong] keyentry \
        with points pointtype 1 linecolor '#666666' title label(d)"
    measured = 'for [d in counted] only(summary, 2, d) using "threads": \
        "updates_per_s":"updates_per_s_low":"updates_per_s_high" \
        with yerrorlines linewidth 1.6 pointtype point(d) pointsize 0.9 \
        linecolor rgb colour(d) title d'
    eval 'plot ' . ideal . measured . no_number
}
