#!/bin/sh
# SPDX-License-Identifier: MIT
#
# suites.t - each suite builds and counts exactly, and what counts wrong gets no
# number
#
# Nothing here depends on how fast anything is. ONLY_SUITES="gauge stride" tests
# these alone.
set -u
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
. tests/self/tap.sh
export OUT="$t/bench"
take_harness "$OUT"
impls=tests/self/bench/impl

# quick SUITE RESULTS MORE...: a short run.
quick() {
    suite=$1 results=$2
    shift 2
    timeout 200 "$OUT/bench-$suite" --designs "$OUT/$suite" \
        --out "$t/$results" --try "$@"
}

# cell FILE CONDITION COLUMN: that field of the first row for which the awk
# condition holds, or "no row".
cell() {
    awk -F, "NR > 1 && ($2) { print \$$3; found = 1; exit }
        END { if (!found) print \"no row\" }" "$t/$1"
}

is() { [ "$1" = "$2" ] || { echo "'$1' is not '$2'"; false; }; }

# rows RESULTS: all rows but the copy for A/A, with spaces between.
rows() {
    awk -F, 'NR > 1 && $2 !~ /-again$/ && !seen[$2]++ {
            printf "%s%s", sep, $2
            sep = " "
        }' "$t/$1/summary.csv"
}

# all_right RESULTS [ROWS]: no trial of these rows has a wrong sum, and each has
# trials.
all_right() {
    awk -F, -v rows="${2:-.}" 'NR > 1 && $5 ~ rows && $5 !~ /^empty/ {
            n++
            if ($9 != $10 || $9 == 0 || $15 == "") { print; bad = 1 }
        }
        END { exit bad || !n }' "$t/$1/trials.csv"
}

# none_right RESULTS ROWS: all trials of these rows have a wrong sum and no
# time.
none_right() {
    awk -F, -v rows="$2" 'NR > 1 && $5 ~ rows {
            n++
            if ($9 == $10 || $14 != "wrong-sum" || $15 != "") { print; bad = 1 }
        }
        END { exit bad || !n }' "$t/$1/trials.csv"
}

# figures RESULTS FIGURE...: plots.sh draws these, and no others but that of the
# ratios, for which a run this short may have no interval.
draws() {
    results=$1
    shift
    bench/plots/plots.sh "$t/$results" "$t/plots-$results" >/dev/null &&
        is "$(ls "$t/plots-$results" | sed -n '/ratios/d; s/.svg$//p' |
            tr '\n' ' ')" "$* "
}
figures() {
    if command -v gnuplot >/dev/null; then
        check '... its figures' draws "$@"
    else
        skip '... its figures' 'no gnuplot'
    fi
}

# ---- the suites ----

test_gauge() {
    check 'gauge builds, with two implementations' \
        status 0 bench/build.sh solutions $impls/doubles
    check 'a folder without gauge.c is refused' status 2 bench/build.sh bench/plots
    check '... with a sentence' says "no gauge.c in 'bench/plots'"
    check 'a run of all designs at 2 threads, in which one folder is wrong, ends with 1' \
        status 1 quick gauge gauge --threads 2
    check '... each set and add of the designs and of the reference is counted' \
        all_right gauge '^(set|add|solutions)-'
    check '... and of the gauge that doubles, none' none_right gauge '^doubles-'
    check '... a set is compared with a set' \
        is "$(cell gauge/ratios.csv '$4 == "solutions-set"' 5)" set-mutex
    check '... and an add with an add' \
        is "$(cell gauge/ratios.csv '$4 == "add-own"' 5)" add-mutex
}

