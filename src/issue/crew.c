#define _GNU_SOURCE /* CPU_COUNT */
#include "issue/crew.h"

#include <pthread.h>
#include <sched.h>

#include "base/mem.h"
#include "base/stopwatch.h"

enum { THREADS_MOST = 16, AHEAD = 3 /* pieces a thread */ };

struct gang {
    const struct crew *crew;
    size_t count, ahead;
    pthread_mutex_t lock;
    pthread_cond_t made, taken;
    bool *is_made;
    size_t next, done; /* to be made; taken already */
    bool ended;
};

/* The next piece to make; the count of them: there is none. */
static size_t next_piece(struct gang *gang)
{
    pthread_mutex_lock(&gang->lock);
    while (!gang->ended && gang->next < gang->count && gang->next >= gang->done + gang->ahead)
        pthread_cond_wait(&gang->taken, &gang->lock);
    size_t index = gang->ended ? gang->count : gang->next;
    if (index < gang->count)
        gang->next++;
    pthread_mutex_unlock(&gang->lock);
    return index;
}

static void *work(void *context)
{
    struct gang *gang = context;
    for (size_t index; (index = next_piece(gang)) < gang->count;) {
        gang->crew->make(gang->crew->context, index);
        pthread_mutex_lock(&gang->lock);
        gang->is_made[index] = true;
        pthread_cond_signal(&gang->made);
        pthread_mutex_unlock(&gang->lock);
    }
    return NULL;
}

static void wait_for(struct gang *gang, size_t index)
{
    enum stage before = stopwatch_enter(STAGE_NONE);
    pthread_mutex_lock(&gang->lock);
    while (!gang->is_made[index])
        pthread_cond_wait(&gang->made, &gang->lock);
    pthread_mutex_unlock(&gang->lock);
    stopwatch_enter(before);
}

static void note_taken(struct gang *gang, bool ended)
{
    pthread_mutex_lock(&gang->lock);
    gang->done++;
    gang->ended = ended;
    pthread_cond_broadcast(&gang->taken);
    pthread_mutex_unlock(&gang->lock);
}

static size_t cores(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count < 1 ? 1 : (size_t)count;
}

static bool alone(const struct crew *crew, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        crew->make(crew->context, i);
        if (!crew->take(crew->context, i))
            return false;
    }
    return true;
}

bool crew_run(const struct crew *crew, size_t count)
{
    pthread_t ids[THREADS_MOST];
    size_t wanted = crew->threads > 0 ? crew->threads : cores(), threads = 0;
    wanted = wanted < THREADS_MOST ? wanted : THREADS_MOST;
    wanted = wanted < count ? wanted : count;
    if (wanted < 2)
        return alone(crew, count);
    struct gang gang = {.crew = crew, .count = count, .ahead = AHEAD * wanted, .is_made = mem_alloc(count)};
    pthread_mutex_init(&gang.lock, NULL);
    pthread_cond_init(&gang.made, NULL);
    pthread_cond_init(&gang.taken, NULL);
    while (threads < wanted && pthread_create(&ids[threads], NULL, work, &gang) == 0)
        threads++;
    bool ok = true;
    if (threads == 0)
        ok = alone(crew, count);
    for (size_t i = 0; i < count && ok && threads > 0; i++) {
        wait_for(&gang, i);
        ok = crew->take(crew->context, i);
        note_taken(&gang, !ok);
    }
    for (size_t i = 0; i < threads; i++)
        pthread_join(ids[i], NULL);
    pthread_cond_destroy(&gang.taken);
    pthread_cond_destroy(&gang.made);
    pthread_mutex_destroy(&gang.lock);
    mem_free(gang.is_made);
    return ok;
}
