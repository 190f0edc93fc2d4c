/* The class teacher's list of families who do not look into the electronic diary (2.10.2), and the slips that remind
 * them: to cut apart and hand out. */
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

/* One class. */
struct remind_class {
    const char *form;
    const struct remind_slip *slips;
    size_t slip_count;
    const char *const *others; /* pupils of whose families the visits export says nothing, though it knows the class */
    size_t other_count;
    const char *file; /* where the slips stand; NULL: not printed */
};

struct remind_day {
    int32_t as_of; /* of the visits export */
    int32_t today;
};

/* The list on a page of its own, then the slips; in the arena. */
void remind_compose(struct arena *arena, const struct remind_class *class, const struct remind_day *day,
                    const struct school *school, const struct layout *layout, struct document *out);

#endif
