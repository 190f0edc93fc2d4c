#include "gradebook_fixture.h"

#include "gradebook/mark.h"

static struct mark_sum sum_of(const int32_t *values, const int32_t *weights, size_t count)
{
    struct mark_sum sum = {0};
    for (size_t i = 0; i < count; i++)
        mark_add(&sum, values[i], weights == NULL ? WEIGHT_ONE : weights[i]);
    return sum;
}

static void means_are_weighted(void **state)
{
    (void)state;
    int32_t values[] = {4, 5, 4, 3, 5, 4, 5, 3, 4};
    int32_t weights[] = {1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 3000};
    struct mark_sum sum = sum_of(values, weights, 9);
    assert_int_equal(sum.weight, 11000);
    assert_int_equal(sum.weighted, 45000);
    assert_int_equal(mark_mean(&sum), 409);
    assert_int_equal(mark_given(&sum, 50), 4);
}

static void means_round_half_up_from_the_exact_quotient(void **state)
{
    (void)state;
    int32_t values[] = {4, 4, 4, 4, 4, 4, 4, 5};
    struct mark_sum eighth = sum_of(values, NULL, 8); /* 4.125 */
    assert_int_equal(mark_mean(&eighth), 413);
    int32_t halves[] = {500, 1500}, pair[] = {3, 4}; /* 3.75 */
    struct mark_sum half = sum_of(pair, halves, 2);
    assert_int_equal(mark_mean(&half), 375);
    struct mark_sum below = {.weight = 1000000, .weighted = 4494999}; /* 4.494999 prints as 4.49, is no 4.50 */
    assert_int_equal(mark_mean(&below), 449);
    struct mark_sum printed = {.weight = 1000000, .weighted = 4495000}; /* prints as 4.50, but does not give a 5 */
    assert_int_equal(mark_mean(&printed), 450);
    assert_int_equal(mark_given(&printed, 50), 4);
}

static void no_number_no_mean(void **state)
{
    (void)state;
    struct mark_sum sum = {0};
    mark_add(&sum, -1, WEIGHT_ONE);
    assert_int_equal(sum.count, 0);
    assert_int_equal(mark_mean(&sum), -1);
    assert_int_equal(mark_given(&sum, 50), -1);
}

static void thresholds_give_marks(void **state)
{
    (void)state;
    struct mark_sum sum = {.weight = 100000, .weighted = 450000};
    assert_int_equal(mark_given(&sum, 50), 5);
    assert_int_equal(mark_given(&sum, 60), 4);
    sum.weighted = 249000;
    assert_int_equal(mark_given(&sum, 50), 2);
    sum.weighted = 250000;
    assert_int_equal(mark_given(&sum, 50), 3);
    sum.weighted = 364999;
    assert_int_equal(mark_given(&sum, 65), 3);
    assert_int_equal(mark_border(4, 65), 365);
}

static void needs_and_margins(void **state)
{
    (void)state;
    struct mark_sum sum = {.weight = 11000, .weighted = 45000};
    assert_int_equal(mark_need(&sum, 450, 5, WEIGHT_ONE), 9); /* (45 + 9·5) / 20 = 4.50 */
    assert_int_equal(mark_need(&sum, 450, 5, 2000), 5);
    assert_int_equal(mark_need(&sum, 450, 4, WEIGHT_ONE), -1);
    assert_int_equal(mark_need(&sum, 350, 5, WEIGHT_ONE), 0);
    assert_int_equal(mark_margin(&sum, 350, 3, WEIGHT_ONE), 13); /* 6.5 spare, half a mark each */
    assert_int_equal(mark_margin(&sum, 450, 3, WEIGHT_ONE), -1);
    assert_int_equal(mark_margin(&sum, 350, 4, WEIGHT_ONE), -1);
}

/* The least number by trying agrees with the formula. */
static void needs_are_the_least(void **state)
{
    (void)state;
    uint32_t seed = 20261116;
    for (int round = 0; round < 20000; round++) {
        struct mark_sum sum = {0};
        for (int i = 0; i < 12; i++) {
            seed = seed * 1664525 + 1013904223;
            if (i == 0 || (seed >> 8) % 3 != 0)
                mark_add(&sum, 2 + (int32_t)((seed >> 16) % 4), 500 * (int32_t)(1 + (seed >> 24) % 6));
        }
        int32_t border = 250 + 100 * (round % 3) + (round % 2) * 10;
        struct mark_sum tried = sum;
        int64_t count = 0;
        while (100 * tried.weighted < border * tried.weight && count < 10000) {
            mark_add(&tried, MARK_BEST, 1500);
            count++;
        }
        assert_int_equal(mark_need(&sum, border, MARK_BEST, 1500), count);
        int64_t spare = -1;
        for (tried = sum; 100 * tried.weighted >= border * tried.weight; spare++)
            mark_add(&tried, 2, 1500);
        assert_int_equal(mark_margin(&sum, border, 2, 1500), spare);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(means_are_weighted), cmocka_unit_test(means_round_half_up_from_the_exact_quotient),
        cmocka_unit_test(no_number_no_mean),  cmocka_unit_test(thresholds_give_marks),
        cmocka_unit_test(needs_and_margins),  cmocka_unit_test(needs_are_the_least),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
