#include "issue/term.h"

#include "base/date.h"
#include "base/mem.h"
#include "gradebook/term.h"
#include "issue/order.h"
#include "settings/school.h"
#include "sheets/term.h"
#include "store/term.h"

struct term_maker {
    const struct batch_order *order;
    const struct workshop *shop;
    const struct term_choice *choice;
    struct term_result *result;
    const struct week_index *index; /* of the class in hand, at the state that new sheets show */
};

const char *term_period(struct arena *arena, int32_t year, int32_t term)
{
    return term == 0 ? arena_format(arena, "%d-Y", (int)year) : arena_format(arena, "%d-T%d", (int)year, (int)term);
}

/* The term, or the year's last. */
static const struct span *last_term(const struct school_year *year, int32_t term)
{
    return &year->term[(term == 0 ? year->terms : term) - 1];
}

/* The last day with lessons that the period is about. */
static int32_t last_day(const struct school_year *year, int32_t term)
{
    return last_term(year, term)->until;
}

static int32_t newest(const struct term_maker *maker, const struct sheet_class *class)
{
    return maker->choice->import > 0 ? maker->choice->import : class->book->import;
}

static void open_class(void *self, const struct sheet_class *class)
{
    struct term_maker *maker = self;
    maker->index = week_index_new(class->arena, maker->shop->school, class->book, newest(maker, class));
}

/* True where a sheet of the period or a later one has told it. A class without marks has no finals to go by. */
static bool was_told(const struct term_maker *maker, const struct sheet_class *class, const struct piece *piece)
{
    const struct term_order *order = piece->plan;
    if (school_without_marks(maker->shop->school, piece->pupil->form))
        return order->told.import > 0 && order->told.until >= term_until(order->year, order->term);
    return term_was_told(class->book, piece->index, order, order->term);
}

/* True where a first sheet of the period is due to the pupil. */
static bool is_due(struct term_maker *maker, const struct sheet_class *class, const struct piece *piece)
{
    const struct batch_order *batch = maker->order;
    const struct term_order *order = piece->plan;
    if (batch->pupils != NULL || batch->aside != NULL)
        return true;
    if (maker->choice->due_only && was_told(maker, class, piece))
        return false;
    if (school_without_marks(maker->shop->school, piece->pupil->form))
        return batch->today > last_day(order->year, order->term) ||
               (!maker->choice->due_only && batch->today >= last_term(order->year, order->term)->from);
    bool finals = term_has_finals(class->book, piece->index, order);
    maker->result->waiting += finals ? 0 : 1;
    return finals;
}

static bool plan(void *self, const struct sheet_class *class, const struct sheet_row *issued, bool chosen,
                 struct piece *piece, struct err *err)
{
    struct term_maker *maker = self;
    const struct term_choice *choice = maker->choice;
    struct term_order *order = arena_alloc(class->arena, sizeof *order);
    *order = (struct term_order){.year = choice->year,
                                 .term = choice->term,
                                 .import = newest(maker, class),
                                 .again = issued != NULL,
                                 .index = maker->index};
    if (choice->as_of == DATE_NONE && !store_told_of_year(maker->order->store, piece->pupil->key, choice->year->year,
                                                          &order->told.import, &order->told.until, err))
        return false;
    piece->plan = order;
    if (issued == NULL) {
        piece->fresh = is_due(maker, class, piece);
    } else {
        size_t changes = 0;
        if (chosen)
            term_changes(class->arena, class->book, piece->index, order, &changes);
        piece->fresh = changes > 0;
    }
    if (issued != NULL && !piece->fresh) {
        order->import = issued->import;
        order->told = (struct told){.import = issued->told_import, .until = issued->told_until};
        order->again = issued->issue > 1;
    }
    piece_shows(piece, order->import, order->told);
    return true;
}

