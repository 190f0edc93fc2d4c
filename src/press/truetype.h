/* A TrueType face in memory: the little that a PDF needs of it. Every place in the file is checked before it is read.
 */
#ifndef PAPERDIARY_PRESS_TRUETYPE_H
#define PAPERDIARY_PRESS_TRUETYPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

struct truetype_table {
    const unsigned char *data;
    size_t size;
};

struct truetype {
    struct buffer file;
    struct truetype_table head, hhea, maxp, hmtx, loca, glyf, os2, post;
    struct truetype_table characters; /* a subtable of cmap, format 4 */
    unsigned em, glyph_count, metric_count;
    bool long_loca;
};

/* Takes the file's bytes over, also on failure. False: not a TrueType face, or not whole. */
bool truetype_open(struct truetype *face, struct buffer *file);
void truetype_close(struct truetype *face);

unsigned truetype_glyph(const struct truetype *face, uint32_t code); /* 0: the face lacks it */
unsigned truetype_advance(const struct truetype *face, unsigned glyph);
/* The glyph's outline; of size 0 where it has none. */
struct truetype_table truetype_outline(const struct truetype *face, unsigned glyph);
/* The parts of a composite glyph: the place of the next part's glyph number in its outline after *at (0 to begin); 0:
 * there is none. */
size_t truetype_next_part(struct truetype_table outline, size_t *at);

static inline unsigned truetype_u16(const unsigned char *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

static inline int truetype_i16(const unsigned char *at)
{
    return (int16_t)truetype_u16(at);
}

static inline uint32_t truetype_u32(const unsigned char *at)
{
    return (uint32_t)truetype_u16(at) << 16 | truetype_u16(at + 2);
}

#endif
