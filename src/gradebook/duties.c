#include "gradebook/duties_finder.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "gradebook/calendar.h"
#include "gradebook/term.h"

static const char *week_period(struct arena *arena, int32_t monday)
{
    struct iso_week week = date_iso_week(monday);
    return arena_format(arena, "%04d-W%02d", (int)week.year, (int)week.week);
}

const char *duty_final_period(struct arena *arena, int32_t year, int32_t period)
{
    return period < FINAL_YEAR ? arena_format(arena, "%04d-T%d", (int)year, (int)period)
                               : arena_format(arena, "%04d-Y", (int)year);
}

static bool has_school_day(const struct finder *finder, int32_t monday)
{
    for (int32_t day = monday; day < monday + 7; day++)
        if (calendar_school_day(finder->facts->school, finder->year, day))
            return true;
    return false;
}

/* Adds what is due on a day, and was done on another (DATE_NONE: not yet). */
static void add(struct finder *finder, struct item item)
{
    struct duty *duty = &item.duty;
    int32_t today = finder->facts->today;
    if (duty->state != DUTY_NOTED) {
        int32_t until = duty->done == DATE_NONE ? today : duty->done;
        duty->days = until > duty->due ? until - duty->due : 0;
        duty->state = duty->done != DATE_NONE ? DUTY_DONE : duty->days > 0 ? DUTY_OVERDUE : DUTY_OPEN;
    }
    if (duty->period == NULL)
        duty->period = "";
    finder->items = mem_grow(finder->items, finder->count, &finder->room, sizeof *finder->items);
    finder->items[finder->count++] = item;
}

/* The school year of a day up to today. */
static const struct school_year *year_of(struct finder *finder, int32_t day)
{
    const struct school_year *earlier = finder->earlier;
    if (day >= finder->year->whole.from)
        return finder->year;
    if (earlier == NULL || day < earlier->whole.from || day > earlier->whole.until)
        finder->earlier = school_year_of(finder->facts->school, finder->arena, day);
    return finder->earlier;
}

/* 2.2: from the latest of enrolment, consent and first day on paper; in the holidays from the first day of classes. */
static void find_service(struct finder *finder, size_t form, const struct pupil *pupil, struct run_of sheets)
{
    const struct duty_facts *facts = finder->facts;
    int32_t from = later_day(later_day(pupil->enrolled, pupil->consent), pupil->paper_from);
    if (from > facts->today || !pupil_on_paper(pupil, facts->today))
        return;
    const struct school_year *year = year_of(finder, from);
    int32_t start = year->term[0].from;
    while (start < year->term[0].until && !calendar_school_day(facts->school, year, start))
        start++;
    start = later_day(start, from);
    int32_t done = DATE_NONE;
    for (size_t i = 0; i < sheets.count; i++)
        if (sheets.at[i]->day >= pupil->paper_from && (done == DATE_NONE || sheets.at[i]->day < done))
            done = sheets.at[i]->day;
    if (start > facts->today && done == DATE_NONE)
        return;
    int32_t due = later_day(start + facts->school->deadlines.service, finder->register_from);
    add(finder, (struct item){{.kind = DUTY_SERVICE, .due = due, .done = done}, form, pupil});
}

/* 2.4: whoever is still in the store after leaving. */
static void find_removal(struct finder *finder, size_t form, const struct pupil *pupil)
{
    const struct duty_facts *facts = finder->facts;
    if (pupil->left == DATE_NONE || pupil->left > facts->today)
        return;
    int32_t due = pupil->left + facts->school->deadlines.removal;
    add(finder, (struct item){{.kind = DUTY_REMOVAL, .due = due, .done = DATE_NONE}, form, pupil});
}

