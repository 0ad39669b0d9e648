/* SPDX-License-Identifier: MIT
 *
 * coherence.c - see coherence.h
 */
#include "coherence.h"

#include <stdlib.h>

#include "events.h"
#include "fail.h"

enum { NOBODY = -1, WORD = 64, WORDS = MODEL_MAX_CORES / WORD };

struct core {
    int at;          /* step of the design */
    bool accessing;  /* an access is under way ... */
    int64_t until;   /* ... and done at this time */
    bool spinning;   /* reads its own copy until that is destroyed */
    int64_t spun_at; /* when it read it first */
    uint64_t number; /* what it read */
    uint64_t seen;   /* how many writes there were when it read */
};

struct line {
    int owner;                     /* who may write, or NOBODY */
    uint64_t copies[WORDS];        /* a bit for each core that may read */
    int queue[MODEL_MAX_CORES];    /* who waits, first come first served */
    int first, waiting;            /* a ring */
    int sleeper[MODEL_MAX_CORES];  /* who sleeps for the mutex */
    int first_asleep, asleep;      /* likewise */
    bool granted;                  /* a request is being served ... */
    int to;                        /* ... of this core */
    bool moves;                    /* which has no copy */
    int64_t leaves;                /* until then the old owner goes on */
    int64_t takes;                 /* from leaving to arriving */
    uint64_t number, writes, lock; /* what lies on it */
};

struct model {
    const struct model_machine *m;
    const struct model_design *d;
    int cores;
    int64_t transfer[MODEL_MAX_CORES][MODEL_MAX_CORES]; /* from, to */
    int64_t memory;
    int64_t now;
    struct core core[MODEL_MAX_CORES];
    struct line line[MODEL_MAX_CORES];
    struct model_events events;
    struct model_counts counts; /* since the beginning */
};

/* ---- who has a copy ---- */

static bool has_copy(const struct line *l, int c)
{
    return l->copies[c / WORD] >> c % WORD & 1;
}

static void set_copy(struct line *l, int c)
{
    l->copies[c / WORD] |= UINT64_C(1) << c % WORD;
}

static void clear_copy(struct line *l, int c)
{
    l->copies[c / WORD] &= ~(UINT64_C(1) << c % WORD);
}

/* The first core with a copy from c on, or NOBODY. Most lines have one copy, so
 * nobody is asked in vain. */
static int next_copy(const struct line *l, int c)
{
    for (int w = c / WORD; w < WORDS; w++) {
        uint64_t rest = l->copies[w];

        if (w == c / WORD)
            rest &= ~UINT64_C(0) << c % WORD;
        if (rest != 0)
            return w * WORD + __builtin_ctzll(rest);
    }
    return NOBODY;
}

/* ---- who needs what ---- */

static enum model_op op_of(const struct model *s, int c)
{
    return s->d->step[s->core[c].at].op;
}

static int line_of(const struct model *s, int c)
{
    switch (s->d->place) {
    case MODEL_PACKED: return c / 8;
    case MODEL_OWN: return c;
    default: return 0;
    }
}

static bool reads(enum model_op op)
{
    return op == MODEL_LOAD || op == MODEL_SPIN || op == MODEL_CHECK;
}

static int64_t cost(const struct model_machine *m, enum model_op op)
{
    if (reads(op))
        return m->load;
    return op == MODEL_STORE || op == MODEL_CLEAR ? m->store : m->rmw;
}

/* Whether the line has left that core, or must not be used again by it. */
static bool leaving(const struct model *s, const struct line *l)
{
    return l->granted && s->now >= l->leaves;
}

static bool has(const struct model *s, int c, bool write)
{
    const struct line *l = &s->line[line_of(s, c)];
    bool reader_comes = l->granted && reads(op_of(s, l->to));

    if (!has_copy(l, c) || (write && l->owner != c))
        return false;
    return !leaving(s, l) || (reader_comes && !write);
}

/* ---- a request is served ---- */

/* Whether core c, which has a copy, loses something when `to` gets what it asked for. */
static bool loses(const struct model *s, const struct line *l, int c)
{
    return c != l->to && (!reads(op_of(s, l->to)) || l->owner == c);
}

/* A write waits for the farthest copy to be destroyed, a read for the nearest
 * one to come. Where there is none it comes from
 * memory; that is over when the run is warm. */
static int64_t transfer_time(const struct model *s, const struct line *l)
{
    bool nearest = reads(op_of(s, l->to));
    int64_t found = -1;

    for (int c = next_copy(l, 0); c != NOBODY; c = next_copy(l, c + 1)) {
        int64_t t = s->transfer[c][l->to];

        if (c == l->to)
            continue;
        if (found < 0 || (nearest ? t < found : t > found))
            found = t;
    }
    return found >= 0 ? found : s->memory;
}

