# SPDX-License-Identifier: MIT
#
# peers.gp - what an update costs, ours and that of other clients: a line a
# row, the operations one below the other
load plots . '/style.gp'

# ---- the lines ----

operation(d) = d eq 'own-slot' ? 'inc' : d[1:strstrt(d, '-') - 1]
who(d) = d eq 'own-slot' ? 'own slot (floor)' : d[strstrt(d, '-') + 1:]
ours(d) = strstrt(d, '-lab-') > 0 || d eq 'own-slot'
title_of(o) = o eq 'inc' ? 'increment of a counter' : \
    o eq 'observe' ? 'observation in a histogram' : \
    o eq 'hit' ? 'look-up among 1000 labels, increment' : \
    o eq 'cached' ? 'increment of a child that was kept' : o
y = 0
last = ''
shown = ''
do for [i=1:words(designs)] {
    d = word(designs, i)
    if (d ne 'empty') {
        shown = shown . ' ' . d
        y = y + (operation(d) eq last ? 1 : 2)
        if (operation(d) ne last) { eval sprintf('head_%s = %g', \
            operation(d), y - 1) }
        last = operation(d)
        eval sprintf('y_%d = %g', i, y)
    }
}
y_of(d) = value(sprintf('y_%d', nth(d)))
place(d, n) = strstrt(shown . ' ', ' ' . d . ' ') == 0 ? NaN : \
    y_of(d) + (text ? 0 : n == 1 ? -0.13 : 0.13)

# ---- the look: ours black and full, 1 thread a disc, 2 a square ----

eval open(900, 190 + 27 * y)
set title 'What an update costs, ours and that of other clients' font ',19'
set xlabel 'nanoseconds per update and thread' font ',16'
set logscale x
set format x '%g'
set xtics font ',15'
set yrange [y + 0.8:0.2]
set ytics () scale 0
if (!text) { set ytics font ',15'; set lmargin 27 }
do for [i=1:words(shown)] {
    d = word(shown, i)
    set ytics add ((is_counted(d) ? who(d) : who(d) . ' (wrong sum)') y_of(d))
}
do for [o in 'inc observe hit cached'] {
    if (exists('head_' . o)) {
        set label title_of(o) at graph 0, first value('head_' . o) left \
            offset 0.6, 0 noenhanced font 'DejaVu Sans Bold,15' front
    }
}
if (text) { set key top right } else { set key outside top center horizontal \
    samplen 1 font ',16' }
eval foot('bars: 95 % order-statistic interval of the median')
set bmargin unless_text(8.5, 4)

rows(n, mine) = sprintf("< awk -F, 'NR == 1 || $3 == %d && $12 != \"\" && \
    (($2 ~ /-lab-/ || $2 == \"own-slot\") == %d)' '%s'", n, mine, summary)
tint(mine) = mine ? '#00336e' : '#8a4b00'
has(n, mine) = int(system(substr(rows(n, mine), 3, -1) . ' | wc -l')) > 1
look(n, mine) = text ? sprintf("pointtype '%d'", n) : sprintf("pointtype %d \
    pointsize 1.3 linewidth 1.8 linecolor rgb '%s'", \
    n == 1 ? (mine ? 7 : 6) : (mine ? 5 : 4), tint(mine))
curve(n, mine) = !has(n, mine) ? '' : sprintf("rows(%d, %d) using \
    'ns_per_update':(place(strcol('design'), %d)):'ns_per_update_low':\
'ns_per_update_high' with xerrorbars %s title '%s, %s', ", n, mine, n, \
    look(n, mine), mine ? 'ours' : 'others', threads_text(n))
all = ''
do for [n in sweep] { all = all . curve(int(n), 1) . curve(int(n), 0) }
eval 'plot ' . all . '-1 with lines notitle'
if (text) { print foot_text('95 % order-statistic interval of the median') }
