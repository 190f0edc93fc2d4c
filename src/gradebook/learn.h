/* What a school's own past teaches about its forecasts: where its teachers round a mean up, and how far the program's
 * stated chances could be trusted. Pure: the same examples give the same habit. */
#ifndef PAPERDIARY_GRADEBOOK_LEARN_H
#define PAPERDIARY_GRADEBOOK_LEARN_H

#include <math.h>

#include "gradebook/forecast.h"
#include "gradebook/normal.h"

struct arena;

/* How a mean becomes a final. */
struct habit_rule {
    double threshold; /* above the lower mark, as .50 */
    double spread;    /* how far the teachers differ about it */
    int32_t examples; /* means near a threshold that it was learned from */
};

enum { HABIT_PARTS = 3 }; /* early, middle and late in the term */

/* How stated chances are corrected: on the scale of log-odds, shift + sharpness · stated. */
struct habit_trust {
    double shift, sharpness;
    int32_t forecasts;
};

struct forecast_habit {
    int32_t configured; /* the school's threshold, hundredths */
    struct habit_rule school;
    const struct habit_rule *subjects; /* by number of the subject; NULL: as the school */
    uint32_t subject_count;
    struct habit_trust trust[HABIT_PARTS];
    struct normal normal; /* what forecasts are reckoned with */
};

/* A finished term of a pupil in a subject. */
struct habit_example {
    uint32_t subject;
    struct forecast_sum term; /* all its marks */
    int32_t final;            /* 2 … 5, others are passed over */
};

/* A forecast and what came. */
struct habit_stated {
    double p[FORECAST_MARKS];
    double elapsed;
    int32_t final; /* 2 … 5, others are passed over */
};

/* Without any past: the configured threshold, no correction. */
void habit_default(int32_t configured, struct forecast_habit *out);

/* Learns thresholds and spreads, by school, and by subject where there is enough; both are held to the configured
 * threshold by a prior. Only finished terms may be given. The rules of subjects live in the arena. */
void habit_learn(struct arena *arena, const struct habit_example *examples, size_t count, uint32_t subjects,
                 int32_t configured, struct forecast_habit *out);

/* Learns the correction of stated chances into habit->trust, in hundredths: a forecast more or less seldom changes it.
 * The forecasts must be of finished terms and made without a correction (with a habit that habit_learn has just made).
 */
void habit_trust_learn(const struct habit_stated *stated, size_t count, struct forecast_habit *habit);

/* Takes the habit's correction out of chances that were stated with it. */
void habit_trust_undo(const struct forecast_habit *habit, struct habit_stated *stated);

/* The chance that a mean is rounded up that lies so far above the threshold: steep about it, with long tails, for now
 * and then a teacher rounds quite otherwise (Student's distribution with two degrees of freedom). */
static inline double habit_chance(double above, double spread)
{
    return .5 * (1 + above / sqrt(2 * spread * spread + above * above));
}

const struct habit_rule *habit_rule_of(const struct forecast_habit *habit, uint32_t subject);

/* --- the program judges itself --------------------------------------------------------------------------------- */

enum { REVIEW_TENTHS = 10 };

/* Chances stated within one tenth, and how many of them came true. */
struct review_tenth {
    int64_t stated, came;
    double sum; /* of the stated chances */
};

struct review {
    struct review_tenth tenths[REVIEW_TENTHS]; /* of every chance that was stated: four a forecast */
    struct review_tenth first[REVIEW_TENTHS];  /* of the likeliest mark alone: one a forecast */
    int64_t forecasts, right;                  /* right: the likeliest mark came */
};

/* Adds a forecast to the counts; a final that is not 2 … 5 is passed over. Zero-initialise the review. */
void review_add(struct review *review, const struct habit_stated *stated);

/* Mean distance of what was stated from what came, of the likeliest marks, weighted by count; 0 without forecasts. */
double review_error(const struct review *review);

/* The likeliest of p, 2 … 5. */
int32_t forecast_likeliest(const double p[FORECAST_MARKS]);

#endif
