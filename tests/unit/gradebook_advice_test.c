/* What would change a final: in integers, and never what can't be done. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "gradebook/advice.h"
#include "settings/school.h"

static const double sure_4[FORECAST_MARKS] = {0, .06, .90, .04}, sure_5[FORECAST_MARKS] = {0, 0, .05, .95};
static const double risky_4[FORECAST_MARKS] = {0, .24, .73, .03}, risky_5[FORECAST_MARKS] = {0, 0, .30, .70};

/* Marks as digits of weight 1, at threshold .60, `to_come` marks of weight 1 to come. */
static struct advice_case of_marks(const char *digits, const double *p, int32_t low, int32_t high, int32_t to_come)
{
    struct advice_case at = {.threshold = 60,
                             .said = {.low = low, .high = high},
                             .p = p,
                             .to_come = (int64_t)to_come * WEIGHT_ONE,
                             .done = 40,
                             .fewest = 3};
    for (; *digits != '\0'; digits++)
        mark_add(&at.sum, *digits - '0', WEIGHT_ONE);
    return at;
}

static void assert_advice(struct advice_case at, enum advice_kind kind, int32_t mark, int32_t value, int32_t count)
{
    struct advice advice = advice_give(&at);
    assert_int_equal(advice.kind, kind);
    assert_int_equal(advice.mark, mark);
    assert_int_equal(advice.value, value);
    assert_int_equal(advice.count, count);
}

static void the_better_mark_takes_fives(void **state)
{
    (void)state;
    assert_advice(of_marks("44545", sure_4, 4, 4, 3), ADVICE_REACH, 5, 5, 3);
    assert_advice(of_marks("44545", sure_4, 4, 5, 3), ADVICE_REACH, 5, 5, 3);
    assert_advice(of_marks("454", sure_5, 5, 5, 3), ADVICE_REACH, 5, 5, 2);
    assert_advice(of_marks("44", sure_4, 4, 4, 9), ADVICE_REACH, 5, 5, 3);
}

/* One mark of weight less than they need: no longer possible. */
static void what_does_not_fit_is_unlikely(void **state)
{
    (void)state;
    struct advice_case at = of_marks("44545", sure_4, 4, 4, 3);
    at.to_come = 2999;
    assert_advice(at, ADVICE_UNLIKELY, 5, 0, 0);
    at.to_come = 0;
    assert_advice(at, ADVICE_UNLIKELY, 5, 0, 0);
}

/* No advice of any number of fives is ever more than fits. */
static void never_impossible(void **state)
{
    (void)state;
    const char *marks[] = {"2",   "3",   "4",    "5",    "23",   "34",    "45",
                           "222", "333", "3344", "4454", "2345", "33343", "55545"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        for (int32_t low = 2; low <= 5; low++)
            for (int32_t high = low; high <= 5 && high <= low + 1; high++)
                for (int32_t come = 0; come < 15; come++) {
                    struct advice_case at = of_marks(marks[i], risky_4, low, high, come);
                    at.fewest = 0;
                    struct advice advice = advice_give(&at);
                    if (advice.kind == ADVICE_REACH || advice.kind == ADVICE_FIRM)
                        assert_true(advice.count >= 1 && advice.count <= come);
                    struct mark_sum after = at.sum;
                    for (int32_t n = 0; n < advice.count; n++)
                        mark_add(&after, advice.value, WEIGHT_ONE);
                    if (advice.kind == ADVICE_REACH || advice.kind == ADVICE_KEEP)
                        assert_int_equal(mark_given(&after, 60), advice.mark);
                    if (advice.kind == ADVICE_THIN)
                        assert_int_equal(mark_given(&after, 60), advice.mark - 1);
                    mark_add(&after, advice.value, WEIGHT_ONE);
                    if (advice.kind == ADVICE_KEEP)
                        assert_int_equal(mark_given(&after, 60), advice.mark - 1);
                }
}

static void a_mark_at_risk(void **state)
{
    (void)state;
    assert_advice(of_marks("3444", risky_4, 4, 4, 3), ADVICE_KEEP, 4, 3, 1);
    assert_advice(of_marks("34434", risky_4, 4, 4, 3), ADVICE_FIRM, 4, 4, 2); /* 3.60: one more 3 would take it */
    assert_advice(of_marks("5545", risky_5, 5, 5, 3), ADVICE_KEEP, 5, 4, 1);
    assert_advice(of_marks("5545", sure_5, 5, 5, 3), ADVICE_NONE, 0, 0, 0);
    assert_advice(of_marks("34434", risky_4, 4, 4, 0), ADVICE_UNLIKELY, 5, 0, 0); /* no room to make it firm */
    assert_advice(of_marks("34434", risky_4, 4, 4, 1), ADVICE_THIN, 4, 3, 1);     /* room for one mark: 3.50 */
    assert_advice(of_marks("34434", risky_4, 3, 4, 1), ADVICE_THIN, 4, 3, 1);
}

static void before_and_after(void **state)
{
    (void)state;
    struct advice_case at = of_marks("", sure_4, 0, 0, 9);
    assert_advice(at, ADVICE_NO_MARKS, 0, 0, 0);
    at.said = (struct forecast_said){.low = 4, .high = 4};
    assert_advice(at, ADVICE_PAST, 0, 0, 0);
    at = of_marks("4", sure_4, 4, 5, 9);
    at.said.few = true;
    assert_advice(at, ADVICE_EARLY, 0, 0, 0);
    at = of_marks("44545", sure_4, 4, 4, 0);
    at.done = 100;
    assert_advice(at, ADVICE_END, 4, 0, 0);
}

/* Fewer than school.ini wants, and fewer than there should be by now. */
static void few_marks_warn(void **state)
{
    (void)state;
    struct advice_case at = of_marks("54", risky_5, 4, 5, 1);
    assert_int_not_equal(advice_give(&at).kind, ADVICE_FEW);
    at.done = 60;
    assert_int_not_equal(advice_give(&at).kind, ADVICE_FEW);
    at.done = 70;
    assert_advice(at, ADVICE_FEW, 0, 0, 2);
    at.fewest = 2;
    assert_int_not_equal(advice_give(&at).kind, ADVICE_FEW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_better_mark_takes_fives),
        cmocka_unit_test(what_does_not_fit_is_unlikely),
        cmocka_unit_test(never_impossible),
        cmocka_unit_test(a_mark_at_risk),
        cmocka_unit_test(before_and_after),
        cmocka_unit_test(few_marks_warn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
