/* SPDX-License-Identifier: MIT
 *
 * contract.c - the graded tests of lab 07 that a student sees
 *
 * The tests of labs 01 to 03 are graded with them: the manifest names them.
 */
#include "judge/judge.h"
#include "resolved.h"

#define SUITE contract

GRADED(
    threads_that_end_leave_their_counts, 6,
    "No update is lost. Returns the sum of all that was added before this "
    "call.",
    .hint = "What becomes of a slot when its thread has ended?",
    .help =
        {"slots.c: what happens to a block at the end of its thread; and which "
         "blocks met_counter_value goes over.",
         "The block of a thread that has ended keeps its counts, stays in the "
         "list of all blocks, and goes to the next new thread.",
         "A second list, of blocks without a thread: the key's destructor puts "
         "the block in, met_slot_make takes one out before it asks for memory. "
         "The first list never loses a block, and nothing is made zero."},
    .threads = true,
    .schedules = "end_beside_value two_threads_in_turn end_beside_beginning "
                 "three_threads")
{
    double rounds = (double)unforeseen(100, 200), out[2] = {0};

    scenario("counts_of_waves", (double[]){10, 4, rounds}, 3, out, 2);
    expect_double("the value after all threads have ended", out[0],
                  5 * 3 * rounds);
    expect_double("the value of the other counter", out[1], 5 * 3 * rounds);
}

GRADED(observers_that_end_leave_their_counts, 5,
       "All three belong to one set of observations: all that ended before "
       "this call.",
       .hint = "What becomes of a shard when its thread has ended?",
       .help = {"histogram.c: who owns a shard, and when it is freed.",
                "A shard belongs to the slot, not to the thread. The next "
                "thread with that block goes on in it.",
                "Only met_histogram_destroy frees shards. A thread that finds "
                "a shard in its slot uses it as it is; it makes one only where "
                "the pointer is NULL."},
       .threads = true,
       .schedules = "observers_in_turn observer_ends_beside_snapshot")
{
    double waves = (double)unforeseen(10, 20), out[3] = {0};

    scenario("observations_of_waves", (double[]){waves}, 1, out, 3);
    expect_double("the count", out[0], 20 * waves);
    expect_double("the count of the first bucket", out[1], 10 * waves);
    expect_double("the sum", out[2], 50 * waves);
}

GRADED(a_new_counter_has_nothing_of_an_old_one, 5,
       "Makes a counter that stands at 0.",
       .hint = "Who makes a slot zero that a destroyed counter has used, in "
               "the threads that still live?",
       .help = {"slots.c, met_place_give_back.",
                "A place is a column: each block has a slot for it, those of "
                "threads that still live, too.",
                "Under the lock go over all blocks, as met_counter_value does, "
                "and make the slot of that place zero in each that has the "
                "chunk. Then note that the place is free."},
       .threads = true,
       .schedules = "create_and_destroy_beside_inc three_threads")
{
    double rounds = (double)unforeseen(100, 200), out[3] = {0};

    scenario("counter_in_anothers_place", (double[]){3, rounds}, 2, out, 3);
    expect_double("the value before destroy", out[0], 3 * rounds);
    expect_double("the value of a new counter", out[1], 0);
    expect_double("its value after one inc() in each of 3 threads", out[2], 3);
}

GRADED(the_end_of_a_thread_counts, 4, "No update is lost.",
       .hint = "Destructors of other keys run before and after yours.",
       .help = {"slots.c: the destructor of your key, and what met_my_chunk "
                "holds after it.",
                "A destructor that runs after yours may count. The block is "
                "then perhaps another thread's already.",
                "Your destructor makes all of met_my_chunk NULL and sets a "
                "_Thread_local mark \"ending\". met_slot_make sees the mark "
                "and returns NULL: the update goes to a number that all "
                "threads share, with compare-and-swap as in lab 01."},
       .threads = true, .schedules = "late_beside_beginning three_threads")
{
    double threads = (double)unforeseen(3, 6);

    /* the first of all sets one key less */
    expect_double("the value", RUN(counts_in_destructors, threads),
                  3 * threads + 2);
}

