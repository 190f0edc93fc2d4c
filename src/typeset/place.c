#include "typeset/place.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "typeset/box.h"
#include "typeset/flat.h"
#include "typeset/glyphs.h"
#include "typeset/lines.h"
#include "typeset/metrics.h"
#include "typeset/setting.h"
#include "typeset/signs.h"

#define UNDERLINE_WIDTH 600
#define UNDERLINE_BELOW 170 /* thousandths of the size under the baseline */
#define ITEMS_USUAL     512 /* of a page */
#define SIGN_LINE       45  /* width of a sign's outline, thousandths of the size */

void place_item(struct setting *setting, const struct item *item)
{
    if (setting->item_count == setting->item_room) {
        setting->item_room = setting->item_room == 0 ? ITEMS_USUAL : setting->item_room * 2;
        setting->items = mem_resize(setting->items, setting->item_room, sizeof *setting->items);
    }
    setting->items[setting->item_count++] = *item;
}

static void place_line(struct setting *setting, int32_t x, int32_t y, int32_t w, int32_t h, struct edge edge)
{
    place_item(setting, &(struct item){.kind = ITEM_LINE,
                                       .x = x,
                                       .y = y,
                                       .w = w,
                                       .h = h,
                                       .fill = -1,
                                       .stroke = edge.grey,
                                       .stroke_width = edge.width,
                                       .dash = edge.dash});
}

/* Distance of a glyph from another, thousandths of a point at the scale. */
static int32_t glyph_offset(const struct setting *setting, const struct text *text, uint32_t from, uint32_t glyph)
{
    return (int32_t)((text->glyphs[glyph].x - text->glyphs[from].x) / 1000 * setting->scale / 1000);
}

static bool is_blank(const struct glyph *glyph)
{
    return glyph->code == ' ' || glyph->code == 0xA0 || glyph->kind == GLYPH_MARK;
}

static void place_sign(struct setting *setting, const struct glyph *glyph, const struct style *style, int32_t x,
                       int32_t y)
{
    int32_t size = setting_scaled(setting, style->size);
    const struct sign *sign = sign_lookup(glyph->code);
    if (sign == NULL)
        return;
    int32_t *points = arena_alloc(setting->arena, SIGN_MOST_POINTS * 2 * sizeof *points);
    size_t count = sign_polygon(sign, x, y, size, points);
    place_item(setting, &(struct item){.kind = ITEM_POLYGON,
                                       .fill = sign->filled ? style->grey : -1,
                                       .stroke = sign->filled ? -1 : style->grey,
                                       .stroke_width = sign->filled ? 0 : size * SIGN_LINE / 1000,
                                       .points = points,
                                       .point_count = count});
}

/* «?» in a thin frame as high as a figure. */
static void place_missing(struct setting *setting, const struct glyph *glyph, const struct style *style, int32_t x,
                          int32_t y)
{
    int32_t size = setting_scaled(setting, style->size), mark = size * 7 / 10;
    enum face face = (enum face)glyph->face;
    int32_t height = (int32_t)((int64_t)metrics_cap_height(setting->metrics, face) * size / 1000);
    int32_t ink = (int32_t)((int64_t)metrics_cap_height(setting->metrics, face) * mark / 1000);
    int32_t width = (int32_t)((int64_t)SIGN_MISSING_ADVANCE * size / 1000), edge = size * 60 / 1000;
    int32_t wide = metrics_width(setting->metrics, face, mark, 0, "?");
    place_item(setting, &(struct item){.kind = ITEM_RECT,
                                       .x = x + edge,
                                       .y = y - height,
                                       .w = width - 2 * edge,
                                       .h = height,
                                       .fill = -1,
                                       .stroke = style->grey,
                                       .stroke_width = size * 35 / 1000});
    place_item(setting, &(struct item){.kind = ITEM_TEXT,
                                       .x = x + (width - wide) / 2,
                                       .y = y - (height - ink) / 2,
                                       .w = wide,
                                       .text = "?",
                                       .face = face,
                                       .size = mark,
                                       .fill = style->grey,
                                       .stroke = -1});
}

