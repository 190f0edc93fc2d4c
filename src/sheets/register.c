#include "sheets/register.h"

#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "settings/form.h"
#include "sheets/compose.h"
#include "store/store.h"

#define ROW_HEIGHT  MM(90)
#define NUMBER_WIDE MM(260)
#define WAY_WIDE    MM(200)
#define PAGES_WIDE  MM(130)
#define SIGN_WIDE   MM(360)
#define DATE_WIDE   MM(170)
#define COLUMN_GAP  MM(30)

/* «16–21 ноября 2026» of a week; of a term the period's own name. */
static const char *period_text(const struct composer *composer, const char *period, struct span span)
{
    const struct words *words = &composer->words;
    const char *part = strchr(period, '-');
    int32_t year = 0;
    for (const char *at = period; *at >= '0' && *at <= '9'; at++)
        year = year * 10 + (*at - '0');
    const char *first = arena_format(composer->arena, "%d", (int)year);
    const char *second = arena_format(composer->arena, "%02d", (int)((year + 1) % 100));
    if (part != NULL && part[1] == 'T' && composer->school->plan != NULL && span.from != DATE_NONE) {
        const struct school_year *of = school_year_of(composer->school, composer->arena, span.from);
        return words_say(words, "period.term", "term", words_term(words, of->kind, "name", part[2] - '0'), "y", first,
                         "y2", second, NULL);
    }
    if (part != NULL && part[1] == 'Y')
        return words_say(words, "period.year", "y", first, "y2", second, NULL);
    return span.from == DATE_NONE ? period : words_span_year(words, span);
}

static const char *school_text(const struct composer *composer)
{
    const struct school *school = composer->school;
    const char *pieces[] = {school->name, school->city};
    return compose_join(composer, pieces, 2, words_say(&composer->words, "head.comma", NULL));
}

static struct box *head(const struct composer *composer, const char *form, const char *period, const char *key)
{
    const struct words *words = &composer->words;
    const char *teacher = school_teacher_of(composer->school, form);
    const struct head_line left[] = {
        {STYLE_EYEBROW, school_text(composer)}, {STYLE_TITLE, words_say(words, key, NULL)}, {STYLE_HEAD, period}};
    const struct head_line right[] = {
        {STYLE_WHO, words_say(words, "head.form", "form", form_printed(composer->arena, form), NULL)},
        {STYLE_HEAD, words_say(words, "head.teacher", "teacher", words_bind(composer->arena, teacher), NULL)}};
    return head_compose(composer, left, 3, right, teacher[0] != '\0' ? 2 : 1);
}

static const char *delivery_text(const struct composer *composer, const char *delivery)
{
    return words_of(&composer->words, "delivery", delivery[0] == '\0' ? "hand" : delivery);
}

/* «2 × 1»: pages and copies. */
static const char *pages_text(const struct composer *composer, const struct sheet_row *row)
{
    struct arena *arena = composer->arena;
    return words_say(&composer->words, row->copies > 1 ? "row.pages_copies" : "row.pages", "pages",
                     arena_format(arena, "%d", (int)row->pages), "copies", arena_format(arena, "%d", (int)row->copies),
                     NULL);
}

static struct box *head_cell(const struct composer *composer, const char *key, enum align align)
{
    return compose_text(composer, STYLE_COLUMN, align, words_say(&composer->words, key, NULL));
}

static void add_row(const struct composer *composer, struct box *table, const struct sheet_row *row)
{
    struct box *line = box_table_row(composer->arena, table);
    box_padding(line, MM(30), MM(15));
    box_rule_below(line, RULE_HAIR, GREY_RULE, 0);
    box_min_height(line, ROW_HEIGHT);
    box_keep(line);
    box_add(line, compose_text(composer, STYLE_NUMBER, ALIGN_LEFT, row->number));
    box_add(line, compose_text(composer, STYLE_BODY, ALIGN_LEFT, row->name));
    box_add(line, compose_text(composer, STYLE_NOTE, ALIGN_LEFT, delivery_text(composer, row->delivery)));
    box_add(line, compose_text(composer, STYLE_NOTE, ALIGN_RIGHT, pages_text(composer, row)));
    for (int i = 0; i < 2; i++) { /* to sign on, and to date */
        int32_t width = i == 0 ? SIGN_WIDE : DATE_WIDE;
        struct box *space = box_drawing(composer->arena, width, MM(10));
        box_draw(space, (struct prim){
                            .kind = PRIM_LINE, .y = MM(10), .w = width, .fill = -1, .stroke = 0, .stroke_width = 400});
        box_add(line, space);
    }
}

