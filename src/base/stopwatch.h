/* Where a run's time goes: each thread is in one stage at a time. Runs only when started, and no result depends on it.
 */
#ifndef PAPERDIARY_BASE_STOPWATCH_H
#define PAPERDIARY_BASE_STOPWATCH_H

#include <stdint.h>

enum stage {
    STAGE_NONE, /* not counted: a thread that waits */
    STAGE_READ, /* bytes of exports */
    STAGE_DECODE,
    STAGE_CHECK, /* rows and cells */
    STAGE_STORE, /* an import into the store */
    STAGE_LOAD,  /* a class's book out of the store */
    STAGE_COMPUTE,
    STAGE_COMPOSE,
    STAGE_TYPESET,
    STAGE_PRESS,
    STAGE_WRITE, /* files */
    STAGE_REGISTER,
    STAGE_DUTIES,
    STAGE_OTHER, /* the main thread, where it is in none of these */
    STAGES
};

/* The calling thread is the main one. */
void stopwatch_start(void);

/* Enters a stage of the calling thread; gives back the one it was in, to be entered again at the end. */
enum stage stopwatch_enter(enum stage stage);

/* Microseconds that all threads were in the stage; 0 for all of them where it was not started. Call
 * stopwatch_enter before, for the stage that still runs. */
int64_t stopwatch_spent(enum stage stage);

#endif
