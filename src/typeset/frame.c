#include "typeset/frame.h"

#include <string.h>

#include "base/mem.h"
#include "typeset/box.h"
#include "typeset/fill.h"
#include "typeset/flat.h"
#include "typeset/glyphs.h"
#include "typeset/lines.h"
#include "typeset/metrics.h"
#include "typeset/place.h"
#include "typeset/setting.h"
#include "typeset/standing.h"

#define FOOT_GAP        4000 /* above the foot line */
#define SLIP_GAP        6000 /* above a slip */
#define WATERMARK_WIDE  720  /* of the page's diagonal, thousandths */
#define WATERMARK_LARGE 160000
#define WATERMARK_GREY  228 /* at least so light */

struct frame {
    const struct flat *front, *back;
    int32_t first_bottom, other_bottom; /* of page 1 and the others: where all but the foot line ends */
    int32_t slip_top;
};

int32_t frame_width(const struct setting *setting)
{
    return setting->layout->page_width - setting->layout->margin_left - setting->layout->margin_right;
}

static bool has_foot(const struct setting *setting, size_t page)
{
    const struct document *document = setting->document;
    return (document->foot_left != NULL || document->foot_right != NULL) && (page > 1 || document->foot_first);
}

/* «{page}» and «{pages}» filled in. */
static const char *fill_in(struct arena *arena, const char *pattern, size_t page, size_t page_count)
{
    const char *text = "";
    while (pattern != NULL && *pattern != '\0') {
        const char *brace = strchr(pattern, '{');
        if (brace == NULL)
            return arena_format(arena, "%s%s", text, pattern);
        text = arena_format(arena, "%s%.*s", text, (int)(brace - pattern), pattern);
        if (strncmp(brace, "{page}", 6) == 0) {
            text = arena_format(arena, "%s%zu", text, page);
            pattern = brace + 6;
        } else if (strncmp(brace, "{pages}", 7) == 0) {
            text = arena_format(arena, "%s%zu", text, page_count);
            pattern = brace + 7;
        } else {
            text = arena_format(arena, "%s{", text);
            pattern = brace + 1;
        }
    }
    return text;
}

static struct box *foot_cell(struct setting *setting, const char *pattern, enum align align, size_t page,
                             size_t page_count)
{
    struct box *cell = box_text(setting->scratch, align);
    box_run(cell, setting->document->foot_style, fill_in(setting->scratch, pattern, page, page_count));
    cell->text = standing_text(setting, cell, cell->runs, cell->run_count);
    return cell;
}

/* Both texts on one line where they fit, else each in its share of the width. */
static const struct flat *foot_flat(struct setting *setting, size_t page, size_t page_count)
{
    setting->scale = 1000;
    setting->air = 1000;
    struct box *left = foot_cell(setting, setting->document->foot_left, ALIGN_LEFT, page, page_count);
    struct box *right = foot_cell(setting, setting->document->foot_right, ALIGN_RIGHT, page, page_count);
    int32_t gap = 3 * setting_style(setting, setting->document->foot_style)->size;
    int32_t wide = lines_natural_width(setting, left), other = lines_natural_width(setting, right);
    struct track tracks[2] = {{.share = wide > 0 ? wide : 1, .gap = gap}, {.share = other > 0 ? other : 1}};
    if (wide == 0 || other == 0)
        tracks[0].gap = 0;
    if (wide + gap + other <= frame_width(setting))
        tracks[1] = (struct track){.width = other > 0 ? other : 1};
    struct box *row = box_row(setting->scratch, tracks, 2);
    box_add(row, left);
    box_add(row, right);
    return flat_make(setting, row, frame_width(setting));
}

