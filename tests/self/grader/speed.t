#!/bin/sh
# SPDX-License-Identifier: MIT
#
# speed.t - what a machine cannot show takes no points: lab 07 on one
# processor, on one that does other work, and where its ratios are too far apart
# shellcheck disable=SC1091,SC2034,SC2154  # lib.sh has them
. "${0%/*}/lib.sh"
world

gcc -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -o "$t/noise" "$here/noise.c"
# The first processor that we may use, and how many there are.
one=$(taskset -cp $$ | sed 's/.*: *\([0-9]*\).*/\1/')

# sharded NAME: the solution's files of lab 07, with those of labs 01 and 02; its
# path is $s.
sharded() {
    s=$t/$1
    mkdir -p "$s"
    cp -R "$root/solutions/07-scaling" "$root/solutions/01-counter" \
        "$root/solutions/02-gauge" "$s"
}

# asked TEST SUBMISSION OPTION...
asked() {
    test=$1
    path=$2
    shift 2
    grade "$path" --lab 07 --test "$test" --json "$t/r.json" "$@"
}

# on_one TEST SUBMISSION OPTION...: where there is one processor
on_one() {
    taskset -cp "$one" $$ >"$t/said"
    asked "$@"
    taskset -cp "$all" $$ >"$t/said"
}
all=$(taskset -cp $$ | sed 's/.*: *//')

takes_no_points() {
    exited 0 && field_is "$t/r.json" "$test" status '"inconclusive"' &&
        field_is "$t/r.json" "$test" score "$(field "$t/r.json" "$test" max_score)"
}
fails() {
    exited 0 && field_is "$t/r.json" "$test" status '"failed"' && out_says "$1"
}
passes() { exited 0 && field_is "$t/r.json" "$test" status '"passed"'; }

# ---- ratios around the bar ----

# The graded test with ratios that are made up: no machine, no luck.
gcc -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -I"$root/labs/include" \
    -I"$root/tests" -o "$t/resolved" "$here/resolved.c"
# ratios WORDS N RATIO [N RATIO...]: each so many times; what is then said
ratios() {
    words=$1
    shift
    list=''
    while [ $# -gt 0 ]; do
        list="$list $(yes "$2" | head -n "$1" | tr '\n' ' ')"
        shift 2
    done
    # shellcheck disable=SC2086  # a word a ratio
    said=$("$t/resolved" $list)
    [ "$said" = "$words" ] || {
        echo "said: $said"
        return 1
    }
}
not_resolved='inconclusive: not resolved: between 0.40 and 0.60. Run it again'
check 'all ratios below the bar: passed' ratios passed 15 0.4
check 'all above it: failed' ratios 'failed: between 0.60 and 0.60 of it' 15 0.6
check 'the bar within the interval: not resolved' ratios "$not_resolved" 7 0.4 8 0.6
check '... also when most are below it' ratios "$not_resolved" 11 0.4 4 0.6
check '... also when most are above it' ratios "$not_resolved" 4 0.4 11 0.6
check '... in whatever order they came' ratios "$not_resolved" 4 0.6 11 0.4
check 'three above it are noise: passed' ratios passed 12 0.4 3 9
check 'three below it are noise: failed' \
    ratios 'failed: between 0.60 and 0.60 of it' 3 0.01 12 0.6
check 'at the bar is half of the time: passed' ratios passed 15 0.5

# ---- one processor ----

sharded right
on_one an_increment_shares_nothing "$s"
check 'speed on one processor takes no points' takes_no_points
check '... and the report says why' out_says 'skipped: this machine has one processor'

on_one two_threads_count_on_no_common_line "$s"
check 'lines of two threads are told apart on one processor' passes
cp "$root/tests/alternatives/07-scaling/per-cpu.c" "$s/07-scaling/counter.c"
on_one two_threads_count_on_no_common_line "$s"
check 'slots of processors are not: that takes no points' takes_no_points
check '... and the report says why' out_says 'this machine has one processor:'

sharded forgets
sed -i 's/memory_order_relaxed) + 1,/memory_order_relaxed) + 0,/' "$s/07-scaling/counter.c"
on_one an_increment_shares_nothing "$s"
check 'who does not count has no points, not even there' fails 'are lost'

rm "$s/01-counter/counter.c"
cp "$root/solutions/07-scaling/counter.c" "$s/07-scaling"
asked an_increment_shares_nothing "$s"
check 'without the counter of lab 01 there is no comparison' fails '--backfill takes'

# ---- other work ----

# The noise ends when it may not be made, or when it is killed.
noise=''
be_quiet() {
    [ -z "$noise" ] || kill "$noise" 2>/dev/null
    [ -z "$noise" ] || wait "$noise" 2>/dev/null
    noise=''
}
trap 'be_quiet; rm -rf "$t"' EXIT

if [ "$(nproc)" -lt 2 ]; then
    skip 'speed where threads are interrupted' 'one processor'
elif timeout 1 "$t/noise" 2>"$t/why"; [ $? != 124 ]; then
    skip 'speed where threads are interrupted' "$(cat "$t/why")"
else
    asked an_increment_shares_nothing "$s" --backfill
    not_failed() { exited 0 && ! field_is "$t/r.json" "$test" status '"failed"' >&2; }
    check 'with the counter of the solution there is one' not_failed
    sharded right
    "$t/noise" &
    noise=$!
    asked an_increment_shares_nothing "$s"
    be_quiet
    check 'speed where threads are interrupted takes no points' takes_no_points
    check '... and the report says what to do' out_says 'undisturbed'
fi

check_nothing_left 'nothing is left behind'
finish
