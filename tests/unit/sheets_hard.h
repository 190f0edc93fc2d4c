/* Weeks that are hard to set: a stuffed one, a first sheet in mid-term, very many changes. */
#ifndef PAPERDIARY_TESTS_SHEETS_HARD_H
#define PAPERDIARY_TESTS_SHEETS_HARD_H

#include "sheets_fixtures.h"
#include "sheets_weeks.h"

static const char *const hard_subjects[18] = {"Русский язык",
                                              "Литература",
                                              "Иностранный язык (английский)",
                                              "Второй иностранный язык (немецкий)",
                                              "Алгебра",
                                              "Геометрия",
                                              "Вероятность и статистика",
                                              "Информатика",
                                              "История России. Всеобщая история",
                                              "Обществознание",
                                              "География",
                                              "Биология",
                                              "Физика",
                                              "Химия",
                                              "Коми язык и литература",
                                              "Изобразительное искусство",
                                              "Основы безопасности и защиты Родины",
                                              "Физическая культура"};

/* About `length` characters of homework. */
static inline const char *hard_homework(struct fixture *f, size_t length)
{
    static const char phrase[] = "Прочитать параграф 14, ответить письменно на вопросы 1–4 после него; выписать "
                                 "в тетрадь определения, решить № 231, 232 (а, б), 240. ";
    struct buffer text = {0};
    while (text.size < 2 * length)
        buffer_text(&text, phrase);
    size_t size = 2 * length;
    while ((text.data[size] & 0xC0) == 0x80)
        size--;
    const char *homework = arena_copy_n(f->arena, text.data, size);
    buffer_free(&text);
    return homework;
}

static inline void hard_days(struct fixture *f)
{
    struct fixture_day days[6] = {{0}};
    for (size_t d = 0; d < 6; d++) {
        struct week_lesson *lessons = arena_alloc(f->arena, 8 * sizeof *lessons);
        for (size_t i = 0; i < 8; i++) {
            size_t n = (d * 7 + i * 3) % 18;
            struct week_mark *marks = arena_alloc(f->arena, 3 * sizeof *marks);
            marks[0] = (struct week_mark){"4", 4, 1500, "лабораторная работа", 0, 0, true};
            marks[1] = (struct week_mark){"5", 5, 1500, "лабораторная работа", 0, 0, true};
            marks[2] = (struct week_mark){".", -1, 1000, "конспект", 0, 0, true};
            lessons[i] = (struct week_lesson){
                .lesson = (uint8_t)(i + 1),
                .subject = hard_subjects[n],
                .teacher = "",
                .topic = i % 3 == 0 ? "Обобщающий урок по теме «Степень с натуральным показателем и её свойства»"
                                    : "Практикум",
                .homework = hard_homework(f, d == 1 && i == 2 ? 600 : 30 + (d + i) % 4 * 25),
                .marks = marks,
                .mark_count = i % 4,
                .reason = i == 5   ? REASON_LATE
                          : i == 4 ? REASON_UNEXCUSED
                                   : REASON_PRESENT,
                .missed = i == 4};
        }
        days[d] = (struct fixture_day){lessons, 8, NULL, REASON_PRESENT};
    }
    fixture_days(f, days, 6);
}

static inline void hard_lines(struct fixture *f)
{
    struct subject_line *lines = arena_alloc(f->arena, 18 * sizeof *lines);
    for (size_t i = 0; i < 18; i++)
        lines[i] =
            fixture_line(f, hard_subjects[i], i == 0 ? "4435443543454355433354443355444545434345544334455" : "45345",
                         i == 0 ? 15 : 2, 420, (int32_t)i % 3);
    for (size_t i = 0; i < 18; i++)
        fixture_foresee(&lines[i], 10 + (int)i * 3, 60 - (int)i * 2, 10, 4,
                        (struct advice){i % 4 == 0 ? ADVICE_FEW : ADVICE_REACH, 5, 5, (int32_t)i});
    f->week.subjects = lines;
    f->week.subject_count = 18;
}

static inline void week_stuffed(struct fixture *f, struct arena *arena)
{
    fixture_start(f, arena);
    f->pupil.name = "Константинопольская-Преображенская Александра Вячеславовна-Мл.";
    f->pupil.form = "10Б";
    f->label.number = "2026-W47-10Б-18-2";
    hard_days(f);
    design_changes(f);
    fixture_announcements(f);
    fixture_ahead(f);
    fixture_plan(f);
    hard_lines(f);
    design_attendance(f);
}

