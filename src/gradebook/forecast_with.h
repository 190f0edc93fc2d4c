/* The forecast with what the school's past teaches: the reference model's level, then each number of marks that may
 * still come, the means these can make, and the teachers' own threshold. */
#ifndef PAPERDIARY_GRADEBOOK_FORECAST_WITH_H
#define PAPERDIARY_GRADEBOOK_FORECAST_WITH_H

#include "gradebook/forecast.h"
#include "gradebook/learn.h"

struct arena;

/* As forecast_term, and takes the threshold from the habit. In `out`, level and variance are those that the chances
 * came from; mean and deviation follow from them and to_come, which stays the reference's. */
void forecast_term_with(struct arena *arena, const struct forecast_class *class, const struct forecast_habit *habit,
                        struct forecast *out);

/* As forecast_year, for a forecast by forecast_term_with; `elapsed` of the current term. */
void forecast_year_with(const struct forecast *term, const struct forecast_habit *habit, uint32_t subject,
                        double elapsed, const int32_t *finals, size_t count, int32_t terms, double p[FORECAST_MARKS]);

#endif
