/* SPDX-License-Identifier: MIT
 *
 * steps.c - the designs of bench/designs/counter/, as steps
 *
 * fetch-add stands for both fetch-adds: on x86 they are one instruction. The
 * number lies on the line of the lock, as there.
 */
#include "steps.h"

#include <string.h>

const struct model_design model_designs[] = {
    {"racy",
     MODEL_SHARED,
     true,
     {{MODEL_LOAD, 1, 0}, {MODEL_STORE, MODEL_DONE, 0}}},
    {"mutex",
     MODEL_SHARED,
     false,
     {{MODEL_TRY, 4, 1},
      {MODEL_SWAP, 4, 2},
      {MODEL_CALL, 3, 0},
      {MODEL_CHECK, 1, 0}, /* asleep until woken; then the swap again */
      {MODEL_LOAD, 5, 0},
      {MODEL_STORE, 6, 0},
      {MODEL_UNLOCK, MODEL_DONE, 0}}},
    {"spin-tas",
     MODEL_SHARED,
     false,
     {{MODEL_TAS, 2, 1},
      {MODEL_PAUSE, 0, 0},
      {MODEL_LOAD, 3, 0},
      {MODEL_STORE, 4, 0},
      {MODEL_CLEAR, MODEL_DONE, 0}}},
    {"spin-ttas",
     MODEL_SHARED,
     false,
     {{MODEL_TAS, 2, 1},
      {MODEL_SPIN, 0, 0},
      {MODEL_LOAD, 3, 0},
      {MODEL_STORE, 4, 0},
      {MODEL_CLEAR, MODEL_DONE, 0}}},
    {"fetch-add", MODEL_SHARED, false, {{MODEL_ADD, MODEL_DONE, 0}}},
    {"cas-double",
     MODEL_SHARED,
     false,
     {{MODEL_LOAD, 1, 0}, {MODEL_CAS, MODEL_DONE, 1}}},
    {"slots-packed", MODEL_PACKED, false, {{MODEL_ADD, MODEL_DONE, 0}}},
    {"slots-padded", MODEL_OWN, false, {{MODEL_ADD, MODEL_DONE, 0}}},
    {"thread-local",
     MODEL_OWN,
     false,
     {{MODEL_LOAD, 1, 0}, {MODEL_STORE, MODEL_DONE, 0}}},
};

const size_t model_n_designs = sizeof model_designs / sizeof model_designs[0];

const struct model_design *model_find(const char *name)
{
    for (size_t i = 0; i < model_n_designs; i++)
        if (strcmp(model_designs[i].name, name) == 0)
            return &model_designs[i];
    return NULL;
}
