/* The weeks themselves; sheets_fixtures.h has what they are made with. */
#ifndef PAPERDIARY_TESTS_SHEETS_WEEKS_H
#define PAPERDIARY_TESTS_SHEETS_WEEKS_H

#include "sheets_fixtures.h"

/* --- the design's own week ------------------------------------------------------------------------------------- */

static const struct week_lesson design_monday[] = {
    MARKED(1, "Русский язык", "Состав слова. Корень", "с. 84, упр. 158; правило на с. 82", "4", 4, 2000, "диктант"),
    MARKED(2, "Математика", "Таблица умножения на 6", "с. 58 № 4, 6", "5", 5, 1000, "устный ответ"),
    LESSON(3, "Литературное чтение", "А. С. Пушкин. «Сказка о царе Салтане»", "выучить отрывок, с. 131–132"),
    MARKED(4, "Физическая культура", "Лыжная подготовка", "", "5", 5, 1000, ""),
};
static const struct week_lesson design_tuesday[] = {
    MARKED(1, "Математика", "Решение задач в два действия", "с. 60 № 3 (1, 2)", "3", 3, 1000, "самост. работа"),
    LESSON(2, "Русский язык", "Однокоренные слова", "с. 86, упр. 163"),
    MARKED(3, "Окружающий мир", "Разнообразие растений", "с. 76–80, гербарий: 3 листа", "5", 5, 1000, "проект"),
    MARKED(4, "Коми язык", "Счёт: ӧтик, кык, куим", "словарь, с. 33", "4", 4, 1000, ""),
    LESSON(5, "Музыка", "Опера Н. А. Римского-Корсакова", ""),
};
static const struct week_lesson design_wednesday[] = {
    MISSED(1, "Русский язык", "Однокоренные слова. Чередование", "упр. 167", REASON_ILL),
    MISSED(2, "Математика", "Деление на 6", "с. 62 № 5", REASON_ILL),
    MISSED(3, "Литературное чтение", "И. А. Крылов", "с. 134–136", REASON_ILL),
    MISSED(4, "Английский язык", "My family", "с. 41 упр. 2", REASON_ILL),
    MISSED(5, "Физическая культура", "Лыжная подготовка", "", REASON_ILL),
};
static const struct week_lesson design_thursday[] = {
    MARKED(1, "Русский язык", "Изложение. Работа над ошибками", "с. 90, упр. 171 (письменно)", "4", 4, 1000, ""),
    LESSON(2, "Математика", "Таблица умножения на 7", "с. 64 № 2, 5; таблицу наизусть"),
    MARKED(3, "Английский язык", "My family. Present Simple", "с. 43 упр. 4, слова", "5", 5, 1000, "диалог"),
    MARKED(4, "Технология", "Оригами. Складывание по схеме", "", "5", 5, 1000, ""),
};
static const struct week_lesson design_friday[] = {
    MARKED(1, "Литературное чтение", "И. А. Крылов. Басни", "басня наизусть (по выбору)", "5", 5, 1000, "наизусть"),
    MARKED(2, "Русский язык", "Части речи. Повторение", "с. 94, упр. 180", "4", 4, 1000, ""),
    MARKED(3, "Математика", "Контрольная работа № 3", "", "4", 4, 3000, "контр. раб."),
    LESSON(4, "Изобразительное искусство", "Натюрморт", ""),
};
static const struct fixture_day design_days[] = {
    {design_monday, COUNT(design_monday), NULL, REASON_PRESENT},
    {design_tuesday, COUNT(design_tuesday), NULL, REASON_PRESENT},
    {design_wednesday, COUNT(design_wednesday), NULL, REASON_ILL},
    {design_thursday, COUNT(design_thursday), NULL, REASON_PRESENT},
    {design_friday, COUNT(design_friday), NULL, REASON_PRESENT},
    {NULL, 0, NULL, REASON_PRESENT},
};

