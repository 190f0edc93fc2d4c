#include "base/date.h"
#include "base/mem.h"
#include "sheets/compose.h"

struct box *compose_paragraph(const struct composer *composer, const char *text)
{
    struct box *box = compose_rich(composer, STYLE_NOTE, STYLE_NOTE_STRONG, text);
    box_margin(box, 0, MM(10));
    return box;
}

void flow_remarks(struct flow *flow, const struct remark *remarks, size_t count)
{
    const struct composer *composer = flow->composer;
    const struct words *words = &composer->words;
    if (count == 0)
        return;
    struct box **items = arena_alloc(composer->arena, count * sizeof *items);
    for (size_t i = 0; i < count; i++) {
        const struct remark *remark = &remarks[i];
        const char *key = remark->subject[0] != '\0' ? "remarks.item" : "remarks.item_day";
        items[i] = compose_paragraph(composer, words_say(words, key, "subject", remark->subject, "date",
                                                         words_date(words, remark->day), "text", remark->text, NULL));
        if (remark->teacher[0] != '\0')
            box_run(items[i], composer->style[STYLE_NOTE_NAME],
                    arena_format(composer->arena, " %s", words_bind(composer->arena, remark->teacher)));
    }
    flow_list(flow, words_say(words, "remarks.title", NULL), items, count, false);
}

void block_remarks(struct flow *flow)
{
    flow_remarks(flow, flow->composer->week->remarks, flow->composer->week->remark_count);
}

static struct box *announcement_box(const struct composer *composer, const struct announcement *announcement)
{
    const struct words *words = &composer->words;
    if (announcement->from == DATE_NONE)
        return compose_paragraph(composer, announcement->text);
    struct span span = {.from = announcement->from, .until = announcement->until};
    return compose_paragraph(composer, words_say(words, "announcements.item", "date", words_span(words, span), "text",
                                                 announcement->text, NULL));
}

/* One announcement stands where there is room; several have two columns of their own, but on a first sheet, which has
 * the term so far to tell. */
void block_announcements(struct flow *flow)
{
    const struct composer *composer = flow->composer;
    const struct week_sheet *week = composer->week;
    if (week->announcement_count == 0)
        return;
    struct box **items = arena_alloc(composer->arena, week->announcement_count * sizeof *items);
    for (size_t i = 0; i < week->announcement_count; i++)
        items[i] = announcement_box(composer, week->announcements[i]);
    flow_list(flow, words_say(&composer->words, "announcements.title", NULL), items, week->announcement_count,
              !week->first || week->change_count == 0);
}

void flow_portfolio(struct flow *flow, const struct achievement *const *achievements, size_t count)
{
    const struct composer *composer = flow->composer;
    const struct words *words = &composer->words;
    if (count == 0)
        return;
    struct box **items = arena_alloc(composer->arena, count * sizeof *items);
    for (size_t i = 0; i < count; i++) {
        const struct achievement *achievement = achievements[i];
        const char *key = achievement->result[0] != '\0' ? "portfolio.item" : "portfolio.item_plain";
        items[i] =
            compose_paragraph(composer, words_say(words, key, "date", words_date(words, achievement->day), "title",
                                                  achievement->title, "result", achievement->result, NULL));
    }
    flow_list(flow, words_say(words, "portfolio.title", NULL), items, count, false);
}

void block_portfolio(struct flow *flow)
{
    flow_portfolio(flow, flow->composer->week->achievements, flow->composer->week->achievement_count);
}

static const char *date_ahead(const struct composer *composer, const struct date_ahead *ahead)
{
    const struct words *words = &composer->words;
    const char *date = words_span(words, ahead->span);
    if (ahead->name != NULL)
        return words_say(words, "dates.holiday", "date", date, "name", ahead->name, NULL);
    enum term_kind kind = composer->week->year->kind;
    if (ahead->begins_term > 0)
        return words_say(words, "dates.begins", "date", date, "term", words_term(words, kind, "of", ahead->begins_term),
                         NULL);
    return words_say(words, "dates.ends", "date", date, "term", words_term(words, kind, "of", ahead->ends_term), NULL);
}

void block_dates(struct flow *flow)
{
    const struct composer *composer = flow->composer;
    const struct week_sheet *week = composer->week;
    if (week->ahead_count == 0 || week->year == NULL)
        return;
    struct box **items = arena_alloc(composer->arena, week->ahead_count * sizeof *items);
    for (size_t i = 0; i < week->ahead_count; i++)
        items[i] = compose_paragraph(composer, date_ahead(composer, &week->ahead[i]));
    flow_list(flow, words_say(&composer->words, "dates.title", NULL), items, week->ahead_count, false);
}
