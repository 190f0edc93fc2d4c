/* Within the store only: the SQL function with which store.h's books read the gradebook. */
#ifndef PAPERDIARY_STORE_BOOK_H
#define PAPERDIARY_STORE_BOOK_H

#include <stdbool.h>

struct err;
struct store;

/* Makes the function known. */
bool book_open(struct store *store, struct err *err);

#endif
