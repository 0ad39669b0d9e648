#!/bin/sh
# SPDX-License-Identifier: MIT
#
# speed.t - what a machine cannot show takes no points: lab 07 on one
# processor, and on one that does other work
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
