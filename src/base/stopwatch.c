#include "base/stopwatch.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>

static atomic_bool running;
static _Atomic int64_t spent[STAGES]; /* nanoseconds */
static _Thread_local enum stage current;
static _Thread_local int64_t since;

static int64_t now(void)
{
    struct timespec time = {0};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

void stopwatch_start(void)
{
    current = STAGE_OTHER;
    since = now();
    atomic_store(&running, true);
}

enum stage stopwatch_enter(enum stage stage)
{
    enum stage before = current;
    if (stage == before || !atomic_load_explicit(&running, memory_order_relaxed))
        return before;
    int64_t time = now();
    if (before != STAGE_NONE)
        atomic_fetch_add_explicit(&spent[before], time - since, memory_order_relaxed);
    current = stage;
    since = time;
    return before;
}

int64_t stopwatch_spent(enum stage stage)
{
    return atomic_load_explicit(&spent[stage], memory_order_relaxed) / 1000;
}
