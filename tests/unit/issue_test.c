/* Issuing survives what happens to machines: a run that is killed, or meets a full disk, has issued its sheets or not,
 * and the next run completes it with the same bytes. */
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#include "base/file.h"
#include "shop.h"
#include "store/db.h"
#include "store_school.h"

enum { PUPILS = 8, ROUNDS = 20 };

/* A school with two classes on paper and a week of marks, and what an undisturbed run makes of it. */
struct bench {
    struct desk desk;
    struct school school;
    struct workshop shop;
    char reference[96];
    int step; /* 1, with PAPERDIARY_SHORT 5 */
};

static bool issue(struct bench *bench, const char *folder, struct err *err)
{
    static const char *const classes[] = {"3А", "3Б"};
    struct store *store = NULL;
    struct batch_result result;
    struct arena *arena = arena_new();
    bool ok = store_open(file_join(arena, folder, "paperdiary.db"), &store, err);
    struct batch_order order = {.store = store,
                                .folder = file_join(arena, folder, "out"),
                                .period = "2026-W47",
                                .classes = classes,
                                .class_count = 2,
                                .today = day("2026-11-21"),
                                .stamp = "2026-11-21 10:00:00",
                                .account = "tester"};
    ok = ok && weekly_issue(arena, &bench->shop, &order, (struct iso_week){2026, 47}, &result, err);
    struct err closing = {0};
    store_close(store, &closing);
    arena_free(arena);
    return ok;
}

static void run(const char *format, const char *a, const char *b)
{
    char command[512];
    snprintf(command, sizeof command, format, a, b);
    if (system(command) != 0)
        fail_msg("failed: %s", command);
}

/* The school before it issues, in a folder of its own. */
static void copy_school(const char *store, const char *folder)
{
    assert_int_equal(mkdir(folder, 0700), 0);
    run("cp '%s' '%s/paperdiary.db'", store, folder);
}

static int start(void **state)
{
    struct bench *bench = mem_alloc(sizeof *bench);
    bench->step = getenv("PAPERDIARY_SHORT") != NULL ? 5 : 1;
    struct desk *desk = &bench->desk;
    struct import_result result;
    desk_open(desk);
    school_defaults(desk->arena, &bench->school);
    bench->shop = shop_open(desk->arena);
    bench->shop.school = &bench->school;
    struct sheaf roster = sheaf_new(desk, EXPORT_PUPILS), week = sheaf_new(desk, EXPORT_GRADEBOOK);
    for (int i = 0; i < PUPILS; i++) {
        const char *code = arena_format(desk->arena, "%d", i + 1), *form = i % 2 == 0 ? "3А" : "3Б";
        struct pupil_row *pupil = add_pupil(&roster, code, arena_format(desk->arena, "Азаров Иван %d", i + 1), form);
        pupil->paper_from = day("2026-09-01");
        for (int d = 16; d <= 20; d++)
            add_lesson(&week, arena_format(desk->arena, "2026-11-%d", d), form, code, 1, "Математика",
                       (d + i) % 3 == 0 ? "4" : "", (d + i) % 4 == 0 ? REASON_ILL : REASON_PRESENT);
    }
    desk_import(desk, &roster);
    result = desk_import(desk, &week);
    assert_true(result.changed);
    assert_true(store_close(desk->store, &desk->err));
    desk->store = NULL;
    snprintf(bench->reference, sizeof bench->reference, "%s/reference", desk->folder);
    copy_school(desk->path, bench->reference);
    if (!issue(bench, bench->reference, &desk->err))
        fail_msg("%s", desk->err.text);
    *state = bench;
    return 0;
}

static int finish(void **state)
{
    struct bench *bench = *state;
    shop_close(&bench->shop);
    assert_true(store_open(bench->desk.path, &bench->desk.store, &bench->desk.err));
    desk_close(&bench->desk);
    mem_free(bench);
    return 0;
}

/* A copy of the school before it issues. */
static const char *fresh(struct bench *bench, int round)
{
    const char *folder = arena_format(bench->desk.arena, "%s/%d", bench->desk.folder, round);
    copy_school(bench->desk.path, folder);
    return folder;
}

