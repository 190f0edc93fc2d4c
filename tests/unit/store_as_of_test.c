/* A book as of an import is what it was then: pupils, names and classes, and nothing that came later. And what becomes
 * of issued sheets. */
#include "store_school.h"

#include "store/proof.h"

static struct book book_at(struct desk *desk, const char *form, int32_t as_of)
{
    struct book book;
    if (!store_load_book_at(desk->store, desk->arena, form, day("2026-09-01"), as_of, &book, &desk->err))
        fail_msg("%s", desk->err.text);
    return book;
}

/* Import 1: a pupil of 3А with a mark; 2: renamed, in 3Б; 3: the mark corrected, and one in 3Б. */
static void play(struct desk *desk)
{
    struct sheaf first = sheaf_new(desk, EXPORT_GRADEBOOK);
    add_lesson(&first, "2026-11-16", "3А", "101", 1, "Чтение", "4", REASON_PRESENT);
    add_cover(&first, "3А", "2026-11-16", "2026-11-16");
    desk_import(desk, &first);
    struct sheaf moved = sheaf_new(desk, EXPORT_PUPILS);
    add_pupil(&moved, "101", "Новая Анна", "3Б");
    desk_import(desk, &moved);
    struct sheaf later = sheaf_new(desk, EXPORT_GRADEBOOK);
    add_lesson(&later, "2026-11-16", "3А", "101", 1, "Чтение", "5", REASON_PRESENT);
    add_lesson(&later, "2026-11-17", "3Б", "101", 1, "Чтение", "3", REASON_PRESENT);
    add_cover(&later, "3А", "2026-11-16", "2026-11-16");
    add_cover(&later, "3Б", "2026-11-17", "2026-11-17");
    desk_import(desk, &later);
}

static void a_book_as_of_an_import_is_what_it_was(void **state)
{
    (void)state;
    struct desk desk;
    desk_open(&desk);
    play(&desk);
    struct book then = book_at(&desk, "3А", 1);
    assert_int_equal(then.import, 1);
    assert_int_equal(then.pupil_count, 1);
    assert_string_equal(then.pupils[0].form, "3А");
    assert_string_not_equal(then.pupils[0].name, "Новая Анна");
    assert_int_equal(then.entry_count, 1);
    assert_string_equal(then.entries[0].mark, "4");
    assert_int_equal(book_at(&desk, "3Б", 1).pupil_count, 0);
    struct book now = book_at(&desk, "3Б", 3);
    assert_string_equal(now.pupils[0].name, "Новая Анна");
    assert_int_equal(now.entry_count, 3); /* the mark of 3А, before and after, and that of 3Б */
    assert_int_equal(book_at(&desk, "3А", 3).pupil_count, 0);
    assert_int_equal(desk_book(&desk, "3Б", "2026-09-01").entry_count, now.entry_count);
    assert_int_equal(book_at(&desk, "3Б", 99).import, 3);
    desk_close(&desk);
}

/* The day in the class before comes to the book last, and stands first. */
static void a_pupils_days_ascend_through_classes(void **state)
{
    (void)state;
    struct desk desk;
    desk_open(&desk);
    static const char *const days[] = {"2026-11-16", "2026-11-17"};
    for (size_t i = 0; i < 2; i++) {
        struct sheaf sheaf = sheaf_new(&desk, EXPORT_GRADEBOOK);
        add_lesson(&sheaf, days[i], i == 0 ? "3А" : "3Б", "101", 1, "Чтение", "4", REASON_PRESENT);
        desk_import(&desk, &sheaf);
    }
    struct book book = book_at(&desk, "3Б", 2);
    assert_int_equal(book.entry_count, 2);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(book.entries[i].day, day(days[i]));
    desk_close(&desk);
}

