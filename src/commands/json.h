/* Answers as JSON. */
#ifndef PAPERDIARY_COMMANDS_JSON_H
#define PAPERDIARY_COMMANDS_JSON_H

#include <jansson.h>
#include <stdint.h>

json_t *json_day(int32_t day);                        /* "2026-11-16", or null for DATE_NONE */
json_t *json_decimal(int64_t value, int64_t divisor); /* an integer where it is one */
void json_print(const json_t *value);                 /* to stdout, indented, keys in order of setting */
void json_finish(json_t *value);                      /* the same, and lets go of it */

#endif
