/* What an import of a gradebook means: formats.md «What an import means». */
#include "store_school.h"

static int start(void **state)
{
    struct desk *desk = mem_alloc(sizeof *desk);
    desk_open(desk);
    *state = desk;
    return 0;
}

static const char *const week[] = {"2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"};

/* Class 3А, pupils 1 to 4, two lessons a day: ten rows a pupil, marks where day and pupil agree. */
static struct sheaf whole_week(struct desk *desk)
{
    struct sheaf sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
    const char *codes[] = {"1", "2", "3", "4"};
    for (size_t d = 0; d < 5; d++)
        for (size_t p = 0; p < 4; p++) {
            add_lesson(&sheaf, week[d], "3А", codes[p], 1, "Математика", d == p ? "5" : "", REASON_PRESENT);
            add_lesson(&sheaf, week[d], "3А", codes[p], 2, "Чтение", "", d == p + 1 ? REASON_ILL : REASON_PRESENT);
        }
    return sheaf;
}

static void a_fresh_import_adds(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = whole_week(desk);
    struct import_result result = desk_import(desk, &sheaf);
    assert_result(result, 8, 0, 0, 0);
    assert_int_equal(result.import, 1);
    assert_true(result.changed);
    assert_int_equal(result.rows, 40);
    assert_int_equal(result.classes, 1);
    assert_int_equal(result.pupils, 4);
    assert_string_equal(marks_at(desk, "3А", "1", 1), "5 - - -+1 - - - - - -");
    assert_string_equal(marks_at(desk, "3А", "1", 0), "");
    struct import_info info;
    assert_true(store_import_info(desk->store, desk->arena, 0, &info, &desk->err));
    assert_string_equal(info.kind, "gradebook");
    assert_string_equal(info.file, "week.csv");
    assert_string_equal(info.stamp, "2026-11-21 10:00:00");
    assert_false(store_import_info(desk->store, desk->arena, 7, &info, &desk->err));
    assert_int_equal(desk->err.code, ERR_NONE);
}

static void the_same_file_twice_changes_nothing(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = whole_week(desk), again = whole_week(desk);
    desk_import(desk, &sheaf);
    struct import_result result = desk_import(desk, &again);
    assert_result(result, 0, 0, 0, 8);
    assert_false(result.changed);
    assert_int_equal(result.import, 1);
    struct import_info info;
    assert_false(store_import_info(desk->store, desk->arena, 2, &info, &desk->err));
}

static void late_corrected_withdrawn_are_kept_as_history(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = whole_week(desk);
    desk_import(desk, &sheaf);
    sheaf = whole_week(desk);
    struct lesson_row *rows = sheaf.export.rows.lessons;
    rows[2].mark = sheaf_symbol(&sheaf, "4"); /* pupil 2, Monday: late */
    rows[0].mark = sheaf_symbol(&sheaf, "3"); /* pupil 1, Monday: 5 becomes 3 */
    rows[10].mark = sheaf_symbol(&sheaf, ""); /* pupil 2, Tuesday: withdrawn */
    rows[9].reason = REASON_EXCUSED;          /* pupil 1, Tuesday: ill becomes excused */
    struct import_result result = desk_import(desk, &sheaf);
    assert_result(result, 1, 2, 1, 5);
    assert_int_equal(result.import, 2);
    assert_string_equal(marks_at(desk, "3А", "1", 1), "5 - - -+1 - - - - - -");
    assert_string_equal(marks_at(desk, "3А", "1", 2), "3 - - -+2 - - - - - -");
    assert_string_equal(marks_at(desk, "3А", "2", 1), "- - 5 - - -+1 - - - -");
    assert_string_equal(marks_at(desk, "3А", "2", 2), "4 - - - - -+1 - - - -");
    sheaf = whole_week(desk);
    result = desk_import(desk, &sheaf);
    assert_result(result, 1, 2, 1, 5);
    assert_string_equal(marks_at(desk, "3А", "1", 3), "5 - - -+1 - - - - - -");
    assert_string_equal(marks_at(desk, "3А", "1", 2), "3 - - -+2 - - - - - -");
}