/* Width at the scale of so many characters that are `natural` millionths of a point wide, and of `more` thousandths of
 * the size after them, without the space behind the last. */
static int32_t chars_width(const struct setting *setting, const struct style *style, int64_t natural, int64_t count,
                           int32_t more)
{
    int64_t ems = (natural - count * style->spacing * 1000) / (style->size > 0 ? style->size : 1);
    count += more > 0;
    int64_t width = ((ems + more) * setting_scaled(setting, style->size) + 999) / 1000;
    return (int32_t)(width + (count - 1) * setting_scaled(setting, style->spacing));
}

static void place_words(struct setting *setting, const char *words, const struct style *style, enum face face,
                        int32_t width, int32_t x, int32_t y)
{
    place_item(setting, &(struct item){.kind = ITEM_TEXT,
                                       .x = x,
                                       .y = y,
                                       .w = width,
                                       .text = words,
                                       .face = face,
                                       .size = setting_scaled(setting, style->size),
                                       .spacing = setting_scaled(setting, style->spacing),
                                       .fill = style->grey,
                                       .stroke = -1});
}

/* Characters [from, to) of one run and face as one text. */
static void place_chars(struct setting *setting, const struct text *text, uint32_t from, uint32_t to, bool hyphen,
                        int32_t x, int32_t y)
{
    const struct glyph *first = &text->glyphs[from];
    const struct style *style = setting_style(setting, text->runs[first->run].style);
    enum face face = (enum face)first->face;
    int64_t count = text->mixed ? 0 : to - from;
    for (uint32_t i = from; text->mixed && i < to; i++)
        count += text->glyphs[i].kind == GLYPH_CHAR;
    int32_t width = chars_width(setting, style, text->glyphs[to].x - first->x, count,
                                hyphen ? metrics_advance(setting->metrics, face, '-') : 0);
    place_words(setting, text_utf8(setting->arena, text, from, to, hyphen ? "-" : ""), style, face, width, x, y);
}

/* All of a text that is just its run's. */
static void place_plain(struct setting *setting, const struct text *text, int32_t x, int32_t y)
{
    const struct style *style = setting_style(setting, text->runs->style);
    int32_t width = chars_width(setting, style, text->width, text->count, 0);
    place_words(setting, arena_copy_n(setting->arena, text->runs->text, text->bytes), style, style->face, width, x, y);
}

static bool is_char(const struct glyph *glyph)
{
    return glyph->kind == GLYPH_CHAR || glyph->kind == GLYPH_MARK;
}

/* One line's glyphs, the same run, face and kind together. */
static void place_groups(struct setting *setting, const struct text *text, uint32_t from, uint32_t to, bool hyphen,
                         int32_t x, int32_t y)
{
    if (text->bytes != 0 && from == 0 && to == text->count && !hyphen) {
        place_plain(setting, text, x, y);
        return;
    }
    for (uint32_t at = from; at < to;) {
        const struct glyph *first = &text->glyphs[at];
        if (is_blank(first)) {
            at++;
            continue;
        }
        int32_t left = x + glyph_offset(setting, text, from, at);
        const struct style *style = setting_style(setting, text->runs[first->run].style);
        if (first->kind == GLYPH_SIGN) {
            place_sign(setting, first, style, left, y);
            at++;
        } else if (first->kind == GLYPH_MISSING) {
            place_missing(setting, first, style, left, y);
            at++;
        } else {
            uint32_t end = text->mixed ? at : to, last = end;
            while (last > at && is_blank(&text->glyphs[last - 1]))
                last--;
            for (; end < to && is_char(&text->glyphs[end]) && text->glyphs[end].run == first->run &&
                   (text->glyphs[end].face == first->face || text->glyphs[end].kind == GLYPH_MARK);
                 end++)
                if (!is_blank(&text->glyphs[end]))
                    last = end + 1;
            place_chars(setting, text, at, last, hyphen && end == to, left, y);
            at = end;
        }
    }
}

