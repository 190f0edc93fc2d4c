#include "typeset/metrics.h"

#include <errno.h>
#include <harfbuzz/hb-ot.h>
#include <harfbuzz/hb.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#define PAGE_CODES 256
#define PAGES      256 /* U+0000 to U+FFFF: what a PDF of ours can hold */
#define UNCOVERED  INT16_MIN

static const char *const face_files[FACE_COUNT] = {
    [FACE_SANS] = "sans.ttf",
    [FACE_SANS_BOLD] = "sans-bold.ttf",
    [FACE_SANS_ITALIC] = "sans-italic.ttf",
    [FACE_NARROW] = "narrow.ttf",
    [FACE_NARROW_BOLD] = "narrow-bold.ttf",
    [FACE_SERIF] = "serif.ttf",
    [FACE_SERIF_BOLD] = "serif-bold.ttf",
};

struct face_metrics {
    char *path;
    int16_t *pages[PAGES]; /* advances of 256 codes, NULL where none is covered */
    int32_t ascent, descent, cap_height;
};

struct metrics {
    struct face_metrics faces[FACE_COUNT];
};

static int32_t per_em(int64_t units, unsigned em)
{
    int64_t scaled = units * 1000;
    int64_t half = em / 2;
    return (int32_t)((scaled + (scaled < 0 ? -half : half)) / (int64_t)em);
}

static void note_advance(struct face_metrics *face, uint32_t code, int32_t advance)
{
    int16_t **page = &face->pages[code / PAGE_CODES];
    if (*page == NULL) {
        *page = mem_alloc(PAGE_CODES * sizeof **page);
        for (size_t i = 0; i < PAGE_CODES; i++)
            (*page)[i] = UNCOVERED;
    }
    (*page)[code % PAGE_CODES] = (int16_t)(advance > INT16_MAX ? INT16_MAX : advance < 0 ? 0 : advance);
}

static void read_advances(hb_face_t *source, hb_font_t *font, unsigned em, struct face_metrics *face)
{
    hb_set_t *codes = hb_set_create();
    hb_face_collect_unicodes(source, codes);
    hb_codepoint_t code = HB_SET_VALUE_INVALID;
    while (hb_set_next(codes, &code) && code < PAGES * PAGE_CODES) {
        hb_codepoint_t glyph = 0;
        if (code >= 0x20 && hb_font_get_nominal_glyph(font, code, &glyph) && glyph != 0)
            note_advance(face, code, per_em(hb_font_get_glyph_h_advance(font, glyph), em));
    }
    hb_set_destroy(codes);
}

static void read_heights(hb_font_t *font, unsigned em, struct face_metrics *face)
{
    hb_font_extents_t extents = {0};
    hb_font_get_h_extents(font, &extents);
    face->ascent = per_em(extents.ascender, em);
    face->descent = per_em(extents.descender, em);
    face->cap_height = 700;
    hb_codepoint_t glyph = 0;
    hb_glyph_extents_t ink = {0};
    if (hb_font_get_nominal_glyph(font, '1', &glyph) && hb_font_get_glyph_extents(font, glyph, &ink))
        face->cap_height = per_em(ink.y_bearing, em);
}

static bool read_face(struct face_metrics *face, struct err *err)
{
    errno = 0;
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(face->path);
    if (blob == NULL)
        return err_set(err, ERR_MACHINE, _("%s: the font cannot be read; the build makes it there from fonts-paratype"),
                       face->path);
    hb_face_t *source = hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(source);
    unsigned em = hb_face_get_upem(source);
    if (hb_face_get_glyph_count(source) > 0 && em > 0) {
        read_advances(source, font, em, face);
        read_heights(font, em, face);
    }
    hb_font_destroy(font);
    hb_face_destroy(source);
    hb_blob_destroy(blob);
    mem_check(); /* HarfBuzz goes on without what it can't get */
    /* A face without these is no face to print Russian with. */
    if (face->pages[0] == NULL || face->pages[4] == NULL || face->pages[0]['?'] == UNCOVERED)
        return err_set(err, ERR_MACHINE, _("%s: this is no font with Latin and Cyrillic letters; build it anew"),
                       face->path);
    return true;
}

bool metrics_open(const char *folder, struct metrics **out, struct err *err)
{
    struct metrics *metrics = mem_alloc(sizeof *metrics);
    for (size_t i = 0; i < FACE_COUNT; i++) {
        struct buffer path = {0};
        buffer_format(&path, "%s/%s", folder, face_files[i]);
        metrics->faces[i].path = path.data;
        if (!read_face(&metrics->faces[i], err)) {
            metrics_free(metrics);
            return false;
        }
    }
    *out = metrics;
    return true;
}

void metrics_free(struct metrics *metrics)
{
    if (metrics == NULL)
        return;
    for (size_t i = 0; i < FACE_COUNT; i++) {
        for (size_t page = 0; page < PAGES; page++)
            mem_free(metrics->faces[i].pages[page]);
        mem_free(metrics->faces[i].path);
    }
    mem_free(metrics);
}

const char *metrics_path(const struct metrics *metrics, enum face face)
{
    return metrics->faces[face].path;
}

static int16_t advance_of(const struct metrics *metrics, enum face face, uint32_t code)
{
    if (code >= PAGES * PAGE_CODES)
        return UNCOVERED;
    const int16_t *page = metrics->faces[face].pages[code / PAGE_CODES];
    return page == NULL ? UNCOVERED : page[code % PAGE_CODES];
}

bool metrics_covers(const struct metrics *metrics, enum face face, uint32_t code)
{
    return advance_of(metrics, face, code) != UNCOVERED;
}

int32_t metrics_advance(const struct metrics *metrics, enum face face, uint32_t code)
{
    int16_t advance = advance_of(metrics, face, code);
    return advance == UNCOVERED ? 0 : advance;
}

int32_t metrics_lookup(const struct metrics *metrics, enum face face, uint32_t code)
{
    return advance_of(metrics, face, code);
}

int32_t metrics_ascent(const struct metrics *metrics, enum face face)
{
    return metrics->faces[face].ascent;
}

int32_t metrics_descent(const struct metrics *metrics, enum face face)
{
    return metrics->faces[face].descent;
}

int32_t metrics_cap_height(const struct metrics *metrics, enum face face)
{
    return metrics->faces[face].cap_height;
}

int32_t metrics_width(const struct metrics *metrics, enum face face, int32_t size, int32_t spacing, const char *text)
{
    int64_t ems = 0, count = 0;
    for (uint32_t code; (code = text_next(&text)) != 0; count++)
        ems += metrics_advance(metrics, face, code);
    int64_t width = (ems * size + 999) / 1000 + count * spacing;
    return width > INT32_MAX ? INT32_MAX : (int32_t)width;
}
