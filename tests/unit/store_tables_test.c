/* Pupils, finals, timetable, announcements, achievements, visits: their ranges and histories. */
#include "store/db.h"
#include "store_school.h"

static int start(void **state)
{
    struct desk *desk = desk_start(state);
    struct sheaf sheaf = sheaf_new(desk, EXPORT_PUPILS);
    add_pupil(&sheaf, "1", "Вокуева Дарья Ивановна", "3А")->paper_from = day("2026-09-01");
    add_pupil(&sheaf, "2", "Ёлкин Пётр", "3А");
    add_pupil(&sheaf, "3", "Яковлева Анна", "3Б");
    desk_import(desk, &sheaf);
    return 0;
}

static const struct pupil *pupil(struct desk *desk, const char *code)
{
    struct pupil *found = NULL;
    size_t count = 0;
    assert_true(store_find_pupils(desk->store, desk->arena, code, &found, &count, &desk->err));
    assert_int_equal(count, 1);
    return found;
}

/* --- pupils --------------------------------------------------------------------------------------------------------
 */

static void an_empty_cell_keeps_what_is_stored(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = sheaf_new(desk, EXPORT_PUPILS);
    struct pupil_row *row = add_pupil(&sheaf, "1", "", "");
    row->delivery = "post";
    row->address = "Сыктывкар, ул. Ленина, 1";
    row->copies = 2;
    add_pupil(&sheaf, "2", "Ёлкин Пётр", "3А");
    add_pupil(&sheaf, "4", "Новая Ольга", "3Б")->enrolled = day("2026-11-01");
    struct import_result result = desk_import(desk, &sheaf);
    assert_result(result, 1, 1, 0, 1);
    assert_int_equal(result.import, 2);
    const struct pupil *is = pupil(desk, "1");
    assert_string_equal(is->name, "Вокуева Дарья Ивановна");
    assert_string_equal(is->form, "3А");
    assert_int_equal(is->paper_from, day("2026-09-01"));
    assert_int_equal(is->paper_until, DATE_NONE);
    assert_string_equal(is->delivery, "post");
    assert_string_equal(is->address, "Сыктывкар, ул. Ленина, 1");
    assert_int_equal(is->copies, 2);
    assert_int_equal(pupil(desk, "2")->copies, 1);
    assert_int_equal(pupil(desk, "4")->enrolled, day("2026-11-01"));
    assert_true(desk_said(desk, DIAG_WARNING, "pupil 3 of class 3Б is not in this table"));
    assert_int_equal(diag_count(desk->diag, DIAG_WARNING), 1);
}

static void the_same_table_twice_changes_nothing(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = sheaf_new(desk, EXPORT_PUPILS);
    add_pupil(&sheaf, "1", "Вокуева Дарья Ивановна", "3А")->paper_from = day("2026-09-01");
    add_pupil(&sheaf, "", "Ёлкин Пётр", "3А");
    struct import_result result = desk_import(desk, &sheaf);
    assert_false(result.changed);
    assert_result(result, 0, 0, 0, 2);
    assert_int_equal(result.import, 1);
}

static void states_of_pupils_are_kept(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = sheaf_new(desk, EXPORT_PUPILS);
    add_pupil(&sheaf, "3", "Яковлева Анна", "3А");
    desk_import(desk, &sheaf);
    int64_t count = 0;
    assert_true(db_number(desk->store, &desk->err, &count,
                          "SELECT count(*) FROM pupil_state JOIN pupil USING (pupil) JOIN form USING (form)"
                          " WHERE code = '3' AND ((since, until, form.name) = (1, 2, '3Б')"
                          " OR (since, until, form.name) = (2, 0, '3А'))",
                          ""));
    assert_int_equal(count, 2);
}

static void a_new_pupil_needs_a_class(void **state)
{
    struct desk *desk = *state;
    struct import_result result;
    struct sheaf sheaf = sheaf_new(desk, EXPORT_PUPILS);
    add_pupil(&sheaf, "9", "Новая Ольга", "");
    add_pupil(&sheaf, "", "Новая Ольга", "");
    assert_false(desk_import_as(desk, &sheaf, false, false, &result));
    assert_true(desk_said(desk, DIAG_ERROR, "pupil «9» is new"));
    assert_true(desk_said(desk, DIAG_ERROR, "does not tell which pupil"));
    assert_int_equal(desk->err.code, ERR_INPUT);
}

