#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

static void utf8_is_told_from_the_rest(void **state)
{
    (void)state;
    size_t at = 99;
    assert_true(text_is_utf8("Вокуева Ӧ ӧ І і", strlen("Вокуева Ӧ ӧ І і"), &at));
    assert_false(text_is_utf8("ab\xC0\x80", 4, &at)); /* overlong */
    assert_int_equal(at, 2);
    assert_false(text_is_utf8("\xED\xA0\x80", 3, &at)); /* a surrogate */
    assert_false(text_is_utf8("\xF4\x90\x80\x80", 4, &at));
    assert_false(text_is_utf8("\xD0", 1, &at));
}

static void decoding_moves_and_ends(void **state)
{
    (void)state;
    const char *at = "a\xD3\xA7\xFF";
    assert_int_equal(text_next(&at), 'a');
    assert_int_equal(text_next(&at), 0x4E7);
    assert_int_equal(text_next(&at), 0xFFFD);
    assert_int_equal(text_next(&at), 0);
    assert_int_equal(text_next(&at), 0);
    assert_int_equal(text_length("Ӧтик"), 4);
    for (uint32_t code = 1; code < 0x110000; code += 7) {
        char bytes[5];
        if (code >= 0xD800 && code < 0xE000)
            continue;
        const char *read = bytes;
        text_put(bytes, code);
        assert_int_equal(text_next(&read), code);
        assert_int_equal(*read, 0);
    }
}

static void composing_and_folding(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_string_equal(text_nfc(arena, "е\xCC\x88ж, о\xCC\x88тик, и\xCC\x86"), "ёж, ӧтик, й");
    assert_string_equal(text_fold(arena, "  Фёдор\xC2\xA0\t Ёлкин "), "федор елкин");
    assert_string_equal(text_fold(arena, " "), "");
    char padded[] = "\xC2\xA0 Б \xC2\xA0";
    assert_string_equal(text_trim(padded), "Б");
    char blank[] = " \t\xC2\xA0";
    assert_string_equal(text_trim(blank), "");
    arena_free(arena);
}

static int collating(const void *a, const void *b)
{
    return text_collate(*(const char *const *)a, *(const char *const *)b);
}

