/* SPDX-License-Identifier: MIT
 *
 * axioms.c - RC11 as written, tried on every candidate execution
 *
 * Source: Lahav, Vafeiadis, Kang, Hur, Dreyer, "Repairing Sequential
 * Consistency in C/C++11", PLDI 2017, figure 1 and section 3; the release
 * sequence is that of C23 (only read-modify-writes continue it).
 */
#include "axioms.h"
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { N = MAX_OPS + MAX_VARS };

typedef bool relation[N][N];

/* ---- a candidate: events 0 .. vars-1 are the initial stores ---- */

static const struct program *prog;
static int n;           /* events */
static bool success[N]; /* of a CAS */
static int rf_of[N];    /* the store that a read takes */
static int position[N]; /* of a store in modification order */
static int read_value[N], written[N];
static struct outcomes *result;

static const struct step *op(int e)
{
    return &prog->step[e - prog->vars];
}

static bool initial(int e)
{
    return e < prog->vars;
}

static bool fence(int e)
{
    return !initial(e) && op(e)->what == FENCE;
}

static bool reads(int e)
{
    return !initial(e) &&
           (op(e)->what == LOAD || op(e)->what == ADD || op(e)->what == CAS);
}

static bool writes(int e)
{
    return initial(e) || op(e)->what == STORE || op(e)->what == ADD ||
           (op(e)->what == CAS && success[e]);
}

static int var(int e)
{
    return initial(e) ? e : fence(e) ? -1 - e : op(e)->var;
}

static int order(int e)
{
    if (initial(e))
        return __ATOMIC_RELAXED;
    return op(e)->what == CAS && !success[e] ? op(e)->fail_order : op(e)->order;
}

static bool seq(int e)
{
    return order(e) == __ATOMIC_SEQ_CST;
}

static bool acquire(int e)
{
    return order(e) == __ATOMIC_ACQUIRE || order(e) == __ATOMIC_CONSUME ||
           order(e) == __ATOMIC_ACQ_REL || seq(e);
}

static bool release(int e)
{
    return order(e) == __ATOMIC_RELEASE || order(e) == __ATOMIC_ACQ_REL ||
           seq(e);
}

/* ---- relations ---- */

static void compose(relation out, relation a, relation b)
{
    relation t = {{false}};
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            for (int k = 0; k < n && !t[i][j]; k++)
                t[i][j] = a[i][k] && b[k][j];
    memcpy(out, t, sizeof t);
}

static void unite(relation out, relation a, relation b)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            out[i][j] = a[i][j] || b[i][j];
}

static void close(relation out, relation a)
{
    memcpy(out, a, sizeof(relation));
    for (int k = 0; k < n; k++)
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                out[i][j] = out[i][j] || (out[i][k] && out[k][j]);
}

static void maybe(relation out, relation a)
{
    memcpy(out, a, sizeof(relation));
    for (int i = 0; i < n; i++)
        out[i][i] = true;
}

static bool reflexive(relation a)
{
    for (int i = 0; i < n; i++)
        if (a[i][i])
            return true;
    return false;
}

static bool acyclic(relation a)
{
    relation t;
    close(t, a);
    return !reflexive(t);
}

#define FOR_PAIRS(i, j)         \
    for (int i = 0; i < n; i++) \
        for (int j = 0; j < n; j++)

static relation sb, rf, mo, rb, eco, sw, hb;

static void make_sb(void)
{
    FOR_PAIRS(i, j)
    sb[i][j] = initial(i)
                   ? !initial(j)
                   : !initial(j) && op(i)->thread == op(j)->thread && i < j;
}

static void make_basic(void)
{
    FOR_PAIRS(i, j)
    {
        rf[i][j] = reads(j) && rf_of[j] == i;
        mo[i][j] = writes(i) && writes(j) && var(i) == var(j) &&
                   position[i] < position[j];
    }
    FOR_PAIRS(i, j)
    rb[i][j] = i != j && reads(i) && mo[rf_of[i]][j];
    relation all;
    unite(all, rf, mo);
    unite(all, all, rb);
    close(eco, all);
}

/* sw = [release] ; ([F] ; sb)? ; rs ; rf ; (sb ; [F])? ; [acquire]
 * rs = [W] ; (rf ; rmw)* */
static void make_hb(void)
{
    relation link = {{false}}, rs, head = {{false}}, tail = {{false}};
    FOR_PAIRS(i, j)
    {
        link[i][j] = rf[i][j] && writes(j);
        head[i][j] = release(i) && (i == j || (fence(i) && sb[i][j]));
        tail[i][j] = acquire(j) && (i == j || (fence(j) && sb[i][j]));
    }
    close(rs, link);
    maybe(rs, rs);
    FOR_PAIRS(i, j)
    rs[i][j] = rs[i][j] && writes(i);
    compose(sw, head, rs);
    compose(sw, sw, rf);
    compose(sw, sw, tail);
    unite(hb, sb, sw);
    close(hb, hb);
}

/* ---- the axioms ---- */

/* A read-modify-write is one event here where the paper has two, so that it
 * comes after what it reads must be said too: eco itself has no circle. */
static bool coherent(void)
{
    relation t, eco_maybe;
    maybe(eco_maybe, eco);
    compose(t, hb, eco_maybe);
    return !reflexive(t) && !reflexive(eco);
}

/* No store lies between a read-modify-write and the store that it read. */
static bool atomic(void)
{
    FOR_PAIRS(u, w)
    if (reads(u) && writes(u) && rb[u][w] && mo[w][u])
        return false;
    return true;
}

