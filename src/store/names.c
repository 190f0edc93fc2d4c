#include "store/names.h"

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"

#define LATELY_MOST ((size_t)512 << 10) /* bytes of texts */

/* Phrases that were read lately: those of a class are mostly those of the class before. A number can be given to
 * another text, so they hold only while nobody writes. */
struct lately {
    struct arena *arena;
    struct map texts;
    int64_t version; /* of the data, as changed by others */
    int changes;     /* and by us */
};

static bool number_of(struct store *store, const char *select, const char *insert, const char *text, bool make,
                      int32_t *out, struct err *err)
{
    *out = 0;
    if (*text == '\0')
        return true;
    int64_t number = 0;
    if (!db_number(store, err, &number, select, "s", text))
        return false;
    if (number == 0 && make) {
        if (!db_run(store, err, insert, "s", text))
            return false;
        number = sqlite3_last_insert_rowid(store->db);
    }
    *out = (int32_t)number;
    return true;
}

bool names_form(struct store *store, const char *name, bool make, int32_t *out, struct err *err)
{
    return number_of(store, "SELECT form FROM form WHERE name = ?", "INSERT INTO form (name) VALUES (?)", name, make,
                     out, err);
}

bool names_phrase(struct store *store, const char *text, int32_t *out, struct err *err)
{
    return number_of(store, "SELECT phrase FROM phrase WHERE text = ?", "INSERT INTO phrase (text) VALUES (?)", text,
                     true, out, err);
}

static void lately_empty(struct lately *lately)
{
    map_free(&lately->texts);
    arena_reset(lately->arena);
}

void names_forget(struct store *store)
{
    if (store->lately == NULL)
        return;
    map_free(&store->lately->texts);
    arena_free(store->lately->arena);
    mem_free(store->lately);
    store->lately = NULL;
}

bool names_begin(struct names *names, struct store *store, struct arena *arena, struct err *err)
{
    int64_t version = 0;
    int changes = sqlite3_total_changes(store->db);
    *names = (struct names){.store = store, .arena = arena};
    if (!db_number(store, err, &version, "PRAGMA data_version", ""))
        return false;
    if (store->lately == NULL) {
        store->lately = mem_alloc(sizeof *store->lately);
        store->lately->arena = arena_new();
    }
    struct lately *lately = store->lately;
    if (lately->version != version || lately->changes != changes || arena_used(lately->arena) > LATELY_MOST)
        lately_empty(lately);
    lately->version = version;
    lately->changes = changes;
    return true;
}

void names_free(struct names *names)
{
    map_free(&names->phrases);
    map_free(&names->forms);
}

static const char *read_text(struct names *names, const char *sql, int32_t number, struct arena *arena, struct err *err)
{
    const char *text = "";
    sqlite3_stmt *query = db_query(names->store, err, sql, "i", number);
    if (db_next(names->store, query, err))
        text = db_text(query, 0, arena);
    db_done(query);
    return text;
}

const char *names_lookup(struct names *names, int32_t phrase, struct err *err)
{
    struct lately *lately = names->store->lately;
    union map_value *known = map_lookup(&names->phrases, (uint64_t)phrase);
    if (known != NULL)
        return known->address;
    known = map_lookup(&lately->texts, (uint64_t)phrase);
    if (known == NULL) {
        const char *read = read_text(names, "SELECT text FROM phrase WHERE phrase = ?", phrase, lately->arena, err);
        if (err->code != ERR_NONE)
            return "";
        known = map_put(&lately->texts, (uint64_t)phrase);
        known->address = read;
    }
    const char *text = arena_copy(names->arena, known->address);
    map_put(&names->phrases, (uint64_t)phrase)->address = text;
    return text;
}

const char *names_form_text(struct names *names, int32_t form, struct err *err)
{
    if (form == 0)
        return "";
    union map_value *known = map_lookup(&names->forms, (uint64_t)form);
    if (known != NULL)
        return known->address;
    const char *text = read_text(names, "SELECT name FROM form WHERE form = ?", form, names->arena, err);
    map_put(&names->forms, (uint64_t)form)->address = text;
    return text;
}
