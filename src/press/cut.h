/* Cutting a TrueType face down to the characters of one bank. */
#ifndef PAPERDIARY_PRESS_CUT_H
#define PAPERDIARY_PRESS_CUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

struct truetype;

struct cut {
    uint32_t codes[256]; /* in: the character of each byte, 0: none */
    /* out */
    uint16_t glyphs[256]; /* 0: the face lacks it */
    int widths[256];      /* thousandths of the size */
    struct buffer file;   /* the cut face: outlines and metrics, and a cmap from the bytes */
};

void cut_face(const struct truetype *face, struct cut *cut);

#endif
