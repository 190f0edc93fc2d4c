/* The hand-out register of a class: who was given which sheet, with a line to sign. */
#ifndef PAPERDIARY_SHEETS_REGISTER_H
#define PAPERDIARY_SHEETS_REGISTER_H

#include <stddef.h>

#include "settings/school.h"
#include "typeset/document.h"

struct arena;
struct sheet_row;

/* Rows of one class and period, in hand-out order. `span`: the period's days; from DATE_NONE: not known. Everything
 * lives in the arena, which may lend from the rows. */
void register_compose(struct arena *arena, const struct school *school, const struct layout *layout,
                      const struct sheet_row *rows, size_t count, struct span span, struct document *out);

#endif