static void equal_rows_are_two_marks(void **state)
{
    struct desk *desk = *state;
    struct import_result result;
    for (int fives = 2; fives <= 4; fives++) {
        struct sheaf sheaf = whole_week(desk);
        for (int i = 1; i < fives; i++)
            add_lesson(&sheaf, week[0], "3А", "1", 1, "Математика", "5", REASON_PRESENT);
        result = desk_import(desk, &sheaf);
    }
    assert_result(result, 1, 0, 0, 10);
    assert_string_equal(marks_at(desk, "3А", "1", 1), "5 5 - - -+1 - - - - - -");
    assert_string_equal(marks_at(desk, "3А", "1", 3), "5 5 5 5 - - -+1 - - - - - -");
    struct sheaf sheaf = whole_week(desk);
    result = desk_import(desk, &sheaf);
    assert_result(result, 0, 0, 3, 8);
    assert_string_equal(marks_at(desk, "3А", "1", 4), "5 - - -+1 - - - - - -");
}

static void weight_and_work_are_of_the_mark(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = whole_week(desk);
    desk_import(desk, &sheaf);
    sheaf = whole_week(desk);
    sheaf.export.rows.lessons[0].weight = 2000;
    assert_result(desk_import(desk, &sheaf), 0, 1, 0, 7);
    sheaf = whole_week(desk);
    sheaf.export.rows.lessons[0].weight = 2000;
    sheaf.export.rows.lessons[0].work = sheaf_symbol(&sheaf, "диктант");
    assert_result(desk_import(desk, &sheaf), 0, 1, 0, 7);
}

static void texts_alone_are_no_values(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = whole_week(desk);
    desk_import(desk, &sheaf);
    sheaf = whole_week(desk);
    for (size_t i = 0; i < 3; i++)
        sheaf.export.rows.lessons[i].topic = sheaf_symbol(&sheaf, "Дроби");
    struct import_result result = desk_import(desk, &sheaf);
    assert_result(result, 0, 0, 0, 8);
    assert_true(result.changed);
    assert_int_equal(result.texts, 3);
    struct book book = desk_book(desk, "3А", "2026-09-01");
    int32_t key = key_of(&book, "1");
    size_t versions = 0;
    for (size_t i = 0; i < book.entry_count; i++)
        if (book.entries[i].pupil == key && book.entries[i].day == day(week[0]) && book.entries[i].lesson == 1) {
            assert_string_equal(book.entries[i].topic, versions == 0 ? "" : "Дроби");
            assert_int_equal(book.entries[i].held.since, versions + 1);
            assert_int_equal(book.entries[i].held.until, versions == 0 ? 2 : 0);
            versions++;
        }
    assert_int_equal(versions, 2);
}

static void absence_counts_once_a_numbered_lesson(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
    for (int i = 0; i < 2; i++) {
        add_lesson(&sheaf, week[0], "3А", "1", 1, "Математика", "", REASON_ILL);
        add_lesson(&sheaf, week[0], "3А", "2", 0, "Математика", "", REASON_ILL);
    }
    assert_result(desk_import(desk, &sheaf), 3, 0, 0, 0);
}

static void only_what_is_covered_is_withdrawn(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = whole_week(desk);
    add_lesson(&sheaf, week[2], "3Б", "9", 1, "Математика", "5", REASON_PRESENT);
    desk_import(desk, &sheaf);
    /* Tuesday to Wednesday of 3А, without pupil 3's rows: his ill day is withdrawn nowhere else. */
    sheaf = whole_week(desk);
    size_t kept = 0;
    for (size_t i = 8; i < 24; i++)
        if (strcmp(sheaf.symbols[sheaf.export.rows.lessons[i].code], "3") != 0)
            sheaf.export.rows.lessons[kept++] = sheaf.export.rows.lessons[i];
    sheaf.export.count = kept;
    struct import_result result;
    assert_true(desk_import_as(desk, &sheaf, true, false, &result));
    assert_result(result, 0, 0, 1, 3);
    assert_true(desk_said(desk, DIAG_WARNING, "pupil 3 of class 3А"));
    assert_false(desk_said(desk, DIAG_WARNING, "pupil 9"));
    assert_string_equal(marks_at(desk, "3А", "3", 1), "- - - - 5 - - -+1 - -");
    assert_string_equal(marks_at(desk, "3А", "3", 2), "- - - -+1 - -");
    assert_string_equal(marks_at(desk, "3Б", "9", 2), "5");
}

