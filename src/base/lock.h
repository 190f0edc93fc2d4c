/* One writer at a time in a school folder. */
#ifndef PAPERDIARY_BASE_LOCK_H
#define PAPERDIARY_BASE_LOCK_H

#include <stdbool.h>

struct err;

#define LOCK_HOLDER 200 /* bytes that say who holds a lock */

/* Takes the lock file, which says who holds it: `holder`. Where another holds it, `waiting` is called once with that
 * one's words, and the call waits. The lock ends with lock_free or with the process. */
bool lock_take(const char *path, const char *holder, void (*waiting)(void *context, const char *other), void *context,
               int *lock, struct err *err);
void lock_free(int lock); /* -1 is legal */

/* True where somebody holds the lock now; who, in `out`. */
bool lock_holder(const char *path, char out[LOCK_HOLDER]);

#endif
