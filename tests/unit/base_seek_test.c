#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/seek.h"

static size_t hits(const struct seeker *seeker, const char *data, size_t size)
{
    size_t at = 0, length = 0, count = 0;
    for (; seeker_next(seeker, data, size, &at, &length); at += length)
        count++;
    return count;
}

static void test_finds_each_of_many(void **state)
{
    (void)state;
    const char *text = "Вокуева Дарья, Белов и 7; Вокуева";
    size_t at = 0, length = 0;
    struct seeker *seeker = seeker_new();
    assert_int_equal(hits(seeker, text, strlen(text)), 0);
    seeker_add(seeker, "", 0, false);
    seeker_add(seeker, "Вокуева", strlen("Вокуева"), false);
    seeker_add(seeker, "Вокуева Дарья", strlen("Вокуева Дарья"), false);
    seeker_add(seeker, "Белов", strlen("Белов"), false);
    seeker_add(seeker, "7", 1, false);
    assert_int_equal(hits(seeker, text, strlen(text)), 4);
    assert_true(seeker_next(seeker, text, strlen(text), &at, &length));
    assert_int_equal(at, 0);
    assert_int_equal(length, strlen("Вокуева Дарья")); /* the longest */
    assert_int_equal(hits(seeker, text, strlen("Вокуев")), 0);
    seeker_free(seeker);
}

static void test_words_stand_alone(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t hits;
    } cases[] = {{"101", 1},  {"1012", 0}, {"9101", 0}, {";101;", 1}, {"№ 101", 1},
                 {"101а", 0}, {"а101", 0}, {"8А-3", 1}, {"8А-31", 0}, {"18А-3", 0}};
    struct seeker *seeker = seeker_new();
    seeker_add(seeker, "101", 3, true);
    seeker_add(seeker, "8А-3", strlen("8А-3"), true);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(hits(seeker, cases[i].text, strlen(cases[i].text)), cases[i].hits);
    seeker_free(seeker);
}

static void test_encodings(void **state)
{
    (void)state;
    static const char in_1251[] = "..\xC1\xE5\xEB\xEE\xE2 \xDE.";
    static const char low[] = "\x11\x04\x35\x04\x3B\x04\x3E\x04\x32\x04\x20\x00\x2E\x04";
    static const char high[] = "\x04\x11\x04\x35\x04\x3B\x04\x3E\x04\x32\x00\x20\x04\x2E";
    struct seeker *seeker = seeker_new();
    seeker_add_encoded(seeker, "Белов Ю");
    assert_int_equal(hits(seeker, "Белов Юрий", strlen("Белов Юрий")), 1);
    assert_int_equal(hits(seeker, in_1251, sizeof in_1251 - 1), 1);
    assert_int_equal(hits(seeker, low, sizeof low - 1), 1);
    assert_int_equal(hits(seeker, high, sizeof high - 1), 1);
    assert_int_equal(hits(seeker, "Белова", strlen("Белова")), 0);
    seeker_free(seeker);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finds_each_of_many),
        cmocka_unit_test(test_words_stand_alone),
        cmocka_unit_test(test_encodings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
