# SPDX-License-Identifier: MIT
#
# check.gp - the model against the published curves, and what is left over
load plots . '/../models/model.gp'
eval open(800, 820)

rows(order, d) = sprintf("< awk -F, '$1 == \"%s\" && $2 == \"%s\"' \
    '%s/residuals.csv'", order, d, dir)
last(order, d) = rows(order, d) . ' | tail -n 1'
role(d, r) = sprintf("< awk -F, '$1 == \"overlap\" && $2 == \"%s\" && \
    $4 == \"%s\"' '%s/residuals.csv'", d, r, dir)
curves = 'fetch-add racy thread-local'
filled(d) = d eq 'fetch-add' ? 7 : d eq 'racy' ? 9 : 5
hollow(d) = filled(d) - 1

set multiplot
set lmargin at screen 0.16
set rmargin at screen 0.80
set xrange [0.9:142]

set title 'MODEL (dashed) against published measurements (points)'
set tmargin at screen 0.94
set bmargin at screen 0.45
unset xlabel
set format x ''
set ylabel 'time of one update'
eval ns_tics
set yrange [0.3:50000]
set key top left Left reverse samplen 3 spacing 1.2
plot rows('strict', 'fetch-add') using 3:8:9 with filledcurves \
        fillcolor '#bbbbbb' fillstyle transparent solid 0.6 noborder notitle, \
    rows('strict', 'fetch-add') using 3:(sqrt($8 * $9)) with lines dashtype 3 \
        linewidth 2 linecolor '#555555' title 'MODEL, strict order', \
    for [d in curves] rows('overlap', d) using 3:8:9 with filledcurves \
        fillcolor rgb tint(d) fillstyle transparent solid 0.3 noborder notitle, \
    for [d in curves] rows('overlap', d) using 3:(sqrt($8 * $9)) with lines \
        dashtype 2 linewidth 2 linecolor rgb tint(d) notitle, \
    keyentry with lines dashtype 2 linewidth 2 linecolor 'black' \
        title 'MODEL, overlap ' . overlap, \
    for [d in curves] rows('overlap', d) using 3:5:6:7 with yerrorbars \
        pointtype filled(d) pointsize 1.1 linewidth 1.2 linecolor 'black' \
        notitle, \
    keyentry with points pointtype 7 pointsize 1.1 linecolor 'black' \
        title 'published', \
    last('strict', 'fetch-add') using (128):(sqrt($8 * $9)):('fetch-add') with \
        labels left noenhanced textcolor '#555555' offset 1.5, 0.6 notitle, \
    for [d in curves] last('overlap', d) using (128):8:(d) with labels left \
        noenhanced textcolor rgb tint(d) offset 1.5, 0 notitle

unset title
unset label
unset key
set tmargin at screen 0.40
set bmargin at screen 0.19
set format x '%g'
set xlabel 'threads, each on a core'
set ylabel "model /\npublished"
unset logscale y
set logscale y 2
set yrange [0.45:2.2]
set ytics ('÷2' 0.5, '÷1.4' 0.7143, 'equal' 1, '×1.4' 1.4, '×2' 2)
set label 2 "filled:\na check\n\nhollow:\nfitted" at screen 0.82, screen 0.36
set arrow 1 from 0.9, 1 to 142, 1 nohead linecolor 'black' linewidth 1.5
eval foot('Bands: transfers of 16 to 197 ns; no error bars. One number, the \
overlap, is fitted; times at 1 thread are taken.\nPublished: P. McKenney, \
perfbook, CodeSamples/count/data/amd-milan.2024.09.22a (median, least and most \
of 30 runs);\na virtual machine with 83 cores of 2 threads. The model: 8 cores \
a complex, 64 a socket, a core for each thread.')
plot for [d in curves] role(d, 'check') using 3:10 with points \
        pointtype filled(d) pointsize 1.2 linecolor rgb tint(d) notitle, \
    for [d in 'fetch-add'] role(d, 'fitted') using 3:10 with points \
        pointtype hollow(d) pointsize 1.4 linewidth 2 linecolor rgb tint(d) \
        notitle
unset multiplot
