/* Text → lines. */
#ifndef PAPERDIARY_TYPESET_LINES_H
#define PAPERDIARY_TYPESET_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct box;
struct setting;

/* Lengths at scale 1000, thousandths of a point. */
struct line {
    uint32_t from, to; /* glyphs */
    bool hyphen;       /* one is set after them */
    int32_t width;
    int32_t height;
    int32_t ascent; /* from the line's top to its baseline */
    int32_t ink;    /* of a figure above the baseline, with a little air */
};

struct broken {
    int32_t width; /* at scale 1000 */
    struct line *lines;
    uint32_t count;
    struct broken *next;
};

/* The lines of a text box in this width (at the setting's scale). Kept: asking again costs nothing. */
const struct broken *lines_break(struct setting *setting, const struct box *box, int32_t width);

/* Width of the text on one line, thousandths of a point at scale 1000, rounded up. */
int32_t lines_natural_width(const struct setting *setting, const struct box *box);

#endif
