/* Draws pages: their operators, deflated, and the banks of characters that they use. What comes out does not depend on
 * the PDF that it goes into: a font's name in it is made of its face and the number of its bank. */
#ifndef PAPERDIARY_PRESS_PEN_H
#define PAPERDIARY_PRESS_PEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zlib.h>

#include "base/mem.h"
#include "press/bank.h"
#include "press/content.h"

struct err;

struct packed_page {
    int32_t width, height;
    size_t from, size; /* in the pack's bytes; size 0: the page is empty */
};

struct press_pack {
    struct packed_page *pages;
    size_t count, room;
    struct buffer bytes;
    const struct bank **banks; /* lent */
    size_t bank_count, bank_room;
};

void pack_free(struct press_pack *pack); /* what it holds, not itself */

struct pen {
    struct pen *next; /* of those that nobody draws with */
    struct content content;
    z_stream deflater;
    bool deflating;
};

bool pen_open(struct pen *pen, struct err *err);
void pen_close(struct pen *pen);

/* Adds the page to the pack. ERR_MACHINE: a face lacks a character. */
bool pen_draw(struct pen *pen, struct banks *banks, const struct page *page, struct press_pack *pack, struct err *err);

/* The number of a bank's font in the names of resources: «F1» is the usual text in sans. */
unsigned pen_font(const struct bank *bank);

#endif