static void pupils_are_listed_and_found(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = sheaf_new(desk, EXPORT_PUPILS);
    add_pupil(&sheaf, "10", "Жукова Вера", "10А");
    add_pupil(&sheaf, "11", "Жданова Дарья", "3А");
    desk_import(desk, &sheaf);
    struct pupil *all;
    size_t count;
    const char **classes;
    assert_true(store_pupils(desk->store, desk->arena, NULL, &all, &count, &desk->err));
    const char *order[] = {"1", "2", "11", "3", "10"};
    assert_int_equal(count, 5);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(all[i].code, order[i]);
    assert_true(store_classes(desk->store, desk->arena, &classes, &count, &desk->err));
    assert_int_equal(count, 3);
    assert_string_equal(classes[0], "3А");
    assert_string_equal(classes[2], "10А");
    assert_true(store_find_pupils(desk->store, desk->arena, "ДАРЬЯ", &all, &count, &desk->err));
    assert_int_equal(count, 2);
    assert_true(store_find_pupils(desk->store, desk->arena, "елкин", &all, &count, &desk->err));
    assert_int_equal(count, 1);
    assert_true(store_find_pupils(desk->store, desk->arena, "1", &all, &count, &desk->err));
    assert_int_equal(count, 1);
    assert_true(store_find_pupils(desk->store, desk->arena, "%", &all, &count, &desk->err));
    assert_int_equal(count, 0);
    assert_true(store_find_pupils(desk->store, desk->arena, "", &all, &count, &desk->err));
    assert_int_equal(count, 0);
}

static void a_command_changes_a_pupil(void **state)
{
    struct desk *desk = *state;
    struct import_order order = {.stamp = "2026-11-21 12:00:00", .account = "tester"};
    struct pupil_row row = {.code = "1",
                            .name = "",
                            .form = "",
                            .ground = "",
                            .delivery = "office",
                            .recipient = "",
                            .address = "",
                            .enrolled = DATE_NONE,
                            .left = DATE_NONE,
                            .consent = DATE_NONE,
                            .paper_from = DATE_NONE,
                            .paper_until = day("2026-12-01")};
    assert_true(store_change_pupil(desk->store, &row, false, &order, "opt-in", &desk->err));
    assert_int_equal(pupil(desk, "1")->paper_until, day("2026-12-01"));
    assert_string_equal(pupil(desk, "1")->delivery, "office");
    struct import_info info;
    assert_true(store_import_info(desk->store, desk->arena, 0, &info, &desk->err));
    assert_int_equal(info.import, 2);
    assert_string_equal(info.kind, "command");
    assert_string_equal(info.file, "opt-in");
    assert_true(store_change_pupil(desk->store, &row, false, &order, "opt-in", &desk->err));
    assert_true(store_import_info(desk->store, desk->arena, 0, &info, &desk->err));
    assert_int_equal(info.import, 2);
    row.paper_until = DATE_NONE;
    assert_true(store_change_pupil(desk->store, &row, true, &order, "opt-out", &desk->err));
    assert_int_equal(pupil(desk, "1")->paper_until, DATE_NONE);
    assert_int_equal(pupil(desk, "1")->paper_from, day("2026-09-01"));
    int64_t count = 0;
    assert_true(db_number(desk->store, &desk->err, &count,
                          "SELECT count(*) FROM audit WHERE what IN ('opt-in: pupil 1', 'opt-out: pupil 1')", ""));
    assert_int_equal(count, 2);
    row.code = "99";
    assert_false(store_change_pupil(desk->store, &row, true, &order, "opt-out", &desk->err));
    assert_int_equal(desk->err.code, ERR_USAGE);
}

/* --- finals --------------------------------------------------------------------------------------------------------
 */

static void add_final(struct sheaf *sheaf, const char *code, const char *form, const char *subject, int period,
                      const char *mark)
{
    struct final_row *row = SHEAF_ROW(sheaf, finals);
    *row = (struct final_row){.code = *code == '~' ? "" : code,
                              .name = *code == '~' ? code + 1 : "",
                              .form = form,
                              .subject = subject,
                              .period = period,
                              .mark = mark,
                              .decided = day("2026-11-27"),
                              .year = 2026,
                              .line = (int32_t)sheaf->export.count + 1};
}

static const char *finals_at(struct desk *desk, const char *form, const char *who, int32_t import)
{
    struct book book = desk_book(desk, form, "2026-09-01");
    struct buffer out = {0};
    buffer_text(&out, "");
    for (size_t i = 0; i < book.final_count; i++)
        if (book.finals[i].pupil == key_of(&book, who) && held_at(book.finals[i].held, import))
            buffer_format(&out, "%s%d:%s", out.size == 0 ? "" : " ", book.finals[i].period, book.finals[i].mark);
    const char *text = out.size == 0 ? "" : arena_copy(desk->arena, out.data);
    buffer_free(&out);
    return text;
}

