/* регламент 2.7: the forecast of the term and of the year, gathered from a class's gradebook. */
#include "gradebook_fixture.h"

static struct fixture f;
static struct final_entry finals[16];
static size_t final_count;

static int open_book(void **state)
{
    (void)state;
    fixture_open(&f);
    f.school.fewest_marks = 3;
    final_count = 0;
    return 0;
}

static int close_book(void **state)
{
    (void)state;
    fixture_close(&f);
    return 0;
}

static void add_final(int32_t pupil, int32_t period, const char *subject, const char *mark, int32_t decided)
{
    finals[final_count++] = (struct final_entry){
        .pupil = pupil, .year = 2026, .period = period, .subject = subject, .mark = mark, .decided = decided, {1, 0}};
}

/* One mark a week for each digit, from the Monday of `week` on. */
static void add_marks(int32_t pupil, int32_t monday, const char *subject, const char *digits)
{
    for (int32_t i = 0; digits[i] != '\0'; i++)
        add_mark(&f, pupil, monday + 7 * i, 1, subject, arena_format(f.arena, "%c", digits[i]));
}

static struct week_sheet sheet_of(size_t pupil, int32_t day, int32_t import)
{
    struct week_sheet sheet = {0};
    fixture_book(&f, import);
    f.book.finals = finals;
    f.book.final_count = final_count;
    struct week_order order = {.week = date_iso_week(day), .import = import};
    week_compute(f.arena, &f.school, &f.book, pupil, &order, &sheet);
    return sheet;
}

static const struct outlook_line *outlook(size_t pupil, int32_t day, int32_t import, const char *subject)
{
    struct week_sheet *sheet = arena_alloc(f.arena, sizeof *sheet);
    *sheet = sheet_of(pupil, day, import);
    const struct subject_line *line = find_subject(sheet, subject);
    assert_non_null(line);
    return &line->outlook;
}

static double sum(const double p[FORECAST_MARKS])
{
    return p[0] + p[1] + p[2] + p[3];
}

static void assert_same(const struct outlook_line *a, const struct outlook_line *b)
{
    for (int i = 0; i < FORECAST_MARKS; i++) {
        assert_true(a->term[i] == b->term[i]);
        assert_true(a->year[i] == b->year[i]);
    }
    assert_int_equal(a->said.low, b->said.low);
    assert_int_equal(a->said.high, b->said.high);
}

static void a_class(void)
{
    add_marks(1, on(2026, 9, 7), "Математика", "45454");
    add_marks(2, on(2026, 9, 7), "Математика", "33343");
    add_marks(3, on(2026, 9, 7), "Математика", "55555");
    add_marks(1, on(2026, 9, 8), "Музыка", "55");
    add_entry(&f, 2, on(2026, 9, 8), 1, "Музыка");
}

static void forecast_of_term_and_year(void **state)
{
    (void)state;
    a_class();
    const struct outlook_line *good = outlook(2, on(2026, 10, 5), 1, "Математика");
    const struct outlook_line *weak = outlook(1, on(2026, 10, 5), 1, "Математика");
    assert_true(sum(good->term) > .999999 && sum(good->term) < 1.000001);
    assert_true(sum(good->year) > .999999 && sum(good->year) < 1.000001);
    assert_int_equal(good->said.high, 5);
    assert_int_equal(weak->said.low, 3);
    assert_true(good->term[3] > weak->term[3]);
    assert_true(weak->year[1] > good->year[1]);
    assert_true(good->done > 30 && good->done < 50);
    assert_true(good->year_done > 8 && good->year_done < 20);
}

/* A pupil without marks of his own is told nothing before there is one. */
static void no_marks_no_forecast(void **state)
{
    (void)state;
    a_class();
    const struct outlook_line *none = outlook(1, on(2026, 10, 5), 1, "Музыка");
    assert_int_equal(none->said.low, 0);
    assert_int_equal(none->year_said.low, 0);
    assert_int_equal(none->advice.kind, ADVICE_NO_MARKS);
}

static void one_mark_is_said_with_reserve(void **state)
{
    (void)state;
    a_class();
    const struct outlook_line *one = outlook(0, on(2026, 9, 7), 1, "Музыка");
    assert_true(one->said.few);
    assert_int_equal(one->said.high - one->said.low, 1);
    assert_int_equal(one->advice.kind, ADVICE_EARLY);
}

