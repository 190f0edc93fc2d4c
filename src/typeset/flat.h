/* Boxes measured in a width, as a list of pieces one below the other. A piece is what a page break leaves whole: a few
 * lines, a row, a drawing, a rule with its padding; columns and rows that are too high can be broken inside. */
#ifndef PAPERDIARY_TYPESET_FLAT_H
#define PAPERDIARY_TYPESET_FLAT_H

#include "typeset/box.h"

struct broken;
struct level;
struct setting;

enum piece_kind { PIECE_PAD, PIECE_LINES, PIECE_ROW, PIECE_COLUMNS, PIECE_DRAWING };

/* How unwelcome a break before a piece is. */
enum tie { TIE_NONE, TIE_KEEP, TIE_HEADING, TIE_HARD };

/* Header rows of a table: pieces [from, to) of the list, set again where its rows go on. */
struct repeat {
    size_t from, to;
    int32_t height;
};

struct piece {
    uint8_t kind; /* enum piece_kind */
    uint8_t tie;  /* enum tie, to the piece before */
    bool closes;
    int32_t gap;   /* margin before, vanishes at the head of a page or column */
    int32_t space; /* of BOX_SPACE before: vanishes so too, but is not stretched */
    int32_t height;
    int32_t fixed;               /* of the height: what does not grow with the scale */
    uint32_t line_from, line_to; /* PIECE_LINES: lines [line_from, line_to) of `broken` */
    const struct box *box;
    const struct repeat *repeat; /* the table it is a row of; NULL: none, or its header row */
    union {
        const struct edge *rule; /* PIECE_PAD: at its top, or (`closes`) at its bottom */
        const struct broken *broken;
        const struct flat_row *row;
        const struct flat_columns *columns;
    };
};

struct flat {
    struct piece *pieces;
    size_t count, room;
    int32_t width;
    int32_t height;        /* of all, with the first gap and the last */
    int32_t fixed;         /* of the height, as a piece's */
    int32_t margin, space; /* waiting for the next piece; at the end: what is left below */
    enum tie tie;          /* of the next piece */
    const struct repeat *repeat;
};

/* The first line of a cell: where its baseline is, and how far above it something stands. */
struct first_line {
    bool text, drawing;
    int32_t baseline, ink;
};

struct flat_cell {
    struct flat flat;
    struct first_line first;
    int32_t x, y; /* in the row */
};

struct flat_row {
    struct flat_cell *cells;
    size_t count;
    int32_t baseline; /* of the first line, from the row's top; -1: no text in it */
};

struct flat_columns {
    struct flat flat;
    size_t count;
    int32_t gap;
    struct level *level; /* fill.c's: how they were filled last */
};

/* A box and all in it, at the setting's scale. */
struct flat *flat_make(struct setting *setting, const struct box *box, int32_t width);

/* The gap before a piece, margins stretched (1000: as they are) where it is a free place to break. */
static inline int32_t flat_gap(const struct piece *piece, int32_t stretch)
{
    if (stretch == 1000 || piece->tie != TIE_NONE)
        return piece->gap + piece->space;
    return (int32_t)((int64_t)piece->gap * stretch / 1000) + piece->space;
}

#endif
