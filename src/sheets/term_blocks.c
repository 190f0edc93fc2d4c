#include "base/date.h"
#include "base/mem.h"
#include "settings/form.h"
#include "sheets/compose.h"

#define COUNT_WIDTH          MM(110)
#define LAST_GRADE_OF_SCHOOL 11
#define LAST_GRADE_OF_BASIC  9

/* --- attendance ------------------------------------------------------------------------------------------------- */

struct counts {
    const char *title;
    int32_t count[SCHOOL_TERMS + 1]; /* by term, then the year */
};

static void add_counts(const struct composer *composer, struct box *table, const struct counts *counts)
{
    const struct term_sheet *term = composer->term;
    struct box *row = box_table_row(composer->arena, table);
    box_add(row, compose_text(composer, STYLE_BODY, ALIGN_LEFT, counts->title));
    for (int32_t i = 0; i < term->terms + (term->term == 0 ? 1 : 0); i++)
        box_add(row, compose_text(composer, STYLE_BODY, ALIGN_RIGHT,
                                  arena_format(composer->arena, "%d", (int)counts->count[i])));
    box_padding(row, MM(11), MM(10));
    box_rule_below(row, RULE_HAIR, GREY_RULE, 0);
}

static struct box *attendance_table(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const struct term_sheet *term = composer->term;
    struct track tracks[SCHOOL_TERMS + 2] = {{.share = 1, .gap = MM(10)}};
    int32_t columns = term->terms + (term->term == 0 ? 1 : 0);
    for (int32_t i = 1; i <= columns; i++)
        tracks[i] = (struct track){.width = columns > 4 ? MM(80) : columns > 3 ? MM(93) : MM(110)};
    struct box *table = box_table(composer->arena, tracks, (size_t)columns + 1, columns > 1 ? 1 : 0);
    if (columns == 1)
        return table;
    struct box *row = box_table_row(composer->arena, table);
    box_add(row, compose_empty(composer));
    for (int32_t i = 1; i <= columns; i++) {
        const char *title = i > term->terms ? words_say(words, "attendance.year", NULL)
                                            : words_term(words, term->year->kind, "short", i);
        box_add(row, compose_text(composer, STYLE_COLUMN, ALIGN_RIGHT, title));
    }
    box_padding(row, 0, MM(8));
    box_rule_below(row, RULE_STRONG, 0, 0);
    return table;
}

/* The attendance of column i: a term's, or at the end the year's. */
static const struct attendance *attendance_of(const struct term_sheet *term, int32_t i)
{
    return i < term->terms ? &term->of_term[i] : &term->of_year;
}

/* Lessons held and missed, then each reason that occurs. */
void block_term_attendance(struct flow *flow)
{
    const struct composer *composer = flow->composer;
    const struct words *words = &composer->words;
    const struct term_sheet *term = composer->term;
    int32_t columns = term->terms + (term->term == 0 ? 1 : 0);
    if (term->of_year.lessons == 0)
        return;
    struct box *stack = compose_block(composer, words_say(words, "attendance.title", NULL));
    struct box *table = attendance_table(composer);
    struct counts held = {.title = words_say(words, "attendance.held", NULL)};
    struct counts missed = {.title = words_say(words, "attendance.missed", NULL)};
    for (int32_t i = 0; i < columns; i++) {
        held.count[i] = attendance_of(term, i)->lessons;
        missed.count[i] = compose_missed(attendance_of(term, i));
    }
    if (term->lessons_known)
        add_counts(composer, table, &held);
    add_counts(composer, table, &missed);
    for (int reason = REASON_PRESENT + 1; reason < REASON_COUNT; reason++) {
        if (term->of_year.count[reason] == 0)
            continue;
        struct counts counts = {.title = words_reason(words, "attendance", (enum reason)reason)};
        for (int32_t i = 0; i < columns; i++)
            counts.count[i] = attendance_of(term, i)->count[reason];
        add_counts(composer, table, &counts);
    }
    box_add(stack, table);
    box_keep(stack);
    flow_narrow(flow, stack);
}

/* --- lists ------------------------------------------------------------------------------------------------------ */

void block_term_portfolio(struct flow *flow)
{
    flow_portfolio(flow, flow->composer->term->achievements, flow->composer->term->achievement_count);
}

void block_term_remarks(struct flow *flow)
{
    flow_remarks(flow, flow->composer->term->remarks, flow->composer->term->remark_count);
}

static const char *period_name(const struct composer *composer, int32_t period)
{
    static const char *const keys[] = {
        [FINAL_YEAR] = "corrected.year", [FINAL_EXAM] = "corrected.exam", [FINAL_FINAL] = "corrected.final"};
    if (period < FINAL_YEAR)
        return words_term(&composer->words, composer->year->kind, "name", period);
    return words_say(&composer->words, keys[period], NULL);
}

