#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "gradebook/calendar.h"
#include "sheets/compose.h"

/* The grid: a column a week of the term, a row a day of the week. */
#define GRID_WIDTH   MM(840) /* the widest */
#define GRID_LEFT    MM(60)  /* names of the days */
#define CELL_STEP    MM(66)  /* the widest */
#define CELL_GAP     MM(10)
#define CELL_HEIGHT  MM(22)
#define CELL_DOWN    MM(29)
#define CELL_STROKE  350
#define HATCH_STEP   MM(7)
#define GREY_EXCUSED 136
#define GREY_CELL    120 /* the cell's frame */

/* A report by subject tells only of lessons with a mark or an absence. */
#define USUAL_LESSONS 6

/* What a cell says, in the order of the legend. */
enum cell { CELL_PRESENT, CELL_EXCUSED, CELL_UNEXCUSED, CELL_ABSENT, CELL_LATE, CELL_COUNT };

static enum cell cell_of(const struct grid_day *day)
{
    switch (day->reason) {
    case REASON_ILL:
    case REASON_EXCUSED:
        return CELL_EXCUSED;
    case REASON_UNEXCUSED:
        return CELL_UNEXCUSED;
    case REASON_ABSENT:
        return CELL_ABSENT;
    case REASON_LATE:
        return CELL_LATE;
    case REASON_PRESENT:
    case REASON_RELEASED:
    case REASON_COUNT:
        break;
    }
    return CELL_PRESENT;
}

static void draw_rect(struct box *drawing, int32_t x, int32_t y, int32_t width, int32_t fill)
{
    box_draw(drawing, (struct prim){
                          .kind = PRIM_RECT, .x = x, .y = y, .w = width, .h = CELL_HEIGHT, .fill = fill, .stroke = -1});
}

static void draw_stroke(struct box *drawing, int32_t x, int32_t y, int32_t width)
{
    box_draw(drawing, (struct prim){.kind = PRIM_LINE,
                                    .x = x,
                                    .y = y + CELL_HEIGHT,
                                    .w = width,
                                    .h = -CELL_HEIGHT,
                                    .fill = -1,
                                    .stroke = 0,
                                    .stroke_width = 600});
}

/* A day: filled from the left by the part of its lessons that were missed, hatched where the reason is not given;
 * lateness is a stroke across. */
static void draw_cell(struct box *drawing, int32_t x, int32_t y, int32_t width, enum cell cell, int32_t missed,
                      int32_t lessons)
{
    int32_t part = lessons > 0 && missed > 0 && missed < lessons ? (int32_t)((int64_t)width * missed / lessons) : width;
    if (cell == CELL_EXCUSED || cell == CELL_UNEXCUSED)
        draw_rect(drawing, x, y, part, cell == CELL_EXCUSED ? GREY_EXCUSED : 0);
    for (int32_t at = HATCH_STEP; cell == CELL_ABSENT && at <= part; at += HATCH_STEP)
        draw_stroke(drawing, x + at, y, 0);
    if (cell == CELL_ABSENT && part < HATCH_STEP)
        draw_stroke(drawing, x + part, y, 0);
    if (cell == CELL_LATE)
        draw_stroke(drawing, x, y, width);
    box_draw(drawing, (struct prim){.kind = PRIM_RECT,
                                    .x = x,
                                    .y = y,
                                    .w = width,
                                    .h = CELL_HEIGHT,
                                    .fill = -1,
                                    .stroke = GREY_CELL,
                                    .stroke_width = CELL_STROKE});
}

static void draw_label(const struct composer *composer, struct box *drawing, int32_t x, int32_t y, enum align align,
                       const char *text)
{
    box_draw(drawing, (struct prim){.kind = PRIM_TEXT,
                                    .x = x,
                                    .y = y,
                                    .fill = 0,
                                    .stroke = -1,
                                    .text = text,
                                    .style = composer->style[STYLE_GRID],
                                    .align = align});
}

/* The week of the term that the day is in, from 0. */
static int32_t week_index(const struct composer *composer, int32_t day)
{
    const struct week_sheet *week = composer->week;
    return calendar_week_of_term(composer->school, week->year, week->term, day) - 1;
}

