/* Within the store only: a table from numbers to numbers or addresses, for what was looked up once. */
#ifndef PAPERDIARY_STORE_MAP_H
#define PAPERDIARY_STORE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

union map_value {
    int64_t number;
    const void *address;
};

struct map_slot {
    uint64_t key;
    union map_value value;
    bool used;
};

/* Zero-initialise; map_free when done. */
struct map {
    struct map_slot *slots;
    size_t count, room; /* room is a power of two */
};

void map_free(struct map *map);
/* NULL: not there. Lent until the next map_put. */
union map_value *map_lookup(const struct map *map, uint64_t key);
/* The value of the key, zeroed where it is new. Lent until the next map_put. */
union map_value *map_put(struct map *map, uint64_t key);

static inline uint64_t map_key(uint32_t high, uint32_t low)
{
    return (uint64_t)high << 32 | low;
}

#endif
