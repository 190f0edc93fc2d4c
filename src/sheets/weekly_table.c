#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"
#include "sheets/compose.h"

#define SUBJECT_WIDTH MM(440)

/* Saturday and Sunday have a column only with something in it. */
static bool printed_day(const struct week_day *day)
{
    return day->lesson_count > 0 || date_weekday(day->day) <= 5;
}

struct found {
    const struct week_lesson *lessons[16];
    size_t count;
};

static struct found find_lessons(const struct week_day *day, const char *subject)
{
    struct found found = {0};
    for (size_t i = 0; i < day->lesson_count && found.count < sizeof found.lessons / sizeof *found.lessons; i++)
        if (strcmp(day->lessons[i].subject, subject) == 0)
            found.lessons[found.count++] = &day->lessons[i];
    return found;
}

/* Subjects with something in the week, in the order of the term's subjects, then any others. */
static const char **week_subjects(const struct composer *composer, size_t *count)
{
    const struct week_sheet *week = composer->week;
    size_t most = week->subject_count;
    for (size_t i = 0; i < week->day_count; i++)
        most += week->days[i].lesson_count;
    const char **subjects = arena_alloc(composer->arena, (most + 1) * sizeof *subjects);
    *count = 0;
    for (size_t i = 0; i < week->subject_count; i++) {
        size_t found = 0;
        for (size_t k = 0; k < week->day_count; k++)
            found += find_lessons(&week->days[k], week->subjects[i].subject).count;
        if (found > 0)
            subjects[(*count)++] = week->subjects[i].subject;
    }
    for (size_t i = 0; i < week->day_count; i++) {
        for (size_t k = 0; k < week->days[i].lesson_count; k++) {
            const char *subject = week->days[i].lessons[k].subject;
            size_t n = 0;
            while (n < *count && strcmp(subjects[n], subject) != 0)
                n++;
            if (n == *count)
                subjects[(*count)++] = subject;
        }
    }
    return subjects;
}

/* Absences as their codes, once for each lesson. */
static void add_codes(const struct composer *composer, struct box *text, const struct week_lesson *lesson)
{
    const char *code = school_code_of(composer->school, lesson->reason);
    if (code[0] == '\0')
        code = words_reason(&composer->words, "reason", lesson->reason);
    for (int i = 0; i < (lesson->times > 1 ? lesson->times : 1); i++)
        box_run(text, composer->style[STYLE_CODE], arena_format(composer->arena, "%s  ", code));
}

static struct box *day_cell(const struct composer *composer, const struct week_day *day, const char *subject)
{
    struct found found = find_lessons(day, subject);
    struct box *stack = box_stack(composer->arena);
    struct box *text = box_text(composer->arena, ALIGN_LEFT);
    box_add(stack, text);
    for (size_t i = 0; i < found.count; i++) {
        const struct week_lesson *lesson = found.lessons[i];
        for (size_t k = 0; k < lesson->mark_count; k++) {
            bool word = text_length(lesson->marks[k].text) > 2 || compose_is_debt(lesson->marks[k].text);
            box_run(text, composer->style[word ? STYLE_MARK_WORD : STYLE_MARK_CELL],
                    arena_format(composer->arena, "%s ", compose_mark(composer, lesson->marks[k].text)));
        }
        if (lesson->reason != REASON_PRESENT)
            add_codes(composer, text, lesson);
    }
    for (size_t i = 0; i < found.count; i++) {
        for (size_t k = 0; k < found.lessons[i]->mark_count; k++) {
            const struct week_mark *mark = &found.lessons[i]->marks[k];
            const char *work = compose_work(composer, mark->work, mark->weight);
            if (work[0] != '\0')
                box_add(stack, compose_text(composer, STYLE_WORK, ALIGN_LEFT, work));
        }
    }
    return stack;
}

