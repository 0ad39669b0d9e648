/* SPDX-License-Identifier: MIT
 *
 * message.c - a verdict on its way from a test's process to the runner's
 */
#include "message.h"

#include "drive.h"
#include "steps.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <unistd.h>

enum { OUTPUT = 2000 };

/* Bytes of the submission as a JSON string: what is not printable ASCII is
 * shown as '?', so that no terminal is told anything. */
static json_t *harmless(const char *s)
{
    json_t *text = NULL;
    char *copy = strdup(s ? s : "");

    if (!copy)
        return json_string("");
    for (char *p = copy; *p; p++)
        if ((*p < ' ' && *p != '\n' && *p != '\t') || *p == 127 || *p < 0)
            *p = '?';
    text = json_string(copy);
    free(copy);
    return text;
}

static _Noreturn void send_verdict(const char *status, const char *expected,
                                   const char *got, bool finding)
{
    char output[OUTPUT];

    drive_output(output, sizeof output);
    if (finding) /* the report, in addresses: its meaning is in `got` */
        *output = '\0';
    json_t *m =
        json_pack("{s:s, s:o, s:o, s:o, s:o, s:b}", "status", status,
                  "expected", harmless(expected), "got", harmless(got), "steps",
                  steps_json(), "output", harmless(output), "finding", finding);
    char *text = json_dumps(m, JSON_COMPACT);
    cr_assert_fail("%s", text ? text : "{\"status\":\"error\"}");
    abort();
}

_Noreturn void message_send(const char *status, const char *expected,
                            const char *got)
{
    send_verdict(status, expected, got, false);
}

_Noreturn void message_send_finding(const char *expected, const char *got)
{
    send_verdict("failed", expected, got, true);
}
