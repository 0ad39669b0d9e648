/* SPDX-License-Identifier: MIT
 *
 * corpus.h - the submissions that judge the judges, and what their heads say
 *
 * The first comment of each file has lines ` * word: value`; a value goes on
 * in lines that are indented deeper. The words are those of struct specimen.
 *
 * A specimen NAME.patch changes the solution's file (specimen.sh); its head
 * stands in lines `# word: value`. So it does in an attack NAME.sh, which
 * prints the file; with NO_ATTACK=1 in the environment, without its attack.
 */
#ifndef JUDGES_CORPUS_H
#define JUDGES_CORPUS_H

#include <stdbool.h>
#include <stddef.h>

enum kind { MUTANT, ALTERNATIVE, ATTACK, KINDS };

enum { SPECIMENS = 1000, WORDS = 2048 };

struct specimen {
    enum kind kind;
    char lab[64];  /* "01-counter" */
    char name[96]; /* "01-counter/racy.c", "fork-bomb.c" */
    char *text;    /* all of the file */
    size_t size;   /* of the text: a script may print zero bytes */
    char file[64]; /* which file of the lab it stands for */
    char loses[WORDS], perhaps[WORDS], named[256], harmless[WORDS];
    char sentence[WORDS];
    bool waits;      /* in the list needs-explorer: not graded */
    bool is_script;  /* which printed the text */
    bool is_applied; /* a patch, whose text is now what it makes */
    char *base;      /* an attack without its attack, preprocessed */
    int base_trial;  /* the trial that graded such a base */
};

struct corpus {
    struct specimen of[SPECIMENS];
    size_t n, waiting;
};

/* The folder of a kind: "mutants". */
const char *kind_folder(enum kind k);

/* Reads all. Returns the number of errors, each of which it has printed. */
int corpus_read(struct corpus *c, const char *root);

/* Puts what a patch makes of the solution into the place of its text. False,
 * with a message, when it is no patch of what it names. Not for all at once:
 * hundreds take seconds, and of most nothing is wanted. */
bool corpus_apply(struct specimen *s, const char *root);

#endif
