/* The forecast as programs get it: of `summary` and `forecast`. */
#ifndef PAPERDIARY_COMMANDS_FORECAST_JSON_H
#define PAPERDIARY_COMMANDS_FORECAST_JSON_H

#include <jansson.h>

struct advice;
struct outlook_line;

/* {"term":{"p":{"2":…},"mark":"4","done":0.8},"year":{…}}; null where there is too little to say. A mark that is not
 * sure is a range: "4-5". */
json_t *forecast_json(const struct outlook_line *line);

/* {"kind":"reach","mark":"5","value":"5","count":2}; null where there is nothing to advise. */
json_t *advice_json(const struct advice *advice);

#endif
