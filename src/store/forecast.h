/* What issued sheets forecast, and what came. */
#ifndef PAPERDIARY_STORE_FORECAST_H
#define PAPERDIARY_STORE_FORECAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct err;
struct school;
struct sheet_row;
struct store;

enum { FORECAST_CHANCES = 4 }; /* of 2, 3, 4 and 5 */

struct sheet_forecast {
    const char *subject;
    int32_t year, term;               /* the school year's first; from 1 */
    int32_t done;                     /* hundredths of the term's lessons gone */
    int32_t chance[FORECAST_CHANCES]; /* thousandths */
    int32_t low, high;                /* what was said */
};

/* A forecast whose final is there. */
struct forecast_outcome {
    struct sheet_forecast said;
    const char *form; /* of the sheet */
    int32_t pupil;
    int32_t final; /* 2 … 5 */
};

/* Every forecast of an issued sheet whose final was imported since, by class and day of issue. `form` NULL: all
 * classes. Of school years from `from_year` on. Finals that are no number are passed over. */
bool store_forecast_outcomes(struct store *store, struct arena *arena, const struct school *school, const char *form,
                             int32_t from_year, struct forecast_outcome **out, size_t *count, struct err *err);

/* Within the store only: the forecasts of a sheet that was just added. */
bool forecast_add_rows(struct store *store, const struct sheet_row *row, struct err *err);

#endif
