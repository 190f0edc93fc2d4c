#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "gradebook/forecast.h"

static void assert_near(double found, double wanted)
{
    if (fabs(found - wanted) > 1e-6)
        fail_msg("found %.9f, wanted %.9f", found, wanted);
}

static struct forecast_sum sum_of(const char *marks, int32_t weight)
{
    struct forecast_sum sum = {0};
    for (; *marks != '\0'; marks++)
        forecast_add(&sum, *marks - '0', weight);
    return sum;
}

/* Two pupils and two subjects; what the reference makes of them. */
static void a_small_class(void **state)
{
    (void)state;
    struct forecast_cell cells[] = {
        {.pupil = 7, .subject = 0, .term = sum_of("454354", 1000), .finals = {4}, .final_count = 1},
        {.pupil = 7, .subject = 1, .term = sum_of("", 1000), .last_term = sum_of("545", 1000)},
        {.pupil = 9, .subject = 0, .term = sum_of("3343", 2000), .last_term = sum_of("343", 1000)},
        {.pupil = 9, .subject = 1, .term = sum_of("5", 1000), .finals = {5, 4}, .final_count = 2},
    };
    struct forecast_class class = {.cells = cells, .count = 4, .subjects = 2, .elapsed = .5, .threshold = 60};
    static const double wanted[4][FORECAST_MARKS] = {
        {0.002500028, 0.035042241, 0.920346263, 0.042111468},
        {0.003884153, 0.071360329, 0.447722455, 0.477033062},
        {0.003558420, 0.799845496, 0.194095299, 0.002500784},
        {0.002500003, 0.003289847, 0.317167480, 0.677042670},
    };
    static const double years[4][FORECAST_MARKS] = {
        {0.002500000, 0.008981128, 0.947659735, 0.040859137},
        {0.002503956, 0.012867195, 0.412980301, 0.571648547},
        {0.002816408, 0.435209452, 0.556639835, 0.005334305},
        {0.002500000, 0.002500002, 0.191483739, 0.803516259},
    };
    struct forecast out[4];
    struct arena *arena = arena_new();
    forecast_term(arena, &class, out);
    for (size_t i = 0; i < 4; i++) {
        double year[FORECAST_MARKS];
        forecast_year(&out[i], cells[i].finals, (size_t)cells[i].final_count, 4, 60, year);
        for (int k = 0; k < FORECAST_MARKS; k++) {
            assert_near(out[i].p[k], wanted[i][k]);
            assert_near(year[k], years[i][k]);
        }
    }
    arena_free(arena);
}

static void probabilities_add_up(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct forecast_cell cell = {.term = sum_of("2", 1000)};
    struct forecast_class class = {.cells = &cell, .count = 1, .subjects = 1, .threshold = 50};
    for (int i = 0; i <= 20; i++) {
        struct forecast out;
        double year[FORECAST_MARKS], sum = 0, year_sum = 0;
        class.elapsed = i / 20.;
        forecast_term(arena, &class, &out);
        forecast_year(&out, NULL, 0, 3, 50, year);
        for (int k = 0; k < FORECAST_MARKS; k++) {
            assert_true(out.p[k] >= .0025 - 1e-9 && year[k] >= .0025 - 1e-9);
            sum += out.p[k];
            year_sum += year[k];
        }
        assert_near(sum, 1);
        assert_near(year_sum, 1);
    }
    arena_free(arena);
}

static void marks_without_a_number_say_nothing(void **state)
{
    (void)state;
    struct forecast_sum sum = {0};
    forecast_add(&sum, -1, 1000);
    assert_int_equal(sum.count, 0);
    forecast_add(&sum, 4, 1500);
    assert_int_equal(sum.weighted, 6000);
    assert_int_equal(sum.squares, 2250000);
}

static void what_is_said(void **state)
{
    (void)state;
    const double sure[] = {0, .05, .85, .10}, edge[] = {.01, .04, .50, .45}, low[] = {.5, .4, .05, .05};
    struct forecast_said said = forecast_say(sure, 0, false);
    assert_int_equal(said.low, 0);
    said = forecast_say(sure, 1, false); /* one mark: a range of two, with reserve */
    assert_int_equal(said.low, 4);
    assert_int_equal(said.high, 5);
    assert_true(said.few);
    said = forecast_say(sure, 0, true);
    assert_int_equal(said.low, 4);
    assert_int_equal(said.high, 4);
    said = forecast_say(sure, 5, false);
    assert_int_equal(said.high, 4);
    assert_false(said.few);
    said = forecast_say(edge, 5, true);
    assert_int_equal(said.low, 4);
    assert_int_equal(said.high, 5);
    said = forecast_say(low, 5, true);
    assert_int_equal(said.low, 2);
    assert_int_equal(said.high, 3);
    assert_int_equal(forecast_tenths(.04), 0);
    assert_int_equal(forecast_tenths(.06), 1);
    assert_int_equal(forecast_tenths(.85), 9);
    assert_int_equal(forecast_tenths(.89), 9);
    assert_int_equal(forecast_tenths(.91), 10);
}

/* --- against the reference ---------------------------------------------------------------------------------- */

static double number(FILE *in)
{
    double value = 0;
    if (fscanf(in, "%lf", &value) != 1)
        fail_msg("the cases end in the middle");
    return value;
}

