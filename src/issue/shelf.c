#include "issue/shelf.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/flush.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/stopwatch.h"

#define FLUSHED_AT ((size_t)12 << 20) /* bytes that are worth a thread */

struct shelved {
    const char *aside, *name; /* below the folder aside, and below the shelf's */
};

struct shelf {
    struct arena *arena;
    const char *folder, *aside;
    bool group, interrupted, placing;
    struct shelved *files;
    size_t count, room, begun, placed;
    struct buffer made; /* the folder that was made last */
    struct flush *flush;
    size_t unflushed; /* bytes put since it began */
    int cause;        /* why one failed; 0: none did */
};

static void clear_aside(struct shelf *shelf)
{
    const char **names = NULL;
    size_t count = 0;
    struct err ignored = {0};
    if (file_list(shelf->arena, shelf->aside, &names, &count, &ignored))
        for (size_t i = 0; i < count; i++)
            unlink(file_join(shelf->arena, shelf->aside, names[i]));
    if (!shelf->interrupted)
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

void shelf_mended(struct shelf *shelf)
{
    shelf->interrupted = false;
}

bool shelf_begin(struct shelf *shelf, struct file_writing **out, struct err *err)
{
    struct buffer path = {0};
    buffer_format(&path, "%s/%zu.pdf", shelf->aside, shelf->begun++);
    bool ok = file_begin_aside(path.data, shelf->group, out, err);
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

static void end_flush(struct shelf *shelf)
{
    int cause = flush_end(shelf->flush);
    shelf->flush = NULL;
    shelf->cause = shelf->cause != 0 ? shelf->cause : cause;
}

/* Where much was put, and the disk has done with what came before, it is given more to do. */
static void flush_ahead(struct shelf *shelf, size_t size)
{
    shelf->unflushed += size;
    if (shelf->unflushed < FLUSHED_AT || (shelf->flush != NULL && !flush_done(shelf->flush)))
        return;
    end_flush(shelf);
    shelf->unflushed = 0;
    shelf->flush = flush_begin(shelf->aside);
}

bool shelf_put(struct shelf *shelf, const char *name, const void *data, size_t size, struct err *err)
{
    struct file_writing *file = NULL;
    enum stage before = stopwatch_enter(STAGE_WRITE);
    bool ok = shelf_begin(shelf, &file, err);
    if (ok) {
        file_add(file, data, size);
        ok = shelf_end(shelf, name, file, true, err);
        flush_ahead(shelf, size);
    }
    stopwatch_enter(before);
    return ok;
}

bool shelf_sync(struct shelf *shelf, struct err *err)
{
    enum stage before = stopwatch_enter(STAGE_WRITE);
    end_flush(shelf);
    bool ok = shelf->cause == 0 ? file_sync_all(shelf->aside, err) : file_not_written(shelf->aside, shelf->cause, err);
    stopwatch_enter(before);
    return ok;
}

/* Makes the folders above a place, the shelf's own is there. */
static bool make_parent(struct shelf *shelf, const char *place, struct err *err)
{
    size_t length = (size_t)(strrchr(place, '/') - place);
    if (shelf->made.size == length && memcmp(shelf->made.data, place, length) == 0)
        return true;
    buffer_clear(&shelf->made);
    buffer_add(&shelf->made, place, length);
    if (file_make_folder(shelf->made.data, shelf->group, err))
        return true;
    buffer_clear(&shelf->made);
    return false;
}

static bool place(struct shelf *shelf, const struct shelved *file, struct err *err)
{
    struct buffer from = {0}, to = {0};
    buffer_format(&from, "%s/%s", shelf->aside, file->aside);
    buffer_format(&to, "%s/%s", shelf->folder, file->name);
    bool ok =
        make_parent(shelf, to.data, err) && (rename(from.data, to.data) == 0 || file_not_written(to.data, errno, err));
    buffer_free(&from);
    buffer_free(&to);
    return ok;
}

bool shelf_place(struct shelf *shelf, struct err *err)
{
    enum stage before = stopwatch_enter(STAGE_WRITE);
    bool ok = true;
    shelf->placing = true;
    for (; ok && shelf->placed < shelf->count; shelf->placed += ok)
        ok = place(shelf, &shelf->files[shelf->placed], err);
    ok = ok && file_sync_all(shelf->folder, err);
    stopwatch_enter(before);
    return ok;
}

void shelf_free(struct shelf *shelf)
{
    if (shelf == NULL)
        return;
    end_flush(shelf);
    if (!shelf->placing || shelf->placed == shelf->count)
        clear_aside(shelf);
    rmdir(shelf->folder); /* goes only where nothing was put */
    mem_free(shelf->files);
    buffer_free(&shelf->made);
    arena_free(shelf->arena);
    mem_free(shelf);
}
