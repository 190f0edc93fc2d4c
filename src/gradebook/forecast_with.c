#include "gradebook/forecast_with.h"

#include <math.h>

#include "base/mem.h"

/* Fitted on the even half of one school's pupils (tests/bench/backtest.c reports on the other half). A final of 4 or
 * below weighed more there: a warning missed is worse for a family than a warning too many. */
static const struct {
    double lift, lift_late, lift_low;      /* marks to come above the level: always, late in the term, of low levels */
    double last_final, last_mean;          /* pull of the last final, of the last term's mean, */
    double last_year, others, pull_late;   /* of last year's finals, of the pupil's finals in all subjects; late */
    double surer;                          /* logarithm of how the pulls narrow the level's variance */
    double level, drift, mark;             /* scale of the level's variance, of drift, of one mark's variance */
    double to_come, to_come_late;          /* logarithm of how many marks to reckon with for one at an even rate */
    double asked, asked_known, dispersion; /* a pupil asked more often stays so; spread of the number to come */
    double doubt;
} tuned = {-.031, .093, .039, .120, .280,  .262, .076, -.55, -.287,
           1.13,  .021, .139, .878, -.364, 1.28, 13.8, .62,  .004};

static const double chance_least = 3e-3;      /* rarer numbers of marks are passed over */
static const double reach = 6, certain = 6.5; /* spreads about a threshold that matter; deviations that settle it */
static const double year_drift = .05, later_drift = .045, later_lift = .1, term_spread = .12, tail = 2.5,
                    planned_dispersion = .02, omega_usual = 1;
enum {
    COUNTS_MOST = 160,
    COUNTS_KEPT = COUNTS_MOST / 4,
    SMOOTH = 5,
    COUNTS_TRIED = 6,
    YEAR_NODES = 3,
    FEW = 6,
    MOST = 50
};

/* Three points of the level that weigh as its normal distribution. */
static const double nodes[YEAR_NODES] = {-1.7320508075688772, 0, 1.7320508075688772};
static const double node_weights[YEAR_NODES] = {1 / 6., 2 / 3., 1 / 6.};

