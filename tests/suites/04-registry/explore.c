/* SPDX-License-Identifier: MIT
 *
 * explore.c - lab 04 under the schedule explorer: the registry in every order
 */
#include "interleave.h"
#include "met/registry.h"
#include <pthread.h>
#include <stddef.h>

static struct met_registry *registry;
static struct met_family *family;
static struct met_child *got[2];
static struct met_family *registered[2];

static const char *const label[] = {"x"};
static const char *const a[] = {"a"};
static const char *const b[] = {"b"};

static void setup(void)
{
    got[0] = got[1] = NULL;
    if (met_registry_create(&registry) < 0 ||
        met_registry_counter(registry, "hits", "Help.", label, 1, &family) < 0)
        il_skip();
}

static struct met_child *get(const char *const *values)
{
    struct met_child *c = NULL;

    il_expect_long("what met_family_child returns",
                   met_family_child(family, values, 1, &c), 0);
    return c;
}

static void setup_with_a(void)
{
    setup();
    met_child_release(get(a));
}

/* ---- get ---- */

static void count_first(void)
{
    got[0] = get(a);
    met_counter_inc(met_child_counter(got[0]));
}

static void count_second(void)
{
    got[1] = get(a);
    met_counter_inc(met_child_counter(got[1]));
}

static void count_b(void)
{
    got[1] = get(b);
    met_counter_inc(met_child_counter(got[1]));
}

static void release_and_destroy(void)
{
    met_child_release(got[0]);
    met_child_release(got[1]);
    met_registry_destroy(registry);
}

static void is_one_child(void)
{
    il_expect("both threads have the same child", got[0] == got[1]);
    il_expect_double("its value", met_counter_value(met_child_counter(got[0])),
                     2);
    release_and_destroy();
}

static void are_two_children(void)
{
    il_expect("the threads have two children", got[0] != got[1]);
    release_and_destroy();
}

/* ---- remove ---- */

static void remove_a(void)
{
    int err = met_family_remove(family, a, 1);

    il_expect("remove finds the child", err == 0);
}

static void use_and_release(void)
{
    struct met_child *c = get(a);

    met_counter_inc(met_child_counter(c));
    met_child_release(c);
}

static void destroy(void)
{
    met_registry_destroy(registry);
}

/* ---- register ---- */

static void register_one(int i)
{
    il_expect_long(
        "what met_registry_gauge returns",
        met_registry_gauge(registry, "depth", "Help.", NULL, 0, &registered[i]),
        0);
}

static void register_first(void)
{
    register_one(0);
}

static void register_second(void)
{
    register_one(1);
}

static void is_one_family(void)
{
    il_expect("both threads have the same family",
              registered[0] == registered[1]);
    destroy();
}

/* ---- collect ---- */

struct seen {
    int points, a;
};

static int look(void *ctx, const struct met_point *p)
{
    struct seen *s = ctx;

    s->points++;
    s->a += p->labels == 1 && p->label_values[0][0] == 'a';
    return 0;
}

static struct seen collect(void)
{
    struct seen s = {0, 0};

    il_expect_long("what collect returns",
                   met_registry_collect(registry, look, &s), 0);
    return s;
}

static void collect_with_a(void)
{
    il_expect_long("how often the child a is shown", collect().a, 1);
}

static void collect_any(void)
{
    il_expect("the child a is shown at most once", collect().a <= 1);
}

/* ---- a callback that waits for another thread ---- */

static pthread_mutex_t gate;
static pthread_cond_t opened;
static int is_open;

static double read_when_open(void *ctx)
{
    (void)ctx;
    pthread_mutex_lock(&gate);
    while (!is_open)
        pthread_cond_wait(&opened, &gate);
    pthread_mutex_unlock(&gate);
    return 1;
}

static void setup_with_callback(void)
{
    setup();
    pthread_mutex_init(&gate, NULL);
    pthread_cond_init(&opened, NULL);
    is_open = 0;
    if (met_registry_callback(registry, MET_GAUGE, "late", "Help.",
                              read_when_open, NULL) < 0)
        il_skip();
}

static void collect_late(void)
{
    il_expect("the callback is shown", collect().points >= 1);
}

/* All that might wait for the collect, and only then the gate. */
static void change_then_open(void)
{
    register_first();
    met_child_release(get(a));
    remove_a();
    pthread_mutex_lock(&gate);
    is_open = 1;
    pthread_cond_signal(&opened);
    pthread_mutex_unlock(&gate);
}

/* ---- the default registry ---- */

static struct met_registry *defaults[2];

static void ask_first(void)
{
    defaults[0] = met_registry_default();
}

static void ask_second(void)
{
    defaults[1] = met_registry_default();
}

static void is_one_registry(void)
{
    il_expect("both threads have the same registry",
              defaults[0] == defaults[1] && defaults[0] != NULL);
}

const struct il_scenario il_scenarios[] = {
    {.name = "get_beside_get",
     .says = "Of threads that ask at once, all get the same child.",
     .setup = setup,
     .threads = {count_first, count_second},
     .does = {"gets child a, inc()", "gets child a, inc()"},
     .check = is_one_child},
    {.name = "get_beside_another_get",
     .says = "Stores the child with these n label values in *out.",
     .setup = setup,
     .threads = {count_first, count_b},
     .does = {"gets child a, inc()", "gets child b, inc()"},
     .check = are_two_children},
    {.name = "use_beside_remove",
     .says = "Those who hold it may still use it.",
     .setup = setup_with_a,
     .threads = {use_and_release, remove_a},
     .does = {"gets a, inc(), releases it", "removes child a"},
     .check = destroy},
    {.name = "register_beside_register",
     .says = "The same registration again stores the family that is there "
             "already.",
     .setup = setup,
     .threads = {register_first, register_second},
     .does = {"registers the gauge depth", "registers the gauge depth"},
     .check = is_one_family},
    {.name = "collect_beside_get",
     .says = "It has all children that were there when the call began.",
     .setup = setup_with_a,
     .threads = {count_b, collect_with_a},
     .does = {"gets child b, inc()", "collects; child a is there"},
     .check = release_and_destroy},
    {.name = "collect_beside_remove",
     .says = "It has all children that are not being removed during it, and "
             "each at most once.",
     .setup = setup_with_a,
     .threads = {remove_a, collect_any},
     .does = {"removes child a", "collects"},
     .check = destroy},
    {.name = "collect_beside_register",
     .says = "The list is one of a moment.",
     .setup = setup_with_a,
     .threads = {register_first, collect_with_a},
     .does = {"registers the gauge depth", "collects; child a is there"},
     .check = destroy},
    {.name = "callback_beside_changes",
     .says = "Looking up a child, registering, removing and collecting never "
             "wait for a callback.",
     .setup = setup_with_callback,
     .threads = {collect_late, change_then_open},
     .check = destroy},
    {.name = "default_beside_default",
     .says = "Returns the registry of the program: always the same one.",
     .threads = {ask_first, ask_second},
     .does = {"met_registry_default()", "met_registry_default()"},
     .check = is_one_registry},
    {.name = NULL},
};
