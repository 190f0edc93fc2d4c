/* Export file → decoded text → rows → checked records. */
#ifndef PAPERDIARY_INTAKE_INTAKE_H
#define PAPERDIARY_INTAKE_INTAKE_H

#include <stdbool.h>

#include "gradebook/record.h"
#include "settings/profile.h"
#include "settings/school.h"

struct arena;
struct diag;
struct err;
struct source;

/* Reads and checks a whole file. What is wrong in it goes to diag (errors, warnings and notes, with line and column).
 * True: *out can be stored: no errors, or (school->skip_rejects) the rows with errors are put aside and counted.
 * False: ERR_INPUT (diag says why) or ERR_MACHINE. `today` bounds dates in the future. Everything lives in the arena.
 */
bool intake_read(struct arena *arena, const char *path, const struct school *school, const struct profile *profile,
                 int32_t today, struct export *out, struct diag *diag, struct err *err);

/* The same of an open source; `name` stands for the file in messages. A file that changes meanwhile is refused. */
bool intake_read_source(struct arena *arena, const char *name, struct source *source, const struct school *school,
                        const struct profile *profile, int32_t today, struct export *out, struct diag *diag,
                        struct err *err);

/* The same of bytes in memory (tests, fuzzing). */
bool intake_read_bytes(struct arena *arena, const char *name, const char *bytes, size_t size,
                       const struct school *school, const struct profile *profile, int32_t today, struct export *out,
                       struct diag *diag, struct err *err);

#endif