/* A first sheet in the twelfth week: the term so far, `each` marks of a subject. */
static inline void hard_changes(struct fixture *f, size_t each, bool added)
{
    static const char *const works[] = {"устный ответ", "диктант", "", "контрольная работа"};
    size_t subjects = f->week.subject_count, count = 0;
    struct change *changes = arena_alloc(f->arena, (subjects * each + 24) * sizeof *changes);
    for (size_t i = 0; i < each; i++) {
        for (size_t k = 0; k < subjects; k++) {
            size_t n = (i + k) % 4;
            changes[count++] = (struct change){.day = day_of(2026, 9, 2) + (int32_t)(i * 7 + k % 5),
                                               .lesson = (uint8_t)(k % 5 + 1),
                                               .subject = f->week.subjects[k].subject,
                                               .what = CHANGE_MARK,
                                               .kind = added || n == 0 ? CHANGE_ADDED
                                                       : n == 1        ? CHANGE_CORRECTED
                                                                       : CHANGE_WITHDRAWN,
                                               .was = added || n == 0 ? NULL
                                                      : n == 3        ? "."
                                                                      : "3",
                                               .now = n == 2 || n == 3 ? (added ? "4" : NULL) : "5",
                                               .was_weight = n == 3 ? 3000 : 1000,
                                               .now_weight = n == 3   ? 3000
                                                             : n == 1 ? 2000
                                                                      : 1000,
                                               .was_work = works[n],
                                               .now_work = works[n]};
        }
    }
    static const char *const missed[] = {"Русский язык", "Математика", "Музыка", "Технология", "Коми язык"};
    for (int32_t day = 0; day < 4; day++)
        for (size_t i = 0; i < (day == 3 ? 2 : 5); i++)
            changes[count++] = (struct change){.day = day_of(2026, 10, 6) + day,
                                               .lesson = (uint8_t)(i + 1),
                                               .subject = missed[i],
                                               .what = CHANGE_ATTENDANCE,
                                               .kind = CHANGE_ADDED,
                                               .now_reason = day == 3 ? REASON_LATE : REASON_ILL};
    f->week.changes = changes;
    f->week.change_count = count;
}

static inline void week_first(struct fixture *f, struct arena *arena)
{
    week_design(f, arena);
    f->week.first = true;
    hard_changes(f, 9, true);
}

static inline void week_many(struct fixture *f, struct arena *arena)
{
    week_design(f, arena);
    hard_changes(f, 2, false);
}

/* What no design foresees: one lesson in the week, three marks in it, words without a place to break, a character that
 * no face has, 25 subjects, very long remarks and many announcements. */
static inline void strange_lessons(struct fixture *f)
{
    static const struct week_mark marks[] = {{"5", 5, 1000, "метапредметнаядиагностическаяработа", 0, 0, true},
                                             {"зачёт", -1, 1000, "", 0, 0, true},
                                             {"2", 2, 2500, "самостоятельная работа", 0, 0, true}};
    static const struct week_lesson lessons[] = {
        {.lesson = 7,
         .subject = "Электрокардиографическоеприборостроение (факультатив)",
         .teacher = "",
         .topic = "Достопримечательностираспределённогосинхрофазотронногопересмотра и 漢字 в тексте",
         .homework = "https://example.org/very/long/address/without/any/place/to/break/but/the/slashes?q=1",
         .marks = marks,
         .mark_count = COUNT(marks)}};
    static const struct fixture_day days[] = {{NULL, 0, NULL, REASON_PRESENT},
                                              {NULL, 0, NULL, REASON_PRESENT},
                                              {lessons, COUNT(lessons), NULL, REASON_PRESENT},
                                              {NULL, 0, NULL, REASON_PRESENT},
                                              {NULL, 0, "карантин", REASON_PRESENT}};
    fixture_days(f, days, COUNT(days));
}

static inline void strange_texts(struct fixture *f)
{
    struct remark *remarks = arena_alloc(f->arena, 3 * sizeof *remarks);
    for (int32_t i = 0; i < 3; i++)
        remarks[i] = (struct remark){day_of(2026, 11, 16) + i, i == 1 ? "" : hard_subjects[i],
                                     i == 0 ? "" : "А. Б. Константинопольская-Преображенская",
                                     hard_homework(f, i == 2 ? 500 : 120)};
    f->week.remarks = remarks;
    f->week.remark_count = 3;
    struct announcement *all = arena_alloc(f->arena, 9 * sizeof *all);
    const struct announcement **list = arena_alloc(f->arena, 9 * sizeof *list);
    for (size_t i = 0; i < 9; i++) {
        int32_t from = i == 0 ? DATE_NONE : day_of(2026, 11, 16) + (int32_t)i;
        all[i] = (struct announcement){from, from + (i % 2 == 0 ? 0 : 20), 0, hard_homework(f, 40 + 60 * i), {1, 0}};
        list[i] = &all[i];
    }
    f->week.announcements = list;
    f->week.announcement_count = 9;
}

