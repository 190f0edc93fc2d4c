#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "sheets/compose.h"

#define LONG_ITEM 40 /* characters: a longer one may be broken */

/* Subjects of the changes that have marks, each once, in the order of the term's subjects and then of the changes. */
static const char **digest_subjects(const struct composer *composer, size_t *count)
{
    const struct week_sheet *week = composer->week;
    size_t most = week->subject_count + week->change_count;
    const char **subjects = arena_alloc(composer->arena, (most + 1) * sizeof *subjects);
    *count = 0;
    for (size_t i = 0; i < most; i++) {
        const char *subject =
            i < week->subject_count ? week->subjects[i].subject : week->changes[i - week->subject_count].subject;
        size_t known = 0, marks = 0;
        while (known < *count && strcmp(subjects[known], subject) != 0)
            known++;
        for (size_t k = 0; k < week->change_count; k++)
            marks += week->changes[k].what == CHANGE_MARK && strcmp(week->changes[k].subject, subject) == 0 ? 1 : 0;
        if (known == *count && marks > 0)
            subjects[(*count)++] = subject;
    }
    return subjects;
}

/* With no-break spaces: lines end between items. */
static const char *bound(const struct composer *composer, const char *item)
{
    struct buffer out = {0};
    for (const char *at = item; *at != '\0'; at++) {
        if (*at == ' ')
            buffer_text(&out, TEXT_NBSP);
        else
            buffer_char(&out, *at);
    }
    const char *whole = arena_copy_n(composer->arena, out.data, out.size);
    buffer_free(&out);
    return whole;
}

/* «3.09 4 диктант ×2», «3.09 отметка 3 → 4». */
static void add_item(const struct composer *composer, struct box *text, const struct change *change)
{
    const struct words *words = &composer->words;
    const char *date = words_date_short(words, change->day), *item = NULL;
    if (change->kind == CHANGE_ADDED)
        item = words_say(words, "digest.mark", "date", date, "mark", compose_mark(composer, change->now), "work",
                         compose_work(composer, change->now_work, change->now_weight), NULL);
    else
        item = words_say(words, "digest.change", "date", date, "text", compose_change(composer, change), NULL);
    size_t length = strlen(item);
    while (length > 0 && item[length - 1] == ' ')
        length--;
    const char *whole = arena_copy_n(composer->arena, item, length);
    if (text_length(whole) <= LONG_ITEM)
        whole = bound(composer, whole);
    compose_runs(composer, text, STYLE_DIGEST, STYLE_DIGEST_STRONG, whole);
}

/* A paragraph a subject, in two columns. NULL: no marks. */
static struct box *digest_columns(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const struct week_sheet *week = composer->week;
    size_t count = 0;
    const char **subjects = digest_subjects(composer, &count);
    struct box *columns = box_columns(composer->arena, count > 1 ? 2 : 1, MM(60));
    for (size_t i = 0; i < count; i++) {
        struct box *text = box_text(composer->arena, ALIGN_LEFT);
        box_run(text, composer->style[STYLE_SUBJECT], subjects[i]);
        box_run(text, composer->style[STYLE_DIGEST], words_say(words, "digest.lead", NULL));
        size_t items = 0;
        for (size_t k = 0; k < week->change_count; k++) {
            if (week->changes[k].what != CHANGE_MARK || strcmp(week->changes[k].subject, subjects[i]) != 0)
                continue;
            if (items++ > 0)
                box_run(text, composer->style[STYLE_DIGEST], words_say(words, "digest.between", NULL));
            add_item(composer, text, &week->changes[k]);
        }
        struct box *row = box_stack(composer->arena);
        box_add(row, text);
        box_padding(row, MM(9), MM(8));
        box_rule_below(row, RULE_HAIR, GREY_RULE, 0);
        box_keep(row);
        box_add(columns, row);
    }
    if (count > 0)
        box_rule_above(columns, RULE_STRONG, 0, 0);
    return count > 0 ? columns : NULL;
}

void compose_digest(struct flow *flow, const char *title)
{
    const struct composer *composer = flow->composer;
    struct box *stack = compose_block(composer, title);
    struct box *marks = digest_columns(composer);
    if (marks != NULL)
        box_add(stack, marks);
    size_t count = 0;
    const char **lines = compose_changes(composer, true, &count);
    if (count > 0) {
        struct box *columns = box_columns(composer->arena, count > 1 ? 2 : 1, MM(60));
        for (size_t i = 0; i < count; i++)
            box_add(columns, compose_bullet(composer, lines[i]));
        box_margin(columns, marks != NULL ? MM(18) : 0, 0);
        box_add(stack, columns);
    }
    box_may_move(stack, MOVE_LAST);
    flow->last = stack;
}
