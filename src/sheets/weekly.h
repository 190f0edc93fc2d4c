/* The weekly sheet: a week_sheet and a layout become a document. */
#ifndef PAPERDIARY_SHEETS_WEEKLY_H
#define PAPERDIARY_SHEETS_WEEKLY_H

#include "gradebook/week.h"
#include "settings/layout.h"
#include "settings/school.h"
#include "typeset/document.h"

struct arena;

/* What stands on the sheet besides the gradebook. */
struct sheet_label {
    const char *number; /* "2026-W47-3А-07"; NULL: a preview («образец») */
    int32_t made;       /* day it is issued */
    int32_t import;     /* number and day of the import it shows */
    int32_t import_day;
};

/* Composes the document in the arena. */
void weekly_compose(struct arena *arena, const struct week_sheet *week, const struct school *school,
                    const struct layout *layout, const struct sheet_label *label, struct document *out);

#endif
