/* What most commands open first: the school's settings and its store. And how commands speak. */
#ifndef PAPERDIARY_COMMANDS_SESSION_H
#define PAPERDIARY_COMMANDS_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/diag.h"
#include "commands/access.h"
#include "settings/school.h"

struct arena;
struct buffer;
struct call;
struct err;
struct pupil;
struct store;

struct session {
    struct call *call;
    struct arena *arena;
    const char *folder;
    struct school school;
    struct store *store;
    char stamp[20];      /* of today */
    const char *account; /* who calls, through sudo too */
    struct access access;
    bool lent; /* through sudo, as another account */
    int lock;  /* of the one who writes; -1: none */
};

/* The language that the school's settings name, "" where they can't be read or name none. `given`: that of --school, or
 * "". For what is said before a session is opened: problems are none yet. */
const char *session_language(struct arena *arena, const char *given);
/* Settings only; `optional`: without a school.ini the defaults serve. Sets the language. Problems of school.ini go to
 * stderr. */
bool session_settings(struct session *session, struct call *call, bool optional, struct err *err);
/* Settings and store, to read. */
bool session_open(struct session *session, struct call *call, struct err *err);
/* The same to write: one at a time in a school folder; who has to wait is told for whom. */
bool session_open_to_write(struct session *session, struct call *call, struct err *err);
/* The store too, where the folder has one; session->store stays NULL else. */
bool session_store_if_any(struct session *session, struct err *err);
bool session_close(struct session *session, struct err *err);

/* Opens a session (to write or only to read), runs the body, closes. */
bool session_run(struct call *call, bool write, bool (*body)(struct session *session, struct err *err),
                 struct err *err);

/* --week or the last week with lessons. ERR_INPUT where nothing is stored yet. */
bool session_week(struct session *session, struct iso_week *out, struct err *err);
/* One pupil by id or a unique part of the name, among those the account sees; ERR_USAGE lists the candidates. Where it
 * sees only some classes, one who is not there and one of another class are the same ERR_DENIED. */
bool session_pupil(struct session *session, const char *what, const struct pupil **out, struct err *err);
/* Every --pupil, each as session_pupil() finds it; NULL and 0 where there is none. */
bool session_pupils(struct session *session, const struct pupil *const **out, size_t *count, struct err *err);
/* The classes of --class, or all that the account sees; ERR_USAGE names an unknown one, ERR_DENIED for another's. */
bool session_classes(struct session *session, const char ***out, size_t *count, struct err *err);

/* «2026-W47» or any date in it. */
bool week_parse(const char *text, struct iso_week *out);
const char *week_text(struct arena *arena, struct iso_week week);

/* Prints what a diag holds to stderr: errors, warnings, and notes unless --quiet. */
void session_report(const struct call *call, const struct diag *diag);
/* The same into a buffer, files by their names without folders. */
void session_report_text(const struct call *call, const struct diag *diag, struct buffer *out);

/* To stdout unless --quiet: what was done. */
void session_say(const struct call *call, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* To stderr, on a terminal only, over the same line again; NULL clears it. */
void session_progress(const struct call *call, const char *text);

#endif
