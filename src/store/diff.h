/* Within the store only: how a table with history takes what a file says. Rows are numbers (texts are phrases): first
 * the key's cells, then the value's. Rows of one key are a multiset. */
#ifndef PAPERDIARY_STORE_DIFF_H
#define PAPERDIARY_STORE_DIFF_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct run;

#define DIFF_CELLS 13

struct diff_row {
    int32_t cell[DIFF_CELLS];
    int32_t since, nth; /* stored rows; in new rows nth is the place in the file */
};

/* Zero-initialise; diff_free when done. */
struct diff_list {
    struct diff_row *rows;
    size_t count, room;
};

/* A part of a list. */
struct diff_part {
    const struct diff_row *rows;
    size_t count;
};

/* Rows of one key. `left`: how many of them have no equal on the other side. */
struct diff_group {
    struct diff_part old, new;
    size_t old_left, new_left;
};

struct diff_table {
    int key, width;     /* number of cells of the key, and of all */
    const char *insert; /* from «incoming»: the cells, since, nth; see feed.h */
    const char *close;  /* until, then the key, since, nth */
    void (*count)(struct run *run, const struct diff_group *group);
};

void diff_free(struct diff_list *list);
/* A new row at the end, zeroed but for nth: its place. */
struct diff_row *diff_add(struct diff_list *list);
/* By key, then place. */
void diff_sort(struct diff_list *list, const struct diff_table *table);

/* Appends the rows of a query: columns are the cells, since, nth. */
bool diff_read(struct run *run, const struct diff_table *table, sqlite3_stmt *query, struct diff_list *list,
               struct err *err);

/* Makes `new` hold from this import on where `old` held; equal rows are not touched. Both are sorted by key. */
bool diff_apply(struct run *run, const struct diff_table *table, struct diff_part old, struct diff_part new,
                struct err *err);

/* Counts rows as values: the count of tables without anything finer. */
void diff_count_rows(struct run *run, const struct diff_group *group);

#endif
