/* Names of classes. */
#include "settings_fixture.h"

#include "settings/form.h"

static void canonical(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *text, *form;
    } cases[] = {
        {"3А", "3А"},
        {"3а", "3А"},
        {"3 \"А\"", "3А"},
        {"3 «А»", "3А"},
        {"3\xC2\xA0«А»", "3А"},
        {"  3-а ", "3А"},
        {"3 – А", "3А"},
        {"«3А»", "3А"},
        {"3A", "3А"}, /* Latin */
        {"3a", "3А"},
        {"03А", "3А"},
        {"003А", "3А"},
        {"3 А класс", "3А"},
        {"3 «А» кл.", "3А"},
        {"11B", "11В"}, /* Latin */
        {"5ABCEHKMOPTXY", "5ABCEHKMOPTXY"},
        {"5XY", "5ХУ"},
        {"5 л", "5Л"},
        {"5ё", "5Ё"},
        {"5е\xCC\x88", "5Ё"},
        {"4ӧ", "4Ӧ"},
        {"5D", "5D"},
        {"10А1", "10А1"},
        {"5", "5"},
        {"5 класс", "5"},
        {"5-1", "5-1"},
        {"5/1", "5/1"},
        {"5  инженерный", "5 инженерный"},
        {"Подготовительная\tгруппа", "Подготовительная группа"},
        {"А3", "А3"},
        {"2026", "2026"},
        {"", ""},
        {"  ", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *form = form_canonical(fixture->arena, cases[i].text);
        assert_string_equal(form, cases[i].form);
        assert_string_equal(form_canonical(fixture->arena, form), form);
    }
    /* Each look-alike by itself: Latin in, Cyrillic out. */
    static const char *const pairs[][2] = {{"A", "А"}, {"B", "В"}, {"C", "С"}, {"E", "Е"}, {"H", "Н"}, {"K", "К"},
                                           {"M", "М"}, {"O", "О"}, {"P", "Р"}, {"T", "Т"}, {"X", "Х"}, {"Y", "У"}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        assert_string_equal(form_canonical(fixture->arena, arena_format(fixture->arena, "7 %s", pairs[i][0])),
                            arena_format(fixture->arena, "7%s", pairs[i][1]));
}

static void grades(void **state)
{
    (void)state;
    assert_int_equal(form_grade("3А"), 3);
    assert_int_equal(form_grade("11Б"), 11);
    assert_int_equal(form_grade("5"), 5);
    assert_int_equal(form_grade("0А"), 0);
    assert_int_equal(form_grade("А3"), 0);
    assert_int_equal(form_grade("2026"), 0);
    assert_int_equal(form_grade(""), 0);
}

static void printed(void **state)
{
    struct fixture *fixture = *state;
    assert_string_equal(form_printed(fixture->arena, "3А"), "3\xC2\xA0«А»");
    assert_string_equal(form_printed(fixture->arena, "10А1"), "10\xC2\xA0«А1»");
    assert_string_equal(form_printed(fixture->arena, "5"), "5");
    assert_string_equal(form_printed(fixture->arena, "5-1"), "5-1");
    assert_string_equal(form_printed(fixture->arena, "5 инженерный"), "5 инженерный");
    assert_string_equal(form_printed(fixture->arena, "Группа"), "Группа");
    assert_string_equal(form_printed(fixture->arena, ""), "");
}

static void order(void **state)
{
    (void)state;
    static const char *const sorted[] = {"1А", "1Б", "2", "2А", "2Б", "9Г", "10А", "11А", "11Ё", "11Ж"};
    for (size_t i = 0; i < 10; i++)
        for (size_t k = 0; k < 10; k++) {
            int result = form_compare(sorted[i], sorted[k]);
            assert_int_equal(result < 0 ? -1 : result > 0 ? 1 : 0, i < k ? -1 : i > k ? 1 : 0);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {FIXTURE_TEST(canonical), cmocka_unit_test(grades), FIXTURE_TEST(printed),
                                       cmocka_unit_test(order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
