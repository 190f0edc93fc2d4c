#include "sheets/weekly.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "settings/form.h"
#include "sheets/compose.h"

/* The one table of blocks: a layout names them in the order in which they are printed. */
static const struct {
    const char *name;
    void (*compose)(struct flow *flow);
} blocks[] = {
    {"days", block_days},           {"changes", block_changes},
    {"remarks", block_remarks},     {"announcements", block_announcements},
    {"subjects", block_subjects},   {"attendance", block_attendance},
    {"portfolio", block_portfolio}, {"dates", block_dates},
    {"plan", block_plan},
};

static bool names(const char *const *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i], name) == 0)
            return true;
    return false;
}

static struct flow compose_side(const struct composer *composer, const char *const *order, size_t count)
{
    struct flow flow = {.composer = composer, .body = box_stack(composer->arena)};
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
            if (strcmp(order[i], blocks[k].name) == 0)
                blocks[k].compose(&flow);
    return flow;
}

static const char *pupil_and_form(const struct composer *composer, const char *key)
{
    const struct pupil *pupil = composer->week->pupil;
    return words_say(&composer->words, key, "pupil", pupil->name, "form", form_printed(composer->arena, pupil->form),
                     NULL);
}

/* «1-й триместр, 12-я неделя · до конца триместра 9 учебных дней» */
static const char *term_line(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const struct week_sheet *week = composer->week;
    if (week->term == 0 || week->year == NULL)
        return words_say(words, "head.between", NULL);
    enum term_kind kind = week->year->kind;
    if (week->span.from > week->year->term[week->term - 1].until)
        return words_term(words, kind, "over", week->term);
    const char *pieces[2] = {words_term(words, kind, "name", week->term), ""};
    if (week->week_of_term > 0)
        pieces[1] = words_say(words, "head.week", "n", arena_format(composer->arena, "%d", week->week_of_term), NULL);
    const char *left = week->days_left > 0 ? words_say_count(words, "head.days_left", week->days_left, "term",
                                                             words_term(words, kind, "end", week->term), NULL)
                                           : words_say(words, "head.last_week", "term",
                                                       words_term(words, kind, "end", week->term), NULL);
    const char *place = compose_join(composer, pieces, 2, words_say(words, "head.comma", NULL));
    return words_say(words, "head.term", "place", place, "left", left, NULL);
}

static const char *form_line(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const char *form = composer->week->pupil->form, *printed = form_printed(composer->arena, form);
    const char *teacher = school_teacher_of(composer->school, form);
    if (teacher[0] == '\0')
        return words_say(words, "head.form", "form", printed, NULL);
    return words_say(words, "head.form_teacher", "form", printed, "teacher", words_bind(composer->arena, teacher),
                     NULL);
}

static const char *number_line(const struct composer *composer)
{
    if (composer->label->number == NULL)
        return words_say(&composer->words, "head.preview", NULL);
    return words_say(&composer->words, "head.number", "number", composer->label->number, NULL);
}

struct head_line {
    enum sheet_style style;
    const char *text;
};

/* About how wide the widest of the lines is, within two and three fifths of the page. */
static int32_t wide_about(const struct composer *composer, const struct head_line *lines, size_t count)
{
    int64_t widest = 0;
    for (size_t i = 0; i < count; i++) {
        const struct style *style = &composer->layout->styles[composer->style[lines[i].style]];
        bool bold = style->face == FACE_SERIF_BOLD || style->face == FACE_SANS_BOLD;
        int64_t wide = (int64_t)text_length(lines[i].text) * (style->size * (bold ? 62 : 51) / 100 + style->spacing);
        widest = wide > widest ? wide : widest;
    }
    const struct layout *layout = composer->layout;
    int64_t fifth = (layout->page_width - layout->margin_left - layout->margin_right) / 5;
    return (int32_t)(widest < 2 * fifth ? 2 * fifth : widest > 3 * fifth ? 3 * fifth : widest);
}

static struct box *head_side(const struct composer *composer, const struct head_line *lines, size_t count,
                             enum align align)
{
    struct box *stack = box_stack(composer->arena);
    for (size_t i = 0; i < count; i++) {
        struct box *text = compose_text(composer, lines[i].style, align, lines[i].text);
        box_margin(text, i > 0 ? MM(5) : 0, 0);
        box_add(stack, text);
    }
    return stack;
}

/* Lines at the left and the right edge, the last ones on one baseline, and a strong rule below. */
static struct box *compose_head(const struct composer *composer, const struct head_line *left, size_t left_count,
                                const struct head_line *right, size_t right_count)
{
    const struct track tracks[] = {{.width = wide_about(composer, left, left_count), .gap = MM(50)}, {.share = 1}};
    struct box *head = box_row(composer->arena, tracks, 2);
    box_row_align_last(head);
    box_add(head, head_side(composer, left, left_count, ALIGN_LEFT));
    box_add(head, head_side(composer, right, right_count, ALIGN_RIGHT));
    box_padding(head, 0, MM(20));
    box_rule_below(head, RULE_HEAD, 0, 0);
    box_margin(head, 0, MM(24));
    return head;
}

