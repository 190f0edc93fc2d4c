#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "gradebook/forecast_with.h"

enum { SUBJECTS = 3, MANY = 3000, BOASTS = 20000 };

static uint32_t roll(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static struct forecast_sum sum_of(const char *marks)
{
    struct forecast_sum sum = {0};
    for (; *marks != '\0'; marks++)
        forecast_add(&sum, *marks - '0', WEIGHT_ONE);
    return sum;
}

/* Finished terms of teachers who round up from `threshold` hundredths, with no exception. */
static void school(struct habit_example *examples, size_t count, uint32_t subject, int32_t threshold, uint32_t seed)
{
    for (size_t i = 0; i < count; i++) {
        struct habit_example *example = &examples[i];
        *example = (struct habit_example){.subject = subject};
        uint32_t better = roll(&seed) % 5;
        for (uint32_t mark = 0; mark < 4 + i % 9; mark++)
            forecast_add(&example->term, (int32_t)(3 + (roll(&seed) % 4 < better) + (roll(&seed) % 5 < better)),
                         WEIGHT_ONE);
        int64_t mean = 100 * example->term.weighted / example->term.weight;
        example->final = (int32_t)((mean + 100 - threshold) / 100);
    }
}

static double learned(size_t count, int32_t real, int32_t configured)
{
    static struct habit_example examples[MANY];
    struct arena *arena = arena_new();
    struct forecast_habit habit;
    school(examples, count, 0, real, 7);
    habit_learn(arena, examples, count, SUBJECTS, configured, &habit);
    double threshold = habit.school.threshold;
    arena_free(arena);
    return threshold;
}

static void the_table_is_the_normal_distribution(void **state)
{
    (void)state;
    struct normal normal;
    normal_fill(&normal);
    for (double z = -9; z < 9; z += .0037)
        assert_true(fabs(normal_below(&normal, z) - .5 * erfc(-z / sqrt(2))) < 1e-8);
    assert_true(normal_below(&normal, -INFINITY) == 0 && normal_below(&normal, INFINITY) == 1);
}

static void without_a_past_the_configured_threshold(void **state)
{
    (void)state;
    static const int32_t configured[] = {50, 60, 65};
    struct arena *arena = arena_new();
    for (size_t i = 0; i < 3; i++) {
        struct forecast_habit habit;
        struct habit_example none = {.final = 0}; /* «н/а» is no final */
        habit_learn(arena, &none, 1, SUBJECTS, configured[i], &habit);
        habit_trust_learn(NULL, 0, &habit);
        assert_true(habit.school.threshold == configured[i] / 100.);
        assert_true(habit_rule_of(&habit, 1)->threshold == configured[i] / 100.);
        assert_int_equal(habit.school.examples, 0);
        for (int part = 0; part < HABIT_PARTS; part++)
            assert_true(habit.trust[part].shift == 0 && habit.trust[part].sharpness == 1);
    }
    arena_free(arena);
}

static void the_teachers_threshold_is_found(void **state)
{
    (void)state;
    assert_true(fabs(learned(MANY, 60, 50) - .60) < .025);
    assert_true(fabs(learned(MANY, 50, 65) - .50) < .035);
    assert_true(fabs(learned(MANY, 65, 65) - .65) < .025);
    double few = learned(30, 60, 50), some = learned(200, 60, 50);
    assert_true(few >= .50 && few < .60); /* held to the configured one */
    assert_true(some > .52 && some >= few);
    assert_true(learned(MANY, 60, 50) >= some - .011);
}

static void a_subject_has_its_own_rule_where_there_is_enough(void **state)
{
    (void)state;
    static struct habit_example examples[2 * MANY + 3];
    struct arena *arena = arena_new();
    struct forecast_habit habit;
    school(examples, MANY, 0, 50, 1);
    school(examples + MANY, MANY, 1, 60, 2);
    school(examples + 2 * (size_t)MANY, 3, 2, 65, 3);
    habit_learn(arena, examples, sizeof examples / sizeof *examples, SUBJECTS, 50, &habit);
    assert_true(habit_rule_of(&habit, 0)->threshold < .52);
    assert_true(habit_rule_of(&habit, 1)->threshold > .56);
    assert_true(fabs(habit_rule_of(&habit, 2)->threshold - habit.school.threshold) < .02);
    assert_ptr_equal(habit_rule_of(&habit, 99), &habit.school);
    arena_free(arena);
}

static void the_order_of_examples_does_not_matter(void **state)
{
    (void)state;
    static struct habit_example examples[500], turned[500];
    struct arena *arena = arena_new();
    struct forecast_habit a, b;
    school(examples, 500, 1, 55, 4);
    for (size_t i = 0; i < 500; i++)
        turned[499 - i] = examples[i];
    habit_learn(arena, examples, 500, SUBJECTS, 50, &a);
    habit_learn(arena, turned, 500, SUBJECTS, 50, &b);
    assert_memory_equal(&a.school, &b.school, sizeof a.school);
    assert_memory_equal(a.subjects, b.subjects, SUBJECTS * sizeof *a.subjects);
    arena_free(arena);
}

static double at_least(const double p[FORECAST_MARKS], int32_t mark)
{
    double sum = 0;
    for (int32_t i = mark; i <= 5; i++)
        sum += p[i - 2];
    return sum;
}

static void check_chances(const double p[FORECAST_MARKS])
{
    double sum = 0;
    for (int i = 0; i < FORECAST_MARKS; i++) {
        assert_true(p[i] > 0 && p[i] < 1);
        sum += p[i];
    }
    assert_true(fabs(sum - 1) < 1e-9);
}

static void chances_add_up_everywhere(void **state)
{
    (void)state;
    static const char *const marks[] = {"", "2", "5", "54", "45454", "3333333333333333333333333333333", "2545"};
    struct arena *arena = arena_new();
    struct forecast_cell cells[7];
    struct forecast out[7];
    double plan[] = {0, 40, -1};
    for (uint32_t i = 0; i < 7; i++)
        cells[i] = (struct forecast_cell){
            .pupil = i / 2, .subject = i % SUBJECTS, .term = sum_of(marks[i]), .last_year = i % 2 ? 467 : 0};
    cells[3].finals[cells[3].final_count++] = 5;
    cells[4].last_term = sum_of("5554");
    for (int32_t threshold = 50; threshold <= 65; threshold += 5)
        for (int step = 0; step <= 40; step++) {
            struct forecast_habit habit;
            habit_default(threshold, &habit);
            habit.trust[1] = (struct habit_trust){-.9, 1.9, 10};
            struct forecast_class class = {.cells = cells, .count = 7, .subjects = SUBJECTS};
            class.plan = step % 2 ? plan : NULL;
            class.elapsed = step % 21 / 20.;
            class.threshold = threshold;
            forecast_term_with(arena, &class, &habit, out);
            for (size_t i = 0; i < 7; i++) {
                double year[FORECAST_MARKS];
                check_chances(out[i].p);
                assert_true(out[i].to_come >= 0 && out[i].deviation >= 0 && isfinite(out[i].mean));
                forecast_year_with(&out[i], &habit, cells[i].subject, class.elapsed, cells[i].finals,
                                   (size_t)cells[i].final_count, 4, year);
                check_chances(year);
            }
        }
    arena_free(arena);
}

static struct forecast forecast_of(const char *marks, double elapsed, const struct forecast_habit *habit)
{
    struct arena *arena = arena_new();
    const struct forecast_cell cells[] = {{.pupil = 1, .term = sum_of(marks)},
                                          {.pupil = 2, .term = sum_of("45343")},
                                          {.pupil = 3, .term = sum_of("54455")}};
    struct forecast_class class = {
        .cells = cells, .count = 3, .subjects = 1, .elapsed = elapsed, .threshold = habit->configured};
    struct forecast out[3];
    forecast_term_with(arena, &class, habit, out);
    arena_free(arena);
    return out[0];
}

static void better_marks_never_make_it_worse(void **state)
{
    (void)state;
    static const char *const better[] = {"22222", "32222", "33222", "33332", "33333", "43333", "44333",
                                         "44443", "44444", "54444", "55444", "55544", "55554", "55555"};
    struct forecast_habit habit, stricter;
    habit_default(50, &habit);
    habit_default(60, &stricter);
    for (int part = 1; part <= 20; part++) {
        struct forecast before = {.p = {1}};
        for (size_t i = 0; i < sizeof better / sizeof *better; i++) {
            struct forecast now = forecast_of(better[i], part / 20., &habit);
            struct forecast strict = forecast_of(better[i], part / 20., &stricter);
            for (int32_t mark = 3; mark <= 5; mark++) {
                assert_true(at_least(now.p, mark) >= at_least(before.p, mark) - 1e-9);
                assert_true(at_least(strict.p, mark) <= at_least(now.p, mark) + 1e-9);
            }
            before = now;
        }
    }
}

static void at_the_end_the_habit_decides(void **state)
{
    (void)state;
    struct forecast_habit configured, taught;
    habit_default(50, &configured);
    habit_default(50, &taught);
    taught.school.threshold = .60;
    assert_int_equal(forecast_likeliest(forecast_of("55454", 1, &configured).p), 5);
    assert_int_equal(forecast_likeliest(forecast_of("5555544444" /* 4.50 */, 1, &configured).p), 5);
    assert_int_equal(forecast_likeliest(forecast_of("5555544444", 1, &taught).p), 4);
    assert_true(at_least(forecast_of("5555555", 1, &taught).p, 5) > .95);
    assert_true(at_least(forecast_of("5555555", .25, &taught).p, 5) <
                at_least(forecast_of("5555555", .95, &taught).p, 5));
}

static void the_past_finals_of_a_pupil_count(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct forecast_habit habit;
    struct forecast_cell cell = {.pupil = 1, .term = sum_of("54")};
    struct forecast_class class = {.cells = &cell, .count = 1, .subjects = 1, .elapsed = .25, .threshold = 50};
    struct forecast low, none, high;
    habit_default(50, &habit);
    forecast_term_with(arena, &class, &habit, &none);
    cell.last_year = 500;
    forecast_term_with(arena, &class, &habit, &high);
    cell.last_year = 300;
    forecast_term_with(arena, &class, &habit, &low);
    assert_true(high.p[3] > none.p[3] && none.p[3] > low.p[3]);
    arena_free(arena);
}

static void known_finals_make_the_year(void **state)
{
    (void)state;
    struct forecast_habit habit;
    static const int32_t fives[] = {5, 5, 5}, threes[] = {3, 3, 3};
    double p[FORECAST_MARKS];
    habit_default(50, &habit);
    struct forecast term = forecast_of("5555554", .9, &habit);
    forecast_year_with(&term, &habit, 0, .9, fives, 3, 4, p);
    assert_true(p[3] > .95);
    forecast_year_with(&term, &habit, 0, .9, threes, 3, 4, p); /* 3 3 3 5: 3.5 rounds up */
    assert_int_equal(forecast_likeliest(p), 4);
    forecast_year_with(&term, &habit, 0, .9, NULL, 0, 4, p);
    assert_int_equal(forecast_likeliest(p), 5);
}

static void many_marks_to_come_are_no_surprise(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct forecast_habit habit;
    struct forecast_cell cell = {.pupil = 1, .term = sum_of("5555"), .last_year = 500};
    double plan[] = {0};
    struct forecast_class class = {.cells = &cell, .count = 1, .subjects = 1, .plan = plan, .threshold = 50};
    habit_default(50, &habit);
    for (plan[0] = 0; plan[0] < 2000; plan[0] = 2 * plan[0] + 1)
        for (int step = 0; step < 20; step++) {
            struct forecast out;
            class.elapsed = step / 20.;
            forecast_term_with(arena, &class, &habit, &out);
            check_chances(out.p);
            assert_int_equal(forecast_likeliest(out.p), 5);
        }
    arena_free(arena);
}

/* Forecasts that say .9 and come true in six cases of ten. */
static void boasts_are_corrected(void **state)
{
    (void)state;
    static struct habit_stated stated[BOASTS];
    struct forecast_habit habit;
    for (size_t i = 0; i < BOASTS; i++) {
        bool five = i % 2 == 0, came = i % 10 < 6;
        stated[i] = (struct habit_stated){.elapsed = .9, .final = five == came ? 5 : 4, .p = {.001, .004, .9, .095}};
        if (five)
            memcpy(stated[i].p, (const double[]){.001, .004, .095, .9}, sizeof stated[i].p);
    }
    habit_default(50, &habit);
    habit_trust_learn(stated, BOASTS, &habit);
    assert_int_equal(habit.trust[2].forecasts, BOASTS);
    assert_int_equal(habit.trust[0].forecasts, 0);
    assert_true(habit.trust[0].shift == 0 && habit.trust[0].sharpness == 1);
    assert_true(habit.trust[2].sharpness < .8 && habit.trust[2].sharpness >= .5);
    struct forecast_habit few;
    habit_default(50, &few);
    habit_trust_learn(stated, 20, &few); /* not to be moved by a handful */
    assert_true(few.trust[2].sharpness > .97);
    struct forecast_habit plain;
    habit_default(50, &plain);
    assert_true(forecast_of("555544", .9, &habit).p[3] < forecast_of("555544", .9, &plain).p[3]);
}

static void the_review_counts_by_tenth(void **state)
{
    (void)state;
    struct review review = {0};
    const struct habit_stated stated[] = {
        {.p = {.01, .04, .20, .75}, .final = 5},
        {.p = {.01, .04, .22, .73}, .final = 4},
        {.p = {0, 0, 0, 1}, .final = 5},
        {.p = {.25, .25, .25, .25}, .final = 0}, /* no final: not counted */
    };
    assert_true(review_error(&review) == 0);
    for (size_t i = 0; i < 4; i++)
        review_add(&review, &stated[i]);
    assert_int_equal(review.forecasts, 3);
    assert_int_equal(review.right, 2);
    assert_int_equal(review.first[7].stated, 2);
    assert_int_equal(review.first[7].came, 1);
    assert_int_equal(review.first[9].stated, 1);
    assert_int_equal(review.tenths[2].stated, 2);
    assert_int_equal(review.tenths[2].came, 1);
    assert_int_equal(review.tenths[0].stated, 7);
    assert_int_equal(review.tenths[0].came, 0);
    assert_true(fabs(review_error(&review) - .48 / 3) < 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_the_normal_distribution),
        cmocka_unit_test(without_a_past_the_configured_threshold),
        cmocka_unit_test(the_teachers_threshold_is_found),
        cmocka_unit_test(a_subject_has_its_own_rule_where_there_is_enough),
        cmocka_unit_test(the_order_of_examples_does_not_matter),
        cmocka_unit_test(chances_add_up_everywhere),
        cmocka_unit_test(better_marks_never_make_it_worse),
        cmocka_unit_test(at_the_end_the_habit_decides),
        cmocka_unit_test(the_past_finals_of_a_pupil_count),
        cmocka_unit_test(known_finals_make_the_year),
        cmocka_unit_test(many_marks_to_come_are_no_surprise),
        cmocka_unit_test(boasts_are_corrected),
        cmocka_unit_test(the_review_counts_by_tenth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