static struct sheaf first_finals(struct desk *desk, const char *marks)
{
    struct sheaf sheaf = sheaf_new(desk, EXPORT_FINALS);
    static const char *const subjects[] = {"Алгебра", "Биология", "Чтение", "Труд", "Химия", "Физика"};
    for (int i = 0; marks[i] != '\0'; i++)
        if (marks[i] != '-')
            add_final(&sheaf, "1", "3А", subjects[i], 1, arena_format(desk->arena, "%c", marks[i]));
    add_final(&sheaf, "~елкин петр", "3А", "Чтение", 1, "5");
    return sheaf;
}

static void finals_are_of_class_and_period(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = first_finals(desk, "543435");
    assert_result(desk_import(desk, &sheaf), 7, 0, 0, 0);
    sheaf = first_finals(desk, "543435");
    assert_false(desk_import(desk, &sheaf).changed);
    sheaf = sheaf_new(desk, EXPORT_FINALS);
    add_final(&sheaf, "1", "3А", "Чтение", 2, "4");
    assert_result(desk_import(desk, &sheaf), 1, 0, 0, 0);
    sheaf = first_finals(desk, "553-35");
    assert_result(desk_import(desk, &sheaf), 0, 1, 1, 5);
    assert_string_equal(finals_at(desk, "3А", "1", 2), "1:5 1:4 1:4 1:5 1:3 1:3");
    assert_string_equal(finals_at(desk, "3А", "1", 4), "1:5 1:5 1:5 1:3 1:3 2:4");
    assert_string_equal(finals_at(desk, "3А", "2", 4), "1:5");
    struct import_result result;
    sheaf = first_finals(desk, "55----");
    assert_false(desk_import_as(desk, &sheaf, false, false, &result));
    assert_true(desk_said(desk, DIAG_ERROR, "3 of the 6 rows"));
    struct book book = desk_book(desk, "3А", "2027-09-01");
    assert_int_equal(book.final_count, 0);
}

static void finals_go_with_the_pupil(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = first_finals(desk, "543");
    desk_import(desk, &sheaf);
    sheaf = sheaf_new(desk, EXPORT_PUPILS);
    add_pupil(&sheaf, "1", "", "3Б");
    desk_import(desk, &sheaf);
    sheaf = sheaf_new(desk, EXPORT_FINALS);
    add_final(&sheaf, "1", "3Б", "Алгебра", 1, "5");
    add_final(&sheaf, "1", "3Б", "Биология", 1, "4");
    add_final(&sheaf, "1", "3Б", "Чтение", 1, "3");
    assert_result(desk_import(desk, &sheaf), 0, 0, 0, 3);
    /* The old class's next table, without him, takes nothing from him. */
    sheaf = sheaf_new(desk, EXPORT_FINALS);
    add_final(&sheaf, "2", "3А", "Чтение", 1, "5");
    assert_result(desk_import(desk, &sheaf), 0, 0, 0, 1);
    assert_string_equal(finals_at(desk, "3Б", "1", 99), "1:5 1:4 1:3");
}

static void an_unknown_id_is_an_error_with_its_line(void **state)
{
    struct desk *desk = *state;
    struct import_result result;
    struct sheaf sheaf = first_finals(desk, "5");
    add_final(&sheaf, "77", "3А", "Чтение", 1, "5");
    assert_false(desk_import_as(desk, &sheaf, false, false, &result));
    assert_true(desk_said(desk, DIAG_ERROR, "no pupil has the id «77»"));
    assert_int_equal(diag_lookup(desk->diag, 0)->line, 4);
    sheaf = sheaf_new(desk, EXPORT_VISITS);
    *SHEAF_ROW(&sheaf, visits) = (struct visit_row){.code = "77", .last_visit = DATE_NONE, .line = 2};
    assert_false(desk_import_as(desk, &sheaf, false, false, &result));
    sheaf = sheaf_new(desk, EXPORT_ACHIEVEMENTS);
    *SHEAF_ROW(&sheaf, achievements) =
        (struct achievement_row){.code = "77", .title = "t", .result = "", .day = 20700, .line = 2};
    assert_false(desk_import_as(desk, &sheaf, false, false, &result));
    sheaf = sheaf_new(desk, EXPORT_ANNOUNCEMENTS);
    *SHEAF_ROW(&sheaf, announcements) =
        (struct announcement_row){.from = 20700, .until = 20701, .form = "3А", .code = "77", .text = "t", .line = 2};
    assert_false(desk_import_as(desk, &sheaf, false, false, &result));
    assert_int_equal(desk->err.code, ERR_INPUT);
}

