#include "sheets/outlook.h"

#include "base/mem.h"

#define BAR_HEIGHT MM(24)
#define BAR_STROKE 350

const int32_t outlook_greys[FORECAST_MARKS] = {0, 119, 204, -1};

bool outlook_any(const struct week_sheet *week)
{
    for (size_t i = 0; i < week->subject_count; i++)
        if (week->subjects[i].outlook.said.low != 0 || week->subjects[i].outlook.year_said.low != 0)
            return true;
    return false;
}

static const char *number(const struct composer *composer, int32_t value)
{
    return arena_format(composer->arena, "%d", value);
}

struct box *outlook_mark(const struct composer *composer, struct forecast_said said, enum align align)
{
    const struct words *words = &composer->words;
    const char *text = words_say(words, "number.none", NULL);
    if (said.low != 0)
        text = words_say(words, said.low == said.high ? "forecast.mark" : "forecast.range", "mark",
                         number(composer, said.low), "low", number(composer, said.low), "high",
                         number(composer, said.high), NULL);
    struct box *box = box_text(composer->arena, align);
    compose_runs(composer, box, STYLE_FORECAST_OR, STYLE_FORECAST, text);
    return box;
}

struct box *outlook_bar(const struct composer *composer, const struct outlook_line *line, int32_t width)
{
    if (line->said.low == 0)
        return compose_empty(composer);
    struct box *bar = box_drawing(composer->arena, width, BAR_HEIGHT);
    double before = 0;
    for (int i = 0; i < FORECAST_MARKS; i++) {
        int32_t from = (int32_t)(before * width + .5), until = (int32_t)((before + line->term[i]) * width + .5);
        before += line->term[i];
        if (outlook_greys[i] >= 0 && until > from)
            box_draw(bar, (struct prim){.kind = PRIM_RECT,
                                        .x = from,
                                        .w = until - from,
                                        .h = BAR_HEIGHT,
                                        .fill = outlook_greys[i],
                                        .stroke = -1});
    }
    box_draw(bar,
             (struct prim){
                 .kind = PRIM_RECT, .w = width, .h = BAR_HEIGHT, .fill = -1, .stroke = 0, .stroke_width = BAR_STROKE});
    return bar;
}

/* «две»; a number where there is no word for it. */
static const char *in_words(const struct composer *composer, int32_t count)
{
    const char *word = words_numbered(&composer->words, "count.feminine", count);
    return word[0] != '\0' ? word : number(composer, count);
}

static const char *advice_counted(const struct composer *composer, const char *key, const struct advice *advice)
{
    return words_say_count(&composer->words, key, advice->count, "mark", number(composer, advice->mark), "value",
                           number(composer, advice->value), "count", in_words(composer, advice->count), "fewest",
                           number(composer, composer->school->fewest_marks), NULL);
}

/* The mean against the threshold: what it gives is not what the teacher has to give. */
static const char *advice_at_end(const struct composer *composer, int32_t mark)
{
    bool lowest = mark <= MARK_WORST;
    int32_t border = mark_border(lowest ? MARK_WORST + 1 : mark, composer->school->threshold);
    return words_say(&composer->words, lowest ? "advice.end_lowest" : "advice.end", "mark", number(composer, mark),
                     "border", words_hundredths(&composer->words, border), NULL);
}

const char *outlook_advice(const struct composer *composer, const struct advice *advice)
{
    const struct words *words = &composer->words;
    const struct school_year *year = composer->week->year;
    const char *mark = number(composer, advice->mark);
    switch (advice->kind) {
    case ADVICE_NO_MARKS:
        return words_say(words, "advice.no_marks", NULL);
    case ADVICE_EARLY:
        return words_say(words, "advice.early", NULL);
    case ADVICE_PAST:
        return words_say(words, "advice.past", NULL);
    case ADVICE_REACH:
        return advice_counted(composer, advice->count > 4 ? "advice.reach_row" : "advice.reach", advice);
    case ADVICE_FIRM:
        return advice_counted(composer, "advice.firm", advice);
    case ADVICE_KEEP:
        return advice_counted(composer, "advice.keep", advice);
    case ADVICE_THIN:
        return words_say(words, "advice.thin", "mark", mark, "value", number(composer, advice->value), NULL);
    case ADVICE_UNLIKELY:
        return words_say(words, "advice.unlikely", "mark", mark, "term",
                         words_term(words, year != NULL ? year->kind : TERM_TRIMESTER, "this", composer->week->term),
                         NULL);
    case ADVICE_FEW:
        return advice_counted(composer, advice->count == 0 ? "advice.none_yet" : "advice.few", advice);
    case ADVICE_END:
        return advice_at_end(composer, advice->mark);
    case ADVICE_GIVEN:
        return words_say(words, "advice.given", "mark", mark, NULL);
    case ADVICE_NONE:
        break;
    }
    return "";
}
