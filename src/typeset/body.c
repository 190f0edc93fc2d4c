#include "typeset/body.h"

#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "typeset/flat.h"
#include "typeset/frame.h"
#include "typeset/setting.h"

#define SCALE_STEPS  5
#define AIR_STEPS    8
#define AIR_MOST     2200 /* paddings and margins on a part's only page that has room left */
#define STRETCH_MOST 1600 /* and margins between its boxes after that */
#define STRETCH_STEP 100

/* Margins between boxes alone give way first, then all paddings; thousandths. */
static const struct {
    int32_t air, stretch;
} closeness[BODY_CLOSEST + 1] = {{1000, 1000}, {1000, 800}, {1000, 700}, {900, 800},
                                 {800, 750},   {700, 700},  {620, 700}};

const struct flat *part_head(const struct part *part, size_t index)
{
    return index == 0 ? part->head : part->head_next;
}

static int32_t body_top(const struct setting *setting, const struct part *part, size_t index)
{
    const struct flat *head = part_head(part, index);
    return setting->layout->margin_top + (head == NULL ? 0 : head->height);
}

static int32_t body_height(const struct setting *setting, const struct part *part, size_t index)
{
    return frame_bottom(part->frame, part->first + index) - body_top(setting, part, index);
}

bool part_start(struct setting *setting, const struct frame *frame, const struct doc_part *doc, size_t first,
                struct part *part, struct err *err)
{
    *part = (struct part){.doc = doc, .frame = frame, .first = first};
    setting->scale = 1000;
    setting->air = 1000;
    part->head = doc->head == NULL ? NULL : flat_make(setting, doc->head, frame_width(setting));
    part->head_next = doc->head_next == NULL ? part->head : flat_make(setting, doc->head_next, frame_width(setting));
    const int32_t least = 2 * setting_body(setting)->leading;
    for (size_t i = 0; i < 2; i++)
        if (body_height(setting, part, i) < 2 * least || frame_width(setting) < least)
            return err_set(err, ERR_INPUT,
                           _("layout «%s»: margins, heading, slip and foot line leave no room for the text; make them "
                             "smaller, or the page larger"),
                           setting->layout->name);
    return true;
}

static struct body_page *add_page(struct setting *setting, struct body *body)
{
    body->pages = arena_grow(setting->scratch, body->pages, body->count, &body->room, sizeof *body->pages);
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
        if (body->flat != NULL && !fill_done(body->flat, at))
            fill_flat(setting, body->flat, at, page->space, &page->end, &page->used);
        at = page->end;
    } while (body->flat != NULL && !fill_done(body->flat, at));
    return true;
}

/* The body measured at a scale. */
static struct body body_at(struct setting *setting, const struct part *part, int32_t scale, int32_t air)
{
    struct body body = {.scale = scale, .air = air};
    setting->scale = scale;
    setting->air = air;
    setting->full = body_height(setting, part, 1);
    if (part->doc->body != NULL)
        body.flat = flat_make(setting, part->doc->body, frame_width(setting));
    return body;
}

struct body body_fit(struct setting *setting, const struct part *part, int close)
{
    struct body body = body_at(setting, part, 1000, closeness[close].air);
    paginate(setting, part, &body, closeness[close].stretch, SIZE_MAX);
    return body;
}

static int32_t largest_scale(const struct setting *setting)
{
    int32_t size = setting_body(setting)->size;
    if (size <= 0 || setting->layout->largest_body <= size)
        return 1000;
    return (int32_t)((int64_t)setting->layout->largest_body * 1000 / size);
}

/* The body set at a scale, which takes the place of the one there is where it needs no more pages. */
static bool try_at(struct setting *setting, const struct part *part, struct body *body, int32_t scale, int32_t air)
{
    struct body larger = body_at(setting, part, scale, air);
    if (!paginate(setting, part, &larger, 1000, body->count))
        return false;
    *body = larger;
    return true;
}

/* How high a body on one page will be at a scale: at least, as type grows; or about, as lines break anew besides. */
static int64_t height_at(const struct body *body, int64_t scale, bool about)
{
    int64_t fixed = body->flat->fixed, grows = body->pages[0].used - fixed, grown = grows * scale / body->scale;
    return fixed + (about ? (grown + grown * scale / body->scale) / 2 : grown);
}

static int32_t scale_of(int step, int32_t most)
{
    return 1000 + (most - 1000) * step / SCALE_STEPS;
}

/* The largest step of scale, up to `most`, at which a body on one page is no higher than `height`. */
static int step_within(const struct body *body, int32_t most, int32_t height, bool about)
{
    int step = SCALE_STEPS;
    while (step > 0 && height_at(body, scale_of(step, most), about) > height)
        step--;
    return step;
}

/* The largest scale that needs no more pages; false: it is less than `most`. */
static bool grow_scale(struct setting *setting, const struct part *part, struct body *body, int32_t most)
{
    int low = body->step, high = SCALE_STEPS, step = SCALE_STEPS;
    if (body->count == 1 && body->flat != NULL) {
        int32_t height = body->pages[0].space.height;
        high = step_within(body, most, height + setting_body(setting)->leading / 32, false);
        step = step_within(body, most, height, true);
        step = step <= low ? low + 1 : step;
    }
    for (; low < high; step = (low + high + 1) / 2) {
        if (try_at(setting, part, body, scale_of(step, most), 1000))
            low = step;
        else
            high = step - 1;
    }
    return low == SCALE_STEPS;
}

/* At its scale as airy as it needs no more pages. */
static void grow_air(struct setting *setting, const struct part *part, struct body *body)
{
    int low = 0, high = AIR_STEPS;
    for (int step = high; low < high; step = (low + high + 1) / 2) {
        if (try_at(setting, part, body, body->scale, 1000 + (AIR_MOST - 1000) * step / AIR_STEPS))
            low = step;
        else
            high = step - 1;
    }
}

static bool has_much_room(const struct body *body, int32_t most)
{
    return body->count == 1 && body->flat != NULL &&
           height_at(body, most, true) < (int64_t)body->pages[0].space.height * 3 / 4;
}

bool body_larger(struct setting *setting, const struct part *part, bool largest, struct body *out)
{
    struct body body = {.count = 1};
    int32_t most = largest_scale(setting);
    int step = largest ? SCALE_STEPS : 1;
    if (most <= 1000 || !try_at(setting, part, &body, scale_of(step, most), largest ? AIR_MOST : 1000))
        return false;
    body.step = step;
    body.grown = largest;
    *out = body;
    return true;
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

void body_grow(struct setting *setting, const struct part *part, struct body *body)
{
    int32_t most = largest_scale(setting);
    bool grown =
        body->grown || most <= 1000 || (has_much_room(body, most) && try_at(setting, part, body, most, AIR_MOST));
    if (!grown && grow_scale(setting, part, body, most) && body->count == 1)
        grow_air(setting, part, body);
    setting->scale = body->scale;
    setting->air = body->air;
    for (size_t i = 0; i < body->count && body->flat != NULL; i++)
        stretch_page(setting, body, &body->pages[i]);
}
