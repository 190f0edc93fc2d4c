/* Strict readings of a value's text: the whole text must fit, and nothing depends on the locale. */
#ifndef PAPERDIARY_SETTINGS_VALUE_H
#define PAPERDIARY_SETTINGS_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* A day of every year (year 0) or of one. 29.02 of every year is the last day of February. */
struct value_day {
    int32_t year, month, day;
};

struct value_span {
    struct value_day from, until; /* both with a year, or both without */
};

/* An item of a list, trimmed, and where it begins in the value: in characters from 0. */
struct value_item {
    const char *text;
    int32_t offset;
};

/* Digits alone, perhaps after a minus: «010» is ten. */
bool value_integer(const char *text, int32_t low, int32_t high, int32_t *out);

/* «0.5», «0,50», «3» in units of 10^-digits; no sign, and not more decimals than digits. */
bool value_decimal(const char *text, int digits, int32_t *out);

/* «18 mm», «9.3 pt», and «0.06 em» where em > 0 is its length; in thousandths of a point. 0 needs no unit. */
bool value_length(const char *text, int32_t em, int32_t *out);

/* «2026-09-01», «01.09.2026», «01.09» at *at, which moves past it. */
bool value_day(const char **at, struct value_day *out);

/* «01.09-30.11», «28.11.2026 – 06.12.2026», or one day, at *at, which moves past it. */
bool value_span(const char **at, struct value_span *out);

/* The items between commas, empty ones too; none in an empty text. With `decimals` a comma between two digits belongs
 * to a number. Returns how many. */
size_t value_list(struct arena *arena, const char *text, bool decimals, const struct value_item **out);

/* «did you mean 'mean'?», or the known words where none is near, for the end of a message. */
const char *value_advice(struct arena *arena, const char *wrong, const char *const *known, size_t count);

/* Index of the word in the list, -1 without. */
int value_choice(const char *text, const char *const *words, size_t count);

#endif