/* Nothing that comes after the week, or by a later import, changes what a sheet said. */
static void a_reprint_says_the_same(void **state)
{
    (void)state;
    a_class();
    struct outlook_line before = *outlook(0, on(2026, 9, 28), 1, "Математика");
    add_mark(&f, 1, on(2026, 9, 29), 1, "Математика", "2")->held = (struct held){2, 0};
    add_mark(&f, 3, on(2026, 9, 29), 2, "Математика", "2")->held = (struct held){2, 0};
    add_mark(&f, 1, on(2026, 10, 6), 1, "Математика", "2");
    add_final(1, 1, "Математика", "3", on(2026, 11, 27));
    assert_same(&before, outlook(0, on(2026, 9, 28), 1, "Математика"));
    assert_true(before.term[2] != outlook(0, on(2026, 9, 28), 2, "Математика")->term[2]);
}

static void absence_does_not_lower_it(void **state)
{
    (void)state;
    a_class();
    struct outlook_line before = *outlook(0, on(2026, 10, 5), 1, "Математика");
    for (int32_t day = 0; day < 4; day++)
        add_absence(&f, 1, on(2026, 9, 29) + day, 4, "Математика", REASON_UNEXCUSED);
    assert_same(&before, outlook(0, on(2026, 10, 5), 1, "Математика"));
}

static void earlier_terms_speak_before_the_first_mark(void **state)
{
    (void)state;
    a_class();
    add_final(1, 1, "математика", "5", on(2026, 11, 27)); /* as other tables write it */
    add_entry(&f, 1, on(2026, 12, 7), 1, "Математика");
    const struct outlook_line *line = outlook(0, on(2026, 12, 7), 1, "Математика");
    assert_int_not_equal(line->said.low, 0);
    assert_false(line->said.few);
    assert_int_equal(line->advice.kind, ADVICE_PAST);
}

/* The year is the mean of the terms: two known fives and a sure third one leave no doubt. A final that was not
 * imported is what its term's mean gives. */
static void the_year_knows_its_terms(void **state)
{
    (void)state;
    a_class();
    add_marks(3, on(2026, 12, 7), "Математика", "555");
    add_marks(3, on(2027, 3, 1), "Математика", "55555");
    add_final(3, 2, "Математика", "5", on(2027, 2, 26));
    const struct outlook_line *line = outlook(2, on(2027, 4, 5), 1, "Математика");
    assert_int_equal(line->said.high, 5);
    assert_int_equal(line->year_said.low, 5);
    assert_true(line->year[3] > .97);
}

static void a_final_that_is_given_is_no_forecast(void **state)
{
    (void)state;
    a_class();
    add_marks(1, on(2026, 10, 12), "Математика", "4445544");
    add_final(1, 1, "Математика", "5", on(2026, 11, 24));
    const struct outlook_line *line = outlook(0, on(2026, 11, 23), 1, "Математика");
    assert_int_equal(line->given, 5);
    assert_int_equal(line->said.low, 5);
    assert_true(line->term[3] == 1);
    assert_int_equal(line->advice.kind, ADVICE_GIVEN);
    assert_int_equal(line->advice.mark, 5);
    assert_int_equal(outlook(0, on(2026, 11, 16), 1, "Математика")->given, 0);
    assert_true(outlook(0, on(2026, 11, 23), 1, "Математика")->year[3] >
                outlook(0, on(2026, 11, 16), 1, "Математика")->year[3]);
}

/* Who is released, or has too few marks, is promised no mark and warned of nothing. */
static void a_final_that_is_a_word_ends_the_forecast(void **state)
{
    (void)state;
    a_class();
    add_marks(1, on(2026, 10, 12), "Математика", "4445544");
    add_entry(&f, 1, on(2026, 11, 24), 2, "Музыка");
    add_mark(&f, 2, on(2026, 11, 24), 2, "Музыка", "5");
    add_entry(&f, 0, on(2026, 11, 25), 3, "Пение");
    add_final(1, 1, "Математика", "н/а", on(2026, 11, 24));
    add_final(2, 1, "Музыка", "осв.", on(2026, 11, 24));
    add_final(1, 1, "Пение", "осв.", on(2026, 11, 24)); /* no row of his own */
    const struct outlook_line *line = outlook(0, on(2026, 11, 23), 1, "Математика");
    assert_int_equal(line->given, GIVEN_WORD);
    assert_int_equal(line->said.low, 0);
    assert_int_equal(line->year_said.low, 0);
    assert_true(sum(line->term) == 0 && sum(line->year) == 0);
    assert_int_equal(line->advice.kind, ADVICE_GIVEN);
    assert_int_equal(line->advice.mark, 0);
    assert_int_equal(outlook(1, on(2026, 11, 23), 1, "Музыка")->advice.kind, ADVICE_GIVEN);
    assert_int_equal(outlook(0, on(2026, 11, 23), 1, "Пение")->advice.kind, ADVICE_GIVEN);
    assert_int_equal(outlook(0, on(2026, 11, 16), 1, "Математика")->said.low, 4);
    add_marks(1, on(2026, 12, 7), "Математика", "555"); /* and counts for no term of the year */
    line = outlook(0, on(2026, 12, 21), 1, "Математика");
    assert_int_equal(line->said.low, 5);
    assert_int_equal(line->year_said.low, 5);
}

