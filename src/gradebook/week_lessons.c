#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "gradebook/calendar.h"
#include "gradebook/rows.h"

static void copy_marks(const struct view *view, const struct course *course, struct week_lesson *lesson)
{
    struct week_mark *marks = arena_alloc(view->arena, course->count * sizeof *marks);
    for (size_t i = 0; i < course->count; i++) {
        const struct entry *entry = course->rows[i].entry;
        if (course->rows[i].source != ROW_OWN || !view_has_mark(view, entry))
            continue;
        marks[lesson->mark_count++] = view_mark(view, entry);
    }
    lesson->marks = marks;
}

/* One row for a lesson; without a lesson number one for each reason, the marks with the least of them. */
static size_t add_lessons(const struct view *view, const struct course *course, struct week_lesson *out)
{
    static const enum reason least_first[] = {REASON_RELEASED, REASON_LATE,   REASON_ILL,
                                              REASON_EXCUSED,  REASON_ABSENT, REASON_UNEXCUSED};
    struct week_lesson lesson = {.lesson = course->lesson, .subject = view->index->subjects[course->subject]};
    lesson.teacher = course_text(view, course, TEXT_TEACHER);
    lesson.topic = course_text(view, course, TEXT_TOPIC);
    lesson.homework = course_text(view, course, TEXT_HOMEWORK);
    copy_marks(view, course, &lesson);
    out[0] = lesson;
    size_t used = 0;
    for (size_t i = 0; i < sizeof least_first / sizeof *least_first; i++) {
        enum reason reason = least_first[i];
        uint8_t times = course->reasons[reason];
        if (times == 0)
            continue;
        out[used] = lesson;
        if (used > 0) {
            out[used].marks = NULL;
            out[used].mark_count = 0;
            out[used].homework = "";
        }
        out[used].reason = reason;
        out[used].times = times;
        out[used].missed = reason_missed(reason) ? times : 0;
        used++;
    }
    return used == 0 ? 1 : used;
}

/* Every lesson of the day missed for one reason, and no mark. Marks by subject and day know nothing of other lessons.
 */
static bool all_missed(const struct week_day *day, bool by_subject)
{
    if (day->lesson_count == 0 || by_subject)
        return false;
    for (size_t i = 0; i < day->lesson_count; i++)
        if (!reason_missed(day->lessons[i].reason) || day->lessons[i].reason != day->lessons[0].reason ||
            day->lessons[i].mark_count > 0)
            return false;
    return true;
}

void week_fill_days(const struct view *view, struct week_sheet *out)
{
    size_t count = (size_t)(view->span.until - view->span.from) + 1;
    struct week_day *days = arena_alloc(view->arena, count * sizeof *days);
    size_t at = view_course_from(view, view->span.from);
    size_t rest = view->course_count - at;
    struct week_lesson *lessons = arena_alloc(view->arena, (rest * (REASON_COUNT - 1) + 1) * sizeof *lessons);
    for (size_t i = 0; i < count; i++) {
        struct week_day *day = &days[i];
        day->day = view->span.from + (int32_t)i;
        const struct holiday *holiday = calendar_holiday(view->year, day->day);
        day->holiday = holiday != NULL ? holiday->name : NULL;
        day->lessons = lessons;
        for (; at < view->course_count && view->courses[at].day == day->day; at++) {
            size_t added = add_lessons(view, &view->courses[at], lessons);
            lessons += added;
            day->lesson_count += added;
        }
        day->outside = day->lesson_count == 0 && !view_stays(view, day->day);
        day->untold = day->lesson_count == 0 && !day->outside && view_class_day(view, day->day);
        day->away = all_missed(day, out->by_subject);
        day->reason = day->away ? day->lessons[0].reason : REASON_PRESENT;
    }
    out->days = days;
    out->day_count = count;
}

/* True where a sheet has told this comment of the subject on the day before. */
static bool remark_was_told(const struct view *view, const struct row *row)
{
    const struct entry *entry = row->entry;
    const struct book *book = view->book;
    int32_t asked[2] = {0, view->pupil->key};
    for (size_t k = 0; k < 2; k++) {
        size_t from = 0, until = 0;
        book_range(book, asked[k], (struct span){entry->day, entry->day}, &from, &until);
        for (size_t i = from; i < until; i++)
            if (view->index->subject_of[i] == row->subject && view_was_told(view, &book->entries[i]) &&
                strcmp(book->entries[i].comment, entry->comment) == 0)
                return true;
    }
    return false;
}

static bool said_above(const struct course *course, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (course->rows[i].source != ROW_INFERRED &&
            strcmp(course->rows[i].entry->comment, course->rows[at].entry->comment) == 0)
            return true;
    return false;
}

const struct remark *view_remarks(const struct view *view, bool earlier, size_t *count)
{
    size_t room = 0;
    size_t courses = earlier ? view->known_count : view->course_count;
    struct remark *remarks = NULL;
    for (int pass = 0; pass < 2; pass++) {
        size_t used = 0;
        for (size_t c = 0; c < courses; c++) {
            const struct course *course = &view->courses[c];
            bool shown = span_holds(view->span, course->day);
            if (!shown && !(earlier && view_tells_changes_of(view, course->day)))
                continue;
            for (size_t i = 0; i < course->count; i++) {
                const struct row *row = &course->rows[i];
                if (row->source == ROW_INFERRED || row->entry->comment[0] == '\0' || said_above(course, i) ||
                    (!shown && remark_was_told(view, row)))
                    continue;
                if (pass == 1)
                    remarks[used] = (struct remark){.day = course->day,
                                                    .subject = view->index->subjects[course->subject],
                                                    .teacher = row->entry->teacher[0] != '\0'
                                                                   ? row->entry->teacher
                                                                   : course_text(view, course, TEXT_TEACHER),
                                                    .text = row->entry->comment};
                used++;
            }
        }
        if (pass == 0) {
            room = used;
            remarks = arena_alloc(view->arena, (room + 1) * sizeof *remarks);
        }
    }
    *count = room;
    return remarks;
}

void week_fill_remarks(const struct view *view, struct week_sheet *out)
{
    out->remarks = view_remarks(view, true, &out->remark_count);
}
