#include "base/place.h"

#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

/* The folder that holds `path`, cut in place; false at the root. */
static bool to_parent(char *path)
{
    char *slash = strrchr(path, '/');
    if (slash == NULL || slash == path)
        return false;
    *slash = '\0';
    return true;
}

struct places places_find(struct arena *arena)
{
    char own[4096] = "";
    ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
    own[length < 0 ? 0 : length] = '\0';
    to_parent(own);
    const char *built = arena_copy(arena, own);
    const char *share = arena_format(arena, "%s/../share/paperdiary", built);
    for (bool up = true; up; up = to_parent(own)) {
        if (!file_exists(arena_format(arena, "%s/layouts/weekly.ini", own)) ||
            !file_exists(arena_format(arena, "%s/data/profiles", own)))
            continue;
        return (struct places){.layouts = arena_format(arena, "%s/layouts", own),
                               .profiles = arena_format(arena, "%s/data/profiles", own),
                               .fonts = arena_format(arena, "%s/fonts", built),
                               .hyphens = arena_format(arena, "%s/hyphen/hyph_ru.dic", built),
                               .locale = arena_format(arena, "%s/locale", built),
                               .example = arena_format(arena, "%s/examples/school", own)};
    }
    return (struct places){.layouts = arena_format(arena, "%s/layouts", share),
                           .profiles = arena_format(arena, "%s/profiles", share),
                           .fonts = arena_format(arena, "%s/fonts", share),
                           .hyphens = arena_format(arena, "%s/hyphen/hyph_ru.dic", share),
                           .locale = arena_format(arena, "%s/../locale", share),
                           .example = arena_format(arena, "%s/examples/school", share)};
}
