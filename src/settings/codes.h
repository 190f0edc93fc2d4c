/* Lists of attendance codes, as school.ini and profiles give them: a key for each reason. */
#ifndef PAPERDIARY_SETTINGS_CODES_H
#define PAPERDIARY_SETTINGS_CODES_H

#include <stddef.h>

#include "settings/school.h"

struct arena;
struct diag;
struct ini_value;

/* Growing; codes_keep moves it to the arena. */
struct code_list {
    struct attendance_code *items;
    size_t count, room;
};

/* The key of a reason: «unexcused», «ill» …; NULL for REASON_PRESENT. */
const char *codes_key(enum reason reason);

/* Adds the codes of a list value. A code that already means another reason is an error, or left out where the value
 * yields (a default, an installed profile); one that differs in case alone is the same code. */
void codes_read(struct arena *arena, const struct ini_value *value, enum reason reason, bool yields,
                struct code_list *list, struct diag *diag);

const struct attendance_code *codes_keep(struct arena *arena, struct code_list *list, size_t *count);

#endif
