/* Whole term and year sheets against tests/golden/NAME.trace; UPDATE_GOLDEN=1 writes the traces anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sheets/term.h"
#include "sheets_golden.h"

/* «5 4,75»: finals and means of the terms. */
#define LINE(name, f1, m1, f2, m2, f3, m3, year, times)                                                                \
    {                                                                                                                  \
        .subject = name, .final = {NULL, f1, f2, f3, NULL, year}, .mean = {m1, m2, m3, -1}, .lessons = 90,             \
        .missed = times                                                                                                \
    }

static const struct term_line design_lines[] = {
    LINE("Русский язык", "4", 405, "4", 412, "5", 461, "4", 4),
    LINE("Литературное чтение", "5", 483, "5", 470, "5", 492, "5", 3),
    LINE("Математика", "4", 408, "3", 341, "4", 387, "4", 5),
    LINE("Окружающий мир", "5", 475, "5", 466, "5", 480, "5", 1),
    LINE("Английский язык", "4", 440, "5", 462, "5", 471, "5", 1),
    LINE("Коми язык", "4", 375, "4", 400, "4", 420, "4", 1),
    LINE("Музыка", "5", 500, "5", 490, "5", 500, "5", 0),
    LINE("Изобразительное искусство", "5", 450, "5", 475, "5", 500, "5", 0),
    LINE("Технология", "5", 500, "5", 500, "5", 500, "5", 0),
    LINE("Физическая культура", "5", 475, "осв.", -1, "5", 480, "5", 16),
};

static const struct final_change design_change = {
    .subject = "Математика", .period = 2, .was = "4", .now = "3", .decided = 20879};

/* The layout, school, pupil and year of the weekly sheets' design. */
static void term_start(struct fixture *f)
{
    struct arena *arena = arena_new();
    fixture_start(f, arena);
    struct diag *diag = diag_new();
    struct err err = {0};
    if (!layout_load(arena, NULL, "layouts", "term", &f->layout, diag, &err))
        fail_msg("%s", err.text);
    diag_free(diag);
}

static void compose(struct set_sheet *sheet, const struct term_sheet *term, int32_t as_of)
{
    struct fixture *f = &sheet->fixture;
    term_compose(f->arena, term, &f->school, &f->layout, &f->label, as_of, &sheet->document);
    set_document_of(sheet);
}

static struct term_sheet year_sheet(struct fixture *f)
{
    term_start(f);
    f->label = (struct sheet_label){"2026-Y-3А-07", day_of(2027, 5, 29), 41, day_of(2027, 5, 28)};
    struct term_sheet term = {.pupil = &f->pupil,
                              .year = &f->year,
                              .terms = 3,
                              .span = f->year.whole,
                              .until = f->year.whole.until,
                              .decided = day_of(2027, 5, 27),
                              .lessons_known = true,
                              .finals = true,
                              .lines = design_lines,
                              .line_count = COUNT(design_lines),
                              .changes = &design_change,
                              .change_count = 1,
                              .promotion = PROMOTION_CLEAR};
    const int32_t held[] = {264, 248, 251, 763}, ill[] = {6, 2, 3, 11}, excused[] = {5, 14, 0, 19};
    for (int i = 0; i < 4; i++) {
        struct attendance *sum = i < 3 ? &term.of_term[i] : &term.of_year;
        sum->lessons = held[i];
        sum->count[REASON_ILL] = ill[i];
        sum->count[REASON_EXCUSED] = excused[i];
    }
    static const struct achievement prizes[] = {{.title = "«Русский медвежонок», школьный этап", .result = "2-е место"},
                                                {.title = "Конкурс чтецов «Коми му»", .result = "диплом"}};
    struct achievement *own = arena_alloc(f->arena, sizeof prizes);
    memcpy(own, prizes, sizeof prizes);
    own[0].day = day_of(2026, 11, 14);
    own[1].day = day_of(2027, 3, 12);
    const struct achievement **list = arena_alloc(f->arena, 2 * sizeof *list);
    list[0] = &own[0];
    list[1] = &own[1];
    term.achievements = list;
    term.achievement_count = 2;
    return term;
}

