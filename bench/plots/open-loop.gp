# SPDX-License-Identifier: MIT
#
# open-loop.gp - latency of pages that are asked for on a schedule, on an axis of
# nines: a panel a load; full from when a request was due, dashed from when it was
# sent
load plots . '/look.gp'
eval open(800, 520)

about(key) = system(sprintf("sed -n 's/^%s  *//p' '%s/about.txt'", key, dir))
# By name: a program has its colour whoever is asked first.
programs = system(sprintf("awk -F, 'NR > 1 { print $3 }' '%s/open-loop.csv' | \
    sort -u | tr '\n' ' '", dir))
loads = system(sprintf("awk -F, 'NR > 1 && !seen[$1]++ { \
    printf \"%%s \", $1 }' '%s/open-loop.csv'", dir))
title_of(l) = l eq 'same' ? 'all are asked equally often' : \
    l eq 'own' ? 'each is asked 0.7 of what it can send' : l
if (text) { loads = exists("design") ? design : word(loads, words(loads)) }
rounds = system(sprintf("awk -F, 'NR > 1 && $2 > n { n = $2 } END { print n }' \
    '%s/open-loop.csv'", dir))
footer = sprintf("%s · commit %s\n%s · %s rounds together, one connection \
each\n", about('host'), about('commit'), about('date'), rounds)

nth(p) = sum [i=1:words(programs)] (word(programs, i) eq p ? i : 0)
tint(p) = word('#1f3fd0 #e34a33 #41ab5d #777777 #9e2a9e #fdae61 #7f0000 \
#00532a', nth(p))
mark(p) = word('7 5 9 13 11 15 4 6', nth(p)) + 0
# Value in ns and 1/(1-p). The last line is the maximum of n samples: there 1-p is
# 1/n, since one sample in n is that long.
hgrm(l, p, from) = sprintf("< awk 'NF == 4 && $4 + 0 > 0 { print $1, $4 } \
    NF == 3 && $2 == 1 { print $1, $3 }' '%s/latency-%s-%s-%s.hgrm'", \
    dir, l, p, from)

set datafile separator whitespace
set logscale xy
set xrange [1:1e5]
set yrange [5e4:*]
set xtics ('0' 1, '' 2, '90' 10, '99' 100, '99.9' 1e3, '99.99' 1e4, '' 1e5)
set ytics ('100 µs' 1e5, '1 ms' 1e6, '10 ms' 1e7, '100 ms' 1e8, '1 s' 1e9, \
    '10 s' 1e10)
if (text) {
    set title sprintf('Latency of a page, %s: letters from due, without from sent', \
        title_of(loads))
    plot for [p in programs] hgrm(loads, p, 'due') using 2:1 with linespoints \
            title p, \
        for [p in programs] hgrm(loads, p, 'sent') using 2:1 with lines notitle
    print footer
    exit
}
set label 1001 footer at screen 0.012, character 1.9 left noenhanced \
    font ',9.5' textcolor '#666666'
set label 1002 'Latency of a page by percentile' at screen 0.5, 0.958 center \
    font ',17'
set label 1003 'percentile of the requests, %' at screen 0.54, 0.24 center \
    font ',12'
longest = system(sprintf("awk -F, '$5 == \"due\" && $11 > x { x = $11 } \
    END { print x * 1e3 }' '%s/open-loop.csv'", dir)) + 0
set yrange [5e4:10 ** ceil(log10(longest))]
set key vertical maxrows 2 Left reverse samplen 2 spacing 1.2 font ',11'
set xtics font ',11'
set ytics font ',11'
set multiplot
do for [i=1:words(loads)] {
    l = word(loads, i)
    set lmargin at screen 0.1 + 0.47 * (i - 1)
    set rmargin at screen 0.1 + 0.47 * (i - 1) + (words(loads) == 1 ? 0.86 : 0.4)
    set tmargin at screen 0.84
    set bmargin at screen 0.335
    set title title_of(l) offset 0, -0.5 font ',13'
    # The key of the first panel has the programs, that of the last the lines.
    set key at screen 0.1 + 0.52 * (i - 1), 0.2 left top width -4
    named(p) = i == 1 ? p : ''
    last(text) = i == words(loads) ? text : ''
    plot for [p in programs] hgrm(l, p, 'due') using 2:1 with linespoints \
            linewidth 1.8 linecolor rgb tint(p) pointtype mark(p) \
            pointsize 0.8 pointinterval -(5 + nth(p)) title named(p), \
        for [p in programs] hgrm(l, p, 'sent') using 2:1 with lines \
            linewidth 1.6 dashtype (6, 4) linecolor rgb tint(p) notitle, \
        1 / 0 with lines linewidth 1.8 linecolor '#222222' \
            title last('from when it was due'), \
        1 / 0 with lines linewidth 1.6 dashtype (6, 4) linecolor '#222222' \
            title last('from when it was sent')
    unset label # the text around the panels is drawn once, with the first
}
unset multiplot
