#define _GNU_SOURCE /* syncfs */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#define NAME_BYTES  80
#define SIGN_DIGITS 8

bool file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

int file_open(const char *path, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat info;
    if (fd < 0) {
        err_set(err, ERR_INPUT, _("%s can't be read: %s"), path, strerror(errno));
    } else if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
        err_set(err, ERR_INPUT, _("%s is a folder; name a file"), path);
        close(fd);
        fd = -1;
    }
    return fd;
}

bool file_not_read(const char *path, int cause, struct err *err)
{
    return err_set(err, ERR_MACHINE, _("%s can't be read: %s"), path, strerror(cause));
}

bool file_too_large(const char *path, size_t most, struct err *err)
{
    return err_set(err, ERR_INPUT, _("%s is larger than %zu MB; is it the right file?"), path, most >> 20);
}

bool file_read_open(int fd, const char *path, size_t most, struct buffer *out, struct err *err)
{
    buffer_clear(out);
    char piece[65536];
    for (;;) {
        ssize_t got = read(fd, piece, sizeof piece);
        if (got == 0)
            return true;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return file_not_read(path, errno, err);
        if (out->size + (size_t)got > most)
            return file_too_large(path, most, err);
        buffer_add(out, piece, (size_t)got);
    }
}

bool file_read(const char *path, size_t most, struct buffer *out, struct err *err)
{
    buffer_clear(out);
    int fd = file_open(path, err);
    bool ok = fd >= 0 && file_read_open(fd, path, most, out, err);
    if (fd >= 0)
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

static int open_folder_of(const char *path)
{
    char *folder = mem_copy(path);
    char *slash = strrchr(folder, '/');
    if (slash != NULL)
        slash[slash == folder ? 1 : 0] = '\0';
    int fd = open(slash == NULL ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    mem_free(folder);
    return fd;
}

/* Whatever the umask is, and what a killed run has left. */
static bool keep_private(int fd)
{
    struct stat info;
    return fstat(fd, &info) == 0 && ((info.st_mode & 07777) == 0600 || fchmod(fd, 0600) == 0);
}

/* Readable for the group of the folder that the file or folder stands in. */
static bool share(const char *path, int fd, mode_t mode)
{
    struct stat folder, own;
    int parent = open_folder_of(path);
    bool ok = parent >= 0 && fstat(parent, &folder) == 0 && fstat(fd, &own) == 0 &&
              (own.st_gid == folder.st_gid || fchown(fd, (uid_t)-1, folder.st_gid) == 0) && fchmod(fd, mode) == 0;
    int cause = errno;
    if (parent >= 0)
        close(parent);
    errno = cause;
    return ok;
}

static bool share_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && share(path, fd, 0750);
    int cause = errno;
    if (fd >= 0)
        close(fd);
    errno = cause;
    return ok;
}

bool file_keep_name(const char *path)
{
    int fd = open_folder_of(path);
    if (fd < 0)
        return false;
    bool ok = fsync(fd) == 0;
    int cause = errno;
    close(fd);
    errno = cause;
    return ok;
}

/* Names of files can be those of children: the folder says enough. */
bool file_not_written(const char *path, int cause, struct err *err)
{
    size_t length = (size_t)(file_base_name(path) - path);
    return err_set(err, ERR_MACHINE, _("a file in the folder %.*s can't be written: %s"),
                   length == 0 ? 1 : (int)(length > 1 ? length - 1 : length), length == 0 ? "." : path,
                   strerror(cause));
}

bool file_remove(const char *path, struct err *err)
{
    if (unlink(path) == 0 || errno == ENOENT)
        return true;
    int cause = errno;
    char *folder = mem_copy(path), *slash = strrchr(folder, '/');
    *(slash == NULL ? folder : slash) = '\0';
    err_set(err, ERR_MACHINE, _("a file in the folder %s can't be removed: %s"), folder, strerror(cause));
    mem_free(folder);
    return false;
}

/* A file in the making stands beside its target, always under the same name: what a killed run left there is written
 * over. Whoever writes it holds a lock on it, and looks afterwards whether it still has that name. */
static int open_in_the_making(const char *path)
{
    for (;;) {
        struct stat held, named;
        int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        while (fd >= 0 && flock(fd, LOCK_EX) != 0 && errno == EINTR)
            continue;
        if (fd < 0)
            return -1;
        bool same = fstat(fd, &held) == 0 && lstat(path, &named) == 0 && held.st_dev == named.st_dev &&
                    held.st_ino == named.st_ino;
        if (same && ftruncate(fd, 0) == 0)
            return fd;
        int cause = errno;
        close(fd);
        errno = cause;
        if (same)
            return -1;
    }
}

struct file_writing {
    char *path, *making; /* making "": in place, and not synced */
    int fd, lock, cause; /* cause: errno of the first failure; 0: none */
    bool stays;          /* the file has its name, or could not be opened */
};

static void note_failure(struct file_writing *file)
{
    if (file->cause == 0)
        file->cause = errno;
}

static bool writing_open(struct file_writing *file, bool group, struct file_writing **out, struct err *err)
{
    if (file->fd >= 0 && !(group ? share(file->path, file->fd, 0640) : keep_private(file->fd)))
        note_failure(file);
    if (file->cause == 0) {
        *out = file;
        return true;
    }
    file_not_written(file->path, file->cause, err);
    file_drop(file);
    return false;
}

bool file_begin(const char *path, bool group, struct file_writing **out, struct err *err)
{
    struct file_writing *file = mem_alloc(sizeof *file);
    const char *name = file_base_name(path);
    size_t length = strlen(path) + sizeof "..new";
    file->path = mem_copy(path);
    file->making = mem_alloc(length);
    snprintf(file->making, length, "%.*s.%s.new", (int)(name - path), path, name);
    file->fd = open_in_the_making(file->making);
    file->lock = file->fd < 0 ? -1 : dup(file->fd); /* held until the file has its name */
    if (file->lock < 0) {
        note_failure(file);
        file->stays = true;
    }
    return writing_open(file, group, out, err);
}

bool file_begin_aside(const char *path, bool group, struct file_writing **out, struct err *err)
{
    struct file_writing *file = mem_alloc(sizeof *file);
    file->path = mem_copy(path);
    file->making = mem_copy("");
    file->lock = -1;
    file->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file->fd < 0) {
        note_failure(file);
        file->stays = true;
    }
    return writing_open(file, group, out, err);
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
    bool durable = file->making[0] != '\0';
    if (file->cause == 0 && durable && fsync(file->fd) != 0)
        note_failure(file);
    if (close(file->fd) != 0)
        note_failure(file);
    file->fd = -1;
    if (file->cause == 0 && durable && rename(file->making, file->path) != 0)
        note_failure(file);
    file->stays = file->cause == 0;
    if (file->stays && durable && !file_keep_name(file->path))
        note_failure(file);
    bool ok = file->cause == 0 || file_not_written(file->path, file->cause, err);
    file_drop(file);
    return ok;
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
    if (!file->stays)
        unlink(file->making[0] != '\0' ? file->making : file->path);
    if (file->lock >= 0)
        close(file->lock);
    mem_free(file->making);
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

bool file_adopt(const char *path, bool group)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    bool ok = fd >= 0 && (group ? share(path, fd, 0640) : keep_private(fd));
    int cause = errno;
    if (fd >= 0)
        close(fd);
    errno = cause;
    return ok || cause == EPERM || cause == EACCES;
}