/* «Математика, 2-й триместр: 4 → 3, выставлено 2 марта 2027» */
void block_corrected(struct flow *flow)
{
    const struct composer *composer = flow->composer;
    const struct words *words = &composer->words;
    const struct term_sheet *term = composer->term;
    if (term->change_count == 0)
        return;
    struct box **items = arena_alloc(composer->arena, term->change_count * sizeof *items);
    for (size_t i = 0; i < term->change_count; i++) {
        const struct final_change *change = &term->changes[i];
        const char *key = change->was == NULL   ? "corrected.added"
                          : change->now == NULL ? "corrected.withdrawn"
                                                : "corrected.changed";
        const char *text =
            words_say(words, key, "subject", change->subject, "period", period_name(composer, change->period), "was",
                      change->was == NULL ? "" : change->was, "now", change->now == NULL ? "" : change->now, NULL);
        const char *pieces[] = {
            text, change->decided == DATE_NONE
                      ? ""
                      : words_say(words, "corrected.decided", "date", words_date_year(words, change->decided), NULL)};
        items[i] =
            compose_paragraph(composer, compose_join(composer, pieces, 2, words_say(words, "finals.comma", NULL)));
    }
    flow_list(flow, words_say(words, "corrected.title", NULL), items, term->change_count, false);
}

/* --- the end of the year ---------------------------------------------------------------------------------------- */

void block_promotion(struct flow *flow)
{
    const struct composer *composer = flow->composer;
    const struct words *words = &composer->words;
    const struct term_sheet *term = composer->term;
    if (term->promotion == PROMOTION_UNKNOWN)
        return;
    int32_t grade = form_grade(term->pupil->form);
    bool goes_on = grade > 0 && grade < LAST_GRADE_OF_SCHOOL && grade != LAST_GRADE_OF_BASIC;
    bool debts = term->promotion == PROMOTION_DEBTS;
    const char *key = debts     ? goes_on ? "promotion.debts" : "promotion.debts_last"
                      : goes_on ? "promotion.clear"
                                : "promotion.clear_last";
    const char *subjects =
        compose_join(composer, term->debts, term->debt_count, words_say(words, "finals.comma", NULL));
    struct box *stack = compose_block(composer, words_say(words, "promotion.title", NULL));
    box_add(stack, compose_paragraph(composer,
                                     words_say(words, key, "grade", arena_format(composer->arena, "%d", (int)grade + 1),
                                               "subjects", subjects, NULL)));
    box_add(stack, compose_paragraph(composer, words_say(words, "promotion.council", NULL)));
    box_keep(stack);
    flow_narrow(flow, stack);
}

/* Lines for the school's own signatures. */
void block_sign(struct flow *flow)
{
    const struct composer *composer = flow->composer;
    const struct words *words = &composer->words;
    const struct layout *layout = composer->layout;
    int32_t width = layout->page_width - layout->margin_left - layout->margin_right, line = (width - MM(60)) / 2;
    struct box *drawing = box_drawing(composer->arena, width, SIGN_HEIGHT);
    const char *teacher = school_teacher_of(composer->school, composer->pupil->form);
    compose_sign(composer, drawing, 0, line,
                 words_say(words, teacher[0] == '\0' ? "sign.teacher" : "sign.teacher_name", "teacher",
                           words_bind(composer->arena, teacher), NULL));
    compose_sign(composer, drawing, line + MM(60), line, words_say(words, "sign.head", NULL));
    box_margin(drawing, MM(60), 0);
    flow_wide(flow, drawing);
}

/* --- a class without marks -------------------------------------------------------------------------------------- */

/* «60 уроков, пропущено 3»; of a report by subject only what was missed. */
static const char *lesson_counts(const struct composer *composer, const struct topic_list *list)
{
    const struct words *words = &composer->words;
    const char *pieces[2] = {NULL};
    if (composer->term->lessons_known)
        pieces[0] = words_say_count(words, "topics.lessons", list->lessons, NULL);
    if (list->missed > 0)
        pieces[1] =
            words_say(words, "topics.missed", "n", arena_format(composer->arena, "%d", (int)list->missed), NULL);
    return compose_join(composer, pieces, 2, words_say(words, "finals.comma", NULL));
}

/* Subjects, their lessons, and on a term's sheet what they were about. */
void block_topics(struct flow *flow)
{
    const struct composer *composer = flow->composer;
    const struct words *words = &composer->words;
    const struct term_sheet *term = composer->term;
    if (term->topic_list_count == 0)
        return;
    const struct track tracks[] = {{.width = MM(490), .gap = MM(30)}, {.share = 1}};
    struct box *table = box_table(composer->arena, tracks, 2, 0);
    for (size_t i = 0; i < term->topic_list_count; i++) {
        const struct topic_list *list = &term->topics[i];
        struct box *row = box_table_row(composer->arena, table), *left = box_stack(composer->arena);
        struct box *counts = compose_text(composer, list->topic_count > 0 ? STYLE_SMALL : STYLE_NOTE, ALIGN_LEFT,
                                          lesson_counts(composer, list));
        box_add(left, compose_text(composer, STYLE_SUBJECT, ALIGN_LEFT, list->subject));
        box_add(row, left);
        if (list->topic_count > 0) {
            const char *between = words_say(words, "topics.between", NULL);
            const char *topics = compose_join(composer, list->topics, list->topic_count, between);
            box_add(left, counts);
            box_add(row, compose_text(composer, STYLE_TOPIC, ALIGN_LEFT, topics));
        } else {
            box_add(row, counts);
        }
        box_padding(row, MM(13), MM(12));
        box_rule_below(row, RULE_HAIR, GREY_RULE, 0);
    }
    flow_wide(flow, compose_section(composer,
                                    words_say(words, term->term == 0 ? "topics.title_year" : "topics.title", NULL)));
    flow_wide(flow, table);
}
