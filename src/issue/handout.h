/* What goes along with the sheets of a period: the register to sign, and the envelopes of families by post. */
#ifndef PAPERDIARY_ISSUE_HANDOUT_H
#define PAPERDIARY_ISSUE_HANDOUT_H

#include <stdbool.h>
#include <stddef.h>

struct again;
struct arena;
struct err;
struct file_writing;
struct press_job;
struct pupil;
struct sheet_row;
struct store;
struct workshop;

/* The register of the rows (of one period, those of a class together), each class in hand-out order, into the file. */
bool handout_register(const struct workshop *shop, const struct sheet_row *rows, size_t count, struct file_writing *out,
                      struct err *err);

/* A part of it: the rows of one class. */
bool handout_class(const struct workshop *shop, const struct sheet_row *rows, size_t count, struct press_job *job,
                   struct err *err);

/* What a person has to see to, and the class it is about: not everyone may read it. */
struct handout_warning {
    const char *form, *text;
};

/* The rows of a period parted: those that can go by post with their pupils as of now, in order of the envelopes (the
 * sheets of one recipient at one address together), and all others, which are handed out. Lives in the arena. */
struct handout {
    const struct sheet_row *const *by_hand;
    size_t by_hand_count;
    const struct sheet_row *const *by_post;
    const struct pupil *const *families; /* of each by_post row, the first child of its envelope */
    size_t by_post_count;
    const struct handout_warning *warnings; /* of families by post without an address */
    size_t warning_count;
};
bool handout_part(struct arena *arena, struct store *store, const struct sheet_row *const *rows, size_t count,
                  struct handout *out, struct err *err);

/* post.pdf into the file: before the sheets of an envelope a page with its address, each on a front side. An address
 * that is longer than the window adds to the warnings. */
bool handout_post(struct arena *arena, struct again *again, const struct workshop *shop, const char *title,
                  struct handout *handout, struct file_writing *out, struct err *err);

#endif
