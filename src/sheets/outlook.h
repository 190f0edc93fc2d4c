/* The forecast in print: marks, bars and advice, for the weekly sheet and for a sheet of its own. Inside sheets/ only.
 */
#ifndef PAPERDIARY_SHEETS_OUTLOOK_H
#define PAPERDIARY_SHEETS_OUTLOOK_H

#include "gradebook/outlook.h"
#include "sheets/compose.h"

/* The greys of the marks from 2 to 5: they print on any laser printer, and 5 is the paper. */
extern const int32_t outlook_greys[FORECAST_MARKS];

/* True where anything is forecast on the sheet. */
bool outlook_any(const struct week_sheet *week);

/* «4», «4 или 5», or a dash. */
struct box *outlook_mark(const struct composer *composer, struct forecast_said said, enum align align);
/* The probabilities side by side in a frame; an empty cell where there are none. */
struct box *outlook_bar(const struct composer *composer, const struct outlook_line *line, int32_t width);
/* What would change the final, in words; "" where there is nothing to say. */
const char *outlook_advice(const struct composer *composer, const struct advice *advice);

#endif
