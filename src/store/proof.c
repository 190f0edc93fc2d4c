#include "store/proof.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "store/db.h"
#include "store/store.h"

static const char *known(const char *text)
{
    return text == NULL ? "" : text;
}

static bool keep_text(struct store *store, const char *digest, const char *text, struct err *err)
{
    return text == NULL || digest[0] == '\0' ||
           db_run(store, err, "INSERT INTO made_text (digest, text) VALUES (?, ?) ON CONFLICT DO NOTHING", "ss", digest,
                  text);
}

bool store_made_text(struct store *store, struct arena *arena, const char *digest, const char **out, struct err *err)
{
    *out = NULL;
    sqlite3_stmt *query = db_query(store, err, "SELECT text FROM made_text WHERE digest = ?", "s", digest);
    if (db_next(store, query, err))
        *out = db_text(query, 0, arena);
    db_done(query);
    return err->code == ERR_NONE;
}

bool proof_made_with(struct store *store, const struct made_with *made, int32_t *out, struct err *err)
{
    const char *program = known(made->program), *layout = known(made->layout);
    const char *fonts = known(made->fonts), *settings = known(made->settings);
    int64_t found = 0;
    bool ok = keep_text(store, layout, made->layout_text, err) &&
              keep_text(store, settings, made->settings_text, err) &&
              db_run(store, err,
                     "INSERT INTO made_with (program, layout, fonts, settings) VALUES (?, ?, ?, ?)"
                     " ON CONFLICT DO NOTHING",
                     "ssss", program, layout, fonts, settings) &&
              db_number(store, err, &found,
                        "SELECT made_with FROM made_with WHERE program = ? AND layout = ? AND fonts = ?"
                        " AND settings = ?",
                        "ssss", program, layout, fonts, settings);
    *out = (int32_t)found;
    return ok;
}

/* «reprint: 3 sheets, 2026-W47-3А-01 to 2026-W47-3А-03»: numbers only. */
static bool audit(struct store *store, const char *what, const struct sheet_row *const *rows, size_t count,
                  const char *stamp, const char *account, struct err *err)
{
    char text[200] = "";
    if (count == 1)
        snprintf(text, sizeof text, "%s: %s", what, rows[0]->number);
    else
        snprintf(text, sizeof text, "%s: %zu sheets, %s to %s", what, count, rows[0]->number, rows[count - 1]->number);
    return store_audit(store, stamp, account, text, err);
}

bool store_note_returned(struct store *store, const struct sheet_row *const *rows, size_t count, const char *stamp,
                         const char *account, size_t *noted, struct err *err)
{
    char day[DATE_TEXT] = "";
    snprintf(day, sizeof day, "%.10s", stamp);
    *noted = 0;
    if (!db_begin_write(store, err))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        int64_t fresh = 0;
        ok = db_number(store, err, &fresh, "SELECT 1 FROM sheet WHERE number = ? AND returned = ''", "s",
                       rows[i]->number) &&
             db_run(store, err, "UPDATE sheet SET returned = ? WHERE number = ? AND returned = ''", "ss", day,
                    rows[i]->number);
        *noted += fresh != 0 ? 1 : 0;
    }
    ok = ok && (*noted == 0 || audit(store, "returned", rows, count, stamp, account, err));
    return db_end(store, ok, err);
}

bool store_note_printed(struct store *store, const struct sheet_row *const *rows, size_t count, const char *stamp,
                        const char *account, struct err *err)
{
    char day[DATE_TEXT] = "";
    snprintf(day, sizeof day, "%.10s", stamp);
    if (count == 0)
        return true;
    if (!db_begin_write(store, err))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        ok = db_run(store, err, "UPDATE sheet SET printed = ? WHERE number = ?", "ss", day, rows[i]->number);
    return db_end(store, ok && audit(store, "printed", rows, count, stamp, account, err), err);
}
