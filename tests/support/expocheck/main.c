/* SPDX-License-Identifier: MIT
 *
 * main.c - the checker of exposition pages, as a command
 *
 *     expocheck [--openmetrics | --text] [--samples] FILE|-
 *
 * Without a format, a page that ends in # EOF is OpenMetrics. --samples prints
 * each sample: its name, its labels sorted, its value with 17 digits.
 * Exit: 0 valid, 1 invalid (the line, the rule, what was found), 2 usage, or a
 * file that cannot be read.
 */
#include "support/expo.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char *read_all(FILE *f, size_t *size)
{
    struct stat st; /* a file is read into its own size, and one byte */
    bool known = fstat(fileno(f), &st) == 0 && S_ISREG(st.st_mode);
    size_t room = known && st.st_size > 0 ? (size_t)st.st_size + 1 : 1 << 16;
    char *bytes = malloc(room);

    *size = 0;
    for (size_t n;
         bytes && (n = fread(bytes + *size, 1, room - *size, f)) > 0;) {
        *size += n;
        if (*size < room)
            continue;
        char *more = realloc(bytes, room *= 2);
        if (!more)
            free(bytes);
        bytes = more;
    }
    return bytes;
}

static int by_name(const void *a, const void *b)
{
    const struct expo_label *x = a, *y = b;
    size_t n = x->name.n < y->name.n ? x->name.n : y->name.n;
    int order = memcmp(x->name.at, y->name.at, n);

    return order ? order : (x->name.n > y->name.n) - (x->name.n < y->name.n);
}

static void print_sample(void *ctx, const struct expo_sample *s)
{
    struct expo_label label[EXPO_LABELS];

    (void)ctx;
    memcpy(label, s->label, s->labels * sizeof *label);
    qsort(label, s->labels, sizeof *label, by_name);
    printf("%.*s", (int)s->name.n, s->name.at);
    for (size_t i = 0; i < s->labels; i++)
        printf("%c%.*s=\"%.*s\"", i ? ',' : '{', (int)label[i].name.n,
               label[i].name.at, (int)label[i].value.n, label[i].value.at);
    printf(s->value != s->value ? "%s nan\n" : "%s %.17g\n",
           s->labels ? "}" : "", s->value);
}

int main(int argc, char **argv)
{
    int format = -1, i = 1;
    expo_sample_fn *show = NULL;

    for (; i < argc && strncmp(argv[i], "--", 2) == 0; i++) {
        if (strcmp(argv[i], "--openmetrics") == 0)
            format = EXPO_OPENMETRICS;
        else if (strcmp(argv[i], "--text") == 0)
            format = EXPO_TEXT;
        else if (strcmp(argv[i], "--samples") == 0)
            show = print_sample;
        else
            i = argc;
    }
    if (i != argc - 1) {
        fprintf(stderr, "usage: expocheck [--openmetrics | --text] "
                        "[--samples] FILE|-\n");
        return 2;
    }
    FILE *f = strcmp(argv[i], "-") == 0 ? stdin : fopen(argv[i], "rb");
    size_t size;
    char *page = f ? read_all(f, &size) : NULL;
    if (!page || ferror(f)) {
        fprintf(stderr, "expocheck: %s: %s\n", argv[i], strerror(errno));
        return 2;
    }
    struct expo_problem why;
    bool valid = expo_check(page, size,
                            format < 0 ? expo_guess(page, size)
                                       : (enum expo_format)format,
                            show, NULL, &why);
    if (!valid)
        fprintf(stderr, "%s:%zu: %s: %s\n", argv[i], why.line, why.rule,
                why.found);
    free(page);
    if (f != stdin)
        fclose(f);
    return !valid;
}