static void a_cover_without_rows_withdraws(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = whole_week(desk);
    desk_import(desk, &sheaf);
    sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
    add_cover(&sheaf, "3А", week[0], week[4]);
    struct import_result result;
    assert_true(desk_import_as(desk, &sheaf, true, false, &result));
    assert_result(result, 0, 0, 8, 0);
    assert_string_equal(marks_at(desk, "3А", "1", 2), "");
    assert_string_equal(marks_at(desk, "3А", "1", 1), "5 - - -+1 - - - - - -");
    assert_int_equal(diag_count(desk->diag, DIAG_WARNING), 4);
}

static void more_than_a_fifth_is_refused(void **state)
{
    struct desk *desk = *state;
    struct import_result result;
    struct sheaf sheaf = whole_week(desk);
    desk_import(desk, &sheaf);
    for (size_t gone = 8; gone <= 9; gone++) {
        sheaf = whole_week(desk);
        for (size_t i = 0; i < gone; i++) /* keeps the first and the last day */
            sheaf.export.rows.lessons[8 + i] = sheaf.export.rows.lessons[sheaf.export.count - 1 - i];
        sheaf.export.count -= gone;
        assert_int_equal(desk_import_as(desk, &sheaf, false, true, &result), gone == 8);
    }
    assert_int_equal(desk->err.code, ERR_INPUT);
    assert_true(desk_said(desk, DIAG_ERROR, "9 of the 40 rows"));
    assert_true(desk_said(desk, DIAG_ERROR, "--accept-withdrawals"));
    sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
    add_lesson(&sheaf, week[0], "3А", "1", 1, "Математика", "5", REASON_PRESENT);
    add_lesson(&sheaf, week[4], "3А", "1", 1, "Математика", "5", REASON_PRESENT);
    assert_false(desk_import_as(desk, &sheaf, false, false, &result));
    assert_false(result.changed);
    assert_string_equal(marks_at(desk, "3А", "1", 99), "5 - - -+1 - - - - - -");
}

/* Rows may all be there, and their marks gone. */
static void lost_values_are_withdrawals(void **state)
{
    struct desk *desk = *state;
    struct import_result result;
    for (int marks = 12; marks >= 2; marks -= 10) {
        struct sheaf sheaf = whole_week(desk);
        for (int i = 0; i < 60; i++)
            add_lesson(&sheaf, week[i % 5], "3А", "2", 3 + i / 5 % 4, "Труд", i < marks ? "5" : "", REASON_PRESENT);
        if (marks == 12) {
            desk_import(desk, &sheaf);
        } else {
            assert_false(desk_import_as(desk, &sheaf, false, false, &result));
            assert_true(desk_said(desk, DIAG_ERROR, "10 of the 20 marks and absences"));
        }
    }
}

/* Nine of forty rows lose a mark: the rows stand, but a fifth of them says less. */
static void rows_that_lost_their_mark_are_counted(void **state)
{
    struct desk *desk = *state;
    struct import_result result;
    for (size_t without = 0; without <= 9; without += without == 0 ? 8 : 1) {
        struct sheaf sheaf = whole_week(desk);
        for (size_t i = without; i < 20; i++)
            sheaf.export.rows.lessons[i].mark = sheaf_symbol(&sheaf, "4");
        for (size_t i = 0; i < without; i++)
            sheaf.export.rows.lessons[i].mark = 0;
        assert_int_equal(desk_import_as(desk, &sheaf, false, without == 8, &result), without < 9);
    }
    assert_true(desk_said(desk, DIAG_ERROR, "9 of the 40 rows"));
}

static void a_dry_import_leaves_nothing(void **state)
{
    struct desk *desk = *state;
    struct import_result result;
    struct sheaf sheaf = whole_week(desk);
    assert_true(desk_import_as(desk, &sheaf, false, true, &result));
    assert_result(result, 8, 0, 0, 0);
    assert_true(result.changed);
    assert_int_equal(result.import, 0);
    const char **classes;
    size_t count;
    assert_true(store_classes(desk->store, desk->arena, &classes, &count, &desk->err));
    assert_int_equal(count, 0);
    struct import_info info;
    assert_false(store_import_info(desk->store, desk->arena, 0, &info, &desk->err));
}

