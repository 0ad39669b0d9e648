/* SPDX-License-Identifier: MIT
 *
 * fine.c - what the wire must carry; all of these pass
 */
#include "judge/judge.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define SUITE fine

GRADED(handles, 1, "")
{
    struct met_probe *a = NULL, *b = NULL;

    EXPECT_CODE(met_probe_create(&a, 1.5), 0);
    EXPECT_CODE(met_probe_create(&b, -0.25), 0);
    EXPECT_DOUBLE(met_probe_value(a), 1.5);
    EXPECT_DOUBLE(met_probe_value(b), -0.25);
    met_probe_destroy(a);
    met_probe_destroy(b);
    met_probe_destroy(NULL);
}

GRADED(strings, 1, "")
{
    char large[100000];

    memset(large, 'x', sizeof large);
    large[sizeof large - 1] = '\0';
    EXPECT_STR(met_probe_echo("a string"), "a string");
    EXPECT_STR(met_probe_echo(""), "");
    EXPECT_STR(met_probe_echo(large), large);
    EXPECT(met_probe_echo(NULL) == NULL, "NULL stays NULL", "a string");
    EXPECT_LONG(met_probe_length("\xff\x01 bytes"), 8);
    EXPECT_LONG(met_probe_length(NULL), -1);
}

GRADED(arrays, 1, "")
{
    const double v[] = {1, 2, 4, 8};

    EXPECT_DOUBLE(met_probe_sum(v, 4), 15);
    EXPECT_DOUBLE(met_probe_sum(v, 0), 0);
    EXPECT_DOUBLE(met_probe_sum(NULL, 0), -1);
}

GRADED(buffers, 1, "")
{
    char b[8] = "abcdefg";

    EXPECT_CODE(met_probe_fill(b, sizeof b, 3, '-'), 0);
    EXPECT_STR(b, "---defg");
    EXPECT_CODE(met_probe_fill(NULL, 0, 0, '-'), MET_EINVAL);
}

GRADED(numbers, 1, "")
{
    EXPECT_LONG(met_probe_eight(1, 20, 300, 4000, 50000.0, 600000.0f, 7, 80),
                654408);
}

struct seen {
    int calls;
    double sum;
    struct met_probe *inner;
};

static int see(void *ctx, const char *name, double value)
{
    struct seen *s = ctx;

    EXPECT(strncmp(name, "element ", 8) == 0, "a name", "%s", name);
    s->calls++;
    s->sum += value + met_probe_value(s->inner); /* a call inside a callback */
    return value > 3 ? 77 : 0;
}

GRADED(callbacks, 1, "")
{
    struct seen s = {0};
    const double v[] = {1, 2, 4, 8};

    EXPECT_CODE(met_probe_create(&s.inner, 100), 0);
    EXPECT_LONG(met_probe_each(v, 4, see, &s), 77);
    EXPECT_LONG(s.calls, 3);
    EXPECT_DOUBLE(s.sum, 307);
    EXPECT_LONG(met_probe_each(v, 4, NULL, NULL), 0);
    met_probe_destroy(s.inner);
}

GRADED(results_that_are_handles, 1, "")
{
    struct met_probe *p = NULL;

    EXPECT_CODE(met_probe_create(&p, 1), 0);
    EXPECT(met_probe_same(p) == p, "the same handle", "another one");
    EXPECT(met_probe_same(NULL) == NULL, "NULL stays NULL", "a handle");
    met_probe_destroy(p);
}

GRADED(lists_of_strings, 1, "")
{
    const char *const list[] = {"ab", "", "cde"};

    EXPECT_LONG(met_probe_lengths(list, 3), 5);
    EXPECT_LONG(met_probe_lengths(list, 0), 0);
    EXPECT_LONG(met_probe_lengths(NULL, 0), -1);
}

static int add_up(void *ctx, const double *v, size_t n)
{
    double *sum = ctx;

    for (size_t i = 0; i < n; i++)
        *sum = 10 * *sum + v[i];
    return v ? 0 : MET_EINVAL;
}

GRADED(arrays_in_callbacks, 1, "")
{
    double sum = 0;

    EXPECT_CODE(met_probe_write((double[]){1, 2, 3}, 3, add_up, &sum), 0);
    EXPECT_DOUBLE(sum, 123);
    EXPECT_CODE(met_probe_write(NULL, 0, add_up, &sum), MET_EINVAL);
}

static int look(void *ctx, const struct met_point *p)
{
    EXPECT_STR(p->name, "a_point");
    EXPECT_STR(p->help, "");
    EXPECT_LONG((long)p->labels, 2);
    EXPECT_STR(p->label_names[0], "left");
    EXPECT_STR(p->label_values[0], "right");
    EXPECT_STR(p->label_values[1], "left");
    EXPECT_DOUBLE(p->value, 2.5);
    if (p->type != MET_HISTOGRAM)
        return *(int *)ctx;
    EXPECT_LONG((long)p->bounds, 2);
    EXPECT_DOUBLE(p->bound[0] + p->bound[1], 1.5);
    EXPECT_LONG((long)p->cumulative[2], 3);
    EXPECT_LONG((long)p->count, 3);
    EXPECT_DOUBLE(p->sum, -7);
    return 0;
}

GRADED(points_in_callbacks, 1, "")
{
    const char *const labels[] = {"left", "right"};
    int give_up = 5;

    EXPECT_LONG(met_probe_show(MET_GAUGE, labels, 2, look, &give_up), 5);
    EXPECT_LONG(met_probe_show(MET_HISTOGRAM, labels, 2, look, NULL), 0);
}

/* ---- a submission that serves ---- */

static int answer(int port, char c)
{
    int fd = connect_to(port);
    struct pollfd p = {.fd = fd, .events = POLLIN};

    EXPECT(fd >= 0, "a connection", "%s", strerror(-fd));
    send(fd, &c, 1, MSG_NOSIGNAL);
    if (poll(&p, 1, 10000) != 1)
        client_late("an answer", "there is none");
    if (recv(fd, &c, 1, 0) != 1)
        client_lost();
    close(fd);
    return c;
}

GRADED(connections, 1, "")
{
    int port = met_probe_serve();

    EXPECT(port > 0, "a port", "%d", port);
    for (char c = 'a'; c < 'k'; c++)
        EXPECT_LONG(answer(port, c), c + 1);
    EXPECT_LONG(connect_to_host(2, port), -ECONNREFUSED);
    EXPECT_STR(met_probe_echo("still there"), "still there");
}

GRADED(what_the_driver_holds, 1, "")
{
    struct held before = count_held();
    int port = met_probe_serve();
    struct held after = count_held();

    EXPECT(port > 0, "a port", "%d", port);
    EXPECT_LONG(after.descriptors - before.descriptors, 1);
    EXPECT_LONG(after.threads - before.threads, 1);
    EXPECT(before.memory_bytes > 100000, "some memory", "%ld",
           before.memory_bytes);
}
