/* What a single cell can say: dates, numbers, and what Excel has made of them. Pure. */
#ifndef PAPERDIARY_INTAKE_CELLS_H
#define PAPERDIARY_INTAKE_CELLS_H

#include <stdbool.h>
#include <stdint.h>

#include "intake/rows.h"

struct arena;

enum date_form { DATE_FORM_ANY, DATE_FORM_ISO, DATE_FORM_LONG, DATE_FORM_SHORT }; /* 16.11.2026, 16.11.26 */

/* The form that a profile's date_format names. */
enum date_form cells_date_form(const char *format);

/* White space of both ends off, no-break spaces too. */
struct cell cells_trim(struct cell cell);

/* A day in the given form; a time of day after it is passed over. */
bool cells_date(struct cell cell, enum date_form form, int32_t *out);

/* True where Excel has put a day's number for a date («46342»). */
bool cells_is_serial(struct cell cell);

/* A whole number without a sign, at most nine digits. */
bool cells_number(struct cell cell, int32_t *out);

/* A number with up to three decimals, as thousandths; decimal 0: comma or point. */
bool cells_thousandths(struct cell cell, char decimal, int32_t *out);

/* «8:30», «08.30», «8:30:00» as minutes of the day. */
bool cells_time(struct cell cell, int32_t *minutes);

/* Two small numbers that Excel or LibreOffice has made a date of: «04.мар», «мар.04», «3 апр», «4-Mar», «2026-04-03»,
 * «03.04.2026». */
bool cells_eaten(struct cell cell, int32_t *first, int32_t *second);

/* Words, where an id should stand: no figure, but a space or small Cyrillic letters. */
bool cells_is_words(struct cell cell);

/* An error value of Excel: «#ИМЯ?», «#REF!», «####». */
bool cells_is_excel_error(struct cell cell);

/* A number as Excel writes it, rounded or with a fraction: «1,04E+03», «1050.0»; or an apostrophe it leaves before a
 * text. */
bool cells_is_mangled_id(struct cell cell);

/* The text with Latin letters as the Cyrillic ones that look alike; NULL where there are none. */
const char *cells_cyrillic(struct arena *arena, const char *text);

/* What the program had to change in a text, and what looks wrong in it. */
struct cells_found {
    bool control, latin, latin_o, lost_letter;
};

/* True where cells_clean would change nothing and find nothing; quick. */
bool cells_is_plain(struct cell cell);

/* NFC, runs of white space and line breaks as one space, control and direction characters as U+FFFD, soft hyphens and
 * zero-width characters off, Latin letters in a Cyrillic word as the Cyrillic ones that look alike. The result lives in
 * the arena. */
const char *cells_clean(struct arena *arena, struct cell cell, struct cells_found *found);

#endif
