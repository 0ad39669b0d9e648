#!/bin/sh
# SPDX-License-Identifier: MIT
#
# model.sh - the model of cache coherence, its figures, and the scalability law
#
#     bench/models/model.sh OUT [RESULT]
#
# Run from the top folder. RESULT is a folder of results of the suite counter;
# the law is fitted to it, or refused. From the environment:
#
#     TOPOLOGY='8 64'   cores of a complex, cores of a socket
set -eu

die()
{
    echo "model.sh: $*" >&2
    exit 2
}

[ $# -ge 1 ] || die 'usage: model.sh OUT [RESULT]'
out=$1
result=${2:-}
bench=${BENCH:-build/bench}
here=$(dirname "$0")

# The columns of a table, for a person.
show()
{
    awk -F, "$1" "$2"
}

# gnuplot goes on after some errors and still exits with 0: whatever it says is
# an error.
figure()
{
    for kind in svg png; do
        said=$(gnuplot -e "plots='$here/../plots'; dir='$out'; \
            out='$out/$1'; kind='$kind'" "$here/$1.gp" 2>&1) ||
            die "$1: $said"
        [ -z "$said" ] || die "$1: $said"
    done
}

OUT=$bench SUITES='model usl' bench/build.sh
# Unquoted on purpose: two numbers.
# shellcheck disable=SC2086
"$bench/bench-model" "$out" ${TOPOLOGY:-}

echo 'MODEL, not measured. One update, in the strict order of the queue:'
show 'NR == 1 { printf "  %-14s %5s %11s %9s %14s %13s\n", "design", "cores",
        "transfers", "upgrades", "invalidations", "failed tries" }
    $1 == "strict" && $4 == "fast" && ($3 == 2 || $3 == 8 || $3 == 128) {
        printf "  %-14s %5d %11.4g %9.4g %14.4g %13.4g\n", $2, $3, $6, $7,
            $8, $9 }' "$out/model.csv"
echo
echo 'MODEL against the published curves (perfbook, 2024-09), with an overlap of' \
    "$(show '$1 == "overlap" { print $2 }' "$out/parameters.csv"):"
show 'NR == 1 { printf "  %-14s %7s %12s %20s %12s  %s\n", "design", "threads",
        "published ns", "model ns", "model/publ.", "the point is" }
    $1 == "overlap" {
        printf "  %-14s %7d %12.4g %20s %12.2f  %s\n", $2, $3, $5,
            sprintf("%.4g to %.4g", $8, $9), $10, $4 }' "$out/residuals.csv"
echo
status=0
if [ -n "$result" ]; then
    "$bench/bench-usl" "$result" "$out" || status=$?
    [ $status -eq 0 ] || [ $status -eq 3 ] || exit 2
    echo
fi
figures='check designs transfers'
[ -z "$result" ] || [ $status -ne 0 ] || figures="$figures usl"
for f in $figures; do
    figure "$f"
done
# shellcheck disable=SC2086  # a list
printf '%s\n' $figures >"$out/figures"
echo "The tables: $out/model.csv, residuals.csv, parameters.csv"
echo "The figures, marked MODEL: $(for f in $figures; do
    printf '%s/%s.png ' "$out" "$f"
done)"
