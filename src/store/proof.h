/* What becomes of issued sheets: what they were made with, printed, given back. */
#ifndef PAPERDIARY_STORE_PROOF_H
#define PAPERDIARY_STORE_PROOF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct err;
struct made_with;
struct sheet_row;
struct store;

/* Within a transaction for writing: the row's number, made where it is new; its texts are kept. */
bool proof_made_with(struct store *store, const struct made_with *made, int32_t *out, struct err *err);

/* The text behind a digest of struct made_with, in the arena; NULL: none was kept. */
bool store_made_text(struct store *store, struct arena *arena, const char *digest, const char **out, struct err *err);

/* Notes the slips of the rows as returned on the day of the stamp, those noted before stay as they are; *noted counts
 * the new ones. One transaction, with an audit row where anything was noted. */
bool store_note_returned(struct store *store, const struct sheet_row *const *rows, size_t count, const char *stamp,
                         const char *account, size_t *noted, struct err *err);

/* Notes the rows as printed on the day of the stamp, with an audit row. */
bool store_note_printed(struct store *store, const struct sheet_row *const *rows, size_t count, const char *stamp,
                        const char *account, struct err *err);

#endif
