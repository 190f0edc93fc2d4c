/* Names in free text, in any grammatical case: «Вокуевой Дарье», «Д. Вокуеву». What is found is likely, not certain: a
 * person decides. */
#ifndef PAPERDIARY_STORE_MENTION_H
#define PAPERDIARY_STORE_MENTION_H

#include <stdbool.h>

struct arena;
struct mention;

enum mention_kind {
    MENTION_NONE,
    MENTION_SURNAME, /* a surname alone, with a capital letter */
    MENTION_NAME,    /* a surname beside the first name, or its initial */
};

struct mention *mention_new(void);
void mention_free(struct mention *mention); /* NULL is legal */
/* «Вокуева Дарья Ивановна»: the surname comes first. Names of those who stay are not found, nor whoever has the same.
 */
void mention_add(struct mention *mention, const char *name, bool stays);
/* A name in any order, with initials: each of its words may be the surname of one who stays. */
void mention_add_teacher(struct mention *mention, const char *name);
enum mention_kind mention_find(const struct mention *mention, const char *text);

/* What the cases of a folded surname or first name have in common: «вокуев» of «вокуева», «дарь» of «дарья». */
const char *mention_stem(struct arena *arena, const char *folded);

#endif
