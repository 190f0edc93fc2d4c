#include "sheets/term_chart.h"
#include "base/mem.h"
#include "gradebook/mark.h"
#include "sheets/compose.h"

#define HIGH        MM(62)
#define LOW         MM(46)
#define DOT         MM(6)  /* radius */
#define SIDE        MM(25) /* from the edge to the first dot */
#define GREY_BORDER 150
#define NEAR_BORDER 40 /* hundredths of a mark beyond the means within which a border is drawn */

struct chart_scale chart_scale(const struct composer *composer, bool dense)
{
    const struct term_sheet *term = composer->term;
    struct chart_scale scale = {.low = INT32_MAX, .high = -1, .height = dense ? LOW : HIGH};
    scale.width = term->terms < 3 ? MM(400) : term->terms == 3 ? MM(260) : MM(200);
    for (size_t i = 0; i < term->line_count; i++) {
        int32_t points = 0;
        for (int32_t t = 0; t < term->terms; t++) {
            int32_t mean = term->lines[i].mean[t];
            if (mean < 0)
                continue;
            points++;
            scale.low = mean < scale.low ? mean : scale.low;
            scale.high = mean > scale.high ? mean : scale.high;
        }
        scale.shown = scale.shown || points > 1;
    }
    if (!scale.shown)
        return scale;
    int32_t low = scale.low, high = scale.high;
    for (int32_t mark = MARK_BEST; mark > MARK_WORST; mark--) {
        int32_t border = mark_border(mark, composer->school->threshold);
        if (border < low - NEAR_BORDER || border > high + NEAR_BORDER)
            continue;
        scale.border[scale.border_count] = border;
        scale.mark[scale.border_count++] = mark;
        scale.low = border < scale.low ? border : scale.low;
        scale.high = border > scale.high ? border : scale.high;
    }
    if (scale.high == scale.low)
        scale.low--;
    return scale;
}

/* Highest and lowest lie a dot's radius within the drawing. */
static int32_t height_of(const struct chart_scale *scale, int32_t mean)
{
    int64_t span = scale->height - 2 * DOT;
    return DOT + (int32_t)(span * (scale->high - mean) / (scale->high - scale->low));
}

static void draw_dot(const struct composer *composer, struct box *drawing, int32_t x, int32_t y)
{
    static const int32_t round[][2] = {{1000, 0},  {866, 500},   {500, 866},   {0, 1000},  {-500, 866}, {-866, 500},
                                       {-1000, 0}, {-866, -500}, {-500, -866}, {0, -1000}, {500, -866}, {866, -500}};
    enum { CORNERS = sizeof round / sizeof *round };
    int32_t *points = arena_alloc(composer->arena, 2 * CORNERS * sizeof *points);
    for (int i = 0; i < CORNERS; i++) {
        points[2 * i] = x + (int32_t)((int64_t)round[i][0] * DOT / 1000);
        points[2 * i + 1] = y + (int32_t)((int64_t)round[i][1] * DOT / 1000);
    }
    box_draw(drawing,
             (struct prim){.kind = PRIM_POLYGON, .fill = 0, .stroke = -1, .points = points, .point_count = CORNERS});
}

struct box *chart_cell(const struct composer *composer, const struct chart_scale *scale, const struct term_line *line)
{
    const struct term_sheet *term = composer->term;
    struct box *drawing = box_drawing(composer->arena, scale->width, scale->height);
    for (size_t i = 0; i < scale->border_count; i++)
        box_draw(drawing, (struct prim){.kind = PRIM_LINE,
                                        .y = height_of(scale, scale->border[i]),
                                        .w = scale->width,
                                        .fill = -1,
                                        .stroke = GREY_BORDER,
                                        .stroke_width = 300,
                                        .dash = 1500});
    int32_t step = (scale->width - 2 * SIDE) / (term->terms > 1 ? term->terms - 1 : 1), last = -1;
    for (int32_t t = 0; t < term->terms; t++) {
        if (line->mean[t] < 0)
            continue;
        int32_t x = SIDE + t * step, y = height_of(scale, line->mean[t]);
        if (last >= 0) {
            int32_t from = SIDE + last * step, down = height_of(scale, line->mean[last]);
            box_draw(drawing, (struct prim){.kind = PRIM_LINE,
                                            .x = from,
                                            .y = down,
                                            .w = x - from,
                                            .h = y - down,
                                            .fill = -1,
                                            .stroke = 0,
                                            .stroke_width = 500});
        }
        draw_dot(composer, drawing, x, y);
        last = t;
    }
    return drawing;
}

/* «Пунктир на графике: границы «5» (4,60) и «4» (3,60).» */
const char *chart_note(const struct composer *composer, const struct chart_scale *scale)
{
    const struct words *words = &composer->words;
    const char *pieces[CHART_BORDERS] = {NULL};
    for (size_t i = 0; i < scale->border_count; i++)
        pieces[i] = words_say(words, "finals.border", "mark", arena_format(composer->arena, "%d", (int)scale->mark[i]),
                              "mean", words_hundredths(words, scale->border[i]), NULL);
    const char *list = compose_join(composer, pieces, scale->border_count, words_say(words, "finals.comma", NULL));
    return list[0] == '\0' ? "" : words_say(words, "finals.borders", "list", list, NULL);
}