static double clamp(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

/* What the marks to come add up to. `count` of them, each of the subject's usual weight. */
struct coming {
    double weight, weighted, omega; /* what there is; the weight of one mark to come */
    double level, variance, mark;   /* of the marks to come; of one mark alone */
};

/* `count` marks come, in units of one: the sum they add up to, by how much it differs, and how far teachers differ
 * about the sum that is needed. */
struct arrival {
    int count;
    double middle, deviation, blur;
};

/* The chance that the sum of the marks to come, and the teacher's rounding, bring more than `need`: whole marks, so
 * only some sums can be. */
static double chance_of_sums(const struct normal *normal, const struct arrival *arrival, double need)
{
    int least = 2 * arrival->count, most = 5 * arrival->count;
    double low = need - reach * arrival->blur, high = need + reach * arrival->blur;
    int from = low <= least ? least : low >= most ? most : (int)low;
    int until = high <= least ? least : high >= most ? most : (int)high + 1;
    double step = 1 / arrival->deviation, at = (arrival->middle - from + .5) * step;
    double above = from == least ? 1 : normal_below(normal, at), chance = 0;
    for (int sum = from; sum <= until; sum++) {
        at -= step;
        double beyond = sum == most ? 0 : normal_below(normal, at);
        chance += (above - beyond) * habit_chance(sum - need, arrival->blur);
        above = beyond;
    }
    return chance + above;
}

/* The chance of a sum above `need`, by what the teacher sees. */
static double chance_above(const struct normal *normal, const struct arrival *arrival, double need)
{
    double rounding = reach * arrival->blur, far = rounding + certain * arrival->deviation;
    if (need + rounding < 2 * arrival->count || arrival->middle - need > far)
        return 1;
    if (need - rounding > 5 * arrival->count || need - arrival->middle > far)
        return 0;
    if (arrival->count <= SMOOTH)
        return chance_of_sums(normal, arrival, need);
    double variance = arrival->deviation * arrival->deviation + tail * arrival->blur * arrival->blur;
    return normal_below(normal, (arrival->middle - need) / sqrt(variance));
}

/* Numbers of marks that may come, and their chances, which add up to 1. */
struct numbers {
    int counts[COUNTS_KEPT];
    double chances[COUNTS_KEPT];
    int kept;
};

/* A negative binomial, tried at every number where they are few and at some where they are many. */
static void number_chances(const struct forecast *term, double dispersion, struct numbers *out)
{
    double expected = term->reckoned, size = 1 / dispersion, ratio = expected / (size + expected), sum = 0;
    double p = pow(size / (size + expected), size);
    int most = (int)(expected + 3 * sqrt(expected + expected * expected * dispersion)) + 3;
    most = most < COUNTS_MOST ? most : COUNTS_MOST;
    out->kept = 0;
    for (int count = 0; count <= most; count++) {
        int step = count <= COUNTS_TRIED ? 1 : count <= 4 * COUNTS_TRIED ? 4 : 16;
        if (p >= chance_least && (count > 0 || term->weight > 0) && count % step == 0) {
            out->counts[out->kept] = count;
            out->chances[out->kept++] = p * step;
            sum += p * step;
        }
        p *= ratio * (size + count) / (count + 1);
    }
    for (int i = 0; i < out->kept; i++)
        out->chances[i] /= sum;
}

/* The chances of a final of at least 3, 4, 5, over the number of marks that may come. */
static void chances(const struct normal *normal, const struct coming *coming, const struct numbers *numbers,
                    const struct habit_rule *rule, double above[FORECAST_MARKS - 1])
{
    const double there = coming->weight / coming->omega, sum = coming->weighted / coming->omega;
    for (int i = 0; i < FORECAST_MARKS - 1; i++)
        above[i] = 0;
    for (int n = 0; n < numbers->kept; n++) {
        int count = numbers->counts[n];
        double all = there + count, need = (2 + rule->threshold) * all - sum, chance = 1;
        struct arrival arrival = {.count = count,
                                  .middle = count * coming->level,
                                  .deviation = sqrt(count * (count * coming->variance + coming->mark)),
                                  .blur = rule->spread * all};
        /* a better final is never likelier: after a 0 there are only such */
        for (int i = 0; i < FORECAST_MARKS - 1 && chance > 0; i++, need += all) {
            chance = count == 0 ? habit_chance(-need, arrival.blur) : chance_above(normal, &arrival, need);
            above[i] += numbers->chances[n] * chance;
        }
    }
}

/* Chances of at least 3, 4, 5 into chances of each mark, corrected as the past teaches. */
static void settle(double above[FORECAST_MARKS - 1], const struct habit_trust *trust, double p[FORECAST_MARKS])
{
    for (int i = 0; i < FORECAST_MARKS - 1; i++)
        if (above[i] > 1e-9 && above[i] < 1 - 1e-9 && trust->forecasts > 0)
            above[i] = 1 / (1 + exp(-trust->shift - trust->sharpness * log(above[i] / (1 - above[i]))));
    p[0] = 1 - above[0];
    p[1] = above[0] - above[1];
    p[2] = above[1] - above[2];
    p[3] = above[2];
    double sum = 0;
    for (int i = 0; i < FORECAST_MARKS; i++)
        sum += p[i] = p[i] > 0 ? p[i] : 0;
    for (int i = 0; i < FORECAST_MARKS; i++)
        p[i] = (1 - tuned.doubt) * p[i] / sum + tuned.doubt / FORECAST_MARKS;
}

static const struct habit_trust *trust_at(const struct forecast_habit *habit, double elapsed)
{
    int part = (int)(elapsed * HABIT_PARTS);
    return &habit->trust[part < 0 ? 0 : part >= HABIT_PARTS ? HABIT_PARTS - 1 : part];
}

static struct coming coming_of(const struct forecast *term, double level, double variance)
{
    return (struct coming){.weight = term->weight,
                           .weighted = term->weighted,
                           .omega = term->omega > 0 ? term->omega : omega_usual,
                           .level = level,
                           .variance = variance,
                           .mark = tuned.mark * clamp(5.2 - level, .05, 3.2)};
}

/* Moves the reference's level to that of the marks to come. `others`: the mean of the pupil's finals, 0: none. */
static void lift(const struct forecast_cell *cell, double elapsed, double others, struct forecast *out)
{
    double late = elapsed - .5, level = out->level, pull = 0, weight = 0, strength = exp(tuned.pull_late * late);
    level += tuned.lift + tuned.lift_late * late + tuned.lift_low * (4.5 - level);
    const double said[] = {cell->final_count > 0 ? cell->finals[cell->final_count - 1] : 0,
                           cell->last_term.count > 0 ? (double)cell->last_term.weighted / (double)cell->last_term.weight
                                                     : 0,
                           cell->last_year / 100., others};
    const double trust[] = {tuned.last_final, tuned.last_mean, tuned.last_year, tuned.others};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (said[i] > 0) {
            pull += trust[i] * strength * (said[i] - level);
            weight += trust[i] * strength;
        }
    out->level = level + pull;
    out->variance = (out->variance * tuned.level + tuned.drift) * exp(tuned.surer * weight);
}

static bool is_planned(const struct forecast_class *class, uint32_t subject)
{
    return class->plan != NULL && class->plan[subject] >= 0;
}

/* The number of marks to reckon with: those at an even rate leave too little room for surprise, and a pupil who has
 * more than others will go on having more. Without a mark a term's usual few. */
static double reckon(const struct forecast_class *class, uint32_t subject, double mean_weight,
                     const struct forecast *term)
{
    double omega = term->omega > 0 ? term->omega : omega_usual, marks = term->to_come / omega;
    if (!is_planned(class, subject))
        marks *=
            exp(tuned.to_come + tuned.to_come_late * (class->elapsed - .5)) *
            pow((term->weight / omega + tuned.asked_known) / (mean_weight / omega + tuned.asked_known), tuned.asked);
    return clamp(marks, term->weight > 0 ? 0 : FEW, MOST);
}

static void forecast_one(const struct forecast_class *class, const struct forecast_habit *habit, uint32_t subject,
                         struct forecast *out)
{
    struct coming coming = coming_of(out, out->level, out->variance);
    double above[FORECAST_MARKS - 1], dispersion = is_planned(class, subject) ? planned_dispersion : tuned.dispersion;
    struct numbers numbers;
    number_chances(out, dispersion, &numbers);
    chances(&habit->normal, &coming, &numbers, habit_rule_of(habit, subject), above);
    settle(above, trust_at(habit, class->elapsed), out->p);
    double all = out->weight + out->to_come, share = all > 0 ? out->to_come / all : 1;
    double marks = all > 0 ? out->to_come / coming.omega : FEW;
    out->mean = all > 0 ? (out->weighted + out->to_come * out->level) / all : out->level;
    out->deviation = share * sqrt(out->variance + (marks > 0 ? coming.mark / marks : 0));
}

static double mean_of_finals(const struct forecast_cell *cells, size_t count)
{
    int32_t sum = 0, finals = 0;
    for (size_t i = 0; i < count; i++)
        for (int32_t k = 0; k < cells[i].final_count; k++, finals++)
            sum += cells[i].finals[k];
    return finals > 0 ? (double)sum / finals : 0;
}

void forecast_term_with(struct arena *arena, const struct forecast_class *class, const struct forecast_habit *habit,
                        struct forecast *out)
{
    double *weights = arena_alloc(arena, (class->subjects + 1) * sizeof *weights);
    int32_t *cells = arena_alloc(arena, (class->subjects + 1) * sizeof *cells);
    forecast_term(arena, class, out);
    for (size_t i = 0; i < class->count; i++) {
        weights[class->cells[i].subject] += out[i].weight;
        cells[class->cells[i].subject]++;
    }
    for (size_t from = 0, until = 0; from < class->count; from = until) {
        while (until < class->count && class->cells[until].pupil == class->cells[from].pupil)
            until++;
        double others = mean_of_finals(&class->cells[from], until - from);
        for (size_t i = from; i < until; i++) {
            uint32_t subject = class->cells[i].subject;
            lift(&class->cells[i], class->elapsed, others, &out[i]);
            out[i].reckoned = reckon(class, subject, weights[subject] / cells[subject], &out[i]);
            forecast_one(class, habit, subject, &out[i]);
        }
    }
}

enum { MOST_SUM = SCHOOL_TERMS * 5 };

/* The sum of finals so far: its chances from the least to the most that it can be. */
struct sums {
    int least, most;
    double chances[MOST_SUM + FORECAST_MARKS + 1];
};

/* Adds one more term's final, with its chances. */
static void add_term(struct sums *sums, const double p[FORECAST_MARKS])
{
    struct sums next = {.least = sums->least + 2, .most = sums->most + 5};
    next.most = next.most > MOST_SUM ? MOST_SUM : next.most;
    for (int sum = next.least; sum <= next.most; sum++)
        next.chances[sum] = 0;
    for (int sum = sums->least; sum <= sums->most; sum++)
        for (int i = 0; i < FORECAST_MARKS; i++)
            next.chances[sum + 2 + i] += sums->chances[sum] * p[i];
    *sums = next;
}

/* A whole term that is still to come, at this level. */
static void later_term(const struct normal *normal, const struct coming *coming, double marks, int32_t later,
                       const struct habit_rule *rule, double p[FORECAST_MARKS])
{
    double variance = year_drift * later + later_drift + coming->mark / marks + term_spread * term_spread +
                      tail * rule->spread * rule->spread;
    double before = 1, deviation = sqrt(variance);
    for (int i = 0; i < FORECAST_MARKS - 1; i++) {
        double above = normal_below(normal, (coming->level + later_lift - (2 + i + rule->threshold)) / deviation);
        p[i] = before - above;
        before = above;
    }
    p[FORECAST_MARKS - 1] = before;
}

void forecast_year_with(const struct forecast *term, const struct forecast_habit *habit, uint32_t subject,
                        double elapsed, const int32_t *finals, size_t count, int32_t terms, double p[FORECAST_MARKS])
{
    const struct habit_rule *rule = habit_rule_of(habit, subject);
    const struct normal *normal = &habit->normal;
    double result[FORECAST_MARKS] = {0};
    struct numbers numbers;
    int32_t known = 0;
    for (size_t i = 0; i < count; i++)
        known += finals[i];
    known = known < 0 ? 0 : known > MOST_SUM ? MOST_SUM : known;
    number_chances(term, tuned.dispersion, &numbers);
    for (int node = 0; node < YEAR_NODES; node++) {
        double one[FORECAST_MARKS], above[FORECAST_MARKS - 1];
        double level = clamp(term->level + nodes[node] * sqrt(term->variance), 1.8, 5.2);
        struct coming coming = coming_of(term, level, 0);
        double marks = (term->weight + term->to_come) / coming.omega;
        struct sums sums = {.least = known, .most = known};
        sums.chances[known] = 1;
        chances(normal, &coming, &numbers, rule, above);
        settle(above, trust_at(habit, elapsed), one);
        add_term(&sums, one);
        for (int32_t later = 1; later < terms - (int32_t)count; later++) {
            later_term(normal, &coming, marks > 0 ? marks : FEW, later, rule, one);
            add_term(&sums, one);
        }
        for (int sum = sums.least; sum <= sums.most; sum++) {
            int32_t year = (2 * sum + terms) / (2 * terms);
            result[year < 2 ? 0 : year > 5 ? 3 : year - 2] += node_weights[node] * sums.chances[sum];
        }
    }
    for (int i = 0; i < FORECAST_MARKS; i++)
        p[i] = (1 - tuned.doubt) * result[i] + tuned.doubt / FORECAST_MARKS;
}
