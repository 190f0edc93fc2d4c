/* school.ini: defaults, template, every key, and what is said of wrong ones. */
#include "settings_fixture.h"

#include "base/date.h"
#include "base/text.h"
#include "settings/keys.h"
#include "settings/school.h"

static bool load(struct fixture *fixture, const char *text, struct school *out)
{
    fixture_again(fixture);
    const char *path = fixture_text(fixture, "school.ini", text);
    return school_load(fixture->arena, path, out, fixture->diag, &fixture->err);
}

static struct school accept(struct fixture *fixture, const char *text)
{
    struct school school = {0};
    if (!load(fixture, text, &school))
        fail_msg("refused: %s", diag_lookup(fixture->diag, 0)->text);
    assert_int_equal(diag_count(fixture->diag, DIAG_ERROR), 0);
    return school;
}

static void refuse(struct fixture *fixture, const char *text, int32_t line, int32_t column, const char *words)
{
    struct school school = {0};
    assert_false(load(fixture, text, &school));
    fixture_expect(fixture, line, column, words);
}

static void check_defaults(const struct school *school)
{
    static const struct {
        const char *code;
        enum reason reason;
    } codes[] = {{"н", REASON_UNEXCUSED}, {"Н", REASON_UNEXCUSED}, {"НП", REASON_UNEXCUSED}, {"нп", REASON_UNEXCUSED},
                 {"б", REASON_ILL},       {"Б", REASON_ILL},       {"у", REASON_EXCUSED},    {"У", REASON_EXCUSED},
                 {"УП", REASON_EXCUSED},  {"ОТ", REASON_ABSENT},   {"о", REASON_LATE},       {"О", REASON_LATE},
                 {"ОП", REASON_LATE},     {"оп", REASON_LATE},     {"ОСВ", REASON_RELEASED}, {"осв", REASON_RELEASED}};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        const struct attendance_code *code = school_lookup_code(school, codes[i].code);
        assert_non_null(code);
        assert_int_equal(code->reason, codes[i].reason);
    }
    assert_null(school_lookup_code(school, "х"));
    assert_null(school_lookup_code(school, ""));
    assert_null(school_lookup_code(school, "H")); /* Latin */
    assert_string_equal(school_code_of(school, REASON_ILL), "б");
    assert_string_equal(school_code_of(school, REASON_UNEXCUSED), "н");
    assert_string_equal(school_code_of(school, REASON_PRESENT), "");
    assert_int_equal(school->mark_count, 4);
    for (int32_t i = 0; i < 4; i++)
        assert_int_equal(school->marks[i].value, i + 2);
    assert_string_equal(school_lookup_mark(school, "5")->text, "5");
    assert_null(school_lookup_mark(school, "1"));
    assert_null(school_lookup_mark(school, ""));
    assert_null(school_lookup_mark(school, "55"));
    assert_int_equal(school->threshold, 50);
    assert_int_equal(school->fewest_marks, 3);
    assert_int_equal(school->school_days, 6);
    assert_int_equal(school->slip_days, 4);
    assert_int_equal(school->slips_missed, 3);
    assert_int_equal(school->deadlines.weekly, 6);
    assert_int_equal(school->deadlines.finals, 3);
    assert_int_equal(school->deadlines.service, 3);
    assert_int_equal(school->deadlines.removal, 3);
    assert_int_equal(school->deadlines.source, 2);
    assert_int_equal(school->remind_days, 14);
    assert_string_equal(school->remind_help, "");
    assert_false(school->skip_rejects);
    assert_int_equal(school->profile_count, 0);
    assert_false(school->group_readable);
    assert_string_equal(school->group, "");
    assert_string_equal(school->name, "");
    assert_string_equal(school->city, "");
    assert_string_equal(school->language, "");
    assert_string_equal(school->print_command, "lp");
    assert_string_equal(school->print_options, "");
    assert_int_equal(school->work_count, 0);
    assert_int_equal(school_weight_of(school, "диктант"), WEIGHT_ONE);
    assert_true(school_without_marks(school, "1А"));
    assert_true(school_without_marks(school, "1"));
    assert_false(school_without_marks(school, "10А"));
    assert_false(school_without_marks(school, "2А"));
    assert_string_equal(school_teacher_of(school, "3А"), "");
}

static void defaults(void **state)
{
    struct fixture *fixture = *state;
    struct school school = {0};
    school_defaults(fixture->arena, &school);
    check_defaults(&school);
    school = accept(fixture, "");
    check_defaults(&school);
}

