#include "sheets/compose.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* A list of so many items is kept together. */
#define FEW_ITEMS 6

static const char *const style_names[STYLE_COUNT] = {
    [STYLE_BODY] = "body",
    [STYLE_EYEBROW] = "eyebrow",
    [STYLE_TITLE] = "title",
    [STYLE_TITLE_BACK] = "title.back",
    [STYLE_WHO] = "who",
    [STYLE_HEAD] = "head",
    [STYLE_HEAD_QUIET] = "head.quiet",
    [STYLE_DAY] = "day",
    [STYLE_DAY_DATE] = "day.date",
    [STYLE_NUMBER] = "number",
    [STYLE_SUBJECT] = "subject",
    [STYLE_TOPIC] = "topic",
    [STYLE_HOMEWORK] = "homework",
    [STYLE_LABEL] = "label",
    [STYLE_MARK] = "mark",
    [STYLE_MARK_WORD] = "mark.word",
    [STYLE_MARK_CELL] = "mark.cell",
    [STYLE_WORK] = "work",
    [STYLE_CODE] = "code",
    [STYLE_QUIET] = "quiet",
    [STYLE_SECTION] = "section",
    [STYLE_NOTE] = "note",
    [STYLE_NOTE_STRONG] = "note.strong",
    [STYLE_NOTE_NAME] = "note.name",
    [STYLE_COLUMN] = "column",
    [STYLE_MARKS] = "marks",
    [STYLE_MARKS_WEEK] = "marks.week",
    [STYLE_FORECAST] = "forecast",
    [STYLE_FORECAST_OR] = "forecast.or",
    [STYLE_ADVICE] = "advice",
    [STYLE_DIGEST] = "digest",
    [STYLE_DIGEST_STRONG] = "digest.strong",
    [STYLE_SMALL] = "small",
    [STYLE_GRID] = "grid",
    [STYLE_SLIP] = "slip",
    [STYLE_SLIP_STRONG] = "slip.strong",
    [STYLE_SLIP_QUIET] = "slip.quiet",
    [STYLE_FOOT] = "foot",
    [STYLE_WATERMARK] = "watermark",
    [STYLE_FINAL] = "final",
    [STYLE_FINAL_NOW] = "final.now",
    [STYLE_FINAL_WORD] = "final.word",
    [STYLE_MEAN] = "mean",
};

const char *const *compose_style_names(void)
{
    return style_names;
}

void compose_start(struct composer *composer)
{
    composer->words = (struct words){.arena = composer->arena, .layout = composer->layout};
    for (size_t i = 0; i < STYLE_COUNT; i++)
        composer->style[i] = layout_style(composer->layout, style_names[i]);
}

struct box *compose_text(const struct composer *composer, enum sheet_style style, enum align align, const char *text)
{
    struct box *box = box_text(composer->arena, align);
    if (text[0] != '\0')
        box_run(box, composer->style[style], words_plain(composer->arena, text));
    return box;
}

void compose_runs(const struct composer *composer, struct box *text, enum sheet_style plain, enum sheet_style strong,
                  const char *words)
{
    bool on = false;
    for (const char *from = words; *from != '\0'; on = !on) {
        const char *end = strchr(from, WORDS_STRONG);
        size_t length = end == NULL ? strlen(from) : (size_t)(end - from);
        if (length > 0)
            box_run(text, composer->style[on ? strong : plain], arena_copy_n(composer->arena, from, length));
        if (end == NULL)
            break;
        from = end + 1;
    }
}

struct box *compose_rich(const struct composer *composer, enum sheet_style plain, enum sheet_style strong,
                         const char *text)
{
    struct box *box = box_text(composer->arena, ALIGN_LEFT);
    compose_runs(composer, box, plain, strong, text);
    return box;
}

struct box *compose_section(const struct composer *composer, const char *text)
{
    struct box *heading = compose_text(composer, STYLE_SECTION, ALIGN_LEFT, text);
    box_margin(heading, MM(40), MM(14));
    box_keep_with_next(heading);
    return heading;
}

struct box *compose_block(const struct composer *composer, const char *title)
{
    struct box *stack = box_stack(composer->arena);
    if (title[0] != '\0')
        box_add(stack, compose_section(composer, title));
    return stack;
}