static inline void design_changes(struct fixture *f)
{
    struct change *changes = arena_alloc(f->arena, 2 * sizeof *changes);
    changes[0] = (struct change){.day = day_of(2026, 11, 12),
                                 .lesson = 1,
                                 .subject = "Русский язык",
                                 .what = CHANGE_MARK,
                                 .kind = CHANGE_CORRECTED,
                                 .was = "3",
                                 .now = "4",
                                 .was_weight = 1000,
                                 .now_weight = 1000,
                                 .was_work = "работа над ошибками",
                                 .now_work = "работа над ошибками"};
    changes[1] = (struct change){.day = day_of(2026, 11, 13),
                                 .lesson = 2,
                                 .subject = "Математика",
                                 .what = CHANGE_MARK,
                                 .kind = CHANGE_ADDED,
                                 .now = "5",
                                 .now_weight = 1000,
                                 .now_work = "устный счёт"};
    f->week.changes = changes;
    f->week.change_count = 2;
    struct remark *remark = arena_alloc(f->arena, sizeof *remark);
    *remark = (struct remark){day_of(2026, 11, 17), "Окружающий мир", "В. А. Рочева",
                              "Отличный проект, рассказала классу о ледоколах."};
    f->week.remarks = remark;
    f->week.remark_count = 1;
}

static inline void fixture_announcements(struct fixture *f)
{
    struct announcement *all = arena_alloc(f->arena, 2 * sizeof *all);
    all[0] = (struct announcement){day_of(2026, 11, 25),
                                   day_of(2026, 11, 25),
                                   0,
                                   "В 18:00 родительское собрание, каб. 14. Итоги триместра.",
                                   {1, 0}};
    all[1] = (struct announcement){day_of(2026, 11, 27),
                                   day_of(2026, 11, 27),
                                   0,
                                   "Последний учебный день триместра. Каникулы 28 ноября – 6 декабря.",
                                   {1, 0}};
    const struct announcement **list = arena_alloc(f->arena, 2 * sizeof *list);
    list[0] = &all[0];
    list[1] = &all[1];
    f->week.announcements = list;
    f->week.announcement_count = 2;
}

static inline void fixture_ahead(struct fixture *f)
{
    struct achievement *won = arena_alloc(f->arena, sizeof *won);
    *won = (struct achievement){
        7, day_of(2026, 11, 14), "Олимпиада «Русский медвежонок», школьный этап", "2-е место", {1, 0}};
    const struct achievement **list = arena_alloc(f->arena, sizeof *list);
    list[0] = won;
    f->week.achievements = list;
    f->week.achievement_count = 1;
    struct date_ahead *ahead = arena_alloc(f->arena, 3 * sizeof *ahead);
    ahead[0] = (struct date_ahead){{day_of(2026, 11, 28), day_of(2026, 12, 6)}, "каникулы", 0, 0};
    ahead[1] = (struct date_ahead){{day_of(2026, 12, 7), day_of(2026, 12, 7)}, NULL, 2, 0};
    ahead[2] = (struct date_ahead){{day_of(2026, 12, 31), day_of(2027, 1, 10)}, "новогодние каникулы", 0, 0};
    f->week.ahead = ahead;
    f->week.ahead_count = 3;
}

#define PLAN(number, name, task)                                                                                       \
    {                                                                                                                  \
        .lesson = number, .subject = name, .room = "", .starts = "", .due = task                                       \
    }
static const struct plan_lesson plan_monday[] = {
    PLAN(1, "Русский язык", "с. 94, упр. 180"), PLAN(2, "Математика", "с. 64 № 2, 5; таблицу наизусть"),
    PLAN(3, "Литературное чтение", "басня наизусть (по выбору)"), PLAN(4, "Физическая культура", "")};
static const struct plan_lesson plan_tuesday[] = {PLAN(1, "Математика", ""), PLAN(2, "Русский язык", ""),
                                                  PLAN(3, "Окружающий мир", "с. 76–80, гербарий: 3 листа"),
                                                  PLAN(4, "Коми язык", "словарь, с. 33"), PLAN(5, "Музыка", "")};
