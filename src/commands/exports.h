/* Reading one export into the store: shared by `import`, `check` and `demo`. */
#ifndef PAPERDIARY_COMMANDS_EXPORTS_H
#define PAPERDIARY_COMMANDS_EXPORTS_H

#include <stdbool.h>

#include "settings/profile.h"

struct err;
struct session;

struct export_order {
    struct profile profile;
    bool accept_withdrawals;
    bool dry; /* only check */
};

/* The profile of --profile, or the one that finds out by looking. */
bool export_profile(struct session *session, struct profile *out, struct err *err);

/* Reads, checks and stores one file, says what came of it on stdout and what is wrong with it on stderr, and sets
 * call->attention where a person should look. A refused file is ERR_INPUT, and nothing of it is stored. */
bool export_take(struct session *session, const char *path, const struct export_order *order, struct err *err);

#endif
