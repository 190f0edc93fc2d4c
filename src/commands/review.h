/* How often what issued sheets forecast came true: shared by `forecast --review` and `status`. */
#ifndef PAPERDIARY_COMMANDS_REVIEW_H
#define PAPERDIARY_COMMANDS_REVIEW_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gradebook/learn.h"

struct err;
struct session;

/* `said`: one mark was said, and it came or not. */
struct review_tally {
    const char *name;
    struct review review;
    int64_t said, right;
};

/* All of them, and parts of it: by class, or within chosen classes by subject. */
struct review_tallies {
    struct review_tally whole;
    struct review_tally *parts;
    size_t count, room;
};

/* What the session's --class chose, or all that the account sees; of school years from `from_year` on.
 * review_free when done, also after a failure. */
bool review_load(struct session *session, const char *const *classes, size_t class_count, int32_t from_year,
                 struct review_tallies *out, struct err *err);
void review_free(struct review_tallies *tallies);

/* A line for each tenth in which chances were stated: what was stated on average, and how often it came true. */
void review_print_tenths(const struct review *review);
/* {"forecasts", "said", "right", "tenths":[{"from", "until", "stated", "came", "mean"}]} */
json_t *review_json(const struct review_tally *tally);
/* The whole, with its mean error. */
json_t *review_whole_json(const struct review_tallies *tallies);

#endif
