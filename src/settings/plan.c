#include "settings/plan.h"

#include "base/date.h"
#include "base/diag.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "settings/ini.h"

#define FIRST_YEAR 3 /* of the calendar's 1 … 9999, with room for a year before and after */
#define LAST_YEAR  9997
#define LEAP_YEAR  2000 /* a year whose February next year has 28 days; 1999 is followed by a leap one */

static const struct value_span usual_terms[][SCHOOL_TERMS] = {
    [TERM_TRIMESTER] = {{{0, 9, 1}, {0, 11, 30}}, {{0, 12, 1}, {0, 2, 29}}, {{0, 3, 1}, {0, 5, 31}}},
    [TERM_QUARTER] = {{{0, 9, 1}, {0, 10, 31}},
                      {{0, 11, 1}, {0, 12, 31}},
                      {{0, 1, 1}, {0, 3, 31}},
                      {{0, 4, 1}, {0, 5, 31}}},
    [TERM_HALF] = {{{0, 9, 1}, {0, 12, 31}}, {{0, 1, 1}, {0, 5, 31}}},
};

int32_t plan_terms(enum term_kind kind)
{
    return kind == TERM_TRIMESTER ? 3 : kind == TERM_QUARTER ? 4 : 2;
}

static int32_t day_of(int32_t year, int32_t month, int32_t day)
{
    int32_t date = date_from_civil(year, month, day);
    return date == DATE_NONE ? date_from_civil(year, month, 28) : date; /* 29.02 is the last of February */
}

/* The day as it falls in the school year that begins in `year`. */
static int32_t resolve(const struct school_plan *plan, struct value_day day, int32_t year)
{
    if (day.year != 0)
        return day_of(day.year, day.month, day.day);
    bool early = day.month * 32 + day.day < plan->start.month * 32 + plan->start.day;
    return day_of(year + (early ? 1 : 0), day.month, day.day);
}

static struct span resolve_span(const struct school_plan *plan, struct value_span span, int32_t year)
{
    return (struct span){.from = resolve(plan, span.from, year), .until = resolve(plan, span.until, year)};
}

int32_t plan_year_of(const struct school_plan *plan, int32_t day)
{
    int32_t lowest = date_from_civil(FIRST_YEAR, 1, 1), highest = date_from_civil(LAST_YEAR, 12, 31);
    day = day < lowest ? lowest : day > highest ? highest : day;
    int32_t year = date_to_civil(day).year;
    return day >= day_of(year, plan->start.month, plan->start.day) ? year : year - 1;
}

static struct span term_of(const struct school_plan *plan, int32_t index, int32_t year)
{
    const struct plan_term *term = &plan->term[index];
    struct value_span span = usual_terms[plan->kind][index];
    if (index == 0)
        span.from = plan->start;
    for (size_t i = 0; i < term->count; i++)
        if (term->spans[i].from.year == 0)
            span = term->spans[i];
    for (size_t i = 0; i < term->count; i++)
        if (term->spans[i].from.year != 0 && plan_year_of(plan, resolve(plan, term->spans[i].from, 0)) == year)
            span = term->spans[i];
    return resolve_span(plan, span, year);
}

static void add_holiday(const struct school_plan *plan, const struct plan_holiday *holiday, int32_t year,
                        struct school_year *out)
{
    struct span span = resolve_span(plan, holiday->span, year);
    if (span.until < span.from) /* of every year, from one school year into the next */
        span.until = resolve(plan, holiday->span.until, year + 1);
    if (span.until < out->whole.from || span.from > out->whole.until)
        return;
    size_t at = out->holiday_count;
    for (; at > 0 && out->holidays[at - 1].span.from > span.from; at--)
        out->holidays[at] = out->holidays[at - 1];
    out->holidays[at] = (struct holiday){.span = span, .name = holiday->name};
    out->holiday_count++;
}

struct school_year *plan_lay_out(const struct school_plan *plan, struct arena *arena, int32_t year)
{
    struct school_year *out = arena_alloc(arena, sizeof *out);
    out->year = year;
    out->whole = (struct span){.from = day_of(year, plan->start.month, plan->start.day),
                               .until = day_of(year + 1, plan->start.month, plan->start.day) - 1};
    out->kind = plan->kind;
    out->terms = plan_terms(plan->kind);
    for (int32_t i = 0; i < out->terms; i++)
        out->term[i] = term_of(plan, i, year);
    out->holidays = arena_alloc(arena, (2 * plan->holiday_count + 1) * sizeof *out->holidays);
    for (size_t i = 0; i < plan->holiday_count; i++) {
        const struct plan_holiday *holiday = &plan->holidays[i];
        if (holiday->span.from.year == 0)
            add_holiday(plan, holiday, year - 1, out);
        add_holiday(plan, holiday, year, out);
    }
    return out;
}

/* True where the year's terms are in order; else the term that is wrong is told. */
static bool check_year(const struct school_plan *plan, struct arena *arena, int32_t year, struct diag *diag)
{
    const struct school_year *laid = plan_lay_out(plan, arena, year);
    for (int32_t i = 0; i < laid->terms; i++) {
        struct span term = laid->term[i];
        const struct ini_value *at = plan->term[i].at;
        bool misfit = term.until < term.from || term.from < laid->whole.from || term.until > laid->whole.until;
        bool overlap = !misfit && i > 0 && term.from <= laid->term[i - 1].until;
        if (overlap && at == NULL) /* one term's own dates ran into the usual ones of the next */
            at = plan->term[i - 1].at;
        if (misfit && at != NULL)
            diag_add(diag, INI_AT(at),
                     _("term %d doesn't fit into the school year that begins on %02d.%02d; give its first and its last "
                       "day, for example 01.09-30.11"),
                     (int)i + 1, (int)plan->start.day, (int)plan->start.month);
        if (overlap && at != NULL)
            diag_add(diag, INI_AT(at), _("terms %d and %d overlap; the second begins after the first has ended"),
                     (int)i, (int)i + 1);
        if (misfit || overlap)
            return false;
    }
    return true;
}

void plan_check(const struct school_plan *plan, struct arena *arena, struct diag *diag)
{
    bool fine = true;
    for (int32_t i = plan_terms(plan->kind); i < SCHOOL_TERMS; i++) {
        if (plan->term[i].at == NULL)
            continue;
        fine = false;
        diag_add(diag, INI_AT(plan->term[i].at),
                 _("there is no term %d in this kind of school year; leave it empty, or set kind = quarters"),
                 (int)i + 1);
    }
    fine = fine && check_year(plan, arena, LEAP_YEAR, diag) && check_year(plan, arena, LEAP_YEAR - 1, diag);
    for (size_t i = 0; i < SCHOOL_TERMS; i++)
        for (size_t k = 0; k < plan->term[i].count && fine; k++)
            if (plan->term[i].spans[k].from.year != 0)
                fine = check_year(plan, arena, plan_year_of(plan, resolve(plan, plan->term[i].spans[k].from, 0)), diag);
}
