/* Decoded text → rows of cells, by RFC 4180; the only includer of csv.h. */
#ifndef PAPERDIARY_INTAKE_ROWS_H
#define PAPERDIARY_INTAKE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "intake/decode.h"

struct diag;
struct rows;

#define ROWS_FIELD_MOST ((size_t)100000) /* characters of a cell */

struct cell {
    const char *text; /* as in the file, quotes taken off; no NUL at its end */
    size_t size;
};

struct row {
    const struct cell *cells; /* lent until the next row */
    size_t count;
    int32_t line; /* where the row begins */
};

/* Reads the text, whose source must outlive the result, from the line after `skip`. delimiter 0: by an Excel line
 * `sep=;`, else by looking, for which `known` counts how many cells of a line it knows as names of columns. */
struct rows *rows_open(const char *file, const struct encoded *encoded, char delimiter, int32_t skip,
                       size_t (*known)(void *data, const struct row *row), void *data, struct diag *diag);
void rows_free(struct rows *rows);

/* The next row that is not an empty line; false at the end. Rows that can't be read (a quote that is not closed, an
 * overlong cell) are told to diag and left out. */
bool rows_next(struct rows *rows, struct row *out);
void rows_rewind(struct rows *rows); /* to the first row */
/* Whether what is wrong is kept back: for a pass that only looks ahead. */
void rows_hush(struct rows *rows, bool hushed);

/* True where a row could not be read: the file is not to be trusted. */
bool rows_broken(const struct rows *rows);

/* Where a cell of the current row stands; cell ≥ count gives the row's end. */
struct place rows_place(const struct rows *rows, size_t cell);
/* The same for the row that begins on `line`; quick where lines only grow from call to call. */
struct place rows_place_at(struct rows *rows, int32_t line, size_t cell);

#endif