struct frame *frame_make(struct setting *setting)
{
    const struct document *document = setting->document;
    struct frame *frame = arena_alloc(setting->scratch, sizeof *frame);
    int32_t width = frame_width(setting);
    int32_t bottom = setting->layout->page_height - setting->layout->margin_bottom;
    frame->other_bottom = has_foot(setting, 2) ? bottom - foot_flat(setting, 88, 88)->height - FOOT_GAP : bottom;
    frame->first_bottom = has_foot(setting, 1) ? frame->other_bottom : bottom;
    frame->slip_top = frame->first_bottom;
    if (document->slip_front != NULL) {
        frame->front = flat_make(setting, document->slip_front, width);
        frame->slip_top = frame->first_bottom - frame->front->height;
    }
    if (document->slip_back != NULL) {
        frame->back = flat_make(setting, document->slip_back, width);
        int32_t top = frame->other_bottom - frame->back->height;
        frame->slip_top = top < frame->slip_top || document->slip_front == NULL ? top : frame->slip_top;
    }
    return frame;
}

int32_t frame_bottom(const struct frame *frame, size_t page)
{
    if (frame_slip(frame, page) != NULL)
        return frame->slip_top - SLIP_GAP;
    return page == 1 ? frame->first_bottom : frame->other_bottom;
}

const struct flat *frame_slip(const struct frame *frame, size_t page)
{
    return page == 1 ? frame->front : page == 2 ? frame->back : NULL;
}

int32_t frame_slip_top(const struct frame *frame)
{
    return frame->slip_top;
}

void frame_foot(struct setting *setting, size_t page, size_t page_count)
{
    if (!has_foot(setting, page))
        return;
    const struct flat *foot = foot_flat(setting, page, page_count);
    struct space space = {.height = SETTING_ENDLESS, .stretch = 1000, .gaps = true};
    int32_t bottom = setting->layout->page_height - setting->layout->margin_bottom;
    place_flat(setting, foot, (struct spot){0}, (struct spot){.index = foot->count}, space,
               setting->layout->margin_left, bottom - foot->height);
}

static int64_t root(int64_t square)
{
    int64_t low = 0, high = 3000000;
    while (low < high) {
        int64_t middle = (low + high + 1) / 2;
        if (middle * middle <= square)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* Along the diagonal: 55° on an upright page, 35° on one that lies. */
void frame_watermark(struct setting *setting)
{
    const struct layout *layout = setting->layout;
    const char *words = setting->document->watermark;
    if (words == NULL || words[0] == '\0')
        return;
    bool upright = layout->page_height >= layout->page_width;
    const int64_t cosine = upright ? 574 : 819, sine = upright ? 819 : 574;
    const struct style *style = setting_style(setting, setting->document->watermark_style);
    struct run run = {.text = words, .style = setting->document->watermark_style};
    struct text *text = text_from_runs(setting, setting->scratch, &run, 1);
    int64_t across = text->width / 1000;
    if (across <= 0 || style->size <= 0)
        return;
    int64_t diagonal =
        root((int64_t)layout->page_width * layout->page_width + (int64_t)layout->page_height * layout->page_height);
    int64_t size = style->size * (diagonal * WATERMARK_WIDE / 1000) / across;
    size = size > WATERMARK_LARGE ? WATERMARK_LARGE : size;
    int64_t width = across * size / style->size;
    int64_t cap = (int64_t)metrics_cap_height(setting->metrics, style->face) * size / 1000;
    int64_t x = layout->page_width / 2 - width * cosine / 2000 + cap * sine / 2000;
    int64_t y = layout->page_height / 2 + width * sine / 2000 + cap * cosine / 2000;
    place_item(setting, &(struct item){.kind = ITEM_TEXT,
                                       .x = (int32_t)x,
                                       .y = (int32_t)y,
                                       .w = (int32_t)width,
                                       .text = text_utf8(setting->arena, text, 0, text->count, ""),
                                       .face = style->face,
                                       .size = (int32_t)size,
                                       .spacing = (int32_t)(style->spacing * size / style->size),
                                       .turn = upright ? 55 : 35,
                                       .fill = style->grey > WATERMARK_GREY ? style->grey : WATERMARK_GREY,
                                       .stroke = -1});
}
