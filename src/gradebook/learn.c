#include "gradebook/learn.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

/* Of a final of 4 and below, early, middle and late: a warning missed is worse for a family than one too many, and the
 * later the worse. The constants of forecast_with.c were fitted so. */
static const double warning_weight[HABIT_PARTS] = {2.3, 2.6, 2.9};

enum {
    REACH = 50, /* means this far from a threshold, in hundredths */
    STEPS = 2,  /* thresholds are tried in steps of half a hundredth */
    STRAY = 40, /* so many steps about the prior's */
    FARTHEST = REACH * STEPS + 2 * STRAY,
    SPREADS = 10,
    NEWTON_STEPS = 12
};

static const double spread_first = .01, spread_ratio = 1.3;   /* spreads tried: .01 … .11 */
static const double school_trust = .06, subject_trust = .03;  /* how far a threshold strays from its prior */
static const double spread_usual = .03, spread_trust = .4;    /* of the spread's logarithm */
static const double lapse = .005;                             /* finals that no mean explains */
static const double shift_trust = .15, sharpness_trust = .10; /* of the correction */
static const double stated_least = .01;
static const double dependence = .05; /* a class's forecasts hang together: each counts for so much */

int32_t forecast_likeliest(const double p[FORECAST_MARKS])
{
    int best = 0;
    for (int i = 1; i < FORECAST_MARKS; i++)
        best = p[i] > p[best] ? i : best;
    return best + 2;
}

void habit_default(int32_t configured, struct forecast_habit *out)
{
    *out = (struct forecast_habit){.configured = configured, .school = {configured / 100., spread_usual, 0}};
    for (int part = 0; part < HABIT_PARTS; part++)
        out->trust[part].sharpness = 1;
    normal_fill(&out->normal);
}

const struct habit_rule *habit_rule_of(const struct forecast_habit *habit, uint32_t subject)
{
    return habit->subjects != NULL && subject < habit->subject_count ? &habit->subjects[subject] : &habit->school;
}

/* Means by their distance from the configured threshold, in hundredths: how many, and how many were rounded up. */
struct tally {
    int32_t means[2 * REACH + 1], up[2 * REACH + 1], count;
};

static bool is_final(int32_t final)
{
    return final >= 2 && final < 2 + FORECAST_MARKS;
}

static void tally_add(struct tally *tally, const struct habit_example *example, int32_t configured)
{
    if (!is_final(example->final) || example->term.weight <= 0)
        return;
    int32_t mean = (int32_t)(100 * example->term.weighted / example->term.weight);
    int32_t lower = (mean - configured + REACH) / 100; /* the nearest threshold lies above this mark */
    lower = lower < 2 ? 2 : lower > 4 ? 4 : lower;
    int32_t off = mean - lower * 100 - configured;
    if (off < -REACH || off > REACH)
        return;
    tally->means[off + REACH]++;
    tally->up[off + REACH] += example->final > lower;
    tally->count += off > -25 && off < 25;
}

static double square(double value)
{
    return value * value;
}

/* Logarithms of the chances of rounding up and down, by spread and by the distance from the threshold, in steps. */
struct grid {
    double up[SPREADS][2 * FARTHEST + 1], down[SPREADS][2 * FARTHEST + 1];
};

static double spread_at(int i)
{
    return spread_first * pow(spread_ratio, i);
}

static void grid_fill(struct grid *grid)
{
    for (int i = 0; i < SPREADS; i++)
        for (int steps = -FARTHEST; steps <= FARTHEST; steps++) {
            double chance = lapse / 2 + (1 - lapse) * habit_chance(steps / (100. * STEPS), spread_at(i));
            grid->up[i][steps + FARTHEST] = log(chance);
            grid->down[i][steps + FARTHEST] = log(1 - chance);
        }
}

static double likelihood(const struct grid *grid, const struct tally *tally, int spread, int threshold)
{
    double sum = 0;
    for (int off = -REACH; off <= REACH; off++) {
        int32_t means = tally->means[off + REACH], up = tally->up[off + REACH];
        int at = off * STEPS - threshold + FARTHEST;
        if (means > 0)
            sum += up * grid->up[spread][at] + (means - up) * grid->down[spread][at];
    }
    return sum;
}

/* A rule on the grid; the threshold in steps from the configured one. */
struct found {
    int threshold;
    double spread;
};

/* The likeliest rule under a prior. */
static struct found fit(const struct grid *grid, const struct tally *tally, struct found prior, double trust)
{
    struct found best = prior;
    double most = -INFINITY;
    for (int i = 0; i < SPREADS; i++) {
        double held = -.5 * square(log(spread_at(i) / prior.spread) / spread_trust);
        for (int off = -STRAY; off <= STRAY; off++) {
            double likely =
                held - .5 * square(off / (100. * STEPS) / trust) + likelihood(grid, tally, i, prior.threshold + off);
            if (likely > most) {
                most = likely;
                best = (struct found){prior.threshold + off, spread_at(i)};
            }
        }
    }
    return best;
}

static struct habit_rule rule_from(struct found found, int32_t configured, int32_t examples)
{
    return (struct habit_rule){(configured + found.threshold / (double)STEPS) / 100, found.spread, examples};
}

