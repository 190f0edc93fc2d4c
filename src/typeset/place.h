/* Pieces that are filled in, as items of the page. */
#ifndef PAPERDIARY_TYPESET_PLACE_H
#define PAPERDIARY_TYPESET_PLACE_H

#include <stddef.h>
#include <stdint.h>

#include "typeset/fill.h"
#include "typeset/page.h"

struct text;

/* What fill_flat found to fit from `from` to `end` in this space, with its upper left corner at (x, y). */
void place_flat(struct setting *setting, const struct flat *flat, struct spot from, struct spot end, struct space space,
                int32_t x, int32_t y);

/* Glyphs [from, to) of a text with the baseline's left end at (x, y), at the setting's scale. */
void place_glyphs(struct setting *setting, const struct text *text, uint32_t from, uint32_t to, int32_t x, int32_t y);

void place_item(struct setting *setting, const struct item *item);

#endif
