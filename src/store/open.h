/* Within the store only: how the file of the store comes to be, and stays of today's version. */
#ifndef PAPERDIARY_STORE_OPEN_H
#define PAPERDIARY_STORE_OPEN_H

#include <stdbool.h>
#include <stddef.h>

struct err;
struct store;

/* Takes a store from version `from` to the next one. The list is in order and without gaps. */
struct migration {
    int from;
    const char *script;
};

/* Brings an opened store of version `found` to version `target`, all in one transaction, after a copy of it was made
 * beside it (PATH.vFOUND). */
bool store_migrate(struct store *store, int found, int target, const struct migration *list, size_t count,
                   struct err *err);

#endif
