#include "issue/again.h"

#include <string.h>

#include "base/diag.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "issue/batch.h"
#include "issue/order.h"
#include "issue/pages.h"
#include "issue/pasts.h"
#include "issue/term.h"
#include "issue/weekly.h"
#include "press/press.h"
#include "settings/school.h"
#include "sheets/weekly.h"
#include "store/proof.h"
#include "typeset/set.h"

enum { KEPT = 4 }; /* classes at hand between two sheets */

/* A class as of an import, with the maker of one period's sheets. */
struct state {
    struct state *next; /* used before this one */
    struct sheet_class class;
    struct sheet_maker maker;
    const struct former *former;
    const char *form, *period;
    int32_t import;
};

/* A workshop as it was when a sheet was issued; what it opened is lent from that of today. */
struct former {
    struct former *next;
    const char *layout;     /* by name */
    struct made_with then;  /* what it was asked for: layout and settings */
    struct made_with today; /* what they would be today */
    struct workshop shop;   /* shop.made: what they are here */
    struct school school;
    struct pasts *pasts; /* read with settings that are not today's; NULL: with today's */
};

struct again {
    struct arena *arena;
    const struct workshop *shop;
    struct store *store;
    struct pasts *pasts;
    struct state *states; /* the last used first */
    struct former *formers;
};

struct again *again_new(const struct workshop *shop, struct store *store)
{
    struct arena *arena = arena_new();
    struct again *again = arena_alloc(arena, sizeof *again);
    *again = (struct again){.arena = arena, .shop = shop, .store = store, .pasts = pasts_new(store, shop->school)};
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
    for (struct former *former = again->formers; former != NULL; former = former->next)
        pasts_free(former->pasts);
    pasts_free(again->pasts);
    arena_free(again->arena);
}

static bool load(struct again *again, struct pasts *pasts, struct arena *arena, const struct sheet_maker *maker,
                 const char *form, int32_t as_of, struct book *out, struct err *err)
{
    return store_load_book_at(again->store, arena, form, maker->from, as_of, out, err) &&
           (maker->foretells.week == 0 || pasts_lend(pasts, maker->foretells, out, err));
}

bool again_load(struct again *again, struct arena *arena, const struct sheet_maker *maker, const char *form,
                int32_t as_of, struct book *out, struct err *err)
{
    return load(again, again->pasts, arena, maker, form, as_of, out, err);
}

static const char *digest_of(struct arena *arena, const struct layout *layout)
{
    char *digest = arena_alloc(arena, 65);
    layout_digest(layout, digest);
    return digest;
}

/* The layout by its name, as it is today. */
static bool layout_today(struct again *again, const char *name, struct layout *out, struct err *err)
{
    const struct workshop *shop = again->shop;
    if (strcmp(name, shop->layout.name) == 0) {
        *out = shop->layout;
        return true;
    }
    struct diag *diag = diag_new();
    bool ok = layout_load(again->arena, shop->school_folder, shop->layout_folder, name, out, diag, err);
    diag_free(diag);
    return ok || err_add(err, _("the sheet's layout «%s»"), name);
}

/* What was kept of then takes the place of today's, where the two differ. */
static bool go_back(struct again *again, struct former *former, struct err *err)
{
    struct arena *arena = again->arena;
    struct workshop *shop = &former->shop;
    const char *layout = NULL, *settings = NULL;
    if ((strcmp(former->then.layout, former->today.layout) != 0 &&
         !store_made_text(again->store, arena, former->then.layout, &layout, err)) ||
        (strcmp(former->then.settings, former->today.settings) != 0 &&
         !store_made_text(again->store, arena, former->then.settings, &settings, err)))
        return false;
    struct layout recalled = {0};
    if (layout != NULL && layout_recall(arena, layout, shop->layout_folder, former->layout, &recalled)) {
        shop->layout = recalled;
        shop->made.layout = digest_of(arena, &recalled);
    }
    if (settings != NULL && school_recall(arena, settings, &former->school)) {
        shop->school = &former->school;
        shop->made.settings = former->school.digest;
        former->pasts = pasts_new(again->store, &former->school);
    }
    return true;
}

static const char *known(const char *text)
{
    return text == NULL ? "" : text;
}

/* The workshop with the layout and the settings that the sheet was made with, where they were kept, else with today's.
 */
