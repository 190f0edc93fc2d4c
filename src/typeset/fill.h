/* How much of a list of pieces goes into a height: pages, columns, rows that are broken. */
#ifndef PAPERDIARY_TYPESET_FILL_H
#define PAPERDIARY_TYPESET_FILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct flat;
struct flat_columns;
struct piece;
struct setting;

/* A place in a list: before piece `index`, or inside it. */
struct spot {
    size_t index;
    const struct spot *inner; /* columns: one; a broken row: one for each cell; NULL: before the piece */
};

struct space {
    int32_t height;
    int32_t stretch; /* of margins, thousandths */
    bool must;       /* something has to go in: the head of an empty page */
    bool gaps;       /* the first gap counts: a cell */
};

/* From `from` on, as much as fits. False: nothing does (never where it must). `end` is where the rest begins, `used`
 * the height taken. */
bool fill_flat(struct setting *setting, const struct flat *flat, struct spot from, struct space space, struct spot *end,
               int32_t *used);

/* The same for the inside of one piece; `from` NULL: its beginning. */
struct columns_filled {
    struct spot *starts; /* if not NULL: where each column begins, and one more for the end */
    struct spot end;
    struct space space; /* of each column: as low as makes them level */
    int32_t used;
};
bool fill_columns(struct setting *setting, const struct flat_columns *columns, const struct spot *from,
                  struct space space, struct columns_filled *filled);
/* `*end` becomes NULL where the row is done. */
bool fill_row(struct setting *setting, const struct piece *piece, const struct spot *from, struct space space,
              const struct spot **end, int32_t *used);

/* Height of the columns where nothing limits it, when all that goes into them is there. */
int32_t fill_columns_height(struct setting *setting, struct flat_columns *columns);

/* Header rows to be set again before a spot; NULL: none. */
const struct repeat *fill_repeat(const struct flat *flat, struct spot from);

/* The same place, inside broken pieces too. */
bool fill_same(const struct flat *flat, struct spot a, struct spot b);

bool fill_done(const struct flat *flat, struct spot spot);

#endif
