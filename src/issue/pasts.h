/* The school's past as the sheets of a run need it: read once for each state that is shown. */
#ifndef PAPERDIARY_ISSUE_PASTS_H
#define PAPERDIARY_ISSUE_PASTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"

struct arena;
struct book;
struct err;
struct pasts;
struct school;
struct store;

struct pasts *pasts_new(struct store *store, const struct school *school);
void pasts_free(struct pasts *pasts); /* NULL is legal */

/* Gives the book the past of its import, for sheets of this week. It lives as long as the pasts. */
bool pasts_lend(struct pasts *pasts, struct iso_week week, struct book *book, struct err *err);

#endif
