/* Exports that wait in the school's inbox/. */
#ifndef PAPERDIARY_ISSUE_INBOX_H
#define PAPERDIARY_ISSUE_INBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct err;
struct profile;
struct pupil;
struct school;

struct inbox_file {
    const char *name, *path;
    int32_t rank; /* tables of pupils, gradebooks, the rest, what can't be read */
    int32_t day;  /* the newest that it speaks for, else that of its name, else that of the file; a table of pupils
                     speaks  for no day, and without one in its name for all */
};

struct inbox_order {
    const char *folder; /* the inbox; it may be missing */
    const struct school *school;
    int32_t today;
    bool (*profile_of)(void *context, const char *path, struct profile *out, struct err *err);
    void *context;
};

/* Regular files that are not hidden, in the order in which they are to be taken: by week, within it by rank, day and
 * name. Each is read for its kind and day. */
bool inbox_list(struct arena *arena, const struct inbox_order *order, struct inbox_file **out, size_t *count,
                struct err *err);

/* Moves the file to a folder inside the inbox («done», «refused»); a name that is taken there gets a number. A note, if
 * any, is put beside it as NAME.txt, first. Both are as private as all else (`group`: file_write). *name is the new
 * name. */
bool inbox_move(struct arena *arena, const char *folder, const struct inbox_file *file, const char *to,
                const char *note, bool group, const char **name, struct err *err);

/* The file's name for a mail: words of it that are of a pupil's name are left out. */
const char *inbox_public_name(struct arena *arena, const char *name, const struct pupil *pupils, size_t count);

#endif
