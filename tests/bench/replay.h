/* A term of a past year as it looked in its middle: what the forecast would have been given. */
#ifndef PAPERDIARY_BENCH_REPLAY_H
#define PAPERDIARY_BENCH_REPLAY_H

#include "dnevnik.h"
#include "gradebook/forecast.h"

struct arena;

struct replay {
    struct forecast_class class;
    struct forecast_cell *cells;
    int32_t *finals; /* what came, by cell; 0: none */
    int32_t *years;  /* the year's final, by cell; 0: none */
};

/* Terms too short or too empty to say anything, or not finished when the data ends. */
bool replay_skips(const struct dnevnik *school, const struct dnevnik_term *term);
/* When a term begins and ends, in order: a term is finished before another where its end <= the other's begin. */
int32_t replay_begin(const struct dnevnik_term *term);
int32_t replay_end(const struct dnevnik_term *term);

/* The term's cells at this share of its days; 1: the whole. */
void replay_term(struct arena *arena, const struct dnevnik *school, const struct dnevnik_term *term, double share,
                 int32_t threshold, struct replay *out);

#endif
