#include "store/names.h"

#include "base/err.h"
#include "store/db.h"

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

void names_free(struct names *names)
{
    map_free(&names->phrases);
    map_free(&names->forms);
}

static const char *text_of(struct names *names, struct map *map, const char *sql, int32_t number, struct err *err)
{
    if (number == 0)
        return "";
    union map_value *known = map_lookup(map, (uint64_t)number);
    if (known != NULL)
        return known->address;
    const char *text = "";
    sqlite3_stmt *query = db_query(names->store, err, sql, "i", number);
    if (db_next(names->store, query, err))
        text = db_text(query, 0, names->arena);
    db_done(query);
    map_put(map, (uint64_t)number)->address = text;
    return text;
}

const char *names_lookup(struct names *names, int32_t phrase, struct err *err)
{
    return text_of(names, &names->phrases, "SELECT text FROM phrase WHERE phrase = ?", phrase, err);
}

const char *names_form_text(struct names *names, int32_t form, struct err *err)
{
    return text_of(names, &names->forms, "SELECT name FROM form WHERE form = ?", form, err);
}
