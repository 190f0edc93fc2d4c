#include "gradebook_fixture.h"

static struct fixture f;
static const struct told none = {0, 0};

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

static void remarks_are_told_once_and_never_lost(void **state)
{
    (void)state;
    struct entry *entry = add_mark(&f, 1, on(2026, 11, 10), 1, "Музыка", "5");
    entry->comment = "Поёт чисто";
    entry->teacher = "Рочева";
    entry = add_mark(&f, 1, on(2026, 11, 11), 1, "Музыка", "5");
    entry->comment = "Забыл тетрадь";
    entry->held = (struct held){1, 2};
    entry = add_mark(&f, 1, on(2026, 11, 11), 1, "Музыка", "5");
    entry->comment = "Забыл тетрадь и ручку";
    entry->held = (struct held){2, 0};
    entry = add_mark(&f, 1, on(2026, 11, 17), 1, "Музыка", "5");
    entry->comment = "Отличный проект";
    entry = add_mark(&f, 1, on(2026, 11, 17), 1, "Музыка", "4");
    entry->comment = "Отличный проект";
    entry = add_entry(&f, 0, on(2026, 11, 18), 1, "Музыка");
    entry->comment = "Принести ноты";
    struct week_sheet sheet = fixture_sheet(&f, on(2026, 11, 16), 2, (struct told){1, on(2026, 11, 14)});
    assert_int_equal(sheet.remark_count, 3);
    assert_string_equal(sheet.remarks[0].text, "Забыл тетрадь и ручку");
    assert_string_equal(sheet.remarks[1].text, "Отличный проект");
    assert_string_equal(sheet.remarks[2].text, "Принести ноты");
    sheet = fixture_sheet(&f, on(2026, 11, 16), 2, none); /* the first sheet tells the term's */
    assert_int_equal(sheet.remark_count, 4);
    assert_string_equal(sheet.remarks[0].text, "Поёт чисто");
    assert_string_equal(sheet.remarks[0].teacher, "Рочева");
    assert_int_equal(sheet.remarks[0].day, on(2026, 11, 10));
}

/* A further issue of an earlier week's sheet is the newest: what came since of later days that were told is on it. */
static void a_sheet_for_an_earlier_week_tells_of_later_days(void **state)
{
    (void)state;
    add_mark(&f, 1, on(2026, 11, 10), 1, "Музыка", "5");
    struct entry *entry = add_mark(&f, 1, on(2026, 11, 18), 1, "Музыка", "4");
    entry->comment = "Поёт чисто";
    entry->held = (struct held){2, 0};
    f.achievements[f.achievement_count++] =
        (struct achievement){.pupil = 1, .day = on(2026, 11, 18), .title = "Конкурс", .result = "", .held = {2, 0}};
    struct week_sheet sheet = fixture_sheet(&f, on(2026, 11, 9), 2, (struct told){1, on(2026, 11, 21)});
    assert_int_equal(sheet.remark_count, 1);
    assert_int_equal(sheet.achievement_count, 1);
    assert_int_equal(sheet.change_count, 1);
    sheet = fixture_sheet(&f, on(2026, 11, 9), 2, (struct told){1, on(2026, 11, 14)});
    assert_int_equal(sheet.remark_count, 0);
    assert_int_equal(sheet.achievement_count, 0);
    assert_int_equal(sheet.of_week.lessons, 1);
}

static void add_notice(int32_t from, int32_t until, int32_t pupil, const char *text)
{
    f.announcements[f.announcement_count++] =
        (struct announcement){.from = from, .until = until, .pupil = pupil, .text = text, .held = {1, 0}};
}

static void announcements_that_run_or_start_soon(void **state)
{
    (void)state;
    add_entry(&f, 1, on(2026, 11, 16), 1, "Музыка");
    f.school.school_days = 5;
    add_notice(on(2026, 11, 29), on(2026, 11, 29), 0, "соседнее воскресенье");
    add_notice(on(2026, 11, 30), on(2026, 11, 30), 0, "слишком далеко");
    add_notice(on(2026, 9, 1), on(2026, 11, 16), 0, "ещё идёт");
    add_notice(on(2026, 9, 1), on(2026, 11, 15), 0, "прошло");
    add_notice(on(2026, 11, 17), DATE_NONE, 1, "ему одному");
    add_notice(on(2026, 11, 17), on(2026, 11, 17), 2, "другому");
    add_notice(on(2026, 11, 17), on(2026, 11, 17), 0, "отозвано");
    f.announcements[6].held = (struct held){1, 2};
    struct week_sheet sheet = fixture_sheet(&f, on(2026, 11, 16), 2, none);
    assert_int_equal(sheet.announcement_count, 3);
    assert_string_equal(sheet.announcements[0]->text, "ещё идёт");
    assert_string_equal(sheet.announcements[1]->text, "ему одному");
    assert_string_equal(sheet.announcements[2]->text, "соседнее воскресенье");
}

static void add_achievement(int32_t pupil, int32_t day, const char *title, struct held held)
{
    f.achievements[f.achievement_count++] =
        (struct achievement){.pupil = pupil, .day = day, .title = title, .result = "", .held = held};
}

