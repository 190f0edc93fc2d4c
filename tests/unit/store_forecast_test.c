/* What issued sheets forecast, held against the finals that came. */
#include "store/db.h"
#include "store/forecast.h"
#include "store_school.h"

static const struct mark_value scale[] = {{"2", 2}, {"3", 3}, {"4", 4}, {"5", 5}, {"зачёт", -1}};
static const struct school school = {.marks = scale, .mark_count = 5};

static int start(void **state)
{
    struct desk *desk = desk_start(state);
    struct sheaf sheaf = sheaf_new(desk, EXPORT_PUPILS);
    add_pupil(&sheaf, "1", "Вокуева Дарья", "3А");
    add_pupil(&sheaf, "2", "Ёлкин Пётр", "3Б");
    desk_import(desk, &sheaf);
    return 0;
}

static const struct sheet_forecast forecasts[] = {
    {.subject = "Русский язык", .year = 2026, .term = 1, .done = 92, .chance = {1, 99, 850, 50}, .low = 4, .high = 4},
    {.subject = "Музыка", .year = 2026, .term = 1, .done = 92, .chance = {0, 0, 450, 550}, .low = 4, .high = 5},
};

static struct sheet_row sheet(const char *number, int32_t pupil, const char *form)
{
    struct sheet_row row = {.number = number,
                            .pupil = pupil,
                            .form = form,
                            .kind = SHEET_WEEKLY,
                            .period = "2026-W47",
                            .running = pupil,
                            .issue = 1,
                            .until = day("2026-11-21"),
                            .import = 1,
                            .told_until = DATE_NONE,
                            .stamp = "2026-11-21 10:00:00",
                            .account = "tester",
                            .pages = 2,
                            .delivery = "hand",
                            .copies = 1,
                            .file = "x.pdf",
                            .layout = "weekly",
                            .forecasts = forecasts,
                            .forecast_count = 2};
    memset(row.sha256, 'a', 64);
    return row;
}

static void add_final(struct sheaf *sheaf, const char *code, const char *form, const char *subject, int32_t period,
                      const char *mark)
{
    struct final_row *row = SHEAF_ROW(sheaf, finals);
    *row = (struct final_row){.code = code,
                              .name = "",
                              .form = form,
                              .subject = subject,
                              .mark = mark,
                              .year = 2026,
                              .period = period,
                              .decided = day("2026-11-27"),
                              .line = (int32_t)sheaf->export.count + 1};
}

static size_t outcomes(struct desk *desk, const char *form, struct forecast_outcome **out)
{
    size_t count = 0;
    if (!store_forecast_outcomes(desk->store, desk->arena, &school, form, 0, out, &count, &desk->err))
        fail_msg("%s", desk->err.text);
    return count;
}

static void forecasts_wait_for_their_finals(void **state)
{
    struct desk *desk = *state;
    struct forecast_outcome *out = NULL;
    struct sheet_row rows[] = {sheet("2026-W47-3А-01", 1, "3А"), sheet("2026-W47-3Б-01", 2, "3Б")};
    assert_true(desk_add_sheets(desk, rows, 2));
    assert_int_equal(outcomes(desk, NULL, &out), 0);
    struct sheaf sheaf = sheaf_new(desk, EXPORT_FINALS);
    add_final(&sheaf, "1", "3А", "РУССКИЙ ЯЗЫК", 1, "4"); /* as other tables write it */
    add_final(&sheaf, "1", "3А", "Русский язык", 2, "5"); /* of another term */
    add_final(&sheaf, "1", "3А", "Музыка", 1, "зачёт");   /* no number */
    desk_import(desk, &sheaf);
    assert_int_equal(outcomes(desk, NULL, &out), 1);
    assert_string_equal(out[0].said.subject, "Русский язык");
    assert_string_equal(out[0].form, "3А");
    assert_int_equal(out[0].final, 4);
    assert_int_equal(out[0].said.chance[2], 850);
    assert_int_equal(out[0].said.low, 4);
    assert_int_equal(out[0].said.done, 92);
    sheaf = sheaf_new(desk, EXPORT_FINALS);
    add_final(&sheaf, "2", "3Б", "Музыка", 1, "5");
    desk_import(desk, &sheaf);
    assert_int_equal(outcomes(desk, NULL, &out), 2);
    assert_int_equal(outcomes(desk, "3Б", &out), 1);
    assert_int_equal(outcomes(desk, "3В", &out), 0);
}

/* A sheet that can't be added leaves no forecasts. */
static void forecasts_are_stored_with_their_sheets_or_not_at_all(void **state)
{
    struct desk *desk = *state;
    struct sheet_row rows[] = {sheet("2026-W47-3А-01", 1, "3А"), sheet("2026-W47-3А-01", 2, "3А")};
    assert_false(desk_add_sheets(desk, rows, 2));
    desk->err = (struct err){0};
    int64_t count = -1;
    assert_true(db_number(desk->store, &desk->err, &count, "SELECT count(*) FROM forecast", ""));
    assert_int_equal(count, 0);
    assert_true(desk_add_sheets(desk, rows, 1));
    assert_true(db_number(desk->store, &desk->err, &count, "SELECT count(*) FROM forecast", ""));
    assert_int_equal(count, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(forecasts_wait_for_their_finals, start, desk_finish),
        cmocka_unit_test_setup_teardown(forecasts_are_stored_with_their_sheets_or_not_at_all, start, desk_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
