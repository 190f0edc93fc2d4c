#include "store/run.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/diag.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/stopwatch.h"
#include "store/db.h"

#define GUARD_PARTS  5  /* more than one in five withdrawn is refused */
#define GUARD_VALUES 10 /* marks and absences: a share of them counts from so many on */

static const struct {
    const char *name;
    bool (*import)(struct run *run, struct err *err);
} kinds[] = {
    [EXPORT_GRADEBOOK] = {"gradebook", import_gradebook},
    [EXPORT_PUPILS] = {"pupils", import_pupils},
    [EXPORT_FINALS] = {"finals", import_finals},
    [EXPORT_TIMETABLE] = {"timetable", import_timetable},
    [EXPORT_ANNOUNCEMENTS] = {"announcements", import_announcements},
    [EXPORT_ACHIEVEMENTS] = {"achievements", import_achievements},
    [EXPORT_VISITS] = {"visits", import_visits},
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
    guard(run);
    if (diag_count(run->diag, DIAG_ERROR) > errors)
        return err_set(err, ERR_INPUT, _("the file was not imported, nothing of it is stored"));
    return close_import(run, err);
}

bool store_import(struct store *store, const struct export *export, const struct school *school,
                  const struct import_order *order, struct import_result *out, struct diag *diag, struct err *err)
{
    (void)school;
    *out = (struct import_result){.rows = (int64_t) export->count};
    if (export->kind <= EXPORT_NONE || export->kind > EXPORT_VISITS)
        return err_set(err, ERR_INPUT, _("«%s»: it is not known what kind of export this is"), export->file);
    struct run run = {.store = store, .export = export, .order = order, .result = out, .diag = diag};
    enum stage before = stopwatch_enter(STAGE_STORE);
    /* A week of several schools fits, of more a part is written early; what only reads does with less. */
    if (!db_script(store, "PRAGMA cache_size = -8192", err) || !db_begin_write(store, err)) {
        stopwatch_enter(before);
        return false;
    }
    run.arena = arena_new();
    bool ok = import_rows(&run, err);
    arena_free(run.arena);
    /* What changed nothing gets no number, and a dry run leaves nothing: both are rolled back. */
    bool keep = ok && out->changed && !order->dry;
    bool committed = db_end(store, keep, err);
    struct err ignored = {0}; /* what is done is done */
    db_script(store, "PRAGMA cache_size = -4096; PRAGMA shrink_memory", &ignored);
    stopwatch_enter(before);
    if (committed)
        out->import = run.number;
    if (!ok || (keep && !committed)) {
        out->changed = false;
        return false;
    }
    return true;
}
