/* A document to be set: boxes of text, rows, columns and drawings. Knows nothing of marks or pupils.
 * Lengths are thousandths of a point. Everything lives in the arena given to the document. */
#ifndef PAPERDIARY_TYPESET_DOCUMENT_H
#define PAPERDIARY_TYPESET_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "settings/layout.h"

struct arena;

#define DOC_MM 2835 /* one millimetre */

enum box_kind { BOX_TEXT, BOX_STACK, BOX_ROW, BOX_COLUMNS, BOX_TABLE, BOX_DRAWING, BOX_SPACE };
/* Where a block of a part's body, a child of its stack, may stand instead, in a document of two parts. */
enum move {
    MOVE_NEVER,
    MOVE_IF_TIGHT, /* at the end of the part before, where that saves a page */
    MOVE_IF_ROOM,  /* there too wherever it takes no more pages */
    MOVE_LAST,     /* on a page of its own after all parts, where its part would else run over */
};
enum align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE };

struct box;

/* A column of a row or table: a fixed width, or (width 0) a share of what is left. */
struct track {
    int32_t width;
    int32_t share;
    int32_t gap; /* before the next track */
};

enum prim_kind { PRIM_LINE, PRIM_RECT, PRIM_POLYGON, PRIM_TEXT };

/* In a drawing: x to the right, y down from its upper left corner. grey 0 black … 255 white, -1: none. */
struct prim {
    enum prim_kind kind;
    int32_t x, y, w, h;   /* line: from (x, y) to (x + w, y + h) */
    int32_t fill, stroke; /* grey */
    int32_t stroke_width;
    int32_t dash;     /* 0: solid; else dash and gap length */
    const char *text; /* PRIM_TEXT: baseline at y, x by align */
    uint16_t style;
    enum align align;
    const int32_t *points; /* PRIM_POLYGON: pairs, absolute in the drawing */
    size_t point_count;
};

/* Text: runs of styled words, broken into lines. Style is layout_style(). */
struct box *box_text(struct arena *arena, enum align align);
void box_run(struct box *text, uint16_t style, const char *run);            /* copies nothing: keep the text alive */
void box_run_underlined(struct box *text, uint16_t style, const char *run); /* e.g. marks of this week */
void box_text_hyphenate(struct box *text, bool on);                         /* narrow columns only; default off */
void box_text_hang(struct box *text, int32_t indent);                       /* lines after the first are indented */

struct box *box_stack(struct arena *arena);
/* Rows of boxes side by side; one box per track, added in order; text of all cells shares the first baseline, and a
 * drawing that is no higher than that stands on it. */
struct box *box_row(struct arena *arena, const struct track *tracks, size_t count);
void box_row_align_last(struct box *row); /* the last baseline instead; header rows of tables do so by themselves */
/* The children flow through `count` columns of equal width, as level as the breaks allow; over a page's end they go on
 * in the columns of the next page. */
struct box *box_columns(struct arena *arena, size_t count, int32_t gap);
/* Rows (box_row children without tracks of their own: use box_table_row); the first `header_rows` come again on each
 * page. */
struct box *box_table(struct arena *arena, const struct track *tracks, size_t count, size_t header_rows);
struct box *box_table_row(struct arena *arena, struct box *table); /* appended; add one cell per track to it */
struct box *box_drawing(struct arena *arena, int32_t width, int32_t height);
void box_draw(struct box *drawing, struct prim prim);
struct box *box_space(struct arena *arena, int32_t height); /* vanishes at the head of a page or column; never grows */

void box_add(struct box *parent, struct box *child);

/* Spacing and rules: margins collapse to the larger one, and vanish at the head of a page or column. */
void box_margin(struct box *box, int32_t before, int32_t after);
void box_padding(struct box *box, int32_t top, int32_t bottom);
void box_rule_above(struct box *box, int32_t width, int32_t grey, int32_t dash);
void box_rule_below(struct box *box, int32_t width, int32_t grey, int32_t dash);
void box_min_height(struct box *box, int32_t height); /* paddings and rules included */
void box_keep(struct box *box);           /* not to be broken over pages or columns, where it fits one at all */
void box_keep_with_next(struct box *box); /* a heading */
void box_may_move(struct box *box, enum move move);

/* One side of paper after another. Each part starts on a new page. */
struct doc_part {
    struct box *head;      /* on the part's first page */
    struct box *head_next; /* on its further pages; NULL: head */
    struct box *body;
};

struct document {
    const struct layout *layout;
    const char *title;
    struct doc_part *parts;
    size_t part_count;
    struct box *slip_front; /* at the foot of page 1, above the foot line; or NULL */
    struct box *slip_back;  /* at the foot of page 2 where there is one; or NULL */
    /* The foot line: «{page}» and «{pages}» in it are filled in. NULL: none. `foot_first` too is set on page 1. */
    const char *foot_left, *foot_right;
    uint16_t foot_style;
    bool foot_first;
    const char *watermark; /* «образец», set large and light across each page; or NULL */
    uint16_t watermark_style;
};

#endif
