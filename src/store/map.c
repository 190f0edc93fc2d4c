#include "store/map.h"

#include "base/mem.h"

void map_free(struct map *map)
{
    mem_free(map->slots);
    *map = (struct map){0};
}

static struct map_slot *slot_of(const struct map *map, uint64_t key)
{
    uint64_t hash = key * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(hash ^ hash >> 32) & (map->room - 1);
    while (map->slots[at].used && map->slots[at].key != key)
        at = (at + 1) & (map->room - 1);
    return &map->slots[at];
}

union map_value *map_lookup(const struct map *map, uint64_t key)
{
    if (map->room == 0)
        return NULL;
    struct map_slot *slot = slot_of(map, key);
    return slot->used ? &slot->value : NULL;
}

static void enlarge(struct map *map)
{
    struct map larger = {.room = map->room == 0 ? 64 : map->room * 2};
    larger.slots = mem_alloc(larger.room * sizeof *larger.slots);
    for (size_t i = 0; i < map->room; i++)
        if (map->slots[i].used)
            *slot_of(&larger, map->slots[i].key) = map->slots[i];
    larger.count = map->count;
    mem_free(map->slots);
    *map = larger;
}

union map_value *map_put(struct map *map, uint64_t key)
{
    if (map->count * 2 >= map->room)
        enlarge(map);
    struct map_slot *slot = slot_of(map, key);
    if (!slot->used) {
        *slot = (struct map_slot){.key = key, .used = true};
        map->count++;
    }
    return &slot->value;
}
