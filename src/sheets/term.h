/* The term sheet and the year's: a term_sheet and a layout become a document. */
#ifndef PAPERDIARY_SHEETS_TERM_H
#define PAPERDIARY_SHEETS_TERM_H

#include "gradebook/term.h"
#include "settings/layout.h"
#include "sheets/weekly.h"
#include "typeset/document.h"

struct arena;

/* `as_of`: the sheet is a copy that shows the state of that day; DATE_NONE: it is issued, or a preview. Everything
 * lives in the arena. */
void term_compose(struct arena *arena, const struct term_sheet *term, const struct school *school,
                  const struct layout *layout, const struct sheet_label *label, int32_t as_of, struct document *out);

#endif
