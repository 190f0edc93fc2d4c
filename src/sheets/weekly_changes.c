#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "sheets/compose.h"

/* More bullets than this are told by subject. */
#define MANY_CHANGES 14
#define BULLET_WIDTH MM(28)

static bool same_text(const char *a, const char *b)
{
    return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

/* The work of a mark for a comparison: said even where there is none, and with its weight where weights differ. */
static const char *described(const struct composer *composer, const char *work, int32_t weight, bool with_weight)
{
    const struct words *words = &composer->words;
    bool none = work == NULL || work[0] == '\0';
    if (!with_weight)
        return none ? words_say(words, "change.no_work", NULL) : work;
    const char *times = words_weight(words, weight);
    return none ? times : arena_format(composer->arena, "%s" TEXT_NBSP "%s", work, times);
}

/* « (диктант → контрольная работа)», « (диктант, вес ×1 → ×3)», or "" where work and weight stayed. The work that
 * stayed tells which mark it is. Layouts of old stores have no such words: without it, as then. */
static const char *work_change(const struct composer *composer, const struct change *change)
{
    bool weights = change->was_weight != change->now_weight, works = !same_text(change->was_work, change->now_work);
    if (!weights && !works)
        return "";
    const char *was = described(composer, works ? change->was_work : "", change->was_weight, weights);
    const char *now = described(composer, works ? change->now_work : "", change->now_weight, weights);
    const char *work = works || change->now_work == NULL ? "" : change->now_work;
    bool named = work[0] != '\0' && layout_word(composer->layout, "change.weights_of")[0] != '\0';
    return words_say(&composer->words,
                     works   ? "change.works"
                     : named ? "change.weights_of"
                             : "change.weights",
                     "work", work, "was", was, "now", now, NULL);
}

static const char *mark_key(const struct change *change)
{
    bool debt_was = compose_is_debt(change->was), debt_now = compose_is_debt(change->now);
    switch (change->kind) {
    case CHANGE_ADDED:
        return debt_now ? "change.debt_added" : "change.mark_added";
    case CHANGE_WITHDRAWN:
        return debt_was ? "change.debt_withdrawn" : "change.mark_withdrawn";
    case CHANGE_CORRECTED:
        break;
    }
    if (debt_was && debt_now)
        return "change.debt_stays";
    if (same_text(change->was, change->now))
        return "change.mark_stays";
    return debt_was ? "change.debt_closed" : debt_now ? "change.debt_made" : "change.mark_corrected";
}

static const char *mark_change(const struct composer *composer, const struct change *change)
{
    const struct words *words = &composer->words;
    bool withdrawn = change->kind == CHANGE_WITHDRAWN;
    const char *work = withdrawn ? compose_work(composer, change->was_work, change->was_weight)
                                 : compose_work(composer, change->now_work, change->now_weight);
    const char *about = change->kind == CHANGE_CORRECTED ? work_change(composer, change) : "";
    if (about[0] == '\0' && work[0] != '\0')
        about = words_say(words, "change.about", "work", work, NULL);
    return words_say(words, mark_key(change), "was", change->was != NULL ? change->was : "", "now",
                     change->now != NULL ? change->now : "", "about", about, NULL);
}

const char *compose_change(const struct composer *composer, const struct change *change)
{
    const struct words *words = &composer->words;
    if (change->what == CHANGE_MARK)
        return mark_change(composer, change);
    if (change->kind == CHANGE_ADDED)
        return words_reason(words, composer->week->first ? "reason.full" : "reason.added", change->now_reason);
    if (change->kind == CHANGE_WITHDRAWN)
        return words_reason(words, "reason.withdrawn", change->was_reason);
    return words_say(words, "change.absence", "was", words_reason(words, "reason.full", change->was_reason), "now",
                     words_reason(words, "reason.full", change->now_reason), NULL);
}

static bool absences_alike(const struct change *a, const struct change *b)
{
    return b->what == CHANGE_ATTENDANCE && a->kind == b->kind && a->was_reason == b->was_reason &&
           a->now_reason == b->now_reason;
}

/* The day in the term's grid; the grid's count where it is not there. */
static size_t grid_index(const struct week_sheet *week, int32_t day)
{
    size_t i = 0;
    while (i < week->grid_count && week->grid[i].day != day)
        i++;
    return i;
}

/* How many changes like `like` the day has. */
static int32_t alike_on(const struct week_sheet *week, const struct change *like, int32_t day)
{
    int32_t count = 0;
    for (size_t i = 0; i < week->change_count; i++)
        count += week->changes[i].day == day && absences_alike(like, &week->changes[i]) ? 1 : 0;
    return count;
}

/* All lessons of the day changed alike: it can be told as a whole. A report by subject does not tell all lessons. */
static bool whole_day(const struct week_sheet *week, const struct change *like, size_t grid)
{
    return !week->by_subject && grid < week->grid_count && week->grid[grid].school && week->grid[grid].lessons > 1 &&
           alike_on(week, like, week->grid[grid].day) == week->grid[grid].lessons;
}

/* Marks as done the changes like `like` of the days from…until, and names their subjects («Математика, Музыка»). */
static const char *take_alike(const struct composer *composer, const struct change *like, struct span days, bool *done)
{
    const struct week_sheet *week = composer->week;
    const char **subjects = arena_alloc(composer->arena, week->change_count * sizeof *subjects);
    size_t count = 0;
    for (size_t i = 0; i < week->change_count; i++) {
        const struct change *change = &week->changes[i];
        if (done[i] || change->day < days.from || change->day > days.until || !absences_alike(like, change))
            continue;
        done[i] = true;
        size_t n = 0;
        while (n < count && !same_text(subjects[n], change->subject))
            n++;
        if (n == count)
            subjects[count++] = change->subject;
    }
    return compose_join(composer, subjects, count, words_say(&composer->words, "change.comma", NULL));
}

/* One line for all changes of attendance that are like changes[at]: a run of whole days, or the subjects of its day. */
static const char *absence_line(const struct composer *composer, size_t at, bool *done)
{
    const struct words *words = &composer->words;
    const struct week_sheet *week = composer->week;
    const struct change *like = &week->changes[at];
    size_t grid = grid_index(week, like->day), last = grid;
    int32_t lessons = alike_on(week, like, like->day);
    bool whole = whole_day(week, like, grid);
    while (whole && whole_day(week, like, last + 1))
        lessons += week->grid[++last].lessons;
    struct span days = {.from = like->day, .until = whole ? week->grid[last].day : like->day};
    const char *subjects = take_alike(composer, like, days, done);
    const char *count = words_say_count(words, "count.lessons", lessons, NULL);
    const char *date = words_span(words, days);
    const char *lead = !whole ? words_say(words, lessons > 1 ? "change.lead_lessons" : "change.lead", "date", date,
                                          "subject", subjects, "lessons", count, NULL)
                              : words_say(words, last > grid ? "change.lead_days" : "change.lead_day", "date", date,
                                          "lessons", count, NULL);
    return words_say(words, "change.line", "lead", lead, "text", compose_change(composer, like), NULL);
}

/* One line for the marks of a subject on a day, and for its one change of attendance. */
static const char *subject_line(const struct composer *composer, size_t at, bool *done)
{
    const struct words *words = &composer->words;
    const struct week_sheet *week = composer->week;
    const struct change *first = &week->changes[at];
    const char **texts = arena_alloc(composer->arena, week->change_count * sizeof *texts);
    size_t count = 0;
    for (size_t i = at; i < week->change_count; i++) {
        const struct change *change = &week->changes[i];
        bool alone = change->what == CHANGE_MARK || alike_on(week, change, change->day) == 1;
        if (done[i] || change->day != first->day || !same_text(change->subject, first->subject) || !alone)
            continue;
        done[i] = true;
        texts[count++] = compose_change(composer, change);
    }
    const char *lead =
        words_say(words, "change.lead", "date", words_date(words, first->day), "subject", first->subject, NULL);
    return words_say(words, "change.line", "lead", lead, "text",
                     compose_join(composer, texts, count, words_say(words, "change.semicolon", NULL)), NULL);
}

const char **compose_changes(const struct composer *composer, bool absences_only, size_t *count)
{
    const struct week_sheet *week = composer->week;
    const char **lines = arena_alloc(composer->arena, (week->change_count + 1) * sizeof *lines);
    bool *done = arena_alloc(composer->arena, week->change_count + 1);
    *count = 0;
    for (size_t i = 0; i < week->change_count; i++) {
        const struct change *change = &week->changes[i];
        bool absence = change->what == CHANGE_ATTENDANCE;
        if (done[i] || (absences_only && !absence))
            continue;
        bool group = absence && (absences_only || alike_on(week, change, change->day) > 1);
        lines[(*count)++] = group ? absence_line(composer, i, done) : subject_line(composer, i, done);
    }
    return lines;
}

struct box *compose_bullet(const struct composer *composer, const char *line)
{
    const struct track tracks[] = {{.width = BULLET_WIDTH}, {.share = 1}};
    struct box *row = box_row(composer->arena, tracks, 2);
    box_add(row, compose_text(composer, STYLE_NOTE, ALIGN_LEFT, words_say(&composer->words, "bullet", NULL)));
    box_add(row, compose_rich(composer, STYLE_NOTE, STYLE_NOTE_STRONG, line));
    box_margin(row, 0, MM(8));
    return row;
}

static const char *title_of(const struct composer *composer)
{
    const struct week_sheet *week = composer->week;
    if (!week->first)
        return words_say(&composer->words, "changes.title", NULL);
    if (week->term == 0 || week->year == NULL)
        return words_say(&composer->words, "changes.title_first", NULL);
    return words_term(&composer->words, week->year->kind, "before", week->term);
}

void block_changes(struct flow *flow)
{
    const struct composer *composer = flow->composer;
    if (composer->week->change_count == 0)
        return;
    size_t count = 0;
    const char **lines = compose_changes(composer, false, &count);
    if (composer->week->first || count > MANY_CHANGES) {
        compose_digest(flow, title_of(composer));
        return;
    }
    struct box **items = arena_alloc(composer->arena, (count + 1) * sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = compose_bullet(composer, lines[i]);
    flow_list(flow, title_of(composer), items, count, false);
}
