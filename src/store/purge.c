#include "store/purge.h"

#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"
#include "store/purge_gone.h"
#include "store/store.h"

enum { DELETED = 1, DONE };

#define GONE "pupil IN (SELECT pupil FROM temp.gone)"

bool store_purge_begin(struct store *store, const struct purge_order *order, int32_t *act, struct err *err)
{
    int64_t number = 0;
    if (!db_number(store, err, &number, "SELECT removal FROM removal WHERE state = 0", ""))
        return false;
    bool ok = number != 0 ? db_run(store, err, "UPDATE removal SET files = max(files, ?) WHERE removal = ?", "ll",
                                   order->files, number)
                          : db_run(store, err,
                                   "INSERT INTO removal (stamp, account, state, files, old_before)"
                                   " VALUES (?, ?, 0, ?, ?)",
                                   "ssld", order->stamp, order->account, order->files, order->old_before);
    *act = (int32_t)(number != 0 ? number : sqlite3_last_insert_rowid(store->db));
    return ok;
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static bool delete_old(struct store *store, const struct purge_order *order, struct err *err)
{
    char from[DATE_TEXT];
    int32_t before = order->old_before;
    if (before == DATE_NONE)
        return true;
    date_format(from, before);
    return db_run(store, err, "DELETE FROM entry WHERE day < ?", "d", before) &&
           db_run(store, err, "DELETE FROM final WHERE year < ?", "i", purge_old_year(order)) &&
           db_run(store, err, "DELETE FROM forecast WHERE year < ?", "i", purge_old_year(order)) &&
           db_run(store, err, "DELETE FROM timetable WHERE day <> 0 AND day < ?", "d", before) &&
           db_run(store, err, "DELETE FROM announcement WHERE until_day < ?", "d", before) &&
           db_run(store, err, "DELETE FROM achievement WHERE day < ?", "d", before) &&
           /* What was known of pupils up to the first import of the years that stay. */
           db_run(store, err,
                  "DELETE FROM pupil_state WHERE until <> 0 AND until <= (SELECT min(import) FROM import"
                  " WHERE stamp >= ?)",
                  "s", from);
}

static bool delete_rows(struct store *store, const struct purge_order *order, struct err *err)
{
    return db_run(store, err,
                  "UPDATE sheet SET pupil = NULL, file = '', delivery = '', told_import = 0, told_until = NULL"
                  " WHERE " GONE " OR (pupil IS NOT NULL AND until_day < ?)",
                  "d", order->old_before) &&
           db_run(store, err, "DELETE FROM forecast WHERE " GONE, "") &&
           db_run(store, err, "DELETE FROM entry WHERE " GONE, "") &&
           db_run(store, err, "DELETE FROM final WHERE " GONE, "") &&
           db_run(store, err, "DELETE FROM announcement WHERE " GONE, "") &&
           db_run(store, err, "DELETE FROM achievement WHERE " GONE, "") &&
           db_run(store, err, "DELETE FROM visit WHERE " GONE, "") &&
           db_run(store, err, "DELETE FROM pupil_form WHERE " GONE, "") &&
           db_run(store, err, "DELETE FROM pupil_state WHERE " GONE, "") &&
           db_run(store, err, "DELETE FROM pupil WHERE " GONE, "") && delete_old(store, order, err);
}

static bool delete_texts(struct store *store, struct err *err)
{
    return db_run(store, err,
                  "DELETE FROM phrase WHERE phrase NOT IN (SELECT subject FROM entry UNION SELECT teacher FROM entry"
                  " UNION SELECT topic FROM entry UNION SELECT homework FROM entry UNION SELECT work FROM entry"
                  " UNION SELECT mark FROM entry UNION SELECT comment FROM entry"
                  " UNION SELECT subject FROM forecast UNION SELECT subject FROM final UNION SELECT mark FROM final"
                  " UNION SELECT subject FROM timetable UNION SELECT room FROM timetable"
                  " UNION SELECT starts FROM timetable UNION SELECT text FROM announcement"
                  " UNION SELECT title FROM achievement UNION SELECT result FROM achievement)",
                  "");
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

/* The texts that a person has to look at: afterwards nobody knows whom they may name. */
static bool note_likely(struct store *store, const struct purge_order *order, const struct purge_find *find,
                        struct arena *arena, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < find->place_count; i++)
        if (find->places[i].likely && (i == 0 || find->places[i - 1].text != find->places[i].text))
            ok = store_audit(
                store, order->stamp, order->account,
                arena_format(arena, "purge: text %d may name one of the removed", (int)find->places[i].text), err);
    return ok;
}

static bool note(struct store *store, int32_t act, const struct purge_order *order, const struct purge_find *find,
                 int64_t texts, struct err *err)
{
    const struct purge_counts *counts = &find->counts;
    struct arena *arena = arena_new();
    const char *what = arena_format(arena, "purge: act %d, %ld removed, %ld sheets without a person, %ld files",
                                    (int)act, (long)counts->pupils, (long)counts->sheets, (long)order->files);
    bool ok = db_run(store, err,
                     "UPDATE removal SET stamp = ?, account = ?, state = ?, pupils = ?, entries = ?, finals = ?,"
                     " achievements = ?, announcements = ?, visits = ?, texts = ?, sheets = ?, old_before = ?"
                     " WHERE removal = ?",
                     "ssilllllllldi", order->stamp, order->account, DELETED, counts->pupils, counts->entries,
                     counts->finals, counts->achievements, counts->announcements, counts->visits, texts, counts->sheets,
                     order->old_before, act) &&
              store_audit(store, order->stamp, order->account, what, err) &&
              note_likely(store, order, find, arena, err);
    arena_free(arena);
    return ok;
}

bool store_purge(struct store *store, int32_t act, const struct purge_order *order, const struct purge_find *find,
                 struct err *err)
{
    int64_t texts = 0, left = 0;
    if (!purge_select(store, order, err) || !db_begin_write(store, err))
        return false;
    bool ok = db_number(store, err, &texts, "SELECT count(*) FROM phrase", "") && delete_rows(store, order, err) &&
              delete_texts(store, err) && db_number(store, err, &left, "SELECT count(*) FROM phrase", "") &&
              purge_scrub(store, find, err) && note(store, act, order, find, texts - left, err);
    return db_end(store, ok, err);
}

bool store_purge_finish(struct store *store, int32_t act, struct err *err)
{
    return db_vacuum(store, err) && db_run(store, err, "UPDATE removal SET state = ? WHERE removal <= ? AND state = ?",
                                           "iii", DONE, act, DELETED);
}

bool store_removal(struct store *store, struct arena *arena, struct removal *out, struct err *err)
{
    *out = (struct removal){.old_before = DATE_NONE};
    sqlite3_stmt *query = db_query(store, err,
                                   "SELECT removal, stamp, account, state, pupils, entries, finals, achievements,"
                                   " announcements, visits, texts, sheets, files, old_before FROM removal"
                                   " ORDER BY removal DESC LIMIT 1",
                                   "");
    if (db_next(store, query, err)) {
        out->act = db_int(query, 0);
        out->stamp = db_text(query, 1, arena);
        out->account = db_text(query, 2, arena);
        out->state = db_int(query, 3);
        int64_t *counts[] = {&out->counts.pupils,       &out->counts.entries,       &out->counts.finals,
                             &out->counts.achievements, &out->counts.announcements, &out->counts.visits,
                             &out->counts.texts,        &out->counts.sheets,        &out->counts.files};
        for (int i = 0; i < (int)(sizeof counts / sizeof *counts); i++)
            *counts[i] = sqlite3_column_int64(query, 4 + i);
        out->old_before = db_day(query, 13);
    }
    db_done(query);
    return err->code == ERR_NONE;
}

bool store_audit_log(struct store *store, struct arena *arena, int32_t since, struct audit_row **out, size_t *count,
                     struct err *err)
{
    char from[DATE_TEXT] = "";
    struct audit_row *rows = NULL;
    size_t room = 0;
    *count = 0;
    if (since != DATE_NONE)
        date_format(from, since);
    sqlite3_stmt *query =
        db_query(store, err, "SELECT stamp, account, what FROM audit WHERE stamp >= ? ORDER BY audit", "s", from);
    while (db_next(store, query, err)) {
        rows = mem_grow(rows, *count, &room, sizeof *rows);
        rows[(*count)++] = (struct audit_row){
            .stamp = db_text(query, 0, arena), .account = db_text(query, 1, arena), .what = db_text(query, 2, arena)};
    }
    *out = arena_alloc(arena, (*count + 1) * sizeof **out);
    if (*count > 0)
        memcpy(*out, rows, *count * sizeof *rows);
    mem_free(rows);
    return err->code == ERR_NONE;
}
