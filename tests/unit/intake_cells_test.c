/* Dates, numbers and texts of single cells. */
#include "intake_reading.h"

#include "intake/cells.h"

static struct cell cell_of(const char *text)
{
    return (struct cell){text, strlen(text)};
}

static void dates(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum date_form form;
        const char *day; /* NULL: none */
    } cases[] = {
        {"2026-11-16", DATE_FORM_ANY, "2026-11-16"},
        {"16.11.2026", DATE_FORM_ANY, "2026-11-16"},
        {"16.11.26", DATE_FORM_ANY, "2026-11-16"},
        {"1.9.21", DATE_FORM_ANY, "2021-09-01"},
        {"2028-02-29", DATE_FORM_ANY, "2028-02-29"},
        {"2027-02-29", DATE_FORM_ANY, NULL},
        {"16.11.2026 21:04:10", DATE_FORM_ANY, "2026-11-16"},
        {"2026-11-16T21:04", DATE_FORM_ANY, "2026-11-16"},
        {"16/11/2026", DATE_FORM_ANY, NULL},
        {"16.11", DATE_FORM_ANY, NULL},
        {"16.11-2026", DATE_FORM_ANY, NULL},
        {"16.11.026", DATE_FORM_ANY, NULL},
        {"16.11.2026 после уроков", DATE_FORM_ANY, NULL},
        {"16.11.2026-21:04", DATE_FORM_ANY, NULL},
        {"", DATE_FORM_ANY, NULL},
        {"0216-11-16", DATE_FORM_ANY, NULL},
        {"2026-11-16 в обед", DATE_FORM_ANY, NULL},
        {"2026-11-16", DATE_FORM_LONG, NULL},
        {"16.11.2026", DATE_FORM_SHORT, NULL},
        {"16.11.26", DATE_FORM_SHORT, "2026-11-16"},
        {"16.11.2026", DATE_FORM_ISO, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int32_t day = DATE_NONE;
        bool is = cells_date(cell_of(cases[i].text), cases[i].form, &day);
        assert_int_equal(is, cases[i].day != NULL);
        if (is)
            assert_int_equal(day, day_of(cases[i].day));
    }
}

static void numbers(void **state)
{
    (void)state;
    int32_t number = 0;
    assert_true(cells_thousandths(cell_of("1"), 0, &number) && number == 1000);
    assert_true(cells_thousandths(cell_of("1,5"), 0, &number) && number == 1500);
    assert_true(cells_thousandths(cell_of("0.125"), 0, &number) && number == 125);
    assert_true(cells_thousandths(cell_of("2,50000"), 0, &number) && number == 2500);
    assert_false(cells_thousandths(cell_of("1,5"), '.', &number));
    assert_false(cells_thousandths(cell_of("1.0005"), 0, &number));
    assert_false(cells_thousandths(cell_of("1,"), 0, &number));
    assert_false(cells_thousandths(cell_of(",5"), 0, &number));
    assert_false(cells_thousandths(cell_of("1e3"), 0, &number));
    assert_false(cells_thousandths(cell_of("9999999"), 0, &number));
    assert_true(cells_number(cell_of("012"), &number) && number == 12);
    assert_false(cells_number(cell_of("12a"), &number));
    assert_false(cells_number(cell_of("1234567890"), &number));
    assert_true(cells_time(cell_of("08.05"), &number) && number == 485);
    assert_true(cells_time(cell_of("8:30:00"), &number) && number == 510);
    assert_false(cells_time(cell_of("24:00"), &number));
    assert_false(cells_time(cell_of("8:3"), &number));
    assert_false(cells_time(cell_of("утром"), &number));
}

static void what_excel_did(void **state)
{
    (void)state;
    int32_t a = 0, b = 0;
    assert_true(cells_eaten(cell_of("04.мар"), &a, &b) && a == 4 && b == 3);
    assert_true(cells_eaten(cell_of("мар.04"), &a, &b) && a == 4 && b == 3);
    assert_true(cells_eaten(cell_of("3 апреля"), &a, &b) && a == 3 && b == 4);
    assert_true(cells_eaten(cell_of("5-Май"), &a, &b) && a == 5 && b == 5);
    assert_true(cells_eaten(cell_of("Apr-03"), &a, &b) && a == 3 && b == 4);
    assert_false(cells_eaten(cell_of("3/4"), &a, &b));
    assert_false(cells_eaten(cell_of("март"), &a, &b));
    assert_false(cells_eaten(cell_of("н 4"), &a, &b));
    assert_false(cells_eaten(cell_of(""), &a, &b));
    assert_false(cells_eaten(cell_of("3 апреля, как сказано было в прошлый раз"), &a, &b));
    assert_true(cells_is_serial(cell_of("46342")));
    assert_false(cells_is_serial(cell_of("4634")));
    assert_true(cells_is_excel_error(cell_of("#ЗНАЧ!")));
    assert_true(cells_is_excel_error(cell_of("########")));
    assert_false(cells_is_excel_error(cell_of("# 5")));
    assert_true(cells_is_mangled_id(cell_of("1,04E+03")));
    assert_true(cells_is_mangled_id(cell_of("1E+10")));
    assert_true(cells_is_mangled_id(cell_of("'0042")));
    assert_false(cells_is_mangled_id(cell_of("1042E")));
    assert_false(cells_is_mangled_id(cell_of("E+03")));
}

static void cleaning(void **state)
{
    (void)state;
    static const struct {
        const char *raw, *clean;
    } cases[] = {
        {"  Попов \t Пётр \xC2\xA0", "Попов Пётр"},
        {"\xC2\xA0Попов", "Попов"},
        {"a\r\nb", "a b"},
        {"е\u0308", "ё"},
        {"a\u200Bb\uFEFF", "ab"},
        {"a\u202Eb", "a\uFFFDb"},
        {"№\u00A0"
         "1",
         "№\u00A0"
         "1"},
        {"", ""},
        {" ", ""},
        {"«Ӧ» — 1…", "«Ӧ» — 1…"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct cells_found found = {0};
        const char *clean = cells_clean(arena, cell_of(cases[i].raw), &found);
        assert_string_equal(clean, cases[i].clean);
        if (cells_is_plain(cell_of(cases[i].raw)))
            assert_string_equal(cases[i].raw, clean);
        found = (struct cells_found){0};
        assert_string_equal(cells_clean(arena, cell_of(clean), &found), clean);
    }
    assert_true(cells_is_plain(cell_of("Вокуева Дарья — № 1, «да»")));
    assert_false(cells_is_plain(cell_of("a  b")));
    assert_string_equal(cells_cyrillic(arena, "Hет"), "Нет");
    assert_null(cells_cyrillic(arena, "Нет"));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates),
        cmocka_unit_test(numbers),
        cmocka_unit_test(what_excel_did),
        cmocka_unit_test(cleaning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