static void add_header(const struct composer *composer, struct box *table)
{
    const struct words *words = &composer->words;
    const struct week_sheet *week = composer->week;
    struct box *row = box_table_row(composer->arena, table);
    box_add(row, compose_text(composer, STYLE_COLUMN, ALIGN_LEFT, words_say(words, "subjects.subject", NULL)));
    for (size_t i = 0; i < week->day_count; i++) {
        const struct week_day *day = &week->days[i];
        if (!printed_day(day))
            continue;
        struct box *cell = box_stack(composer->arena);
        struct box *name =
            compose_text(composer, STYLE_COLUMN, ALIGN_LEFT, words_numbered(words, "weekday", date_weekday(day->day)));
        box_add(cell, name);
        box_add(cell, compose_text(composer, STYLE_COLUMN, ALIGN_LEFT, words_date(words, day->day)));
        if (day->holiday != NULL)
            box_add(cell,
                    compose_text(composer, STYLE_COLUMN, ALIGN_LEFT, words_capital(composer->arena, day->holiday)));
        box_add(row, cell);
    }
    box_padding(row, 0, MM(8));
    box_rule_below(row, RULE_STRONG, 0, 0);
}

/* What the codes in the table mean: «б – по болезни · о – опоздание». */
static const char *codes_in_words(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const struct week_sheet *week = composer->week;
    bool used[REASON_COUNT] = {false};
    bool debt = false;
    for (size_t i = 0; i < week->day_count; i++) {
        for (size_t k = 0; k < week->days[i].lesson_count; k++) {
            const struct week_lesson *lesson = &week->days[i].lessons[k];
            used[lesson->reason] = true;
            for (size_t n = 0; n < lesson->mark_count; n++)
                debt = debt || compose_is_debt(lesson->marks[n].text);
        }
    }
    const char *pieces[REASON_COUNT + 1] = {NULL};
    for (int i = REASON_PRESENT + 1; i < REASON_COUNT; i++) {
        const char *code = school_code_of(composer->school, (enum reason)i);
        if (used[i] && code[0] != '\0')
            pieces[i] = words_say(words, "codes.item", "code", code, "reason",
                                  words_reason(words, "reason.full", (enum reason)i), NULL);
    }
    if (debt)
        pieces[REASON_COUNT] = words_say(words, "codes.item", "code", words_say(words, "mark.debt", NULL), "reason",
                                         words_say(words, "mark.debt_means", NULL), NULL);
    return compose_join(composer, pieces, REASON_COUNT + 1, words_say(words, "codes.between", NULL));
}

void compose_week_table(struct flow *flow)
{
    const struct composer *composer = flow->composer;
    const struct week_sheet *week = composer->week;
    struct track *tracks = arena_alloc(composer->arena, (week->day_count + 1) * sizeof *tracks);
    size_t tracks_used = 0;
    tracks[tracks_used++] = (struct track){.width = SUBJECT_WIDTH, .gap = MM(20)};
    for (size_t i = 0; i < week->day_count; i++)
        if (printed_day(&week->days[i]))
            tracks[tracks_used++] = (struct track){.share = 1, .gap = MM(20)};
    tracks[tracks_used - 1].gap = 0;
    struct box *table = box_table(composer->arena, tracks, tracks_used, 1);
    add_header(composer, table);
    size_t count = 0;
    const char **subjects = week_subjects(composer, &count);
    for (size_t i = 0; i < count; i++) {
        struct box *row = box_table_row(composer->arena, table);
        box_add(row, compose_text(composer, STYLE_SUBJECT, ALIGN_LEFT, subjects[i]));
        for (size_t k = 0; k < week->day_count; k++)
            if (printed_day(&week->days[k]))
                box_add(row, day_cell(composer, &week->days[k], subjects[i]));
        box_padding(row, MM(13), MM(13));
        box_rule_below(row, RULE_HAIR, GREY_RULE, 0);
        box_keep(row);
    }
    flow_wide(flow, table);
    const char *codes = codes_in_words(composer);
    if (codes[0] != '\0') {
        struct box *note = compose_text(composer, STYLE_SMALL, ALIGN_LEFT, codes);
        box_margin(note, MM(14), 0);
        flow_wide(flow, note);
    }
}