static void year_of_the_design(void **state)
{
    (void)state;
    struct set_sheet sheet = {0};
    struct term_sheet term = year_sheet(&sheet.fixture);
    compose(&sheet, &term, DATE_NONE);
    assert_int_equal(sheet.page_count, 1);
    check_golden(&sheet, "term-year");
    unset_sheet(&sheet);
}

static void first_term(void **state)
{
    (void)state;
    struct set_sheet sheet = {0};
    struct fixture *f = &sheet.fixture;
    struct term_sheet term = year_sheet(f);
    struct term_line lines[COUNT(design_lines)];
    static const struct week_mark marks[] = {{.text = "5", .value = 5}, {.text = ".", .value = -1}};
    for (size_t i = 0; i < COUNT(lines); i++) {
        lines[i] = design_lines[i];
        lines[i].marks = marks;
        lines[i].mark_count = 2;
    }
    f->label = (struct sheet_label){"2026-T1-3А-07", day_of(2026, 11, 28), 5, day_of(2026, 11, 27)};
    term.term = term.terms = 1;
    term.lines = lines;
    term.decided = day_of(2026, 11, 27);
    term.of_year = term.of_term[0];
    term.change_count = 0;
    term.promotion = PROMOTION_UNKNOWN;
    compose(&sheet, &term, DATE_NONE);
    check_golden(&sheet, "term-first");
    unset_sheet(&sheet);
}

/* Four quarters, an exam, debts; very many achievements and comments flow to further pages. */
static void quarters_flow_on(void **state)
{
    (void)state;
    struct set_sheet sheet = {0};
    struct fixture *f = &sheet.fixture;
    struct term_sheet term = year_sheet(f);
    static const char *const debts[] = {"Математика"};
    struct term_line lines[COUNT(design_lines)];
    struct remark remarks[60];
    for (size_t i = 0; i < COUNT(lines); i++) {
        lines[i] = design_lines[i];
        lines[i].final[4] = "4";
        lines[i].mean[3] = 350;
    }
    for (size_t i = 0; i < COUNT(remarks); i++)
        remarks[i] = (struct remark){.day = day_of(2027, 4, 1) + (int32_t)i / 2,
                                     .subject = "Математика",
                                     .teacher = "Н. П. Осипова",
                                     .text = "Решил все задачи со звёздочкой и объяснил их классу у доски."};
    lines[2].final[FINAL_EXAM] = "2";
    lines[2].final[FINAL_FINAL] = "2";
    f->year.kind = TERM_QUARTER;
    f->year.terms = 4;
    term.terms = 4;
    term.of_term[3] = term.of_term[0];
    term.lines = lines;
    term.remarks = remarks;
    term.remark_count = COUNT(remarks);
    term.promotion = PROMOTION_DEBTS;
    term.debts = debts;
    term.debt_count = 1;
    f->label.number = NULL;
    compose(&sheet, &term, day_of(2027, 5, 30));
    assert_true(sheet.page_count > 1);
    check_golden(&sheet, "term-quarters");
    unset_sheet(&sheet);
}

static void class_without_marks(void **state)
{
    (void)state;
    struct set_sheet sheet = {0};
    struct fixture *f = &sheet.fixture;
    struct term_sheet term = year_sheet(f);
    static const char *const topics[] = {"Счёт предметов", "Вверху. Внизу. Слева. Справа",
                                         "Столько же. Больше. Меньше"};
    static const struct topic_list lists[] = {
        {.subject = "Математика", .lessons = 58, .missed = 3, .topics = topics, .topic_count = 3},
        {.subject = "Музыка", .lessons = 1}};
    f->pupil.form = "1Б";
    f->label = (struct sheet_label){"2026-T1-1Б-07", day_of(2026, 11, 28), 5, day_of(2026, 11, 27)};
    term.term = term.terms = 1;
    term.without_marks = true;
    term.finals = false;
    term.line_count = term.change_count = 0;
    term.of_year = term.of_term[0];
    term.promotion = PROMOTION_UNKNOWN;
    term.topics = lists;
    term.topic_list_count = 2;
    compose(&sheet, &term, DATE_NONE);
    check_golden(&sheet, "term-without-marks");
    unset_sheet(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(year_of_the_design),
        cmocka_unit_test(first_term),
        cmocka_unit_test(quarters_flow_on),
        cmocka_unit_test(class_without_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
