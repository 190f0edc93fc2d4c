/* The forecast on a real school's past: naive rounding, the reference model and ours. `backtest [FOLDER [THRESHOLD]]`;
 * the folder has marks.csv.gz and finals.csv, by default $PAPERDIARY_REAL/dnevnik. The constants of ours were fitted on
 * the even half of the pupils (is_fitted); the other half, never seen, is reported apart. Everything is in the order of
 * time: a term is forecast with what finished terms taught before it began. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "gradebook/forecast_with.h"
#include "replay.h"

enum { SHARES = 3, ROUNDS = 15, SCHOOL_PUPILS = 1000, SCHOOL_SUBJECTS = 12, CLASS_PUPILS = 25 };
enum model { NAIVE, REFERENCE, OURS, MODELS };
enum set { ALL, LOW, TOP, YOUNG, OLD, SETS };

static const char *const set_names[SETS] = {"all", "<=4", "5", "cl1-4", "cl5-11"};

struct score {
    int64_t count, right[MODELS];
    double rps[MODELS];
};

struct table {
    struct score scores[SHARES][SETS];
    struct review reviews[SHARES][MODELS];
};

/* Half of the pupils: the one that constants were fitted on. */
static bool is_fitted(uint32_t pupil)
{
    return pupil / 2 % 2 == 0;
}

/* Ranked probability score. */
static double rps(const double p[FORECAST_MARKS], int32_t final)
{
    double below = 0, sum = 0;
    for (int i = 0; i < FORECAST_MARKS - 1; i++) {
        below += p[i];
        double miss = below - (final - 2 <= i ? 1 : 0);
        sum += miss * miss;
    }
    return sum / 3;
}

static void count_one(struct table *table, int share, int32_t grade, int32_t final, double p[MODELS][FORECAST_MARKS])
{
    const bool in[SETS] = {true, final <= 4, final > 4, grade <= 4, grade > 4};
    for (int set = 0; set < SETS; set++) {
        struct score *score = &table->scores[share][set];
        score->count += in[set];
        for (int m = 0; in[set] && m < MODELS; m++) {
            score->right[m] += forecast_likeliest(p[m]) == final;
            score->rps[m] += m == NAIVE ? fabs((double)(forecast_likeliest(p[m]) - final)) / 3 : rps(p[m], final);
        }
    }
    for (int m = 0; m < MODELS; m++) {
        struct habit_stated stated = {.final = final};
        memcpy(stated.p, p[m], sizeof stated.p);
        review_add(&table->reviews[share][m], &stated);
    }
}

/* What is known when a term begins. */
struct past {
    struct habit_example *examples;
    size_t example_count, example_room;
    struct habit_stated *stated;
    int32_t *stated_ends; /* when the term of a stated forecast ended */
    size_t stated_count, stated_room, ends_room;
};

static void learn(struct arena *arena, const struct dnevnik *school, const struct dnevnik_term *term, struct past *past,
                  int32_t threshold, struct forecast_habit *habit)
{
    struct arena *own = arena_new();
    past->example_count = 0;
    for (size_t t = 0; t < school->term_count; t++) {
        const struct dnevnik_term *other = &school->terms[t];
        struct replay replay;
        if (replay_skips(school, other) || replay_end(other) > replay_begin(term))
            continue;
        replay_term(own, school, other, 1, threshold, &replay);
        for (size_t i = 0; i < replay.class.count; i++) {
            past->examples = mem_grow(past->examples, past->example_count, &past->example_room, sizeof *past->examples);
            past->examples[past->example_count++] =
                (struct habit_example){replay.cells[i].subject, replay.cells[i].term, replay.finals[i]};
        }
    }
    habit_learn(arena, past->examples, past->example_count, school->subject_count, threshold, habit);
    arena_free(own);
}

/* Forecasts of terms that ended before this one began: they were stated in the order of time. */
static void learn_trust(const struct past *past, const struct dnevnik_term *term, struct forecast_habit *habit)
{
    size_t count = 0;
    while (count < past->stated_count && past->stated_ends[count] <= replay_begin(term))
        count++;
    habit_trust_learn(past->stated, count, habit);
}

