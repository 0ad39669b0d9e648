/* SPDX-License-Identifier: MIT
 *
 * point.c - struct met_point of registry.h over the wire
 */
#include "point.h"

#include <stdlib.h>
#include <string.h>

static void put_texts(struct frame *f, const char *const *texts, size_t n)
{
    frame_put(f, &(bool){texts != NULL}, sizeof(bool));
    for (size_t i = 0; texts && i < n && !f->bad; i++)
        frame_put_text(f, texts[i]);
}

static void put_numbers(struct frame *f, const void *numbers, size_t n,
                        size_t size)
{
    if (n > FRAME_BYTES / size)
        f->bad = true;
    else
        frame_put_blob(f, numbers, n * size);
}

void point_put(struct frame *f, const struct met_point *p)
{
    frame_put(f, &p->type, sizeof p->type);
    frame_put_text(f, p->name);
    frame_put_text(f, p->help);
    frame_put(f, &p->labels, sizeof p->labels);
    put_texts(f, p->label_names, p->labels);
    put_texts(f, p->label_values, p->labels);
    frame_put(f, &p->value, sizeof p->value);
    if (p->type != MET_HISTOGRAM)
        return;
    frame_put(f, &p->bounds, sizeof p->bounds);
    put_numbers(f, p->bound, p->bounds, sizeof *p->bound);
    put_numbers(f, p->cumulative, p->bounds + 1, sizeof *p->cumulative);
    frame_put(f, &p->count, sizeof p->count);
    frame_put(f, &p->sum, sizeof p->sum);
}

/* Each text takes some bytes of the frame, so a false n ends soon. */
static const char *const *get_texts(struct frame *f, size_t n)
{
    bool given = false;

    frame_get(f, &given, sizeof given);
    if (n > FRAME_BYTES / sizeof(char *))
        f->bad = true;
    if (!given || f->bad)
        return NULL;
    const char **texts = calloc(n + 1, sizeof *texts);
    for (size_t i = 0; texts && i < n && !f->bad; i++)
        texts[i] = frame_get_text(f);
    return texts;
}

static void *get_numbers(struct frame *f, size_t n, size_t size)
{
    size_t bytes;
    const void *numbers = frame_get_blob(f, &bytes);
    void *copy = numbers ? malloc(bytes + 1) : NULL;

    if (numbers && (n > FRAME_BYTES / size || bytes != n * size))
        f->bad = true;
    return copy ? memcpy(copy, numbers, bytes) : NULL;
}

struct met_point *point_get(struct frame *f)
{
    struct met_point *p = calloc(1, sizeof *p);

    if (!p)
        abort();
    frame_get(f, &p->type, sizeof p->type);
    p->name = frame_get_text(f);
    p->help = frame_get_text(f);
    frame_get(f, &p->labels, sizeof p->labels);
    p->label_names = get_texts(f, p->labels);
    p->label_values = get_texts(f, p->labels);
    frame_get(f, &p->value, sizeof p->value);
    if (p->type != MET_HISTOGRAM || f->bad)
        return p;
    frame_get(f, &p->bounds, sizeof p->bounds);
    p->bound = get_numbers(f, p->bounds, sizeof *p->bound);
    p->cumulative = get_numbers(f, p->bounds + 1, sizeof *p->cumulative);
    frame_get(f, &p->count, sizeof p->count);
    frame_get(f, &p->sum, sizeof p->sum);
    return p;
}
