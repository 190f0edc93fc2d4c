#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "sheets/compose.h"
#include "sheets/term_chart.h"

/* The table of finals is made from a list of columns, those that this sheet needs. */
struct table {
    const struct composer *composer;
    struct chart_scale scale;
    bool means;
};

struct column {
    struct track track;
    enum align align;
    const char *title;
    struct box *(*cell)(const struct table *table, const struct term_line *line, int32_t which);
    int32_t which; /* enum final_period */
};

#define MOST_COLUMNS 12

/* So many subjects stand closer, so that the sheet stays one page. */
#define MANY_SUBJECTS 13
#define DENSE_PADDING MM(7)

static const char *nothing(const struct table *table)
{
    return words_say(&table->composer->words, "number.none", NULL);
}

static struct box *subject_cell(const struct table *table, const struct term_line *line, int32_t which)
{
    (void)which;
    return compose_text(table->composer, STYLE_BODY, ALIGN_LEFT, line->subject);
}

/* A final: the sheet's own stand out, words («осв.») are smaller. */
static struct box *final_text(const struct table *table, const struct term_line *line, int32_t period, enum align align)
{
    const struct term_sheet *term = table->composer->term;
    const char *final = line->final[period];
    if (final == NULL)
        return compose_text(table->composer, STYLE_MEAN, align, period >= FINAL_EXAM ? "" : nothing(table));
    bool own = term->term == 0 ? period >= FINAL_YEAR : period == term->term;
    enum sheet_style style = text_length(final) > 2 ? STYLE_FINAL_WORD : own ? STYLE_FINAL_NOW : STYLE_FINAL;
    return compose_text(table->composer, style, align, final);
}

static struct box *final_cell(const struct table *table, const struct term_line *line, int32_t which)
{
    return final_text(table, line, which, ALIGN_RIGHT);
}

static struct box *mean_text(const struct table *table, const struct term_line *line, int32_t term)
{
    int32_t mean = line->mean[term - 1];
    return compose_text(table->composer, STYLE_MEAN, ALIGN_RIGHT,
                        mean < 0 ? "" : words_hundredths(&table->composer->words, mean));
}

static struct box *mean_cell(const struct table *table, const struct term_line *line, int32_t which)
{
    return mean_text(table, line, which);
}

/* A term's final with its mean beside it. */
static struct box *term_cell(const struct table *table, const struct term_line *line, int32_t which)
{
    const struct track tracks[] = {{.share = 1, .gap = MM(12)}, {.width = MM(70)}};
    struct box *row = box_row(table->composer->arena, tracks, 2);
    box_add(row, final_text(table, line, which, ALIGN_RIGHT));
    box_add(row, mean_text(table, line, which));
    return row;
}

static struct box *marks_cell(const struct table *table, const struct term_line *line, int32_t which)
{
    (void)which;
    const struct composer *composer = table->composer;
    struct box *text = box_text(composer->arena, ALIGN_LEFT);
    for (size_t i = 0; i < line->mark_count; i++)
        box_run(text, composer->style[STYLE_MARKS],
                arena_format(composer->arena, "%s%s", compose_mark(composer, line->marks[i].text),
                             i + 1 < line->mark_count ? " " : ""));
    return text;
}

static struct box *chart(const struct table *table, const struct term_line *line, int32_t which)
{
    (void)which;
    return chart_cell(table->composer, &table->scale, line);
}

static struct box *missed_cell(const struct table *table, const struct term_line *line, int32_t which)
{
    (void)which;
    const struct composer *composer = table->composer;
    const char *missed = line->missed > 0 ? arena_format(composer->arena, "%d", (int)line->missed) : nothing(table);
    struct box *text = compose_text(composer, STYLE_BODY, ALIGN_RIGHT, missed);
    if (line->missed > 0 && composer->term->lessons_known && line->lessons >= line->missed)
        box_run(text, composer->style[STYLE_MEAN],
                words_say(&composer->words, "finals.missed_of", "held",
                          arena_format(composer->arena, "%d", (int)line->lessons), NULL));
    return text;
}

