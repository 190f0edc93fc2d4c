/* For tests of the store: a store in a folder of its own, and exports made by hand. */
#ifndef PAPERDIARY_TESTS_STORE_SCHOOL_H
#define PAPERDIARY_TESTS_STORE_SCHOOL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/mem.h"
#include "store/store.h"

struct desk {
    struct arena *arena;
    struct diag *diag; /* of the last import */
    struct store *store;
    struct err err;
    char folder[64], path[96];
};

static inline int32_t day(const char *text)
{
    int32_t out = DATE_NONE;
    assert_true(date_parse(text, &out));
    return out;
}

static inline void desk_open(struct desk *desk)
{
    *desk = (struct desk){.arena = arena_new()};
    strcpy(desk->folder, "/tmp/paperdiary-store-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    snprintf(desk->path, sizeof desk->path, "%s/paperdiary.db", desk->folder);
    if (!store_create(desk->path, false, &desk->err) || !store_open(desk->path, &desk->store, &desk->err))
        fail_msg("%s", desk->err.text);
}

static inline void desk_close(struct desk *desk)
{
    assert_true(store_close(desk->store, &desk->err));
    diag_free(desk->diag);
    arena_free(desk->arena);
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", desk->folder);
    assert_int_equal(system(command), 0);
}

struct desk_rows {
    const struct sheet_row *rows;
    size_t count;
};

static inline bool desk_next_row(void *context, struct sheet_row *out)
{
    struct desk_rows *left = context;
    if (left->count == 0)
        return false;
    *out = *left->rows++;
    left->count--;
    return true;
}

static inline bool desk_add_sheets(struct desk *desk, const struct sheet_row *rows, size_t count)
{
    return store_add_sheets(desk->store, desk_next_row, &(struct desk_rows){rows, count}, &desk->err);
}

/* --- exports ---------------------------------------------------------------------------------------------------- */

struct sheaf {
    struct export export;
    struct arena *arena;
    const char **symbols;
    size_t symbol_room, room;
    struct coverage *covered;
    size_t covered_room;
};

static inline symbol sheaf_symbol(struct sheaf *sheaf, const char *text)
{
    for (size_t i = 0; i < sheaf->export.symbol_count; i++)
        if (strcmp(sheaf->symbols[i], text) == 0)
            return (symbol)i;
    sheaf->symbols = mem_grow(sheaf->symbols, sheaf->export.symbol_count, &sheaf->symbol_room, sizeof *sheaf->symbols);
    sheaf->symbols[sheaf->export.symbol_count] = arena_copy(sheaf->arena, text);
    sheaf->export.symbols = sheaf->symbols;
    return (symbol)sheaf->export.symbol_count++;
}

static inline struct sheaf sheaf_new(struct desk *desk, enum export_kind kind)
{
    struct sheaf sheaf = {.arena = desk->arena,
                          .export = {.kind = kind, .file = "inbox/week.csv", .profile = "native", .state = ""}};
    sheaf_symbol(&sheaf, "");
    return sheaf;
}

static inline void sheaf_free(struct sheaf *sheaf)
{
    mem_free(sheaf->symbols);
    mem_free(sheaf->covered);
    mem_free(sheaf->export.rows.lessons);
    *sheaf = (struct sheaf){0};
}

#define SHEAF_ROW(sheaf, kind)                                                                                         \
    ((sheaf)->export.rows.kind = mem_grow((sheaf)->export.rows.kind, (sheaf)->export.count, &(sheaf)->room,            \
                                          sizeof *(sheaf)->export.rows.kind),                                          \
     (sheaf)->export.rows.kind + (sheaf)->export.count++)

/* "1042" or, with a leading '~', a name without an id, or "" for the whole class. */
static inline struct lesson_row *add_lesson(struct sheaf *sheaf, const char *date, const char *form, const char *who,
                                            int lesson, const char *subject, const char *mark, enum reason reason)
{
    struct lesson_row row = {.day = day(date),
                             .form = sheaf_symbol(sheaf, form),
                             .subject = sheaf_symbol(sheaf, subject),
                             .mark = sheaf_symbol(sheaf, mark),
                             .weight = WEIGHT_ONE,
                             .lesson = (uint8_t)lesson,
                             .reason = (uint8_t)reason,
                             .line = (int32_t)sheaf->export.count + 2};
    if (*who == '~')
        row.pupil = sheaf_symbol(sheaf, who + 1);
    else
        row.code = sheaf_symbol(sheaf, who);
    struct lesson_row *out = SHEAF_ROW(sheaf, lessons);
    *out = row;
    return out;
}

static inline void add_cover(struct sheaf *sheaf, const char *form, const char *from, const char *until)
{
    sheaf->covered =
        mem_grow(sheaf->covered, sheaf->export.covered_count, &sheaf->covered_room, sizeof *sheaf->covered);
    sheaf->covered[sheaf->export.covered_count++] =
        (struct coverage){.form = arena_copy(sheaf->arena, form), .span = {day(from), day(until)}};
    sheaf->export.covered = sheaf->covered;
}

static inline struct pupil_row *add_pupil(struct sheaf *sheaf, const char *code, const char *name, const char *form)
{
    struct pupil_row *row = SHEAF_ROW(sheaf, pupils);
    *row = pupil_row_blank();
    row->code = code;
    row->name = name;
    row->form = form;
    row->line = (int32_t)sheaf->export.count + 1;
    return row;
}

/* Imports and frees the sheaf. */
static inline bool desk_import_as(struct desk *desk, struct sheaf *sheaf, bool accept, bool dry,
                                  struct import_result *out)
{
    struct import_order order = {
        .stamp = "2026-11-21 10:00:00", .account = "tester", .accept_withdrawals = accept, .dry = dry};
    struct school school = {0};
    diag_free(desk->diag);
    desk->diag = diag_new();
    desk->err = (struct err){0};
    bool ok = store_import(desk->store, &sheaf->export, &school, &order, out, desk->diag, &desk->err);
    sheaf_free(sheaf);
    return ok;
}

static inline struct import_result desk_import(struct desk *desk, struct sheaf *sheaf)
{
    struct import_result result = {0};
    if (!desk_import_as(desk, sheaf, false, false, &result)) {
        const struct diag_item *item = diag_lookup(desk->diag, 0);
        fail_msg("%s: %s", desk->err.text, item == NULL ? "" : item->text);
    }
    return result;
}

static inline void assert_result(struct import_result result, int added, int corrected, int withdrawn, int unchanged)
{
    char is[64], should[64];
    snprintf(is, sizeof is, "+%d ~%d -%d =%d", (int)result.added, (int)result.corrected, (int)result.withdrawn,
             (int)result.unchanged);
    snprintf(should, sizeof should, "+%d ~%d -%d =%d", added, corrected, withdrawn, unchanged);
    assert_string_equal(is, should);
}

static inline bool desk_said(const struct desk *desk, enum diag_level level, const char *part)
{
    const struct diag_item *item;
    for (size_t i = 0; (item = diag_lookup(desk->diag, i)) != NULL; i++)
        if (item->level == level && strstr(item->text, part) != NULL)
            return true;
    return false;
}

/* --- what is stored ---------------------------------------------------------------------------------------------- */

static inline struct book desk_book(struct desk *desk, const char *form, const char *from)
{
    struct book book;
    desk->err = (struct err){0};
    if (!store_load_book(desk->store, desk->arena, form, day(from), &book, &desk->err))
        fail_msg("%s", desk->err.text);
    return book;
}

static inline int32_t key_of(const struct book *book, const char *code)
{
    for (size_t i = 0; i < book->pupil_count; i++)
        if (strcmp(book->pupils[i].code, code) == 0)
            return book->pupils[i].key;
    return -1;
}

/* The pupil's marks and absences after an import, in the book's order: «5 3+1 4». `who` "": the class's rows. */
static inline const char *marks_at(struct desk *desk, const char *form, const char *who, int32_t import)
{
    struct book book = desk_book(desk, form, "2020-01-01");
    int32_t key = *who == '\0' ? 0 : key_of(&book, who);
    struct buffer out = {0};
    buffer_text(&out, "");
    for (size_t i = 0; i < book.entry_count; i++) {
        const struct entry *entry = &book.entries[i];
        if (entry->pupil != key || !held_at(entry->held, import))
            continue;
        buffer_format(&out, "%s%s", out.size == 0 ? "" : " ", *entry->mark == '\0' ? "-" : entry->mark);
        if (entry->reason != REASON_PRESENT)
            buffer_format(&out, "+%d", entry->reason);
    }
    const char *text = out.size == 0 ? "" : arena_copy(desk->arena, out.data);
    buffer_free(&out);
    return text;
}

static inline const char *form_of(struct desk *desk, const char *code)
{
    struct pupil *found = NULL;
    size_t count = 0;
    assert_true(store_find_pupils(desk->store, desk->arena, code, &found, &count, &desk->err));
    return count == 1 ? found->form : "?";
}

/* The desk of a test, for its setup and teardown. */
static inline struct desk *desk_start(void **state)
{
    struct desk *desk = mem_alloc(sizeof *desk);
    desk_open(desk);
    *state = desk;
    return desk;
}

static inline int desk_finish(void **state)
{
    desk_close(*state);
    mem_free(*state);
    return 0;
}

#endif
