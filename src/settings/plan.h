/* How to lay out any school year: what school.ini says of terms and holidays, before a year is given. */
#ifndef PAPERDIARY_SETTINGS_PLAN_H
#define PAPERDIARY_SETTINGS_PLAN_H

#include <stddef.h>
#include <stdint.h>

#include "settings/school.h"
#include "settings/value.h"

struct arena;
struct diag;
struct ini_value;

struct plan_term {
    const struct value_span *spans; /* own dates: for every year, or for the years that hold them */
    size_t count;
    const struct ini_value *at; /* for messages; NULL: not set */
};

struct plan_holiday {
    struct value_span span;
    const char *name;
};

struct school_plan {
    enum term_kind kind;
    struct value_day start;
    struct plan_term term[SCHOOL_TERMS];
    const struct plan_holiday *holidays;
    size_t holiday_count;
};

int32_t plan_terms(enum term_kind kind);

/* The school year that begins in `year`. */
struct school_year *plan_lay_out(const struct school_plan *plan, struct arena *arena, int32_t year);
/* The first calendar year of the school year that holds the day. */
int32_t plan_year_of(const struct school_plan *plan, int32_t day);

/* Terms that the kind does not have, that overlap, end before they begin or leave the school year become errors. */
void plan_check(const struct school_plan *plan, struct arena *arena, struct diag *diag);

#endif
