#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "gradebook/calendar.h"
#include "gradebook/rows.h"

/* Rows of the timetable that rule a day: those dated for it, where it has any, else those of its weekday. */
struct day_plan {
    int32_t day;
    bool dated;
    size_t count;
};

static bool rules(const struct view *view, const struct day_plan *plan, const struct timetable_entry *row)
{
    if (!held_at(row->held, view->order->import))
        return false;
    return plan->dated ? row->day == plan->day : row->day == DATE_NONE && row->weekday == date_weekday(plan->day);
}

static struct day_plan plan_of(const struct view *view, int32_t day)
{
    const struct book *book = view->book;
    struct day_plan plan = {.day = day};
    if (!span_holds(view->year->whole, day) || calendar_holiday(view->year, day) != NULL ||
        (view->pupil->left != DATE_NONE && day > view->pupil->left))
        return plan;
    for (size_t i = 0; i < book->timetable_count && !plan.dated; i++)
        plan.dated = book->timetable[i].day == day && held_at(book->timetable[i].held, view->order->import);
    if (!plan.dated && calendar_term(view->year, day) == 0)
        return plan;
    for (size_t i = 0; i < book->timetable_count; i++)
        plan.count += rules(view, &plan, &book->timetable[i]) ? 1 : 0;
    return plan;
}

static int compare_lessons(const void *a, const void *b)
{
    const struct plan_lesson *left = a, *right = b;
    if (left->lesson != right->lesson)
        return left->lesson < right->lesson ? -1 : 1;
    return text_collate(left->subject, right->subject);
}

/* What was set on the subject's last day with a lesson, which is the day of courses[at]. */
static const char *homework_of_day(const struct view *view, size_t at)
{
    const char *due = "";
    int32_t day = view->courses[at].day;
    for (size_t i = view_course_from(view, day); i <= at; i++) {
        if (view->courses[i].subject != view->courses[at].subject)
            continue;
        const char *text = course_text(view, &view->courses[i], TEXT_HOMEWORK);
        if (*text == '\0' || strcmp(text, due) == 0)
            continue;
        due = *due == '\0' ? text : arena_format(view->arena, "%s; %s", due, text);
    }
    return due;
}

/* The homework that waits for the next lesson of each subject; "" where none does. */
static const char **homework_due(const struct view *view)
{
    uint32_t count = view->index->subject_count;
    const char **due = arena_alloc(view->arena, (count + 1) * sizeof *due);
    for (size_t i = view->course_count; i > 0; i--) {
        const char **slot = &due[view->courses[i - 1].subject];
        if (*slot == NULL)
            *slot = homework_of_day(view, i - 1);
    }
    return due;
}

/* Homework of a subject by the name in the timetable, handed out once. */
static const char *take_due(const struct view *view, const char **due, const char *subject)
{
    const char *folded = NULL;
    const char *found = "";
    for (uint32_t s = 0; s < view->index->subject_count; s++) {
        if (due[s] == NULL || due[s][0] == '\0')
            continue;
        if (strcmp(view->index->subjects[s], subject) != 0) {
            if (folded == NULL)
                folded = text_fold(view->arena, subject);
            if (strcmp(view->index->folded[s], folded) != 0)
                continue;
        }
        found = due[s];
        due[s] = NULL;
        break;
    }
    return found;
}

static void fill_day(const struct view *view, const struct day_plan *plan, const char **due, struct plan_day *out)
{
    const struct book *book = view->book;
    const struct holiday *holiday = calendar_holiday(view->year, plan->day);
    struct plan_lesson *lessons = arena_alloc(view->arena, (plan->count + 1) * sizeof *lessons);
    *out = (struct plan_day){.day = plan->day, .holiday = holiday != NULL ? holiday->name : NULL, .lessons = lessons};
    for (size_t i = 0; plan->count > 0 && i < book->timetable_count; i++) {
        const struct timetable_entry *row = &book->timetable[i];
        if (rules(view, plan, row))
            lessons[out->lesson_count++] = (struct plan_lesson){.lesson = (uint8_t)row->lesson,
                                                                .subject = row->subject,
                                                                .room = row->room,
                                                                .starts = row->starts,
                                                                .due = ""};
    }
    if (out->lesson_count > 1)
        qsort(lessons, out->lesson_count, sizeof *lessons, compare_lessons);
    for (size_t i = 0; i < out->lesson_count; i++)
        lessons[i].due = take_due(view, due, lessons[i].subject);
}

/* The last day for which the timetable can have lessons. */
static int32_t timetable_end(const struct view *view)
{
    int32_t last = INT32_MIN;
    for (size_t i = 0; i < view->book->timetable_count; i++) {
        const struct timetable_entry *row = &view->book->timetable[i];
        if (!held_at(row->held, view->order->import))
            continue;
        if (row->day == DATE_NONE)
            return view->year->whole.until;
        last = row->day > last ? row->day : last;
    }
    return last < view->year->whole.until ? last : view->year->whole.until;
}

/* The first week after the span with lessons in the timetable: Monday to the last day that has lessons or a holiday. */
void week_fill_plan(const struct view *view, struct week_sheet *out)
{
    int32_t end = timetable_end(view);
    struct plan_day *days = arena_alloc(view->arena, 7 * sizeof *days);
    for (int32_t monday = view->span.from + 7; monday <= end; monday += 7) {
        struct day_plan plans[7] = {0};
        size_t count = 0, lessons = 0;
        for (int32_t i = 0; i < 7; i++) {
            plans[i] = plan_of(view, monday + i);
            lessons += plans[i].count;
            bool free = i < view->school->school_days && calendar_holiday(view->year, monday + i) != NULL;
            if (plans[i].count > 0 || free)
                count = (size_t)i + 1;
        }
        if (lessons == 0)
            continue;
        const char **due = homework_due(view);
        for (size_t i = 0; i < count; i++)
            fill_day(view, &plans[i], due, &days[i]);
        out->plan = days;
        out->plan_count = count;
        return;
    }
}
