/* A school's own INI file over the installed one, key by key: layouts and profiles. */
#ifndef PAPERDIARY_SETTINGS_LAYERS_H
#define PAPERDIARY_SETTINGS_LAYERS_H

#include <stdbool.h>
#include <stddef.h>

#include "settings/ini.h"

struct layers {
    const struct ini *own, *installed; /* NULL where there is none */
};

/* The path of NAME.ini in the folder, or NULL where there is no such file, no folder, or the name is no plain name. */
const char *layers_path(struct arena *arena, const char *folder, const char *name);

/* «did you mean 'weekly'?» from the files of both folders; either may be NULL. */
const char *layers_advice(struct arena *arena, const char *own_folder, const char *installed_folder, const char *name);

/* The school's value, else the installed one's, else NULL. */
const struct ini_value *layers_lookup(const struct layers *layers, const char *section, const char *key);

#endif
