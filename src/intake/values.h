/* A cell of marks and absences → what it means. Each distinct cell is worked out once. */
#ifndef PAPERDIARY_INTAKE_VALUES_H
#define PAPERDIARY_INTAKE_VALUES_H

#include "intake/reader.h"

#define VALUES_MOST 8 /* marks, or absences, in a cell */

struct values {
    symbol marks[VALUES_MOST];
    uint8_t reasons[VALUES_MOST]; /* enum reason */
    uint8_t mark_count, reason_count;
    uint8_t zeros; /* «0» of a report, taken as debts */
    bool bad;      /* told anew for each such cell */
};

/* Where the cell stands: what may be in it. */
enum values_of {
    VALUES_MARK,       /* marks, and codes of absence with them */
    VALUES_ATTENDANCE, /* codes only */
    VALUES_REPORT      /* as VALUES_MARK; «0» is a debt */
};

struct values_reader;

struct values_reader *values_new(struct reader *reader);
void values_free(struct values_reader *values);

/* From now on these codes go before the profile's and the school's. They must outlive the reader. */
void values_legend(struct values_reader *values, const struct attendance_code *codes, size_t count);

/* Lent until the next call. A cell that can't be understood is told as an error at cell `number`, and is bad. */
const struct values *values_read(struct values_reader *values, enum values_of of, struct cell cell, int32_t number);

/* «2, 3, 4, 5» */
const char *values_scale(struct values_reader *values);

#endif
