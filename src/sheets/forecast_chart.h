/* The small charts of a forecast sheet. Inside sheets/ only. */
#ifndef PAPERDIARY_SHEETS_FORECAST_CHART_H
#define PAPERDIARY_SHEETS_FORECAST_CHART_H

#include "gradebook/trail.h"
#include "sheets/compose.h"

#define CHART_WIDTH MM(410)

/* The mean week by week, between the thresholds about it: these and the means fill the height. */
struct box *chart_means(const struct composer *composer, const struct forecast_sheet *sheet,
                        const struct trail_point *points);
/* The chances week by week, one column a week, the lowest mark at the foot. */
struct box *chart_chances(const struct composer *composer, const struct forecast_sheet *sheet,
                          const struct trail_point *points);

#endif