static void place_underlines(struct setting *setting, const struct text *text, uint32_t from, uint32_t to, int32_t x,
                             int32_t y)
{
    for (uint32_t at = from; text->underlined && at < to;) {
        if (!text->runs[text->glyphs[at].run].underlined || is_blank(&text->glyphs[at])) {
            at++;
            continue;
        }
        uint32_t end = at, last = at;
        for (; end < to && text->runs[text->glyphs[end].run].underlined; end++)
            if (!is_blank(&text->glyphs[end]))
                last = end;
        const struct style *style = setting_style(setting, text->runs[text->glyphs[at].run].style);
        int32_t left = x + glyph_offset(setting, text, from, at);
        int32_t right = x + glyph_offset(setting, text, from, last + 1) - setting_scaled(setting, style->spacing);
        int32_t below = y + (int32_t)((int64_t)setting_scaled(setting, style->size) * UNDERLINE_BELOW / 1000);
        place_line(setting, left, below, right - left, 0, (struct edge){.width = UNDERLINE_WIDTH, .grey = style->grey});
        at = end;
    }
}

void place_glyphs(struct setting *setting, const struct text *text, uint32_t from, uint32_t to, int32_t x, int32_t y)
{
    place_groups(setting, text, from, to, false, x, y);
    place_underlines(setting, text, from, to, x, y);
}

static int32_t aligned(enum align align, int32_t room, int32_t width)
{
    return align == ALIGN_RIGHT ? room - width : align == ALIGN_CENTRE ? (room - width) / 2 : 0;
}

static void place_lines(struct setting *setting, const struct piece *piece, int32_t width, int32_t x, int32_t y)
{
    const struct box *box = piece->box;
    for (uint32_t i = piece->line_from; i < piece->line_to; i++) {
        const struct line *line = &piece->broken->lines[i];
        int32_t indent = i == 0 ? 0 : setting_scaled(setting, box->hang);
        int32_t left = x + indent + aligned(box->align, width - indent, setting_scaled(setting, line->width));
        int32_t baseline = y + setting_scaled(setting, line->ascent);
        place_groups(setting, box->text, line->from, line->to, line->hyphen, left, baseline);
        place_underlines(setting, box->text, line->from, line->to, left, baseline);
        y += setting_scaled(setting, line->height);
    }
}

static void place_pad(struct setting *setting, const struct piece *piece, int32_t width, int32_t x, int32_t y)
{
    const struct edge *rule = piece->rule;
    if (rule->width > 0)
        place_line(setting, x, y + (piece->closes ? piece->height - rule->width / 2 : rule->width / 2), width, 0,
                   *rule);
}

static void place_prim(struct setting *setting, const struct prim *prim, const struct text *text, int32_t x, int32_t y)
{
    struct item item = {.x = x + prim->x,
                        .y = y + prim->y,
                        .w = prim->w,
                        .h = prim->h,
                        .fill = prim->fill,
                        .stroke = prim->stroke,
                        .stroke_width = prim->stroke_width,
                        .dash = prim->dash};
    if (prim->kind == PRIM_TEXT) {
        int32_t scale = setting->scale;
        setting->scale = 1000; /* a drawing keeps its size, and so do its words */
        int32_t width = glyph_offset(setting, text, 0, text->count);
        place_glyphs(setting, text, 0, text->count, item.x + aligned(prim->align, 0, width), item.y);
        setting->scale = scale;
        return;
    }
    if (prim->kind == PRIM_POLYGON) {
        int32_t *points = arena_alloc(setting->arena, (prim->point_count + 1) * 2 * sizeof *points);
        for (size_t i = 0; i < prim->point_count; i++) {
            points[2 * i] = x + prim->points[2 * i];
            points[2 * i + 1] = y + prim->points[2 * i + 1];
        }
        item.points = points;
        item.point_count = prim->point_count;
    }
    item.kind = prim->kind == PRIM_LINE ? ITEM_LINE : prim->kind == PRIM_RECT ? ITEM_RECT : ITEM_POLYGON;
    place_item(setting, &item);
}

