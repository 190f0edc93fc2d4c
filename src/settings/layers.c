#include "settings/layers.h"

#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "settings/value.h"

#define SUFFIX ".ini"

const char *layers_path(struct arena *arena, const char *folder, const char *name)
{
    if (folder == NULL || *name == '\0' || *name == '.' || strchr(name, '/') != NULL)
        return NULL;
    const char *path = file_join(arena, folder, arena_format(arena, "%s" SUFFIX, name));
    return file_exists(path) ? path : NULL;
}

static size_t add_names(struct arena *arena, const char *folder, const char ***names, size_t count)
{
    const char **files = NULL;
    size_t found = 0;
    struct err err = {0};
    if (folder == NULL || !file_exists(folder) || !file_list(arena, folder, &files, &found, &err))
        return count;
    const char **all = arena_alloc(arena, (count + found + 1) * sizeof *all);
    if (count > 0)
        memcpy(all, *names, count * sizeof *all);
    for (size_t i = 0; i < found; i++) {
        size_t length = strlen(files[i]);
        if (length <= strlen(SUFFIX) || strcmp(files[i] + length - strlen(SUFFIX), SUFFIX) != 0)
            continue;
        const char *name = arena_copy_n(arena, files[i], length - strlen(SUFFIX));
        bool twice = false;
        for (size_t k = 0; k < count; k++)
            twice = twice || strcmp(all[k], name) == 0;
        if (!twice)
            all[count++] = name;
    }
    *names = all;
    return count;
}

const char *layers_advice(struct arena *arena, const char *own_folder, const char *installed_folder, const char *name)
{
    const char **names = NULL;
    size_t count = add_names(arena, installed_folder, &names, 0);
    count = add_names(arena, own_folder, &names, count);
    return value_advice(arena, name, names, count);
}

const struct ini_value *layers_lookup(const struct layers *layers, const char *section, const char *key)
{
    const struct ini_value *value = layers->own == NULL ? NULL : ini_lookup(layers->own, section, key);
    return value != NULL || layers->installed == NULL ? value : ini_lookup(layers->installed, section, key);
}
