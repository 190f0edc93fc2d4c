#include "replay.h"

#include "base/mem.h"

static void span(const struct dnevnik *school, const struct dnevnik_term *term, int32_t *from, int32_t *until)
{
    const struct dnevnik_mark *marks = &school->marks[term->first];
    *from = *until = marks[0].day;
    for (size_t i = 1; i < term->count; i++) {
        *from = marks[i].day < *from ? marks[i].day : *from;
        *until = marks[i].day > *until ? marks[i].day : *until;
    }
}

bool replay_skips(const struct dnevnik *school, const struct dnevnik_term *term)
{
    if (term->count < 60 || (term->year == 2019 && (term->terms == 2 || term->number == 2)))
        return true;
    int32_t from = 0, until = 0;
    span(school, term, &from, &until);
    return until - from < 20;
}

int32_t replay_end(const struct dnevnik_term *term)
{
    return term->year * 4 + term->number * (4 / term->terms);
}

int32_t replay_begin(const struct dnevnik_term *term)
{
    return term->year * 4 + (term->number - 1) * (4 / term->terms);
}

static void fill(const struct dnevnik *school, const struct dnevnik_term *term, double until,
                 struct forecast_cell *cell)
{
    size_t count = 0;
    const struct dnevnik_mark *marks = dnevnik_marks(school, term, cell->pupil, cell->subject, &count);
    for (size_t i = 0; i < count; i++)
        if (marks[i].day <= until)
            forecast_add(&cell->term, marks[i].value, WEIGHT_ONE);
    for (int32_t number = 1; number < term->number; number++) {
        int32_t final = dnevnik_final(school, term, number, cell->pupil, cell->subject);
        if (final != 0)
            cell->finals[cell->final_count++] = final;
    }
    cell->last_year = dnevnik_last_year(school, term, cell->pupil, cell->subject);
    const struct dnevnik_term *before = dnevnik_before(school, term);
    if (before == NULL)
        return;
    marks = dnevnik_marks(school, before, cell->pupil, cell->subject, &count);
    for (size_t i = 0; i < count; i++)
        forecast_add(&cell->last_term, marks[i].value, WEIGHT_ONE);
}

void replay_term(struct arena *arena, const struct dnevnik *school, const struct dnevnik_term *term, double share,
                 int32_t threshold, struct replay *out)
{
    const struct dnevnik_mark *marks = &school->marks[term->first];
    int32_t from = 0, until = 0;
    size_t count = 0;
    span(school, term, &from, &until);
    out->cells = arena_alloc(arena, term->count * sizeof *out->cells);
    out->finals = arena_alloc(arena, term->count * sizeof *out->finals);
    out->years = arena_alloc(arena, term->count * sizeof *out->years);
    for (size_t i = 0; i < term->count; i++) {
        if (i > 0 && marks[i].pupil == marks[i - 1].pupil && marks[i].subject == marks[i - 1].subject)
            continue;
        struct forecast_cell *cell = &out->cells[count];
        *cell = (struct forecast_cell){.pupil = marks[i].pupil, .subject = marks[i].subject};
        fill(school, term, from + share * (until - from), cell);
        out->finals[count] = dnevnik_final(school, term, term->number, cell->pupil, cell->subject);
        out->years[count++] = dnevnik_final(school, term, DNEVNIK_YEAR_FINAL, cell->pupil, cell->subject);
    }
    out->class = (struct forecast_class){.cells = out->cells,
                                         .count = count,
                                         .subjects = school->subject_count,
                                         .elapsed = share,
                                         .threshold = threshold};
}
