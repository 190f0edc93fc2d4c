#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"
#include "sheets/compose.h"

#define NUMBER_WIDTH  MM(52)
#define NUMBERS_WIDTH MM(75)  /* of «1–10» */
#define CODE_WIDTH    MM(60)  /* the column of marks, where a code or one mark stands in it */
#define MARK_WIDTH    MM(170) /* the widest */
#define LINE_MARKS    3       /* on one line */

/* A day is kept in one column where it is not too long, nor the page low: more characters of topics and homework than
 * this may break. */
#define LONG_DAY 900
#define LOW_PAGE MM(2400)

static bool printed_blank(const char *text)
{
    return text == NULL || text[0] == '\0';
}

static const char *number_of(const struct composer *composer, uint8_t lesson)
{
    return lesson == 0 ? "" : arena_format(composer->arena, "%d", lesson);
}

/* «Понедельник … 16 ноября» over a strong rule. `last` > day: a run of days. */
static struct box *day_heading(const struct composer *composer, int32_t day, int32_t last)
{
    const struct words *words = &composer->words;
    const char *name = words_numbered(words, "weekday", date_weekday(day));
    if (last > day)
        name = words_say(words, "day.run", "from", name, "until",
                         words_numbered(words, "weekday.low", date_weekday(last)), NULL);
    const struct track tracks[] = {{.share = 3, .gap = MM(20)}, {.share = 2}};
    struct box *row = box_row(composer->arena, tracks, 2);
    box_add(row, compose_text(composer, STYLE_DAY, ALIGN_LEFT, name));
    box_add(row, compose_text(composer, STYLE_DAY_DATE, ALIGN_RIGHT,
                              words_span(words, (struct span){.from = day, .until = last})));
    box_padding(row, 0, MM(7));
    box_rule_below(row, RULE_STRONG, 0, 0);
    box_keep_with_next(row);
    return row;
}

static struct box *homework_text(const struct composer *composer, const char *label, enum sheet_style style,
                                 const char *homework)
{
    struct box *text = box_text(composer->arena, ALIGN_LEFT);
    box_run(text, composer->style[STYLE_LABEL], words_say(&composer->words, label, NULL));
    box_run(text, composer->style[style], arena_format(composer->arena, " %s", homework));
    return text;
}

static bool is_large(const char *mark)
{
    return text_length(mark) <= 2 && !compose_is_debt(mark);
}

static bool stands_with(const struct week_mark *a, const struct week_mark *b)
{
    return is_large(a->text) && is_large(b->text) && a->weight == b->weight && strcmp(a->work, b->work) == 0;
}

static struct box *add_small(const struct composer *composer, struct box *stack, const char *text)
{
    struct box *small = compose_text(composer, STYLE_WORK, ALIGN_RIGHT, text);
    if (text[0] != '\0')
        box_add(stack, small);
    return small;
}

/* Marks of one work stand on one line, with the work beneath: as many as the column holds, so that none stands on a
 * line without its work. */
static void add_marks(const struct composer *composer, struct box *stack, const struct week_lesson *lesson)
{
    for (size_t i = 0, next = 0; i < lesson->mark_count; i = next) {
        const struct week_mark *mark = &lesson->marks[i];
        const char *line = compose_mark(composer, mark->text);
        for (next = i + 1;
             next < lesson->mark_count && next - i < LINE_MARKS && stands_with(mark, &lesson->marks[next]); next++)
            line = arena_format(composer->arena, "%s %s", line, lesson->marks[next].text);
        box_add(stack, compose_text(composer, is_large(mark->text) ? STYLE_MARK : STYLE_MARK_WORD, ALIGN_RIGHT, line));
        const char *work = compose_work(composer, mark->work, mark->weight);
        box_text_hyphenate(add_small(composer, stack, work), true);
        if (compose_is_debt(mark->text))
            add_small(composer, stack, words_say(&composer->words, "mark.debt_means", NULL));
    }
}