/* Whatever happened: the store is sound, the register holds all of the run's sheets or none, each file is whole. */
static size_t check_state(struct bench *bench, const char *folder)
{
    struct store *store = NULL;
    struct err err = {0};
    struct arena *arena = bench->desk.arena;
    struct sheet_row *rows = NULL;
    size_t count = 0;
    const char *out = file_join(arena, folder, "out");
    if (!store_open(file_join(arena, folder, "paperdiary.db"), &store, &err))
        fail_msg("%s", err.text);
    sqlite3_stmt *query = db_query(store, &err, "PRAGMA integrity_check", "");
    assert_true(db_next(store, query, &err));
    assert_string_equal(db_text(query, 0, arena), "ok");
    db_done(query);
    assert_true(store_register(store, arena, "2026-W47", &rows, &count, &err));
    assert_true(count == 0 || count == PUPILS);
    assert_true(store_close(store, &err));
    if (file_exists(out) && access("/usr/bin/qpdf", X_OK) == 0)
        run("find '%s' -name '*.pdf' -not -path '*/.making/*' -print0 | xargs -0r -n 1 qpdf --check >/dev/null%s", out,
            "");
    return count;
}

/* Run again, it is as if nothing had happened. */
static void complete(struct bench *bench, const char *folder)
{
    struct err err = {0};
    if (!issue(bench, folder, &err))
        fail_msg("%s", err.text);
    run("diff -r '%s/out' '%s/out'", bench->reference, folder);
    run("rm -r '%s'%s", folder, "");
}

static void a_killed_run_is_completed_by_the_next(void **state)
{
    struct bench *bench = *state;
    size_t registered = 0;
    unsigned random = 12345;
    for (int round = 0; round < ROUNDS; round += bench->step) {
        const char *folder = fresh(bench, round);
        fflush(NULL);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            struct err err = {0};
            _exit(issue(bench, folder, &err) ? 0 : (int)err.code);
        }
        random = random * 1664525U + 1013904223U;
        nanosleep(&(struct timespec){.tv_nsec = 1000000L * (long)(random >> 8 & 63) + 500000L}, NULL);
        kill(child, SIGKILL);
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
        registered += check_state(bench, folder) > 0;
        complete(bench, folder);
    }
    printf("%d runs killed, %zu of them after the register\n", ROUNDS / bench->step, registered);
}

static void a_full_disk_leaves_the_last_state(void **state)
{
    struct bench *bench = *state;
    int failed = 0, done = 0;
    for (int round = 0; round < ROUNDS; round += bench->step) {
        const char *folder = fresh(bench, ROUNDS + round);
        fflush(NULL);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            struct err err = {0};
            rlim_t most = (rlim_t)round * 18000;
            signal(SIGXFSZ, SIG_IGN);
            setrlimit(RLIMIT_FSIZE, &(struct rlimit){most, most});
            _exit(issue(bench, folder, &err) ? 0 : (int)err.code);
        }
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        if (WEXITSTATUS(status) != 0)
            assert_int_equal(WEXITSTATUS(status), ERR_MACHINE);
        failed += WEXITSTATUS(status) != 0;
        done += WEXITSTATUS(status) == 0;
        size_t rows = check_state(bench, folder);
        assert_int_equal(rows, WEXITSTATUS(status) == 0 ? PUPILS : 0);
        complete(bench, folder);
    }
    assert_true(failed > 0 && done > 0);
}

/* Files, numbers and register do not depend on how many threads made the sheets. */
static void the_number_of_threads_does_not_show(void **state)
{
    struct bench *bench = *state;
    static const size_t threads[] = {1, 4, 16};
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        struct err err = {0};
        const char *folder = fresh(bench, 2 * ROUNDS + (int)i);
        bench->shop.threads = threads[i];
        if (!issue(bench, folder, &err))
            fail_msg("%s", err.text);
        bench->shop.threads = 0;
        assert_int_equal(check_state(bench, folder), PUPILS);
        run("for s in '%s' '%s'; do sqlite3 $s/paperdiary.db 'SELECT number, file, sha256, pages FROM sheet ORDER BY "
            "number' >$s/rows; done",
            bench->reference, folder);
        run("cmp '%s/rows' '%s/rows'", bench->reference, folder);
        run("test $(wc -l <'%s/rows') = 8%s", folder, "");
        complete(bench, folder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_number_of_threads_does_not_show),
                                       cmocka_unit_test(a_killed_run_is_completed_by_the_next),
                                       cmocka_unit_test(a_full_disk_leaves_the_last_state)};
    return cmocka_run_group_tests(tests, start, finish);
}
