/* Within the store only: who a row is about, and what is known of pupils. */
#ifndef PAPERDIARY_STORE_PEOPLE_H
#define PAPERDIARY_STORE_PEOPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "gradebook/record.h"

struct arena;
struct err;
struct run;
struct store;

/* 0 where there is none. */
bool people_lookup(struct store *store, const char *code, int32_t *pupil, struct err *err);

/* The pupil of the class who has this name, now or before; 0: none, or several. */
bool people_find(struct run *run, const char *name, int32_t form, int32_t *pupil, struct err *err);

/* Puts what a row says over what is stored of a pupil, as a new version from import `number` on. A field that says
 * nothing keeps what is stored. *changed is set where anything differs. */
bool people_merge(struct store *store, struct arena *arena, int32_t number, int32_t pupil, const struct pupil_row *says,
                  bool clear_paper_until, bool *changed, struct err *err);

/* Who a row names. An unknown name in a class is made a new pupil, with what the row says; an unknown id only with
 * `make`. *pupil is 0 where it can't be told: then the run's diag says why. */
bool people_resolve(struct run *run, const struct pupil_row *row, bool make, int32_t *pupil, struct err *err);

#endif
