/* SPDX-License-Identifier: MIT
 *
 * token.c - an execution written down in one word, and run again
 *
 * A token is a list of pairs joined by '-': `4.2` says that from step 4 on
 * thread 2 runs, `6~1` that step 6 took the second newest store. Steps are all
 * operations on atomics, locks and threads, seen by others or not, counted
 * over all threads; so a token names steps of the program, not choices of a
 * search. It holds for the same build of the same program.
 */
#include "state.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAIRS = 1024 };

static uint8_t ran[STEPS + 1], chose[STEPS + 1];

static struct pair {
    int step, number;
    char what; /* '.' or '~' */
} pairs[PAIRS];
static int npairs;
static bool fits; /* the program made every step that the token names */

/* ---- writing ---- */

void il_token_step(void)
{
    ran[il_w.steps] = (uint8_t)il_w.cur;
    chose[il_w.steps] = 0;
}

void il_token_choice(int choice)
{
    if (il_w.steps > 0)
        chose[il_w.steps - 1] = (uint8_t)choice;
}

void il_token_write(char *out, size_t size)
{
    size_t used = 0;
    int last = 0;
    out[0] = '\0';
    for (int i = 0; i < il_w.steps && used + 32 < size; i++) {
        if (ran[i] != last)
            used += (size_t)snprintf(out + used, size - used, "%s%d.%d",
                                     used ? "-" : "", i, ran[i]);
        if (chose[i])
            used += (size_t)snprintf(out + used, size - used, "%s%d~%d",
                                     used ? "-" : "", i, chose[i]);
        last = ran[i];
    }
    if (!used)
        snprintf(out, size, "0.0");
}

/* ---- running again ---- */

bool il_token_fits(void)
{
    return fits && (!npairs || pairs[npairs - 1].step < il_w.steps ||
                    !strcmp(il_o.token, "0.0"));
}

static void start(void)
{
    npairs = 0;
    fits = true;
    for (const char *p = il_o.token; *p;) {
        char *end;
        struct pair pair = {.step = (int)strtol(p, &end, 10), .what = *end};
        if (end == p || (*end != '.' && *end != '~') || npairs == PAIRS) {
            fprintf(stderr, "interleave: not a replay token: %s\n", il_o.token);
            exit(2);
        }
        pair.number = (int)strtol(end + 1, &end, 10);
        pairs[npairs++] = pair;
        p = *end == '-' ? end + 1 : end;
    }
}

static void begin(void)
{
    fits = true;
}

static int thread(const struct menu *menu)
{
    int want = 0;
    for (int i = 0; i < npairs && pairs[i].step <= il_w.steps; i++)
        if (pairs[i].what == '.')
            want = pairs[i].number;
    for (int i = 0; i < menu->n; i++)
        if (menu->threads[i] == want)
            return want;
    fits = false;
    return menu->threads[0];
}

static int value(int n)
{
    for (int i = 0; i < npairs; i++)
        if (pairs[i].what == '~' && pairs[i].step == il_w.steps - 1 &&
            pairs[i].number < n)
            return pairs[i].number;
    return 0;
}

static bool next(void)
{
    return false;
}

static void step(const struct op *op)
{
    (void)op;
}

const struct strategy il_replay = {start, begin, thread, value, next, step};
