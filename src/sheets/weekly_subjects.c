#include <string.h>

#include "base/mem.h"
#include "sheets/compose.h"
#include "sheets/outlook.h"

#define BAR_WIDTH       MM(145)
#define BEFORE_FORECAST MM(35)

/* A column of the table of subjects: the table is made from a list of these, those that have something to say. */
struct column {
    const char *title; /* key of its heading */
    struct track track;
    int32_t alone; /* the width where the table has no forecast; 0: the same */
    enum align align;
    bool (*shown)(const struct composer *composer);
    struct box *(*cell)(const struct composer *composer, const struct subject_line *line);
};

/* On a narrow page the advice stands below the subject. */
static struct box *subject_cell(const struct composer *composer, const struct subject_line *line)
{
    struct box *subject = compose_text(composer, STYLE_BODY, ALIGN_LEFT, line->subject);
    const char *advice = compose_is_narrow(composer) ? outlook_advice(composer, &line->outlook.advice) : "";
    if (advice[0] == '\0')
        return subject;
    struct box *stack = compose_empty(composer);
    box_add(stack, subject);
    box_add(stack, compose_text(composer, STYLE_ADVICE, ALIGN_LEFT, advice));
    return stack;
}

static struct box *marks_cell(const struct composer *composer, const struct subject_line *line)
{
    struct box *text = box_text(composer->arena, ALIGN_LEFT);
    for (size_t i = 0; i < line->mark_count; i++) {
        const struct week_mark *mark = &line->marks[i];
        const char *space = i + 1 < line->mark_count ? " " : "";
        const char *run = arena_format(composer->arena, "%s%s", compose_mark(composer, mark->text), space);
        bool underline_on = mark->this_week && i + 1 < line->mark_count && !line->marks[i + 1].this_week;
        if (underline_on) {
            box_run_underlined(text, composer->style[STYLE_MARKS_WEEK], compose_mark(composer, mark->text));
            box_run(text, composer->style[STYLE_MARKS], space);
        } else if (mark->this_week) {
            box_run_underlined(text, composer->style[STYLE_MARKS_WEEK], run);
        } else {
            box_run(text, composer->style[STYLE_MARKS], run);
        }
    }
    return text;
}

static struct box *mean_cell(const struct composer *composer, const struct subject_line *line)
{
    const char *text = line->mean >= 0 ? words_hundredths(&composer->words, line->mean)
                                       : words_say(&composer->words, "number.none", NULL);
    return compose_text(composer, STYLE_BODY, ALIGN_RIGHT, text);
}

static struct box *missed_cell(const struct composer *composer, const struct subject_line *line)
{
    const char *text = line->missed > 0 ? arena_format(composer->arena, "%d", line->missed)
                                        : words_say(&composer->words, "number.none", NULL);
    return compose_text(composer, STYLE_BODY, ALIGN_RIGHT, text);
}

static bool any_mean(const struct composer *composer)
{
    for (size_t i = 0; i < composer->week->subject_count; i++)
        if (composer->week->subjects[i].mean >= 0)
            return true;
    return false;
}

static bool any_missed(const struct composer *composer)
{
    for (size_t i = 0; i < composer->week->subject_count; i++)
        if (composer->week->subjects[i].missed > 0)
            return true;
    return false;
}

static bool any_forecast(const struct composer *composer)
{
    return outlook_any(composer->week);
}

static bool advice_apart(const struct composer *composer)
{
    return any_forecast(composer) && !compose_is_narrow(composer);
}

static int32_t bar_width(const struct composer *composer)
{
    return compose_is_narrow(composer) ? BAR_WIDTH * 3 / 4 : BAR_WIDTH;
}

static struct box *term_cell(const struct composer *composer, const struct subject_line *line)
{
    return outlook_mark(composer, line->outlook.said, ALIGN_LEFT);
}

static struct box *bar_cell(const struct composer *composer, const struct subject_line *line)
{
    return outlook_bar(composer, &line->outlook, bar_width(composer));
}

static struct box *year_cell(const struct composer *composer, const struct subject_line *line)
{
    return outlook_mark(composer, line->outlook.year_said, ALIGN_RIGHT);
}

