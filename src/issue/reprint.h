/* Issued sheets once more: the very bytes, or what differs and why. */
#ifndef PAPERDIARY_ISSUE_REPRINT_H
#define PAPERDIARY_ISSUE_REPRINT_H

#include <stdbool.h>
#include <stddef.h>

#include "store/store.h"

struct arena;
struct err;
struct workshop;

enum reprint_state {
    REPRINT_KEPT,     /* the issued file stands in its place, its hash is that of the register */
    REPRINT_RESTORED, /* it was missing or altered, and is there again with the bytes that were issued */
    REPRINT_DIFFERS,  /* made again, the bytes differ, and the issued file is gone: what was made is in `file` */
    REPRINT_REMOVED   /* the pupil's data were removed: there is nothing to make it from */
};

struct reprint_sheet {
    struct sheet_row row;
    enum reprint_state state;
    bool again;                   /* it was made again */
    bool same;                    /* and had the bytes that were issued */
    const char *file;             /* below out/; NULL: none */
    bool altered;                 /* something else stood under the file's name */
    struct made_with used, today; /* with what it was made again, and would be issued today; compare with row.made */
};

struct reprint_order {
    struct store *store;
    const struct workshop *shop;
    const char *folder;                  /* the school's out/ */
    const struct sheet_row *const *rows; /* in the order to print */
    size_t count;
    const char *stamp, *account;
};

struct reprint_result {
    struct reprint_sheet *sheets;
    const char *print; /* the file to print, below out/: the sheet's own, or all of them with copies; NULL: none */
    const struct sheet_row **printed; /* those that are in it */
    size_t printed_count;
    bool bundled; /* it was made for this */
    bool apart;   /* no bundle, for an issued file stands that it would not match: each sheet prints from its own */
};

/* The rows that the words name: «2026-W47-3А-07», or «A..B», all from one to the other in hand-out order. Latin letters
 * that look like Russian ones will do. Numbers that the register does not know go to *unknown; ERR_USAGE for a run
 * between two periods. Lives in the arena. */
bool reprint_find(struct arena *arena, struct store *store, const char *const *words, size_t word_count,
                  const struct sheet_row ***rows, size_t *count, const char ***unknown, size_t *unknown_count,
                  struct err *err);

bool reprint_make(struct arena *arena, const struct reprint_order *order, struct reprint_result *out, struct err *err);

#endif
