/* Within the store only: a gradebook on its way in. */
#ifndef PAPERDIARY_STORE_GRADEBOOK_H
#define PAPERDIARY_STORE_GRADEBOOK_H

#include "store/diff.h"
#include "store/hold.h"
#include "store/map.h"
#include "store/run.h"

/* What the file speaks for in a class. */
struct cover {
    int32_t form;
    const char *name;
    struct span span;
    size_t first, end; /* its pupils' places in `seen` */
};

/* A pupil with rows in a class that the file covers: in the file, or in the store. */
struct seen {
    int32_t pupil;
    int32_t newest; /* the newest day of his rows in the file; DATE_NONE: it has none */
    bool lost;      /* all his rows of a day vanished */
    bool elsewhere; /* the store holds rows of his in other classes, of these days or later */
};

/* The first and the last row of the file of a class's day. */
struct day_rows {
    uint32_t first, last;
};

struct gradebook {
    struct run *run;
    int32_t *phrases;   /* by symbol; -1: not looked up yet */
    int32_t *forms;     /* by symbol; 0: not looked up yet */
    int32_t *pupils;    /* by the code's symbol; -1: not looked up yet; 0: can't be told */
    bool *nameless;     /* by the code's symbol: no name is stored */
    struct map unnamed; /* pupil by class and name symbols */
    struct map cover_of;
    struct cover *covers; /* by form */
    size_t cover_count, cover_room;
    uint32_t *next;    /* by row of the file: the next one of the same class and day */
    struct map day_of; /* by form and day: place in `days`, from 1 */
    struct day_rows *days;
    size_t day_count, day_room;
    struct map seen_of; /* by form and pupil: place in `seen`, from 1 */
    struct seen *seen;
    size_t seen_count, seen_room;
    struct map everyone; /* pupils with rows in the file */
    struct holds holds;
};

/* True where the file speaks for the class on that day. */
bool gradebook_covers(const struct gradebook *book, int32_t form, int32_t day);

/* A class's day, before it is merged: who has rows, and whether the store holds rows of theirs in a class that the file
 * does not speak for (an error). */
bool roster_see_day(struct gradebook *book, const struct cover *cover, struct diff_part old, struct diff_part new,
                    struct err *err);
/* After a class was merged: those seen in it are kept as its pupils, and those who have their newest day in it move to
 * it. */
bool roster_close_class(struct gradebook *book, const struct cover *cover, struct err *err);
/* After all: warns of pupils who should have rows and have none. */
bool roster_warn(struct gradebook *book, struct err *err);

#endif
