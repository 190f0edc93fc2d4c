#include "intake/table.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"

struct slot {
    const char *key; /* NULL: free */
    uint32_t hash, role, size, value;
};

struct table {
    struct arena *arena;
    struct slot *slots;
    size_t mask, used;
    const char **texts;
    size_t text_count, text_room;
};

#define FIRST_SLOTS ((size_t)4096)

static uint32_t hash_of(uint32_t role, const char *key, size_t size)
{
    uint64_t hash = text_mix(role + UINT64_C(0x51ED270B), size);
    uint64_t word = 0;
    for (; size >= sizeof word; size -= sizeof word, key += sizeof word) {
        memcpy(&word, key, sizeof word);
        hash = text_mix(hash, word);
    }
    word = 0;
    memcpy(&word, key, size);
    return (uint32_t)text_mix(hash, word);
}

struct table *table_new(struct arena *arena)
{
    struct table *table = mem_alloc(sizeof *table);
    table->arena = arena;
    table->slots = mem_alloc(FIRST_SLOTS * sizeof *table->slots);
    table->mask = FIRST_SLOTS - 1;
    table->texts = mem_grow(NULL, 0, &table->text_room, sizeof *table->texts);
    table->texts[table->text_count++] = "";
    return table;
}

void table_free(struct table *table)
{
    if (table == NULL)
        return;
    mem_free(table->slots);
    mem_free(table->texts);
    mem_free(table);
}

static size_t find(const struct table *table, uint32_t hash, uint32_t role, const char *key, size_t size)
{
    size_t at = hash & table->mask;
    for (; table->slots[at].key != NULL; at = (at + 1) & table->mask) {
        const struct slot *slot = &table->slots[at];
        if (slot->hash == hash && slot->role == role && slot->size == size && memcmp(slot->key, key, size) == 0)
            break;
    }
    return at;
}

static void widen(struct table *table)
{
    struct slot *old = table->slots;
    size_t count = table->mask + 1;
    table->slots = mem_alloc(count * 2 * sizeof *table->slots);
    table->mask = count * 2 - 1;
    for (size_t i = 0; i < count; i++) {
        if (old[i].key == NULL)
            continue;
        size_t at = old[i].hash & table->mask;
        while (table->slots[at].key != NULL)
            at = (at + 1) & table->mask;
        table->slots[at] = old[i];
    }
    mem_free(old);
}

uint32_t *table_slot(struct table *table, uint32_t role, const char *key, size_t size, bool *fresh)
{
    uint32_t hash = hash_of(role, key, size);
    size_t at = find(table, hash, role, key, size);
    *fresh = table->slots[at].key == NULL;
    if (*fresh) {
        if (++table->used * 2 > table->mask) {
            widen(table);
            at = find(table, hash, role, key, size);
        }
        table->slots[at] = (struct slot){
            .key = arena_copy_n(table->arena, key, size), .hash = hash, .role = role, .size = (uint32_t)size};
    }
    return &table->slots[at].value;
}

symbol table_symbol(struct table *table, const char *text, size_t size)
{
    if (size == 0)
        return 0;
    bool fresh = false;
    uint32_t *value = table_slot(table, 0, text, size, &fresh);
    if (fresh) {
        size_t at = find(table, hash_of(0, text, size), 0, text, size);
        table->texts = mem_grow(table->texts, table->text_count, &table->text_room, sizeof *table->texts);
        *value = (uint32_t)table->text_count;
        table->texts[table->text_count++] = table->slots[at].key;
    }
    return *value;
}

bool table_has_symbol(const struct table *table, const char *text, size_t size, symbol *out)
{
    if (size == 0) {
        *out = 0;
        return true;
    }
    const struct slot *slot = &table->slots[find(table, hash_of(0, text, size), 0, text, size)];
    *out = slot->value;
    return slot->key != NULL;
}

const char *table_text(const struct table *table, symbol of)
{
    return table->texts[of];
}

const char *const *table_texts(const struct table *table, struct arena *arena, size_t *count)
{
    const char **texts = arena_alloc(arena, table->text_count * sizeof *texts);
    memcpy(texts, table->texts, table->text_count * sizeof *texts);
    *count = table->text_count;
    return texts;
}
