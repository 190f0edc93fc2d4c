/* Which block of a document stands in which part, and how close, so that it needs few pages. */
#ifndef PAPERDIARY_TYPESET_ARRANGE_H
#define PAPERDIARY_TYPESET_ARRANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "typeset/body.h"

struct err;
struct frame;
struct setting;

struct arranged {
    struct part *parts;
    struct body *bodies; /* one a part */
    size_t count, pages;
};

/* The fewest pages; among those, with blocks where the document has them, and as airy as the pages hold. Links the
 * blocks that may move (box_may_move) into bodies of its own. */
bool arrange(struct setting *setting, const struct frame *frame, struct arranged *out, struct err *err);

#endif
