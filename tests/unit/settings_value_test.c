/* Strict conversions: the whole text or nothing. */
#include "settings_fixture.h"

#include "settings/value.h"

static void integers(void **state)
{
    (void)state;
    int32_t n = 77;
    assert_true(value_integer("010", 0, 100, &n));
    assert_int_equal(n, 10);
    assert_true(value_integer("-5", -10, 10, &n));
    assert_int_equal(n, -5);
    static const char *const wrong[] = {"", "-", "12abc", "3,5", "0x10", "101", "-1", " 1", "1 ", "+1", "9999999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(value_integer(wrong[i], 0, 100, &n));
    assert_int_equal(n, -5);
}

static void decimals(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int digits;
        int32_t value;
    } right[] = {{"0.50", 2, 50}, {"0,6", 2, 60}, {"3", 3, 3000}, {"1.234", 3, 1234}, {"99999,999", 3, 99999999}};
    static const char *const wrong[] = {"", ".5", "5.", "5,", "1.2345", "1.2.3", "-1", "1e3", "1 5", "100000", "0x1"};
    int32_t n = 0;
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++) {
        assert_true(value_decimal(right[i].text, right[i].digits, &n));
        assert_int_equal(n, right[i].value);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(value_decimal(wrong[i], 3, &n));
}

static void lengths(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int32_t value;
    } right[] = {{"18 mm", 51024}, {"210mm", 595276},       {"297 mm", 841890}, {"9.3 pt", 9300},
                 {"9,3pt", 9300},  {"18\xC2\xA0mm", 51024}, {"0", 0},           {"0.5 em", 5000}};
    static const char *const wrong[] = {"", "18", "18 cm", "18 mm x", "mm", "-1 mm", "1.2345 mm", "1 em em"};
    int32_t n = 0;
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++) {
        assert_true(value_length(right[i].text, 10000, &n));
        assert_int_equal(n, right[i].value);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(value_length(wrong[i], 10000, &n));
    assert_false(value_length("1 em", 0, &n));
}

static void days(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int32_t year, month, day;
        const char *rest;
    } right[] = {{"2026-09-01", 2026, 9, 1, ""}, {"01.09.2026", 2026, 9, 1, ""}, {"1.9", 0, 9, 1, ""},
                 {"29.02", 0, 2, 29, ""},        {"01.09. x", 0, 9, 1, ". x"},   {"29.02.2024-", 2024, 2, 29, "-"}};
    static const char *const wrong[] = {"",           "31.09",     "29.02.2026", "00.01",      "1.13",      "1",
                                        "01.09.26",   "2026-9-01", "2026-09",    "2026.09.01", "001.09",    "01.009",
                                        "0000-01-01", "20260901",  "01/09",      "01.09.0000", "2026-02-30"};
    struct value_day day = {0};
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++) {
        const char *at = right[i].text;
        assert_true(value_day(&at, &day));
        assert_int_equal(day.year, right[i].year);
        assert_int_equal(day.month, right[i].month);
        assert_int_equal(day.day, right[i].day);
        assert_string_equal(at, right[i].rest);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const char *at = wrong[i];
        if (value_day(&at, &day))
            fail_msg("«%s» was taken as a day", wrong[i]);
        assert_ptr_equal(at, wrong[i]);
    }
}

static void spans(void **state)
{
    (void)state;
    struct value_span span = {0};
    static const char *const right[] = {"28.11.2026-06.12.2026 Каникулы", "2026-11-28-2026-12-06 Каникулы",
                                        "28.11.2026 – 06.12.2026 Каникулы", "28.11.2026 — 2026-12-06 Каникулы"};
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++) {
        const char *at = right[i];
        assert_true(value_span(&at, &span));
        assert_string_equal(at, " Каникулы");
        assert_int_equal(span.from.day, 28);
        assert_int_equal(span.until.day, 6);
        assert_int_equal(span.until.year, 2026);
    }
    const char *at = "04.11 - праздник";
    assert_true(value_span(&at, &span));
    assert_int_equal(span.until.day, 4);
    assert_string_equal(at, " - праздник");
    static const char *const wrong[] = {"", "Каникулы", "28.11.2026-06.12", "28.11-06.12.2026", "28.11-31.11"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        at = wrong[i];
        assert_false(value_span(&at, &span));
    }
}

static void lists(void **state)
{
    struct fixture *fixture = *state;
    const struct value_item *items = NULL;
    assert_int_equal(value_list(fixture->arena, "", false, &items), 0);
    assert_int_equal(value_list(fixture->arena, " \xC2\xA0", false, &items), 0);
    assert_int_equal(value_list(fixture->arena, "а, бв ,,г", false, &items), 4);
    assert_string_equal(items[1].text, "бв");
    assert_int_equal(items[1].offset, 3);
    assert_string_equal(items[2].text, "");
    assert_string_equal(items[3].text, "г");
    assert_int_equal(items[3].offset, 8);
    assert_int_equal(value_list(fixture->arena, "2,3,4", false, &items), 3);
    assert_int_equal(value_list(fixture->arena, "а 1,5, б 2,в 3", true, &items), 3);
    assert_string_equal(items[0].text, "а 1,5");
    assert_string_equal(items[2].text, "в 3");
    assert_int_equal(value_list(fixture->arena, "а,", false, &items), 2);
}

static void advice(void **state)
{
    struct fixture *fixture = *state;
    static const char *const words[] = {"refuse", "skip"};
    assert_string_equal(value_advice(fixture->arena, "Skipp", words, 2), "did you mean 'skip'?");
    assert_string_equal(value_advice(fixture->arena, "nothing", words, 2), "known are refuse, skip");
    assert_int_equal(value_choice("skip", words, 2), 1);
    assert_int_equal(value_choice("ski", words, 2), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers), cmocka_unit_test(decimals), cmocka_unit_test(lengths), cmocka_unit_test(days),
        cmocka_unit_test(spans),    FIXTURE_TEST(lists),        FIXTURE_TEST(advice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
