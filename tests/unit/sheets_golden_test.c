/* Whole sheets against tests/golden/NAME.trace; UPDATE_GOLDEN=1 writes the traces anew. Run from the checkout. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sheets_golden.h"
#include "sheets_hard.h"

static void check(const char *name, void (*make)(struct fixture *, struct arena *))
{
    struct set_sheet sheet;
    set_sheet(&sheet, make);
    check_golden(&sheet, name);
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
