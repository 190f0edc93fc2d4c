#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"
#include "sheets/compose.h"

/* Homework that is due is told in full on its day: here as much as helps to remember it, in characters. */
#define DUE_MOST 70

static const char *shorten(const struct composer *composer, const char *text)
{
    if (text_length(text) <= DUE_MOST)
        return text;
    const char *at = text, *space = NULL;
    for (size_t i = 0; i < DUE_MOST; i++) {
        if (*at == ' ' && i > DUE_MOST / 2)
            space = at;
        text_next(&at);
    }
    size_t length = (size_t)((space != NULL ? space : at) - text);
    while (length > 0 && strchr(" ,;:", text[length - 1]) != NULL)
        length--;
    return words_say(&composer->words, "plan.shortened", "text", arena_copy_n(composer->arena, text, length), NULL);
}

/* Lessons of the day with this number; without numbers, the one at this place. */
static const struct plan_lesson *lesson_at(const struct plan_day *day, uint8_t number, size_t from)
{
    for (size_t i = from; i < day->lesson_count; i++)
        if (day->lessons[i].lesson == number || (day->lessons[i].lesson == 0 && i + 1 == number))
            return &day->lessons[i];
    return NULL;
}

/* Days with lessons have a column, and holidays from Monday to Friday. */
static bool printed_day(const struct plan_day *day)
{
    return day->lesson_count > 0 || (day->holiday != NULL && date_weekday(day->day) <= 5);
}

/* When lessons of this number start, where all days agree; "" else. */
static const char *starts_of(const struct week_sheet *week, uint8_t number)
{
    const char *starts = "";
    for (size_t i = 0; i < week->plan_count; i++) {
        const struct plan_lesson *lesson = lesson_at(&week->plan[i], number, 0);
        if (lesson == NULL || lesson->starts[0] == '\0')
            continue;
        if (starts[0] != '\0' && strcmp(starts, lesson->starts) != 0)
            return "";
        starts = lesson->starts;
    }
    return starts;
}

static struct box *number_cell(const struct composer *composer, uint8_t number)
{
    struct box *stack = box_stack(composer->arena);
    box_add(stack, compose_text(composer, STYLE_NUMBER, ALIGN_LEFT, arena_format(composer->arena, "%d", number)));
    const char *starts = starts_of(composer->week, number);
    if (starts[0] != '\0')
        box_add(stack, compose_text(composer, STYLE_NUMBER, ALIGN_LEFT, starts));
    return stack;
}

static void add_lesson(const struct composer *composer, struct box *stack, const struct plan_lesson *lesson,
                       bool own_time)
{
    struct box *title = box_text(composer->arena, ALIGN_LEFT);
    box_text_hyphenate(title, true);
    box_run(title, composer->style[STYLE_NOTE_STRONG], lesson->subject);
    bool numbered = lesson->room[0] >= '0' && lesson->room[0] <= '9';
    const char *room = numbered ? words_say(&composer->words, "plan.room", "room", lesson->room, NULL) : lesson->room;
    const char *pieces[] = {own_time ? lesson->starts : "", room};
    const char *place = compose_join(composer, pieces, 2, words_say(&composer->words, "plan.comma", NULL));
    if (place[0] != '\0')
        box_run(title, composer->style[STYLE_TOPIC], arena_format(composer->arena, " %s", place));
    box_add(stack, title);
    if (lesson->due[0] != '\0') {
        struct box *due = compose_text(composer, STYLE_HOMEWORK, ALIGN_LEFT, shorten(composer, lesson->due));
        box_text_hyphenate(due, true);
        box_add(stack, due);
    }
}

static struct box *plan_cell(const struct composer *composer, const struct plan_day *day, uint8_t number)
{
    struct box *stack = box_stack(composer->arena);
    bool own_time = starts_of(composer->week, number)[0] == '\0';
    const struct plan_lesson *lesson = lesson_at(day, number, 0);
    if (lesson == NULL && day->lesson_count > 0)
        box_add(stack,
                compose_text(composer, STYLE_QUIET, ALIGN_LEFT, words_say(&composer->words, "number.none", NULL)));
    while (lesson != NULL) {
        add_lesson(composer, stack, lesson, own_time);
        lesson = lesson_at(day, number, (size_t)(lesson - day->lessons) + 1);
    }
    return stack;
}

