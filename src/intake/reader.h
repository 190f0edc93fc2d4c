/* What every reader of an export shares: the file, the row at hand, and how to tell what is wrong with it. */
#ifndef PAPERDIARY_INTAKE_READER_H
#define PAPERDIARY_INTAKE_READER_H

#include "base/diag.h"
#include "gradebook/record.h"
#include "intake/cells.h"
#include "intake/kinds.h"
#include "intake/rows.h"
#include "settings/profile.h"
#include "settings/school.h"

struct arena;
struct table;

/* In place of a cell's number. */
#define CELL_ROW      (-1) /* the row as a whole */
#define CELL_CONSTANT (-2) /* the profile's constant */
#define CELL_NONE     (-3) /* the file has no such column */

/* Roles of cells in the table of what was seen. */
enum { ROLE_SYMBOL, ROLE_UNCLEAN, ROLE_FORM, ROLE_PUPIL, ROLE_WORK, ROLE_ONCE, ROLE_VALUES };

#define READER_NAME_MOST ((size_t)150) /* characters */

struct reader {
    struct arena *arena; /* of the export */
    const char *file;
    const struct school *school;
    const struct profile *profile;
    int32_t today;
    struct diag *diag;
    struct export *out;
    struct rows *rows;
    struct table *table;
    bool cp1251;
    enum date_form date_form;

    struct row row;
    bool bad;                   /* the row at hand has an error */
    bool refused;               /* the file as a whole has one */
    size_t width;               /* cells of the header row */
    int32_t cell[COLUMN_COUNT]; /* the cell of each column, or CELL_CONSTANT, CELL_NONE */
    struct cell constant[COLUMN_COUNT];
    struct {
        symbol value;
        size_t size;
    } last[COLUMN_COUNT];
};

/* Tells of a cell of the row at hand, by its number; an error makes the row bad. */
void reader_tell(struct reader *reader, enum diag_level level, int32_t cell, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Tells of the row that begins on `line`. */
void reader_tell_line(struct reader *reader, enum diag_level level, int32_t line, int32_t cell, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Refuses the file. */
void reader_refuse(struct reader *reader, int32_t line, int32_t column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* True the first time it is asked for `what`. */
bool reader_once(struct reader *reader, const char *what);

bool reader_has(const struct reader *reader, enum column column);
/* The column's cell, trimmed; empty where there is none. */
struct cell reader_cell(const struct reader *reader, enum column column);
/* Its text, cleaned. */
symbol reader_symbol(struct reader *reader, enum column column);
const char *reader_text(struct reader *reader, enum column column);
/* The text of a cell that names somebody or something; longer than READER_NAME_MOST is an error. */
symbol reader_name(struct reader *reader, struct cell cell, int32_t number);
/* The canonical name of the class in a cell; Latin letters in it are noted once. */
const char *reader_form(struct reader *reader, struct cell cell, int32_t number);
/* The same of any cell; `number` places what is to be told. */
symbol reader_symbol_of(struct reader *reader, struct cell cell, int32_t number);
/* A cell for a message: printable and short. Words that may be a person's name, where columns are shifted, are cut down
 * to their first letter: those of four letters, and shorter ones with one capital; small Latin ones stand. */
const char *reader_shown(struct reader *reader, struct cell cell);
/* The same of a column's name: whole words, unless they look like a person's name. */
const char *reader_shown_name(struct reader *reader, struct cell cell);
/* The column by both names, for a message. */
const char *reader_column_name(const struct reader *reader, enum column column);

/* True: *out is the day, or DATE_NONE where the cell is empty and not required. */
bool reader_date(struct reader *reader, enum column column, bool required, int32_t *out);
/* The pupil's id; false (and told) where Excel has spoilt it. 0: empty. */
bool reader_code(struct reader *reader, symbol *out);
/* Text that must be there. */
bool reader_required(struct reader *reader, enum column column, symbol *out);

/* First year of the school year that holds the day. */
int32_t reader_year_of(const struct reader *reader, int32_t day);

/* Rows of long exports: the next row under the header, with all empty rows, repeated headers and ragged rows dealt
 * with. False at the end. */
bool reader_next(struct reader *reader);
/* Notes a row of a gradebook that is put aside, as far as it could be read. */
void reader_put_aside(struct reader *reader, struct lesson_row row);
/* At the end of each row: true where the row is good; a bad one is counted as put aside. */
bool reader_row_done(struct reader *reader);
/* The column of the pupil's id in this row, or where that is empty of the name; 0: it has neither. */
int32_t reader_pupil_column(const struct reader *reader);
/* A final that is not given: the file speaks for its period of the class, or (where that is "") the pupil's; of the
 * pupil alone where it is by_pupil. */
void reader_empty_final(struct reader *reader, const struct final_row *row);

/* Finds the header row and the columns. False: the file is refused. */
bool reader_header(struct reader *reader, const struct kind **out);

#endif
