#include "issue/order.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "settings/form.h"
#include "settings/school.h"

const struct sheet_row *order_issued(const struct sheet_row *rows, size_t count, int32_t pupil)
{
    const struct sheet_row *newest = NULL;
    for (size_t i = 0; i < count; i++)
        if (rows[i].pupil == pupil && (newest == NULL || rows[i].issue > newest->issue))
            newest = &rows[i];
    return newest;
}

bool order_new(struct store *store, const struct pupil *pupil, struct iso_week week, int32_t import,
               struct week_order *out, struct err *err)
{
    *out = (struct week_order){.week = week, .import = import};
    return store_told(store, pupil->key, SHEET_WEEKLY, &out->told.import, &out->told.until, err);
}

struct week_order order_again(const struct sheet_row *row, struct iso_week week)
{
    return (struct week_order){
        .week = week, .import = row->import, .told = {.import = row->told_import, .until = row->told_until}};
}

int32_t order_book_from(const struct school *school, struct arena *arena, struct iso_week week)
{
    return school_year_of(school, arena, date_of_week(week, 7))->whole.from;
}

static int delivery_rank(const char *delivery)
{
    return strcmp(delivery, "post") == 0 ? 2 : strcmp(delivery, "office") == 0 ? 1 : 0;
}

int order_hand_out(const struct sheet_row *a, const struct sheet_row *b)
{
    int order = form_compare(a->form, b->form);
    if (order == 0)
        order = delivery_rank(a->delivery) - delivery_rank(b->delivery);
    if (order == 0)
        order = text_collate(a->name, b->name);
    if (order == 0)
        order = (a->running > b->running) - (a->running < b->running);
    return order != 0 ? order : (a->issue > b->issue) - (a->issue < b->issue);
}

static int compare_listed(const void *a, const void *b)
{
    return order_hand_out(*(const struct sheet_row *const *)a, *(const struct sheet_row *const *)b);
}

void order_sort(const struct sheet_row *rows, size_t count, const struct sheet_row **out)
{
    for (size_t i = 0; i < count; i++)
        out[i] = &rows[i];
    if (count > 1)
        qsort(out, count, sizeof *out, compare_listed);
}

/* Rows of a pupil together, the newest issue first. */
static int compare_issues(const void *a, const void *b)
{
    const struct sheet_row *x = *(const struct sheet_row *const *)a, *y = *(const struct sheet_row *const *)b;
    int order = (x->pupil > y->pupil) - (x->pupil < y->pupil);
    if (order == 0)
        order = (x->issue < y->issue) - (x->issue > y->issue);
    return order != 0 ? order : (x > y) - (x < y);
}

size_t order_latest(const struct sheet_row *rows, size_t count, const struct sheet_row **out)
{
    size_t known = 0, kept = 0;
    for (size_t i = 0; i < count; i++)
        if (rows[i].pupil != 0) /* else the pupil's data were removed */
            out[known++] = &rows[i];
    if (known > 1)
        qsort(out, known, sizeof *out, compare_issues);
    for (size_t i = 0; i < known; i++)
        if (kept == 0 || out[i]->pupil != out[kept - 1]->pupil)
            out[kept++] = out[i];
    return kept;
}

size_t order_newest(const struct sheet_row *rows, size_t count, const struct sheet_row **out)
{
    size_t kept = order_latest(rows, count, out);
    if (kept > 1)
        qsort(out, kept, sizeof *out, compare_listed);
    return kept;
}

/* A whole number of just these digits, or -1. */
static int32_t digits_of(const char *text, size_t count)
{
    int32_t number = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

bool order_week_of(const char *period, struct iso_week *out)
{
    if (strlen(period) != strlen("2026-W47") || period[4] != '-' || period[5] != 'W')
        return false;
    *out = (struct iso_week){.year = digits_of(period, 4), .week = digits_of(period + 6, 2)};
    return out->year > 0 && out->week > 0 && date_of_week(*out, 1) != DATE_NONE;
}

bool order_term_of(const struct school *school, struct arena *arena, const char *period,
                   const struct school_year **year, int32_t *term)
{
    int32_t first = strlen(period) < strlen("2026-Y") || period[4] != '-' ? -1 : digits_of(period, 4);
    if (first <= 0)
        return false;
    *year = school_year_of(school, arena, date_from_civil(first, 11, 1));
    *term = period[5] == 'T' ? digits_of(period + 6, strlen(period + 6)) : 0;
    return strcmp(period + 5, "Y") == 0 || (*term >= 1 && *term <= (*year)->terms);
}

struct span order_span_of(const struct school *school, struct arena *arena, const char *period)
{
    struct iso_week week = {0};
    const struct school_year *year = NULL;
    int32_t term = 0;
    if (order_week_of(period, &week))
        return (struct span){.from = date_of_week(week, 1), .until = date_of_week(week, school->school_days)};
    if (order_term_of(school, arena, period, &year, &term))
        return term == 0 ? year->whole : year->term[term - 1];
    return (struct span){.from = DATE_NONE, .until = DATE_NONE};
}
