/* The obligations of the regulation, each under its point. 2026-11-16 is the Monday of week 47. */
#include "gradebook/duties.h"

#include "gradebook_fixture.h"

#define NONE DATE_NONE

struct office {
    struct arena *arena;
    struct school school;
    struct pupil pupils[8];
    struct duty_class classes[4];
    int32_t weeks[4][48];
    struct duty_sheet sheets[32];
    struct duty_final finals[8];
    struct duty_facts facts;
};

static int32_t november(int32_t day)
{
    return on(2026, 11, day);
}

/* A pupil of 3А on paper since September. */
static struct pupil *add_pupil(struct office *office, const char *form)
{
    int32_t key = (int32_t)++office->facts.pupil_count;
    struct pupil *pupil = &office->pupils[key - 1];
    *pupil = (struct pupil){.key = key,
                            .code = arena_format(office->arena, "%d", 100 + (int)key),
                            .name = "",
                            .form = form,
                            .enrolled = on(2026, 9, 1),
                            .left = NONE,
                            .ground = "",
                            .consent = on(2026, 9, 1),
                            .paper_from = on(2026, 9, 1),
                            .paper_until = NONE,
                            .delivery = "",
                            .copies = 1};
    return pupil;
}

static struct duty_class *add_class(struct office *office, const char *form)
{
    size_t at = office->facts.class_count++;
    office->classes[at] = (struct duty_class){.form = form, .weeks = office->weeks[at]};
    return &office->classes[at];
}

static void add_week(struct office *office, size_t form, int32_t monday)
{
    assert_int_equal(date_weekday(monday), 1);
    office->weeks[form][office->classes[form].week_count++] = monday;
}

static struct duty_sheet *add_sheet(struct office *office, int32_t pupil, int32_t monday, int32_t day)
{
    struct duty_sheet *sheet = &office->sheets[office->facts.sheet_count++];
    struct iso_week week = date_iso_week(monday);
    *sheet = (struct duty_sheet){.pupil = pupil,
                                 .form = office->pupils[pupil - 1].form,
                                 .weekly = true,
                                 .period = arena_format(office->arena, "%d-W%02d", (int)week.year, (int)week.week),
                                 .monday = monday,
                                 .day = day,
                                 .until = monday + 5};
    return sheet;
}

/* Class 3А with one family on paper and lessons in weeks 45, 46 and 47. */
static int setup(void **state)
{
    struct office *office = mem_alloc(sizeof *office);
    office->arena = arena_new();
    office->school = fixture_school();
    office->school.deadlines = (struct deadlines){.service = 3, .removal = 3, .weekly = 6, .finals = 3, .source = 2};
    office->school.slips_missed = 3;
    office->school.slip_days = 4;
    office->facts = (struct duty_facts){.school = &office->school,
                                        .today = november(21),
                                        .classes = office->classes,
                                        .pupils = office->pupils,
                                        .sheets = office->sheets,
                                        .finals = office->finals,
                                        .forecast_printed = true};
    add_class(office, "3А");
    add_pupil(office, "3А");
    for (int32_t monday = november(2); monday <= november(16); monday += 7)
        add_week(office, 0, monday);
    *state = office;
    return 0;
}

static int teardown(void **state)
{
    struct office *office = *state;
    arena_free(office->arena);
    mem_free(office);
    return 0;
}

/* The duty of a kind and period («»: any); NULL where there is none. */
static const struct duty *find(struct office *office, enum duty_kind kind, const char *period)
{
    size_t count = 0;
    const struct duty *duties = duties_find(office->arena, &office->facts, &count);
    for (size_t i = 0; i < count; i++)
        if (duties[i].kind == kind && (*period == '\0' || strcmp(duties[i].period, period) == 0))
            return &duties[i];
    return NULL;
}

static void check(const struct duty *duty, enum duty_state state, int32_t due, int32_t done, int32_t days)
{
    assert_non_null(duty);
    assert_int_equal(duty->state, state);
    assert_int_equal(duty->due, due);
    assert_int_equal(duty->done, done);
    assert_int_equal(duty->days, days);
}

/* --- регламент 2.2 ------------------------------------------------------------------------------------------------ */

