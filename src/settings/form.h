/* Names of classes: «3А», «3 "А"», «3-а», «3A» with a Latin letter are one class. */
#ifndef PAPERDIARY_SETTINGS_FORM_H
#define PAPERDIARY_SETTINGS_FORM_H

#include <stdint.h>

struct arena;

/* Canonical name («3А»): no spaces, quotes or hyphens between number and letter, upper case, look-alike Latin letters
 * as Cyrillic. A name that has no leading number is only trimmed and NFC. Never empty unless the text is. */
const char *form_canonical(struct arena *arena, const char *text);
int32_t form_grade(const char *form);                            /* the leading number, 0 without */
const char *form_printed(struct arena *arena, const char *form); /* «3 «А»» with a no-break space */
int form_compare(const char *a, const char *b);                  /* by grade, then letter; 0: the same */

#endif