static struct box *advice_cell(const struct composer *composer, const struct subject_line *line)
{
    return compose_text(composer, STYLE_ADVICE, ALIGN_LEFT, outlook_advice(composer, &line->outlook.advice));
}

static const struct column columns[] = {
    {"subjects.subject", {.width = MM(350), .gap = MM(20)}, MM(470), ALIGN_LEFT, NULL, subject_cell},
    {"subjects.marks", {.share = 5, .gap = MM(30)}, 0, ALIGN_LEFT, NULL, marks_cell},
    {"subjects.mean", {.width = MM(110), .gap = MM(15)}, MM(160), ALIGN_RIGHT, any_mean, mean_cell},
    {"subjects.missed", {.width = MM(110), .gap = BEFORE_FORECAST}, MM(190), ALIGN_RIGHT, any_missed, missed_cell},
    {"subjects.term", {.width = MM(130), .gap = MM(10)}, 0, ALIGN_LEFT, any_forecast, term_cell},
    {"subjects.bar", {.width = BAR_WIDTH, .gap = MM(15)}, 0, ALIGN_LEFT, any_forecast, bar_cell},
    {"subjects.year", {.width = MM(135), .gap = MM(25)}, 0, ALIGN_RIGHT, any_forecast, year_cell},
    {"subjects.advice", {.share = 6}, 0, ALIGN_LEFT, advice_apart, advice_cell},
};

#define COLUMN_COUNT (sizeof columns / sizeof *columns)

/* The heading of a column: {term} is the term's name in it («1-го триместра»), {of_term} without its number. */
static const char *column_title(const struct composer *composer, const struct column *column)
{
    const struct week_sheet *week = composer->week;
    const char *term = "", *plain = "";
    if (week->term > 0 && week->year != NULL) {
        term = words_term(&composer->words, week->year->kind, "of", week->term);
        plain = words_term(&composer->words, week->year->kind, "end", week->term);
    }
    return words_say(&composer->words, column->title, "term", term, "of_term", plain, NULL);
}

static struct box *column_head(const struct composer *composer, const struct column *column)
{
    struct box *head = compose_text(composer, STYLE_COLUMN, column->align, column_title(composer, column));
    box_text_hyphenate(head, true);
    return head;
}

/* The column's width in this table; `before` is that of the column at its left. */
static struct track track_of(const struct composer *composer, const struct column *column, struct track *before)
{
    bool narrow = compose_is_narrow(composer);
    struct track track = column->track;
    if (column->alone != 0 && !any_forecast(composer))
        track.width = column->alone;
    if (column->cell == term_cell && before->gap < BEFORE_FORECAST && !narrow)
        before->gap = BEFORE_FORECAST;
    if (column->cell == bar_cell)
        track.width = bar_width(composer);
    if (!narrow)
        return track;
    track.gap = MM(15);
    if (column->cell == subject_cell)
        track = (struct track){.share = 6, .gap = MM(15)};
    return track;
}

static struct box *new_table(const struct composer *composer, bool used[COLUMN_COUNT])
{
    struct track tracks[COLUMN_COUNT] = {{0}};
    size_t count = 0;
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        used[i] = columns[i].shown == NULL || columns[i].shown(composer);
        if (!used[i])
            continue;
        tracks[count] = track_of(composer, &columns[i], &tracks[count > 0 ? count - 1 : 0]);
        count++;
    }
    tracks[count - 1].gap = 0;
    struct box *table = box_table(composer->arena, tracks, count, 1);
    struct box *row = box_table_row(composer->arena, table);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        if (used[i])
            box_add(row, column_head(composer, &columns[i]));
    box_padding(row, 0, MM(8));
    box_rule_below(row, RULE_STRONG, 0, 0);
    return table;
}

/* «Средний балл взвешенный: контрольная работа ×3, диктант ×2, остальные ×1.»: the works of this term's marks with a
 * weight of their own. More than can be named: nothing is said of the rest. */
