/* Within the store only: numbers of classes and of texts. */
#ifndef PAPERDIARY_STORE_NAMES_H
#define PAPERDIARY_STORE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/map.h"

struct arena;
struct err;
struct store;

/* The number of a class; "" is 0. Made where it is new, or 0 with `make` false. */
bool names_form(struct store *store, const char *name, bool make, int32_t *out, struct err *err);
/* The number of a text, made where it is new; "" is 0. */
bool names_phrase(struct store *store, const char *text, int32_t *out, struct err *err);

enum { NAMES_NEAR = 2048 }; /* a power of two */

/* What a reader has looked up: a text or class is copied into the arena once. */
struct names {
    struct store *store;
    struct arena *arena;
    struct map phrases, forms;
    struct {
        int32_t phrase;
        const char *text;
    } near[NAMES_NEAR]; /* phrases asked for lately, by the end of their numbers */
};

/* Begins to look up, within a transaction: what was read for others before it is known where nobody has written since.
 */
bool names_begin(struct names *names, struct store *store, struct arena *arena, struct err *err);
void names_free(struct names *names);
/* What a store keeps for the next reader is given up with it. */
void names_forget(struct store *store);
/* "" on failure, and for 0. */
const char *names_lookup(struct names *names, int32_t phrase, struct err *err);
static inline const char *names_text(struct names *names, int32_t phrase, struct err *err)
{
    size_t at = (uint32_t)phrase & (NAMES_NEAR - 1);
    if (phrase == 0)
        return "";
    if (names->near[at].phrase != phrase) {
        names->near[at].text = names_lookup(names, phrase, err);
        names->near[at].phrase = phrase;
    }
    return names->near[at].text;
}
const char *names_form_text(struct names *names, int32_t form, struct err *err);

#endif
