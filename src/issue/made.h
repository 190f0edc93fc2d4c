/* What sheets are made with, in a form that can be kept and compared. */
#ifndef PAPERDIARY_ISSUE_MADE_H
#define PAPERDIARY_ISSUE_MADE_H

#include <stdbool.h>

struct arena;
struct err;
struct layout;
struct made_with;
struct school;

/* `fonts` is the folder of the faces, `hyphens` the dictionary. */
bool made_note(struct arena *arena, const struct school *school, const struct layout *layout, const char *fonts,
               const char *hyphens, struct made_with *out, struct err *err);

#endif
