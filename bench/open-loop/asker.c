/* SPDX-License-Identifier: MIT */
#include "asker.h"

#include <curl/curl.h>
#include <stdlib.h>

#include "clock.h"
#include "fail.h"

#define ANSWER_MS 60000L /* longest wait for one page */

/* A sleep may end some 50 us late, or more on a virtual machine. So the client
 * sleeps until shortly before a request is due, and then looks at the clock. */
#define AWAKE_NS 200000u

struct bench_asker {
    const char *name;
    CURL *curl;
    char said[CURL_ERROR_SIZE];
};

static size_t drop(char *bytes, size_t size, size_t n, void *data)
{
    (void)bytes;
    (void)data;
    return size * n;
}

struct bench_asker *bench_asker_new(const char *name, const char *url)
{
    struct bench_asker *a = bench_alloc(1, sizeof *a);

    a->name = name;
    a->curl = curl_easy_init();
    if (a->curl == NULL)
        bench_fail("libcurl cannot be started");
    curl_easy_setopt(a->curl, CURLOPT_URL, url);
    curl_easy_setopt(a->curl, CURLOPT_PROXY, "");
    curl_easy_setopt(a->curl, CURLOPT_PROTOCOLS_STR, "http");
    curl_easy_setopt(a->curl, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(a->curl, CURLOPT_TIMEOUT_MS, ANSWER_MS);
    curl_easy_setopt(a->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(a->curl, CURLOPT_WRITEFUNCTION, drop);
    curl_easy_setopt(a->curl, CURLOPT_ERRORBUFFER, a->said);
    return a;
}

void bench_asker_free(struct bench_asker *a)
{
    curl_easy_cleanup(a->curl);
    free(a);
}

static void ask(struct bench_asker *a)
{
    CURLcode code = curl_easy_perform(a->curl);
    long status = 0;

    if (code != CURLE_OK)
        bench_fail("%s: no page: %s", a->name,
                   a->said[0] ? a->said : curl_easy_strerror(code));
    curl_easy_getinfo(a->curl, CURLINFO_RESPONSE_CODE, &status);
    if (status != 200)
        bench_fail("%s: no page: it answers with status %ld", a->name, status);
}

double bench_asker_capacity(struct bench_asker *a, double seconds)
{
    uint64_t pages = 0, from, now;

    ask(a);
    from = now = bench_now_ns();
    while ((double)(now - from) < seconds * 1e9) {
        ask(a);
        pages++;
        now = bench_now_ns();
    }
    return (double)pages / ((double)(now - from) / 1e9);
}

/* Waits until then; the time at which it is over. */
static uint64_t wait_until(uint64_t due)
{
    uint64_t now = bench_now_ns();

    if (now + AWAKE_NS < due)
        bench_sleep_ns(due - now - AWAKE_NS);
    do
        now = bench_now_ns();
    while (now < due);
    return now;
}

static void take(struct bench_asker *a, uint64_t due,
                 const struct bench_latencies *to)
{
    uint64_t sent = bench_now_ns(), done;

    if (sent < due) {
        sent = wait_until(due);
        bench_recorder_add(to->client, sent - due);
    }
    ask(a);
    done = bench_now_ns();
    bench_recorder_add(to->due, done - due);
    bench_recorder_add(to->sent, done - sent);
}

void bench_asker_schedule(struct bench_asker *a, double per_second,
                          uint64_t requests, const struct bench_latencies *to)
{
    double gap = 1e9 / per_second;
    double longest = gap * (double)requests * BENCH_PATIENCE + 5e9;
    uint64_t start;

    ask(a); /* the server may have closed a connection that slept */
    start = bench_now_ns();
    for (uint64_t i = 0; i < requests; i++) {
        /* From the start each time: errors of rounding do not add up. */
        take(a, start + (uint64_t)(gap * (double)i), to);
        double took = (double)(bench_now_ns() - start);
        if (took > longest)
            bench_fail("%s: cannot send %.0f pages a second: after %.0f s it "
                       "has sent %llu of %llu",
                       a->name, per_second, took / 1e9,
                       (unsigned long long)i + 1, (unsigned long long)requests);
    }
}
