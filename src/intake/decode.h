/* Bytes of an export → UTF-8, or a clear word why not. */
#ifndef PAPERDIARY_INTAKE_DECODE_H
#define PAPERDIARY_INTAKE_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "settings/profile.h"

struct arena;
struct diag;

struct decoded {
    const char
        *text; /* well-formed UTF-8 without a BOM or NUL, lines end with LF; followed by a NUL only where copied */
    size_t size;
    enum profile_encoding encoding; /* never ENCODING_ANY */
};

/* `wanted` is the profile's; ENCODING_ANY finds out by looking. What is well-formed UTF-8 is taken as such whatever
 * the profile says: no Russian text in Windows-1251 is. UTF-8 is lent from `bytes`, the rest lives in the arena. False:
 * one error in diag says what the file is instead, and what to do. */
bool decode_bytes(struct arena *arena, const char *file, const char *bytes, size_t size, enum profile_encoding wanted,
                  struct decoded *out, struct diag *diag);

#endif
