#include "issue/order.h"

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
