/* What the store knows of the school's obligations. */
#ifndef PAPERDIARY_ISSUE_FACTS_H
#define PAPERDIARY_ISSUE_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "gradebook/duties.h"

struct arena;
struct err;
struct layout;
struct store;

/* All classes and pupils, the sheets of the register, the finals of the school year that holds today. */
bool facts_load(struct store *store, struct arena *arena, const struct school *school, int32_t today,
                struct duty_facts *out, struct err *err);

/* True where the layout has the block that carries the forecast. */
bool facts_forecast_printed(const struct layout *weekly);

#endif
