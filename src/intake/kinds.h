/* The kinds of export and their columns: one table. */
#ifndef PAPERDIARY_INTAKE_KINDS_H
#define PAPERDIARY_INTAKE_KINDS_H

#include <stdbool.h>
#include <stddef.h>

#include "gradebook/record.h"

struct arena;
struct profile;
struct row;

enum column {
    COLUMN_DATE,
    COLUMN_CLASS,
    COLUMN_CODE,
    COLUMN_PUPIL,
    COLUMN_LESSON,
    COLUMN_SUBJECT,
    COLUMN_TEACHER,
    COLUMN_TOPIC,
    COLUMN_HOMEWORK,
    COLUMN_WORK,
    COLUMN_WEIGHT,
    COLUMN_MARK,
    COLUMN_ATTENDANCE,
    COLUMN_COMMENT,
    COLUMN_ENROLLED,
    COLUMN_LEFT,
    COLUMN_GROUND,
    COLUMN_CONSENT,
    COLUMN_PAPER_FROM,
    COLUMN_PAPER_UNTIL,
    COLUMN_DELIVERY,
    COLUMN_RECIPIENT,
    COLUMN_ADDRESS,
    COLUMN_COPIES,
    COLUMN_PERIOD,
    COLUMN_FINAL,
    COLUMN_DECIDED,
    COLUMN_WEEKDAY,
    COLUMN_ROOM,
    COLUMN_STARTS,
    COLUMN_FROM,
    COLUMN_UNTIL,
    COLUMN_TEXT,
    COLUMN_TITLE,
    COLUMN_RESULT,
    COLUMN_LAST_VISIT,
    COLUMN_COUNT
};

struct kind_column {
    enum column column;
    const char *name, *russian;
    bool required;
};

struct kind {
    enum export_kind kind;
    const char *name; /* "gradebook" */
    const struct kind_column *columns;
    size_t count;
};

/* NULL for EXPORT_NONE. */
const struct kind *kinds_lookup(enum export_kind kind);

/* Name of a header cell for comparing: folded, '_' and '-' as a space, quotes and colons off, Latin letters
 * in a Russian name as Cyrillic. */
const char *kinds_fold(struct arena *arena, const char *text, size_t size);

/* The kind's column of that (folded) name, which the profile may map; COLUMN_COUNT: unknown. */
enum column kinds_column(const struct kind *kind, const struct profile *profile, struct arena *arena,
                         const char *folded);

/* How many cells of the row name columns, in the kind that fits best. */
size_t kinds_known(const struct profile *profile, const struct row *row);

/* The kind whose columns the header row names; the profile's constants count as columns. EXPORT_NONE: it is no header.
 */
enum export_kind kinds_recognise(const struct profile *profile, const struct row *row);

#endif
