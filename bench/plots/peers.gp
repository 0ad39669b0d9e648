# SPDX-License-Identifier: MIT
#
# peers.gp - what an update costs, ours and that of other clients: a panel an
# operation, a line a client
load plots . '/style.gp'

# A row is called OPERATION-WHO; the lines are the same in all panels.
operations = 'inc observe hit cached'
title_of(o) = o eq 'inc' ? 'increment of a counter' : \
    o eq 'observe' ? 'observation in a histogram' : \
    o eq 'hit' ? 'look-up among 1000 children, increment' : \
    'increment of a child that was kept'
whose = system(sprintf("awk -F, 'NR > 1 && $2 ~ /^(inc|observe|hit|cached)-/ \
    && $2 !~ /-again$/ { sub(/^[a-z]*-/, \"\", $2); if (!seen[$2]++) \
    printf \"%%s \", $2 }' '%s'", summary))
lines = words(whose)
line_of(d) = sum [i=1:lines] \
    (d[strstrt(d, '-') + 1:] eq word(whose, i) ? i : 0)
mine = "$2 ~ /-lab-/"

# A number that a command prints; 0 if it prints none.
number(command) = real('0' . system(command))
widest(c, op) = number(sprintf("awk -F, 'NR > 1 && $%d != \"\" && \
    $2 !~ /^empty/ && (x == \"\" || $%d %s x) { x = $%d } END { print x }' \
    '%s'", c, c, op, c, summary))
slot = number(sprintf("awk -F, '$2 == \"own-slot\" && $3 == 1 { print $12 }' \
    '%s'", summary))

# Ours are full, the others hollow; 1 thread a disc, 2 a square.
rows(o, n, ours) = sprintf("< awk -F, 'NR == 1 || $3 == %d && $12 != \"\" && \
    $2 ~ /^%s-/ && $2 !~ /-again$/ && (%s) == %d' '%s'", n, o, mine, ours, \
    summary)
has(o, n, ours) = int(system(substr(rows(o, n, ours), 3, -1) . ' | wc -l')) > 1
mark(n, ours) = n == 1 ? (ours ? 7 : 6) : (ours ? 5 : 4)
look(n, ours) = text ? sprintf("pointtype '%d'", n) : sprintf("pointtype %d \
    pointsize 1.5 linewidth 2 linecolor rgb '%s'", mark(n, ours), \
    ours ? '#00336e' : '#8a4b00')
aside(n) = text ? 0 : n == 1 ? -0.15 : 0.15
curve(o, n, ours) = !has(o, n, ours) ? '' : sprintf("rows('%s', %d, %d) using \
    'ns_per_update':(line_of(strcol('design')) + aside(%d)):\
'ns_per_update_low':'ns_per_update_high' with xerrorbars %s notitle, ", \
    o, n, ours, n, look(n, ours))

# The key stands once, above all panels.
entry(x, n, ours, what) = text ? '' : sprintf("set label '%s' at screen %g, \
screen 0.9 left offset 1.6, 0 font ',17' point pointtype %d pointsize 1.6 \
linewidth 2 linecolor rgb '%s'", what, x, mark(n, ours), \
    ours ? '#00336e' : '#8a4b00')

eval open(1180, 850)
set logscale x
set format x '%g'
set xrange [widest(13, '<') / 1.5:widest(14, '>') * 1.5]
set yrange [lines + 0.7:0.3]
set ytics () scale 0
unset key
set style line 9 linecolor '#222222' linewidth 2 dashtype 2
if (!text) {
    set xtics font ',16'
    set label 'What an update costs, ours and that of other clients' \
        at screen 0.5, screen 0.96 center font ',22'
    eval entry(0.19, 1, 1, 'ours, 1 thread')
    eval entry(0.38, 2, 1, 'ours, 2 threads')
    eval entry(0.58, 1, 0, 'others, 1 thread')
    eval entry(0.79, 2, 0, 'others, 2 threads')
    set label 'nanoseconds per update and thread' at screen 0.58, \
        screen 0.094 center font ',17'
    eval foot('bars: 95 % order-statistic interval of the median · dashed: a \
load, an addition and a store in an own slot, 1 thread')
    set multiplot
}
do for [k=1:words(operations)] {
    o = word(operations, k)
    if (!text) {
        column = (k - 1) % 2
        set lmargin at screen 0.18 + 0.41 * column
        set rmargin at screen 0.56 + 0.41 * column
        set tmargin at screen k <= 2 ? 0.83 : 0.44
        set bmargin at screen k <= 2 ? 0.54 : 0.16
        set title title_of(o) font ',18' offset 0, -0.6
    } else { set title title_of(o); set xlabel 'ns per update and thread' }
    set ytics () scale 0 font ',17'
    do for [i=1:lines] {
        set ytics add ((text || column == 0 ? word(whose, i) : '') i)
    }
    if (slot > 0) { set arrow 1 from slot, graph 0 to slot, graph 1 nohead \
        linestyle 9 }
    all = ''
    do for [n in sweep] { all = all . curve(o, int(n), 1) . \
        curve(o, int(n), 0) }
    eval 'plot ' . all . '-1 with lines notitle'
    unset label
}
if (text) { print foot_text('95 % order-statistic interval of the median') }
if (!text) { unset multiplot }
