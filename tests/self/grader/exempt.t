#!/bin/sh
# SPDX-License-Identifier: MIT
#
# exempt.t - a manifest may let a file have inline assembly; the report says so;
# what else a manifest may allow
# shellcheck disable=SC1091,SC2034,SC2154  # lib.sh has them
. "${0%/*}/lib.sh"
world

# A course of our own, with the manifest that a check asks for: course [LINE].
# The programs find their course from where they are, so they come along.
real=$root
course() {
    root=$t/course
    rm -rf "$root"
    mkdir -p "$root/build" "$root/labs" "$root/tests"
    cp -r "$real/labs/include" "$root/labs"
    cp -r "$real/tests/suites" "$real/tests/interleave" "$real/tests/grader" "$root/tests"
    for part in bin judge driver explore; do
        cp -r "$real/build/$part" "$root/build"
    done
    [ $# = 0 ] || echo "$1" >>"$root/tests/suites/01-counter/manifest"
}
points() { [ "$(score "$t/r.json")" = "$1" ]; }

submission assembly
cat >"$s/counter.c" <<'EOF'
#include "met/counter.h"

#include "met/error.h"

#include <pthread.h>
#include <stdlib.h>

struct met_counter {
    pthread_mutex_t lock;
    double value;
};

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = calloc(1, sizeof *c);

    if (!c)
        return MET_ENOMEM;
    pthread_mutex_init(&c->lock, NULL);
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    free(c);
}

int met_counter_add(struct met_counter *c, double v)
{
    if (!(v >= 0))
        return MET_EINVAL;
    pthread_mutex_lock(&c->lock);
    __asm__ volatile("addsd %1, %0" : "+x"(c->value) : "x"(v));
    pthread_mutex_unlock(&c->lock);
    return 0;
}

void met_counter_inc(struct met_counter *c)
{
    met_counter_add(c, 1);
}

double met_counter_value(const struct met_counter *c)
{
    struct met_counter *m = (struct met_counter *)c;

    pthread_mutex_lock(&m->lock);
    double v = m->value;
    pthread_mutex_unlock(&m->lock);
    return v;
}
EOF

course
grade "$s" --lab 01 --json "$t/r.json"
check 'inline assembly is refused' out_says 'it contains inline assembly:'
check '... and has no points' points 0

course 'exempt counter.c'
grade "$s" --lab 01 --json "$t/r.json"
check 'in an exempt file it is allowed' exited 0
check '... and can have all points' \
    points "$(sed -n 's/^      "max_score": \([0-9]*\),$/\1/p' "$t/r.json")"
check '... and the report says what was not looked at' \
    out_says 'not modelled: counter.c contains inline assembly'

cp "$s/counter.c" "$t/assembly.c"
cp "$real/solutions/01-counter/counter.c" "$s"
grade "$s" --lab 01 --json "$t/r.json"
says_nothing() { exited 0 && says_not "$t/out" 'inline assembly'; }
check '... and nothing where there is none' says_nothing
cp "$t/assembly.c" "$s/counter.c"

course 'exempt error.c'
grade "$s" --lab 01 --json "$t/r.json"
check 'another file of the lab is not exempt' points 0
cat >>"$s/counter.c" <<'EOF'
# 1 "error.c"
int nothing(void)
{
    __asm__ volatile("nop; nop" : : : "memory");
    return 0;
}
EOF
sed -i 's/^    __asm__ volatile("addsd.*/    c->value += v;/' "$s/counter.c"
grade "$s" --lab 01 --json "$t/r.json"
check '... nor is one that calls itself so by a line marker' points 0

course 'exempt nothing.c'
grade "$s" --lab 01
check 'a manifest cannot exempt what is no file of the lab' exited 3
check '... and the line is named' err_says 'exempts a file that is not'

course 'network everywhere'
grade "$s" --lab 01
check 'a manifest opens no network but loopback' exited 3
check '... and the line is named' err_says 'network is loopback'
finish
