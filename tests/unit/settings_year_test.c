/* Terms and holidays of any school year. */
#include "settings_fixture.h"

#include "base/date.h"
#include "settings/school.h"

static bool load(struct fixture *fixture, const char *text, struct school *out)
{
    fixture_again(fixture);
    return school_load(fixture->arena, fixture_text(fixture, "school.ini", text), out, fixture->diag, &fixture->err);
}

static struct school accept(struct fixture *fixture, const char *text)
{
    struct school school = {0};
    if (!load(fixture, text, &school))
        fail_msg("refused: %s", diag_lookup(fixture->diag, 0)->text);
    return school;
}

static void refuse(struct fixture *fixture, const char *text, int32_t line, int32_t column, const char *words)
{
    struct school school = {0};
    assert_false(load(fixture, text, &school));
    fixture_expect(fixture, line, column, words);
}

static int32_t day(const char *text)
{
    int32_t date = 0;
    assert_true(date_parse(text, &date));
    return date;
}

static void expect_span(struct span span, const char *from, const char *until)
{
    char a[DATE_TEXT], b[DATE_TEXT];
    assert_string_equal(date_format(a, span.from), from);
    assert_string_equal(date_format(b, span.until), until);
}

static const struct school_year *year_of(struct fixture *fixture, const struct school *school, const char *text)
{
    return school_year_of(school, fixture->arena, day(text));
}

static void trimesters(void **state)
{
    struct fixture *fixture = *state;
    struct school school = accept(fixture, "");
    const struct school_year *year = year_of(fixture, &school, "2026-11-16");
    assert_int_equal(year->year, 2026);
    assert_int_equal(year->kind, TERM_TRIMESTER);
    assert_int_equal(year->terms, 3);
    expect_span(year->whole, "2026-09-01", "2027-08-31");
    expect_span(year->term[0], "2026-09-01", "2026-11-30");
    expect_span(year->term[1], "2026-12-01", "2027-02-28");
    expect_span(year->term[2], "2027-03-01", "2027-05-31");
    year = year_of(fixture, &school, "2028-02-29");
    assert_int_equal(year->year, 2027);
    expect_span(year->term[1], "2027-12-01", "2028-02-29");
    assert_int_equal(year_of(fixture, &school, "2026-08-31")->year, 2025);
    assert_int_equal(year_of(fixture, &school, "2026-06-15")->year, 2025);
    assert_int_equal(year_of(fixture, &school, "2026-09-01")->year, 2026);
    assert_int_equal(year_of(fixture, &school, "1900-01-01")->year, 1899);
    expect_span(year_of(fixture, &school, "2100-01-15")->term[1], "2099-12-01", "2100-02-28");
}

/* Every day of a century belongs to the one year that holds it, and each year is as long as it should be. */
static void every_day(void **state)
{
    struct fixture *fixture = *state;
    static const char *const settings[] = {"", "[year]\nkind = quarters\n", "[year]\nkind = halves\nstart = 15.08\n"};
    for (size_t i = 0; i < 3; i++) {
        struct school school = accept(fixture, settings[i]);
        struct arena *arena = arena_new();
        int32_t last = day("1999-08-31");
        for (int32_t date = day("2000-01-01"); date < day("2101-01-01"); date++) {
            arena_reset(arena);
            const struct school_year *year = school_year_of(&school, arena, date);
            assert_true(year->whole.from <= date && date <= year->whole.until);
            assert_true(year->whole.until - year->whole.from == 364 || year->whole.until - year->whole.from == 365);
            assert_int_equal(year->term[0].from, year->whole.from);
            for (int32_t k = 1; k < year->terms; k++)
                assert_int_equal(year->term[k].from, year->term[k - 1].until + 1);
            assert_true(year->term[year->terms - 1].until < year->whole.until);
            assert_true(date == day("2000-01-01") || year->whole.until >= last);
            last = year->whole.until;
        }
        school_year_of(&school, arena, INT32_MIN);
        school_year_of(&school, arena, INT32_MAX);
        arena_free(arena);
    }
}

static void quarters_and_halves(void **state)
{
    struct fixture *fixture = *state;
    struct school school = accept(fixture, "[year]\nkind = quarters\n");
    const struct school_year *year = year_of(fixture, &school, "2026-11-16");
    assert_int_equal(year->terms, 4);
    expect_span(year->term[0], "2026-09-01", "2026-10-31");
    expect_span(year->term[1], "2026-11-01", "2026-12-31");
    expect_span(year->term[2], "2027-01-01", "2027-03-31");
    expect_span(year->term[3], "2027-04-01", "2027-05-31");
    school = accept(fixture, "[year]\nkind = halves\n");
    year = year_of(fixture, &school, "2026-11-16");
    assert_int_equal(year->terms, 2);
    expect_span(year->term[0], "2026-09-01", "2026-12-31");
    expect_span(year->term[1], "2027-01-01", "2027-05-31");
}