static bool one_order_of_seq_cst(void)
{
    relation far = {{false}}, scb, left, right, base, f, psc, fences;
    relation hb_maybe, t;
    FOR_PAIRS(i, j)
    far[i][j] = sb[i][j] && var(i) != var(j);
    compose(t, far, hb);
    compose(t, t, far);
    FOR_PAIRS(i, j)
    scb[i][j] = sb[i][j] || t[i][j] || (hb[i][j] && var(i) == var(j)) ||
                mo[i][j] || rb[i][j];
    maybe(hb_maybe, hb);
    FOR_PAIRS(i, j)
    {
        left[i][j] = seq(i) && (i == j || (fence(i) && hb_maybe[i][j]));
        right[i][j] = seq(j) && (i == j || (fence(j) && hb_maybe[i][j]));
        fences[i][j] = i == j && fence(i) && seq(i);
    }
    compose(base, left, scb);
    compose(base, base, right);
    compose(f, hb, eco);
    compose(f, f, hb);
    unite(f, f, hb);
    compose(f, fences, f);
    compose(f, f, fences);
    unite(psc, base, f);
    return acyclic(psc);
}

static bool no_thin_air(void)
{
    relation t;
    unite(t, sb, rf);
    return acyclic(t);
}

/* ---- values ---- */

static bool compute(int e, int depth);

static bool value_of(int store, int depth)
{
    return initial(store) || compute(store, depth + 1);
}

/* Fills in what e read and wrote; false when a value depends on itself, or a
 * CAS did not do what its value says. */
static bool compute(int e, int depth)
{
    if (depth > n)
        return false;
    if (reads(e)) {
        if (!value_of(rf_of[e], depth))
            return false;
        read_value[e] = written[rf_of[e]];
    }
    switch (op(e)->what) {
    case STORE: written[e] = op(e)->value; break;
    case ADD: written[e] = read_value[e] + op(e)->value; break;
    case CAS:
        if (success[e] != (read_value[e] == op(e)->expected))
            return false;
        written[e] = op(e)->value;
        break;
    default: break;
    }
    return true;
}

/* ---- every candidate ---- */

void outcome_text(char *text, const struct program *p, const int *read,
                  const int *final)
{
    int used = 0;
    for (int i = 0; i < p->n; i++)
        if (p->step[i].what != STORE && p->step[i].what != FENCE)
            used +=
                snprintf(text + used, (size_t)(OUTCOME - used), "%d ", read[i]);
    used += snprintf(text + used, (size_t)(OUTCOME - used), "|");
    for (int v = 0; v < p->vars; v++)
        used +=
            snprintf(text + used, (size_t)(OUTCOME - used), " %d", final[v]);
}

void outcome_add(struct outcomes *o, const char *text)
{
    for (int i = 0; i < o->n; i++)
        if (!strcmp(o->text[i], text))
            return;
    if (o->n < MAX_OUTCOMES)
        strcpy(o->text[o->n++], text);
}

static void record(void)
{
    int read[N], final[MAX_VARS], last[MAX_VARS];
    char text[OUTCOME];
    memset(last, -1, sizeof last);
    for (int e = 0; e < n; e++)
        if (writes(e) && position[e] > last[var(e)]) {
            last[var(e)] = position[e];
            final[var(e)] = written[e];
        }
    for (int i = 0; i < prog->n; i++)
        read[i] = read_value[i + prog->vars];
    outcome_text(text, prog, read, final);
    outcome_add(result, text);
}

static void judge(void)
{
    for (int e = prog->vars; e < n; e++)
        if (!compute(e, 0))
            return;
    make_basic();
    if (!no_thin_air() || !atomic())
        return;
    make_hb();
    if (coherent() && one_order_of_seq_cst())
        record();
}

/* Modification order: every permutation of the stores of each variable, the
 * initial one first. */
static void try_mo(int e)
{
    if (e == n) {
        judge();
        return;
    }
    if (!writes(e)) {
        try_mo(e + 1);
        return;
    }
    int before = 0;
    for (int i = prog->vars; i < e; i++)
        before += writes(i) && var(i) == var(e);
    for (int p = 1; p <= before + 1; p++) {
        for (int i = prog->vars; i < e; i++)
            if (writes(i) && var(i) == var(e) && position[i] >= p)
                position[i]++;
        position[e] = p;
        try_mo(e + 1);
        for (int i = prog->vars; i < e; i++)
            if (writes(i) && var(i) == var(e) && position[i] > p)
                position[i]--;
    }
}

static void try_rf(int e)
{
    if (e == n) {
        make_basic();
        if (no_thin_air())
            try_mo(prog->vars);
        return;
    }
    if (!reads(e)) {
        try_rf(e + 1);
        return;
    }
    for (int w = 0; w < n; w++)
        if (w != e && writes(w) && var(w) == var(e)) {
            rf_of[e] = w;
            try_rf(e + 1);
        }
}

static void try_success(int e)
{
    if (e == n) {
        make_sb();
        try_rf(prog->vars);
        return;
    }
    success[e] = false;
    try_success(e + 1);
    if (op(e)->what == CAS) {
        success[e] = true;
        try_success(e + 1);
    }
}

void axioms_run(const struct program *p, struct outcomes *out)
{
    prog = p;
    result = out;
    n = p->vars + p->n;
    memset(position, 0, sizeof position);
    memset(written, 0, sizeof written);
    memset(rf_of, 0, sizeof rf_of);
    try_success(p->vars);
}
