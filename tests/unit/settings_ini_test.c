/* The guard before iniparser: every trap of the library is refused with its place. */
#include "settings_fixture.h"

#include <locale.h>

#include "settings/ini.h"
#include "settings/value.h"

static bool load(struct fixture *fixture, const void *data, size_t size, struct ini **out)
{
    const char *path = fixture_write(fixture, "a.ini", data, size);
    return ini_load(fixture->arena, path, out, fixture->diag, &fixture->err);
}

static const char *value_of(struct fixture *fixture, const char *text, const char *key)
{
    struct ini *ini = NULL;
    fixture_again(fixture);
    if (!load(fixture, text, strlen(text), &ini))
        fail_msg("refused: %s", diag_lookup(fixture->diag, 0)->text);
    const struct ini_value *value = ini_lookup(ini, "a", key);
    return value == NULL ? NULL : value->text;
}

static void refuse_bytes(struct fixture *fixture, const void *data, size_t size, int32_t line, int32_t column,
                         const char *words)
{
    struct ini *ini = NULL;
    fixture_again(fixture);
    assert_false(load(fixture, data, size, &ini));
    assert_null(ini);
    fixture_expect(fixture, line, column, words);
}

static void refuse(struct fixture *fixture, const char *text, int32_t line, int32_t column, const char *words)
{
    refuse_bytes(fixture, text, strlen(text), line, column, words);
}

static void values(void **state)
{
    struct fixture *fixture = *state;
    assert_string_equal(value_of(fixture, "[a]\nk = v\n", "k"), "v");
    assert_string_equal(value_of(fixture, "[a]\r\nk =  два слова \t\r\n", "k"), "два слова");
    assert_string_equal(value_of(fixture, " [ A ]\n\tK=v", "k"), "v");
    assert_string_equal(value_of(fixture, "[a]\nk = \"x; y # z\" ; remark\n", "k"), "x; y # z");
    assert_string_equal(value_of(fixture, "[a]\nk = 'он \"да\"'\n", "k"), "он \"да\"");
    assert_string_equal(value_of(fixture, "[a]\nk = МАОУ \"П № 81\"\n", "k"), "МАОУ \"П № 81\"");
    assert_string_equal(value_of(fixture, "[a]\nk = \" s \"\n", "k"), " s ");
    assert_string_equal(value_of(fixture, "[a]\nk =\n", "k"), "");
    assert_string_equal(value_of(fixture, "[a]\nk = \"\" # nothing\n", "k"), "");
    assert_string_equal(value_of(fixture, "[a]\nk = =x\n", "k"), "=x");
    assert_string_equal(value_of(fixture, "[a]\nk = 010\n", "k"), "010");
    assert_string_equal(value_of(fixture, "[a]\nk = \xD0\xB5\xCC\x88\n", "k"), "ё");
    assert_null(value_of(fixture, "; k = 1\n# k = 2\n[a]\n", "k"));
    assert_string_equal(value_of(fixture, "[a]\nb = 1\n[c]\nb = 2\n[a]\nk = 3\n", "k"), "3");
    assert_null(value_of(fixture, "", "k"));
}

static void places(void **state)
{
    struct fixture *fixture = *state;
    struct ini *ini = NULL;
    const char *text = "# слово\n\n[a]\n  k = \"да\"\nлист\n";
    assert_false(load(fixture, text, strlen(text), &ini));
    fixture_expect(fixture, 5, 1, "neither a [section] nor 'key = value'");
    fixture_again(fixture);
    assert_true(load(fixture, text, strlen(text) - strlen("лист\n"), &ini));
    const struct ini_value *value = ini_at(ini, 0);
    assert_int_equal(value->line, 4);
    assert_int_equal(value->key_column, 3);
    assert_int_equal(value->column, 8);
    assert_null(ini_at(ini, 1));
    assert_string_equal(value->file, ini_file(ini));
    int32_t line = 0;
    assert_string_equal(ini_section(ini, 0, &line), "a");
    assert_int_equal(line, 3);
    assert_null(ini_section(ini, 1, &line));
}

