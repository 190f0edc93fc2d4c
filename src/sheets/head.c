#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "settings/form.h"
#include "sheets/compose.h"

const char *head_pupil(const struct composer *composer)
{
    const struct pupil *pupil = composer->pupil;
    return words_say(&composer->words, "head.pupil", "pupil", pupil->name, "form",
                     form_printed(composer->arena, pupil->form), NULL);
}

const char *head_form(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const char *form = composer->pupil->form, *printed = form_printed(composer->arena, form);
    const char *teacher = school_teacher_of(composer->school, form);
    if (teacher[0] == '\0')
        return words_say(words, "head.form", "form", printed, NULL);
    return words_say(words, "head.form_teacher", "form", printed, "teacher", words_bind(composer->arena, teacher),
                     NULL);
}

const char *head_number(const struct composer *composer)
{
    if (composer->label->number == NULL)
        return words_say(&composer->words, "head.preview", NULL);
    return words_say(&composer->words, "head.number", "number", composer->label->number, NULL);
}

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

struct box *head_compose(const struct composer *composer, const struct head_line *left, size_t left_count,
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

const char *head_school(const struct composer *composer)
{
    const char *name = composer->school->name != NULL ? composer->school->name : "";
    const char *city = composer->school->city != NULL ? composer->school->city : "";
    const char *key = name[0] == '\0' ? "head.school_none" : city[0] == '\0' ? "head.school" : "head.school_city";
    return words_say(&composer->words, key, "school", name, "city", city, NULL);
}

struct box *head_next(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const struct head_line left = {STYLE_HEAD, head_pupil(composer)};
    const struct head_line right = {
        STYLE_HEAD, words_say(words, "head.continued", "week", composer->period, "period", composer->period, NULL)};
    return head_compose(composer, &left, 1, &right, 1);
}

static const char *foot_line(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const struct sheet_label *label = composer->label;
    return words_plain(composer->arena, words_say(words, "foot.left", "sheet", head_number(composer), "made",
                                                  words_date_numbers(words, label->made), "import",
                                                  arena_format(composer->arena, "%d", label->import), "import_day",
                                                  words_date_numbers(words, label->import_day), NULL));
}

static bool names(const char *const *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i], name) == 0)
            return true;
    return false;
}

void head_document(const struct composer *composer, struct document *out)
{
    struct arena *arena = composer->arena;
    const struct words *words = &composer->words;
    const struct layout *layout = composer->layout;
    *out = (struct document){.layout = layout,
                             .foot_left = foot_line(composer),
                             .foot_right = words_plain(arena, words_say(words, "foot.right", NULL)),
                             .foot_style = composer->style[STYLE_FOOT],
                             .watermark_style = composer->style[STYLE_WATERMARK]};
    out->title = words_plain(arena, words_say(words, "document.title", "pupil", composer->pupil->name, "form",
                                              form_printed(arena, composer->pupil->form), "week", composer->period,
                                              "period", composer->period, NULL));
    if (names(layout->front, layout->front_count, "slip")) {
        out->slip_front = slip_front(composer);
        out->slip_back = slip_back(composer);
    }
    if (composer->label->number == NULL)
        out->watermark = words_plain(arena, words_say(words, "preview.watermark", NULL));
}