static void compose(void *self, const struct sheet_class *class, struct piece *piece, const struct sheet_label *label,
                    struct document *out)
{
    const struct term_maker *maker = self;
    const struct workshop *shop = maker->shop;
    struct term_sheet *sheet = arena_alloc(class->arena, sizeof *sheet);
    term_compute(class->arena, shop->school, class->book, piece->index, piece->plan, sheet);
    piece->row.until = sheet->until;
    term_compose(class->arena, sheet, shop->school, &shop->layout, label, maker->choice->as_of, out);
}

static struct sheet_maker maker_of(struct term_maker *self)
{
    return (struct sheet_maker){.self = self,
                                .kind = SHEET_TERM,
                                .from = self->choice->year->whole.from,
                                .paper_day = last_day(self->choice->year, self->choice->term),
                                .open_class = open_class,
                                .plan = plan,
                                .compose = compose};
}

bool term_maker_again(struct arena *arena, const struct workshop *shop, struct store *store, const char *period,
                      struct sheet_maker *out)
{
    struct term_choice *choice = arena_alloc(arena, sizeof *choice);
    struct batch_order *order = arena_alloc(arena, sizeof *order);
    struct term_maker *self = arena_alloc(arena, sizeof *self);
    *choice = (struct term_choice){.as_of = DATE_NONE};
    if (!order_term_of(shop->school, arena, period, &choice->year, &choice->term))
        return false;
    order->store = store;
    *self = (struct term_maker){
        .order = order, .shop = shop, .choice = choice, .result = arena_alloc(arena, sizeof *self->result)};
    *out = maker_of(self);
    return true;
}

bool term_issue(struct arena *arena, const struct workshop *shop, const struct batch_order *order,
                const struct term_choice *choice, struct term_result *out, struct err *err)
{
    *out = (struct term_result){0};
    struct term_maker term = {.order = order, .shop = shop, .choice = choice, .result = out};
    struct sheet_maker maker = maker_of(&term);
    return batch_issue(arena, shop, order, &maker, &out->batch, err);
}

/* One period of the school year, for the classes in which someone has something to be told. */
static bool issue_period(struct arena *arena, const struct workshop *shop, const struct batch_order *like,
                         const struct school_year *year, int32_t term, struct term_due *out, struct err *err)
{
    struct batch_order order = *like;
    struct term_result result = {0};
    const struct term_choice choice = {.year = year, .term = term, .as_of = DATE_NONE, .due_only = true};
    const char **classes = NULL;
    if (!store_classes_untold(order.store, arena, year->year, term_until(year, term), last_day(year, term), &classes,
                              &order.class_count, err))
        return false;
    if (order.class_count == 0)
        return true;
    order.period = term_period(arena, year->year, term);
    order.classes = classes;
    order.pupils = NULL;
    order.pupil_count = 0;
    order.aside = NULL;
    if (!term_issue(arena, shop, &order, &choice, &result, err))
        return false;
    out->issued += result.batch.issued;
    out->pages += result.batch.pages;
    out->waiting += result.waiting;
    if (result.batch.issued > 0) {
        out->periods[out->period_count].period = order.period;
        out->periods[out->period_count++].result = result.batch;
    }
    return true;
}

bool term_issue_due(struct arena *arena, const struct workshop *shop, const struct batch_order *order,
                    struct term_due *out, struct err *err)
{
    struct final_kind *kinds = NULL;
    size_t count = 0, first = 0;
    *out = (struct term_due){0};
    if (!store_final_kinds(order->store, arena, &kinds, &count, err))
        return false;
    int32_t today = school_year_of(shop->school, arena, order->today)->year;
    while (first < count && kinds[first].year > today)
        first++;
    if (first == count)
        return true;
    const struct school_year *year = school_year_of(shop->school, arena, date_from_civil(kinds[first].year, 10, 1));
    int32_t last = -1; /* kinds beyond the terms are of the year sheet, which comes first and once */
    for (size_t i = first; i < count && kinds[i].year == year->year; i++) {
        int32_t term = kinds[i].period >= FINAL_YEAR ? 0 : kinds[i].period;
        if (term == last || term > year->terms)
            continue;
        last = term;
        if (!issue_period(arena, shop, order, year, term, out, err))
            return false;
    }
    return true;
}
