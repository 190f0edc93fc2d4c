#include "issue/shelf.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/stopwatch.h"

struct shelved {
    const char *aside, *place;
};

struct shelf {
    struct arena *arena;
    const char *folder, *aside;
    bool group, interrupted, placing;
    struct shelved *files;
    size_t count, room, placed;
};

static void clear_aside(struct shelf *shelf)
{
    const char **names = NULL;
    size_t count = 0;
    struct err ignored = {0};
    if (file_list(shelf->arena, shelf->aside, &names, &count, &ignored))
        for (size_t i = 0; i < count; i++)
            unlink(file_join(shelf->arena, shelf->aside, names[i]));
    rmdir(shelf->aside);
}

bool shelf_open(const char *folder, bool group, struct shelf **out, struct err *err)
{
    struct shelf *shelf = mem_alloc(sizeof *shelf);
    shelf->arena = arena_new();
    shelf->folder = arena_copy(shelf->arena, folder);
    shelf->aside = file_join(shelf->arena, folder, ".making");
    shelf->group = group;
    shelf->interrupted = file_exists(shelf->aside);
    clear_aside(shelf);
    if (!file_make_folder(folder, group, err) || !file_make_folder(shelf->aside, group, err)) {
        shelf_free(shelf);
        return false;
    }
    *out = shelf;
    return true;
}

bool shelf_interrupted(const struct shelf *shelf)
{
    return shelf->interrupted;
}

bool shelf_put(struct shelf *shelf, const char *name, const void *data, size_t size, struct err *err)
{
    struct shelved file = {.place = file_join(shelf->arena, shelf->folder, name)};
    file.aside = arena_format(shelf->arena, "%s/%zu.pdf", shelf->aside, shelf->count);
    enum stage before = stopwatch_enter(STAGE_WRITE);
    bool ok = file_put(file.aside, data, size, shelf->group, err);
    stopwatch_enter(before);
    if (!ok)
        return false;
    shelf->files = mem_grow(shelf->files, shelf->count, &shelf->room, sizeof *shelf->files);
    shelf->files[shelf->count++] = file;
    return true;
}

bool shelf_sync(struct shelf *shelf, struct err *err)
{
    enum stage before = stopwatch_enter(STAGE_WRITE);
    bool ok = file_sync_all(shelf->aside, err);
    stopwatch_enter(before);
    return ok;
}

static bool make_parent(struct shelf *shelf, const char *path, struct err *err)
{
    const char *slash = strrchr(path, '/');
    return file_make_folder(arena_copy_n(shelf->arena, path, (size_t)(slash - path)), shelf->group, err);
}

bool shelf_place(struct shelf *shelf, struct err *err)
{
    enum stage before = stopwatch_enter(STAGE_WRITE);
    bool ok = true;
    shelf->placing = true;
    for (; ok && shelf->placed < shelf->count; shelf->placed += ok) {
        const struct shelved *file = &shelf->files[shelf->placed];
        ok = make_parent(shelf, file->place, err);
        if (ok && rename(file->aside, file->place) != 0)
            ok = file_not_written(file->place, errno, err);
    }
    ok = ok && file_sync_all(shelf->folder, err);
    stopwatch_enter(before);
    return ok;
}

void shelf_free(struct shelf *shelf)
{
    if (shelf == NULL)
        return;
    if (!shelf->placing || shelf->placed == shelf->count)
        clear_aside(shelf);
    rmdir(shelf->folder); /* goes only where nothing was put */
    mem_free(shelf->files);
    arena_free(shelf->arena);
    mem_free(shelf);
}
