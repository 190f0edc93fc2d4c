#include "typeset/arrange.h"

#include "base/mem.h"
#include "typeset/box.h"
#include "typeset/setting.h"

#define MOST_MOVABLE 5
#define SQUEEZED     2            /* closer than this paddings give way: not in long documents, nor in lists to sign */
#define SHORT        4            /* pages of a document that is not long */
#define JOIN_MARGIN  (5 * DOC_MM) /* above the head of a part that goes on below another */
#define JOINED       (1U << MOST_MOVABLE) /* bit of a plan: the second part goes on below the first */

struct block {
    struct box *box;
    size_t part;
    uint32_t bit; /* in a plan: it moves; 0: it never does */
};

struct blocks {
    struct block *items;
    size_t count;
    uint32_t early, movable, last; /* plans */
};

struct choice {
    uint32_t plan;
    int close;
    size_t pages, score;
};

struct search {
    struct setting *setting;
    const struct frame *frame;
    struct blocks blocks;
    struct choice best, last; /* last: as `arranged` stands, and as the blocks hang in their stacks */
    struct arranged arranged;
};

/* Blocks move only between the two sides of a sheet. */
static struct blocks list_blocks(const struct setting *setting)
{
    const struct document *document = setting->document;
    struct blocks blocks = {0};
    size_t room = 1;
    for (size_t i = 0; i < document->part_count; i++)
        room += document->parts[i].body == NULL ? 0 : document->parts[i].body->child_count;
    blocks.items = arena_alloc(setting->scratch, room * sizeof *blocks.items);
    uint32_t bit = 1;
    for (size_t i = 0; i < document->part_count && document->part_count == 2; i++) {
        struct box *body = document->parts[i].body;
        for (struct box *box = body == NULL ? NULL : body->first; box != NULL; box = box->next) {
            struct block *block = &blocks.items[blocks.count++];
            *block = (struct block){.box = box, .part = i};
            bool back = i == 1 && (box->move == MOVE_IF_TIGHT || box->move == MOVE_IF_ROOM);
            if (bit == JOINED || !(back || box->move == MOVE_LAST))
                continue;
            block->bit = bit;
            blocks.movable |= bit;
            blocks.early |= box->move == MOVE_IF_ROOM ? bit : 0;
            blocks.last |= box->move == MOVE_LAST ? bit : 0;
            bit <<= 1;
        }
    }
    return blocks;
}

static void add_to(struct box *stack, struct box *box)
{
    box->next = NULL;
    box_add(stack, box);
}

/* The document's parts by a plan, in scratch memory; the last blocks have a part of their own. False: a part would give
 * away all it has. */
static bool parts_by(struct setting *setting, const struct blocks *blocks, uint32_t plan, struct doc_part *parts,
                     size_t *count)
{
    const struct document *document = setting->document;
    *count = document->part_count;
    for (size_t i = 0; i < *count; i++)
        parts[i] = document->parts[i];
    if (plan == 0 && blocks->movable == 0)
        return true;
    struct box *stacks[3];
    for (size_t i = 0; i < 3; i++)
        stacks[i] = box_stack(setting->scratch);
    for (size_t i = 0; i < blocks->count; i++) {
        const struct block *block = &blocks->items[i];
        bool moved = (block->bit & plan) != 0;
        add_to(stacks[!moved ? block->part : (block->bit & blocks->last) != 0 ? 2 : block->part - 1], block->box);
    }
    for (size_t i = 0; i < 2; i++) {
        const struct box *whole = document->parts[i].body;
        if (stacks[i]->child_count == 0 && whole != NULL && whole->child_count > 0)
            return false;
        parts[i].body = stacks[i];
    }
    if ((plan & blocks->last) != 0)
        parts[(*count)++] =
            (struct doc_part){.head = parts[0].head_next, .head_next = parts[0].head_next, .body = stacks[2]};
    return true;
}

/* The second part's head and body below the first part's body. */
static void join(struct setting *setting, struct doc_part *parts, size_t *count)
{
    struct box *stack = box_stack(setting->scratch), *body = parts[0].body;
    add_to(stack, body);
    if (parts[1].head != NULL) {
        struct box *head = box_stack(setting->scratch);
        add_to(head, parts[1].head);
        box_margin(head, JOIN_MARGIN, parts[1].head->after);
        box_keep_with_next(head);
        add_to(stack, head);
    }
    add_to(stack, parts[1].body);
    parts[0].body = stack;
    for (size_t i = 2; i < *count; i++)
        parts[i - 1] = parts[i];
    (*count)--;
}

/* Fewer pages first; then each side of the sheet on a page of its own. */
static size_t score_of(const struct arranged *arranged)
{
    size_t score = arranged->pages * 4;
    if (arranged->count > 1)
        score += (arranged->bodies[0].count > 1 ? 2U : 0U) + (arranged->bodies[1].count > 1 ? 1U : 0U);
    return score;
}

