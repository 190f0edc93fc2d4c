/* Reading and cutting faces: the cut holds what was asked for, and a damaged face harms nothing. */
#include "press_support.h"

#include "press/cut.h"
#include "press/truetype.h"

static void load(const char *name, struct buffer *out)
{
    struct err err = {0};
    char path[4200];
    snprintf(path, sizeof path, "%s/%s", fonts_folder(), name);
    if (!file_read(path, 1 << 24, out, &err))
        fail_msg("%s", err.text);
}

static void every_face_has_what_a_sheet_needs(void **state)
{
    (void)state;
    const char *const needed = "АЯаяЁёӦӧІі№«»—–−×·…„“” 09AZaz!?()%/\u00A0";
    for (int i = 0; i < FACE_COUNT; i++) {
        struct truetype face;
        struct buffer file = {0};
        load(face_files[i], &file);
        assert_true(truetype_open(&face, &file));
        assert_null(file.data);
        const char *at = needed;
        for (uint32_t code = text_next(&at); code; code = text_next(&at)) {
            unsigned glyph = truetype_glyph(&face, code);
            if (glyph == 0 || truetype_advance(&face, glyph) == 0)
                fail_msg("%s lacks U+%04X", face_files[i], (unsigned)code);
        }
        assert_int_equal(truetype_glyph(&face, 0x2713), 0);
        assert_int_equal(truetype_glyph(&face, 0x1F600), 0);
        truetype_close(&face);
    }
}

/* Composite glyphs are the same where their parts are. */
static void same_outline(const struct truetype *a, unsigned glyph_a, const struct truetype *b, unsigned glyph_b)
{
    struct truetype_table one = truetype_outline(a, glyph_a), other = truetype_outline(b, glyph_b);
    size_t at_a = 0, at_b = 0, place = 0, from = 0;
    assert_int_equal(truetype_advance(a, glyph_a), truetype_advance(b, glyph_b));
    assert_true(one.size > 0 && other.size >= one.size && other.size < one.size + 4);
    while ((place = truetype_next_part(one, &at_a)) != 0) {
        assert_int_equal(truetype_next_part(other, &at_b), place);
        same_outline(a, truetype_u16(one.data + place), b, truetype_u16(other.data + place));
        assert_memory_equal(one.data + from, other.data + from, place - from);
        from = place + 2;
    }
    assert_memory_equal(one.data + from, other.data + from, one.size - from);
}

/* Both subtables of the cut's cmap, read as a PDF reader does, lead from a byte to its glyph. */
static void maps_agree(const struct cut *cut)
{
    const unsigned char *file = (const unsigned char *)cut->file.data, *cmap = file + truetype_u32(file + 12 + 8);
    assert_memory_equal(file + 12, "cmap", 4);
    const unsigned char *bytes = cmap + truetype_u32(cmap + 8), *symbols = cmap + truetype_u32(cmap + 16);
    assert_int_equal(truetype_u16(bytes), 6);
    assert_int_equal(truetype_u16(symbols), 4);
    assert_int_equal(truetype_u16(symbols + 14), 0xF0FF); /* one segment, from U+F000 to U+F0FF */
    assert_int_equal(truetype_u16(symbols + 20), 0xF000);
    const unsigned char *range = symbols + 28;
    for (unsigned byte = 0; byte < 256; byte++) {
        assert_int_equal(truetype_u16(bytes + 10 + 2 * (size_t)byte), cut->glyphs[byte]);
        assert_int_equal(truetype_u16(range + truetype_u16(range) + 2 * (size_t)byte), cut->glyphs[byte]);
    }
}

static void the_cut_keeps_outlines_and_their_parts(void **state)
{
    (void)state;
    struct truetype face, again;
    struct buffer file = {0};
    struct cut cut = {.codes = {['A'] = 'A', [0x80] = 0x0439, [0x81] = 0x04E7, [0xFF] = 0x2713}};
    load("serif.ttf", &file);
    assert_true(truetype_open(&face, &file));
    cut_face(&face, &cut);
    assert_int_equal(cut.glyphs['A'], 1);
    assert_int_equal(cut.glyphs[0x80], 2);
    assert_int_equal(cut.glyphs[0x81], 3);
    assert_int_equal(cut.glyphs[0xFF], 0);
    assert_int_equal(cut.glyphs['B'], 0);
    assert_true(cut.file.size > 500 && cut.file.size < 4000);
    assert_int_equal(cut.widths['A'] * (int)face.em, (int)truetype_advance(&face, truetype_glyph(&face, 'A')) * 1000);
    maps_agree(&cut);
    assert_false(truetype_open(&again, &cut.file)); /* its characters are bytes, not Unicode; the rest is read */
    assert_true(again.glyph_count >= 4);
    for (unsigned byte = 0; byte < 256; byte++) {
        if (cut.glyphs[byte])
            same_outline(&face, truetype_glyph(&face, cut.codes[byte]), &again, cut.glyphs[byte]);
    }
    truetype_close(&again);
    truetype_close(&face);
}

static uint32_t dice(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(*seed >> 33);
}

static void a_damaged_face_is_refused_or_cut(void **state)
{
    (void)state;
    struct buffer whole = {0};
    uint64_t seed = 20261121;
    size_t opened = 0;
    load("sans.ttf", &whole);
    for (int round = 0; round < 2000; round++) {
        struct truetype face;
        struct buffer file = {0};
        struct cut cut = {0};
        size_t size = round % 4 == 0 ? dice(&seed) % whole.size : whole.size;
        buffer_add(&file, whole.data, size);
        for (int i = 0; i < 1 + round % 16 && size > 0; i++) {
            size_t span = round % 3 == 0 ? 400 : size; /* the directory, or anywhere */
            file.data[dice(&seed) % (span < size ? span : size)] = (char)dice(&seed);
        }
        for (uint32_t i = 0; i < 256; i++)
            cut.codes[i] = 0x0390 + i;
        bool fine = truetype_open(&face, &file);
        opened += fine;
        if (fine)
            cut_face(&face, &cut);
        buffer_free(&cut.file);
        truetype_close(&face);
    }
    assert_true(opened > 200 && opened < 2000);
    buffer_free(&whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_face_has_what_a_sheet_needs),
        cmocka_unit_test(the_cut_keeps_outlines_and_their_parts),
        cmocka_unit_test(a_damaged_face_is_refused_or_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
