/* Sheets for the tests of sheets/: the week of the design, and weeks that are hard to set. Made up. */
#ifndef PAPERDIARY_TESTS_SHEETS_FIXTURES_H
#define PAPERDIARY_TESTS_SHEETS_FIXTURES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/mem.h"
#include "settings/layout.h"
#include "settings/school.h"
#include "sheets/weekly.h"

struct fixture {
    struct arena *arena;
    struct school school;
    struct layout layout;
    struct school_year year;
    struct pupil pupil;
    struct week_sheet week;
    struct sheet_label label;
};

#define LESSON(number, name, about, task)                                                                              \
    {                                                                                                                  \
        .lesson = number, .subject = name, .teacher = "", .topic = about, .homework = task                             \
    }
#define MARKED(number, name, about, task, text_, value_, weight_, work_)                                               \
    {                                                                                                                  \
        .lesson = number, .subject = name, .teacher = "", .topic = about, .homework = task,                            \
        .marks = (const struct week_mark[]){{text_, value_, weight_, work_, 0, number, true}}, .mark_count = 1         \
    }
#define MISSED(number, name, about, task, why)                                                                         \
    {                                                                                                                  \
        .lesson = number, .subject = name, .teacher = "", .topic = about, .homework = task, .reason = why, .missed = 1 \
    }
#define COUNT(array) (sizeof(array) / sizeof *(array))

static inline int32_t day_of(int32_t year, int32_t month, int32_t day)
{
    return date_from_civil(year, month, day);
}

static inline void fixture_layout(struct arena *arena, struct layout *out)
{
    struct diag *diag = diag_new();
    struct err err = {0};
    if (!layout_load(arena, NULL, "layouts", "weekly", out, diag, &err)) {
        const struct diag_item *item = diag_lookup(diag, 0);
        fprintf(stderr, "%s %s:%d %s\n", err.text, item ? item->file : "", item ? item->line : 0,
                item ? item->text : "");
        abort();
    }
    diag_free(diag);
}

static const struct holiday fixture_holidays[3];
static const struct work_weight fixture_works[] = {{"контрольная работа", "контрольная работа", 3000},
                                                   {"диктант", "диктант", 2000}};
static const char *const fixture_teachers[] = {"3А", "Н. П. Осипова", "1Б", "Т. А. Мезенцева"};

static inline void fixture_start(struct fixture *f, struct arena *arena)
{
    *f = (struct fixture){.arena = arena};
    fixture_layout(arena, &f->layout);
    school_defaults(arena, &f->school);
    f->school.name = "МАОУ «Прогимназия № 81 „Здравствуй!“»";
    f->school.city = "г. Сыктывкар";
    f->school.threshold = 60;
    f->school.slip_days = 4;
    f->school.class_teachers = fixture_teachers;
    f->school.class_teacher_count = COUNT(fixture_teachers) / 2;
    struct holiday *holidays = arena_alloc(arena, 2 * sizeof *holidays);
    holidays[0] = (struct holiday){{day_of(2026, 11, 28), day_of(2026, 12, 6)}, "каникулы"};
    holidays[1] = (struct holiday){{day_of(2026, 12, 31), day_of(2027, 1, 10)}, "новогодние каникулы"};
    f->year = (struct school_year){.year = 2026,
                                   .whole = {day_of(2026, 9, 1), day_of(2027, 8, 31)},
                                   .kind = TERM_TRIMESTER,
                                   .terms = 3,
                                   .term = {{day_of(2026, 9, 1), day_of(2026, 11, 30)},
                                            {day_of(2026, 12, 1), day_of(2027, 2, 28)},
                                            {day_of(2027, 3, 1), day_of(2027, 5, 31)}},
                                   .holidays = holidays,
                                   .holiday_count = 2};
    f->pupil = (struct pupil){.key = 7,
                              .code = "1042",
                              .name = "Вокуева Дарья Ивановна",
                              .form = "3А",
                              .enrolled = DATE_NONE,
                              .left = DATE_NONE,
                              .ground = "",
                              .consent = DATE_NONE,
                              .paper_from = DATE_NONE,
                              .paper_until = DATE_NONE,
                              .delivery = "hand",
                              .recipient = "",
                              .address = "",
                              .copies = 1};
    f->week = (struct week_sheet){.pupil = &f->pupil,
                                  .year = &f->year,
                                  .week = {2026, 47},
                                  .span = {day_of(2026, 11, 16), day_of(2026, 11, 21)},
                                  .term = 1,
                                  .week_of_term = 12,
                                  .days_left = 5,
                                  .import = 4};
    f->label = (struct sheet_label){"2026-W47-3А-07", day_of(2026, 11, 21), 4, day_of(2026, 11, 21)};
}

