/* What the commands that issue sheets answer, and how they hand the files to the printer. */
#ifndef PAPERDIARY_COMMANDS_ISSUED_H
#define PAPERDIARY_COMMANDS_ISSUED_H

#include <jansson.h>
#include <stdbool.h>

struct batch_order;
struct batch_result;
struct err;
struct session;

void issued_say(const struct session *session, const struct batch_order *order, const struct batch_result *result);
json_t *issued_json(const struct batch_order *order, const struct batch_result *result);

/* The sheets of this run alone where some were chosen, else the whole print file. */
bool issued_print(const struct session *session, const struct batch_order *order, const struct batch_result *result,
                  struct err *err);

#endif
