/* What the regulation asks of the school, and whether it is done: pure rules over plain facts. Days are calendar days;
 * an obligation is overdue from the day after its last day. */
#ifndef PAPERDIARY_GRADEBOOK_DUTIES_H
#define PAPERDIARY_GRADEBOOK_DUTIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gradebook/book.h"
#include "settings/school.h"

struct arena;

enum duty_kind {
    DUTY_SERVICE,  /* 2.2: the first sheet of a family on paper */
    DUTY_REMOVAL,  /* 2.4: of the data of one who left */
    DUTY_WEEKLY,   /* 2.6: a sheet for every week with lessons */
    DUTY_FORECAST, /* 2.7: the weekly sheets carry it */
    DUTY_FINALS,   /* 2.8: a term sheet with the finals */
    DUTY_EXPORT,   /* what all sheets are made from */
    DUTY_SLIPS,    /* slips that never come back: no deadline, only told */
    DUTY_KINDS
};

enum duty_state { DUTY_OVERDUE, DUTY_OPEN, DUTY_NOTED, DUTY_DONE };

/* One obligation towards pupils of a class who share its state. */
struct duty {
    enum duty_kind kind;
    enum duty_state state;
    const char *form;
    const char *period;          /* "2026-W47", "2026-T1", "" */
    int32_t due;                 /* the last day in time; DATE_NONE: none */
    int32_t done;                /* the day on which the last of them was done; DATE_NONE where not */
    int32_t days;                /* overdue by so many, or done so many too late */
    const struct pupil **pupils; /* none where it is the class's */
    size_t pupil_count;
};

/* Weeks in which a class has lessons, by their Mondays, up to today. */
struct duty_class {
    const char *form;
    const int32_t *weeks;
    size_t week_count;
};

/* A sheet of the register. */
struct duty_sheet {
    int32_t pupil;
    const char *form;
    bool weekly;
    const char *period;
    int32_t monday; /* of a weekly sheet's week; DATE_NONE */
    int32_t day;    /* issued */
    int32_t until;  /* the last day that it tells of */
    int32_t import; /* the state that it shows */
    bool returned;
};

/* Finals of a pupil for a period: the newest of them. */
struct duty_final {
    int32_t pupil;
    int32_t year, period; /* enum final_period */
    int32_t import, day;  /* with which, and when, they were received */
};

struct duty_facts {
    const struct school *school;
    int32_t today;
    const struct duty_class *classes; /* in printed order */
    size_t class_count;
    const struct pupil *pupils; /* of all classes, those who left included */
    size_t pupil_count;
    const struct duty_sheet *sheets; /* of the school year and some time before; of each pupil his first ones */
    size_t sheet_count;
    const struct duty_final *finals;
    size_t final_count;
    bool forecast_printed; /* by the weekly layout */
};

/* All obligations, by class, kind, period and state. */
const struct duty *duties_find(struct arena *arena, const struct duty_facts *facts, size_t *count);

size_t duties_overdue(const struct duty *duties, size_t count);
const char *duty_point(enum duty_kind kind); /* of the regulation: "2.6"; "" */

/* The last school day of the week, by the calendar; where it has none, the last weekday that can be one. */
int32_t duty_week_end(const struct school *school, const struct school_year *year, int32_t monday);

/* A week whose sheets are to be issued now, and for which classes. */
struct duty_week {
    int32_t monday;
    const char **forms;
    size_t form_count;
};

/* Weeks with lessons that are over (their last school day has come), in which a family on paper has no sheet: oldest
 * first, from each family's own newest sheet of such a week on; to a family without any, the newest week alone. A class
 * without lessons in the week waits for its export. */
const struct duty_week *duties_to_issue(struct arena *arena, const struct duty_facts *facts, size_t *count);

/* The period of finals, as sheets name it: «2026-T1», «2026-Y». */
const char *duty_final_period(struct arena *arena, int32_t year, int32_t period);

#endif