static const char *weighted_works(const struct composer *composer)
{
    enum { MOST = 24 };
    const struct words *words = &composer->words;
    const struct week_sheet *week = composer->week;
    const char *pieces[MOST] = {NULL};
    size_t count = 0;
    bool more = false;
    for (size_t i = 0; i < week->subject_count; i++) {
        for (size_t k = 0; k < week->subjects[i].mark_count; k++) {
            const struct week_mark *mark = &week->subjects[i].marks[k];
            if (mark->weight == WEIGHT_ONE || mark->value < 0)
                continue;
            const char *work = compose_work(composer, mark->work, mark->weight);
            if (mark->work[0] == '\0')
                work = words_say(words, "subjects.some", "weight", work, NULL);
            size_t n = 0;
            while (n < count && strcmp(pieces[n], work) != 0)
                n++;
            if (n == count && count == MOST)
                more = true;
            else if (n == count)
                pieces[count++] = work;
        }
    }
    const char *works = compose_join(composer, pieces, count, words_say(words, "subjects.comma", NULL));
    const char *key = more ? "subjects.weighted_more" : "subjects.weighted";
    return count == 0 ? "" : words_say(words, key, "works", works, NULL);
}

/* «Итог «5» ставится от 4,60, «4» – от 3,60.»: from which mean each number of the scale but the lowest is given. */
static const char *thresholds(const struct composer *composer)
{
    enum { MOST = 8 };
    const struct words *words = &composer->words;
    const struct school *school = composer->school;
    const char *pieces[MOST] = {NULL};
    size_t count = 0;
    for (int32_t value = 10; value > 1; value--) {
        const struct mark_value *mark = NULL, *lower = NULL;
        for (size_t i = 0; i < school->mark_count; i++) {
            mark = school->marks[i].value == value ? &school->marks[i] : mark;
            lower = school->marks[i].value == value - 1 ? &school->marks[i] : lower;
        }
        if (mark == NULL || lower == NULL || count == MOST)
            continue;
        pieces[count] =
            words_say(words, count == 0 ? "subjects.threshold_first" : "subjects.threshold", "mark", mark->text, "mean",
                      words_hundredths(words, (int64_t)(value - 1) * 100 + school->threshold), NULL);
        count++;
    }
    const char *list = compose_join(composer, pieces, count, words_say(words, "subjects.comma", NULL));
    return count == 0 ? "" : words_say(words, "subjects.sentence", "text", list, NULL);
}

/* That a final needs so many marks, where a subject has fewer. */
static const char *too_few(const struct composer *composer)
{
    const struct week_sheet *week = composer->week;
    for (size_t i = 0; i < week->subject_count; i++)
        if (week->subjects[i].outlook.advice.kind == ADVICE_FEW)
            return words_say(&composer->words, "subjects.fewest", "fewest",
                             arena_format(composer->arena, "%d", composer->school->fewest_marks), NULL);
    return "";
}

static void add_note(struct flow *flow)
{
    const struct composer *composer = flow->composer;
    const struct words *words = &composer->words;
    bool forecast = any_forecast(composer);
    const char *pieces[] = {weighted_works(composer), any_mean(composer) ? thresholds(composer) : "",
                            words_say(words, forecast ? "subjects.forecast" : "subjects.forecast_soon", NULL),
                            too_few(composer), forecast ? words_say(words, "subjects.bars", NULL) : ""};
    const char *text = compose_join(composer, pieces, sizeof pieces / sizeof *pieces, words_say(words, "space", NULL));
    if (text[0] == '\0')
        return;
    struct box *note = compose_text(composer, STYLE_SMALL, ALIGN_LEFT, text);
    box_margin(note, MM(14), 0);
    flow_wide(flow, note);
}

void block_subjects(struct flow *flow)
{
    const struct composer *composer = flow->composer;
    const struct week_sheet *week = composer->week;
    if (week->without_marks || week->subject_count == 0)
        return;
    bool used[COLUMN_COUNT] = {false};
    struct box *table = new_table(composer, used);
    for (size_t i = 0; i < week->subject_count; i++) {
        struct box *row = box_table_row(composer->arena, table);
        for (size_t k = 0; k < COLUMN_COUNT; k++)
            if (used[k])
                box_add(row, columns[k].cell(composer, &week->subjects[i]));
        box_padding(row, MM(11), MM(11));
        box_rule_below(row, RULE_HAIR, GREY_RULE, 0);
        box_keep(row);
    }
    flow_wide(flow, table);
    add_note(flow);
}
