/* A whole school's finished terms as one import knew them, and what they teach about the terms after them. Pure. */
#ifndef PAPERDIARY_GRADEBOOK_PAST_H
#define PAPERDIARY_GRADEBOOK_PAST_H

#include <stddef.h>
#include <stdint.h>

#include "gradebook/learn.h"

struct arena;
struct past_lesson;

/* A finished term of a pupil in a subject. */
struct past_term {
    int32_t pupil, year, period;
    uint32_t subject;         /* number in the past */
    int32_t final;            /* 2 … 5 */
    struct forecast_sum term; /* all its marks */
};

/* What an issued sheet forecast of a term that is over, as it was printed. */
struct past_forecast {
    int32_t year, period;
    struct habit_stated stated;
};

struct past {
    struct arena *arena;
    const char *const *subjects; /* text_fold */
    uint32_t subject_count;
    const struct past_term *terms; /* by past_compare, each once */
    size_t term_count;
    const struct past_forecast *forecasts; /* by year and period */
    size_t forecast_count;
    struct past_lesson **lessons; /* what past_habit has learned so far; points to NULL at first */
};

/* By pupil, subject, year, period: the order of past.terms, for qsort. */
int past_compare(const void *a, const void *b);

/* The final of a pupil's term, 0: none. */
int32_t past_final(const struct past *past, int32_t pupil, uint32_t subject, int32_t year, int32_t period);

/* The number of a subject by its folded name; subject_count where the past has none such. */
uint32_t past_subject(const struct past *past, const char *folded);

/* What all terms before this one teach, rules by the past's numbers of subjects. Learned once, kept in the past's
 * arena. `configured` is the school's threshold, the same in every call. */
const struct forecast_habit *past_habit(const struct past *past, int32_t year, int32_t period, int32_t configured);

/* The mean of a pupil's finals in the terms of the year, hundredths; 0: none. */
int32_t past_mean(const struct past *past, int32_t pupil, uint32_t subject, int32_t year);

#endif
