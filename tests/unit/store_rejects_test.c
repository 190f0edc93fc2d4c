/* rejects = skip: a row put aside withdraws nothing of what the store holds (formats.md «What an import means»). */
#include "store_school.h"

static int start(void **state)
{
    struct desk *desk = mem_alloc(sizeof *desk);
    desk_open(desk);
    *state = desk;
    return 0;
}

enum { DAYS = 3, SUBJECTS = 2 };
static const char *const days[DAYS] = {"2026-11-16", "2026-11-17", "2026-11-18"};
static const char *const subjects[SUBJECTS] = {"Математика", "Чтение"};
static const char *const pupils[] = {"1", "2", "3"}, *const names[] = {"Азаров Иван", "Белов Олег", "Канева Яна"};
static const char *const forms[] = {"3А", "3А", "3Б"};

/* Every pupil has a mark in every lesson. */
static struct sheaf whole(struct desk *desk)
{
    struct sheaf sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
    for (int d = 0; d < DAYS; d++)
        for (int p = 0; p < 3; p++)
            for (int s = 0; s < SUBJECTS; s++)
                add_lesson(&sheaf, days[d], forms[p], pupils[p], s + 1, subjects[s], "5", REASON_PRESENT)->pupil =
                    sheaf_symbol(&sheaf, names[p]);
    return sheaf;
}

static struct lesson_row *row_of(struct sheaf *sheaf, const char *date, const char *who, int lesson)
{
    struct lesson_row *rows = sheaf->export.rows.lessons;
    for (size_t i = 0; i < sheaf->export.count; i++)
        if (rows[i].day == day(date) && rows[i].code == sheaf_symbol(sheaf, who) && rows[i].lesson == lesson)
            return &rows[i];
    fail();
    return NULL;
}

static struct lesson_row take_out(struct sheaf *sheaf, const char *date, const char *who, int lesson)
{
    struct lesson_row *row = row_of(sheaf, date, who, lesson), out = *row;
    size_t at = (size_t)(row - sheaf->export.rows.lessons);
    sheaf->export.count--;
    memmove(row, row + 1, (sheaf->export.count - at) * sizeof *row);
    return out;
}

/* The row goes from the rows to those put aside. */
static struct lesson_row *put_aside(struct desk *desk, struct sheaf *sheaf, const char *date, const char *who,
                                    int lesson)
{
    struct export *export = &sheaf->export;
    struct lesson_row row = take_out(sheaf, date, who, lesson), *rows = arena_alloc(desk->arena, 16 * sizeof *rows);
    assert_true(export->aside_count < 16);
    if (export->aside_count > 0)
        memcpy(rows, export->aside, export->aside_count * sizeof *rows);
    export->aside = rows;
    export->rejected++;
    rows[export->aside_count] = row;
    return &rows[export->aside_count++];
}

static struct sheaf started(struct desk *desk)
{
    struct sheaf sheaf = whole(desk);
    assert_result(desk_import(desk, &sheaf), 18, 0, 0, 0);
    return whole(desk);
}

static void a_row_put_aside_withdraws_nothing(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = started(desk);
    put_aside(desk, &sheaf, days[1], "1", 2);
    struct import_result result = desk_import(desk, &sheaf);
    assert_result(result, 0, 0, 0, 18);
    assert_false(result.changed);
    assert_string_equal(marks_at(desk, "3А", "1", 1), "5 5 5 5 5 5");
}

static void what_is_missing_otherwise_is_withdrawn(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = started(desk);
    put_aside(desk, &sheaf, days[1], "1", 2);
    take_out(&sheaf, days[1], "2", 2);
    take_out(&sheaf, days[0], "1", 1);
    assert_result(desk_import(desk, &sheaf), 0, 0, 2, 16);
    assert_string_equal(marks_at(desk, "3А", "1", 2), "5 5 5 5 5");
}

static void the_day_of_the_pupil_is_kept_and_its_other_rows_are_taken(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = started(desk);
    put_aside(desk, &sheaf, days[1], "1", 2)->subject = 0;
    row_of(&sheaf, days[1], "1", 1)->mark = sheaf_symbol(&sheaf, "4");
    add_lesson(&sheaf, days[1], "3А", "1", 3, "Музыка", "3", REASON_PRESENT);
    assert_result(desk_import(desk, &sheaf), 1, 1, 0, 17);
    assert_string_equal(marks_at(desk, "3А", "1", 2), "5 5 4 5 3 5 5");
}

/* One of two marks of a lesson: the other is read, and stands beside what was stored. */
static void a_mark_beside_the_one_put_aside_is_no_correction(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = started(desk);
    put_aside(desk, &sheaf, days[1], "1", 2);
    add_lesson(&sheaf, days[1], "3А", "1", 2, subjects[1], "3", REASON_PRESENT);
    assert_result(desk_import(desk, &sheaf), 1, 0, 0, 18);
    assert_string_equal(marks_at(desk, "3А", "1", 2), "5 5 5 5 3 5 5");
    sheaf = whole(desk);
    put_aside(desk, &sheaf, days[1], "1", 2);
    struct lesson_row *read = add_lesson(&sheaf, days[1], "3А", "1", 2, subjects[1], "5", REASON_PRESENT);
    read->topic = sheaf_symbol(&sheaf, "Сказка"); /* the same mark with another topic is no second one */
    assert_result(desk_import(desk, &sheaf), 0, 0, 0, 19);
}

