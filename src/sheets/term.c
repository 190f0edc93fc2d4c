#include "sheets/term.h"

#include "base/date.h"
#include "base/mem.h"
#include "sheets/compose.h"

static const struct block blocks[] = {
    {"finals", block_finals},
    {"attendance", block_term_attendance},
    {"portfolio", block_term_portfolio},
    {"remarks", block_term_remarks},
    {"corrected", block_corrected},
    {"promotion", block_promotion},
    {"topics", block_topics},
    {"sign", block_sign},
};

#define BLOCK_COUNT (sizeof blocks / sizeof *blocks)

/* «2026/27» */
static const char *years(const struct composer *composer)
{
    int32_t year = composer->year->year;
    return words_say(&composer->words, "title.years", "from", arena_format(composer->arena, "%d", (int)year), "until",
                     arena_format(composer->arena, "%02d", (int)((year + 1) % 100)), NULL);
}

/* `form` of the sheet's term, of a year sheet its last. */
static const char *term_word(const struct composer *composer, const char *form)
{
    return words_term(&composer->words, composer->year->kind, form, composer->term->terms);
}

static const char *title(const struct composer *composer)
{
    const char *key = composer->term->term == 0 ? "title.year" : "title.term";
    return words_say(&composer->words, key, "term", term_word(composer, "of"), "years", years(composer), NULL);
}

/* «2026/27 учебный год · выставлены 27 ноября 2026 · по данным на 1 декабря 2026» */
static const char *title_line(const struct composer *composer, int32_t as_of)
{
    const struct words *words = &composer->words;
    const struct term_sheet *term = composer->term;
    const char *pieces[3] = {words_say(words, term->term == 0 ? "title.line_year" : "title.line_term", "term",
                                       term_word(composer, "name"), "years", years(composer), NULL)};
    if (term->without_marks)
        pieces[1] = words_say(words, "title.without_marks", NULL);
    else if (!term->finals)
        pieces[1] = words_say(words, "title.no_finals", NULL);
    else if (term->decided != DATE_NONE)
        pieces[1] = words_say(words, "title.decided", "date", words_date_year(words, term->decided), NULL);
    if (as_of != DATE_NONE)
        pieces[2] = words_say(words, "title.as_of", "date", words_date_year(words, as_of), NULL);
    return compose_join(composer, pieces, 3, words_say(words, "title.between", NULL));
}

static struct box *front_head(const struct composer *composer, int32_t as_of)
{
    const struct head_line left[] = {{STYLE_EYEBROW, head_school(composer)},
                                     {STYLE_TITLE, title(composer)},
                                     {STYLE_HEAD, title_line(composer, as_of)}};
    const struct head_line right[] = {
        {STYLE_WHO, composer->pupil->name}, {STYLE_HEAD, head_form(composer)}, {STYLE_HEAD, head_number(composer)}};
    return head_compose(composer, left, 3, right, 3);
}

void term_compose(struct arena *arena, const struct term_sheet *term, const struct school *school,
                  const struct layout *layout, const struct sheet_label *label, int32_t as_of, struct document *out)
{
    struct composer *composer = arena_alloc(arena, sizeof *composer);
    *composer = (struct composer){.arena = arena,
                                  .term = term,
                                  .pupil = term->pupil,
                                  .year = term->year,
                                  .slip_from = label->made,
                                  .school = school,
                                  .layout = layout,
                                  .label = label};
    compose_start(composer);
    composer->period = title(composer);
    head_document(composer, out);
    out->foot_first = true;
    if (as_of != DATE_NONE)
        out->watermark = words_plain(arena, words_say(&composer->words, "copy.watermark", NULL));
    struct flow front = flow_blocks(composer, blocks, BLOCK_COUNT, layout->front, layout->front_count);
    struct flow back = flow_blocks(composer, blocks, BLOCK_COUNT, layout->back, layout->back_count);
    struct doc_part *parts = arena_alloc(arena, 2 * sizeof *parts);
    parts[0] =
        (struct doc_part){.head = front_head(composer, as_of), .head_next = head_next(composer), .body = front.body};
    parts[1] = (struct doc_part){.head = head_next(composer), .body = back.body};
    out->parts = parts;
    out->part_count = back.blocks > 0 ? 2 : 1;
}
