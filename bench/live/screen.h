/* SPDX-License-Identifier: MIT
 *
 * screen.h - what hammer shows: a table on a terminal, else a line a second
 *
 * Colours respect NO_COLOR. Without cursor movements (TERM=dumb, PLAIN=1) the
 * lines are printed, too.
 */
#ifndef LIVE_SCREEN_H
#define LIVE_SCREEN_H

#include "rows.h"

struct screen_head {
    int threads, cpus;
    const char *page;     /* the address of the page, or NULL */
    const char *timeline; /* a file of the explorer's, for racy; or NULL */
};

/* Keys are read one by one from now on, until screen_end(). */
void screen_start(const struct screen_head *head);
void screen_show(const struct rows *r);
void screen_end(void);

#endif
