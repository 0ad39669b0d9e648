/* SPDX-License-Identifier: MIT
 *
 * dfs.h - what the depth-first search and its reduction share
 */
#ifndef IL_DFS_H
#define IL_DFS_H

#include "state.h"

/* The reduced search: which threads must be tried at a choice. */

/* Executions begin; steps made at choices before `from` are known already. */
void il_reduce_begin(int from);

/* The running thread makes this step, which was chosen at node `node` (-1: it
 * was no choice). */
void il_reduce_step(const struct op *op, int node);

/* Asks for one of these threads (a set of bits, none empty) at a node. */
void il_dfs_ask(int node, int initials);

/* Which threads could have run at a node. */
int il_dfs_runnable(int node);

#endif
