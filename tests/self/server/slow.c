/* SPDX-License-Identifier: MIT
 *
 * slow.c - how long scrapes take, alone and beside 200 silent clients and 50
 * that send a byte at a time
 *
 *     slow PORT SECONDS
 *
 * Blocks of scrapes, without the crowd and with it, take turns. Prints both
 * medians and the longest scrape beside the crowd, in milliseconds.
 */
#include "client.h"

#include <pthread.h>
#include <stdatomic.h>

enum { SILENT = 200, SLOW = 50, BLOCK = 50, MOST = 200000, BYTE_MS = 100 };

struct times {
    double ms[MOST];
    int n;
};

static int port;
static struct times alone, beside;
static int silent[SILENT];
static atomic_bool over;

/* ---- the crowd ---- */

struct slow_client {
    int fd;
    size_t sent;
};

/* The next byte; after the last one the answer, and another connection. */
static void send_byte(struct slow_client *c)
{
    bool fine = put(c->fd, &get[c->sent++], 1);

    if (fine && c->sent + 1 < sizeof get)
        return;
    if (fine && read_answer(c->fd, false) != 200)
        fprintf(stderr, "a slow client has no answer\n");
    close(c->fd);
    *c = (struct slow_client){.fd = dial(port)};
}

/* All of them send a byte each 100 ms, spread over that time. */
static void *send_slowly(void *arg)
{
    struct slow_client c[SLOW];

    (void)arg;
    for (int i = 0; i < SLOW; i++)
        c[i] = (struct slow_client){.fd = dial(port)};
    for (int i = 0; !atomic_load(&over); i = (i + 1) % SLOW) {
        send_byte(&c[i]);
        pause_ms(BYTE_MS / SLOW);
    }
    for (int i = 0; i < SLOW; i++)
        close(c[i].fd);
    return NULL;
}

/* Half of them say nothing, half of them half a word. */
static void come(pthread_t *slow)
{
    for (int i = 0; i < SILENT; i++) {
        silent[i] = dial(port);
        if (i % 2)
            put(silent[i], get, 8);
    }
    atomic_store(&over, 0);
    if (pthread_create(slow, NULL, send_slowly, NULL) != 0)
        exit(1);
    pause_ms(BYTE_MS);
}

static void go(pthread_t slow)
{
    atomic_store(&over, 1);
    pthread_join(slow, NULL);
    for (int i = 0; i < SILENT; i++)
        close(silent[i]);
    pause_ms(BYTE_MS); /* the server sees it */
}

/* ---- the scrapes ---- */

/* With a pause before: bytes of slow clients come meanwhile, and what is in
 * the processor's caches goes. */
static void scrape(struct times *t)
{
    pause_ms(10);
    double begin = now_ms();
    int fd = dial(port);

    if (!put(fd, get, sizeof get - 1) || read_answer(fd, false) != 200) {
        fprintf(stderr, "a scrape failed\n");
        exit(1);
    }
    close(fd);
    if (t->n < MOST)
        t->ms[t->n++] = now_ms() - begin;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(struct times *t)
{
    qsort(t->ms, (size_t)t->n, sizeof *t->ms, by_size);
    return t->ms[t->n / 2];
}

int main(int argc, char **argv)
{
    port = argc > 2 ? atoi(argv[1]) : 0;
    double end = now_ms() + 1e3 * (argc > 2 ? atof(argv[2]) : 0);
    pthread_t slow;

    do {
        for (int i = 0; i < BLOCK; i++)
            scrape(&alone);
        come(&slow);
        for (int i = 0; i < BLOCK; i++)
            scrape(&beside);
        go(slow);
    } while (now_ms() < end);
    double a = median(&alone), b = median(&beside);
    printf("%d %.3f %.3f %.3f\n", beside.n, a, b, beside.ms[beside.n - 1]);
    return 0;
}
