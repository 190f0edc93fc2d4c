/* Profiles: the shipped ones, one of the school's own, and what is refused. */
#include "settings_fixture.h"

#include "settings/profile.h"

static bool load(struct fixture *fixture, const char *name, const char *own, struct profile *out)
{
    fixture_again(fixture);
    if (own != NULL)
        fixture_text(fixture, arena_format(fixture->arena, "profiles/%s.ini", name), own);
    return profile_load(fixture->arena, fixture->folder, "data/profiles", name, out, fixture->diag, &fixture->err);
}

static void accept(struct fixture *fixture, const char *name, const char *own, struct profile *out)
{
    if (!load(fixture, name, own, out))
        fail_msg("refused: %s",
                 diag_lookup(fixture->diag, 0) == NULL ? fixture->err.text : diag_lookup(fixture->diag, 0)->text);
}

static void refuse(struct fixture *fixture, const char *own, int32_t line, int32_t column, const char *words)
{
    struct profile profile = {0};
    assert_false(load(fixture, "own", own, &profile));
    fixture_expect(fixture, line, column, words);
}

static void shipped(void **state)
{
    struct fixture *fixture = *state;
    struct profile profile = profile_default();
    assert_int_equal(profile.shape, SHAPE_ANY);
    assert_string_equal(profile.mark_separators, "/ ");
    assert_string_equal(profile.date_format, "");
    accept(fixture, "native", NULL, &profile);
    assert_string_equal(profile.name, "native");
    assert_int_equal(profile.shape, SHAPE_LONG);
    assert_int_equal(profile.encoding, ENCODING_ANY);
    assert_int_equal(profile.delimiter, 0);
    assert_int_equal(profile.decimal, 0);
    assert_string_equal(profile.date_format, "");
    assert_string_equal(profile.mark_separators, "/ ");
    assert_int_equal(profile.column_count + profile.constant_count + profile.code_count, 0);
    accept(fixture, "netschool-tabel", NULL, &profile);
    assert_int_equal(profile.shape, SHAPE_NETSCHOOL_TABEL);
    assert_int_equal(profile.decimal, ',');
    accept(fixture, "netschool-report", NULL, &profile);
    assert_int_equal(profile.shape, SHAPE_NETSCHOOL_REPORT);
    static const struct {
        const char *code;
        enum reason reason;
    } codes[] = {{"б", REASON_ILL},       {"у", REASON_EXCUSED},    {"уп", REASON_EXCUSED},
                 {"н", REASON_UNEXCUSED}, {"нп", REASON_UNEXCUSED}, {"от", REASON_ABSENT},
                 {"о", REASON_LATE},      {"оп", REASON_LATE},      {"осв", REASON_RELEASED}};
    assert_int_equal(profile.code_count, 9);
    for (size_t i = 0; i < 9; i++) {
        size_t k = 0;
        while (k < 9 && strcmp(profile.codes[k].code, codes[i].code) != 0)
            k++;
        assert_true(k < 9);
        assert_int_equal(profile.codes[k].reason, codes[i].reason);
    }
}

static void own(void **state)
{
    struct fixture *fixture = *state;
    struct profile profile = {0};
    accept(fixture, "gim",
           "[profile]\nshape = long\nencoding = windows-1251\ndelimiter = tab\ndate = dd.mm.yy\ndecimal = point\n"
           "skip = 3\nseparators = \"|; \"\n[columns]\nmark = Оценка\npupil = \"ФИО; полностью\"\n"
           "[constants]\nclass = 3А\n[codes]\nill = бол\n",
           &profile);
    assert_string_equal(profile.name, "gim");
    assert_int_equal(profile.encoding, ENCODING_CP1251);
    assert_int_equal(profile.delimiter, '\t');
    assert_int_equal(profile.decimal, '.');
    assert_string_equal(profile.date_format, "dd.mm.yy");
    assert_int_equal(profile.skip_rows, 3);
    assert_string_equal(profile.mark_separators, "|; ");
    assert_int_equal(profile.column_count, 2);
    assert_string_equal(profile.columns[0].key, "mark");
    assert_string_equal(profile.columns[1].text, "ФИО; полностью");
    assert_int_equal(profile.constant_count, 1);
    assert_string_equal(profile.constants[0].text, "3А");
    assert_int_equal(profile.code_count, 1);
    /* Over an installed one: only what is there changes. */
    accept(fixture, "netschool-report", "[profile]\ndelimiter = comma\n[codes]\nlate =\n", &profile);
    assert_int_equal(profile.shape, SHAPE_NETSCHOOL_REPORT);
    assert_int_equal(profile.delimiter, ',');
    assert_int_equal(profile.code_count, 7);
    accept(fixture, "netschool-report", "[codes]\nill = Б, У\n", &profile);
    assert_int_equal(profile.code_count, 9);
    assert_int_equal(profile.codes[1].reason, REASON_ILL);
}

static void wrong(void **state)
{
    struct fixture *fixture = *state;
    struct profile profile = {0};
    refuse(fixture, "[profile]\nshape = longer\n", 2, 9, "did you mean 'long'?");
    refuse(fixture, "[profile]\nencoding = utf8\n", 2, 12, "did you mean 'utf-8'?");
    refuse(fixture, "[profile]\nskip = many\n", 2, 8, "no whole number");
    refuse(fixture, "[profile]\nseparators = \"5\"\n", 2, 15, "can't part two marks");
    refuse(fixture, "[profile]\nseparators =\n", 2, 13, "can't part two marks");
    refuse(fixture, "[profile]\nmark = x\n", 2, 1, "belongs under [con");
    refuse(fixture, "[columns]\nmarks = Оценка\n", 2, 1, "there is no key 'marks' in [columns]; did you mean 'mark'?");
    refuse(fixture, "[columns]\nmark = Итог\nwork = итог\n", 3, 8, "is already the column 'mark'");
    refuse(fixture, "[columns]\nclass = Класс\n[constants]\nclass = 3А\n", 2, 9, "has a column and also a constant");
    refuse(fixture, "[codes]\nill = б, у\nexcused = У\n", 3, 11, "already means 'ill'");
    refuse(fixture, "[collumns]\n", 1, 0, "did you mean 'columns'?");
    fixture_again(fixture);
    assert_false(profile_load(fixture->arena, NULL, "data/profiles", "natve", &profile, fixture->diag, &fixture->err));
    assert_string_equal(fixture->err.text, "there is no profile 'natve'; did you mean 'native'?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {FIXTURE_TEST(shipped), FIXTURE_TEST(own), FIXTURE_TEST(wrong)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
