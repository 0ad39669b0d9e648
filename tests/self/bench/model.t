#!/bin/sh
# SPDX-License-Identifier: MIT
#
# model.t - `make model`: its tables, its figures, and the law that refuses
#
# What the model counts is in model_test.c, the law in usl_test.c; both run in
# stats.t.
set -u
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
. tests/self/tap.sh

# of FILE CONDITION: how many rows of a table are so.
of() { awk -F, "NR > 1 && ($2)" "$t/model/$1" | wc -l; }
is() { [ "$1" = "$2" ] || { echo "'$1' is not '$2'"; false; }; }

# ---- a result that nobody measured ----

# result NAME CPUS THREADS...: two rows, made by the law with sigma 0.5 and kappa
# 0.01, and with sigma 0.
result() {
    mkdir "$t/$1"
    printf '{"suite": "counter", "machine": {"cpu_count": %d}}\n' "$2" \
        >"$t/$1/meta.json"
    folder=$t/$1
    shift 2
    echo "$*" | awk -v folder="$folder" '{
        trials = folder "/trials.csv"
        rows = folder "/summary.csv"
        print "design,threads,flags,ns_per_update" >trials
        print "design,threads" >rows
        print "threads,aa_band" >(folder "/ratios.csv")
        for (i = 1; i <= NF; i++)
            for (d = 0; d < 2; d++) {
                name = d ? "fetch-add" : "thread-local"
                print name "," $i >rows
                for (k = -1; k <= 1; k++)
                    printf "%s,%d,-,%.9g\n", name, $i, (1 + k / 100) * \
                        5 * (1 + d * (0.5 * ($i - 1) + 0.01 * $i * ($i - 1))) \
                        >trials
            }
    }'
}
result six 16 1 2 4 8 12 16
result five 16 1 2 4 8 16
result few-cpus 8 1 2 4 6 8 12 16

# ---- the law ----

take_harness "$t/bench"
check 'the programs build' status 0 env SUITES='model usl' OUT="$t/bench" \
    bench/build.sh
law() { "$t/bench/bench-usl" "$t/$1" "$t/model"; }
check 'six thread counts are fitted' status 0 law six
check '... with what they were made with' \
    says 'fetch-add .*sigma  *0.5000  kappa  *0.01000  worst residual  0.0 %'
check '... row by row' says 'thread-local .*sigma  *0.0000  kappa  *0.00000'
check '... up to twice the largest' is "$(of usl.csv '$1 == "fit" &&
    $2 == "fetch-add"')" 32
check '... and no further' is "$(of usl.csv '$3 > 32')" 0
check '... what was measured is told apart' is \
    "$(of usl.csv '$1 == "measured"')" 12
check 'five thread counts are refused' status 3 law five
check '... with a sentence' says "'$t/five': it has 5 thread counts"
check '... and the reason' says 'three free numbers: with so few points it'
check '... and an earlier fit is gone' test ! -e "$t/model/usl.csv"
check 'more threads than CPUs do not count' status 3 law few-cpus
check '... they are five of seven' says 'it has 5 thread counts'
check 'the recorded run is refused' status 3 "$t/bench/bench-usl" \
    bench/results/sample "$t/model"
check 'no folder is an error, and no refusal' status 2 law none

# ---- the model ----

check 'a socket that is no whole number of complexes is refused' status 2 \
    "$t/bench/bench-model" "$t/x" 6 64
check '... with a sentence' says 'a socket of 64 cores has no whole number'
check 'no number of cores is refused' status 2 "$t/bench/bench-model" "$t/x" 0 64

if ! command -v gnuplot >/dev/null; then
    skip 'the tables and the figures' 'no gnuplot'
    finish
fi
check 'the model runs, with a result to fit the law to' status 0 \
    env BENCH="$t/bench" bench/models/model.sh "$t/model" "$t/six"
check '... every row says it is a MODEL' is "$(grep -c '^MODEL' "$t/out")" 2
check '... and where things are' says "^The tables: $t/model/model.csv"
check '... two orders, nine designs, eight numbers of cores, two ends' is \
    "$(of model.csv 1)" 288
check '... strict: one transfer for each shared fetch-add' is "$(of model.csv \
    '$1 == "strict" && $2 == "fetch-add" && $3 > 1 && $6 == 1 && $8 == 1')" 14
check '... none for an own line' is "$(of model.csv \
    '$2 == "slots-padded" && $6 == 0 && $8 == 0')" 32
check '... as many residuals as published points, twice' is \
    "$(of residuals.csv 1)" 48
check '... three of them fitted' is "$(of residuals.csv '$4 == "fitted"')" 3
check '... none in the strict order' is \
    "$(of residuals.csv '$1 == "strict" && $4 == "fitted"')" 0
check '... what is past a complex is a check' is \
    "$(of residuals.csv '$3 > 8 && $4 != "check"')" 0
check '... a residual is model / published' is "$(of residuals.csv \
    '($10 - sqrt($8 * $9) / $5) ^ 2 > 0.0002 ^ 2')" 0
check '... assumed times say so' is "$(of parameters.csv '$5 == "assumed"')" 3
marked() {
    for f in $(cat "$t/model/figures"); do
        grep -q '>[^<]*MODEL[^<]*<' "$t/model/$f.svg" || { echo "$f"; return 1; }
        [ -s "$t/model/$f.png" ] || { echo "$f.png"; return 1; }
    done
}
check '... four figures' is "$(tr '\n' ' ' <"$t/model/figures")" \
    'check designs transfers usl '
check '... each marked MODEL' marked
check '... the points have their source' grep -q perfbook "$t/model/check.svg"
check 'another topology, and no result' status 0 env TOPOLOGY='1 64' \
    BENCH="$t/bench" bench/models/model.sh "$t/model"
check '... has no transfer inside of a complex to do' is "$(of model.csv \
    '$1 == "strict" && $2 == "fetch-add" && $3 == 2 && $4 == "fast" &&
    $5 > 2 * 84')" 1
check '... and no figure of the law' is "$(tr '\n' ' ' <"$t/model/figures")" \
    'check designs transfers '

# ---- the page ----

page() { MODEL=$1 bench/report/report.sh "$t/page.html" bench/results/render; }
check 'the report takes the model in' status 0 page "$t/model"
cp "$t/page.html" "$t/out"
check '... in a part of its own' is "$(grep -c '<section><h2 id="model">MODEL' \
    "$t/out")" 1
check '... that says what it is' says 'Nothing in this part was measured here'
check '... with its figures' is "$(grep -c '<title>MODEL: ' "$t/out")" 3
check '... and residuals' says 'MODEL against published points'
claims() {
    sed -n '/<h2 id="model">/,/<\/section>/p' "$t/out" >"$t/part"
    [ -s "$t/part" ] && ! grep -n '<li>' "$t/part"
}
check '... and claims nothing there' claims
once() {
    ids=$(grep -o " id=[\"'][^\"']*" "$t/out" | cut -c6- | sort)
    test -n "$ids" && test -z "$(echo "$ids" | uniq -d)" || return 1
    for id in $(grep -o "href=[\"']#[^\"']*" "$t/out" | cut -c8- | sort -u); do
        echo "$ids" | grep -qx "$id" || { echo "no $id"; return 1; }
    done
}
check '... every name is there once, and every reference has one' once
check 'without a model there is no such part' status 0 page "$t/none"
check '... nor a word of it in the list' \
    is "$(grep -c 'h2 id="model"\|href="#model"' "$t/page.html")" 0
finish
