#!/bin/sh
# SPDX-License-Identifier: MIT
#
# report.t - the page over results: whole, alone, and no sentence that the
# numbers do not carry
set -u
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
. tests/self/tap.sh
export MODEL="$t/no-model" # whatever `make model` has left in build/

says_not() { ! says "$1"; }

# ---- sentences from tables that nobody measured ----

cat >"$t/summary.csv" <<'END'
suite,design,threads,n,disturbed,wrong_sums,lost_share
counter,mutex,1,20,3,0,
counter,racy,1,20,0,0,0
counter,broken,1,20,1,5,
counter,mutex,2,20,0,0,
counter,racy,2,20,0,0,0.437
END
# Whatever the ratio is: what counts is the verdict.
cat >"$t/ratios.csv" <<'END'
suite,threads,design,reference,aa,pairs,speed_ratio,low,high,aa_band,verdict
counter,1,mutex-again,mutex,1,20,1.001,0.99,1.02,1.02,not resolved
counter,1,quick,mutex,0,20,2.5,2.41,2.63,1.02,faster
counter,1,slow,mutex,0,20,0.5,0.4,0.8,1.02,slower
counter,1,noisy,mutex,0,20,7.77,0.9,9.99,1.02,not resolved
counter,1,shaken,mutex,0,20,6.66,5.55,8.88,1.02,not resolved: disturbed
counter,1,short,mutex,0,5,4.44,,,1.02,not resolved: too few pairs
counter,1,broken,mutex,0,20,,,,1.02,no number: wrong sum
counter,2,mutex-again,mutex,1,20,1.2,1.1,1.3,1.3,faster
counter,2,quick,mutex,0,20,3.33,3.22,3.44,1.3,faster
END
sentences() {
    awk -f bench/report/sentences.awk "$t/summary.csv" "$t/ratios.csv" |
        sed 's/<[^>]*>//g'
}
check 'sentences' status 0 sentences
check '... faster' \
    says '^With 1 thread, quick is 2.50 times as fast as mutex (2.41 to 2.63)\.$'
check '... slower, as a time' \
    says '^With 1 thread, slow takes 2.00 times as long as mutex (1.25 to 2.50)\.$'
check '... not resolved' says '^With 1 thread, not resolved: noisy and mutex\.$'
check '... by itself where it was disturbed' \
    says '^With 1 thread, not resolved: disturbed: shaken and mutex\.$'
check '... or short' \
    says '^With 1 thread, not resolved: too few pairs: short and mutex\.$'
check '... a wrong sum' \
    says '^With 1 thread, no number: wrong sum: broken and mutex\.$'
check '... who counted wrong' says 'counted wrong and have no number: broken\.$'
check '... what is not resolved has no number' says_not '7.77\|6.66\|4.44'
check '... a loss' says 'With 2 threads, racy lost 43.7 % of its updates'
check '... none where there was none' says_not 'With 1 thread, racy lost'
check '... how many' says '^With 1 thread, 2 of 6 comparisons are resolved'
check '... where a design differs from itself nothing is claimed' \
    says_not '3.33\|With 2 threads, quick'
check '... and it is said why' says 'With 2 threads, mutex differs from itself'
check '... nor is that counted' says '^With 2 threads, 0 of 1 comparisons'
check '... the disturbed trials of all' says '^4 of 100 trials were disturbed\.$'

# ---- the page ----

if ! command -v gnuplot >/dev/null; then
    skip 'the page' 'no gnuplot'
    finish
fi
results='bench/results/sample bench/results/labels bench/results/render'
# Unquoted on purpose: a list of folders.
# shellcheck disable=SC2086
check 'the page over the recorded results' status 0 \
    bench/report/report.sh "$t/page/index.html" $results
cp "$t/page/index.html" "$t/out"
check '... has a part for each' test "$(grep -c '<section><h2 id="r' "$t/out")" = 3
check '... its question' says '<p>what does it cost to count, in each'
check '... its machine' says '<dt>commit</dt><dd>'
check '... as many figures as plots.sh draws, with their text' \
    test "$(grep -c '<svg role="img"' "$t/out")" -ge 8
check '... tables' says '<summary>All comparisons</summary>'
check '... the method' says '<h3>Why it is done this way</h3>'
check '... and ends' says '</html>$'
alone() {
    ! grep -n '<script\|<link\|<img\|src=\|@import' "$t/out" &&
        ! grep -o 'href=["'\''][^"'\'']*' "$t/out" | grep -v '=.#' &&
        ! grep -o 'https\?://[^ "'\'']*' "$t/out" | grep -v 'http://www.w3.org/'
}
check '... it needs no other file' alone
once() {
    ids=$(grep -o " id=[\"'][^\"']*" "$t/out" | cut -c6- | sort)
    test -n "$ids" && test -z "$(echo "$ids" | uniq -d)" &&
        for id in $(grep -o "href=[\"']#[^\"']*" "$t/out" | cut -c8- | sort -u); do
            echo "$ids" | grep -qx "$id" || { echo "no $id"; return 1; }
        done
}
check '... every name is there once, and every reference has one' once
# As many claims as verdicts.
claims() {
    want=$(cat bench/results/sample/ratios.csv bench/results/labels/ratios.csv |
        awk -F, '$6 == 0 && ($14 == "faster" || $14 == "slower")' | wc -l)
    want=$((want + 3)) # and three clients
    got=$(grep -c '<li>.* times as \(fast\|long\) as ' "$t/out")
    echo "$got, not $want"
    [ "$got" = "$want" ]
}
check '... as many claims as verdicts' claims
check 'a folder without results is refused' status 2 \
    bench/report/report.sh "$t/page/x.html" bench/plots
check '... with a sentence' says "no summary.csv in 'bench/plots'"
finish
