/* The school's obligations, found and put in words: shared by `status` and `run`. */
#ifndef PAPERDIARY_COMMANDS_DUTIES_H
#define PAPERDIARY_COMMANDS_DUTIES_H

#include <stdbool.h>
#include <stddef.h>

#include "gradebook/duties.h"

struct err;
struct session;

/* What the store knows, and whether the school's weekly layout carries the forecast. */
bool session_facts(struct session *session, struct duty_facts *out, struct err *err);

/* «weekly sheets, 2026-W46» */
const char *duty_title(const struct session *session, const struct duty *duty);
/* «overdue by 2 days, due 2026-11-20», «done 2026-11-21» */
const char *duty_state_text(const struct session *session, const struct duty *duty);
const char *duty_kind_key(enum duty_kind kind);    /* for programs: "weekly" */
const char *duty_state_key(enum duty_state state); /* "overdue", "open", "noted", "done" */

#endif