static void without_a_day_all_days_of_the_pupil_stay(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = started(desk);
    put_aside(desk, &sheaf, days[1], "1", 2)->day = DATE_NONE;
    take_out(&sheaf, days[2], "1", 1);
    take_out(&sheaf, days[2], "2", 1);
    assert_result(desk_import(desk, &sheaf), 0, 0, 1, 17);
    assert_string_equal(marks_at(desk, "3А", "1", 2), "5 5 5 5 5 5");
    assert_string_equal(marks_at(desk, "3А", "2", 2), "5 5 5 5 5");
}

static void without_a_pupil_the_day_of_the_class_stays(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = started(desk);
    struct lesson_row *row = put_aside(desk, &sheaf, days[1], "1", 2);
    row->code = row->pupil = 0;
    take_out(&sheaf, days[1], "2", 1);
    take_out(&sheaf, days[2], "2", 1);
    take_out(&sheaf, days[1], "3", 1);
    assert_result(desk_import(desk, &sheaf), 0, 0, 2, 16);
    assert_string_equal(marks_at(desk, "3А", "2", 2), "5 5 5 5 5");
    assert_string_equal(marks_at(desk, "3Б", "3", 2), "5 5 5 5 5");
    assert_string_equal(marks_at(desk, "3А", "1", 2), "5 5 5 5 5 5");
}

static void without_a_class_nothing_is_withdrawn(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = started(desk);
    *put_aside(desk, &sheaf, days[1], "1", 2) = (struct lesson_row){.day = DATE_NONE};
    for (int d = 0; d < DAYS; d++)
        take_out(&sheaf, days[d], "2", 1);
    row_of(&sheaf, days[2], "3", 1)->mark = sheaf_symbol(&sheaf, "4");
    assert_result(desk_import(desk, &sheaf), 0, 1, 0, 17);
    assert_string_equal(marks_at(desk, "3А", "2", 2), "5 5 5 5 5 5");
    assert_string_equal(marks_at(desk, "3Б", "3", 2), "5 5 5 5 4 5");
}

static void a_pupil_by_name_is_found(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = started(desk);
    put_aside(desk, &sheaf, days[1], "1", 2)->code = 0;
    take_out(&sheaf, days[1], "2", 2);
    assert_result(desk_import(desk, &sheaf), 0, 0, 1, 17);
    assert_string_equal(marks_at(desk, "3А", "1", 2), "5 5 5 5 5 5");
}

static void a_pupil_whose_rows_were_all_put_aside_is_not_missed(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = started(desk);
    for (int d = 0; d < DAYS; d++)
        for (int s = 1; s <= SUBJECTS; s++)
            put_aside(desk, &sheaf, days[d], "1", s);
    struct import_result result = desk_import(desk, &sheaf);
    assert_result(result, 0, 0, 0, 18);
    assert_false(desk_said(desk, DIAG_WARNING, "is not in this file"));
}

/* The file has the child in another class on that day: there only. */
static void a_day_that_went_to_another_class_goes(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = started(desk);
    *put_aside(desk, &sheaf, days[1], "2", 2) = (struct lesson_row){.day = DATE_NONE};
    row_of(&sheaf, days[2], "1", 1)->form = row_of(&sheaf, days[2], "1", 2)->form = sheaf_symbol(&sheaf, "3Б");
    desk_import(desk, &sheaf);
    assert_string_equal(form_of(desk, "1"), "3Б");
    assert_string_equal(marks_at(desk, "3Б", "1", 2), "5 5 5 5 5 5");
}

static void the_next_whole_file_settles_it(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = started(desk);
    put_aside(desk, &sheaf, days[1], "1", 2);
    desk_import(desk, &sheaf);
    sheaf = whole(desk);
    row_of(&sheaf, days[1], "1", 2)->mark = sheaf_symbol(&sheaf, "2");
    assert_result(desk_import(desk, &sheaf), 0, 1, 0, 17);
    assert_string_equal(marks_at(desk, "3А", "1", 2), "5 5 5 2 5 5");
}

static struct sheaf some_finals(struct desk *desk, size_t count)
{
    struct sheaf sheaf = sheaf_new(desk, EXPORT_FINALS);
    for (size_t i = 0; i < count; i++)
        *SHEAF_ROW(&sheaf, finals) = (struct final_row){.code = pupils[i % 2],
                                                        .name = "",
                                                        .form = "3А",
                                                        .subject = subjects[i / 2],
                                                        .period = FINAL_TERM_1,
                                                        .mark = i == 0 && count == 2 ? "4" : "5",
                                                        .decided = DATE_NONE,
                                                        .year = 2026};
    return sheaf;
}

static void other_tables_withdraw_nothing_either(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = started(desk), finals = some_finals(desk, 4);
    sheaf_free(&sheaf);
    assert_result(desk_import(desk, &finals), 4, 0, 0, 0);
    finals = some_finals(desk, 2);
    finals.export.rejected = 2;
    assert_result(desk_import(desk, &finals), 0, 1, 0, 3);
    struct import_result result;
    finals = some_finals(desk, 2);
    assert_true(desk_import_as(desk, &finals, true, false, &result));
    assert_result(result, 0, 0, 2, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, desk_finish)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_row_put_aside_withdraws_nothing),
        TEST(what_is_missing_otherwise_is_withdrawn),
        TEST(the_day_of_the_pupil_is_kept_and_its_other_rows_are_taken),
        TEST(a_mark_beside_the_one_put_aside_is_no_correction),
        TEST(without_a_day_all_days_of_the_pupil_stay),
        TEST(without_a_pupil_the_day_of_the_class_stays),
        TEST(without_a_class_nothing_is_withdrawn),
        TEST(a_pupil_by_name_is_found),
        TEST(a_pupil_whose_rows_were_all_put_aside_is_not_missed),
        TEST(a_day_that_went_to_another_class_goes),
        TEST(the_next_whole_file_settles_it),
        TEST(other_tables_withdraw_nothing_either),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
