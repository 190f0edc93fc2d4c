#include "sheets/forecast_chart.h"

#include "base/mem.h"
#include "sheets/outlook.h"

#define CHART_HEIGHT MM(140)
#define CHART_FOOT   MM(30)  /* numbers of weeks */
#define CHART_RIGHT  MM(100) /* names of thresholds */
#define DOT          MM(9)
#define COLUMN_GAP   MM(6)

/* A chart's plane: weeks from left to right, means in hundredths from `low` up to `high`. */
struct plane {
    const struct composer *composer;
    struct box *drawing;
    int32_t width, weeks, low, high;
};

static int32_t week_at(const struct plane *plane, int32_t week)
{
    return (int32_t)((int64_t)plane->width * (2 * week + 1) / (2 * plane->weeks));
}

static int32_t height_at(const struct plane *plane, int32_t mean)
{
    int32_t range = plane->high > plane->low ? plane->high - plane->low : 1;
    return (int32_t)((int64_t)CHART_HEIGHT * (plane->high - mean) / range);
}

static void draw_text(const struct plane *plane, int32_t x, int32_t y, enum align align, const char *text)
{
    box_draw(plane->drawing, (struct prim){.kind = PRIM_TEXT,
                                           .x = x,
                                           .y = y,
                                           .align = align,
                                           .fill = 0,
                                           .stroke = -1,
                                           .style = plane->composer->style[STYLE_GRID],
                                           .text = text});
}

static void draw_line(const struct plane *plane, int32_t x, int32_t y, int32_t w, int32_t h, int32_t width,
                      int32_t grey, int32_t dash)
{
    box_draw(plane->drawing, (struct prim){.kind = PRIM_LINE,
                                           .x = x,
                                           .y = y,
                                           .w = w,
                                           .h = h,
                                           .fill = -1,
                                           .stroke = grey,
                                           .stroke_width = width,
                                           .dash = dash});
}

static void draw_week(const struct plane *plane, int32_t week)
{
    draw_text(plane, week_at(plane, week - 1), CHART_HEIGHT + MM(25), ALIGN_CENTRE,
              arena_format(plane->composer->arena, "%d", week));
}

/* The first week, the one of the sheet and the last one, under the chart. */
static void draw_weeks(const struct plane *plane, int32_t passed)
{
    draw_week(plane, 1);
    if (passed > 1)
        draw_week(plane, passed);
    if (plane->weeks > passed && passed > 0)
        draw_week(plane, plane->weeks);
}

static struct plane new_plane(const struct composer *composer, const struct forecast_sheet *sheet, int32_t width)
{
    struct plane plane = {.composer = composer, .width = width, .weeks = sheet->weeks < 1 ? 1 : sheet->weeks};
    plane.drawing = box_drawing(composer->arena, CHART_WIDTH, CHART_HEIGHT + CHART_FOOT);
    draw_weeks(&plane, sheet->passed);
    return plane;
}

/* The range of the means, and the nearest threshold on either side of it. */
static void find_range(struct plane *plane, const struct trail_point *points, int32_t count, int32_t threshold)
{
    plane->low = 100 * MARK_BEST;
    plane->high = 100 * MARK_WORST;
    for (int32_t i = 0; i < count; i++) {
        if (points[i].mean < 0)
            continue;
        plane->low = points[i].mean < plane->low ? points[i].mean : plane->low;
        plane->high = points[i].mean > plane->high ? points[i].mean : plane->high;
    }
    int32_t low = plane->low, high = plane->high, below = 100 * MARK_WORST, above = 100 * MARK_BEST;
    for (int32_t mark = MARK_WORST + 1; mark <= MARK_BEST; mark++) {
        int32_t border = mark_border(mark, threshold);
        below = border <= low && border > below ? border : below;
        above = border > high && border < above ? border : above;
    }
    int32_t margin = (above - below) / 16;
    plane->low = below - margin;
    plane->high = above + margin;
}

static void draw_borders(const struct plane *plane, int32_t threshold)
{
    const struct words *words = &plane->composer->words;
    for (int32_t mark = MARK_WORST + 1; mark <= MARK_BEST; mark++) {
        int32_t border = mark_border(mark, threshold), y = height_at(plane, border);
        if (border < plane->low || border > plane->high)
            continue;
        draw_line(plane, 0, y, plane->width, 0, 400, 120, MM(8));
        draw_text(plane, plane->width + MM(8), y + MM(8), ALIGN_LEFT,
                  words_say(words, "chart.border", "mark", arena_format(plane->composer->arena, "%d", mark), "mean",
                            words_hundredths(words, border), NULL));
    }
}

static void draw_dot(const struct plane *plane, int32_t x, int32_t y)
{
    box_draw(plane->drawing,
             (struct prim){
                 .kind = PRIM_RECT, .x = x - DOT / 2, .y = y - DOT / 2, .w = DOT, .h = DOT, .fill = 0, .stroke = -1});
}

struct box *chart_means(const struct composer *composer, const struct forecast_sheet *sheet,
                        const struct trail_point *points)
{
    struct plane plane = new_plane(composer, sheet, CHART_WIDTH - CHART_RIGHT);
    find_range(&plane, points, sheet->passed, composer->school->threshold);
    draw_borders(&plane, composer->school->threshold);
    int32_t before = -1;
    for (int32_t i = 0; i < sheet->passed; i++) {
        if (points[i].mean < 0)
            continue;
        int32_t x = week_at(&plane, i), y = height_at(&plane, points[i].mean);
        if (before >= 0) {
            int32_t from_x = week_at(&plane, before), from_y = height_at(&plane, points[before].mean);
            draw_line(&plane, from_x, from_y, x - from_x, y - from_y, 900, 0, 0);
        }
        if (before < 0 || i + 1 == sheet->passed)
            draw_dot(&plane, x, y);
        before = i;
    }
    return plane.drawing;
}

struct box *chart_chances(const struct composer *composer, const struct forecast_sheet *sheet,
                          const struct trail_point *points)
{
    struct plane plane = new_plane(composer, sheet, CHART_WIDTH);
    int32_t step = plane.width / plane.weeks, width = step - (step > 3 * COLUMN_GAP ? COLUMN_GAP : step / 4);
    for (int32_t i = 0; i < sheet->passed; i++) {
        const struct outlook_line *line = &points[i].outlook;
        if (line->said.low == 0)
            continue;
        int32_t x = week_at(&plane, i) - width / 2;
        double below = 0;
        for (int k = 0; k < FORECAST_MARKS; k++) {
            int32_t foot = (int32_t)(below * CHART_HEIGHT + .5);
            below += line->term[k];
            int32_t top = (int32_t)(below * CHART_HEIGHT + .5);
            if (outlook_greys[k] >= 0 && top > foot)
                box_draw(plane.drawing, (struct prim){.kind = PRIM_RECT,
                                                      .x = x,
                                                      .y = CHART_HEIGHT - top,
                                                      .w = width,
                                                      .h = top - foot,
                                                      .fill = outlook_greys[k],
                                                      .stroke = -1});
        }
        box_draw(plane.drawing, (struct prim){.kind = PRIM_RECT,
                                              .x = x,
                                              .w = width,
                                              .h = CHART_HEIGHT,
                                              .fill = -1,
                                              .stroke = 0,
                                              .stroke_width = 300});
    }
    return plane.drawing;
}
