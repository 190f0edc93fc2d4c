/* Within the store only: new rows of an import as a table for SQL, «incoming» (c0 to c12, since, nth), so that one
 * statement inserts them all, for little more than half of what a statement for each costs. */
#ifndef PAPERDIARY_STORE_FEED_H
#define PAPERDIARY_STORE_FEED_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/diff.h"

struct err;
struct store;

struct feed_row {
    const struct diff_row *row;
    int32_t nth;
};

struct feed {
    const struct feed_row *rows;
    size_t count;
    int32_t since;
};

/* Makes the table known; it shows what the store's feed holds. */
bool feed_open(struct store *store, struct err *err);

/* Runs an insert from «incoming» of these rows. */
bool feed_insert(struct store *store, sqlite3_stmt *insert, struct feed rows, struct err *err);

#endif
