#include "gradebook/term.h"
#include "gradebook_fixture.h"

#include <stdio.h>

static struct fixture f;
static struct final_entry finals[32];
static size_t final_count;

static int open_book(void **state)
{
    (void)state;
    fixture_open(&f);
    final_count = 0;
    return 0;
}

static int close_book(void **state)
{
    (void)state;
    fixture_close(&f);
    return 0;
}

static struct final_entry *add_final(const char *subject, int32_t period, const char *mark)
{
    struct final_entry *final = &finals[final_count++];
    *final = (struct final_entry){.pupil = 1,
                                  .year = 2026,
                                  .period = period,
                                  .subject = subject,
                                  .mark = mark,
                                  .decided = DATE_NONE,
                                  .held = {1, 0}};
    return final;
}

static const struct book *book(int32_t import)
{
    fixture_book(&f, import);
    f.book.finals = finals;
    f.book.final_count = final_count;
    return &f.book;
}

static struct term_order order_of(int32_t term, int32_t import, struct told told)
{
    return (struct term_order){
        .year = school_year_of(&f.school, f.arena, on(2026, 10, 1)), .term = term, .import = import, .told = told};
}

static struct term_sheet sheet_of(int32_t term, int32_t import, struct told told)
{
    struct term_sheet sheet;
    struct term_order order = order_of(term, import, told);
    term_compute(f.arena, &f.school, book(import), 0, &order, &sheet);
    return sheet;
}

static const struct told none = {0, DATE_NONE};

static const struct term_line *line_of(const struct term_sheet *sheet, const char *subject)
{
    for (size_t i = 0; i < sheet->line_count; i++)
        if (strcmp(sheet->lines[i].subject, subject) == 0)
            return &sheet->lines[i];
    fail_msg("no line of %s", subject);
    return NULL;
}

/* Регламент 2.1 (4): finals of the terms and of the year. */
static void finals_of_earlier_terms_stand_on_the_sheet_and_later_ones_do_not(void **state)
{
    (void)state;
    add_final("Русский язык", 1, "4");
    add_final("Русский язык", 2, "5")->decided = on(2027, 2, 26);
    add_final("Русский язык", 3, "3");
    add_final("Русский язык", FINAL_YEAR, "4");
    struct term_sheet sheet = sheet_of(2, 1, none);
    assert_int_equal(sheet.terms, 2);
    assert_int_equal(sheet.decided, on(2027, 2, 26));
    assert_string_equal(sheet.lines[0].final[1], "4");
    assert_string_equal(sheet.lines[0].final[2], "5");
    assert_null(sheet.lines[0].final[3]);
    assert_null(sheet.lines[0].final[FINAL_YEAR]);
    sheet = sheet_of(0, 1, none);
    assert_int_equal(sheet.terms, 3);
    assert_string_equal(sheet.lines[0].final[3], "3");
    assert_string_equal(sheet.lines[0].final[FINAL_YEAR], "4");
}

static void means_are_exact_and_of_each_term(void **state)
{
    (void)state;
    add_mark(&f, 1, on(2026, 9, 7), 1, "Математика", "5")->weight = 3000;
    add_mark(&f, 1, on(2026, 11, 30), 1, "Математика", "4");
    add_mark(&f, 1, on(2026, 12, 1), 1, "Математика", "3");
    add_mark(&f, 1, on(2027, 3, 1), 1, "Математика", "зачёт");
    struct term_sheet sheet = sheet_of(0, 1, none);
    assert_int_equal(sheet.lines[0].mean[0], 475);
    assert_int_equal(sheet.lines[0].mean[1], 300);
    assert_int_equal(sheet.lines[0].mean[2], -1);
    assert_int_equal(sheet.lines[0].mark_count, 0);
    sheet = sheet_of(1, 1, none);
    assert_int_equal(sheet.lines[0].mark_count, 2);
    assert_string_equal(sheet.lines[0].marks[0].text, "5");
    assert_int_equal(sheet.lines[0].mean[1], -1);
}

