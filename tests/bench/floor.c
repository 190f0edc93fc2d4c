#include "floor.h"

#include <harfbuzz/hb-subset.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/text.h"

enum { CODES = 0x2700, FIRST_BYTE = 0x80, OBJECTS_A_FONT = 4 };

struct floor_face {
    unsigned char bytes[CODES]; /* 0: not used */
    unsigned count;             /* of bytes given to characters that are not ASCII */
    size_t raw;
    struct buffer file, map, font;
};

struct floor {
    struct floor_face faces[FACE_COUNT];
    struct buffer content;
    struct item last; /* its face, size, grey and spacing are set */
    z_stream deflater;
};

static unsigned char byte_of(struct floor_face *face, uint32_t code)
{
    if (code >= CODES)
        abort();
    if (!face->bytes[code]) {
        if (code >= 0x20 && code < 0x7F)
            face->bytes[code] = (unsigned char)code;
        else
            face->bytes[code] = (unsigned char)(FIRST_BYTE + face->count++);
        if (face->count > 127)
            abort();
    }
    return face->bytes[code];
}

static void deflate_into(const void *data, size_t size, struct buffer *out)
{
    uLongf packed = compressBound((uLong)size);
    Bytef *room = mem_alloc(packed);
    if (compress2(room, &packed, data, (uLong)size, Z_BEST_COMPRESSION) != Z_OK)
        abort();
    buffer_add(out, room, packed);
    mem_free(room);
}

static void describe(struct floor_face *face, hb_face_t *subset, int number)
{
    hb_font_t *font = hb_font_create(subset);
    struct buffer map = {0}, names = {0}, widths = {0};
    hb_font_set_scale(font, 1000, 1000);
    buffer_text(&map, "begincmap\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n");
    for (unsigned byte = 0x20; byte < 256; byte++) {
        uint32_t code = 0;
        while (code < CODES && face->bytes[code] != byte)
            code++;
        hb_codepoint_t glyph = 0;
        int width = 0;
        if (code < CODES && hb_font_get_nominal_glyph(font, code, &glyph)) {
            width = hb_font_get_glyph_h_advance(font, glyph);
            buffer_format(&map, "1 beginbfchar\n<%02X> <%04X>\nendbfchar\n", byte, code);
            buffer_format(&names, "%u/uni%04X ", byte, code);
        }
        buffer_format(&widths, "%d ", width);
    }
    buffer_text(&map, "endcmap\n");
    deflate_into(map.data, map.size, &face->map);
    buffer_format(&face->font,
                  "/Type/Font/Subtype/TrueType/BaseFont/FLOORA+Face%d/FirstChar 32/LastChar 255/Widths[%s]"
                  "/Encoding<</Type/Encoding/Differences[%s]>>",
                  number, widths.data, names.data);
    buffer_free(&map);
    buffer_free(&names);
    buffer_free(&widths);
    hb_font_destroy(font);
}

static void open_face(struct floor_face *face, const char *path, int number)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    for (uint32_t code = 0; code < CODES; code++) {
        if (face->bytes[code])
            hb_set_add(hb_subset_input_unicode_set(input), code);
    }
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
    hb_blob_t *blob = hb_blob_create_from_file(path);
    hb_face_t *whole = hb_face_create(blob, 0), *subset = hb_subset_or_fail(whole, input);
    hb_blob_t *file = hb_face_reference_blob(subset);
    unsigned size = 0;
    const char *data = hb_blob_get_data(file, &size);
    face->raw = size;
    deflate_into(data, size, &face->file);
    describe(face, subset, number);
    hb_blob_destroy(file);
    hb_face_destroy(subset);
    hb_face_destroy(whole);
    hb_blob_destroy(blob);
    hb_subset_input_destroy(input);
}

