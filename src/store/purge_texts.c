/* Texts that others need and that name someone whose data go: what is certain is blanked, what is likely is told. */
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/seek.h"
#include "store/db.h"
#include "store/mention.h"
#include "store/purge_gone.h"
#include "store/store.h"

enum { SHORT_SURNAME = 8, LONG_CODE = 5 }; /* bytes */

#define IN_PLACE_OF_A_NAME "…"

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

/* `unique`: a text stands in its table once. */
static bool replace_text(struct store *store, struct arena *arena, const char *update, bool unique, int32_t number,
                         const char *text, struct err *err)
{
    bool ok = true;
    int64_t taken = 1;
    while (ok && unique && taken != 0) {
        taken = 0;
        ok = db_number(store, err, &taken, "SELECT 1 FROM phrase WHERE text = ?", "s", text);
        if (taken != 0)
            text = arena_format(arena, "%s" IN_PLACE_OF_A_NAME, text);
    }
    return ok && db_run(store, err, update, "si", text, number);
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
        const char *text = scrubbed(scrub, db_lent(query, 1));
        if (text == NULL)
            continue;
        hits = mem_grow(hits, count, &room, sizeof *hits);
        hits[count++] = (struct hit){db_int(query, 0), text};
    }
    bool ok = err->code == ERR_NONE;
    for (size_t i = 0; ok && i < count; i++)
        ok = replace_text(scrub->store, scrub->arena, update, unique, hits[i].number, hits[i].text, err);
    mem_free(hits);
    return ok;
}