static const struct plan_lesson plan_wednesday[] = {
    PLAN(1, "Математика", ""), PLAN(2, "Русский язык", ""), PLAN(3, "Английский язык", "с. 43 упр. 4, слова"),
    PLAN(4, "Физическая культура", ""), PLAN(5, "Литературное чтение", "")};
static const struct plan_lesson plan_thursday[] = {PLAN(1, "Русский язык", ""), PLAN(2, "Математика", ""),
                                                   PLAN(3, "Английский язык", ""), PLAN(4, "Технология", "")};
static const struct plan_lesson plan_friday[] = {PLAN(1, "Литературное чтение", ""), PLAN(2, "Русский язык", ""),
                                                 PLAN(3, "Математика", ""), PLAN(4, "Изобразительное искусство", "")};

static inline void fixture_plan(struct fixture *f)
{
    static const struct {
        const struct plan_lesson *lessons;
        size_t count;
    } days[] = {{plan_monday, COUNT(plan_monday)},
                {plan_tuesday, COUNT(plan_tuesday)},
                {plan_wednesday, COUNT(plan_wednesday)},
                {plan_thursday, COUNT(plan_thursday)},
                {plan_friday, COUNT(plan_friday)}};
    struct plan_day *plan = arena_alloc(f->arena, 5 * sizeof *plan);
    for (size_t i = 0; i < 5; i++)
        plan[i] = (struct plan_day){day_of(2026, 11, 23) + (int32_t)i, NULL, days[i].lessons, days[i].count};
    f->week.plan = plan;
    f->week.plan_count = 5;
}

static inline void design_subjects(struct fixture *f)
{
    struct subject_line *lines = arena_alloc(f->arena, 10 * sizeof *lines);
    lines[0] = fixture_line(f, "Русский язык", "4434544444", 3, 405, 1);
    lines[1] = fixture_line(f, "Литературное чтение", "554555", 1, 483, 1);
    lines[2] = fixture_line(f, "Математика", "454354534", 3, 408, 1);
    lines[3] = fixture_line(f, "Окружающий мир", "5455", 1, 475, 0);
    lines[4] = fixture_line(f, "Английский язык", "44545", 1, 440, 1);
    lines[5] = fixture_line(f, "Коми язык", "3444", 1, 375, 0);
    lines[6] = fixture_line(f, "Музыка", "55", 0, 500, 0);
    lines[7] = fixture_line(f, "Изобразительное искусство", "54", 0, 450, 0);
    lines[8] = fixture_line(f, "Технология", "555", 1, 500, 0);
    lines[9] = fixture_line(f, "Физическая культура", "5545", 1, 475, 2);
    struct week_mark *russian = arena_alloc(f->arena, 10 * sizeof *russian);
    memcpy(russian, lines[0].marks, 10 * sizeof *russian);
    russian[7].weight = 2000;
    russian[7].work = "диктант";
    lines[0].marks = russian;
    struct week_mark *maths = arena_alloc(f->arena, 9 * sizeof *maths);
    memcpy(maths, lines[2].marks, 9 * sizeof *maths);
    maths[8].weight = 3000;
    maths[8].work = "контрольная работа";
    lines[2].marks = maths;
    fixture_foresee(&lines[0], 6, 90, 4, 4, (struct advice){ADVICE_REACH, 5, 5, 9});
    fixture_foresee(&lines[1], 0, 6, 94, 5, (struct advice){0});
    fixture_foresee(&lines[2], 9, 85, 6, 4, (struct advice){ADVICE_KEEP, 4, 3, 1});
    fixture_foresee(&lines[3], 0, 19, 81, 5, (struct advice){ADVICE_FIRM, 5, 5, 2});
    fixture_foresee(&lines[4], 1, 66, 33, 4, (struct advice){ADVICE_REACH, 5, 5, 2});
    fixture_foresee(&lines[5], 24, 73, 3, 4, (struct advice){ADVICE_FIRM, 4, 4, 1});
    fixture_foresee(&lines[6], 0, 10, 90, 5, (struct advice){0});
    lines[7].outlook.advice = (struct advice){ADVICE_NO_MARKS, 0, 0, 0};
    fixture_foresee(&lines[8], 0, 7, 93, 5, (struct advice){0});
    fixture_foresee(&lines[9], 0, 58, 42, 5, (struct advice){ADVICE_KEEP, 5, 4, 2});
    f->week.subjects = lines;
    f->week.subject_count = 10;
}

