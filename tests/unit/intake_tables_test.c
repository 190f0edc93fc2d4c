/* Pupils, finals, timetable, announcements, achievements, visits. */
#include "intake_reading.h"

static struct reading specimen(const char *name, enum export_kind kind, size_t count)
{
    char path[200];
    snprintf(path, sizeof path, "tests/data/intake/%s.csv", name);
    struct reading reading = read_file(path);
    assert_true(reading.ok);
    assert_null(diag_lookup(reading.diag, 0));
    assert_int_equal(reading.out.kind, kind);
    assert_int_equal(reading.out.count, count);
    return reading;
}

static void pupils(void **state)
{
    (void)state;
    struct reading reading = specimen("pupils", EXPORT_PUPILS, 3);
    const struct pupil_row *row = reading.out.rows.pupils;
    assert_string_equal(row[0].code, "1042");
    assert_string_equal(row[0].name, "Вокуева Дарья Ивановна");
    assert_string_equal(row[0].form, "3А");
    assert_int_equal(row[0].enrolled, day_of("2024-09-01"));
    assert_int_equal(row[0].left, DATE_NONE);
    assert_int_equal(row[0].consent, day_of("2024-08-28"));
    assert_int_equal(row[0].paper_from, day_of("2026-09-01"));
    assert_int_equal(row[0].paper_until, DATE_NONE);
    assert_string_equal(row[0].delivery, "post");
    assert_string_equal(row[0].recipient, "Вокуева Анна Петровна");
    assert_string_equal(row[0].address, "167000, г. Сыктывкар, ул. Коммунистическая, д. 1, кв. 5");
    assert_int_equal(row[0].copies, 2);
    assert_string_equal(row[1].ground, "transfer");
    assert_string_equal(row[1].delivery, "");
    assert_int_equal(row[1].copies, 0);
    assert_string_equal(row[2].delivery, "hand");
    reading_free(&reading);
}

static void finals(void **state)
{
    (void)state;
    struct reading reading = specimen("finals", EXPORT_FINALS, 3);
    const struct final_row *row = reading.out.rows.finals;
    assert_int_equal(row[0].period, 1);
    assert_string_equal(row[0].mark, "4");
    assert_int_equal(row[0].year, 2026);
    assert_int_equal(row[0].decided, day_of("2026-11-28"));
    assert_string_equal(row[1].mark, "н/а");
    assert_int_equal(row[2].period, FINAL_YEAR);
    assert_int_equal(row[2].line, 4);
    reading_free(&reading);
}

static void timetable(void **state)
{
    (void)state;
    struct reading reading = specimen("timetable", EXPORT_TIMETABLE, 3);
    const struct timetable_row *row = reading.out.rows.timetable;
    assert_int_equal(row[0].weekday, 1);
    assert_int_equal(row[0].day, DATE_NONE);
    assert_string_equal(row[0].starts, "8:30");
    assert_string_equal(row[0].room, "12");
    assert_int_equal(row[1].weekday, 1);
    assert_string_equal(row[1].starts, "9:25");
    assert_int_equal(row[2].weekday, 7);
    reading_free(&reading);
    reading = read_text("class;date;lesson;subject\n3А;2026-11-17;1;Музыка\n");
    assert_true(reading.ok);
    assert_int_equal(reading.out.kind, EXPORT_TIMETABLE);
    assert_int_equal(reading.out.rows.timetable[0].weekday, 2);
    reading_free(&reading);
}

static void notices(void **state)
{
    (void)state;
    struct reading reading = specimen("announcements", EXPORT_ANNOUNCEMENTS, 2);
    const struct announcement_row *row = reading.out.rows.announcements;
    assert_string_equal(row[0].text, "Родительское собрание 25 ноября; начало в 18:00");
    assert_string_equal(row[0].form, "");
    assert_int_equal(row[0].until, day_of("2026-11-27"));
    assert_string_equal(row[1].form, "3А");
    assert_string_equal(row[1].code, "1042");
    assert_int_equal(row[1].until, day_of("2026-11-20"));
    reading_free(&reading);
    reading = specimen("achievements", EXPORT_ACHIEVEMENTS, 1);
    assert_string_equal(reading.out.rows.achievements[0].title, "Олимпиада «Русский медвежонок»");
    assert_string_equal(reading.out.rows.achievements[0].result, "2 место");
    reading_free(&reading);
    reading = specimen("visits", EXPORT_VISITS, 3);
    assert_int_equal(reading.out.rows.visits[0].last_visit, day_of("2026-11-15"));
    assert_int_equal(reading.out.rows.visits[1].last_visit, DATE_NONE);
    assert_int_equal(reading.out.rows.visits[2].last_visit, DATE_NONE);
    reading_free(&reading);
}

