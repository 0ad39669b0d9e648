#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.t - whole runs: what they write, and how they fail
#
# Run from the top folder. Nothing here depends on how fast anything is.
set -u

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
export OUT="$t/bench"
. tests/self/tap.sh
take_harness "$OUT"
impls=tests/self/bench/impl

# quick RESULTS MORE...: a short run of few designs.
quick()
{
    results=$1
    shift
    timeout 120 "$OUT/bench-counter" --designs "$OUT/counter" \
        --out "$t/$results" --try --threads 1 --only racy "$@"
}

# cell FILE CONDITION COLUMN: that field of the first row for which the awk
# condition holds, or "no row".
cell()
{
    awk -F, "NR > 1 && ($2) { print \$$3; found = 1; exit }
        END { if (!found) print \"no row\" }" "$t/$1"
}

is() { [ "$1" = "$2" ] || { echo "'$1' is not '$2'"; false; }; }

# Whether header and rows of a CSV file have the same number of fields.
rectangular()
{
    awk -F, 'NR == 1 { n = NF } NF != n { exit 1 }' "$1"
}

SUITES="counter pairs"
export SUITES
check 'the harness, the designs and four implementations build' \
    status 0 bench/build.sh $impls/right $impls/doubles $impls/crashes \
    sharded=solutions/07-scaling+lto
check 'no two implementations of one name' \
    status 2 bench/build.sh $impls/right $impls/right/
check 'a folder without counter.c is refused' status 2 bench/build.sh bench/plots
check '... with a sentence' says "no counter.c in 'bench/plots'"

check 'a run with a right counter, and with that of a folder of a lab' \
    status 0 quick right --impl "$OUT/impl/right.so" \
    --impl "$OUT/impl/sharded-lto.so" --seed 7
check '... which is called as we said' \
    is "$(cell right/ratios.csv '$4 == "sharded-lto"' 5)" mutex
for file in meta.json trials.csv summary.csv ratios.csv latency.csv \
    clock-floor.hgrm latency-mutex-1.hgrm latency-right-1.hgrm; do
    check "... writes $file" test -s "$t/right/$file"
done
for file in trials.csv summary.csv ratios.csv latency.csv; do
    check "... $file has whole rows" rectangular "$t/right/$file"
done
check '... the seed is kept' grep -q '"seed": 7,' "$t/right/meta.json"
check '... every sum of an exact design is right' \
    is "$(cell right/trials.csv '$5 ~ /mutex|right/ && $9 != $10' 1)" \
    'no row'
check '... the right counter is compared with the mutex' \
    is "$(cell right/ratios.csv '$4 == "right"' 5)" mutex
check '... the mutex is compared with itself' \
    is "$(cell right/ratios.csv '$6 == 1' 4)" mutex-again
check '... racy, which counts wrong, is compared with nobody' \
    is "$(cell right/ratios.csv '$4 == "racy"' 4)" 'no row'
check '... and reports a loss, which one thread alone does not have' \
    is "$(cell right/summary.csv '$2 == "racy"' 15)" 0
order='NR > 1 { print $3, $4, $5 }'
quick again --impl "$OUT/impl/right.so" --impl "$OUT/impl/sharded-lto.so" --seed 7 >"$t/out" 2>&1
awk -F, "$order" "$t/right/trials.csv" >"$t/first"
awk -F, "$order" "$t/again/trials.csv" >"$t/second"
check 'the same seed gives the same order of trials' \
    cmp "$t/first" "$t/second"

check 'a run with a counter that counts double ends with 1' \
    status 1 quick wrong --impl "$OUT/impl/doubles.so"
check '... says so' says 'doubles .* WRONG SUM in .*: no number'
check '... gives it no throughput' \
    is "$(cell wrong/summary.csv '$2 == "doubles"' 9)" ''
check '... no time' is "$(cell wrong/summary.csv '$2 == "doubles"' 12)" ''
check '... no latency' is "$(cell wrong/summary.csv '$2 == "doubles"' 17)" ''
check '... no time in any trial' \
    is "$(cell wrong/trials.csv '$5 == "doubles" && $15 != ""' 1)" 'no row'
check '... a flag in each trial' \
    is "$(cell wrong/trials.csv '$5 == "doubles" && $14 != "wrong-sum"' 1)" 'no row'
check '... no verdict' \
    is "$(cell wrong/ratios.csv '$4 == "doubles"' 14)" 'no number: wrong sum'
check '... and takes no number from the others' \
    test -n "$(cell wrong/summary.csv '$2 == "mutex"' 9)"

check 'a counter that crashes ends the run with 2' \
    status 2 quick crash --impl "$OUT/impl/crashes.so"
check '... naming the design' says "died of 'Aborted': 'crashes 1 thread"

check 'more threads than CPUs are labelled' status 0 quick over \
    --threads "$(($(nproc) * 2))"
check '... in the table' is "$(cell over/summary.csv '$2 == "mutex"' 4)" 1
check '... and for a reader' says oversubscribed

# The suite labels: the reference, and a registry whose look-up finds nothing.
SUITES=labels
mkdir "$t/forgets"
cp -r solutions/0[1-4]-* "$t/forgets"
tests/self/judges/specimen.sh \
    tests/mutants/04-registry/always-a-new-child.patch \
    >"$t/forgets/04-registry/family.c"
check 'the suite labels builds, with two registries' \
    status 0 bench/build.sh "$t/forgets"
check 'a folder without registry.c is refused' \
    status 2 bench/build.sh $impls/right
check '... with a sentence' says "no registry.c in '$impls/right'"
check 'a run of it, in which one look-up is wrong, ends with 1' \
    status 1 timeout 120 "$OUT/bench-labels" --designs "$OUT/labels" \
    --out "$t/labels" --try --threads 1 \
    --only cached-100,hit-100000,miss-100,forgets-hit-100
check '... every sum of the reference is right' \
    is "$(cell labels/trials.csv '$5 !~ /forgets|empty/ && $9 != $10' 1)" \
    'no row'
check '... and of the one that finds nothing, none' \
    is "$(cell labels/trials.csv '$5 ~ /forgets/ && $9 == $10' 1)" 'no row'
check '... many children are compared with one' \
    is "$(cell labels/ratios.csv '$4 == "hit-100000"' 5)" hit-1
check '... with a verdict or none, but a number' \
    test -n "$(cell labels/ratios.csv '$4 == "hit-100000"' 9)"

# A hyperfine that does not measure: `a` takes 1 s, `b` 3 % more.
mkdir "$t/fake"
cat >"$t/fake/hyperfine" <<'END'
#!/bin/sh
for command; do :; done
while [ "$1" != --export-json ]; do shift; done
case $command in
a) time=1.0 ;;
b) time=1.03 ;;
*) echo "no such command"; exit 1 ;;
esac
echo "{\"results\": [{\"median\": $time}]}" >"$2"
END
chmod +x "$t/fake/hyperfine"
commands()
{
    PATH="$t/fake:$PATH" BENCH="$OUT" QUICK=1 \
        bench/suites/commands.sh "$t/commands" "$@"
}
check 'two commands side by side' status 0 commands first a second b
check '... in the order ABBA, BAAB' \
    is "$(awk -F, 'NR > 1 && NR < 10 { printf "%s ", $4 }' \
        "$t/commands/trials.csv")" \
    'first second second first second first first second '
