/* The operators of one page. Lengths come in thousandths of a point, y down from the upper edge, and are written in
 * hundredths; no floats but for turned text. State (font, grey, spacing, line width, dash) is written where it changes.
 *
 * libharu's own HPDF_Page_* calls are not used for this: they know only whole points for dashes, write a float's noise
 * (595.27997) and each Cyrillic byte as four (\320). */
#ifndef PAPERDIARY_PRESS_CONTENT_H
#define PAPERDIARY_PRESS_CONTENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "typeset/page.h"

struct content {
    struct buffer out;
    int32_t height;
    bool in_text;
    bool turned;
    int64_t x, y; /* where the last text of this BT began, hundredths from the lower left corner */
    unsigned font;
    int32_t size, spacing;
    int32_t fill, stroke, stroke_width, dash;
};

/* A new page of this height; what was in `out` goes. */
void content_begin(struct content *content, int32_t height);
void content_end(struct content *content);
void content_free(struct content *content);

/* A text: its place, grey and spacing; then runs of bytes in one font each (from 1: F1 of the page's resources), one
 * after another. */
void content_text(struct content *content, const struct item *item);
void content_run(struct content *content, unsigned font, int32_t size, const char *bytes, size_t count);

/* A line, rectangle or polygon. */
void content_draw(struct content *content, const struct item *item);

#endif
