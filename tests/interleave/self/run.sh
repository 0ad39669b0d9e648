#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh - the explorer's own tests, in TAP (prove -e sh self/run.sh)
#
# CC        the compiler (default: cc)
# ABACUS_LONG=1    10 000 random programs instead of 500; every timeline, 100
#                  times, at every level of optimisation
set -u

here=$(cd "$(dirname "$0")/.." && pwd)
suites=$here/../suites
headers=$here/../../labs/include
cc=${CC:-cc}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
processors=$(nproc)
number=0
bad=0
# How much is built and repeated: short, or ABACUS_LONG
levels='0 2' runs=2 timelines=
if [ -n "${ABACUS_LONG:-}" ]; then
    levels='0 1 2 3' runs=100
    timelines='lost-update hot-cold lost-wakeup store-buffering deadlock fences
        release-sequence seqlock'
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

# library CC: the explorer, once for all programs; the objects that `make`
# keeps are taken where they are
library() {
    kept=$here/../../build/explore/$1
    [ -d "$kept" ] || kept=$work/objects-$1
    IL_CACHE=$kept "$here/build.sh" -l -c "$1" -o "$work/library-$1.a"
}

# in_parallel FUNCTION ARGUMENT...: the function with each argument, as many at
# once as there are processors. Each writes a file, which is looked at later.
in_parallel() {
    what=$1 running=0
    shift
    for argument in "$@"; do
        "$what" "$argument" &
        running=$((running + 1))
        if [ $running -ge "$processors" ]; then
            wait
            running=0
        fi
    done
    wait
}

# verdicts: "scenario verdict" a line, from the text report
verdicts() {
    awk '/^(pass|FAIL|\?\?\?\?)  /{ sub(":", "", $2); print $2, $3 }'
}

