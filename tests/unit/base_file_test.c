#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"

static char folder[] = "/tmp/paperdiary-file-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[100];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static void files_are_private_and_whole(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct err err = {0};
    struct buffer read = {0};
    struct stat info;
    const char *deep = file_join(arena, folder, "out/2026-W47/3А");
    assert_true(file_make_folder(deep, false, &err));
    assert_int_equal(stat(deep, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    const char *path = file_join(arena, deep, "x.pdf");
    assert_true(file_write(path, "first", 5, false, &err));
    assert_true(file_write(path, "second", 6, false, &err));
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_true(file_read(path, 100, &read, &err));
    assert_string_equal(read.data, "second");
    const char **names = NULL;
    size_t count = 0;
    assert_true(file_list(arena, deep, &names, &count, &err));
    assert_int_equal(count, 1); /* no temporary file stays */
    assert_false(file_read(path, 3, &read, &err));
    assert_int_equal(err.code, ERR_INPUT);
    buffer_free(&read);
    arena_free(arena);
}

static void a_full_disk_leaves_the_old_file(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct err err = {0};
    struct buffer read = {0};
    struct rlimit old, small = {.rlim_cur = 1000, .rlim_max = RLIM_INFINITY};
    const char *path = file_join(arena, folder, "kept");
    char *large = mem_alloc(5000);
    assert_true(file_write(path, "kept", 4, false, &err));
    getrlimit(RLIMIT_FSIZE, &old);
    small.rlim_max = old.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    bool ok = file_write(path, large, 5000, false, &err);
    setrlimit(RLIMIT_FSIZE, &old);
    assert_false(ok);
    assert_int_equal(err.code, ERR_MACHINE);
    err = (struct err){0};
    assert_true(file_read(path, 100, &read, &err));
    assert_string_equal(read.data, "kept");
    buffer_free(&read);
    mem_free(large);
    arena_free(arena);
}

static void the_first_error_counts(void **state)
{
    (void)state;
    struct err err = {0};
    assert_false(err_set(&err, ERR_INPUT, "first %d", 1));
    assert_false(err_set(&err, ERR_MACHINE, "second"));
    assert_false(err_add(&err, "file %s", "x"));
    assert_int_equal(err.code, ERR_INPUT);
    assert_string_equal(err.text, "file x: first 1");
}

static void diag_keeps_fifty_and_counts_all(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    for (int i = 0; i < 60; i++)
        diag_add(diag, DIAG_ERROR, "f.csv", i + 1, 2, "row %d", i);
    diag_add(diag, DIAG_WARNING, "f.csv", 0, 0, "w");
    assert_int_equal(diag_count(diag, DIAG_ERROR), 60);
    assert_string_equal(diag_lookup(diag, 49)->text, "row 49");
    assert_int_equal(diag_lookup(diag, 50)->level, DIAG_WARNING);
    assert_null(diag_lookup(diag, 51));
    diag_free(diag);
}

static void an_arena_serves_again_after_reset(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    for (int round = 0; round < 3; round++) {
        for (size_t i = 1; i < 2000; i++) {
            char *memory = arena_alloc(arena, i);
            assert_int_equal(memory[0] | memory[i - 1], 0);
            memset(memory, 0xEE, i);
        }
        assert_string_equal(arena_format(arena, "%s-%d", "W", 47), "W-47");
        assert_true(arena_used(arena) > 1000000);
        arena_reset(arena);
        assert_int_equal(arena_used(arena), 0);
    }
    arena_free(arena);
}

static void sha256_is_the_standard_one(void **state)
{
    (void)state;
    char hex[65];
    file_sha256("abc", 3, hex); /* FIPS 180-4, example 1 */
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_private_and_whole),
        cmocka_unit_test(a_full_disk_leaves_the_old_file),
        cmocka_unit_test(the_first_error_counts),
        cmocka_unit_test(diag_keeps_fifty_and_counts_all),
        cmocka_unit_test(an_arena_serves_again_after_reset),
        cmocka_unit_test(sha256_is_the_standard_one),
    };
    return cmocka_run_group_tests_name("base_file", tests, make_folder, remove_folder);
}
