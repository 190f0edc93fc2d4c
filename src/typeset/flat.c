#include "typeset/flat.h"

#include <string.h>

#include "base/mem.h"
#include "typeset/fill.h"
#include "typeset/lines.h"
#include "typeset/setting.h"

#define LEAST_SHARE 14000 /* a share is never narrower than this, thousandths of a point: fixed columns give way */

static void flat_box(struct setting *setting, struct flat *flat, const struct box *box);

/* Waiting margins collapse to the largest. */
static void note_margin(struct flat *flat, int32_t margin)
{
    flat->margin = margin > flat->margin ? margin : flat->margin;
}

static struct piece *add_piece(struct setting *setting, struct flat *flat, enum piece_kind kind, const struct box *box)
{
    flat->pieces = arena_grow(setting->scratch, flat->pieces, flat->count, &flat->room, sizeof *flat->pieces);
    struct piece *piece = &flat->pieces[flat->count++];
    *piece = (struct piece){.kind = (uint8_t)kind,
                            .tie = (uint8_t)flat->tie,
                            .gap = flat->margin,
                            .space = flat->space,
                            .box = box,
                            .repeat = flat->repeat};
    flat->margin = 0;
    flat->space = 0;
    flat->tie = TIE_NONE;
    return piece;
}

/* Height of pieces from `from` on, without the gap before the first. */
static int32_t height_from(const struct flat *flat, size_t from)
{
    int64_t height = 0;
    for (size_t i = from; i < flat->count; i++)
        height += (i > from ? flat_gap(&flat->pieces[i], 1000) : 0) + flat->pieces[i].height;
    return height > SETTING_ENDLESS ? SETTING_ENDLESS : (int32_t)height;
}

static void close_flat(struct flat *flat)
{
    int64_t height = height_from(flat, 0) + (flat->count > 0 ? flat_gap(&flat->pieces[0], 1000) : 0);
    height += (int64_t)flat->margin + flat->space;
    flat->height = height > SETTING_ENDLESS ? SETTING_ENDLESS : (int32_t)height;
    for (size_t i = 0; i < flat->count; i++)
        flat->fixed += flat->pieces[i].fixed;
}

/* Two lines at least stay together at the head and the foot of a page. */
static void flat_text(struct setting *setting, struct flat *flat, const struct box *box)
{
    const struct broken *broken = lines_break(setting, box, flat->width);
    for (uint32_t from = 0; from < broken->count;) {
        uint32_t left = broken->count - from, take = left <= 3 ? left : from == 0 ? 2 : left == 2 ? 2 : 1;
        struct piece *piece = add_piece(setting, flat, PIECE_LINES, box);
        piece->broken = broken;
        piece->line_from = from;
        piece->line_to = from + take;
        for (uint32_t i = from; i < from + take; i++)
            piece->height += setting_scaled(setting, broken->lines[i].height);
        from += take;
    }
}

/* Widths of a row's cells: fixed ones as they are, shares from the rest; too wide ones give way. */
static const int32_t *share_widths(struct setting *setting, const struct box *box, int32_t width)
{
    struct widths *last = &setting->shared;
    if (last->tracks == box->tracks && last->width == width && last->scale == setting->scale)
        return last->widths;
    int32_t *widths = arena_alloc(setting->scratch, (box->track_count + 1) * sizeof *widths);
    int64_t fixed = 0, shares = 0, gaps = 0, sharing = 0;
    for (size_t i = 0; i < box->track_count; i++) {
        const struct track *track = &box->tracks[i];
        gaps += i + 1 < box->track_count ? setting_scaled(setting, track->gap) : 0;
        fixed += track->width > 0 ? setting_scaled(setting, track->width) : 0;
        shares += track->width > 0 ? 0 : track->share > 0 ? track->share : 1;
        sharing += track->width > 0 ? 0 : 1;
    }
    int64_t room = width - gaps > 0 ? width - gaps : 0;
    int64_t least = sharing * setting_scaled(setting, LEAST_SHARE);
    least = least > room / 2 ? room / 2 : least;
    int64_t for_fixed = fixed > room - least ? room - least : fixed;
    for (size_t i = 0; i < box->track_count; i++) {
        const struct track *track = &box->tracks[i];
        if (track->width > 0)
            widths[i] = (int32_t)(setting_scaled(setting, track->width) * for_fixed / (fixed > 0 ? fixed : 1));
        else
            widths[i] = (int32_t)((room - for_fixed) * (track->share > 0 ? track->share : 1) / shares);
    }
    *last = (struct widths){box->tracks, width, setting->scale, widths};
    return widths;
}

