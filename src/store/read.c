#include "store/store.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "settings/form.h"
#include "store/db.h"

#define IMPORT_SELECT "SELECT import, stamp, file, kind, profile, state, sha256 FROM import"

bool store_import_info(struct store *store, struct arena *arena, int32_t import, struct import_info *out,
                       struct err *err)
{
    *out = (struct import_info){0};
    sqlite3_stmt *query = import == 0 ? db_query(store, err, IMPORT_SELECT " ORDER BY import DESC LIMIT 1", "")
                                      : db_query(store, err, IMPORT_SELECT " WHERE import = ?", "i", import);
    if (!db_next(store, query, err))
        return false;
    out->import = db_int(query, 0);
    out->stamp = db_text(query, 1, arena);
    out->file = db_text(query, 2, arena);
    out->kind = db_text(query, 3, arena);
    out->profile = db_text(query, 4, arena);
    out->state = db_text(query, 5, arena);
    out->sha256 = db_text(query, 6, arena);
    db_done(query);
    return true;
}

static int compare_forms(const void *a, const void *b)
{
    return form_compare(*(const char *const *)a, *(const char *const *)b);
}

bool store_classes(struct store *store, struct arena *arena, const char ***out, size_t *count, struct err *err)
{
    const char **forms = NULL;
    size_t room = 0;
    *out = NULL;
    *count = 0;
    sqlite3_stmt *query = db_query(store, err,
                                   "SELECT name FROM form WHERE EXISTS (SELECT 1 FROM pupil_state s"
                                   " WHERE s.form = form.form AND s.until = 0)",
                                   "");
    while (db_next(store, query, err)) {
        forms = mem_grow(forms, *count, &room, sizeof *forms);
        forms[(*count)++] = db_text(query, 0, arena);
    }
    if (*count > 0) {
        qsort(forms, *count, sizeof *forms, compare_forms);
        *out = arena_alloc(arena, *count * sizeof *forms);
        memcpy(*out, forms, *count * sizeof *forms);
    }
    mem_free(forms);
    return err->code == ERR_NONE;
}

/* --- pupils ---------------------------------------------------------------------------------------------------- */

#define PUPIL_SELECT                                                                                                   \
    "SELECT s.pupil, p.code, s.name, coalesce(f.name, ''), s.enrolled, s.left_on, s.ground, s.consent, s.paper_from,"  \
    " s.paper_until, s.delivery, s.recipient, s.address, s.copies, s.folded"                                           \
    " FROM pupil_state s JOIN pupil p USING (pupil) LEFT JOIN form f USING (form) WHERE "
#define PUPIL_NOW PUPIL_SELECT "s.until = 0"

static struct pupil pupil_of(sqlite3_stmt *query, struct arena *arena)
{
    struct pupil pupil = {.key = db_int(query, 0), .code = db_text(query, 1, arena), .name = db_text(query, 2, arena)};
    pupil.form = db_text(query, 3, arena);
    pupil.enrolled = db_day(query, 4);
    pupil.left = db_day(query, 5);
    pupil.ground = db_text(query, 6, arena);
    pupil.consent = db_day(query, 7);
    pupil.paper_from = db_day(query, 8);
    pupil.paper_until = db_day(query, 9);
    pupil.delivery = db_text(query, 10, arena);
    pupil.recipient = db_text(query, 11, arena);
    pupil.address = db_text(query, 12, arena);
    pupil.copies = db_int(query, 13) < 1 ? 1 : db_int(query, 13);
    return pupil;
}

static int compare_pupils(const void *a, const void *b)
{
    const struct pupil *left = a, *right = b;
    int order = form_compare(left->form, right->form);
    if (order == 0)
        order = text_collate(left->name, right->name);
    return order != 0 ? order : strcmp(left->code, right->code);
}

/* Pupils of a query that are `folded`'s (NULL: all). */
static bool take_pupils(struct store *store, struct arena *arena, sqlite3_stmt *query, const char *folded,
                        struct pupil **out, size_t *count, struct err *err)
{
    struct pupil *pupils = NULL;
    size_t room = 0;
    *out = NULL;
    *count = 0;
    while (db_next(store, query, err)) {
        if (folded != NULL && strstr(db_lent(query, 14), folded) == NULL)
            continue;
        pupils = mem_grow(pupils, *count, &room, sizeof *pupils);
        pupils[(*count)++] = pupil_of(query, arena);
    }
    if (*count > 0) {
        qsort(pupils, *count, sizeof *pupils, compare_pupils);
        *out = arena_alloc(arena, *count * sizeof *pupils);
        memcpy(*out, pupils, *count * sizeof *pupils);
    }
    mem_free(pupils);
    return err->code == ERR_NONE;
}

bool store_pupils(struct store *store, struct arena *arena, const char *form, struct pupil **out, size_t *count,
                  struct err *err)
{
    sqlite3_stmt *query = form == NULL ? db_query(store, err, PUPIL_NOW, "")
                                       : db_query(store, err, PUPIL_NOW " AND f.name = ?", "s", form);
    return take_pupils(store, arena, query, NULL, out, count, err);
}

bool store_pupils_at(struct store *store, struct arena *arena, const char *form, int32_t as_of, struct pupil **out,
                     size_t *count, struct err *err)
{
    sqlite3_stmt *query = db_query(
        store, err, PUPIL_SELECT "f.name = ?1 AND s.since <= ?2 AND (s.until = 0 OR ?2 < s.until)", "si", form, as_of);
    return take_pupils(store, arena, query, NULL, out, count, err);
}

bool store_find_pupils(struct store *store, struct arena *arena, const char *what, struct pupil **out, size_t *count,
                       struct err *err)
{
    const char *folded = text_fold(arena, what);
    if (!take_pupils(store, arena, db_query(store, err, PUPIL_NOW " AND p.code = ?", "s", what), NULL, out, count, err))
        return false;
    if (*count > 0 || *folded == '\0')
        return true;
    return take_pupils(store, arena, db_query(store, err, PUPIL_NOW, ""), folded, out, count, err);
}

bool store_last_lesson(struct store *store, int32_t today, int32_t *out, struct err *err)
{
    *out = DATE_NONE;
    sqlite3_stmt *query = db_query(store, err, "SELECT form FROM form", "");
    while (db_next(store, query, err)) {
        int64_t day = DATE_NONE;
        if (!db_number(store, err, &day,
                       "SELECT day FROM entry WHERE form = ? AND day <= ? AND until = 0 ORDER BY day DESC LIMIT 1",
                       "ii", db_int(query, 0), today))
            break;
        if (day > *out)
            *out = (int32_t)day;
    }
    db_done(query);
    return err->code == ERR_NONE;
}
