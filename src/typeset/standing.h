/* Standing type: texts stay as they were read and broken into lines, for the next documents that have them too, as the
 * sheets of a class do. */
#ifndef PAPERDIARY_TYPESET_STANDING_H
#define PAPERDIARY_TYPESET_STANDING_H

#include <stddef.h>

#include "typeset/box.h"
#include "typeset/set.h"

struct setting;
struct text;

/* For setting->galley; NULL where `standing` is. Give it back when the document is set. */
struct galley *standing_take(struct standing *standing, const struct setting *setting);
void standing_give_back(struct standing *standing, struct galley *galley);

/* The text of runs that are broken as the box says: from the setting's galley, or read anew. */
struct text *standing_text(struct setting *setting, const struct box *box, const struct run *runs, size_t count);

#endif
