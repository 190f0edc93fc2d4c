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

#endif
