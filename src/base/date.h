/* A date is a day number: days since 1970-01-01. Weeks are those of ISO 8601. */
#ifndef PAPERDIARY_BASE_DATE_H
#define PAPERDIARY_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#define DATE_NONE INT32_MIN
#define DATE_TEXT 11 /* room for YYYY-MM-DD and a NUL */

struct civil {
    int32_t year, month, day; /* month and day from 1 */
};

struct iso_week {
    int32_t year, week; /* week from 1 */
};

int32_t date_from_civil(int32_t year, int32_t month, int32_t day); /* DATE_NONE: no such date */
struct civil date_to_civil(int32_t date);
int32_t date_weekday(int32_t date); /* 1 Monday … 7 Sunday */
struct iso_week date_iso_week(int32_t date);
int32_t date_of_week(struct iso_week week, int32_t weekday); /* DATE_NONE: no such week */

bool date_parse(const char *text, int32_t *out); /* exactly YYYY-MM-DD */
const char *date_format(char out[DATE_TEXT], int32_t date);

/* The day that a text begins with: a stamp of the register, the name of a file; DATE_NONE where it has none. */
int32_t date_leading(const char *text);

int32_t date_now(void); /* the wall clock's local day: only --today's default asks */
/* «YYYY-MM-DD HH:MM:SS» of the given day with the wall clock's time, for registers and the audit log. */
void date_stamp(char out[20], int32_t today);

#endif