/* --- timetable -----------------------------------------------------------------------------------------------------
 */

static void add_plan(struct sheaf *sheaf, const char *form, const char *date, int weekday, int lesson,
                     const char *subject)
{
    *SHEAF_ROW(sheaf, timetable) = (struct timetable_row){.form = form,
                                                          .day = date == NULL ? DATE_NONE : day(date),
                                                          .weekday = weekday,
                                                          .lesson = lesson,
                                                          .subject = subject,
                                                          .room = "12",
                                                          .starts = "8:00"};
}

static void timetables_of_days_and_of_the_week(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = sheaf_new(desk, EXPORT_TIMETABLE);
    for (int weekday = 1; weekday <= 5; weekday++)
        add_plan(&sheaf, "3А", NULL, weekday, 1, "Чтение");
    add_plan(&sheaf, "3Б", NULL, 1, 1, "Чтение");
    for (int d = 23; d <= 27; d++)
        add_plan(&sheaf, "3А", arena_format(desk->arena, "2026-11-%d", d), 0, 1, "Экскурсия");
    assert_result(desk_import(desk, &sheaf), 11, 0, 0, 0);
    /* The week of 3А as a whole: Friday is gone, Monday differs; the days and 3Б stay. */
    sheaf = sheaf_new(desk, EXPORT_TIMETABLE);
    for (int weekday = 1; weekday <= 4; weekday++)
        add_plan(&sheaf, "3А", NULL, weekday, 1, weekday == 1 ? "Труд" : "Чтение");
    assert_result(desk_import(desk, &sheaf), 0, 1, 1, 3);
    /* Two of the days. */
    sheaf = sheaf_new(desk, EXPORT_TIMETABLE);
    add_plan(&sheaf, "3А", "2026-11-24", 0, 1, "Экскурсия");
    add_plan(&sheaf, "3А", "2026-11-25", 0, 2, "Экскурсия");
    struct import_result result;
    assert_true(desk_import_as(desk, &sheaf, true, false, &result));
    assert_result(result, 1, 0, 1, 1);
    struct book book = desk_book(desk, "3А", "2026-11-24");
    int weekly = 0, dated = 0;
    for (size_t i = 0; i < book.timetable_count; i++) {
        weekly += book.timetable[i].held.until == 0 && book.timetable[i].day == DATE_NONE;
        dated += book.timetable[i].held.until == 0 && book.timetable[i].day != DATE_NONE;
        if (book.timetable[i].day == day("2026-11-27"))
            assert_int_equal(book.timetable[i].weekday, 5);
    }
    assert_int_equal(weekly, 4);
    assert_int_equal(dated, 4);
    assert_string_equal(book.timetable[0].room, "12");
    assert_string_equal(book.timetable[0].starts, "8:00");
}

/* --- announcements, achievements, visits ---------------------------------------------------------------------------
 */

static void add_announcement(struct sheaf *sheaf, const char *from, const char *until, const char *form,
                             const char *code, const char *text)
{
    *SHEAF_ROW(sheaf, announcements) =
        (struct announcement_row){.from = day(from), .until = day(until), .form = form, .code = code, .text = text};
}

static void announcements_reach_whom_they_are_for(void **state)
{
    struct desk *desk = *state;
    struct sheaf sheaf = sheaf_new(desk, EXPORT_ANNOUNCEMENTS);
    add_announcement(&sheaf, "2026-11-16", "2026-11-30", "", "", "Каникулы");
    add_announcement(&sheaf, "2026-11-17", "2026-11-18", "3А", "", "Собрание");
    add_announcement(&sheaf, "2026-11-17", "2026-11-25", "3Б", "", "Театр");
    add_announcement(&sheaf, "2026-11-17", "2026-11-25", "", "1", "Врач");
    add_announcement(&sheaf, "2026-11-17", "2026-11-25", "3Б", "3", "Зубной врач");
    assert_result(desk_import(desk, &sheaf), 5, 0, 0, 0);
    struct book book = desk_book(desk, "3А", "2026-11-01");
    assert_int_equal(book.announcement_count, 3);
    assert_string_equal(book.announcements[0].text, "Каникулы");
    assert_string_equal(book.announcements[1].text, "Собрание");
    assert_string_equal(book.announcements[2].text, "Врач");
    assert_int_equal(book.announcements[2].pupil, key_of(&book, "1"));
    book = desk_book(desk, "3А", "2026-11-19");
    assert_int_equal(book.announcement_count, 2);
    sheaf = sheaf_new(desk, EXPORT_ANNOUNCEMENTS);
    add_announcement(&sheaf, "2026-11-17", "2026-11-19", "3А", "", "Собрание");
    assert_result(desk_import(desk, &sheaf), 0, 1, 0, 0);
    book = desk_book(desk, "3А", "2026-11-01");
    assert_int_equal(book.announcement_count, 4);
}

