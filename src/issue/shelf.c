#include "issue/shelf.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "issue/crew.h"

enum { SYNCS_AT_ONCE = 16 }; /* a disk takes them together: ten times as fast as one after another */

struct shelved {
    const char *aside, *name; /* below the folder aside, and below the shelf's */
};

struct shelf {
    struct arena *arena;
    const char *folder, *aside;
    bool group;
    struct shelved *files;
    size_t count, room, begun;
    bool synced;
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
    clear_aside(shelf);
    if (!file_make_folder(folder, group, err) || !file_make_folder(shelf->aside, group, err)) {
        shelf_free(shelf);
        return false;
    }
    *out = shelf;
    return true;
}

bool shelf_begin(struct shelf *shelf, struct file_writing **out, struct err *err)
{
    struct buffer path = {0};
    buffer_format(&path, "%s/%zu.pdf", shelf->aside, shelf->begun++);
    bool ok = file_begin(path.data, shelf->group, out, err);
    if (ok)
        file_sync_later(*out);
    buffer_free(&path);
    return ok;
}

bool shelf_end(struct shelf *shelf, const char *name, struct file_writing *file, bool whole, struct err *err)
{
    struct shelved shelved = {.aside = arena_copy(shelf->arena, file_base_name(file_path(file))),
                              .name = arena_copy(shelf->arena, name)};
    if (!file_end(file, whole, err))
        return false;
    shelf->files = mem_grow(shelf->files, shelf->count, &shelf->room, sizeof *shelf->files);
    shelf->files[shelf->count++] = shelved;
    return true;
}

bool shelf_put(struct shelf *shelf, const char *name, const void *data, size_t size, struct err *err)
{
    struct file_writing *file = NULL;
    if (!shelf_begin(shelf, &file, err))
        return false;
    file_add(file, data, size);
    return shelf_end(shelf, name, file, true, err);
}

static void join(struct buffer *out, const char *folder, const char *name)
{
    buffer_clear(out);
    buffer_format(out, "%s/%s", folder, name);
}

/* --- fsync ------------------------------------------------------------------------------------------------------- */

struct syncing {
    const char *folder;       /* of the names */
    const char *const *names; /* "": the folder itself */
    int *causes;              /* errno of each */
    struct err *err;
};

static void sync_one(void *context, size_t index)
{
    struct syncing *syncing = context;
    struct buffer path = {0};
    join(&path, syncing->folder, syncing->names[index]);
    syncing->causes[index] = file_sync(path.data);
    buffer_free(&path);
}

static bool is_synced(void *context, size_t index)
{
    const struct syncing *syncing = context;
    int cause = syncing->causes[index];
    return cause == 0 || err_set(syncing->err, ERR_MACHINE, _("%s/%s can't be written: %s"), syncing->folder,
                                 syncing->names[index], strerror(cause));
}

static bool sync_all(const char *folder, const char *const *names, size_t count, struct err *err)
{
    struct syncing syncing = {
        .folder = folder, .names = names, .causes = mem_alloc((count + 1) * sizeof(int)), .err = err};
    struct crew crew = {.threads = SYNCS_AT_ONCE, .context = &syncing, .make = sync_one, .take = is_synced};
    bool ok = crew_run(&crew, count);
    mem_free(syncing.causes);
    return ok;
}

bool shelf_sync(struct shelf *shelf, struct err *err)
{
    const char **names = mem_alloc((shelf->count + 1) * sizeof *names);
    for (size_t i = 0; i < shelf->count; i++)
        names[i] = shelf->files[i].aside;
    names[shelf->count] = "";
    shelf->synced = sync_all(shelf->aside, names, shelf->count + 1, err);
    mem_free(names);
    return shelf->synced;
}

/* --- into place -------------------------------------------------------------------------------------------------- */

/* The folders that files were put into, below the shelf's. */
struct folders {
    const char **names;
    size_t count, room;
};

static bool note_folder(struct shelf *shelf, struct folders *folders, const char *name, struct err *err)
{
    const char *slash = strrchr(name, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - name);
    for (size_t i = 0; i < folders->count; i++)
        if (strncmp(folders->names[i], name, length) == 0 && folders->names[i][length] == '\0')
            return true;
    struct buffer path = {0};
    folders->names = mem_grow(folders->names, folders->count, &folders->room, sizeof *folders->names);
    folders->names[folders->count] = arena_copy_n(shelf->arena, name, length);
    join(&path, shelf->folder, folders->names[folders->count++]);
    bool ok = file_make_folder(path.data, shelf->group, err);
    buffer_free(&path);
    return ok;
}

static bool place(struct shelf *shelf, const struct shelved *file, struct err *err)
{
    struct buffer from = {0}, to = {0};
    join(&from, shelf->aside, file->aside);
    join(&to, shelf->folder, file->name);
    bool ok = rename(from.data, to.data) == 0 ||
              err_set(err, ERR_MACHINE, _("%s can't be written: %s"), to.data, strerror(errno));
    buffer_free(&from);
    buffer_free(&to);
    return ok;
}

bool shelf_place(struct shelf *shelf, struct err *err)
{
    struct folders folders = {0};
    bool ok = (shelf->synced || shelf_sync(shelf, err)) && note_folder(shelf, &folders, "", err);
    for (size_t i = 0; ok && i < shelf->count; i++)
        ok = note_folder(shelf, &folders, shelf->files[i].name, err) && place(shelf, &shelf->files[i], err);
    ok = ok && sync_all(shelf->folder, folders.names, folders.count, err);
    mem_free(folders.names);
    return ok;
}

void shelf_free(struct shelf *shelf)
{
    if (shelf == NULL)
        return;
    clear_aside(shelf);
    rmdir(shelf->folder); /* goes only where nothing was put */
    mem_free(shelf->files);
    arena_free(shelf->arena);
    mem_free(shelf);
}
