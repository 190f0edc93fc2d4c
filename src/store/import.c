#include "store/run.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/stopwatch.h"
#include "store/db.h"
#include "store/map.h"

#define GUARD_PARTS  5  /* more than one in five withdrawn is refused */
#define GUARD_VALUES 10 /* marks and absences: a share of them counts from so many on */

#define KIND(name, import, row)                                                                                        \
    {                                                                                                                  \
        name, import, sizeof(struct row), offsetof(struct row, line)                                                   \
    }

static const struct {
    const char *name;
    bool (*import)(struct run *run, struct err *err);
    size_t row, line; /* size of a row, and where in it its line stands */
} kinds[] = {
    [EXPORT_GRADEBOOK] = KIND("gradebook", import_gradebook, lesson_row),
    [EXPORT_PUPILS] = KIND("pupils", import_pupils, pupil_row),
    [EXPORT_FINALS] = KIND("finals", import_finals, final_row),
    [EXPORT_TIMETABLE] = KIND("timetable", import_timetable, timetable_row),
    [EXPORT_ANNOUNCEMENTS] = KIND("announcements", import_announcements, announcement_row),
    [EXPORT_ACHIEVEMENTS] = KIND("achievements", import_achievements, achievement_row),
    [EXPORT_VISITS] = KIND("visits", import_visits, visit_row),
};

static void refuse_withdrawals(struct run *run, int64_t lost, int64_t stored, bool values)
{
    const char *format =
        values ? ngettext("%" PRId64 " of the %" PRId64 " marks and absences stored for what this file covers would be "
                          "withdrawn, more than a fifth; check that the export is whole, or import it with "
                          "--accept-withdrawals",
                          "%" PRId64 " of the %" PRId64 " marks and absences stored for what this file covers would be "
                          "withdrawn, more than a fifth; check that the export is whole, or import it with "
                          "--accept-withdrawals",
                          (unsigned long)lost)
               : ngettext("%" PRId64 " of the %" PRId64 " rows stored for what this file covers would be withdrawn, "
                          "more than a fifth; check that the export is whole, or import it with "
                          "--accept-withdrawals",
                          "%" PRId64 " of the %" PRId64 " rows stored for what this file covers would be withdrawn, "
                          "more than a fifth; check that the export is whole, or import it with "
                          "--accept-withdrawals",
                          (unsigned long)lost);
    diag_add(run->diag, DIAG_ERROR, run->export->file, 0, 0, format, lost, stored);
}

/* formats.md «What an import means»: a file that would withdraw more than a fifth is most likely half a file. */
static void guard(struct run *run)
{
    const struct loss *loss = &run->loss;
    if (run->order->accept_withdrawals)
        return;
    if (loss->rows * GUARD_PARTS > loss->stored_rows)
        refuse_withdrawals(run, loss->rows, loss->stored_rows, false);
    else if (loss->values >= GUARD_VALUES && loss->values * GUARD_PARTS > loss->stored_values)
        refuse_withdrawals(run, loss->values, loss->stored_values, true);
}

static bool open_import(struct run *run, struct err *err)
{
    const struct export *export = run->export;
    return db_run(run->store, err,
                  "INSERT INTO import (import, stamp, account, kind, file, profile, state, sha256, lines, accepted)"
                  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  "isssssssli", run->number, run->order->stamp, run->order->account, kinds[export->kind].name,
                  file_base_name(export->file), export->profile, export->state, export->sha256, (int64_t) export->count,
                  (int32_t)run->order->accept_withdrawals);
}

static bool close_import(struct run *run, struct err *err)
{
    const struct import_result *result = run->result;
    char what[256];
    snprintf(what, sizeof what,
             "import %d: %s, %" PRId64 " rows, added %" PRId64 ", corrected %" PRId64 ", withdrawn %" PRId64
             ", unchanged %" PRId64,
             run->number, kinds[run->export->kind].name, result->rows, result->added, result->corrected,
             result->withdrawn, result->unchanged);
    return db_run(run->store, err,
                  "UPDATE import SET added = ?, corrected = ?, withdrawn = ?, unchanged = ? WHERE import = ?", "lllli",
                  result->added, result->corrected, result->withdrawn, result->unchanged, run->number) &&
           db_run(run->store, err, "INSERT INTO audit (stamp, account, what) VALUES (?, ?, ?)", "sss",
                  run->order->stamp, run->order->account, what);
}

