/* An import that is killed has happened or not. */
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "store/db.h"
#include "store_school.h"

enum { ROUNDS = 40, PUPILS = 300, DAYS = 5, LESSONS = 4 };

/* All marks of the state after import N are N. */
static struct sheaf state_sheaf(struct desk *desk, int number)
{
    struct sheaf sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
    symbol form = sheaf_symbol(&sheaf, "3А"), subject = sheaf_symbol(&sheaf, "Чтение"), codes[PUPILS];
    symbol mark = sheaf_symbol(&sheaf, arena_format(desk->arena, "%d", number));
    for (int p = 0; p < PUPILS; p++)
        codes[p] = sheaf_symbol(&sheaf, arena_format(desk->arena, "p%d", p));
    for (int d = 0; d < DAYS; d++)
        for (int p = 0; p < PUPILS; p++)
            for (int l = 1; l <= LESSONS; l++)
                *SHEAF_ROW(&sheaf, lessons) = (struct lesson_row){.day = day("2026-11-16") + d,
                                                                  .form = form,
                                                                  .code = codes[p],
                                                                  .subject = subject,
                                                                  .mark = mark,
                                                                  .weight = WEIGHT_ONE,
                                                                  .lesson = (uint8_t)l};
    return sheaf;
}

/* Imports state after state until it is killed. */
static void work(const char *path)
{
    struct desk desk = {.arena = arena_new()};
    if (!store_open(path, &desk.store, &desk.err))
        _exit(1);
    db_script(desk.store, "PRAGMA cache_size = 20", &desk.err); /* pages go to the disk before the end, too */
    struct import_info info = {0};
    store_import_info(desk.store, desk.arena, 0, &info, &desk.err);
    for (int number = info.import + 1;; number++) {
        struct sheaf sheaf = state_sheaf(&desk, number);
        struct import_result result;
        if (!desk_import_as(&desk, &sheaf, true, false, &result))
            _exit(2);
    }
}

static int32_t check(struct desk *desk)
{
    if (!store_open(desk->path, &desk->store, &desk->err))
        fail_msg("%s", desk->err.text);
    sqlite3_stmt *query = db_query(desk->store, &desk->err, "PRAGMA integrity_check", "");
    assert_true(db_next(desk->store, query, &desk->err));
    assert_string_equal(db_text(query, 0, desk->arena), "ok");
    db_done(query);
    struct book book = desk_book(desk, "3А", "2026-09-01");
    size_t held = 0;
    char mark[16];
    snprintf(mark, sizeof mark, "%d", book.import);
    for (size_t i = 0; i < book.entry_count; i++)
        if (book.entries[i].held.until == 0) {
            assert_string_equal(book.entries[i].mark, mark);
            held++;
        }
    assert_int_equal(held, book.import == 0 ? 0 : PUPILS * DAYS * LESSONS);
    assert_true(store_close(desk->store, &desk->err));
    desk->store = NULL;
    return book.import;
}

static void a_killed_import_has_happened_or_not(void **state)
{
    (void)state;
    struct desk desk;
    desk_open(&desk);
    assert_true(store_close(desk.store, &desk.err));
    desk.store = NULL;
    unsigned random = (unsigned)getpid() * 2654435761U;
    int32_t last = 0;
    size_t in_flight = 0;
    for (int round = 0; round < ROUNDS; round++) {
        fflush(NULL);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            work(desk.path);
        random = random * 1664525U + 1013904223U;
        nanosleep(&(struct timespec){.tv_nsec = 1000000L * (long)(random >> 8 & 63) + 500000L}, NULL);
        kill(child, SIGKILL);
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        char journal[128];
        snprintf(journal, sizeof journal, "%s-journal", desk.path);
        in_flight += access(journal, F_OK) == 0;
        int32_t now = check(&desk);
        assert_true(now >= last);
        last = now;
    }
    printf("%d imports finished, %zu of %d were killed while they wrote\n", last, in_flight, ROUNDS);
    assert_int_equal(store_open(desk.path, &desk.store, &desk.err), true);
    desk_close(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_killed_import_has_happened_or_not)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