static const char *term_title(const struct table *table, const char *key, int32_t term)
{
    const struct composer *composer = table->composer;
    const struct words *words = &composer->words;
    enum term_kind kind = composer->year->kind;
    return words_say(words, key, "term", words_term(words, kind, "name", term), "of",
                     words_term(words, kind, "of", term), NULL);
}

static bool any_final(const struct term_sheet *term, int32_t period)
{
    for (size_t i = 0; i < term->line_count; i++)
        if (term->lines[i].final[period] != NULL)
            return true;
    return false;
}

static bool any_missed(const struct term_sheet *term)
{
    for (size_t i = 0; i < term->line_count; i++)
        if (term->lines[i].missed > 0)
            return true;
    return false;
}

static bool any_mean(const struct term_sheet *term)
{
    for (size_t i = 0; i < term->line_count; i++)
        for (int32_t t = 0; t < term->terms; t++)
            if (term->lines[i].mean[t] >= 0)
                return true;
    return false;
}

/* The first term: its marks, their mean, and the final. */
static size_t first_term_columns(const struct table *table, struct column *columns)
{
    const struct term_sheet *term = table->composer->term;
    size_t count = 0;
    if (table->means) {
        columns[count++] = (struct column){
            {.share = 1, .gap = MM(40)}, ALIGN_LEFT, term_title(table, "finals.marks", 1), marks_cell, 0};
        columns[count++] = (struct column){
            {.width = MM(150), .gap = MM(30)}, ALIGN_RIGHT, term_title(table, "finals.mean", 1), mean_cell, 1};
    }
    if (any_missed(term))
        columns[count++] = (struct column){
            {.width = MM(160), .gap = MM(30)}, ALIGN_RIGHT, term_title(table, "finals.missed", 1), missed_cell, 0};
    columns[count++] = (struct column){
        {.width = MM(200)}, ALIGN_RIGHT, term_title(table, "finals.final", 1), final_cell, FINAL_TERM_1};
    return count;
}

/* Terms of equal width, a chart where it fits, the year's marks at the right. */
static size_t term_columns(const struct table *table, struct column *columns)
{
    static const char *const titles[] = {
        [FINAL_YEAR] = "finals.year", [FINAL_EXAM] = "finals.exam", [FINAL_FINAL] = "finals.last"};
    const struct composer *composer = table->composer;
    const struct term_sheet *term = composer->term;
    size_t count = 0, ends = 0;
    for (int32_t period = FINAL_YEAR; period <= FINAL_FINAL; period++)
        ends += any_final(term, period) ? 1 : 0;
    for (int32_t t = 1; t <= term->terms; t++)
        columns[count++] =
            (struct column){{.share = 1, .gap = MM(30)},
                            ALIGN_RIGHT,
                            term_title(table, table->means && term->terms < 4 ? "finals.term" : "finals.term_alone", t),
                            table->means ? term_cell : final_cell,
                            t};
    if (table->scale.shown && (size_t)term->terms + ends <= 5)
        columns[count++] = (struct column){{.width = table->scale.width, .gap = MM(30)},
                                           ALIGN_CENTRE,
                                           term_title(table, "finals.chart", term->terms),
                                           chart,
                                           0};
    const char *missed = term->term == 0 ? "finals.missed_year" : "finals.missed";
    if (any_missed(term))
        columns[count++] = (struct column){
            {.width = MM(170), .gap = MM(30)}, ALIGN_RIGHT, term_title(table, missed, term->terms), missed_cell, 0};
    for (int32_t period = FINAL_YEAR; period <= FINAL_FINAL; period++)
        if (any_final(term, period))
            columns[count++] = (struct column){{.width = MM(period == FINAL_YEAR ? 100 : 150), .gap = MM(30)},
                                               ALIGN_RIGHT,
                                               words_say(&composer->words, titles[period], NULL),
                                               final_cell,
                                               period};
    return count;
}

