#include "gradebook/outlook.h"

#include <pthread.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"
#include "gradebook/calendar.h"
#include "gradebook/forecast_with.h"
#include "gradebook/past.h"
#include "gradebook/rows.h"

/* A pupil in a subject, as gathered. Terms are counted from 0 here. */
struct gathered {
    struct forecast_sum last_term;
    struct forecast_sum term;
    struct mark_sum earlier[SCHOOL_TERMS];
    int32_t finals[FINAL_YEAR]; /* of the terms, the last of the year; 0: none, or GIVEN_WORD */
    bool there;                 /* has rows of his own this term */
    size_t place;               /* of his forecast, from 1; 0: none */
};

struct outlook {
    const struct week_index *index;
    const struct school_year *year;
    int32_t term, day;
    int32_t done, year_done; /* hundredths */
    double elapsed;
    struct forecast_habit habit;
    uint32_t subjects;
    struct gathered *cells; /* pupils × subjects */
    struct forecast *forecasts;
    bool *marked; /* by subject: the class has marks this term */
};

static struct gathered *cell_of(const struct outlook *outlook, size_t pupil, uint32_t subject)
{
    return &outlook->cells[pupil * outlook->subjects + subject];
}

static void take_mark(const struct outlook *outlook, struct gathered *cell, const struct entry *entry)
{
    const struct mark_value *known = school_lookup_mark(outlook->index->school, entry->mark);
    int32_t value = known != NULL ? known->value : -1, term = calendar_term(outlook->year, entry->day);
    if (term == outlook->term) {
        forecast_add(&cell->term, value, entry->weight);
    } else if (term > 0 && term < outlook->term) {
        mark_add(&cell->earlier[term - 1], value, entry->weight);
        if (term == outlook->term - 1)
            forecast_add(&cell->last_term, value, entry->weight);
    }
}

static void take_entries(struct outlook *outlook, size_t at)
{
    const struct week_index *index = outlook->index;
    const struct book *book = index->book;
    const struct pupil *pupil = &book->pupils[at];
    struct span days = {outlook->year->whole.from, outlook->day};
    if (pupil->left != DATE_NONE && pupil->left < days.until)
        days.until = pupil->left;
    size_t from = 0, until = 0;
    if (pupil->left != DATE_NONE && pupil->left < outlook->year->term[outlook->term - 1].from)
        return;
    book_range(book, pupil->key, days, &from, &until);
    for (size_t i = from; i < until; i++) {
        const struct entry *entry = &book->entries[i];
        if (!held_at(entry->held, index->import) || index->without_marks[index->form_of[i]])
            continue;
        struct gathered *cell = cell_of(outlook, at, index->subject_of[i]);
        cell->there = cell->there || span_holds(outlook->year->term[outlook->term - 1], entry->day);
        if (entry->mark[0] != '\0')
            take_mark(outlook, cell, entry);
    }
}

/* The number of a subject by the name in a table of finals; the index's count where it is none of its. */
static uint32_t subject_number(struct arena *arena, const struct week_index *index, const char *name)
{
    for (uint32_t s = 0; s < index->subject_count; s++)
        if (strcmp(index->subjects[s], name) == 0)
            return s;
    const char *folded = text_fold(arena, name);
    uint32_t s = 0;
    while (s < index->subject_count && strcmp(index->folded[s], folded) != 0)
        s++;
    return s;
}

/* A final whose day is not known counts for its own term only when that is over, of the year when its last term is. */
static bool was_decided(const struct outlook *outlook, const struct final_entry *final)
{
    if (final->decided != DATE_NONE)
        return final->decided <= outlook->day;
    if (final->period == FINAL_YEAR)
        return outlook->term == outlook->year->terms && outlook->elapsed >= 1;
    return final->period < outlook->term || outlook->elapsed >= 1;
}

static void take_finals(struct arena *arena, struct outlook *outlook)
{
    const struct book *book = outlook->index->book;
    for (size_t i = 0; i < book->final_count; i++) {
        const struct final_entry *final = &book->finals[i];
        if (final->year != outlook->year->year || final->period < 1 ||
            (final->period > outlook->term && final->period != FINAL_YEAR) ||
            !held_at(final->held, outlook->index->import) || !was_decided(outlook, final))
            continue;
        const struct mark_value *known = school_lookup_mark(outlook->index->school, final->mark);
        bool number = known != NULL && known->value >= MARK_WORST && known->value <= MARK_BEST;
        uint32_t subject = subject_number(arena, outlook->index, final->subject);
        size_t pupil = 0;
        while (pupil < book->pupil_count && book->pupils[pupil].key != final->pupil)
            pupil++;
        if (pupil < book->pupil_count && subject < outlook->subjects)
            cell_of(outlook, pupil, subject)->finals[final->period - 1] = number ? known->value : GIVEN_WORD;
    }
}

