/* The page with the address that stands before a family's sheets and shows through an envelope's window. */
#ifndef PAPERDIARY_SHEETS_ENVELOPE_H
#define PAPERDIARY_SHEETS_ENVELOPE_H

#include <stdbool.h>
#include <stddef.h>

#include "settings/school.h"
#include "typeset/document.h"

struct arena;
struct page;
struct pupil;
struct sheet_row;

/* The address of rows[0]'s family as `pupil` has it, in every window of the layout; what is in the envelope stands at
 * the foot. Everything lives in the arena, which may lend from pupil and rows. */
void envelope_compose(struct arena *arena, const struct school *school, const struct layout *layout,
                      const struct pupil *pupil, const struct sheet_row *rows, size_t count, struct document *out);

/* True where what was set for the windows stands whole inside them. */
bool envelope_fits(const struct layout *layout, const struct page *pages, size_t count);

#endif
