#include "gradebook/forecast.h"

#include <math.h>

#include "base/mem.h"

/* The method's constants: settings of the program, not of the user. */
static const double mark_spread = .30, mark_spread_least = .06;     /* κ, the least variance of a mark */
static const double drift = .09, term_spread = .12;                 /* q, s_T */
static const double spread_own = .15, spread_pupil = .08;           /* v_h, v_g */
static const double spread_final = .26, spread_finals = .14;        /* v_F1, v_F2 */
static const double spread_last = .06;                              /* v_A */
static const double noise_final = .12, noise_finals = .09;          /* of a final, of two and more */
static const double centre_weight = 3, centre_usual = 4.2;          /* n0, μ0 */
static const double tau_weight = 60, year_drift = .05, doubt = .01; /* K, q_T, ε */
static const double least_elapsed = .02;

static double clamp(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

/* The variance of one mark of a pupil at this level. */
static double mark_variance(double level)
{
    double at = clamp(level, 2, 5);
    double variance = mark_spread * (5 - at) * (at - 2);
    return variance > mark_spread_least ? variance : mark_spread_least;
}

static double normal(double z)
{
    return .5 * erfc(-z / sqrt(2));
}

void forecast_add(struct forecast_sum *sum, int32_t value, int32_t weight)
{
    if (value < 0)
        return;
    sum->weight += weight;
    sum->weighted += (int64_t)weight * value;
    sum->squares += (int64_t)weight * weight;
    sum->count++;
}

static double total(const struct forecast_sum *sum)
{
    return (double)sum->weight / WEIGHT_ONE;
}

static double mean(const struct forecast_sum *sum)
{
    return (double)sum->weighted / (double)sum->weight;
}

/* How many marks of equal weight say as much. */
static double effective(const struct forecast_sum *sum)
{
    return (double)sum->weight * (double)sum->weight / (double)sum->squares;
}

static bool has_final(const struct forecast_cell *cell)
{
    return cell->final_count > 0;
}

static double final_of(const struct forecast_cell *cell)
{
    int32_t last = cell->finals[cell->final_count - 1];
    return cell->final_count == 1 ? last : .35 * cell->finals[cell->final_count - 2] + .65 * last;
}

/* A subject in the class. Sums first, means after finish_subjects. */
struct subject {
    double mean, final, weight, squares, last_mean, last_weight, centre, omega, mean_weight;
    int32_t cells, marked, finals, lasts;
};

static void finish_subjects(const struct forecast_class *class, struct subject *subjects)
{
    for (size_t i = 0; i < class->count; i++) {
        const struct forecast_cell *cell = &class->cells[i];
        struct subject *subject = &subjects[cell->subject];
        subject->cells++;
        if (cell->term.count > 0) {
            subject->marked++;
            subject->mean += mean(&cell->term);
            subject->weight += total(&cell->term);
            subject->squares += (double)cell->term.squares / ((double)WEIGHT_ONE * WEIGHT_ONE);
        }
        if (has_final(cell)) {
            subject->finals++;
            subject->final += final_of(cell);
        }
        if (cell->last_term.count > 0) {
            subject->lasts++;
            subject->last_mean += mean(&cell->last_term);
            subject->last_weight += total(&cell->last_term);
        }
    }
    for (uint32_t s = 0; s < class->subjects; s++) {
        struct subject *subject = &subjects[s];
        subject->omega = subject->marked > 0 ? subject->squares / subject->weight : 1.5;
        subject->mean_weight = subject->cells > 0 ? subject->weight / subject->cells : 0;
        subject->final = subject->finals > 0 ? subject->final / subject->finals : 0;
        double base = subject->finals > 0 ? subject->final : centre_usual;
        subject->centre = (subject->mean + centre_weight * base) / (subject->marked + centre_weight);
        subject->mean = subject->marked > 0 ? subject->mean / subject->marked : 0;
        subject->last_mean = subject->lasts > 0 ? subject->last_mean / subject->lasts : 0;
        subject->last_weight = subject->lasts > 0 ? subject->last_weight / subject->lasts : 0;
    }
}

/* How far the pupils of the class differ, as a multiple of what is usual. */
static double class_spread(const struct forecast_class *class, const struct subject *subjects)
{
    double usual = spread_own + spread_pupil;
    double sum = tau_weight * usual, weight = tau_weight;
    for (size_t i = 0; i < class->count; i++) {
        const struct forecast_cell *cell = &class->cells[i];
        const struct subject *subject = &subjects[cell->subject];
        if (has_final(cell)) {
            double off = final_of(cell) - subject->final;
            sum += off * off * 25 / 24 - (cell->final_count > 1 ? noise_finals : noise_final);
            weight += 1;
        } else if (cell->term.count > 0) {
            double at = mean(&cell->term);
            double error = mark_variance(.5 * (at + subject->centre)) / effective(&cell->term);
            double trust = usual / (usual + error);
            double off = at - subject->centre;
            sum += trust * trust * (off * off - error);
            weight += trust * trust;
        }
    }
    return clamp(sum / weight, .08, 1.2) / usual;
}

struct belief {
    double level, variance;
};

static struct belief combine(struct belief a, double level, double variance)
{
    double precision = 1 / a.variance + 1 / variance;
    return (struct belief){(a.level / a.variance + level / variance) / precision, 1 / precision};
}

/* What the pupil's other subjects and the last term say before the first mark. `from` … `until`: the pupil's cells. */
static struct belief prior(const struct forecast_class *class, const struct subject *subjects, size_t at, size_t from,
                           size_t until, double spread)
{
    const struct forecast_cell *cell = &class->cells[at];
    const struct subject *subject = &subjects[cell->subject];
    double own = spread_own * spread;
    double precision = 1 / (spread_pupil * spread), pull = 0;
    double variance = mark_variance(subject->centre);
    for (size_t i = from; i < until; i++) {
        const struct forecast_cell *other = &class->cells[i];
        if (i == at || other->term.count == 0)
            continue;
        double weight = 1 / (own + variance / effective(&other->term));
        precision += weight;
        pull += weight * (mean(&other->term) - subjects[other->subject].mean);
    }
    struct belief belief = {subject->centre + pull / precision, own + 1 / precision};
    if (cell->last_term.count > 0) {
        double last = mean(&cell->last_term);
        return combine(belief, subject->centre + last - subject->last_mean,
                       spread_last + mark_variance(last) / effective(&cell->last_term));
    }
    if (has_final(cell))
        return combine(belief, subject->centre + final_of(cell) - subject->final,
                       cell->final_count > 1 ? spread_finals : spread_final);
    return belief;
}

static double weight_to_come(const struct forecast_class *class, const struct subject *subject, uint32_t number)
{
    double elapsed = class->elapsed;
    if (elapsed >= 1)
        return 0;
    double come = class->plan != NULL ? class->plan[number] : -1;
    if (come >= 0)
        return come;
    double share = elapsed < least_elapsed ? least_elapsed : elapsed;
    double rate = subject->mean_weight * (1 - share) / share;
    if (subject->lasts == 0)
        return rate;
    double rest = subject->last_weight - subject->mean_weight;
    double most = 1.5 * subject->last_weight * (1 - share);
    rest = rest < most ? rest : most;
    return .5 * rate + .5 * (rest > .25 * rate ? rest : .25 * rate);
}

/* The share of what is still to come, and the noise of the marks to come for one unit of a mark's variance. */
struct outlook {
    double share, noise, mean;
};

static struct outlook outlook_at(const struct forecast *term, double level)
{
    double all = term->weight + term->to_come;
    if (all <= 0)
        return (struct outlook){1, 1. / 6, level};
    return (struct outlook){term->to_come / all, term->omega * term->to_come / (all * all),
                            (term->weighted + term->to_come * level) / all};
}

static void bands(double at, double variance, int32_t threshold, double p[FORECAST_MARKS])
{
    double deviation = sqrt(variance) > 1e-6 ? sqrt(variance) : 1e-6, above[FORECAST_MARKS - 1];
    for (int i = 0; i < FORECAST_MARKS - 1; i++)
        above[i] = normal((at - (2 + i + threshold / 100.)) / deviation);
    p[0] = 1 - above[0];
    p[1] = above[0] - above[1];
    p[2] = above[1] - above[2];
    p[3] = above[2];
}

static void forecast_one(const struct forecast_class *class, const struct subject *subject, struct belief belief,
                         const struct forecast_cell *cell, struct forecast *out)
{
    if (cell->term.count > 0) {
        double at = mean(&cell->term);
        belief = combine(belief, at, mark_variance(.5 * (at + belief.level)) / effective(&cell->term));
    }
    out->level = clamp(belief.level, 2, 5);
    out->variance = belief.variance;
    out->to_come = weight_to_come(class, subject, cell->subject);
    out->weight = total(&cell->term);
    out->weighted = (double)cell->term.weighted / WEIGHT_ONE;
    out->omega = subject->omega;
    struct outlook outlook = outlook_at(out, out->level);
    double variance = outlook.share * outlook.share * (out->variance + drift) +
                      outlook.noise * mark_variance(out->level) + term_spread * term_spread;
    out->mean = outlook.mean;
    out->deviation = sqrt(variance);
    bands(out->mean, variance, class->threshold, out->p);
    for (int i = 0; i < FORECAST_MARKS; i++)
        out->p[i] = (1 - doubt) * out->p[i] + doubt / FORECAST_MARKS;
}

void forecast_term(struct arena *arena, const struct forecast_class *class, struct forecast *out)
{
    struct subject *subjects = arena_alloc(arena, (class->subjects + 1) * sizeof *subjects);
    finish_subjects(class, subjects);
    double spread = class_spread(class, subjects);
    for (size_t from = 0, until = 0; from < class->count; from = until) {
        while (until < class->count && class->cells[until].pupil == class->cells[from].pupil)
            until++;
        for (size_t i = from; i < until; i++) {
            const struct forecast_cell *cell = &class->cells[i];
            struct belief belief = prior(class, subjects, i, from, until, spread);
            forecast_one(class, &subjects[cell->subject], belief, cell, &out[i]);
        }
    }
}

enum { MOST_SUM = SCHOOL_TERMS * 5 };

/* Adds one more term's final, with its probabilities, to the distribution of the sum of finals. */
static void add_term(double sums[MOST_SUM + 1], const double p[FORECAST_MARKS])
{
    double next[MOST_SUM + 1] = {0};
    for (int sum = 0; sum <= MOST_SUM; sum++)
        for (int i = 0; i < FORECAST_MARKS && sums[sum] > 0 && sum + 2 + i <= MOST_SUM; i++)
            next[sum + 2 + i] += sums[sum] * p[i];
    for (int sum = 0; sum <= MOST_SUM; sum++)
        sums[sum] = next[sum];
}

void forecast_year(const struct forecast *term, const int32_t *finals, size_t count, int32_t terms, int32_t threshold,
                   double p[FORECAST_MARKS])
{
    double weights = 0, result[FORECAST_MARKS] = {0};
    int32_t known = 0;
    for (size_t i = 0; i < count; i++)
        known += finals[i];
    double all = term->weight + term->to_come;
    for (int node = -5; node <= 5; node++) {
        double z = node * .5, weight = exp(-z * z / 2), sums[MOST_SUM + 1] = {0}, band[FORECAST_MARKS];
        double level = clamp(term->level + z * sqrt(term->variance), 1.8, 5.2);
        struct outlook outlook = outlook_at(term, level);
        weights += weight;
        sums[known < 0 ? 0 : known > MOST_SUM ? MOST_SUM : known] = 1;
        bands(outlook.mean,
              outlook.share * outlook.share * drift + outlook.noise * mark_variance(level) + term_spread * term_spread,
              threshold, band);
        add_term(sums, band);
        double noise = (all > 0 ? term->omega / all : 1. / 6) * mark_variance(level);
        for (int32_t later = 1; later < terms - (int32_t)count; later++) {
            bands(level, year_drift * later + drift * .5 + noise + term_spread * term_spread, threshold, band);
            add_term(sums, band);
        }
        for (int sum = 0; sum <= MOST_SUM; sum++) {
            int32_t year = (2 * sum + terms) / (2 * terms);
            result[year < 2 ? 0 : year > 5 ? 3 : year - 2] += weight * sums[sum];
        }
    }
    for (int i = 0; i < FORECAST_MARKS; i++)
        p[i] = (1 - doubt) * result[i] / weights + doubt / FORECAST_MARKS;
}

struct forecast_said forecast_say(const double p[FORECAST_MARKS], int32_t marks, bool known)
{
    if (marks == 0 && !known)
        return (struct forecast_said){0};
    int best = 0;
    for (int i = 1; i < FORECAST_MARKS; i++)
        if (p[i] > p[best])
            best = i;
    struct forecast_said said = {.low = best + 2, .high = best + 2, .few = marks <= 1 && !known};
    if (p[best] >= .65 && !said.few)
        return said;
    bool upward = best == 0 || (best < FORECAST_MARKS - 1 && p[best + 1] > p[best - 1]);
    said.low -= upward ? 0 : 1;
    said.high += upward ? 1 : 0;
    return said;
}

int32_t forecast_tenths(double p)
{
    if (p < .05)
        return 0;
    if (p > .9)
        return 10;
    int32_t tenths = (int32_t)(p * 10 + .5);
    return tenths < 1 ? 1 : tenths > 9 ? 9 : tenths;
}