static void a_subject_is_one_line_in_either_spelling_and_only_with_a_mark_or_a_final(void **state)
{
    (void)state;
    add_mark(&f, 1, on(2026, 9, 7), 1, "Технология", "5");
    add_entry(&f, 1, on(2026, 9, 7), 2, "Разговоры о важном");
    add_final("технология", 1, "5");
    add_final("Алгебра", 1, "осв.");
    struct term_sheet sheet = sheet_of(1, 1, none);
    assert_int_equal(sheet.line_count, 2);
    assert_string_equal(line_of(&sheet, "Технология")->final[1], "5");
    assert_string_equal(line_of(&sheet, "Алгебра")->final[1], "осв.");
    assert_string_equal(sheet.lines[1].subject, "Технология");
}

/* Регламент 2.1 (3): missed lessons by reason, against lessons held. */
static void attendance_is_counted_by_term(void **state)
{
    (void)state;
    add_absence(&f, 1, on(2026, 9, 7), 1, "Музыка", REASON_ILL)->topic = "Песня";
    add_mark(&f, 1, on(2026, 9, 7), 2, "Музыка", "5");
    add_absence(&f, 1, on(2026, 12, 7), 1, "Музыка", REASON_UNEXCUSED);
    add_absence(&f, 1, on(2027, 3, 9), 1, "Музыка", REASON_LATE);
    struct term_sheet sheet = sheet_of(0, 1, none);
    assert_true(sheet.lessons_known);
    assert_int_equal(sheet.of_term[0].lessons, 2);
    assert_int_equal(sheet.of_term[0].count[REASON_ILL], 1);
    assert_int_equal(sheet.of_term[1].count[REASON_UNEXCUSED], 1);
    assert_int_equal(sheet.of_year.lessons, 4);
    assert_int_equal(sheet.of_year.count[REASON_LATE], 1);
    assert_int_equal(sheet.lines[0].missed, 2);
    sheet = sheet_of(1, 1, none);
    assert_int_equal(sheet.lines[0].missed, 1);
    assert_int_equal(sheet.lines[0].lessons, 2);
    assert_int_equal(sheet.of_year.lessons, 2);
}

static void every_state_can_be_shown_again(void **state)
{
    (void)state;
    add_mark(&f, 1, on(2026, 9, 7), 1, "Музыка", "5")->held = (struct held){1, 3};
    add_mark(&f, 1, on(2026, 9, 7), 1, "Музыка", "2")->held = (struct held){3, 0};
    add_final("Музыка", 1, "5")->held = (struct held){2, 3};
    add_final("Музыка", 1, "4")->held = (struct held){3, 0};
    struct term_sheet sheet = sheet_of(1, 1, none);
    assert_false(sheet.finals);
    assert_int_equal(sheet.lines[0].mean[0], 500);
    sheet = sheet_of(1, 2, none);
    assert_string_equal(sheet.lines[0].final[1], "5");
    sheet = sheet_of(1, 3, none);
    assert_string_equal(sheet.lines[0].final[1], "4");
    assert_int_equal(sheet.lines[0].mean[0], 200);
}

static void corrected_finals_are_told_with_old_and_new(void **state)
{
    (void)state;
    add_final("Математика", 1, "4")->held = (struct held){1, 3};
    add_final("Математика", 1, "3")->held = (struct held){3, 0};
    add_final("Музыка", 1, "5")->held = (struct held){3, 0};
    add_final("Русский язык", 1, "5")->held = (struct held){1, 3};
    add_final("Математика", 2, "4")->held = (struct held){3, 0};
    struct term_sheet sheet = sheet_of(2, 3, (struct told){2, on(2026, 11, 30)});
    assert_int_equal(sheet.change_count, 3);
    assert_string_equal(sheet.changes[0].subject, "Русский язык");
    assert_string_equal(sheet.changes[0].was, "5");
    assert_null(sheet.changes[0].now);
    assert_string_equal(sheet.changes[1].subject, "Математика");
    assert_string_equal(sheet.changes[1].was, "4");
    assert_string_equal(sheet.changes[1].now, "3");
    assert_null(sheet.changes[2].was);
    assert_string_equal(sheet.changes[2].now, "5");
    assert_int_equal(sheet_of(2, 3, none).change_count, 0);
    assert_int_equal(sheet_of(2, 3, (struct told){3, on(2026, 11, 30)}).change_count, 0);
}

