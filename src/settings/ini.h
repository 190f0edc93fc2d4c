/* INI files, read strictly. The guard reads the file first and refuses what iniparser would damage in silence: a BOM, a
 * key twice, an unclosed quote, a value cut by «;» or «#», a trailing backslash, an overlong line, bad UTF-8. */
#ifndef PAPERDIARY_SETTINGS_INI_H
#define PAPERDIARY_SETTINGS_INI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct diag;
struct err;
struct ini;

struct ini_value {
    const char *section, *key; /* in lower case */
    const char *text;          /* without its quotes, NFC */
    const char *file;
    int32_t line, column; /* where the text begins; column in characters */
    int32_t key_column;
};

/* For diag_add: an error at the value. */
#define INI_AT(value) DIAG_ERROR, (value)->file, (value)->line, (value)->column

/* A key that a file may have. A section «style *» is any that begins so; a key «*» is any. */
struct ini_known {
    const char *section, *key;
    bool numbered; /* «weights», and also «weights2» … «weights99» */
};

/* The file's sections and values, in the arena. What is wrong goes to diag with line and column, and the call fails
 * with ERR_INPUT. */
bool ini_load(struct arena *arena, const char *path, struct ini **out, struct diag *diag, struct err *err);

size_t ini_count(const struct ini *ini);
const struct ini_value *ini_at(const struct ini *ini, size_t index); /* in the file's order */
const struct ini_value *ini_lookup(const struct ini *ini, const char *section, const char *key); /* NULL without */
const char *ini_file(const struct ini *ini);

/* The values as text, «[section] key = value» a line, comments left out: of those that `keep` takes (NULL: all). */
const char *ini_lines(struct arena *arena, const struct ini *ini, bool (*keep)(const char *section, const char *key));
/* The values of such a text again; what is no such line is left out. */
struct ini *ini_recall(struct arena *arena, const char *name, const char *lines);

/* The file's sections, each once, in the file's order; NULL past the end. *line is where it first stands. */
const char *ini_section(const struct ini *ini, size_t index, int32_t *line);

/* Unknown sections and keys become errors that name the nearest known one. */
void ini_check(struct arena *arena, const struct ini *ini, const struct ini_known *known, size_t count,
               struct diag *diag);
bool ini_key_matches(const struct ini_known *known, const char *section, const char *key);

/* Fails with ERR_INPUT where diag has more errors than `before`: the sentence that closes the list of them. */
bool ini_settle(const char *file, const struct diag *diag, size_t before, struct err *err);

#endif
