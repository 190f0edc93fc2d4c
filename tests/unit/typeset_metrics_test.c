/* Widths and coverage of the faces; what is set where a face lacks a character; the hyphenation dictionary. */
#include "typeset_help.h"

#include "base/file.h"
#include "typeset/hyphens.h"

static void test_widths(void **state)
{
    const struct metrics *metrics = ((struct help *)*state)->metrics;
    assert_int_equal(metrics_advance(metrics, FACE_SANS, '5'), 545);
    assert_int_equal(metrics_advance(metrics, FACE_NARROW, '5'), 450);
    assert_int_equal(metrics_advance(metrics, FACE_SERIF_BOLD, '5'), 565);
    assert_int_equal(metrics_width(metrics, FACE_SANS, 10000, 0, "555"), 16350);
    assert_int_equal(metrics_width(metrics, FACE_SANS, 10000, 500, "555"), 17850);
    assert_int_equal(metrics_width(metrics, FACE_SANS, 10000, 500, ""), 0);
    assert_int_equal(metrics_ascent(metrics, FACE_SANS), 1018);
    assert_int_equal(metrics_descent(metrics, FACE_SANS), -276);
    assert_int_equal(metrics_cap_height(metrics, FACE_SERIF_BOLD), 712);
}

static void test_coverage(void **state)
{
    const struct metrics *metrics = ((struct help *)*state)->metrics;
    const char *needed = "АЯаяЁёІіӦӧ№«»„“—–−×·•…§°09Az½\u00A0\u2011";
    for (int face = 0; face < FACE_COUNT; face++) {
        const char *at = needed;
        for (uint32_t code; (code = text_next(&at)) != 0;)
            assert_true(metrics_covers(metrics, (enum face)face, code));
        assert_false(metrics_covers(metrics, (enum face)face, 0x2713));
        assert_false(metrics_covers(metrics, (enum face)face, 0x1F600));
        assert_false(metrics_covers(metrics, (enum face)face, '\n'));
        assert_int_equal(metrics_advance(metrics, (enum face)face, 0x1F600), 0);
    }
}

static void test_no_faces(void **state)
{
    (void)state;
    struct metrics *metrics = NULL;
    struct err err = {0};
    assert_false(metrics_open("/nonexistent", &metrics, &err));
    assert_int_equal(err.code, ERR_MACHINE);
    assert_non_null(strstr(err.text, "/nonexistent/sans.ttf"));
}

/* A face that is cut off, or no font at all, is a machine's failure, not a crash. */
static void test_broken_face(void **state)
{
    (void)state;
    char folder[] = "/tmp/typeset-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct arena *arena = arena_new();
    struct err err = {0};
    assert_true(file_write(file_join(arena, folder, "sans.ttf"), "no font", 7, false, &err));
    struct metrics *metrics = NULL;
    assert_false(metrics_open(folder, &metrics, &err));
    assert_int_equal(err.code, ERR_MACHINE);
    unlink(file_join(arena, folder, "sans.ttf"));
    rmdir(folder);
    arena_free(arena);
}

static const char *hyphenated(struct help *help, const char *word)
{
    uint32_t letters[80] = {0};
    bool after[80];
    size_t count = 0;
    for (const char *at = word; *at != '\0';)
        letters[count++] = text_next(&at);
    hyphens_find(help->hyphens, letters, count, after);
    struct buffer out = {0};
    for (size_t i = 0; i < count; i++) {
        char bytes[5];
        buffer_add(&out, bytes, text_put(bytes, letters[i]));
        if (after[i])
            buffer_char(&out, '-');
    }
    const char *made = arena_copy(help->out, out.data);
    buffer_free(&out);
    return made;
}

