/* The floor: a minimal PDF writer by hand, the yardstick of press. It sets the same text at the same positions, knows
 * all text of the run beforehand, checks nothing, and has no bookmarks. */
#ifndef PAPERDIARY_TESTS_FLOOR_H
#define PAPERDIARY_TESTS_FLOOR_H

#include <stddef.h>

#include "base/mem.h"
#include "typeset/page.h"

struct floor;

/* Cuts and deflates each face once, to the characters of all these pages. */
struct floor *floor_open(const char *const faces[FACE_COUNT], const struct page *pages, size_t count);
void floor_free(struct floor *floor);

/* A PDF of these pages into *out (cleared first). */
void floor_print(struct floor *floor, const struct page *pages, size_t count, struct buffer *out);

#endif
