/* SPDX-License-Identifier: MIT
 *
 * engine.h - who does the gradings: GNU parallel here, or Slurm on many
 * machines
 *
 * Both run the same command for each task, `sh WORK/command.sh KEY LAB`, which
 * grades the folder WORK/KEY and leaves WORK/KEY.json. A grading that ends
 * without that file is done again once more; then it stays undone.
 */
#ifndef CLASS_ENGINE_H
#define CLASS_ENGINE_H

#include <stdbool.h>
#include <stddef.h>

struct engine_task {
    char key[40];
    const char *lab;
    bool done;
};

struct engine {
    const char *work;   /* the folder of keys and results */
    const char *grader; /* the program `grade`, absolute */
    const char *apart;  /* the script apart.sh, absolute */
    const char *cc;
    bool backfill;
    int jobs; /* of parallel at once; 0: one a processor */
    struct engine_task *tasks;
    size_t count;
    /* Called again and again, and at the end: takes the results that are
     * there, and sets `done`. False: give up. */
    bool (*collect)(void *arg);
    void *arg;
    char problem[1024];
};

/* Returns false when the engine itself could not work, with the problem. */
bool engine_parallel(struct engine *e);
bool engine_slurm(struct engine *e);

#endif
