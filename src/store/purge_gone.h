/* Within the store only: whom a removal is about. */
#ifndef PAPERDIARY_STORE_PURGE_GONE_H
#define PAPERDIARY_STORE_PURGE_GONE_H

#include "store/purge.h"

/* Fills temp.gone with the keys of those whose data is to go. */
bool purge_select(struct store *store, const struct purge_order *order, struct err *err);
/* The school year whose first day is old_before: finals of earlier ones go. DATE_NONE: none. */
int32_t purge_old_year(const struct purge_order *order);

/* Where texts of others name someone in temp.gone, by out->words and out->names. */
bool purge_find_places(struct store *store, struct arena *arena, struct purge_find *out, struct err *err);
/* Blanks words in texts that others need and in names of imported files, and ids in the audit log. */
bool purge_scrub(struct store *store, const struct purge_find *find, struct err *err);

#endif
