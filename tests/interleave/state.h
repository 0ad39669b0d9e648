/* SPDX-License-Identifier: MIT
 *
 * state.h - what the files of the explorer share
 *
 * Three kinds of state, by how long they live:
 *   il_w   the world: one execution (world.h)
 *   il_s   the search: all executions of one scenario (search.h)
 *   il_o   the options: the whole run (search.h)
 * and below, what each file does for the others.
 */
#ifndef IL_STATE_H
#define IL_STATE_H

#include "search.h"

/* ---- schedule.c: the scheduling point ---- */

void il_point(const struct op *op, bool visible);
void il_block(void);
bool il_enabled(int thread);
bool il_dependent(const struct op *a, const struct op *b);
void il_done(const struct op *op);

/* ---- world.c: one execution, and how it ends ---- */

void il_execute(const struct il_scenario *s);
void il_stop(enum verdict v, const char *format, ...)
    __attribute__((format(printf, 2, 3), noreturn));
void il_abandon(void) __attribute__((noreturn));
void il_culprit(int first, int second);
void il_expected(const char *format, ...) __attribute__((format(printf, 1, 2)));
void il_got(const char *format, ...) __attribute__((format(printf, 1, 2)));
struct event *il_log(const struct op *op);
void il_sections_init(void);
void il_signals_init(void);

/* ---- fibre.c: stacks and thread-local storage ---- */

void il_fibres_init(void);
void il_fibre_make(struct thread *t, void (*entry)(void));
void il_fibre_enter(int thread);                     /* from the explorer */
void il_fibre_switch(int thread);                    /* between threads */
void il_fibre_leave(void) __attribute__((noreturn)); /* to the explorer */

/* ---- threads.c ---- */

int il_thread_create(void *(*run)(void *), void *arg, uintptr_t pc);
void il_thread_join(int id, void **result, uintptr_t pc);
void il_thread_end(void) __attribute__((noreturn));
void il_thread_main(void);

/* ---- locks.c, mutexes.c, condition.c: see locks.h ---- */

struct lock *il_lock_at(uintptr_t addr);
bool il_lock_free(const struct op *op);

/* ---- memory.c: atomics; location.c, choose.c: see memory.h ---- */

uint64_t il_load(uintptr_t a, int size, int order, uintptr_t pc);
void il_store(uintptr_t a, int size, uint64_t v, int order, uintptr_t pc);
uint64_t il_rmw(uintptr_t a, int size, int how, uint64_t v, int order,
                uintptr_t pc);
bool il_cas(uintptr_t a, int size, uint64_t *expected, uint64_t v, int order,
            int fail_order, uintptr_t pc);
void il_fence(int order, uintptr_t pc);
void il_plain_store_seen(uintptr_t a, size_t size);
void il_note_move(uint32_t epoch);
void il_tick(struct event *e);
bool il_hb(const struct event *a, const struct event *b);

/* ---- spin.c: loops that wait ---- */

int il_spin_find(uintptr_t pc, uintptr_t addr);
void il_spin_read(uintptr_t pc, uintptr_t addr, int loc, int store);
bool il_spin_stuck(const struct thread *t);
void il_spin_clear(void);

/* ---- rc11.c ---- */

bool il_rc11_allows(const struct event *candidate);

/* ---- races.c: plain accesses ---- */

void il_plain(uintptr_t a, size_t size, bool write, uintptr_t pc);
enum access { PLAIN_READ, PLAIN_WRITE, ATOMIC_READ, ATOMIC_WRITE, FREEING };
void il_race_check(uintptr_t a, size_t size, enum access how, int event);
void il_share(uintptr_t a);
bool il_shared(uintptr_t a);
bool il_touch(uintptr_t a, bool write);
void il_shared_reset(void);

/* ---- heap.c ---- */

void il_heap_init(void);
void il_heap_reset(void);
void il_heap_check(const struct op *op, size_t size, int event);
int il_heap_block(uintptr_t a, size_t *offset);

/* ---- linear.c ---- */

void il_linear_check(void);

/* ---- explore.c, shrink.c ---- */

void il_explore(const struct il_scenario *s, struct result *r);
void il_search(const struct il_scenario *s, const struct options *o,
               struct result *r);
void il_shrink(const struct il_scenario *s, struct result *r);

/* ---- report ---- */

void il_report(const struct il_scenario *s, const struct result *r);
void il_json(const struct il_scenario *s, const struct result *r);
void il_token_step(void);
void il_token_choice(int choice);
void il_token_write(char *out, size_t size);
bool il_token_fits(void);
bool il_source(uintptr_t pc, const char **file, int *line);
const char *il_symbol(uintptr_t addr, size_t *offset);
const char *il_place(uintptr_t addr);
void il_sentence_make(void);
int il_timeline(char lines[][200], int max);
void il_outcomes(void (*each)(const char *text, long count));
void il_outcomes_reset(void);
void il_names_reset(void);
const char *il_named(uintptr_t addr, size_t *offset);
void il_not_modelled(void (*each)(const char *text));

#endif
