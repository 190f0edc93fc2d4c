#include "typeset/lines.h"

#include "base/mem.h"
#include "typeset/box.h"
#include "typeset/chances.h"
#include "typeset/glyphs.h"
#include "typeset/metrics.h"
#include "typeset/setting.h"

#define COST_LINE      1000
#define COST_EMPTY     600 /* of a line that is empty, by the square of its empty part */
#define COST_RUNT      350 /* of a last line with one short word */
#define COST_HYPHENS   300 /* of a second hyphen right below a first */
#define COST_OVERFULL  100000000
#define COST_UNREACHED INT64_MAX
#define RUNT_LETTERS   4
#define RUNT_CHARS     7
#define INK_AIR        60 /* above a figure, thousandths of its size */

static int64_t to_points(int64_t millionths)
{
    return (millionths + 999) / 1000;
}

/* From glyph `from` to the line's end before `end`: millionths of a point, without the last character's spacing. */
static int64_t natural(const struct setting *setting, const struct text *text, uint32_t from, uint32_t end, bool hyphen)
{
    if (end <= from)
        return 0;
    int64_t width = text->glyphs[end].x - text->glyphs[from].x;
    const struct glyph *last = &text->glyphs[end - 1];
    if (hyphen) {
        const struct style *style = setting_style(setting, text->runs[last->run].style);
        return width + (int64_t)metrics_advance(setting->metrics, last->face, '-') * style->size;
    }
    return last->kind == GLYPH_MARK ? width : width - text_spacing(setting, text, end - 1);
}

int32_t lines_natural_width(const struct setting *setting, const struct box *box)
{
    int64_t width = to_points(natural(setting, box->text, 0, box->text->count, false));
    return width > SETTING_ENDLESS ? SETTING_ENDLESS : (int32_t)width;
}

static void line_heights(const struct setting *setting, const struct text *text, struct line *line)
{
    int32_t below = 0;
    uint32_t last = line->to > line->from ? line->to : line->from + 1;
    uint32_t before = UINT32_MAX;
    for (uint32_t i = line->from; i < last && i < text->count + (line->to > line->from ? 0 : 1); i++) {
        uint32_t run = i < text->count ? text->glyphs[i].run : text->count > 0 ? text->glyphs[text->count - 1].run : 0;
        if (run == before)
            continue;
        before = run;
        const struct style *style = setting_style(setting, text->runs[run].style);
        int64_t up = (int64_t)metrics_ascent(setting->metrics, style->face) * style->size / 1000;
        int64_t down = -(int64_t)metrics_descent(setting->metrics, style->face) * style->size / 1000;
        int32_t ascent = (int32_t)((style->leading - up - down) / 2 + up);
        int32_t ink =
            (int32_t)((int64_t)(metrics_cap_height(setting->metrics, style->face) + INK_AIR) * style->size / 1000);
        line->ascent = ascent > line->ascent ? ascent : line->ascent;
        line->ink = ink > line->ink ? ink : line->ink;
        below = style->leading - ascent > below ? style->leading - ascent : below;
    }
    line->height = line->ascent + below;
}

static struct line line_of(const struct setting *setting, const struct text *text, uint32_t from, uint32_t to,
                           bool hyphen)
{
    struct line line = {.from = from, .to = to, .hyphen = hyphen};
    int64_t width = to_points(natural(setting, text, from, to, hyphen));
    line.width = width > SETTING_ENDLESS ? SETTING_ENDLESS : (int32_t)width;
    line_heights(setting, text, &line);
    return line;
}

/* A paragraph being broken. Widths in millionths of a point at scale 1000. */
struct paragraph {
    struct setting *setting;
    const struct text *text;
    const struct chance *chances;
    size_t count;
    int64_t first_width, width; /* of the first line and of the others */
    bool ragged_last;           /* the last line counts as the others: centred text */
};

static uint32_t start_after(const struct paragraph *paragraph, size_t chance)
{
    return chance == 0 ? 0 : paragraph->chances[chance - 1].next;
}

/* A last line of one short word, or of a few letters. */
static bool is_runt(const struct text *text, uint32_t from, uint32_t to)
{
    if (from == 0 || to <= from || to - from > RUNT_CHARS)
        return false;
    if (to - from <= RUNT_LETTERS)
        return true;
    for (uint32_t i = from; i < to; i++)
        if (text->glyphs[i].code == ' ' || text->glyphs[i].code == 0xA0)
            return false;
    return true;
}

/* Cost of a line from after chance `before` (0: the beginning) to chance `at`. */
static int64_t line_cost(const struct paragraph *paragraph, size_t before, size_t at, int64_t width)
{
    const struct chance *chance = &paragraph->chances[at];
    uint32_t from = start_after(paragraph, before);
    int64_t room = before == 0 ? paragraph->first_width : paragraph->width;
    int64_t cost = COST_LINE + chance->penalty;
    if (chance->hyphen && before > 0 && paragraph->chances[before - 1].hyphen)
        cost += COST_HYPHENS;
    if (width > room)
        return cost + COST_OVERFULL;
    if (chance->forced) {
        bool starts = before > 0 && paragraph->chances[before - 1].forced;
        cost += !starts && is_runt(paragraph->text, from, chance->end) ? COST_RUNT : 0;
        if (!paragraph->ragged_last)
            return cost;
    }
    int64_t empty = (room - width) * 1000 / (room > 0 ? room : 1);
    return cost + empty * empty / 1000 * COST_EMPTY / 1000;
}

