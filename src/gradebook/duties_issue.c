/* What is to be issued now. */
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "gradebook/duties_finder.h"

/* The family's newest issued week that is over; a family without a sheet of such a week is owed the newest one. */
static int32_t owed_from(struct run_of sheets, int32_t newest)
{
    int32_t from = DATE_NONE;
    for (size_t i = 0; i < sheets.count; i++)
        if (sheets.at[i]->weekly && sheets.at[i]->monday <= newest)
            from = sheets.at[i]->monday;
    return from == DATE_NONE ? newest : from;
}

/* Which weeks of the class, up to the newest that is over, are owed to one of its families. */
static void mark_owed(const struct finder *finder, const struct duty_class *class, bool *owed)
{
    const struct duty_facts *facts = finder->facts;
    int32_t newest = finder_newest_over(finder, class);
    for (size_t i = 0; i < facts->pupil_count; i++) {
        const struct pupil *pupil = &facts->pupils[i];
        if (strcmp(pupil->form, class->form) != 0)
            continue;
        struct run_of sheets = finder_sheets_of(finder, pupil->key);
        int32_t from = owed_from(sheets, newest);
        for (size_t at = class->week_count; at > 0 && class->weeks[at - 1] >= from; at--)
            if (class->weeks[at - 1] <= newest &&
                pupil_on_paper(pupil, finder_paper_day(finder, class->weeks[at - 1])) &&
                finder_sheet_of_week(sheets, class->weeks[at - 1]) == NULL)
                owed[at - 1] = true;
    }
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
        bool *owed = arena_alloc(arena, (class->week_count + 1) * sizeof *owed);
        mark_owed(&finder, class, owed);
        for (size_t i = 0; i < class->week_count; i++) {
            if (!owed[i])
                continue;
            struct duty_week *week = week_at(&finder, weeks, count, class->weeks[i]);
            week->forms[week->form_count++] = class->form;
        }
    }
    return weeks;
}