static void wrong_rows(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int32_t line, column;
        const char *part;
    } cases[] = {
        {"pupil_id;pupil;class;delivery\n7;Попов;3А;голубем\n", 2, 12, "the delivery 'г…' is unknown"},
        {"pupil_id;pupil;class;ground\n7;Попов;3А;болезнь\n", 2, 12, "the ground 'б…' is unknown"},
        {"pupil_id;pupil;class;copies\n7;Попов;3А;0\n", 2, 12, "the number of copies '0'"},
        {"pupil_id;pupil;class\n7;Попов;3А\n7;Попов;3Б\n", 3, 1, "the pupil 7 stands in line 2 already"},
        {"pupil_id;pupil;class\n;Попов;3А\n", 2, 1, "pupil_id («Код ученика») must not be empty"},
        {"pupil_id;pupil;class;enrolled;left\n7;Попов;3А;2026-09-01;2025-09-01\n", 2, 23,
         "2025-09-01 is before 2026-09-01"},
        {"pupil_id;pupil;paper_from\n7;Попов;2026-09-01\n", 1, 0, "class («Класс») is missing"},
        {"pupil_id;class;subject;period;mark\n7;3А;М;1;6\n", 2, 10, "the final '6' is outside the scale"},
        {"pupil_id;class;subject;period;mark\n7;3А;М;5;4\n", 2, 8, "the period '5' is unknown"},
        {"pupil_id;class;subject;period;mark\n7;1А;М;1;4\n", 2, 10, "the class 1А has no marks"},
        {"pupil_id;class;subject;period;mark\n7;3А;М;1;4\n7;3А;М;1;5\n", 3, 10, "stands in line 2 already"},
        {"pupil_id;subject;period;mark\n1,04E+03;М;1;4\n", 2, 1, "rounded number of the pupil's id (1,04E+03)"},
        {"pupil_id;subject;period;mark\nПопов Пётр;М;1;4\n", 2, 1, "'П… П…' can't be a pupil's id"},
        {"pupil;class;subject;period;mark\n;3А;М;1;4\n", 2, 0, "the final needs a pupil"},
        {"pupil;subject;period;mark\nПопов;М;1;4\n", 1, 0, "pupil_id («Код ученика») is missing"},
        {"class;weekday;lesson;subject\n3А;Ср;0;М\n", 2, 7, "the lesson '0'"},
        {"class;weekday;lesson;subject\n3А;;1;М\n", 2, 0, "the lesson needs a date or a day of the week"},
        {"class;weekday;lesson;subject\n3А;8;1;М\n", 2, 4, "'8' is not a day of the week"},
        {"class;weekday;lesson;subject;starts\n3А;1;1;М;25:00\n", 2, 10, "'25:00' is not a time of day"},
        {"class;date;weekday;lesson;subject\n3А;2026-11-16;2;1;М\n", 2, 15, "does not belong to the date"},
        {"class;lesson;subject;room\n3А;1;М;12\n", 1, 0, "weekday («День») is missing"},
        {"from;until;text\n2026-11-20;2026-11-16;Сбор\n", 2, 12, "2026-11-16 is before 2026-11-20"},
        {"from;until;text\n2026-11-20;;\n", 2, 13, "text («Текст») must not be empty"},
        {"pupil_id;date;title\n7;вчера;Грамота\n", 2, 3, "'в…' is not a date"},
        {"pupil_id;last_visit\n7;давно\n", 2, 3, "'д…' is not a date"},
        {"Код ученика;Последний вход\nКод ученика;Последний вход\n", 2, 0, "header row stands here again"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct reading reading = read_text(cases[i].text);
        assert_false(reading.ok);
        assert_told(&reading, DIAG_ERROR, cases[i].line, cases[i].column, cases[i].part);
        assert_int_equal(diag_count(reading.diag, DIAG_ERROR), 1);
        reading_free(&reading);
    }
}

static void warnings(void **state)
{
    (void)state;
    struct reading reading = read_text("pupil_id;pupil;class;delivery\n7;Попов;3А;post\n");
    assert_true(reading.ok);
    assert_told(&reading, DIAG_WARNING, 2, 12, "by post, but has no address");
    reading_free(&reading);
    reading = read_text("pupil_id;subject;period;mark\n7;М;4;5\n8;М;4;5\n");
    assert_true(reading.ok);
    assert_told(&reading, DIAG_WARNING, 2, 5, "beyond the 3 terms");
    assert_int_equal(diag_count(reading.diag, DIAG_WARNING), 1);
    reading_free(&reading);
}

/* A final decided in summer belongs to the year that began before. */
static void year_of_a_final(void **state)
{
    (void)state;
    struct reading reading = read_text("pupil_id;subject;period;mark;decided\n7;М;year;5;2025-06-05\n7;М;exam;5;\n");
    assert_true(reading.ok);
    assert_int_equal(reading.out.rows.finals[0].year, 2024);
    assert_int_equal(reading.out.rows.finals[1].year, 2026);
    reading_free(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pupils),          cmocka_unit_test(finals),     cmocka_unit_test(timetable),
        cmocka_unit_test(notices),         cmocka_unit_test(wrong_rows), cmocka_unit_test(warnings),
        cmocka_unit_test(year_of_a_final),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