static struct first_line first_line(const struct setting *setting, const struct flat *flat)
{
    struct first_line first = {0};
    int32_t y = 0;
    for (size_t i = 0; i < flat->count; i++) {
        const struct piece *piece = &flat->pieces[i];
        y += flat_gap(piece, 1000);
        if (piece->kind == PIECE_PAD && !piece->closes) {
            y += piece->height;
            continue;
        }
        if (piece->kind == PIECE_LINES) {
            const struct line *line = &piece->broken->lines[piece->line_from];
            first.text = true;
            first.baseline = y + setting_scaled(setting, line->ascent);
            first.ink = y == 0 ? setting_scaled(setting, line->ink) : first.baseline;
        } else if (piece->kind == PIECE_ROW && piece->row->baseline >= 0) {
            first = (struct first_line){.text = true, .baseline = y + piece->row->baseline};
            first.ink = first.baseline;
        } else if (piece->kind == PIECE_DRAWING) {
            first.drawing = true;
            first.baseline = y + piece->height;
        }
        break;
    }
    return first;
}

/* Baseline of the last line from the cell's top; -1: it does not end with text. */
static int32_t last_baseline(const struct setting *setting, const struct flat *flat)
{
    if (flat->count == 0 || flat->pieces[flat->count - 1].kind != PIECE_LINES)
        return -1;
    const struct piece *piece = &flat->pieces[flat->count - 1];
    const struct line *line = &piece->broken->lines[piece->line_to - 1];
    int32_t bottom = flat->height - flat->margin - flat->space;
    return bottom - setting_scaled(setting, line->height) + setting_scaled(setting, line->ascent);
}

/* All first baselines on one line. It lies as high as the smallest text wants, so that rows with and without a large
 * figure begin alike, yet no figure reaches out of the row. A drawing that is low enough stands on the line. */
static void align_first(const struct setting *setting, struct flat_row *row)
{
    int32_t least = INT32_MAX, ink = 0;
    row->baseline = -1;
    for (size_t i = 0; i < row->count; i++) {
        const struct first_line *first = &row->cells[i].first;
        row->cells[i].first = first_line(setting, &row->cells[i].flat);
        if (!first->text)
            continue;
        least = first->baseline < least ? first->baseline : least;
        ink = first->ink > ink ? first->ink : ink;
        row->baseline = least > ink ? least : ink;
    }
    for (size_t i = 0; i < row->count && row->baseline >= 0; i++) {
        const struct first_line *first = &row->cells[i].first;
        if (first->text || (first->drawing && first->baseline <= row->baseline))
            row->cells[i].y = row->baseline - first->baseline;
    }
}

/* A table's head: the last baselines on one line. */
static void align_last(const struct setting *setting, struct flat_row *row)
{
    int32_t lowest = 0;
    for (size_t i = 0; i < row->count; i++) {
        int32_t baseline = last_baseline(setting, &row->cells[i].flat);
        lowest = baseline > lowest ? baseline : lowest;
    }
    for (size_t i = 0; i < row->count; i++) {
        int32_t baseline = last_baseline(setting, &row->cells[i].flat);
        if (baseline >= 0)
            row->cells[i].y = lowest - baseline;
    }
    row->baseline = lowest;
}

static void flat_row(struct setting *setting, struct flat *flat, const struct box *box)
{
    struct flat_row *row = arena_alloc(setting->scratch, sizeof *row);
    const int32_t *widths = share_widths(setting, box, flat->width);
    row->cells = arena_alloc(setting->scratch, (box->track_count + 1) * sizeof *row->cells);
    int32_t x = 0;
    for (const struct box *cell = box->first; cell != NULL && row->count < box->track_count; cell = cell->next) {
        struct flat_cell *made = &row->cells[row->count];
        made->x = x;
        made->flat.width = widths[row->count];
        flat_box(setting, &made->flat, cell);
        close_flat(&made->flat);
        x += widths[row->count] + setting_scaled(setting, box->tracks[row->count].gap);
        row->count++;
    }
    if (box->align_last)
        align_last(setting, row);
    else
        align_first(setting, row);
    struct piece *piece = add_piece(setting, flat, PIECE_ROW, box);
    piece->row = row;
    for (size_t i = 0; i < row->count; i++) {
        int32_t bottom = row->cells[i].y + row->cells[i].flat.height;
        if (bottom <= piece->height)
            continue;
        piece->height = bottom;
        piece->fixed = row->cells[i].flat.fixed;
    }
}

static void flat_columns(struct setting *setting, struct flat *flat, const struct box *box)
{
    struct flat_columns *columns = arena_alloc(setting->scratch, sizeof *columns);
    columns->count = box->track_count;
    columns->gap = setting_scaled(setting, box->gap);
    int64_t room = flat->width - (int64_t)columns->gap * (int64_t)(columns->count - 1);
    columns->flat.width = room > 0 ? (int32_t)(room / (int64_t)columns->count) : 0;
    for (const struct box *child = box->first; child != NULL; child = child->next)
        flat_box(setting, &columns->flat, child);
    close_flat(&columns->flat);
    if (columns->flat.count == 0)
        return;
    struct piece *piece = add_piece(setting, flat, PIECE_COLUMNS, box);
    piece->columns = columns;
    piece->height = fill_columns_height(setting, columns);
    piece->fixed = columns->flat.fixed < piece->height ? columns->flat.fixed : piece->height;
}

