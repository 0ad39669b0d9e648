# SPDX-License-Identifier: MIT
#
# designs.gp - the time of an update in all designs, by the fitted model
load plots . '/../models/model.gp'
eval open(800, 620)

# Cores, the faster and the slower end of the band.
rows(d) = sprintf("< awk -F, '$1 == \"overlap\" && $2 == \"%s\" { \
    if ($4 == \"fast\") was = $5; else print $3 \",\" \
    ($5 < was ? $5 \",\" was : was \",\" $5) }' '%s/model.csv'", d, dir)
last(d) = sprintf("%s | tail -n 1", rows(d))
designs = system(sprintf("awk -F, 'NR > 1 && !seen[$2]++ { printf \"%%s \", \
    $2 }' '%s/model.csv'", dir))

set title 'MODEL, not measured: one update in each design'
set ylabel 'time of one update'
eval ns_tics
set xrange [0.9:142]
set yrange [0.4:*]
unset key
set rmargin 14
set bmargin 8
eval foot('MODEL with an overlap of ' . overlap . ', fitted to the published \
fetch-add at 2, 4 and 8 threads. Bands: transfers of 16\nto 197 ns. The locks \
lean on assumed times for waiting, system calls and waking. 8 cores a complex, \
64 a socket.\nNo store buffer, no hardware threads, no clock that slows \
down, nothing between two updates.')
plot for [d in designs] rows(d) using 1:2:3 with filledcurves \
        fillcolor rgb tint(d) fillstyle transparent solid 0.35 noborder, \
    for [d in designs] rows(d) using 1:(sqrt($2 * $3)) with linespoints \
        dashtype 2 linewidth 2 pointtype shape(d) pointsize 0.9 \
        linecolor rgb tint(d), \
    for [d in designs] last(d) using (128):(sqrt($2 * $3)):(d) with labels \
        left noenhanced textcolor rgb tint(d) offset 1.5, 0
