#include "typeset/fill.h"

#include "base/mem.h"
#include "typeset/flat.h"
#include "typeset/setting.h"

#define LEVEL_ENOUGH 250 /* columns are level to this, thousandths of a point */

bool fill_done(const struct flat *flat, struct spot spot)
{
    return spot.index >= flat->count;
}

bool fill_same(const struct flat *flat, struct spot a, struct spot b)
{
    if (a.index != b.index || (a.inner == NULL) != (b.inner == NULL))
        return false;
    if (a.inner == NULL || a.inner == b.inner)
        return true;
    const struct piece *piece = &flat->pieces[a.index];
    if (piece->kind == PIECE_COLUMNS)
        return fill_same(&piece->columns->flat, *a.inner, *b.inner);
    for (size_t i = 0; i < piece->row->count; i++)
        if (!fill_same(&piece->row->cells[i].flat, a.inner[i], b.inner[i]))
            return false;
    return true;
}

const struct repeat *fill_repeat(const struct flat *flat, struct spot from)
{
    if (from.index >= flat->count)
        return NULL;
    const struct repeat *repeat = flat->pieces[from.index].repeat;
    return repeat != NULL && (from.index > repeat->to || (from.index == repeat->to && from.inner != NULL)) ? repeat
                                                                                                           : NULL;
}

/* A fill on its way: y is what is taken before piece `at`. */
struct filling {
    struct setting *setting;
    const struct flat *flat;
    struct spot from;
    struct space space;
    int32_t y;
    size_t best;  /* the best place to break so far; 0: none */
    enum tie tie; /* of `best` */
    int32_t best_y;
};

/* Puts a piece that fits (or, of columns, as much as does). True: it is done, and y is below it. Else `inner` is where
 * in it the rest begins, NULL where nothing of it fits. */
static bool put_piece(struct filling *filling, size_t at, int32_t gap, const struct spot **inner)
{
    const struct piece *piece = &filling->flat->pieces[at];
    const struct spot *begun = at == filling->from.index ? filling->from.inner : NULL;
    bool must = filling->space.must && at == filling->from.index;
    struct space space = {
        .height = filling->space.height - filling->y - gap, .stretch = filling->space.stretch, .must = must};
    bool whole = begun == NULL && (piece->kind != PIECE_COLUMNS || space.stretch == 1000);
    if (whole && piece->height <= space.height) {
        filling->y += gap + piece->height;
        return true;
    }
    int32_t used = 0;
    bool put = false;
    if (piece->kind == PIECE_COLUMNS) {
        struct columns_filled filled = {0};
        put = fill_columns(filling->setting, piece->columns, begun, space, &filled);
        used = filled.used;
        if (put && !fill_done(&piece->columns->flat, filled.end)) {
            struct spot *kept = arena_alloc(filling->setting->scratch, sizeof *kept);
            *kept = filled.end;
            *inner = kept;
        }
    } else if (piece->kind == PIECE_ROW && (begun != NULL || must || piece->height > filling->setting->full)) {
        put = fill_row(filling->setting, piece, begun, space, inner, &used);
    }
    if (put)
        filling->y += gap + used;
    return put && *inner == NULL;
}

static void note_break(struct filling *filling, size_t at)
{
    enum tie tie = filling->flat->pieces[at].tie;
    if (filling->best != 0 && tie > filling->tie)
        return;
    filling->best = at;
    filling->tie = tie;
    filling->best_y = filling->y;
}

bool fill_flat(struct setting *setting, const struct flat *flat, struct spot from, struct space space, struct spot *end,
               int32_t *used)
{
    struct filling filling = {.setting = setting, .flat = flat, .from = from, .space = space};
    const struct repeat *repeat = fill_repeat(flat, from);
    if (repeat != NULL)
        filling.y = repeat->height;
    for (size_t at = from.index; at < flat->count; at++) {
        const struct piece *piece = &flat->pieces[at];
        int32_t gap = at > from.index || (space.gaps && at == 0) ? flat_gap(piece, space.stretch) : 0;
        if (at > from.index)
            note_break(&filling, at);
        const struct spot *inner = NULL;
        if (put_piece(&filling, at, gap, &inner))
            continue;
        *used = filling.y;
        if (inner != NULL) {
            *end = (struct spot){.index = at, .inner = inner};
            return true;
        }
        if (at == from.index) { /* higher than all there is: over the edge rather than lost */
            *end = (struct spot){.index = at + 1};
            *used = filling.y + piece->height;
            return space.must;
        }
        *end = (struct spot){.index = filling.best};
        *used = filling.best_y;
        return filling.tie == TIE_NONE || space.must;
    }
    *end = (struct spot){.index = flat->count};
    *used = filling.y;
    return true;
}

