/* What commands with --print share. */
#ifndef PAPERDIARY_COMMANDS_PRINTING_H
#define PAPERDIARY_COMMANDS_PRINTING_H

#include <stdbool.h>

struct batch_order;
struct err;
struct print_result;
struct session;
struct workshop;

/* Hands those sheets of the order's period to the printer that are not printed yet (of the chosen classes or the chosen
 * pupil only), and says what came of it. The workshop's layout does not matter. */
bool printing_pending(struct session *session, const struct workshop *shop, const struct batch_order *order,
                      struct err *err);
/* The same, and says nothing. */
bool printing_quietly(struct session *session, const struct workshop *shop, const struct batch_order *order,
                      struct print_result *out, struct err *err);

#endif
