/* What finished terms of a school teach about those after them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "gradebook/past.h"

enum { PUPILS = 400, FORECASTS = 3000 };

static struct arena *arena;
static struct past_term terms[2 * PUPILS];
static struct past_forecast forecasts[2 * FORECASTS];
static struct past past;

static int start(void **state)
{
    (void)state;
    static const char *const subjects[] = {"чтение", "музыка"};
    arena = arena_new();
    memset(terms, 0, sizeof terms);
    past = (struct past){.arena = arena, .subjects = subjects, .subject_count = 2, .terms = terms};
    past.forecasts = forecasts;
    past.lessons = arena_alloc(arena, sizeof *past.lessons);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* The reading of a term whose teachers round up from `from` hundredths. */
static void add_term(int32_t year, int32_t period, int32_t from)
{
    for (int32_t pupil = 0; pupil < PUPILS; pupil++) {
        struct past_term *term = &terms[past.term_count++];
        *term = (struct past_term){.pupil = pupil, .year = year, .period = period};
        for (int32_t mark = 0; mark < 25; mark++)
            forecast_add(&term->term, mark < pupil % 25 ? 5 : 4, WEIGHT_ONE);
        term->final = (int32_t)((100 * term->term.weighted / term->term.weight + 100 - from) / 100);
    }
    qsort(terms, past.term_count, sizeof *terms, past_compare);
}

static double threshold_before(int32_t year, int32_t period)
{
    return past_habit(&past, year, period, 50)->school.threshold;
}

static void only_earlier_terms_teach(void **state)
{
    (void)state;
    add_term(2025, 3, 40);
    add_term(2026, 1, 60);
    assert_true(threshold_before(2025, 3) == .5);
    double first = threshold_before(2026, 1);
    assert_true(first < .45);
    assert_true(threshold_before(2026, 2) > first + .02);
    assert_true(threshold_before(2026, 1) == first);
    assert_ptr_equal(past_habit(&past, 2026, 1, 50), past_habit(&past, 2026, 1, 50));
    /* a subject without examples goes as the school does */
    assert_true(past_habit(&past, 2026, 1, 50)->subjects[1].threshold == first);
}

/* `stated` of a five, of which `came` did. */
static void add_forecasts(int32_t period, double stated, double came)
{
    for (int i = 0; i < FORECASTS; i++) {
        struct past_forecast *forecast = &forecasts[past.forecast_count++];
        *forecast = (struct past_forecast){.year = 2026, .period = period, .stated = {.elapsed = .8}};
        forecast->stated.p[2] = 1 - stated;
        forecast->stated.p[3] = stated;
        forecast->stated.final = i < came * FORECASTS ? 5 : 4;
    }
}

static void its_own_forecasts_correct_it(void **state)
{
    (void)state;
    add_forecasts(1, .8, .6);
    const struct forecast_habit *habit = past_habit(&past, 2026, 2, 50);
    const struct habit_trust *late = &habit->trust[HABIT_PARTS - 1];
    assert_true(late->shift < -.3);
    assert_true(habit->trust[0].forecasts == 0 && habit->trust[0].shift == 0 && habit->trust[0].sharpness == 1);
    /* the next term printed corrected chances: they teach what they would have taught without the correction */
    double odds = log(.8 / .2);
    add_forecasts(2, 1 / (1 + exp(-late->shift - late->sharpness * odds)), .6);
    struct habit_trust after = past_habit(&past, 2026, 3, 50)->trust[HABIT_PARTS - 1];
    past.forecast_count = 0;
    *past.lessons = NULL;
    add_forecasts(1, .8, .6);
    add_forecasts(1, .8, .6);
    const struct habit_trust *twice = &past_habit(&past, 2026, 3, 50)->trust[HABIT_PARTS - 1];
    assert_true(fabs(after.shift - twice->shift) < .011 && fabs(after.sharpness - twice->sharpness) < .011);
    assert_true(after.shift < late->shift);
}

static void a_correction_can_be_taken_back(void **state)
{
    (void)state;
    struct forecast_habit habit;
    habit_default(50, &habit);
    habit.trust[0] = (struct habit_trust){-.4, 1.2, 100};
    const double above[] = {.98, .9, .3};
    struct habit_stated stated = {.elapsed = .1};
    double before = 1;
    for (int i = 0; i < 3; i++) {
        double said = 1 / (1 + exp(.4 - 1.2 * log(above[i] / (1 - above[i]))));
        stated.p[i] = before - said;
        before = said;
    }
    stated.p[3] = before;
    habit_trust_undo(&habit, &stated);
    assert_true(fabs(stated.p[3] - .3) < 1e-9 && fabs(stated.p[2] - .6) < 1e-9 && fabs(stated.p[0] - .02) < 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(only_earlier_terms_teach, start, finish),
        cmocka_unit_test_setup_teardown(its_own_forecasts_correct_it, start, finish),
        cmocka_unit_test_setup_teardown(a_correction_can_be_taken_back, start, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
