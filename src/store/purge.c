#include "store/purge.h"

#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/seek.h"
#include "store/db.h"
#include "store/purge_gone.h"
#include "store/store.h"

enum { DELETED = 1, DONE };
enum { SHORT_SURNAME = 8, LONG_CODE = 5 }; /* bytes */

#define GONE               "pupil IN (SELECT pupil FROM temp.gone)"
#define IN_PLACE_OF_A_NAME "…"

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

/* --- texts that name someone -------------------------------------------------------------------------------------- */

struct scrub {
    struct store *store;
    struct arena *arena;
    struct seeker *seeker;
};

/* The text with each hit replaced; NULL: none. */
static const char *scrubbed(const struct scrub *scrub, const char *text)
{
    struct buffer out = {0};
    size_t at = 0, from = 0, length = 0, size = strlen(text);
    while (seeker_next(scrub->seeker, text, size, &at, &length)) {
        buffer_add(&out, text + from, at - from);
        buffer_text(&out, IN_PLACE_OF_A_NAME);
        at += length;
        from = at;
    }
    if (from > 0)
        buffer_text(&out, text + from);
    const char *result = from > 0 ? arena_copy(scrub->arena, out.data) : NULL;
    buffer_free(&out);
    return result;
}

/* Gives every text of the query (number, text) that has hits its new text. */
static bool scrub_texts(const struct scrub *scrub, const char *select, const char *update, bool unique, struct err *err)
{
    struct hit {
        int32_t number;
        const char *text;
    } *hits = NULL;
    size_t count = 0, room = 0;
    sqlite3_stmt *query = db_query(scrub->store, err, select, "");
    while (db_next(scrub->store, query, err)) {
        const char *text = scrubbed(scrub, (const char *)sqlite3_column_text(query, 1));
        if (text == NULL)
            continue;
        hits = mem_grow(hits, count, &room, sizeof *hits);
        hits[count++] = (struct hit){db_int(query, 0), text};
    }
    bool ok = err->code == ERR_NONE;
    for (size_t i = 0; ok && i < count; i++) {
        int64_t taken = 1;
        while (ok && unique && taken != 0) { /* a text stands in its table once */
            taken = 0;
            ok = db_number(scrub->store, err, &taken, "SELECT 1 FROM phrase WHERE text = ?", "s", hits[i].text);
            if (taken != 0)
                hits[i].text = arena_format(scrub->arena, "%s" IN_PLACE_OF_A_NAME, hits[i].text);
        }
        ok = ok && db_run(scrub->store, err, update, "si", hits[i].text, hits[i].number);
    }
    mem_free(hits);
    return ok;
}

/* Words in texts that others need, in names of imported files, and ids in the audit log. A teacher may be a namesake.
 */
static bool scrub(struct store *store, const struct purge_find *find, struct err *err)
{
    struct scrub words = {.store = store, .arena = arena_new(), .seeker = seeker_new()};
    struct scrub ids = {.store = store, .arena = words.arena, .seeker = seeker_new()};
    for (size_t i = 0; i < find->word_count; i++)
        seeker_add(words.seeker, find->words[i], strlen(find->words[i]), true);
    for (size_t i = 0; i < find->count; i++)
        seeker_add(ids.seeker, find->leavers[i].code, strlen(find->leavers[i].code), true);
    struct scrub files = {.store = store, .arena = words.arena, .seeker = seeker_new()};
    for (size_t i = 0; i < find->name_count; i++) {
        size_t surname = strcspn(find->names[i], " ");
        seeker_add(files.seeker, find->names[i], surname, surname < SHORT_SURNAME);
    }
    for (size_t i = 0; i < find->count; i++) /* a short number may as well be a day or a week */
        if (strlen(find->leavers[i].code) >= LONG_CODE)
            seeker_add(files.seeker, find->leavers[i].code, strlen(find->leavers[i].code), true);
    bool ok = scrub_texts(&words,
                          "SELECT phrase, text FROM phrase WHERE phrase NOT IN (SELECT teacher FROM entry"
                          " UNION SELECT subject FROM entry)",
                          "UPDATE phrase SET text = ? WHERE phrase = ?", true, err) &&
              scrub_texts(&files, "SELECT import, file FROM import WHERE kind <> 'command'",
                          "UPDATE import SET file = ? WHERE import = ?", false, err) &&
              scrub_texts(&ids, "SELECT audit, what FROM audit WHERE what LIKE '%pupil %'",
                          "UPDATE audit SET what = ? WHERE audit = ?", false, err);
    seeker_free(words.seeker);
    seeker_free(ids.seeker);
    seeker_free(files.seeker);
    arena_free(words.arena);
    return ok;
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

static bool note(struct store *store, int32_t act, const struct purge_order *order, const struct purge_counts *counts,
                 int64_t texts, struct err *err)
{
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
              store_audit(store, order->stamp, order->account, what, err);
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
              scrub(store, find, err) && note(store, act, order, &find->counts, texts - left, err);
    return db_end(store, ok, err);
}

bool store_purge_finish(struct store *store, int32_t act, struct err *err)
{
    return db_script(store, "VACUUM", err) &&
           db_run(store, err, "UPDATE removal SET state = ? WHERE removal <= ? AND state = ?", "iii", DONE, act,
                  DELETED);
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