static void flat_table(struct setting *setting, struct flat *flat, const struct box *box)
{
    const struct repeat *outer = flat->repeat;
    struct repeat *repeat = arena_alloc(setting->scratch, sizeof *repeat);
    size_t rows = 0;
    repeat->from = flat->count;
    for (const struct box *child = box->first; child != NULL; child = child->next, rows++) {
        if (rows == box->header_rows && rows > 0) {
            repeat->to = flat->count;
            repeat->height = height_from(flat, repeat->from);
            flat->repeat = repeat->height < setting->full / 2 ? repeat : outer;
            flat->tie = TIE_HEADING;
        }
        flat_box(setting, flat, child);
        if (rows < box->header_rows)
            flat->tie = TIE_HEADING;
    }
    flat->repeat = outer;
}

static void flat_content(struct setting *setting, struct flat *flat, const struct box *box)
{
    struct piece *piece;
    switch (box->kind) {
    case BOX_TEXT:
        flat_text(setting, flat, box);
        break;
    case BOX_STACK:
        for (const struct box *child = box->first; child != NULL; child = child->next)
            flat_box(setting, flat, child);
        break;
    case BOX_ROW:
        flat_row(setting, flat, box);
        break;
    case BOX_COLUMNS:
        flat_columns(setting, flat, box);
        break;
    case BOX_TABLE:
        flat_table(setting, flat, box);
        break;
    case BOX_DRAWING:
        piece = add_piece(setting, flat, PIECE_DRAWING, box);
        piece->height = box->height;
        piece->fixed = box->height;
        break;
    case BOX_SPACE:
        break;
    }
}

/* A rule with its padding at a box's top or bottom. */
static void add_pad(struct setting *setting, struct flat *flat, const struct box *box, bool closes, int32_t extra)
{
    const struct edge *rule = closes ? &box->below : &box->above;
    int32_t height = rule->width + setting_aired(setting, closes ? box->bottom : box->top) + extra;
    if (height <= 0)
        return;
    if (closes)
        flat->tie = TIE_HARD;
    struct piece *pad = add_piece(setting, flat, PIECE_PAD, box);
    pad->rule = rule;
    pad->closes = closes;
    pad->height = height;
    pad->fixed = rule->width;
    if (!closes)
        flat->tie = TIE_HARD;
}

/* What closes a box that began with piece `start`: its padding and rule, and what it lacks of its least height. */
static void close_frame(struct setting *setting, struct flat *flat, const struct box *box, size_t start)
{
    int32_t closing = setting_aired(setting, box->bottom) + box->below.width;
    int32_t least = setting_least(setting, box->min_height);
    int32_t extra = box->kind == BOX_SPACE ? setting_scaled(setting, box->height) : 0;
    int32_t natural = height_from(flat, start) + closing + extra;
    if (flat->count > start) /* margins of the last child inside a closing rule or padding */
        natural += flat->margin + flat->space;
    add_pad(setting, flat, box, true, extra + (least > natural ? least - natural : 0));
}

static void flat_box(struct setting *setting, struct flat *flat, const struct box *box)
{
    bool framed =
        box->above.width > 0 || box->below.width > 0 || box->top > 0 || box->bottom > 0 || box->min_height > 0;
    if (box->kind == BOX_SPACE && !framed) {
        int32_t space = setting_aired(setting, box->height), most = setting_scaled(setting, box->height);
        flat->space += space < most ? space : most;
        return;
    }
    note_margin(flat, setting_aired(setting, box->before));
    size_t start = flat->count;
    if (framed)
        add_pad(setting, flat, box, false, 0);
    flat_content(setting, flat, box);
    if (framed)
        close_frame(setting, flat, box, start);
    if (box->keep && height_from(flat, start) <= setting->full)
        for (size_t i = start + 1; i < flat->count; i++)
            flat->pieces[i].tie = flat->pieces[i].tie > TIE_KEEP ? flat->pieces[i].tie : TIE_KEEP;
    note_margin(flat, setting_aired(setting, box->after));
    if (box->keep_next && flat->count > start)
        flat->tie = TIE_HEADING;
}

struct flat *flat_make(struct setting *setting, const struct box *box, int32_t width)
{
    struct flat *flat = arena_alloc(setting->scratch, sizeof *flat);
    flat->width = width;
    flat_box(setting, flat, box);
    close_flat(flat);
    return flat;
}