static void state(struct past *past, const struct dnevnik_term *term, const struct habit_stated *stated)
{
    past->stated = mem_grow(past->stated, past->stated_count, &past->stated_room, sizeof *past->stated);
    past->stated_ends = mem_grow(past->stated_ends, past->stated_count, &past->ends_room, sizeof *past->stated_ends);
    past->stated_ends[past->stated_count] = replay_end(term);
    past->stated[past->stated_count++] = *stated;
}

struct run {
    struct table all, unseen;
    struct past past;
    struct score years[2];       /* of pupils never seen, and of the others */
    struct forecast_habit habit; /* the last one that was learned */
};

/* The naive year: the mean of the finals so far and of the rounded mean of this term. */
static int32_t naive_year(const struct forecast_cell *cell, int32_t naive)
{
    int32_t sum = naive, count = cell->final_count + 1;
    for (int32_t i = 0; i < cell->final_count; i++)
        sum += cell->finals[i];
    return (2 * sum + count) / (2 * count);
}

static void compare_year(struct run *run, const struct replay *replay, size_t i, int32_t terms, int32_t naive,
                         struct forecast *out[MODELS], const struct forecast_habit *habit)
{
    const struct forecast_cell *cell = &replay->cells[i];
    const size_t known = (size_t)cell->final_count;
    double p[MODELS][FORECAST_MARKS] = {{0}};
    if (replay->years[i] == 0 || cell->final_count >= terms)
        return;
    p[NAIVE][naive_year(cell, naive) - 2] = 1;
    forecast_year(&out[REFERENCE][i], cell->finals, known, terms, replay->class.threshold, p[REFERENCE]);
    forecast_year_with(&out[OURS][i], habit, cell->subject, replay->class.elapsed, cell->finals, known, terms, p[OURS]);
    struct score *score = &run->years[is_fitted(cell->pupil)];
    score->count++;
    for (int m = 0; m < MODELS; m++) {
        score->right[m] += forecast_likeliest(p[m]) == replay->years[i];
        score->rps[m] += rps(p[m], replay->years[i]);
    }
}

static void backtest_share(struct run *run, const struct dnevnik *school, const struct dnevnik_term *term, int share,
                           const struct forecast_habit *habit, int32_t threshold)
{
    struct arena *arena = arena_new();
    struct replay replay;
    struct forecast_habit plain = *habit;
    habit_trust_learn(NULL, 0, &plain);
    replay_term(arena, school, term, .25 * (share + 1), threshold, &replay);
    struct forecast *out[MODELS], *untouched = arena_alloc(arena, replay.class.count * sizeof *untouched);
    for (int m = REFERENCE; m < MODELS; m++)
        out[m] = arena_alloc(arena, replay.class.count * sizeof *out[m]);
    forecast_term(arena, &replay.class, out[REFERENCE]);
    forecast_term_with(arena, &replay.class, habit, out[OURS]);
    forecast_term_with(arena, &replay.class, &plain, untouched);
    for (size_t i = 0; i < replay.class.count; i++) {
        const struct forecast_cell *cell = &replay.cells[i];
        if (replay.finals[i] == 0 || cell->term.count == 0)
            continue;
        double p[MODELS][FORECAST_MARKS] = {{0}};
        double mean = (double)cell->term.weighted / (double)cell->term.weight;
        int32_t naive = (int32_t)floor(mean + 1 - threshold / 100.);
        naive = naive < 2 ? 2 : naive > 5 ? 5 : naive;
        p[NAIVE][naive - 2] = 1;
        for (int m = REFERENCE; m < MODELS; m++)
            memcpy(p[m], out[m][i].p, sizeof p[m]);
        int32_t grade = dnevnik_grade(school, term);
        count_one(&run->all, share, grade, replay.finals[i], p);
        if (!is_fitted(cell->pupil))
            count_one(&run->unseen, share, grade, replay.finals[i], p);
        struct habit_stated stated = {.elapsed = replay.class.elapsed, .final = replay.finals[i]};
        memcpy(stated.p, untouched[i].p, sizeof stated.p);
        state(&run->past, term, &stated);
        compare_year(run, &replay, i, term->terms, naive, out, habit);
    }
    arena_free(arena);
}