static void achievements_are_of_the_files_pupils_and_days(void **state)
{
    struct desk *desk = *state;
    for (int round = 0; round < 2; round++) {
        struct sheaf sheaf = sheaf_new(desk, EXPORT_ACHIEVEMENTS);
        for (int i = 0; i < 6; i++)
            if (round == 0 || i != 3)
                *SHEAF_ROW(&sheaf, achievements) = (struct achievement_row){.code = "1",
                                                                            .title = "Олимпиада",
                                                                            .result = round && i == 0 ? "I" : "II",
                                                                            .day = day("2026-11-16") + i};
        if (round == 0)
            *SHEAF_ROW(&sheaf, achievements) =
                (struct achievement_row){.code = "2", .title = "Кросс", .result = "", .day = day("2026-11-18")};
        struct import_result result = desk_import(desk, &sheaf);
        assert_result(result, round ? 0 : 7, round, round, round ? 4 : 0);
    }
    struct book book = desk_book(desk, "3А", "2026-11-17");
    assert_int_equal(book.achievement_count, 6);
    assert_string_equal(book.achievements[0].title, "Олимпиада");
    assert_int_equal(book.achievements[2].held.until, 3);
    assert_string_equal(book.achievements[5].title, "Кросс");
    assert_int_equal(book.achievements[5].held.until, 0);
}

static void visits_are_kept_with_history(void **state)
{
    struct desk *desk = *state;
    static const int32_t days[][2] = {{20700, DATE_NONE}, {20700, DATE_NONE}, {20707, 20708}};
    static const int corrected[] = {0, 0, 2};
    for (int i = 0; i < 3; i++) {
        struct sheaf sheaf = sheaf_new(desk, EXPORT_VISITS);
        *SHEAF_ROW(&sheaf, visits) = (struct visit_row){.code = "1", .last_visit = days[i][0]};
        *SHEAF_ROW(&sheaf, visits) = (struct visit_row){.code = "2", .last_visit = days[i][1]};
        struct import_result result = desk_import(desk, &sheaf);
        assert_int_equal(result.corrected, corrected[i]);
        assert_int_equal(result.changed, i != 1);
    }
    int64_t count = 0;
    assert_true(db_number(desk->store, &desk->err, &count,
                          "SELECT count(*) FROM visit WHERE since = 3 AND until = 0 AND last_visit > 20700", ""));
    assert_int_equal(count, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_empty_cell_keeps_what_is_stored, start, desk_finish),
        cmocka_unit_test_setup_teardown(the_same_table_twice_changes_nothing, start, desk_finish),
        cmocka_unit_test_setup_teardown(states_of_pupils_are_kept, start, desk_finish),
        cmocka_unit_test_setup_teardown(a_new_pupil_needs_a_class, start, desk_finish),
        cmocka_unit_test_setup_teardown(pupils_are_listed_and_found, start, desk_finish),
        cmocka_unit_test_setup_teardown(a_command_changes_a_pupil, start, desk_finish),
        cmocka_unit_test_setup_teardown(finals_are_of_class_and_period, start, desk_finish),
        cmocka_unit_test_setup_teardown(finals_go_with_the_pupil, start, desk_finish),
        cmocka_unit_test_setup_teardown(an_unknown_id_is_an_error_with_its_line, start, desk_finish),
        cmocka_unit_test_setup_teardown(timetables_of_days_and_of_the_week, start, desk_finish),
        cmocka_unit_test_setup_teardown(announcements_reach_whom_they_are_for, start, desk_finish),
        cmocka_unit_test_setup_teardown(achievements_are_of_the_files_pupils_and_days, start, desk_finish),
        cmocka_unit_test_setup_teardown(visits_are_kept_with_history, start, desk_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