/* About how wide the text is: thousandths of its size a character. */
static int32_t wide_about(const struct composer *composer, enum sheet_style style, int32_t ems, const char *text)
{
    int64_t size = composer->layout->styles[composer->style[style]].size;
    return (int32_t)((int64_t)text_length(text) * size * ems / 1000);
}

/* As wide as the marks and what stands beneath them need: the rest of the row is the topic's. 0: nothing stands there.
 */
static int32_t mark_width(const struct composer *composer, const struct week_lesson *lesson)
{
    enum { NARROW = 440, SERIF = 650, BLANK = 300 };
    int32_t widest = lesson->mark_count > 0 || lesson->reason != REASON_PRESENT ? CODE_WIDTH : 0, large = 0;
    for (size_t i = 0; i < lesson->mark_count; i++) {
        const struct week_mark *mark = &lesson->marks[i];
        bool debt = compose_is_debt(mark->text);
        const char *below = debt ? words_say(&composer->words, "mark.debt_means", NULL) : "";
        int32_t wide = wide_about(composer, STYLE_WORK, NARROW, compose_work(composer, mark->work, mark->weight));
        int32_t means = wide_about(composer, STYLE_WORK, NARROW, below);
        int32_t word = wide_about(composer, STYLE_MARK_WORD, SERIF, compose_mark(composer, mark->text));
        if (is_large(mark->text))
            large += wide_about(composer, STYLE_MARK, SERIF, mark->text) +
                     (large > 0 ? wide_about(composer, STYLE_MARK, BLANK, " ") : 0);
        wide = means > wide ? means : wide;
        wide = word > wide && !is_large(mark->text) ? word : wide;
        widest = wide > widest ? wide : widest;
    }
    widest = large > widest ? large : widest;
    if (lesson->reason != REASON_PRESENT) {
        int32_t reason =
            wide_about(composer, STYLE_WORK, NARROW, words_reason(&composer->words, "reason", lesson->reason));
        widest = reason > widest ? reason : widest;
    }
    return widest < MARK_WIDTH ? widest : MARK_WIDTH;
}

static struct box *mark_cell(const struct composer *composer, const struct week_lesson *lesson)
{
    const struct words *words = &composer->words;
    struct box *stack = box_stack(composer->arena);
    add_marks(composer, stack, lesson);
    if (lesson->reason == REASON_PRESENT)
        return stack;
    const char *code = school_code_of(composer->school, lesson->reason);
    if (lesson->mark_count == 0 && code[0] != '\0')
        box_add(stack, compose_text(composer, STYLE_CODE, ALIGN_RIGHT, code));
    add_small(composer, stack, words_reason(words, "reason", lesson->reason));
    if (lesson->times > 1)
        add_small(composer, stack, words_say_count(words, "count.lessons", lesson->times, NULL));
    return stack;
}

/* «Пропущено по болезни», «Пропущено по болезни (2 урока)» */
static const char *reason_line(const struct composer *composer, const struct week_lesson *lesson)
{
    const struct words *words = &composer->words;
    const char *reason = words_reason(words, "reason.line", lesson->reason);
    if (lesson->times < 2)
        return reason;
    const char *lessons = words_say_count(words, "count.lessons", lesson->times, NULL);
    return words_say(words, "day.reason_times", "reason", reason, "lessons", lessons, NULL);
}

static struct box *lesson_cell(const struct composer *composer, const struct week_lesson *lesson)
{
    struct box *stack = box_stack(composer->arena);
    struct box *title = box_text(composer->arena, ALIGN_LEFT);
    box_run(title, composer->style[STYLE_SUBJECT], lesson->subject);
    if (!printed_blank(lesson->topic))
        box_run(title, composer->style[STYLE_TOPIC], arena_format(composer->arena, " %s", lesson->topic));
    box_add(stack, title);
    if (!printed_blank(lesson->homework))
        box_add(stack, homework_text(composer, "day.homework", STYLE_HOMEWORK, lesson->homework));
    if (composer->week->without_marks && lesson->reason != REASON_PRESENT)
        box_add(stack, compose_text(composer, STYLE_HOMEWORK, ALIGN_LEFT, reason_line(composer, lesson)));
    return stack;
}

