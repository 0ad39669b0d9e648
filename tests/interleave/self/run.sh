#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh - the explorer's own tests, in TAP (prove -e sh self/run.sh)
#
# CC        the compiler (default: cc)
# ABACUS_LONG=1    10 000 random programs instead of 500; every timeline, 100
#                  times at every level of optimisation
set -u

here=$(cd "$(dirname "$0")/.." && pwd)
suites=$here/../suites
headers=$here/../../labs/include
cc=${CC:-cc}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
export IL_CACHE="${IL_CACHE:-$work/library-$cc}"
number=0
bad=0
# How much is built and repeated: short, or ABACUS_LONG
levels='0 2' runs=2 timelines='lost-update hot-cold lost-wakeup'
if [ -n "${ABACUS_LONG:-}" ]; then
    levels='0 1 2 3' runs=100
    timelines="$timelines store-buffering deadlock fences release-sequence seqlock"
fi

# result STATUS NAME: one line of TAP, with what is in $work/why on failure
result() {
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $number - $2"
    else
        bad=$((bad + 1))
        echo "not ok $number - $2"
        sed 's/^/# /' "$work/why"
    fi
}

# build NAME [option]... FILE...: leaves $work/NAME
build() {
    name=$1
    shift
    "$here/build.sh" -c "$cc" -o "$work/$name" "$@" >"$work/why" 2>&1 ||
        { result 1 "build $name"; return 1; }
}

# verdicts: "scenario verdict" a line, from the text report
verdicts() {
    awk '/^(pass|FAIL|\?\?\?\?)  /{ sub(":", "", $2); print $2, $3 }'
}

explore() {
    timeout 120 "$@"
}

# field NAME: of JSON objects, one a line
field() {
    sed -n "s/.*\"$1\":\\(\"[^\"]*\"\\|[^,}]*\\).*/\\1/p" | tr -d '"'
}

# count NAME EXPECTED PROGRAM ARGUMENT...: executions of one scenario
count() {
    name=$1 expected=$2
    shift 2
    got=$(explore "$@" --quiet --json 1 2>&1 | field executions | head -1)
    echo "expected $expected executions, got $got" >"$work/why"
    [ "$got" = "$expected" ]
    result $? "$name: $expected executions"
}

counts() {
    e=$work/lost-update
    count "2 threads x 3 updates, 2 preemptions" 14 \
        "$e" --strategy dfs two-by-three
    count "2 threads x 3 updates, all" 20 \
        "$e" --strategy dfs --preempt none two-by-three
    count "3 threads x 3 updates, 1 preemption" 42 \
        "$e" --strategy dfs --preempt 1 three-by-three
    count "3 threads x 3 updates, 2 preemptions" 192 \
        "$e" --strategy dfs three-by-three
    count "3 threads x 3 updates, 3 preemptions" 552 \
        "$e" --strategy dfs --preempt 3 three-by-three
    count "3 threads x 3 updates, all" 1680 \
        "$e" --strategy dfs --preempt none three-by-three
    count "a lost update is found" 2 "$e" --strategy dfs lost-update
}

hot_cold() {
    e=$work/hot-cold
    explore "$e" --quiet --json 1 hot-cold >"$work/why" 2>&1
    n=$(field executions <"$work/why")
    [ "$(field complete <"$work/why")" = true ] && [ "$n" -lt 1000 ]
    result $? "hot-cold: complete in fewer than 1000 executions ($n)"
    explore "$e" --quiet --strategy dfs --json 1 hot-cold-relaxed \
        >"$work/why" 2>&1
    n=$(field executions <"$work/why" | head -1)
    [ "$(field verdict <"$work/why")" = assertion ] && [ "$n" -le 96 ]
    result $? "hot-cold-relaxed: found in at most 96 executions ($n)"
    explore "$e" --model sc hot-cold-relaxed >"$work/why" 2>&1
    result $? "hot-cold-relaxed: right under sequential consistency"
}

# What each litmus test may do, and nothing else.
litmus() {
    explore "$work/litmus" | awk '
        /^(pass|FAIL)  /{ sub(":", "", $2); name = $2; order[++n] = name
                          verdict[name] = $3 }
        /^      outcome/{ print name, verdict[name], $2 >"'"$work/outcomes"'" }
        END { for (i = 1; i <= n; i++) print order[i], verdict[order[i]] }
    ' >"$work/tests"
    while read -r name verdict; do
        list=$(awk -v n="$name" '$1 == n { print $3 }' "$work/outcomes" |
            sort | tr '\n' ' ' | sed 's/ $//')
        echo "$name $verdict $list" | sed 's/ $//'
    done <"$work/tests" >"$work/litmus.got"
    grep -v '^#' "$here/self/litmus.expected" >"$work/litmus.expected"
    diff "$work/litmus.expected" "$work/litmus.got" >"$work/why"
    result $? "litmus: $(wc -l <"$work/tests") tests have exactly their outcomes"
}

# Each scenario is named after its verdict: verdict.what
named() {
    explore "$work/$1" | verdicts >"$work/got"
    while read -r name verdict; do
        echo "$name got $verdict" >"$work/why"
        [ "${name%%.*}" = "$verdict" ]
        result $? "$1: $name"
    done <"$work/got"
}

# examples: the first scenario fails or passes as its file says
example() {
    echo "$2" >"$work/expected"
    explore "$work/$1" | verdicts | awk '{ printf "%s%s", s, $2; s = " " }
        END { print "" }' >"$work/got"
    diff "$work/expected" "$work/got" >"$work/why"
    result $? "example $1: $2"
}

