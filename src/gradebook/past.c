#include "gradebook/past.h"

#include <pthread.h>
#include <string.h>

#include "base/mem.h"

struct past_lesson {
    struct past_lesson *next;
    int32_t year, period;
    struct forecast_habit habit;
};

static int compare_numbers(int32_t a, int32_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_terms(int32_t year, int32_t period, int32_t other_year, int32_t other_period)
{
    int order = compare_numbers(year, other_year);
    return order != 0 ? order : compare_numbers(period, other_period);
}

int past_compare(const void *a, const void *b)
{
    const struct past_term *left = a, *right = b;
    int order = compare_numbers(left->pupil, right->pupil);
    if (order == 0)
        order = compare_numbers((int32_t)left->subject, (int32_t)right->subject);
    return order != 0 ? order : compare_terms(left->year, left->period, right->year, right->period);
}

/* The first term that is not before this one. */
static size_t place_of(const struct past *past, const struct past_term *wanted)
{
    size_t from = 0, until = past->term_count;
    while (from < until) {
        size_t middle = from + (until - from) / 2;
        if (past_compare(&past->terms[middle], wanted) < 0)
            from = middle + 1;
        else
            until = middle;
    }
    return from;
}

int32_t past_final(const struct past *past, int32_t pupil, uint32_t subject, int32_t year, int32_t period)
{
    struct past_term wanted = {.pupil = pupil, .subject = subject, .year = year, .period = period};
    size_t at = place_of(past, &wanted);
    return at < past->term_count && past_compare(&past->terms[at], &wanted) == 0 ? past->terms[at].final : 0;
}

int32_t past_mean(const struct past *past, int32_t pupil, uint32_t subject, int32_t year)
{
    int32_t sum = 0, count = 0;
    struct past_term wanted = {.pupil = pupil, .subject = subject, .year = year};
    for (size_t at = place_of(past, &wanted); at < past->term_count; at++, count++) {
        const struct past_term *term = &past->terms[at];
        if (term->pupil != pupil || term->subject != subject || term->year != year)
            break;
        sum += term->final;
    }
    return count > 0 ? (200 * sum + count) / (2 * count) : 0;
}

uint32_t past_subject(const struct past *past, const char *folded)
{
    uint32_t number = 0;
    while (number < past->subject_count && strcmp(past->subjects[number], folded) != 0)
        number++;
    return number;
}

static void learn_rules(const struct past *past, int32_t configured, struct past_lesson *lesson)
{
    struct habit_example *examples = mem_alloc((past->term_count + 1) * sizeof *examples);
    size_t count = 0;
    for (size_t i = 0; i < past->term_count; i++) {
        const struct past_term *term = &past->terms[i];
        if (compare_terms(term->year, term->period, lesson->year, lesson->period) < 0)
            examples[count++] =
                (struct habit_example){.subject = term->subject, .term = term->term, .final = term->final};
    }
    habit_learn(past->arena, examples, count, past->subject_count, configured, &lesson->habit);
    mem_free(examples);
}

/* Term after term: what was printed in one had been corrected by what those before it had taught. */
static void learn_trust(const struct past *past, struct past_lesson *lesson)
{
    struct habit_stated *stated = mem_alloc((past->forecast_count + 1) * sizeof *stated);
    struct forecast_habit *habit = &lesson->habit;
    size_t count = 0;
    while (count < past->forecast_count) {
        const struct past_forecast *first = &past->forecasts[count];
        if (compare_terms(first->year, first->period, lesson->year, lesson->period) >= 0)
            break;
        for (; count < past->forecast_count; count++) {
            const struct past_forecast *at = &past->forecasts[count];
            if (compare_terms(at->year, at->period, first->year, first->period) != 0)
                break;
            stated[count] = at->stated;
            habit_trust_undo(habit, &stated[count]);
        }
        habit_trust_learn(stated, count, habit);
    }
    mem_free(stated);
}

const struct forecast_habit *past_habit(const struct past *past, int32_t year, int32_t period, int32_t configured)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* sheets are made by several threads */
    pthread_mutex_lock(&lock);
    struct past_lesson *lesson = *past->lessons;
    while (lesson != NULL && (lesson->year != year || lesson->period != period))
        lesson = lesson->next;
    if (lesson == NULL) {
        lesson = arena_alloc(past->arena, sizeof *lesson);
        *lesson = (struct past_lesson){.next = *past->lessons, .year = year, .period = period};
        learn_rules(past, configured, lesson);
        learn_trust(past, lesson);
        *past->lessons = lesson;
    }
    pthread_mutex_unlock(&lock);
    return &lesson->habit;
}
