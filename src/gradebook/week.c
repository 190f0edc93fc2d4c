#include "gradebook/week.h"

#include "base/mem.h"
#include "gradebook/calendar.h"
#include "gradebook/rows.h"

bool entry_names_lesson(const struct entry *entry)
{
    return entry->lesson != 0 || entry->topic[0] != '\0' || entry->homework[0] != '\0';
}

/* A report with marks by subject and day only: no lesson of the week or the term has a number, topic or homework. A
 * pupil without any lesson goes by the rows of the others. */
static bool told_by_subject(const struct view *view)
{
    struct span days = view->span;
    if (view->term > 0 && view->shown_term.from < days.from)
        days.from = view->shown_term.from;
    size_t first = view_course_from(view, days.from);
    for (size_t i = first; i < view->course_count; i++)
        for (size_t k = 0; k < view->courses[i].count; k++)
            if (entry_names_lesson(view->courses[i].rows[k].entry))
                return false;
    if (first < view->course_count)
        return true;
    bool any = false;
    for (size_t i = 0; i < view->book->entry_count; i++) {
        const struct entry *entry = &view->book->entries[i];
        if (!span_holds(days, entry->day) || !held_at(entry->held, view->order->import))
            continue;
        if (entry_names_lesson(entry))
            return false;
        any = true;
    }
    return any;
}

/* False where the class has a weekly timetable that leaves the day free. */
static bool timetable_allows(const struct view *view, int32_t day)
{
    bool weekly = false;
    for (size_t i = 0; i < view->book->timetable_count; i++) {
        const struct timetable_entry *row = &view->book->timetable[i];
        if (!held_at(row->held, view->order->import))
            continue;
        if (row->day == day || (row->day == DATE_NONE && row->weekday == date_weekday(day)))
            return true;
        weekly = weekly || row->day == DATE_NONE;
    }
    return !weekly;
}

/* School days of the class from the day after the span to the end of the term. */
static int32_t days_left(const struct view *view)
{
    const struct span *term = &view->year->term[view->term - 1];
    int32_t count = 0, day = view->span.until < term->from ? term->from : view->span.until + 1;
    for (; day <= term->until; day++)
        count += calendar_school_day(view->school, view->year, day) && timetable_allows(view, day) ? 1 : 0;
    return count;
}

void week_compute(struct arena *arena, const struct school *school, const struct book *book, size_t index,
                  const struct week_order *order, struct week_sheet *out)
{
    struct view view = {0};
    *out = (struct week_sheet){.pupil = &book->pupils[index], .week = order->week, .import = order->import};
    if (!view_open(&view, arena, school, book, index, order))
        return;
    out->year = view.year;
    out->span = view.span;
    out->term = view.term;
    if (view.term > 0) {
        out->week_of_term = calendar_week_of_term(school, view.year, view.term, view.span.from);
        out->days_left = days_left(&view);
    }
    out->without_marks = view.without_marks;
    out->by_subject = told_by_subject(&view);
    out->first = order->told.import == 0;
    week_fill_days(&view, out);
    out->changes = view_changes(&view, &out->change_count);
    week_fill_remarks(&view, out);
    week_fill_subjects(&view, out);
    week_fill_attendance(&view, out);
    week_fill_plan(&view, out);
    week_fill_notices(&view, out);
    out->ahead = calendar_ahead(arena, view.year, view.span.until, 4, &out->ahead_count);
}

struct iso_week week_last(const struct book *book, int32_t today)
{
    int32_t last = DATE_NONE;
    int32_t sunday = today - date_weekday(today) + 7;
    for (size_t i = 0; i < book->entry_count; i++) {
        const struct entry *entry = &book->entries[i];
        if (entry->day <= sunday && entry->day > last && held_at(entry->held, book->import))
            last = entry->day;
    }
    return last == DATE_NONE ? (struct iso_week){0} : date_iso_week(last);
}
