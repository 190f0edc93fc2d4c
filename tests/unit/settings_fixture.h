/* A folder of its own for each test, and what a test asks of diagnostics. */
#ifndef PAPERDIARY_TESTS_SETTINGS_FIXTURE_H
#define PAPERDIARY_TESTS_SETTINGS_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/diag.h"
#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"

struct fixture {
    struct arena *arena;
    struct diag *diag;
    struct err err;
    char folder[64];
};

static inline int fixture_setup(void **state)
{
    struct fixture *fixture = mem_alloc(sizeof *fixture);
    fixture->arena = arena_new();
    fixture->diag = diag_new();
    strcpy(fixture->folder, "/tmp/paperdiary-settings-XXXXXX");
    *state = fixture;
    return mkdtemp(fixture->folder) == NULL ? -1 : 0;
}

static inline int fixture_teardown(void **state)
{
    struct fixture *fixture = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", fixture->folder);
    int status = system(command);
    diag_free(fixture->diag);
    arena_free(fixture->arena);
    mem_free(fixture);
    return status;
}

/* Forgets what was told. */
static inline void fixture_again(struct fixture *fixture)
{
    diag_free(fixture->diag);
    fixture->diag = diag_new();
    fixture->err = (struct err){0};
}

/* Writes a file into the folder (its own folders are made) and returns its path. */
static inline const char *fixture_write(struct fixture *fixture, const char *name, const void *data, size_t size)
{
    const char *path = file_join(fixture->arena, fixture->folder, name);
    char *parent = arena_copy(fixture->arena, path);
    *strrchr(parent, '/') = '\0';
    assert_true(file_make_folder(parent, false, &fixture->err));
    assert_true(file_write(path, data, size, false, &fixture->err));
    return path;
}

static inline const char *fixture_text(struct fixture *fixture, const char *name, const char *text)
{
    return fixture_write(fixture, name, text, strlen(text));
}

/* One error was told: at this place, and with these words in it. */
static inline void fixture_expect(const struct fixture *fixture, int32_t line, int32_t column, const char *words)
{
    const struct diag_item *item = diag_lookup(fixture->diag, 0);
    assert_non_null(item);
    if (strstr(item->text, words) == NULL || item->line != line || item->column != column)
        fail_msg("told %d:%d «%s», expected %d:%d «%s»", (int)item->line, (int)item->column, item->text, (int)line,
                 (int)column, words);
    assert_int_equal(diag_count(fixture->diag, DIAG_ERROR), 1);
    assert_int_equal(fixture->err.code, ERR_INPUT);
}

#define FIXTURE_TEST(function) cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

#endif
