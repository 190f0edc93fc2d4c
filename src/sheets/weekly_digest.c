#include <string.h>

#include "base/mem.h"
#include "sheets/compose.h"

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
    compose_runs(composer, text, STYLE_DIGEST, STYLE_DIGEST_STRONG, arena_copy_n(composer->arena, item, length));
}

static struct box *digest_table(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const struct week_sheet *week = composer->week;
    const struct track tracks[] = {{.width = MM(400), .gap = MM(30)}, {.share = 1}};
    struct box *table = box_table(composer->arena, tracks, 2, 0);
    size_t count = 0;
    const char **subjects = digest_subjects(composer, &count);
    for (size_t i = 0; i < count; i++) {
        struct box *row = box_table_row(composer->arena, table);
        box_add(row, compose_text(composer, STYLE_NOTE, ALIGN_LEFT, subjects[i]));
        struct box *text = box_text(composer->arena, ALIGN_LEFT);
        size_t items = 0;
        for (size_t k = 0; k < week->change_count; k++) {
            if (week->changes[k].what != CHANGE_MARK || strcmp(week->changes[k].subject, subjects[i]) != 0)
                continue;
            if (items++ > 0)
                box_run(text, composer->style[STYLE_DIGEST], words_say(words, "digest.between", NULL));
            add_item(composer, text, &week->changes[k]);
        }
        box_add(row, text);
        box_padding(row, MM(9), MM(8));
        box_rule_below(row, RULE_HAIR, GREY_RULE, 0);
        box_keep(row);
    }
    if (count > 0)
        box_rule_above(table, RULE_STRONG, 0, 0);
    return count > 0 ? table : NULL;
}

void compose_digest(struct flow *flow, const char *title)
{
    const struct composer *composer = flow->composer;
    struct box *heading = compose_section(composer, title);
    flow_wide(flow, heading);
    struct box *table = digest_table(composer);
    if (table != NULL)
        flow_wide(flow, table);
    size_t count = 0;
    const char **lines = compose_changes(composer, true, &count);
    if (count == 0)
        return;
    struct box *columns = box_columns(composer->arena, count > 1 ? 2 : 1, MM(60));
    for (size_t i = 0; i < count; i++)
        box_add(columns, compose_bullet(composer, lines[i]));
    box_margin(columns, table != NULL ? MM(18) : 0, 0);
    flow_wide(flow, columns);
}
