/* Within the gradebook only: the facts of the duties, put in order to be asked. */
#ifndef PAPERDIARY_GRADEBOOK_DUTIES_FINDER_H
#define PAPERDIARY_GRADEBOOK_DUTIES_FINDER_H

#include "gradebook/duties.h"

/* One pupil's share of a duty (NULL: the class's own), before equal ones are put together. */
struct item {
    struct duty duty;
    size_t form; /* place of the class */
    const struct pupil *pupil;
};

struct finder {
    struct arena *arena;
    const struct duty_facts *facts;
    const struct school_year *year, *earlier; /* of today; the earlier one that was asked for last, or NULL */
    const struct duty_sheet **sheets;         /* by pupil, week, day */
    const struct duty_final **finals;         /* by pupil, as the facts have them */
    struct issued *issued;                    /* by class */
    int32_t register_from;                    /* the first issue; what was done before it is not known */
    struct item *items;
    size_t count, room;
};

/* The newest week of a class's weekly sheets, and the last day on which such a sheet was issued; DATE_NONE. */
struct issued {
    int32_t monday, day;
};

/* The sheets of a pupil, in order. */
struct run_of {
    const struct duty_sheet *const *at;
    size_t count;
};

static inline int32_t later_day(int32_t a, int32_t b)
{
    return a > b ? a : b; /* DATE_NONE is before all days */
}

struct finder finder_new(struct arena *arena, const struct duty_facts *facts);
struct run_of finder_sheets_of(const struct finder *finder, int32_t pupil);
/* The first issue of the week's sheet, or NULL. */
const struct duty_sheet *finder_sheet_of_week(struct run_of run, int32_t monday);
/* True where the week's last school day has come. */
bool finder_is_over(const struct finder *finder, int32_t monday);
/* The class's newest week with lessons that is over; DATE_NONE. */
int32_t finder_newest_over(const struct finder *finder, const struct duty_class *class);
/* The day on which a family has to be on paper to get the week's sheet. */
int32_t finder_paper_day(const struct finder *finder, int32_t monday);

#endif
