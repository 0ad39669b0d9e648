# SPDX-License-Identifier: MIT
#
# cost.gp - nanoseconds for one update of one thread, a line a design
load plots . '/style.gp'
rows = words(designs)
# With many numbers of threads only those that have a panel elsewhere.
shown = words(sweep) > 6 ? panels : sweep
# The key needs some height, however few the rows.
eval open(800, 166 + 27 * (rows < 8 ? 8 : rows))

set title sprintf('Cost of one %s', unit)
set xlabel sprintf('nanoseconds per %s and thread', unit)
set logscale x
set format x '%g'
set yrange [rows + 0.6:0.4]
set ytics () scale 0
do for [i=1:rows] { set ytics add (label(word(designs, i)) i) }
set key outside right center Left reverse samplen 1 spacing 1.2 \
    title 'threads' left
eval foot('bars: 95 % order-statistic interval of the median')
set bmargin unless_text(7.5, 4)

# The points of one line stand a little below each other, or equal ones would
# hide each other.
step = text ? 0 : 0.5 / words(shown)
row_of(d, i) = (nth(d) > 0 ? nth(d) : NaN) + \
    step * (i - (words(shown) + 1) / 2.)
name(n) = n > cpus ? n . ' (over)' : '' . n

plot for [i=1:words(shown)] only(summary, 3, word(shown, i)) using \
    "ns_per_update":(row_of(strcol("design"), i)): \
    "ns_per_update_low":"ns_per_update_high" \
    with xerrorbars pointtype (text ? i : 7) pointsize 1 linewidth 1.4 \
    linecolor rgb by_threads(i) title name(word(shown, i))
if (text) { print foot_text('95 % order-statistic interval of the median') }
