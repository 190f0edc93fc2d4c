/* The act of the removal of personal data: the paper that proves it (1.3, 2.4). */
#ifndef PAPERDIARY_SHEETS_ACT_H
#define PAPERDIARY_SHEETS_ACT_H

#include <stdint.h>

#include "settings/layout.h"
#include "settings/school.h"
#include "store/purge.h"
#include "typeset/document.h"

struct arena;

/* In the arena. `day`: of the removal. */
void act_compose(struct arena *arena, const struct removal *removal, int32_t day, const struct school *school,
                 const struct layout *layout, struct document *out);

#endif
