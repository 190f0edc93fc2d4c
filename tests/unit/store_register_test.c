/* The register of sheets: numbers, what was told, names as they were. */
#include "store/db.h"
#include "store_school.h"

static int start(void **state)
{
    struct desk *desk = desk_start(state);
    struct sheaf sheaf = sheaf_new(desk, EXPORT_PUPILS);
    add_pupil(&sheaf, "1", "Вокуева Дарья", "3А");
    add_pupil(&sheaf, "2", "Ёлкин Пётр", "10А");
    desk_import(desk, &sheaf);
    return 0;
}

static struct sheet_row sheet(const char *number, int32_t pupil, const char *form, int32_t running, int32_t issue)
{
    struct sheet_row row = {.number = number,
                            .pupil = pupil,
                            .form = form,
                            .kind = SHEET_WEEKLY,
                            .period = "2026-W47",
                            .running = running,
                            .issue = issue,
                            .until = day("2026-11-21"),
                            .import = 1,
                            .told_import = 0,
                            .told_until = DATE_NONE,
                            .stamp = "2026-11-21 10:00:00",
                            .account = "tester",
                            .pages = 2,
                            .delivery = "hand",
                            .copies = 1,
                            .file = "2026-W47/3А/07.pdf",
                            .layout = "weekly"};
    memset(row.sha256, 'a', 64);
    return row;
}

static void rows_come_back_whole_and_in_order(void **state)
{
    struct desk *desk = *state;
    struct sheet_row rows[] = {sheet("2026-W47-10А-01", 2, "10А", 1, 1), sheet("2026-W47-3А-02-2", 1, "3А", 2, 2),
                               sheet("2026-W47-3А-02", 1, "3А", 2, 1), sheet("2026-W47-3А-01", 1, "3А", 1, 1)};
    assert_true(desk_add_sheets(desk, rows, 4));
    struct sheet_row other = sheet("2026-W46-3А-01", 1, "3А", 1, 1);
    other.period = "2026-W46";
    assert_true(desk_add_sheets(desk, &other, 1));
    struct sheet_row *out;
    size_t count;
    assert_true(store_register(desk->store, desk->arena, "2026-W47", &out, &count, &desk->err));
    assert_int_equal(count, 4);
    assert_string_equal(out[0].number, "2026-W47-3А-01");
    assert_string_equal(out[1].number, "2026-W47-3А-02");
    assert_string_equal(out[2].number, "2026-W47-3А-02-2");
    assert_string_equal(out[3].number, "2026-W47-10А-01");
    const struct sheet_row *is = &out[2];
    assert_string_equal(is->code, "1");
    assert_string_equal(is->name, "Вокуева Дарья");
    assert_string_equal(is->period, "2026-W47");
    assert_int_equal(is->issue, 2);
    assert_int_equal(is->until, day("2026-11-21"));
    assert_int_equal(is->told_until, DATE_NONE);
    assert_int_equal(is->pages, 2);
    assert_int_equal(strlen(is->sha256), 64);
    assert_string_equal(is->file, "2026-W47/3А/07.pdf");
    assert_string_equal(is->stamp, "2026-11-21 10:00:00");
    assert_string_equal(is->account, "tester");
    assert_string_equal(is->delivery, "hand");
    assert_string_equal(is->layout, "weekly");
    assert_string_equal(is->returned, "");
    assert_int_equal(is->copies, 1);
    assert_true(store_register(desk->store, desk->arena, NULL, &out, &count, &desk->err));
    assert_int_equal(count, 5);
    assert_string_equal(out[0].period, "2026-W46");
    int64_t audits = 0;
    assert_true(
        db_number(desk->store, &desk->err, &audits, "SELECT count(*) FROM audit WHERE what LIKE '%sheets%'", ""));
    assert_int_equal(audits, 2);
}

