#include "gradebook/calendar.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/mem.h"
#include "gradebook/week.h"

const struct holiday *calendar_holiday(const struct school_year *year, int32_t day)
{
    for (size_t i = 0; i < year->holiday_count; i++)
        if (span_holds(year->holidays[i].span, day))
            return &year->holidays[i];
    return NULL;
}

int32_t calendar_term(const struct school_year *year, int32_t day)
{
    for (int32_t i = 0; i < year->terms; i++)
        if (span_holds(year->term[i], day))
            return i + 1;
    return 0;
}

int32_t calendar_term_begun(const struct school_year *year, int32_t day)
{
    int32_t term = 0;
    while (term < year->terms && year->term[term].from <= day)
        term++;
    return term;
}

bool calendar_school_day(const struct school *school, const struct school_year *year, int32_t day)
{
    return date_weekday(day) <= school->school_days && calendar_term(year, day) != 0 &&
           calendar_holiday(year, day) == NULL;
}

static int32_t monday_of(int32_t day)
{
    return day - date_weekday(day) + 1;
}

int32_t calendar_first_monday(const struct school *school, const struct school_year *year, int32_t term)
{
    const struct span *span = &year->term[term - 1];
    int32_t day = span->from;
    while (day < span->until && !calendar_school_day(school, year, day))
        day++;
    return monday_of(day);
}

int32_t calendar_week_of_term(const struct school *school, const struct school_year *year, int32_t term, int32_t day)
{
    int32_t first = calendar_first_monday(school, year, term);
    if (day > year->term[term - 1].until)
        day = year->term[term - 1].until;
    return day < first ? 1 : (day - first) / 7 + 1;
}

static int compare_ahead(const void *a, const void *b)
{
    const struct date_ahead *left = a, *right = b;
    if (left->span.from != right->span.from)
        return left->span.from < right->span.from ? -1 : 1;
    int kind_left = left->ends_term != 0 ? 0 : left->name != NULL ? 1 : 2;
    int kind_right = right->ends_term != 0 ? 0 : right->name != NULL ? 1 : 2;
    return kind_left - kind_right;
}

const struct date_ahead *calendar_ahead(struct arena *arena, const struct school_year *year, int32_t day, size_t most,
                                        size_t *count)
{
    size_t room = year->holiday_count + 2 * (size_t)year->terms, used = 0;
    struct date_ahead *list = arena_alloc(arena, (room + 1) * sizeof *list);
    for (size_t i = 0; i < year->holiday_count; i++) {
        const struct holiday *holiday = &year->holidays[i];
        if (holiday->span.until > day)
            list[used++] = (struct date_ahead){.span = holiday->span, .name = holiday->name};
    }
    for (int32_t i = 0; i < year->terms; i++) {
        int32_t from = year->term[i].from, until = year->term[i].until;
        if (from > day)
            list[used++] = (struct date_ahead){.span = {from, from}, .begins_term = i + 1};
        if (until > day)
            list[used++] = (struct date_ahead){.span = {until, until}, .ends_term = i + 1};
    }
    if (used > 1)
        qsort(list, used, sizeof *list, compare_ahead);
    *count = used < most ? used : most;
    return list;
}
