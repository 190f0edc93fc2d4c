/* A new school folder: shared by `init` and `demo`. */
#ifndef PAPERDIARY_COMMANDS_SETUP_H
#define PAPERDIARY_COMMANDS_SETUP_H

#include <stdbool.h>

struct arena;
struct err;

/* Folders, an empty store, and school.ini with the given text, written last. ERR_USAGE where a school is there already.
 */
bool school_folder_make(struct arena *arena, const char *folder, const char *settings, struct err *err);

#endif