static void service_within_3_days(void **state)
{
    struct office *office = *state;
    struct pupil *pupil = &office->pupils[0];
    pupil->consent = november(10);
    pupil->paper_from = november(12);
    office->facts.today = november(15);
    check(find(office, DUTY_SERVICE, ""), DUTY_OPEN, november(15), NONE, 0);
    office->facts.today = november(17);
    check(find(office, DUTY_SERVICE, ""), DUTY_OVERDUE, november(15), NONE, 2);
    add_sheet(office, 1, november(9), november(14));
    check(find(office, DUTY_SERVICE, ""), DUTY_DONE, november(15), november(14), 0);
}

static void service_from_the_start_of_classes(void **state)
{
    struct office *office = *state;
    struct pupil *pupil = &office->pupils[0];
    pupil->enrolled = pupil->consent = pupil->paper_from = on(2026, 8, 20);
    office->classes[0].week_count = 0;
    /* 20 August belongs to the year before, whose classes are over. */
    office->facts.today = on(2026, 8, 24);
    check(find(office, DUTY_SERVICE, ""), DUTY_OVERDUE, on(2026, 8, 23), NONE, 1);
    pupil->enrolled = pupil->consent = pupil->paper_from = on(2026, 9, 5);
    office->facts.today = on(2026, 9, 9);
    check(find(office, DUTY_SERVICE, ""), DUTY_OVERDUE, on(2026, 9, 8), NONE, 1);
}

static void service_before_the_register_is_not_judged(void **state)
{
    struct office *office = *state;
    add_sheet(office, 1, november(2), november(7));
    check(find(office, DUTY_SERVICE, ""), DUTY_DONE, november(7), november(7), 0);
    add_pupil(office, "3А");
    office->facts.today = november(9);
    const struct duty *duty = find(office, DUTY_SERVICE, "");
    check(duty, DUTY_OVERDUE, november(7), NONE, 2);
    assert_int_equal(duty->pupil_count, 1);
    assert_int_equal(duty->pupils[0]->key, 2);
}

static void service_is_for_paper_only(void **state)
{
    struct office *office = *state;
    office->pupils[0].paper_from = NONE;
    assert_null(find(office, DUTY_SERVICE, ""));
    assert_null(find(office, DUTY_WEEKLY, ""));
}

/* --- регламент 2.4 ------------------------------------------------------------------------------------------------ */

static void removal_within_3_days(void **state)
{
    struct office *office = *state;
    office->pupils[0].paper_from = NONE; /* whoever left, on paper or not */
    office->pupils[0].left = november(17);
    office->facts.today = november(16);
    assert_null(find(office, DUTY_REMOVAL, ""));
    office->facts.today = november(20);
    check(find(office, DUTY_REMOVAL, ""), DUTY_OPEN, november(20), NONE, 0);
    office->facts.today = november(21);
    check(find(office, DUTY_REMOVAL, ""), DUTY_OVERDUE, november(20), NONE, 1);
    office->school.deadlines.removal = 10;
    check(find(office, DUTY_REMOVAL, ""), DUTY_OPEN, november(27), NONE, 0);
}

/* --- регламент 2.6 ------------------------------------------------------------------------------------------------ */

static void weekly_rhythm(void **state)
{
    struct office *office = *state;
    add_sheet(office, 1, november(2), november(7));
    add_sheet(office, 1, november(16), november(21));
    check(find(office, DUTY_WEEKLY, "2026-W45"), DUTY_DONE, november(13), november(7), 0);
    check(find(office, DUTY_WEEKLY, "2026-W46"), DUTY_OVERDUE, november(20), NONE, 1);
    check(find(office, DUTY_WEEKLY, "2026-W47"), DUTY_DONE, november(27), november(21), 0);
    office->facts.today = november(20); /* a Friday: week 47 is not over */
    check(find(office, DUTY_WEEKLY, "2026-W46"), DUTY_OPEN, november(20), NONE, 0);
    assert_null(find(office, DUTY_WEEKLY, "2026-W47"));
}

static void weekly_late_is_done(void **state)
{
    struct office *office = *state;
    add_sheet(office, 1, november(2), november(7));
    add_sheet(office, 1, november(9), november(23));
    office->facts.today = november(24);
    check(find(office, DUTY_WEEKLY, "2026-W46"), DUTY_DONE, november(20), november(23), 3);
    check(find(office, DUTY_WEEKLY, "2026-W47"), DUTY_OPEN, november(27), NONE, 0);
}