static void traps(void **state)
{
    struct fixture *fixture = *state;
    refuse(fixture, "\xEF\xBB\xBF[a]\nk = 1\n", 1, 1, "without BOM");
    refuse(fixture, "[a]\nk = 1\nж = 2\n", 3, 1, "Latin letters");
    refuse(fixture, "[a]\nkk = 1\nk k = 2\n", 3, 2, "Latin letters");
    refuse(fixture, "[a]\n = 2\n", 2, 2, "Latin letters");
    refuse(fixture, "[a]\nk:x = 2\n", 2, 2, "Latin letters");
    refuse(fixture, "[a]\nk = 1\n\nK = 2\n", 4, 1, "already set in line 2");
    refuse(fixture, "[a]\nk = 1\n[b]\nk = 1\n[A]\n k = 2\n", 6, 2, "already set in line 2");
    refuse(fixture, "[a]\nk = \"да\n", 2, 5, "not closed");
    refuse(fixture, "[a]\nk = 'да\"\n", 2, 5, "not closed");
    refuse(fixture, "[a]\nk = \"да\" нет\n", 2, 10, "after the closing quote");
    refuse(fixture, "[a]\nk = да; нет\n", 2, 7, "; and # end a value");
    refuse(fixture, "[a]\nk = школа # 5\n", 2, 11, "; and # end a value");
    refuse(fixture, "[a]\nk = ; 5\n", 2, 5, "; and # end a value");
    refuse(fixture, "[a]\nk = 1 \\ \nm = 2\n", 2, 7, "backslash");
    refuse(fixture, "# remark \\\n[a]\nm = 2\n", 1, 10, "backslash");
    refuse(fixture, "k = 1\n[a]\n", 1, 1, "before the first [section]");
    refuse(fixture, "[a\nk = 1\n[b]\n", 1, 1, "ends with ]");
    refuse(fixture, "[a]\n[b] ; remark\n", 2, 4, "nothing may follow");
    refuse(fixture, "[школа]\nk = 1\n[b]\n", 1, 2, "Latin letters");
    refuse(fixture, "[a  b]\n", 1, 3, "Latin letters");
    refuse(fixture, "[]\n", 1, 2, "Latin letters");
    refuse(fixture, "[a]\rk = 1\r", 1, 4, "control character");
    refuse(fixture, "[a]\nk = x\x1B[2J\n", 2, 6, "control character");
    refuse(fixture, "[a]\nk = x\xE2\x80\xAEy\n", 2, 6, "control character");
    refuse_bytes(fixture, "[a]\nk = 1\0x\n", 12, 2, 6, "NUL");
    refuse_bytes(fixture, "[a]\nk = \xD8\xEA\xEE\xEB\xE0\n", 14, 2, 5, "not UTF-8");
    refuse_bytes(fixture, "\xFF\xFE[\0a\0]\0", 8, 1, 1, "UTF-16");
}

static void long_lines(void **state)
{
    struct fixture *fixture = *state;
    struct ini *ini = NULL;
    char text[1200] = "[a]\nk = ";
    size_t head = strlen(text), line = strlen("k = ");
    memset(text + head, 'x', 1022 - line);
    assert_true(load(fixture, text, strlen(text), &ini));
    assert_int_equal(strlen(ini_lookup(ini, "a", "k")->text), 1022 - line);
    strcat(text, "\nm = 1\n");
    assert_true(load(fixture, text, strlen(text), &ini));
    assert_string_equal(ini_lookup(ini, "a", "m")->text, "1");
    text[head + 1022 - line] = 'x';
    strcpy(text + head + 1022 - line + 1, "\nm = 1\n");
    refuse(fixture, text, 2, 0, "1023 bytes");
}

static void no_file(void **state)
{
    struct fixture *fixture = *state;
    struct ini *ini = NULL;
    assert_false(ini_load(fixture->arena, fixture->folder, &ini, fixture->diag, &fixture->err));
    assert_int_equal(fixture->err.code, ERR_INPUT);
    fixture_again(fixture);
    const char *path = file_join(fixture->arena, fixture->folder, "none.ini");
    assert_false(ini_load(fixture->arena, path, &ini, fixture->diag, &fixture->err));
    assert_int_equal(fixture->err.code, ERR_INPUT);
    assert_non_null(strstr(fixture->err.text, "none.ini"));
}