/* The order that ICU's Russian collation gives for these names. */
static void names_stand_as_in_a_register(void **state)
{
    (void)state;
    static const char *const order[] = {"",       "Абрамов",       "абрамова",      "Абрамова", "Елкин",  "Ёлкин",
                                        "Елкина", "Иванов",        "Івӧ",           "Йолкин",   "Ӧньӧ",   "Осипов",
                                        "Петров", "Петров Водкин", "Петров-Водкин", "Петрова",  "Яковлев"};
    enum { COUNT = sizeof order / sizeof *order };
    const char *mixed[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        mixed[i] = order[i * 7 % COUNT];
    qsort(mixed, COUNT, sizeof *mixed, collating);
    for (size_t i = 0; i < COUNT; i++)
        assert_string_equal(mixed[i], order[i]);
}

static void distance_and_plurals(void **state)
{
    (void)state;
    assert_int_equal(text_distance("treshold", "threshold"), 1);
    assert_int_equal(text_distance("класс", "Класс"), 1);
    assert_int_equal(text_distance("", "abc"), 3);
    static const int forms[] = {2, 0, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 1};
    for (int n = 0; n < 23; n++)
        assert_int_equal(text_plural_ru(n), forms[n]);
    assert_int_equal(text_plural_ru(111), 2);
    assert_int_equal(text_plural_ru(121), 0);
}

static void names_of_one_child_are_alike(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_true(text_share_word(arena, "Азарова А. И.", "азарова анна ильинична"));
    assert_true(text_share_word(arena, "Попов Пётр", "Петр Сидоров"));
    assert_true(text_share_word(arena, "Попов", "Попова"));
    assert_true(text_share_word(arena, "Ли,Анна", "Ли И."));
    assert_false(text_share_word(arena, "Азарова Анна Ильинична", "Сидоров Пётр Ильич"));
    assert_false(text_share_word(arena, "Попов А. И.", "Белов А. И."));
    assert_false(text_share_word(arena, "", "Белов"));
    arena_free(arena);
}

static void nothing_dangerous_reaches_a_terminal(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_string_equal(text_printable(arena, "a\033[2Jb"), "a\xEF\xBF\xBD[2Jb");
    assert_string_equal(text_printable(arena, "\xE2\x80\xAEx"), "\xEF\xBF\xBDx");
    assert_string_equal(text_printable(arena, "Дарья"), "Дарья");
    assert_string_equal(text_printable(arena, "a\n  b"), "a\xEF\xBF\xBD  b");
    assert_string_equal(text_printable_list(arena, "a:\n  b\n  c\n\033d"), "a:\n  b\n  c\xEF\xBF\xBD\xEF\xBF\xBD"
                                                                           "d");
    arena_free(arena);
}

/* Each becomes «_» and the name gets a sign; a name that looks signed gets one of its own. */
static void file_names_lose_what_no_name_may_hold(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    static const char *const names[] = {"3\nА",     "3\033А",   "3\x7FА",   "3\uFFFDА", "3~А", "3<А",
                                        "3\u00A0А", "3\u202FА", "3\u2009А", "3|А",      "3*А", "3\"А"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_memory_equal(file_safe_name(arena, names[i]), "3_А~", strlen("3_А~"));
    const char *safe = file_safe_name(arena, "3/А");
    assert_string_not_equal(file_safe_name(arena, safe), safe);
    assert_string_equal(file_safe_name(arena, "3И\u0306"), "3Й");
    char whole[81] = "";
    for (size_t i = 0; i < 40; i++)
        memcpy(whole + 2 * i, "ж", 2);
    assert_string_equal(file_safe_name(arena, whole), whole);
    arena_free(arena);
}

static void file_names_are_safe_and_each_their_own(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    static const char *const alike[] = {"3_А", "3/А", "3:А", "3\\А", "3~А",     "3?А",
                                        "_3А", ".3А", "3 А", "3-А",  "3\u00A0А"};
    assert_string_equal(file_safe_name(arena, "3А"), "3А");
    assert_string_equal(file_safe_name(arena, "3-А"), "3-А");
    assert_string_equal(file_safe_name(arena, "5 инженерный"), "5_инженерный");
    assert_string_equal(file_safe_name(arena, "Вокуева-Римская"), "Вокуева-Римская");
    assert_string_equal(file_safe_name(arena, ""), "_");
    assert_memory_equal(file_safe_name(arena, "../../etc/passwd"), "_._.._etc_passwd~", 17);
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++)
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(file_safe_name(arena, alike[i]), file_safe_name(arena, alike[k]));
    char long_name[400] = "";
    for (size_t i = 0; i < 150; i++)
        memcpy(long_name + 2 * i, "ж", 2);
    const char *cut = file_safe_name(arena, long_name);
    assert_in_range(strlen(cut), 79, 80);
    assert_true(text_is_utf8(cut, strlen(cut), NULL));
    long_name[298] = '\0';
    assert_string_not_equal(file_safe_name(arena, long_name), cut);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_told_from_the_rest),
        cmocka_unit_test(decoding_moves_and_ends),
        cmocka_unit_test(composing_and_folding),
        cmocka_unit_test(names_stand_as_in_a_register),
        cmocka_unit_test(distance_and_plurals),
        cmocka_unit_test(nothing_dangerous_reaches_a_terminal),
        cmocka_unit_test(file_names_are_safe_and_each_their_own),
        cmocka_unit_test(file_names_lose_what_no_name_may_hold),
        cmocka_unit_test(names_of_one_child_are_alike),
    };
    return cmocka_run_group_tests_name("base_text", tests, NULL, NULL);
}
