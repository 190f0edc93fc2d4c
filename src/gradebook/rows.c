#include "gradebook/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "gradebook/calendar.h"

/* The first place whose (pupil, day) is not before the given one. */
static size_t book_lower(const struct book *book, int32_t pupil, int32_t day)
{
    size_t low = 0, high = book->entry_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct entry *entry = &book->entries[middle];
        if (entry->pupil < pupil || (entry->pupil == pupil && entry->day < day))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void book_range(const struct book *book, int32_t pupil, struct span days, size_t *from, size_t *until)
{
    *from = book_lower(book, pupil, days.from);
    *until = days.until == INT32_MAX ? book_lower(book, pupil + 1, INT32_MIN) : book_lower(book, pupil, days.until + 1);
}

void reasons_add(uint8_t reasons[REASON_COUNT], const struct entry *entry)
{
    static const uint8_t gravity[REASON_COUNT] = {
        [REASON_RELEASED] = 1, [REASON_LATE] = 2,   [REASON_ILL] = 3,
        [REASON_EXCUSED] = 4,  [REASON_ABSENT] = 5, [REASON_UNEXCUSED] = 6,
    };
    uint8_t reason = entry->reason;
    if (reason == REASON_PRESENT || reason >= REASON_COUNT)
        return;
    if (entry->lesson == 0) {
        if (reasons[reason] < UINT8_MAX)
            reasons[reason]++;
        return;
    }
    for (uint8_t other = 0; other < REASON_COUNT; other++) {
        if (reasons[other] == 0)
            continue;
        if (gravity[other] >= gravity[reason])
            return;
        reasons[other] = 0;
    }
    reasons[reason] = 1;
}

bool view_has_mark(const struct view *view, const struct entry *entry)
{
    size_t place = (size_t)(entry - view->book->entries);
    return entry->mark[0] != '\0' && !view->index->without_marks[view->index->form_of[place]];
}

struct week_mark view_mark(const struct view *view, const struct entry *entry)
{
    const struct mark_value *known = school_lookup_mark(view->school, entry->mark);
    return (struct week_mark){.text = entry->mark,
                              .value = known != NULL ? known->value : -1,
                              .weight = entry->weight,
                              .work = entry->work,
                              .day = entry->day,
                              .lesson = entry->lesson,
                              .this_week = span_holds(view->span, entry->day)};
}

bool view_was_told(const struct view *view, const struct entry *entry)
{
    const struct told *told = &view->order->told;
    return told->import > 0 && entry->day <= told->until && held_at(entry->held, told->import);
}

bool view_tells_changes_of(const struct view *view, int32_t day)
{
    const struct told *told = &view->order->told;
    if (told->import > 0)
        return day <= told->until || day < view->span.from;
    int32_t from = view->term > 0 ? view->year->term[view->term - 1].from : view->year->whole.from;
    return from <= day && day < view->span.from;
}

/* Which class the pupil is in on days that ascend: that of his own rows around the day, else that of the roster. */
struct stay {
    const struct row *own;
    size_t count, next; /* own[next] is the first on or after the day */
    const struct week_index *index;
    const char *form; /* of the roster */
};

static bool stay_is(struct stay *stay, int32_t day, uint32_t form)
{
    const struct entry *entries = stay->index->book->entries;
    while (stay->next < stay->count && stay->own[stay->next].entry->day < day)
        stay->next++;
    if (stay->next == stay->count)
        return strcmp(stay->index->forms[form], stay->form) == 0;
    const struct row *row = &stay->own[stay->next];
    if (row->entry->day > day && stay->next > 0)
        row--;
    return stay->index->form_of[row->entry - entries] == form;
}

static int compare_rows(const void *a, const void *b)
{
    const struct row *left = a, *right = b;
    const struct entry *l = left->entry, *r = right->entry;
    if (l->day != r->day)
        return l->day < r->day ? -1 : 1;
    if (l->lesson != r->lesson)
        return l->lesson < r->lesson ? -1 : 1;
    if (left->subject != right->subject)
        return left->subject < right->subject ? -1 : 1;
    if (left->source != right->source)
        return left->source < right->source ? -1 : 1;
    return l < r ? -1 : l > r;
}

static void sort_rows(struct row *rows, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (compare_rows(&rows[i - 1], &rows[i]) > 0) {
            qsort(rows, count, sizeof *rows, compare_rows);
            return;
        }
}

/* The pupil's own rows that hold, from the school year's first day to the span's last. Rows from before `enrolled`
 * count: a row of his own proves that he was there. */
static struct row *own_rows(const struct view *view, struct span days, size_t *count)
{
    size_t from = 0, until = 0;
    book_range(view->book, view->pupil->key, days, &from, &until);
    struct row *rows = arena_alloc(view->arena, (until - from + 1) * sizeof *rows);
    *count = 0;
    for (size_t i = from; i < until; i++)
        if (held_at(view->book->entries[i].held, view->order->import))
            rows[(*count)++] = (struct row){&view->book->entries[i], view->index->subject_of[i], ROW_OWN};
    sort_rows(rows, *count);
    return rows;
}

static bool before(const struct entry *a, const struct entry *b)
{
    return a->day != b->day ? a->day < b->day : a->lesson < b->lesson;
}

/* Merges own rows with those of the class, and where a lesson slot has neither, with what enough classmates agree on.
 */
static struct row *all_rows(const struct view *view, struct span days, size_t *count)
{
    size_t own_count = 0;
    const struct row *own = own_rows(view, days, &own_count);
    struct stay stay = {.own = own, .count = own_count, .index = view->index, .form = view->pupil->form};
    const struct shared_row *shared = view->index->shared, *end = shared + view->index->shared_count;
    struct row *rows = arena_alloc(view->arena, (own_count + view->index->shared_count + 1) * sizeof *rows);
    if (view->pupil->enrolled != DATE_NONE && view->pupil->enrolled > days.from)
        days.from = view->pupil->enrolled;
    size_t at = 0;
    *count = 0;
    while (shared < end && shared->entry->day < days.from)
        shared++;
    while (at < own_count || (shared < end && shared->entry->day <= days.until)) {
        bool from_own = shared >= end || (at < own_count && !before(shared->entry, own[at].entry));
        const struct entry *slot = from_own ? own[at].entry : shared->entry;
        size_t first = *count;
        for (; at < own_count && !before(slot, own[at].entry); at++)
            rows[(*count)++] = own[at];
        const struct shared_row *rest = shared;
        for (; shared < end && !before(slot, shared->entry); shared++)
            if (shared->of_class && stay_is(&stay, slot->day, shared->form))
                rows[(*count)++] = (struct row){shared->entry, shared->subject, ROW_CLASS};
        for (; *count == first && rest < shared; rest++)
            if (!rest->of_class && stay_is(&stay, slot->day, rest->form))
                rows[(*count)++] = (struct row){rest->entry, rest->subject, ROW_INFERRED};
        sort_rows(rows + first, *count - first);
    }
    return rows;
}

static void finish_course(struct course *course)
{
    uint32_t absences = 0, missed = 0;
    for (size_t i = 0; i < course->count; i++)
        if (course->rows[i].source == ROW_OWN)
            reasons_add(course->reasons, course->rows[i].entry);
    for (int reason = REASON_PRESENT + 1; reason < REASON_COUNT; reason++) {
        absences += course->reasons[reason];
        missed += reason_missed((enum reason)reason) ? course->reasons[reason] : 0;
    }
    course->missed = (uint8_t)(missed < UINT8_MAX ? missed : UINT8_MAX);
    course->held = (uint8_t)(absences < 1 ? 1 : absences < UINT8_MAX ? absences : UINT8_MAX);
}

static void gather_courses(struct view *view)
{
    struct span days = {view->year->whole.from < view->span.from ? view->year->whole.from : view->span.from,
                        view_told_until(view)};
    if (view->pupil->left != DATE_NONE && view->pupil->left < days.until)
        days.until = view->pupil->left;
    size_t count = 0;
    const struct row *rows = all_rows(view, days, &count);
    struct course *courses = arena_alloc(view->arena, (count + 1) * sizeof *courses);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        const struct entry *entry = rows[i].entry;
        struct course *last = used > 0 ? &courses[used - 1] : NULL;
        if (last == NULL || last->day != entry->day || last->lesson != entry->lesson ||
            last->subject != rows[i].subject) {
            last = &courses[used++];
            *last = (struct course){.day = entry->day, .lesson = entry->lesson, .subject = rows[i].subject};
            last->rows = &rows[i];
        }
        last->count++;
    }
    for (size_t i = 0; i < used; i++)
        finish_course(&courses[i]);
    view->courses = courses;
    view->known_count = view->course_count = used;
    view->course_count = view_course_from(view, view->span.until + 1);
}

