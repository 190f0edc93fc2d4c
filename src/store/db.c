#include "store/db.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

bool db_fail(struct store *store, int result, struct err *err)
{
    const char *path = store->path;
    switch (result & 0xff) {
    case SQLITE_FULL:
        return err_set(err, ERR_MACHINE, _("the disk is full, «%s» stays as it was; make room and try again"), path);
    case SQLITE_IOERR:
        return err_set(err, ERR_MACHINE,
                       _("reading or writing «%s» failed (input/output error %d), it stays as it was; check the disk, "
                         "its free space and the limits of this account"),
                       path, result);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return err_set(err, ERR_MACHINE,
                       _("«%s» is in use by another program and was not free for ten seconds; try again when it has "
                         "finished"),
                       path);
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return err_set(err, ERR_MACHINE,
                       _("«%s» may not be written by this account; give the file and its folder to the account that "
                         "runs paperdiary"),
                       path);
    case SQLITE_CORRUPT:
        return err_set(err, ERR_MACHINE, _("«%s» is damaged; put back the last good copy of it"), path);
    case SQLITE_NOTADB:
        return err_set(err, ERR_MACHINE, _("«%s» is not a paperdiary store; put back the last good copy of it"), path);
    case SQLITE_CANTOPEN:
        return err_set(err, ERR_MACHINE,
                       _("«%s» can't be opened by this account; it should be a file (not a link) that this account may "
                         "read and write, in a folder where it may write"),
                       path);
    default:
        return err_set(err, ERR_MACHINE, _("«%s»: the database reports «%s» (%d)"), path, sqlite3_errmsg(store->db),
                       result);
    }
}

static sqlite3_stmt *prepare(struct store *store, const char *sql, struct err *err)
{
    for (size_t i = 0; i < store->count; i++)
        if (store->statements[i].sql == sql)
            return store->statements[i].handle;
    sqlite3_stmt *handle = NULL;
    int result = sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
    if ((result & 0xff) == SQLITE_ERROR) /* the program's statements are right: a table or a column is missing */
        err_set(err, ERR_MACHINE,
                _("«%s» lacks what a store of version %d has (%s); put back the last good copy of it"), store->path,
                DB_VERSION, sqlite3_errmsg(store->db));
    else if (result != SQLITE_OK)
        db_fail(store, result, err);
    if (result != SQLITE_OK)
        return NULL;
    store->statements = mem_grow(store->statements, store->count, &store->room, sizeof *store->statements);
    store->statements[store->count++] = (struct statement){.sql = sql, .handle = handle};
    return handle;
}