static void running_numbers_go_on(void **state)
{
    struct desk *desk = *state;
    int32_t next = 0;
    assert_true(store_next_running(desk->store, "2026-W47", "3А", &next, &desk->err));
    assert_int_equal(next, 1);
    struct sheet_row row = sheet("2026-W47-3А-07", 1, "3А", 7, 1);
    assert_true(desk_add_sheets(desk, &row, 1));
    assert_true(store_next_running(desk->store, "2026-W47", "3А", &next, &desk->err));
    assert_int_equal(next, 8);
    assert_true(store_next_running(desk->store, "2026-W47", "10А", &next, &desk->err));
    assert_int_equal(next, 1);
    assert_true(store_next_running(desk->store, "2026-W48", "3А", &next, &desk->err));
    assert_int_equal(next, 1);
}

static void a_number_is_given_once(void **state)
{
    struct desk *desk = *state;
    struct sheet_row rows[] = {sheet("2026-W47-3А-01", 1, "3А", 1, 1), sheet("2026-W47-3А-02", 1, "3А", 2, 1),
                               sheet("2026-W47-3А-01", 1, "3А", 1, 1)};
    assert_true(desk_add_sheets(desk, rows, 1));
    assert_false(desk_add_sheets(desk, rows + 1, 2));
    assert_int_equal(desk->err.code, ERR_MACHINE);
    assert_non_null(strstr(desk->err.text, "2026-W47-3А-01"));
    struct sheet_row *out;
    size_t count;
    desk->err = (struct err){0};
    assert_true(store_register(desk->store, desk->arena, NULL, &out, &count, &desk->err));
    assert_int_equal(count, 1);
}

static void what_was_told_is_the_last_sheets(void **state)
{
    struct desk *desk = *state;
    int32_t import = 9, until = 9;
    assert_true(store_told(desk->store, 1, SHEET_WEEKLY, &import, &until, &desk->err));
    assert_int_equal(import, 0);
    struct sheet_row rows[] = {sheet("2026-W46-3А-01", 1, "3А", 1, 1), sheet("2026-W47-3А-01", 1, "3А", 1, 1),
                               sheet("2026-W46-3А-01-2", 1, "3А", 1, 2)};
    rows[0].until = day("2026-11-14");
    rows[1].import = 2;
    rows[1].told_import = 1;
    rows[1].told_until = rows[0].until;
    assert_true(desk_add_sheets(desk, rows, 2));
    assert_true(store_told(desk->store, 1, SHEET_WEEKLY, &import, &until, &desk->err));
    assert_int_equal(import, 2);
    assert_int_equal(until, day("2026-11-21"));
    assert_true(store_told(desk->store, 1, SHEET_TERM, &import, &until, &desk->err));
    assert_int_equal(import, 0);
    assert_true(store_told(desk->store, 2, SHEET_WEEKLY, &import, &until, &desk->err));
    assert_int_equal(import, 0);
    /* The week before once more: it tells the newer state, and what the later week told stays told. */
    rows[2].until = rows[0].until;
    rows[2].import = 5;
    rows[2].told_import = 2;
    rows[2].told_until = rows[1].until;
    assert_true(desk_add_sheets(desk, rows + 2, 1));
    assert_true(store_told(desk->store, 1, SHEET_WEEKLY, &import, &until, &desk->err));
    assert_int_equal(import, 5);
    assert_int_equal(until, day("2026-11-21"));
}

static void the_name_is_that_of_the_sheet(void **state)
{
    struct desk *desk = *state;
    struct sheet_row row = sheet("2026-W47-3А-01", 1, "3А", 1, 1), *out;
    size_t count;
    assert_true(desk_add_sheets(desk, &row, 1));
    struct sheaf sheaf = sheaf_new(desk, EXPORT_PUPILS);
    add_pupil(&sheaf, "1", "Рочева Дарья", "3Б");
    desk_import(desk, &sheaf);
    assert_true(store_register(desk->store, desk->arena, NULL, &out, &count, &desk->err));
    assert_string_equal(out[0].name, "Вокуева Дарья");
    assert_string_equal(out[0].form, "3А");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rows_come_back_whole_and_in_order, start, desk_finish),
        cmocka_unit_test_setup_teardown(running_numbers_go_on, start, desk_finish),
        cmocka_unit_test_setup_teardown(a_number_is_given_once, start, desk_finish),
        cmocka_unit_test_setup_teardown(what_was_told_is_the_last_sheets, start, desk_finish),
        cmocka_unit_test_setup_teardown(the_name_is_that_of_the_sheet, start, desk_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
