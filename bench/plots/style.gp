# SPDX-License-Identifier: MIT
#
# style.gp - one look for all figures, and what they read from a result folder
#
# Called by each figure, which gets from plots.sh:
#     dir     the folder of results
#     out     the file to write, without its ending
#     kind    svg, png or text

summary = dir . '/summary.csv'
ratios = dir . '/ratios.csv'
set datafile separator ','

# ---- what was measured -------------------------------------------------

# The rows of a table in which column c is v, and the header line.
only(file, c, v) = sprintf("< awk -F, 'NR == 1 || $%d == \"%s\"' '%s'", \
                           c, v, file)
# Every value of a column once, in order of appearance.
values(file, c) = system(sprintf("awk -F, 'NR > 1 && !seen[$%d]++ \
    { printf \"%%s \", $%d }' '%s'", c, c, file))
# One value of meta.json; it stands on a line of its own there.
meta(key) = system(sprintf("sed -n 's/^ *\"%s\": \"*\\([^\",]*\\)\"*,*$/\\1/p' \
    '%s/meta.json' | head -n 1", key, dir))

# All rows but the copies that make the A/A comparison.
designs = system(sprintf("awk -F, 'NR > 1 && $2 !~ /-again$/ && !seen[$2]++ \
    { printf \"%%s \", $2 }' '%s'", summary))
# Those of them that have a number at any number of threads: the others
# counted wrong all the time.
counted = system(sprintf("awk -F, 'NR > 1 && $2 !~ /-again$/ && $9 != \"\" && \
    !seen[$2]++ { printf \"%%s \", $2 }' '%s'", summary))
is_counted(d) = strstrt(' ' . counted . ' ', ' ' . d . ' ') > 0
label(d) = is_counted(d) ? d : d . ' (wrong sum)'
sweep = values(summary, 3)
cpus = meta('cpu_count') + 0
# The most threads with a CPU each that were measured; else the fewest.
busy = int(system(sprintf("awk -F, 'NR == 2 { n = $3 } \
    NR > 1 && !$4 && $3 > n { n = $3 } END { print n }' '%s'", summary)))
most = word(sweep, words(sweep)) + 0
# At most four numbers of threads for figures with a panel each: the first,
# all CPUs, and what is oversubscribed.
panels = system(sprintf("awk -F, 'NR > 1 && ($3 == 1 || $3 == %d || $4) && \
    !seen[$3]++ && n++ < 4 { printf \"%%s \", $3 }' '%s'", busy, summary))

# What an update is called; older results do not say.
unit = meta('unit') eq '' ? 'update' : meta('unit')
threads_text(n) = sprintf('%d thread%s%s', n, n > 1 ? 's' : '', \
                          n > cpus ? ' (oversubscribed)' : '')

# ---- the look ----------------------------------------------------------

# Colours by kind of design: grey for what is no counter, red for locks, blue
# for one shared atomic, green for a slot a thread, violet for implementations
# of the contract. Chosen to differ in lightness too. The designs of other suites
# than these take twelve colours in turn.
counters = meta('suite') eq 'counter'
nth(d) = sum [i=1:words(designs)] (word(designs, i) eq d ? i : 0)
colour(d) = d eq 'empty' ? '#999999' : d eq 'racy' ? '#444444' : \
    d eq 'mutex' ? '#7f0000' : d eq 'spin-tas' ? '#e34a33' : \
    d eq 'spin-ttas' ? '#fdae61' : d eq 'fetch-add-seq-cst' ? '#a6d3ee' : \
    d eq 'fetch-add-relaxed' ? '#4a9fd8' : d eq 'cas-double' ? '#1f3fd0' : \
    d eq 'slots-packed' ? '#a1d99b' : d eq 'slots-padded' ? '#41ab5d' : \
    d eq 'thread-local' ? '#00532a' : d eq 'own-slot' ? '#238b45' : \
    counters ? word('#9e2a9e #e377c2 #5e3c99 #b58ad6', 1 + nth(d) % 4) : \
    word('#1f3fd0 #e34a33 #41ab5d #9e2a9e #fdae61 #4a9fd8 #7f0000 #00532a \
#e377c2 #8c6d31 #5e3c99 #a1d99b', 1 + (nth(d) - 2) % 12)
point(d) = d eq 'empty' ? 2 : d eq 'racy' ? 1 : d eq 'mutex' ? 5 : \
    d eq 'spin-tas' ? 9 : d eq 'spin-ttas' ? 8 : \
    d eq 'fetch-add-seq-cst' ? 6 : d eq 'fetch-add-relaxed' ? 7 : \
    d eq 'cas-double' ? 13 : d eq 'slots-packed' ? 4 : \
    d eq 'slots-padded' ? 11 : d eq 'thread-local' ? 15 : \
    d eq 'own-slot' ? 3 : \
    word('7 5 9 13 11 15 4 6 8 12 10 14', 1 + (nth(d) - 2) % 12) + 0
by_threads(i) = word('#3182bd #e34a33 #41ab5d #9e2a9e', 1 + (i - 1) % 4)

load plots . '/look.gp'

# Three lines under each figure: where and what; how much; which interval.
footer1 = sprintf('%s: %s, %d CPU%s · commit %s', meta('host'), \
    meta('cpu_model'), cpus, cpus > 1 ? 's' : '', meta('commit'))
footer2 = sprintf('%s · n = %s trials in %s processes%s', meta('finished'), \
    meta('trials_per_row'), meta('process_count'), \
    (meta('quick') eq 'true' ? ' · QUICK' : '') . \
    (meta('disturbed') > 0 ? sprintf(' · %s of %s trials disturbed', \
     meta('disturbed'), meta('trials')) : ''))
foot(interval) = text ? '' : sprintf("set label 1001 \"%s\\n%s\\n%s\" \
at screen 0.012, character 2.4 left noenhanced font ',9.5' \
textcolor '#666666'", footer1, footer2, interval)
sampled = sprintf('one update in %s sampled; closed loop', \
    meta('latency_one_in'))
foot_text(interval) = footer1 . "\n" . footer2 . "\n" . interval
