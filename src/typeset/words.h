/* The words of a text, and how strongly two neighbours want to stay on one line. */
#ifndef PAPERDIARY_TYPESET_WORDS_H
#define PAPERDIARY_TYPESET_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct glyph;

#define WORD_SMALL 28

enum word_gap { GAP_SPACE, GAP_NO_BREAK, GAP_LINE, GAP_END };

struct word {
    uint32_t from, to;           /* glyphs */
    uint32_t core_from, core_to; /* without quotes, brackets and (points apart) punctuation around it */
    enum word_gap gap;           /* after it */
    uint32_t next;               /* the glyph where the next word would begin */
    char small[WORD_SMALL];      /* the core in small letters; empty where it is longer */
};

struct words {
    const struct glyph *glyphs;
    const struct word *items;
    size_t count;
};

/* No more than so many words are in the text. */
size_t words_most(const struct glyph *glyphs, uint32_t count);

/* Splits at spaces (no-break ones too) and line breaks; `out` has room for words_most. */
size_t words_split(const struct glyph *glyphs, uint32_t count, struct word *out);

/* Penalty of a line's end between words `left` and left + 1, which a space parts. */
int32_t words_penalty(const struct words *words, size_t left);

bool words_is_letter(uint32_t code);
bool words_is_digit(uint32_t code);
bool words_is_capital(uint32_t code);

#endif
