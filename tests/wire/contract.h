/* SPDX-License-Identifier: MIT
 *
 * contract.h - which contract the wire carries
 *
 * The course's own, unless the compiler is told of another one with
 * -DWIRE_TABLE="..." and -DWIRE_HEADER="...": the wire's own tests do that.
 */
#ifndef WIRE_CONTRACT_H
#define WIRE_CONTRACT_H

#ifndef WIRE_TABLE
#define WIRE_TABLE "wire/contract.def"
#include "met/counter.h"
#include "met/error.h"
#include "met/exposition.h"
#include "met/gauge.h"
#include "met/histogram.h"
#include "met/registry.h"
#include "met/server.h"
#include "met/service.h"
#include "met/tally.h"
#else
#include WIRE_HEADER
#endif
#include "map.h"

/* What a frame asks or answers: a function or callback of the table, or one
 * of ours. */
enum wire_op {
#define FN(result, name, ...) OP_##name,
#define TEXT(name, ...) OP_##name,
#define PROC(name, ...) OP_##name,
#define CALLBACK(result, type, ...) OP_##type,
#include WIRE_TABLE
    OP_SCENARIO, /* run a scenario of the driver by its name */
    OP_PING,     /* are you there? */
    OP_FINISH,   /* the test is over: is anything leaked? */
    OP_RETURN,   /* a callback has returned */
    OP_MISSING,  /* the submission has no such function */
};

#endif
