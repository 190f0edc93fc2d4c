/* Within the store only: a small vocabulary for SQL. Statements are literals, data only ever goes through parameters.
 */
#ifndef PAPERDIARY_STORE_DB_H
#define PAPERDIARY_STORE_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/feed.h"

struct arena;
struct err;

#define DB_APPLICATION 1346652513 /* "PDia" */
#define DB_VERSION     2          /* user_version that this program reads and writes */

struct statement {
    const char *sql;
    sqlite3_stmt *handle;
};

struct store {
    sqlite3 *db;
    char *path;
    struct statement *statements; /* every statement once prepared, by the address of its text */
    size_t count, room;
    size_t readings; /* begun one in the other */
    struct feed feed;
    struct lately *lately;          /* texts for names.c; NULL: none yet */
    struct taking *taking;          /* where entries go while book.c reads them; else NULL */
    bool unsynced;                  /* something was committed, or may have been, and db_keep has not followed */
    int changes;                    /* rows changed up to the last db_keep */
    void (*waiting)(void *context); /* see store_open_telling */
    void *context;
};

/* Notes what SQLite's last failure means for a person (ERR_MACHINE); returns false. */
bool db_fail(struct store *store, int result, struct err *err);

/* A statement, prepared once, with its parameters bound. `types` has a letter for each: i int32_t, l int64_t, s text,
 * d a day (DATE_NONE: NULL). The statement is the same one for the same text: don't nest it in itself. NULL: failed. */
sqlite3_stmt *db_query(struct store *store, struct err *err, const char *sql, const char *types, ...);

/* The next row. False at the end or on failure (err tells which); the statement is reset then. */
bool db_next(struct store *store, sqlite3_stmt *query, struct err *err);
/* Ends a query before its end. NULL is legal. */
void db_done(sqlite3_stmt *query);

/* A statement without rows, or with one that tells nothing. */
bool db_run(struct store *store, struct err *err, const char *sql, const char *types, ...);
/* The first column of the first row; *out stays where there is no row or it is NULL. */
bool db_number(struct store *store, struct err *err, int64_t *out, const char *sql, const char *types, ...);
/* A script of the program's own. */
bool db_script(struct store *store, const char *script, struct err *err);

/* Columns of the current row. Text is copied: SQLite's own lives until the next step. */
int32_t db_int(sqlite3_stmt *query, int column);
int32_t db_day(sqlite3_stmt *query, int column); /* NULL: DATE_NONE */
const char *db_text(sqlite3_stmt *query, int column, struct arena *arena);
/* The same; copied only where it is not like `before`, which may be NULL. */
const char *db_text_like(sqlite3_stmt *query, int column, const char *before, struct arena *arena);
const char *db_lent(sqlite3_stmt *query, int column); /* not copied */

/* A transaction for writing waits for other writers; one for reading sees one state in all its queries, and may be
 * begun in another one for reading. */
bool db_begin_write(struct store *store, struct err *err);
bool db_begin_read(struct store *store, struct err *err);
/* Commits where `ok`, else (or where that fails) rolls back. Returns whether all is well. */
bool db_end(struct store *store, bool ok, struct err *err);
bool db_vacuum(struct store *store, struct err *err);

/* That the journals of commits are gone is on the disk: one that came back after a power cut would undo its commit.
 * False: not so (errno), but committed; store_close tries again and tells it. SQLite's own way (synchronous = EXTRA)
 * calls a commit failed that can't be undone any more. */
bool db_keep(struct store *store);

#endif