/* Half the page's width at most: the block stands in one of two columns. */
static int32_t grid_width(const struct layout *layout)
{
    int32_t column = (layout->page_width - layout->margin_left - layout->margin_right - MM(60)) / 2;
    return column < GRID_WIDTH ? column : GRID_WIDTH;
}

static struct box *draw_grid(const struct composer *composer)
{
    const struct week_sheet *week = composer->week;
    int32_t weeks = 1, rows = 5;
    for (size_t i = 0; i < week->grid_count; i++) {
        int32_t index = week_index(composer, week->grid[i].day), weekday = date_weekday(week->grid[i].day);
        weeks = index >= weeks ? index + 1 : weeks;
        rows = week->grid[i].school && weekday > rows ? weekday : rows;
    }
    int32_t step = (grid_width(composer->layout) - GRID_LEFT) / weeks;
    step = step > CELL_STEP ? CELL_STEP : step;
    int32_t width = step - (step > CELL_GAP * 3 ? CELL_GAP : step / 4);
    struct box *drawing = box_drawing(composer->arena, grid_width(composer->layout), rows * CELL_DOWN + MM(32));
    for (int32_t row = 1; row <= rows; row++)
        draw_label(composer, drawing, 0, (row - 1) * CELL_DOWN + MM(20), ALIGN_LEFT,
                   words_numbered(&composer->words, "weekday.short", row));
    for (int32_t i = 0; i < weeks; i++)
        draw_label(composer, drawing, GRID_LEFT + i * step + width / 2, rows * CELL_DOWN + MM(25), ALIGN_CENTRE,
                   arena_format(composer->arena, "%d", i + 1));
    for (size_t i = 0; i < week->grid_count; i++) {
        const struct grid_day *day = &week->grid[i];
        int32_t index = week_index(composer, day->day);
        int32_t lessons = week->by_subject && day->lessons < USUAL_LESSONS ? USUAL_LESSONS : day->lessons;
        if (day->school)
            draw_cell(drawing, GRID_LEFT + index * step, (date_weekday(day->day) - 1) * CELL_DOWN, width, cell_of(day),
                      day->missed, lessons);
    }
    return drawing;
}

/* What the grid's cells mean, those that occur. NULL: nothing was missed, there is no grid. */
static struct box *draw_legend(const struct composer *composer)
{
    static const char *const keys[CELL_COUNT] = {"attendance.grid_present", "attendance.grid_excused",
                                                 "attendance.grid_unexcused", "attendance.grid_absent",
                                                 "attendance.grid_late"};
    const struct week_sheet *week = composer->week;
    bool used[CELL_COUNT] = {false};
    bool any = false;
    for (size_t i = 0; i < week->grid_count; i++)
        used[cell_of(&week->grid[i])] = true;
    for (int i = CELL_PRESENT + 1; i < CELL_COUNT; i++)
        any = any || used[i];
    if (!any)
        return NULL;
    const struct track tracks[] = {{.width = GRID_LEFT, .gap = 0}, {.width = MM(75)}, {.share = 1}};
    struct box *legend = box_stack(composer->arena);
    for (int i = CELL_PRESENT; i < CELL_COUNT; i++) {
        if (!used[i])
            continue;
        struct box *row = box_row(composer->arena, tracks, 3);
        struct box *cell = box_drawing(composer->arena, CELL_STEP, CELL_DOWN);
        draw_cell(cell, 0, MM(3), CELL_STEP - CELL_GAP, (enum cell)i, 1, 1);
        box_add(row, compose_empty(composer));
        box_add(row, cell);
        box_add(row, compose_text(composer, STYLE_SMALL, ALIGN_LEFT, words_say(&composer->words, keys[i], NULL)));
        box_add(legend, row);
    }
    box_margin(legend, MM(8), MM(14));
    return legend;
}

/* «по болезни – 5, опозданий – 1»: what there is. `unexcused_too`: and that nothing was unexcused. */
static const char *by_reason(const struct composer *composer, const struct attendance *attendance, bool missed,
                             bool unexcused_too)
{
    const struct words *words = &composer->words;
    const char *pieces[REASON_COUNT] = {NULL};
    for (int i = REASON_PRESENT + 1; i < REASON_COUNT; i++) {
        enum reason reason = (enum reason)i;
        int32_t count = attendance->count[i];
        bool said = count > 0 || (reason == REASON_UNEXCUSED && unexcused_too);
        if (said && compose_reason_is_missed(reason) == missed)
            pieces[i] = words_say(words, "attendance.reason", "reason", words_reason(words, "reason.count", reason),
                                  "n", arena_format(composer->arena, "%d", count), NULL);
    }
    return compose_join(composer, pieces, REASON_COUNT, words_say(words, "attendance.comma", NULL));
}

