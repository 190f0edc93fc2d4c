/* The small charts of a term sheet: a subject's means over the terms, between the borders of the marks. Inside sheets/
 * only. */
#ifndef PAPERDIARY_SHEETS_TERM_CHART_H
#define PAPERDIARY_SHEETS_TERM_CHART_H

#include "sheets/compose.h"

#define CHART_BORDERS 4

/* One scale for all subjects of a sheet, filled by its means and the borders near them; in hundredths of a mark. */
struct chart_scale {
    bool shown;            /* some subject has means in two terms */
    int32_t width, height; /* of the drawing */
    int32_t low, high;
    int32_t border[CHART_BORDERS], mark[CHART_BORDERS];
    size_t border_count;
};

/* `dense`: the table has many rows. */
struct chart_scale chart_scale(const struct composer *composer, bool dense);
struct box *chart_cell(const struct composer *composer, const struct chart_scale *scale, const struct term_line *line);
const char *chart_note(const struct composer *composer, const struct chart_scale *scale);

#endif
