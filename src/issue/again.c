#include "issue/again.h"

#include <string.h>

#include "base/diag.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "issue/batch.h"
#include "issue/order.h"
#include "issue/pages.h"
#include "issue/term.h"
#include "issue/weekly.h"
#include "press/press.h"
#include "sheets/weekly.h"
#include "typeset/set.h"

enum { KEPT = 4 }; /* classes at hand between two sheets */

/* A class as of an import, with the maker of one period's sheets. */
struct state {
    struct state *next; /* used before this one */
    struct sheet_class class;
    struct sheet_maker maker;
    const char *form, *period, *layout;
    int32_t import;
};

struct styled {
    struct styled *next;
    struct workshop shop; /* with another layout; what it opened is lent */
};

struct again {
    struct arena *arena;
    const struct workshop *shop;
    struct store *store;
    struct state *states; /* the last used first */
    struct styled *styled;
};

struct again *again_new(const struct workshop *shop, struct store *store)
{
    struct arena *arena = arena_new();
    struct again *again = arena_alloc(arena, sizeof *again);
    *again = (struct again){.arena = arena, .shop = shop, .store = store};
    return again;
}

static void state_free(struct state *state)
{
    arena_free(state->class.arena); /* the state lives in it */
}

void again_forget(struct again *again)
{
    size_t kept = 0;
    for (struct state **at = &again->states; *at != NULL;) {
        struct state *state = *at;
        if (kept++ < KEPT) {
            at = &state->next;
            continue;
        }
        *at = state->next;
        state_free(state);
    }
}

void again_free(struct again *again)
{
    if (again == NULL)
        return;
    while (again->states != NULL) {
        struct state *state = again->states;
        again->states = state->next;
        state_free(state);
    }
    arena_free(again->arena);
}

/* The workshop with the layout that the sheet was made with. */
static bool shop_of(struct again *again, const char *layout, const struct workshop **out, struct err *err)
{
    *out = again->shop;
    if (strcmp(layout, again->shop->layout.name) == 0)
        return true;
    for (struct styled *at = again->styled; at != NULL; at = at->next) {
        *out = &at->shop;
        if (strcmp(layout, at->shop.layout.name) == 0)
            return true;
    }
    struct styled *styled = arena_alloc(again->arena, sizeof *styled);
    styled->shop = *again->shop;
    struct diag *diag = diag_new();
    bool ok = layout_load(again->arena, again->shop->school_folder, again->shop->layout_folder, layout,
                          &styled->shop.layout, diag, err);
    diag_free(diag);
    styled->next = again->styled;
    again->styled = styled;
    *out = &styled->shop;
    return ok || err_add(err, _("the sheet's layout «%s»"), layout);
}

static bool maker_of(struct again *again, const struct workshop *shop, struct arena *arena, const struct sheet_row *row,
                     struct sheet_maker *out, struct err *err)
{
    struct iso_week week = {0};
    if (row->kind == SHEET_WEEKLY && order_week_of(row->period, &week)) {
        *out = weekly_maker(arena, shop, again->store, week);
        return true;
    }
    if (row->kind == SHEET_TERM && term_maker_again(arena, shop, again->store, row->period, out))
        return true;
    return err_set(err, ERR_INPUT, _("sheet %s is of a kind that this program does not make"), row->number);
}

static bool state_open(struct again *again, const struct sheet_row *row, struct err *err)
{
    const struct workshop *shop = NULL;
    struct arena *arena = arena_new();
    struct state *state = arena_alloc(arena, sizeof *state);
    *state = (struct state){.class = {.arena = arena},
                            .form = arena_copy(arena, row->form),
                            .period = arena_copy(arena, row->period),
                            .layout = arena_copy(arena, row->layout),
                            .import = row->import};
    bool ok =
        shop_of(again, row->layout, &shop, err) && maker_of(again, shop, arena, row, &state->maker, err) &&
        store_load_book_at(again->store, arena, row->form, state->maker.from, row->import, &state->class.book, err);
    if (!ok) {
        arena_free(arena);
        return false;
    }
    state->maker.open_class(state->maker.self, &state->class);
    state->next = again->states;
    again->states = state;
    return true;
}

/* The state that the row shows comes to the head of the list. */
static bool state_find(struct again *again, const struct sheet_row *row, struct err *err)
{
    for (struct state **at = &again->states; *at != NULL; at = &(*at)->next) {
        struct state *state = *at;
        if (state->import != row->import || state->maker.kind != row->kind || strcmp(state->form, row->form) != 0 ||
            strcmp(state->period, row->period) != 0 || strcmp(state->layout, row->layout) != 0)
            continue;
        *at = state->next;
        state->next = again->states;
        again->states = state;
        return true;
    }
    return state_open(again, row, err);
}

bool again_make(struct again *again, const struct sheet_row *row, struct again_sheet *out, struct err *err)
{
    *out = (struct again_sheet){0};
    if (!state_find(again, row, err))
        return false;
    struct state *state = again->states;
    const struct book *book = &state->class.book;
    struct piece piece = {.row = *row};
    while (piece.index < book->pupil_count && book->pupils[piece.index].key != row->pupil)
        piece.index++;
    if (piece.index == book->pupil_count)
        return true;
    piece.pupil = &book->pupils[piece.index];
    struct set_report report = {0};
    struct sheet_label label = {0};
    struct sheet_class class = {.arena = arena_new(), .book = *book}; /* what the sheet alone needs goes with it */
    bool ok = state->maker.plan(state->maker.self, &class, row, false, &piece, err) &&
              pages_label(again->store, class.arena, &piece, row->number, pages_day_of(row->stamp), &label, err) &&
              pages_make(again->shop, &state->maker, &class, &piece, &label, &report, &out->pack, err);
    arena_free(class.arena);
    out->pupil = ok ? piece.pupil : NULL;
    return ok;
}

void again_now(struct again *again, struct arena *arena, const struct sheet_row *row, struct made_with *out)
{
    const struct workshop *shop = NULL;
    struct err ignored = {0};
    char *digest = arena_alloc(arena, 65);
    if (!shop_of(again, row->layout, &shop, &ignored))
        return;
    layout_digest(&shop->layout, digest);
    out->layout = digest;
}

bool again_bundle(struct again *again, const char *title, const struct sheet_row *rows, size_t count,
                  struct file_writing *out, struct err *err)
{
    struct press_job *job = press_begin(again->shop->press, title);
    press_into(job, out);
    for (size_t i = 0; i < count; i++) {
        struct again_sheet sheet = {0};
        if (!again_make(again, &rows[i], &sheet, err)) {
            press_drop(job);
            return false;
        }
        if (sheet.pupil == NULL)
            continue;
        if (i == 0 || strcmp(rows[i].form, rows[i - 1].form) != 0)
            press_bookmark(job, 0, rows[i].form);
        press_bookmark(job, 1, sheet.pupil->name);
        for (int32_t copy = 0; copy < rows[i].copies || copy == 0; copy++)
            press_add(job, sheet.pack, true);
        press_pack_free(sheet.pack);
        again_forget(again);
    }
    return press_finish(job, NULL, err);
}
