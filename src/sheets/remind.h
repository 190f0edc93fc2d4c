/* Slips that remind a family of the electronic diary (2.10.2): to cut apart and hand out. */
#ifndef PAPERDIARY_SHEETS_REMIND_H
#define PAPERDIARY_SHEETS_REMIND_H

#include <stddef.h>
#include <stdint.h>

#include "settings/layout.h"
#include "settings/school.h"
#include "typeset/document.h"

struct arena;

struct remind_slip {
    const char *pupil;
    int32_t last; /* the last visit; DATE_NONE: never */
};

/* The slips of a class, in the arena. `as_of`: the day of the visits export. */
void remind_compose(struct arena *arena, const char *form, const struct remind_slip *slips, size_t count, int32_t as_of,
                    const struct school *school, const struct layout *layout, struct document *out);

#endif