static void grant(struct model *s, int line)
{
    struct line *l = &s->line[line];
    int64_t time, overlap;

    if (l->granted || l->waiting == 0)
        return;
    l->to = l->queue[l->first];
    l->first = (l->first + 1) % MODEL_MAX_CORES;
    l->waiting--;
    l->granted = true;
    l->moves = !has_copy(l, l->to);
    time = transfer_time(s, l);
    overlap = time * s->m->overlap / 1000;
    l->leaves = s->now + overlap;
    l->takes = time - overlap;
    model_events_add(&s->events, l->leaves, MODEL_LEAVE, line);
}

/* A loop that reads its own copy looks again at the next turn. */
static void stop_spinning(struct model *s, int c)
{
    struct core *core = &s->core[c];
    int64_t turns = (s->now - core->spun_at) / s->m->pause + 1;

    core->spinning = false;
    model_events_add(&s->events, core->spun_at + turns * s->m->pause,
                     MODEL_BEGIN, c);
}

static void lose(struct model *s, struct line *l, int c)
{
    if (l->owner == c)
        l->owner = NOBODY;
    if (reads(op_of(s, l->to)))
        return; /* keeps its copy */
    clear_copy(l, c);
    s->counts.invalidations++;
    if (s->core[c].spinning)
        stop_spinning(s, c);
}

static void leave(struct model *s, int line)
{
    struct line *l = &s->line[line];

    for (int c = next_copy(l, 0); c != NOBODY; c = next_copy(l, c + 1))
        if (loses(s, l, c) && s->core[c].accessing) {
            model_events_add(&s->events, s->core[c].until, MODEL_LEAVE, line);
            return;
        }
    for (int c = next_copy(l, 0); c != NOBODY; c = next_copy(l, c + 1))
        if (loses(s, l, c))
            lose(s, l, c);
    model_events_add(&s->events, s->now + l->takes, MODEL_ARRIVE, line);
}

static void start_access(struct model *s, int c)
{
    s->core[c].accessing = true;
    s->core[c].until = s->now + cost(s->m, op_of(s, c));
    model_events_add(&s->events, s->core[c].until, MODEL_END, c);
}

static void arrive(struct model *s, int line)
{
    struct line *l = &s->line[line];
    bool alone = true;

    for (int c = next_copy(l, 0); c != NOBODY && alone; c = next_copy(l, c + 1))
        alone = c == l->to;
    if (!alone && !reads(op_of(s, l->to)))
        bench_fail("the model lets a core write while another one reads");
    set_copy(l, l->to);
    l->owner = alone ? l->to : NOBODY;
    if (l->moves)
        s->counts.transfers++;
    else
        s->counts.upgrades++;
    start_access(s, l->to);
}

/* ---- what a step does ---- */

static void read_number(struct model *s, int c)
{
    s->core[c].number = s->line[line_of(s, c)].number;
    s->core[c].seen = s->line[line_of(s, c)].writes;
}

static void write_number(struct model *s, int c, uint64_t number)
{
    struct line *l = &s->line[line_of(s, c)];

    /* What was added since it was read is gone. */
    s->counts.lost += l->number + 1 - number;
    l->number = number;
    l->writes++;
}

static bool swap_if_same(struct model *s, int c)
{
    if (s->core[c].seen != s->line[line_of(s, c)].writes) {
        read_number(s, c);
        return false;
    }
    write_number(s, c, s->core[c].number + 1);
    return true;
}

/* Stores what the lock is afterwards; returns whether it was free. */
static bool take(struct line *l, uint64_t if_free, uint64_t if_not)
{
    bool was_free = l->lock == 0;

    l->lock = was_free ? if_free : if_not;
    return was_free;
}

static void wake_one(struct model *s, struct line *l)
{
    if (l->asleep == 0)
        return;
    model_events_add(&s->events, s->now + s->m->wake, MODEL_BEGIN,
                     l->sleeper[l->first_asleep]);
    l->first_asleep = (l->first_asleep + 1) % MODEL_MAX_CORES;
    l->asleep--;
}

/* Does it. Returns whether it succeeded. */
static bool effect(struct model *s, int c, enum model_op op)
{
    struct line *l = &s->line[line_of(s, c)];

    switch (op) {
    case MODEL_LOAD: read_number(s, c); return true;
    case MODEL_STORE: write_number(s, c, s->core[c].number + 1); return true;
    case MODEL_ADD: write_number(s, c, l->number + 1); return true;
    case MODEL_CAS: return swap_if_same(s, c);
    case MODEL_TAS: return take(l, 1, 1);
    case MODEL_TRY: return take(l, 1, l->lock);
    case MODEL_SWAP: return take(l, 2, 2);
    case MODEL_CLEAR:
    case MODEL_UNLOCK: l->lock = 0; return true;
    default: return true;
    }
}

