/* Text: UTF-8, NFC, comparing as a Russian reader would. Nothing here depends on the locale. */
#ifndef PAPERDIARY_BASE_TEXT_H
#define PAPERDIARY_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

#define TEXT_NBSP        "\xC2\xA0" /* no-break space */
#define TEXT_NARROW_NBSP "\xE2\x80\xAF"

/* True where all `size` bytes are well-formed UTF-8; else *bad_at is the offset of the first bad byte. */
bool text_is_utf8(const char *text, size_t size, size_t *bad_at);

/* A sequence of three or four bytes, or a malformed one: what text_next leaves. */
uint32_t text_next_rare(const char **at);

/* The code point at *at, which moves past it; 0 at the end. Malformed bytes give U+FFFD, one at a time. */
static inline uint32_t text_next(const char **at)
{
    const unsigned char *bytes = (const unsigned char *)*at;
    if (bytes[0] < 0x80) {
        *at += bytes[0] != 0;
        return bytes[0];
    }
    if (bytes[0] >= 0xC2 && bytes[0] <= 0xDF && (bytes[1] & 0xC0) == 0x80) { /* as all of Cyrillic is */
        *at += 2;
        return (bytes[0] & 0x1FU) << 6 | (bytes[1] & 0x3FU);
    }
    return text_next_rare(at);
}

/* Appends the UTF-8 of a code point to out (at least 5 bytes), with a NUL; returns its length. */
size_t text_put(char *out, uint32_t code);

size_t text_length(const char *text); /* in code points */

/* Canonical composition (NFC): «е» + U+0308 becomes «ё». Returns `text` itself where nothing changes. */
const char *text_nfc(struct arena *arena, const char *text);

/* For comparing: NFC, lower case, ё as е, runs of spaces (no-break too) as one, trimmed. */
const char *text_fold(struct arena *arena, const char *text);

/* In place: white space of both ends off, no-break spaces too; returns the new start. */
char *text_trim(char *text);

/* Order of a Russian register, as ICU's: letters in the order of the alphabet with і after и; ё as е, ӧ as о and small
 * as capital unless all else is equal; a space before any letter («Петров Водкин» before «Петрова»). <0, 0, >0. */
int text_collate(const char *a, const char *b);

/* True where both, folded, are the same or have a word of at least two letters in common, or one of four and more with
 * one letter between them: «Азарова А. И.», «азарова анна», «Азаров Анна». */
bool text_share_word(struct arena *arena, const char *a, const char *b);

/* Number of single-character edits between two short texts. */
size_t text_distance(const char *a, const char *b);

/* Control characters, bidi marks and overrides. */
bool text_is_control(uint32_t code);

/* Control characters and bidi overrides: never to a terminal. Replaces each by U+FFFD; lends or copies. */
const char *text_printable(struct arena *arena, const char *text);
/* The same, but lines that begin with two spaces stay lines of their own: a sentence with a list. */
const char *text_printable_list(struct arena *arena, const char *text);

/* Russian plural: which of the three forms n takes (0: 1 урок, 1: 2 урока, 2: 5 уроков). */
int text_plural_ru(int64_t n);

/* For a table in memory: another machine may give another. Bytes that differ in one run of eight never have the same.
 */
uint64_t text_hash(const char *text, size_t size);

/* One step of it: eight bytes more. */
static inline uint64_t text_mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

#endif
