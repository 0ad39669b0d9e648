/* SPDX-License-Identifier: MIT
 *
 * names.c - which names are right, and which get in each other's way
 */
#include "parts.h"

#include "met/error.h"

#include <string.h>

bool name_is_metric(const char *name)
{
    (void)name;
    return true; /* Step 1 */
}

int names_check_labels(enum met_type type, const char *const *labels, size_t n)
{
    (void)type;
    (void)labels;
    (void)n;
    return 0; /* Step 1 */
}

bool text_is_utf8(const char *text)
{
    (void)text;
    return true; /* Step 1 */
}

bool names_collide(enum met_type a_type, const char *a, enum met_type b_type,
                   const char *b)
{
    (void)a_type;
    (void)b_type;
    return strcmp(a, b) == 0; /* Step 6 */
}