/* A large mark stands high in its row: beside anything else the text is a little lower, so that all subjects begin
 * alike. */
static struct box *level(const struct composer *composer, struct box *what, bool large)
{
    if (composer->week->without_marks || large)
        return what;
    struct box *lower = box_stack(composer->arena);
    box_padding(lower, MM(1), 0);
    box_add(lower, box_space(composer->arena, MM(12)));
    box_add(lower, what);
    return lower;
}

/* A row of the day: number, what was done, mark. A class without marks has no place for marks. */
static struct box *day_row(const struct composer *composer, const char *number, struct box *what, struct box *mark,
                           int32_t mark_width)
{
    bool marks = !composer->week->without_marks, marked = marks && mark_width > 0;
    int32_t number_width = text_length(number) > 3 ? NUMBERS_WIDTH : NUMBER_WIDTH;
    const struct track tracks[] = {
        {.width = number_width, .gap = MM(4)}, {.share = 1, .gap = marked ? MM(20) : 0}, {.width = mark_width}};
    struct box *row = box_row(composer->arena, tracks, marked ? 3 : 2);
    box_add(row, compose_text(composer, STYLE_NUMBER, ALIGN_LEFT, number));
    box_add(row, what);
    if (marked)
        box_add(row, mark);
    box_padding(row, marks ? MM(7) : MM(15), marks ? MM(7) : MM(15));
    box_rule_below(row, RULE_HAIR, GREY_RULE, 0);
    if (marks)
        box_min_height(row, MM(100));
    box_keep(row);
    return row;
}

/* «Русский язык: упр. 167 · Математика: с. 62 № 5» of what `topics` says; "" where no lesson has any. */
static const char *all_of_day(const struct composer *composer, const struct week_day *day, bool topics)
{
    const char **pieces = arena_alloc(composer->arena, (day->lesson_count + 1) * sizeof *pieces);
    for (size_t i = 0; i < day->lesson_count; i++) {
        const struct week_lesson *lesson = &day->lessons[i];
        const char *text = topics ? lesson->topic : lesson->homework;
        if (!printed_blank(text))
            pieces[i] = words_say(&composer->words, "day.away_item", "subject", lesson->subject, "text", text, NULL);
    }
    return compose_join(composer, pieces, day->lesson_count, words_say(&composer->words, "day.away_between", NULL));
}

static int32_t lessons_of(const struct week_day *day)
{
    int32_t lessons = 0;
    for (size_t i = 0; i < day->lesson_count; i++)
        lessons += day->lessons[i].missed > 1 ? day->lessons[i].missed : 1;
    return lessons;
}

/* A day of absence is one row with the reason, and with all that was done and set. */
static struct box *away_row(const struct composer *composer, const struct week_day *day)
{
    const struct words *words = &composer->words;
    struct box *stack = box_stack(composer->arena);
    struct box *title = box_text(composer->arena, ALIGN_LEFT);
    box_run(title, composer->style[STYLE_SUBJECT], words_say(words, "day.away", NULL));
    const char *count = words_say_count(words, "count.lessons", lessons_of(day), NULL);
    const char *why =
        words_say(words, "day.away_why", "lessons", count, "reason", words_reason(words, "reason", day->reason), NULL);
    box_run(title, composer->style[STYLE_TOPIC], arena_format(composer->arena, " %s", why));
    box_add(stack, title);
    const char *topics = all_of_day(composer, day, true), *homework = all_of_day(composer, day, false);
    if (homework[0] != '\0')
        box_add(stack, homework_text(composer, "day.homework", STYLE_HOMEWORK, homework));
    if (topics[0] != '\0')
        box_add(stack, homework_text(composer, "day.topics", STYLE_TOPIC, topics));
    uint8_t first = day->lessons[0].lesson, last = day->lessons[day->lesson_count - 1].lesson;
    const char *number = number_of(composer, first);
    if (first > 0 && last > first)
        number = arena_format(composer->arena, "%d–%d", first, last);
    struct box *mark = compose_text(composer, STYLE_CODE, ALIGN_RIGHT, school_code_of(composer->school, day->reason));
    return day_row(composer, number, level(composer, stack, false), mark, CODE_WIDTH);
}

