#include "press/truetype.h"

#include <string.h>

enum { WORDS = 0x0001, SCALE = 0x0008, MORE = 0x0020, TWO_SCALES = 0x0040, MATRIX = 0x0080 }; /* flags of a part */

/* True where every table that the directory names lies inside the file. */
static bool is_whole(const struct truetype *face)
{
    const unsigned char *file = (const unsigned char *)face->file.data;
    size_t size = face->file.size, count = size >= 12 ? truetype_u16(file + 4) : 0;
    for (size_t i = 0; i < count; i++) {
        const unsigned char *record = file + 12 + 16 * i;
        if (28 + 16 * i > size || truetype_u32(record + 8) > size ||
            truetype_u32(record + 12) > size - truetype_u32(record + 8))
            return false;
    }
    return count > 0;
}

/* The table of that name, of a file that is whole; of size 0 where it is missing. */
static struct truetype_table find_table(const struct truetype *face, const char *name)
{
    const unsigned char *file = (const unsigned char *)face->file.data;
    for (size_t i = 0; i < truetype_u16(file + 4); i++) {
        const unsigned char *record = file + 12 + 16 * i;
        if (memcmp(record, name, 4) == 0)
            return (struct truetype_table){file + truetype_u32(record + 8), truetype_u32(record + 12)};
    }
    return (struct truetype_table){NULL, 0};
}

/* The subtable for Unicode's basic plane: (3, 1) or (0, any), format 4. */
static bool find_characters(struct truetype *face)
{
    struct truetype_table cmap = find_table(face, "cmap");
    size_t count = cmap.size >= 4 ? truetype_u16(cmap.data + 2) : 0;
    for (size_t i = 0; i < count && 12 + 8 * i <= cmap.size; i++) {
        const unsigned char *record = cmap.data + 4 + 8 * i;
        unsigned platform = truetype_u16(record), encoding = truetype_u16(record + 2);
        size_t offset = truetype_u32(record + 4);
        if (!(platform == 0 || (platform == 3 && encoding == 1)) || offset > cmap.size || cmap.size - offset < 16 ||
            truetype_u16(cmap.data + offset) != 4)
            continue;
        face->characters = (struct truetype_table){cmap.data + offset, cmap.size - offset};
        return face->characters.size >= 16 + 4 * (size_t)truetype_u16(face->characters.data + 6);
    }
    return false;
}

static size_t outline_start(const struct truetype *face, unsigned glyph)
{
    return face->long_loca ? truetype_u32(face->loca.data + 4 * (size_t)glyph)
                           : 2 * (size_t)truetype_u16(face->loca.data + 2 * (size_t)glyph);
}

static bool tables_agree(struct truetype *face)
{
    if (face->head.size < 54 || face->hhea.size < 36 || face->maxp.size < 6)
        return false;
    face->em = truetype_u16(face->head.data + 18);
    face->long_loca = truetype_u16(face->head.data + 50) != 0;
    face->glyph_count = truetype_u16(face->maxp.data + 4);
    face->metric_count = truetype_u16(face->hhea.data + 34);
    size_t glyphs = face->glyph_count, metrics = face->metric_count;
    if (face->em == 0 || glyphs == 0 || metrics == 0 || metrics > glyphs)
        return false;
    if (face->hmtx.size < 4 * metrics + 2 * (glyphs - metrics) ||
        face->loca.size < (glyphs + 1) * (face->long_loca ? 4 : 2))
        return false;
    for (unsigned glyph = 0; glyph < glyphs; glyph++) {
        if (outline_start(face, glyph) > outline_start(face, glyph + 1))
            return false;
    }
    return outline_start(face, face->glyph_count) <= face->glyf.size;
}

bool truetype_open(struct truetype *face, struct buffer *file)
{
    *face = (struct truetype){.file = *file};
    *file = (struct buffer){0};
    if (!is_whole(face))
        return false;
    face->head = find_table(face, "head");
    face->hhea = find_table(face, "hhea");
    face->maxp = find_table(face, "maxp");
    face->hmtx = find_table(face, "hmtx");
    face->loca = find_table(face, "loca");
    face->glyf = find_table(face, "glyf");
    face->os2 = find_table(face, "OS/2");
    face->post = find_table(face, "post");
    return tables_agree(face) && find_characters(face);
}

void truetype_close(struct truetype *face)
{
    buffer_free(&face->file);
    *face = (struct truetype){.em = 0};
}

unsigned truetype_glyph(const struct truetype *face, uint32_t code)
{
    const unsigned char *table = face->characters.data;
    size_t doubled = truetype_u16(table + 6) & ~1U, size = face->characters.size;
    if (code > 0xFFFF)
        return 0;
    for (size_t i = 0; i < doubled; i += 2) {
        if (truetype_u16(table + 14 + i) < code)
            continue;
        unsigned start = truetype_u16(table + 16 + doubled + i), delta = truetype_u16(table + 16 + 2 * doubled + i);
        size_t range_at = 16 + 3 * doubled + i, range = truetype_u16(table + range_at);
        if (start > code)
            return 0;
        unsigned glyph = (code + delta) & 0xFFFF;
        if (range != 0) {
            size_t at = range_at + range + 2 * (size_t)(code - start);
            glyph = at + 2 <= size ? truetype_u16(table + at) : 0;
            glyph = glyph ? (glyph + delta) & 0xFFFF : 0;
        }
        return glyph < face->glyph_count ? glyph : 0;
    }
    return 0;
}

unsigned truetype_advance(const struct truetype *face, unsigned glyph)
{
    size_t last = face->metric_count - 1;
    return truetype_u16(face->hmtx.data + 4 * (glyph < last ? glyph : last));
}

struct truetype_table truetype_outline(const struct truetype *face, unsigned glyph)
{
    size_t start = outline_start(face, glyph), end = outline_start(face, glyph + 1);
    return (struct truetype_table){face->glyf.data + start, end - start};
}

size_t truetype_next_part(struct truetype_table outline, size_t *at)
{
    size_t part = *at;
    if (part == 0) {
        if (outline.size < 10 || truetype_i16(outline.data) >= 0)
            return 0;
        part = 10;
    } else {
        unsigned flags = truetype_u16(outline.data + part);
        if (!(flags & MORE))
            return 0;
        part += (flags & WORDS) ? 8 : 6;
        part += (flags & SCALE) ? 2 : (flags & TWO_SCALES) ? 4 : (flags & MATRIX) ? 8 : 0;
    }
    if (part + 4 > outline.size)
        return 0;
    *at = part;
    return part + 2;
}
