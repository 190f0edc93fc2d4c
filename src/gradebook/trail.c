#include "gradebook/trail.h"

#include "base/mem.h"
#include "gradebook/calendar.h"
#include "gradebook/rows.h"

static void follow(struct arena *arena, struct trail *trail, const struct week_sheet *week, int32_t passed)
{
    if (trail->term == week->term && trail->passed == passed)
        return;
    int32_t sunday = calendar_first_monday(trail->index->school, week->year, week->term) + 6;
    trail->term = week->term;
    trail->passed = passed;
    trail->weeks = arena_alloc(arena, ((size_t)passed + 1) * sizeof *trail->weeks);
    for (int32_t i = 0; i < passed; i++)
        trail->weeks[i] = outlook_new(arena, trail->index, week->term, sunday + 7 * i);
}

static const struct trail_point *points_of(struct arena *arena, const struct trail *trail, size_t pupil,
                                           const char *subject)
{
    struct trail_point *points = arena_alloc(arena, ((size_t)trail->passed + 1) * sizeof *points);
    uint32_t number = 0;
    while (number < trail->index->subject_count && trail->index->subjects[number] != subject)
        number++;
    for (int32_t i = 0; i < trail->passed; i++) {
        points[i].mean = outlook_mean(trail->weeks[i], pupil, number);
        outlook_read(trail->weeks[i], pupil, number, &points[i].outlook);
    }
    return points;
}

void trail_compute(struct arena *arena, const struct school *school, const struct book *book, size_t index,
                   const struct week_order *order, struct trail *trail, struct forecast_sheet *out)
{
    *out = (struct forecast_sheet){0};
    week_compute(arena, school, book, index, order, &out->week);
    const struct week_sheet *week = &out->week;
    if (week->term == 0 || week->without_marks || week->year == NULL)
        return;
    out->weeks = calendar_week_of_term(school, week->year, week->term, week->year->term[week->term - 1].until);
    out->passed = calendar_week_of_term(school, week->year, week->term, week->span.from);
    follow(arena, trail, week, out->passed);
    const struct trail_point **trails = arena_alloc(arena, (week->subject_count + 1) * sizeof *trails);
    for (size_t i = 0; i < week->subject_count; i++) {
        trails[i] = points_of(arena, trail, index, week->subjects[i].subject);
        out->any = out->any || week->subjects[i].outlook.said.low != 0;
    }
    out->trails = trails;
}
