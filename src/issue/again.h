/* Issued sheets made again as they were: from the state of the store after their import, with their layout. */
#ifndef PAPERDIARY_ISSUE_AGAIN_H
#define PAPERDIARY_ISSUE_AGAIN_H

#include <stdbool.h>
#include <stddef.h>

struct again;
struct arena;
struct err;
struct file_writing;
struct made_with;
struct pupil;
struct press_pack;
struct sheet_row;
struct store;
struct workshop;

struct again_sheet {
    const struct pupil *pupil; /* as of the sheet; NULL: the pupil's data were removed, there are no pages */
    struct press_pack *pack;   /* to be freed */
};

struct again *again_new(const struct workshop *shop, struct store *store);
void again_free(struct again *again); /* NULL is legal */

/* The pupil lives until again_forget. */
bool again_make(struct again *again, const struct sheet_row *row, struct again_sheet *out, struct err *err);
/* The layout's part of what the row's sheet would be made with today. */
void again_now(struct again *again, struct arena *arena, const struct sheet_row *row, struct made_with *out);
/* Frees what was made; the last classes stay at hand. */
void again_forget(struct again *again);

/* A bundle of the rows in their order, with copies and bookmarks, each sheet from a front side; those whose data were
 * removed are left out. Into the file as they come. */
bool again_bundle(struct again *again, const char *title, const struct sheet_row *rows, size_t count,
                  struct file_writing *out, struct err *err);

#endif
