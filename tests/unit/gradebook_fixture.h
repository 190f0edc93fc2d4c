/* A small school and a book that grows row by row: for the tests of the gradebook. It stands in for settings, so a
 * test that includes it must not use school.ini. */
#ifndef PAPERDIARY_TESTS_GRADEBOOK_FIXTURE_H
#define PAPERDIARY_TESTS_GRADEBOOK_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/mem.h"
#include "gradebook/week.h"

static enum term_kind fixture_kind = TERM_TRIMESTER;

static inline int32_t on(int32_t year, int32_t month, int32_t day)
{
    return date_from_civil(year, month, day);
}

static inline struct span days(int32_t from, int32_t until)
{
    return (struct span){from, until};
}

/* Trimesters touch; between quarters and halves there are holidays. */
const struct school_year *school_year_of(const struct school *school, struct arena *arena, int32_t day)
{
    (void)school;
    struct civil civil = date_to_civil(day);
    int32_t y = civil.month >= 9 ? civil.year : civil.year - 1, n = y + 1;
    struct school_year *year = arena_alloc(arena, sizeof *year);
    *year = (struct school_year){.year = y, .whole = days(on(y, 9, 1), on(n, 8, 31)), .kind = fixture_kind};
    if (fixture_kind == TERM_TRIMESTER) {
        year->terms = 3;
        year->term[0] = days(on(y, 9, 1), on(y, 11, 30));
        year->term[1] = days(on(y, 12, 1), on(n, 3, 1) - 1);
        year->term[2] = days(on(n, 3, 1), on(n, 5, 31));
    } else if (fixture_kind == TERM_QUARTER) {
        year->terms = 4;
        year->term[0] = days(on(y, 9, 1), on(y, 10, 25));
        year->term[1] = days(on(y, 11, 2), on(y, 12, 30));
        year->term[2] = days(on(n, 1, 11), on(n, 3, 21));
        year->term[3] = days(on(n, 3, 29), on(n, 5, 31));
    } else {
        year->terms = 2;
        year->term[0] = days(on(y, 9, 1), on(y, 12, 30));
        year->term[1] = days(on(n, 1, 11), on(n, 5, 31));
    }
    year->holidays = arena_alloc(arena, 3 * sizeof *year->holidays);
    year->holidays[0] = (struct holiday){days(on(y, 10, 26), on(y, 11, 1)), "осенние каникулы"};
    year->holidays[1] = (struct holiday){days(on(y, 12, 31), on(n, 1, 10)), "новогодние каникулы"};
    year->holidays[2] = (struct holiday){days(on(n, 3, 22), on(n, 3, 28)), "весенние каникулы"};
    year->holiday_count = 3;
    return year;
}

const struct mark_value *school_lookup_mark(const struct school *school, const char *text)
{
    for (size_t i = 0; i < school->mark_count; i++)
        if (strcmp(school->marks[i].text, text) == 0)
            return &school->marks[i];
    return NULL;
}

bool school_without_marks(const struct school *school, const char *form)
{
    (void)school;
    return form[0] == '1' && (form[1] < '0' || form[1] > '9');
}

static inline struct school fixture_school(void)
{
    static const struct mark_value marks[] = {{"2", 2}, {"3", 3}, {"4", 4}, {"5", 5}, {"зачёт", -1}};
    return (struct school){.school_days = 6, .threshold = 50, .marks = marks, .mark_count = 5};
}

struct fixture {
    struct arena *arena;
    struct school school;
    struct pupil pupils[8];
    struct entry *entries, *sorted;
    size_t entry_count, entry_room, sorted_room;
    struct timetable_entry timetable[64];
    size_t timetable_count;
    struct announcement announcements[16];
    size_t announcement_count;
    struct achievement achievements[16];
    size_t achievement_count;
    struct book book;
};