static void lessons_of_the_whole_class(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = whole_week(desk);
    add_lesson(&sheaf, week[0], "3А", "", 3, "Музыка", "", REASON_PRESENT)->topic = sheaf_symbol(&sheaf, "Хор");
    desk_import(desk, &sheaf);
    struct book book = desk_book(desk, "3А", "2026-09-01");
    assert_int_equal(book.pupil_count, 4);
    assert_int_equal(book.entry_count, 41);
    assert_int_equal(book.entries[0].pupil, 0);
    assert_string_equal(book.entries[0].topic, "Хор");
    int32_t last = 0;
    assert_true(store_last_lesson(desk->store, day("2026-11-19"), &last, &desk->err));
    assert_int_equal(last, day("2026-11-19"));
    assert_true(store_last_lesson(desk->store, day("2026-11-30"), &last, &desk->err));
    assert_int_equal(last, day("2026-11-20"));
    assert_true(store_last_lesson(desk->store, day("2026-11-15"), &last, &desk->err));
    assert_int_equal(last, DATE_NONE);
}

/* --- changes of class -------------------------------------------------------------------------------------------- */

static void a_pupil_moves_with_his_newest_day(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = whole_week(desk);
    desk_import(desk, &sheaf);
    sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
    add_lesson(&sheaf, "2026-11-23", "3Б", "1", 1, "Математика", "4", REASON_PRESENT);
    desk_import(desk, &sheaf);
    assert_string_equal(form_of(desk, "1"), "3Б");
    /* His book is that of the new class, with the entries of the old one. */
    assert_string_equal(marks_at(desk, "3Б", "1", 2), "5 - - -+1 - - - - - - 4");
    assert_string_equal(marks_at(desk, "3А", "1", 2), "");
    /* A late mark in the old class does not take him back. */
    sheaf = whole_week(desk);
    sheaf.export.rows.lessons[1].mark = sheaf_symbol(&sheaf, "2");
    desk_import(desk, &sheaf);
    assert_string_equal(form_of(desk, "1"), "3Б");
    assert_string_equal(marks_at(desk, "3Б", "1", 3), "5 2 - -+1 - - - - - - 4");
    struct book book = desk_book(desk, "3Б", "2026-11-21");
    assert_int_equal(book.entry_count, 1);
    /* He is missing from the next export of 3А rightly, and pupils 2 to 4 are not. */
    sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
    add_lesson(&sheaf, "2026-11-24", "3А", "2", 1, "Математика", "", REASON_PRESENT);
    desk_import(desk, &sheaf);
    assert_false(desk_said(desk, DIAG_WARNING, "pupil 1 "));
    assert_true(desk_said(desk, DIAG_WARNING, "pupil 3 "));
    assert_int_equal(diag_count(desk->diag, DIAG_WARNING), 2);
}

static void late_days_do_not_take_a_pupil_back(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = whole_week(desk);
    desk_import(desk, &sheaf);
    /* Moved by the table of pupils, and then a late mark in the old class. */
    sheaf = sheaf_new(desk, EXPORT_PUPILS);
    add_pupil(&sheaf, "1", "", "3Б");
    desk_import(desk, &sheaf);
    sheaf = whole_week(desk);
    sheaf.export.rows.lessons[1].mark = sheaf_symbol(&sheaf, "2");
    desk_import(desk, &sheaf);
    assert_string_equal(form_of(desk, "1"), "3Б");
    /* A day of the old class that comes in after a later one of the new class. */
    sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
    add_lesson(&sheaf, "2026-11-23", "3Б", "1", 1, "Математика", "4", REASON_PRESENT);
    desk_import(desk, &sheaf);
    sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
    add_lesson(&sheaf, "2026-11-21", "3А", "1", 1, "Математика", "3", REASON_PRESENT);
    desk_import(desk, &sheaf);
    assert_string_equal(form_of(desk, "1"), "3Б");
    assert_string_equal(marks_at(desk, "3Б", "1", 99), "5 2 - -+1 - - - - - - 3 4");
}

/* Who came to the class later is not missing from its earlier weeks. */
static void newcomers_are_not_missing_from_earlier_weeks(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = whole_week(desk);
    add_lesson(&sheaf, week[1], "3Б", "9", 1, "Математика", "5", REASON_PRESENT);
    desk_import(desk, &sheaf);
    sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
    add_lesson(&sheaf, "2026-11-23", "3А", "9", 1, "Математика", "4", REASON_PRESENT);
    desk_import(desk, &sheaf);
    assert_string_equal(form_of(desk, "9"), "3А");
    sheaf = whole_week(desk);
    desk_import(desk, &sheaf);
    assert_int_equal(diag_count(desk->diag, DIAG_WARNING), 0);
}