static inline void design_attendance(struct fixture *f)
{
    struct grid_day *grid = fixture_grid(f);
    fixture_absent(f, grid, day_of(2026, 9, 29), 2, REASON_EXCUSED);
    fixture_absent(f, grid, day_of(2026, 10, 15), 0, REASON_LATE);
    fixture_absent(f, grid, day_of(2026, 11, 18), 5, REASON_ILL);
    f->week.of_week.count[REASON_ILL] = 5;
    f->week.of_week.lessons = 22;
    f->week.of_term.count[REASON_ILL] = 5;
    f->week.of_term.count[REASON_EXCUSED] = 2;
    f->week.of_term.count[REASON_LATE] = 1;
    f->week.of_term.lessons = 264;
}

static inline void week_design(struct fixture *f, struct arena *arena)
{
    fixture_start(f, arena);
    fixture_days(f, design_days, COUNT(design_days));
    design_changes(f);
    fixture_announcements(f);
    fixture_ahead(f);
    fixture_plan(f);
    design_subjects(f);
    design_attendance(f);
}

/* --- a report of «Сетевой город»: no lessons, no topics ----------------------------------------------------------- */

#define CELL(name, ...)                                                                                                \
    {                                                                                                                  \
        .subject = name, .teacher = "", .topic = "", .homework = "", __VA_ARGS__                                       \
    }
#define FOUR                                                                                                           \
    {                                                                                                                  \
        "4", 4, 1000, "", 0, 0, true                                                                                   \
    }
#define FIVE                                                                                                           \
    {                                                                                                                  \
        "5", 5, 1000, "", 0, 0, true                                                                                   \
    }
#define THREE                                                                                                          \
    {                                                                                                                  \
        "3", 3, 1000, "", 0, 0, true                                                                                   \
    }
#define DEBT                                                                                                           \
    {                                                                                                                  \
        ".", -1, 1000, "", 0, 0, true                                                                                  \
    }
#define MARKS(...)                                                                                                     \
    .marks = (const struct week_mark[]){__VA_ARGS__}, .mark_count = COUNT(((const struct week_mark[]){__VA_ARGS__}))

static const struct week_lesson report_monday[] = {
    CELL("Алгебра", MARKS(FIVE, FOUR)), CELL("Биология", .reason = REASON_ILL, .missed = 2, .times = 2, MARKS(THREE)),
    CELL("Физическая культура", .reason = REASON_RELEASED)};
static const struct week_lesson report_wednesday[] = {CELL("Алгебра", MARKS(THREE)),
                                                      CELL("История России. Всеобщая история", MARKS(FIVE)),
                                                      CELL("Иностранный язык (английский)", MARKS(DEBT))};
static const struct week_lesson report_thursday[] = {CELL("Русский язык", MARKS(FOUR, FOUR, FIVE)),
                                                     CELL("Биология", .reason = REASON_LATE, MARKS(FOUR))};
static const struct week_lesson report_friday[] = {CELL("География", MARKS(FIVE)),
                                                   CELL("Обществознание", .reason = REASON_UNEXCUSED, .missed = 1)};
static const struct fixture_day report_days[] = {
    {report_monday, COUNT(report_monday), NULL, REASON_PRESENT},
    {NULL, 0, NULL, REASON_PRESENT},
    {report_wednesday, COUNT(report_wednesday), NULL, REASON_PRESENT},
    {report_thursday, COUNT(report_thursday), NULL, REASON_PRESENT},
    {report_friday, COUNT(report_friday), NULL, REASON_PRESENT},
};

