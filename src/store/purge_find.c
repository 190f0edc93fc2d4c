#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/db.h"
#include "store/map.h"
#include "store/mention.h"
#include "store/purge_gone.h"

enum { SHORTEST = 5, SHORTEST_CODE = 6 }; /* bytes: shorter texts would be found everywhere */

bool purge_select(struct store *store, const struct purge_order *order, struct err *err)
{
    /* One who came back after the day of leaving is a pupil again. */
    return db_script(store, "CREATE TEMP TABLE IF NOT EXISTS gone (pupil INTEGER PRIMARY KEY)", err) &&
           db_run(store, err, "DELETE FROM temp.gone", "") &&
           db_run(store, err,
                  "INSERT INTO temp.gone SELECT pupil FROM main.pupil_state WHERE until = 0 AND left_on < ?"
                  " AND (enrolled IS NULL OR enrolled <= left_on)",
                  "d", order->left_before);
}

struct list {
    const char **items;
    size_t count, room;
};

static void list_add(struct list *list, const char *text)
{
    list->items = mem_grow(list->items, list->count, &list->room, sizeof *list->items);
    list->items[list->count++] = text;
}

static const char **list_keep(struct list *list, struct arena *arena, size_t *count)
{
    const char **kept = arena_alloc(arena, (list->count + 1) * sizeof *kept);
    if (list->count > 0)
        memcpy(kept, list->items, list->count * sizeof *kept);
    *count = list->count;
    mem_free(list->items);
    return kept;
}

/* «Вокуева Дарья» and «Дарья Вокуева» of «Вокуева Дарья Ивановна»; a name of one word as it is. */
static void short_names(struct arena *arena, const char *name, const char *out[2])
{
    const char *first = strchr(name, ' ');
    const char *end = first == NULL ? NULL : strchr(first + 1, ' ');
    out[0] = end == NULL ? name : arena_copy_n(arena, name, (size_t)(end - name));
    out[1] = out[0];
    if (first != NULL)
        out[1] = arena_format(arena, "%s %.*s", out[0] + (first - name) + 1, (int)(first - name), name);
}

static uint64_t hash(const char *text)
{
    return text_hash(text, strlen(text));
}

/* «Семен» of «Семён»; NULL: there is no ё. */
static const char *without_yo(struct arena *arena, const char *text)
{
    if (strstr(text, "ё") == NULL && strstr(text, "Ё") == NULL)
        return NULL;
    struct buffer out = {0};
    for (uint32_t code; (code = text_next(&text)) != 0;) {
        char bytes[5];
        buffer_add(&out, bytes, text_put(bytes, code == 0x451 ? 0x435 : code == 0x401 ? 0x415 : code));
    }
    const char *result = arena_copy(arena, out.data);
    buffer_free(&out);
    return result;
}

/* Takes the texts of those who stay into `known`; those of the others who are not known there go to the list. */
static void take_texts(struct arena *arena, const char *name, const char *recipient, const char *address,
                       struct map *known, struct list *words)
{
    const char *texts[6] = {NULL, NULL, recipient, address};
    short_names(arena, name, texts);
    texts[4] = without_yo(arena, texts[0]);
    texts[5] = without_yo(arena, texts[1]);
    for (size_t i = 0; i < 6 && texts[i] != NULL; i++) {
        if (strlen(texts[i]) < SHORTEST || (words != NULL && map_lookup(known, hash(texts[i])) != NULL))
            continue;
        if (words != NULL)
            list_add(words, texts[i]);
        map_put(known, hash(texts[i]));
    }
}

static bool read_texts(struct store *store, struct arena *arena, struct purge_find *out, struct err *err)
{
    struct map known = {0};
    struct list words = {0}, names = {0}, stems = {0};
    struct arena *own = arena_new();
    sqlite3_stmt *query = db_query(store, err,
                                   "SELECT DISTINCT name, recipient, address FROM pupil_state"
                                   " WHERE pupil NOT IN (SELECT pupil FROM temp.gone)",
                                   "");
    while (db_next(store, query, err))
        take_texts(own, db_text(query, 0, own), db_text(query, 1, own), db_text(query, 2, own), &known, NULL);
    query = db_query(store, err,
                     "SELECT DISTINCT name, recipient, address FROM pupil_state"
                     " WHERE pupil IN (SELECT pupil FROM temp.gone)",
                     "");
    while (db_next(store, query, err)) {
        const char *name = db_text(query, 0, arena);
        list_add(&names, name);
        list_add(&stems, mention_stem(arena, text_fold(arena, arena_copy_n(arena, name, strcspn(name, " -")))));
        take_texts(arena, name, db_text(query, 1, arena), db_text(query, 2, arena), &known, &words);
    }
    out->names = list_keep(&names, arena, &out->name_count);
    out->stems = list_keep(&stems, arena, &out->name_count);
    out->words = list_keep(&words, arena, &out->word_count);
    map_free(&known);
    arena_free(own);
    return err->code == ERR_NONE;
}

