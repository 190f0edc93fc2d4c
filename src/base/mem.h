/* Memory. Out of memory ends the program with status 4: nothing is half-written, files appear whole. */
#ifndef PAPERDIARY_BASE_MEM_H
#define PAPERDIARY_BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>

/* At the program's start. What is freed stays for the next use up to 64 MB, as getting it from the system again costs
 * more than anything that is done with it; only what is larger than 4 MB goes back at once. */
void mem_start(void);

void *mem_alloc(size_t size); /* zeroed */
void mem_free(void *memory);  /* NULL is legal */
/* As realloc of count × size, checked for overflow. */
void *mem_resize(void *old, size_t count, size_t size);
char *mem_copy(const char *text);

/* For libraries that go on, or fail in silence, without the memory they asked for: errno is set to 0, they are called,
 * and this ends the program where memory was refused meanwhile. */
void mem_check(void);
/* For libraries that crash without the memory they ask for: so many bytes are there, or the program ends. */
void mem_reserve(size_t bytes);
_Noreturn void mem_end(void);          /* for those that say it otherwise */
void mem_last_words(const char *text); /* what ending says, translated while there is memory; lent for good */

/* Grows *items so that one more of `size` bytes fits beyond `count`; capacity is kept in *room. Returns *items. */
void *mem_grow(void *items, size_t count, size_t *room, size_t size);

/* An arena: many small allocations, freed together. */
struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena);
void arena_reset(struct arena *arena); /* keeps the largest block for reuse */
size_t arena_used(const struct arena *arena);
void *arena_alloc(struct arena *arena, size_t size); /* zeroed, aligned for any type */
void *arena_room(struct arena *arena, size_t size);  /* the same, not zeroed */
/* As mem_grow, in the arena; what became too small stays behind in it. What is beyond `count` is not zeroed. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *room, size_t size);
char *arena_copy(struct arena *arena, const char *text);
/* Moves a list that grew on the heap, `bytes` of it, into the arena, a long one as it is; `items` may be NULL. */
void *arena_keep(struct arena *arena, void *items, size_t bytes);
char *arena_copy_n(struct arena *arena, const char *text, size_t length);
char *arena_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_format_list(struct arena *arena, const char *format, va_list args);

/* A growing run of bytes, always followed by a NUL that does not count. Zero-initialise; buffer_free when done. */
struct buffer {
    char *data;
    size_t size;
    size_t room;
};

void buffer_free(struct buffer *buffer);
void buffer_clear(struct buffer *buffer);
void buffer_add(struct buffer *buffer, const void *data, size_t size);
void buffer_text(struct buffer *buffer, const char *text);
void buffer_char(struct buffer *buffer, char c);
/* Room for `more` bytes at the end, to be written; those that were are then counted in. */
char *buffer_room(struct buffer *buffer, size_t more);
void buffer_filled(struct buffer *buffer, size_t bytes);
void buffer_format(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