static struct box *table_of(const struct composer *composer, const struct sheet_row *rows, size_t count)
{
    static const struct {
        const char *key;
        enum align align;
    } columns[] = {{"column.number", ALIGN_LEFT}, {"column.pupil", ALIGN_LEFT}, {"column.delivery", ALIGN_LEFT},
                   {"column.pages", ALIGN_RIGHT}, {"column.sign", ALIGN_LEFT},  {"column.date", ALIGN_LEFT}};
    const struct track tracks[] = {{.width = NUMBER_WIDE, .gap = COLUMN_GAP}, {.share = 1, .gap = COLUMN_GAP},
                                   {.width = WAY_WIDE, .gap = COLUMN_GAP},    {.width = PAGES_WIDE, .gap = MM(50)},
                                   {.width = SIGN_WIDE, .gap = MM(40)},       {.width = DATE_WIDE}};
    struct box *table = box_table(composer->arena, tracks, 6, 1);
    struct box *titles = box_table_row(composer->arena, table);
    box_padding(titles, 0, MM(10));
    box_rule_below(titles, RULE_STRONG, 0, 0);
    for (size_t i = 0; i < 6; i++)
        box_add(titles, head_cell(composer, columns[i].key, columns[i].align));
    for (size_t i = 0; i < count; i++)
        add_row(composer, table, &rows[i]);
    return table;
}

/* How many there are, and the line of the one who hands them out. */
static struct box *closing(const struct composer *composer, const struct sheet_row *rows, size_t count)
{
    const struct words *words = &composer->words;
    int64_t pages = 0, sheets = 0;
    for (size_t i = 0; i < count; i++) {
        int32_t copies = rows[i].copies < 1 ? 1 : rows[i].copies;
        sheets += copies;
        pages += (int64_t)rows[i].pages * copies;
    }
    struct box *stack = box_stack(composer->arena);
    box_margin(stack, MM(60), 0);
    box_keep(stack);
    box_add(stack, compose_text(composer, STYLE_NOTE, ALIGN_LEFT,
                                words_say(words, "closing.total", "sheets",
                                          words_say_count(words, "count.sheets", sheets, NULL), "pages",
                                          words_say_count(words, "count.pages", pages, NULL), NULL)));
    const struct track tracks[] = {{.share = 1, .gap = MM(40)}, {.share = 2, .gap = MM(40)}, {.share = 1}};
    struct box *row = box_row(composer->arena, tracks, 3);
    static const char *const keys[] = {"closing.sign", "closing.name", "closing.date"};
    for (size_t i = 0; i < 3; i++) {
        struct box *cell = compose_text(composer, STYLE_SMALL, ALIGN_LEFT, words_say(words, keys[i], NULL));
        box_rule_above(cell, 400, 0, 0);
        box_padding(cell, MM(8), 0);
        box_add(row, cell);
    }
    box_margin(row, MM(140), 0);
    box_add(stack, row);
    return stack;
}

void register_compose(struct arena *arena, const struct school *school, const struct layout *layout,
                      const struct sheet_row *rows, size_t count, struct span span, struct document *out)
{
    struct composer *composer = arena_alloc(arena, sizeof *composer);
    *composer = (struct composer){.arena = arena, .school = school, .layout = layout};
    compose_start(composer);
    const struct words *words = &composer->words;
    const char *form = rows[0].form, *period = period_text(composer, rows[0].period, span);
    struct doc_part *part = arena_alloc(arena, sizeof *part);
    part->head = head(composer, form, period, "head.title");
    part->head_next = head(composer, form, period, "head.continued");
    part->body = box_stack(arena);
    box_add(part->body, table_of(composer, rows, count));
    box_add(part->body, closing(composer, rows, count));
    const char *title = words_say(words, "document.title", "form", form_printed(arena, form), "period", period, NULL);
    *out = (struct document){.layout = layout,
                             .title = words_plain(arena, title),
                             .parts = part,
                             .part_count = 1,
                             .foot_left = words_plain(arena, words_say(words, "foot.left", "period", rows[0].period,
                                                                       "form", form_printed(arena, form), NULL)),
                             .foot_right = words_plain(arena, words_say(words, "foot.right", NULL)),
                             .foot_style = composer->style[STYLE_FOOT],
                             .foot_first = true};
}
