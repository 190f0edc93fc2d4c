/* [access]: which account has which role, and what is said of wrong lines (регламент 2.10). */
#include "settings_fixture.h"

#include "settings/school.h"

static bool load(struct fixture *fixture, const char *text, struct school *out)
{
    fixture_again(fixture);
    const char *path = fixture_text(fixture, "school.ini", text);
    return school_load(fixture->arena, path, out, fixture->diag, &fixture->err);
}

static void refuse(struct fixture *fixture, const char *text, int32_t line, int32_t column, const char *words)
{
    struct school school = {0};
    assert_false(load(fixture, text, &school));
    fixture_expect(fixture, line, column, words);
}

static void expect(const struct school *school, const char *name, enum role role, const char *forms)
{
    const struct school_account *account = school_lookup_account(school, name);
    assert_non_null(account);
    assert_int_equal(account->role, role);
    char text[64] = "";
    for (size_t i = 0; i < account->form_count; i++) {
        strcat(text, i == 0 ? "" : " ");
        strcat(text, account->forms[i]);
    }
    assert_string_equal(text, forms);
}

static void nobody_is_bound(void **state)
{
    struct fixture *fixture = *state;
    struct school school = {0};
    assert_true(load(fixture, "[access]\nsecretary =\nteachers =\nadministrator =\n", &school));
    assert_int_equal(school.account_count, 0);
    assert_null(school_lookup_account(&school, "anna"));
}

static void roles(void **state)
{
    struct fixture *fixture = *state;
    struct school school = {0};
    assert_true(load(fixture,
                     "[access]\nsecretary = anna, olga\nsecretary2 = vera\nadministrator = director\n"
                     "teachers = ivanova 3А, petrova  2Б 3 «Б»\nteachers2 = school\\kim 4a 5, n.popova 3 В 10 4\n",
                     &school));
    assert_int_equal(school.account_count, 8);
    expect(&school, "anna", ROLE_SECRETARY, "");
    expect(&school, "olga", ROLE_SECRETARY, "");
    expect(&school, "vera", ROLE_SECRETARY, "");
    expect(&school, "director", ROLE_ADMINISTRATOR, "");
    expect(&school, "ivanova", ROLE_TEACHER, "3А");
    expect(&school, "petrova", ROLE_TEACHER, "2Б 3Б");
    expect(&school, "school\\kim", ROLE_TEACHER, "4А 5");
    expect(&school, "n.popova", ROLE_TEACHER, "3В 10 4");
    assert_null(school_lookup_account(&school, "Anna"));
    assert_null(school_lookup_account(&school, ""));
    assert_null(school_lookup_account(&school, "ann"));
}

static void wrong_lines(void **state)
{
    struct fixture *fixture = *state;
    refuse(fixture, "[access]\nsecretary = anna olga\n", 2, 13, "'anna olga' is no account");
    refuse(fixture, "[access]\nsecretary = anna,, olga\n", 2, 18, "'' is no account");
    refuse(fixture, "[access]\nadministrator = Директор\n", 2, 17, "is no account");
    refuse(fixture, "[access]\nadministrator = -x\n", 2, 17, "is no account");
    refuse(fixture, "[access]\nsecretary = anna, anna\n", 2, 19, "already has a role");
    refuse(fixture, "[access]\nadministrator = anna\nsecretary = anna\n", 3, 13, "already has a role");
    refuse(fixture, "[access]\nsecretary = anna\nteachers = anna 3А\n", 3, 12, "already has a role");
    refuse(fixture, "[access]\nteachers = ivanova 3А, ivanova 3Б\n", 2, 24, "already has a role");
    refuse(fixture, "[access]\nteachers = ivanova\n", 2, 12, "no account with its classes");
    refuse(fixture, "[access]\nteachers = ivanova 3А первый\n", 2, 12, "no account with its classes");
    refuse(fixture, "[access]\nteachers = 3A ivanova\n", 2, 12, "no account with its classes");
    refuse(fixture, "[access]\nteacher = ivanova 3А\n", 2, 1, "did you mean 'teachers'?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(nobody_is_bound),
        FIXTURE_TEST(roles),
        FIXTURE_TEST(wrong_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
