#include "base/mem.h"

#include <errno.h>
#include <malloc.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

#define BLOCK_SIZE (64U * 1024U)
#define ALONE      (4 << 20)  /* bytes: what is larger is mapped by itself */
#define KEPT       (64 << 20) /* bytes */

static const char *last_words = "out of memory; nothing was lost";

void mem_start(void)
{
    mallopt(M_MMAP_THRESHOLD, ALONE);
    mallopt(M_TRIM_THRESHOLD, KEPT);
}

/* The program ends here and writes nothing more: every file on disk is whole, the store rolls back by itself. */
_Noreturn void mem_end(void)
{
    fprintf(stderr, "paperdiary: %s\n", last_words);
    _Exit(ERR_MACHINE);
}

void mem_check(void)
{
    if (errno == ENOMEM)
        mem_end();
}

void mem_reserve(size_t bytes)
{
    void **last = NULL;
    for (size_t had = 0; had < bytes; had += BLOCK_SIZE) {
        void **piece = mem_alloc(BLOCK_SIZE);
        *piece = last;
        last = piece;
    }
    while (last != NULL) {
        void **next = *last;
        free(last);
        last = next;
    }
}

void mem_last_words(const char *text)
{
    last_words = text;
}

void *mem_alloc(size_t size)
{
    void *memory = calloc(1, size == 0 ? 1 : size);
    if (memory == NULL)
        mem_end();
    return memory;
}

void mem_free(void *memory)
{
    free(memory);
}

void *mem_resize(void *old, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        mem_end();
    size_t bytes = count * size;
    void *memory = realloc(old, bytes == 0 ? 1 : bytes);
    if (memory == NULL)
        mem_end();
    return memory;
}

char *mem_copy(const char *text)
{
    size_t size = strlen(text) + 1;
    return memcpy(mem_alloc(size), text, size);
}

void *mem_grow(void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return items;
    size_t larger = *room < 8 ? 8 : *room * 2;
    items = mem_resize(items, larger, size);
    *room = larger;
    return items;
}

struct block {
    struct block *next;
    size_t size, used;
    alignas(max_align_t) char data[];
};

/* A list that was moved into the arena as it was. */
struct kept {
    struct kept *next;
    void *items;
};

struct arena {
    struct block *blocks; /* the newest first */
    struct kept *kept;    /* stand in the blocks */
    size_t used;
};

struct arena *arena_new(void)
{
    return mem_alloc(sizeof(struct arena));
}

static void free_blocks(struct block *block)
{
    while (block != NULL) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
}

static void free_kept(struct arena *arena)
{
    for (struct kept *kept = arena->kept; kept != NULL; kept = kept->next)
        free(kept->items);
    arena->kept = NULL;
}

void arena_free(struct arena *arena)
{
    if (arena == NULL)
        return;
    free_kept(arena);
    free_blocks(arena->blocks);
    free(arena);
}

void arena_reset(struct arena *arena)
{
    free_kept(arena);
    struct block *largest = NULL;
    for (struct block *block = arena->blocks; block != NULL; block = block->next)
        if (largest == NULL || block->size > largest->size)
            largest = block;
    for (struct block **at = &arena->blocks; largest != NULL && *at != NULL; at = &(*at)->next) {
        if (*at == largest) {
            *at = largest->next;
            break;
        }
    }
    free_blocks(arena->blocks);
    arena->blocks = largest;
    arena->used = 0;
    if (largest != NULL) {
        largest->next = NULL;
        largest->used = 0;
    }
}

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}

void *arena_room(struct arena *arena, size_t size)
{
    size_t step = alignof(max_align_t);
    if (size > SIZE_MAX - step - sizeof(struct block) - BLOCK_SIZE)
        mem_end();
    size = (size + step - 1) / step * step;
    struct block *block = arena->blocks;
    if (block == NULL || block->size - block->used < size) {
        size_t room = size > BLOCK_SIZE / 4 ? size : BLOCK_SIZE;
        block = malloc(sizeof *block + room);
        if (block == NULL)
            mem_end();
        block->size = room;
        block->used = 0;
        block->next = arena->blocks;
        arena->blocks = block;
    }
    void *memory = block->data + block->used;
    block->used += size;
    arena->used += size;
    return memory;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return memset(arena_room(arena, size), 0, size);
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return items;
    *room = *room == 0 ? 2 : *room * 2;
    void *larger = arena_room(arena, *room * size);
    if (count > 0)
        memcpy(larger, items, count * size);
    return larger;
}

char *arena_copy(struct arena *arena, const char *text)
{
    return arena_copy_n(arena, text, strlen(text));
}

void *arena_keep(struct arena *arena, void *items, size_t bytes)
{
    if (bytes > BLOCK_SIZE) {
        struct kept *kept = arena_room(arena, sizeof *kept);
        *kept = (struct kept){.next = arena->kept, .items = mem_resize(items, 1, bytes)};
        arena->kept = kept;
        arena->used += bytes;
        return kept->items;
    }
    void *copy = arena_room(arena, bytes + 1);
    if (bytes > 0)
        memcpy(copy, items, bytes);
    mem_free(items);
    return copy;
}

char *arena_copy_n(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_room(arena, length + 1);
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

/* Straight into what is left of the block, where that holds it. */
char *arena_format_list(struct arena *arena, const char *format, va_list args)
{
    const struct block *block = arena->blocks;
    size_t left = block == NULL ? 0 : block->size - block->used;
    char *text = left == 0 ? NULL : arena->blocks->data + block->used;
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(text, left, format, again);
    va_end(again);
    size_t size = length < 0 ? 1 : (size_t)length + 1;
    bool whole = length >= 0 && size <= left;
    text = arena_room(arena, size);
    if (!whole)
        vsnprintf(text, size, format, args);
    return text;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_format_list(arena, format, args);
    va_end(args);
    return text;
}

void buffer_free(struct buffer *buffer)
{
    free(buffer->data);
    *buffer = (struct buffer){0};
}

void buffer_clear(struct buffer *buffer)
{
    buffer->size = 0;
    if (buffer->data != NULL)
        buffer->data[0] = '\0';
}

static void buffer_reserve(struct buffer *buffer, size_t more)
{
    if (more > SIZE_MAX / 2 - buffer->size)
        mem_end();
    size_t need = buffer->size + more + 1;
    if (need <= buffer->room)
        return;
    size_t room = buffer->room < 256 ? 256 : buffer->room;
    while (room < need)
        room += room / 2;
    buffer->data = mem_resize(buffer->data, room, 1);
    buffer->room = room;
}

void buffer_add(struct buffer *buffer, const void *data, size_t size)
{
    buffer_reserve(buffer, size);
    if (size != 0)
        memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
}

char *buffer_room(struct buffer *buffer, size_t more)
{
    buffer_reserve(buffer, more);
    return buffer->data + buffer->size;
}

void buffer_filled(struct buffer *buffer, size_t bytes)
{
    buffer->size += bytes;
    buffer->data[buffer->size] = '\0';
}

void buffer_text(struct buffer *buffer, const char *text)
{
    buffer_add(buffer, text, strlen(text));
}

void buffer_char(struct buffer *buffer, char c)
{
    buffer_add(buffer, &c, 1);
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length <= 0)
        return;
    buffer_reserve(buffer, (size_t)length);
    va_start(args, format);
    vsnprintf(buffer->data + buffer->size, (size_t)length + 1, format, args);
    va_end(args);
    buffer->size += (size_t)length;
}
