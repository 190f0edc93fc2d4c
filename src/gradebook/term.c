#include "gradebook/term.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"
#include "gradebook/calendar.h"
#include "gradebook/mark.h"
#include "gradebook/rows.h"
#include "gradebook/subject.h"

/* A line in the making. */
struct draft {
    struct term_line line;
    const char *folded;
    int rank;
    struct mark_sum sums[SCHOOL_TERMS];
    bool shown;
};

struct drafts {
    struct draft *list;
    size_t count;
    size_t *of_subject; /* by the index's number of the subject */
};

static size_t draft_of(struct drafts *drafts, const char *subject, const char *folded)
{
    for (size_t i = 0; i < drafts->count; i++)
        if (strcmp(drafts->list[i].folded, folded) == 0)
            return i;
    drafts->list[drafts->count] =
        (struct draft){.line = {.subject = subject}, .folded = folded, .rank = subject_rank(folded)};
    for (int i = 0; i < SCHOOL_TERMS; i++)
        drafts->list[drafts->count].line.mean[i] = -1;
    return drafts->count++;
}

/* A line for each subject of the gradebook and of the finals. */
static struct drafts make_drafts(const struct view *view)
{
    const struct week_index *index = view->index;
    struct drafts drafts = {0};
    drafts.list = arena_alloc(view->arena, (index->subject_count + view->book->final_count + 1) * sizeof *drafts.list);
    drafts.of_subject = arena_alloc(view->arena, (index->subject_count + 1) * sizeof *drafts.of_subject);
    for (uint32_t s = 0; s < index->subject_count; s++)
        drafts.of_subject[s] = draft_of(&drafts, index->subjects[s], index->folded[s]);
    return drafts;
}

/* Finals of the terms with a column; a year sheet has those of the year, of exams and the final ones too. */
static void add_finals(const struct view *view, struct drafts *drafts, struct term_sheet *out)
{
    for (size_t i = 0; i < view->book->final_count; i++) {
        const struct final_entry *final = &view->book->finals[i];
        bool of_year = final->period >= FINAL_YEAR && final->period <= FINAL_FINAL;
        bool own = out->term == 0 ? of_year : final->period == out->term;
        bool told = final->period <= out->terms || (of_year && out->term == 0);
        if (final->pupil != view->pupil->key || final->year != view->year->year || !told ||
            !held_at(final->held, view->order->import))
            continue;
        size_t at = draft_of(drafts, final->subject, text_fold(view->arena, final->subject));
        drafts->list[at].line.final[final->period] = final->mark;
        drafts->list[at].shown = true;
        out->finals = out->finals || own;
        if (own && final->decided != DATE_NONE && final->decided > out->decided)
            out->decided = final->decided;
    }
}

/* The courses of a term: [*from, *until). */
static void courses_of(const struct view *view, int32_t term, size_t *from, size_t *until)
{
    *from = view_course_from(view, view->year->term[term - 1].from);
    *until = view_course_from(view, view->year->term[term - 1].until + 1);
}

/* The mark of a course's row, or NULL. */
static const struct entry *mark_of(const struct view *view, const struct row *row)
{
    bool counts = row->source == ROW_OWN && !view->without_marks && view_has_mark(view, row->entry);
    return counts ? row->entry : NULL;
}

static void add_term(const struct view *view, struct drafts *drafts, int32_t term, const struct term_sheet *out)
{
    size_t from = 0, until = 0;
    courses_of(view, term, &from, &until);
    for (size_t i = from; i < until; i++) {
        const struct course *course = &view->courses[i];
        struct draft *draft = &drafts->list[drafts->of_subject[course->subject]];
        for (size_t k = 0; k < course->count; k++) {
            const struct entry *entry = mark_of(view, &course->rows[k]);
            if (entry == NULL)
                continue;
            mark_add(&draft->sums[term - 1], view_mark(view, entry).value, entry->weight);
            draft->shown = true;
        }
        if (out->term == 0 || out->term == term) {
            draft->line.lessons += course->held;
            draft->line.missed += course->missed;
        }
    }
    for (size_t i = 0; i < drafts->count; i++)
        drafts->list[i].line.mean[term - 1] = mark_mean(&drafts->list[i].sums[term - 1]);
}

/* The marks of the sheet's own term, by day. */
static void keep_marks(const struct view *view, const struct drafts *drafts, size_t at, struct term_line *line)
{
    struct week_mark *marks = NULL;
    size_t room = 0;
    for (int pass = 0; pass < 2; pass++) { /* count, then keep */
        line->mark_count = 0;
        for (size_t i = view_course_from(view, view->span.from); i < view->course_count; i++) {
            const struct course *course = &view->courses[i];
            if (drafts->of_subject[course->subject] != at)
                continue;
            for (size_t k = 0; k < course->count; k++) {
                const struct entry *entry = mark_of(view, &course->rows[k]);
                if (entry != NULL && line->mark_count++ < room)
                    marks[line->mark_count - 1] = view_mark(view, entry);
            }
        }
        if (pass == 0) {
            room = line->mark_count;
            marks = arena_alloc(view->arena, (room + 1) * sizeof *marks);
        }
    }
    line->marks = marks;
}

static int compare_drafts(const void *a, const void *b)
{
    const struct draft *left = a, *right = b;
    return subject_compare(left->rank, left->line.subject, right->rank, right->line.subject);
}

