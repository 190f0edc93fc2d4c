/* What an export says, as plain records: made by intake, kept by store. */
#ifndef PAPERDIARY_GRADEBOOK_RECORD_H
#define PAPERDIARY_GRADEBOOK_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "settings/school.h"

enum export_kind {
    EXPORT_NONE,
    EXPORT_GRADEBOOK,
    EXPORT_PUPILS,
    EXPORT_FINALS,
    EXPORT_TIMETABLE,
    EXPORT_ANNOUNCEMENTS,
    EXPORT_ACHIEVEMENTS,
    EXPORT_VISITS
};

/* Places in a file are lines and columns from 1; of a row about a pupil, the column of the id, or else of the name; 0:
 * not known. */

/* Texts of an export, each once. Symbol 0 is "". */
typedef uint32_t symbol;

/* One value of the gradebook: a pupil in a lesson, with at most one mark. A lesson with two marks is two rows (the
 * first carries the attendance); equal rows are two marks. */
struct lesson_row {
    int32_t day;
    symbol form;  /* canonical class */
    symbol code;  /* pupil_id; 0: known by name only */
    symbol pupil; /* name as written; 0 with code 0: the lesson of the whole class */
    symbol subject;
    symbol teacher;
    symbol topic;
    symbol homework;
    symbol work;
    symbol mark; /* canonical text of the scale, "." for a debt, 0: no mark */
    symbol comment;
    int32_t weight;  /* thousandths, resolved: given, else of the work, else 1000 */
    int32_t line;    /* of the file */
    uint8_t lesson;  /* 1…12, 0: not given */
    uint8_t reason;  /* enum reason */
    uint16_t column; /* of the id, or the name, in the first row of a pupil; else 0 */
};

struct pupil_row {
    const char *code, *name, *form;
    int32_t enrolled, left; /* day numbers or DATE_NONE: says nothing */
    const char *ground;     /* "", "transfer", "graduation" */
    int32_t consent, paper_from, paper_until;
    const char *delivery; /* "", "hand", "office", "post" */
    const char *recipient, *address;
    int32_t copies; /* 0: says nothing */
    int32_t line, column;
};

/* A row that says nothing. */
struct pupil_row pupil_row_blank(void);

enum final_period { FINAL_TERM_1 = 1, FINAL_TERM_4 = 4, FINAL_YEAR = 5, FINAL_EXAM = 6, FINAL_FINAL = 7 };

struct final_row {
    const char *code, *name, *form, *subject;
    int32_t period; /* enum final_period */
    const char *mark;
    int32_t decided; /* DATE_NONE */
    int32_t year;    /* school year's first: 2026 */
    int32_t line, column;
};

struct timetable_row {
    const char *form;
    int32_t day;     /* DATE_NONE: holds for a weekday */
    int32_t weekday; /* 1…7 */
    int32_t lesson;
    const char *subject, *room, *starts;
    int32_t line;
};

struct announcement_row {
    int32_t from, until;
    const char *form; /* "": the whole school */
    const char *code; /* "": everyone of the class */
    const char *text;
    int32_t line, column;
};

struct achievement_row {
    const char *code, *title, *result;
    int32_t day;
    int32_t line, column;
};

struct visit_row {
    const char *code;
    int32_t last_visit; /* DATE_NONE: never */
    int32_t line, column;
};

/* A file, read and checked. Everything lives in the arena it was read into. */
struct export
{
    enum export_kind kind;
    const char *file;    /* path as given, for messages */
    const char *profile; /* "native", "netschool-report", "netschool-tabel", or the profile's name */
    const char *state;   /* when the source made it, "YYYY-MM-DD HH:MM:SS", or "" */
    char sha256[65];
    const char *const *symbols; /* [0] is "" */
    size_t symbol_count;
    union {
        struct lesson_row *lessons;
        struct pupil_row *pupils;
        struct final_row *finals;
        struct timetable_row *timetable;
        struct announcement_row *announcements;
        struct achievement_row *achievements;
        struct visit_row *visits;
    } rows;
    size_t count;
    size_t rejected; /* rows put aside (rejects = skip) */
    bool by_name;    /* pupils of such files have no ids: name and class stand for them, new ones too */
    /* Those of a gradebook as far as they could be read, 0 and DATE_NONE where not: what they may have said still
     * holds. */
    struct lesson_row *aside;
    size_t aside_count, aside_room;
    /* Of a gradebook: classes that the file names although none of its rows is stored, and each class's first and last
     * day: what the file speaks for. A netschool report speaks for its whole «Период». */
    struct coverage {
        const char *form;
        struct span span;
    } * covered;
    size_t covered_count;
    /* Of finals: periods for which the file has a place that is empty. It speaks for them too. */
    struct empty_final {
        const char *form, *code, *name; /* "": not given; the name only where the file is by_pupil */
        int32_t period, year;
    } * empty;
    size_t empty_count, empty_room;
    bool by_pupil; /* it speaks for its pupils only: a report has a block a pupil, and may be of one alone */
    /* Of such a gradebook: the pupils who have a table in it, even an empty one, and its days. */
    struct tabled {
        symbol form, pupil;
        struct span span; /* from DATE_NONE: none */
    } * tabled;
    size_t tabled_count;
};

#endif
