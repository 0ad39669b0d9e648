/* SPDX-License-Identifier: MIT
 *
 * model_test.c - the model of cache coherence, where the count is known
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>

#include "fit.h"

static struct model_counts run(const char *design, int cores, int overlap,
                               enum model_end end)
{
    struct model_machine m = model_milan;

    m.overlap = overlap;
    return model_run(&m, end, model_find(design), cores,
                     model_window(&m, cores));
}

static struct model_counts strict(const char *design, int cores)
{
    return run(design, cores, 0, MODEL_LOW);
}

#define EACH_COUNT(n, from) for (int n = from; n <= 128; n *= 2)

/* So many for each update, exactly. */
#define EXPECT(counts, field, each)                                         \
    cr_expect(eq(u64, (counts).field, (uint64_t)(each) * (counts).updates), \
              "%s with %d cores", #field, n)

Test(model, own_lines_never_move)
{
    static const char *const own[] = {"slots-padded", "thread-local"};

    for (int i = 0; i < 2; i++)
        EACH_COUNT(n, 1)
        {
            struct model_counts c = strict(own[i], n);

            EXPECT(c, transfers, 0);
            EXPECT(c, upgrades, 0);
            EXPECT(c, invalidations, 0);
            /* Any number of cores takes as long as one. */
            cr_expect(eq(i64, c.time * n,
                         (int64_t)c.updates * (i == 0 ? 2529 : 694)));
        }
}

Test(model, one_core_moves_nothing)
{
    for (size_t i = 0; i < model_n_designs; i++) {
        struct model_counts c = strict(model_designs[i].name, 1);
        int n = 1;

        EXPECT(c, transfers, 0);
        EXPECT(c, invalidations, 0);
        EXPECT(c, failed, 0);
        EXPECT(c, lost, 0);
    }
}

Test(model, a_shared_fetch_add_moves_its_line_once_an_update)
{
    EACH_COUNT(n, 2)
    {
        struct model_counts c = strict("fetch-add", n);

        EXPECT(c, transfers, 1);
        EXPECT(c, invalidations, 1);
        EXPECT(c, upgrades, 0);
        EXPECT(c, failed, 0);
    }
}

/* The order is 0, 1, ... n - 1, 0: each hop as far as it is. */
Test(model, its_time_is_the_sum_of_the_hops)
{
    EACH_COUNT(n, 2)
    for (int end = MODEL_LOW; end <= MODEL_HIGH; end++) {
        struct model_counts c = run("fetch-add", n, 0, (enum model_end)end);
        int64_t round = 0;

        for (int i = 0; i < n; i++)
            round += 2529 + model_transfer(&model_milan, (enum model_end)end, i,
                                           (i + 1) % n);
        cr_expect(eq(i64, c.time, (int64_t)c.updates / n * round), "%d cores",
                  n);
    }
}

Test(model, packed_slots_move_like_a_shared_one_but_never_far)
{
    struct model_counts eight = strict("slots-packed", 8);
    struct model_counts shared = strict("fetch-add", 8);

    cr_assert(eq(i64, eight.time, shared.time)); /* eight numbers on a line */
    EACH_COUNT(n, 2)
    {
        struct model_counts c = strict("slots-packed", n);

        EXPECT(c, transfers, 1);
        if (n >= 8)
            cr_expect(
                epsilon_eq(dbl, model_ns(&c, n), model_ns(&eight, 8), 1e-9));
    }
}

/* Of n tries with what was seen a round ago, one succeeds; who did it reads
 * again. */
Test(model, a_compare_and_swap_fails_all_times_but_one)
{
    EACH_COUNT(n, 4)
    {
        struct model_counts c = strict("cas-double", n);

        EXPECT(c, failed, n - 1);
        EXPECT(c, transfers, n + 1);
    }
}

/* Between the four accesses of the holder everybody tries, three times. */
Test(model, a_test_and_set_lock_moves_its_line_3n_plus_1_times)
{
    EACH_COUNT(n, 4)
    {
        struct model_counts c = strict("spin-tas", n);

        EXPECT(c, failed, 3 * (n - 1));
        EXPECT(c, transfers, 3 * n + 1);
    }
}

/* Each store of the holder destroys n - 1 copies, and all read again. */
Test(model, a_lock_that_is_only_read_moves_its_line_4_times_for_each_reader)
{
    EACH_COUNT(n, 2)
    {
        struct model_counts c = strict("spin-ttas", n);

        EXPECT(c, transfers, 4 * (n - 1));
        EXPECT(c, upgrades, 3);
        EXPECT(c, invalidations, 4 * (n - 1));
        EXPECT(c, failed, n - 1);
    }
}

Test(model, racy_loses_all_but_one_of_n)
{
    EACH_COUNT(n, 2)
    {
        struct model_counts c = strict("racy", n);

        cr_expect(eq(u64, c.lost, c.updates / (uint64_t)n * (uint64_t)(n - 1)),
                  "%d cores", n);
    }
}

/* What is counted is what was added, whatever the overlap. */
Test(model, no_other_design_loses_anything)
{
    for (size_t i = 0; i < model_n_designs; i++)
        for (int overlap = 0; overlap <= 900; overlap += 300)
            for (int cores = 1; cores <= 32; cores *= 4) {
                struct model_counts c =
                    run(model_designs[i].name, cores, overlap, MODEL_HIGH);

                if (!model_designs[i].lossy)
                    cr_expect(eq(u64, c.lost, 0), "%s, %d cores",
                              model_designs[i].name, cores);
            }
}

Test(model, a_run_is_the_same_every_time)
{
    for (size_t i = 0; i < model_n_designs; i++) {
        struct model_counts a = run(model_designs[i].name, 16, 310, MODEL_LOW);
        struct model_counts b = run(model_designs[i].name, 16, 310, MODEL_LOW);

        cr_expect(eq(i64, a.time, b.time), "%s", model_designs[i].name);
        cr_expect(eq(u64, a.transfers, b.transfers));
    }
}

/* The more of a transfer the owner has, the fewer transfers an update needs. */
Test(model, overlap_saves_transfers)
{
    struct model_counts none = run("fetch-add", 8, 0, MODEL_HIGH);
    struct model_counts third = run("fetch-add", 8, 310, MODEL_HIGH);

    cr_expect(third.transfers * none.updates < none.transfers * third.updates);
    cr_expect(lt(dbl, model_ns(&third, 8), model_ns(&none, 8)));
}

Test(model, the_mutex_wakes_whom_it_let_sleep)
{
    /* More than all cores: nobody is left asleep for good. */
    EACH_COUNT(n, 16)
    cr_expect(gt(u64, strict("mutex", n).sleeps, (uint64_t)n));
}

Test(model, distance_is_that_of_the_smallest_common_group)
{
    const struct model_machine *m = &model_milan;

    cr_assert(eq(i64, model_transfer(m, MODEL_LOW, 0, 7), 16000));
    cr_assert(eq(i64, model_transfer(m, MODEL_LOW, 7, 8), 84000));
    cr_assert(eq(i64, model_transfer(m, MODEL_HIGH, 0, 63), 154000));
    cr_assert(eq(i64, model_transfer(m, MODEL_HIGH, 64, 63), 197000));
}

/* Points that the model itself made give their overlap back. */
Test(model, the_fit_finds_the_overlap_that_points_were_made_with)
{
    struct model_machine m = model_milan;
    struct model_point made[] = {
        {"fetch-add", 2, 0, 0, 0, MODEL_FITTED},
        {"fetch-add", 8, 0, 0, 0, MODEL_FITTED},
        /* A check has no say in the fit. */
        {"fetch-add", 4, 1, 1, 1, MODEL_CHECKED},
    };

    m.overlap = 400;
    for (int i = 0; i < 2; i++) {
        struct model_band b =
            model_band(&m, model_find("fetch-add"), made[i].cores);

        made[i].ns = model_middle(&b);
    }
    m.overlap = 0;
    cr_assert(eq(int, model_fit_overlap(&m, made, 3), 400));
}
