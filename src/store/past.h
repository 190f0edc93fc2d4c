/* What the store knows of a whole school's finished terms. */
#ifndef PAPERDIARY_STORE_PAST_H
#define PAPERDIARY_STORE_PAST_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct err;
struct past;
struct school;
struct store;

/* The terms that ended before `day`, of its school year and the one before: marks and finals of all classes as of
 * `import`, and what sheets forecast that show an earlier one. Whatever is stored later, the same day and import give
 * the same past. Costs one walk over the marks of terms that have finals. Lives in the arena. */
bool store_past(struct store *store, struct arena *arena, const struct school *school, int32_t day, int32_t import,
                struct past *out, struct err *err);

#endif