/* One try: columns in `filled->space`. True: something went in. */
static bool try_columns(struct setting *setting, const struct flat_columns *columns, struct spot from,
                        struct columns_filled *filled)
{
    struct spot at = from;
    filled->used = 0;
    for (size_t i = 0; i < columns->count; i++) {
        struct spot next = at;
        int32_t taken = 0;
        if (filled->starts != NULL)
            filled->starts[i] = at;
        if (fill_done(&columns->flat, at) || !fill_flat(setting, &columns->flat, at, filled->space, &next, &taken))
            continue;
        at = next;
        filled->used = taken > filled->used ? taken : filled->used;
    }
    if (filled->starts != NULL)
        filled->starts[columns->count] = at;
    filled->end = at;
    return at.index != from.index || at.inner != from.inner;
}

/* In which space the columns were filled last, from their beginning, and which of each came of it: a page that is
 * placed asks what was asked when it was filled. */
struct level {
    struct space asked, found;
};

static bool same_space(struct space a, struct space b)
{
    return a.height == b.height && a.stretch == b.stretch && a.must == b.must && a.gaps == b.gaps;
}

/* What the columns hold at least, gaps aside, all together; 0: not known, a piece can be broken inside. */
static int64_t least_of(const struct setting *setting, const struct flat_columns *columns, struct spot begin)
{
    int64_t least = 0;
    for (size_t i = 0; i < columns->flat.count; i++) {
        const struct piece *piece = &columns->flat.pieces[i];
        bool whole = piece->kind != PIECE_COLUMNS && (piece->kind != PIECE_ROW || piece->height <= setting->full);
        if (!whole || begin.index > 0 || begin.inner != NULL)
            return 0;
        least += piece->height;
    }
    return least;
}

/* All goes into `space`: into the lowest that holds it, as level as the breaks allow. */
static struct space level_space(struct setting *setting, const struct flat_columns *columns, struct spot begin,
                                const struct columns_filled *filled)
{
    int32_t low = 0, high = filled->used;
    struct space space = filled->space;
    if (begin.index == 0 && begin.inner == NULL && columns->flat.height < SETTING_ENDLESS)
        low = columns->flat.height / (int32_t)columns->count / 2;
    struct columns_filled level = {.space = {.stretch = space.stretch}};
    int64_t least = least_of(setting, columns, begin);
    bool levelled = false;
    while (high - low > LEVEL_ENOUGH) {
        level.space.height = low + (high - low) / 2;
        if (level.space.height * (int64_t)columns->count < least) {
            low = level.space.height;
        } else if (try_columns(setting, columns, begin, &level) && fill_done(&columns->flat, level.end)) {
            high = level.used < level.space.height ? level.used : level.space.height;
            levelled = true;
        } else {
            low = level.space.height;
        }
    }
    return levelled ? (struct space){.height = high, .stretch = space.stretch} : space;
}

bool fill_columns(struct setting *setting, const struct flat_columns *columns, const struct spot *from,
                  struct space space, struct columns_filled *filled)
{
    struct spot begin = from == NULL ? (struct spot){0} : *from;
    struct level *level = columns->level;
    if (from == NULL && same_space(level->asked, space)) {
        filled->space = level->found;
        return try_columns(setting, columns, begin, filled);
    }
    filled->space = space;
    if (!try_columns(setting, columns, begin, filled))
        return false;
    bool all = fill_done(&columns->flat, filled->end) && columns->count > 1;
    struct space found = all ? level_space(setting, columns, begin, filled) : space;
    if (from == NULL)
        *level = (struct level){.asked = space, .found = found};
    if (same_space(found, space))
        return true;
    filled->space = found;
    return try_columns(setting, columns, begin, filled);
}

int32_t fill_columns_height(struct setting *setting, struct flat_columns *columns)
{
    columns->level = arena_alloc(setting->scratch, sizeof *columns->level);
    struct space space = {.height = SETTING_ENDLESS, .stretch = 1000};
    struct columns_filled filled = {0};
    fill_columns(setting, columns, NULL, space, &filled);
    return filled.used;
}

bool fill_row(struct setting *setting, const struct piece *piece, const struct spot *from, struct space space,
              const struct spot **end, int32_t *used)
{
    const struct flat_row *row = piece->row;
    struct spot *ends = arena_alloc(setting->scratch, (row->count + 1) * sizeof *ends);
    bool done = true, any = false;
    *used = 0;
    for (size_t i = 0; i < row->count; i++) {
        const struct flat_cell *cell = &row->cells[i];
        struct spot begin = from == NULL ? (struct spot){0} : from[i];
        int32_t taken = 0, top = from == NULL && cell->y > 0 ? cell->y : 0;
        ends[i] = begin;
        if (fill_done(&cell->flat, begin))
            continue;
        struct space inside = {.height = space.height - top, .stretch = 1000, .must = space.must, .gaps = true};
        if (!fill_flat(setting, &cell->flat, begin, inside, &ends[i], &taken))
            return false;
        any = true;
        done = done && fill_done(&cell->flat, ends[i]);
        *used = top + taken > *used ? top + taken : *used;
    }
    *end = done ? NULL : ends;
    return any || done;
}
