/* The sheets of a period, issued before and by this run: what is kept small comes back whole. */
#include "issue/ledger.h"
#include "store/db.h"
#include "store/forecast.h"
#include "store_school.h"

static struct sheet_row sheet(int32_t pupil, const char *form, int32_t running, int32_t issue, const char *delivery)
{
    static const char *const names[] = {"", "Азаров Иван", "Белов Пётр", "Вокуева Дарья", "Гордеев Яков"};
    static char numbers[16][32], files[16][64];
    static size_t next;
    size_t at = next++ % 16;
    snprintf(numbers[at], sizeof numbers[at], "2026-W47-%s-%02d-%d", form, (int)running, (int)issue);
    snprintf(files[at], sizeof files[at], "2026-W47/%s/%02d-%d.pdf", form, (int)running, (int)issue);
    struct sheet_row row = {.number = numbers[at],
                            .pupil = pupil,
                            .code = "",
                            .name = names[pupil],
                            .form = form,
                            .kind = SHEET_WEEKLY,
                            .period = "2026-W47",
                            .running = running,
                            .issue = issue,
                            .until = day("2026-11-21"),
                            .import = 3,
                            .told_import = 2,
                            .told_until = DATE_NONE,
                            .stamp = "2026-11-21 10:00:00",
                            .account = "tester",
                            .pages = 2,
                            .delivery = delivery,
                            .copies = 2,
                            .file = files[at],
                            .layout = "weekly",
                            .returned = "",
                            .printed = ""};
    for (int i = 0; i < 64; i++)
        row.sha256[i] = "0123456789abcdef"[(i * 7 + pupil) % 16];
    return row;
}

static int start(void **state)
{
    struct desk *desk = desk_start(state);
    struct sheaf sheaf = sheaf_new(desk, EXPORT_PUPILS);
    add_pupil(&sheaf, "1", "Азаров Иван", "3А");
    add_pupil(&sheaf, "2", "Белов Пётр", "3А");
    add_pupil(&sheaf, "3", "Вокуева Дарья", "3А");
    add_pupil(&sheaf, "4", "Гордеев Яков", "10А");
    desk_import(desk, &sheaf);
    return 0;
}

static void same_row(const struct sheet_row *is, const struct sheet_row *want)
{
    assert_string_equal(is->number, want->number);
    assert_string_equal(is->name, want->name);
    assert_string_equal(is->form, want->form);
    assert_string_equal(is->period, want->period);
    assert_string_equal(is->stamp, want->stamp);
    assert_string_equal(is->account, want->account);
    assert_string_equal(is->sha256, want->sha256);
    assert_string_equal(is->delivery, want->delivery);
    assert_string_equal(is->file, want->file);
    assert_string_equal(is->layout, want->layout);
    assert_int_equal(is->pupil, want->pupil);
    assert_int_equal(is->kind, want->kind);
    assert_int_equal(is->running, want->running);
    assert_int_equal(is->issue, want->issue);
    assert_int_equal(is->until, want->until);
    assert_int_equal(is->import, want->import);
    assert_int_equal(is->told_import, want->told_import);
    assert_int_equal(is->told_until, want->told_until);
    assert_int_equal(is->pages, want->pages);
    assert_int_equal(is->copies, want->copies);
}

static struct ledger *open_ledger(struct desk *desk)
{
    struct ledger *ledger = ledger_new();
    assert_true(ledger_load(ledger, desk->store, "2026-W47", &desk->err));
    return ledger;
}

static void the_register_takes_what_was_added(void **state)
{
    struct desk *desk = *state;
    const struct sheet_forecast said[] = {
        {.subject = "Музыка", .year = 2026, .term = 1, .done = 100, .chance = {0, 0, 0, 1000}, .low = 5, .high = 5},
        {.subject = "Русский язык", .year = 2026, .term = 3, .chance = {1, 99, 850, 50}, .low = 3, .high = 4}};
    struct sheet_row want[] = {sheet(1, "3А", 1, 1, "hand"), sheet(3, "3А", 2, 1, "post"),
                               sheet(4, "10А", 1, 1, "office")};
    want[0].forecasts = &said[0];
    want[1].forecasts = &said[0];
    want[0].forecast_count = 1;
    want[1].forecast_count = 2;
    struct ledger *ledger = open_ledger(desk);
    assert_int_equal(ledger_count(ledger), 0);
    assert_true(ledger_store(ledger, desk->store, &desk->err));
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(ledger_add(ledger, &want[i]), want[i].file);
    assert_int_equal(ledger_count(ledger), 3);
    assert_true(ledger_store(ledger, desk->store, &desk->err));
    ledger_free(ledger);

    struct sheet_row *rows = NULL;
    size_t count = 0;
    assert_true(store_register(desk->store, desk->arena, "2026-W47", &rows, &count, &desk->err));
    assert_int_equal(count, 3);
    for (size_t i = 0; i < 3; i++)
        same_row(&rows[i], &want[i]);
    sqlite3_stmt *query = db_query(desk->store, &desk->err,
                                   "SELECT group_concat(x, ' ') FROM (SELECT t.pupil || ':' || b.text || ':' || f.year"
                                   " || ':' || f.term || ':' || f.done || ':' || p2 || ',' || p3 || ',' || p4 || ','"
                                   " || p5 || ':' || low || high AS x FROM forecast f JOIN sheet t USING (sheet)"
                                   " JOIN phrase b ON b.phrase = f.subject ORDER BY t.pupil, b.text)",
                                   "");
    assert_true(db_next(desk->store, query, &desk->err));
    assert_string_equal(db_text(query, 0, desk->arena),
                        "1:Музыка:2026:1:100:0,0,0,1000:55 3:Музыка:2026:1:100:0,0,0,1000:55 "
                        "3:Русский язык:2026:3:0:1,99,850,50:34");
    db_done(query);
}

