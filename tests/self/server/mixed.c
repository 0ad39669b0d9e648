/* SPDX-License-Identifier: MIT
 *
 * mixed.c - clients of all kinds at once, and what the server holds meanwhile
 *
 *     mixed PORT SECONDS PID
 *
 * Prints the number of answers, of wrong ones, and by how much the server's
 * resident memory (KiB) and open descriptors have grown: memory from a tenth
 * of the time to its end, descriptors from before the first client to after
 * the last one.
 */
#include "client.h"

#include <dirent.h>
#include <pthread.h>
#include <stdatomic.h>

enum { SHOWN = 5 }; /* of the wrong answers */

static int port;
static atomic_bool over;
static atomic_long answers, wrong;

/* ---- the clients ---- */

struct question {
    const char *text;
    int status;
    bool no_body, last;
};

#define HEAD(line) line " HTTP/1.1\r\nHost: a\r\n"
static const struct question questions[] = {
    {HEAD("GET /metrics") "\r\n", 200, false, false},
    {HEAD("GET /metrics") "Accept-Encoding: gzip\r\n\r\n", 200, false, false},
    {HEAD("GET /metrics?a=b") "Accept: application/openmetrics-text\r\n\r\n",
     200, false, false},
    {HEAD("HEAD /metrics") "\r\n", 200, true, false},
    {HEAD("GET /other") "\r\n", 404, false, false},
    {HEAD("DELETE /metrics") "\r\n", 405, false, false},
    {HEAD("GET /metrics") "Content-Length: 3\r\n\r\nabc", 413, false, true},
    {"GET /metrics HTTP/1.1\r\n\r\n", 400, false, true},
    {"GET /metrics HTTP/1.0\r\n\r\n", 200, false, true},
    {"nonsense\r\n\r\n", 400, false, true},
};
enum { QUESTIONS = sizeof questions / sizeof *questions };

static void judge(int got, int want)
{
    atomic_fetch_add(&answers, 1);
    if (got == want)
        return;
    if (atomic_fetch_add(&wrong, 1) < SHOWN)
        fprintf(stderr, "expected %d, got %d\n", want, got);
}

/* One question after another, a new connection when one has ended. */
static void *ask(void *arg)
{
    unsigned seed = (unsigned)(size_t)arg;
    int fd = dial(port);

    while (!atomic_load(&over)) {
        const struct question *q = &questions[rand_r(&seed) % QUESTIONS];
        if (!put(fd, q->text, strlen(q->text)))
            judge(0, q->status);
        else
            judge(read_answer(fd, q->no_body), q->status);
        if (!q->last && rand_r(&seed) % 20)
            continue;
        close(fd);
        fd = dial(port);
    }
    close(fd);
    return NULL;
}

/* Goes away after half a head, or without reading the answers. */
static void *leave(void *arg)
{
    unsigned seed = (unsigned)(size_t)arg;

    while (!atomic_load(&over)) {
        int fd = dial(port);
        for (int i = rand_r(&seed) % 4; i > 0; i--)
            put(fd, get, sizeof get - 1);
        put(fd, get, (size_t)rand_r(&seed) % (sizeof get - 1));
        if (rand_r(&seed) % 2)
            setsockopt(fd, SOL_SOCKET, SO_LINGER, &(struct linger){1, 0},
                       sizeof(struct linger));
        pause_ms(rand_r(&seed) % 20);
        close(fd);
    }
    return NULL;
}

/* A byte at a time; three in a row of which the last one waits. */
static void *dawdle(void *arg)
{
    unsigned seed = (unsigned)(size_t)arg;

    while (!atomic_load(&over)) {
        int fd = dial(port);
        for (size_t at = 0; at + 1 < sizeof get; at++) {
            put(fd, &get[at], 1);
            pause_ms(rand_r(&seed) % 30);
        }
        judge(read_answer(fd, false), 200);
        close(fd);
    }
    return NULL;
}

/* ---- what the server holds ---- */

static int descriptors(const char *pid)
{
    char path[64];
    int n = 0;

    snprintf(path, sizeof path, "/proc/%s/fd", pid);
    DIR *d = opendir(path);
    while (d && readdir(d))
        n++;
    if (d)
        closedir(d);
    return n;
}

static long resident_kib(const char *pid)
{
    char path[64];
    long pages = 0;

    snprintf(path, sizeof path, "/proc/%s/statm", pid);
    FILE *f = fopen(path, "r");
    if (f && fscanf(f, "%*d %ld", &pages) != 1)
        pages = 0;
    if (f)
        fclose(f);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

/* A closed connection goes when the server has seen it. */
static int descriptors_at_rest(const char *pid, int before)
{
    double end = now_ms() + 20e3;

    while (descriptors(pid) > before && now_ms() < end)
        pause_ms(50);
    return descriptors(pid);
}

/* ---- all of it ---- */

int main(int argc, char **argv)
{
    static void *(*const kinds[])(void *) = {ask, ask, ask, leave, dawdle};
    enum { KINDS = sizeof kinds / sizeof *kinds, CLIENTS = 2 * KINDS };
    pthread_t t[CLIENTS];

    if (argc != 4)
        return 2;
    port = atoi(argv[1]);
    int ms = (int)(1e3 * atof(argv[2])), before = descriptors(argv[3]);
    for (int i = 0; i < CLIENTS; i++)
        if (pthread_create(&t[i], NULL, kinds[i % KINDS], (void *)(size_t)i) !=
            0)
            return 1;
    pause_ms(ms / 10);
    long warm = resident_kib(argv[3]);
    pause_ms(ms - ms / 10);
    long grown = resident_kib(argv[3]) - warm;
    atomic_store(&over, 1);
    for (int i = 0; i < CLIENTS; i++)
        pthread_join(t[i], NULL);
    printf("%ld %ld %ld %d\n", atomic_load(&answers), atomic_load(&wrong),
           grown, descriptors_at_rest(argv[3], before) - before);
    return 0;
}