static void test_hyphenation(void **state)
{
    static const char *const cases[][2] = {
        {"изобразительное", "изоб-ра-зи-тель-ное"},
        {"Литературное", "Ли-те-ра-тур-ное"},
        {"подъезд", "подъ-езд"},
        {"самостоятельная", "са-мо-сто-я-тель-ная"},
        {"счёт", "счёт"},
        {"пятёрок", "пя-тё-рок"},
        {"ИЗО", "ИЗО"},
        {"МАОУшный", "МАОУшный"},
        {"нет", "нет"},
        {"diary", "diary"},
        {"класс3", "класс3"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(hyphenated(*state, cases[i][0]), cases[i][1]);
}

static void test_no_dictionary(void **state)
{
    (void)state;
    struct hyphens *hyphens = NULL;
    struct err err = {0};
    assert_false(hyphens_open("/nonexistent/hyph_ru.dic", &hyphens, &err));
    assert_int_equal(err.code, ERR_MACHINE);
}

static void test_cleaned(void **state)
{
    static const char *const cases[][2] = {
        {"е\xCC\x88лка и\xCC\x86од", "ёлка йод"},                 /* composed */
        {"бе\xE2\x80\xAEз\xE2\x80\x8F\x01 знаков", "без знаков"}, /* controls and bidi marks */
        {"\xEF\xBB\xBFначало", "начало"},
        {"ﬁнал Ⅳ ①", "fiнал IV 1"},
        {"пять\xE2\x80\x89шесть", "пять шесть"},
        {"\xE2\x80\x90дефис", "-дефис"},
        {"за\xCC\x81мок", "за\xCC\x81мок"}, /* the stress has a glyph of its own */
    };
    struct help *help = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(help_break(help, help_text(help, BODY, cases[i][0]), 300000), cases[i][1]);
        assert_int_equal(help->report.missing_count, 0);
    }
}

static size_t count_kind(const struct help *help, enum item_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < help->pages[0].item_count; i++)
        count += help->pages[0].items[i].kind == kind;
    return count;
}

static void test_signs(void **state)
{
    struct help *help = *state;
    assert_string_equal(help_break(help, help_text(help, MARK, "3 → 4 ✓ ● □ ▲"), 300000), "3 4");
    assert_int_equal(count_kind(help, ITEM_POLYGON), 5);
    assert_int_equal(help->report.missing_count, 0);
    const struct item *three = help_find(help, 0, "3"), *four = help_find(help, 0, "4");
    for (size_t i = 0; i < help->pages[0].item_count; i++) {
        const struct item *item = &help->pages[0].items[i];
        if (item->kind != ITEM_POLYGON)
            continue;
        struct extent extent = help_extent(help, item);
        assert_true(extent.left > three->x + three->w);
        assert_true(extent.right < four->x || extent.left > four->x + four->w);
        assert_true(item->fill >= 0 || item->stroke_width > 0);
    }
}

static void test_missing(void **state)
{
    struct help *help = *state;
    assert_string_equal(help_break(help, help_text(help, BODY, "до 😀 漢字 😀 после \xFF"), 300000),
                        "до ? ? ? ? после ?");
    assert_int_equal(count_kind(help, ITEM_RECT), 5);
    assert_int_equal(help->report.missing_count, 4);
    assert_int_equal(help->report.missing[0], 0x1F600);
    assert_int_equal(help->report.missing[1], 0x6F22);
    assert_int_equal(help->report.missing[3], 0xFFFD);
    help_break(help, help_text(help, BODY, "всё есть"), 300000);
    assert_int_equal(help->report.missing_count, 0);
    struct buffer many = {0};
    for (uint32_t i = 0; i < 40; i++) {
        char bytes[5];
        buffer_add(&many, bytes, text_put(bytes, 0x4E00 + i));
    }
    help_break(help, help_text(help, BODY, many.data), 300000);
    assert_int_equal(help->report.missing_count, 40);
    assert_int_equal(help->report.missing[15], 0x4E0F);
    buffer_free(&many);
}

/* A character of another face only. */
static void test_other_face(void **state)
{
    struct help *help = *state;
    help->layout.styles = help_styles;
    const struct metrics *metrics = help->metrics;
    for (uint32_t code = 0xA0; code < 0x2300; code++) {
        if (metrics_covers(metrics, FACE_SERIF_BOLD, code) || !metrics_covers(metrics, FACE_SANS_BOLD, code))
            continue;
        char bytes[5];
        text_put(bytes, code);
        help_break(help, help_text(help, MARK, bytes), 300000);
        assert_int_equal(help->pages[0].items[0].face, FACE_SANS_BOLD);
        assert_int_equal(help->report.missing_count, 0);
        return;
    }
    print_message("the serif face lacks nothing that the other has\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_widths),
        cmocka_unit_test(test_coverage),
        cmocka_unit_test(test_no_faces),
        cmocka_unit_test(test_broken_face),
        cmocka_unit_test_setup_teardown(test_hyphenation, help_begin, help_end),
        cmocka_unit_test(test_no_dictionary),
        cmocka_unit_test_setup_teardown(test_cleaned, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_signs, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_missing, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_other_face, help_begin, help_end),
    };
    return cmocka_run_group_tests(tests, help_open, help_close);
}
