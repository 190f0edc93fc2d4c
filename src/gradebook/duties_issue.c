/* What is to be issued now. */
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "gradebook/duties_finder.h"

/* The newest week of which any sheet was issued; DATE_NONE. */
static int32_t newest_issued(const struct finder *finder)
{
    int32_t newest = DATE_NONE;
    for (size_t form = 0; form <= finder->facts->class_count; form++)
        newest = later_day(newest, finder->issued[form].monday);
    return newest;
}

static bool is_owed(const struct finder *finder, const char *form, int32_t monday)
{
    const struct duty_facts *facts = finder->facts;
    for (size_t i = 0; i < facts->pupil_count; i++)
        if (strcmp(facts->pupils[i].form, form) == 0 &&
            pupil_on_paper(&facts->pupils[i], finder_paper_day(finder, monday)) &&
            finder_sheet_of_week(finder_sheets_of(finder, facts->pupils[i].key), monday) == NULL)
            return true;
    return false;
}

static struct duty_week *week_at(struct finder *finder, struct duty_week *weeks, size_t *count, int32_t monday)
{
    size_t at = 0;
    while (at < *count && weeks[at].monday < monday)
        at++;
    if (at < *count && weeks[at].monday == monday)
        return &weeks[at];
    memmove(&weeks[at + 1], &weeks[at], (*count - at) * sizeof *weeks);
    weeks[at] = (struct duty_week){
        .monday = monday,
        .forms = arena_alloc(finder->arena, (finder->facts->class_count + 1) * sizeof *weeks[at].forms)};
    ++*count;
    return &weeks[at];
}

const struct duty_week *duties_to_issue(struct arena *arena, const struct duty_facts *facts, size_t *count)
{
    struct finder finder = finder_new(arena, facts);
    size_t most = 0;
    for (size_t i = 0; i < facts->class_count; i++)
        most += facts->classes[i].week_count;
    struct duty_week *weeks = arena_alloc(arena, (most + 1) * sizeof *weeks);
    *count = 0;
    for (size_t form = 0; form < facts->class_count; form++) {
        const struct duty_class *class = &facts->classes[form];
        int32_t newest = finder_newest_over(&finder, class), from = finder.issued[form].monday;
        if (from == DATE_NONE)
            from = newest_issued(&finder);
        if (from == DATE_NONE)
            from = newest;
        for (size_t i = 0; i < class->week_count && class->weeks[i] <= newest; i++) {
            if (class->weeks[i] < from || !is_owed(&finder, class->form, class->weeks[i]))
                continue;
            struct duty_week *week = week_at(&finder, weeks, count, class->weeks[i]);
            week->forms[week->form_count++] = class->form;
        }
    }
    return weeks;
}