static void a_wrong_move_is_taken_back(void **state)
{
    struct desk *desk = *state;
    struct import_result result;
    struct sheaf sheaf = whole_week(desk);
    desk_import(desk, &sheaf);
    for (int wrong = 1; wrong >= 0; wrong--) {
        sheaf = whole_week(desk);
        add_cover(&sheaf, "3Б", week[0], week[4]);
        for (size_t i = 0; i < sheaf.export.count; i++)
            if (wrong && strcmp(sheaf.symbols[sheaf.export.rows.lessons[i].code], "1") == 0)
                sheaf.export.rows.lessons[i].form = sheaf_symbol(&sheaf, "3Б");
        assert_true(desk_import_as(desk, &sheaf, true, false, &result));
        assert_string_equal(form_of(desk, "1"), wrong ? "3Б" : "3А");
    }
    assert_string_equal(marks_at(desk, "3А", "1", 3), "5 - - -+1 - - - - - -");
}

static void one_day_in_two_classes_is_an_error(void **state)
{
    struct desk *desk = *state;
    struct import_result result;
    struct sheaf sheaf = whole_week(desk);
    desk_import(desk, &sheaf);
    sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
    add_lesson(&sheaf, week[1], "3Б", "7", 1, "Математика", "4", REASON_PRESENT);
    add_lesson(&sheaf, week[1], "3Б", "1", 1, "Математика", "4", REASON_PRESENT);
    assert_false(desk_import_as(desk, &sheaf, false, false, &result));
    assert_int_equal(desk->err.code, ERR_INPUT);
    assert_true(desk_said(desk, DIAG_ERROR, "pupil 1 is in class 3Б on 2026-11-17 here, but in class 3А"));
    assert_int_equal(diag_lookup(desk->diag, 0)->line, 3);
    /* With the other class in the same file it is a move. */
    sheaf = whole_week(desk);
    for (size_t i = 0; i < sheaf.export.count; i++)
        if (strcmp(sheaf.symbols[sheaf.export.rows.lessons[i].code], "1") == 0)
            sheaf.export.rows.lessons[i].form = sheaf_symbol(&sheaf, "3Б");
    assert_true(desk_import_as(desk, &sheaf, true, false, &result));
    assert_string_equal(form_of(desk, "1"), "3Б");
}

/* --- pupils without an id ---------------------------------------------------------------------------------------- */

static void names_find_and_make_pupils(void **state)
{
    struct desk *desk = *state;
    struct import_result result;
    for (int i = 0; i < 2; i++) {
        struct sheaf sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
        add_lesson(&sheaf, week[0], "8А", "~Вокуева Дарья", 0, "Алгебра", "5", REASON_PRESENT);
        add_lesson(&sheaf, week[0], "8А", i == 0 ? "~Попов Пётр" : "~ПОПОВ  Петр", 0, "Алгебра", "3", REASON_ILL);
        add_lesson(&sheaf, week[0], "8Б", "~Лыткин Ӧньӧ", 0, "Алгебра", "4", REASON_PRESENT);
        result = desk_import(desk, &sheaf);
    }
    assert_false(result.changed);
    assert_result(result, 0, 0, 0, 4);
    assert_string_equal(marks_at(desk, "8А", "8А-1", 1), "5");
    assert_string_equal(marks_at(desk, "8А", "8А-2", 1), "3+1");
    assert_string_equal(marks_at(desk, "8Б", "8Б-1", 1), "4");
}

/* A report of the old class finds the child by name, though he has left it. */
static void names_of_former_pupils_are_found(void **state)
{
    struct desk *desk = *state;
    for (int i = 0; i < 2; i++) {
        struct sheaf sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
        add_lesson(&sheaf, week[0], "8А", "~Попов Пётр", 0, "Алгебра", "3", REASON_PRESENT);
        assert_int_equal(desk_import(desk, &sheaf).changed, i == 0);
        sheaf = sheaf_new(desk, EXPORT_PUPILS);
        add_pupil(&sheaf, "8А-1", "", "8Б");
        desk_import(desk, &sheaf);
    }
    assert_string_equal(marks_at(desk, "8Б", "8А-1", 99), "3");
}

