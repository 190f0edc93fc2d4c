#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "settings/form.h"
#include "store/db.h"
#include "store/forecast.h"
#include "store/people.h"
#include "store/proof.h"

#define DUE "due" /* in sheet.printed */

bool store_audit(struct store *store, const char *stamp, const char *account, const char *what, struct err *err)
{
    return db_run(store, err, "INSERT INTO audit (stamp, account, what) VALUES (?, ?, ?)", "sss", stamp, account, what);
}

/* --- pupils, changed by command ------------------------------------------------------------------------------- */

static bool change(struct store *store, struct arena *arena, const struct pupil_row *says, bool clear_paper_until,
                   const struct import_order *order, const char *command, bool *changed, struct err *err)
{
    int32_t pupil = 0;
    int64_t last = 0;
    if (!people_lookup(store, says->code, &pupil, err) ||
        !db_number(store, err, &last, "SELECT max(import) FROM import", ""))
        return false;
    if (pupil == 0)
        return err_set(err, ERR_USAGE, _("no pupil has the id «%s»"), says->code);
    int32_t number = (int32_t)last + 1;
    return db_run(store, err, "INSERT INTO import (import, stamp, account, kind, file) VALUES (?, ?, ?, 'command', ?)",
                  "isss", number, order->stamp, order->account, command) &&
           people_merge(store, arena, number, pupil, says, clear_paper_until, changed, err) &&
           store_audit(store, order->stamp, order->account, arena_format(arena, "%s: pupil %s", command, says->code),
                       err);
}

bool store_change_pupil(struct store *store, const struct pupil_row *says, bool clear_paper_until,
                        const struct import_order *order, const char *command, struct err *err)
{
    bool changed = false;
    if (!db_begin_write(store, err))
        return false;
    struct arena *arena = arena_new();
    bool ok = change(store, arena, says, clear_paper_until, order, command, &changed, err);
    arena_free(arena);
    bool keep = ok && changed && !order->dry;
    bool committed = db_end(store, keep, err);
    return ok && (committed || !keep);
}

/* --- sheets ----------------------------------------------------------------------------------------------------- */

bool store_told(struct store *store, int32_t pupil, int32_t kind, int32_t *import, int32_t *until, struct err *err)
{
    *import = 0;
    *until = DATE_NONE;
    /* A second issue of an earlier week takes nothing back that a later one has told. */
    sqlite3_stmt *query =
        db_query(store, err,
                 "SELECT import, max(coalesce(until_day, told_until), coalesce(told_until, until_day))"
                 " FROM sheet WHERE pupil = ? AND kind = ? ORDER BY sheet DESC LIMIT 1",
                 "ii", pupil, kind);
    if (db_next(store, query, err)) {
        *import = db_int(query, 0);
        *until = db_day(query, 1);
    }
    db_done(query);
    return err->code == ERR_NONE;
}

/* Of what many rows have alike, the text of the row before is lent. */
static struct sheet_row sheet_of(sqlite3_stmt *query, struct arena *arena, const struct sheet_row *before)
{
    struct sheet_row row = {.number = db_text(query, 0, arena), .pupil = db_int(query, 1)};
    row.code = db_text(query, 2, arena);
    row.name = db_text(query, 3, arena);
    row.form = db_text_like(query, 4, before->form, arena);
    row.kind = db_int(query, 5);
    row.period = db_text_like(query, 6, before->period, arena);
    row.running = db_int(query, 7);
    row.issue = db_int(query, 8);
    row.until = db_day(query, 9);
    row.import = db_int(query, 10);
    row.told_import = db_int(query, 11);
    row.told_until = db_day(query, 12);
    row.stamp = db_text_like(query, 13, before->stamp, arena);
    row.account = db_text_like(query, 14, before->account, arena);
    row.pages = db_int(query, 15);
    snprintf(row.sha256, sizeof row.sha256, "%s", db_lent(query, 16));
    row.delivery = db_text_like(query, 17, before->delivery, arena);
    row.copies = db_int(query, 18);
    row.file = db_text(query, 19, arena);
    row.layout = db_text_like(query, 20, before->layout, arena);
    row.returned = db_text_like(query, 21, before->returned, arena);
    row.printed = db_text_like(query, 22, before->printed, arena);
    row.to_print = strcmp(row.printed, DUE) == 0;
    if (row.to_print)
        row.printed = "";
    row.made = (struct made_with){.program = db_text_like(query, 23, before->made.program, arena),
                                  .layout = db_text_like(query, 24, before->made.layout, arena),
                                  .fonts = db_text_like(query, 25, before->made.fonts, arena),
                                  .settings = db_text_like(query, 26, before->made.settings, arena)};
    return row;
}

static int compare_sheets(const void *a, const void *b)
{
    const struct sheet_row *left = a, *right = b;
    int order = strcmp(left->period, right->period);
    if (order == 0)
        order = form_compare(left->form, right->form);
    if (order == 0)
        order = left->running < right->running ? -1 : left->running > right->running;
    if (order == 0)
        order = left->issue < right->issue ? -1 : left->issue > right->issue;
    return order;
}

