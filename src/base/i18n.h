/* Messages for people: Russian and English through gettext, UTF-8 whatever the locale. */
#ifndef PAPERDIARY_BASE_I18N_H
#define PAPERDIARY_BASE_I18N_H

#include <libintl.h>

#define _(text)  gettext(text)
#define N_(text) text /* marked for the catalogue, translated where it is printed */

/* language: "ru" or "en"; folder: where <language>/LC_MESSAGES/paperdiary.mo stand. May be called again. */
void i18n_start(const char *language, const char *folder);

#endif
