/* Issuing term and year sheets (регламент 2.8). */
#ifndef PAPERDIARY_ISSUE_TERM_H
#define PAPERDIARY_ISSUE_TERM_H

#include "issue/batch.h"

struct school_year;

/* Which period; year sheets have term 0. */
struct term_choice {
    const struct school_year *year;
    int32_t term;   /* from 1; 0: the year */
    int32_t as_of;  /* the day of which a copy shows the state; DATE_NONE: the newest */
    int32_t import; /* the import of that state; 0: the newest */
    bool due_only;  /* not to those whom a later sheet has told already */
};

struct term_result {
    struct batch_result batch;
    size_t waiting; /* on paper and chosen, but without finals of the period */
};

/* «2026-T1», «2026-Y» */
const char *term_period(struct arena *arena, int32_t year, int32_t term);

/* Issues the period's sheets; order->period is term_period(). A pupil of a class with marks who has no finals of the
 * period waits, unless he was named or nothing is issued (order->aside). A class without marks gets the year's sheets
 * from the last term on. A sheet is issued again where finals that were told have changed since. */
bool term_issue(struct arena *arena, const struct workshop *shop, const struct batch_order *order,
                const struct term_choice *choice, struct term_result *out, struct err *err);

/* Who makes the sheets of the period «2026-T1» or «2026-Y» again, in the arena; false where it is none. */
bool term_maker_again(struct arena *arena, const struct workshop *shop, struct store *store, const char *period,
                      struct sheet_maker *out);

struct term_due {
    size_t issued, pages, waiting;
    struct {
        const char *period;
        struct batch_result result;
    } periods[SCHOOL_TERMS + 1]; /* in which sheets were issued */
    size_t period_count;
};

/* Issues the term sheets that are due: finals of the newest school year with any have arrived or changed, and the
 * family has not been told. Classes without marks get theirs when the term is over. Of `order`, period, classes, pupil
 * and aside are not asked. Nothing due costs a few queries. */
bool term_issue_due(struct arena *arena, const struct workshop *shop, const struct batch_order *order,
                    struct term_due *out, struct err *err);

#endif
