/* Words that a cell may say, in English and Russian, and the numbers they stand for. */
#ifndef PAPERDIARY_INTAKE_WORDS_H
#define PAPERDIARY_INTAKE_WORDS_H

#include <stdint.h>

#include "intake/rows.h"

struct arena;
struct reader;

/* Each: 0 where the cell says none of them. */
int32_t words_weekday(struct arena *arena, struct cell cell); /* 1 Monday … 7 */
int32_t words_period(struct arena *arena, struct cell cell);  /* enum final_period */
int32_t words_month(const char *folded);                      /* 1…12, whole names */

/* NULL where unknown. */
const char *words_delivery(struct arena *arena, struct cell cell); /* "hand", "office", "post" */
const char *words_ground(struct arena *arena, struct cell cell);   /* "transfer", "graduation" */

/* What a final may say besides the marks of the scale («н/а», «осв»), as it is to be shown; NULL: none. */
const char *words_final(struct arena *arena, const char *text);

#endif
