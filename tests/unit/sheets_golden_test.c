/* Whole sheets against tests/golden/NAME.trace; UPDATE_GOLDEN=1 writes the traces anew. Run from the checkout. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "press/press.h"
#include "sheets_hard.h"
#include "sheets_setting.h"

static void check(const char *name, void (*make)(struct fixture *, struct arena *))
{
    struct set_sheet sheet;
    set_sheet(&sheet, make);
    struct buffer trace = {0}, golden = {0};
    struct err err = {0};
    press_trace(sheet.pages, sheet.page_count, &trace);
    const char *path = arena_format(sheet.fixture.arena, "tests/golden/%s.trace", name);
    if (getenv("UPDATE_GOLDEN") != NULL && !file_write(path, trace.data, trace.size, false, &err))
        fail_msg("%s", err.text);
    if (!file_read(path, 1 << 24, &golden, &err))
        fail_msg("%s", err.text);
    size_t at = 0, line = 1;
    for (; at < trace.size && at < golden.size && trace.data[at] == golden.data[at]; at++)
        line += trace.data[at] == '\n' ? 1 : 0;
    if (trace.size != golden.size || at < trace.size)
        fail_msg("%s differs from line %zu on; UPDATE_GOLDEN=1 writes it anew, look at the difference", path, line);
    buffer_free(&trace);
    buffer_free(&golden);
    unset_sheet(&sheet);
}

static void test_design(void **state)
{
    (void)state;
    check("weekly-design", week_design);
}

static void test_report(void **state)
{
    (void)state;
    check("weekly-report", week_report);
}

static void test_without_marks(void **state)
{
    (void)state;
    check("weekly-without-marks", week_small);
}

static void test_stuffed(void **state)
{
    (void)state;
    check("weekly-stuffed", week_stuffed);
}

static void test_empty(void **state)
{
    (void)state;
    check("weekly-empty", week_empty);
}

static void test_first(void **state)
{
    (void)state;
    check("weekly-first", week_first);
}

static void test_many(void **state)
{
    (void)state;
    check("weekly-many", week_many);
}

static void test_short(void **state)
{
    (void)state;
    check("weekly-short", week_short);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_design),  cmocka_unit_test(test_report), cmocka_unit_test(test_without_marks),
        cmocka_unit_test(test_stuffed), cmocka_unit_test(test_empty),  cmocka_unit_test(test_first),
        cmocka_unit_test(test_many),    cmocka_unit_test(test_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