int32_t view_told_until(const struct view *view)
{
    const struct told *told = &view->order->told;
    return told->import > 0 && told->until > view->span.until ? told->until : view->span.until;
}

size_t view_course_from(const struct view *view, int32_t day)
{
    size_t low = 0, high = view->course_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (view->courses[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool view_class_day(const struct view *view, int32_t day)
{
    const struct week_index *index = view->index;
    size_t low = 0, high = index->day_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (index->days[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < index->day_count && index->days[low].day == day; low++)
        if (strcmp(index->forms[index->days[low].form], view->pupil->form) == 0)
            return true;
    return false;
}

bool view_stays(const struct view *view, int32_t day)
{
    const struct pupil *pupil = view->pupil;
    return (pupil->enrolled == DATE_NONE || day >= pupil->enrolled) && (pupil->left == DATE_NONE || day <= pupil->left);
}

static bool has_lessons(const struct view *view, int32_t day)
{
    size_t at = view_course_from(view, day);
    return (at < view->course_count && view->courses[at].day == day) || view_class_day(view, day);
}

/* Monday to the last day of the school week, or to the Saturday or Sunday that has lessons. Before the rows are
 * gathered, the pupil's own rows and those of his class tell. */
static struct span span_of(const struct view *view, int32_t monday)
{
    struct span span = {monday, monday + (view->school->school_days < 1 ? 5 : view->school->school_days) - 1};
    for (int32_t day = monday + 6; day > span.until; day--) {
        size_t from = 0, until = 0;
        book_range(view->book, view->pupil->key, (struct span){day, day}, &from, &until);
        bool lessons = view_class_day(view, day);
        for (size_t i = from; i < until && !lessons; i++)
            lessons = held_at(view->book->entries[i].held, view->order->import);
        if (lessons)
            span.until = day;
    }
    return span;
}

/* The term of the last day with lessons in the span, without lessons that of its first day; between terms the last one
 * begun. */
static int32_t term_of(const struct view *view)
{
    int32_t day = view->span.until;
    while (day > view->span.from && !has_lessons(view, day))
        day--;
    int32_t term = calendar_term_begun(view->year, day);
    if (term == 0)
        term = calendar_term_begun(view->year, view->span.until);
    return term;
}

static void begin(struct view *view, struct arena *arena, const struct school *school, const struct book *book,
                  size_t pupil, const struct week_order *order)
{
    *view = (struct view){.arena = arena, .school = school, .book = book, .pupil = &book->pupils[pupil]};
    view->order = order;
    view->index = order->index;
    if (view->index == NULL || view->index->book != book || view->index->import != order->import)
        view->index = week_index_new(arena, school, book, order->import);
    book_range(book, view->pupil->key, (struct span){INT32_MIN, INT32_MAX}, &view->own_from, &view->own_until);
    view->without_marks = school_without_marks(school, view->pupil->form);
    view->shown_term = (struct span){0, -1};
}

static void show(struct view *view, struct span span)
{
    view->span = span;
    view->year = school_year_of(view->school, view->arena, span.until);
    gather_courses(view);
}

bool view_open(struct view *view, struct arena *arena, const struct school *school, const struct book *book,
               size_t pupil, const struct week_order *order)
{
    int32_t monday = date_of_week(order->week, 1);
    if (monday == DATE_NONE)
        return false;
    begin(view, arena, school, book, pupil, order);
    show(view, span_of(view, monday));
    view->term = term_of(view);
    if (view->term > 0) {
        struct span term = view->year->term[view->term - 1];
        view->shown_term = (struct span){term.from, term.until < view->span.until ? term.until : view->span.until};
    }
    return true;
}

void view_open_span(struct view *view, struct arena *arena, const struct school *school, const struct book *book,
                    size_t pupil, const struct week_order *order, struct span span)
{
    begin(view, arena, school, book, pupil, order);
    show(view, span);
}

static const char *text_of(const struct entry *entry, enum row_text which)
{
    return which == TEXT_TEACHER ? entry->teacher : which == TEXT_TOPIC ? entry->topic : entry->homework;
}

const char *course_text(const struct view *view, const struct course *course, enum row_text which)
{
    const char *joined = "";
    bool own = false; /* the class's row is asked only where own rows say nothing */
    for (size_t i = 0; i < course->count; i++) {
        const char *text = text_of(course->rows[i].entry, which);
        if (*text == '\0' || (own && course->rows[i].source != ROW_OWN))
            continue;
        bool known = false;
        for (size_t k = 0; k < i && !known; k++)
            known = strcmp(text_of(course->rows[k].entry, which), text) == 0;
        if (known)
            continue;
        const char *between = which == TEXT_TEACHER ? ", " : "; ";
        joined = *joined == '\0' ? text : arena_format(view->arena, "%s%s%s", joined, between, text);
        own = own || course->rows[i].source == ROW_OWN;
    }
    return joined;
}