static void weekly_without_any_sheet(void **state)
{
    struct office *office = *state;
    office->facts.today = november(30);
    assert_null(find(office, DUTY_WEEKLY, "2026-W45"));
    assert_null(find(office, DUTY_WEEKLY, "2026-W46"));
    check(find(office, DUTY_WEEKLY, "2026-W47"), DUTY_OVERDUE, november(27), NONE, 3);
}

static void weekly_from_the_first_sheet(void **state)
{
    struct office *office = *state;
    add_sheet(office, 1, november(9), november(14));
    assert_null(find(office, DUTY_WEEKLY, "2026-W45")); /* the first sheet told the term so far */
    check(find(office, DUTY_WEEKLY, "2026-W46"), DUTY_DONE, november(20), november(14), 0);
}

static void weekly_families_together(void **state)
{
    struct office *office = *state;
    add_pupil(office, "3А");
    add_pupil(office, "3А")->paper_until = november(13);
    add_sheet(office, 1, november(9), november(14));
    add_sheet(office, 2, november(9), november(14));
    add_sheet(office, 3, november(9), november(14));
    add_sheet(office, 2, november(16), november(21));
    office->facts.today = november(29);
    const struct duty *duty = find(office, DUTY_WEEKLY, "2026-W47");
    check(duty, DUTY_OVERDUE, november(27), NONE, 2);
    assert_int_equal(duty->pupil_count, 1);
    assert_string_equal(duty->pupils[0]->code, "101");
}

static void export_of_a_class(void **state)
{
    struct office *office = *state;
    add_class(office, "3Б");
    add_pupil(office, "3Б")->paper_from = NONE;
    add_week(office, 1, november(2));
    add_week(office, 1, november(16));
    check(find(office, DUTY_EXPORT, "2026-W46"), DUTY_OVERDUE, november(16), NONE, 5); /* only 3Б lacks it */
    office->classes[1].week_count = 1;
    const struct duty *stale = find(office, DUTY_EXPORT, "2026-W46");
    check(stale, DUTY_OVERDUE, november(16), NONE, 5);
    assert_string_equal(stale->form, "3Б");
    check(find(office, DUTY_EXPORT, "2026-W47"), DUTY_DONE, november(23), november(21), 0);
    office->pupils[1].left = november(1);
    assert_null(find(office, DUTY_EXPORT, "2026-W46")); /* nobody is left in it */
}

static void export_of_holidays_is_not_asked_for(void **state)
{
    struct office *office = *state;
    office->classes[0].week_count = 0;
    add_week(office, 0, on(2026, 10, 19));
    office->facts.today = on(2026, 11, 6);
    check(find(office, DUTY_EXPORT, ""), DUTY_DONE, on(2026, 10, 26), on(2026, 10, 24), 0);
    office->facts.today = on(2026, 11, 7);
    check(find(office, DUTY_EXPORT, ""), DUTY_OPEN, on(2026, 11, 9), NONE, 0);
    office->facts.today = on(2026, 11, 10);
    check(find(office, DUTY_EXPORT, ""), DUTY_OVERDUE, on(2026, 11, 9), NONE, 1);
}

/* --- регламент 2.7, 2.8, 3.1 ---------------------------------------------------------------------------------------
 */

static void forecast_on_the_sheet(void **state)
{
    struct office *office = *state;
    assert_null(find(office, DUTY_FORECAST, ""));
    add_sheet(office, 1, november(9), november(14));
    add_sheet(office, 1, november(16), november(21));
    check(find(office, DUTY_FORECAST, ""), DUTY_DONE, november(27), november(21), 0);
    office->facts.forecast_printed = false;
    const struct duty *duty = find(office, DUTY_FORECAST, "");
    assert_non_null(duty);
    assert_int_equal(duty->state, DUTY_OVERDUE);
}

