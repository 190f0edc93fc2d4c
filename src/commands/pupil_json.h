/* A pupil as an answer in JSON: of `pupils`, and of the commands that change one. */
#ifndef PAPERDIARY_COMMANDS_PUPIL_JSON_H
#define PAPERDIARY_COMMANDS_PUPIL_JSON_H

#include <jansson.h>
#include <stdint.h>

struct err;
struct pupil;
struct session;

/* As on that day. */
json_t *pupil_json(const struct pupil *pupil, int32_t today);
/* As the store has the pupil now; NULL where it can't be read. */
json_t *pupil_json_now(struct session *session, const char *code, struct err *err);

#endif