static int by_time(const void *a, const void *b)
{
    const struct dnevnik_term *x = *(const struct dnevnik_term *const *)a, *y = *(const struct dnevnik_term *const *)b;
    int32_t by = replay_end(x) - replay_end(y);
    by = by != 0 ? by : replay_begin(x) - replay_begin(y);
    return by != 0 ? by : x < y ? -1 : x > y;
}

static void backtest(struct run *run, const struct dnevnik *school, int32_t threshold)
{
    struct arena *arena = arena_new();
    const struct dnevnik_term **order = arena_alloc(arena, (school->term_count + 1) * sizeof *order);
    int32_t begin = -1;
    for (size_t t = 0; t < school->term_count; t++)
        order[t] = &school->terms[t];
    qsort(order, school->term_count, sizeof *order, by_time);
    for (size_t t = 0; t < school->term_count; t++) {
        const struct dnevnik_term *term = order[t];
        if (replay_skips(school, term))
            continue;
        if (replay_begin(term) != begin) {
            begin = replay_begin(term);
            learn(arena, school, term, &run->past, threshold, &run->habit);
            learn_trust(&run->past, term, &run->habit);
        }
        for (int share = 0; share < SHARES; share++)
            backtest_share(run, school, term, share, &run->habit, threshold);
    }
    run->habit.subjects = NULL;
    arena_free(arena);
}

static void print_table(const char *title, const struct table *table)
{
    printf("%s\n", title);
    puts("share  set      n      acc naive  ref    ours    RPS naive  ref     ours    gain ref  gain ours");
    for (int share = 0; share < SHARES; share++)
        for (int set = 0; set < SETS; set++) {
            const struct score *score = &table->scores[share][set];
            double n = score->count > 0 ? (double)score->count : 1;
            double naive = score->rps[NAIVE] > 0 ? score->rps[NAIVE] : 1;
            printf("%.2f   %-7s %6.0f   %.3f     %.3f  %.3f   %.4f     %.4f  %.4f   %6.3f    %6.3f\n",
                   .25 * (share + 1), set_names[set], n, (double)score->right[NAIVE] / n,
                   (double)score->right[REFERENCE] / n, (double)score->right[OURS] / n, score->rps[NAIVE] / n,
                   score->rps[REFERENCE] / n, score->rps[OURS] / n, 1 - score->rps[REFERENCE] / naive,
                   1 - score->rps[OURS] / naive);
        }
    for (int share = 0; share < SHARES; share++)
        printf("%.2f   calibration error: reference %.4f, ours %.4f\n", .25 * (share + 1),
               review_error(&table->reviews[share][REFERENCE]), review_error(&table->reviews[share][OURS]));
}

/* What `forecast --review` would say of these forecasts. */
static void print_review(const struct table *table)
{
    puts("chances that ours stated, all four marks, and how often they came true");
    for (int share = 0; share < SHARES; share++) {
        printf("%.2f  ", .25 * (share + 1));
        for (int i = 0; i < REVIEW_TENTHS; i++) {
            const struct review_tenth *tenth = &table->reviews[share][OURS].tenths[i];
            double stated = tenth->stated > 0 ? (double)tenth->stated : 1;
            printf(" %.2f:%.2f (%lld)", tenth->sum / stated, (double)tenth->came / stated, (long long)tenth->stated);
        }
        puts("");
    }
}

static void print_years(const struct score years[2])
{
    static const char *const names[2] = {"pupils never seen", "the others"};
    for (int half = 0; half < 2; half++) {
        const struct score *score = &years[half];
        double n = score->count > 0 ? (double)score->count : 1, naive = score->rps[NAIVE] > 0 ? score->rps[NAIVE] : 1;
        printf(
            "the year's mark, %s: n %.0f, acc naive %.3f, reference %.3f, ours %.3f; gain reference %.3f, ours %.3f\n",
            names[half], n, (double)score->right[NAIVE] / n, (double)score->right[REFERENCE] / n,
            (double)score->right[OURS] / n, 1 - score->rps[REFERENCE] / naive, 1 - score->rps[OURS] / naive);
    }
}

/* Processor time: what else the machine does at the moment does not count. */
static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