static int32_t place_columns(struct setting *setting, const struct piece *piece, const struct spot *from,
                             struct space space, int32_t x, int32_t y)
{
    const struct flat_columns *columns = piece->columns;
    struct columns_filled filled = {.starts =
                                        arena_alloc(setting->scratch, (columns->count + 1) * sizeof(struct spot))};
    fill_columns(setting, columns, from, space, &filled);
    for (size_t i = 0; i < columns->count; i++, x += columns->flat.width + columns->gap)
        place_flat(setting, &columns->flat, filled.starts[i], filled.starts[i + 1], filled.space, x, y);
    return filled.used;
}

static void place_row(struct setting *setting, const struct piece *piece, const struct spot *from,
                      const struct spot *end, struct space space, int32_t x, int32_t y)
{
    for (size_t i = 0; i < piece->row->count; i++) {
        const struct flat_cell *cell = &piece->row->cells[i];
        struct spot begin = from == NULL ? (struct spot){0} : from[i];
        struct spot stop = end == NULL ? (struct spot){.index = cell->flat.count} : end[i];
        int32_t top = from == NULL ? cell->y : 0;
        struct space inside = {
            .height = space.height - (top > 0 ? top : 0), .stretch = 1000, .must = space.must, .gaps = true};
        if (from == NULL && end == NULL)
            inside.height = SETTING_ENDLESS;
        place_flat(setting, &cell->flat, begin, stop, inside, x + cell->x, y + top);
    }
}

/* Places one piece and returns the height it takes. */
static int32_t place_piece(struct setting *setting, const struct flat *flat, const struct piece *piece,
                           const struct spot *from, const struct spot *end, struct space space, int32_t x, int32_t y)
{
    int32_t used = piece->height;
    switch (piece->kind) {
    case PIECE_PAD:
        place_pad(setting, piece, flat->width, x, y);
        break;
    case PIECE_LINES:
        place_lines(setting, piece, flat->width, x, y);
        break;
    case PIECE_DRAWING:
        for (size_t i = 0; i < piece->box->prim_count; i++)
            place_prim(setting, &piece->box->prims[i], piece->box->prim_texts[i], x, y);
        break;
    case PIECE_COLUMNS:
        used = place_columns(setting, piece, from, space, x, y);
        break;
    case PIECE_ROW:
        if (from != NULL || piece->height > space.height) { /* what is left of it, or all but its last margin */
            const struct spot *rest = NULL;
            fill_row(setting, piece, from, space, &rest, &used);
        }
        place_row(setting, piece, from, end, space, x, y);
        break;
    }
    return used;
}

void place_flat(struct setting *setting, const struct flat *flat, struct spot from, struct spot end, struct space space,
                int32_t x, int32_t y)
{
    int32_t top = y;
    const struct repeat *repeat = fill_repeat(flat, from);
    if (repeat != NULL && (from.index < end.index || end.inner != NULL)) {
        struct space whole = {.height = SETTING_ENDLESS, .stretch = 1000};
        struct spot first = {.index = repeat->from}, last = {.index = repeat->to};
        place_flat(setting, flat, first, last, whole, x, y);
        y += repeat->height;
    }
    for (size_t at = from.index; at < flat->count && (at < end.index || (at == end.index && end.inner != NULL)); at++) {
        const struct piece *piece = &flat->pieces[at];
        if (at > from.index || (space.gaps && at == 0))
            y += flat_gap(piece, space.stretch);
        struct space left = {
            .height = space.height - (y - top), .stretch = space.stretch, .must = space.must && at == from.index};
        y += place_piece(setting, flat, piece, at == from.index ? from.inner : NULL, at == end.index ? end.inner : NULL,
                         left, x, y);
    }
}
