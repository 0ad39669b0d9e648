/* SPDX-License-Identifier: MIT
 *
 * analysis_test.c - from lines of processes to rows and verdicts
 *
 * A run of three designs at two threads, without a machine: the lines that
 * the processes would print are made up here.
 */
#include "analysis.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <inttypes.h>
#include <math.h>

#include "order.h"
#include "plan.h"
#include "results.h"
#include "simulate.h"

#define ROUNDS 24
#define UPDATES 1000000

enum { MUTEX, FAST, AGAIN, ROWS };

static const struct bench_design mutex = {.name = "mutex"};
static const struct bench_design fast = {.name = "fast"};
static const struct bench_suite suite = {.name = "made-up"};

/* What goes wrong in the made-up run. */
struct fault {
    double fast_speed;    /* of the fast design, against the mutex */
    int wrong_round;      /* the fast design counts wrong in it; or -1 */
    int disturbed_rounds; /* the first so many are */
    int slow_round;       /* the mutex takes 10 times as long; or -1 */
    double again_speed;   /* of the copy of the mutex: 1, or A/A is off */
};

static const struct fault none = {2, -1, 0, -1, 1};

static struct bench_plan make_plan(void)
{
    struct bench_plan p = {
        .suite = &suite,
        .cpus = {.count = 2, .id = {0, 1}},
        .rows = {{"mutex", &mutex, -1},
                 {"fast", &fast, -1},
                 {"mutex-again", &mutex, MUTEX}},
        .n_rows = ROWS,
        .contests = {{AGAIN, MUTEX, true}, {FAST, MUTEX, false}},
        .n_contests = 2,
        .sweep = {2},
        .n_sweep = 1,
        .processes = 4,
        .rounds = ROUNDS};

    return p;
}

static double time_of(const struct fault *f, int round, int row)
{
    if (row == FAST)
        return 20 / f->fast_speed;
    if (row == AGAIN)
        return 20 / f->again_speed;
    return round == f->slow_round ? 200 : 20;
}

static void tell(const struct bench_plan *p, struct bench_results *r,
                 struct bench_rng *rng, const struct fault *f, int round,
                 int row)
{
    double ns = time_of(f, round, row) * exp(0.005 * simulate_normal(rng));
    uint64_t window = (uint64_t)(ns * UPDATES / 2);
    uint64_t stolen = round < f->disturbed_rounds ? window / 2 : window / 1000;
    int wrong = row == FAST && round == f->wrong_round;
    char line[256];

    snprintf(line, sizeof line,
             "trial 0 %d %d %d %d %" PRIu64 " %d %d %" PRIu64 " 0 0", round,
             row, row, UPDATES, window, UPDATES, UPDATES - wrong, stolen);
    cr_assert(eq(int, bench_results_line(p, r, round * 4 / ROUNDS, line), 0));
}

static struct bench_results *made_up(const struct bench_plan *p,
                                     const struct fault *f)
{
    struct bench_results *r = bench_results_new(p);
    struct bench_rng rng = {11};

    for (int round = 0; round < ROUNDS; round++)
        for (int row = 0; row < ROWS; row++)
            tell(p, r, &rng, f, round, row);
    return r;
}

static struct bench_plan plan;
static struct bench_results *results;
static struct bench_analysis *analysis;

static void run_with(struct fault f)
{
    plan = make_plan();
    results = made_up(&plan, &f);
    analysis = bench_analyse(&plan, results);
}

static void drop(void)
{
    bench_analysis_free(analysis);
    bench_results_free(&plan, results);
}

Test(analysis, a_quiet_run_has_numbers_and_a_verdict, .fini = drop)
{
    run_with(none);
    cr_assert(eq(sz, analysis->cells[FAST].n, ROUNDS));
    cr_assert(eq(sz, analysis->cells[FAST].disturbed, 0));
    cr_assert(epsilon_eq(dbl, analysis->cells[FAST].ns, 10, 0.1));
    cr_assert(epsilon_eq(dbl, analysis->cells[FAST].rate, 2e8, 2e6));
    cr_assert(analysis->cells[FAST].rate_interval.low <
              analysis->cells[FAST].rate);
    cr_assert(analysis->cells[FAST].rate_interval.high >
              analysis->cells[FAST].rate);
    cr_assert(eq(int, analysis->comparisons[0].verdict, BENCH_NOT_RESOLVED));
    cr_assert(eq(int, analysis->comparisons[1].verdict, BENCH_FASTER));
    cr_assert(epsilon_eq(dbl, analysis->comparisons[1].all.median, 2, 0.05));
}

Test(analysis, one_wrong_sum_takes_the_number_of_the_row, .fini = drop)
{
    struct fault f = none;

    f.wrong_round = 5;
    run_with(f);
    cr_assert(eq(sz, analysis->cells[FAST].wrong, 1));
    cr_assert(eq(sz, analysis->wrong, 1));
    cr_assert(isnan(analysis->cells[FAST].ns));
    cr_assert(isnan(analysis->cells[FAST].rate));
    cr_assert(isnan(analysis->cells[FAST].rate_interval.low));
    cr_assert(eq(int, analysis->comparisons[1].verdict, BENCH_NO_NUMBER));
    cr_assert(epsilon_eq(dbl, analysis->cells[MUTEX].ns, 20, 0.2));
}