static void own_terms(void **state)
{
    struct fixture *fixture = *state;
    struct school school = accept(fixture, "[year]\nstart = 02.09\n"
                                           "term1 = 02.09-25.11, 2026-09-02 - 2026-11-20\nterm2 = 03.12-29.02\n");
    const struct school_year *year = year_of(fixture, &school, "2026-11-16");
    expect_span(year->whole, "2026-09-02", "2027-09-01");
    expect_span(year->term[0], "2026-09-02", "2026-11-20");
    expect_span(year->term[1], "2026-12-03", "2027-02-28");
    expect_span(year->term[2], "2027-03-01", "2027-05-31");
    year = year_of(fixture, &school, "2028-01-16");
    expect_span(year->term[0], "2027-09-02", "2027-11-25");
    expect_span(year->term[1], "2027-12-03", "2028-02-29");
    /* Only dated: other years have the usual terms. */
    school = accept(fixture, "[year]\nterm2 = 01.12.2026-20.02.2027\nterm3 = 24.02.2027-28.05.2027\n");
    year = year_of(fixture, &school, "2026-11-16");
    expect_span(year->term[1], "2026-12-01", "2027-02-20");
    expect_span(year->term[2], "2027-02-24", "2027-05-28");
    expect_span(year_of(fixture, &school, "2025-11-16")->term[2], "2026-03-01", "2026-05-31");
}

static void wrong_terms(void **state)
{
    struct fixture *fixture = *state;
    refuse(fixture, "[year]\nterm1 = 01.09\nterm2 = осень\n", 3, 9, "'осень' is no span of days");
    refuse(fixture, "[year]\nterm1 = 01.09-30.11 x\n", 2, 9, "is no span of days");
    refuse(fixture, "[year]\nterm1 = 01.09-30.11, 02.09-30.11\n", 2, 22, "a second span without a year");
    refuse(fixture, "[year]\nterm1 = 30.11-01.09\n", 2, 9, "term 1 doesn't fit into the school year");
    refuse(fixture, "[year]\nterm3 = 01.03-02.09\n", 2, 9, "term 3 doesn't fit into the school year");
    refuse(fixture, "[year]\nterm2 = 30.11-28.02\n", 2, 9, "terms 1 and 2 overlap");
    refuse(fixture, "[year]\nterm1 = 01.09-05.12\n", 2, 9, "terms 1 and 2 overlap");
    refuse(fixture, "[year]\nterm2 = 01.12.2026-01.03.2027\n", 2, 9, "terms 2 and 3 overlap");
    refuse(fixture, "[year]\nterm4 = 01.05-31.05\n", 2, 9, "there is no term 4");
    refuse(fixture, "[year]\nkind = halves\nterm3 = 01.05-31.05\n", 3, 9, "there is no term 3");
}

static void holidays(void **state)
{
    struct fixture *fixture = *state;
    struct school school =
        accept(fixture, "[holidays]\nunity =\nautumn = 28.11.2026-06.12.2026 Осенние каникулы\n"
                        "winter = 29.12-08.01 Зимние каникулы\nnew_year =\nsummer = 25.08-05.09 Лето\n"
                        "past = 2025-10-27 Санитарный день\n");
    const struct school_year *year = year_of(fixture, &school, "2026-11-16");
    static const struct {
        const char *from, *until, *name;
    } expected[] = {{"2026-08-25", "2026-09-05", "Лето"},
                    {"2026-11-28", "2026-12-06", "Осенние каникулы"},
                    {"2026-12-29", "2027-01-08", "Зимние каникулы"},
                    {"2027-02-23", "2027-02-23", "День защитника Отечества"},
                    {"2027-03-08", "2027-03-08", "Международный женский день"},
                    {"2027-05-01", "2027-05-01", "Праздник Весны и Труда"},
                    {"2027-05-09", "2027-05-09", "День Победы"},
                    {"2027-08-25", "2027-09-05", "Лето"}};
    assert_int_equal(year->holiday_count, 8);
    for (size_t i = 0; i < 8; i++) {
        expect_span(year->holidays[i].span, expected[i].from, expected[i].until);
        assert_string_equal(year->holidays[i].name, expected[i].name);
    }
    school = accept(fixture, "");
    year = year_of(fixture, &school, "2026-11-16");
    assert_int_equal(year->holiday_count, 6);
    expect_span(year->holidays[0].span, "2026-11-04", "2026-11-04");
    expect_span(year->holidays[1].span, "2027-01-01", "2027-01-08");
    refuse(fixture, "[holidays]\na = 28.11.2026-06.12.2026\n", 2, 5, "is no holiday");
    refuse(fixture, "[holidays]\na = 28.11.2026-06.12 Каникулы\n", 2, 5, "is no holiday");
    refuse(fixture, "[holidays]\na = Каникулы\n", 2, 5, "is no holiday");
    refuse(fixture, "[holidays]\na = 28.11.2026-06.11.2026 Каникулы\n", 2, 5, "ends before it begins");
    refuse(fixture, "[holidays]\na = 10.11-01.11 Каникулы\n", 2, 5, "the first day comes first: 01.11-10.11");
    refuse(fixture, "[holidays]\na = 01.01-31.12 Каникулы\n", 2, 5, "half a year at most");
    accept(fixture, "[holidays]\na = 29.12-08.01 Каникулы\nb = 25.05-31.08 Лето\nc = 29.02 День\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(trimesters), FIXTURE_TEST(every_day),   FIXTURE_TEST(quarters_and_halves),
        FIXTURE_TEST(own_terms),  FIXTURE_TEST(wrong_terms), FIXTURE_TEST(holidays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