/* All within the transaction. */
static bool import_rows(struct run *run, struct err *err)
{
    size_t errors = diag_count(run->diag, DIAG_ERROR);
    int64_t last = 0;
    if (!db_number(run->store, err, &last, "SELECT max(import) FROM import", ""))
        return false;
    run->result->import = (int32_t)last;
    run->number = (int32_t)last + 1;
    if (!open_import(run, err) || !kinds[run->export->kind].import(run, err))
        return false;
    if (run->refused_count == 0) /* else those rows seem to be withdrawn */
        guard(run);
    if (diag_count(run->diag, DIAG_ERROR) > errors)
        return err_set(err, ERR_INPUT, _("the file was not imported, nothing of it is stored"));
    return close_import(run, err);
}

/* In one transaction; what changed nothing gets no number, and a dry run leaves nothing: both are rolled back. */
static bool import_whole(struct run *run, struct err *err)
{
    struct import_result *out = run->result;
    *out = (struct import_result){.rows = (int64_t)run->export->count};
    run->loss = (struct loss){0};
    run->refused_count = 0;
    run->made = 0;
    if (!db_begin_write(run->store, err))
        return false;
    bool ok = import_rows(run, err), keep = ok && out->changed && !run->order->dry;
    bool committed = db_end(run->store, keep, err);
    if (committed)
        out->import = run->number;
    out->changed = out->changed && ok && (!keep || committed);
    return ok && (!keep || committed);
}

/* Of a gradebook all rows of a pupil have the same. */
static uint64_t owner_of(const struct lesson_row *row)
{
    return row->code != 0 ? map_key(0, row->code) : map_key(row->form, row->pupil);
}

/* The rows of which it can't be told whose they are leave the file, and in a gradebook all others of the same pupil. */
static void put_aside(struct run *run, struct export *export)
{
    size_t size = kinds[export->kind].row, kept = 0;
    char *rows = (char *)export->rows.lessons;
    bool lessons = export->kind == EXPORT_GRADEBOOK;
    struct map lines = {0}, owners = {0};
    struct lesson_row *aside = arena_alloc(run->arena, (export->count + export->aside_count + 1) * sizeof *aside);
    if (export->aside_count > 0)
        memcpy(aside, export->aside, export->aside_count * sizeof *aside);
    for (size_t i = 0; i < run->refused_count; i++)
        map_put(&lines, (uint64_t)run->refused[i]);
    for (size_t i = 0; i < export->count && lessons; i++)
        if (map_lookup(&lines, (uint64_t) export->rows.lessons[i].line) != NULL)
            map_put(&owners, owner_of(&export->rows.lessons[i]));
    for (size_t i = 0; i < export->count; i++) {
        int32_t line = 0;
        memcpy(&line, rows + i * size + kinds[export->kind].line, sizeof line);
        if (lessons ? map_lookup(&owners, owner_of(&export->rows.lessons[i])) == NULL
                    : map_lookup(&lines, (uint64_t)line) == NULL)
            memmove(rows + size * kept++, rows + i * size, size);
        else if (lessons)
            aside[export->aside_count++] = export->rows.lessons[i];
    }
    export->aside = aside;
    export->rejected += export->count - kept;
    export->count = kept;
    map_free(&lines);
    map_free(&owners);
}

bool store_import(struct store *store, struct export *export, const struct school *school,
                  const struct import_order *order, struct import_result *out, struct diag *diag, struct err *err)
{
    *out = (struct import_result){.rows = (int64_t) export->count};
    if (export->kind <= EXPORT_NONE || export->kind > EXPORT_VISITS)
        return err_set(err, ERR_INPUT, _("«%s»: it is not known what kind of export this is"), export->file);
    struct run run = {
        .store = store, .export = export, .order = order, .result = out, .diag = diag, .arena = arena_new()};
    enum stage before = stopwatch_enter(STAGE_STORE);
    const struct diag_mark begun = diag_mark(diag);
    /* A week of several schools fits, of more a part is written early; what only reads does with less. */
    bool ok = db_script(store, "PRAGMA cache_size = -8192", err) && import_whole(&run, err);
    if (!ok && school->skip_rejects && run.refused_count > 0 && err->code == ERR_INPUT &&
        diag_count(diag, DIAG_ERROR) - begun.level_count[DIAG_ERROR] == run.refused_count) {
        *err = (struct err){0};
        diag_keep_errors(diag, &begun);
        put_aside(&run, export);
        ok = import_whole(&run, err);
    }
    struct err ignored = {0}; /* what is done is done */
    db_script(store, "PRAGMA cache_size = -4096; PRAGMA shrink_memory", &ignored);
    export->aside = NULL; /* in the arena of the run */
    export->aside_count = 0;
    mem_free(run.refused);
    arena_free(run.arena);
    stopwatch_enter(before);
    return ok;
}