static void fill_lines(const struct view *view, struct term_sheet *out)
{
    struct drafts drafts = make_drafts(view);
    for (int32_t term = 1; term <= out->terms; term++)
        add_term(view, &drafts, term, out);
    add_finals(view, &drafts, out);
    for (size_t i = 0; out->term > 0 && i < drafts.count; i++)
        keep_marks(view, &drafts, i, &drafts.list[i].line);
    if (drafts.count > 1)
        qsort(drafts.list, drafts.count, sizeof *drafts.list, compare_drafts);
    struct term_line *lines = arena_alloc(view->arena, (drafts.count + 1) * sizeof *lines);
    for (size_t i = 0; i < drafts.count; i++) {
        if (drafts.list[i].shown)
            lines[out->line_count++] = drafts.list[i].line;
    }
    out->lines = lines;
}

static void fill_attendance(const struct view *view, struct term_sheet *out)
{
    for (int32_t term = 1; term <= out->terms; term++) {
        size_t from = 0, until = 0;
        courses_of(view, term, &from, &until);
        struct attendance *sum = &out->of_term[term - 1];
        *sum = view_attendance(view, from, until);
        out->of_year.lessons += sum->lessons;
        for (int reason = 0; reason < REASON_COUNT; reason++)
            out->of_year.count[reason] += sum->count[reason];
        for (size_t i = from; i < until && !out->lessons_known; i++)
            for (size_t k = 0; k < view->courses[i].count; k++)
                out->lessons_known = out->lessons_known || entry_names_lesson(view->courses[i].rows[k].entry);
    }
}

static bool is_known(const struct topic_list *list, const char *const *topics, const char *topic)
{
    for (size_t i = 0; i < list->topic_count; i++)
        if (strcmp(topics[i], topic) == 0)
            return true;
    return false;
}

/* What was taught in a class without marks, by subject; of a year only how many lessons. */
static void fill_topics(const struct view *view, struct term_sheet *out)
{
    uint32_t subjects = view->index->subject_count;
    struct topic_list *lists = arena_alloc(view->arena, (subjects + 1) * sizeof *lists);
    size_t first = view_course_from(view, out->span.from);
    for (uint32_t s = 0; view->without_marks && s < subjects; s++) {
        struct topic_list *list = &lists[out->topic_list_count];
        const char **topics = NULL;
        for (int pass = 0; pass < 2; pass++) { /* count, then keep */
            *list = (struct topic_list){.subject = view->index->subjects[s], .topics = topics};
            size_t most = 0;
            for (size_t i = first; i < view->course_count; i++) {
                const struct course *course = &view->courses[i];
                if (course->subject != s)
                    continue;
                const char *topic = out->term == 0 ? "" : course_text(view, course, TEXT_TOPIC);
                list->lessons += course->held;
                list->missed += course->missed;
                most++;
                if (topics != NULL && topic[0] != '\0' && !is_known(list, topics, topic))
                    topics[list->topic_count++] = topic;
            }
            if (topics == NULL)
                topics = arena_alloc(view->arena, (most + 1) * sizeof *topics);
        }
        out->topic_list_count += list->lessons > 0 ? 1 : 0;
    }
    out->topics = lists;
}

/* «2», «н/а» and «незачёт» of the year are debts; a final mark after an exam stands for that of the year. */
static bool is_debt(const struct school *school, const char *mark)
{
    const struct mark_value *known = school_lookup_mark(school, mark);
    if (known != NULL && known->value >= 0)
        return known->value <= MARK_WORST;
    return strcmp(mark, "н/а") == 0 || strcmp(mark, "незачёт") == 0;
}

/* Known where every subject with a final of the last term has one of the year. */
static void fill_promotion(const struct view *view, struct term_sheet *out)
{
    const char **debts = arena_alloc(view->arena, (out->line_count + 1) * sizeof *debts);
    bool known = out->term == 0 && out->finals;
    for (size_t i = 0; known && i < out->line_count; i++) {
        const struct term_line *line = &out->lines[i];
        const char *mark = line->final[FINAL_FINAL] != NULL ? line->final[FINAL_FINAL] : line->final[FINAL_YEAR];
        if (mark == NULL)
            known = line->final[view->year->terms] == NULL;
        else if (is_debt(view->school, mark))
            debts[out->debt_count++] = line->subject;
    }
    out->debts = debts;
    out->debt_count = known ? out->debt_count : 0;
    out->promotion = !known ? PROMOTION_UNKNOWN : out->debt_count > 0 ? PROMOTION_DEBTS : PROMOTION_CLEAR;
}

/* Comments of the span; of a year those of its last term, unless a sheet has told that. */
static void fill_remarks(const struct view *view, const struct told *told, struct term_sheet *out)
{
    struct view part = *view;
    if (out->term == 0) {
        part.span = view->year->term[view->year->terms - 1];
        if (told->import > 0 && told->until >= part.span.until)
            return;
    }
    out->remarks = view_remarks(&part, false, &out->remark_count);
}

void term_compute(struct arena *arena, const struct school *school, const struct book *book, size_t index,
                  const struct term_order *order, struct term_sheet *out)
{
    const struct school_year *year = order->year;
    struct view view = {0};
    struct span span = order->term > 0 ? year->term[order->term - 1] : year->whole;
    const struct week_order at = {.import = order->import, .index = order->index};
    view_open_span(&view, arena, school, book, index, &at, span);
    *out = (struct term_sheet){.pupil = view.pupil,
                               .year = year,
                               .term = order->term,
                               .terms = order->term > 0 ? order->term : year->terms,
                               .span = span,
                               .until = term_until(year, order->term),
                               .import = order->import,
                               .decided = DATE_NONE,
                               .without_marks = view.without_marks};
    fill_lines(&view, out);
    fill_attendance(&view, out);
    out->changes = term_changes(arena, book, index, order, &out->change_count);
    struct span days = {order->term > 1 ? year->term[order->term - 2].until + 1 : year->whole.from, span.until};
    out->achievements = view_achievements(&view, days, false, &out->achievement_count);
    fill_remarks(&view, &order->told, out);
    fill_topics(&view, out);
    fill_promotion(&view, out);
}