/* ---- one step after the other ---- */

static void begin(struct model *s, int c)
{
    enum model_op op = op_of(s, c);
    struct line *l = &s->line[line_of(s, c)];

    if (op == MODEL_PAUSE || op == MODEL_CALL) {
        s->core[c].at = s->d->step[s->core[c].at].ok;
        model_events_add(&s->events,
                         s->now + (op == MODEL_CALL ? s->m->call : s->m->pause),
                         MODEL_BEGIN, c);
        return;
    }
    if (has(s, c, !reads(op))) {
        start_access(s, c);
        return;
    }
    l->queue[(l->first + l->waiting++) % MODEL_MAX_CORES] = c;
    grant(s, line_of(s, c));
}

static bool blocks(struct model *s, int c, enum model_op op)
{
    struct line *l = &s->line[line_of(s, c)];

    if (op == MODEL_SPIN && l->lock != 0) {
        s->core[c].spinning = true;
        s->core[c].spun_at = s->now;
        return true;
    }
    if (op == MODEL_CHECK && l->lock == 2) {
        l->sleeper[(l->first_asleep + l->asleep++) % MODEL_MAX_CORES] = c;
        s->core[c].at = s->d->step[s->core[c].at].ok;
        s->counts.sleeps++;
        return true;
    }
    return false;
}

static void end_access(struct model *s, int c)
{
    struct core *core = &s->core[c];
    const struct model_step *step = &s->d->step[core->at];
    struct line *l = &s->line[line_of(s, c)];
    bool calls = step->op == MODEL_UNLOCK && l->lock == 2;
    bool ok = effect(s, c, step->op), blocked = blocks(s, c, step->op);

    core->accessing = false;
    s->counts.failed += !ok;
    if (!blocked) {
        core->at = ok ? step->ok : step->fail;
        if (core->at == MODEL_DONE) {
            core->at = 0;
            s->counts.updates++;
        }
    }
    if (l->granted && l->to == c)
        l->granted = false;
    grant(s, line_of(s, c));
    if (calls) {
        wake_one(s, l);
        model_events_add(&s->events, s->now + s->m->call, MODEL_BEGIN, c);
    } else if (!blocked) {
        begin(s, c);
    }
}

/* ---- a run ---- */

static void run_to(struct model *s, uint64_t updates)
{
    while (s->counts.updates < updates) {
        struct model_event e = model_events_take(&s->events);

        s->now = e.time;
        switch (e.kind) {
        case MODEL_BEGIN: begin(s, e.who); break;
        case MODEL_END: end_access(s, e.who); break;
        case MODEL_LEAVE: leave(s, e.who); break;
        case MODEL_ARRIVE: arrive(s, e.who); break;
        }
    }
    s->counts.time = s->now;
}

static struct model *start(const struct model_machine *m, enum model_end end,
                           const struct model_design *d, int cores)
{
    struct model *s = bench_alloc(1, sizeof *s);

    s->m = m;
    s->d = d;
    s->cores = cores;
    s->memory = m->level[MODEL_LEVELS - 1].low;
    for (int i = 0; i < MODEL_MAX_CORES; i++) {
        s->line[i].owner = NOBODY;
        for (int k = 0; k < cores; k++)
            s->transfer[i][k] = model_transfer(m, end, i, k);
    }
    for (int c = 0; c < cores; c++)
        model_events_add(&s->events, 0, MODEL_BEGIN, c);
    return s;
}

static struct model_counts between(const struct model_counts *a,
                                   const struct model_counts *b)
{
    return (struct model_counts){
        b->updates - a->updates,   b->transfers - a->transfers,
        b->upgrades - a->upgrades, b->invalidations - a->invalidations,
        b->failed - a->failed,     b->sleeps - a->sleeps,
        b->lost - a->lost,         b->time - a->time};
}

struct model_counts model_run(const struct model_machine *m, enum model_end end,
                              const struct model_design *d, int cores,
                              uint64_t updates)
{
    struct model_counts warm, counts;
    struct model *s;

    if (cores < 1 || cores > MODEL_MAX_CORES)
        bench_fail("the model has 1 to %d cores, not %d", MODEL_MAX_CORES,
                   cores);
    s = start(m, end, d, cores);
    run_to(s, 8 * (uint64_t)cores);
    warm = s->counts;
    run_to(s, warm.updates + updates);
    counts = between(&warm, &s->counts);
    free(s);
    return counts;
}

double model_ns(const struct model_counts *c, int cores)
{
    return (double)c->time * 1e-3 * cores / (double)c->updates;
}
