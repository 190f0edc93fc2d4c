/* Parts of the command `forecast`. */
#ifndef PAPERDIARY_COMMANDS_FORECAST_H
#define PAPERDIARY_COMMANDS_FORECAST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"

struct err;
struct pupil;
struct session;

/* What was chosen: classes, and of them only these pupils (pupils NULL: all). */
struct forecast_choice {
    struct iso_week week;
    const char *const *classes;
    size_t class_count;
    const struct pupil *const *pupils;
    size_t pupil_count;
};

/* A table for each class, pupils at the edge of a mark first; or one JSON array. */
bool forecast_table(struct session *session, const struct forecast_choice *choice, struct err *err);

/* How often what issued sheets forecast came true. */
bool forecast_review(struct session *session, const struct forecast_choice *choice, struct err *err);

#endif
