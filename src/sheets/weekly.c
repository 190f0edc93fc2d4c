#include "sheets/weekly.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "settings/form.h"
#include "sheets/compose.h"
#include "sheets/outlook.h"

static const struct block blocks[] = {
    {"days", block_days},           {"changes", block_changes},
    {"remarks", block_remarks},     {"announcements", block_announcements},
    {"subjects", block_subjects},   {"attendance", block_attendance},
    {"portfolio", block_portfolio}, {"dates", block_dates},
    {"plan", block_plan},
};

#define BLOCK_COUNT (sizeof blocks / sizeof *blocks)

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

static struct box *front_head(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const char *name = head_school(composer);
    const struct head_line left[] = {{STYLE_EYEBROW, name},
                                     {STYLE_TITLE, words_span_year(words, composer->week->span)},
                                     {STYLE_HEAD, term_line(composer)}};
    const struct head_line right[] = {{STYLE_WHO, composer->week->pupil->name},
                                      {STYLE_HEAD, head_form(composer)},
                                      {STYLE_HEAD, head_number(composer)}};
    return head_compose(composer, left, left[2].text[0] != '\0' ? 3 : 2, right, 3);
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
    const char *key = !marks ? "back.title_without_marks" : outlook_any(week) ? "back.title" : "back.title_plain";
    const char *title = words_say(words, key, NULL);
    const struct head_line left[] = {{STYLE_EYEBROW, head_pupil(composer)}, {STYLE_TITLE_BACK, title}};
    const struct head_line right[] = {
        {STYLE_HEAD, words_say(words, "back.as_of", "date", words_date_year(words, week->span.until), NULL)},
        {STYLE_HEAD_QUIET, note}};
    return head_compose(composer, left, 2, right, note[0] != '\0' ? 2 : 1);
}

static void compose_parts(const struct composer *composer, struct document *out)
{
    const struct layout *layout = composer->layout;
    struct flow front = flow_blocks(composer, blocks, BLOCK_COUNT, layout->front, layout->front_count);
    struct flow back = flow_blocks(composer, blocks, BLOCK_COUNT, layout->back, layout->back_count);
    struct doc_part *parts = arena_alloc(composer->arena, 2 * sizeof *parts);
    parts[0] = (struct doc_part){.head = front_head(composer), .head_next = head_next(composer), .body = front.body};
    parts[1] = (struct doc_part){.head = back_head(composer), .head_next = head_next(composer), .body = back.body};
    out->parts = parts;
    out->part_count = back.blocks > 0 ? 2 : 1;
}

void weekly_compose(struct arena *arena, const struct week_sheet *week, const struct school *school,
                    const struct layout *layout, const struct sheet_label *label, struct document *out)
{
    struct composer *composer = arena_alloc(arena, sizeof *composer);
    *composer = (struct composer){.arena = arena,
                                  .week = week,
                                  .pupil = week->pupil,
                                  .year = week->year,
                                  .slip_from = week->span.until,
                                  .school = school,
                                  .layout = layout,
                                  .label = label};
    compose_start(composer);
    composer->period = words_span_year(&composer->words, week->span);
    head_document(composer, out);
    compose_parts(composer, out);
}
