/* What a sheet forecasts, for the store. */
#ifndef PAPERDIARY_ISSUE_FORETELL_H
#define PAPERDIARY_ISSUE_FORETELL_H

#include "gradebook/week.h"
#include "store/store.h"

struct arena;

/* Notes in the row what the sheet says of the term's finals that are not there yet; the texts are copied. */
void foretell(struct arena *arena, const struct week_sheet *sheet, struct sheet_row *row);

/* Names of subjects that many rows share. */
struct foretold {
    const char **names;
    size_t count, room;
};

/* Copies what the row forecasts into the arena, the names once for all rows. */
void foretell_keep(struct arena *arena, struct foretold *names, struct sheet_row *row);

#endif
