/* Files of the school folder that hold data which must not be kept (1.3, 2.4). */
#ifndef PAPERDIARY_ISSUE_PURGE_H
#define PAPERDIARY_ISSUE_PURGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/purge.h"

struct arena;
struct err;
struct store;

struct purge_files {
    const char **remove; /* below the school folder */
    size_t remove_count;
    const char **waiting; /* in inbox/, not imported yet, which name one of the leavers: they stay */
    size_t waiting_count;
};

/* What is to go:
 * - below out/ every sheet of theirs; of a period in which they had one, every file that holds several pupils' sheets
 *   or a list; previews and whatever else is not of the register. Sheets of others stay, but where a text that is
 *   blanked (find->places that are sure) may stand on them;
 * - below inbox/done/ and inbox/refused/ each file that names one of them by surname, in any case, or id, or that can't
 *   be read, or that is older than what is kept; not where texts alone are blanked;
 * - copies of the store that a new version of the program made beside it. */
bool purge_files(struct arena *arena, const char *school, struct store *store, const struct purge_order *order,
                 const struct purge_find *find, struct purge_files *out, struct err *err);
/* Removes them, and folders that became empty; what is gone already is no failure. */
bool purge_remove(struct arena *arena, const char *school, const struct purge_files *files, struct err *err);
struct purge_proof {
    const char **still; /* files that still hold one of the words */
    size_t still_count;
    const char **closed; /* files that can't be searched: packed ones that are not the program's, or too large */
    size_t closed_count;
};

/* The proof: every file of the school folder, whoever put it there, searched for the words in any encoding. */
bool purge_search(struct arena *arena, const char *school, const struct purge_find *find, struct purge_proof *out,
                  struct err *err);

#endif