/* The template says what holds without it, shows every key, and is lines that a person can read. */
static void template_is_the_defaults(void **state)
{
    struct fixture *fixture = *state;
    const char *text = school_template(fixture->arena);
    struct school school = accept(fixture, text);
    check_defaults(&school);
    for (size_t i = 0; i < school_key_count; i++)
        if (school_keys[i].usual != NULL)
            assert_non_null(strstr(text, arena_format(fixture->arena, "\n%s =%s%s\n", school_keys[i].key,
                                                      *school_keys[i].usual == '\0' ? "" : " ", school_keys[i].usual)));
    for (size_t i = 0; i < school_key_count; i++) {
        bool known = false;
        for (size_t k = 0; k < school_section_count; k++)
            known = known || strcmp(school_keys[i].section, school_sections[k].name) == 0;
        assert_true(known);
    }
    for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1)
        assert_true(text_length(arena_copy_n(fixture->arena, line, strcspn(line, "\n"))) <= 110);
    /* The examples in the comments hold: uncommented, the file is still right. */
    const char *full = arena_format(fixture->arena,
                                    "%s\n[holidays]\nautumn = 26.10.2026-03.11.2026 Осенние каникулы\n"
                                    "winter = 29.12-08.01 Зимние каникулы\n",
                                    text);
    accept(fixture, full);
}

static void every_key(void **state)
{
    struct fixture *fixture = *state;
    struct school school = accept(
        fixture,
        "[school]\nname = МАОУ «Прогимназия № 81»\ncity = г. Сыктывкар\naddress = 167000, г. Сыктывкар\nlanguage = "
        "en\ndays = 5\n"
        "[marks]\nscale = 2,3, 4, 5,Зачёт, незачёт\nthreshold = 0,60\nfewest = 4\nwithout = 1, 2 «Б»\n"
        "[works]\nweights = контрольная работа 3, Диктант 1,5\nweights2 = проект: 0.5\n"
        "[attendance]\nill = бол, б\nreleased =\n"
        "[import]\nrejects = skip\nprofiles = Журнал *.csv elschool, *итог*.csv other\nprofiles2 = * last\n"
        "[classes]\nteachers = 3А Н. П. Осипова, 3 «Б» Ветошкина Е. В.\nteachers2 = 4 a О. Лыткина, 5 А. Попова\n"
        "[slip]\ndays = 2\nmissed = 5\n[deadlines]\nweekly = 1\nfinals = 2\nservice = 4\nremoval = 5\nexport = 7\n"
        "[remind]\ndays = 30\nhelp = кабинет 12\n[access]\ngroup = school\n"
        "[printing]\ncommand = lpr\noptions = -o sides=two-sided-long-edge\n");
    assert_string_equal(school.name, "МАОУ «Прогимназия № 81»");
    assert_string_equal(school.city, "г. Сыктывкар");
    assert_string_equal(school.address, "167000, г. Сыктывкар");
    assert_string_equal(school.language, "en");
    assert_int_equal(school.school_days, 5);
    assert_int_equal(school.mark_count, 6);
    assert_int_equal(school_lookup_mark(&school, "зачет")->value, -1);
    assert_string_equal(school_lookup_mark(&school, "  ЗАЧЁТ ")->text, "Зачёт");
    assert_int_equal(school.threshold, 60);
    assert_int_equal(school.fewest_marks, 4);
    assert_true(school_without_marks(&school, "2Б"));
    assert_false(school_without_marks(&school, "2А"));
    assert_int_equal(school_weight_of(&school, "Контрольная  работа"), 3000);
    assert_int_equal(school_weight_of(&school, "контрольная\xC2\xA0работа"), 3000);
    assert_int_equal(school_weight_of(&school, "диктант"), 1500);
    assert_int_equal(school_weight_of(&school, "ПРОЕКТ"), 500);
    assert_int_equal(school_weight_of(&school, "диктант 2"), WEIGHT_ONE);
    assert_string_equal(school_code_of(&school, REASON_ILL), "бол");
    assert_null(school_lookup_code(&school, "ОСВ"));
    assert_int_equal(school_lookup_code(&school, "н")->reason, REASON_UNEXCUSED);
    assert_true(school.skip_rejects);
    assert_string_equal(school_profile_of(&school, "ЖУРНАЛ 3А.CSV"), "elschool");
    assert_string_equal(school_profile_of(&school, "2026 Итоги года.csv"), "other");
    assert_string_equal(school_profile_of(&school, "журнал.csv"), "last");
    assert_string_equal(school_teacher_of(&school, "3А"), "Н. П. Осипова");
    assert_string_equal(school_teacher_of(&school, "3Б"), "Ветошкина Е. В.");
    assert_string_equal(school_teacher_of(&school, "4А"), "О. Лыткина");
    assert_string_equal(school_teacher_of(&school, "5"), "А. Попова");
    assert_int_equal(school.slip_days, 2);
    assert_int_equal(school.slips_missed, 5);
    assert_int_equal(school.deadlines.weekly, 1);
    assert_int_equal(school.deadlines.finals, 2);
    assert_int_equal(school.deadlines.service, 4);
    assert_int_equal(school.deadlines.removal, 5);
    assert_int_equal(school.deadlines.source, 7);
    assert_int_equal(school.remind_days, 30);
    assert_string_equal(school.remind_help, "кабинет 12");
    assert_true(school.group_readable);
    assert_string_equal(school.group, "school");
    assert_string_equal(school.print_command, "lpr");
    assert_string_equal(school.print_options, "-o sides=two-sided-long-edge");
}

