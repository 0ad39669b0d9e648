#!/bin/sh
# SPDX-License-Identifier: MIT
#
# plots.sh - the figures of a result folder
#
#     bench/plots/plots.sh RESULTS [OUT]     OUT/*.svg and OUT/*.png
#     TERM_PLOT=1 bench/plots/plots.sh RESULTS      into the terminal
#
# OUT is RESULTS/plots if it is not given. In the terminal COLUMNS and LINES
# give the size, DESIGN the design of the latency figure, THREADS the number
# of threads of the ratios.
set -eu

die()
{
    echo "plots.sh: $*" >&2
    exit 2
}

[ $# -ge 1 ] || die 'which folder of results?'
dir=$1
out=${2:-$dir/plots}
plots=$(dirname "$0")
command -v gnuplot >/dev/null || die 'gnuplot is needed (gnuplot-nox)'
# Of servers there is latency on a schedule, and no result of the harness.
needed='meta.json summary.csv ratios.csv'
[ ! -f "$dir/open-loop.csv" ] || needed='open-loop.csv about.txt'
for file in $needed; do
    [ -f "$dir/$file" ] || die "no $file in '$dir'"
done

# $1 figure, $2 kind. gnuplot goes on after some errors and still exits with
# 0, so whatever it says is an error too. Where nothing can be said: the text
# figures print on standard output.
figure()
{
    set -- "$1" "$2" "plots='$plots'; dir='$dir'; out='$out/$1'; kind='$2'"
    [ -z "${COLUMNS:-}" ] || set -- "$1" "$2" "$3; wide=$COLUMNS"
    [ -z "${LINES:-}" ] || set -- "$1" "$2" "$3; tall=$LINES"
    [ -z "${DESIGN:-}" ] || set -- "$1" "$2" "$3; design='$DESIGN'"
    [ -z "${THREADS:-}" ] || set -- "$1" "$2" "$3; threads=$THREADS"
    said=$(gnuplot -e "set print '-'; $3" "$plots/$1.gp" 2>&1 >&3) ||
        die "$1: $said"
    [ -z "$said" ] || die "$1: $said"
}

# What a suite is about comes first; what it does not measure is left out.
choose_figures()
{
    suite=$(sed -n 's/^ *"suite": "\(.*\)",*$/\1/p' "$dir/meta.json")
    latency=
    if [ -f "$dir/latency.csv" ] &&
        [ "$(grep -vc ',clock-floor,' "$dir/latency.csv")" -ge 2 ]; then
        latency='latency percentiles'
    fi
    figures="throughput cost $latency ratios"
    case $suite in
    stride) figures='stride ratios' ;;
    search) figures='search ratios' ;;
    read) figures='read ratios' ;;
    memory) figures='memory cost ratios' ;;
    interference) figures='interference heat latency ratios' ;;
    peers) figures='peers' ;;
    esac
    if ! awk -F, 'NR > 1 && $10 != "" { found = 1 } END { exit !found }' \
        "$dir/ratios.csv"; then
        echo 'No figure of the ratios: no comparison has an interval.'
        figures=${figures% ratios}
    fi
}
if [ -f "$dir/open-loop.csv" ]; then
    figures='open-loop'
else
    choose_figures
fi
exec 3>&1
if [ -n "${TERM_PLOT:-}" ]; then
    for f in $figures; do
        figure "$f" text
    done
else
    mkdir -p "$out"
    printf '%s\n' $figures >"$out/figures"
    for f in $figures; do
        figure "$f" svg
        figure "$f" png
    done
    echo "Figures are in $out"
fi
