#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/mem.h"

/* Length of the well-formed sequence at `at`, 0 where it is malformed; source: Unicode, table 3-7. */
static size_t sequence(const unsigned char *at, size_t left, uint32_t *code)
{
    unsigned char c = at[0];
    if (c < 0x80) {
        *code = c;
        return 1;
    }
    size_t n = c >= 0xC2 && c <= 0xDF ? 2 : (c & 0xF0) == 0xE0 ? 3 : c >= 0xF0 && c <= 0xF4 ? 4 : 0;
    if (n == 0 || n > left)
        return 0;
    uint32_t value = n == 2 ? c & 0x1FU : n == 3 ? c & 0x0FU : c & 0x07U;
    for (size_t i = 1; i < n; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (at[i] & 0x3FU);
    }
    if ((n == 3 && (value < 0x800 || (value >= 0xD800 && value <= 0xDFFF))) ||
        (n == 4 && (value < 0x10000 || value > 0x10FFFF)))
        return 0;
    *code = value;
    return n;
}

/* A letter of two bytes, as all of Cyrillic is: the common case, ahead of the others. */
static bool is_pair(const unsigned char *bytes)
{
    return bytes[0] >= 0xC2 && bytes[0] <= 0xDF && (bytes[1] & 0xC0) == 0x80;
}

/* Four of them, of U+0400 to U+047F. */
static bool is_cyrillic(const unsigned char *bytes)
{
    static const unsigned char masks[8] = {0xFE, 0xC0, 0xFE, 0xC0, 0xFE, 0xC0, 0xFE, 0xC0};
    static const unsigned char letters[8] = {0xD0, 0x80, 0xD0, 0x80, 0xD0, 0x80, 0xD0, 0x80};
    uint64_t mask = 0, wanted = 0, word = 0;
    memcpy(&mask, masks, sizeof mask);
    memcpy(&wanted, letters, sizeof wanted);
    memcpy(&word, bytes, sizeof word);
    return (word & mask) == wanted;
}

bool text_is_utf8(const char *text, size_t size, size_t *bad_at)
{
    const unsigned char *at = (const unsigned char *)text, *end = at + size;
    while (at < end) {
        while (at < end && *at < 0x80)
            at++;
        while (end - at >= 8 && is_cyrillic(at))
            at += 8;
        while (end - at >= 2 && is_pair(at))
            at += 2;
        uint32_t code = 0;
        size_t n = at == end ? 0 : sequence(at, (size_t)(end - at), &code);
        if (n == 0 && at < end) {
            if (bad_at != NULL)
                *bad_at = (size_t)(at - (const unsigned char *)text);
            return false;
        }
        at += n;
    }
    return true;
}

uint32_t text_next_rare(const char **at)
{
    const unsigned char *bytes = (const unsigned char *)*at;
    size_t left = 1;
    while (left < 4 && bytes[left] != 0)
        left++;
    uint32_t code = 0;
    size_t n = sequence(bytes, left, &code);
    *at += n == 0 ? 1 : n;
    return n == 0 ? 0xFFFD : code;
}