/* A year sheet of the first term has told no finals of the second: they are news of its own sheet, and no change. */
static void finals_of_a_period_that_had_none_are_no_changes(void **state)
{
    (void)state;
    struct told told = {2, on(2027, 8, 31)};
    add_final("Математика", 1, "4")->held = (struct held){1, 3};
    add_final("Математика", 1, "3")->held = (struct held){3, 0};
    add_final("Математика", 2, "4")->held = (struct held){3, 0};
    add_final("Математика", FINAL_YEAR, "4")->held = (struct held){3, 0};
    assert_int_equal(sheet_of(1, 3, told).change_count, 1);
    assert_int_equal(sheet_of(2, 3, told).change_count, 1);
    assert_int_equal(sheet_of(0, 3, told).change_count, 1);
    struct term_order order = order_of(0, 3, told);
    assert_true(term_was_told(book(3), 0, &order, 1));
    assert_false(term_was_told(book(3), 0, &order, 2));
    assert_false(term_was_told(book(3), 0, &order, 0));
    size_t count = 0;
    order.again = true; /* the year sheet that came too early */
    const struct final_change *changes = term_changes(f.arena, book(3), 0, &order, &count);
    assert_int_equal(count, 2);
    assert_int_equal(changes[1].period, FINAL_YEAR);
    assert_null(changes[1].was);
}

static void a_final_that_only_moved_its_day_is_no_correction(void **state)
{
    (void)state;
    add_final("Музыка", 1, "5")->held = (struct held){1, 2};
    struct final_entry *final = add_final("Музыка", 1, "5");
    final->held = (struct held){2, 0};
    final->decided = on(2026, 11, 27);
    assert_int_equal(sheet_of(1, 2, (struct told){1, on(2026, 11, 30)}).change_count, 0);
}

static void finals_of_another_year_pupil_or_kind_of_term_are_not_ours(void **state)
{
    (void)state;
    add_final("Музыка", 1, "2")->year = 2025;
    add_final("Музыка", 1, "3")->pupil = 2;
    add_final("Музыка", 4, "4");
    struct term_order order = order_of(1, 1, none);
    assert_false(term_has_finals(book(1), 0, &order));
    assert_int_equal(sheet_of(0, 1, none).line_count, 0);
    add_final("Музыка", FINAL_EXAM, "4");
    order = order_of(0, 1, none);
    assert_true(term_has_finals(book(1), 0, &order));
}

static void promotion_is_known_from_the_finals_of_the_year(void **state)
{
    (void)state;
    add_final("Русский язык", 3, "4");
    add_final("Русский язык", FINAL_YEAR, "4");
    add_final("Музыка", 1, "5"); /* ended with the first term */
    add_final("Математика", 3, "2");
    assert_int_equal(sheet_of(0, 1, none).promotion, PROMOTION_UNKNOWN);
    struct final_entry *year = add_final("Математика", FINAL_YEAR, "осв.");
    assert_int_equal(sheet_of(0, 1, none).promotion, PROMOTION_CLEAR);
    assert_int_equal(sheet_of(3, 1, none).promotion, PROMOTION_UNKNOWN);
    year->mark = "2";
    struct term_sheet sheet = sheet_of(0, 1, none);
    assert_int_equal(sheet.promotion, PROMOTION_DEBTS);
    assert_int_equal(sheet.debt_count, 1);
    assert_string_equal(sheet.debts[0], "Математика");
    year->mark = "н/а";
    assert_int_equal(sheet_of(0, 1, none).promotion, PROMOTION_DEBTS);
    add_final("Математика", FINAL_FINAL, "3");
    assert_int_equal(sheet_of(0, 1, none).promotion, PROMOTION_CLEAR);
}

static void a_class_without_marks_has_lessons_and_topics(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++)
        f.pupils[i].form = "1А";
    for (int day = 7; day <= 9; day++) {
        struct entry *entry = add_entry(&f, 1, on(2026, 9, day), 1, "Математика");
        entry->form = "1А";
        entry->topic = day == 9 ? "Слева. Справа" : "Счёт";
        entry->mark = "5";
    }
    struct term_sheet sheet = sheet_of(1, 1, none);
    assert_true(sheet.without_marks);
    assert_int_equal(sheet.line_count, 0);
    assert_int_equal(sheet.topic_list_count, 1);
    assert_int_equal(sheet.topics[0].lessons, 3);
    assert_int_equal(sheet.topics[0].topic_count, 2);
    assert_string_equal(sheet.topics[0].topics[1], "Слева. Справа");
    assert_int_equal(sheet_of(0, 1, none).topics[0].topic_count, 0);
}

