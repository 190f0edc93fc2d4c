#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"
#include "gradebook/subject.h"
#include "gradebook/term.h"

int32_t term_until(const struct school_year *year, int32_t term)
{
    return term >= FINAL_TERM_1 && term <= year->terms ? year->term[term - 1].until : year->whole.until;
}

static bool is_final(const struct book *book, size_t place, size_t index, const struct term_order *order)
{
    const struct final_entry *final = &book->finals[place];
    return final->pupil == book->pupils[index].key && final->year == order->year->year &&
           (final->period >= FINAL_YEAR || final->period <= order->year->terms);
}

bool term_has_finals(const struct book *book, size_t index, const struct term_order *order)
{
    for (size_t i = 0; i < book->final_count; i++) {
        int32_t period = book->finals[i].period;
        bool own = order->term == 0 ? period >= FINAL_YEAR : period == order->term;
        if (own && is_final(book, i, index, order) && held_at(book->finals[i].held, order->import))
            return true;
    }
    return false;
}

bool term_was_told(const struct book *book, size_t index, const struct term_order *order, int32_t term)
{
    struct term_order then = *order;
    then.term = term;
    then.import = order->told.import;
    return order->told.import > 0 && order->told.until >= term_until(order->year, term) &&
           term_has_finals(book, index, &then);
}

/* True where the period's finals were told, or its sheet came too early and tells them now. */
static bool compares(const struct book *book, size_t index, const struct term_order *order, int32_t period)
{
    int32_t term = period >= FINAL_YEAR ? 0 : period;
    return (order->again && term == order->term) || term_was_told(book, index, order, term);
}

/* The state's final of the same subject, however it is spelled, and period. */
static const struct final_entry *same_final(struct arena *arena, const struct book *book, size_t place, int32_t import)
{
    const struct final_entry *final = &book->finals[place];
    const char *folded = text_fold(arena, final->subject);
    for (size_t i = 0; i < book->final_count; i++) {
        const struct final_entry *other = &book->finals[i];
        if (other->pupil == final->pupil && other->year == final->year && other->period == final->period &&
            held_at(other->held, import) && strcmp(text_fold(arena, other->subject), folded) == 0)
            return other;
    }
    return NULL;
}

static int compare_changes(const void *a, const void *b)
{
    const struct final_change *left = a, *right = b;
    if (left->period != right->period)
        return left->period < right->period ? -1 : 1;
    struct arena *arena = arena_new();
    int order = subject_compare(subject_rank(text_fold(arena, left->subject)), left->subject,
                                subject_rank(text_fold(arena, right->subject)), right->subject);
    arena_free(arena);
    return order;
}

const struct final_change *term_changes(struct arena *arena, const struct book *book, size_t index,
                                        const struct term_order *order, size_t *count)
{
    struct final_change *changes = arena_alloc(arena, (book->final_count + 1) * sizeof *changes);
    const struct told *told = &order->told;
    *count = 0;
    for (size_t i = 0; told->import > 0 && i < book->final_count; i++) {
        const struct final_entry *final = &book->finals[i];
        bool before = held_at(final->held, told->import), now = held_at(final->held, order->import);
        if (before == now || !is_final(book, i, index, order) || term_until(order->year, final->period) > told->until ||
            !compares(book, index, order, final->period))
            continue;
        const struct final_entry *was = same_final(arena, book, i, told->import);
        const struct final_entry *is = same_final(arena, book, i, order->import);
        bool same = was != NULL && is != NULL && strcmp(was->mark, is->mark) == 0;
        if (same || (before && is != NULL)) /* a correction is told by its new row */
            continue;
        changes[(*count)++] = (struct final_change){.subject = final->subject,
                                                    .period = final->period,
                                                    .was = was == NULL ? NULL : was->mark,
                                                    .now = is == NULL ? NULL : is->mark,
                                                    .decided = is == NULL ? DATE_NONE : is->decided};
    }
    if (*count > 1)
        qsort(changes, *count, sizeof *changes, compare_changes);
    return changes;
}