/* Of a pupil whom the very import of the book renamed. */
static void finals_and_achievements_come_once(void **state)
{
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct sheaf pupils = sheaf_new(&desk, EXPORT_PUPILS);
    add_pupil(&pupils, "101", "Азарова Анна", "3А");
    desk_import(&desk, &pupils);
    struct sheaf finals = sheaf_new(&desk, EXPORT_FINALS);
    *SHEAF_ROW(&finals, finals) = (struct final_row){.code = "101",
                                                     .name = "",
                                                     .form = "",
                                                     .subject = "Чтение",
                                                     .period = 1,
                                                     .mark = "5",
                                                     .decided = DATE_NONE,
                                                     .year = 2026};
    desk_import(&desk, &finals);
    struct sheaf won = sheaf_new(&desk, EXPORT_ACHIEVEMENTS);
    *SHEAF_ROW(&won, achievements) =
        (struct achievement_row){.code = "101", .title = "Кенгуру", .result = "", .day = day("2026-11-16")};
    desk_import(&desk, &won);
    struct sheaf renamed = sheaf_new(&desk, EXPORT_PUPILS);
    add_pupil(&renamed, "101", "Новая Анна", "3А");
    desk_import(&desk, &renamed);
    struct book book = book_at(&desk, "3А", 4);
    assert_int_equal(book.pupil_count, 1);
    assert_int_equal(book.final_count, 1);
    assert_int_equal(book.achievement_count, 1);
    assert_int_equal(desk_book(&desk, "3А", "2026-08-01").final_count, 1);
    assert_int_equal(desk_book(&desk, "3А", "2026-07-31").final_count, 0);
    desk_close(&desk);
}

static struct sheet_row issue(struct desk *desk, const char *number, int32_t pupil, const char *program)
{
    struct sheet_row row = {.number = number,
                            .pupil = pupil,
                            .form = "3А",
                            .kind = SHEET_WEEKLY,
                            .period = "2026-W47",
                            .running = 1,
                            .issue = 1,
                            .until = day("2026-11-21"),
                            .import = 1,
                            .told_until = DATE_NONE,
                            .stamp = "2026-11-21 10:00:00",
                            .account = "tester",
                            .delivery = "hand",
                            .copies = 1,
                            .file = "2026-W47/x.pdf",
                            .layout = "weekly",
                            .made = {program, "l", "f", "s", "own words", "name = School"}};
    if (!desk_add_sheets(desk, &row, 1))
        fail_msg("%s", desk->err.text);
    return row;
}

static void a_sheet_keeps_what_it_was_made_with_and_what_became_of_it(void **state)
{
    (void)state;
    struct desk desk;
    desk_open(&desk);
    play(&desk);
    int32_t key = book_at(&desk, "3А", 1).pupils[0].key;
    issue(&desk, "2026-W47-3А-01", key, "paperdiary 1");
    struct sheet_row second = issue(&desk, "2026-W47-3А-02", key, "paperdiary 2"), *rows = NULL;
    const struct sheet_row *slip = &second;
    size_t noted = 0, count = 0;
    assert_true(store_note_printed(desk.store, &slip, 1, "2026-11-21 11:00:00", "tester", &desk.err));
    assert_true(store_note_returned(desk.store, &slip, 1, "2026-11-24 09:00:00", "tester", &noted, &desk.err));
    assert_int_equal(noted, 1);
    assert_true(store_note_returned(desk.store, &slip, 1, "2026-11-25 09:00:00", "tester", &noted, &desk.err));
    assert_int_equal(noted, 0);
    assert_true(store_register(desk.store, desk.arena, "2026-W47", &rows, &count, &desk.err));
    assert_int_equal(count, 2);
    for (size_t i = 0; i < 2; i++) {
        bool is_second = strcmp(rows[i].number, second.number) == 0;
        assert_string_equal(rows[i].printed, is_second ? "2026-11-21" : "");
        assert_string_equal(rows[i].returned, is_second ? "2026-11-24" : "");
        assert_string_equal(rows[i].made.program, is_second ? "paperdiary 2" : "paperdiary 1");
        assert_string_equal(rows[i].made.settings, "s");
    }
    const char *layout = NULL, *settings = NULL, *none = NULL;
    assert_true(store_made_text(desk.store, desk.arena, "l", &layout, &desk.err));
    assert_true(store_made_text(desk.store, desk.arena, "s", &settings, &desk.err));
    assert_true(store_made_text(desk.store, desk.arena, "f", &none, &desk.err));
    assert_string_equal(layout, "own words");
    assert_string_equal(settings, "name = School");
    assert_null(none);
    desk_close(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_book_as_of_an_import_is_what_it_was),
        cmocka_unit_test(a_pupils_days_ascend_through_classes),
        cmocka_unit_test(finals_and_achievements_come_once),
        cmocka_unit_test(a_sheet_keeps_what_it_was_made_with_and_what_became_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