static void achievements_and_comments_are_of_the_period(void **state)
{
    (void)state;
    add_mark(&f, 1, on(2026, 11, 20), 1, "Музыка", "5")->comment = "осень";
    add_mark(&f, 1, on(2027, 3, 20), 1, "Музыка", "5")->comment = "весна";
    const int32_t days[] = {on(2026, 11, 14), on(2026, 12, 1), on(2027, 6, 3)};
    for (size_t i = 0; i < 3; i++)
        f.achievements[f.achievement_count++] =
            (struct achievement){.pupil = 1, .day = days[i], .title = "Турнир", .result = "", .held = {1, 0}};
    struct term_sheet sheet = sheet_of(1, 1, none);
    assert_int_equal(sheet.achievement_count, 1);
    assert_int_equal(sheet.remark_count, 1);
    assert_string_equal(sheet.remarks[0].text, "осень");
    sheet = sheet_of(2, 1, none);
    assert_int_equal(sheet.achievement_count, 1);
    assert_int_equal(sheet.remark_count, 0);
    sheet = sheet_of(0, 1, none);
    assert_int_equal(sheet.achievement_count, 3);
    assert_string_equal(sheet.remarks[0].text, "весна");
    assert_int_equal(sheet_of(0, 1, (struct told){1, on(2027, 5, 31)}).remark_count, 0);
}

static void quarters_and_halves_have_their_own_columns(void **state)
{
    (void)state;
    fixture_kind = TERM_QUARTER;
    add_final("Музыка", 4, "4");
    assert_int_equal(sheet_of(0, 1, none).terms, 4);
    assert_string_equal(sheet_of(4, 1, none).lines[0].final[4], "4");
    fixture_kind = TERM_HALF;
    assert_int_equal(sheet_of(0, 1, none).terms, 2);
    assert_int_equal(sheet_of(0, 1, none).line_count, 0);
}

/* A year of seven lessons a day, forty subjects: nothing of it is lost, also for who has marks on a few days only. */
static void a_long_year_of_many_subjects_is_counted_whole(void **state)
{
    (void)state;
    enum { SUBJECTS = 40, DAYS = 200, LESSONS = 7 };
    static char names[SUBJECTS][32];
    for (int i = 0; i < SUBJECTS; i++)
        snprintf(names[i], sizeof names[i], "Предмет %02d", i);
    for (int day = 0; day < DAYS; day++)
        for (int lesson = 1; lesson <= LESSONS; lesson++)
            for (int32_t pupil = 2; pupil <= 3; pupil++)
                add_mark(&f, pupil, on(2026, 9, 7) + day, lesson, names[(day * LESSONS + lesson) % SUBJECTS], "4");
    for (int i = 0; i < SUBJECTS; i++)
        add_mark(&f, 1, on(2026, 9, 7) + i, LESSONS, names[(i * LESSONS + LESSONS) % SUBJECTS], "5");
    struct term_sheet sheet = sheet_of(0, 1, none);
    assert_int_equal(sheet.line_count, SUBJECTS);
    for (size_t i = 0; i < sheet.line_count; i++) {
        assert_string_equal(sheet.lines[i].subject, names[i]);
        assert_int_equal(sheet.lines[i].lessons, DAYS * LESSONS / SUBJECTS);
        assert_int_equal(sheet.lines[i].mean[0], 500);
    }
    assert_int_equal(sheet.of_year.lessons, DAYS * LESSONS);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_book, close_book)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(finals_of_earlier_terms_stand_on_the_sheet_and_later_ones_do_not),
        TEST(means_are_exact_and_of_each_term),
        TEST(a_subject_is_one_line_in_either_spelling_and_only_with_a_mark_or_a_final),
        TEST(attendance_is_counted_by_term),
        TEST(every_state_can_be_shown_again),
        TEST(corrected_finals_are_told_with_old_and_new),
        TEST(finals_of_a_period_that_had_none_are_no_changes),
        TEST(a_final_that_only_moved_its_day_is_no_correction),
        TEST(finals_of_another_year_pupil_or_kind_of_term_are_not_ours),
        TEST(promotion_is_known_from_the_finals_of_the_year),
        TEST(a_class_without_marks_has_lessons_and_topics),
        TEST(achievements_and_comments_are_of_the_period),
        TEST(quarters_and_halves_have_their_own_columns),
        TEST(a_long_year_of_many_subjects_is_counted_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
