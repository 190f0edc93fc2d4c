/* The printed words: filling, plural forms, dates; and that the layout has every word and style that is asked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "sheets/compose.h"
#include "sheets_fixtures.h"

#define NB TEXT_NBSP

static struct arena *arena;
static struct layout layout;
static struct words words;

static int start(void **state)
{
    (void)state;
    arena = arena_new();
    fixture_layout(arena, &layout);
    words = (struct words){arena, &layout};
    return 0;
}

static int stop(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void test_plural(void **state)
{
    (void)state;
    assert_string_equal(words_say_count(&words, "count.lessons", 1, NULL), "1" NB "урок");
    assert_string_equal(words_say_count(&words, "count.lessons", 2, NULL), "2" NB "урока");
    assert_string_equal(words_say_count(&words, "count.lessons", 5, NULL), "5" NB "уроков");
    assert_string_equal(words_say_count(&words, "count.lessons", 11, NULL), "11" NB "уроков");
    assert_string_equal(words_say_count(&words, "count.lessons", 21, NULL), "21" NB "урок");
    assert_string_equal(words_say_count(&words, "head.days_left", 22, "term", "четверти", NULL),
                        "до конца четверти 22" NB "учебных дня");
}

static void test_filling(void **state)
{
    (void)state;
    assert_string_equal(words_say(&words, "head.number", "number", "2026-W47-3А-07", NULL),
                        "лист №" NB "2026-W47-3А-07");
    /* What is not given stays: the setter fills in the pages. */
    const char *foot = words_say(&words, "foot.left", "sheet", "лист", "made", "21.11.2026", "import", "4",
                                 "import_day", "21.11.2026", NULL);
    assert_string_equal(foot, "лист, стр. {page} из {pages} · подготовлен 21.11.2026 по выгрузке №" NB "4" NB
                              "от 21.11.2026");
    /* A text from outside is never taken for a pattern. */
    assert_string_equal(words_say(&words, "codes.item", "code", "{reason}", "reason", "*", NULL), "{reason}" NB "– *");
    assert_string_equal(words_plain(arena, words_say(&words, "slip.title", "number", "7", NULL)),
                        "Отрывной талон. Лист №" NB "7 · {pupil}, {form}");
}

static void test_binding(void **state)
{
    (void)state;
    assert_string_equal(words_bind(arena, "кл. руководитель Н. П. Осипова"),
                        "кл. руководитель Н." NB "П." NB "Осипова");
    assert_string_equal(words_bind(arena, "выгрузка № 4, 16 ноября – 9 дней"),
                        "выгрузка №" NB "4, 16" NB "ноября" NB "– 9" NB "дней");
    assert_string_equal(words_bind(arena, "Ӧ. И. Ӧшкин"), "Ӧ." NB "И." NB "Ӧшкин");
    assert_string_equal(words_bind(arena, "Итог. А потом"), "Итог. А потом");
    const char *same = "ничего не меняется";
    assert_ptr_equal(words_bind(arena, same), same);
}

static void check_span(int32_t from, int32_t until, const char *plain, const char *with_year)
{
    struct span span = {from, until};
    assert_string_equal(words_span(&words, span), plain);
    assert_string_equal(words_span_year(&words, span), with_year);
}

static void test_dates(void **state)
{
    (void)state;
    check_span(day_of(2026, 11, 16), day_of(2026, 11, 21), "16–21" NB "ноября", "16–21" NB "ноября 2026");
    check_span(day_of(2026, 11, 28), day_of(2026, 12, 6), "28" NB "ноября" NB "– 6" NB "декабря",
               "28" NB "ноября" NB "– 6" NB "декабря 2026");
    check_span(day_of(2026, 12, 28), day_of(2027, 1, 2), "28" NB "декабря" NB "– 2" NB "января",
               "28" NB "декабря 2026" NB "– 2" NB "января 2027");
    check_span(day_of(2026, 11, 16), day_of(2026, 11, 16), "16" NB "ноября", "16" NB "ноября 2026");
    /* A whole year apart the months are the same. */
    check_span(day_of(2026, 11, 16), day_of(2027, 11, 20), "16" NB "ноября" NB "– 20" NB "ноября",
               "16" NB "ноября 2026" NB "– 20" NB "ноября 2027");
    assert_string_equal(words_date_short(&words, day_of(2026, 9, 3)), "3.09");
    assert_string_equal(words_date_numbers(&words, day_of(2026, 9, 3)), "03.09.2026");
}

