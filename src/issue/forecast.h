/* Sheets of the forecast: files and bundles below the week's folder, without numbers. */
#ifndef PAPERDIARY_ISSUE_FORECAST_H
#define PAPERDIARY_ISSUE_FORECAST_H

#include <stdbool.h>

#include "base/date.h"
#include "issue/batch.h"

/* A sheet for each pupil of order->classes of whom anything may be said; `pupils` not NULL: only for these. Files go to
 * forecast/ below order->period. */
bool forecast_issue(struct arena *arena, const struct workshop *shop, struct batch_order *order, struct iso_week week,
                    const struct pupil *const *pupils, size_t pupil_count, struct batch_result *out, struct err *err);

#endif
