/* Within the store only: stored rows that stay although the file lacks them, because rows of it were put aside
 * (rejects = skip: a row that could not be read withdraws nothing), or because the file speaks for its pupils only. */
#ifndef PAPERDIARY_STORE_HOLD_H
#define PAPERDIARY_STORE_HOLD_H

#include "gradebook/book.h"
#include "store/diff.h"
#include "store/map.h"

enum hold {
    HOLD_NOTHING,
    HOLD_LOSS, /* a row put aside may be of this key: it is corrected, but nothing of it withdrawn */
    HOLD_ROW,  /* one is of this key: what is stored stays, and what is read is added */
};

/* A row of a gradebook put aside, by numbers; 0 and DATE_NONE: could be any. */
struct aside {
    int32_t form, pupil, day, subject, lesson;
    size_t next; /* of the same pupil and day, from 1 */
};

/* A table of a pupil in a report: his other days stay as they are. */
struct told {
    struct span span;
    size_t next; /* of the same pupil, from 1 */
};

struct holds {
    bool by_pupil; /* pupils without a table in the file keep all they have */
    bool all;      /* of one nothing could be read, not even the class: no row of the file's range is withdrawn */
    struct aside *rows;
    size_t count, room;
    struct map by; /* pupil and day: the first of them, from 1 */
    struct map
        pupils; /* those with rows or a table in the file: the last of `told`, from 1, or -1 where none is known */
    struct told *told;
    size_t told_count;
    struct map forms; /* pupil and day: the class in which the file has rows, or -1: in several */
};

/* Reads the rows put aside. Zero-initialise; holds_free when done. */
bool holds_load(struct holds *holds, struct run *run, struct err *err);
void holds_free(struct holds *holds);
/* The file has a row of the pupil in this class: what is stored of that day in another one does not stay. */
void holds_see(struct holds *holds, const struct diff_row *row);
/* A pupil of a report, though his table may be empty. */
bool holds_tabled(const struct holds *holds, int32_t pupil);
bool holds_any(const struct holds *holds);
/* True where the file, a report, does not speak of this pupil and day: its range does not hold the row. */
bool holds_beyond(const struct holds *holds, const struct diff_row *row);

/* Appends to `kept` what stays of a class's day. Both parts are sorted by key. */
void holds_entries(const struct holds *holds, const struct diff_table *table, struct diff_part old,
                   struct diff_part new, struct diff_list *kept);
/* The same of a table without holds of its own: nothing is withdrawn. */
void holds_rows(const struct diff_table *table, struct diff_part old, struct diff_part new, struct diff_list *kept);

#endif
