#!/bin/sh
# SPDX-License-Identifier: MIT
#
# compare.t - bench-compare on made results, whose truth is known
set -u
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
. tests/self/tap.sh

# ---- results that nobody measured ----

# made NAME SEED ROW:NS...: a folder with 60 trials of each row at 1 thread. The
# noise is 3 % either way. A row may end in `:wrong`, which has one wrong sum;
# in `:disturbed`, whose trials all are; or in `:half`, of which two thirds take
# half as long again and are disturbed.
made() {
    mkdir "$t/$1"
    cat >"$t/$1/meta.json" <<END
{"suite": "counter", "finished": "then", "commit": "c-$1", "compiler": "cc",
 "flags": "-O2", "method": {"quick": false},
 "machine": {"host": "here", "cpu_model": "slow", "cpu_count": 2,
  "kernel": "6.1", "clock_source": "tsc"}}
END
    folder=$t/$1 seed=$2
    shift 2
    echo "$*" | awk -v folder="$folder" -v seed="$seed" '
        function noise() {
            seed = (seed * 1103515245 + 12345) % 2147483648
            return 1 + 0.06 * (seed / 2147483648 - 0.5)
        }
        {
            trials = folder "/trials.csv"
            print "suite,process,design,threads,flags,ns_per_update" >trials
            print "suite,threads,aa_band" >(folder "/ratios.csv")
            print "counter,1,1.01" >(folder "/ratios.csv")
            print "suite,design,threads" >(folder "/summary.csv")
            for (i = 1; i <= NF; i++) {
                split($i, row, ":")
                print "counter," row[1] ",1" >(folder "/summary.csv")
                for (k = 0; k < 60; k++) {
                    ns = row[2] * noise()
                    flags = row[3] == "disturbed" ? "disturbed" : "-"
                    if (row[3] == "half" && k % 3) {
                        ns *= 1.5
                        flags = "disturbed"
                    }
                    if (row[3] == "wrong" && k == 30)
                        print "counter,0," row[1] ",1,wrong-sum," >trials
                    else
                        print "counter,0," row[1] ",1," flags "," ns >trials
                }
            }
        }'
}

compare() { "$t/bench/bench-compare" "$@"; }

# is ROW WORDS: what is said of that row.
is() {
    said=$(awk -v row="$1" '$1 == row { for (i = 8; i < NF; i++)
        printf "%s ", $i; print $NF }' "$t/out")
    [ "$said" = "$2" ] || { echo "'$said' is not '$2'"; false; }
}

# within ROW LOW HIGH: whether the interval of that row holds both.
within() {
    awk -v row="$1" -v low="$2" -v high="$3" '
        $1 == row { found = $6 <= low && $7 >= high } END { exit !found }' \
        "$t/out"
}

take_harness "$t/bench"
check 'it builds' status 0 env SUITES=compare OUT="$t/bench" bench/build.sh

# ---- what is resolved ----

made a 1 same:10 faster:10 slower:10 little:10 wrong:10 hidden:10 \
    disturbed:10 gone:10 again-again:10
made b 2 same:10 faster:5 slower:20 little:10.3 wrong:20:wrong hidden:10:half \
    disturbed:20:disturbed new:10 again-again:20
check 'two results of one suite and one machine' status 0 compare "$t/a" "$t/b"
check '... the same: not resolved' is same 'not resolved'
check '... half the time: faster' is faster faster
check '... by 2' within faster 2 2
check '... twice the time: slower' is slower slower
check '... 3 % more is less than runs differ by' is little 'not resolved'
check '... a wrong sum: no number' is wrong 'no number: wrong sum'
check '... slower in the disturbed trials alone' is hidden \
    'not resolved: disturbed'
check '... slower, but always disturbed' is disturbed 'not resolved: disturbed'
check '... how many' says '^2 of 7 rows are resolved: B is faster in 1 and slower in 1'
check '... a row that is gone' says 'Only in A: gone at 1 thread$'
check '... a new one' says 'Only in B: new at 1 thread$'
check '... copies of a design are left out' is again-again ''
check '... another commit is said' says 'differs: commit: c-a, c-b'
check 'the other way round' status 0 compare "$t/b" "$t/a"
check '... faster is slower' is faster slower

# Of 40 rows without a difference none may seem to have one: 20 runs.
quiet() {
    rows=
    i=0
    while [ $i -lt 40 ]; do
        rows="$rows row$i:10"
        i=$((i + 1))
    done
    for run in 1 2 3 4 5 6 7 8 9 10; do
        made "p$run" $((run * 7919)) "$rows"
        made "q$run" $((run * 104729 + 1)) "$rows"
        compare "$t/p$run" "$t/q$run" | grep -q '^0 of 40 rows' || return 1
    done
}
check 'where nothing differs nothing is resolved, 400 times' quiet

# The interval holds the true ratio, 5/4, in nearly all of 400.
covers() {
    rows=$(echo "$rows" | sed 's/:10/:8/g')
    missed=0
    for run in 1 2 3 4 5 6 7 8 9 10; do
        made "r$run" $((run * 611953 + 3)) "$rows"
        compare "$t/p$run" "$t/r$run" >"$t/out"
        missed=$((missed + $(awk '$1 ~ /^row/ && ($6 > 1.25 || $7 < 1.25)' \
            "$t/out" | wc -l)))
    done
    echo "missed: $missed"
    [ $missed -le 1 ]
}
check 'the interval holds the true ratio' covers
check '... and is not so wide that it says nothing' is row7 faster

sed -i 's/1.01/2.5/' "$t/b/ratios.csv"
check 'within the A/A band of either run nothing is resolved' \
    status 0 compare "$t/a" "$t/b"
check '... not even half the time' is faster 'not resolved'

# ---- what is refused ----

cp -r "$t/a" "$t/gauge"
sed -i 's/"suite": "counter"/"suite": "gauge"/' "$t/gauge/meta.json"
check 'two suites are refused' status 2 compare "$t/a" "$t/gauge"
check '... with a sentence' says 'two suites: .* is of counter, .* of gauge'
made c 3 faster:5
sed -i 's/"cpu_model": "slow"/"cpu_model": "fast"/' "$t/c/meta.json"
check 'two machines are refused' status 2 compare "$t/a" "$t/c"
check '... with a sentence' says 'two machines: .*slow.*fast'
check '... unless one insists' status 0 compare --anyway "$t/a" "$t/c"
check '... then it says so' says 'NOT THE SAME MACHINE'
check '... and resolves nothing' is faster 'not resolved: two machines'
check 'no folder is refused' status 2 compare "$t/a" "$t/none"
check '... with a sentence' says 'cannot read .*/none/meta.json'
cut -d, -f1-5 "$t/c/trials.csv" >"$t/new" && mv "$t/new" "$t/c/trials.csv"
check 'other tables are refused' status 2 compare --anyway "$t/a" "$t/c"
check '... with a sentence' says "no column 'ns_per_update'"
check 'nothing in common is refused' status 2 compare "$t/p1" "$t/a"
check 'one folder is refused' status 2 compare "$t/a"
check 'the recorded run is compared with itself' status 0 \
    compare bench/results/sample bench/results/sample
check '... and nothing is resolved' says '^0 of '
finish
