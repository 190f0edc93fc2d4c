/* What stands around the bodies: slips, foot lines, the watermark. */
#ifndef PAPERDIARY_TYPESET_FRAME_H
#define PAPERDIARY_TYPESET_FRAME_H

#include <stddef.h>
#include <stdint.h>

struct flat;
struct setting;
struct frame;

struct frame *frame_make(struct setting *setting); /* in scratch memory */

int32_t frame_width(const struct setting *setting); /* between the margins */

/* Where the body of a page ends at the latest. Pages are numbered from 1. */
int32_t frame_bottom(const struct frame *frame, size_t page);

/* The slip of a page, NULL: none. Both slips begin at the same height, so that one cut parts both. */
const struct flat *frame_slip(const struct frame *frame, size_t page);
int32_t frame_slip_top(const struct frame *frame);

void frame_foot(struct setting *setting, size_t page, size_t page_count);
void frame_watermark(struct setting *setting);

#endif
