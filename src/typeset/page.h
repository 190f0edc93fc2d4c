/* A page that is set: placed text, lines and areas. (0, 0) is the upper left corner, y goes down; thousandths of a
 * point. */
#ifndef PAPERDIARY_TYPESET_PAGE_H
#define PAPERDIARY_TYPESET_PAGE_H

#include <stddef.h>
#include <stdint.h>

#include "settings/layout.h"

enum item_kind { ITEM_TEXT, ITEM_LINE, ITEM_RECT, ITEM_POLYGON };

struct item {
    enum item_kind kind;
    int32_t x, y;     /* text: left end of the baseline; line: from */
    int32_t w, h;     /* text: its width; line: to (x + w, y + h) */
    const char *text; /* NFC, every character is in the face */
    enum face face;
    int32_t size, spacing;
    int32_t turn;         /* degrees counter-clockwise, text only (a watermark) */
    int32_t fill, stroke; /* grey 0…255, -1 none; text is filled */
    int32_t stroke_width, dash;
    const int32_t *points; /* polygon: pairs */
    size_t point_count;
};

struct page {
    int32_t width, height;
    const struct item *items;
    size_t item_count;
};

#endif