size_t text_put(char *out, uint32_t code)
{
    size_t n = 0;
    if (code < 0x80) {
        out[n++] = (char)code;
    } else if (code < 0x800) {
        out[n++] = (char)(0xC0 | code >> 6);
        out[n++] = (char)(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        out[n++] = (char)(0xE0 | code >> 12);
        out[n++] = (char)(0x80 | (code >> 6 & 0x3F));
        out[n++] = (char)(0x80 | (code & 0x3F));
    } else {
        out[n++] = (char)(0xF0 | code >> 18);
        out[n++] = (char)(0x80 | (code >> 12 & 0x3F));
        out[n++] = (char)(0x80 | (code >> 6 & 0x3F));
        out[n++] = (char)(0x80 | (code & 0x3F));
    }
    out[n] = '\0';
    return n;
}

size_t text_length(const char *text)
{
    size_t n = 0;
    while (text_next(&text) != 0)
        n++;
    return n;
}

/* True where composition can change nothing: no combining marks, no Hangul, none of the singletons. */
static bool surely_composed(const char *text)
{
    for (uint32_t code; (code = text_next(&text)) != 0;) {
        bool plain = code < 0x300 || (code >= 0x400 && code < 0x483) || (code >= 0x48A && code < 0x590) ||
                     (code >= 0x2010 && code < 0x2060) || code == 0x2116;
        if (!plain)
            return false;
    }
    return true;
}

const char *text_nfc(struct arena *arena, const char *text)
{
    if (surely_composed(text))
        return text;
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t size = utf8proc_map((const utf8proc_uint8_t *)text, 0, &composed,
                                         UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (size == UTF8PROC_ERROR_NOMEM)
        mem_end();
    const char *out = size < 0 ? text : arena_copy_n(arena, (const char *)composed, (size_t)size);
    free(composed);
    return out;
}

static bool is_space(uint32_t code)
{
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xA0 || (code >= 0x2000 && code <= 0x200B) ||
           code == 0x202F || code == 0x3000 || code == 0xFEFF;
}

const char *text_fold(struct arena *arena, const char *text)
{
    struct buffer out = {0};
    bool space = false;
    text = text_nfc(arena, text);
    for (uint32_t code; (code = text_next(&text)) != 0;) {
        char bytes[5];
        if (is_space(code)) {
            space = out.size > 0;
            continue;
        }
        if (space)
            buffer_char(&out, ' ');
        space = false;
        code = (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
        buffer_add(&out, bytes, text_put(bytes, code == 0x451 ? 0x435 : code));
    }
    const char *folded = out.size == 0 ? "" : arena_copy_n(arena, out.data, out.size);
    buffer_free(&out);
    return folded;
}

static bool same_word(const char *a, const char *b)
{
    size_t length = text_length(a), other = text_length(b);
    return strcmp(a, b) == 0 ? length >= 2 : length >= 4 && other >= 4 && text_distance(a, b) <= 1;
}

bool text_share_word(struct arena *arena, const char *a, const char *b)
{
    static const char *const apart = " .,";
    a = text_fold(arena, a);
    b = text_fold(arena, b);
    if (strcmp(a, b) == 0)
        return true;
    for (size_t size; *a != '\0'; a += size) {
        a += strspn(a, apart);
        size = strcspn(a, apart);
        size_t other = 0;
        for (const char *at = b; *at != '\0' && size > 0; at += other) {
            at += strspn(at, apart);
            other = strcspn(at, apart);
            if (same_word(arena_copy_n(arena, a, size), arena_copy_n(arena, at, other)))
                return true;
        }
    }
    return false;
}

char *text_trim(char *text)
{
    const char *at = text, *start = text;
    while (is_space(text_next(&at)))
        start = at;
    char *end = text + (start - text);
    for (at = start; *at != '\0';)
        if (!is_space(text_next(&at)))
            end = text + (at - text);
    *end = '\0';
    return text + (start - text);
}

size_t text_distance(const char *a, const char *b)
{
    enum { MOST = 64 };
    uint32_t x[MOST] = {0}, y[MOST] = {0};
    size_t n = 0, m = 0, row[MOST + 1] = {0};
    while (n < MOST && (x[n] = text_next(&a)) != 0)
        n++;
    while (m < MOST && (y[m] = text_next(&b)) != 0)
        m++;
    for (size_t k = 0; k <= m; k++)
        row[k] = k;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t k = 1; k <= m; k++) {
            size_t above = row[k], best = diagonal + (x[i - 1] != y[k - 1] ? 1 : 0);
            if (above + 1 < best)
                best = above + 1;
            if (row[k - 1] + 1 < best)
                best = row[k - 1] + 1;
            row[k] = best;
            diagonal = above;
        }
    }
    return row[m];
}

bool text_is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0x200E || code == 0x200F || code == 0x061C;
}

/* With `lines`, a line feed before two spaces may stay. */
static const char *printable(struct arena *arena, const char *text, bool lines)
{
    bool clean = true;
    for (const char *at = text; clean && *at != '\0';) {
        uint32_t code = text_next(&at);
        clean = !text_is_control(code) && code != 0xFFFD;
    }
    if (clean)
        return text;
    struct buffer out = {0};
    for (uint32_t code; (code = text_next(&text)) != 0;) {
        char bytes[5];
        bool stays = !text_is_control(code) || (lines && code == '\n' && strncmp(text, "  ", 2) == 0);
        buffer_add(&out, bytes, text_put(bytes, stays ? code : 0xFFFD));
    }
    const char *copy = arena_copy_n(arena, out.data, out.size);
    buffer_free(&out);
    return copy;
}

const char *text_printable(struct arena *arena, const char *text)
{
    return printable(arena, text, false);
}

const char *text_printable_list(struct arena *arena, const char *text)
{
    return printable(arena, text, true);
}

int text_plural_ru(int64_t n)
{
    int64_t hundred = n < 0 ? -(n % 100) : n % 100, ten = hundred % 10;
    if (hundred >= 11 && hundred <= 14)
        return 2;
    return ten == 1 ? 0 : ten >= 2 && ten <= 4 ? 1 : 2;
}

uint64_t text_hash(const char *text, size_t size)
{
    uint64_t hash = text_mix(0, size), word = 0;
    for (; size >= sizeof word; size -= sizeof word, text += sizeof word) {
        memcpy(&word, text, sizeof word);
        hash = text_mix(hash, word);
    }
    word = 0;
    memcpy(&word, text, size);
    return text_mix(hash, word);
}
