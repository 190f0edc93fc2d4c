#include "sheets/forecast.h"

#include "base/mem.h"
#include "sheets/forecast_chart.h"
#include "sheets/outlook.h"

static const char *number(const struct composer *composer, int32_t value)
{
    return arena_format(composer->arena, "%d", value);
}

/* «1-й триместр, 12-я неделя · прошло 93 % уроков» */
static const char *term_line(const struct composer *composer)
{
    const struct week_sheet *week = composer->week;
    if (week->term == 0 || week->year == NULL || week->subject_count == 0)
        return "";
    return words_say(
        &composer->words, "head.term", "term", words_term(&composer->words, week->year->kind, "name", week->term),
        "week", number(composer, week->week_of_term), "done", number(composer, week->subjects[0].outlook.done), NULL);
}

static struct box *first_head(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const struct head_line left[] = {{STYLE_EYEBROW, head_school(composer)},
                                     {STYLE_TITLE, words_say(words, "head.title", NULL)},
                                     {STYLE_HEAD, term_line(composer)}};
    const char *day = words_date_year(words, composer->week->span.until);
    const struct head_line right[] = {{STYLE_WHO, composer->pupil->name},
                                      {STYLE_HEAD, head_form(composer)},
                                      {STYLE_HEAD_QUIET, words_say(words, "head.as_of", "date", day, NULL)}};
    return head_compose(composer, left, 3, right, 3);
}

static void add_line(const struct composer *composer, struct box *stack, enum sheet_style style, const char *text)
{
    if (text[0] != '\0')
        box_add(stack, compose_text(composer, style, ALIGN_LEFT, text));
}

/* The subject, its mean and its marks, and what would change the final. */
static struct box *subject_cell(const struct composer *composer, const struct subject_line *line)
{
    const struct words *words = &composer->words;
    struct box *stack = box_stack(composer->arena);
    add_line(composer, stack, STYLE_SUBJECT, line->subject);
    int32_t count = 0;
    for (size_t i = 0; i < line->mark_count; i++)
        count += line->marks[i].value >= 0 ? 1 : 0;
    if (line->mean >= 0)
        add_line(composer, stack, STYLE_SMALL,
                 words_say_count(words, "subject.mean", count, "mean", words_hundredths(words, line->mean), NULL));
    struct box *advice = compose_text(composer, STYLE_ADVICE, ALIGN_LEFT,
                                      words_capital(composer->arena, outlook_advice(composer, &line->outlook.advice)));
    box_margin(advice, MM(8), 0);
    box_add(stack, advice);
    return stack;
}

/* «8 из 10»: never nothing, never certain. */
static const char *chance(const struct composer *composer, int32_t mark, double p)
{
    int32_t tenths = forecast_tenths(p);
    const char *key = tenths == 10 ? "chance.most" : "chance.tenths";
    return words_say(&composer->words, key, "mark", number(composer, mark), "n", number(composer, tenths), NULL);
}

static void add_chances(const struct composer *composer, struct box *stack, const struct outlook_line *line)
{
    bool rest = false, most = false;
    for (int i = FORECAST_MARKS - 1; i >= 0; i--) {
        if (forecast_tenths(line->term[i]) > 0)
            add_line(composer, stack, STYLE_SMALL, chance(composer, MARK_WORST + i, line->term[i]));
        else
            rest = true;
        most = most || forecast_tenths(line->term[i]) == 10;
    }
    if (rest && !most)
        add_line(composer, stack, STYLE_SMALL, words_say(&composer->words, "chance.rest", NULL));
}

static struct box *said_cell(const struct composer *composer, const struct outlook_line *line)
{
    struct box *stack = box_stack(composer->arena);
    box_add(stack, outlook_mark(composer, line->said, ALIGN_LEFT));
    if (line->given == 0)
        add_chances(composer, stack, line);
    return stack;
}

static struct box *year_cell(const struct composer *composer, const struct outlook_line *line)
{
    return outlook_mark(composer, line->year_said, ALIGN_LEFT);
}

static const struct {
    const char *title;
    struct track track;
} columns[] = {{"column.subject", {.share = 1, .gap = MM(40)}},
               {"column.means", {.width = CHART_WIDTH, .gap = MM(50)}},
               {"column.chances", {.width = CHART_WIDTH, .gap = MM(40)}},
               {"column.term", {.width = MM(280), .gap = MM(20)}},
               {"column.year", {.width = MM(130)}}};

enum { COLUMNS = sizeof columns / sizeof *columns };