static bool former_of(struct again *again, const struct sheet_row *row, const struct former **out, struct err *err)
{
    const char *layout = known(row->made.layout), *settings = known(row->made.settings);
    for (struct former *at = again->formers; at != NULL; at = at->next) {
        *out = at;
        if (strcmp(row->layout, at->layout) == 0 && strcmp(layout, at->then.layout) == 0 &&
            strcmp(settings, at->then.settings) == 0)
            return true;
    }
    struct arena *arena = again->arena;
    struct former *former = arena_alloc(arena, sizeof *former);
    *former = (struct former){.next = again->formers, .layout = arena_copy(arena, row->layout), .shop = *again->shop};
    former->then.layout = arena_copy(arena, layout);
    former->then.settings = arena_copy(arena, settings);
    if (!layout_today(again, row->layout, &former->shop.layout, err))
        return false;
    former->today = again->shop->made;
    former->today.layout = digest_of(arena, &former->shop.layout);
    former->today.settings = again->shop->school->digest;
    former->shop.made = former->today;
    again->formers = former;
    *out = former;
    return go_back(again, former, err);
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

static bool state_open(struct again *again, const struct former *former, const struct sheet_row *row, struct err *err)
{
    struct arena *arena = arena_new();
    struct state *state = arena_alloc(arena, sizeof *state);
    struct book *book = arena_alloc(arena, sizeof *book);
    state->class = (struct sheet_class){.arena = arena, .book = book};
    state->former = former;
    state->form = arena_copy(arena, row->form);
    state->period = arena_copy(arena, row->period);
    state->import = row->import;
    bool ok = maker_of(again, &former->shop, arena, row, &state->maker, err) &&
              load(again, former->pasts != NULL ? former->pasts : again->pasts, arena, &state->maker, row->form,
                   row->import, book, err);
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
    const struct former *former = NULL;
    if (!former_of(again, row, &former, err))
        return false;
    for (struct state **at = &again->states; *at != NULL; at = &(*at)->next) {
        struct state *state = *at;
        if (state->import != row->import || state->maker.kind != row->kind || strcmp(state->form, row->form) != 0 ||
            strcmp(state->period, row->period) != 0 || state->former != former)
            continue;
        *at = state->next;
        state->next = again->states;
        again->states = state;
        return true;
    }
    return state_open(again, former, row, err);
}

bool again_make(struct again *again, const struct sheet_row *row, struct again_sheet *out, struct err *err)
{
    *out = (struct again_sheet){0};
    if (!state_find(again, row, err))
        return false;
    struct state *state = again->states;
    const struct book *book = state->class.book;
    struct piece piece = {.row = *row};
    while (piece.index < book->pupil_count && book->pupils[piece.index].key != row->pupil)
        piece.index++;
    if (piece.index == book->pupil_count)
        return true;
    piece.pupil = &book->pupils[piece.index];
    struct set_report report = {0};
    struct sheet_label label = {0};
    struct sheet_class class = {.arena = arena_new(), .book = book}; /* what the sheet alone needs goes with it */
    bool ok = state->maker.plan(state->maker.self, &class, row, false, &piece, err) &&
              pages_label(again->store, class.arena, &piece, row->number, pages_day_of(row->stamp), &label, err) &&
              pages_make(again->shop, &state->maker, &class, &piece, &label, &report, &out->pack, err);
    arena_free(class.arena);
    out->pupil = ok ? piece.pupil : NULL;
    return ok;
}

bool again_compare(struct again *again, const struct sheet_row *row, struct made_with *used, struct made_with *today,
                   struct err *err)
{
    const struct former *former = NULL;
    if (!former_of(again, row, &former, err))
        return false;
    *used = former->shop.made;
    *today = former->today;
    return true;
}

bool again_bundle(struct again *again, const char *title, const struct sheet_row *const *rows, size_t count,
                  struct file_writing *out, struct err *err)
{
    struct press_job *job = press_begin(again->shop->press, title);
    press_into(job, out);
    for (size_t i = 0; i < count; i++) {
        struct again_sheet sheet = {0};
        if (!again_make(again, rows[i], &sheet, err)) {
            press_drop(job);
            return false;
        }
        if (sheet.pupil == NULL)
            continue;
        if (i == 0 || strcmp(rows[i]->form, rows[i - 1]->form) != 0)
            press_bookmark(job, 0, rows[i]->form);
        press_bookmark(job, 1, sheet.pupil->name);
        for (int32_t copy = 0; copy < rows[i]->copies || copy == 0; copy++)
            press_add(job, sheet.pack, true);
        press_pack_free(sheet.pack);
        again_forget(again);
    }
    return press_finish(job, NULL, err);
}