/* Pupils 1, 2, 3 of 3А; what holds without a word holds from import 1. */
static inline void fixture_open(struct fixture *f)
{
    static const char *const codes[] = {"1041", "1042", "1043"};
    *f = (struct fixture){.arena = arena_new(), .school = fixture_school()};
    fixture_kind = TERM_TRIMESTER;
    for (int32_t i = 0; i < 3; i++)
        f->pupils[i] = (struct pupil){.key = i + 1,
                                      .code = codes[i],
                                      .name = codes[i],
                                      .form = "3А",
                                      .enrolled = DATE_NONE,
                                      .left = DATE_NONE,
                                      .ground = "",
                                      .consent = DATE_NONE,
                                      .paper_from = on(2026, 9, 1),
                                      .paper_until = DATE_NONE,
                                      .delivery = "",
                                      .recipient = "",
                                      .address = "",
                                      .copies = 1};
}

static inline void fixture_close(struct fixture *f)
{
    arena_free(f->arena);
    free(f->entries);
    free(f->sorted);
}

static inline struct entry *add_entry(struct fixture *f, int32_t pupil, int32_t day, int lesson, const char *subject)
{
    f->entries = mem_grow(f->entries, f->entry_count, &f->entry_room, sizeof *f->entries);
    struct entry *entry = &f->entries[f->entry_count++];
    *entry = (struct entry){.pupil = pupil,
                            .day = day,
                            .form = "3А",
                            .subject = subject,
                            .teacher = "",
                            .topic = "",
                            .homework = "",
                            .work = "",
                            .mark = "",
                            .comment = "",
                            .weight = WEIGHT_ONE,
                            .lesson = (uint8_t)lesson,
                            .held = {1, 0}};
    return entry;
}

static inline struct entry *add_mark(struct fixture *f, int32_t pupil, int32_t day, int lesson, const char *subject,
                                     const char *mark)
{
    struct entry *entry = add_entry(f, pupil, day, lesson, subject);
    entry->mark = mark;
    return entry;
}

static inline struct entry *add_absence(struct fixture *f, int32_t pupil, int32_t day, int lesson, const char *subject,
                                        enum reason reason)
{
    struct entry *entry = add_entry(f, pupil, day, lesson, subject);
    entry->reason = (uint8_t)reason;
    return entry;
}

static inline int fixture_compare(const void *a, const void *b)
{
    const struct entry *l = a, *r = b;
    if (l->pupil != r->pupil)
        return l->pupil < r->pupil ? -1 : 1;
    if (l->day != r->day)
        return l->day < r->day ? -1 : 1;
    if (l->lesson != r->lesson)
        return l->lesson < r->lesson ? -1 : 1;
    int order = strcmp(l->subject, r->subject);
    return order != 0 ? order : (l->held.since > r->held.since) - (l->held.since < r->held.since);
}

static inline const struct book *fixture_book(struct fixture *f, int32_t import)
{
    f->sorted = mem_resize(f->sorted, f->entry_count + 1, sizeof *f->sorted);
    if (f->entry_count > 0) {
        memcpy(f->sorted, f->entries, f->entry_count * sizeof *f->sorted);
        qsort(f->sorted, f->entry_count, sizeof *f->sorted, fixture_compare);
    }
    f->book = (struct book){.form = "3А",
                            .pupils = f->pupils,
                            .pupil_count = 3,
                            .entries = f->sorted,
                            .entry_count = f->entry_count,
                            .timetable = f->timetable,
                            .timetable_count = f->timetable_count,
                            .announcements = f->announcements,
                            .announcement_count = f->announcement_count,
                            .achievements = f->achievements,
                            .achievement_count = f->achievement_count,
                            .import = import};
    return &f->book;
}

/* The sheet of pupil 1 for the week that holds the day; `again`: a further issue. */
static inline struct week_sheet fixture_issue(struct fixture *f, int32_t day, int32_t import, struct told told,
                                              bool again)
{
    struct week_sheet sheet;
    struct week_order order = {.week = date_iso_week(day), .import = import, .told = told, .again = again};
    week_compute(f->arena, &f->school, fixture_book(f, import), 0, &order, &sheet);
    return sheet;
}

static inline struct week_sheet fixture_sheet(struct fixture *f, int32_t day, int32_t import, struct told told)
{
    return fixture_issue(f, day, import, told, false);
}

static inline const struct subject_line *find_subject(const struct week_sheet *sheet, const char *subject)
{
    for (size_t i = 0; i < sheet->subject_count; i++)
        if (strcmp(sheet->subjects[i].subject, subject) == 0)
            return &sheet->subjects[i];
    return NULL;
}

#endif