static struct box *plan_header(const struct composer *composer, struct box *table)
{
    const struct words *words = &composer->words;
    const struct week_sheet *week = composer->week;
    struct box *row = box_table_row(composer->arena, table);
    box_add(row, compose_text(composer, STYLE_COLUMN, ALIGN_LEFT, words_say(words, "plan.lesson", NULL)));
    for (size_t i = 0; i < week->plan_count; i++) {
        const struct plan_day *day = &week->plan[i];
        if (!printed_day(day))
            continue;
        struct box *cell = box_stack(composer->arena);
        const char *name = words_numbered(words, "weekday", date_weekday(day->day));
        box_add(cell, compose_text(composer, STYLE_COLUMN, ALIGN_LEFT,
                                   words_say(words, "plan.day", "weekday", name, "d",
                                             arena_format(composer->arena, "%d", date_to_civil(day->day).day), NULL)));
        if (day->holiday != NULL)
            box_add(cell,
                    compose_text(composer, STYLE_COLUMN, ALIGN_LEFT, words_capital(composer->arena, day->holiday)));
        box_add(row, cell);
    }
    box_padding(row, 0, MM(8));
    box_rule_below(row, RULE_STRONG, 0, 0);
    return row;
}

static struct box *plan_table(const struct composer *composer, uint8_t lessons)
{
    const struct week_sheet *week = composer->week;
    bool times = false;
    for (uint8_t number = 1; number <= lessons; number++)
        times = times || starts_of(week, number)[0] != '\0';
    struct track *tracks = arena_alloc(composer->arena, (week->plan_count + 1) * sizeof *tracks);
    size_t count = 0;
    tracks[count++] = (struct track){.width = times ? MM(75) : MM(30), .gap = MM(12)};
    for (size_t i = 0; i < week->plan_count; i++)
        if (printed_day(&week->plan[i]))
            tracks[count++] = (struct track){.share = 1, .gap = MM(20)};
    tracks[count - 1].gap = 0;
    struct box *table = box_table(composer->arena, tracks, count, 1);
    plan_header(composer, table);
    for (uint8_t number = 1; number <= lessons; number++) {
        struct box *row = box_table_row(composer->arena, table);
        box_add(row, number_cell(composer, number));
        for (size_t i = 0; i < week->plan_count; i++)
            if (printed_day(&week->plan[i]))
                box_add(row, plan_cell(composer, &week->plan[i], number));
        box_padding(row, MM(10), MM(9));
        box_rule_below(row, RULE_HAIR, GREY_RULE, 0);
        box_keep(row);
    }
    return table;
}

/* From the first to the last day with lessons, or of the whole where there are none. */
static struct span plan_span(const struct week_sheet *week, uint8_t lessons)
{
    struct span span = {.from = week->plan[0].day, .until = week->plan[week->plan_count - 1].day};
    if (lessons == 0)
        return span;
    size_t first = 0, last = week->plan_count - 1;
    while (!printed_day(&week->plan[first]))
        first++;
    while (!printed_day(&week->plan[last]))
        last--;
    return (struct span){.from = week->plan[first].day, .until = week->plan[last].day};
}

void block_plan(struct flow *flow)
{
    const struct composer *composer = flow->composer;
    const struct words *words = &composer->words;
    const struct week_sheet *week = composer->week;
    size_t lessons = 0, holidays = 0;
    for (size_t i = 0; i < week->plan_count; i++) {
        const struct plan_day *day = &week->plan[i];
        holidays += day->holiday != NULL ? 1 : 0;
        for (size_t k = 0; k < day->lesson_count; k++) {
            size_t number = day->lessons[k].lesson > 0 ? day->lessons[k].lesson : k + 1;
            lessons = number > lessons ? number : lessons;
        }
    }
    if (lessons == 0 && holidays == 0)
        return;
    struct span span = plan_span(week, (uint8_t)lessons);
    bool next = span.from - week->span.until <= 7;
    struct box *heading = compose_section(
        composer, words_say(words, next ? "plan.title" : "plan.title_later", "dates", words_span(words, span), NULL));
    struct box *stack = box_stack(composer->arena);
    box_add(stack, heading);
    box_keep(stack);
    if (lessons == 0) {
        const char *name = "";
        for (size_t i = 0; i < week->plan_count && name[0] == '\0'; i++)
            name = week->plan[i].holiday != NULL ? words_capital(composer->arena, week->plan[i].holiday) : "";
        box_add(stack,
                compose_text(composer, STYLE_NOTE, ALIGN_LEFT, words_say(words, "plan.none", "holiday", name, NULL)));
        flow_narrow(flow, stack);
        return;
    }
    box_add(stack, plan_table(composer, (uint8_t)lessons));
    box_may_move(stack, MOVE_IF_TIGHT);
    flow_wide(flow, stack);
}
