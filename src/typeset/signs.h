/* Signs that the faces lack, drawn as paths: arrows, ticks, boxes, circles, triangles. */
#ifndef PAPERDIARY_TYPESET_SIGNS_H
#define PAPERDIARY_TYPESET_SIGNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SIGN_MISSING_ADVANCE 660 /* of «?» in its frame */

/* Lengths in thousandths of the size; y goes up from the baseline. */
struct sign {
    uint32_t code;
    int16_t advance;
    bool filled;           /* else only its outline is drawn */
    uint8_t point_count;   /* 0: a circle about (points[0], points[1]) with radius points[2] */
    const int16_t *points; /* pairs */
};

const struct sign *sign_lookup(uint32_t code); /* NULL: not among them */

#define SIGN_MOST_POINTS 24

/* The corners of the sign's polygon as pairs into `points`, placed with its left end at (x, y) on the baseline of a
 * page, where y goes down. Returns how many corners. */
size_t sign_polygon(const struct sign *sign, int32_t x, int32_t y, int32_t size, int32_t points[SIGN_MOST_POINTS * 2]);

#endif