/* A whole file, as a school has it. */
static void specimen(void **state)
{
    struct fixture *fixture = *state;
    struct school school = {0};
    if (!school_load(fixture->arena, "tests/data/settings/school.ini", &school, fixture->diag, &fixture->err))
        fail_msg("%s (run from the repository's root)", fixture->err.text);
    assert_string_equal(school.name, "МАОУ «Прогимназия № 81 „Здравствуй!“»");
    assert_int_equal(school_weight_of(&school, "проект; защита"), 1500);
    assert_int_equal(school_weight_of(&school, "домашняя работа"), 500);
    assert_string_equal(school_teacher_of(&school, "3Б"), "Е. В. Ветошкина");
    const struct school_year *year = school_year_of(&school, fixture->arena, date_from_civil(2026, 10, 23));
    assert_int_equal(year->term[0].until, date_from_civil(2026, 10, 23));
    assert_int_equal(year->holiday_count, 8);
}

/* What shows on sheets comes back from its text, without comments, access and printing. */
static void recalled(void **state)
{
    struct fixture *fixture = *state;
    struct school school = {0}, again = {0};
    if (!school_load(fixture->arena, "tests/data/settings/school.ini", &school, fixture->diag, &fixture->err))
        fail_msg("%s (run from the repository's root)", fixture->err.text);
    assert_true(school_recall(fixture->arena, school.seen, &again));
    assert_string_equal(again.seen, school.seen);
    assert_string_equal(again.digest, school.digest);
    assert_string_equal(again.name, school.name);
    assert_int_equal(school_weight_of(&again, "проект; защита"), 1500);
    assert_string_equal(school_teacher_of(&again, "3Б"), "Е. В. Ветошкина");
    const struct school_year *year = school_year_of(&again, fixture->arena, date_from_civil(2026, 10, 23));
    assert_int_equal(year->term[0].until, date_from_civil(2026, 10, 23));
    assert_int_equal(year->holiday_count, 8);
    assert_null(strstr(school.seen, "#"));
    assert_null(strstr(school.seen, "[printing]"));
    assert_null(strstr(school.seen, "[access]"));
    assert_true(school_recall(fixture->arena, "", &again));
    check_defaults(&again);
    assert_false(school_recall(fixture->arena, "[school] days = many\n", &again));
}

/* A code that the file gives another meaning leaves its default. */
static void code_over_default(void **state)
{
    struct fixture *fixture = *state;
    struct school school = accept(fixture, "[attendance]\nunexcused = н, О\n");
    assert_int_equal(school_lookup_code(&school, "о")->reason, REASON_UNEXCUSED);
    assert_int_equal(school_lookup_code(&school, "ОП")->reason, REASON_LATE);
    assert_string_equal(school_code_of(&school, REASON_LATE), "ОП");
}

/* «й» in two code points is «й», and «и» is not. */
static void composed(void **state)
{
    struct fixture *fixture = *state;
    struct school school = accept(fixture, "[works]\nweights = устный счёт 2, ли 3\n");
    assert_int_equal(school_weight_of(&school, "устныи\xCC\x86 сче\xCC\x88т"), 2000);
    assert_int_equal(school_weight_of(&school, "устныи счёт"), WEIGHT_ONE);
    assert_int_equal(school_weight_of(&school, "ли\xCC\x86"), WEIGHT_ONE);
    assert_int_equal(school_weight_of(&school, "\xC2\xA0ли\t"), 3000);
}