/* A class's part of the register to sign: old issues and new ones. */
static void a_class_has_its_sheets_of_before_and_of_this_run(void **state)
{
    struct desk *desk = *state;
    const struct sheet_row before[] = {sheet(4, "10А", 1, 1, "hand"), sheet(1, "3А", 1, 1, "hand"),
                                       sheet(2, "3А", 2, 1, "hand"), sheet(1, "3А", 1, 2, "hand")};
    assert_true(desk_add_sheets(desk, before, 4));
    const struct sheet_row fresh[] = {sheet(3, "3А", 3, 1, "hand"), sheet(2, "3Б", 1, 2, "hand")};
    struct ledger *ledger = open_ledger(desk);
    const struct sheet_row *old = NULL;
    assert_int_equal(ledger_before(ledger, NULL, &old), 4);
    assert_int_equal(ledger_before(ledger, "3А", &old), 3);
    same_row(&old[0], &before[1]);
    same_row(&old[1], &before[3]);
    same_row(&old[2], &before[2]);
    assert_int_equal(ledger_before(ledger, "2А", &old), 0);
    assert_int_equal(ledger_before(ledger, "3Б", &old), 0);
    assert_int_equal(ledger_before(ledger, "11А", &old), 0);
    same_row(ledger_newest(ledger, 1), &before[3]);
    assert_null(ledger_newest(ledger, 3));
    ledger_add(ledger, &fresh[0]);
    ledger_add(ledger, &fresh[1]);
    assert_null(ledger_newest(ledger, 3));

    struct sheet_row *rows = NULL;
    assert_int_equal(ledger_class(ledger, desk->arena, "3А", &rows), 4);
    same_row(&rows[3], &fresh[0]);
    assert_int_equal(ledger_class(ledger, desk->arena, "3Б", &rows), 1);
    same_row(&rows[0], &fresh[1]);
    assert_int_equal(ledger_class(ledger, desk->arena, "10А", &rows), 1);
    assert_int_equal(ledger_class(ledger, desk->arena, "5А", &rows), 0);
    ledger_free(ledger);
}

/* Only a family's newest sheet goes into an envelope, and only where that one goes by post. */
static void by_post_goes_what_is_newest(void **state)
{
    struct desk *desk = *state;
    const struct sheet_row before[] = {sheet(1, "3А", 1, 1, "post"), sheet(1, "3А", 1, 2, "hand"),
                                       sheet(2, "3А", 2, 1, "post"), sheet(4, "10А", 1, 1, "post")};
    assert_true(desk_add_sheets(desk, before, 4));
    struct ledger *ledger = open_ledger(desk);
    const struct sheet_row **rows = NULL;
    assert_int_equal(ledger_by_post(ledger, desk->arena, &rows), 2);
    same_row(rows[0], &before[2]);
    same_row(rows[1], &before[3]);
    const struct sheet_row fresh[] = {sheet(2, "3А", 2, 2, "office"), sheet(3, "3А", 3, 1, "post")};
    ledger_add(ledger, &fresh[0]);
    ledger_add(ledger, &fresh[1]);
    assert_int_equal(ledger_by_post(ledger, desk->arena, &rows), 2);
    same_row(rows[0], &fresh[1]);
    same_row(rows[1], &before[3]);
    ledger_free(ledger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_register_takes_what_was_added, start, desk_finish),
        cmocka_unit_test_setup_teardown(a_class_has_its_sheets_of_before_and_of_this_run, start, desk_finish),
        cmocka_unit_test_setup_teardown(by_post_goes_what_is_newest, start, desk_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
