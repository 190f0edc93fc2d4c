/* The disk works while the program does: files that are done go to it ahead of the sync that waits for all. */
#ifndef PAPERDIARY_BASE_FLUSH_H
#define PAPERDIARY_BASE_FLUSH_H

#include <stdbool.h>

struct flush;

/* What was written to the folder's file system so far goes to the disk, in a thread of its own. NULL: there is none to
 * be had, and the sync at the end does it all. */
struct flush *flush_begin(const char *folder);

/* Whether flush_end would not wait. */
bool flush_done(struct flush *flush);

/* Waits. 0, or the errno of what failed: no later sync reports it again. NULL is legal. */
int flush_end(struct flush *flush);

#endif