/* 2.6: from the family's first sheet on, which tells the term so far; a family without any is owed the newest week. */
static void find_weekly(struct finder *finder, size_t form, const struct pupil *pupil, struct run_of sheets)
{
    const struct duty_facts *facts = finder->facts;
    const struct duty_class *class = &facts->classes[form];
    int32_t newest = finder_newest_over(finder, class), first = DATE_NONE;
    for (size_t i = 0; i < sheets.count && first == DATE_NONE; i++)
        if (sheets.at[i]->weekly)
            first = sheets.at[i]->monday;
    for (size_t i = 0; i < class->week_count && class->weeks[i] <= newest; i++) {
        int32_t monday = class->weeks[i];
        if ((first == DATE_NONE && monday != newest) || monday < first ||
            !pupil_on_paper(pupil, finder_paper_day(finder, monday)) ||
            (monday != newest && !pupil_on_paper(pupil, facts->today)))
            continue;
        const struct duty_sheet *sheet = finder_sheet_of_week(sheets, monday);
        add(finder,
            (struct item){{.kind = DUTY_WEEKLY,
                           .period = week_period(finder->arena, monday),
                           .due = duty_week_end(facts->school, finder->year, monday) + facts->school->deadlines.weekly,
                           .done = sheet == NULL ? DATE_NONE : sheet->day},
                          form,
                          pupil});
    }
}

/* The period's sheet tells its finals, and so does that of a later one in the year. */
static bool is_told(const struct finder *finder, const struct duty_sheet *sheet, const struct duty_final *final)
{
    const struct school_year *year = finder->year;
    return !sheet->weekly && sheet->import >= final->import && sheet->until >= term_until(year, final->period) &&
           sheet->until <= year->whole.until;
}

/* The day on which a family has to be on paper to get the period's sheet; DATE_NONE where the year has no such period.
 */
static int32_t final_paper_day(const struct finder *finder, int32_t period)
{
    const struct school_year *year = finder->year;
    if (period >= FINAL_YEAR)
        return year->term[year->terms - 1].until;
    return period <= year->terms ? year->term[period - 1].until : DATE_NONE;
}