/* All that is wrong is told at once. */
static void many_mistakes(void **state)
{
    struct fixture *fixture = *state;
    struct ini *ini = NULL;
    const char *text = "x\n[a]\nk = 1\nk = 2\nm = \"\n";
    assert_false(load(fixture, text, strlen(text), &ini));
    assert_int_equal(diag_count(fixture->diag, DIAG_ERROR), 3);
    assert_non_null(strstr(fixture->err.text, "3 mistakes"));
}

static void unknown_keys(void **state)
{
    static const struct ini_known known[] = {{"marks", "threshold", false},
                                             {"marks", "scale", false},
                                             {"works", "weights", true},
                                             {"style *", "face", false},
                                             {"holidays", "*", false}};
    static const struct {
        const char *text;
        int32_t line, column;
        const char *words;
    } cases[] = {
        {"[marks]\n\n treshold = 1\n", 3, 2, "there is no key 'treshold' in [marks]; did you mean 'threshold'?"},
        {"[marks]\nzzz = 1\n", 2, 1, "known are threshold, scale"},
        {"[works]\nscale = 1\n", 2, 1, "'scale' belongs under [marks], not under [works]"},
        {"[works]\nweights0x = 1\n", 2, 1, "did you mean 'weights'?"},
        {"[works]\nweights123 = 1\n", 2, 1, "did you mean 'weights'?"},
        {"\n[mark]\nscale = 1\n", 2, 0, "there is no section [mark]; did you mean 'marks'?"},
        {"[style]\nface = 1\n", 1, 0, "there is no section [style]"},
        {"[style a]\nfaces = 1\n", 2, 1, "did you mean 'face'?"},
    };
    struct fixture *fixture = *state;
    struct ini *ini = NULL;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        fixture_again(fixture);
        assert_true(load(fixture, cases[i].text, strlen(cases[i].text), &ini));
        ini_check(fixture->arena, ini, known, 5, fixture->diag);
        assert_false(ini_settle("a.ini", fixture->diag, 0, &fixture->err));
        fixture_expect(fixture, cases[i].line, cases[i].column, cases[i].words);
    }
    fixture_again(fixture);
    const char *good =
        "[marks]\nscale=1\n[works]\nweights=1\nweights2=1\nweights99=2\n[style a]\nface=1\n[holidays]\nx=1\n";
    assert_true(load(fixture, good, strlen(good), &ini));
    ini_check(fixture->arena, ini, known, 5, fixture->diag);
    assert_true(ini_settle("a.ini", fixture->diag, 0, &fixture->err));
}

/* In Turkish the small letter of I has no dot, and a comma is the point of numbers; nothing may come of it. */
static void foreign_locale(void **state)
{
    struct fixture *fixture = *state;
    char command[256];
    snprintf(command, sizeof command, "localedef -c -i tr_TR -f ISO-8859-9 '%s/tr' >/dev/null 2>&1", fixture->folder);
    int status = system(command);
    setenv("LOCPATH", fixture->folder, 1);
    if (status != 0 || setlocale(LC_ALL, "tr") == NULL) {
        print_message("no localedef: skipped\n");
        skip();
    }
    const char *text = value_of(fixture, "[a]\nKIND = КОР\n", "kind");
    int32_t number = 0;
    bool read = value_decimal("1.5", 3, &number);
    setlocale(LC_ALL, "C");
    unsetenv("LOCPATH");
    assert_string_equal(text, "КОР");
    assert_true(read);
    assert_int_equal(number, 1500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(values),  FIXTURE_TEST(places),        FIXTURE_TEST(traps),        FIXTURE_TEST(long_lines),
        FIXTURE_TEST(no_file), FIXTURE_TEST(many_mistakes), FIXTURE_TEST(unknown_keys), FIXTURE_TEST(foreign_locale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