static struct box *new_table(const struct table *table, struct column *columns, size_t *count)
{
    const struct composer *composer = table->composer;
    columns[0] = (struct column){{.width = MM(composer->term->terms > 3 ? 400 : 430), .gap = MM(30)},
                                 ALIGN_LEFT,
                                 words_say(&composer->words, "finals.subject", NULL),
                                 subject_cell,
                                 0};
    *count =
        1 + (composer->term->terms == 1 ? first_term_columns(table, columns + 1) : term_columns(table, columns + 1));
    columns[*count - 1].track.gap = 0;
    struct track tracks[MOST_COLUMNS] = {{0}};
    bool shares = false;
    for (size_t i = 0; i < *count; i++) {
        tracks[i] = columns[i].track;
        shares = shares || tracks[i].share > 0;
    }
    if (!shares)
        tracks[0] = (struct track){.share = 1, .gap = tracks[0].gap};
    struct box *box = box_table(composer->arena, tracks, *count, 1);
    struct box *row = box_table_row(composer->arena, box);
    for (size_t i = 0; i < *count; i++)
        box_add(row, compose_text(composer, STYLE_COLUMN, columns[i].align, columns[i].title));
    box_padding(row, 0, MM(8));
    box_rule_below(row, RULE_STRONG, 0, 0);
    return box;
}

/* «осв. – освобождение по справке · н/а – нет аттестации»: words that stand for marks. */
static const char *words_of_finals(const struct composer *composer)
{
    static const char *const keys[][2] = {{"осв.", "finals.released"}, {"н/а", "finals.not_attested"}};
    const struct term_sheet *term = composer->term;
    const char *pieces[2] = {NULL};
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < term->line_count; i++)
            for (int32_t period = FINAL_TERM_1; period <= FINAL_FINAL; period++)
                if (term->lines[i].final[period] != NULL && strcmp(term->lines[i].final[period], keys[k][0]) == 0)
                    pieces[k] = words_say(&composer->words, keys[k][1], NULL);
    return compose_join(composer, pieces, 2, words_say(&composer->words, "space", NULL));
}

static void add_note(struct flow *flow, const struct table *table, bool with_chart)
{
    const struct composer *composer = flow->composer;
    const struct words *words = &composer->words;
    const char *pieces[] = {with_chart ? chart_note(composer, &table->scale) : "",
                            table->means ? words_say(words, "finals.note", NULL) : "", words_of_finals(composer)};
    const char *text = compose_join(composer, pieces, 3, words_say(words, "space", NULL));
    if (text[0] == '\0')
        return;
    struct box *note = compose_text(composer, STYLE_SMALL, ALIGN_LEFT, text);
    box_margin(note, MM(14), 0);
    flow_wide(flow, note);
}

void block_finals(struct flow *flow)
{
    const struct composer *composer = flow->composer;
    const struct term_sheet *term = composer->term;
    if (term->line_count == 0)
        return;
    bool dense = term->line_count >= MANY_SUBJECTS;
    struct table table = {.composer = composer, .scale = chart_scale(composer, dense), .means = any_mean(term)};
    struct column columns[MOST_COLUMNS] = {{{0}, ALIGN_LEFT, NULL, NULL, 0}};
    size_t count = 0;
    struct box *box = new_table(&table, columns, &count);
    bool with_chart = false;
    for (size_t k = 0; k < count; k++)
        with_chart = with_chart || columns[k].cell == chart;
    int32_t padding = dense ? DENSE_PADDING : compose_row_padding(term->line_count, MM(1150));
    for (size_t i = 0; i < term->line_count; i++) {
        struct box *row = box_table_row(composer->arena, box);
        for (size_t k = 0; k < count; k++)
            box_add(row, columns[k].cell(&table, &term->lines[i], columns[k].which));
        box_padding(row, padding, padding);
        box_rule_below(row, RULE_HAIR, GREY_RULE, 0);
        box_keep(row);
    }
    flow_wide(flow, box);
    add_note(flow, &table, with_chart);
}
