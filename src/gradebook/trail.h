/* The content of a sheet of the forecast: the week's numbers, and how they came about over the term's weeks. */
#ifndef PAPERDIARY_GRADEBOOK_TRAIL_H
#define PAPERDIARY_GRADEBOOK_TRAIL_H

#include "gradebook/week.h"

/* At the end of one week of the term. */
struct trail_point {
    int32_t mean; /* hundredths, -1 without marks */
    struct outlook_line outlook;
};

struct forecast_sheet {
    struct week_sheet week;
    int32_t weeks;                           /* of the term */
    int32_t passed;                          /* up to the sheet's week */
    const struct trail_point *const *trails; /* `passed` points for each of week.subjects */
    bool any;                                /* something may be said */
};

/* What the sheets of a class share: its forecast at the end of each week. Kept from sheet to sheet: made for the first
 * one. */
struct trail {
    const struct week_index *index;
    int32_t term, passed;
    const struct outlook **weeks;
};

/* Computes the sheet of book->pupils[index]; order->index is trail->index. Everything lives in the arena. */
void trail_compute(struct arena *arena, const struct school *school, const struct book *book, size_t index,
                   const struct week_order *order, struct trail *trail, struct forecast_sheet *out);

#endif
