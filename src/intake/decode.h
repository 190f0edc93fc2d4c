/* Bytes of an export → UTF-8, or a clear word why not. */
#ifndef PAPERDIARY_INTAKE_DECODE_H
#define PAPERDIARY_INTAKE_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "intake/source.h"
#include "settings/profile.h"

struct arena;
struct buffer;
struct decoding;
struct diag;

/* Lines and columns are those of an editor: from 1, a column in characters. */
struct place {
    int32_t line, column;
};

/* Moves over UTF-8 whose lines end with LF. */
void place_advance(struct place *place, const char *text, size_t size);

/* Text whose encoding is known. */
struct encoded {
    struct source *source;
    enum profile_encoding encoding; /* never ENCODING_ANY */
    bool big;                       /* UTF-16: the high byte comes first */
    bool returns;                   /* lines end with CR alone, as on an old Mac */
    size_t mark;                    /* bytes of the BOM */
};

/* Makes the first pass. `wanted` is the profile's; ENCODING_ANY finds out by looking. What is well-formed UTF-8 is
 * taken as such whatever the profile says: no Russian text in Windows-1251 is. False: one error in diag says what the
 * file is instead, and what to do; or the source failed. */
bool decode_survey(struct source *source, const char *file, enum profile_encoding wanted, struct encoded *out,
                   struct diag *diag);

/* A reading of the text from its start: well-formed UTF-8 without a BOM or NUL, lines end with LF. */
struct decoding *decode_begin(const struct encoded *encoded);
void decode_end(struct decoding *decoding); /* NULL is legal */
/* Appends more of it; false at the end, or where the source failed. */
bool decode_next(struct decoding *decoding, struct buffer *out);

/* The whole text of bytes in memory, in the arena; NULL: an error in diag. */
const char *decode_bytes(struct arena *arena, const char *file, const char *bytes, size_t size, struct diag *diag);

#endif
