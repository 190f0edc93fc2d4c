/* Files of an issue go to the disk while others are made: what fails there is told, whenever it did. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/mem.h"
#include "issue/shelf.h"

enum { MEGABYTE = 1 << 20 };

static atomic_int syncs, failing; /* how many there were, and which of them fails: from 1; 0: none */

/* In place of the system's. */
int syncfs(int fd)
{
    (void)fd;
    if (atomic_fetch_add(&syncs, 1) + 1 != failing)
        return 0;
    errno = EIO;
    return -1;
}

struct room {
    char folder[64], file[192];
    struct shelf *shelf;
    char *data;
};

static int start(void **state)
{
    struct room *room = mem_alloc(sizeof *room);
    snprintf(room->folder, sizeof room->folder, "/tmp/paperdiary-shelf-XXXXXX");
    assert_non_null(mkdtemp(room->folder));
    snprintf(room->file, sizeof room->file, "%s/3A/01.pdf", room->folder);
    room->data = mem_alloc(MEGABYTE);
    atomic_store(&syncs, 0);
    atomic_store(&failing, 0);
    struct err err = {0};
    assert_true(shelf_open(room->folder, false, &room->shelf, &err));
    *state = room;
    return 0;
}

static int finish(void **state)
{
    struct room *room = *state;
    char parent[80];
    snprintf(parent, sizeof parent, "%s/3A", room->folder);
    for (int i = 0; i < 100; i++) {
        snprintf(room->file, sizeof room->file, "%s/%02d.pdf", parent, i);
        unlink(room->file);
    }
    rmdir(parent);
    rmdir(room->folder);
    mem_free(room->data);
    mem_free(room);
    return 0;
}

static void put(struct room *room, int megabytes)
{
    struct err err = {0};
    for (int i = 0; i < megabytes; i++) {
        char name[32];
        snprintf(name, sizeof name, "3A/%02d.pdf", i);
        assert_true(shelf_put(room->shelf, name, room->data, MEGABYTE, &err));
    }
}

static void test_little_waits(void **state)
{
    struct room *room = *state;
    struct err err = {0};
    put(room, 2);
    assert_int_equal(syncs, 0);
    assert_true(shelf_sync(room->shelf, &err));
    assert_int_equal(syncs, 1);
    assert_true(shelf_place(room->shelf, &err));
    shelf_free(room->shelf);
}

static void test_much_goes_ahead(void **state)
{
    struct room *room = *state;
    struct err err = {0};
    put(room, 40);
    assert_true(shelf_sync(room->shelf, &err));
    assert_true(syncs >= 2);
    assert_true(shelf_place(room->shelf, &err));
    shelf_free(room->shelf);
    struct stat file = {0};
    snprintf(room->file, sizeof room->file, "%s/3A/39.pdf", room->folder);
    assert_int_equal(stat(room->file, &file), 0);
    assert_int_equal(file.st_size, MEGABYTE);
}

/* The disk tells a failure once: to the sync that ran ahead. */
static void test_failure_ahead_is_told(void **state)
{
    struct room *room = *state;
    struct err err = {0};
    atomic_store(&failing, 1);
    put(room, 40);
    assert_false(shelf_sync(room->shelf, &err));
    assert_int_equal(err.code, ERR_MACHINE);
    assert_non_null(strstr(err.text, strerror(EIO)));
    shelf_free(room->shelf);
    snprintf(room->file, sizeof room->file, "%s/3A/00.pdf", room->folder);
    assert_int_not_equal(access(room->file, F_OK), 0);
}

static void test_given_up_while_it_runs(void **state)
{
    struct room *room = *state;
    put(room, 13);
    shelf_free(room->shelf);
    assert_int_equal(syncs, 1);
}

/* Who opens next to another's unfinished work leaves the sign of it, unless he has mended it. */
static void test_sign_of_an_interrupted_run(void **state)
{
    struct room *room = *state;
    struct err err = {0};
    char sign[192];
    snprintf(sign, sizeof sign, "%s/.making", room->folder);
    shelf_free(room->shelf);
    assert_int_equal(mkdir(room->folder, 0700) || mkdir(sign, 0700), 0);
    for (int mended = 0; mended < 2; mended++) {
        assert_true(shelf_open(room->folder, false, &room->shelf, &err));
        assert_true(shelf_interrupted(room->shelf));
        put(room, 1);
        assert_true(shelf_sync(room->shelf, &err) && shelf_place(room->shelf, &err));
        if (mended)
            shelf_mended(room->shelf);
        shelf_free(room->shelf);
        assert_int_equal(access(sign, F_OK) != 0, mended);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_little_waits, start, finish),
        cmocka_unit_test_setup_teardown(test_much_goes_ahead, start, finish),
        cmocka_unit_test_setup_teardown(test_failure_ahead_is_told, start, finish),
        cmocka_unit_test_setup_teardown(test_sign_of_an_interrupted_run, start, finish),
        cmocka_unit_test_setup_teardown(test_given_up_while_it_runs, start, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
