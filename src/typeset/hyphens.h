/* Where a Russian word may be hyphenated. */
#ifndef PAPERDIARY_TYPESET_HYPHENS_H
#define PAPERDIARY_TYPESET_HYPHENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hyphens;

#define HYPHENS_LONGEST 64 /* letters; longer words have no points */

/* after[i] becomes true where the word may be broken after its letter i: at least two letters stay before and three
 * go after. Only words of Cyrillic letters with at most one capital; others have no points. */
void hyphens_find(const struct hyphens *hyphens, const uint32_t *letters, size_t count, bool *after);

#endif
