/* The file of the store: how it comes to be, what is refused, what failures say. */
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/wait.h>

#include "store/db.h"
#include "store/open.h"
#include "store/proof.h"
#include "store_school.h"

static int start(void **state)
{
    struct desk *desk = mem_alloc(sizeof *desk);
    desk_open(desk);
    *state = desk;
    return 0;
}

static mode_t mode_of(const char *path)
{
    struct stat stat;
    return lstat(path, &stat) == 0 ? stat.st_mode & 0777 : 0;
}

static const char *beside(struct desk *desk, const char *name)
{
    return arena_format(desk->arena, "%s/%s", desk->folder, name);
}

static void script(const char *path, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static int64_t number(const char *path, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *query;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &query, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(query), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(query, 0);
    sqlite3_finalize(query);
    sqlite3_close(db);
    return value;
}

static void refused(struct desk *desk, const char *path, enum err_code code, const char *part)
{
    struct store *store = NULL;
    struct err err = {0};
    (void)desk;
    assert_false(store_open(path, &store, &err));
    assert_null(store);
    assert_int_equal(err.code, code);
    if (strstr(err.text, part) == NULL)
        fail_msg("«%s» is not in «%s»", part, err.text);
}

static void files_are_private(void **state)
{
    struct desk *desk = *state;
    mode_t old = umask(0);
    assert_true(store_create(beside(desk, "own.db"), false, &desk->err));
    umask(077);
    assert_true(store_create(beside(desk, "group.db"), true, &desk->err));
    umask(old);
    assert_int_equal(mode_of(beside(desk, "own.db")), 0600);
    assert_int_equal(mode_of(beside(desk, "group.db")), 0640);
    assert_int_not_equal(access(beside(desk, "own.db.new"), F_OK), 0);
}

/* The journal holds names, too. */
static void the_journal_is_private_and_goes(void **state)
{
    struct desk *desk = *state;
    mode_t old = umask(0);
    const char *journal = beside(desk, "paperdiary.db-journal");
    assert_true(db_begin_write(desk->store, &desk->err));
    assert_true(store_audit(desk->store, "s", "a", "w", &desk->err));
    sqlite3_db_cacheflush(desk->store->db);
    assert_int_equal(mode_of(journal), 0600);
    assert_true(db_end(desk->store, true, &desk->err));
    assert_int_not_equal(access(journal, F_OK), 0);
    umask(old);
}

static void an_existing_store_is_not_replaced(void **state)
{
    struct desk *desk = *state;
    assert_false(store_create(desk->path, false, &desk->err));
    assert_int_equal(desk->err.code, ERR_USAGE);
    desk->err = (struct err){0};
    assert_int_equal(symlink("nowhere", beside(desk, "link.db")), 0);
    assert_false(store_create(beside(desk, "link.db"), false, &desk->err));
    desk->err = (struct err){0};
    assert_false(store_create(beside(desk, "no/such/folder.db"), false, &desk->err));
    assert_int_equal(desk->err.code, ERR_INPUT);
}

static void the_settings_of_the_database_hold(void **state)
{
    struct desk *desk = *state;
    static const struct {
        const char *sql;
        int64_t value;
    } pragmas[] = {{"PRAGMA foreign_keys", 1},          {"PRAGMA synchronous", 2},
                   {"PRAGMA cell_size_check", 1},       {"PRAGMA temp_store", 2},
                   {"PRAGMA secure_delete", 1},         {"PRAGMA trusted_schema", 0},
                   {"PRAGMA user_version", DB_VERSION}, {"PRAGMA application_id", DB_APPLICATION}};
    for (size_t i = 0; i < sizeof pragmas / sizeof *pragmas; i++) {
        int64_t value = -1;
        assert_true(db_number(desk->store, &desk->err, &value, pragmas[i].sql, ""));
        assert_int_equal(value, pragmas[i].value);
    }
    assert_false(db_script(desk->store, "SELECT \"text\"", &desk->err));
}

static void what_is_no_store_is_refused(void **state)
{
    struct desk *desk = *state;
    const char *path = beside(desk, "other.db");
    refused(desk, path, ERR_INPUT, "there is no store");
    fclose(fopen(path, "w"));
    refused(desk, path, ERR_MACHINE, "is not a paperdiary store");
    script(path, "CREATE TABLE foreigner (x); PRAGMA user_version = 1; PRAGMA journal_mode = WAL");
    refused(desk, path, ERR_MACHINE, "is not a paperdiary store");
    assert_int_equal(number(path, "SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'wal'"), 1);
    FILE *file = fopen(path, "w");
    for (int i = 0; i < 1000; i++)
        fputs("Дата;Класс;Ученик\n", file);
    fclose(file);
    refused(desk, path, ERR_MACHINE, "is not a paperdiary store");
    assert_int_equal(symlink(desk->path, beside(desk, "link.db")), 0);
    refused(desk, beside(desk, "link.db"), ERR_MACHINE, "not a link");
    refused(desk, desk->folder, ERR_MACHINE, "can't be opened");
}

static void a_folder_behind_a_link_is_fine(void **state)
{
    struct desk *desk = *state;
    struct store *store = NULL;
    const char *link = arena_format(desk->arena, "%s-link", desk->folder);
    assert_int_equal(symlink(desk->folder, link), 0);
    assert_true(store_open(arena_format(desk->arena, "%s/paperdiary.db", link), &store, &desk->err));
    assert_true(store_close(store, &desk->err));
    unlink(link);
}

static void a_newer_schema_is_refused(void **state)
{
    struct desk *desk = *state;
    script(desk->path, "PRAGMA user_version = 9");
    refused(desk, desk->path, ERR_MACHINE, "newer paperdiary (store version 9, this one reads 2)");
    script(desk->path, "PRAGMA user_version = 2");
}

static void a_damaged_store_is_refused(void **state)
{
    struct desk *desk = *state;
    assert_true(store_close(desk->store, &desk->err));
    desk->store = NULL;
    int file = open(desk->path, O_WRONLY);
    char noise[65536];
    memset(noise, 0x5a, sizeof noise);
    assert_int_equal(pwrite(file, noise, sizeof noise, 100), sizeof noise);
    close(file);
    refused(desk, desk->path, ERR_MACHINE, "damaged");
}

/* A store of the first version opens as one of today's. */
static void a_store_of_version_1_becomes_todays(void **state)
{
    struct desk *desk = *state;
    struct store *store = NULL;
    const char *text = NULL;
    script(desk->path, "INSERT INTO audit VALUES (1, 's', 'a', 'kept'); DROP TABLE made_text; PRAGMA user_version = 1");
    assert_true(store_open(desk->path, &store, &desk->err));
    assert_true(store_made_text(store, desk->arena, "digest", &text, &desk->err));
    assert_null(text);
    assert_true(store_close(store, &desk->err));
    assert_int_equal(number(desk->path, "PRAGMA user_version"), DB_VERSION);
    assert_int_equal(number(desk->path, "SELECT count(*) FROM audit WHERE what = 'kept'"), 1);
    assert_int_equal(number(beside(desk, "paperdiary.db.v1"), "PRAGMA user_version"), 1);
}

static void migrations_run_in_order_after_a_copy(void **state)
{
    struct desk *desk = *state;
    script(desk->path, "PRAGMA user_version = 1");
    static const struct migration list[] = {
        {1, "CREATE TABLE second (x)"}, {2, "INSERT INTO second VALUES (7)"}, {3, "never run"}};
    assert_true(store_audit(desk->store, "s", "a", "kept", &desk->err));
    assert_true(store_migrate(desk->store, 1, 3, list, 3, &desk->err));
    assert_int_equal(number(desk->path, "PRAGMA user_version"), 3);
    assert_int_equal(number(desk->path, "SELECT x FROM second"), 7);
    const char *copy = beside(desk, "paperdiary.db.v1");
    assert_int_equal(mode_of(copy), 0600);
    assert_int_equal(number(copy, "PRAGMA user_version"), 1);
    assert_int_equal(number(copy, "SELECT count(*) FROM audit WHERE what = 'kept'"), 1);
}

static void a_failed_migration_leaves_the_old_version(void **state)
{
    struct desk *desk = *state;
    static const struct migration list[] = {{1, "CREATE TABLE second (x)"}, {2, "CREATE TABLE second (x)"}};
    assert_false(store_migrate(desk->store, 1, 3, list, 2, &desk->err));
    assert_int_equal(desk->err.code, ERR_MACHINE);
    assert_int_equal(number(desk->path, "PRAGMA user_version"), DB_VERSION);
    assert_int_equal(number(desk->path, "SELECT count(*) FROM sqlite_schema WHERE name = 'second'"), 0);
}

static void failures_are_told_clearly(void **state)
{
    struct desk *desk = *state;
    static const struct {
        int result;
        const char *part;
    } cases[] = {{SQLITE_FULL, "disk is full"},
                 {SQLITE_IOERR_WRITE, "input/output error"},
                 {SQLITE_BUSY, "in use by another"},
                 {SQLITE_READONLY_DBMOVED, "may not be written"},
                 {SQLITE_CORRUPT_VTAB, "damaged"},
                 {SQLITE_NOTADB, "not a paperdiary store"},
                 {SQLITE_CANTOPEN_ISDIR, "can't be opened"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};
        assert_false(db_fail(desk->store, cases[i].result, &err));
        assert_int_equal(err.code, ERR_MACHINE);
        assert_non_null(strstr(err.text, cases[i].part));
        assert_non_null(strstr(err.text, desk->folder));
    }
}

/* A full disk, played by the database's own limit: nothing is half-stored, and there is room for the next try. */
static void a_full_disk_leaves_the_last_state(void **state)
{
    struct desk *desk = *state;
    struct import_result result;
    assert_true(db_script(desk->store, "PRAGMA max_page_count = 40", &desk->err));
    for (int huge = 1; huge >= 0; huge--) {
        struct sheaf sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
        for (int i = 0; i < (huge ? 20000 : 10); i++)
            add_lesson(&sheaf, "2026-11-16", "3А", "1", 1 + i % 9, "Математика", "5", REASON_PRESENT);
        assert_int_equal(desk_import_as(desk, &sheaf, false, false, &result), !huge);
        assert_int_equal(desk->err.code, huge ? ERR_MACHINE : ERR_NONE);
        assert_int_equal(number(desk->path, "SELECT count(*) FROM entry"), huge ? 0 : 10);
    }
}

static void a_text_that_is_not_utf8_stops_the_import(void **state)
{
    struct desk *desk = *state;
    struct import_result result;
    struct sheaf sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
    add_lesson(&sheaf, "2026-11-16", "3А", "1", 1, "\xCC\xE0\xF2", "5", REASON_PRESENT);
    assert_false(desk_import_as(desk, &sheaf, false, false, &result));
    assert_int_equal(desk->err.code, ERR_MACHINE);
    assert_int_equal(number(desk->path, "SELECT count(*) FROM pupil"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(files_are_private, start, desk_finish),
        cmocka_unit_test_setup_teardown(the_journal_is_private_and_goes, start, desk_finish),
        cmocka_unit_test_setup_teardown(an_existing_store_is_not_replaced, start, desk_finish),
        cmocka_unit_test_setup_teardown(the_settings_of_the_database_hold, start, desk_finish),
        cmocka_unit_test_setup_teardown(what_is_no_store_is_refused, start, desk_finish),
        cmocka_unit_test_setup_teardown(a_folder_behind_a_link_is_fine, start, desk_finish),
        cmocka_unit_test_setup_teardown(a_newer_schema_is_refused, start, desk_finish),
        cmocka_unit_test_setup_teardown(a_damaged_store_is_refused, start, desk_finish),
        cmocka_unit_test_setup_teardown(a_store_of_version_1_becomes_todays, start, desk_finish),
        cmocka_unit_test_setup_teardown(migrations_run_in_order_after_a_copy, start, desk_finish),
        cmocka_unit_test_setup_teardown(a_failed_migration_leaves_the_old_version, start, desk_finish),
        cmocka_unit_test_setup_teardown(failures_are_told_clearly, start, desk_finish),
        cmocka_unit_test_setup_teardown(a_full_disk_leaves_the_last_state, start, desk_finish),
        cmocka_unit_test_setup_teardown(a_text_that_is_not_utf8_stops_the_import, start, desk_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