static struct forecast_sum read_marks(FILE *in)
{
    struct forecast_sum sum = {0};
    for (int count = (int)number(in); count > 0; count--) {
        int32_t value = (int32_t)number(in);
        forecast_add(&sum, value, (int32_t)number(in));
    }
    return sum;
}

/* Reads a case, computes it, and compares every number; returns the count of cells, 0 at the end. */
static size_t compare_case(struct arena *arena, FILE *in)
{
    enum { NUMBERS = 2 * FORECAST_MARKS + 5 };
    char word[8] = "";
    if (fscanf(in, "%7s", word) != 1)
        fail_msg("python3 gave no cases");
    if (strcmp(word, "case") != 0)
        return 0;
    struct forecast_class class = {.count = (size_t)number(in)};
    class.subjects = (uint32_t)number(in);
    class.elapsed = number(in);
    class.threshold = (int32_t)number(in);
    int32_t terms = (int32_t)number(in);
    double *plan = arena_alloc(arena, class.subjects * sizeof *plan);
    for (uint32_t s = 0; s < class.subjects; s++)
        plan[s] = number(in);
    class.plan = plan;
    struct forecast_cell *cells = arena_alloc(arena, class.count * sizeof *cells);
    double(*wanted)[NUMBERS] = arena_alloc(arena, class.count * sizeof *wanted);
    for (size_t i = 0; i < class.count; i++) {
        cells[i].pupil = (uint32_t)number(in);
        cells[i].subject = (uint32_t)number(in);
        cells[i].final_count = (int32_t)number(in);
        for (int32_t k = 0; k < cells[i].final_count; k++)
            cells[i].finals[k] = (int32_t)number(in);
        cells[i].term = read_marks(in);
        cells[i].last_term = read_marks(in);
        for (int k = 0; k < NUMBERS; k++)
            wanted[i][k] = number(in);
    }
    class.cells = cells;
    struct forecast *out = arena_alloc(arena, class.count * sizeof *out);
    forecast_term(arena, &class, out);
    for (size_t i = 0; i < class.count; i++) {
        double found[NUMBERS] = {0};
        memcpy(found, out[i].p, sizeof out[i].p);
        found[4] = out[i].level;
        found[5] = out[i].variance;
        found[6] = out[i].mean;
        found[7] = out[i].deviation;
        found[8] = out[i].to_come;
        forecast_year(&out[i], cells[i].finals, (size_t)cells[i].final_count, terms, class.threshold, found + 9);
        for (int k = 0; k < NUMBERS; k++)
            assert_near(found[k], wanted[i][k]);
    }
    arena_reset(arena);
    return class.count;
}

static size_t compare_all(const char *folder, const char *school)
{
    char command[1024];
    snprintf(command, sizeof command, "python3 -B tests/unit/gradebook_forecast_cases.py '%s' %s", folder, school);
    FILE *in = popen(command, "r");
    assert_non_null(in);
    struct arena *arena = arena_new();
    size_t cells = 0, of_case = 0;
    while ((of_case = compare_case(arena, in)) > 0)
        cells += of_case;
    arena_free(arena);
    assert_int_equal(pclose(in), 0);
    return cells;
}

/* The folder of the reference, beside that of the real files. False where it, or python3, is not there. */
static bool find_reference(char folder[512], char school[512])
{
    const char *real = getenv("PAPERDIARY_REAL");
    snprintf(folder, 512, "%s/../forecast", real != NULL ? real : "../shared/real");
    snprintf(school, 512, "%s/dnevnik", real != NULL ? real : "../shared/real");
    char path[600];
    snprintf(path, sizeof path, "%s/reference.py", folder);
    FILE *file = fopen(path, "r");
    if (file == NULL || system("python3 -c '' 2>/dev/null") != 0) {
        print_message("skipped: no reference.py or no python3\n");
        if (file != NULL)
            fclose(file);
        return false;
    }
    fclose(file);
    return true;
}

static void generated_cases_agree(void **state)
{
    (void)state;
    char folder[512], school[512];
    if (!find_reference(folder, school))
        skip();
    assert_true(compare_all(folder, "") > 5000);
}

static bool every_share;

/* Every cell of the real school at one share of each period, with one threshold, with or without finals and plans in
 * turn; with an argument to the test at all four shares with all of them, which takes minutes. Not with
 * PAPERDIARY_SHORT. */
static void the_real_school_agrees(void **state)
{
    (void)state;
    char folder[512], school[512];
    if (getenv("PAPERDIARY_SHORT") != NULL || !find_reference(folder, school))
        skip();
    char path[600];
    snprintf(path, sizeof path, "%s/marks.csv.gz", school);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        print_message("skipped: the real school is not there\n");
        skip();
    }
    fclose(file);
    snprintf(path, sizeof path, "'%s' %s", school, every_share ? "every" : "");
    assert_true(compare_all(folder, path) > 10000);
}

int main(int argc, char **argv)
{
    (void)argv;
    every_share = argc > 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_class),
        cmocka_unit_test(probabilities_add_up),
        cmocka_unit_test(marks_without_a_number_say_nothing),
        cmocka_unit_test(what_is_said),
        cmocka_unit_test(generated_cases_agree),
        cmocka_unit_test(the_real_school_agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