/* STRICT tables would take bad UTF-8: it is stopped here, should a reader ever let it through. */
static int bind_text(struct store *store, sqlite3_stmt *query, int index, const char *text, struct err *err)
{
    size_t length = strlen(text), bad_at = 0;
    if (!text_is_utf8(text, length, &bad_at)) {
        err_set(err, ERR_MACHINE, _("«%s»: a text that is not UTF-8 was to be stored; nothing was stored"),
                store->path);
        return SQLITE_MISMATCH;
    }
    return sqlite3_bind_text64(query, index, text, length, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static bool bind(struct store *store, sqlite3_stmt *query, const char *types, va_list args, struct err *err)
{
    sqlite3_reset(query);
    for (int i = 1; *types != '\0'; types++, i++) {
        int result = SQLITE_MISUSE;
        int32_t day = 0;
        switch (*types) {
        case 'i':
            result = sqlite3_bind_int(query, i, va_arg(args, int32_t));
            break;
        case 'l':
            result = sqlite3_bind_int64(query, i, va_arg(args, int64_t));
            break;
        case 's':
            result = bind_text(store, query, i, va_arg(args, const char *), err);
            break;
        case 'd':
            day = va_arg(args, int32_t);
            result = day == DATE_NONE ? sqlite3_bind_null(query, i) : sqlite3_bind_int(query, i, day);
            break;
        default:
            break;
        }
        if (result != SQLITE_OK)
            return db_fail(store, result, err);
    }
    return true;
}

static sqlite3_stmt *query_list(struct store *store, const char *sql, const char *types, va_list args, struct err *err)
{
    sqlite3_stmt *query = prepare(store, sql, err);
    return query != NULL && bind(store, query, types, args, err) ? query : NULL;
}

sqlite3_stmt *db_query(struct store *store, struct err *err, const char *sql, const char *types, ...)
{
    va_list args;
    va_start(args, types);
    sqlite3_stmt *query = query_list(store, sql, types, args, err);
    va_end(args);
    return query;
}

bool db_next(struct store *store, sqlite3_stmt *query, struct err *err)
{
    if (query == NULL)
        return false;
    int result = sqlite3_step(query);
    if (result == SQLITE_ROW)
        return true;
    if (result != SQLITE_DONE)
        db_fail(store, result, err);
    sqlite3_reset(query);
    return false;
}

void db_done(sqlite3_stmt *query)
{
    if (query != NULL)
        sqlite3_reset(query);
}

bool db_run(struct store *store, struct err *err, const char *sql, const char *types, ...)
{
    va_list args;
    va_start(args, types);
    sqlite3_stmt *query = query_list(store, sql, types, args, err);
    va_end(args);
    if (query == NULL)
        return false;
    int result = sqlite3_step(query);
    if (result != SQLITE_DONE && result != SQLITE_ROW)
        db_fail(store, result, err);
    sqlite3_reset(query);
    return result == SQLITE_DONE || result == SQLITE_ROW;
}

bool db_number(struct store *store, struct err *err, int64_t *out, const char *sql, const char *types, ...)
{
    va_list args;
    va_start(args, types);
    sqlite3_stmt *query = query_list(store, sql, types, args, err);
    va_end(args);
    if (query == NULL)
        return false;
    int result = sqlite3_step(query);
    if (result == SQLITE_ROW && sqlite3_column_type(query, 0) != SQLITE_NULL)
        *out = sqlite3_column_int64(query, 0);
    if (result != SQLITE_DONE && result != SQLITE_ROW)
        db_fail(store, result, err);
    sqlite3_reset(query);
    return result == SQLITE_DONE || result == SQLITE_ROW;
}

bool db_script(struct store *store, const char *script, struct err *err)
{
    int result = sqlite3_exec(store->db, script, NULL, NULL, NULL);
    return result == SQLITE_OK || db_fail(store, result, err);
}

int32_t db_int(sqlite3_stmt *query, int column)
{
    return sqlite3_column_int(query, column);
}

int32_t db_day(sqlite3_stmt *query, int column)
{
    return sqlite3_column_type(query, column) == SQLITE_NULL ? DATE_NONE : sqlite3_column_int(query, column);
}

const char *db_lent(sqlite3_stmt *query, int column)
{
    errno = 0;
    const char *text = (const char *)sqlite3_column_text(query, column);
    if (text == NULL)
        mem_check(); /* it is NULL in the table, or there is no memory for it */
    return text == NULL ? "" : text;
}

const char *db_text(sqlite3_stmt *query, int column, struct arena *arena)
{
    const char *text = db_lent(query, column);
    return *text == '\0' ? "" : arena_copy(arena, text);
}

const char *db_text_like(sqlite3_stmt *query, int column, const char *before, struct arena *arena)
{
    return before != NULL && strcmp(db_lent(query, column), before) == 0 ? before : db_text(query, column, arena);
}

bool db_begin_write(struct store *store, struct err *err)
{
    bool ok = db_script(store, "BEGIN IMMEDIATE", err);
    store->unsynced |= ok;
    return ok;
}

bool db_begin_read(struct store *store, struct err *err)
{
    if (store->readings == 0 && !db_script(store, "BEGIN", err))
        return false;
    store->readings++;
    return true;
}

bool db_end(struct store *store, bool ok, struct err *err)
{
    if (store->readings > 0 && --store->readings > 0)
        return ok;
    for (size_t i = 0; i < store->count; i++)
        sqlite3_reset(store->statements[i].handle);
    if (ok && db_script(store, "COMMIT", err)) {
        db_keep(store);
        return true;
    }
    /* Some failures roll back by themselves; then there is nothing left to roll back. */
    if (sqlite3_get_autocommit(store->db) == 0)
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

bool db_vacuum(struct store *store, struct err *err)
{
    store->unsynced = true;
    return db_script(store, "VACUUM", err);
}

bool db_keep(struct store *store)
{
    int changes = sqlite3_total_changes(store->db);
    if (!store->unsynced && changes == store->changes)
        return true;
    store->changes = changes;
    store->unsynced = !file_keep_name(store->path);
    return !store->unsynced;
}
