#include "typeset/pages.h"

#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "typeset/box.h"
#include "typeset/fill.h"
#include "typeset/flat.h"
#include "typeset/frame.h"
#include "typeset/place.h"
#include "typeset/setting.h"

#define SCALE_STEPS   5
#define STRETCH_MOST  1600 /* margins between boxes on a page that has room left */
#define STRETCH_STEP  100
#define JOIN_MARGIN   (5 * DOC_MM) /* above the head of a part that goes on below another */
#define STRETCH_LEAST 700          /* margins where that saves a page */

/* One page of a part's body. */
struct body_page {
    struct spot from, end;
    struct space space;
    int32_t top;
};

/* A part's body at one scale. */
struct body {
    const struct flat *flat;
    int32_t scale;
    struct body_page *pages;
    size_t count, room;
};

/* A part on its way: the number of its first page, and its heads. */
struct part {
    const struct doc_part *doc;
    const struct frame *frame;
    size_t first; /* page number, from 1 */
    const struct flat *head, *head_next;
};

static const struct flat *head_of(const struct part *part, size_t index)
{
    return index == 0 ? part->head : part->head_next;
}

static int32_t body_top(const struct setting *setting, const struct part *part, size_t index)
{
    const struct flat *head = head_of(part, index);
    return setting->layout->margin_top + (head == NULL ? 0 : head->height);
}

static int32_t body_height(const struct setting *setting, const struct part *part, size_t index)
{
    return frame_bottom(part->frame, part->first + index) - body_top(setting, part, index);
}

static struct body_page *add_page(struct setting *setting, struct body *body)
{
    if (body->count == body->room) {
        size_t larger = body->room == 0 ? 2 : body->room * 2;
        struct body_page *copy = arena_alloc(setting->scratch, larger * sizeof *copy);
        if (body->count > 0)
            memcpy(copy, body->pages, body->count * sizeof *copy);
        body->pages = copy;
        body->room = larger;
    }
    return &body->pages[body->count++];
}

/* Fills page after page, with at most `most` of them; false: there are more. */
static bool paginate(struct setting *setting, const struct part *part, struct body *body, int32_t stretch, size_t most)
{
    struct spot at = {0};
    body->count = 0;
    do {
        if (body->count == most)
            return false;
        size_t index = body->count;
        struct body_page *page = add_page(setting, body);
        *page = (struct body_page){.from = at, .end = at, .top = body_top(setting, part, index)};
        page->space = (struct space){.height = body_height(setting, part, index), .stretch = stretch, .must = true};
        int32_t used = 0;
        if (body->flat != NULL && !fill_done(body->flat, at))
            fill_flat(setting, body->flat, at, page->space, &page->end, &used);
        at = page->end;
    } while (body->flat != NULL && !fill_done(body->flat, at));
    return true;
}

/* The body measured at a scale. */
static struct body body_at(struct setting *setting, const struct part *part, int32_t scale)
{
    struct body body = {.scale = scale};
    setting->scale = scale;
    setting->full = body_height(setting, part, 1);
    if (part->doc->body != NULL)
        body.flat = flat_make(setting, part->doc->body, frame_width(setting));
    return body;
}

static int32_t largest_scale(const struct setting *setting)
{
    int32_t size = setting_body(setting)->size;
    if (size <= 0 || setting->layout->largest_body <= size)
        return 1000;
    return (int32_t)((int64_t)setting->layout->largest_body * 1000 / size);
}

/* A page with room left: margins between its boxes grow, as far as the same boxes stay on it. */
static void stretch_page(struct setting *setting, const struct body *body, struct body_page *page)
{
    for (int32_t stretch = STRETCH_MOST; stretch > 1000; stretch -= STRETCH_STEP) {
        struct space space = page->space;
        struct spot end = {0};
        int32_t used = 0;
        space.stretch = stretch;
        if (fill_flat(setting, body->flat, page->from, space, &end, &used) && used <= space.height &&
            fill_same(body->flat, page->end, end)) {
            page->space = space;
            return;
        }
    }
}

/* The fewest pages at the body's own size; then as large as fits them. */
static struct body choose_body(struct setting *setting, const struct part *part)
{
    struct body plain = body_at(setting, part, 1000);
    paginate(setting, part, &plain, 1000, SIZE_MAX);
    if (plain.count > 1) {
        struct body tight = plain;
        tight.pages = NULL;
        tight.room = 0;
        for (int32_t stretch = STRETCH_LEAST + STRETCH_STEP; stretch >= STRETCH_LEAST; stretch -= STRETCH_STEP)
            if (paginate(setting, part, &tight, stretch, plain.count - 1))
                return tight;
    }
    int32_t largest = largest_scale(setting);
    int low = 0, high = largest > 1000 ? SCALE_STEPS : 0;
    struct body best = plain;
    for (int step = high; low < high; step = (low + high + 1) / 2) {
        struct body larger = body_at(setting, part, 1000 + (largest - 1000) * step / SCALE_STEPS);
        if (paginate(setting, part, &larger, 1000, plain.count)) {
            low = step;
            best = larger;
        } else {
            high = step - 1;
        }
    }
    setting->scale = best.scale;
    for (size_t i = 0; i < best.count && best.flat != NULL; i++)
        stretch_page(setting, &best, &best.pages[i]);
    return best;
}