static int32_t earlier_finals(const struct outlook *outlook, const struct gathered *cell, int32_t out[SCHOOL_TERMS])
{
    int32_t count = 0;
    for (int32_t term = 0; term < outlook->term - 1; term++)
        if (cell->finals[term] > 0)
            out[count++] = cell->finals[term];
    return count;
}

/* What the school's terms before this one taught, by the index's numbers of subjects; and by those of the past, where
 * the index's are there. */
static const uint32_t *learn(struct arena *arena, struct outlook *outlook)
{
    const struct week_index *index = outlook->index;
    const struct past *past = index->book->past;
    int32_t configured = index->school->threshold;
    habit_default(configured, &outlook->habit);
    if (past == NULL)
        return NULL;
    const struct forecast_habit *habit = past_habit(past, outlook->year->year, outlook->term, configured);
    struct habit_rule *rules = arena_alloc(arena, (outlook->subjects + 1) * sizeof *rules);
    uint32_t *numbers = arena_alloc(arena, (outlook->subjects + 1) * sizeof *numbers);
    for (uint32_t s = 0; s < outlook->subjects; s++) {
        numbers[s] = past_subject(past, index->folded[s]);
        rules[s] = *habit_rule_of(habit, numbers[s]);
    }
    outlook->habit = *habit;
    outlook->habit.subjects = rules;
    outlook->habit.subject_count = outlook->subjects;
    return numbers;
}

/* The one place where the model is asked for terms; read_year has the one for years. */
static void run_model(struct arena *arena, struct outlook *outlook, const struct forecast_cell *cells, size_t count)
{
    struct forecast_class class = {.cells = cells,
                                   .count = count,
                                   .subjects = outlook->subjects,
                                   .elapsed = outlook->elapsed,
                                   .threshold = outlook->index->school->threshold};
    forecast_term_with(arena, &class, &outlook->habit, outlook->forecasts);
}

static void forecast_all(struct arena *arena, struct outlook *outlook)
{
    const struct book *book = outlook->index->book;
    const uint32_t *numbers = learn(arena, outlook);
    size_t pupils = book->pupil_count, count = 0;
    struct forecast_cell *cells = arena_alloc(arena, (pupils * outlook->subjects + 1) * sizeof *cells);
    for (size_t p = 0; p < pupils; p++) {
        for (uint32_t s = 0; s < outlook->subjects; s++) {
            struct gathered *cell = cell_of(outlook, p, s);
            struct forecast_cell made = {
                .pupil = (uint32_t)p, .subject = s, .term = cell->term, .last_term = cell->last_term};
            made.final_count = earlier_finals(outlook, cell, made.finals);
            if (!cell->there && made.final_count == 0 && made.last_term.count == 0)
                continue;
            if (numbers != NULL)
                made.last_year = past_mean(book->past, book->pupils[p].key, numbers[s], outlook->year->year - 1);
            cells[count++] = made;
            cell->place = count;
            outlook->marked[s] = outlook->marked[s] || made.term.count > 0;
        }
    }
    outlook->forecasts = arena_alloc(arena, (count + 1) * sizeof *outlook->forecasts);
    run_model(arena, outlook, cells, count);
}

/* School days of a term up to a day, and all of them. */
static void count_days(const struct outlook *outlook, int32_t term, int32_t *gone, int32_t *all)
{
    const struct school *school = outlook->index->school;
    struct span days = outlook->year->term[term - 1];
    for (int32_t day = days.from; day <= days.until; day++) {
        if (!calendar_school_day(school, outlook->year, day))
            continue;
        *all += 1;
        *gone += day <= outlook->day ? 1 : 0;
    }
}

static void measure_time(struct outlook *outlook)
{
    int32_t gone = 0, all = 0;
    count_days(outlook, outlook->term, &gone, &all);
    outlook->elapsed = all == 0 || gone == all ? 1 : (double)gone / all;
    outlook->done = all == 0 ? 100 : (200 * gone + all) / (2 * all);
    if (outlook->done == 100 && gone < all)
        outlook->done = 99;
    gone = all = 0;
    for (int32_t term = 1; term <= outlook->year->terms; term++)
        count_days(outlook, term, &gone, &all);
    outlook->year_done = all == 0 ? 100 : (200 * gone + all) / (2 * all);
}

const struct outlook *outlook_new(struct arena *arena, const struct week_index *index, int32_t term, int32_t day)
{
    struct outlook *outlook = arena_alloc(arena, sizeof *outlook);
    size_t pupils = index->book->pupil_count;
    *outlook = (struct outlook){.index = index, .term = term, .day = day, .subjects = index->subject_count};
    outlook->year = school_year_of(index->school, arena, day);
    outlook->cells = arena_alloc(arena, (pupils * outlook->subjects + 1) * sizeof *outlook->cells);
    outlook->marked = arena_alloc(arena, outlook->subjects + 1);
    if (term < 1 || term > outlook->year->terms)
        return outlook;
    measure_time(outlook);
    for (size_t i = 0; i < pupils; i++)
        take_entries(outlook, i);
    take_finals(arena, outlook);
    forecast_all(arena, outlook);
    return outlook;
}