static void finals_within_3_days(void **state)
{
    struct office *office = *state;
    office->finals[0] = (struct duty_final){.pupil = 1, .year = 2026, .period = 1, .import = 9, .day = november(17)};
    office->facts.final_count = 1;
    office->facts.today = november(20);
    check(find(office, DUTY_FINALS, "2026-T1"), DUTY_OPEN, november(20), NONE, 0);
    office->facts.today = november(21);
    check(find(office, DUTY_FINALS, "2026-T1"), DUTY_OVERDUE, november(20), NONE, 1);
    struct duty_sheet *sheet = add_sheet(office, 1, november(16), november(18));
    sheet->weekly = false;
    sheet->period = "2026-T1";
    sheet->until = november(30);
    sheet->import = 8; /* it does not show them yet */
    check(find(office, DUTY_FINALS, "2026-T1"), DUTY_OVERDUE, november(20), NONE, 1);
    sheet->import = 9;
    check(find(office, DUTY_FINALS, "2026-T1"), DUTY_DONE, november(20), november(18), 0);
    sheet->period = "2026-T2"; /* a later sheet of the year shows them, too */
    sheet->until = on(2027, 2, 28);
    check(find(office, DUTY_FINALS, "2026-T1"), DUTY_DONE, november(20), november(18), 0);
    sheet->period = "2025-Y";
    sheet->until = on(2026, 8, 31);
    check(find(office, DUTY_FINALS, "2026-T1"), DUTY_OVERDUE, november(20), NONE, 1);
}

static void finals_corrected_are_due_again(void **state)
{
    struct office *office = *state;
    struct duty_sheet *sheet = add_sheet(office, 1, november(16), november(18));
    sheet->weekly = false;
    sheet->period = "2026-Y";
    sheet->until = on(2027, 8, 31);
    sheet->import = 9;
    office->finals[0] =
        (struct duty_final){.pupil = 1, .year = 2026, .period = FINAL_YEAR, .import = 9, .day = november(17)};
    office->finals[1] =
        (struct duty_final){.pupil = 1, .year = 2026, .period = FINAL_YEAR, .import = 11, .day = november(20)};
    office->facts.final_count = 2;
    check(find(office, DUTY_FINALS, "2026-Y"), DUTY_OPEN, november(23), NONE, 0);
}

static void slips_that_never_come_back(void **state)
{
    struct office *office = *state;
    struct duty_sheet *first = add_sheet(office, 1, november(2), november(7));
    add_sheet(office, 1, november(9), november(14));
    struct duty_sheet *last = add_sheet(office, 1, november(16), november(21));
    assert_null(find(office, DUTY_SLIPS, "")); /* the last one is not due yet */
    office->facts.today = november(26);
    const struct duty *duty = find(office, DUTY_SLIPS, "");
    assert_non_null(duty);
    assert_int_equal(duty->state, DUTY_NOTED);
    assert_int_equal(duties_overdue(duty, 1), 0);
    last->returned = true;
    assert_null(find(office, DUTY_SLIPS, ""));
    last->returned = false;
    first->returned = true;
    assert_null(find(office, DUTY_SLIPS, ""));
}

/* --- what run issues ---------------------------------------------------------------------------------------------- */

static const struct duty_week *to_issue(struct office *office, size_t *count)
{
    return duties_to_issue(office->arena, &office->facts, count);
}

static void issues_the_newest_week_first_of_all(void **state)
{
    struct office *office = *state;
    size_t count = 0;
    const struct duty_week *weeks = to_issue(office, &count);
    assert_int_equal(count, 1);
    assert_int_equal(weeks[0].monday, november(16));
    assert_int_equal(weeks[0].form_count, 1);
    office->facts.today = november(20);
    weeks = to_issue(office, &count);
    assert_int_equal(count, 1);
    assert_int_equal(weeks[0].monday, november(9)); /* week 47 is not over on its Friday */
}

static void issues_what_was_left_out_since_the_last_issue(void **state)
{
    struct office *office = *state;
    size_t count = 0;
    add_sheet(office, 1, november(2), november(7));
    const struct duty_week *weeks = to_issue(office, &count);
    assert_int_equal(count, 2);
    assert_int_equal(weeks[0].monday, november(9));
    assert_int_equal(weeks[1].monday, november(16));
    add_sheet(office, 1, november(16), november(21));
    to_issue(office, &count);
    assert_int_equal(count, 0); /* a gap before the last issue is for a person */
}

static void issues_to_late_classes_and_new_families(void **state)
{
    struct office *office = *state;
    size_t count = 0;
    add_class(office, "3Б");
    add_pupil(office, "3Б");
    add_sheet(office, 1, november(16), november(21));
    to_issue(office, &count);
    assert_int_equal(count, 0); /* 3Б has no lessons yet: a sheet would say «Занятий нет» */
    add_week(office, 1, november(16));
    const struct duty_week *weeks = to_issue(office, &count);
    assert_int_equal(count, 1);
    assert_int_equal(weeks[0].form_count, 1);
    assert_string_equal(weeks[0].forms[0], "3Б");
    add_pupil(office, "3А")->paper_from = november(18);
    weeks = to_issue(office, &count);
    assert_int_equal(count, 1);
    assert_int_equal(weeks[0].form_count, 2);
}