static inline void week_strange(struct fixture *f, struct arena *arena)
{
    fixture_start(f, arena);
    strange_lessons(f);
    design_changes(f);
    strange_texts(f);
    fixture_ahead(f);
    fixture_plan(f);
    struct subject_line *lines = arena_alloc(arena, 25 * sizeof *lines);
    for (size_t i = 0; i < 25; i++) {
        const char *name =
            i < 18 ? hard_subjects[i] : arena_format(arena, "%s, группа %zu", hard_subjects[i - 18], i - 16);
        lines[i] = fixture_line(f, name, i == 3 ? "5434543454345434543454345434543454345434" : "545", 1, 450, 0);
        fixture_foresee(&lines[i], 20, 50, 20, 4, (struct advice){ADVICE_FIRM, 5, 5, 2});
    }
    f->week.subjects = lines;
    f->week.subject_count = 25;
    design_attendance(f);
}

/* A week of holidays with nothing to tell. */
static inline void week_holidays(struct fixture *f, struct arena *arena)
{
    fixture_start(f, arena);
    static const struct fixture_day days[] = {{NULL, 0, "осенние каникулы", REASON_PRESENT},
                                              {NULL, 0, "осенние каникулы", REASON_PRESENT},
                                              {NULL, 0, "осенние каникулы", REASON_PRESENT},
                                              {NULL, 0, "осенние каникулы", REASON_PRESENT},
                                              {NULL, 0, "осенние каникулы", REASON_PRESENT}};
    fixture_days(f, days, COUNT(days));
}

/* A short week: two days of lessons and nothing else, at the border of two years. */
static inline void week_short(struct fixture *f, struct arena *arena)
{
    fixture_start(f, arena);
    static const struct fixture_day days[] = {{design_monday, 3, NULL, REASON_PRESENT},
                                              {design_tuesday, 4, NULL, REASON_PRESENT},
                                              {design_friday, 2, NULL, REASON_PRESENT},
                                              {NULL, 0, "новогодние каникулы", REASON_PRESENT},
                                              {NULL, 0, "новогодние каникулы", REASON_PRESENT}};
    f->week.week = (struct iso_week){2026, 53};
    f->week.span = (struct span){day_of(2026, 12, 28), day_of(2027, 1, 1)};
    f->week.term = 2;
    f->week.week_of_term = 4;
    f->week.days_left = 31;
    f->pupil.delivery = "post";
    f->label.number = "2026-W53-3А-01";
    fixture_days(f, days, COUNT(days));
    struct subject_line *lines = arena_alloc(arena, 3 * sizeof *lines);
    lines[0] = fixture_line(f, "Русский язык", "44", 1, 400, 0);
    lines[1] = fixture_line(f, "Математика", "5", 1, 500, 0);
    lines[2] = fixture_line(f, "Литературное чтение", "5", 1, 500, 0);
    f->week.subjects = lines;
    f->week.subject_count = 3;
    f->week.of_week.lessons = 9;
    f->week.of_term.lessons = 80;
    f->year.kind = TERM_QUARTER;
    static const struct plan_lesson lessons[] = {
        {.lesson = 1, .subject = "Математика", .room = "14", .starts = "8:30", .due = "с. 60 № 3 (1, 2)"},
        {.lesson = 2, .subject = "Изобразительное искусство", .room = "", .starts = "9:25", .due = ""},
        {.lesson = 3, .subject = "Литературное чтение", .room = "спортзал", .starts = "10:25", .due = ""}};
    struct plan_day *plan = arena_alloc(arena, 6 * sizeof *plan);
    for (int32_t i = 0; i < 6; i++)
        plan[i] = (struct plan_day){day_of(2027, 1, 11) + i, NULL, lessons, (size_t)(i % 3 + 1)};
    plan[0].holiday = "день отдыха";
    plan[0].lesson_count = 0;
    struct plan_lesson *alone = arena_alloc(arena, sizeof *alone);
    *alone = (struct plan_lesson){
        .lesson = 1, .subject = "Музыка", .room = "", .starts = "8:00", .due = hard_homework(f, 200)};
    plan[2].lessons = alone;
    plan[2].lesson_count = 1;
    f->week.plan = plan;
    f->week.plan_count = 6;
}

#endif
