/* The sheets of a period: those that were issued before, and those of this run, kept small until the register takes
 * them. */
#ifndef PAPERDIARY_ISSUE_LEDGER_H
#define PAPERDIARY_ISSUE_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct err;
struct ledger;
struct sheet_row;
struct store;

/* Nothing was issued before until ledger_load. Rows and texts that are asked of a ledger live as long as it. */
struct ledger *ledger_new(void);
void ledger_free(struct ledger *ledger); /* NULL is legal */
bool ledger_load(struct ledger *ledger, struct store *store, const char *period, struct err *err);

/* --- issued before ---------------------------------------------------------------------------------------------- */

/* By class and number; returns how many. Of a class (NULL: all). */
size_t ledger_before(const struct ledger *ledger, const char *form, const struct sheet_row **rows);
/* The newest issue of the pupil's sheet, or NULL. */
const struct sheet_row *ledger_newest(const struct ledger *ledger, int32_t pupil);

/* --- of this run ------------------------------------------------------------------------------------------------ */

/* The row is copied; but what all sheets of a run have alike (kind, period, stamp, account, layout, made) is lent. The
 * sheets of a class come one after another. Returns the file's name as it is kept. */
const char *ledger_add(struct ledger *ledger, const struct sheet_row *row);
size_t ledger_count(const struct ledger *ledger);
const char *ledger_file(const struct ledger *ledger, size_t index);
bool ledger_store(const struct ledger *ledger, struct store *store, struct err *err);

/* --- both ------------------------------------------------------------------------------------------------------- */

/* The rows of a class, in any order, in the arena; their forecasts are left out. Returns how many. */
size_t ledger_class(const struct ledger *ledger, struct arena *arena, const char *form, struct sheet_row **rows);
/* The newest sheets of those families that get them by post, in hand-out order. */
size_t ledger_by_post(const struct ledger *ledger, struct arena *arena, const struct sheet_row ***rows);

#endif
