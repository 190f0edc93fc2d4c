/* The bytes of an export, which are read in blocks, from the start as often as needed. */
#ifndef PAPERDIARY_INTAKE_SOURCE_H
#define PAPERDIARY_INTAKE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

struct err;
struct source;
struct source_pass;

#define SOURCE_BLOCK     ((size_t)64 << 10)
#define SOURCE_KEEP_MOST ((size_t)4)

/* Bytes in memory, lent. */
struct source *source_of_bytes(const char *bytes, size_t size, size_t block);
/* A file of at most `most` bytes. One that can't be read twice, such as a pipe, is held in memory. ERR_INPUT as
 * file_read. */
bool source_open(const char *path, size_t most, size_t block, struct source **out, struct err *err);
void source_free(struct source *source);

/* A reading from the start. The first one goes to the end; each later one gives the very same bytes, or fails. */
struct source_pass *source_begin(struct source *source);
void source_end(struct source_pass *pass);
/* The next block, behind the last `keep` bytes of what was given before; lent until the next call. False: the end, or
 * failure. */
bool source_next(struct source_pass *pass, size_t keep, const char **bytes, size_t *size);

/* Bytes from anywhere, for a look at them; how many there are. */
size_t source_peek(struct source *source, size_t offset, char *out, size_t size);
size_t source_size(const struct source *source);               /* after the first pass */
void source_sha256(const struct source *source, char out[65]); /* the same */

/* Whether a pass ended before the end. The file was changed since the first one, or (source_error) can't be read:
 * ERR_MACHINE, or is too large: ERR_INPUT. */
bool source_failed(const struct source *source);
const struct err *source_error(const struct source *source); /* NULL: none */

#endif