bool file_move(const char *from, const char *to)
{
    return rename(from, to) == 0 && file_keep_name(to) && file_keep_name(from);
}

bool file_sync_all(const char *folder, struct err *err)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && syncfs(fd) == 0;
    int cause = errno;
    if (fd >= 0)
        close(fd);
    return ok || err_set(err, ERR_MACHINE, _("%s can't be written: %s"), folder, strerror(cause));
}

static bool make_folder(const char *path, bool group, bool keep)
{
    if (mkdir(path, 0700) != 0)
        return errno == EEXIST;
    return (!group || share_folder(path)) && (!keep || file_keep_name(path));
}

static bool make_folders(const char *path, bool group, bool keep, struct err *err)
{
    char *copy = mem_copy(path);
    bool ok = true;
    for (char *at = copy + 1; ok; at++) {
        if (*at != '/' && *at != '\0')
            continue;
        bool last = *at == '\0';
        *at = '\0';
        ok = make_folder(copy, group, keep);
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

bool file_make_folder(const char *path, bool group, struct err *err)
{
    return make_folders(path, group, false, err);
}

bool file_keep_folder(const char *path, bool group, struct err *err)
{
    return make_folders(path, group, true, err);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool file_list(struct arena *arena, const char *path, const char ***names, size_t *count, struct err *err)
{
    *names = NULL;
    *count = 0;
    errno = 0;
    DIR *folder = opendir(path);
    mem_check();
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

/* What a file name may not hold, and «_», which stands for it. «~» sets off the sign of a changed name. */
static bool is_unsafe(uint32_t code, bool first)
{
    return text_is_control(code) || code == 0xFFFD || (code < 128 && strchr("/\\:*?\"<>|~_", (int)code) != NULL) ||
           (code == '.' && first);
}

/* The text with unsafe characters replaced, cut where it is longer than `most` bytes; true where more than its spaces
 * is changed, and another text could become the same. */
static bool make_safe(const char *text, size_t most, struct buffer *out)
{
    bool changed = false;
    buffer_clear(out);
    for (uint32_t code; (code = text_next(&text)) != 0;) {
        char bytes[5];
        if (code == ' ') {
            code = '_';
        } else if (code == 0xA0 || code == 0x202F || code == 0x2009 || is_unsafe(code, out->size == 0)) {
            code = '_';
            changed = true;
        }
        size_t length = text_put(bytes, code);
        if (out->size + length > most)
            return true;
        buffer_add(out, bytes, length);
    }
    return changed;
}

const char *file_safe_name(struct arena *arena, const char *text)
{
    struct buffer out = {0};
    const char *composed = text_nfc(arena, text);
    if (make_safe(composed, NAME_BYTES, &out)) {
        char digest[65];
        file_sha256(composed, strlen(composed), digest);
        make_safe(composed, NAME_BYTES - 1 - SIGN_DIGITS, &out);
        buffer_format(&out, "~%.*s", SIGN_DIGITS, digest);
    }
    const char *name = arena_copy(arena, out.size == 0 ? "_" : out.data);
    buffer_free(&out);
    return name;
}

void file_sha256(const void *data, size_t size, char out[65])
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, size, data);
    sha256_digest(&context, sizeof digest, digest);
    file_digest_text(digest, out);
}

void file_digest_text(const uint8_t digest[32], char out[65])
{
    for (size_t i = 0; i < 32; i++)
        snprintf(out + 2 * i, 3, "%02x", (unsigned)digest[i]);
}
