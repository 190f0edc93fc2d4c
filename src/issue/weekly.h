/* Issuing the weekly sheets. */
#ifndef PAPERDIARY_ISSUE_WEEKLY_H
#define PAPERDIARY_ISSUE_WEEKLY_H

#include <stdbool.h>

#include "base/date.h"
#include "issue/batch.h"

/* Who makes the sheets of a week; lives in the arena. */
struct sheet_maker weekly_maker(struct arena *arena, const struct workshop *shop, struct store *store,
                                struct iso_week week);

/* Issues the week's sheets; order->period is its number, «2026-W47». A sheet is issued again where marks or attendance
 * of days that were told have changed. */
bool weekly_issue(struct arena *arena, const struct workshop *shop, const struct batch_order *order,
                  struct iso_week week, struct batch_result *out, struct err *err);

#endif
