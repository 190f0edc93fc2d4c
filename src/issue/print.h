/* Handing issued sheets to the print queue, and noting that. */
#ifndef PAPERDIARY_ISSUE_PRINT_H
#define PAPERDIARY_ISSUE_PRINT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct err;
struct school;
struct sheet_row;
struct store;
struct workshop;

enum print_kind { PRINT_SHEETS, PRINT_POST, PRINT_REGISTER };

struct print_order {
    struct store *store;
    const struct workshop *shop; /* of any layout */
    const char *folder;          /* the school's out/ */
    const char *period;
    const struct sheet_row *const *rows; /* the newest issue of each pupil of the period, in hand-out order */
    size_t row_count;
    bool (*chosen)(const void *context, const struct sheet_row *row); /* NULL: all */
    const void *context;
    const char *stamp, *account;
};

struct print_result {
    size_t printed; /* sheets that the queue took now */
    size_t before;  /* chosen, but printed before */
};

/* Prints the sheets that are not printed yet: print.pdf and post.pdf where that is all of them, else files of just
 * those. Families by post are printed with their address pages. What the queue has taken is noted at once; what it
 * refuses stays unprinted (ERR_MACHINE). The result lives in the arena. */
bool print_pending(struct arena *arena, const struct print_order *order, struct print_result *out, struct err *err);

/* One file, with school.ini's options for such paper; `sheet_kind` is that of the sheets in it, 0: of none. */
bool print_file(const struct school *school, enum print_kind kind, int sheet_kind, const char *path, struct err *err);

#endif
