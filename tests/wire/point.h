/* SPDX-License-Identifier: MIT
 *
 * point.h - struct met_point of registry.h over the wire
 *
 * A visitor is called in the judge, and the point that it is shown lies in the
 * driver: all that it points to travels along.
 */
#ifndef WIRE_POINT_H
#define WIRE_POINT_H

#include "frame.h"
#include "met/registry.h"

/* What does not fit into a frame makes it bad. */
void point_put(struct frame *f, const struct met_point *p);

/* Returns a point that lives as long as the process. What makes no sense makes
 * the frame bad, and is left out. */
struct met_point *point_get(struct frame *f);

#endif