void habit_learn(struct arena *arena, const struct habit_example *examples, size_t count, uint32_t subjects,
                 int32_t configured, struct forecast_habit *out)
{
    habit_default(configured, out);
    struct tally *tallies = arena_alloc(arena, (subjects + 1) * sizeof *tallies), *school = &tallies[subjects];
    for (size_t i = 0; i < count; i++) {
        tally_add(school, &examples[i], configured);
        if (examples[i].subject < subjects)
            tally_add(&tallies[examples[i].subject], &examples[i], configured);
    }
    if (school->count == 0)
        return;
    struct grid *grid = arena_alloc(arena, sizeof *grid);
    struct habit_rule *rules = arena_alloc(arena, (subjects + 1) * sizeof *rules);
    grid_fill(grid);
    struct found usual = fit(grid, school, (struct found){0, spread_usual}, school_trust);
    for (uint32_t s = 0; s < subjects; s++) {
        struct found own = tallies[s].count > 0 ? fit(grid, &tallies[s], usual, subject_trust) : usual;
        rules[s] = rule_from(own, configured, tallies[s].count);
    }
    out->school = rule_from(usual, configured, school->count);
    out->subjects = rules;
    out->subject_count = subjects;
}

static int part_of(double elapsed)
{
    int part = (int)(elapsed * HABIT_PARTS);
    return part < 0 ? 0 : part >= HABIT_PARTS ? HABIT_PARTS - 1 : part;
}

/* Gradient and curvature of the correction's likelihood. */
struct slope {
    double shift, sharpness, shift_shift, shift_sharpness, sharpness_sharpness;
};

static void slope_add(struct slope *slope, const struct habit_stated *stated, double warning,
                      const struct habit_trust *trust)
{
    double above = 1, weight = dependence * (stated->final < 5 ? warning : 1);
    for (int i = 1; i < FORECAST_MARKS; i++) {
        above -= stated->p[i - 1];
        if (above < stated_least || above > 1 - stated_least)
            continue;
        double odds = log(above / (1 - above));
        double chance = 1 / (1 + exp(-trust->shift - trust->sharpness * odds));
        double miss = weight * ((stated->final >= i + 2) - chance), curve = weight * chance * (1 - chance);
        slope->shift += miss;
        slope->sharpness += miss * odds;
        slope->shift_shift += curve;
        slope->shift_sharpness += curve * odds;
        slope->sharpness_sharpness += curve * odds * odds;
    }
}

static void newton(const struct habit_stated *stated, size_t count, int part, struct habit_trust *trust)
{
    struct slope slope = {-trust->shift / square(shift_trust), (1 - trust->sharpness) / square(sharpness_trust),
                          1 / square(shift_trust), 0, 1 / square(sharpness_trust)};
    for (size_t i = 0; i < count; i++)
        if (is_final(stated[i].final) && part_of(stated[i].elapsed) == part)
            slope_add(&slope, &stated[i], warning_weight[part], trust);
    double whole = slope.shift_shift * slope.sharpness_sharpness - square(slope.shift_sharpness);
    trust->shift += (slope.sharpness_sharpness * slope.shift - slope.shift_sharpness * slope.sharpness) / whole;
    trust->sharpness += (slope.shift_shift * slope.sharpness - slope.shift_sharpness * slope.shift) / whole;
    trust->sharpness = trust->sharpness < .5 ? .5 : trust->sharpness > 2 ? 2 : trust->sharpness;
    trust->shift = trust->shift < -1 ? -1 : trust->shift > 1 ? 1 : trust->shift;
}

void habit_trust_learn(const struct habit_stated *stated, size_t count, struct forecast_habit *habit)
{
    for (int part = 0; part < HABIT_PARTS; part++) {
        struct habit_trust *trust = &habit->trust[part];
        *trust = (struct habit_trust){0, 1, 0};
        for (size_t i = 0; i < count; i++)
            trust->forecasts += is_final(stated[i].final) && part_of(stated[i].elapsed) == part;
        for (int step = 0; step < NEWTON_STEPS && trust->forecasts > 0; step++)
            newton(stated, count, part, trust);
        trust->shift = round(100 * trust->shift) / 100;
        trust->sharpness = round(100 * trust->sharpness) / 100;
    }
}

void habit_trust_undo(const struct forecast_habit *habit, struct habit_stated *stated)
{
    const struct habit_trust *trust = &habit->trust[part_of(stated->elapsed)];
    double before = 1, at_least = 1;
    for (int i = 0; i < FORECAST_MARKS; i++) {
        at_least -= stated->p[i];
        double above = i == FORECAST_MARKS - 1 ? 0 : at_least;
        if (above > 0 && above < 1)
            above = 1 / (1 + exp((trust->shift - log(above / (1 - above))) / trust->sharpness));
        stated->p[i] = before - above;
        before = above;
    }
}

static void count_chance(struct review_tenth *tenths, double p, bool came)
{
    int tenth = (int)(p * REVIEW_TENTHS);
    struct review_tenth *at = &tenths[tenth < 0 ? 0 : tenth >= REVIEW_TENTHS ? REVIEW_TENTHS - 1 : tenth];
    at->stated++;
    at->came += came;
    at->sum += p;
}

void review_add(struct review *review, const struct habit_stated *stated)
{
    if (!is_final(stated->final))
        return;
    int32_t first = forecast_likeliest(stated->p);
    review->forecasts++;
    review->right += first == stated->final;
    for (int i = 0; i < FORECAST_MARKS; i++)
        count_chance(review->tenths, stated->p[i], stated->final == i + 2);
    count_chance(review->first, stated->p[first - 2], first == stated->final);
}

double review_error(const struct review *review)
{
    double sum = 0;
    for (int i = 0; i < REVIEW_TENTHS; i++)
        sum += fabs(review->first[i].sum - (double)review->first[i].came);
    return review->forecasts > 0 ? sum / (double)review->forecasts : 0;
}
