/* The forecast of a class as it stood on a day of a term: sums gathered from the book, the model run once, and what may
 * be said of each pupil and subject (регламент 2.7). */
#ifndef PAPERDIARY_GRADEBOOK_OUTLOOK_H
#define PAPERDIARY_GRADEBOOK_OUTLOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gradebook/advice.h"
#include "gradebook/forecast.h"

struct arena;
struct outlook;
struct week_index;

/* A final that is a word («осв.», «н/а»): nothing is forecast any more. */
#define GIVEN_WORD (-1)

struct outlook_line {
    double term[FORECAST_MARKS], year[FORECAST_MARKS];
    struct forecast_said said, year_said; /* low 0: too little is known to say anything */
    int32_t given;                        /* the term's final where it is there, or GIVEN_WORD; else 0 */
    int32_t done, year_done;              /* hundredths: the share of the lessons that are gone */
    struct advice advice;
};

/* The state of the index's import, with marks up to `day` and finals decided by then. The class's marks of `term` and
 * of the term before count, the finals of the year's earlier terms, or what their means give where no final was
 * imported. Lives in the arena. */
const struct outlook *outlook_new(struct arena *arena, const struct week_index *index, int32_t term, int32_t day);

/* The same, kept in the index: made once for all sheets of the class. */
const struct outlook *outlook_of(const struct week_index *index, int32_t term, int32_t day);

/* `pupil`: place in the book; `subject`: number in the index. False where nothing may be said; `out` then has only the
 * advice. */
bool outlook_read(const struct outlook *outlook, size_t pupil, uint32_t subject, struct outlook_line *out);

/* The term's mean of the pupil's marks up to the day: hundredths, -1 without marks. */
int32_t outlook_mean(const struct outlook *outlook, size_t pupil, uint32_t subject);

#endif
