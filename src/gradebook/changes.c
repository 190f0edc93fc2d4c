#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "gradebook/calendar.h"
#include "gradebook/rows.h"

/* An own row in at least one of both states: as told, and as of now. */
struct state_row {
    const struct entry *entry;
    uint32_t subject;
    bool told, now;
};

/* The marks of one lesson that one of the states has and the other has not. */
struct left_over {
    const struct entry **entries;
    size_t count;
};

struct change_list {
    const struct view *view;
    struct change *items;
    size_t count;
};

static int compare_states(const void *a, const void *b)
{
    const struct state_row *left = a, *right = b;
    const struct entry *l = left->entry, *r = right->entry;
    if (l->day != r->day)
        return l->day < r->day ? -1 : 1;
    if (l->lesson != r->lesson)
        return l->lesson < r->lesson ? -1 : 1;
    if (left->subject != right->subject)
        return left->subject < right->subject ? -1 : 1;
    return l < r ? -1 : l > r;
}

static struct state_row *collect_states(const struct view *view, size_t *count)
{
    size_t places = view->own_until - view->own_from;
    struct state_row *rows = arena_alloc(view->arena, (places + 1) * sizeof *rows);
    bool sorted = true;
    *count = 0;
    for (size_t i = view->own_from; i < view->own_until; i++) {
        const struct entry *entry = &view->book->entries[i];
        if (!view_tells_changes_of(view, entry->day) ||
            (view->pupil->left != DATE_NONE && entry->day > view->pupil->left))
            continue;
        struct state_row row = {.entry = entry, .subject = view->index->subject_of[i]};
        row.told = view_was_told(view, entry);
        row.now = held_at(entry->held, view->order->import);
        if (!row.told && !row.now)
            continue;
        sorted = sorted && (*count == 0 || compare_states(&rows[*count - 1], &row) < 0);
        rows[(*count)++] = row;
    }
    if (!sorted)
        qsort(rows, *count, sizeof *rows, compare_states);
    return rows;
}

static bool same_mark(const struct entry *a, const struct entry *b)
{
    return a->weight == b->weight && strcmp(a->mark, b->mark) == 0 && strcmp(a->work, b->work) == 0;
}

static bool same_work(const struct entry *a, const struct entry *b)
{
    return strcmp(a->work, b->work) == 0;
}

static const struct entry *take(struct left_over *from, size_t at)
{
    const struct entry *entry = from->entries[at];
    from->count--;
    memmove(&from->entries[at], &from->entries[at + 1], (from->count - at) * sizeof *from->entries);
    return entry;
}

/* A new change in the lesson that the row is of. */
static struct change *push(struct change_list *list, const struct state_row *row, enum change_what what)
{
    struct change *change = &list->items[list->count++];
    *change = (struct change){.day = row->entry->day,
                              .lesson = row->entry->lesson,
                              .subject = list->view->index->subjects[row->subject],
                              .what = what,
                              .was_work = "",
                              .now_work = ""};
    return change;
}

static void push_mark(struct change_list *list, const struct state_row *row, const struct entry *was,
                      const struct entry *now)
{
    struct change *change = push(list, row, CHANGE_MARK);
    change->kind = was == NULL ? CHANGE_ADDED : now == NULL ? CHANGE_WITHDRAWN : CHANGE_CORRECTED;
    if (was != NULL) {
        change->was = was->mark;
        change->was_weight = was->weight;
        change->was_work = was->work;
    }
    if (now != NULL) {
        change->now = now->mark;
        change->now_weight = now->weight;
        change->now_work = now->work;
    }
}

/* Takes each old mark and the first new one that fits it; `list` NULL: the pair cancels, else it is a correction. */
static void pair_marks(struct left_over *old, struct left_over *new,
                       bool (*fits)(const struct entry *, const struct entry *), struct change_list *list,
                       const struct state_row *row)
{
    for (size_t i = 0; i < old->count;) {
        size_t k = 0;
        while (k < new->count && fits != NULL && !fits(old->entries[i], new->entries[k]))
            k++;
        if (k == new->count) {
            i++;
            continue;
        }
        const struct entry *was = take(old, i), *now = take(new, k);
        if (list != NULL)
            push_mark(list, row, was, now);
    }
}

static void compare_marks(struct change_list *list, const struct state_row *rows, size_t count)
{
    struct arena *arena = list->view->arena;
    struct left_over old = {.entries = arena_alloc(arena, count * sizeof *old.entries)};
    struct left_over new = {.entries = arena_alloc(arena, count * sizeof *new.entries)};
    for (size_t i = 0; i < count; i++) {
        if (!view_has_mark(list->view, rows[i].entry))
            continue;
        if (rows[i].told)
            old.entries[old.count++] = rows[i].entry;
        if (rows[i].now)
            new.entries[new.count++] = rows[i].entry;
    }
    pair_marks(&old, &new, same_mark, NULL, rows);
    pair_marks(&old, &new, same_work, list, rows);
    pair_marks(&old, &new, NULL, list, rows);
    for (size_t i = 0; i < old.count; i++)
        push_mark(list, rows, old.entries[i], NULL);
    for (size_t i = 0; i < new.count; i++)
        push_mark(list, rows, NULL, new.entries[i]);
}