# A submission says in its third line what it must get: scenario=verdict,
# and *=verdict for all.
submission() {
    file=$1 suite=$2
    build submission -I "$headers" "$suite" "$file" || return
    explore "$work/submission" | verdicts >"$work/got"
    : >"$work/why"
    set -f
    for want in $(sed -n 's/^ \* expect: //p' "$file"); do
        awk -v want="$want" '
            BEGIN { split(want, w, "=") }
            (w[1] == "*" || w[1] == $1) { n++; if ($2 != w[2]) print want, $0 }
            END { if (!n) print "no such scenario:", want }' \
            "$work/got" >>"$work/why"
    done
    set +f
    [ ! -s "$work/why" ]
    result $? "$(basename "$file" .c): $(sed -n 's/^ \* expect: //p' "$file")"
}

submissions() {
    for file in "$here"/mutants/tally-*.c; do
        submission "$file" "$suites/00-race/explore.c"
    done
    for file in "$here"/mutants/counter-*.c; do
        submission "$file" "$suites/01-counter/explore.c"
    done
}

# The same text twice; each token gives the same failure again; the same
# verdicts from the other levels of optimisation and the other compiler.
determinism() {
    p=$work/$1
    explore "$p" >"$work/first"
    explore "$p" >"$work/second"
    diff "$work/first" "$work/second" >"$work/why"
    result $? "$1: the same report twice"
    verdicts <"$work/first" >"$work/expected"
    explore "$p" --quiet --json 1 | grep '^{' >"$work/json"
    : >"$work/why"
    while read -r line; do
        name=$(echo "$line" | field scenario)
        token=$(echo "$line" | field token)
        verdict=$(echo "$line" | field verdict)
        [ -n "$token" ] && [ "$verdict" != inconclusive ] || continue
        explore "$p" --replay "$token" "$name" | verdicts |
            grep -qx "$name $verdict" || echo "$name $token" >>"$work/why"
    done <"$work/json"
    [ ! -s "$work/why" ]
    result $? "$1: each token gives the same verdict"
    for compiler in gcc clang; do
        command -v $compiler >/dev/null || continue
        for level in $levels; do
            IL_CACHE=$work/library-$compiler "$here/build.sh" -c $compiler \
                -O $level -o "$work/other" "$2" >"$work/why" 2>&1 &&
                explore "$work/other" | verdicts |
                diff "$work/expected" - >"$work/why"
            result $? "$1: the same verdicts by $compiler -O$level"
        done
    done
}

# A program whose accesses every compiler keeps has one report, whoever built
# it and however often it is run. (Compilers may leave out or shrink accesses of
# a program with a data race; then they build different programs.)
same_timeline() {
    example=$here/examples/$1.c
    rm -f "$work/timeline"
    : >"$work/why"
    for compiler in gcc clang; do
        command -v $compiler >/dev/null || continue
        for level in $levels; do
            IL_CACHE=$work/library-$compiler "$here/build.sh" -c $compiler \
                -O $level -o "$work/other" "$example" >>"$work/why" 2>&1
            for run in $(seq $runs); do
                explore "$work/other" >"$work/report"
                [ -e "$work/timeline" ] || cp "$work/report" "$work/timeline"
                cmp "$work/report" "$work/timeline" >>"$work/why" 2>&1 ||
                    echo "$compiler -O$level, run $run" >>"$work/why"
            done
        done
    done
    [ ! -s "$work/why" ]
    result $? "$1: one timeline by each compiler at -O $levels, $runs runs each"
}

# shellcheck disable=SC2046  # one word an object
random_programs() {
    n=500
    [ -z "${ABACUS_LONG:-}" ] || n=10000
    $cc -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -fno-pie -no-pie \
        -o "$work/random-programs" "$here/self/random-programs.c" \
        "$here/self/axioms.c" \
        $(find "$IL_CACHE" -name '*.o' ! -name main.o) -pthread \
        >"$work/why" 2>&1 &&
        timeout 600 "$work/random-programs" $n >"$work/why" 2>&1
    result $? "$n random programs have exactly the outcomes of the axioms"
    n=$((n / 5))
    $cc -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -fno-pie -no-pie \
        -o "$work/random-locks" "$here/self/random-locks.c" \
        "$here/self/axioms.c" \
        $(find "$IL_CACHE" -name '*.o' ! -name main.o) -pthread \
        >"$work/why" 2>&1 &&
        timeout 600 "$work/random-locks" $n >"$work/why" 2>&1
    result $? "$n random programs with locks lose nothing by the reduction"
}

for file in "$here"/examples/*.c; do
    build "$(basename "$file" .c)" "$file"
done
build verdicts "$here/self/verdicts.c"
build programs "$here/mutants/programs.c"

counts
hot_cold
litmus
example lost-update "assertion passed passed"
example publication "passed race race"
example hot-cold "passed assertion"
example store-buffering "assertion passed"
example seqlock "passed assertion"
example fences "passed assertion"
example release-sequence "passed assertion"
example deadlock "deadlock passed"
example lost-wakeup "lost-wakeup passed"
named verdicts
named programs
submissions
determinism verdicts "$here/self/verdicts.c"
determinism programs "$here/mutants/programs.c"
for name in $timelines; do
    same_timeline $name
done
random_programs

echo "1..$number"
[ $bad -eq 0 ]