check '... 3 % are found' \
    is "$(cell commands/ratios.csv '$2 == "second" && !$4' 11)" slower
check '... and none between a command and itself' \
    is "$(cell commands/ratios.csv '$4 && $11 != "not resolved"' 1)" 'no row'
check '... what hyperfine wrote is kept' test -s "$t/commands/raw/7-3.json"
check 'a command that fails ends the suite' status 2 commands first a second c
check '... with a sentence' says 'this command failed: c'
check 'the same name twice is refused' status 2 commands first a first b

if command -v gnuplot >/dev/null; then
    check 'figures are drawn' \
        status 0 bench/plots/plots.sh "$t/wrong" "$t/figures"
    for f in throughput cost latency percentiles ratios; do
        check "... $f.svg" grep -q '</svg>' "$t/figures/$f.svg"
        check "... $f.png" test -s "$t/figures/$f.png"
    done
    check '... of the suite labels, too' \
        status 0 bench/plots/plots.sh "$t/labels" "$t/figures"
    cp -r "$t/wrong" "$t/few"
    awk -F, -v OFS=, 'NR > 1 { $10 = $11 = "" } { print }' \
        "$t/wrong/ratios.csv" >"$t/few/ratios.csv"
    check 'without any interval they are drawn, too' \
        status 0 bench/plots/plots.sh "$t/few" "$t/few-figures"
    check '... but for that of the ratios' test ! -e "$t/few-figures/ratios.svg"
    check '... and it is said' says 'No figure of the ratios'
    check 'figures are drawn in a terminal' \
        status 0 env TERM_PLOT=1 bench/plots/plots.sh "$t/right"
    check '... with their footer' says 'trials in 4 processes'
else
    echo '# no gnuplot: the figures are not tested'
fi
check 'figures of nothing are refused' \
    status 2 bench/plots/plots.sh "$t/bench"

check 'an unknown option is refused' status 2 quick x --fast
check 'a number that is none is refused' status 2 quick x --seed 1x
check 'no threads at all are refused' status 2 quick x --threads 0
check 'a folder without designs is refused' status 2 \
    "$OUT/bench-counter" --designs "$t" --out "$t/x"
check '... with a sentence' says 'there are no built designs'
check 'results that cannot be written are refused at once' status 2 \
    "$OUT/bench-counter" --designs "$OUT/counter" --out /dev/null/x
finish
