/* Within the store only: whom a removal is about. */
#ifndef PAPERDIARY_STORE_PURGE_GONE_H
#define PAPERDIARY_STORE_PURGE_GONE_H

#include "store/purge.h"

/* Fills temp.gone with the keys of those whose data is to go. */
bool purge_select(struct store *store, const struct purge_order *order, struct err *err);
/* The school year whose first day is old_before: finals of earlier ones go. DATE_NONE: none. */
int32_t purge_old_year(const struct purge_order *order);

#endif
