/* Issued sheets made again as they were: from the state of the store after their import, with the layout and the
 * settings of then, where the store has kept them. */
#ifndef PAPERDIARY_ISSUE_AGAIN_H
#define PAPERDIARY_ISSUE_AGAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct again;
struct arena;
struct book;
struct err;
struct file_writing;
struct made_with;
struct pupil;
struct press_pack;
struct sheet_maker;
struct sheet_row;
struct store;
struct workshop;

struct again_sheet {
    const struct pupil *pupil; /* as of the sheet; NULL: the pupil's data were removed, there are no pages */
    struct press_pack *pack;   /* to be freed */
};

struct again *again_new(const struct workshop *shop, struct store *store);
void again_free(struct again *again); /* NULL is legal */

/* A class's book as it was after import `as_of` (INT32_MAX: as it is now), with what the maker's sheets need of the
 * school's past. The past lives as long as `again`, the book in the arena. */
bool again_load(struct again *again, struct arena *arena, const struct sheet_maker *maker, const char *form,
                int32_t as_of, struct book *out, struct err *err);

/* The pupil lives until again_forget. */
bool again_make(struct again *again, const struct sheet_row *row, struct again_sheet *out, struct err *err);
/* With what the row's sheet is made again, and with what it would be issued today; they live as long as `again`. */
bool again_compare(struct again *again, const struct sheet_row *row, struct made_with *used, struct made_with *today,
                   struct err *err);
/* Frees what was made; the last classes stay at hand. */
void again_forget(struct again *again);

/* A bundle of the rows in their order, with copies and bookmarks, each sheet from a front side; those whose data were
 * removed are left out. Into the file as they come. */
bool again_bundle(struct again *again, const char *title, const struct sheet_row *const *rows, size_t count,
                  struct file_writing *out, struct err *err);

#endif
