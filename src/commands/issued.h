/* What the commands that issue sheets answer, and how they hand the files to the printer. */
#ifndef PAPERDIARY_COMMANDS_ISSUED_H
#define PAPERDIARY_COMMANDS_ISSUED_H

#include <jansson.h>
#include <stdbool.h>

struct batch_order;
struct batch_result;
struct err;
struct session;
struct workshop;

void issued_say(const struct session *session, const struct batch_order *order, const struct batch_result *result);
json_t *issued_json(const struct batch_order *order, const struct batch_result *result);

/* Specimens and copies one by one; of what is issued, all that is not printed yet. */
bool issued_print(struct session *session, const struct workshop *shop, const struct batch_order *order,
                  const struct batch_result *result, struct err *err);

#endif