struct fixture_day {
    const struct week_lesson *lessons;
    size_t count;
    const char *holiday;
    enum reason away;
};

static inline void fixture_days(struct fixture *f, const struct fixture_day *days, size_t count)
{
    struct week_day *out = arena_alloc(f->arena, count * sizeof *out);
    for (size_t i = 0; i < count; i++)
        out[i] = (struct week_day){.day = f->week.span.from + (int32_t)i,
                                   .lessons = days[i].lessons,
                                   .lesson_count = days[i].count,
                                   .holiday = days[i].holiday,
                                   .away = days[i].away != REASON_PRESENT,
                                   .reason = days[i].away};
    f->week.days = out;
    f->week.day_count = count;
}

/* A line of the term: marks as a text of digits, the last `now` of them of this week. */
static inline struct subject_line fixture_line(struct fixture *f, const char *subject, const char *digits, size_t now,
                                               int32_t mean, int32_t missed)
{
    size_t count = strlen(digits);
    struct week_mark *marks = arena_alloc(f->arena, (count + 1) * sizeof *marks);
    for (size_t i = 0; i < count; i++) {
        bool debt = digits[i] == '.';
        marks[i] = (struct week_mark){.text = arena_format(f->arena, "%c", digits[i]),
                                      .value = debt ? -1 : digits[i] - '0',
                                      .weight = WEIGHT_ONE,
                                      .work = "",
                                      .this_week = i + now >= count};
    }
    return (struct subject_line){
        .subject = subject, .marks = marks, .mark_count = count, .mean = mean, .missed = missed, .lessons = 30};
}

/* The forecast of a line: chances of 3, 4 and 5 in hundredths, and the year's mark. */
static inline void fixture_foresee(struct subject_line *line, int three, int four, int five, int32_t year,
                                   struct advice advice)
{
    double p[FORECAST_MARKS] = {(100 - three - four - five) / 100., three / 100., four / 100., five / 100.};
    memcpy(line->outlook.term, p, sizeof p);
    memcpy(line->outlook.year, p, sizeof p);
    line->outlook.said = forecast_say(p, (int32_t)line->mark_count, false);
    line->outlook.year_said = (struct forecast_said){.low = year, .high = year};
    line->outlook.done = 92;
    line->outlook.year_done = 34;
    line->outlook.advice = advice;
}

/* School days of the term up to the span's end, without absences. */
static inline struct grid_day *fixture_grid(struct fixture *f)
{
    int32_t from = f->year.term[f->week.term - 1].from;
    struct grid_day *grid = arena_alloc(f->arena, (size_t)(f->week.span.until - from + 1) * sizeof *grid);
    size_t count = 0;
    for (int32_t day = from; day <= f->week.span.until; day++)
        if (date_weekday(day) <= 5)
            grid[count++] = (struct grid_day){.day = day, .school = true, .lessons = 5};
    f->week.grid = grid;
    f->week.grid_count = count;
    return grid;
}

static inline void fixture_absent(struct fixture *f, struct grid_day *grid, int32_t day, int32_t missed,
                                  enum reason reason)
{
    for (size_t i = 0; i < f->week.grid_count; i++)
        if (grid[i].day == day) {
            grid[i].missed = missed;
            grid[i].reason = reason;
        }
}

#endif