/* The name is that of the state that the sheet shows. */
#define SHEET_SELECT                                                                                                   \
    "SELECT t.number, t.pupil, coalesce(p.code, ''), coalesce((SELECT s.name FROM pupil_state s"                       \
    " WHERE s.pupil = t.pupil AND s.since <= t.import ORDER BY s.since DESC LIMIT 1), ''), t.form, t.kind, t.period,"  \
    " t.running, t.issue, t.until_day, t.import, t.told_import, t.told_until, t.stamp, t.account, t.pages, t.sha256,"  \
    " t.delivery, t.copies, t.file, t.layout, t.returned, t.printed, coalesce(m.program, ''),"                         \
    " coalesce(m.layout, ''), coalesce(m.fonts, ''), coalesce(m.settings, '')"                                         \
    " FROM sheet t LEFT JOIN pupil p USING (pupil) LEFT JOIN made_with m USING (made_with)"

bool store_register(struct store *store, struct arena *arena, const char *period, struct sheet_row **out, size_t *count,
                    struct err *err)
{
    struct sheet_row *rows = NULL;
    size_t room = 0;
    *out = NULL;
    *count = 0;
    sqlite3_stmt *query = period == NULL ? db_query(store, err, SHEET_SELECT, "")
                                         : db_query(store, err, SHEET_SELECT " WHERE t.period = ?", "s", period);
    while (db_next(store, query, err)) {
        rows = mem_grow(rows, *count, &room, sizeof *rows);
        rows[*count] = sheet_of(query, arena, *count == 0 ? &(struct sheet_row){0} : &rows[*count - 1]);
        ++*count;
    }
    if (*count > 0)
        qsort(rows, *count, sizeof *rows, compare_sheets);
    *out = arena_keep(arena, rows, *count * sizeof *rows);
    return err->code == ERR_NONE;
}

bool store_periods_to_print(struct store *store, struct arena *arena, const char ***out, size_t *count, struct err *err)
{
    const char **periods = NULL;
    size_t room = 0;
    *count = 0;
    sqlite3_stmt *query = db_query(store, err,
                                   "SELECT DISTINCT period FROM sheet s WHERE printed = '" DUE "' AND pupil IS NOT NULL"
                                   " AND NOT EXISTS (SELECT 1 FROM sheet t WHERE t.period = s.period"
                                   " AND t.pupil = s.pupil AND t.issue > s.issue) ORDER BY period",
                                   "");
    while (db_next(store, query, err)) {
        periods = mem_grow(periods, *count, &room, sizeof *periods);
        periods[(*count)++] = db_text(query, 0, arena);
    }
    *out = arena_keep(arena, periods, *count * sizeof *periods);
    return err->code == ERR_NONE;
}

bool store_next_running(struct store *store, const char *period, const char *form, int32_t *out, struct err *err)
{
    int64_t last = 0;
    bool ok = db_number(store, err, &last, "SELECT max(running) FROM sheet WHERE period = ? AND form = ?", "ss", period,
                        form);
    *out = (int32_t)last + 1;
    return ok;
}

static bool add_sheet(struct store *store, const struct sheet_row *row, struct err *err)
{
    int64_t taken = 0;
    int32_t made = 0;
    if (!db_number(store, err, &taken, "SELECT 1 FROM sheet WHERE number = ?", "s", row->number))
        return false;
    if (taken != 0)
        return err_set(err, ERR_MACHINE,
                       _("sheet %s is in the register already: it was issued by another run a moment ago; run again"),
                       row->number);
    if (!proof_made_with(store, &row->made, &made, err))
        return false;
    return db_run(store, err,
                  "INSERT INTO sheet (number, pupil, form, kind, period, running, issue, until_day, import,"
                  " told_import, told_until, stamp, account, pages, sha256, delivery, copies, file, layout, returned,"
                  " printed, made_with) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  "sisisiidiidssississssi", row->number, row->pupil, row->form, row->kind, row->period, row->running,
                  row->issue, row->until, row->import, row->told_import, row->told_until, row->stamp, row->account,
                  row->pages, row->sha256, row->delivery, row->copies, row->file, row->layout,
                  row->returned == NULL ? "" : row->returned, row->to_print ? DUE : "", made);
}

bool store_add_sheets(struct store *store, bool (*next)(void *context, struct sheet_row *out), void *context,
                      struct err *err)
{
    struct sheet_row row = {0};
    const char *first = NULL;
    size_t count = 0;
    if (!db_begin_write(store, err))
        return false;
    bool ok = true;
    for (; ok && next(context, &row); count++) {
        first = count == 0 ? row.number : first;
        ok = add_sheet(store, &row, err) && forecast_add_rows(store, &row, err);
    }
    if (ok && count > 0) {
        char what[160];
        snprintf(what, sizeof what, "%s: %zu sheets, %s to %s", row.period, count, first, row.number);
        ok = store_audit(store, row.stamp, row.account, what, err);
    }
    return db_end(store, ok, err);
}
