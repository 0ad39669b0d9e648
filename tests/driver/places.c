/* SPDX-License-Identifier: MIT
 *
 * places.c - addresses of the submission as file and line
 *
 * The sanitizers would look up lines themselves, but clang's needs a program
 * of its own for it, and the fence lets the submission start none. So they
 * print bare addresses, and the warden looks them up.
 */
#include "places.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { REPORT_BYTES = 1 << 15 };

void place_of(const char *object, uint64_t offset, char place[LEASH_PLACE])
{
    char command[160], line[512] = "";

    snprintf(command, sizeof command,
             "addr2line -s -e %s %#llx 2>/dev/null </dev/null", object,
             (unsigned long long)offset);
    FILE *f = popen(command, "r");
    if (!f)
        return;
    bool some = fgets(line, sizeof line, f);
    pclose(f);
    line[strcspn(line, " \n")] = '\0'; /* "(discriminator 2)" */
    if (some && line[0] != '?')
        snprintf(place, LEASH_PLACE, "%.*s", LEASH_PLACE - 1, line);
}

/* "    #1 0x7f.. (/sub.so+0x1139)": the offset, or 0 for another line. */
static uint64_t offset_in_line(const char *line, const char *object)
{
    const char *base = strrchr(object, '/');
    const char *p = strstr(line, base ? base + 1 : object);

    if (!p || line[strspn(line, " ")] != '#')
        return 0;
    p = strstr(p, "+0x");
    return p ? strtoull(p + 1, NULL, 16) : 0;
}

void places_of_report(const char *object, int output,
                      char place[LEASH_PLACES][LEASH_PLACE])
{
    static char text[REPORT_BYTES];
    ssize_t n = pread(output, text, sizeof text - 1, 0);
    bool found = false; /* in this stack */
    int k = 0;
    char *rest = text;

    text[n > 0 ? n : 0] = '\0';
    for (char *line; k < LEASH_PLACES && (line = strsep(&rest, "\n"));) {
        if (line[strspn(line, " ")] != '#') {
            found = false;
            continue;
        }
        uint64_t offset = found ? 0 : offset_in_line(line, object);
        if (offset) {
            place_of(object, offset, place[k++]);
            found = true;
        }
    }
}
