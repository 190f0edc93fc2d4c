#include "gradebook_fixture.h"

static struct fixture f;
static size_t count;

static int open_book(void **state)
{
    (void)state;
    fixture_open(&f);
    return 0;
}

static int close_book(void **state)
{
    (void)state;
    fixture_close(&f);
    return 0;
}

/* The changes that pupil 1's sheet for the week of `day` tells. */
static const struct change *changes_of(int32_t day, int32_t import, struct told told)
{
    struct week_order order = {.week = date_iso_week(day), .import = import, .told = told};
    return week_changes(f.arena, &f.school, fixture_book(&f, import), 0, &order, &count);
}

static struct told told_of(int32_t import, int32_t until)
{
    return (struct told){import, until};
}

/* регламент 2.6: what was entered, corrected or withdrawn after the last sheet is told. */
static void added_corrected_withdrawn(void **state)
{
    (void)state;
    add_mark(&f, 1, on(2026, 11, 12), 1, "Русский язык", "3")->held = (struct held){1, 2};
    struct entry *entry = add_mark(&f, 1, on(2026, 11, 12), 1, "Русский язык", "4");
    entry->held = (struct held){2, 0};
    entry->work = "работа над ошибками";
    add_mark(&f, 1, on(2026, 11, 13), 2, "Математика", "5")->held = (struct held){2, 0};
    add_mark(&f, 1, on(2026, 11, 13), 3, "Музыка", "4")->held = (struct held){1, 2};
    add_mark(&f, 1, on(2026, 11, 11), 3, "Музыка", "5");
    const struct change *changes = changes_of(on(2026, 11, 16), 2, told_of(1, on(2026, 11, 14)));
    assert_int_equal(count, 3);
    assert_int_equal(changes[0].kind, CHANGE_CORRECTED);
    assert_int_equal(changes[0].what, CHANGE_MARK);
    assert_int_equal(changes[0].day, on(2026, 11, 12));
    assert_int_equal(changes[0].lesson, 1);
    assert_string_equal(changes[0].was, "3");
    assert_string_equal(changes[0].was_work, "");
    assert_string_equal(changes[0].now, "4");
    assert_string_equal(changes[0].now_work, "работа над ошибками");
    assert_int_equal(changes[1].kind, CHANGE_ADDED);
    assert_string_equal(changes[1].subject, "Математика");
    assert_null(changes[1].was);
    assert_int_equal(changes[1].was_weight, 0);
    assert_int_equal(changes[1].now_weight, WEIGHT_ONE);
    assert_int_equal(changes[2].kind, CHANGE_WITHDRAWN);
    assert_string_equal(changes[2].was, "4");
    assert_null(changes[2].now);
    changes_of(on(2026, 11, 23), 2, told_of(2, on(2026, 11, 21))); /* told once is not told again */
    assert_int_equal(count, 0);
}

static void equal_marks_cancel_and_works_pair(void **state)
{
    (void)state;
    int32_t day = on(2026, 11, 12);
    add_mark(&f, 1, day, 2, "Математика", "5");
    add_mark(&f, 1, day, 2, "Математика", "5")->held = (struct held){1, 2};
    add_mark(&f, 1, day, 2, "Математика", "5")->held = (struct held){2, 0}; /* withdrawn and entered alike: nothing */
    struct entry *entry = add_mark(&f, 1, day, 2, "Математика", "4");
    entry->held = (struct held){1, 2};
    entry->work = "диктант";
    entry = add_mark(&f, 1, day, 2, "Математика", "2");
    entry->held = (struct held){2, 0};
    entry->work = "ответ";
    entry = add_mark(&f, 1, day, 2, "Математика", "3");
    entry->held = (struct held){2, 0};
    entry->work = "диктант";
    const struct change *changes = changes_of(on(2026, 11, 16), 2, told_of(1, on(2026, 11, 14)));
    assert_int_equal(count, 2);
    assert_int_equal(changes[0].kind, CHANGE_CORRECTED);
    assert_string_equal(changes[0].was, "4");
    assert_string_equal(changes[0].now, "3");
    assert_int_equal(changes[1].kind, CHANGE_ADDED);
    assert_string_equal(changes[1].now, "2");
}

