#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sha2.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#define NAME_BYTES 80

bool file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

bool file_read(const char *path, size_t most, struct buffer *out, struct err *err)
{
    buffer_clear(out);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_set(err, ERR_INPUT, _("%s can't be read: %s"), path, strerror(errno));
    struct stat info;
    bool ok = fstat(fd, &info) == 0;
    if (ok && S_ISDIR(info.st_mode))
        ok = err_set(err, ERR_INPUT, _("%s is a folder; name a file"), path);
    char piece[65536];
    while (ok) {
        ssize_t got = read(fd, piece, sizeof piece);
        if (got == 0)
            break;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            ok = err_set(err, ERR_MACHINE, _("%s can't be read: %s"), path, strerror(errno));
        else if (out->size + (size_t)got > most)
            ok = err_set(err, ERR_INPUT, _("%s is larger than %zu MB; is it the right file?"), path, most >> 20);
        else
            buffer_add(out, piece, (size_t)got);
    }
    close(fd);
    return ok;
}

static bool write_all(int fd, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t done = write(fd, data, size);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        data += done;
        size -= (size_t)done;
    }
    return true;
}

/* So that the new name itself survives a power cut. */
static bool sync_folder_of(const char *path)
{
    char *folder = mem_copy(path);
    char *slash = strrchr(folder, '/');
    if (slash != NULL)
        slash[slash == folder ? 1 : 0] = '\0';
    int fd = open(slash == NULL ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    mem_free(folder);
    if (fd < 0)
        return false;
    bool ok = fsync(fd) == 0;
    int cause = errno;
    close(fd);
    errno = cause;
    return ok;
}

struct file_writing {
    char *path, *temporary;
    int fd, cause; /* errno of the first failure; 0: none */
    bool later;
};

static void note_failure(struct file_writing *file)
{
    if (file->cause == 0)
        file->cause = errno;
}

static bool tell_failure(const struct file_writing *file, struct err *err)
{
    return err_set(err, ERR_MACHINE, _("%s can't be written: %s"), file->path, strerror(file->cause));
}

bool file_begin(const char *path, bool group, struct file_writing **out, struct err *err)
{
    struct file_writing *file = mem_alloc(sizeof *file);
    size_t length = strlen(path) + sizeof ".XXXXXX";
    file->path = mem_copy(path);
    file->temporary = mem_alloc(length);
    snprintf(file->temporary, length, "%s.XXXXXX", path);
    file->fd = mkstemp(file->temporary);
    if (file->fd < 0 || fchmod(file->fd, group ? 0640 : 0600) != 0) {
        note_failure(file);
        tell_failure(file, err);
        file_drop(file);
        return false;
    }
    *out = file;
    return true;
}

void file_add(struct file_writing *file, const void *data, size_t size)
{
    if (file->cause == 0 && !write_all(file->fd, data, size))
        note_failure(file);
}

bool file_end(struct file_writing *file, bool whole, struct err *err)
{
    if (!whole) {
        file_drop(file);
        return false;
    }
    if (file->cause == 0 && !file->later && fsync(file->fd) != 0)
        note_failure(file);
    if (close(file->fd) != 0)
        note_failure(file);
    file->fd = -1;
    if (file->cause == 0 && (rename(file->temporary, file->path) != 0 || (!file->later && !sync_folder_of(file->path))))
        note_failure(file);
    bool ok = file->cause == 0 || tell_failure(file, err);
    if (ok)
        file->temporary[0] = '\0';
    file_drop(file);
    return ok;
}

void file_sync_later(struct file_writing *file)
{
    file->later = true;
}

int file_sync(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    int cause = fd >= 0 && fsync(fd) == 0 ? 0 : errno;
    if (fd >= 0 && close(fd) != 0 && cause == 0)
        cause = errno;
    return cause;
}

const char *file_path(const struct file_writing *file)
{
    return file->path;
}

void file_drop(struct file_writing *file)
{
    if (file == NULL)
        return;
    if (file->fd >= 0)
        close(file->fd);
    if (file->temporary[0] != '\0')
        unlink(file->temporary);
    mem_free(file->temporary);
    mem_free(file->path);
    mem_free(file);
}

bool file_write(const char *path, const void *data, size_t size, bool group, struct err *err)
{
    struct file_writing *file = NULL;
    if (!file_begin(path, group, &file, err))
        return false;
    file_add(file, data, size);
    return file_end(file, true, err);
}

bool file_make_folder(const char *path, bool group, struct err *err)
{
    char *copy = mem_copy(path);
    bool ok = true;
    for (char *at = copy + 1; ok; at++) {
        if (*at != '/' && *at != '\0')
            continue;
        bool last = *at == '\0';
        *at = '\0';
        if (mkdir(copy, 0700) == 0)
            ok = !group || chmod(copy, 0750) == 0;
        else
            ok = errno == EEXIST;
        if (last)
            break;
        *at = '/';
    }
    int cause = errno;
    struct stat info;
    if (ok && (stat(path, &info) != 0 || !S_ISDIR(info.st_mode))) {
        ok = false;
        cause = ENOTDIR;
    }
    mem_free(copy);
    return ok || err_set(err, ERR_MACHINE, _("the folder %s can't be made: %s"), path, strerror(cause));
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool file_list(struct arena *arena, const char *path, const char ***names, size_t *count, struct err *err)
{
    *names = NULL;
    *count = 0;
    DIR *folder = opendir(path);
    if (folder == NULL)
        return err_set(err, ERR_INPUT, _("the folder %s can't be read: %s"), path, strerror(errno));
    const char **found = NULL;
    size_t room = 0, n = 0;
    for (struct dirent *item; (item = readdir(folder)) != NULL;) {
        if (strcmp(item->d_name, ".") == 0 || strcmp(item->d_name, "..") == 0)
            continue;
        found = mem_grow(found, n, &room, sizeof *found);
        found[n++] = arena_copy(arena, item->d_name);
    }
    closedir(folder);
    if (n > 0) {
        qsort(found, n, sizeof *found, by_bytes);
        *names = arena_alloc(arena, n * sizeof *found);
        memcpy(*names, found, n * sizeof *found);
    }
    mem_free(found);
    *count = n;
    return true;
}

const char *file_join(struct arena *arena, const char *folder, const char *name)
{
    size_t length = strlen(folder);
    bool slash = length > 0 && folder[length - 1] == '/';
    return arena_format(arena, "%s%s%s", folder, slash ? "" : "/", name);
}

const char *file_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

const char *file_safe_name(struct arena *arena, const char *text)
{
    struct buffer out = {0};
    const char *at = text_nfc(arena, text);
    for (uint32_t code; (code = text_next(&at)) != 0;) {
        char bytes[5];
        if (code == ' ' || code == 0xA0 || code == 0x202F || code == 0x2009)
            code = '-';
        else if (text_is_control(code) || code == 0xFFFD || (code < 128 && strchr("/\\:*?\"<>|", (int)code) != NULL))
            code = '_';
        else if (code == '.' && out.size == 0)
            code = '_';
        size_t length = text_put(bytes, code);
        if (out.size + length > NAME_BYTES)
            break;
        buffer_add(&out, bytes, length);
    }
    const char *name = arena_copy(arena, out.size == 0 ? "_" : out.data);
    buffer_free(&out);
    return name;
}

void file_sha256(const void *data, size_t size, char out[65])
{
    SHA256Data(data, size, out);
}