static const char *school_line(const struct composer *composer)
{
    const char *name = composer->school->name != NULL ? composer->school->name : "";
    const char *city = composer->school->city != NULL ? composer->school->city : "";
    const char *key = name[0] == '\0' ? "head.school_none" : city[0] == '\0' ? "head.school" : "head.school_city";
    return words_say(&composer->words, key, "school", name, "city", city, NULL);
}

static struct box *front_head(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const char *name = school_line(composer);
    const struct head_line left[] = {{STYLE_EYEBROW, name},
                                     {STYLE_TITLE, words_span_year(words, composer->week->span)},
                                     {STYLE_HEAD, term_line(composer)}};
    const struct head_line right[] = {{STYLE_WHO, composer->week->pupil->name},
                                      {STYLE_HEAD, form_line(composer)},
                                      {STYLE_HEAD, number_line(composer)}};
    return compose_head(composer, left, left[2].text[0] != '\0' ? 3 : 2, right, 3);
}

/* The head of a part's further pages: whose sheet it is. */
static struct box *next_head(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const struct head_line left = {STYLE_HEAD, pupil_and_form(composer, "head.pupil")};
    const struct head_line right = {
        STYLE_HEAD, words_say(words, "head.continued", "week", words_span_year(words, composer->week->span), NULL)};
    return compose_head(composer, &left, 1, &right, 1);
}

static bool has_week_marks(const struct week_sheet *week)
{
    for (size_t i = 0; i < week->subject_count; i++)
        for (size_t k = 0; k < week->subjects[i].mark_count; k++)
            if (week->subjects[i].marks[k].this_week)
                return true;
    return false;
}

static struct box *back_head(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const struct week_sheet *week = composer->week;
    bool marks = !week->without_marks && week->subject_count > 0;
    const char *note = marks && has_week_marks(week) ? words_say(words, "back.underlined", NULL) : "";
    const char *title = words_say(words, marks ? "back.title" : "back.title_without_marks", NULL);
    const struct head_line left[] = {{STYLE_EYEBROW, pupil_and_form(composer, "head.pupil")},
                                     {STYLE_TITLE_BACK, title}};
    const struct head_line right[] = {
        {STYLE_HEAD, words_say(words, "back.as_of", "date", words_date_year(words, week->span.until), NULL)},
        {STYLE_HEAD_QUIET, note}};
    return compose_head(composer, left, 2, right, note[0] != '\0' ? 2 : 1);
}

static const char *foot_line(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const struct sheet_label *label = composer->label;
    return words_plain(composer->arena, words_say(words, "foot.left", "sheet", number_line(composer), "made",
                                                  words_date_numbers(words, label->made), "import",
                                                  arena_format(composer->arena, "%d", label->import), "import_day",
                                                  words_date_numbers(words, label->import_day), NULL));
}

static void compose_parts(const struct composer *composer, struct document *out)
{
    const struct layout *layout = composer->layout;
    struct flow front = compose_side(composer, layout->front, layout->front_count);
    struct flow back = compose_side(composer, layout->back, layout->back_count);
    struct doc_part *parts = arena_alloc(composer->arena, 2 * sizeof *parts);
    parts[0] = (struct doc_part){.head = front_head(composer), .head_next = next_head(composer), .body = front.body};
    parts[1] = (struct doc_part){.head = back_head(composer), .head_next = next_head(composer), .body = back.body};
    out->parts = parts;
    out->part_count = back.blocks > 0 ? 2 : 1;
}

void weekly_compose(struct arena *arena, const struct week_sheet *week, const struct school *school,
                    const struct layout *layout, const struct sheet_label *label, struct document *out)
{
    struct composer *composer = arena_alloc(arena, sizeof *composer);
    *composer = (struct composer){.arena = arena,
                                  .week = week,
                                  .school = school,
                                  .layout = layout,
                                  .label = label,
                                  .words = {.arena = arena, .layout = layout}};
    for (size_t i = 0; i < STYLE_COUNT; i++)
        composer->style[i] = layout_style(layout, compose_style_names()[i]);
    const struct words *words = &composer->words;
    *out = (struct document){.layout = layout,
                             .foot_left = foot_line(composer),
                             .foot_right = words_plain(arena, words_say(words, "foot.right", NULL)),
                             .foot_style = composer->style[STYLE_FOOT],
                             .watermark_style = composer->style[STYLE_WATERMARK]};
    out->title = words_plain(arena, words_say(words, "document.title", "pupil", week->pupil->name, "form",
                                              form_printed(arena, week->pupil->form), "week",
                                              words_span_year(words, week->span), NULL));
    compose_parts(composer, out);
    if (names(layout->front, layout->front_count, "slip")) {
        out->slip_front = slip_front(composer);
        out->slip_back = slip_back(composer);
    }
    if (label->number == NULL)
        out->watermark = words_plain(arena, words_say(words, "preview.watermark", NULL));
}