explore() {
    timeout 600 "$@"
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

# says_complete NAME EXPECTED PROGRAM ARGUMENT...: said only where nothing was cut
says_complete() {
    name=$1 expected=$2
    shift 2
    got=$(explore "$@" --quiet --json 1 2>&1 | field complete | head -1)
    echo "expected $expected, got $got" >"$work/why"
    [ "$got" = "$expected" ]
    result $? "$name: complete is $expected"
}

completes() {
    says_complete "2 threads x 3 updates, 2 preemptions" false \
        "$work/lost-update" --strategy dfs two-by-three
    says_complete "2 threads x 3 updates, all" true "$work/lost-update" two-by-three
    says_complete "hot-cold, no older value" false \
        "$work/hot-cold" --strategy dfs --preempt none --stale 0 hot-cold
    says_complete "hot-cold, 100 executions at most" false \
        "$work/hot-cold" --max 100 hot-cold
    says_complete "2 threads x 3 updates, at random" false \
        "$work/lost-update" --strategy random --max 50 two-by-three
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
    explore "$work/$1" >"$work/$1.report"
    verdicts <"$work/$1.report" >"$work/got"
    while read -r name verdict; do
        echo "$name got $verdict" >"$work/why"
        [ "${name%%.*}" = "$verdict" ]
        result $? "$1: $name"
    done <"$work/got"
}

# Each failure of shapes.c has the sentence that its scenario says.
sentences() {
    awk '/^FAIL  / { name = $2; getline says; getline got
             gsub(/^ *"|"$/, "", says); gsub(/^ *|\.$/, "", got)
             if (says != got) print name, "got:", got
             n++ }
         END { if (n < 20) print "only", n + 0, "failures" }' \
        "$work/shapes.report" >"$work/why"
    [ ! -s "$work/why" ]
    result $? "shapes: each failure has the sentence that explains it"
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
# and *=verdict for all. try_submission FILE leaves $work/NAME.try, empty when
# that is so.
try_submission() {
    name=${1##*/}
    name=${name%.c}
    "$here/build.sh" -c "$cc" -L "$work/library-$cc.a" -I "$headers" \
        -o "$work/$name" "$work/${name%%-*}.o" "$1" >"$work/$name.try" 2>&1 ||
        return
    explore "$work/$name" | verdicts | awk -v file="$1" '
        FILENAME == file && /^ \* expect: / {
            for (i = 3; i <= NF; i++) want[++n] = $i
        }
        FILENAME == "-" { verdict[$1] = $2 }
        END {
            for (i = 1; i <= n; i++) {
                split(want[i], w, "=")
                if (w[1] != "*" && !(w[1] in verdict))
                    print "no such scenario:", want[i]
                for (s in verdict)
                    if ((w[1] == "*" || w[1] == s) && verdict[s] != w[2])
                        print want[i], "but", s, "is", verdict[s]
            }
            if (!n) print "it expects nothing"
        }' "$1" - >"$work/$name.try"
}

submissions() {
    "$here/build.sh" -r -c "$cc" -I "$headers" -o "$work/tally.o" \
        "$suites/00-race/explore.c"
    "$here/build.sh" -r -c "$cc" -I "$headers" -o "$work/counter.o" \
        "$suites/01-counter/explore.c"
    in_parallel try_submission "$here"/mutants/tally-*.c \
        "$here"/mutants/counter-*.c
    for file in "$here"/mutants/tally-*.c "$here"/mutants/counter-*.c; do
        name=$(basename "$file" .c)
        cp "$work/$name.try" "$work/why" && [ ! -s "$work/why" ]
        result $? "$name: $(sed -n 's/^ \* expect: //p' "$file")"
    done
}

# The same text twice, and each token gives the same failure again.
again() {
    p=$work/$1
    [ -e "$work/$1.report" ] || explore "$p" >"$work/$1.report"
    explore "$p" --json 3 3>"$work/json" >"$work/second"
    diff "$work/$1.report" "$work/second" >"$work/why"
    result $? "$1: the same report twice"
    : >"$work/why"
    sed -n 's/.*"scenario":"\([^"]*\)".*"verdict":"\([^"]*\)".*"token":"\([^"]*\)".*/\1 \2 \3/p' \
        "$work/json" >"$work/tokens"
    while read -r name verdict token; do
        [ -n "$token" ] && [ "$verdict" != inconclusive ] || continue
        explore "$p" --replay "$token" "$name" >"$work/replayed"
        verdicts <"$work/replayed" | grep -qx "$name $verdict" ||
            echo "$name $token" >>"$work/why"
        grep -h 'does not fit' "$work/replayed" >>"$work/why"
    done <"$work/tokens"
    [ ! -s "$work/why" ]
    result $? "$1: each token gives the same verdict"
    explore "$p" --replay 99.1 >"$work/why"
    grep -q 'token 99.1 does not fit' "$work/why"
    result $? "$1: a token of another program is said to be that"
}

# build_other SOURCE:CC:LEVEL leaves $work/NAME-CC-LEVEL
build_other() {
    source=${1%%:*} how=${1#*:}
    name=${source##*/}
    other=$work/${name%.c}-${how%:*}-${how#*:}
    "$here/build.sh" -c "${how%:*}" -L "$work/library-${how%:*}.a" \
        -O "${how#*:}" -o "$other" "$source" >"$other.log" 2>&1
}

# each_way SOURCE...: SOURCE:CC:LEVEL of all compilers and levels
each_way() {
    for source in "$@"; do
        for compiler in $compilers; do
            for level in $levels; do
                echo "$source:$compiler:$level"
            done
        done
    done
}

# The same verdicts from the other levels of optimisation and both compilers.
same_verdicts() {
    verdicts <"$work/$1.report" >"$work/expected"
    for compiler in $compilers; do
        for level in $levels; do
            explore "$work/$1-$compiler-$level" | verdicts |
                diff "$work/expected" - >"$work/why"
            result $? "$1: the same verdicts by $compiler -O$level"
        done
    done
}

# A program whose accesses every compiler keeps has one report, whoever built
# it and however often it is run. (Compilers may leave out or shrink accesses of
# a program with a data race; then they build different programs.)
same_timeline() {
    rm -f "$work/timeline"
    : >"$work/why"
    for compiler in $compilers; do
        for level in $levels; do
            for run in $(seq $runs); do
                explore "$work/$1-$compiler-$level" >"$work/report"
                [ -e "$work/timeline" ] || cp "$work/report" "$work/timeline"
                cmp "$work/report" "$work/timeline" >>"$work/why" 2>&1 ||
                    echo "$compiler -O$level, run $run" >>"$work/why"
            done
        done
    done
    [ -s "$work/timeline" ] && [ ! -s "$work/why" ]
    result $? "$1: one timeline by each compiler at -O $levels, $runs runs each"
}

# The failures of shapes.c that are no data race, without the lines, which an
# optimiser may mix up: one text by each compiler at each level, in each run.
same_steps() {
    : >"$work/why"
    # shellcheck disable=SC2046  # one word a scenario
    set -- $(verdicts <"$work/shapes.report" |
        sed -n '/^passed\|^race\|^use/d; s/ .*//p')
    explore "$work/shapes" "$@" | without_lines >"$work/steps"
    for compiler in $compilers; do
        for level in $levels; do
            for run in $(seq $runs); do
                explore "$work/shapes-$compiler-$level" "$@" | without_lines |
                    diff "$work/steps" - >>"$work/why" ||
                    echo "$compiler -O$level, run $run" >>"$work/why"
            done
        done
    done
    [ $# -ge 12 ] && [ -s "$work/steps" ] && [ ! -s "$work/why" ]
    result $? "shapes: $# timelines, the same by each compiler at -O $levels, $runs runs each"
}

without_lines() {
    sed 's/ *[a-z-]*\.c:[0-9]*//; s/ *$//'
}

# shellcheck disable=SC2046  # one word a file
other_builds() {
    in_parallel build_other $(each_way "$here/self/verdicts.c" \
        "$here/self/shapes.c" "$here/mutants/programs.c" \
        $(for name in $timelines; do echo "$here/examples/$name.c"; done))
}

# compare NAME COUNT: the outcomes of random programs, by ours and the axioms
compare() {
    $cc -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -fno-pie -no-pie \
        -o "$work/$1" "$here/self/$1.c" "$work/axioms.o" \
        "$work/library-$cc.a" -pthread -ldw >"$work/why" 2>&1 &&
        timeout 1800 "$work/$1" "$2" >"$work/why" 2>&1
}

random_programs() {
    n=500
    [ -z "${ABACUS_LONG:-}" ] || n=10000
    $cc -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -fno-pie \
        -c -o "$work/axioms.o" "$here/self/axioms.c"
    compare random-programs $n
    result $? "$n random programs have exactly the outcomes of the axioms"
    n=$((n / 5))
    compare random-locks $n
    result $? "$n random programs with locks lose nothing by the reduction"
}

compilers=
for compiler in gcc clang; do
    command -v $compiler >/dev/null && compilers="$compilers $compiler"
done
for compiler in $compilers "$cc"; do
    [ -e "$work/library-$compiler.a" ] || library "$compiler" || exit 1
done

build_one() {
    name=${1##*/}
    "$here/build.sh" -c "$cc" -L "$work/library-$cc.a" \
        -o "$work/${name%.c}" "$1" >"$work/${name%.c}.log" 2>&1
}
in_parallel build_one "$here"/examples/*.c "$here/self/verdicts.c" \
    "$here/self/shapes.c" "$here/mutants/programs.c"

counts
hot_cold
completes
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
named shapes
sentences
submissions
other_builds
for program in verdicts programs shapes; do
    again $program
    same_verdicts $program
done
same_steps
for program in $timelines; do
    same_timeline "$program"
done
random_programs

echo "1..$number"
[ $bad -eq 0 ]