static struct box *new_table(const struct composer *composer)
{
    const struct words *words = &composer->words;
    struct track tracks[COLUMNS] = {{0}};
    for (size_t i = 0; i < COLUMNS; i++)
        tracks[i] = columns[i].track;
    struct box *table = box_table(composer->arena, tracks, COLUMNS, 1);
    struct box *row = box_table_row(composer->arena, table);
    const struct week_sheet *week = composer->week;
    const char *term = week->year == NULL ? "" : words_term(words, week->year->kind, "end", week->term);
    for (size_t i = 0; i < COLUMNS; i++)
        box_add(row, compose_text(composer, STYLE_COLUMN, ALIGN_LEFT,
                                  words_say(words, columns[i].title, "of_term", term, NULL)));
    box_padding(row, 0, MM(8));
    box_rule_below(row, RULE_STRONG, 0, 0);
    return table;
}

static void add_row(const struct composer *composer, struct box *table, size_t at)
{
    const struct forecast_sheet *sheet = composer->forecast;
    const struct subject_line *line = &sheet->week.subjects[at];
    struct box *row = box_table_row(composer->arena, table);
    box_add(row, subject_cell(composer, line));
    box_add(row, chart_means(composer, sheet, sheet->trails[at]));
    box_add(row, chart_chances(composer, sheet, sheet->trails[at]));
    box_add(row, said_cell(composer, &line->outlook));
    box_add(row, year_cell(composer, &line->outlook));
    box_padding(row, MM(18), MM(14));
    box_rule_below(row, RULE_HAIR, GREY_RULE, 0);
    box_keep(row);
}

static void block_chances(struct flow *flow)
{
    const struct composer *composer = flow->composer;
    struct box *table = new_table(composer);
    for (size_t i = 0; i < composer->week->subject_count; i++)
        if (composer->week->subjects[i].outlook.said.low != 0)
            add_row(composer, table, i);
    flow_wide(flow, table);
}

/* «Пока нет прогноза: Музыка, Технология.» */
static const char *silent(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const struct week_sheet *week = composer->week;
    const char **names = arena_alloc(composer->arena, (week->subject_count + 1) * sizeof *names);
    for (size_t i = 0; i < week->subject_count; i++)
        if (week->subjects[i].outlook.said.low == 0 && week->subjects[i].outlook.advice.kind == ADVICE_NO_MARKS)
            names[i] = week->subjects[i].subject;
    const char *list = compose_join(composer, names, week->subject_count, words_say(words, "note.comma", NULL));
    return list[0] == '\0' ? "" : words_say(words, "note.silent", "subjects", list, NULL);
}

static const char *thresholds(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const char *pieces[FORECAST_MARKS] = {NULL};
    for (int32_t mark = MARK_BEST; mark > MARK_WORST; mark--)
        pieces[MARK_BEST - mark] =
            words_say(words, "note.border", "mark", number(composer, mark), "mean",
                      words_hundredths(words, mark_border(mark, composer->school->threshold)), NULL);
    const char *list = compose_join(composer, pieces, FORECAST_MARKS, words_say(words, "note.comma", NULL));
    return words_say(words, "note.borders", "list", list, NULL);
}

static void block_notes(struct flow *flow)
{
    const struct composer *composer = flow->composer;
    const struct words *words = &composer->words;
    const char *notes[] = {silent(composer), words_say(words, "note.means", NULL), thresholds(composer),
                           words_say(words, "note.chances", NULL), words_say(words, "note.how", NULL)};
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        if (notes[i][0] == '\0')
            continue;
        struct box *note = compose_text(composer, STYLE_NOTE, ALIGN_LEFT, notes[i]);
        box_margin(note, i == 0 ? MM(25) : MM(12), 0);
        flow_wide(flow, note);
    }
}

static const struct block blocks[] = {{"subjects", block_chances}, {"notes", block_notes}};

void forecast_compose(struct arena *arena, const struct forecast_sheet *sheet, const struct school *school,
                      const struct layout *layout, const struct sheet_label *label, struct document *out)
{
    const struct week_sheet *week = &sheet->week;
    struct composer *composer = arena_alloc(arena, sizeof *composer);
    *composer = (struct composer){.arena = arena,
                                  .week = week,
                                  .forecast = sheet,
                                  .pupil = week->pupil,
                                  .year = week->year,
                                  .school = school,
                                  .layout = layout,
                                  .label = label};
    compose_start(composer);
    composer->period = words_date_year(&composer->words, week->span.until);
    head_document(composer, out);
    out->watermark = NULL;
    struct flow flow =
        flow_blocks(composer, blocks, sizeof blocks / sizeof *blocks, layout->front, layout->front_count);
    struct doc_part *part = arena_alloc(arena, sizeof *part);
    *part = (struct doc_part){.head = first_head(composer), .head_next = head_next(composer), .body = flow.body};
    out->parts = part;
    out->part_count = 1;
}
