/* What the school office asks of the store: weeks with lessons, finals as they were received, visits. */
#ifndef PAPERDIARY_STORE_OFFICE_H
#define PAPERDIARY_STORE_OFFICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gradebook/duties.h"

struct arena;
struct err;
struct store;

/* The Mondays of the weeks in which the class has a lesson from `from` to `until`. */
bool store_class_weeks(struct store *store, struct arena *arena, const char *form, int32_t from, int32_t until,
                       const int32_t **out, size_t *count, struct err *err);

/* What duties need of the register: sheets of the periods of the calendar year and later; of each pupil who was on
 * paper before it his first weekly sheet, and the first of each kind since he is; the very first of all. `monday` stays
 * open. */
bool store_duty_sheets(struct store *store, struct arena *arena, int32_t year, struct duty_sheet **out, size_t *count,
                       struct err *err);

/* The finals of the school year that hold now: one for each pupil, period and import that brought any. */
bool store_finals_received(struct store *store, struct arena *arena, int32_t year, struct duty_final **out,
                           size_t *count, struct err *err);

struct visit {
    int32_t pupil;
    int32_t last; /* DATE_NONE: never */
};

/* The last visits, by pupil, and the day of the newest visits export (DATE_NONE: there was none). */
bool store_visits(struct store *store, struct arena *arena, struct visit **out, size_t *count, int32_t *as_of,
                  struct err *err);

#endif
