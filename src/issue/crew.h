/* Work shared by several threads, with what they made taken in order: so that it does not matter how many there were.
 */
#ifndef PAPERDIARY_ISSUE_CREW_H
#define PAPERDIARY_ISSUE_CREW_H

#include <stdbool.h>
#include <stddef.h>

struct crew {
    size_t threads; /* 0: one for each core that this process may use; 1: none besides the calling one */
    void *context;
    void (*make)(void *context, size_t index); /* called by any thread */
    /* Called by the calling thread, one after another from 0 on; false ends the work. Of what was made and never taken
     * the caller disposes. */
    bool (*take)(void *context, size_t index);
};

/* Makes and takes `count` pieces; a few are made ahead of what is taken, so that they do not pile up. False where
 * `take` said so. */
bool crew_run(const struct crew *crew, size_t count);

#endif
