#!/bin/sh
# SPDX-License-Identifier: MIT
#
# render.sh OUT - the time to render one page, by us and by the clients that
# Debian packages
#
# The page: 1000 counters with two labels and 100 histograms with eleven bounds,
# 2404 lines of the text format 0.0.4. Each program fills its registry, renders
# 15 batches of 20 pages, and prints the microseconds a page of the median
# batch. Round by round each program runs once, the order moves on by one;
# rounds.awk makes ratios of it.
#
# OUT/trials.csv has every trial, OUT/summary.csv the medians and ratios. A
# client whose package is missing is left out, saying so.
set -eu
out=${1:?'where to?'}
suite=render
build=build/bench/render
rounds=${QUICK:+7}
rounds=${rounds:-15}
. bench/peers/clients.sh

# ---- the programs ----

build_abacus '0[1-5]' -lm
programs=abacus
add client_golang golang-github-prometheus-client-golang-dev build_go \
    "$page/page.go" "$here/client_golang.go"
add prometheus-cpp prometheus-cpp-dev build_cpp -lprometheus-cpp-core
add rust-prometheus librust-prometheus-dev build_rust

for p in $programs; do
    "$build/$p" "$build/$p.txt" >/dev/null
done
same_pages

# ---- the rounds ----

echo 'round,program,us' >"$out/trials.csv"
order=$programs
for round in $(seq "$rounds"); do
    progress '\rround %s of %s' "$round" "$rounds"
    for p in $order; do
        echo "$round,$p,$("$build/$p")" >>"$out/trials.csv"
    done
    order="${order#* } ${order%% *}"
done
progress '\r\033[K'

{
    echo 'program,us,ratio,low,high'
    awk -F, -v programs="$programs" -f bench/suites/rounds.awk \
        "$out/trials.csv"
} >"$out/summary.csv"
about >"$out/about.txt"
echo 'One page of 2404 lines; the ratio to ours, with its 95 % interval:'
awk -F, 'NR > 1 { printf "  %-16s %8.1f us   %5.2f  (%.2f to %.2f)\n",
    $1, $2, $3, $4, $5 }' "$out/summary.csv"
echo "  $out"