static enum reason take_reason(uint8_t reasons[REASON_COUNT])
{
    for (int reason = REASON_PRESENT + 1; reason < REASON_COUNT; reason++)
        if (reasons[reason] > 0) {
            reasons[reason]--;
            return (enum reason)reason;
        }
    return REASON_PRESENT;
}

static void compare_attendance(struct change_list *list, const struct state_row *rows, size_t count)
{
    uint8_t old[REASON_COUNT] = {0}, new[REASON_COUNT] = {0};
    for (size_t i = 0; i < count; i++) {
        if (rows[i].told)
            reasons_add(old, rows[i].entry);
        if (rows[i].now)
            reasons_add(new, rows[i].entry);
    }
    for (int reason = 0; reason < REASON_COUNT; reason++) {
        uint8_t both = old[reason] < new[reason] ? old[reason] : new[reason];
        old[reason] = (uint8_t)(old[reason] - both);
        new[reason] = (uint8_t)(new[reason] - both);
    }
    for (;;) {
        enum reason was = take_reason(old), now = take_reason(new);
        if (was == REASON_PRESENT && now == REASON_PRESENT)
            return;
        struct change *change = push(list, rows, CHANGE_ATTENDANCE);
        change->kind = was == REASON_PRESENT   ? CHANGE_ADDED
                       : now == REASON_PRESENT ? CHANGE_WITHDRAWN
                                               : CHANGE_CORRECTED;
        change->was_reason = was;
        change->now_reason = now;
    }
}

/* True where one is withdrawn and the other, in another lesson of the subject on the day, is the same added. */
static bool went_over(const struct change *gone, const struct change *come)
{
    if (gone->kind != CHANGE_WITHDRAWN || come->kind != CHANGE_ADDED || gone->what != come->what ||
        gone->day != come->day || gone->subject != come->subject)
        return false;
    if (gone->what == CHANGE_ATTENDANCE)
        return gone->was_reason == come->now_reason;
    return gone->was_weight == come->now_weight && strcmp(gone->was, come->now) == 0 &&
           strcmp(gone->was_work, come->now_work) == 0;
}

/* A lesson that went to another number of the day brings nothing new: sheets tell of past days by subject. */
static void drop_moved(struct change_list *list)
{
    bool *moved = arena_alloc(list->view->arena, list->count + 1);
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        for (size_t k = 0; k < list->count && !moved[i] && list->items[i].kind == CHANGE_WITHDRAWN; k++)
            if (!moved[k] && went_over(&list->items[i], &list->items[k]))
                moved[i] = moved[k] = true;
    for (size_t i = 0; i < list->count; i++)
        if (!moved[i])
            list->items[kept++] = list->items[i];
    list->count = kept;
}

/* The first sheet of a week that a later one has told of: what is new in the week stands in its days. */
static void drop_shown(struct change_list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].kind != CHANGE_ADDED || !span_holds(list->view->span, list->items[i].day))
            list->items[kept++] = list->items[i];
    list->count = kept;
}

const struct change *view_changes(const struct view *view, size_t *count)
{
    size_t row_count = 0, from = 0;
    const struct state_row *rows = collect_states(view, &row_count);
    struct change_list list = {.view = view};
    size_t differ = 0;
    for (size_t i = 0; i < row_count; i++)
        differ += rows[i].told != rows[i].now ? 1 : 0;
    /* A row that differs makes at most one change of a mark and one of attendance. */
    list.items = arena_alloc(view->arena, (2 * differ + 1) * sizeof *list.items);
    while (from < row_count) {
        size_t until = from;
        bool differs = false;
        for (; until < row_count && rows[until].entry->day == rows[from].entry->day &&
               rows[until].entry->lesson == rows[from].entry->lesson && rows[until].subject == rows[from].subject;
             until++)
            differs = differs || rows[until].told != rows[until].now;
        if (differs) {
            compare_marks(&list, rows + from, until - from);
            compare_attendance(&list, rows + from, until - from);
        }
        from = until;
    }
    drop_moved(&list);
    if (!view->order->again)
        drop_shown(&list);
    *count = list.count;
    return list.items;
}

const struct change *week_changes(struct arena *arena, const struct school *school, const struct book *book,
                                  size_t index, const struct week_order *order, size_t *count)
{
    struct view view = {0};
    *count = 0;
    if (!view_open(&view, arena, school, book, index, order))
        return NULL;
    return view_changes(&view, count);
}
