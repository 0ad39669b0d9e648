#!/bin/sh
# SPDX-License-Identifier: MIT
#
# finding.t - a failed test's hint, timeline and bounds fit what was found
# shellcheck disable=SC1091,SC2034,SC2154  # lib.sh has them
. "${0%/*}/lib.sh"
world

# tally EDIT: the solution of lab 00, edited by sed
tally() {
    mkdir -p "$t/sub"
    sed "$1" "$root/solutions/00-race/tally.c" >"$t/sub/tally.c"
}
one() { grade "$t/sub" --lab 00 --test "$1" --json "$t/r.json"; }
hint_of() { # TEST WORDS
    field "$t/r.json" "$1" hint | grep -qF "$2" ||
        { field "$t/r.json" "$1" hint; false; }
}

tally '/pthread_mutex_\(un\)\{0,1\}lock(lock)/d; s/pthread_mutex_t \*lock = .*//'
one no_wrong_schedule
check 'a race: what orders the two steps?' hint_of no_wrong_schedule \
    'Which lock does each thread hold'
steps() { grep -q " lock  *lock .*tally.c" "$t/out" || { cat "$t/out"; false; }; }
check 'its timeline shows the lock that one of them takes' steps
points() { grep -q 'FAIL  no_wrong_schedule  *0 of [0-9]* points$' "$t/out"; }
check 'the points are called points' points

tally 's/pthread_mutex_unlock(&t->lock)/(void)0/'
one sums_one_after_the_other
check 'a lock that is kept: the hint asks for it' \
    hint_of sums_one_after_the_other 'never given back?'
check "and the test's own hint follows" \
    hint_of sums_one_after_the_other 'This works in the starter.'

held='s/long more = amount(ctx);/pthread_mutex_lock(\&t->lock); &/'
tally "$held; /^    pthread_mutex_lock(&t->lock);\$/d"
one no_wrong_schedule
check 'held while amount runs, nobody goes on: who waits for what?' hint_of no_wrong_schedule \
    'what does each thread wait for'

tally 's/t->total += more/*(volatile int *)0 = 1/'
one sums_one_after_the_other
check 'a crash: the hint asks for the pointer' \
    hint_of sums_one_after_the_other 'Which pointer in that line is NULL'

# The same in two threads, before one of them has crashed: their stores are noted, and
# not made.
cat >"$t/null.c" <<'END'
#include <pthread.h>
void __tsan_write4(void *);
static void *store(void *to) { __tsan_write4(to); return to; }
int main(void)
{
    pthread_t a, b;

    pthread_create(&a, 0, store, 0);
    pthread_create(&b, 0, store, 0);
    pthread_join(a, 0);
    return pthread_join(b, 0);
}
END
null_race() {
    gcc -g -fsanitize=thread -o "$t/null" "$t/null.c" &&
        gcc -std=c11 -D_GNU_SOURCE -I"$root/tests" \
            -o "$t/told" "$root/tests/self/grader/told.c" \
            "$root/tests/judge/fate.c" -lseccomp || return 1
    # Where addresses are too random for gcc's, it runs without.
    for way in '' 'setarch -R'; do
        $way "$t/null" 2>"$t/out" && return 1
        ! grep -q 'data race' "$t/out" || break
    done
    grep -q 'ThreadSanitizer: data race' "$t/out" &&
        [ "$("$t/told" <"$t/out")" = 'uses a null pointer' ]
}
check 'two threads that store to NULL do not race for it' null_race

mkdir "$t/nan"
cp -R "$root/solutions/01-counter" "$t/nan"
"$root/tests/self/judges/specimen.sh" \
    "$root/tests/mutants/01-counter/accepts-nan.c" >"$t/nan/01-counter/counter.c"
grade "$t/nan" --lab 01 --test add_refuses_nan --json "$t/r.json"
check 'an object that a call made is shown by its name' \
    out_says 'met_counter_create(&out) = 0, *out = counter1'

mkdir "$t/busy"
cp -R "$root/solutions/02-gauge" "$root/solutions/01-counter" "$t/busy"
sed -i '/^void met_in_progress_end/,/^}/s/met_gauge_dec/met_gauge_inc/' \
    "$t/busy/02-gauge/gauge.c"
grade "$t/busy" --lab 02 --test work_is_counted_while_it_runs --json "$t/r.json"
check 'three structs of the test have three names' \
    out_says 'met_in_progress_begin(in_progress3, gauge1)'

mkdir "$t/late"
cp -R "$root/solutions/06-server" "$t/late"
sed '/^int accept_next/,/^}/s/^{/{ if (listener >= 0) return MET_ESYSTEM;/' \
    "$root/solutions/06-server/listen.c" >"$t/late/06-server/listen.c"
grade "$t/late" --lab 06 --backfill --test a_page --json "$t/r.json"
check 'an answer that does not come: no word of locks' \
    hint_of a_page 'Which thread brings it'

# A scenario that is too large is named, and why; it is no mistake of the explorer.
mkdir -p "$t/large/01-counter"
cp "$root"/solutions/01-counter/*.c "$t/large/01-counter"
sed '/^void met_counter_inc/,/^}/s/^{/{ static atomic_int busy, turns;\
    while (atomic_exchange(\&busy, 1)) turns++;\
    met_counter_add(c, 1); busy = 0; return;/' \
    "$root/solutions/01-counter/counter.c" >"$t/large/01-counter/counter.c"
grade "$t/large" --lab 01 --test no_wrong_schedule --json "$t/r.json"
check 'a loop that counts while it waits: the scenario is named, and why' \
    out_says 'no_update_is_lost: an execution has more than'
check 'the hint asks for the loop' hint_of no_wrong_schedule 'a loop that waits'

grade "$root/solutions" --lab 01 --json "$t/r.json"
once() { [ "$(grep -c '"not modelled: a loop' "$t/r.json")" = 1 ]; }
check 'what is not modelled is said once' once

check_nothing_left 'nothing is left'
finish