test_stride() {
    check 'stride builds' status 0 bench/build.sh
    check 'a run of it, with fewer rows' \
        status 0 quick stride stride --only store-4,store-60,store-64,fetch-add-4
    check '... at 2 threads' is "$(cell stride/summary.csv 1 3)" 2
    check '... every slot counts' all_right stride
    check '... these rows and no others' is "$(rows stride)" \
        'empty store-4 store-60 store-64 store-256 fetch-add-4'
    check '... each is compared with the widest' \
        is "$(cell stride/ratios.csv '$4 == "store-60"' 5)" store-256
    check '... no update is timed by itself' \
        is "$(cell stride/latency.csv '$2 != "clock-floor"' 2)" 'no row'
    check '... meta.json has the line of this machine' \
        grep -q '"cache_line_bytes": ' "$t/stride/meta.json"
    figures stride stride
    cp -r "$t/stride" "$t/no-line"
    sed -i 's/\("cache_line_bytes": \).*/\1null,/' "$t/no-line/meta.json"
    figures no-line stride # a machine that does not tell its line
}

test_search() {
    check 'search builds' status 0 bench/build.sh
    check 'a run of it' status 0 quick search search --only \
        "linear-8-uniform,linear-256-lognormal,binary-256-lognormal,\
binary-256-constant,bits-8-uniform,bits-256-lognormal,bits-256-constant,\
simd-8-uniform,simd-256-lognormal"
    check '... every value is in its bucket' all_right search
    check '... there are four kinds of search' \
        is "$(rows search | tr ' ' '\n' | grep -c -- -256-lognormal)" 4
    check '... each is compared with the binary one of its input' \
        is "$(cell search/ratios.csv '$4 == "bits-256-constant"' 5)" \
        binary-256-constant
    figures search search
}

test_histogram() {
    check 'histogram builds, with three implementations' \
        status 0 bench/build.sh solutions $impls/doubles solutions/07-scaling
    check 'a run of it, in which one folder is wrong, ends with 1' \
        status 1 quick histogram histogram --threads 2
    check '... all values are counted, each in its bucket, and summed' \
        all_right histogram '^(mutex|shared|hot|own|solutions|07-scaling)-'
    check '... and where twice as much is observed, none' \
        none_right histogram '^doubles-'
    check '... the same input is compared' \
        is "$(cell histogram/ratios.csv '$4 == "own-constant"' 5)" \
        mutex-constant
}

# wrap FILE FUNCTION: begins that file of the copy $t/$copy anew: the one of the
# solution, whose function is called right_ and so on. What it does now follows.
wrap() {
    printf '#define %s right_%s\n#include "%s/%s"\n#undef %s\n' \
        "$2" "$2" "$PWD/solutions" "$1" "$2" >"$t/$copy/$1"
    cat >>"$t/$copy/$1"
}

test_read() {
    copy=wrong
    mkdir "$t/wrong"
    cp -r solutions/0[1-5]-* "$t/wrong"
    wrap 01-counter/counter.c met_counter_value <<'END'
double met_counter_value(const struct met_counter *c)
{
    return right_met_counter_value(c) + 1;
}
END
    wrap 05-exposition/exposition.c met_expose <<'END'
int met_expose(struct met_registry *r, enum met_format format, char *buffer,
               size_t size, size_t *length)
{
    static int calls;
    int err = right_met_expose(r, format, buffer, size, length);

    *length -= calls++ % 2; /* every other page lacks its last byte */
    return err;
}
END
    check 'read builds, with the reference and one more' \
        status 0 bench/build.sh "$t/wrong"
    check 'a run of it, in which one folder is wrong, ends with 1' status 1 \
        quick read read --only "value-32,written-32,packed-1000x8,padded-1000x8,\
solutions-value,solutions-scrape-100,wrong-value,wrong-scrape-100"
    check '... every read finds what is there' \
        all_right read '^(value|written|packed|padded|solutions)-'
    check '... and of the wrong one, none' none_right read '^wrong-value'
    check '... nor any page' none_right read '^wrong-scrape'
    check '... shards that are written are compared with shards at rest' \
        is "$(cell read/ratios.csv '$4 == "written-32"' 5)" value-32
    figures read read
}

# bytes ROW THREADS: what it holds.
bytes() { cell memory/memory.csv "\$2 == \"$1\" && \$3 == $2" 5; }

