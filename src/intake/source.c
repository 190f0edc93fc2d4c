#include "intake/source.h"

#include <errno.h>
#include <nettle/sha2.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/stopwatch.h"
#include "base/text.h"

struct source {
    int fd; /* -1: the bytes are in memory */
    char *path;
    struct buffer held; /* of a pipe */
    const char *bytes;
    size_t byte_count;
    size_t most, block;
    uint64_t *hashes; /* by block */
    size_t count, room;
    size_t size; /* of these blocks */
    struct sha256_ctx sha256;
    bool whole, changed; /* one pass came to the end; a later one found other bytes */
    struct err err;
};

struct source_pass {
    struct source *source;
    size_t block; /* number of the next one */
    size_t got;   /* bytes of the last one */
    bool ended;
    char bytes[]; /* what is kept, then the block */
};

struct source *source_of_bytes(const char *bytes, size_t size, size_t block)
{
    struct source *source = mem_alloc(sizeof *source);
    *source = (struct source){.fd = -1, .bytes = bytes, .byte_count = size, .most = size, .block = block};
    sha256_init(&source->sha256);
    return source;
}

bool source_open(const char *path, size_t most, size_t block, struct source **out, struct err *err)
{
    struct stat info;
    int fd = file_open(path, err);
    if (fd < 0)
        return false;
    struct source *source = mem_alloc(sizeof *source);
    *source = (struct source){.fd = fd, .path = mem_copy(path), .most = most, .block = block};
    sha256_init(&source->sha256);
    bool ok = fstat(fd, &info) == 0 || file_not_read(path, errno, err);
    if (ok && !S_ISREG(info.st_mode)) {
        ok = file_read_open(fd, path, most, &source->held, err);
        close(fd);
        source->fd = -1;
        source->bytes = source->held.data;
        source->byte_count = source->held.size;
    }
    *out = source;
    if (!ok)
        source_free(source);
    return ok;
}

void source_free(struct source *source)
{
    if (source == NULL)
        return;
    if (source->fd >= 0)
        close(source->fd);
    buffer_free(&source->held);
    mem_free(source->path);
    mem_free(source->hashes);
    mem_free(source);
}

/* As many of the `size` bytes as there are. */
static size_t read_at(struct source *source, size_t offset, char *out, size_t size)
{
    size_t got = 0;
    if (source->fd < 0) {
        size_t left = offset < source->byte_count ? source->byte_count - offset : 0;
        got = left < size ? left : size;
        if (got > 0)
            memcpy(out, source->bytes + offset, got);
        return got;
    }
    enum stage before = stopwatch_enter(STAGE_READ);
    while (got < size && !source_failed(source)) {
        ssize_t now = pread(source->fd, out + got, size - got, (off_t)(offset + got));
        if (now == 0)
            break;
        if (now > 0)
            got += (size_t)now;
        else if (errno != EINTR)
            file_not_read(source->path, errno, &source->err);
    }
    stopwatch_enter(before);
    return got;
}

struct source_pass *source_begin(struct source *source)
{
    struct source_pass *pass = mem_resize(NULL, 1, sizeof *pass + SOURCE_KEEP_MOST + source->block);
    *pass = (struct source_pass){.source = source};
    return pass;
}

void source_end(struct source_pass *pass)
{
    mem_free(pass);
}

/* Notes what the first pass reads, and compares what later ones do. */
static bool is_same(const struct source_pass *pass, const char *bytes)
{
    struct source *source = pass->source;
    uint64_t hash = text_hash(bytes, pass->got);
    if (pass->block < source->count)
        return source->hashes[pass->block] == hash;
    if (source->whole)
        return false;
    source->hashes = mem_grow(source->hashes, source->count, &source->room, sizeof *source->hashes);
    source->hashes[source->count++] = hash;
    sha256_update(&source->sha256, pass->got, (const uint8_t *)bytes);
    source->whole = pass->got < source->block;
    source->size += pass->got;
    if (source->size > source->most)
        file_too_large(source->path, source->most, &source->err);
    return true;
}

bool source_next(struct source_pass *pass, size_t keep, const char **bytes, size_t *size)
{
    struct source *source = pass->source;
    char *block = pass->bytes + SOURCE_KEEP_MOST;
    if (pass->ended || source_failed(source))
        return false;
    memmove(block - keep, block + pass->got - keep, keep);
    pass->got = read_at(source, pass->block * source->block, block, source->block);
    if (source_failed(source))
        return false;
    source->changed = !is_same(pass, block);
    pass->block++;
    pass->ended = pass->got < source->block;
    *bytes = block - keep;
    *size = keep + pass->got;
    return pass->got > 0 && !source_failed(source);
}

size_t source_peek(struct source *source, size_t offset, char *out, size_t size)
{
    return read_at(source, offset, out, size);
}

size_t source_size(const struct source *source)
{
    return source->size;
}

void source_sha256(const struct source *source, char out[65])
{
    struct sha256_ctx context = source->sha256;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(&context, sizeof digest, digest);
    file_digest_text(digest, out);
}

bool source_failed(const struct source *source)
{
    return source->changed || source->err.code != ERR_NONE;
}

const struct err *source_error(const struct source *source)
{
    return source->err.code == ERR_NONE ? NULL : &source->err;
}
