/* Texts of others in which a removed pupil may be named: told by purge, blanked by purge --text. */
#ifndef PAPERDIARY_COMMANDS_PURGE_TEXTS_H
#define PAPERDIARY_COMMANDS_PURGE_TEXTS_H

#include <jansson.h>
#include <stdbool.h>

struct call;
struct err;
struct purge_find;
struct session;

/* To stderr, by number and place, never by name; the call needs attention where there is one. */
void purge_warn_of_texts(struct call *call, const struct purge_find *find);
json_t *purge_texts_json(const struct purge_find *find);

/* purge --text N…; with --dry-run it shows the texts. */
bool purge_texts(struct session *session, struct err *err);

#endif
