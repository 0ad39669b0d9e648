#!/bin/sh
# SPDX-License-Identifier: MIT
#
# repeat.t - the same verdict each time, with idle and with busy cores, and
# nothing left behind; also when the grader is stopped half-way
#
# Grades each submission once, and once more all at once; with ABACUS_LONG=1, 100
# times more with idle cores and with busy ones.
# shellcheck disable=SC1091,SC2034,SC2154  # lib.sh has them
. "${0%/*}/lib.sh"
world

runs=1

# It writes to NULL in add, and only there.
submission crash
sed -i 's/^    if (!(v >= 0.0)).*/    *(volatile int *)0 = 1;\n&/' "$s/counter.c"

busy=''
be_busy() {
    for _ in 1 2; do
        # bounded: it ends by itself if this test is killed
        timeout -k 5 3600 sh -c 'while :; do :; done' &
        busy="$busy $!"
    done
}
be_idle() {
    for pid in $busy; do
        kill "$pid" 2>/dev/null
        wait "$pid"
    done
    busy=''
}
trap 'be_idle; rm -rf "$t"' EXIT

# Hidden tests pick their numbers anew each time; no verdict of these three
# submissions shows one.
again() {
    grade "$2" --lab 01 --json "$t/again.json"
    exited 0 && same_verdicts "$t/$1.json" "$t/again.json"
}
all_again() {
    i=0
    while [ $i -lt "$runs" ]; do
        i=$((i + 1))
        again "$1" "$2" || {
            echo "run $i of $runs differs"
            return 1
        }
    done
}

path_of() { [ "$1" = crash ] && echo "$t/crash" || echo "$1"; }
for name in labs solutions crash; do
    grade "$(path_of $name)" --lab 01 --json "$t/$name.json"
done
crashed() {
    field "$t/crash.json" add_adds_fractions got |
        grep -q '^"crashed: SIGSEGV, .*in met_counter_add .*counter.c:'
}
check 'the crash is named with its line' crashed

# Each in a folder of its own.
all_at_once() {
    pids=''
    for name in labs solutions crash; do
        path=$(path_of $name)
        mkdir "$t/at-once-$name" && cp "$t/$name.json" "$t/at-once-$name"
        (t=$t/at-once-$name && all_again $name "$path") >"$t/$name.said" 2>&1 &
        pids="$pids $!"
    done
    same=0
    for pid in $pids; do wait "$pid" || same=1; done
    cat "$t"/*.said
    return $same
}
one_load() { # idle or busy
    [ "$1" = idle ] || be_busy
    for name in labs solutions crash; do
        check "$name, $1: the same verdicts $runs times" \
            all_again $name "$(path_of $name)"
    done
    be_idle
    check_nothing_left "$1: no process, file or socket is left"
}
if [ -n "${ABACUS_LONG:-}" ]; then
    runs=100
    one_load idle
    one_load busy
else
    check 'labs, solutions and crash at once: the same verdicts' all_at_once
    check_nothing_left 'no process, file or socket is left'
fi

# ---- stopped half-way ----

submission hang
sed -i 's/^    add(c, 1.0);/    for (volatile int i = 0;; i++) ;/' "$s/counter.c"
has_driver() { grep -sq '^driver$' /proc/[0-9]*/comm; }
# stopped_by SIGNAL: once a driver runs
stopped_by() {
    rm -f "$t/stopped.json"
    # a shell without job control lets its background ignore SIGINT
    (cd "$root" && exec env --default-signal=INT build/bin/grade lab "$s" \
        --lab 01 --quiet --json "$t/stopped.json") >"$t/out" 2>"$t/err" </dev/null &
    pid=$!
    waited=0
    until has_driver || [ $waited -ge 300 ]; do
        sleep 0.1
        waited=$((waited + 1))
    done
    kill -s "$1" $pid
    wait $pid
    status=$?
    [ $waited -lt 300 ] && [ "$status" -gt 128 ] && [ ! -e "$t/stopped.json" ]
}
for signal in INT TERM KILL; do
    if [ "$ABACUS_WORLD" = ready ]; then
        check "stopped by SIG$signal: no result" stopped_by $signal
        check "stopped by SIG$signal: nothing is left" nothing_left 200
    else
        skip "stopped by SIG$signal" 'no namespaces here'
    fi
done

finish
