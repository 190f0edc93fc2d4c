/* Where a line may end, by the rules of Russian typesetting. */
#ifndef PAPERDIARY_TYPESET_CHANCES_H
#define PAPERDIARY_TYPESET_CHANCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct glyph;
struct setting;
struct text;

/* Penalties stand against the cost of one more line, 1000, and of an empty half of a line, 150. */
enum {
    PENALTY_SLIGHT = 60,
    PENALTY_TIE = 300,     /* short words: «на», «не», «или» */
    PENALTY_HYPHEN = 1900, /* a word hyphenated where that is allowed: only if it saves more than a line */
    PENALTY_BIND = 3000,   /* one-letter words: worth a line */
    PENALTY_HARD = 20000,  /* «с. 84», initials: only where the line is too narrow for both */
    PENALTY_FORCED_HYPHEN = 60000,
    PENALTY_ANYWHERE = 200000, /* inside a word that has no place to be broken */
};

struct chance {
    uint32_t end, next; /* the line ends before glyph `end`, the next one starts at `next` */
    int32_t penalty;
    bool hyphen; /* one is added */
    bool forced; /* the line must end here */
};

/* All chances of the text by its words and signs, in order; the last one is its end. */
void chances_find(struct setting *setting, struct text *text);

/* The chances of `text` and those inside words too: hyphenation everywhere (`all`) or only in what is wider than
 * `width`, and there, if need be, after any character. In scratch memory. */
struct chance *chances_refine(struct setting *setting, const struct text *text, int64_t width, bool all, size_t *count);

/* Whether a piece between two chances is wider than `width`. */
bool chances_too_wide(const struct setting *setting, const struct text *text, int64_t width);

#endif