static void test_numbers_and_names(void **state)
{
    (void)state;
    assert_string_equal(words_weight(&words, 2000), "×2");
    assert_string_equal(words_weight(&words, 1500), "×1,5");
    assert_string_equal(words_weight(&words, 250), "×0,25");
    assert_string_equal(words_weight(&words, 1005), "×1,005");
    assert_string_equal(words_hundredths(&words, 405), "4,05");
    assert_string_equal(words_hundredths(&words, 500), "5,00");
    assert_string_equal(words_short_name(&words, "Вокуева Дарья Ивановна"), "Вокуева" NB "Д." NB "И.");
    assert_string_equal(words_short_name(&words, "Иванов Пётр"), "Иванов" NB "П.");
    assert_string_equal(words_short_name(&words, "Алиев Руслан Магомед оглы"), "Алиев" NB "Р." NB "М.");
    assert_string_equal(words_short_name(&words, "Ли"), "Ли");
    assert_string_equal(words_short_name(&words, "Ученик 01"), "Ученик 01");
    assert_string_equal(words_short_name(&words, ""), "");
}

static void test_terms(void **state)
{
    (void)state;
    assert_string_equal(words_term(&words, TERM_TRIMESTER, "name", 1), "1-й триместр");
    assert_string_equal(words_term(&words, TERM_QUARTER, "name", 3), "3-я четверть");
    assert_string_equal(words_term(&words, TERM_HALF, "of", 2), "2-го полугодия");
}

static bool has_word(const char *key)
{
    for (size_t i = 0; i < layout.word_count; i++)
        if (strcmp(layout.words[i].key, key) == 0)
            return true;
    return false;
}

static bool has_style(const char *name)
{
    for (size_t i = 0; i < layout.style_count; i++)
        if (strcmp(layout.styles[i].name, name) == 0)
            return true;
    return false;
}

/* Every quoted word of a source that looks like a key (lower case with a point in it). */
static size_t check_keys_of(const char *path)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char line[512];
    size_t found = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        if (line[0] == '#')
            continue;
        for (char *at = strchr(line, '"'); at != NULL; at = strchr(at, '"')) {
            char *end = strchr(at + 1, '"');
            if (end == NULL)
                break;
            *end = '\0';
            const char *key = at + 1;
            bool looks = strchr(key, '.') != NULL && strspn(key, "abcdefghijklmnopqrstuvwxyz_.") == strlen(key) &&
                         key[0] != '.' && key[strlen(key) - 1] != '.';
            bool group = strcmp(key, "weekday.of") == 0 || strcmp(key, "weekday.low") == 0 ||
                         strcmp(key, "weekday.short") == 0 || strcmp(key, "count.feminine") == 0 ||
                         strncmp(key, "reason.", 7) == 0 || strncmp(key, "final.", 6) == 0;
            if (looks && !group) {
                found++;
                if (!has_word(key) && !has_style(key))
                    fail_msg("%s asks for the word or style '%s', layouts/%s.ini has none", path, key, layout.name);
            }
            at = end + 1;
        }
    }
    fclose(file);
    return found;
}

