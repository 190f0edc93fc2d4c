/* Opening what sheets are made with: layout, fonts, hyphenation, press. */
#ifndef PAPERDIARY_COMMANDS_WORKSHOP_H
#define PAPERDIARY_COMMANDS_WORKSHOP_H

#include <stdbool.h>

#include "issue/weekly.h"

struct arena;
struct err;
struct session;

bool workshop_open(const struct session *session, const char *layout, struct workshop *out, struct err *err);
void workshop_close(struct workshop *shop);

/* Fills what the session knows of an order: store, folder, day, account, progress on a terminal. */
void workshop_order(struct session *session, struct batch_order *order);
/* Which characters no font has, in a sentence; "": there are none. */
const char *workshop_missing(struct arena *arena, const struct batch_result *result);
/* Says that and what else a person has to see to on stderr; that needs a person. */
void workshop_warn(struct session *session, const struct batch_result *result);

/* Issues one week's sheets as the session's call has chosen, with progress on a terminal. */
bool workshop_issue_week(struct session *session, const struct workshop *shop, struct iso_week week,
                         struct batch_order *order, struct batch_result *result, struct err *err);

#endif