const struct outlook *outlook_of(const struct week_index *index, int32_t term, int32_t day)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* sheets of a class are made by several threads */
    pthread_mutex_lock(&lock);
    const struct outlook **kept = index->outlook;
    if (*kept == NULL || (*kept)->term != term || (*kept)->day != day)
        *kept = outlook_new(index->arena, index, term, day);
    const struct outlook *found = *kept;
    pthread_mutex_unlock(&lock);
    return found;
}

static struct mark_sum sum_of(const struct forecast_sum *sum)
{
    return (struct mark_sum){.weight = sum->weight, .weighted = sum->weighted, .count = sum->count};
}

/* A final that is there: a term whose mean it is. */
static struct forecast settled(const struct forecast *forecast, int32_t final)
{
    struct forecast out = *forecast;
    out.weight += out.to_come;
    out.weight = out.weight > 0 ? out.weight : 1;
    out.weighted = out.weight * final;
    out.to_come = out.reckoned = 0;
    return out;
}

static void read_year(const struct outlook *outlook, const struct gathered *cell, uint32_t subject,
                      const struct forecast *forecast, struct outlook_line *out)
{
    const struct school *school = outlook->index->school;
    int32_t finals[SCHOOL_TERMS] = {0}, count = 0;
    for (int32_t term = 0; term < outlook->term - 1; term++) {
        int32_t final = cell->finals[term];
        if (final == 0)
            final = mark_given(&cell->earlier[term], school->threshold);
        if (final > 0)
            finals[count++] = final;
    }
    int32_t terms = count + 1 + outlook->year->terms - outlook->term;
    struct forecast known = settled(forecast, out->given);
    forecast_year_with(out->given != 0 ? &known : forecast, &outlook->habit, subject, outlook->elapsed, finals,
                       (size_t)count, terms, out->year);
}

/* What is given is certain; a word says nothing of marks. */
static void decide(int32_t given, double p[FORECAST_MARKS], struct forecast_said *said)
{
    for (int i = 0; i < FORECAST_MARKS; i++)
        p[i] = given == MARK_WORST + i ? 1 : 0;
    *said = (struct forecast_said){.low = given > 0 ? given : 0, .high = given > 0 ? given : 0};
}

/* What the model says of a cell that it was asked for. */
static void read_model(const struct outlook *outlook, const struct gathered *cell, uint32_t subject,
                       struct outlook_line *out)
{
    const struct school *school = outlook->index->school;
    const struct forecast *forecast = &outlook->forecasts[cell->place - 1];
    int32_t ignored[SCHOOL_TERMS], finals = earlier_finals(outlook, cell, ignored);
    bool known = finals > 0 || cell->last_term.count > 0;
    memcpy(out->term, forecast->p, sizeof out->term);
    out->said = forecast_say(out->term, cell->term.count, known);
    if (out->given != 0) /* the year is read from it */
        decide(out->given, out->term, &out->said);
    if (out->given != GIVEN_WORD)
        read_year(outlook, cell, subject, forecast, out);
    out->year_said =
        out->said.low == 0 ? out->said : forecast_say(out->year, cell->term.count, known || out->given != 0);
    struct advice_case at = {.sum = sum_of(&cell->term),
                             .threshold = school->threshold,
                             .said = out->said,
                             .p = out->term,
                             .to_come = (int64_t)(forecast->to_come * WEIGHT_ONE),
                             .done = outlook->done,
                             .fewest = school->fewest_marks};
    out->advice = advice_give(&at);
}

bool outlook_read(const struct outlook *outlook, size_t pupil, uint32_t subject, struct outlook_line *out)
{
    const struct gathered *cell = cell_of(outlook, pupil, subject);
    *out = (struct outlook_line){.done = outlook->done, .year_done = outlook->year_done};
    out->given = outlook->term > 0 ? cell->finals[outlook->term - 1] : 0;
    bool marked = outlook->marked[subject];
    if (cell->place != 0)
        read_model(outlook, cell, subject, out);
    if (cell->place == 0 || (out->said.low == 0 && !marked)) {
        bool soon = (cell->place == 0 && marked) || outlook->done < 33;
        out->advice = (struct advice){.kind = soon ? ADVICE_NO_MARKS : ADVICE_NONE};
    }
    if (out->given != 0) {
        decide(out->given, out->term, &out->said);
        out->advice = (struct advice){.kind = ADVICE_GIVEN, .mark = out->said.low};
    }
    if (cell->finals[FINAL_YEAR - 1] != 0)
        decide(cell->finals[FINAL_YEAR - 1], out->year, &out->year_said);
    return out->said.low != 0;
}

int32_t outlook_mean(const struct outlook *outlook, size_t pupil, uint32_t subject)
{
    struct mark_sum sum = sum_of(&cell_of(outlook, pupil, subject)->term);
    return mark_mean(&sum);
}