/* The mark of the year may be another than the mean of the terms. */
static void a_year_that_is_given_is_no_forecast(void **state)
{
    (void)state;
    a_class();
    add_marks(1, on(2027, 5, 3), "Математика", "4444");
    for (int32_t term = 1; term <= 3; term++)
        add_final(1, term, "Математика", "4", term == 3 ? on(2027, 5, 27) : DATE_NONE);
    add_final(1, FINAL_YEAR, "Математика", "5", on(2027, 5, 27));
    const struct outlook_line *line = outlook(0, on(2027, 5, 24), 1, "Математика");
    assert_int_equal(line->given, 4);
    assert_int_equal(line->year_said.low, 5);
    assert_true(line->year[3] == 1);
    assert_int_equal(outlook(0, on(2027, 5, 17), 1, "Математика")->year_said.low, 4);
    finals[3].decided = DATE_NONE; /* then it is one when the year is over */
    assert_int_equal(outlook(0, on(2027, 5, 24), 1, "Математика")->year_said.low, 4);
    add_entry(&f, 1, on(2027, 5, 31), 1, "Математика");
    assert_int_equal(outlook(0, on(2027, 5, 31), 1, "Математика")->year_said.low, 5);
}

static void at_the_end_the_mean_against_the_threshold(void **state)
{
    (void)state;
    a_class();
    add_marks(1, on(2026, 10, 12), "Математика", "4445544");
    add_entry(&f, 1, on(2026, 11, 30), 1, "Математика");
    const struct outlook_line *line = outlook(0, on(2026, 11, 27), 1, "Математика");
    assert_true(line->done < 100);
    line = outlook(0, on(2026, 12, 1), 1, "Математика"); /* the term ends in this week */
    assert_int_equal(line->done, 100);
    assert_int_equal(line->advice.kind, ADVICE_END);
    assert_int_equal(line->advice.mark, 4);
}

/* Marks that are words, and classes without marks. */
static void nothing_to_forecast(void **state)
{
    (void)state;
    add_mark(&f, 1, on(2026, 9, 8), 1, "Шахматы", "зачёт");
    const struct outlook_line *line = outlook(0, on(2026, 9, 7), 1, "Шахматы");
    assert_int_equal(line->said.low, 0);
    assert_int_equal(line->advice.kind, ADVICE_NONE);
    add_mark(&f, 1, on(2026, 9, 8), 1, "Пение", "5")->form = "1А";
    f.pupils[0].form = "1А";
    line = outlook(0, on(2026, 9, 7), 1, "Пение");
    assert_int_equal(line->said.low, 0);
    assert_int_equal(line->advice.kind, ADVICE_NONE);
}

/* The class is forecast once for all its sheets. */
static void one_forecast_for_a_class(void **state)
{
    (void)state;
    a_class();
    const struct week_index *index = week_index_new(f.arena, &f.school, fixture_book(&f, 1), 1);
    const struct outlook *made = outlook_of(index, 1, on(2026, 10, 11));
    assert_ptr_equal(made, outlook_of(index, 1, on(2026, 10, 11)));
    assert_ptr_not_equal(made, outlook_of(index, 1, on(2026, 10, 4)));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_book, close_book)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(forecast_of_term_and_year),
        CASE(no_marks_no_forecast),
        CASE(one_mark_is_said_with_reserve),
        CASE(a_reprint_says_the_same),
        CASE(absence_does_not_lower_it),
        CASE(earlier_terms_speak_before_the_first_mark),
        CASE(the_year_knows_its_terms),
        CASE(a_final_that_is_given_is_no_forecast),
        CASE(a_final_that_is_a_word_ends_the_forecast),
        CASE(a_year_that_is_given_is_no_forecast),
        CASE(at_the_end_the_mean_against_the_threshold),
        CASE(nothing_to_forecast),
        CASE(one_forecast_for_a_class),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
