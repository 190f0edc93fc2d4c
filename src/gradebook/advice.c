#include "gradebook/advice.h"

#include "settings/school.h"

/* A lower final as likely as this is worth a word of warning. */
static const double risk = .15;
/* More lower marks than these never come in a row: there is nothing to say. */
enum { MOST_LOWER = 5 };

static bool fits(const struct advice_case *at, int64_t count)
{
    return count > 0 && count * WEIGHT_ONE <= at->to_come;
}

static struct advice reach(const struct advice_case *at, int32_t mark)
{
    int64_t count = mark_need(&at->sum, mark_border(mark, at->threshold), MARK_BEST, WEIGHT_ONE);
    if (count == 0)
        return (struct advice){0};
    if (!fits(at, count))
        return (struct advice){.kind = ADVICE_UNLIKELY, .mark = mark};
    return (struct advice){.kind = ADVICE_REACH, .mark = mark, .value = MARK_BEST, .count = (int32_t)count};
}

/* How safe the mark is that the mean gives now. */
static struct advice keep(const struct advice_case *at, int32_t mark)
{
    int32_t border = mark_border(mark, at->threshold);
    if (mark <= MARK_WORST)
        return (struct advice){0};
    int64_t margin = mark_margin(&at->sum, border, mark - 1, WEIGHT_ONE);
    if (margin == 0) {
        struct mark_sum lower = at->sum;
        mark_add(&lower, mark - 1, WEIGHT_ONE);
        int64_t count = mark_need(&lower, border, mark, WEIGHT_ONE);
        if (!fits(at, count))
            return at->to_come > 0 ? (struct advice){.kind = ADVICE_THIN, .mark = mark, .value = mark - 1, .count = 1}
                                   : (struct advice){0};
        return (struct advice){.kind = ADVICE_FIRM, .mark = mark, .value = mark, .count = (int32_t)count};
    }
    int64_t most = at->to_come > WEIGHT_ONE ? at->to_come : WEIGHT_ONE;
    if (margin < 0 || margin > MOST_LOWER || margin * WEIGHT_ONE > most)
        return (struct advice){0};
    return (struct advice){.kind = ADVICE_KEEP, .mark = mark, .value = mark - 1, .count = (int32_t)margin};
}

static double chance_below(const double *p, int32_t mark)
{
    double below = 0;
    for (int32_t i = 0; i < mark - MARK_WORST; i++)
        below += p[i];
    return below;
}

static struct advice of_forecast(const struct advice_case *at)
{
    int32_t given = mark_given(&at->sum, at->threshold), mark = at->said.high;
    if (given < mark)
        return reach(at, mark);
    bool edge = at->said.low < at->said.high;
    if (given == mark && (edge || chance_below(at->p, mark) >= risk)) {
        struct advice advice = keep(at, mark);
        if (advice.kind != ADVICE_NONE || edge)
            return advice;
    }
    return given == mark && mark < MARK_BEST ? reach(at, mark + 1) : (struct advice){0};
}

/* Fewer marks than the school wants for a final, and fewer than it should be by now. */
static bool too_few(const struct advice_case *at)
{
    return at->done >= 50 && at->sum.count < at->fewest && 100 * at->sum.count < at->fewest * at->done;
}

struct advice advice_give(const struct advice_case *at)
{
    if (too_few(at))
        return (struct advice){.kind = ADVICE_FEW, .count = at->sum.count};
    if (at->said.low == 0)
        return (struct advice){.kind = ADVICE_NO_MARKS};
    if (at->sum.count == 0)
        return (struct advice){.kind = ADVICE_PAST};
    if (at->done >= 100)
        return (struct advice){.kind = ADVICE_END, .mark = mark_given(&at->sum, at->threshold)};
    if (at->said.few)
        return (struct advice){.kind = ADVICE_EARLY};
    return of_forecast(at);
}
