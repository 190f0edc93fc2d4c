/* Reading exports in tests: a school with the default settings, and questions to what was read. */
#ifndef TESTS_UNIT_INTAKE_READING_H
#define TESTS_UNIT_INTAKE_READING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "intake/intake.h"

struct reading {
    struct arena *arena;
    struct school school;
    struct profile profile;
    struct export out;
    struct diag *diag;
    struct err err;
    bool ok;
};

static inline int32_t day_of(const char *text)
{
    int32_t day = DATE_NONE;
    assert_true(date_parse(text, &day));
    return day;
}

static inline struct reading reading_new(void)
{
    struct reading reading = {.arena = arena_new(), .diag = diag_new(), .profile = profile_default()};
    school_defaults(reading.arena, &reading.school);
    return reading;
}

static inline void reading_bytes(struct reading *reading, const char *bytes, size_t size)
{
    reading->ok = intake_read_bytes(reading->arena, "f.csv", bytes, size, &reading->school, &reading->profile,
                                    day_of("2027-05-31"), &reading->out, reading->diag, &reading->err);
    if (!reading->ok) {
        assert_int_equal(reading->err.code, ERR_INPUT);
        assert_true(diag_count(reading->diag, DIAG_ERROR) > 0);
    }
}

static inline struct reading read_text(const char *text)
{
    struct reading reading = reading_new();
    reading_bytes(&reading, text, strlen(text));
    return reading;
}

static inline struct reading read_file(const char *path)
{
    struct reading reading = reading_new();
    reading.ok = intake_read(reading.arena, path, &reading.school, &reading.profile, day_of("2027-05-31"), &reading.out,
                             reading.diag, &reading.err);
    return reading;
}

static inline void reading_free(struct reading *reading)
{
    diag_free(reading->diag);
    arena_free(reading->arena);
}

/* The first item at the place whose text holds `part`; line or column -1: anywhere. */
static inline const struct diag_item *find_item(const struct reading *reading, enum diag_level level, int32_t line,
                                                int32_t column, const char *part)
{
    const struct diag_item *item = NULL;
    for (size_t i = 0; (item = diag_lookup(reading->diag, i)) != NULL; i++) {
        if (item->level == level && (line < 0 || item->line == line) && (column < 0 || item->column == column) &&
            strstr(item->text, part) != NULL)
            return item;
    }
    for (size_t i = 0; (item = diag_lookup(reading->diag, i)) != NULL; i++)
        print_message("told: %d:%d: %s\n", (int)item->line, (int)item->column, item->text);
    return NULL;
}

#define assert_told(reading, level, line, column, part)                                                                \
    assert_non_null(find_item((reading), (level), (line), (column), (part)))

static inline const char *symbol_text(const struct reading *reading, symbol of)
{
    assert_true(of < reading->out.symbol_count);
    return reading->out.symbols[of];
}

/* A real file for tests, or NULL: then the test is skipped. */
static inline const char *real_path(char *path, size_t size, const char *name)
{
    const char *folder = getenv("PAPERDIARY_REAL");
    snprintf(path, size, "%s/%s", folder == NULL ? "../shared/real" : folder, name);
    return file_exists(path) ? path : NULL;
}

#endif