struct box *compose_empty(const struct composer *composer)
{
    return box_stack(composer->arena);
}

const char *compose_mark(const struct composer *composer, const char *text)
{
    return compose_is_debt(text) ? words_say(&composer->words, "mark.debt", NULL) : text;
}

const char *compose_work(const struct composer *composer, const char *work, int32_t weight)
{
    const char *times = weight == WEIGHT_ONE || weight == 0 ? "" : words_weight(&composer->words, weight);
    if (work == NULL)
        work = "";
    if (work[0] == '\0' || times[0] == '\0')
        return work[0] == '\0' ? times : work;
    return arena_format(composer->arena, "%s" TEXT_NBSP "%s", work, times);
}

const char *compose_join(const struct composer *composer, const char *const *pieces, size_t count,
                         const char *separator)
{
    struct buffer out = {0};
    for (size_t i = 0; i < count; i++) {
        if (pieces[i] == NULL || pieces[i][0] == '\0')
            continue;
        if (out.size > 0)
            buffer_text(&out, separator);
        buffer_text(&out, pieces[i]);
    }
    const char *joined = out.size == 0 ? "" : arena_copy_n(composer->arena, out.data, out.size);
    buffer_free(&out);
    return joined;
}

bool compose_reason_is_missed(enum reason reason)
{
    return reason == REASON_ILL || reason == REASON_EXCUSED || reason == REASON_UNEXCUSED || reason == REASON_ABSENT;
}

int32_t compose_missed(const struct attendance *attendance)
{
    int32_t missed = 0;
    for (int reason = 0; reason < REASON_COUNT; reason++)
        if (compose_reason_is_missed((enum reason)reason))
            missed += attendance->count[reason];
    return missed;
}

int32_t compose_width(const struct composer *composer)
{
    const struct layout *layout = composer->layout;
    return layout->page_width - layout->margin_left - layout->margin_right;
}

bool compose_is_narrow(const struct composer *composer)
{
    return compose_width(composer) < MM(1500);
}

int32_t compose_row_padding(size_t rows, int32_t height)
{
    enum { LINE = 60, LEAST = 11, MOST = 30 }; /* tenths of a millimetre */
    int32_t padding = rows == 0 ? 0 : (height / (int32_t)rows - MM(LINE)) / 2;
    return padding < MM(LEAST) ? MM(LEAST) : padding > MM(MOST) ? MM(MOST) : padding;
}

void flow_narrow(struct flow *flow, struct box *block)
{
    if (flow->columns == NULL) {
        flow->columns = box_columns(flow->composer->arena, 2, MM(60));
        box_margin(flow->columns, flow->blocks > 0 ? MM(40) : 0, 0);
        box_may_move(flow->columns, flow->narrow);
        box_add(flow->body, flow->columns);
    }
    box_add(flow->columns, block);
    flow->blocks++;
}

void flow_wide(struct flow *flow, struct box *block)
{
    flow->columns = NULL;
    box_add(flow->body, block);
    flow->blocks++;
}

void flow_list(struct flow *flow, const char *title, struct box *const *items, size_t count, bool across)
{
    struct box *stack = compose_block(flow->composer, title);
    bool wide = count > 1 && (across || flow->columns == NULL);
    struct box *list = wide ? box_columns(flow->composer->arena, 2, MM(60)) : stack;
    for (size_t i = 0; i < count; i++)
        box_add(list, items[i]);
    if (wide)
        box_add(stack, list);
    if (count <= FEW_ITEMS)
        box_keep(stack);
    if (wide)
        flow_wide(flow, stack);
    else
        flow_narrow(flow, stack);
}

struct flow flow_blocks(const struct composer *composer, const struct block *blocks, size_t block_count,
                        const char *const *order, size_t count)
{
    struct flow flow = {.composer = composer, .body = box_stack(composer->arena)};
    if (composer->week != NULL)
        flow.narrow = composer->week->by_subject ? MOVE_IF_ROOM : MOVE_IF_TIGHT;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < block_count; k++)
            if (strcmp(order[i], blocks[k].name) == 0)
                blocks[k].compose(&flow);
    if (flow.last != NULL)
        flow_wide(&flow, flow.last);
    return flow;
}