struct floor *floor_open(const char *const faces[FACE_COUNT], const struct page *pages, size_t count)
{
    struct floor *floor = mem_alloc(sizeof *floor);
    for (size_t p = 0; p < count; p++) {
        for (size_t i = 0; i < pages[p].item_count; i++) {
            const struct item *item = &pages[p].items[i];
            const char *at = item->kind == ITEM_TEXT ? item->text : "";
            for (uint32_t code = text_next(&at); code; code = text_next(&at))
                byte_of(&floor->faces[item->face], code);
        }
    }
    for (int face = 0; face < FACE_COUNT; face++)
        open_face(&floor->faces[face], faces[face], face);
    if (deflateInit(&floor->deflater, 6) != Z_OK)
        abort();
    return floor;
}

void floor_free(struct floor *floor)
{
    for (int i = 0; i < FACE_COUNT; i++) {
        buffer_free(&floor->faces[i].file);
        buffer_free(&floor->faces[i].map);
        buffer_free(&floor->faces[i].font);
    }
    buffer_free(&floor->content);
    deflateEnd(&floor->deflater);
    mem_free(floor);
}

/* A number of hundredths and a space. */
static char *put(char *out, int64_t value)
{
    char digits[24];
    size_t count = 0;
    if (value < 0) {
        *out++ = '-';
        value = -value;
    }
    for (int64_t left = value / 100; left > 0 || count == 0; left /= 10)
        digits[count++] = (char)('0' + left % 10);
    while (count > 0)
        *out++ = digits[--count];
    if (value % 100 != 0) {
        *out++ = '.';
        *out++ = (char)('0' + value / 10 % 10);
        if (value % 10 != 0)
            *out++ = (char)('0' + value % 10);
    }
    *out++ = ' ';
    return out;
}

static char *word(char *out, const char *text)
{
    size_t size = strlen(text);
    memcpy(out, text, size);
    return out + size;
}

static void draw_text(struct floor *floor, const struct page *page, const struct item *item, bool used[FACE_COUNT])
{
    char line[2048], *out = line;
    used[item->face] = true;
    out = word(out, "BT ");
    if (item->face != floor->last.face || item->size != floor->last.size) {
        out = word(out, "/F");
        *out++ = (char)('0' + item->face);
        *out++ = ' ';
        out = put(out, item->size / 10);
        out = word(out, "Tf ");
    }
    if (item->fill != floor->last.fill) {
        out = put(out, item->fill * 100 / 255);
        out = word(out, "g ");
    }
    if (item->spacing != floor->last.spacing) {
        out = put(out, item->spacing / 10);
        out = word(out, "Tc ");
    }
    floor->last = *item;
    out = put(out, item->x / 10);
    out = put(out, (page->height - item->y) / 10);
    out = word(out, "Td(");
    const char *at = item->text;
    for (uint32_t code = text_next(&at); code; code = text_next(&at)) {
        char byte = (char)byte_of(&floor->faces[item->face], code);
        if (byte == '(' || byte == ')' || byte == '\\')
            *out++ = '\\';
        *out++ = byte;
    }
    out = word(out, ")Tj ET\n");
    buffer_add(&floor->content, line, (size_t)(out - line));
}

static void draw_line(struct floor *floor, const struct page *page, const struct item *item)
{
    char line[256], *out = line;
    out = put(out, item->stroke_width / 10);
    out = word(out, "w ");
    out = put(out, item->stroke * 100 / 255);
    out = word(out, item->dash ? "G[2]0 d " : "G[]0 d ");
    out = put(out, item->x / 10);
    out = put(out, (page->height - item->y) / 10);
    out = word(out, "m ");
    out = put(out, (item->x + item->w) / 10);
    out = put(out, (page->height - item->y - item->h) / 10);
    out = word(out, "l S\n");
    buffer_add(&floor->content, line, (size_t)(out - line));
}

struct places {
    size_t *at;
    size_t count, room;
};

static void object(struct places *places, struct buffer *out)
{
    places->at = mem_grow(places->at, places->count, &places->room, sizeof *places->at);
    places->at[places->count++] = out->size;
    buffer_format(out, "%zu 0 obj\n", places->count);
}

static void stream(struct places *places, struct buffer *out, const struct buffer *data, size_t raw)
{
    object(places, out);
    buffer_format(out, "<</Filter/FlateDecode/Length %zu/Length1 %zu>>stream\n", data->size, raw);
    buffer_add(out, data->data, data->size);
    buffer_text(out, "\nendstream endobj\n");
}

