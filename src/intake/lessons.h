/* The rows of a gradebook while it is read, its classes and pupils, and what can be checked only at the end. */
#ifndef PAPERDIARY_INTAKE_LESSONS_H
#define PAPERDIARY_INTAKE_LESSONS_H

#include "intake/reader.h"
#include "intake/values.h"

/* A class of the file. */
struct form_seen {
    symbol name; /* canonical */
    int32_t grade;
    bool without_marks;
    bool homework_told;
    struct span span; /* from > until: no row yet */
};

struct lessons;

struct lessons *lessons_new(struct reader *reader);
void lessons_free(struct lessons *lessons);

/* The class of a cell, lent until the next class is seen; NULL where it is empty. */
struct form_seen *lessons_form(struct lessons *lessons, struct cell cell, int32_t number);

/* A pupil by id in a class and under a name (0: not given), on the row at hand. True: for the first time. */
bool lessons_pupil(struct lessons *lessons, symbol code, symbol name, symbol form);

/* Weight of a kind of work in thousandths, by its symbol. */
int32_t lessons_weight_of(struct lessons *lessons, symbol work);

/* Adds the rows of one lesson of one pupil: `row` with each mark and absence of `values`. */
void lessons_add(struct lessons *lessons, const struct lesson_row *row, const struct values *values);

/* What only the whole file shows; rows with errors are put aside. `date`, `form`: the cells to tell of.
 * Dates outside the school year that most rows belong to, or in its summer holidays. */
void lessons_check_years(struct lessons *lessons, int32_t date);
/* Pupils in two classes on one day. */
void lessons_check_classes(struct lessons *lessons, int32_t form);
/* One warning for marks and absences after today. */
void lessons_check_future(struct lessons *lessons, int32_t date);

/* Hands rows over to the export, with what they cover where `covers`. */
void lessons_finish(struct lessons *lessons, bool covers);

#endif