/* «За неделю пропущено 5 уроков (по болезни – 5), опозданий – 1.» */
static const char *week_sentence(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const struct attendance *attendance = &composer->week->of_week;
    int32_t missed = compose_missed(attendance);
    const char *lead = missed == 0 ? words_say(words, "attendance.week_none", NULL)
                                   : words_say_count(words, "attendance.week", missed, "reasons",
                                                     by_reason(composer, attendance, true, false), NULL);
    const char *pieces[] = {lead, by_reason(composer, attendance, false, false)};
    const char *text = compose_join(composer, pieces, 2, words_say(words, "attendance.comma", NULL));
    return words_say(words, "attendance.sentence", "text", text, NULL);
}

/* «За триместр: 7 из 264, по болезни – 7, без уважительной причины – 0, опозданий – 1.» */
static const char *term_sentence(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const struct week_sheet *week = composer->week;
    const struct attendance *attendance = &week->of_term;
    if (week->term == 0 || week->year == NULL)
        return "";
    int32_t missed = compose_missed(attendance);
    const char *term = words_term(words, week->year->kind, "for", week->term);
    const char *lessons = arena_format(composer->arena, "%d", attendance->lessons);
    bool known = !week->by_subject && attendance->lessons > missed;
    const char *lead = missed == 0 ? words_say(words, known ? "attendance.term_none" : "attendance.term_none_unknown",
                                               "term", term, "lessons", lessons, NULL)
                                   : words_say_count(words, known ? "attendance.term" : "attendance.term_unknown",
                                                     missed, "term", term, "lessons", lessons, NULL);
    bool grounded = missed > 0 && attendance->count[REASON_UNEXCUSED] == 0 && attendance->count[REASON_ABSENT] == 0;
    const char *pieces[] = {lead, by_reason(composer, attendance, true, grounded),
                            by_reason(composer, attendance, false, false)};
    const char *text = compose_join(composer, pieces, 3, words_say(words, "attendance.comma", NULL));
    return words_say(words, "attendance.sentence", "text", text, NULL);
}

/* A class without marks has no table of subjects: what was missed is told by subject here. */
static const char *subject_sentence(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const struct week_sheet *week = composer->week;
    const char **pieces = arena_alloc(composer->arena, (week->subject_count + 1) * sizeof *pieces);
    for (size_t i = 0; week->without_marks && i < week->subject_count; i++)
        if (week->subjects[i].missed > 0)
            pieces[i] = words_say(words, "attendance.reason", "reason", week->subjects[i].subject, "n",
                                  arena_format(composer->arena, "%d", week->subjects[i].missed), NULL);
    const char *list = compose_join(composer, pieces, week->subject_count, words_say(words, "attendance.comma", NULL));
    return list[0] == '\0' ? "" : words_say(words, "attendance.by_subject", "text", list, NULL);
}

void block_attendance(struct flow *flow)
{
    const struct composer *composer = flow->composer;
    const struct week_sheet *week = composer->week;
    bool lessons = week->of_week.lessons > 0 || compose_missed(&week->of_week) > 0;
    bool term =
        week->term > 0 && week->year != NULL && (week->of_term.lessons > 0 || compose_missed(&week->of_term) > 0);
    if (!lessons && !term)
        return;
    struct box *stack = compose_block(composer, words_say(&composer->words, "attendance.title", NULL));
    struct box *legend = term && week->grid_count > 0 ? draw_legend(composer) : NULL;
    if (legend != NULL) {
        box_add(stack, draw_grid(composer));
        box_add(stack, legend);
    }
    const char *sentences[] = {lessons ? week_sentence(composer) : "", term ? term_sentence(composer) : "",
                               subject_sentence(composer)};
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        if (sentences[i][0] == '\0')
            continue;
        struct box *text = compose_text(composer, STYLE_NOTE, ALIGN_LEFT, sentences[i]);
        box_margin(text, 0, MM(6));
        box_add(stack, text);
    }
    box_keep(stack);
    flow_narrow(flow, stack);
}