static void print_content(struct floor *floor, struct places *places, struct buffer *out)
{
    z_stream *deflater = &floor->deflater;
    uLong bound = deflateBound(deflater, (uLong)floor->content.size);
    struct buffer packed = {.data = mem_alloc(bound)};
    deflateReset(deflater);
    deflater->next_in = (Bytef *)floor->content.data;
    deflater->avail_in = (uInt)floor->content.size;
    deflater->next_out = (Bytef *)packed.data;
    deflater->avail_out = (uInt)bound;
    if (deflate(deflater, Z_FINISH) != Z_STREAM_END)
        abort();
    packed.size = bound - deflater->avail_out;
    stream(places, out, &packed, floor->content.size);
    mem_free(packed.data);
}

/* Object 1 is the catalog, 2 the pages, 3 the resources, then content and page in turn, then the fonts. */
static void print_fonts(struct floor *floor, const bool used[FACE_COUNT], struct places *places, struct buffer *out)
{
    struct buffer list = {0};
    for (int i = 0; i < FACE_COUNT; i++) {
        const struct floor_face *face = &floor->faces[i];
        if (!used[i])
            continue;
        buffer_format(&list, "/F%d %zu 0 R", i, places->count + OBJECTS_A_FONT);
        stream(places, out, &face->file, face->raw);
        stream(places, out, &face->map, 0);
        object(places, out);
        buffer_format(out,
                      "<</Type/FontDescriptor/FontName/FLOORA+Face%d/Flags 32/FontBBox[-500 -300 1500 1000]"
                      "/ItalicAngle 0/Ascent 1000/Descent -300/CapHeight 700/StemV 80/FontFile2 %zu 0 R>>endobj\n",
                      i, places->count - 2);
        object(places, out);
        buffer_add(out, "<<", 2);
        buffer_add(out, face->font.data, face->font.size);
        buffer_format(out, "/ToUnicode %zu 0 R/FontDescriptor %zu 0 R>>endobj\n", places->count - 2, places->count - 1);
    }
    places->at[2] = out->size;
    buffer_format(out, "3 0 obj\n<</Font<<%s>>>>endobj\n", list.data ? list.data : "");
    buffer_free(&list);
}

void floor_print(struct floor *floor, const struct page *pages, size_t count, struct buffer *out)
{
    struct places places = {0};
    bool used[FACE_COUNT] = {false};
    buffer_clear(out);
    buffer_text(out, "%PDF-1.4\n");
    object(&places, out);
    buffer_text(out, "<</Type/Catalog/Pages 2 0 R>>endobj\n");
    object(&places, out);
    buffer_format(out, "<</Type/Pages/Count %zu/Kids[", count);
    for (size_t p = 0; p < count; p++)
        buffer_format(out, "%zu 0 R ", 5 + 2 * p);
    buffer_text(out, "]>>endobj\n");
    places.at = mem_grow(places.at, places.count, &places.room, sizeof *places.at);
    places.count++;
    for (size_t p = 0; p < count; p++) {
        buffer_clear(&floor->content);
        floor->last = (struct item){.size = -1};
        for (size_t i = 0; i < pages[p].item_count; i++) {
            if (pages[p].items[i].kind == ITEM_TEXT)
                draw_text(floor, &pages[p], &pages[p].items[i], used);
            else
                draw_line(floor, &pages[p], &pages[p].items[i]);
        }
        print_content(floor, &places, out);
        object(&places, out);
        buffer_format(out,
                      "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.28 841.89]/Resources 3 0 R/Contents %zu 0 R>>"
                      "endobj\n",
                      places.count - 1);
    }
    print_fonts(floor, used, &places, out);
    size_t start = out->size;
    buffer_format(out, "xref\n0 %zu\n0000000000 65535 f \n", places.count + 1);
    for (size_t i = 0; i < places.count; i++)
        buffer_format(out, "%010zu 00000 n \n", places.at[i]);
    buffer_format(out, "trailer<</Size %zu/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", places.count + 1, start);
    mem_free(places.at);
}
