/* SPDX-License-Identifier: MIT
 *
 * verbs.c - the teacher's verbs of `grade`
 */
#include "class.h"

#include <string.h>

int class_verb(int argc, char **argv, const struct course *c)
{
    static const struct {
        const char *name;
        int (*run)(int, char **, const struct course *);
    } verbs[] = {{"class", class_grade},
                 {"why", class_why},
                 {"export", class_export},
                 {"doctor", class_doctor}};

    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(argv[0], verbs[i].name) == 0)
            return verbs[i].run(argc, argv, c);
    return -1;
}
