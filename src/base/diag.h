/* What is wrong in the user's files: data, not failure. One diag collects for one file. */
#ifndef PAPERDIARY_BASE_DIAG_H
#define PAPERDIARY_BASE_DIAG_H

#include <stddef.h>
#include <stdint.h>

enum diag_level { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

#define DIAG_KEPT 50 /* items kept for each level; the rest is only counted */

struct diag_item {
    const char *file;
    int32_t line;   /* from 1; 0: the file as a whole */
    int32_t column; /* in characters from 1; 0: the line as a whole */
    enum diag_level level;
    const char *text;
};

struct diag;

struct diag *diag_new(void);
void diag_free(struct diag *diag);

/* `text` is the finished sentence «what is wrong, and what would be right». */
void diag_add(struct diag *diag, enum diag_level level, const char *file, int32_t line, int32_t column,
              const char *format, ...) __attribute__((format(printf, 6, 7)));

/* Forgets all of them: what was read does not count. */
void diag_clear(struct diag *diag);

/* A moment, and back to it: what was added since is forgotten, but for errors. */
struct diag_mark {
    size_t count, level_count[DIAG_ERROR + 1];
};
struct diag_mark diag_mark(const struct diag *diag);
void diag_keep_errors(struct diag *diag, const struct diag_mark *since);

/* How many were added at this level, those beyond DIAG_KEPT included. */
size_t diag_count(const struct diag *diag, enum diag_level level);

/* The kept items, in order of adding; NULL past the end. Lent until diag_free. */
const struct diag_item *diag_lookup(const struct diag *diag, size_t index);

#endif
