#include "press/cut.h"

#include <string.h>

#include "press/truetype.h"

/* The glyphs that are kept: their old numbers by the new, and the new by the old. */
struct kept {
    uint16_t *olds, *news;
    unsigned count;
};

static unsigned keep(struct kept *kept, unsigned old)
{
    if (old != 0 && kept->news[old] == 0) {
        kept->news[old] = (uint16_t)kept->count;
        kept->olds[kept->count++] = (uint16_t)old;
    }
    return kept->news[old];
}

static void put_u16(struct buffer *out, uint32_t value)
{
    char bytes[2] = {(char)(value >> 8 & 0xFF), (char)(value & 0xFF)};
    buffer_add(out, bytes, sizeof bytes);
}

static void put_u32(struct buffer *out, uint32_t value)
{
    put_u16(out, value >> 16);
    put_u16(out, value & 0xFFFF);
}

static void set_u16(struct buffer *out, size_t at, uint32_t value)
{
    out->data[at] = (char)(value >> 8 & 0xFF);
    out->data[at + 1] = (char)(value & 0xFF);
}

static void set_u32(struct buffer *out, size_t at, uint32_t value)
{
    set_u16(out, at, value >> 16);
    set_u16(out, at + 2, value & 0xFFFF);
}

static void pad(struct buffer *out)
{
    while (out->size % 4 != 0)
        buffer_char(out, '\0');
}

/* The outlines one after another, the parts of composite ones renumbered; where each begins goes to `loca`. Glyph 0 is
 * left without an outline: nothing is ever drawn with it. */
static void copy_outlines(const struct truetype *face, struct kept *kept, struct buffer *glyf, struct buffer *loca)
{
    put_u32(loca, 0);
    put_u32(loca, 0);
    for (unsigned glyph = 1; glyph < kept->count; glyph++) { /* parts are appended to the list while it is walked */
        struct truetype_table outline = truetype_outline(face, kept->olds[glyph]);
        size_t start = glyf->size, at = 0, place = 0;
        buffer_add(glyf, outline.data, outline.size);
        while ((place = truetype_next_part(outline, &at)) != 0) {
            unsigned part = truetype_u16(outline.data + place);
            set_u16(glyf, start + place, part < face->glyph_count ? keep(kept, part) : 0);
        }
        pad(glyf);
        put_u32(loca, (uint32_t)glyf->size);
    }
    if (glyf->size == 0)
        put_u32(glyf, 0); /* some readers refuse an empty table */
}

static void copy_metrics(const struct truetype *face, const struct kept *kept, struct buffer *hmtx)
{
    for (unsigned glyph = 0; glyph < kept->count; glyph++) {
        size_t old = kept->olds[glyph], metrics = face->metric_count;
        const unsigned char *bearing = face->hmtx.data + (old < metrics ? 4 * old + 2 : 2 * metrics + 2 * old);
        put_u16(hmtx, truetype_advance(face, (unsigned)old));
        put_u16(hmtx, truetype_u16(bearing));
    }
}

/* A cmap for a symbolic font: (1, 0) from the bytes, (3, 0) from U+F000 and the byte. */
static void make_cmap(const struct cut *cut, struct buffer *out)
{
    enum { FORMAT_6_SIZE = 10 + 2 * 256, FORMAT_4_SIZE = 16 + 8 * 2 + 2 * 256 };
    static const uint16_t head[] = {0, 2, 1, 0, 0, 20, 3, 0, 0, 20 + FORMAT_6_SIZE};
    static const uint16_t format_6[] = {6, FORMAT_6_SIZE, 0, 0, 256};
    /* Two segments: their ends, their starts, their deltas, and how far it is to their glyphs. */
    static const uint16_t format_4[] = {4, FORMAT_4_SIZE, 0, 4, 4, 1, 0, 0xF0FF, 0xFFFF, 0, 0xF000, 0xFFFF, 0, 1, 4, 0};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        put_u16(out, head[i]);
    for (size_t i = 0; i < sizeof format_6 / sizeof *format_6; i++)
        put_u16(out, format_6[i]);
    for (size_t i = 0; i < 256; i++)
        put_u16(out, cut->glyphs[i]);
    for (size_t i = 0; i < sizeof format_4 / sizeof *format_4; i++)
        put_u16(out, format_4[i]);
    for (size_t i = 0; i < 256; i++)
        put_u16(out, cut->glyphs[i]);
}

static uint32_t checksum(const char *data, size_t size)
{
    uint32_t sum = 0;
    for (size_t i = 0; i + 4 <= size; i += 4)
        sum += truetype_u32((const unsigned char *)data + i);
    return sum;
}

enum { TABLES = 7 };

/* Tables in the order of their names, as the format wants it. */
static void assemble(struct buffer tables[TABLES], struct buffer *out)
{
    static const char names[TABLES][5] = {"cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp"};
    size_t offset = 12 + 16 * TABLES, head_at = 0;
    put_u32(out, 0x00010000);
    put_u16(out, TABLES);
    put_u16(out, 4 * 16);
    put_u16(out, 2);
    put_u16(out, (TABLES - 4) * 16);
    for (size_t i = 0; i < TABLES; i++) {
        size_t size = tables[i].size;
        pad(&tables[i]);
        buffer_add(out, names[i], 4);
        put_u32(out, checksum(tables[i].data, tables[i].size));
        put_u32(out, (uint32_t)offset);
        put_u32(out, (uint32_t)size);
        if (strcmp(names[i], "head") == 0)
            head_at = offset;
        offset += tables[i].size;
    }
    for (size_t i = 0; i < TABLES; i++)
        buffer_add(out, tables[i].data, tables[i].size);
    set_u32(out, head_at + 8, 0xB1B0AFBAU - checksum(out->data, out->size));
}

void cut_face(const struct truetype *face, struct cut *cut)
{
    struct kept kept = {.olds = mem_alloc(face->glyph_count * sizeof(uint16_t)),
                        .news = mem_alloc(face->glyph_count * sizeof(uint16_t)),
                        .count = 1};
    struct buffer tables[TABLES] = {{0}};
    struct buffer *cmap = &tables[0], *glyf = &tables[1], *head = &tables[2], *hhea = &tables[3], *hmtx = &tables[4],
                  *loca = &tables[5], *maxp = &tables[6];
    for (size_t i = 0; i < 256; i++) {
        unsigned glyph = cut->codes[i] ? truetype_glyph(face, cut->codes[i]) : 0;
        cut->glyphs[i] = (uint16_t)keep(&kept, glyph);
        unsigned advance = glyph ? truetype_advance(face, glyph) : 0;
        cut->widths[i] = (int)((advance * 1000 + face->em / 2) / face->em);
    }
    copy_outlines(face, &kept, glyf, loca);
    copy_metrics(face, &kept, hmtx);
    make_cmap(cut, cmap);
    buffer_add(head, face->head.data, 54);
    set_u32(head, 8, 0);
    set_u16(head, 50, 1); /* loca has 32 bits */
    buffer_add(hhea, face->hhea.data, 36);
    set_u16(hhea, 34, kept.count);
    buffer_add(maxp, face->maxp.data, face->maxp.size);
    set_u16(maxp, 4, kept.count);
    assemble(tables, &cut->file);
    for (size_t i = 0; i < TABLES; i++)
        buffer_free(&tables[i]);
    mem_free(kept.olds);
    mem_free(kept.news);
}
