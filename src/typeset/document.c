#include "typeset/document.h"

#include <string.h>

#include "base/mem.h"
#include "typeset/box.h"

static struct box *box_new(struct arena *arena, enum box_kind kind)
{
    struct box *box = arena_alloc(arena, sizeof *box);
    box->kind = kind;
    box->arena = arena;
    return box;
}

static const struct track *copy_tracks(struct arena *arena, const struct track *tracks, size_t count)
{
    struct track *copy = arena_alloc(arena, (count == 0 ? 1 : count) * sizeof *copy);
    if (count > 0)
        memcpy(copy, tracks, count * sizeof *copy);
    return copy;
}

struct box *box_text(struct arena *arena, enum align align)
{
    struct box *box = box_new(arena, BOX_TEXT);
    box->align = align;
    return box;
}

static void add_run(struct box *text, uint16_t style, const char *run, bool underlined)
{
    if (text->kind != BOX_TEXT || run == NULL || run[0] == '\0')
        return;
    text->runs = arena_grow(text->arena, text->runs, text->run_count, &text->run_room, sizeof *text->runs);
    text->runs[text->run_count++] = (struct run){.text = run, .style = style, .underlined = underlined};
}

void box_run(struct box *text, uint16_t style, const char *run)
{
    add_run(text, style, run, false);
}

void box_run_underlined(struct box *text, uint16_t style, const char *run)
{
    add_run(text, style, run, true);
}

void box_text_hyphenate(struct box *text, bool on)
{
    text->hyphenate = on;
}

void box_text_hang(struct box *text, int32_t indent)
{
    text->hang = indent;
}

struct box *box_stack(struct arena *arena)
{
    return box_new(arena, BOX_STACK);
}

struct box *box_row(struct arena *arena, const struct track *tracks, size_t count)
{
    struct box *box = box_new(arena, BOX_ROW);
    box->tracks = copy_tracks(arena, tracks, count);
    box->track_count = count;
    return box;
}

void box_row_align_last(struct box *row)
{
    row->align_last = true;
}

struct box *box_columns(struct arena *arena, size_t count, int32_t gap)
{
    struct box *box = box_new(arena, BOX_COLUMNS);
    box->track_count = count == 0 ? 1 : count;
    box->gap = gap;
    return box;
}

struct box *box_table(struct arena *arena, const struct track *tracks, size_t count, size_t header_rows)
{
    struct box *box = box_new(arena, BOX_TABLE);
    box->tracks = copy_tracks(arena, tracks, count);
    box->track_count = count;
    box->header_rows = header_rows;
    return box;
}

struct box *box_table_row(struct arena *arena, struct box *table)
{
    struct box *box = box_new(arena, BOX_ROW);
    box->tracks = table->tracks;
    box->track_count = table->track_count;
    box->align_last = table->child_count < table->header_rows;
    box_add(table, box);
    return box;
}

struct box *box_drawing(struct arena *arena, int32_t width, int32_t height)
{
    struct box *box = box_new(arena, BOX_DRAWING);
    box->width = width;
    box->height = height;
    return box;
}

void box_draw(struct box *drawing, struct prim prim)
{
    drawing->prims =
        arena_grow(drawing->arena, drawing->prims, drawing->prim_count, &drawing->prim_room, sizeof *drawing->prims);
    if (prim.kind == PRIM_POLYGON && prim.point_count > 0) {
        int32_t *points = arena_alloc(drawing->arena, prim.point_count * 2 * sizeof *points);
        memcpy(points, prim.points, prim.point_count * 2 * sizeof *points);
        prim.points = points;
    }
    drawing->prims[drawing->prim_count++] = prim;
}

struct box *box_space(struct arena *arena, int32_t height)
{
    struct box *box = box_new(arena, BOX_SPACE);
    box->height = height;
    return box;
}

void box_add(struct box *parent, struct box *child)
{
    if (parent->last == NULL)
        parent->first = child;
    else
        parent->last->next = child;
    parent->last = child;
    parent->child_count++;
}

void box_margin(struct box *box, int32_t before, int32_t after)
{
    box->before = before;
    box->after = after;
}

void box_padding(struct box *box, int32_t top, int32_t bottom)
{
    box->top = top;
    box->bottom = bottom;
}

void box_rule_above(struct box *box, int32_t width, int32_t grey, int32_t dash)
{
    box->above = (struct edge){.width = width, .grey = grey, .dash = dash};
}

void box_rule_below(struct box *box, int32_t width, int32_t grey, int32_t dash)
{
    box->below = (struct edge){.width = width, .grey = grey, .dash = dash};
}

void box_min_height(struct box *box, int32_t height)
{
    box->min_height = height;
}

void box_keep(struct box *box)
{
    box->keep = true;
}

void box_keep_with_next(struct box *box)
{
    box->keep_next = true;
}

void box_may_move(struct box *box, enum move move)
{
    box->move = move;
}