Test(analysis, disturbed_trials_are_counted_and_kept, .fini = drop)
{
    struct fault f = none;

    f.disturbed_rounds = 7;
    run_with(f);
    cr_assert(eq(sz, analysis->cells[MUTEX].disturbed, 7));
    cr_assert(eq(sz, analysis->cells[MUTEX].n, ROUNDS));
    cr_assert(eq(sz, analysis->comparisons[1].disturbed, 7));
    cr_assert(eq(int, analysis->comparisons[1].verdict, BENCH_FASTER));
}

Test(analysis, a_disturbed_run_resolves_nothing, .fini = drop)
{
    struct fault f = none;

    f.disturbed_rounds = ROUNDS;
    run_with(f);
    cr_assert(eq(int, analysis->comparisons[0].verdict, BENCH_NOT_RESOLVED));
    cr_assert(eq(int, analysis->comparisons[1].verdict, BENCH_DISTURBED));
}

Test(analysis, an_outlier_is_labelled_and_kept, .fini = drop)
{
    struct fault f = none;
    bool labelled = false;

    f.slow_round = 3;
    run_with(f);
    for (size_t i = 0; i < results->n_records; i++) {
        const struct bench_record *r = &results->records[i];

        if (r->round == 3 && r->row == MUTEX)
            labelled = r->outlier;
    }
    cr_assert(labelled);
    cr_assert(analysis->cells[MUTEX].outliers >= 1);
    cr_assert(eq(sz, analysis->cells[MUTEX].n, ROUNDS));
    cr_assert(epsilon_eq(dbl, analysis->cells[MUTEX].ns, 20, 0.2));
}

Test(analysis, an_aa_difference_is_resolved_and_widens_the_band, .fini = drop)
{
    struct fault f = none;

    f.again_speed = 1.3;
    f.fast_speed = 1.2;
    run_with(f);
    cr_assert(eq(int, analysis->comparisons[0].verdict, BENCH_FASTER));
    cr_assert(analysis->band[0] > 1.29);
    cr_assert(eq(int, analysis->comparisons[1].verdict, BENCH_NOT_RESOLVED));
}

Test(results, lines_that_are_none_are_refused)
{
    static const char *bad[] = {
        "",
        "hello",
        "trial",
        "trial 0 0 0 0 1 1 1 1 1 0",    /* a field is missing */
        "trial 1 0 0 0 1 1 1 1 1 0 0",  /* no such sweep */
        "trial 0 0 0 3 1 1 1 1 1 0 0",  /* no such row */
        "trial 0 24 0 0 1 1 1 1 1 0 0", /* no such round */
        "latency 0 -1 5 5",             /* no such row */
        "floor x 1",
    };
    struct bench_plan p = make_plan();
    struct bench_results *r = bench_results_new(&p);

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        cr_expect(eq(int, bench_results_line(&p, r, 0, bad[i]), -1), "%s",
                  bad[i]);
    cr_assert(eq(sz, r->n_records, 0));
    bench_results_free(&p, r);
}

/* Over whole squares each row stands equally often in each position, though
 * each square numbers the rows anew. */
Test(plan, the_order_is_balanced_and_the_seed_repeats_it)
{
    struct bench_plan p = make_plan();
    int at[ROWS][ROWS] = {{0}}, first[ROWS], again[ROWS];
    int square = bench_order_rows(ROWS), differ = 0;

    for (int round = 0; round < 4 * square; round++) {
        bench_plan_order(&p, 0, round, first);
        bench_plan_order(&p, 0, round, again);
        for (int i = 0; i < ROWS; i++) {
            cr_assert(eq(int, first[i], again[i]));
            at[first[i]][i]++;
        }
    }
    for (int i = 0; i < ROWS * ROWS; i++)
        cr_assert(eq(int, at[i / ROWS][i % ROWS], 4 * square / ROWS));
    for (uint64_t seed = 1; seed < 20; seed++) {
        p.options.seed = seed;
        bench_plan_order(&p, 0, 0, again);
        differ += again[0] != first[0];
    }
    cr_assert(differ > 0, "the seed changes nothing");
}

Test(plan, the_processes_share_all_rounds)
{
    struct bench_plan p = make_plan();

    for (p.rounds = 1; p.rounds < 40; p.rounds++) {
        cr_assert(eq(int, bench_plan_first_round(&p, 0), 0));
        cr_assert(eq(int, bench_plan_first_round(&p, p.processes), p.rounds));
    }
}

Test(options, a_list_holds_whole_words)
{
    cr_assert(bench_list_has("a,bc,d", "bc"));
    cr_assert(not(bench_list_has("a,bc,d", "b")));
    cr_assert(not(bench_list_has("abc", "bc")));
    cr_assert(bench_list_has(NULL, "anything"));
    cr_assert(not(bench_list_has("", "a")));
}