static void achievements_are_told_once(void **state)
{
    (void)state;
    add_entry(&f, 1, on(2026, 11, 16), 1, "Музыка");
    add_achievement(1, on(2026, 5, 14), "прошлый год", (struct held){1, 0});
    add_achievement(1, on(2026, 10, 14), "Русский медвежонок", (struct held){1, 0});
    add_achievement(1, on(2026, 10, 20), "внесено позже", (struct held){2, 0});
    add_achievement(1, on(2026, 10, 21), "внесено снова", (struct held){1, 2});
    add_achievement(1, on(2026, 10, 21), "внесено снова", (struct held){2, 0});
    add_achievement(1, on(2026, 11, 17), "на этой неделе", (struct held){1, 0});
    add_achievement(1, on(2026, 11, 24), "потом", (struct held){1, 0});
    add_achievement(2, on(2026, 11, 17), "чужое", (struct held){1, 0});
    struct week_sheet sheet = fixture_sheet(&f, on(2026, 11, 16), 2, (struct told){1, on(2026, 11, 14)});
    assert_int_equal(sheet.achievement_count, 2);
    assert_string_equal(sheet.achievements[0]->title, "внесено позже");
    assert_string_equal(sheet.achievements[1]->title, "на этой неделе");
    sheet = fixture_sheet(&f, on(2026, 11, 16), 2, none);
    assert_int_equal(sheet.achievement_count, 4);
    assert_string_equal(sheet.achievements[0]->title, "Русский медвежонок");
}

static void add_timetable(int32_t day, int32_t weekday, int32_t lesson, const char *subject)
{
    f.timetable[f.timetable_count++] = (struct timetable_entry){.day = day,
                                                                .weekday = weekday,
                                                                .lesson = lesson,
                                                                .subject = subject,
                                                                .room = "14",
                                                                .starts = "",
                                                                .held = {1, 0}};
}

static void next_week_with_homework_due(void **state)
{
    (void)state;
    for (int32_t weekday = 1; weekday <= 5; weekday++) {
        add_timetable(DATE_NONE, weekday, 2, weekday == 1 ? "Музыка" : "МАТЕМАТИКА");
        add_timetable(DATE_NONE, weekday, 1, "Русский язык");
    }
    add_timetable(on(2026, 11, 25), 3, 1, "Экскурсия"); /* a dated day wins */
    f.timetable[0].held = (struct held){2, 0};
    add_entry(&f, 1, on(2026, 11, 18), 1, "Русский язык")->homework = "старое";
    add_entry(&f, 1, on(2026, 11, 20), 1, "Русский язык")->homework = "упр. 180";
    add_entry(&f, 1, on(2026, 11, 20), 2, "Математика")->homework = "с. 64 № 5";
    add_entry(&f, 1, on(2026, 11, 20), 3, "Математика")->homework = "таблица на 7";
    add_entry(&f, 1, on(2026, 11, 19), 4, "Музыка")->homework = "песня";
    add_entry(&f, 1, on(2026, 11, 20), 4, "Музыка"); /* the last lesson set none */
    struct week_sheet sheet = fixture_sheet(&f, on(2026, 11, 16), 1, none);
    assert_int_equal(sheet.plan_count, 5);
    assert_int_equal(sheet.plan[0].day, on(2026, 11, 23));
    assert_int_equal(sheet.plan[0].lesson_count, 1);
    assert_string_equal(sheet.plan[0].lessons[0].due, "упр. 180");
    assert_string_equal(sheet.plan[0].lessons[0].room, "14");
    assert_int_equal(sheet.plan[1].lesson_count, 2);
    assert_string_equal(sheet.plan[1].lessons[0].due, "");
    assert_string_equal(sheet.plan[1].lessons[1].subject, "МАТЕМАТИКА");
    assert_string_equal(sheet.plan[1].lessons[1].due, "с. 64 № 5; таблица на 7");
    assert_int_equal(sheet.plan[2].lesson_count, 1);
    assert_string_equal(sheet.plan[2].lessons[0].subject, "Экскурсия");
    sheet = fixture_sheet(&f, on(2026, 11, 16), 2, none);
    assert_string_equal(sheet.plan[0].lessons[1].due, "");
}

static void the_plan_skips_holidays(void **state)
{
    (void)state;
    for (int32_t weekday = 1; weekday <= 5; weekday++)
        add_timetable(DATE_NONE, weekday, 1, "Музыка");
    add_timetable(on(2026, 12, 31), 4, 1, "Музыка"); /* holidays have no lessons */
    struct week_sheet sheet = fixture_sheet(&f, on(2026, 10, 19), 1, none);
    assert_int_equal(sheet.plan[0].day, on(2026, 11, 2));
    sheet = fixture_sheet(&f, on(2026, 12, 21), 1, none);
    assert_int_equal(sheet.plan_count, 6);
    assert_int_equal(sheet.plan[2].lesson_count, 1);
    assert_string_equal(sheet.plan[3].holiday, "новогодние каникулы");
    assert_int_equal(sheet.plan[3].lesson_count, 0);
    assert_int_equal(fixture_sheet(&f, on(2027, 5, 24), 1, none).plan_count, 1); /* Monday, 31 May */
    assert_int_equal(fixture_sheet(&f, on(2027, 5, 31), 1, none).plan_count, 0);
    f.timetable_count = 0;
    assert_int_equal(fixture_sheet(&f, on(2026, 10, 19), 1, none).plan_count, 0);
}

#define WITH_BOOK(test) cmocka_unit_test_setup_teardown(test, open_book, close_book)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_BOOK(remarks_are_told_once_and_never_lost), WITH_BOOK(a_sheet_for_an_earlier_week_tells_of_later_days),
        WITH_BOOK(announcements_that_run_or_start_soon), WITH_BOOK(achievements_are_told_once),
        WITH_BOOK(next_week_with_homework_due),          WITH_BOOK(the_plan_skips_holidays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
