/* SPDX-License-Identifier: MIT
 *
 * axioms.h - all outcomes of a small program, straight from the axioms
 *
 * A second opinion on memory.c and rc11.c, written to be obviously right and
 * not to be fast. It shares no code with them: relations are tables of yes and
 * no, each axiom is one line, and every candidate execution is tried.
 */
#ifndef AXIOMS_H
#define AXIOMS_H

enum { MAX_OPS = 8, MAX_VARS = 3, MAX_OUTCOMES = 4096, OUTCOME = 64 };

enum what { LOAD, STORE, ADD, CAS, FENCE };

struct step {
    enum what what;
    int thread, var, order, fail_order; /* orders as __ATOMIC_... */
    int value, expected;
};

struct program {
    struct step step[MAX_OPS]; /* in program order, thread by thread */
    int n, threads, vars;
};

/* What each step read (or -1), then what each variable held at the end. */
struct outcomes {
    char text[MAX_OUTCOMES][OUTCOME];
    int n;
};

void outcome_add(struct outcomes *o, const char *text);
void outcome_text(char *text, const struct program *p, const int *read,
                  const int *final);

/* Adds every outcome that RC11 allows. */
void axioms_run(const struct program *p, struct outcomes *out);

#endif
