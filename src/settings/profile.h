/* How a foreign export maps to ours: data/profiles/NAME.ini, then the school's own profiles/ */
#ifndef PAPERDIARY_SETTINGS_PROFILE_H
#define PAPERDIARY_SETTINGS_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "settings/school.h"

enum profile_shape { SHAPE_ANY, SHAPE_LONG, SHAPE_NETSCHOOL_REPORT, SHAPE_NETSCHOOL_TABEL };
enum profile_encoding { ENCODING_ANY, ENCODING_UTF8, ENCODING_CP1251, ENCODING_UTF16 };

struct profile_pair {
    const char *key;  /* our column's English name, or a foreign code (folded) */
    const char *text; /* the foreign column's name, or a constant value */
};

/* "" and zero mean: find out by looking. */
struct profile {
    const char *name;
    enum profile_shape shape;
    enum profile_encoding encoding;
    char delimiter;          /* 0: find out */
    char decimal;            /* '.', ',' or 0: either */
    const char *date_format; /* "dd.mm.yyyy", "dd.mm.yy", "yyyy-mm-dd", "" */
    int32_t skip_rows;
    const struct profile_pair *columns; /* english name → foreign header */
    size_t column_count;
    const struct profile_pair *constants; /* english name → value for every row */
    size_t constant_count;
    const char *mark_separators;         /* characters that part two marks in one cell; default "/ " */
    const struct attendance_code *codes; /* before school.ini's */
    size_t code_count;
};

/* The profile that finds everything out by looking. */
struct profile profile_default(void);
/* Reads school_folder/profiles/NAME.ini (the folder may be NULL) over installed_folder/NAME.ini, key by key; one of the
 * two has to be there. What is wrong goes to diag with file and line: ERR_INPUT. */
bool profile_load(struct arena *arena, const char *school_folder, const char *installed_folder, const char *name,
                  struct profile *out, struct diag *diag, struct err *err);

#endif