GRADED(no_memory_loses_no_update, 4, "No update is lost: updates cannot fail.",
       .hint = "Where does a thread count that gets no slot?",
       .help =
           {"counter.c, met_counter_inc and met_counter_add; histogram.c, "
            "met_histogram_observe: what they do when the slot is NULL.",
            "An update cannot fail. A metric needs one place that is there "
            "from its creation, for all threads that have no slot.",
            "A counter: an atomic double of its own, added to as in lab 01, "
            "and part of the sum. A histogram: one more shard, made by "
            "met_histogram_create, behind a mutex, and part of each snapshot."},
       .threads = true, .schedules = "three_threads two_threads_in_turn")
{
    double threads = (double)unforeseen(2, 4), out[2] = {0};

    for (int allowed = 0; allowed < 3; allowed++) {
        scenario("updates_without_memory", (double[]){threads, allowed}, 2, out,
                 2);
        expect_double("the value of the counter", out[0], 150 * threads);
        expect_double("the count of the histogram", out[1], 100 * threads);
    }
}

GRADED(threads_over_time_need_no_memory, 5,
       "Slots are used again: memory grows with the threads that live at once, "
       "not with all that ever lived.",
       .hint = "Where does a new thread find the slots of one that has ended?",
       .help = {"slots.c, met_slot_make: what it asks malloc for, and when.",
                "A new thread takes a block that has lost its thread, and its "
                "chunks with it, before it asks for a new one.",
                "The list of free blocks, see the hint for "
                "threads_that_end_leave_their_counts. Whoever allocates for "
                "each thread must have freed as much when it ends."},
       .threads = true)
{
    expect_double("what 50 threads, one after the other, need after 50 others, "
                  "in bytes,",
                  RUN(memory_over_time, 100), 0);
}

GRADED(
    many_counters_share_lines, 5,
    "A counter costs at most 128 bytes, and less than a line of 64 for each "
    "further thread that counts on it.",
    .hint = "Counters of one thread may share a line; only counters of two "
            "threads may not.",
    .help =
        {"slots.c: how many bytes a chunk has, and how many places it serves.",
         "One thread's slots lie side by side, without gaps: 16 bytes each, "
         "four to a line.",
         "The number of a place says the chunk and the offset in it: numbers 0 "
         "to 63 are chunk 0, the next 128 are chunk 1, and so on. No number is "
         "left out; what is given back is used first."},
    .threads = true)
{
    double out[4] = {0};

    scenario("memory_per_series", (double[]){1000, 4}, 2, out, 2);
    EXPECT(out[0] <= 128, "at most 128 bytes for a counter", "%g", out[0]);
    EXPECT(out[1] < 64, "less than 64 bytes for a counter and further thread",
           "%g", out[1]);
    /* memory that no allocation gave, too */
    scenario("lines_of_counters", (double[]){200}, 1, out, 4);
    EXPECT(out[0] < 200,
           "one thread that counts on 200 counters writes to "
           "fewer than 200 lines",
           "to %g", out[0]);
}

GRADED(
    a_histogram_costs_little, 4,
    "A histogram with 11 bounds costs at most 2048 bytes, and 512 for each "
    "further thread that observes.",
    .hint = "What stands on a line of its own, and need not?",
    .help =
        {"histogram.c: the size of a shard, and what it is made of.",
         "All numbers on one side of a shard are written by one thread: they "
         "may share lines. Only the shard as a whole needs lines of its own.",
         "A shard is a line with turn and wanted, and two sides. A side is the "
         "sum and n + 1 counts of 8 bytes in a row, rounded up to whole "
         "lines."},
    .threads = true)
{
    double out[2] = {0};

    scenario("memory_per_histogram", (double[]){100, 11, 4}, 3, out, 2);
    EXPECT(out[0] <= 2048, "at most 2048 bytes for a histogram", "%g", out[0]);
    EXPECT(out[1] <= 512,
           "at most 512 bytes for a histogram and further thread", "%g",
           out[1]);
}

/* ---- lines: which bytes have changed after a thread's turn ---- */

