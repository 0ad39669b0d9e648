/* SPDX-License-Identifier: MIT
 *
 * play.h - the process of the submission
 */
#ifndef DRIVER_PLAY_H
#define DRIVER_PLAY_H

#include "warden.h"

/* Raises the fence, loads the submission and serves calls on the wire until
 * it closes. Notes about a bad end go to `warden`, output goes to `output`. */
_Noreturn void play(int wire, int output, int warden,
                    const struct charge *charge);

#endif