static void a_new_weight_is_a_correction(void **state)
{
    (void)state;
    add_mark(&f, 1, on(2026, 11, 12), 2, "Математика", "5")->held = (struct held){1, 2};
    struct entry *entry = add_mark(&f, 1, on(2026, 11, 12), 2, "Математика", "5");
    entry->held = (struct held){2, 0};
    entry->weight = 3000;
    const struct change *changes = changes_of(on(2026, 11, 16), 2, told_of(1, on(2026, 11, 14)));
    assert_int_equal(count, 1);
    assert_int_equal(changes[0].kind, CHANGE_CORRECTED);
    assert_int_equal(changes[0].was_weight, 1000);
    assert_int_equal(changes[0].now_weight, 3000);
}

static void a_new_topic_is_not_told_again(void **state)
{
    (void)state;
    add_mark(&f, 1, on(2026, 11, 12), 2, "Математика", "5")->held = (struct held){1, 2};
    struct entry *entry = add_mark(&f, 1, on(2026, 11, 12), 2, "Математика", "5");
    entry->held = (struct held){2, 0};
    entry->topic = "Деление с остатком";
    entry->homework = "с. 12";
    changes_of(on(2026, 11, 16), 2, told_of(1, on(2026, 11, 14)));
    assert_int_equal(count, 0);
}

static void attendance_changes(void **state)
{
    (void)state;
    add_absence(&f, 1, on(2026, 11, 9), 1, "Музыка", REASON_ABSENT)->held = (struct held){1, 2};
    add_absence(&f, 1, on(2026, 11, 9), 1, "Музыка", REASON_ILL)->held = (struct held){2, 0};
    add_absence(&f, 1, on(2026, 11, 10), 1, "Музыка", REASON_LATE)->held = (struct held){2, 0};
    add_absence(&f, 1, on(2026, 11, 11), 1, "Музыка", REASON_UNEXCUSED)->held = (struct held){1, 2};
    const struct change *changes = changes_of(on(2026, 11, 16), 2, told_of(1, on(2026, 11, 14)));
    assert_int_equal(count, 3);
    assert_int_equal(changes[0].what, CHANGE_ATTENDANCE);
    assert_int_equal(changes[0].kind, CHANGE_CORRECTED);
    assert_int_equal(changes[0].was_reason, REASON_ABSENT);
    assert_int_equal(changes[0].now_reason, REASON_ILL);
    assert_int_equal(changes[1].kind, CHANGE_ADDED);
    assert_int_equal(changes[1].now_reason, REASON_LATE);
    assert_int_equal(changes[2].kind, CHANGE_WITHDRAWN);
    assert_int_equal(changes[2].now_reason, REASON_PRESENT);
}

/* An absence counts once a lesson where lessons have numbers, once a row where they have none. */
static void absences_of_a_lesson(void **state)
{
    (void)state;
    add_absence(&f, 1, on(2026, 11, 9), 1, "Музыка", REASON_ILL);
    add_absence(&f, 1, on(2026, 11, 9), 1, "Музыка", REASON_ILL)->held = (struct held){2, 0};
    changes_of(on(2026, 11, 16), 2, told_of(1, on(2026, 11, 14)));
    assert_int_equal(count, 0);
    add_absence(&f, 1, on(2026, 11, 9), 0, "Пение", REASON_ILL);
    add_absence(&f, 1, on(2026, 11, 9), 0, "Пение", REASON_ILL)->held = (struct held){2, 0};
    const struct change *changes = changes_of(on(2026, 11, 16), 2, told_of(1, on(2026, 11, 14)));
    assert_int_equal(count, 1);
    assert_string_equal(changes[0].subject, "Пение");
    assert_int_equal(changes[0].kind, CHANGE_ADDED);
}