/* A sheet as it stands in the document is tried larger first, where it mostly ends: its front by a step, its back,
 * which has room to spare, at its largest. */
static struct body set_part(struct search *search, const struct part *part, size_t index)
{
    struct body body;
    const struct choice *choice = &search->last;
    bool first = search->setting->document->part_count == 2 && index < 2 && choice->plan == 0 && choice->close == 0;
    if (first && body_larger(search->setting, part, index == 1, &body))
        return body;
    return body_fit(search->setting, part, choice->close);
}

/* Sets all parts by search->last, and notes its pages and score. `valid` false: there is no such arrangement. */
static bool set_parts(struct search *search, bool *valid, struct err *err)
{
    struct setting *setting = search->setting;
    struct choice *choice = &search->last;
    struct arranged *out = &search->arranged;
    size_t room = setting->document->part_count + 2;
    struct doc_part *parts = arena_alloc(setting->scratch, room * sizeof *parts);
    *out = (struct arranged){.parts = arena_alloc(setting->scratch, room * sizeof *out->parts),
                             .bodies = arena_alloc(setting->scratch, room * sizeof *out->bodies)};
    *valid = parts_by(setting, &search->blocks, choice->plan & ~JOINED, parts, &out->count);
    if (!*valid)
        return true;
    if ((choice->plan & JOINED) != 0)
        join(setting, parts, &out->count);
    for (size_t i = 0; i < out->count; i++) {
        if (!part_start(setting, search->frame, &parts[i], out->pages + 1, &out->parts[i], err))
            return false;
        out->bodies[i] = set_part(search, &out->parts[i], i);
        out->pages += out->bodies[i].count;
    }
    choice->pages = out->pages;
    choice->score = score_of(out);
    return true;
}

/* All plans at one closeness, joined ones or others, against the best so far: only fewer pages win, and of the blocks
 * that come last, in the document's own spacing, a better score too. */
static bool try_plans(struct search *search, int close, uint32_t joined, struct err *err)
{
    const struct blocks *blocks = &search->blocks;
    struct choice *best = &search->best;
    size_t before = best->pages;
    for (uint32_t moved = 0; moved <= blocks->movable; moved++) {
        bool valid = false;
        if ((moved & ~blocks->movable) != 0)
            continue;
        search->last = (struct choice){.plan = moved | joined, .close = close};
        if (!set_parts(search, &valid, err))
            return false;
        bool tidier = close == 0 && joined == 0 && (moved & ~(blocks->last | blocks->early)) == 0;
        if (valid && search->last.score < best->score && (tidier || search->last.pages < before))
            *best = search->last;
        if (best->pages <= search->setting->document->part_count && best->score == best->pages * 4)
            return true;
    }
    return true;
}

/* While there are more pages than parts: closer and closer. */
static bool try_closer(struct search *search, uint32_t joined, struct err *err)
{
    size_t parts = search->setting->document->part_count;
    for (int close = 0; close <= BODY_CLOSEST && search->best.pages > parts; close++)
        if ((close <= SQUEEZED || (search->best.pages <= SHORT && parts > 1)) && !try_plans(search, close, joined, err))
            return false;
    return true;
}

/* The document as it is; blocks that move where there is room do so unless that takes more pages. */
static bool choose_first(struct search *search, struct err *err)
{
    bool valid = false;
    if (!set_parts(search, &valid, err))
        return false;
    search->best = search->last;
    if (search->blocks.early == 0)
        return true;
    search->last = (struct choice){.plan = search->blocks.early};
    if (!set_parts(search, &valid, err))
        return false;
    if (valid && search->last.score <= search->best.score)
        search->best = search->last;
    return true;
}

/* No closer than this part needs for as many pages; where it needs not be close at all, it grows. */
static void loosen(struct setting *setting, const struct part *part, struct body *body, int close)
{
    for (int looser = 0; looser < close; looser++) {
        struct body trial = body_fit(setting, part, looser);
        if (trial.count > body->count)
            continue;
        *body = trial;
        close = looser;
    }
    if (close == 0)
        body_grow(setting, part, body);
}

bool arrange(struct setting *setting, const struct frame *frame, struct arranged *out, struct err *err)
{
    struct search search = {.setting = setting, .frame = frame, .blocks = list_blocks(setting)};
    bool valid = false;
    if (!choose_first(&search, err) || !try_closer(&search, 0, err))
        return false;
    if (setting->document->part_count == 2 && !try_closer(&search, JOINED, err))
        return false;
    if (search.last.plan != search.best.plan || search.last.close != search.best.close) {
        search.last = search.best;
        if (!set_parts(&search, &valid, err))
            return false;
    }
    *out = search.arranged;
    for (size_t i = 0; i < out->count; i++)
        loosen(setting, &out->parts[i], &out->bodies[i], search.best.close);
    return true;
}
