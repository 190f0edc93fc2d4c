/* Runs of a text as characters that can be printed: composed, cleaned, each with a face that has it. */
#ifndef PAPERDIARY_TYPESET_GLYPHS_H
#define PAPERDIARY_TYPESET_GLYPHS_H

#include <stddef.h>
#include <stdint.h>

#include "typeset/box.h"
#include "typeset/lines.h"

struct setting;
struct chance;

enum glyph_kind {
    GLYPH_CHAR,
    GLYPH_SIGN,    /* drawn as a path: signs.h */
    GLYPH_MISSING, /* no face has it: «?» in a frame */
    GLYPH_MARK,    /* has no width and is not printed: line break, soft hyphen, zero-width space */
};

struct glyph {
    int64_t x; /* left edge from the text's beginning, millionths of a point, at scale 1000 */
    uint32_t code;
    uint16_t run;
    uint8_t face;
    uint8_t kind;
};

struct text {
    const struct run *runs;
    struct glyph *glyphs; /* glyphs[count] ends them */
    int64_t width;        /* of all, as the glyphs' x */
    uint32_t count;
    uint32_t bytes;      /* of the run's text where it is just that, letter by letter in its style's face, no blanks at
                            its ends; else 0 */
    bool forced;         /* has a line break in it */
    bool missing;        /* has a character that no face has */
    bool underlined;     /* has a run that is */
    bool mixed;          /* is more than characters of one run and face */
    bool whole_is_made;  /* `whole` is: when first needed */
    struct broken whole; /* on one line */
    struct line line;    /* that one */
    struct broken *broken;  /* the lines for each narrower width tried so far */
    struct chance *chances; /* where it may be broken; made when first needed */
    size_t chance_count;
    struct arena *arena; /* in which it lives, its chances and its lines too */
};

/* The runs have to live as long as the arena. */
struct text *text_from_runs(struct setting *setting, struct arena *arena, const struct run *runs, size_t count);

/* Extra space of the glyph's style after each character, millionths of a point. */
int64_t text_spacing(const struct setting *setting, const struct text *text, uint32_t glyph);

/* Its characters from glyph `from` to `to`, and `tail` after them, in the arena; signs and marks are left out. */
const char *text_utf8(struct arena *arena, const struct text *text, uint32_t from, uint32_t to, const char *tail);

#endif