static void a_name_that_is_not_unique_is_refused(void **state)
{
    struct desk *desk = *state;
    struct import_result result;
    struct sheaf sheaf = sheaf_new(desk, EXPORT_PUPILS);
    add_pupil(&sheaf, "11", "Попов Иван", "3А");
    add_pupil(&sheaf, "12", "Попов Иван", "3А");
    add_pupil(&sheaf, "13", "Попов Иван", "3Б");
    desk_import(desk, &sheaf);
    sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
    add_lesson(&sheaf, week[0], "3А", "~Попов Иван", 1, "Чтение", "5", REASON_PRESENT);
    assert_false(desk_import_as(desk, &sheaf, false, false, &result));
    assert_true(desk_said(desk, DIAG_ERROR, "(11, 12)"));
    assert_false(desk_said(desk, DIAG_ERROR, "Попов"));
    sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
    add_lesson(&sheaf, week[0], "3Б", "~Попов Иван", 1, "Чтение", "5", REASON_PRESENT);
    desk_import(desk, &sheaf);
    assert_string_equal(marks_at(desk, "3Б", "13", 2), "5");
    sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
    add_lesson(&sheaf, week[0], "4Г", "~Попов Иван", 1, "Чтение", "5", REASON_PRESENT);
    desk_import(desk, &sheaf);
    assert_true(desk_said(desk, DIAG_WARNING, "pupil 4Г-1 is new in class 4Г, but pupil 13 of class 3Б"));
    /* Nobody goes down a year. */
    sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
    add_lesson(&sheaf, week[0], "2А", "~Попов Иван", 1, "Чтение", "5", REASON_PRESENT);
    desk_import(desk, &sheaf);
    assert_int_equal(diag_count(desk->diag, DIAG_WARNING), 0);
}

static void a_late_name_is_taken(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = whole_week(desk);
    desk_import(desk, &sheaf);
    sheaf = whole_week(desk);
    sheaf.export.rows.lessons[3].pupil = sheaf_symbol(&sheaf, "Рочева Анна");
    assert_true(desk_import(desk, &sheaf).changed);
    struct pupil *found;
    size_t count;
    assert_true(store_find_pupils(desk->store, desk->arena, "рочева", &found, &count, &desk->err));
    assert_int_equal(count, 1);
    assert_string_equal(found->code, "2");
    assert_string_equal(found->form, "3А");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_fresh_import_adds, start, desk_finish),
        cmocka_unit_test_setup_teardown(the_same_file_twice_changes_nothing, start, desk_finish),
        cmocka_unit_test_setup_teardown(late_corrected_withdrawn_are_kept_as_history, start, desk_finish),
        cmocka_unit_test_setup_teardown(equal_rows_are_two_marks, start, desk_finish),
        cmocka_unit_test_setup_teardown(weight_and_work_are_of_the_mark, start, desk_finish),
        cmocka_unit_test_setup_teardown(texts_alone_are_no_values, start, desk_finish),
        cmocka_unit_test_setup_teardown(absence_counts_once_a_numbered_lesson, start, desk_finish),
        cmocka_unit_test_setup_teardown(only_what_is_covered_is_withdrawn, start, desk_finish),
        cmocka_unit_test_setup_teardown(a_cover_without_rows_withdraws, start, desk_finish),
        cmocka_unit_test_setup_teardown(more_than_a_fifth_is_refused, start, desk_finish),
        cmocka_unit_test_setup_teardown(lost_values_are_withdrawals, start, desk_finish),
        cmocka_unit_test_setup_teardown(rows_that_lost_their_mark_are_counted, start, desk_finish),
        cmocka_unit_test_setup_teardown(a_dry_import_leaves_nothing, start, desk_finish),
        cmocka_unit_test_setup_teardown(lessons_of_the_whole_class, start, desk_finish),
        cmocka_unit_test_setup_teardown(a_pupil_moves_with_his_newest_day, start, desk_finish),
        cmocka_unit_test_setup_teardown(late_days_do_not_take_a_pupil_back, start, desk_finish),
        cmocka_unit_test_setup_teardown(newcomers_are_not_missing_from_earlier_weeks, start, desk_finish),
        cmocka_unit_test_setup_teardown(a_wrong_move_is_taken_back, start, desk_finish),
        cmocka_unit_test_setup_teardown(one_day_in_two_classes_is_an_error, start, desk_finish),
        cmocka_unit_test_setup_teardown(names_find_and_make_pupils, start, desk_finish),
        cmocka_unit_test_setup_teardown(names_of_former_pupils_are_found, start, desk_finish),
        cmocka_unit_test_setup_teardown(a_name_that_is_not_unique_is_refused, start, desk_finish),
        cmocka_unit_test_setup_teardown(a_late_name_is_taken, start, desk_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