/* A pupil who goes on paper in mid-term is told the term so far. */
static void the_first_sheet_tells_the_term(void **state)
{
    (void)state;
    add_mark(&f, 1, on(2026, 11, 27), 1, "Музыка", "5"); /* last term */
    add_mark(&f, 1, on(2026, 12, 2), 1, "Музыка", "4");
    add_absence(&f, 1, on(2026, 12, 10), 1, "Музыка", REASON_ILL);
    add_mark(&f, 1, on(2026, 12, 15), 1, "Музыка", "3"); /* in the week itself */
    add_mark(&f, 1, on(2026, 12, 22), 1, "Музыка", "2"); /* after it */
    const struct change *changes = changes_of(on(2026, 12, 15), 1, told_of(0, 0));
    assert_int_equal(count, 2);
    assert_string_equal(changes[0].now, "4");
    assert_int_equal(changes[0].kind, CHANGE_ADDED);
    assert_int_equal(changes[1].now_reason, REASON_ILL);
    assert_true(fixture_sheet(&f, on(2026, 12, 15), 1, told_of(0, 0)).first);
}

static void skipped_weeks_are_told_as_added(void **state)
{
    (void)state;
    add_mark(&f, 1, on(2026, 11, 5), 1, "Музыка", "5");
    add_mark(&f, 1, on(2026, 11, 12), 1, "Музыка", "4");
    add_mark(&f, 1, on(2026, 11, 17), 1, "Музыка", "3");
    const struct change *changes = changes_of(on(2026, 11, 17), 1, told_of(1, on(2026, 11, 7)));
    assert_int_equal(count, 1);
    assert_string_equal(changes[0].now, "4");
}

static void a_second_issue_tells_what_changed_in_its_own_week(void **state)
{
    (void)state;
    add_mark(&f, 1, on(2026, 11, 12), 1, "Музыка", "5")->held = (struct held){1, 2};
    add_mark(&f, 1, on(2026, 11, 12), 1, "Музыка", "4")->held = (struct held){2, 0};
    const struct change *changes = changes_of(on(2026, 11, 12), 2, told_of(1, on(2026, 11, 14)));
    assert_int_equal(count, 1);
    assert_string_equal(changes[0].was, "5");
    changes_of(on(2026, 11, 5), 2, told_of(1, on(2026, 11, 14))); /* and a sheet for an earlier week loses nothing */
    assert_int_equal(count, 1);
}

/* A later sheet told of the week before it: its own first sheet repeats nothing, and keeps no correction back. */
static void the_first_sheet_of_an_earlier_week_tells_it_by_its_days(void **state)
{
    (void)state;
    struct told told = told_of(1, on(2026, 11, 21));
    add_mark(&f, 1, on(2026, 11, 10), 1, "Музыка", "3")->held = (struct held){1, 2};
    add_mark(&f, 1, on(2026, 11, 10), 1, "Музыка", "4")->held = (struct held){2, 0};
    add_mark(&f, 1, on(2026, 11, 11), 1, "Музыка", "5")->held = (struct held){1, 2};
    add_mark(&f, 1, on(2026, 11, 12), 1, "Музыка", "5")->held = (struct held){2, 0};
    add_entry(&f, 1, on(2026, 11, 13), 1, "Музыка")->reason = REASON_ILL;
    f.entries[f.entry_count - 1].held = (struct held){2, 0};
    add_mark(&f, 1, on(2026, 11, 5), 1, "Музыка", "2")->held = (struct held){2, 0};
    add_mark(&f, 1, on(2026, 11, 18), 1, "Музыка", "2")->held = (struct held){2, 0};
    struct week_sheet sheet = fixture_issue(&f, on(2026, 11, 12), 2, told, false);
    assert_int_equal(sheet.change_count, 4);
    assert_int_equal(sheet.changes[0].day, on(2026, 11, 5));
    assert_int_equal(sheet.changes[1].kind, CHANGE_CORRECTED);
    assert_int_equal(sheet.changes[2].kind, CHANGE_WITHDRAWN);
    assert_int_equal(sheet.changes[3].day, on(2026, 11, 18)); /* told already, and not by the days of this week */
    assert_int_equal(fixture_issue(&f, on(2026, 11, 12), 2, told, true).change_count, 6);
    /* Whatever comes next has nothing of this to tell again. */
    assert_int_equal(fixture_sheet(&f, on(2026, 11, 23), 2, told_of(2, on(2026, 11, 21))).change_count, 0);
}

