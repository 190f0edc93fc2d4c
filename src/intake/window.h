/* The part of a decoded text that is in memory: from the current row on, as far as it was read. */
#ifndef PAPERDIARY_INTAKE_WINDOW_H
#define PAPERDIARY_INTAKE_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

struct decoding;
struct encoded;

/* Zero-initialise, then rewind; places are offsets in `text`. Reading on moves the row to the front, and drops what
 * stands before it. */
struct window {
    struct decoding *decoding; /* NULL: not begun */
    struct buffer text;
    size_t row;   /* where the current row begins */
    size_t at;    /* the next line, not before the row */
    int32_t line; /* its number */
};

/* To the start of the text, which must outlive the window. */
void window_rewind(struct window *window, const struct encoded *encoded);
void window_free(struct window *window);

/* Reads on; false where the text has ended. */
bool window_more(struct window *window);
/* The end of the next line, past its LF; it is read whole. */
size_t window_line(struct window *window);
/* The end of so many lines. */
size_t window_lines(struct window *window, int count);

/* The next line is the row, and passed over; false at the end of the text. */
bool window_skip(struct window *window);
/* To a later line, which is the row, or the end. */
void window_seek(struct window *window, int32_t line);

#endif
