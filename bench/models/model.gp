# SPDX-License-Identifier: MIT
#
# model.gp - what the figures of the model have in common
#
# Called by each figure, which gets from model.sh:
#     plots   the folder of look.gp
#     dir     the folder of the tables
#     out     the file to write, without its ending
#     kind    svg or png
load plots . '/look.gp'
set datafile separator ','
set logscale xy
set xtics () nolog
do for [i=0:7] { set xtics add (sprintf('%d', 2**i) 2**i) }
set xlabel 'threads, each on a core'

ns_tics = "set ytics ('0.1 ns' 0.1, '1 ns' 1, '10 ns' 10, '100 ns' 100, \
'1 µs' 1e3, '10 µs' 1e4, '100 µs' 1e5, '1 ms' 1e6, '10 ms' 1e7)"

# Lines of the model are dashed, with a band; points were measured, by others.
tint(d) = d eq 'racy' ? '#444444' : d eq 'mutex' ? '#7f0000' : \
    d eq 'spin-tas' ? '#e34a33' : d eq 'spin-ttas' ? '#b8730b' : \
    d eq 'fetch-add' ? '#1f6fb5' : d eq 'cas-double' ? '#1f3fd0' : \
    d eq 'slots-packed' ? '#5aa84f' : d eq 'slots-padded' ? '#2e8b3d' : \
    '#00532a'
shape(d) = d eq 'fetch-add' ? 7 : d eq 'racy' ? 9 : d eq 'mutex' ? 5 : \
    d eq 'spin-tas' ? 2 : d eq 'spin-ttas' ? 1 : d eq 'cas-double' ? 13 : \
    d eq 'slots-packed' ? 4 : d eq 'slots-padded' ? 11 : 15

overlap = system(sprintf("awk -F, '$1 == \"overlap\" { print $2 }' \
    '%s/parameters.csv'", dir))
foot(text) = sprintf("set label 1001 \"%s\" at screen 0.012, \
character 2.4 left noenhanced font ',9.5' textcolor '#666666'", text)
