#include "issue/facts.h"

#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "settings/layout.h"
#include "store/office.h"
#include "store/store.h"

static bool load_classes(struct store *store, struct arena *arena, const struct school_year *year,
                         struct duty_facts *out, struct err *err)
{
    const char **names = NULL;
    if (!store_classes(store, arena, &names, &out->class_count, err))
        return false;
    struct duty_class *classes = arena_alloc(arena, (out->class_count + 1) * sizeof *classes);
    for (size_t i = 0; i < out->class_count; i++) {
        classes[i].form = names[i];
        if (!store_class_weeks(store, arena, names[i], year->whole.from, out->today, &classes[i].weeks,
                               &classes[i].week_count, err))
            return false;
    }
    out->classes = classes;
    return true;
}

/* The Monday of «2026-W47», DATE_NONE for another period. */
static int32_t monday_of(const char *period)
{
    struct iso_week week = {0};
    if (strlen(period) != 8 || strncmp(period + 4, "-W", 2) != 0)
        return DATE_NONE;
    for (size_t i = 0; i < 8; i++) {
        if (i == 4 || i == 5)
            continue;
        int32_t *number = i < 4 ? &week.year : &week.week;
        *number = *number * 10 + (period[i] - '0');
    }
    return date_of_week(week, 1);
}

/* Of the school year, and since January before it: the register grows with the years, what duties ask of it does not.
 */
static bool load_sheets(struct store *store, struct arena *arena, int32_t year, struct duty_facts *out, struct err *err)
{
    struct duty_sheet *sheets = NULL;
    if (!store_duty_sheets(store, arena, year, &sheets, &out->sheet_count, err))
        return false;
    for (size_t i = 0; i < out->sheet_count; i++) {
        bool same = i > 0 && sheets[i].period == sheets[i - 1].period && sheets[i].weekly == sheets[i - 1].weekly;
        if (sheets[i].weekly)
            sheets[i].monday = same ? sheets[i - 1].monday : monday_of(sheets[i].period);
    }
    out->sheets = sheets;
    return true;
}

bool facts_load(struct store *store, struct arena *arena, const struct school *school, int32_t today,
                struct duty_facts *out, struct err *err)
{
    const struct school_year *year = school_year_of(school, arena, today);
    struct pupil *pupils = NULL;
    struct duty_final *finals = NULL;
    *out = (struct duty_facts){.school = school, .today = today, .forecast_printed = true};
    bool ok = load_classes(store, arena, year, out, err) &&
              store_pupils(store, arena, NULL, &pupils, &out->pupil_count, err) &&
              load_sheets(store, arena, year->year, out, err) &&
              store_finals_received(store, arena, year->year, &finals, &out->final_count, err);
    out->pupils = pupils;
    out->finals = finals;
    return ok;
}

bool facts_forecast_printed(const struct layout *weekly)
{
    static const char *const carriers[] = {"subjects", "forecast"};
    for (size_t k = 0; k < sizeof carriers / sizeof carriers[0]; k++) {
        for (size_t i = 0; i < weekly->front_count; i++)
            if (strcmp(weekly->front[i], carriers[k]) == 0)
                return true;
        for (size_t i = 0; i < weekly->back_count; i++)
            if (strcmp(weekly->back[i], carriers[k]) == 0)
                return true;
    }
    return false;
}