static void place_whole(struct setting *setting, const struct flat *flat, int32_t y)
{
    struct space space = {.height = SETTING_ENDLESS, .stretch = 1000, .gaps = true};
    setting->scale = 1000;
    place_flat(setting, flat, (struct spot){0}, (struct spot){.index = flat->count}, space,
               setting->layout->margin_left, y);
}

static void place_page(struct setting *setting, const struct part *part, const struct body *body, size_t index,
                       size_t page_count)
{
    size_t number = part->first + index;
    const struct flat *head = head_of(part, index), *slip = frame_slip(part->frame, number);
    frame_watermark(setting);
    if (head != NULL)
        place_whole(setting, head, setting->layout->margin_top);
    const struct body_page *page = &body->pages[index];
    if (body->flat != NULL) {
        setting->scale = body->scale;
        place_flat(setting, body->flat, page->from, page->end, page->space, setting->layout->margin_left, page->top);
    }
    if (slip != NULL)
        place_whole(setting, slip, frame_slip_top(part->frame));
    frame_foot(setting, number, page_count);
}

static void finish_page(struct setting *setting, struct page *page)
{
    struct item *items = arena_alloc(setting->arena, (setting->item_count + 1) * sizeof *items);
    if (setting->item_count > 0)
        memcpy(items, setting->items, setting->item_count * sizeof *items);
    *page = (struct page){.width = setting->layout->page_width,
                          .height = setting->layout->page_height,
                          .items = items,
                          .item_count = setting->item_count};
    setting->item_count = 0;
}

static bool check_room(const struct setting *setting, const struct part *part, struct err *err)
{
    const int32_t least = 2 * setting_body(setting)->leading;
    for (size_t i = 0; i < 2; i++)
        if (body_height(setting, part, i) < 2 * least || frame_width(setting) < least)
            return err_set(err, ERR_INPUT,
                           _("layout «%s»: margins, heading, slip and foot line leave no room for the text; make them "
                             "smaller, or the page larger"),
                           setting->layout->name);
    return true;
}

/* Where the part before ran on to a further page, this part goes on below it if that saves a page. `separate`: pages of
 * both, each from a page of its own. */
static bool join(struct setting *setting, struct part *before, struct body *body, const struct doc_part *doc,
                 size_t separate)
{
    struct doc_part *joined = arena_alloc(setting->scratch, sizeof *joined);
    *joined = *before->doc;
    joined->body = box_stack(setting->scratch);
    box_add(joined->body, before->doc->body);
    if (doc->head != NULL) {
        box_margin(doc->head, JOIN_MARGIN, doc->head->after);
        box_keep_with_next(doc->head);
        box_add(joined->body, doc->head);
    }
    box_add(joined->body, doc->body);
    struct part trial = *before;
    trial.doc = joined;
    struct body together = choose_body(setting, &trial);
    if (together.count >= separate)
        return false;
    *before = trial;
    *body = together;
    return true;
}

bool pages_set(struct setting *setting, struct page **pages, size_t *page_count, struct err *err)
{
    const struct document *document = setting->document;
    struct part *parts = arena_alloc(setting->scratch, (document->part_count + 1) * sizeof *parts);
    struct body *bodies = arena_alloc(setting->scratch, (document->part_count + 1) * sizeof *bodies);
    setting->full = SETTING_ENDLESS;
    struct frame *frame = frame_make(setting);
    size_t count = 0, part_count = 0;
    for (size_t i = 0; i < document->part_count; i++) {
        const struct doc_part *doc = &document->parts[i];
        struct part *part = &parts[part_count];
        struct body *body = &bodies[part_count];
        *part = (struct part){.doc = doc, .frame = frame, .first = count + 1};
        setting->scale = 1000;
        part->head = doc->head == NULL ? NULL : flat_make(setting, doc->head, frame_width(setting));
        part->head_next =
            doc->head_next == NULL ? part->head : flat_make(setting, doc->head_next, frame_width(setting));
        if (!check_room(setting, part, err))
            return false;
        *body = choose_body(setting, part);
        size_t before = part_count > 0 ? body[-1].count : 0;
        if (before > 1 && doc->body != NULL && join(setting, part - 1, body - 1, doc, before + body->count)) {
            count += body[-1].count - before;
            continue;
        }
        count += body->count;
        part_count++;
    }
    *pages = arena_alloc(setting->arena, (count + 1) * sizeof **pages);
    for (size_t i = 0; i < part_count; i++)
        for (size_t index = 0; index < bodies[i].count; index++) {
            place_page(setting, &parts[i], &bodies[i], index, count);
            finish_page(setting, &(*pages)[(*page_count)++]);
        }
    return true;
}