static void test_every_word_is_there(void **state)
{
    (void)state;
    static const char *const files[] = {"head",
                                        "compose",
                                        "outlook",
                                        "words",
                                        "weekly",
                                        "slip",
                                        "weekly_days",
                                        "weekly_table",
                                        "weekly_digest",
                                        "weekly_changes",
                                        "weekly_plan",
                                        "weekly_blocks",
                                        "weekly_subjects",
                                        "weekly_attendance"};
    size_t found = 0;
    for (size_t i = 0; i < COUNT(files); i++)
        found += check_keys_of(arena_format(arena, "src/sheets/%s.c", files[i]));
    assert_true(found > 100);
    static const char *const reasons[] = {"ill", "excused", "unexcused", "absent", "late", "released"};
    static const char *const groups[] = {"reason",       "reason.line",      "reason.full",
                                         "reason.added", "reason.withdrawn", "reason.count"};
    for (size_t i = 0; i < COUNT(groups) * COUNT(reasons); i++)
        assert_true(has_word(arena_format(arena, "%s.%s", groups[i / COUNT(reasons)], reasons[i % COUNT(reasons)])));
    static const char *const kinds[] = {"trimester", "quarter", "half"};
    static const char *const forms[] = {"name", "end", "of", "for", "over", "before"};
    for (size_t i = 0; i < COUNT(kinds) * COUNT(forms); i++)
        assert_true(has_word(arena_format(arena, "term.%s.%s", kinds[i / COUNT(forms)], forms[i % COUNT(forms)])));
    for (int i = 1; i <= 12; i++)
        assert_true(has_word(arena_format(arena, "month.%d", i)));
    for (int i = 1; i <= 28; i++) {
        static const char *const days[] = {"weekday", "weekday.low", "weekday.of", "weekday.short"};
        assert_true(has_word(arena_format(arena, "%s.%d", days[(i - 1) / 7], (i - 1) % 7 + 1)));
    }
    for (size_t i = 0; i < STYLE_COUNT; i++)
        assert_true(compose_style_names()[i] != NULL && (i >= STYLE_FINAL || has_style(compose_style_names()[i])));
}

static void test_every_word_of_the_term_sheet_is_there(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    struct err err = {0};
    assert_true(layout_load(arena, NULL, "layouts", "term", &layout, diag, &err));
    diag_free(diag);
    static const char *const files[] = {"head", "slip", "term", "term_finals", "term_blocks", "term_chart"};
    size_t found = 0;
    for (size_t i = 0; i < COUNT(files); i++)
        found += check_keys_of(arena_format(arena, "src/sheets/%s.c", files[i]));
    assert_true(found > 60);
    static const char *const reasons[] = {"ill", "excused", "unexcused", "absent", "late", "released"};
    for (size_t i = 0; i < COUNT(reasons); i++)
        assert_true(has_word(arena_format(arena, "attendance.%s", reasons[i])));
    static const char *const kinds[] = {"trimester", "quarter", "half"};
    static const char *const forms[] = {"name", "of", "short"};
    for (size_t i = 0; i < COUNT(kinds) * COUNT(forms); i++)
        assert_true(has_word(arena_format(arena, "term.%s.%s", kinds[i / COUNT(forms)], forms[i % COUNT(forms)])));
    for (int i = 1; i <= 12; i++)
        assert_true(has_word(arena_format(arena, "month.%d", i)));
    for (int i = 1; i <= 7; i++)
        assert_true(has_word(arena_format(arena, "weekday.of.%d", i)));
    static const int styles[] = {STYLE_BODY,    STYLE_EYEBROW,   STYLE_TITLE,       STYLE_WHO,         STYLE_HEAD,
                                 STYLE_SUBJECT, STYLE_TOPIC,     STYLE_MARKS,       STYLE_COLUMN,      STYLE_SECTION,
                                 STYLE_NOTE,    STYLE_SMALL,     STYLE_SLIP,        STYLE_SLIP_STRONG, STYLE_SLIP_QUIET,
                                 STYLE_FOOT,    STYLE_NOTE_NAME, STYLE_NOTE_STRONG, STYLE_WATERMARK};
    for (size_t i = 0; i < COUNT(styles); i++)
        assert_true(has_style(compose_style_names()[styles[i]]));
    for (size_t i = STYLE_FINAL; i < STYLE_COUNT; i++)
        assert_true(has_style(compose_style_names()[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_plural, start, stop),
        cmocka_unit_test_setup_teardown(test_filling, start, stop),
        cmocka_unit_test_setup_teardown(test_binding, start, stop),
        cmocka_unit_test_setup_teardown(test_dates, start, stop),
        cmocka_unit_test_setup_teardown(test_numbers_and_names, start, stop),
        cmocka_unit_test_setup_teardown(test_terms, start, stop),
        cmocka_unit_test_setup_teardown(test_every_word_is_there, start, stop),
        cmocka_unit_test_setup_teardown(test_every_word_of_the_term_sheet_is_there, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
