/* The school calendar: terms, school days, holidays. A school year is given by settings; nothing here knows today. */
#ifndef PAPERDIARY_GRADEBOOK_CALENDAR_H
#define PAPERDIARY_GRADEBOOK_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "settings/school.h"

struct arena;
struct date_ahead;

static inline bool span_holds(struct span span, int32_t day)
{
    return span.from <= day && day <= span.until;
}

/* NULL where the day is in no holiday. */
const struct holiday *calendar_holiday(const struct school_year *year, int32_t day);

/* The term that holds the day, from 1; 0: none. */
int32_t calendar_term(const struct school_year *year, int32_t day);
/* The last term that began on or before the day; 0: none has. */
int32_t calendar_term_begun(const struct school_year *year, int32_t day);

/* A day of the school week, within a term and outside the holidays. */
bool calendar_school_day(const struct school *school, const struct school_year *year, int32_t day);

/* The Monday of the term's first week: of that with its first school day. */
int32_t calendar_first_monday(const struct school *school, const struct school_year *year, int32_t term);
/* Calendar weeks since the term's first one, from 1; days before it count as its first, after the term as its last. */
int32_t calendar_week_of_term(const struct school *school, const struct school_year *year, int32_t term, int32_t day);

/* Holidays that end, and terms that end or begin, after `day`: the next `most` in order, in the arena. */
const struct date_ahead *calendar_ahead(struct arena *arena, const struct school_year *year, int32_t day, size_t most,
                                        size_t *count);

#endif