static inline void week_report(struct fixture *f, struct arena *arena)
{
    fixture_start(f, arena);
    f->week.by_subject = true;
    f->pupil.name = "Иванов Пётр";
    f->pupil.form = "9Б";
    f->label.number = "2026-W47-9Б-03";
    f->week.span.until = day_of(2026, 11, 20);
    fixture_days(f, report_days, COUNT(report_days));
    struct subject_line *lines = arena_alloc(arena, 9 * sizeof *lines);
    lines[0] = fixture_line(f, "Алгебра", "345435543", 3, 403, 0);
    lines[1] = fixture_line(f, "Биология", "44534", 2, 400, 4);
    lines[2] = fixture_line(f, "География", "5455", 1, 475, 0);
    lines[3] = fixture_line(f, "Иностранный язык (английский)", "4.45.", 1, 433, 1);
    lines[4] = fixture_line(f, "История России. Всеобщая история", "555", 1, 500, 0);
    lines[5] = fixture_line(f, "Обществознание", "", 0, -1, 1);
    lines[6] = fixture_line(f, "Русский язык", "3434443445", 3, 380, 0);
    lines[7] = fixture_line(f, "Физика", "43", 0, 350, 0);
    lines[8] = fixture_line(f, "Физическая культура", "5", 0, 500, 0);
    fixture_foresee(&lines[0], 12, 80, 8, 4, (struct advice){ADVICE_UNLIKELY, 5, 0, 0});
    fixture_foresee(&lines[1], 25, 55, 18, 4, (struct advice){ADVICE_KEEP, 4, 3, 1});
    fixture_foresee(&lines[2], 0, 30, 70, 5, (struct advice){ADVICE_END, 5, 0, 0});
    fixture_foresee(&lines[3], 20, 60, 18, 4, (struct advice){ADVICE_FEW, 0, 0, 2});
    fixture_foresee(&lines[4], 0, 10, 90, 5, (struct advice){ADVICE_GIVEN, 5, 0, 0});
    lines[5].outlook.advice = (struct advice){ADVICE_NO_MARKS, 0, 0, 0};
    fixture_foresee(&lines[6], 40, 58, 1, 4, (struct advice){ADVICE_FIRM, 4, 4, 5});
    fixture_foresee(&lines[7], 48, 45, 0, 3, (struct advice){ADVICE_REACH, 4, 5, 21});
    fixture_foresee(&lines[8], 0, 30, 70, 5, (struct advice){ADVICE_EARLY, 0, 0, 0});
    f->week.subjects = lines;
    f->week.subject_count = 9;
    struct grid_day *grid = fixture_grid(f);
    fixture_absent(f, grid, day_of(2026, 11, 16), 2, REASON_ILL);
    fixture_absent(f, grid, day_of(2026, 11, 20), 1, REASON_UNEXCUSED);
    fixture_absent(f, grid, day_of(2026, 10, 6), 5, REASON_EXCUSED);
    f->week.of_week.count[REASON_ILL] = 2;
    f->week.of_week.count[REASON_UNEXCUSED] = 1;
    f->week.of_week.count[REASON_LATE] = 1;
    f->week.of_week.count[REASON_RELEASED] = 1;
    f->week.of_term = f->week.of_week;
    f->week.of_term.count[REASON_EXCUSED] = 3;
}

/* --- a first class without marks ---------------------------------------------------------------------------------- */

static const struct week_lesson small_monday[] = {
    LESSON(1, "Русский язык", "Прописи. Строчная буква «у»", ""), LESSON(2, "Математика", "Число и цифра 7", ""),
    LESSON(3, "Литературное чтение", "Звуки [л], [л’], буква Л", "принести любимую книгу"),
    LESSON(4, "Физическая культура", "Подвижные игры", "")};
