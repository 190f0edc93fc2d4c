#include "gradebook_fixture.h"

#include "gradebook/calendar.h"

static struct arena *arena;
static struct school school;

static int open_calendar(void **state)
{
    (void)state;
    arena = arena_new();
    school = fixture_school();
    fixture_kind = TERM_TRIMESTER;
    return 0;
}

static int close_calendar(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static const struct school_year *year_of(enum term_kind kind, int32_t day)
{
    fixture_kind = kind;
    return school_year_of(&school, arena, day);
}

static void trimesters(void **state)
{
    (void)state;
    const struct school_year *year = year_of(TERM_TRIMESTER, on(2026, 11, 16));
    assert_int_equal(calendar_term(year, on(2026, 11, 30)), 1);
    assert_int_equal(calendar_term(year, on(2026, 12, 1)), 2);
    assert_int_equal(calendar_term(year, on(2027, 2, 28)), 2);
    assert_int_equal(calendar_term(year, on(2027, 6, 1)), 0);
    assert_int_equal(calendar_term_begun(year, on(2027, 6, 1)), 3);
    assert_int_equal(calendar_term_begun(year, on(2026, 8, 31)), 0);
    year = year_of(TERM_TRIMESTER, on(2028, 2, 29));
    assert_int_equal(calendar_term(year, on(2028, 2, 29)), 2);
}

static void quarters_and_halves_have_gaps(void **state)
{
    (void)state;
    const struct school_year *year = year_of(TERM_QUARTER, on(2026, 10, 28));
    assert_int_equal(calendar_term(year, on(2026, 10, 28)), 0);
    assert_int_equal(calendar_term_begun(year, on(2026, 10, 28)), 1);
    assert_int_equal(calendar_term(year, on(2027, 3, 29)), 4);
    year = year_of(TERM_HALF, on(2027, 1, 11));
    assert_int_equal(calendar_term(year, on(2026, 12, 30)), 1);
    assert_int_equal(calendar_term(year, on(2027, 1, 10)), 0);
    assert_int_equal(calendar_term(year, on(2027, 1, 11)), 2);
}

static void school_days_and_holidays(void **state)
{
    (void)state;
    const struct school_year *year = year_of(TERM_TRIMESTER, on(2026, 11, 16));
    assert_true(calendar_school_day(&school, year, on(2026, 11, 21)));
    assert_false(calendar_school_day(&school, year, on(2026, 11, 22)));
    assert_false(calendar_school_day(&school, year, on(2026, 10, 28)));
    assert_string_equal(calendar_holiday(year, on(2027, 1, 1))->name, "новогодние каникулы");
    assert_null(calendar_holiday(year, on(2027, 1, 11)));
    school.school_days = 5;
    assert_false(calendar_school_day(&school, year, on(2026, 11, 21)));
}

static void weeks_of_a_term(void **state)
{
    (void)state;
    const struct school_year *year = year_of(TERM_TRIMESTER, on(2026, 11, 16));
    assert_int_equal(calendar_week_of_term(&school, year, 1, on(2026, 9, 1)), 1);
    assert_int_equal(calendar_week_of_term(&school, year, 1, on(2026, 8, 31)), 1);
    assert_int_equal(calendar_week_of_term(&school, year, 1, on(2026, 9, 7)), 2);
    assert_int_equal(calendar_week_of_term(&school, year, 1, on(2026, 11, 16)), 12);
    assert_int_equal(calendar_week_of_term(&school, year, 3, on(2027, 8, 2)), 14);
}

/* The second quarter of the fixture begins on a Monday: here on the Sunday before, which is no school day. */
static void the_first_week_is_that_of_the_first_school_day(void **state)
{
    (void)state;
    struct school_year year = *year_of(TERM_QUARTER, on(2026, 11, 16));
    year.term[1].from = on(2026, 11, 1);
    assert_int_equal(calendar_first_monday(&school, &year, 2), on(2026, 11, 2));
    assert_int_equal(calendar_week_of_term(&school, &year, 2, on(2026, 11, 2)), 1);
    assert_int_equal(calendar_week_of_term(&school, &year, 2, on(2026, 11, 1)), 1);
    assert_int_equal(calendar_week_of_term(&school, &year, 2, on(2026, 11, 9)), 2);
    year.term[2].from = on(2027, 1, 1); /* holidays up to the 10th */
    assert_int_equal(calendar_week_of_term(&school, &year, 3, on(2027, 1, 11)), 1);
}

static void weeks_run_across_new_year(void **state)
{
    (void)state;
    const struct school_year *year = year_of(TERM_TRIMESTER, on(2026, 12, 28));
    assert_int_equal(date_iso_week(on(2027, 1, 1)).week, 53); /* 2026 has 53 weeks */
    assert_int_equal(date_iso_week(on(2027, 1, 1)).year, 2026);
    assert_int_equal(calendar_week_of_term(&school, year, 2, on(2026, 12, 28)), 5);
    assert_int_equal(calendar_week_of_term(&school, year, 2, on(2027, 1, 4)), 6);
    assert_int_equal(calendar_week_of_term(&school, year, 2, on(2027, 2, 22)), 13);
}

static void dates_ahead_in_order(void **state)
{
    (void)state;
    const struct school_year *year = year_of(TERM_TRIMESTER, on(2026, 11, 21));
    size_t count = 0;
    const struct date_ahead *ahead = calendar_ahead(arena, year, on(2026, 11, 21), 4, &count);
    assert_int_equal(count, 4);
    assert_int_equal(ahead[0].ends_term, 1);
    assert_int_equal(ahead[0].span.from, on(2026, 11, 30));
    assert_int_equal(ahead[1].begins_term, 2);
    assert_string_equal(ahead[2].name, "новогодние каникулы");
    assert_int_equal(ahead[2].span.until, on(2027, 1, 10));
    assert_int_equal(ahead[3].ends_term, 2);
    ahead = calendar_ahead(arena, year, on(2027, 1, 2), 1, &count); /* holidays that still run are ahead, too */
    assert_int_equal(count, 1);
    assert_string_equal(ahead[0].name, "новогодние каникулы");
    calendar_ahead(arena, year, on(2027, 5, 31), 4, &count);
    assert_int_equal(count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(trimesters, open_calendar, close_calendar),
        cmocka_unit_test_setup_teardown(quarters_and_halves_have_gaps, open_calendar, close_calendar),
        cmocka_unit_test_setup_teardown(school_days_and_holidays, open_calendar, close_calendar),
        cmocka_unit_test_setup_teardown(weeks_of_a_term, open_calendar, close_calendar),
        cmocka_unit_test_setup_teardown(the_first_week_is_that_of_the_first_school_day, open_calendar, close_calendar),
        cmocka_unit_test_setup_teardown(weeks_run_across_new_year, open_calendar, close_calendar),
        cmocka_unit_test_setup_teardown(dates_ahead_in_order, open_calendar, close_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
