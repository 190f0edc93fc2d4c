/* Answers as JSON. */
#ifndef PAPERDIARY_COMMANDS_JSON_H
#define PAPERDIARY_COMMANDS_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void json_start(void);                                /* first of all: out of memory ends the program */
json_t *json_day(int32_t day);                        /* "2026-11-16", or null for DATE_NONE */
json_t *json_decimal(int64_t value, int64_t divisor); /* an integer where it is one */
void json_print(const json_t *value);                 /* to stdout, indented, keys in order of setting */
void json_finish(json_t *value);                      /* the same, and lets go of it */
/* A long array, an element at a time as json_print would print it; *count begins at 0. Lets go of the value; false:
 * there is no memory for it. */
bool json_list_add(size_t *count, json_t *value);
void json_list_end(size_t count);

#endif
