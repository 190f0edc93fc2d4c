/* Who calls, and what the account may do (регламент 2.10): the rules by themselves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "commands/access.h"
#include "commands/command.h"

static const char *const third[] = {"3А", "3Б"};
static const struct school_account accounts[] = {
    {.name = "ivanova", .role = ROLE_TEACHER, .forms = third, .form_count = 2},
    {.name = "anna", .role = ROLE_SECRETARY},
    {.name = "director", .role = ROLE_ADMINISTRATOR},
};
static const struct school bound = {.accounts = accounts, .account_count = 3};
static const struct school unbound = {.account_count = 0};

static void caller_is(uid_t real, uid_t effective, const char *through, uid_t uid, bool known, bool lent)
{
    struct caller caller = caller_of(real, effective, through);
    if (known)
        assert_int_equal(caller.uid, uid);
    assert_int_equal(caller.known, known);
    assert_int_equal(caller.lent, lent);
}

static void callers(void **state)
{
    (void)state;
    caller_is(1000, 1000, NULL, 1000, true, false);
    caller_is(1000, 1000, "", 1000, true, false);
    caller_is(990, 990, "1000", 1000, true, true); /* sudo -u paperdiary */
    caller_is(990, 990, "990", 990, true, false);
    caller_is(990, 990, "0", 0, true, true);
    caller_is(0, 0, NULL, 0, true, false);
    caller_is(0, 0, "1000", 1000, true, false); /* sudo */
    /* Words that no sudo wrote are nobody's, and surely not the service account's own. */
    static const char *const wrong[] = {"ivanova", "-1", "+5", " 5", "5 ", "0x0", "4294967295", "99999999999", "1e3"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        caller_is(990, 990, wrong[i], 0, false, true);
    /* A setuid program: anyone can set SUDO_UID before it. */
    caller_is(1000, 990, "0", 1000, true, true);
    caller_is(1000, 0, "0", 1000, true, false);
}

static enum role role_of(const struct school *school, const char *account, uid_t uid, bool lent, bool owner)
{
    struct caller caller = {.uid = uid, .account = account, .known = true, .lent = lent};
    return access_of(school, &caller, owner).role;
}

static void roles(void **state)
{
    (void)state;
    assert_int_equal(role_of(&bound, "ivanova", 1000, true, false), ROLE_TEACHER);
    assert_int_equal(role_of(&bound, "ivanova", 1000, false, false), ROLE_TEACHER);
    assert_int_equal(role_of(&bound, "anna", 1001, true, false), ROLE_SECRETARY);
    assert_int_equal(role_of(&bound, "director", 1002, true, false), ROLE_ADMINISTRATOR);
    assert_int_equal(role_of(&bound, "stranger", 1003, true, false), ROLE_NONE);
    assert_int_equal(role_of(&bound, "stranger", 1003, false, false), ROLE_NONE);
    /* root and the folder's owner in their own names */
    assert_int_equal(role_of(&bound, "root", 0, false, false), ROLE_ADMINISTRATOR);
    assert_int_equal(role_of(&bound, "paperdiary", 990, false, true), ROLE_ADMINISTRATOR);
    /* nobody is bound: who can read the folder himself; a lent account is not himself */
    assert_int_equal(role_of(&unbound, "anyone", 1003, false, false), ROLE_ADMINISTRATOR);
    assert_int_equal(role_of(&unbound, "anyone", 1003, true, false), ROLE_NONE);
    assert_int_equal(role_of(&unbound, "root", 0, true, false), ROLE_ADMINISTRATOR);
    struct caller nobody = {.account = "director", .uid = 0, .known = false, .lent = true};
    assert_int_equal(access_of(&bound, &nobody, false).role, ROLE_NONE);
}

static bool may(enum role role, enum right right)
{
    struct access access = {.role = role};
    struct command command = {.right = right};
    return access_allows(&access, &command);
}

static void rights(void **state)
{
    (void)state;
    static const bool table[][4] = {/* none, teacher, secretary, administrator */
                                    [RIGHT_ADMINISTER] = {false, false, false, true},
                                    [RIGHT_OFFICE] = {false, false, true, true},
                                    [RIGHT_CLASS] = {false, true, true, true},
                                    [RIGHT_SETUP] = {false, false, false, true}};
    for (int right = RIGHT_ADMINISTER; right <= RIGHT_SETUP; right++)
        for (int role = ROLE_NONE; role <= ROLE_ADMINISTRATOR; role++)
            assert_int_equal(may((enum role)role, (enum right)right), table[right][role]);
    struct command silent = {.name = "new"};
    assert_int_equal(silent.right, RIGHT_ADMINISTER);
}

static void classes(void **state)
{
    (void)state;
    struct access teacher = {.role = ROLE_TEACHER, .forms = third, .form_count = 2};
    assert_true(access_sees(&teacher, "3А"));
    assert_true(access_sees(&teacher, "3Б"));
    assert_false(access_sees(&teacher, "3"));
    assert_false(access_sees(&teacher, "2Б"));
    assert_false(access_sees(&teacher, ""));
    struct access secretary = {.role = ROLE_SECRETARY}, nobody = {.role = ROLE_NONE};
    assert_true(access_sees(&secretary, "2Б"));
    assert_true(access_sees(&secretary, ""));
    assert_false(access_sees(&nobody, "3А"));
    assert_false(access_sees(&nobody, ""));
}

/* Every command says its right, or is the administrator's: this is the list that a school reads. */
static void commands_and_rights(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum right right;
    } known[] = {
        {"init", RIGHT_SETUP},      {"demo", RIGHT_SETUP},    {"check", RIGHT_OFFICE},     {"import", RIGHT_OFFICE},
        {"opt-out", RIGHT_OFFICE},  {"opt-in", RIGHT_OFFICE}, {"leave", RIGHT_OFFICE},     {"run", RIGHT_OFFICE},
        {"returned", RIGHT_OFFICE}, {"weekly", RIGHT_CLASS},  {"term", RIGHT_CLASS},       {"summary", RIGHT_CLASS},
        {"forecast", RIGHT_CLASS},  {"pupils", RIGHT_CLASS},  {"register", RIGHT_CLASS},   {"reprint", RIGHT_CLASS},
        {"remind", RIGHT_CLASS},    {"status", RIGHT_CLASS},  {"purge", RIGHT_ADMINISTER}, {"audit", RIGHT_ADMINISTER}};
    for (const struct command *const *at = commands; *at != NULL; at++) {
        bool found = false;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
            if (strcmp(known[i].name, (*at)->name) != 0)
                continue;
            found = true;
            if (known[i].right != (*at)->right)
                fail_msg("%s has another right", (*at)->name);
        }
        if (!found)
            fail_msg("%s is not in this list", (*at)->name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(callers),
        cmocka_unit_test(roles),
        cmocka_unit_test(rights),
        cmocka_unit_test(classes),
        cmocka_unit_test(commands_and_rights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