static void wrong_keys(void **state)
{
    struct fixture *fixture = *state;
    refuse(fixture, "[marks]\ntreshold = 0.50\n", 2, 1,
           "there is no key 'treshold' in [marks]; did you mean 'threshold'?");
    refuse(fixture, "[mark]\nthreshold = 0.50\n", 1, 0, "there is no section [mark]; did you mean 'marks'?");
    refuse(fixture, "[school]\nthreshold = 0.50\n", 2, 1, "'threshold' belongs under [marks]");
    refuse(fixture, "[year]\nterm5 = 01.09-30.11\n", 2, 1, "there is no key 'term5' in [year]; did you mean 'term1'?");
    refuse(fixture, "[attendance]\nsick = б\n", 2, 1, "there is no key 'sick'");
}

static void wrong_values(void **state)
{
    struct fixture *fixture = *state;
    refuse(fixture, "[school]\ndays = 7\n", 2, 8, "'7' is no whole number from 5 to 6");
    refuse(fixture, "[school]\ndays =\n", 2, 7, "'days' needs a value, for example 6");
    refuse(fixture, "[school]\ndays = 06x\n", 2, 8, "no whole number");
    refuse(fixture, "[school]\nlanguage = fr\n", 2, 12, "'fr' can't be the value of 'language'; known are ru, en");
    refuse(fixture, "[year]\nkind = trimester\n", 2, 8, "did you mean 'trimesters'?");
    refuse(fixture, "[year]\nstart = 01.01\n", 2, 9, "can't begin a school year");
    refuse(fixture, "[year]\nstart = 01.09.2026\n", 2, 9, "can't begin a school year");
    refuse(fixture, "[marks]\nscale =\n", 2, 8, "'scale' needs a value");
    refuse(fixture, "[marks]\nscale = 2, 3,, 5\n", 2, 14, "can't be a mark");
    refuse(fixture, "[marks]\nscale = 1, 2, 3\n", 2, 9, "marks in numbers are 2, 3, 4 and 5");
    refuse(fixture, "[marks]\nscale = 2, 3, 4.5\n", 2, 15, "marks in numbers are 2, 3, 4 and 5");
    refuse(fixture, "[marks]\nscale = 2, зачёт, Зачет\n", 2, 19, "twice");
    refuse(fixture, "[marks]\nscale = 2, 3, Н\n", 2, 15, "'Н' is a code of attendance ('unexcused' in [attendance])");
    refuse(fixture, "[attendance]\nill = зачёт\n[marks]\nscale = 2, зачёт\n", 4, 12, "'ill' in [attendance]");
    refuse(fixture, "[marks]\nthreshold = 60\n", 2, 13, "for example 0.60");
    refuse(fixture, "[marks]\nthreshold = 0.505\n", 2, 13, "for example 0.60");
    refuse(fixture, "[marks]\nthreshold = 0\n", 2, 13, "for example 0.60");
    refuse(fixture, "[marks]\nfewest = -1\n", 2, 10, "no whole number");
    refuse(fixture, "[marks]\nwithout = 1, первые\n", 2, 14, "'первые' is no class");
    refuse(fixture, "[works]\nweights = диктант\n", 2, 11, "'диктант' is no kind of work with its weight");
    refuse(fixture, "[works]\nweights = диктант 2, 3\n", 2, 22, "is no kind of work");
    refuse(fixture, "[works]\nweights = диктант 0\n", 2, 11, "is no kind of work");
    refuse(fixture, "[works]\nweights = диктант 2\nweights2 = Диктант 3\n", 3, 12, "already has a weight");
    refuse(fixture, "[attendance]\nill = б, н\nunexcused = НП, Н\n", 2, 10, "already means 'unexcused'");
    refuse(fixture, "[attendance]\nill = б, 5\n", 2, 10, "can't be a code");
    refuse(fixture, "[import]\nprofiles = x*.csv one, elschool\n", 2, 24, "no name of a file with its profile");
    refuse(fixture, "[import]\nrejects = scip\n", 2, 11, "did you mean 'skip'?");
    refuse(fixture, "[classes]\nteachers = Осипова Н. П.\n", 2, 12, "no class with its teacher");
    refuse(fixture, "[classes]\nteachers = 3А А. Попова, 3 а Б. Попова\n", 2, 26, "class 3А already has a teacher");
    refuse(fixture, "[slip]\ndays = 31\n", 2, 8, "no whole number from 0 to 30");
    refuse(fixture, "[access]\ngroup = ../x\n", 2, 9, "no name of a group");
    refuse(fixture, "[printing]\ncommand =\n", 2, 10, "needs a value, for example lp");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(defaults),          FIXTURE_TEST(template_is_the_defaults),
        FIXTURE_TEST(every_key),         FIXTURE_TEST(specimen),
        FIXTURE_TEST(recalled),          FIXTURE_TEST(composed),
        FIXTURE_TEST(code_over_default), FIXTURE_TEST(wrong_keys),
        FIXTURE_TEST(wrong_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
