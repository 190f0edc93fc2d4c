#include "base/seek.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { BUCKETS = 1 << 16, PREFIX = 4 };

struct needle {
    const char *bytes;
    size_t size, next; /* next in the bucket, from 1 */
    bool word;
};

struct seeker {
    struct arena *arena;
    struct needle *needles;
    size_t count, room;
    uint32_t
        bucket[BUCKETS]; /* first needle of a prefix, from 1; those shorter than a prefix have a list of their own */
    size_t brief;
};

struct seeker *seeker_new(void)
{
    struct seeker *seeker = mem_alloc(sizeof *seeker);
    seeker->arena = arena_new();
    return seeker;
}

void seeker_free(struct seeker *seeker)
{
    if (seeker == NULL)
        return;
    arena_free(seeker->arena);
    mem_free(seeker->needles);
    mem_free(seeker);
}

static size_t bucket_of(const char *bytes)
{
    uint32_t prefix = 0;
    memcpy(&prefix, bytes, PREFIX);
    return (size_t)((prefix * 2654435761u) >> 16);
}

void seeker_add(struct seeker *seeker, const void *bytes, size_t size, bool word)
{
    if (size == 0)
        return;
    struct needle needle = {.bytes = arena_copy_n(seeker->arena, bytes, size), .size = size, .word = word};
    if (size < PREFIX) {
        needle.next = seeker->brief;
        seeker->brief = seeker->count + 1;
    } else {
        uint32_t *bucket = &seeker->bucket[bucket_of(needle.bytes)];
        needle.next = *bucket;
        *bucket = (uint32_t)(seeker->count + 1);
    }
    seeker->needles = mem_grow(seeker->needles, seeker->count, &seeker->room, sizeof *seeker->needles);
    seeker->needles[seeker->count++] = needle;
}

/* 0 where Windows-1251 lacks it, or where it is none of Russian text. */
static unsigned char in_1251(uint32_t code)
{
    static const struct {
        uint32_t code;
        unsigned char byte;
    } others[] = {{0x401, 0xA8}, {0x451, 0xB8},  {0x406, 0xB2},  {0x456, 0xB3},  {0xA0, 0xA0},   {0xAB, 0xAB},
                  {0xBB, 0xBB},  {0x2116, 0xB9}, {0x2013, 0x96}, {0x2014, 0x97}, {0x2019, 0x92}, {0x2026, 0x85}};
    if (code < 0x80)
        return (unsigned char)code;
    if (code >= 0x410 && code <= 0x44F)
        return (unsigned char)(code - 0x410 + 0xC0);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i].code == code)
            return others[i].byte;
    return 0;
}

void seeker_add_encoded(struct seeker *seeker, const char *text)
{
    struct buffer single = {0}, low = {0}, high = {0};
    bool whole = true;
    const char *at = text;
    for (uint32_t code; (code = text_next(&at)) != 0;) {
        char byte = (char)in_1251(code);
        whole = whole && byte != 0;
        buffer_char(&single, byte);
        if (code > 0xFFFF)
            continue;
        const char pair[] = {(char)(code & 0xFF), (char)(code >> 8), (char)(code & 0xFF)};
        buffer_add(&low, pair, 2);
        buffer_add(&high, pair + 1, 2);
    }
    seeker_add(seeker, text, strlen(text), false);
    if (whole)
        seeker_add(seeker, single.data, single.size, false);
    seeker_add(seeker, low.data, low.size, false);
    seeker_add(seeker, high.data, high.size, false);
    buffer_free(&single);
    buffer_free(&low);
    buffer_free(&high);
}

static bool is_of_word(char c)
{
    return isalnum((unsigned char)c) != 0 || (unsigned char)c >= 0x80;
}

static bool fits(const struct needle *needle, const char *data, size_t size, size_t at)
{
    size_t end = at + needle->size;
    if (end > size || memcmp(data + at, needle->bytes, needle->size) != 0)
        return false;
    return !needle->word || ((at == 0 || !is_of_word(data[at - 1])) && (end == size || !is_of_word(data[end])));
}

static size_t longest(const struct seeker *seeker, size_t first, const char *data, size_t size, size_t at)
{
    size_t length = 0;
    for (size_t i = first; i != 0; i = seeker->needles[i - 1].next)
        if (seeker->needles[i - 1].size > length && fits(&seeker->needles[i - 1], data, size, at))
            length = seeker->needles[i - 1].size;
    return length;
}

bool seeker_next(const struct seeker *seeker, const char *data, size_t size, size_t *at, size_t *length)
{
    for (; *at < size; (*at)++) {
        size_t found = 0;
        if (size - *at >= PREFIX)
            found = longest(seeker, seeker->bucket[bucket_of(data + *at)], data, size, *at);
        if (found == 0 && seeker->brief != 0)
            found = longest(seeker, seeker->brief, data, size, *at);
        if (found == 0)
            continue;
        *length = found;
        return true;
    }
    return false;
}