static size_t first_final(const struct finder *finder, int32_t pupil)
{
    size_t low = 0, high = finder->facts->final_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (finder->finals[middle]->pupil < pupil)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* 2.8: for each period the earliest finals that no sheet shows yet, or the sheet that shows them all. */
static void find_finals(struct finder *finder, size_t form, const struct pupil *pupil, struct run_of sheets)
{
    const struct duty_facts *facts = finder->facts;
    for (size_t i = first_final(finder, pupil->key); i < facts->final_count; i++) {
        const struct duty_final *final = finder->finals[i];
        if (final->pupil != pupil->key)
            break;
        int32_t day = final_paper_day(finder, final->period);
        if (final->day > facts->today || day == DATE_NONE || !pupil_on_paper(pupil, day) ||
            !pupil_on_paper(pupil, facts->today))
            continue;
        const char *period = duty_final_period(finder->arena, final->year, final->period);
        int32_t done = DATE_NONE;
        for (size_t k = 0; k < sheets.count && done == DATE_NONE; k++)
            if (is_told(finder, sheets.at[k], final))
                done = sheets.at[k]->day;
        add(finder, (struct item){{.kind = DUTY_FINALS,
                                   .period = period,
                                   .due = final->day + facts->school->deadlines.finals,
                                   .done = done},
                                  form,
                                  pupil});
    }
}

/* The newest slips that should be back are not. */
static void find_slips(struct finder *finder, size_t form, const struct pupil *pupil, struct run_of sheets)
{
    const struct school *school = finder->facts->school;
    int32_t missed = 0, last = DATE_NONE;
    for (size_t i = sheets.count; i > 0 && missed < school->slips_missed; i--) {
        const struct duty_sheet *sheet = sheets.at[i - 1];
        if (!sheet->weekly || sheet->monday == last || sheet->until + school->slip_days >= finder->facts->today)
            continue;
        for (size_t k = i; k > 0 && sheets.at[k - 1]->monday == sheet->monday; k--)
            if (sheets.at[k - 1]->returned)
                return;
        last = sheet->monday;
        missed++;
    }
    if (missed == school->slips_missed && pupil_on_paper(pupil, finder->facts->today))
        add(finder,
            (struct item){{.kind = DUTY_SLIPS, .state = DUTY_NOTED, .due = DATE_NONE, .done = DATE_NONE}, form, pupil});
}

/* 2.7: the class's newest weekly sheets. */
static void find_forecast(struct finder *finder, size_t form)
{
    const struct duty_facts *facts = finder->facts;
    const char *name = facts->classes[form].form;
    int32_t monday = finder->issued[form].monday, done = finder->issued[form].day;
    if (school_without_marks(facts->school, name) || monday == DATE_NONE || monday < finder->year->whole.from - 6)
        return;
    int32_t due = duty_week_end(facts->school, finder->year, monday) + facts->school->deadlines.weekly;
    struct item item = {{.kind = DUTY_FORECAST, .period = week_period(finder->arena, monday), .due = due}, form, NULL};
    item.duty.done = facts->forecast_printed ? done : DATE_NONE;
    if (!facts->forecast_printed && due >= facts->today)
        item.duty.due = facts->today - 1; /* a sheet without it is out already */
    add(finder, item);
}

static bool has_lessons(const struct duty_class *class, int32_t monday)
{
    for (size_t i = 0; i < class->week_count; i++)
        if (class->weeks[i] == monday)
            return true;
    return false;
}

static bool others_have_lessons(const struct duty_facts *facts, int32_t monday)
{
    for (size_t i = 0; i < facts->class_count; i++)
        if (has_lessons(&facts->classes[i], monday))
            return true;
    return false;
}

static bool has_pupils(const struct duty_facts *facts, const char *form)
{
    for (size_t i = 0; i < facts->pupil_count; i++) {
        const struct pupil *pupil = &facts->pupils[i];
        if (strcmp(pupil->form, form) == 0 && (pupil->left == DATE_NONE || pupil->left >= facts->today) &&
            (pupil->enrolled == DATE_NONE || pupil->enrolled <= facts->today))
            return true;
    }
    return false;
}

static void add_export(struct finder *finder, size_t form, int32_t monday, bool here)
{
    const struct school *school = finder->facts->school;
    int32_t end = duty_week_end(school, finder->year, monday);
    add(finder, (struct item){{.kind = DUTY_EXPORT,
                               .period = week_period(finder->arena, monday),
                               .due = end + school->deadlines.source,
                               .done = here ? end : DATE_NONE},
                              form,
                              NULL});
}

/* Weeks of the calendar that are over: the oldest since the class's last lessons, and those before in which only other
 * classes have lessons. A class that has never had any is asked for the newest week. */
static void find_exports(struct finder *finder, size_t form)
{
    const struct duty_facts *facts = finder->facts;
    const struct duty_class *class = &facts->classes[form];
    if (!has_pupils(facts, class->form))
        return;
    int32_t newest = class->week_count > 0 ? class->weeks[class->week_count - 1] : DATE_NONE, last = DATE_NONE;
    int32_t monday = finder->year->whole.from - date_weekday(finder->year->whole.from) + 1;
    for (; monday <= facts->today && finder_is_over(finder, monday); monday += 7) {
        if (!has_school_day(finder, monday))
            continue;
        if (newest != DATE_NONE && monday > newest) {
            add_export(finder, form, monday, false);
            return;
        }
        if (newest != DATE_NONE && monday > class->weeks[0] && !has_lessons(class, monday) &&
            others_have_lessons(facts, monday))
            add_export(finder, form, monday, false);
        last = monday;
    }
    if (last != DATE_NONE)
        add_export(finder, form, last, newest != DATE_NONE);
}

/* Done, but too late. */
static int is_late(const struct duty *duty)
{
    return duty->state == DUTY_DONE && duty->days > 0 ? 1 : 0;
}

static int by_kind(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    if (x->form != y->form)
        return x->form < y->form ? -1 : 1;
    if (x->duty.kind != y->duty.kind)
        return x->duty.kind < y->duty.kind ? -1 : 1;
    int order = strcmp(x->duty.period, y->duty.period);
    if (order == 0)
        order = (int)x->duty.state - (int)y->duty.state;
    if (order == 0)
        order = is_late(&y->duty) - is_late(&x->duty);
    if (order == 0 && x->duty.state != DUTY_DONE)
        order = (x->duty.due > y->duty.due) - (x->duty.due < y->duty.due);
    if (order == 0)
        order = (x->pupil > y->pupil) - (x->pupil < y->pupil);
    return order;
}

static bool is_same(const struct item *a, const struct item *b)
{
    return a->form == b->form && a->duty.kind == b->duty.kind && a->duty.state == b->duty.state &&
           strcmp(a->duty.period, b->duty.period) == 0 && is_late(&a->duty) == is_late(&b->duty) &&
           (a->duty.state == DUTY_DONE || a->duty.due == b->duty.due);
}

/* Items of one class, kind, period and state become one duty: while open of one day, when done apart from late ones. */
static const struct duty *put_together(struct finder *finder, size_t *count)
{
    struct duty *duties = arena_alloc(finder->arena, (finder->count + 1) * sizeof *duties);
    const struct pupil **pupils = arena_alloc(finder->arena, (finder->count + 1) * sizeof *pupils);
    *count = 0;
    if (finder->count > 0)
        qsort(finder->items, finder->count, sizeof *finder->items, by_kind);
    for (size_t i = 0, next = 0; i < finder->count; i = next) {
        struct duty *duty = &duties[(*count)++];
        *duty = finder->items[i].duty;
        duty->form = finder->facts->classes[finder->items[i].form].form;
        duty->pupils = pupils;
        for (next = i; next < finder->count && is_same(&finder->items[i], &finder->items[next]); next++) {
            const struct item *item = &finder->items[next];
            duty->due = later_day(duty->due, item->duty.due);
            duty->done = later_day(duty->done, item->duty.done);
            duty->days = later_day(duty->days, item->duty.days);
            if (item->pupil != NULL && (duty->pupil_count == 0 || pupils[-1] != item->pupil)) {
                *pupils++ = item->pupil;
                duty->pupil_count++;
            }
        }
    }
    return duties;
}

const struct duty *duties_find(struct arena *arena, const struct duty_facts *facts, size_t *count)
{
    struct finder finder = finder_new(arena, facts);
    for (size_t form = 0; form < facts->class_count; form++) {
        for (size_t i = 0; i < facts->pupil_count; i++) {
            const struct pupil *pupil = &facts->pupils[i];
            if (strcmp(pupil->form, facts->classes[form].form) != 0)
                continue;
            struct run_of sheets = finder_sheets_of(&finder, pupil->key);
            find_removal(&finder, form, pupil);
            if (pupil->paper_from == DATE_NONE)
                continue;
            find_service(&finder, form, pupil, sheets);
            find_weekly(&finder, form, pupil, sheets);
            find_finals(&finder, form, pupil, sheets);
            find_slips(&finder, form, pupil, sheets);
        }
        find_forecast(&finder, form);
        find_exports(&finder, form);
    }
    const struct duty *duties = put_together(&finder, count);
    mem_free(finder.items);
    return duties;
}

size_t duties_overdue(const struct duty *duties, size_t count)
{
    size_t overdue = 0;
    for (size_t i = 0; i < count; i++)
        overdue += duties[i].state == DUTY_OVERDUE ? 1 : 0;
    return overdue;
}

const char *duty_point(enum duty_kind kind)
{
    static const char *const points[DUTY_KINDS] = {
        [DUTY_SERVICE] = "2.2", [DUTY_REMOVAL] = "2.4", [DUTY_WEEKLY] = "2.6", [DUTY_FORECAST] = "2.7",
        [DUTY_FINALS] = "2.8",  [DUTY_EXPORT] = "2.6",  [DUTY_SLIPS] = "3.1"};
    return points[kind];
}