static void judge_lines(const char *name, double metrics)
{
    double out[4] = {0};

    scenario(name, &metrics, 1, out, 4);
    if (out[0] < 0) /* a replay under a sanitizer: nothing is looked at */
        return;
    EXPECT(out[0] > 0 && out[1] > 0, "each of two threads has written",
           "to %g lines and to %g", out[0], out[1]);
    if (out[2] > 0 && out[3] < 2)
        judge_open_end("two threads write to no line in common",
                       "this machine has one processor: two threads with a "
                       "slot for each processor look the same here");
    EXPECT(out[2] == 0, "two threads write to no line in common",
           "one writes to %g lines, the other to %g, both to %g of them",
           out[0], out[1], out[2]);
}

GRADED(two_threads_count_on_no_common_line, 6,
       "No two threads write to the same cache line when they count.",
       .hint = "Where does the memory of a thread's slots begin, and what lies "
               "in the rest of its last line?",
       .help = {"slots.c: with which function a chunk is allocated, and with "
                "which size.",
                "malloc gives memory that begins somewhere in a line. What "
                "another thread gets next may begin in the same line.",
                "aligned_alloc(MET_LINE, ...), with the size rounded up to a "
                "multiple of MET_LINE: then the chunk begins with a line and "
                "fills its last one. It does not clear the memory: you do."})
{
    judge_lines("lines_of_counters", 200);
}

GRADED(two_threads_observe_on_no_common_line, 5,
       "No two threads write to the same cache line when they observe.",
       .hint = "Where does a thread's part of a histogram begin, and what lies "
               "in the rest of its last line?",
       .help = {"histogram.c: how a shard is allocated; and what an "
                "observation writes to beside its shard.",
                "An observation writes to its own thread's shard only, and a "
                "shard shares no line with anything else.",
                "aligned_alloc(MET_LINE, ...) with a size of whole lines, for "
                "the shard as for the chunks. A number of all observations in "
                "struct met_histogram would be a line that all threads write "
                "to: the counts add up to it anyway."})
{
    judge_lines("lines_of_histograms", 20);
}

/* ---- speed: a ratio of two designs, measured in turn ---- */

static void judge_speed(const double *out)
{
    const char *want = "an increment in two threads takes at most half of the "
                       "time that a shared atomic counter takes, lab 01's or "
                       "a plain one";

    EXPECT(out[3] == 0, "no increment is lost meanwhile", "%g are lost",
           out[3]);
    if (out[0] == -1)
        judge_fail("the counter of lab 01 is there to be compared with",
                   "it is not, or lacks a function: --backfill takes the "
                   "solution's");
    if (out[0] == -3)
        judge_open_end(want, "skipped: this machine has one processor");
    if (out[0] < 15)
        judge_open_end(want,
                       "the machine does other work: %g of 15 undisturbed "
                       "rounds. Run it again",
                       out[0]);
    enum resolved r = resolve((struct interval){out[1], out[2]}, 0.5);
    if (r == ABOVE_BAR)
        judge_fail(want, "between %.2f and %.2f of it", out[1], out[2]);
    if (r == NOT_RESOLVED)
        judge_open_end(want,
                       "not resolved: between %.2f and %.2f. Run it again",
                       out[1], out[2]);
}

GRADED(an_increment_shares_nothing, 20,
       "Two threads that count do not wait for each other.",
       .hint = "Which line do both threads write to?",
       .help = {"counter.c, met_counter_inc: each memory access on the way, "
                "from the first line to the last.",
                "An increment that finds its slot takes no lock, makes no "
                "read-modify-write, and writes to the slot alone.",
                "Only the first update of a thread goes to met_slot_make. "
                "After it: met_slot_ready finds the slot, then load the count "
                "relaxed, store it plus 1 relaxed."})
{
    double out[4] = {0};

    for (int slice = 0; slice < 8 && out[0] >= 0 && out[0] < 15; slice++)
        scenario("counter_beside_lab_01", NULL, 0, out, 4);
    if (out[0] != -2) /* a replay under a sanitizer: nothing is measured */
        judge_speed(out);
}
