/* A school's finished terms as one import knew them. */
#include "gradebook/past.h"
#include "store/forecast.h"
#include "store/past.h"
#include "store_school.h"

static struct school school;

static int start(void **state)
{
    struct desk *desk = mem_alloc(sizeof *desk);
    desk_open(desk);
    school_defaults(desk->arena, &school);
    *state = desk;
    return 0;
}

static void add_final(struct sheaf *sheaf, const char *code, int32_t year, int32_t period, const char *subject,
                      const char *mark)
{
    struct final_row *row = SHEAF_ROW(sheaf, finals);
    *row = (struct final_row){.code = code,
                              .name = "",
                              .form = "3А",
                              .subject = subject,
                              .mark = mark,
                              .year = year,
                              .period = period,
                              .decided = DATE_NONE,
                              .line = (int32_t)sheaf->export.count + 1};
}

/* Marks of two classes in the first term, one more in the second; import 1. */
static void import_marks(struct desk *desk)
{
    struct sheaf sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
    add_cover(&sheaf, "3А", "2026-09-01", "2026-12-31");
    add_cover(&sheaf, "3Б", "2026-09-01", "2026-12-31");
    add_lesson(&sheaf, "2026-09-07", "3А", "1", 1, "Музыка", "5", REASON_PRESENT);
    add_lesson(&sheaf, "2026-09-14", "3А", "1", 1, "Музыка", "4", REASON_PRESENT);
    add_lesson(&sheaf, "2026-09-21", "3А", "1", 1, "Музыка", "", REASON_ILL);
    add_lesson(&sheaf, "2026-12-07", "3А", "1", 1, "Музыка", "2", REASON_PRESENT);
    add_lesson(&sheaf, "2026-09-07", "3Б", "2", 1, "Чтение", "3", REASON_PRESENT)->weight = 2 * WEIGHT_ONE;
    desk_import(desk, &sheaf);
}

static struct past past_at(struct desk *desk, const char *date, int32_t import)
{
    struct past past;
    if (!store_past(desk->store, desk->arena, &school, day(date), import, &past, &desk->err))
        fail_msg("%s", desk->err.text);
    return past;
}

static int32_t final_at(const struct past *past, int32_t pupil, const char *subject, int32_t year, int32_t period)
{
    return past_final(past, pupil, past_subject(past, subject), year, period);
}

static void marks_meet_their_finals(void **state)
{
    struct desk *desk = *state;
    import_marks(desk);
    assert_int_equal(past_at(desk, "2026-12-13", 1).term_count, 0);
    struct sheaf sheaf = sheaf_new(desk, EXPORT_FINALS);
    add_final(&sheaf, "1", 2026, 1, "МУЗЫКА", "5");
    add_final(&sheaf, "1", 2026, 2, "Музыка", "3");
    add_final(&sheaf, "2", 2026, 1, "Чтение", "3");
    add_final(&sheaf, "2", 2026, 1, "Труд", "зачёт");
    desk_import(desk, &sheaf);
    struct past past = past_at(desk, "2026-12-13", 2);
    assert_int_equal(past.term_count, 2); /* the second term is not over, and a «зачёт» is no number */
    assert_int_equal(final_at(&past, 1, "музыка", 2026, 1), 5);
    assert_int_equal(past.terms[0].term.count, 2);
    assert_int_equal(past.terms[0].term.weighted, 9 * WEIGHT_ONE);
    assert_int_equal(past.terms[1].term.weighted, 6 * WEIGHT_ONE);
    past = past_at(desk, "2027-03-05", 2);
    assert_int_equal(final_at(&past, 1, "музыка", 2026, 2), 3);
    assert_int_equal(past.terms[1].term.weighted, 2 * WEIGHT_ONE);
    assert_int_equal(past_at(desk, "2026-11-29", 2).term_count, 0);
    assert_int_equal(past_at(desk, "2026-12-13", 1).term_count, 0);
}

