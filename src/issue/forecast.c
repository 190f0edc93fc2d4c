#include "issue/forecast.h"

#include "base/mem.h"
#include "gradebook/trail.h"
#include "issue/order.h"
#include "settings/school.h"
#include "sheets/forecast.h"

struct forecast_maker {
    const struct workshop *shop;
    struct iso_week week;
    const struct pupil *const *pupils;
    size_t pupil_count;
    struct trail trail; /* of the class in hand */
};

static void open_class(void *self, const struct sheet_class *class)
{
    struct forecast_maker *maker = self;
    maker->trail =
        (struct trail){.index = week_index_new(class->arena, maker->shop->school, class->book, class->book->import)};
}

static bool is_wanted(const struct forecast_maker *maker, const struct pupil *pupil)
{
    bool wanted = maker->pupils == NULL;
    for (size_t i = 0; i < maker->pupil_count; i++)
        wanted = wanted || maker->pupils[i]->key == pupil->key;
    return wanted && (pupil->left == DATE_NONE || pupil->left >= date_of_week(maker->week, 1));
}

static bool plan(void *self, const struct sheet_class *class, const struct sheet_row *issued, bool chosen,
                 struct piece *piece, struct err *err)
{
    (void)issued;
    (void)chosen;
    (void)err;
    struct forecast_maker *maker = self;
    piece->fresh = is_wanted(maker, piece->pupil);
    if (!piece->fresh)
        return true;
    struct week_order order = {.week = maker->week, .import = class->book->import, .index = maker->trail.index};
    struct forecast_sheet *sheet = arena_alloc(class->arena, sizeof *sheet);
    trail_compute(class->arena, maker->shop->school, class->book, piece->index, &order, &maker->trail, sheet);
    piece->fresh = sheet->any;
    piece->plan = sheet;
    piece->row.import = order.import;
    return true;
}

static void compose(void *self, const struct sheet_class *class, struct piece *piece, const struct sheet_label *label,
                    struct document *out)
{
    const struct forecast_maker *maker = self;
    const struct workshop *shop = maker->shop;
    forecast_compose(class->arena, piece->plan, shop->school, &shop->layout, label, out);
}

bool forecast_issue(struct arena *arena, const struct workshop *shop, struct batch_order *order, struct iso_week week,
                    const struct pupil *const *pupils, size_t pupil_count, struct batch_result *out, struct err *err)
{
    struct forecast_maker forecast = {.shop = shop, .week = week, .pupils = pupils, .pupil_count = pupil_count};
    struct sheet_maker maker = {.self = &forecast,
                                .from = order_book_from(shop->school, arena, week),
                                .paper_day = date_of_week(week, shop->school->school_days),
                                .foretells = week,
                                .open_class = open_class,
                                .plan = plan,
                                .compose = compose};
    order->aside = "forecast";
    order->bundles = true;
    order->everyone = true;
    return batch_issue(arena, shop, order, &maker, out, err);
}