/* costs[i]: the least cost of all lines up to chance i - 1; froms[i]: where the last of them begins. */
static void find_best(const struct paragraph *paragraph)
{
    int64_t *costs = paragraph->setting->costs;
    uint32_t *froms = paragraph->setting->froms;
    costs[0] = 0;
    size_t barrier = 0; /* no line reaches back over a forced end */
    for (size_t at = 0; at < paragraph->count; at++) {
        const struct chance *chance = &paragraph->chances[at];
        costs[at + 1] = COST_UNREACHED;
        for (size_t before = at + 1; before-- > barrier;) {
            uint32_t from = start_after(paragraph, before);
            int64_t width = natural(paragraph->setting, paragraph->text, from, chance->end, chance->hyphen);
            int64_t room = before == 0 ? paragraph->first_width : paragraph->width;
            if (width > room && before < at && before > 0)
                break;
            if (width > room && before == 0 && at > 0 && costs[at + 1] != COST_UNREACHED)
                break;
            int64_t cost = costs[before] + line_cost(paragraph, before, at, width);
            if (cost < costs[at + 1]) {
                costs[at + 1] = cost;
                froms[at + 1] = (uint32_t)before;
            }
        }
        if (chance->forced)
            barrier = at + 1;
    }
}

static void collect_lines(const struct paragraph *paragraph, struct broken *broken)
{
    const uint32_t *froms = paragraph->setting->froms;
    for (size_t at = paragraph->count; at > 0; at = froms[at])
        broken->count++;
    broken->lines = arena_alloc(paragraph->text->arena, broken->count * sizeof *broken->lines);
    uint32_t line = broken->count;
    for (size_t at = paragraph->count; at > 0; at = froms[at]) {
        const struct chance *chance = &paragraph->chances[at - 1];
        broken->lines[--line] = line_of(paragraph->setting, paragraph->text, start_after(paragraph, froms[at]),
                                        chance->end, chance->hyphen);
    }
}

static void break_paragraph(struct setting *setting, const struct box *box, struct broken *broken)
{
    struct text *text = box->text;
    if (text->chances == NULL)
        chances_find(setting, text);
    int64_t width = (int64_t)broken->width * 1000, hanging = width - (int64_t)box->hang * 1000;
    struct paragraph paragraph = {.setting = setting,
                                  .text = text,
                                  .chances = text->chances,
                                  .count = text->chance_count,
                                  .first_width = width,
                                  .width = hanging > 0 ? hanging : 0,
                                  .ragged_last = box->align == ALIGN_CENTRE};
    int64_t narrow = paragraph.width < width ? paragraph.width : width;
    bool all = box->hyphenate && setting->hyphens != NULL;
    if (all || chances_too_wide(setting, text, narrow))
        paragraph.chances = chances_refine(setting, text, narrow, all, &paragraph.count);
    if (paragraph.count + 1 > setting->cost_room) {
        setting->cost_room = paragraph.count + paragraph.count / 2 + 64;
        setting->costs = mem_resize(setting->costs, setting->cost_room, sizeof *setting->costs);
        setting->froms = mem_resize(setting->froms, setting->cost_room, sizeof *setting->froms);
    }
    find_best(&paragraph);
    collect_lines(&paragraph, broken);
}

/* The text on one line, which is the same in all widths that hold it; NULL: this one does not. */
static const struct broken *whole_line(struct setting *setting, struct text *text, int32_t unscaled)
{
    if (!text->whole_is_made) {
        if (text->forced || natural(setting, text, 0, text->count, false) > (int64_t)unscaled * 1000)
            return NULL;
        if (text->count > 0) {
            text->line = line_of(setting, text, 0, text->count, false);
            text->whole = (struct broken){.lines = &text->line, .count = 1};
        }
        text->whole_is_made = true;
    }
    return text->count == 0 || text->line.width <= unscaled ? &text->whole : NULL;
}

const struct broken *lines_break(struct setting *setting, const struct box *box, int32_t width)
{
    struct text *text = box->text;
    int32_t unscaled = setting->scale == 1000 ? width : (int32_t)((int64_t)width * 1000 / setting->scale);
    const struct broken *whole = whole_line(setting, text, unscaled);
    if (whole != NULL)
        return whole;
    for (const struct broken *known = text->broken; known != NULL; known = known->next)
        if (known->width == unscaled)
            return known;
    struct broken *broken = arena_alloc(text->arena, sizeof *broken);
    broken->width = unscaled;
    broken->next = text->broken;
    text->broken = broken;
    break_paragraph(setting, box, broken);
    return broken;
}