/* The best of several rounds, in milliseconds: a school of classes, in the middle of a term. */
static void measure(const struct forecast_habit *habit, int32_t threshold)
{
    enum { CELLS = CLASS_PUPILS * SCHOOL_SUBJECTS };
    static struct forecast_cell cells[CELLS];
    static struct forecast out[CELLS];
    struct forecast_class class = {
        .cells = cells, .count = CELLS, .subjects = SCHOOL_SUBJECTS, .elapsed = .5, .threshold = threshold};
    struct arena *arena = arena_new();
    double best[3] = {1e9, 1e9, 1e9}, sink = 0;
    for (uint32_t i = 0; i < CELLS; i++) {
        uint32_t pupil = i / SCHOOL_SUBJECTS, random = i * 2654435761u;
        cells[i] = (struct forecast_cell){.pupil = pupil, .subject = i % SCHOOL_SUBJECTS, .last_year = 400};
        for (uint32_t mark = 0; mark < 2 + i % 9; mark++, random = random * 1664525u + 1013904223u)
            forecast_add(&cells[i].term, (int32_t)(3 + (random >> 20) % 3), WEIGHT_ONE);
        cells[i].finals[0] = (int32_t)(3 + random % 3);
        cells[i].final_count = 1;
    }
    for (int round = 0; round < ROUNDS; round++)
        for (int what = 0; what < 3; what++) {
            double from = now(), p[FORECAST_MARKS];
            for (int class_number = 0; class_number < SCHOOL_PUPILS / CLASS_PUPILS; class_number++) {
                arena_reset(arena);
                if (what == 0)
                    forecast_term(arena, &class, out);
                else if (what == 1)
                    forecast_term_with(arena, &class, habit, out);
                for (size_t i = 0; what == 2 && i < CELLS; i++) {
                    forecast_year_with(&out[i], habit, cells[i].subject, .5, cells[i].finals, 1, 4, p);
                    sink += p[0];
                }
                sink += out[0].p[0];
            }
            double took = now() - from;
            best[what] = took < best[what] ? took : best[what];
        }
    printf("a school of %d pupils x %d subjects on one core: %.1f ms (term %.1f, year %.1f; the reference's term "
           "%.1f)%s\n",
           SCHOOL_PUPILS, SCHOOL_SUBJECTS, best[1] + best[2], best[1], best[2], best[0], sink < 0 ? "?" : "");
    arena_free(arena);
}

int main(int argc, char **argv)
{
    static struct dnevnik school;
    static struct run run;
    const char *real = getenv("PAPERDIARY_REAL");
    char folder[512];
    int32_t threshold = argc > 2 ? (int32_t)strtol(argv[2], NULL, 10) : 50;
    int wrote = argc > 1 ? snprintf(folder, sizeof folder, "%s", argv[1])
                         : snprintf(folder, sizeof folder, "%s/dnevnik", real != NULL ? real : "../shared/real");
    habit_default(threshold, &run.habit);
    if (wrote < 0 || wrote >= (int)sizeof folder || !dnevnik_load(folder, &school))
        puts("backtest: skipped: no gradebook of a real school (marks.csv.gz, finals.csv)");
    else {
        backtest(&run, &school, threshold);
        puts("forecasts on a real school's past, at shares of each term; \"ours\" learns from terms that were over "
             "then.\n"
             "split: pupils in pairs by number; the constants were fitted on the even pairs, the odd ones are never "
             "seen");
        print_table("pupils never seen (odd pairs)", &run.unseen);
        print_table("the whole school, the fitted half included", &run.all);
        print_review(&run.unseen);
        print_years(run.years);
        printf("learned by the last term: threshold %.3f, spread %.3f, from %d means near it\n",
               run.habit.school.threshold, run.habit.school.spread, (int)run.habit.school.examples);
        for (int part = 0; part < HABIT_PARTS; part++)
            printf("correction of part %d: shift %.3f, sharpness %.3f\n", part + 1, run.habit.trust[part].shift,
                   run.habit.trust[part].sharpness);
    }
    measure(&run.habit, threshold);
    mem_free(run.past.examples);
    mem_free(run.past.stated);
    mem_free(run.past.stated_ends);
    dnevnik_free(&school);
    return 0;
}