static const struct week_lesson small_tuesday[] = {
    LESSON(1, "Математика", "Состав числа 7", ""), MISSED(2, "Русский язык", "Строчная буква «и»", "", REASON_EXCUSED),
    LESSON(3, "Коми язык", "Виль во: снежинка", ""), LESSON(4, "Технология", "Аппликация из листьев", "")};
static const struct week_lesson small_wednesday[] = {
    MISSED(1, "Русский язык", "Слог", "", REASON_LATE), LESSON(2, "Математика", "Точка, отрезок", ""),
    LESSON(3, "Окружающий мир", "Зимующие птицы", "сделать кормушку со взрослыми"),
    LESSON(4, "Музыка", "Песни о зиме", "")};
static const struct fixture_day small_days[] = {
    {small_monday, COUNT(small_monday), NULL, REASON_PRESENT},
    {small_tuesday, COUNT(small_tuesday), NULL, REASON_PRESENT},
    {small_wednesday, COUNT(small_wednesday), NULL, REASON_PRESENT},
    {small_monday, COUNT(small_monday), NULL, REASON_PRESENT},
    {small_monday, 3, NULL, REASON_PRESENT},
};

static inline void week_small(struct fixture *f, struct arena *arena)
{
    fixture_start(f, arena);
    f->week.without_marks = true;
    f->pupil.name = "Кузнецов Иван Сергеевич";
    f->pupil.form = "1Б";
    f->label.number = "2026-W47-1Б-04";
    f->week.span.until = day_of(2026, 11, 20);
    fixture_days(f, small_days, COUNT(small_days));
    struct subject_line *lines = arena_alloc(arena, 2 * sizeof *lines);
    lines[0] = fixture_line(f, "Русский язык", "", 0, -1, 2);
    lines[1] = fixture_line(f, "Математика", "", 0, -1, 0);
    f->week.subjects = lines;
    f->week.subject_count = 2;
    design_changes(f);
    struct change *change = arena_alloc(arena, sizeof *change);
    *change = (struct change){.day = day_of(2026, 11, 12),
                              .subject = "Русский язык",
                              .what = CHANGE_ATTENDANCE,
                              .kind = CHANGE_CORRECTED,
                              .was_reason = REASON_UNEXCUSED,
                              .now_reason = REASON_EXCUSED};
    f->week.changes = change;
    f->week.change_count = 1;
    fixture_announcements(f);
    fixture_ahead(f);
    fixture_plan(f);
    struct grid_day *grid = fixture_grid(f);
    fixture_absent(f, grid, day_of(2026, 11, 17), 1, REASON_EXCUSED);
    fixture_absent(f, grid, day_of(2026, 11, 12), 1, REASON_EXCUSED);
    fixture_absent(f, grid, day_of(2026, 11, 18), 0, REASON_LATE);
    f->week.of_week.count[REASON_EXCUSED] = 1;
    f->week.of_week.count[REASON_LATE] = 1;
    f->week.of_week.lessons = 19;
    f->week.of_term.count[REASON_EXCUSED] = 2;
    f->week.of_term.count[REASON_LATE] = 1;
    f->week.of_term.lessons = 220;
}

/* --- a week without lessons ------------------------------------------------------------------------------------- */

static const struct fixture_day empty_days[] = {{NULL, 0, "осенние каникулы", REASON_PRESENT},
                                                {NULL, 0, "осенние каникулы", REASON_PRESENT},
                                                {NULL, 0, "осенние каникулы", REASON_PRESENT},
                                                {NULL, 0, "осенние каникулы", REASON_PRESENT},
                                                {NULL, 0, "осенние каникулы", REASON_PRESENT}};

static inline void week_empty(struct fixture *f, struct arena *arena)
{
    fixture_start(f, arena);
    fixture_days(f, empty_days, COUNT(empty_days));
    design_changes(f);
    f->week.remark_count = 0;
    fixture_announcements(f);
    design_subjects(f);
    f->week.days_left = 0;
    f->label.number = NULL;
}

#endif
