/* One hash table for everything an export repeats: texts to their symbols, raw cells to what they mean. */
#ifndef PAPERDIARY_INTAKE_TABLE_H
#define PAPERDIARY_INTAKE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gradebook/record.h"

struct arena;
struct table;

/* Keys and texts are copied into the arena, which must outlive the table. */
struct table *table_new(struct arena *arena);
void table_free(struct table *table);

/* The value kept under (role, key): a new one is 0 and *fresh is set. The pointer is good until the next call. Role 0
 * is the table's own. */
uint32_t *table_slot(struct table *table, uint32_t role, const char *key, size_t size, bool *fresh);

/* The symbol of a text that is clean already; the empty text is 0. */
symbol table_symbol(struct table *table, const char *text, size_t size);
/* True where the very bytes are a symbol's text. */
bool table_has_symbol(const struct table *table, const char *text, size_t size, symbol *out);
const char *table_text(const struct table *table, symbol of);
/* All texts by symbol, copied into the arena. */
const char *const *table_texts(const struct table *table, struct arena *arena, size_t *count);

#endif