/* Not 1042, and not 10А-12, which is the end of a sheet's number too. */
static bool is_no_other_number(const char *code)
{
    size_t size = strlen(code);
    return size >= SHORTEST_CODE && text_length(code) == size;
}

static bool read_leavers(struct store *store, struct arena *arena, struct purge_find *out, struct err *err)
{
    struct leaver *rows = NULL;
    size_t room = 0;
    out->count = 0;
    sqlite3_stmt *query = db_query(store, err,
                                   "SELECT g.pupil, p.code, s.left_on FROM temp.gone g JOIN main.pupil p USING (pupil)"
                                   " JOIN main.pupil_state s USING (pupil) WHERE s.until = 0 ORDER BY p.code",
                                   "");
    while (db_next(store, query, err)) {
        rows = mem_grow(rows, out->count, &room, sizeof *rows);
        rows[out->count++] =
            (struct leaver){.pupil = db_int(query, 0), .code = db_text(query, 1, arena), .left = db_day(query, 2)};
    }
    struct list codes = {0};
    for (size_t i = 0; i < out->count; i++)
        if (is_no_other_number(rows[i].code))
            list_add(&codes, rows[i].code);
    out->codes = list_keep(&codes, arena, &out->code_count);
    out->leavers = arena_keep(arena, rows, out->count * sizeof *rows);
    return err->code == ERR_NONE;
}

#define GONE "pupil IN (SELECT pupil FROM temp.gone)"

static bool count_rows(struct store *store, const struct purge_order *order, struct purge_counts *counts,
                       struct err *err)
{
    int32_t before = order->old_before, year = purge_old_year(order);
    return db_number(store, err, &counts->pupils, "SELECT count(*) FROM temp.gone", "") &&
           db_number(store, err, &counts->entries, "SELECT count(*) FROM entry WHERE " GONE " OR day < ?", "d",
                     before) &&
           db_number(store, err, &counts->finals, "SELECT count(*) FROM final WHERE " GONE " OR year < ?", "d", year) &&
           db_number(store, err, &counts->achievements, "SELECT count(*) FROM achievement WHERE " GONE " OR day < ?",
                     "d", before) &&
           db_number(store, err, &counts->announcements,
                     "SELECT count(*) FROM announcement WHERE " GONE " OR until_day < ?", "d", before) &&
           db_number(store, err, &counts->visits, "SELECT count(*) FROM visit WHERE " GONE, "") &&
           db_number(store, err, &counts->sheets,
                     "SELECT count(*) FROM sheet WHERE " GONE " OR (pupil IS NOT NULL AND until_day < ?)", "d", before);
}

static bool look_for_old(struct store *store, const struct purge_order *order, bool *old, struct err *err)
{
    int64_t found = 0;
    bool ok = db_number(store, err, &found,
                        "SELECT EXISTS (SELECT 1 FROM entry WHERE day < ?1)"
                        " OR EXISTS (SELECT 1 FROM achievement WHERE day < ?1)"
                        " OR EXISTS (SELECT 1 FROM announcement WHERE until_day < ?1)"
                        " OR EXISTS (SELECT 1 FROM sheet WHERE pupil IS NOT NULL AND until_day < ?1)"
                        " OR EXISTS (SELECT 1 FROM final WHERE year < ?2)",
                        "dd", order->old_before, purge_old_year(order));
    *old = found != 0;
    return ok;
}

int32_t purge_old_year(const struct purge_order *order)
{
    return order->old_before == DATE_NONE ? DATE_NONE : date_to_civil(order->old_before).year;
}

bool store_purge_find(struct store *store, struct arena *arena, const struct purge_order *order, struct purge_find *out,
                      struct err *err)
{
    *out = (struct purge_find){0};
    return purge_select(store, order, err) && read_leavers(store, arena, out, err) &&
           read_texts(store, arena, out, err) && count_rows(store, order, &out->counts, err) &&
           look_for_old(store, order, &out->old, err) && purge_find_places(store, arena, out, err);
}
