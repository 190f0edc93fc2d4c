/* Within the store only: what a difference between entries means in marks and absences. */
#ifndef PAPERDIARY_STORE_COUNT_H
#define PAPERDIARY_STORE_COUNT_H

#include "store/diff.h"

/* The cells of an entry. */
enum {
    ENTRY_FORM,
    ENTRY_DAY,
    ENTRY_PUPIL,
    ENTRY_LESSON,
    ENTRY_SUBJECT,
    ENTRY_KEY,
    ENTRY_TEACHER = ENTRY_KEY,
    ENTRY_TOPIC,
    ENTRY_HOMEWORK,
    ENTRY_WORK,
    ENTRY_MARK,
    ENTRY_COMMENT,
    ENTRY_WEIGHT,
    ENTRY_REASON,
    ENTRY_WIDTH
};
_Static_assert(ENTRY_WIDTH <= DIFF_CELLS, "an entry fits a row");

/* Marks of a key are a multiset of (mark, weight, work), absences one of reasons: once a lesson where it has a number,
 * once a row where it has none. What has an equal is unchanged; of the rest, pairs are corrected, the surplus is added
 * or withdrawn. A row lost is one that vanished, or that lost a mark or an absence. */
void count_entries(struct run *run, const struct diff_group *group);

#endif
