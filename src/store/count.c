#include "store/count.h"

#include <stdlib.h>

#include "base/mem.h"
#include "settings/school.h"
#include "store/hold.h"
#include "store/run.h"

/* Values of one kind under one key. */
struct tally {
    int64_t old, new, equal;
};

struct mark_key {
    int32_t mark, weight, work;
};

static int compare_marks(const void *a, const void *b)
{
    const struct mark_key *left = a, *right = b;
    if (left->mark != right->mark)
        return left->mark < right->mark ? -1 : 1;
    if (left->weight != right->weight)
        return left->weight < right->weight ? -1 : 1;
    return left->work < right->work ? -1 : left->work > right->work;
}

static size_t gather_marks(struct diff_part part, struct mark_key *out)
{
    size_t count = 0;
    for (size_t i = 0; i < part.count; i++) {
        const int32_t *cell = part.rows[i].cell;
        if (cell[ENTRY_MARK] != 0)
            out[count++] = (struct mark_key){cell[ENTRY_MARK], cell[ENTRY_WEIGHT], cell[ENTRY_WORK]};
    }
    if (count > 1)
        qsort(out, count, sizeof *out, compare_marks);
    return count;
}

static struct tally tally_marks(const struct diff_group *group)
{
    struct mark_key few[16], *old = few;
    size_t both = group->old.count + group->new.count;
    if (both > sizeof few / sizeof *few)
        old = mem_resize(NULL, both, sizeof *old);
    struct mark_key *new = old + group->old.count;
    size_t olds = gather_marks(group->old, old), news = gather_marks(group->new, new);
    struct tally tally = {.old = (int64_t)olds, .new = (int64_t)news};
    for (size_t i = 0, j = 0; i < olds && j < news;) {
        int order = compare_marks(&old[i], &new[j]);
        tally.equal += order == 0;
        i += order <= 0;
        j += order >= 0;
    }
    if (old != few)
        mem_free(old);
    return tally;
}

static void gather_reasons(struct diff_part part, int64_t reasons[REASON_COUNT])
{
    for (size_t i = 0; i < part.count; i++) {
        int32_t reason = part.rows[i].cell[ENTRY_REASON];
        if (reason > REASON_PRESENT && reason < REASON_COUNT &&
            (part.rows[i].cell[ENTRY_LESSON] == 0 || reasons[reason] == 0))
            reasons[reason]++;
    }
}

static struct tally tally_reasons(const struct diff_group *group)
{
    int64_t old[REASON_COUNT] = {0}, new[REASON_COUNT] = {0};
    gather_reasons(group->old, old);
    gather_reasons(group->new, new);
    struct tally tally = {0};
    for (int i = 0; i < REASON_COUNT; i++) {
        tally.old += old[i];
        tally.new += new[i];
        tally.equal += old[i] < new[i] ? old[i] : new[i];
    }
    return tally;
}

/* Adds to the result; returns how many were withdrawn. */
static int64_t book_tally(struct import_result *result, struct tally tally)
{
    int64_t old = tally.old - tally.equal, new = tally.new - tally.equal;
    int64_t corrected = old < new ? old : new;
    result->unchanged += tally.equal;
    result->corrected += corrected;
    result->added += new - corrected;
    result->withdrawn += old - corrected;
    return old - corrected;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

void count_entries(struct run *run, const struct diff_group *group)
{
    if (group->new.count > 0 && group->old_left + group->new_left == 0 && holds_beyond(run->holds, group->new.rows))
        return;
    struct tally marks = tally_marks(group), reasons = tally_reasons(group);
    int64_t withdrawn = book_tally(run->result, marks) + book_tally(run->result, reasons);
    int64_t olds = (int64_t)group->old.count, old_left = (int64_t)group->old_left, new_left = (int64_t)group->new_left;
    run->loss.stored_rows += olds;
    run->loss.stored_values += marks.old + reasons.old;
    run->loss.values += withdrawn;
    run->loss.rows += larger(larger(old_left - new_left, 0), smaller(withdrawn, old_left));
    if (marks.equal == larger(marks.old, marks.new) && reasons.equal == larger(reasons.old, reasons.new))
        run->result->texts += larger(old_left, new_left);
}
