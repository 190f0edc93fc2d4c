#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "gradebook/calendar.h"
#include "gradebook/mark.h"
#include "gradebook/rows.h"

/* The courses of the shown part of the term: [*from, *until). */
static void term_courses(const struct view *view, size_t *from, size_t *until)
{
    *from = view_course_from(view, view->shown_term.from);
    *until = view_course_from(view, view->shown_term.until + 1);
    if (view->term == 0)
        *until = *from;
}

static void count_course(const struct view *view, const struct course *course, struct subject_line *line)
{
    line->lessons += course->held;
    line->missed += course->missed;
    line->late += course->reasons[REASON_LATE];
    for (size_t i = 0; !view->without_marks && i < course->count; i++)
        if (course->rows[i].source == ROW_OWN && view_has_mark(view, course->rows[i].entry))
            line->mark_count++;
}

static void add_marks(const struct view *view, const struct course *course, struct week_mark *marks,
                      struct subject_line *line, struct mark_sum *sum)
{
    for (size_t i = 0; !view->without_marks && i < course->count; i++) {
        const struct entry *entry = course->rows[i].entry;
        if (course->rows[i].source != ROW_OWN || !view_has_mark(view, entry))
            continue;
        struct week_mark mark = view_mark(view, entry);
        mark_add(sum, mark.value, mark.weight);
        line->debts += strcmp(entry->mark, ".") == 0 ? 1 : 0;
        marks[line->mark_count++] = mark;
    }
}

static void finish_line(const struct school *school, const struct mark_sum *sum, struct subject_line *line)
{
    line->weight_sum = sum->weight;
    line->weighted_sum = sum->weighted;
    line->mean = mark_mean(sum);
    int32_t given = mark_given(sum, school->threshold);
    if (given < 0 || given >= MARK_BEST)
        return;
    int64_t count = mark_need(sum, mark_border(given + 1, school->threshold), MARK_BEST, WEIGHT_ONE);
    if (count <= 0 || count > INT32_MAX)
        return;
    line->need_mark = given + 1;
    line->need_best = MARK_BEST;
    line->need_count = (int32_t)count;
    line->need_weight = WEIGHT_ONE;
}

/* The forecast is the class's, as of the end of the week. Marks that are words have none. */
static void read_outlook(const struct view *view, uint32_t subject, struct subject_line *line)
{
    if (view->without_marks || view->term == 0)
        return;
    const struct outlook *outlook = outlook_of(view->index, view->term, view->span.from + 6);
    bool said = outlook_read(outlook, (size_t)(view->pupil - view->book->pupils), subject, &line->outlook);
    if (!said && line->mean < 0 && line->mark_count > (size_t)line->debts)
        line->outlook.advice = (struct advice){0};
}

void week_fill_subjects(const struct view *view, struct week_sheet *out)
{
    size_t from = 0, until = 0, used = 0, marks = 0;
    term_courses(view, &from, &until);
    uint32_t subjects = view->index->subject_count;
    struct subject_line *lines = arena_alloc(view->arena, (subjects + 1) * sizeof *lines);
    struct mark_sum *sums = arena_alloc(view->arena, (subjects + 1) * sizeof *sums);
    struct week_mark **lists = arena_alloc(view->arena, (subjects + 1) * sizeof(struct week_mark *));
    for (size_t i = from; i < until; i++)
        count_course(view, &view->courses[i], &lines[view->courses[i].subject]);
    for (uint32_t s = 0; s < subjects; s++)
        marks += lines[s].mark_count;
    struct week_mark *list = arena_alloc(view->arena, (marks + 1) * sizeof *list);
    for (uint32_t s = 0; s < subjects; s++) {
        lists[s] = list;
        list += lines[s].mark_count;
        lines[s].mark_count = 0;
    }
    for (size_t i = from; i < until; i++) {
        uint32_t s = view->courses[i].subject;
        add_marks(view, &view->courses[i], lists[s], &lines[s], &sums[s]);
    }
    for (uint32_t s = 0; s < subjects; s++) {
        if (lines[s].lessons == 0)
            continue;
        struct subject_line line = lines[s];
        line.subject = view->index->subjects[s];
        line.marks = lists[s];
        finish_line(view->school, &sums[s], &line);
        read_outlook(view, s, &line);
        lines[used++] = line;
    }
    out->subjects = lines;
    out->subject_count = used;
}

struct attendance view_attendance(const struct view *view, size_t from, size_t until)
{
    struct attendance sum = {0};
    for (size_t i = from; i < until; i++) {
        const struct course *course = &view->courses[i];
        sum.lessons += course->held;
        for (int reason = REASON_PRESENT + 1; reason < REASON_COUNT; reason++)
            sum.count[reason] += course->reasons[reason];
    }
    return sum;
}

/* The reason of most of the missed lessons; late where none is missed. */
static enum reason main_reason(const struct attendance *day)
{
    enum reason main = REASON_PRESENT;
    for (int reason = REASON_PRESENT + 1; reason < REASON_COUNT; reason++)
        if (reason_missed((enum reason)reason) && day->count[reason] > day->count[main])
            main = (enum reason)reason;
    return main == REASON_PRESENT && day->count[REASON_LATE] > 0 ? REASON_LATE : main;
}

static void fill_grid(const struct view *view, size_t at, size_t until, struct week_sheet *out)
{
    int32_t first = view->shown_term.from, last = view->shown_term.until;
    size_t room = view->term > 0 && last >= first ? (size_t)(last - first) + 1 : 0;
    struct grid_day *grid = arena_alloc(view->arena, (room + 1) * sizeof *grid);
    for (int32_t day = first; room > 0 && day <= last; day++) {
        size_t next = at;
        while (next < until && view->courses[next].day == day)
            next++;
        bool held = next > at || (view_stays(view, day) && view_class_day(view, day));
        if (date_weekday(day) <= view->school->school_days || held) {
            struct attendance sum = view_attendance(view, at, next);
            struct grid_day *cell = &grid[out->grid_count++];
            *cell = (struct grid_day){.day = day, .school = held, .lessons = sum.lessons, .reason = main_reason(&sum)};
            for (size_t i = at; i < next; i++)
                cell->missed += view->courses[i].missed;
        }
        at = next;
    }
    out->grid = grid;
}

void week_fill_attendance(const struct view *view, struct week_sheet *out)
{
    size_t from = 0, until = 0;
    out->of_week = view_attendance(view, view_course_from(view, view->span.from), view->course_count);
    term_courses(view, &from, &until);
    out->of_term = view_attendance(view, from, until);
    fill_grid(view, from, until, out);
}