static void a_change_of_class_changes_nothing(void **state)
{
    (void)state;
    struct entry *entry = add_mark(&f, 1, on(2026, 11, 12), 1, "Музыка", "5");
    entry->form = "3Б";
    entry->held = (struct held){1, 2};
    add_mark(&f, 1, on(2026, 11, 12), 1, "Музыка", "5")->held = (struct held){2, 0};
    changes_of(on(2026, 11, 17), 2, told_of(1, on(2026, 11, 14)));
    assert_int_equal(count, 0);
}

static void other_pupils_and_the_days_after_leaving_are_not_told(void **state)
{
    (void)state;
    add_mark(&f, 2, on(2026, 11, 12), 1, "Музыка", "5")->held = (struct held){2, 0};
    add_mark(&f, 1, on(2026, 11, 12), 1, "Музыка", "5")->held = (struct held){2, 0};
    f.pupils[0].left = on(2026, 11, 11);
    changes_of(on(2026, 11, 17), 2, told_of(1, on(2026, 11, 14)));
    assert_int_equal(count, 0);
}

static void changes_come_by_day_lesson_and_subject(void **state)
{
    (void)state;
    add_mark(&f, 1, on(2026, 11, 12), 0, "Русский язык", "5");
    add_mark(&f, 1, on(2026, 11, 12), 0, "Математика", "4");
    add_mark(&f, 1, on(2026, 11, 12), 0, "Физическая культура", "3");
    add_mark(&f, 1, on(2026, 11, 11), 4, "Музыка", "2");
    const struct change *changes = changes_of(on(2026, 11, 17), 1, told_of(1, on(2026, 11, 7)));
    assert_int_equal(count, 4);
    assert_string_equal(changes[0].subject, "Музыка");
    assert_string_equal(changes[1].subject, "Русский язык");
    assert_string_equal(changes[2].subject, "Математика");
    assert_string_equal(changes[3].subject, "Физическая культура");
}

/* регламент 2.6: sheets tell of past days by subject, and the lesson's mark and absence are known. */
static void a_lesson_with_another_number_is_not_told_again(void **state)
{
    (void)state;
    int32_t day = on(2026, 11, 12);
    struct entry *entry = add_mark(&f, 1, day, 2, "Математика", "5");
    entry->held = (struct held){1, 2};
    entry->reason = REASON_LATE;
    entry = add_mark(&f, 1, day, 4, "Математика", "5");
    entry->held = (struct held){2, 0};
    entry->reason = REASON_LATE;
    changes_of(on(2026, 11, 16), 2, told_of(1, on(2026, 11, 14)));
    assert_int_equal(count, 0);
    add_mark(&f, 1, day, 5, "Математика", "5")->held = (struct held){2, 0}; /* one more is new */
    const struct change *changes = changes_of(on(2026, 11, 16), 2, told_of(1, on(2026, 11, 14)));
    assert_int_equal(count, 1);
    assert_int_equal(changes[0].kind, CHANGE_ADDED);
    add_mark(&f, 1, day, 2, "Музыка", "4")->held = (struct held){1, 2}; /* another subject is another lesson */
    add_mark(&f, 1, day, 2, "Русский язык", "4")->held = (struct held){2, 0};
    changes_of(on(2026, 11, 16), 2, told_of(1, on(2026, 11, 14)));
    assert_int_equal(count, 3);
}

#define WITH_BOOK(test) cmocka_unit_test_setup_teardown(test, open_book, close_book)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_BOOK(added_corrected_withdrawn),
        WITH_BOOK(equal_marks_cancel_and_works_pair),
        WITH_BOOK(a_new_weight_is_a_correction),
        WITH_BOOK(a_new_topic_is_not_told_again),
        WITH_BOOK(attendance_changes),
        WITH_BOOK(absences_of_a_lesson),
        WITH_BOOK(the_first_sheet_tells_the_term),
        WITH_BOOK(skipped_weeks_are_told_as_added),
        WITH_BOOK(a_second_issue_tells_what_changed_in_its_own_week),
        WITH_BOOK(the_first_sheet_of_an_earlier_week_tells_it_by_its_days),
        WITH_BOOK(a_change_of_class_changes_nothing),
        WITH_BOOK(other_pupils_and_the_days_after_leaving_are_not_told),
        WITH_BOOK(changes_come_by_day_lesson_and_subject),
        WITH_BOOK(a_lesson_with_another_number_is_not_told_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
