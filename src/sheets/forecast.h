/* The forecast as a sheet of its own (регламент 2.7): a forecast_sheet and layouts/forecast.ini become a document. */
#ifndef PAPERDIARY_SHEETS_FORECAST_H
#define PAPERDIARY_SHEETS_FORECAST_H

#include "gradebook/trail.h"
#include "sheets/weekly.h"

/* Composes the document in the arena. The sheet has no number: it tells nothing that a weekly sheet does not. */
void forecast_compose(struct arena *arena, const struct forecast_sheet *sheet, const struct school *school,
                      const struct layout *layout, const struct sheet_label *label, struct document *out);

#endif
