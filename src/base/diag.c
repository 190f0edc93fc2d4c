#include "base/diag.h"

#include <stdarg.h>
#include <string.h>

#include "base/mem.h"

struct diag {
    struct arena *arena;
    struct diag_item *items;
    size_t count, room;
    size_t level_count[DIAG_ERROR + 1];
};

struct diag *diag_new(void)
{
    struct diag *diag = mem_alloc(sizeof *diag);
    diag->arena = arena_new();
    return diag;
}

void diag_free(struct diag *diag)
{
    if (diag == NULL)
        return;
    arena_free(diag->arena);
    mem_free(diag->items);
    mem_free(diag);
}

void diag_add(struct diag *diag, enum diag_level level, const char *file, int32_t line, int32_t column,
              const char *format, ...)
{
    if (diag->level_count[level]++ >= DIAG_KEPT)
        return;
    va_list args;
    va_start(args, format);
    const char *text = arena_format_list(diag->arena, format, args);
    va_end(args);
    diag->items = mem_grow(diag->items, diag->count, &diag->room, sizeof *diag->items);
    diag->items[diag->count++] = (struct diag_item){
        .file = arena_copy(diag->arena, file), .line = line, .column = column, .level = level, .text = text};
}

void diag_clear(struct diag *diag)
{
    diag->count = 0;
    for (size_t i = 0; i < sizeof diag->level_count / sizeof diag->level_count[0]; i++)
        diag->level_count[i] = 0;
}

struct diag_mark diag_mark(const struct diag *diag)
{
    struct diag_mark mark = {.count = diag->count};
    memcpy(mark.level_count, diag->level_count, sizeof mark.level_count);
    return mark;
}

void diag_keep_errors(struct diag *diag, const struct diag_mark *since)
{
    size_t kept = since->count;
    for (size_t i = kept; i < diag->count; i++)
        if (diag->items[i].level == DIAG_ERROR)
            diag->items[kept++] = diag->items[i];
    diag->count = kept;
    for (int level = 0; level < DIAG_ERROR; level++)
        diag->level_count[level] = since->level_count[level];
}

size_t diag_count(const struct diag *diag, enum diag_level level)
{
    return diag->level_count[level];
}

const struct diag_item *diag_lookup(const struct diag *diag, size_t index)
{
    return index < diag->count ? &diag->items[index] : NULL;
}
