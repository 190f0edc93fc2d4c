#include "typeset/pages.h"

#include <string.h>

#include "base/mem.h"
#include "typeset/arrange.h"
#include "typeset/flat.h"
#include "typeset/frame.h"
#include "typeset/place.h"
#include "typeset/setting.h"

static void place_whole(struct setting *setting, const struct flat *flat, int32_t y)
{
    struct space space = {.height = SETTING_ENDLESS, .stretch = 1000, .gaps = true};
    setting->scale = 1000;
    setting->air = 1000;
    place_flat(setting, flat, (struct spot){0}, (struct spot){.index = flat->count}, space,
               setting->layout->margin_left, y);
}

static void place_page(struct setting *setting, const struct part *part, const struct body *body, size_t index,
                       size_t page_count)
{
    size_t number = part->first + index;
    const struct flat *head = part_head(part, index), *slip = frame_slip(part->frame, number);
    frame_watermark(setting);
    if (head != NULL)
        place_whole(setting, head, setting->layout->margin_top);
    const struct body_page *page = &body->pages[index];
    if (body->flat != NULL) {
        setting->scale = body->scale;
        setting->air = body->air;
        place_flat(setting, body->flat, page->from, page->end, page->space, setting->layout->margin_left, page->top);
    }
    if (slip != NULL)
        place_whole(setting, slip, frame_slip_top(part->frame));
    frame_foot(setting, number, page_count);
}

static void finish_page(struct setting *setting, struct page *page)
{
    struct item *items = arena_room(setting->arena, (setting->item_count + 1) * sizeof *items);
    if (setting->item_count > 0)
        memcpy(items, setting->items, setting->item_count * sizeof *items);
    *page = (struct page){.width = setting->layout->page_width,
                          .height = setting->layout->page_height,
                          .items = items,
                          .item_count = setting->item_count};
    setting->item_count = 0;
}

bool pages_set(struct setting *setting, struct page **pages, size_t *page_count, struct err *err)
{
    setting->full = SETTING_ENDLESS;
    struct frame *frame = frame_make(setting);
    struct arranged arranged;
    if (!arrange(setting, frame, &arranged, err))
        return false;
    *pages = arena_alloc(setting->arena, (arranged.pages + 1) * sizeof **pages);
    for (size_t i = 0; i < arranged.count; i++)
        for (size_t index = 0; index < arranged.bodies[i].count; index++) {
            place_page(setting, &arranged.parts[i], &arranged.bodies[i], index, arranged.pages);
            finish_page(setting, &(*pages)[(*page_count)++]);
        }
    return true;
}
