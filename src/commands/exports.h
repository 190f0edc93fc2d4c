/* Reading one export into the store: shared by `import`, `check` and `demo`. */
#ifndef PAPERDIARY_COMMANDS_EXPORTS_H
#define PAPERDIARY_COMMANDS_EXPORTS_H

#include <jansson.h>
#include <stdbool.h>

#include "gradebook/record.h"
#include "settings/profile.h"
#include "store/store.h"

struct buffer;
struct err;
struct session;

/* What came of a file. */
struct export_outcome {
    enum export_kind kind; /* EXPORT_NONE: it could not be read */
    struct import_result result;
    size_t errors, warnings, rejected;
};

struct export_order {
    struct profile profile;
    bool accept_withdrawals;
    bool dry; /* only check */
    /* Where set, nothing is said on stdout and stderr: what is wrong goes here, and what came of it there. */
    struct buffer *problems;
    struct export_outcome *outcome;
    json_t *answers; /* where set, an object for each file goes here instead of a line on stdout */
};

/* The profile for a file: that of --profile, else what school.ini says for its name, else the one that finds out by
 * looking. */
bool export_profile(struct session *session, const char *path, struct profile *out, struct err *err);

/* Fails where --profile or school.ini names a profile that is not there or is wrong. */
bool export_profiles_check(struct session *session, struct err *err);

/* «gradebook», in the user's language. */
const char *export_kind_name(enum export_kind kind);

/* Reads, checks and stores one file, says what came of it on stdout and what is wrong with it on stderr, and sets
 * call->attention where a person should look. A refused file is ERR_INPUT, and nothing of it is stored. */
bool export_take(struct session *session, const char *path, const struct export_order *order, struct err *err);

#endif
