/* The forecast of term and year (регламент 2.7): empirical-Bayes shrinkage with a normal predictive, cut into bands of
 * the final mark. Pure: the same marks give the same numbers on every machine to 1e-9. */
#ifndef PAPERDIARY_GRADEBOOK_FORECAST_H
#define PAPERDIARY_GRADEBOOK_FORECAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "settings/school.h"

struct arena;

#define FORECAST_MARKS 4 /* of 2, 3, 4, 5 */

/* Sums over marks with a number; weights in thousandths. */
struct forecast_sum {
    int64_t weight;   /* Σ w */
    int64_t weighted; /* Σ w·m */
    int64_t squares;  /* Σ w², millionths */
    int32_t count;
};

/* Marks without a number (value < 0) do not count. */
void forecast_add(struct forecast_sum *sum, int32_t value, int32_t weight);

/* A pupil in a subject. */
struct forecast_cell {
    uint32_t pupil, subject;       /* any number of the pupil; subject below forecast_class.subjects */
    struct forecast_sum term;      /* the current term's marks up to the day of the forecast */
    struct forecast_sum last_term; /* the whole last term's, count 0: not stored */
    int32_t finals[SCHOOL_TERMS];  /* of the year's earlier terms, in order */
    int32_t final_count;
    int32_t last_year; /* mean of the subject's finals of last year's terms, hundredths; 0: not known. Only
                          forecast_term_with looks at it */
};

struct forecast_class {
    const struct forecast_cell *cells; /* a pupil's stand together */
    size_t count;
    uint32_t subjects;
    const double *plan; /* by subject: the weight that the teacher still plans, in marks of weight 1; <0: not known; or
                           NULL */
    double elapsed;     /* share of the term's lessons gone, 0 … 1 */
    int32_t threshold;  /* of the school, hundredths */
};

struct forecast {
    double p[FORECAST_MARKS]; /* of the term's final; they add up to 1 */
    double level, variance;   /* of the pupil in the subject, posterior */
    double mean, deviation;   /* of the mean at the end of the term */
    double to_come;           /* weight still to come, in marks of weight 1 */
    double weight, weighted;  /* what there is, in the same unit */
    double omega;             /* mean weight of the subject's marks, by weight */
    double reckoned; /* marks to come that the chances of forecast_term_with reckon with; forecast_term: as it was */
};

/* Fills out[0 … count). Scratch for the subjects comes from the arena, once a class. Source: method.md 1–6. */
void forecast_term(struct arena *arena, const struct forecast_class *class, struct forecast *out);

/* The year: the mean of `terms` finals rounded half up, `finals` of them known, the current term next. Source:
 * method.md 7. */
void forecast_year(const struct forecast *term, const int32_t *finals, size_t count, int32_t terms, int32_t threshold,
                   double p[FORECAST_MARKS]);

/* What may be printed: one mark (low == high), «4 или 5», or nothing (0, 0). */
struct forecast_said {
    int32_t low, high;
    bool few; /* one mark and no finals: said with reserve */
};

/* `known`: earlier finals or a last term are there. Source: method.md, «What is printed». */
struct forecast_said forecast_say(const double p[FORECAST_MARKS], int32_t marks, bool known);

/* A probability in tenths for print: 1 … 9, never 0 or 10; 0 stands for «менее 5 %», 10 for «более 9 из 10». */
int32_t forecast_tenths(double p);

#endif
