/* Within the store only: numbers of classes and of texts. */
#ifndef PAPERDIARY_STORE_NAMES_H
#define PAPERDIARY_STORE_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "store/map.h"

struct arena;
struct err;
struct store;

/* The number of a class; "" is 0. Made where it is new, or 0 with `make` false. */
bool names_form(struct store *store, const char *name, bool make, int32_t *out, struct err *err);
/* The number of a text, made where it is new; "" is 0. */
bool names_phrase(struct store *store, const char *text, int32_t *out, struct err *err);

/* What a reader has looked up: a text or class is copied into the arena once. */
struct names {
    struct store *store;
    struct arena *arena;
    struct map phrases, forms;
};

void names_free(struct names *names);
/* "" on failure, and for 0. */
const char *names_lookup(struct names *names, int32_t phrase, struct err *err);
static inline const char *names_text(struct names *names, int32_t phrase, struct err *err)
{
    return phrase == 0 ? "" : names_lookup(names, phrase, err);
}
const char *names_form_text(struct names *names, int32_t form, struct err *err);

#endif
