/* Files of one issue, made aside and put in place together, each whole or not at all. */
#ifndef PAPERDIARY_ISSUE_SHELF_H
#define PAPERDIARY_ISSUE_SHELF_H

#include <stdbool.h>
#include <stddef.h>

struct err;
struct file_writing;
struct shelf;

/* `folder` is where the files will stand; it is made, and inside it a hidden folder for the files in the making. What a
 * killed run left there is removed; the hidden folder itself is the sign that files are missing, until shelf_mended. */
bool shelf_open(const char *folder, bool group, struct shelf **out, struct err *err);

/* True where an earlier run ended, killed or failing, before all its files were in place: those that are may be older
 * than the register. */
bool shelf_interrupted(const struct shelf *shelf);

/* What the earlier run left undone is done: the sign of it goes with the shelf. Whoever does less (a preview), or
 * fails, leaves the sign to the next. */
void shelf_mended(struct shelf *shelf);

/* Writes a file aside; `name` is its place below the folder («3А/07-Вокуева-Дарья.pdf»). */
bool shelf_put(struct shelf *shelf, const char *name, const void *data, size_t size, struct err *err);

/* The same for a file that is written in parts: it gets its place by shelf_end, which is file_end besides. */
bool shelf_begin(struct shelf *shelf, struct file_writing **out, struct err *err);
bool shelf_end(struct shelf *shelf, const char *name, struct file_writing *file, bool whole, struct err *err);

/* All of them are on the disk: before the register takes them. */
bool shelf_sync(struct shelf *shelf, struct err *err);

/* Renames all of them into place, for good. */
bool shelf_place(struct shelf *shelf, struct err *err);

/* Removes what is not in place, and the shelf; where placing failed it stays, as the sign of that, as does an earlier
 * sign. NULL is legal. */
void shelf_free(struct shelf *shelf);

#endif