test_memory() {
    mkdir "$t/big"
    cp -r solutions/0[1-4]-* "$t/big"
    cp $impls/right/counter.c "$t/big/01-counter"
    check 'memory refuses what is built with -flto' \
        status 2 bench/build.sh solutions+lto
    check 'memory builds, with the reference and a larger counter' \
        status 0 bench/build.sh "$t/big"
    check 'a run of it' status 0 quick memory memory --threads 1,2
    check '... all counters count' all_right memory
    check '... a mutex and a number' is "$(bytes mutex 2)" \
        "$(bytes big-counter 2)"
    check '... a number for each counter' is "$(bytes atomic 2)" 8064
    check '... a row for each thread' is "$(bytes rows 1) $(bytes rows 2)" \
        '8064 16128'
    check '... on 64 bytes a line' \
        is "$(cell memory/memory.csv '$2 == "rows" && $3 == 2' 6)" 252
    check '... a counter of the reference' is "$(bytes solutions-counter 1)" 8000
    more=$(($(bytes big-counter 1) - $(bytes solutions-counter 1)))
    check '... a larger one' test $more -gt 0
    check '... as a child it is larger by as much' is "$(bytes big-child 1)" \
        $(($(bytes solutions-child 1) + more))
    check '... the same at 2 threads' is "$(bytes big-child 1)" \
        "$(bytes big-child 2)"
    figures memory cost memory
}

test_batching() {
    check 'batching builds' status 0 bench/build.sh
    check 'a run of it' status 0 quick batching batching --threads 2
    check '... nothing that is held back is lost' all_right batching
    check '... these rows and no others' is "$(rows batching)" \
        'empty fetch-add-relaxed batch-1 batch-8 batch-64 batch-512 thread-local'
    check '... each is compared with no batch' \
        is "$(cell batching/ratios.csv '$4 == "batch-512"' 5)" batch-1
    figures batching cost latency percentiles throughput
}

# Of each row: the first process's trial is a part of all.
heat_adds_up() {
    awk -F, 'FNR == 1 { next }
        FILENAME ~ /heat/ { heat[$2] += $8; next }
        { all[$2] += $6 }
        END {
            for (row in heat)
                if (heat[row] == 0 || heat[row] > all[row]) {
                    print row, heat[row], all[row]
                    bad = 1
                }
            exit bad || length(heat) < 5
        }' "$t/interference/heat.csv" "$t/interference/latency.csv"
}

test_interference() {
    copy=gone
    mkdir "$t/gone"
    cp -r solutions/0[1-5]-* "$t/gone"
    wrap 05-exposition/exposition.c met_expose <<'END'
int met_expose(struct met_registry *r, enum met_format format, char *buffer,
               size_t size, size_t *length)
{
    return right_met_expose(r, format, buffer, size / 1000, length);
}
END
    check 'interference builds, with the reference and a page that never fits' \
        status 0 bench/build.sh "$t/gone"
    check 'a run of it, which sees that scrapes fail, ends with 1' \
        status 1 quick interference interference --only \
        counter-100,observe-0,observe-100,gone-counter-0,gone-counter-100
    check '... all updates are counted, scraped or not' \
        all_right interference '^(counter|observe|gone-counter-0)'
    check '... what cannot be scraped has no number' \
        none_right interference '^gone-counter-100'
    check '... scraped is compared with not scraped' \
        is "$(cell interference/ratios.csv '$4 == "observe-100"' 5)" observe-0
    check '... one update in 16 is timed' \
        grep -q '"latency_one_in": 16' "$t/interference/meta.json"
    check '... and its distribution is there' \
        test -s "$t/interference/latency-observe-100-1.hgrm"
    check '... heat.csv has no update that latency.csv has not' heat_adds_up
    check '... in slices of one length' \
        is "$(cut -d, -f5 "$t/interference/heat.csv" | sed 1d | sort -u | wc -l)" 1
    figures interference heat interference latency
}

for suite in ${ONLY_SUITES:-gauge stride search histogram read memory \
    batching interference}; do
    SUITES=$suite
    export SUITES
    "test_$suite"
done
finish
