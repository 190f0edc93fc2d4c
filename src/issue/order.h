/* What a pupil's sheet for a week is made from: which state it shows, and what was told before. */
#ifndef PAPERDIARY_ISSUE_ORDER_H
#define PAPERDIARY_ISSUE_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gradebook/week.h"
#include "store/store.h"

struct arena;
struct err;

/* The newest issue of the pupil's sheet among the rows of one period, or NULL. */
const struct sheet_row *order_issued(const struct sheet_row *rows, size_t count, int32_t pupil);

/* The order of a new sheet, or of a further issue of one: the newest state, and what all sheets so far have told. */
bool order_new(struct store *store, const struct pupil *pupil, struct iso_week week, int32_t import,
               struct week_order *out, struct err *err);

/* The order that makes an issued sheet again. */
struct week_order order_again(const struct sheet_row *row, struct iso_week week);

/* The first day of the school year that holds the week's last day: books are loaded from it. */
int32_t order_book_from(const struct school *school, struct arena *arena, struct iso_week week);

/* The order in which sheets are handed out: class, then by hand, at the office and by post, then name. */
int order_hand_out(const struct sheet_row *a, const struct sheet_row *b);
/* The rows in that order: *out has room for all. */
void order_sort(const struct sheet_row *rows, size_t count, const struct sheet_row **out);
/* The newest issue of each pupil among the rows of a period, by pupil: *out has room for all; returns how many. Rows of
 * pupils whose data were removed are none of them. */
size_t order_latest(const struct sheet_row *rows, size_t count, const struct sheet_row **out);
/* The same in hand-out order. */
size_t order_newest(const struct sheet_row *rows, size_t count, const struct sheet_row **out);

/* The week of «2026-W47»; false where the period is none. */
bool order_week_of(const char *period, struct iso_week *out);
/* The school year and term of «2026-T1», or (term 0) of «2026-Y»; false where the period is neither. */
bool order_term_of(const struct school *school, struct arena *arena, const char *period,
                   const struct school_year **year, int32_t *term);
/* The days of a period of any kind; from DATE_NONE: not known. */
struct span order_span_of(const struct school *school, struct arena *arena, const char *period);

#endif