/* A teacher may be a namesake. */
bool purge_scrub(struct store *store, const struct purge_find *find, struct err *err)
{
    struct scrub words = {.store = store, .arena = arena_new(), .seeker = seeker_new()};
    struct scrub ids = {.store = store, .arena = words.arena, .seeker = seeker_new()};
    for (size_t i = 0; i < find->word_count; i++)
        seeker_add(words.seeker, find->words[i], strlen(find->words[i]), true);
    for (size_t i = 0; i < find->code_count; i++)
        seeker_add(words.seeker, find->codes[i], strlen(find->codes[i]), true);
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

/* --- where they stand --------------------------------------------------------------------------------------------- */

/* The places of the texts in temp.named, one for each class and pupil. */
static bool read_places(struct store *store, struct arena *arena, struct purge_find *out, struct err *err)
{
    struct purge_place *rows = NULL;
    size_t count = 0, room = 0;
    sqlite3_stmt *query =
        db_query(store, err,
                 "SELECT n.text, n.sure, n.likely, u.kind, min(u.day), coalesce(f.name, ''), u.pupil,"
                 " coalesce(p.code, '') FROM temp.named n JOIN ("
                 "SELECT comment AS text, 0 AS kind, day, form, pupil FROM main.entry WHERE pupil NOT IN temp.gone"
                 " UNION ALL SELECT topic, 1, day, form, pupil FROM main.entry WHERE pupil NOT IN temp.gone"
                 " UNION ALL SELECT homework, 2, day, form, pupil FROM main.entry WHERE pupil NOT IN temp.gone"
                 " UNION ALL SELECT work, 3, day, form, pupil FROM main.entry WHERE pupil NOT IN temp.gone"
                 " UNION ALL SELECT text, 4, from_day, form, pupil FROM main.announcement"
                 " WHERE pupil NOT IN temp.gone"
                 " UNION ALL SELECT title, 5, day, 0, pupil FROM main.achievement WHERE pupil NOT IN temp.gone"
                 " UNION ALL SELECT result, 5, day, 0, pupil FROM main.achievement WHERE pupil NOT IN temp.gone)"
                 " u ON u.text = n.text LEFT JOIN main.form f ON f.form = u.form"
                 " LEFT JOIN main.pupil p ON p.pupil = u.pupil"
                 /* A surname alone is a name in what is said of pupils, and a word like another elsewhere. */
                 " WHERE n.sure OR n.likely > 1 OR u.kind IN (0, 4, 5)"
                 " GROUP BY n.text, u.kind, u.form, u.pupil ORDER BY n.text, u.kind, min(u.day)",
                 "");
    while (db_next(store, query, err)) {
        rows = mem_grow(rows, count, &room, sizeof *rows);
        rows[count++] = (struct purge_place){.text = db_int(query, 0),
                                             .sure = db_int(query, 1) != 0,
                                             .likely = db_int(query, 2) != 0,
                                             .kind = (enum purge_place_kind)db_int(query, 3),
                                             .day = db_day(query, 4),
                                             .form = db_text(query, 5, arena),
                                             .pupil = db_int(query, 6),
                                             .code = db_text(query, 7, arena)};
    }
    struct purge_place *kept = arena_alloc(arena, (count + 1) * sizeof *kept);
    if (count > 0)
        memcpy(kept, rows, count * sizeof *rows);
    mem_free(rows);
    out->places = kept;
    out->place_count = count;
    return err->code == ERR_NONE;
}

static bool empty_named(struct store *store, struct err *err)
{
    return db_script(store,
                     "CREATE TEMP TABLE IF NOT EXISTS named (text INTEGER PRIMARY KEY, sure INTEGER, likely INTEGER);"
                     "DELETE FROM temp.named",
                     err);
}

/* Everyone's names, and the teachers'. */
static struct mention *load_names(struct store *store, const struct purge_find *find, struct err *err)
{
    struct mention *mention = mention_new();
    for (size_t i = 0; i < find->name_count; i++)
        mention_add(mention, find->names[i], false);
    sqlite3_stmt *query =
        db_query(store, err, "SELECT DISTINCT name FROM main.pupil_state WHERE pupil NOT IN temp.gone", "");
    while (db_next(store, query, err))
        mention_add(mention, db_lent(query, 0), true);
    query = db_query(store, err,
                     "SELECT text FROM main.phrase WHERE phrase IN (SELECT DISTINCT teacher FROM main.entry)", "");
    while (db_next(store, query, err))
        mention_add_teacher(mention, db_lent(query, 0));
    return mention;
}

bool purge_find_places(struct store *store, struct arena *arena, struct purge_find *out, struct err *err)
{
    struct scrub words = {.store = store, .arena = arena_new(), .seeker = seeker_new()};
    struct mention *mention = load_names(store, out, err);
    for (size_t i = 0; i < out->word_count; i++)
        seeker_add(words.seeker, out->words[i], strlen(out->words[i]), true);
    for (size_t i = 0; i < out->code_count; i++)
        seeker_add(words.seeker, out->codes[i], strlen(out->codes[i]), true);
    bool ok = err->code == ERR_NONE && empty_named(store, err);
    sqlite3_stmt *query = NULL;
    if (ok && out->name_count > 0)
        query = db_query(store, err, "SELECT phrase, text FROM main.phrase", "");
    while (query != NULL && db_next(store, query, err)) {
        const char *text = db_lent(query, 1), *rest = scrubbed(&words, text);
        enum mention_kind likely = mention_find(mention, rest == NULL ? text : rest);
        if ((rest != NULL || likely != MENTION_NONE) && !db_run(store, err, "INSERT INTO temp.named VALUES (?, ?, ?)",
                                                                "iii", db_int(query, 0), rest != NULL, (int32_t)likely))
            break;
    }
    db_done(query);
    mention_free(mention);
    seeker_free(words.seeker);
    arena_free(words.arena);
    return err->code == ERR_NONE && read_places(store, arena, out, err);
}

/* --- texts that a person chose ------------------------------------------------------------------------------------ */

bool store_purge_find_texts(struct store *store, struct arena *arena, const int32_t *texts, size_t count,
                            struct purge_find *out, struct err *err)
{
    const struct purge_order nobody = {.left_before = DATE_NONE, .old_before = DATE_NONE};
    *out = (struct purge_find){0};
    bool ok = purge_select(store, &nobody, err) && empty_named(store, err);
    for (size_t i = 0; ok && i < count; i++)
        ok = db_run(store, err,
                    "INSERT OR IGNORE INTO temp.named SELECT phrase, 1, 0 FROM main.phrase WHERE phrase = ?1"
                    " AND phrase NOT IN (SELECT subject FROM main.entry UNION SELECT teacher FROM main.entry"
                    " UNION SELECT mark FROM main.entry UNION SELECT subject FROM main.final)",
                    "i", texts[i]);
    return ok && read_places(store, arena, out, err);
}

bool store_text(struct store *store, struct arena *arena, int32_t text, const char **out, struct err *err)
{
    *out = "";
    sqlite3_stmt *query = db_query(store, err, "SELECT text FROM phrase WHERE phrase = ?", "i", text);
    if (db_next(store, query, err))
        *out = db_text(query, 0, arena);
    db_done(query);
    return err->code == ERR_NONE;
}

bool store_purge_texts(struct store *store, const struct purge_order *order, const int32_t *texts, size_t count,
                       struct err *err)
{
    struct arena *arena = arena_new();
    bool ok = db_begin_write(store, err);
    bool begun = ok;
    for (size_t i = 0; ok && i < count; i++)
        ok =
            replace_text(store, arena, "UPDATE phrase SET text = ? WHERE phrase = ?", true, texts[i],
                         IN_PLACE_OF_A_NAME, err) &&
            store_audit(store, order->stamp, order->account, arena_format(arena, "purge: text %d", (int)texts[i]), err);
    arena_free(arena);
    return (begun ? db_end(store, ok, err) : ok) && db_vacuum(store, err);
}