static void one_named_pupil_takes_no_week_from_the_class(void **state)
{
    struct office *office = *state;
    size_t count = 0;
    add_pupil(office, "3А");
    add_sheet(office, 1, november(2), november(7));
    add_sheet(office, 2, november(2), november(7));
    add_sheet(office, 1, november(16), november(18));
    office->facts.today = november(18);
    const struct duty_week *weeks = to_issue(office, &count);
    assert_int_equal(count, 1);
    assert_int_equal(weeks[0].monday, november(9));
    office->facts.today = november(21);
    weeks = to_issue(office, &count);
    assert_int_equal(count, 2); /* the other family's */
    assert_int_equal(weeks[0].monday, november(9));
    assert_int_equal(weeks[1].monday, november(16));
    office->sheets[2].monday = november(30); /* of a week to come */
    to_issue(office, &count);
    assert_int_equal(count, 2);
}

static void a_sheet_of_the_running_week_skips_none(void **state)
{
    struct office *office = *state;
    size_t count = 0;
    office->facts.today = november(18);
    add_sheet(office, 1, november(16), november(18));
    const struct duty_week *weeks = to_issue(office, &count);
    assert_int_equal(count, 1);
    assert_int_equal(weeks[0].monday, november(9));
    add_sheet(office, 1, november(2), november(7));
    weeks = to_issue(office, &count);
    assert_int_equal(count, 1);
    assert_int_equal(weeks[0].monday, november(9));
}

static void issues_on_the_last_school_day(void **state)
{
    struct office *office = *state;
    const struct school_year *year = school_year_of(&office->school, office->arena, november(1));
    assert_int_equal(duty_week_end(&office->school, year, november(16)), november(21));
    office->school.school_days = 5;
    assert_int_equal(duty_week_end(&office->school, year, november(16)), november(20));
    /* Before the autumn holidays, and in them. */
    assert_int_equal(duty_week_end(&office->school, year, on(2026, 10, 19)), on(2026, 10, 23));
    assert_int_equal(duty_week_end(&office->school, year, on(2026, 10, 26)), on(2026, 10, 30));
}

#define TEST(name, function)                                                                                           \
    {                                                                                                                  \
        name, function, setup, teardown, NULL                                                                          \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST("регламент 2.2: the first sheet within 3 days", service_within_3_days),
        TEST("регламент 2.2: from the start of classes, or enrolment", service_from_the_start_of_classes),
        TEST("регламент 2.2: what was before the register is not judged", service_before_the_register_is_not_judged),
        TEST("регламент 2.2: electronic families are owed no sheet", service_is_for_paper_only),
        TEST("регламент 2.4: removal within 3 days", removal_within_3_days),
        TEST("регламент 2.6: a gap in the weekly rhythm", weekly_rhythm),
        TEST("регламент 2.6: a late sheet is done, and late", weekly_late_is_done),
        TEST("регламент 2.6: without any sheet the newest week is owed", weekly_without_any_sheet),
        TEST("регламент 2.6: weeks before the first sheet were told by it", weekly_from_the_first_sheet),
        TEST("регламент 2.6: who waits, and who is off paper", weekly_families_together),
        TEST("регламент 2.6: an export that is stale or misses a class", export_of_a_class),
        TEST("регламент 2.6: holidays need no export", export_of_holidays_is_not_asked_for),
        TEST("регламент 2.7: the forecast on the weekly sheet", forecast_on_the_sheet),
        TEST("регламент 2.8: finals within 3 days", finals_within_3_days),
        TEST("регламент 2.8: corrected finals are due again", finals_corrected_are_due_again),
        TEST("регламент 3.1: slips that never come back", slips_that_never_come_back),
        TEST("run: first of all the newest week", issues_the_newest_week_first_of_all),
        TEST("run: what was left out since the last issue", issues_what_was_left_out_since_the_last_issue),
        TEST("run: late classes and new families", issues_to_late_classes_and_new_families),
        TEST("run: one named pupil takes no week from the class", one_named_pupil_takes_no_week_from_the_class),
        TEST("run: a sheet of the running week skips none", a_sheet_of_the_running_week_skips_none),
        TEST("run: the last school day of a week", issues_on_the_last_school_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
