/* One failure on its way up to main: a code that is the exit status, and a sentence for a person. */
#ifndef PAPERDIARY_BASE_ERR_H
#define PAPERDIARY_BASE_ERR_H

#include <stdbool.h>

/* The values are the exit statuses of the program. */
enum err_code {
    ERR_NONE = 0,
    ERR_ATTENTION = 1, /* done, and something needs a person */
    ERR_USAGE = 2,     /* wrong words on the command line */
    ERR_INPUT = 3,     /* the input or the settings are wrong, nothing was changed */
    ERR_MACHINE = 4,   /* disk full, database busy, no font: nothing was lost */
    ERR_DENIED = 5,    /* not allowed for this account */
};

struct err {
    enum err_code code;
    char text[1024];
};

/* Notes the failure and returns false, so that a caller can `return err_set(…)`.
 * A failure that is already noted stays: the first cause is the one that counts. */
bool err_set(struct err *err, enum err_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Puts context before the noted text («context: text») and returns false. */
bool err_add(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
