/* SPDX-License-Identifier: MIT
 *
 * exposition.c - a registry as a page, in two formats
 *
 * The handout, README.md, leads through the steps.
 */
#include "page.h"

#include "met/error.h"

#include <stddef.h>

const char *met_content_type(enum met_format format)
{
    (void)format;
    return ""; /* Step 3 */
}

int met_expose(struct met_registry *r, enum met_format format, char *buffer,
               size_t size, size_t *length)
{
    (void)r;
    (void)format;
    (void)buffer;
    (void)size;
    (void)length;
    return MET_ENOMEM; /* Step 3 */
}

int met_expose_stream(struct met_registry *r, enum met_format format,
                      met_write_fn *write, void *ctx)
{
    (void)r;
    (void)format;
    (void)write;
    (void)ctx;
    return MET_ENOMEM; /* Step 4 */
}
