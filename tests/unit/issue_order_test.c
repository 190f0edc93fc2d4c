/* The order of handing out, the newest issues, and the periods behind their names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/mem.h"
#include "issue/order.h"
#include "settings/layout.h"

static struct sheet_row row(const char *number, int32_t pupil, const char *form, const char *delivery, const char *name,
                            int32_t running, int32_t issue)
{
    return (struct sheet_row){.number = number,
                              .pupil = pupil,
                              .form = form,
                              .delivery = delivery,
                              .name = name,
                              .running = running,
                              .issue = issue};
}

static void sheets_are_handed_out_by_class_way_and_name(void **state)
{
    (void)state;
    const struct sheet_row rows[] = {
        row("a", 1, "10А", "hand", "Азаров", 1, 1), row("b", 2, "3А", "post", "Азаров", 1, 1),
        row("c", 3, "3А", "office", "Белов", 2, 1), row("d", 4, "3А", "hand", "Ёлкин", 4, 1),
        row("e", 5, "3А", "hand", "Жуков", 3, 1)};
    const struct sheet_row *sorted[5];
    order_sort(rows, 5, sorted);
    const char *const want[] = {"d", "e", "c", "b", "a"};
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(sorted[i]->number, want[i]);
}

static void only_the_newest_issue_of_a_pupil_counts(void **state)
{
    (void)state;
    const struct sheet_row rows[] = {row("a", 1, "3А", "hand", "Азаров", 1, 1),
                                     row("b", 2, "3А", "hand", "Белов", 2, 1),
                                     row("a-2", 1, "3Б", "hand", "Азаров", 9, 2)};
    const struct sheet_row *newest[3];
    assert_int_equal(order_newest(rows, 3, newest), 2);
    assert_string_equal(newest[0]->number, "b");
    assert_string_equal(newest[1]->number, "a-2");
}

static void sheets_of_removed_pupils_are_no_pupils(void **state)
{
    (void)state;
    const struct sheet_row rows[] = {row("a", 0, "3А", "hand", "", 1, 1), row("b", 2, "3А", "hand", "Белов", 2, 1),
                                     row("c", 0, "3А", "hand", "", 3, 2)};
    const struct sheet_row *newest[3];
    assert_int_equal(order_newest(rows, 3, newest), 1);
    assert_string_equal(newest[0]->number, "b");
}

static void a_period_is_a_week_a_term_or_the_year(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct school school;
    school_defaults(arena, &school);
    struct span week = order_span_of(&school, arena, "2026-W47");
    assert_int_equal(week.from, date_from_civil(2026, 11, 16));
    assert_int_equal(week.until, date_from_civil(2026, 11, 21));
    struct span term = order_span_of(&school, arena, "2026-T2");
    assert_int_equal(term.from, date_from_civil(2026, 12, 1));
    assert_int_equal(term.until, date_from_civil(2027, 2, 28));
    assert_int_equal(order_span_of(&school, arena, "2026-Y").from, date_from_civil(2026, 9, 1));
    const char *const wrong[] = {"",        "2026",   "2026-",   "2026-W60", "2026-W4",
                                 "2026-T4", "2026-T", "2026-T0", "2026-Yx",  "x026-Y"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(order_span_of(&school, arena, wrong[i]).from, DATE_NONE);
    arena_free(arena);
}

static void the_digest_of_a_layout_is_that_of_all_it_says(void **state)
{
    (void)state;
    const struct style plain = {.name = "body", .size = 9000}, large = {.name = "body", .size = 9100};
    const struct layout_word one = {"a", "1"}, two = {"a", "2"};
    const struct layout layouts[] = {{.styles = &plain, .style_count = 1, .words = &one, .word_count = 1},
                                     {.styles = &large, .style_count = 1, .words = &one, .word_count = 1},
                                     {.styles = &plain, .style_count = 1, .words = &two, .word_count = 1}};
    char digests[3][65] = {""}, again[65] = "";
    for (size_t i = 0; i < 3; i++)
        layout_digest(&layouts[i], digests[i]);
    layout_digest(&layouts[0], again);
    assert_string_equal(digests[0], again);
    assert_string_not_equal(digests[0], digests[1]);
    assert_string_not_equal(digests[0], digests[2]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sheets_are_handed_out_by_class_way_and_name),
        cmocka_unit_test(only_the_newest_issue_of_a_pupil_counts),
        cmocka_unit_test(sheets_of_removed_pupils_are_no_pupils),
        cmocka_unit_test(a_period_is_a_week_a_term_or_the_year),
        cmocka_unit_test(the_digest_of_a_layout_is_that_of_all_it_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
