#include "issue/weekly.h"

#include "base/mem.h"
#include "base/stopwatch.h"
#include "issue/foretell.h"
#include "issue/order.h"
#include "settings/school.h"
#include "sheets/weekly.h"

struct weekly {
    struct store *store;
    const struct workshop *shop;
    struct iso_week week;
    const struct week_index *index; /* of the class in hand, at its newest state */
};

static void open_class(void *self, const struct sheet_class *class)
{
    struct weekly *maker = self;
    enum stage before = stopwatch_enter(STAGE_COMPUTE);
    maker->index = week_index_new(class->arena, maker->shop->school, class->book, class->book->import);
    stopwatch_enter(before);
}

static bool plan(void *self, const struct sheet_class *class, const struct sheet_row *issued, bool chosen,
                 struct piece *piece, struct err *err)
{
    struct weekly *maker = self;
    struct week_order *order = arena_alloc(class->arena, sizeof *order);
    if (!order_new(maker->store, piece->pupil, maker->week, class->book->import, order, err))
        return false;
    order->index = maker->index;
    order->again = issued != NULL;
    if (issued != NULL) {
        size_t changes = 0;
        if (chosen && order->import != issued->import)
            week_changes(class->arena, maker->shop->school, class->book, piece->index, order, &changes);
        piece->fresh = changes > 0;
        if (!piece->fresh) {
            *order = order_again(issued, maker->week);
            order->again = issued->issue > 1;
            order->index = issued->import == class->book->import ? maker->index : NULL;
        }
    }
    piece->plan = order;
    piece_shows(piece, order->import, order->told);
    return true;
}

static void compose(void *self, const struct sheet_class *class, struct piece *piece, const struct sheet_label *label,
                    struct document *out)
{
    const struct weekly *maker = self;
    const struct workshop *shop = maker->shop;
    struct week_sheet sheet = {0};
    enum stage before = stopwatch_enter(STAGE_COMPUTE);
    week_compute(class->arena, shop->school, class->book, piece->index, piece->plan, &sheet);
    piece->row.until = sheet.span.until;
    if (piece->fresh)
        foretell(class->arena, &sheet, &piece->row);
    stopwatch_enter(STAGE_COMPOSE);
    weekly_compose(class->arena, &sheet, shop->school, &shop->layout, label, out);
    stopwatch_enter(before);
}

struct sheet_maker weekly_maker(struct arena *arena, const struct workshop *shop, struct store *store,
                                struct iso_week week)
{
    struct weekly *self = arena_alloc(arena, sizeof *self);
    *self = (struct weekly){.store = store, .shop = shop, .week = week};
    return (struct sheet_maker){.self = self,
                                .kind = SHEET_WEEKLY,
                                .from = order_book_from(shop->school, arena, week),
                                .paper_day = date_of_week(week, shop->school->school_days),
                                .foretells = week,
                                .open_class = open_class,
                                .plan = plan,
                                .compose = compose};
}

bool weekly_issue(struct arena *arena, const struct workshop *shop, const struct batch_order *order,
                  struct iso_week week, struct batch_result *out, struct err *err)
{
    struct sheet_maker maker = weekly_maker(arena, shop, order->store, week);
    return batch_issue(arena, shop, order, &maker, out, err);
}
