/* The faces' widths and coverage, read once a run. */
#ifndef PAPERDIARY_TYPESET_METRICS_H
#define PAPERDIARY_TYPESET_METRICS_H

#include <stdbool.h>
#include <stdint.h>

#include "settings/layout.h"

struct err;
struct metrics;

/* `folder` holds the faces as the build made them (fonts/README.md names the files). A missing face is ERR_MACHINE. */
bool metrics_open(const char *folder, struct metrics **out, struct err *err);
void metrics_free(struct metrics *metrics);

const char *metrics_path(const struct metrics *metrics, enum face face);
bool metrics_covers(const struct metrics *metrics, enum face face, uint32_t code);
/* Advance in thousandths of the size (1000 = one em). 0 where not covered. */
int32_t metrics_advance(const struct metrics *metrics, enum face face, uint32_t code);
/* The same; -1 where not covered. */
int32_t metrics_lookup(const struct metrics *metrics, enum face face, uint32_t code);
/* Ascender, descender (negative) and height of a digit, thousandths of the size. */
int32_t metrics_ascent(const struct metrics *metrics, enum face face);
int32_t metrics_descent(const struct metrics *metrics, enum face face);
int32_t metrics_cap_height(const struct metrics *metrics, enum face face);

/* Width of a text at a size, spacing included, in thousandths of a point. */
int32_t metrics_width(const struct metrics *metrics, enum face face, int32_t size, int32_t spacing, const char *text);

#endif
