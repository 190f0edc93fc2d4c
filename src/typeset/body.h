/* One part of a document on its pages: how large it is set, and what stands on which page. */
#ifndef PAPERDIARY_TYPESET_BODY_H
#define PAPERDIARY_TYPESET_BODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "typeset/fill.h"

struct doc_part;
struct err;
struct flat;
struct frame;
struct setting;

/* A part on its way: the number of its first page, and its heads. */
struct part {
    const struct doc_part *doc;
    const struct frame *frame;
    size_t first; /* page number, from 1 */
    const struct flat *head, *head_next;
};

/* One page of a part's body. */
struct body_page {
    struct spot from, end;
    struct space space;
    int32_t top, used;
};

/* A part's body at one scale. */
struct body {
    const struct flat *flat; /* NULL: none */
    int32_t scale, air;
    int step;   /* of scales, up from the document's own */
    bool grown; /* as large and airy as can be */
    struct body_page *pages;
    size_t count, room;
};

/* False: heads, slips and foot lines leave no room on the page. */
bool part_start(struct setting *setting, const struct frame *frame, const struct doc_part *doc, size_t first,
                struct part *part, struct err *err);
const struct flat *part_head(const struct part *part, size_t index);

/* How close all may stand to save a page: 0 as the document has it, up to the last of these. Type keeps its size. */
#define BODY_CLOSEST 6
struct body body_fit(struct setting *setting, const struct part *part, int close);

/* On one page a step larger, or (`largest`) as large and airy as can be; false: it needs more than one. */
bool body_larger(struct setting *setting, const struct part *part, bool largest, struct body *out);

/* As large and airy as the same pages hold it. */
void body_grow(struct setting *setting, const struct part *part, struct body *body);

#endif
