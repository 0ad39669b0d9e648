/* SPDX-License-Identifier: MIT
 *
 * linear.c - is there an order of the calls that explains their results?
 *
 * Wing and Gong's search: of the calls not yet placed, take one that no other
 * unplaced call must precede; let the specification apply it; go on, or take
 * it back. Lowe's addition: remember which sets of placed calls with which
 * state have failed already.
 */
#include "state.h"
#include <stdio.h>
#include <string.h>

enum { SEEN = 4096 };

static struct {
    unsigned placed;
    unsigned char state[IL_MAX_STATE];
} seen[SEEN];
static int nseen;

int il_begin(int what, double argument)
{
    if (il_w.ncalls >= IL_MAX_CALLS)
        il_stop(INCONCLUSIVE, "more than %d calls are recorded", IL_MAX_CALLS);
    struct call *c = &il_w.calls[il_w.ncalls];
    *c = (struct call){.call = {.what = what, .argument = argument},
                       .thread = il_w.cur,
                       .begin = ME->hb};
    return il_w.ncalls++;
}

void il_end(int call, double result)
{
    struct call *c = &il_w.calls[call];
    c->call.result = result;
    c->ended = true;
    /* what comes next in this thread; a later step must carry it over */
    c->end = ME->hb.at[il_w.cur] + 1;
}

static bool precedes(int a, int b)
{
    const struct call *x = &il_w.calls[a], *y = &il_w.calls[b];
    if (x->thread == y->thread)
        return a < b;
    return x->ended && y->begin.at[x->thread] >= x->end;
}

static bool is_free(unsigned placed, int call)
{
    if (placed >> call & 1)
        return false;
    for (int i = 0; i < il_w.ncalls; i++)
        if (i != call && !(placed >> i & 1) && precedes(i, call))
            return false;
    return true;
}

static bool known(unsigned placed, const unsigned char *state, size_t size)
{
    for (int i = 0; i < nseen; i++)
        if (seen[i].placed == placed && !memcmp(seen[i].state, state, size))
            return true;
    if (nseen < SEEN) {
        seen[nseen].placed = placed;
        memcpy(seen[nseen++].state, state, size);
    }
    return false;
}

static bool place(const struct il_spec *spec, unsigned placed,
                  const unsigned char *state)
{
    if (placed == (1u << il_w.ncalls) - 1)
        return true;
    if (known(placed, state, spec->state_size))
        return false;
    for (int i = 0; i < il_w.ncalls; i++) {
        unsigned char copy[IL_MAX_STATE] __attribute__((aligned(16)));
        if (!is_free(placed, i))
            continue;
        memcpy(copy, state, spec->state_size);
        if (spec->step(copy, &il_w.calls[i].call) &&
            place(spec, placed | 1u << i, copy))
            return true;
    }
    return false;
}

/* "set(%a)" as "set(10)", "value() = %r" as "value() = 11". */
static void show_call(const struct il_spec *spec, const struct il_call *call,
                      char *text, size_t size)
{
    const char *form = spec->name ? spec->name(call->what) : "call(%a) = %r";
    size_t n = 0;

    for (; *form && n + 24 < size; form++)
        if (form[0] == '%' && (form[1] == 'a' || form[1] == 'r'))
            n += (size_t)snprintf(text + n, size - n, "%g",
                                  *++form == 'a' ? call->argument
                                                 : call->result);
        else
            text[n++] = *form;
    text[n] = '\0';
}

/* The calls of each thread, the main thread's last: most of its come after
 * the others have ended. */
static void tell(const struct il_spec *spec)
{
    char text[TEXT] = "", call[64];
    size_t used = 0;
    int last = -1;

    for (int k = 1; k <= il_w.nthreads; k++)
        for (int i = 0; i < il_w.ncalls && used + 100 < sizeof text; i++) {
            int thread = il_w.calls[i].thread;
            if (thread != k % il_w.nthreads)
                continue;
            show_call(spec, &il_w.calls[i].call, call, sizeof call);
            if (thread == last)
                used += (size_t)snprintf(text + used, sizeof text - used,
                                         ", %s", call);
            else
                used += (size_t)snprintf(text + used, sizeof text - used,
                                         "%s%s%.0d: %s", used ? "; " : "",
                                         thread ? "thread " : "at the end",
                                         thread, call);
            last = thread;
        }
    il_expected("some order of the calls explains all their results");
    il_got("%s", text);
}

void il_linear_check(void)
{
    const struct il_spec *spec = il_w.scenario->spec;
    unsigned char state[IL_MAX_STATE] __attribute__((aligned(16))) = {0};
    il_w.running = false; /* the specification is not explored */
    nseen = 0;
    spec->start(state);
    if (place(spec, 0, state))
        return;
    tell(spec);
    il_stop(NOT_LINEARIZABLE, "no order of the calls gives these results");
}