/* A mark and a final that were corrected later stay in the past of the import that knew them. */
static void a_past_stays_what_it_was(void **state)
{
    struct desk *desk = *state;
    import_marks(desk);
    struct sheaf sheaf = sheaf_new(desk, EXPORT_FINALS);
    add_final(&sheaf, "1", 2026, 1, "Музыка", "5");
    desk_import(desk, &sheaf);
    sheaf = sheaf_new(desk, EXPORT_FINALS);
    add_final(&sheaf, "1", 2026, 1, "Музыка", "4");
    desk_import(desk, &sheaf);
    sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
    add_cover(&sheaf, "3А", "2026-09-14", "2026-09-14");
    add_lesson(&sheaf, "2026-09-14", "3А", "1", 1, "Музыка", "3", REASON_PRESENT);
    desk_import(desk, &sheaf);
    static const int32_t finals[] = {5, 4, 4}, sums[] = {9, 9, 8};
    for (int32_t i = 0; i < 3; i++) {
        struct past past = past_at(desk, "2026-12-13", 2 + i);
        assert_int_equal(past.terms[0].final, finals[i]);
        assert_int_equal(past.terms[0].term.weighted, sums[i] * WEIGHT_ONE);
    }
}

static void finals_of_the_year_before(void **state)
{
    struct desk *desk = *state;
    import_marks(desk);
    struct sheaf sheaf = sheaf_new(desk, EXPORT_FINALS);
    add_final(&sheaf, "1", 2025, 1, "Музыка", "4");
    add_final(&sheaf, "1", 2025, 2, "Музыка", "5");
    add_final(&sheaf, "1", 2025, 3, "Музыка", "5");
    add_final(&sheaf, "1", 2024, 3, "Музыка", "2");
    desk_import(desk, &sheaf);
    struct past past = past_at(desk, "2026-10-04", 2);
    uint32_t music = past_subject(&past, "музыка");
    assert_int_equal(past.term_count, 3);
    assert_int_equal(past_mean(&past, 1, music, 2025), 467);
    assert_int_equal(past_mean(&past, 1, music, 2026), 0);
    assert_int_equal(past_mean(&past, 2, music, 2025), 0);
}

/* Of each third of a term the last forecast that was printed before the import. */
static void forecasts_of_sheets(void **state)
{
    struct desk *desk = *state;
    import_marks(desk);
    const struct sheet_forecast said[] = {
        {.subject = "Музыка", .year = 2026, .term = 1, .done = 40, .chance = {0, 0, 400, 600}, .low = 4, .high = 5},
        {.subject = "Музыка", .year = 2026, .term = 1, .done = 50, .chance = {0, 0, 300, 700}, .low = 5, .high = 5},
        {.subject = "Музыка", .year = 2026, .term = 1, .done = 90, .chance = {0, 0, 50, 950}, .low = 5, .high = 5},
    };
    for (int32_t i = 0; i < 3; i++) {
        struct sheet_row row = {.number = arena_format(desk->arena, "2026-W4%d-3А-01", (int)i),
                                .pupil = 1,
                                .form = "3А",
                                .kind = SHEET_WEEKLY,
                                .period = arena_format(desk->arena, "2026-W4%d", (int)i),
                                .running = 1,
                                .issue = 1,
                                .until = day("2026-11-21"),
                                .import = i < 2 ? 1 : 2,
                                .told_until = DATE_NONE,
                                .stamp = "2026-11-21 10:00:00",
                                .account = "tester",
                                .delivery = "hand",
                                .file = "x.pdf",
                                .layout = "weekly",
                                .forecasts = &said[i],
                                .forecast_count = 1};
        assert_true(desk_add_sheets(desk, &row, 1));
    }
    struct sheaf sheaf = sheaf_new(desk, EXPORT_FINALS);
    add_final(&sheaf, "1", 2026, 1, "Музыка", "5");
    desk_import(desk, &sheaf);
    sheaf = sheaf_new(desk, EXPORT_FINALS);
    add_final(&sheaf, "1", 2026, 1, "Музыка", "5");
    add_final(&sheaf, "1", 2026, 1, "Чтение", "5");
    desk_import(desk, &sheaf);
    struct past past = past_at(desk, "2026-12-13", 2);
    assert_int_equal(past.forecast_count, 1);
    assert_true(past.forecasts[0].stated.p[3] == .7);
    assert_int_equal(past.forecasts[0].stated.final, 5);
    assert_int_equal(past_at(desk, "2026-12-13", 3).forecast_count, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(marks_meet_their_finals, start, desk_finish),
        cmocka_unit_test_setup_teardown(a_past_stays_what_it_was, start, desk_finish),
        cmocka_unit_test_setup_teardown(finals_of_the_year_before, start, desk_finish),
        cmocka_unit_test_setup_teardown(forecasts_of_sheets, start, desk_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
