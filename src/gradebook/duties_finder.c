#include "gradebook/duties_finder.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "gradebook/calendar.h"

static int by_pupil(const void *a, const void *b)
{
    const struct duty_sheet *x = *(const struct duty_sheet *const *)a, *y = *(const struct duty_sheet *const *)b;
    if (x->pupil != y->pupil)
        return x->pupil < y->pupil ? -1 : 1;
    if (x->monday != y->monday)
        return x->monday < y->monday ? -1 : 1;
    return (x->day > y->day) - (x->day < y->day);
}

static int by_owner(const void *a, const void *b)
{
    const struct duty_final *x = *(const struct duty_final *const *)a, *y = *(const struct duty_final *const *)b;
    if (x->pupil != y->pupil)
        return x->pupil < y->pupil ? -1 : 1;
    return (x > y) - (x < y);
}

static size_t form_of(const struct duty_facts *facts, const char *form)
{
    size_t at = 0;
    while (at < facts->class_count && strcmp(facts->classes[at].form, form) != 0)
        at++;
    return at;
}

/* Sheets of one class mostly follow each other. */
static void note_issued(struct finder *finder)
{
    const struct duty_facts *facts = finder->facts;
    finder->issued = arena_alloc(finder->arena, (facts->class_count + 1) * sizeof *finder->issued);
    for (size_t form = 0; form <= facts->class_count; form++)
        finder->issued[form] = (struct issued){DATE_NONE, DATE_NONE};
    size_t form = facts->class_count;
    const char *before = NULL;
    for (size_t i = 0; i < facts->sheet_count; i++) {
        const struct duty_sheet *sheet = &facts->sheets[i];
        if (sheet->form != before)
            form = form_of(facts, before = sheet->form);
        struct issued *issued = &finder->issued[form];
        if (!sheet->weekly || sheet->monday < issued->monday)
            continue;
        issued->day = sheet->monday > issued->monday || sheet->day > issued->day ? sheet->day : issued->day;
        issued->monday = sheet->monday;
    }
}

struct finder finder_new(struct arena *arena, const struct duty_facts *facts)
{
    struct finder finder = {.arena = arena, .facts = facts, .year = school_year_of(facts->school, arena, facts->today)};
    finder.sheets = arena_alloc(arena, (facts->sheet_count + 1) * sizeof *finder.sheets);
    finder.register_from = DATE_NONE;
    for (size_t i = 0; i < facts->sheet_count; i++) {
        finder.sheets[i] = &facts->sheets[i];
        if (finder.register_from == DATE_NONE || facts->sheets[i].day < finder.register_from)
            finder.register_from = facts->sheets[i].day;
    }
    qsort(finder.sheets, facts->sheet_count, sizeof *finder.sheets, by_pupil);
    finder.finals = arena_alloc(arena, (facts->final_count + 1) * sizeof *finder.finals);
    for (size_t i = 0; i < facts->final_count; i++)
        finder.finals[i] = &facts->finals[i];
    qsort(finder.finals, facts->final_count, sizeof *finder.finals, by_owner);
    note_issued(&finder);
    return finder;
}

struct run_of finder_sheets_of(const struct finder *finder, int32_t pupil)
{
    size_t low = 0, high = finder->facts->sheet_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (finder->sheets[middle]->pupil < pupil)
            low = middle + 1;
        else
            high = middle;
    }
    struct run_of run = {.at = finder->sheets + low};
    while (low + run.count < finder->facts->sheet_count && run.at[run.count]->pupil == pupil)
        run.count++;
    return run;
}

const struct duty_sheet *finder_sheet_of_week(struct run_of run, int32_t monday)
{
    for (size_t i = 0; i < run.count; i++)
        if (run.at[i]->weekly && run.at[i]->monday == monday)
            return run.at[i];
    return NULL;
}

int32_t duty_week_end(const struct school *school, const struct school_year *year, int32_t monday)
{
    for (int32_t day = monday + 6; day >= monday; day--)
        if (calendar_school_day(school, year, day))
            return day;
    return monday + school->school_days - 1;
}

bool finder_is_over(const struct finder *finder, int32_t monday)
{
    return duty_week_end(finder->facts->school, finder->year, monday) <= finder->facts->today;
}

int32_t finder_newest_over(const struct finder *finder, const struct duty_class *class)
{
    for (size_t i = class->week_count; i > 0; i--)
        if (finder_is_over(finder, class->weeks[i - 1]))
            return class->weeks[i - 1];
    return DATE_NONE;
}

int32_t finder_paper_day(const struct finder *finder, int32_t monday)
{
    return monday + finder->facts->school->school_days - 1;
}
