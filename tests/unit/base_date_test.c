#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/date.h"

static void every_day_of_four_centuries(void **state)
{
    (void)state;
    int32_t weekday = date_weekday(date_from_civil(1800, 1, 1));
    for (int32_t day = date_from_civil(1800, 1, 1); day <= date_from_civil(2200, 12, 31); day++) {
        struct civil civil = date_to_civil(day);
        assert_int_equal(date_from_civil(civil.year, civil.month, civil.day), day);
        assert_int_equal(date_weekday(day), weekday);
        weekday = weekday % 7 + 1;
        struct iso_week week = date_iso_week(day);
        assert_int_equal(date_of_week(week, date_weekday(day)), day);
    }
}

/* Known weeks: 2026-11-16 is in W47; 2020 and 2026 have 53 weeks; 1 January 2027 is still 2026-W53. */
static void weeks_of_iso(void **state)
{
    (void)state;
    struct iso_week week = date_iso_week(date_from_civil(2026, 11, 16));
    assert_int_equal(week.year, 2026);
    assert_int_equal(week.week, 47);
    week = date_iso_week(date_from_civil(2027, 1, 1));
    assert_int_equal(week.year, 2026);
    assert_int_equal(week.week, 53);
    week = date_iso_week(date_from_civil(2024, 12, 30));
    assert_int_equal(week.year, 2025);
    assert_int_equal(week.week, 1);
    assert_int_equal(date_of_week((struct iso_week){2025, 53}, 1), DATE_NONE);
    assert_int_equal(date_of_week((struct iso_week){2025, 0}, 1), DATE_NONE);
}

static void only_real_dates(void **state)
{
    (void)state;
    int32_t day = 0;
    assert_true(date_parse("2024-02-29", &day));
    assert_false(date_parse("2026-02-29", &day));
    assert_false(date_parse("2026-2-09", &day));
    assert_false(date_parse("09.02.2026", &day));
    assert_false(date_parse("2026-11-16 ", &day));
    assert_false(date_parse("", &day));
    char text[DATE_TEXT];
    assert_string_equal(date_format(text, date_from_civil(2026, 9, 1)), "2026-09-01");
    assert_int_equal(date_from_civil(1970, 1, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_four_centuries),
        cmocka_unit_test(weeks_of_iso),
        cmocka_unit_test(only_real_dates),
    };
    return cmocka_run_group_tests_name("base_date", tests, NULL, NULL);
}
