/* The inside of a box: only the typeset room looks here. */
#ifndef PAPERDIARY_TYPESET_BOX_H
#define PAPERDIARY_TYPESET_BOX_H

#include "typeset/document.h"

struct text;

struct edge {
    int32_t width, grey, dash;
};

struct run {
    const char *text;
    uint16_t style;
    bool underlined;
};

struct box {
    enum box_kind kind;
    struct arena *arena;
    struct box *first, *last, *next;
    size_t child_count;
    int32_t before, after; /* margins */
    int32_t top, bottom;   /* paddings */
    int32_t min_height;    /* paddings and rules included */
    struct edge above, below;
    bool keep, keep_next;
    enum move move;

    struct run *runs; /* BOX_TEXT */
    size_t run_count, run_room;
    enum align align;
    bool hyphenate;
    int32_t hang;
    struct text *text; /* made anew by each set_document */

    const struct track *tracks; /* BOX_ROW, BOX_TABLE; BOX_COLUMNS has track_count columns */
    size_t track_count;
    size_t header_rows;
    bool align_last; /* BOX_ROW: its cells share the last baseline, not the first */
    int32_t gap;

    int32_t width, height; /* BOX_DRAWING, BOX_SPACE */
    struct prim *prims;
    size_t prim_count, prim_room;
    struct text **prim_texts; /* one a prim; NULL where it is no text */
};

#endif
