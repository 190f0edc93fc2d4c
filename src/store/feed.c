#include "store/feed.h"

#include "base/mem.h"
#include "store/db.h"

/* What SQLite asks of a table that is not its own: https://sqlite.org/vtab.html */
struct table {
    sqlite3_vtab base;
    const struct feed *feed;
};

struct cursor {
    sqlite3_vtab_cursor base;
    size_t at;
};

static int connect(sqlite3 *db, void *feed, int count, const char *const *words, sqlite3_vtab **out, char **error)
{
    (void)count;
    (void)words;
    (void)error;
    int result = sqlite3_declare_vtab(
        db, "CREATE TABLE incoming (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, since, nth)");
    if (result != SQLITE_OK)
        return result;
    struct table *table = mem_alloc(sizeof *table);
    table->feed = feed;
    *out = &table->base;
    return SQLITE_OK;
}

static int disconnect(sqlite3_vtab *table)
{
    mem_free(table);
    return SQLITE_OK;
}

static int best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
    const struct feed *feed = ((const struct table *)table)->feed;
    info->estimatedRows = (sqlite3_int64)feed->count;
    info->estimatedCost = (double)feed->count;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
    (void)table;
    struct cursor *cursor = mem_alloc(sizeof *cursor);
    *out = &cursor->base;
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *cursor)
{
    mem_free(cursor);
    return SQLITE_OK;
}

static int filter(sqlite3_vtab_cursor *cursor, int number, const char *text, int count, sqlite3_value **values)
{
    (void)number;
    (void)text;
    (void)count;
    (void)values;
    ((struct cursor *)cursor)->at = 0;
    return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *cursor)
{
    ((struct cursor *)cursor)->at++;
    return SQLITE_OK;
}

static const struct feed *feed_of(sqlite3_vtab_cursor *cursor)
{
    return ((const struct table *)cursor->pVtab)->feed;
}

static int is_end(sqlite3_vtab_cursor *cursor)
{
    return ((struct cursor *)cursor)->at >= feed_of(cursor)->count;
}

static int column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int number)
{
    const struct feed *feed = feed_of(cursor);
    const struct feed_row *row = &feed->rows[((struct cursor *)cursor)->at];
    sqlite3_result_int(context, number < DIFF_CELLS    ? row->row->cell[number]
                                : number == DIFF_CELLS ? feed->since
                                                       : row->nth);
    return SQLITE_OK;
}

static int row_number(sqlite3_vtab_cursor *cursor, sqlite3_int64 *out)
{
    *out = (sqlite3_int64)((struct cursor *)cursor)->at;
    return SQLITE_OK;
}

static const sqlite3_module module = {
    .xConnect = connect,
    .xBestIndex = best_index,
    .xDisconnect = disconnect,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = filter,
    .xNext = next,
    .xEof = is_end,
    .xColumn = column,
    .xRowid = row_number,
};

bool feed_open(struct store *store, struct err *err)
{
    int result = sqlite3_create_module_v2(store->db, "incoming", &module, &store->feed, NULL);
    return result == SQLITE_OK || db_fail(store, result, err);
}

bool feed_insert(struct store *store, sqlite3_stmt *insert, struct feed rows, struct err *err)
{
    store->feed = rows;
    int result = sqlite3_step(insert);
    sqlite3_reset(insert);
    store->feed = (struct feed){0};
    return result == SQLITE_DONE || db_fail(store, result, err);
}