static size_t length_of(const struct week_day *day)
{
    size_t length = 0;
    for (size_t i = 0; i < day->lesson_count; i++)
        length += strlen(day->lessons[i].topic) + strlen(day->lessons[i].homework);
    return length / 2;
}

/* A row of a day's table, which has one track. */
static void add_row(const struct composer *composer, struct box *table, struct box *content)
{
    struct box *row = box_table_row(composer->arena, table);
    box_add(row, content);
    box_keep(row);
}

/* A table, so that the heading comes again where a long day goes on in another column. */
static struct box *day_box(const struct composer *composer, const struct week_day *day, const struct week_day *last)
{
    const struct track track = {.share = 1};
    struct box *table = box_table(composer->arena, &track, 1, 1);
    box_margin(table, 0, MM(26));
    add_row(composer, table, day_heading(composer, day->day, last->day));
    if (day->lesson_count == 0) {
        const char *text = words_say(&composer->words, day->untold ? "day.untold" : "day.no_lessons", NULL);
        if (day->holiday != NULL)
            text = words_capital(composer->arena, day->holiday);
        struct box *quiet = compose_text(composer, STYLE_QUIET, ALIGN_LEFT, text);
        box_padding(quiet, MM(10), MM(8));
        add_row(composer, table, quiet);
    } else if (day->away) {
        add_row(composer, table, away_row(composer, day));
    } else {
        for (size_t i = 0; i < day->lesson_count; i++) {
            const struct week_lesson *lesson = &day->lessons[i];
            bool large = lesson->mark_count > 0 && is_large(lesson->marks[0].text);
            struct box *what = level(composer, lesson_cell(composer, lesson), large);
            add_row(composer, table,
                    day_row(composer, number_of(composer, lesson->lesson), what, mark_cell(composer, lesson),
                            mark_width(composer, lesson)));
        }
    }
    if (length_of(day) < LONG_DAY && composer->layout->page_height > LOW_PAGE)
        box_keep(table);
    return table;
}

static bool rests_alike(const struct week_day *a, const struct week_day *b)
{
    if (a->lesson_count > 0 || b->lesson_count > 0 || a->outside != b->outside || a->untold != b->untold ||
        (a->holiday == NULL) != (b->holiday == NULL))
        return false;
    return a->holiday == NULL || strcmp(a->holiday, b->holiday) == 0;
}

static void say_empty_week(struct flow *flow)
{
    const struct composer *composer = flow->composer;
    const struct words *words = &composer->words;
    const struct week_sheet *week = composer->week;
    const char *holiday = NULL;
    bool untold = false;
    for (size_t i = 0; i < week->day_count; i++) {
        holiday = holiday == NULL ? week->days[i].holiday : holiday;
        untold = untold || week->days[i].untold || week->days[i].outside;
    }
    const char *text = words_say(words, untold ? "days.untold" : "days.none", NULL);
    if (holiday != NULL && !untold)
        text = words_say(words, "days.none_holiday", "holiday", words_capital(composer->arena, holiday), NULL);
    struct box *box = compose_text(composer, STYLE_CODE, ALIGN_LEFT, text);
    box_margin(box, MM(10), MM(20));
    flow_wide(flow, box);
}

void block_days(struct flow *flow)
{
    const struct week_sheet *week = flow->composer->week;
    size_t lessons = 0;
    for (size_t i = 0; i < week->day_count; i++)
        lessons += week->days[i].lesson_count;
    if (lessons == 0) {
        say_empty_week(flow);
        return;
    }
    if (week->by_subject) {
        compose_week_table(flow);
        return;
    }
    for (size_t i = 0, next = 0; i < week->day_count; i = next) {
        for (next = i + 1; next < week->day_count && rests_alike(&week->days[i], &week->days[next]);)
            next++;
        if (!week->days[i].outside)
            flow_narrow(flow, day_box(flow->composer, &week->days[i], &week->days[next - 1]));
    }
}
