/* What a sheet forecasts, for the store. */
#ifndef PAPERDIARY_ISSUE_FORETELL_H
#define PAPERDIARY_ISSUE_FORETELL_H

#include "gradebook/week.h"
#include "store/store.h"

struct arena;

/* Notes in the row what the sheet says of the term's finals that are not there yet; the texts are copied. */
void foretell(struct arena *arena, const struct week_sheet *sheet, struct sheet_row *row);

#endif
