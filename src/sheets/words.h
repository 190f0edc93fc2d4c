/* The printed words of a sheet: patterns, plural forms and dates, all of them from the layout. Everything lives in the
 * arena. */
#ifndef PAPERDIARY_SHEETS_WORDS_H
#define PAPERDIARY_SHEETS_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "settings/layout.h"
#include "settings/school.h"

struct arena;

struct words {
    struct arena *arena;
    const struct layout *layout;
};

/* A layout writes *strong* between asterisks, and ~ for a no-break space; in what is returned this character stands
 * for each asterisk. */
#define WORDS_STRONG '\x01'

/* The layout's word with its {placeholders} filled: pairs of name and text, then NULL. A placeholder that is not given
 * stays as it is ({page} is filled in when the pages are numbered). The result is bound (words_bind). */
const char *words_say(const struct words *words, const char *key, ...) __attribute__((sentinel));

/* The same for a word of three plural forms, `{n} урок|{n} урока|{n} уроков`: that of n is taken, {n} is filled. */
const char *words_say_count(const struct words *words, const char *key, int64_t n, ...) __attribute__((sentinel));

/* The word of a key made of two parts: "month", "4" → month.4. */
const char *words_of(const struct words *words, const char *group, const char *name);
const char *words_numbered(const struct words *words, const char *group, int32_t number);

/* The text without its marks of strength: for titles, drawings and the foot line. */
const char *words_plain(struct arena *arena, const char *text);

/* No-break spaces where Russian typography wants them: after «№» and single initials, between a number and its word,
 * before a dash. */
const char *words_bind(struct arena *arena, const char *text);

/* With a capital letter in front, for a text that stands alone. */
const char *words_capital(struct arena *arena, const char *text);

const char *words_date(const struct words *words, int32_t day);      /* 16 ноября */
const char *words_date_year(const struct words *words, int32_t day); /* 16 ноября 2026 */
const char *words_span(const struct words *words, struct span span); /* 28 ноября – 6 декабря */
const char *words_span_year(const struct words *words, struct span span); /* 28 декабря 2026 – 2 января 2027 */
const char *words_date_short(const struct words *words, int32_t day);   /* 3.09 */
const char *words_date_numbers(const struct words *words, int32_t day); /* 21.11.2026 */

/* «×2», «×1,5» of a weight in thousandths. */
const char *words_weight(const struct words *words, int32_t weight);
const char *words_hundredths(const struct words *words, int64_t hundredths); /* 4,05 */

/* «Вокуева Д. И.» of «Вокуева Дарья Ивановна»; a name without further names as it is. */
const char *words_short_name(const struct words *words, const char *name);

/* «по болезни», «пропуск по болезни» …: the word `group`.<reason>. */
const char *words_reason(const struct words *words, const char *group, enum reason reason);
/* «триместр», «четверти» …: the word term.<kind>.`form`, with {n} filled. */
const char *words_term(const struct words *words, enum term_kind kind, const char *form, int32_t n);

#endif
