#include "issue/batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/stopwatch.h"
#include "issue/again.h"
#include "issue/crew.h"
#include "issue/handout.h"
#include "issue/ledger.h"
#include "issue/making.h"
#include "issue/order.h"
#include "issue/pages.h"
#include "issue/shelf.h"
#include "press/press.h"
#include "settings/form.h"
#include "typeset/set.h"

/* One run over the classes of the school. */
struct batch {
    struct arena *arena; /* of the run */
    const struct workshop *shop;
    const struct batch_order *order;
    const struct sheet_maker *maker;
    struct batch_result *result;
    struct shelf *shelf;
    struct press_job *print;
    struct file_writing *print_file;
    struct again *again; /* for the sheets that were issued before */
    struct ledger *ledger;
    const char **classes; /* in order */
    size_t class_count;
    bool repair;              /* a file of an issued sheet, or a bundle, is not there */
    struct sheet_class class; /* in hand, and its sheets: */
    struct piece *pieces;
    size_t piece_count, piece_room;
    struct making *makings; /* of them */
    struct err *err;        /* of what is taken */
    struct handout_warning *warnings;
    size_t warning_count, warning_room;
};

/* The sheet's own file below the period's folder; `aside` not NULL: without a number, in that folder. */
static const char *file_name(struct arena *arena, const struct pupil *pupil, const struct sheet_row *row,
                             const char *aside)
{
    size_t surname = strcspn(pupil->name, " "), length = surname;
    if (pupil->name[length] == ' ')
        length += 1 + strcspn(pupil->name + length + 1, " ");
    char *words = arena_copy_n(arena, pupil->name, length);
    if (length > surname)
        words[surname] = '-';
    const char *name = file_safe_name(arena, words);
    const char *form = file_safe_name(arena, pupil->form);
    if (aside != NULL)
        return arena_format(arena, "%s/%s/%s-%s.pdf", aside, form, name, file_safe_name(arena, pupil->code));
    if (row->issue > 1)
        return arena_format(arena, "%s/%02d-%s-%d.pdf", form, (int)row->running, name, (int)row->issue);
    return arena_format(arena, "%s/%02d-%s.pdf", form, (int)row->running, name);
}

bool batch_names(const struct batch_order *order, int32_t pupil)
{
    for (size_t i = 0; i < order->pupil_count; i++)
        if (order->pupils[i]->key == pupil)
            return true;
    return false;
}

static bool is_chosen(const struct batch_order *order, const struct pupil *pupil, int32_t day)
{
    if (order->pupils != NULL)
        return batch_names(order, pupil->key);
    for (size_t i = 0; i < order->class_count; i++)
        if (strcmp(order->classes[i], pupil->form) == 0)
            return order->everyone || pupil_on_paper(pupil, day);
    return false;
}

static void number_row(struct batch *batch, struct piece *piece, int32_t running, int32_t issue)
{
    const struct batch_order *order = batch->order;
    struct arena *arena = batch->class.arena;
    const struct pupil *pupil = piece->pupil;
    const char *number = arena_format(arena, "%s-%s-%02d", order->period, pupil->form, (int)running);
    if (issue > 1)
        number = arena_format(arena, "%s-%d", number, (int)issue);
    piece->row = (struct sheet_row){.number = number,
                                    .pupil = pupil->key,
                                    .code = pupil->code,
                                    .name = pupil->name,
                                    .form = pupil->form,
                                    .kind = batch->maker->kind,
                                    .period = order->period,
                                    .running = running,
                                    .issue = issue,
                                    .import = piece->row.import,
                                    .told_import = piece->row.told_import,
                                    .told_until = piece->row.told_until,
                                    .stamp = order->stamp,
                                    .account = order->account,
                                    .delivery = pupil->delivery[0] == '\0' ? "hand" : pupil->delivery,
                                    .copies = pupil->copies,
                                    .layout = batch->shop->layout.name,
                                    .returned = "",
                                    .printed = "",
                                    .to_print = order->print,
                                    .made = batch->shop->made};
    piece->row.file = arena_format(arena, "%s/%s", order->period, file_name(arena, pupil, &piece->row, NULL));
}

static void add_piece(struct batch *batch, const struct piece *piece)
{
    batch->pieces = mem_grow(batch->pieces, batch->piece_count, &batch->piece_room, sizeof *batch->pieces);
    batch->pieces[batch->piece_count++] = *piece;
}

/* Plans the pupil's sheet: issued before and unchanged, issued again, or new (running number still open). */
static bool plan_pupil(struct batch *batch, size_t index, bool chosen, struct err *err)
{
    const struct sheet_maker *maker = batch->maker;
    const struct pupil *pupil = &batch->class.book->pupils[index];
    struct piece piece = {
        .pupil = pupil,
        .index = index,
        .row = {.pupil = pupil->key, .code = pupil->code, .name = pupil->name, .form = pupil->form, .delivery = ""}};
    const struct sheet_row *row = ledger_newest(batch->ledger, pupil->key);
    if (row == NULL && !chosen)
        return true;
    piece.fresh = row == NULL;
    chosen = chosen && !(row != NULL && batch->order->first_only);
    if (!maker->plan(maker->self, &batch->class, row, chosen, &piece, err))
        return false;
    if (row == NULL && !piece.fresh)
        return true;
    bool moved = row != NULL && strcmp(row->form, batch->class.book->form) != 0;
    if (row != NULL && piece.fresh) { /* in a new class with a new number */
        piece.row.running = moved ? 0 : row->running;
        piece.row.issue = row->issue;
    } else if (row != NULL) {
        piece.row = *row;
        batch->result->standing += chosen ? 1 : 0;
    }
    if (piece.fresh || !moved)
        add_piece(batch, &piece);
    return true;
}

/* Sheets issued in the class to pupils who are no longer in it. */
static void plan_former(struct batch *batch)
{
    const struct book *book = batch->class.book;
    const struct sheet_row *rows = NULL;
    size_t count = ledger_before(batch->ledger, book->form, &rows);
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        while (at < book->pupil_count && book->pupils[at].key != rows[i].pupil)
            at++;
        if (at == book->pupil_count && ledger_newest(batch->ledger, rows[i].pupil) == &rows[i])
            add_piece(batch, &(struct piece){.row = rows[i]});
    }
}

/* Gives numbers to the fresh sheets: pupils are in order of name. */
static bool number_pieces(struct batch *batch, struct err *err)
{
    int32_t next = 0;
    if (!store_next_running(batch->order->store, batch->order->period, batch->class.book->form, &next, err))
        return false;
    for (size_t i = 0; i < batch->piece_count; i++) {
        struct piece *piece = &batch->pieces[i];
        if (!piece->fresh)
            continue;
        if (piece->row.issue == 0)
            number_row(batch, piece, next++, 1);
        else
            number_row(batch, piece, piece->row.running > 0 ? piece->row.running : next++, piece->row.issue + 1);
    }
    return true;
}

static void note_missing(struct batch_result *result, const struct set_report *report)
{
    enum { KEPT = sizeof result->missing / sizeof *result->missing };
    for (size_t i = 0; i < report->missing_count && i < KEPT; i++) {
        size_t at = 0;
        while (at < result->missing_count && at < KEPT && result->missing[at] != report->missing[i])
            at++;
        if (at < result->missing_count)
            continue;
        if (at < KEPT)
            result->missing[at] = report->missing[i];
        result->missing_count++;
    }
}

/* --- making ------------------------------------------------------------------------------------------------------ */

/* A sheet that was issued is made again as it was; of a new one, what only this thread may do. */
static bool prepare(struct batch *batch, struct piece *piece, struct making *making, struct err *err)
{
    const struct batch_order *order = batch->order;
    struct again_sheet again = {0};
    const char *number = order->aside != NULL ? NULL : piece->row.number;
    *making = (struct making){.piece = piece};
    if (piece->fresh) {
        if (!pages_label(order->store, batch->class.arena, piece, number, order->today, &making->label, err))
            return false;
    } else {
        if (!again_make(batch->again, &piece->row, &again, err))
            return false;
        piece->pupil = again.pupil;
        piece->pack = again.pack;
    }
    const char *path = piece->row.file == NULL ? NULL : file_join(batch->class.arena, order->folder, piece->row.file);
    bool own = piece->fresh || path == NULL || !file_exists(path);
    if (own && piece->pupil != NULL) {
        batch->repair = true;
        making->title = order->aside != NULL ? order->period : number;
    }
    return true;
}

static void make(void *context, size_t index)
{
    struct batch *batch = context;
    making_make(batch->shop, batch->maker, &batch->class, &batch->makings[index]);
}

static void note_issued(struct batch *batch, struct piece *piece, const struct making *making)
{
    struct arena *arena = batch->class.arena;
    const char *aside = batch->order->aside;
    memcpy(piece->row.sha256, making->sha256, sizeof piece->row.sha256);
    piece->row.pages = (int32_t)press_pack_count(piece->pack);
    batch->result->issued++;
    batch->result->pages += press_pack_count(piece->pack);
    if (aside != NULL)
        piece->row.file =
            arena_format(arena, "%s/%s", batch->order->period, file_name(arena, piece->pupil, &piece->row, aside));
    piece->row.file = ledger_add(batch->ledger, &piece->row);
}

static void warn(struct batch *batch, const char *form, const char *text)
{
    batch->warnings = mem_grow(batch->warnings, batch->warning_count, &batch->warning_room, sizeof *batch->warnings);
    batch->warnings[batch->warning_count++] = (struct handout_warning){arena_copy(batch->arena, form), text};
}

/* Where an issued file is missing, nothing but the very bytes takes its place. */
static bool is_as_issued(struct batch *batch, const struct sheet_row *row, const struct making *making)
{
    bool same = strcmp(row->sha256, making->sha256) == 0;
    if (!same)
        warn(batch, row->form,
             arena_format(batch->arena,
                          _("sheet %s: the issued file is missing, and made again it has other bytes; it was not put "
                            "back (paperdiary reprint says why)"),
                          row->number));
    return same;
}

/* The bytes of the sheet's own file go aside, their hash into the row of a new one. */
static bool take(void *context, size_t index)
{
    struct batch *batch = context;
    struct making *making = &batch->makings[index];
    struct piece *piece = making->piece;
    bool ok = making->ok || err_set(batch->err, making->err.code, "%s", making->err.text);
    note_missing(batch->result, &making->report);
    if (ok && making->title != NULL) {
        if (piece->fresh)
            note_issued(batch, piece, making);
        const char *name = piece->row.file + strlen(batch->order->period) + 1;
        ok = (!piece->fresh && !is_as_issued(batch, &piece->row, making)) ||
             shelf_put(batch->shelf, name, making->bytes.data, making->bytes.size, batch->err);
    }
    making_free(making);
    return ok;
}

static bool make_sheets(struct batch *batch, struct err *err)
{
    struct crew crew = {.threads = batch->shop->threads, .context = batch, .make = make, .take = take};
    size_t count = batch->piece_count;
    bool ok = true;
    batch->makings = mem_alloc((count + 1) * sizeof *batch->makings);
    batch->err = err;
    batch->piece_count = 0; /* kept */
    for (size_t i = 0; i < count; i++) {
        struct piece *piece = &batch->pieces[batch->piece_count];
        *piece = batch->pieces[i];
        ok = ok && prepare(batch, piece, &batch->makings[batch->piece_count], err);
        if (piece->pupil != NULL) /* else the pupil's data were removed */
            batch->piece_count++;
    }
    ok = ok && crew_run(&crew, batch->piece_count);
    for (size_t i = 0; i < batch->piece_count; i++)
        making_free(&batch->makings[i]);
    mem_free(batch->makings);
    return ok;
}

static int by_number(const void *a, const void *b)
{
    const struct piece *x = a, *y = b;
    int by_running = (x->row.running > y->row.running) - (x->row.running < y->row.running);
    return by_running != 0 ? by_running : (x->index > y->index) - (x->index < y->index);
}

/* The name of a file of the run, below the period's folder. */
static const char *placed(const struct batch *batch, const char *name)
{
    const char *aside = batch->order->aside;
    return aside == NULL ? name : arena_format(batch->arena, "%s/%s", aside, name);
}

static int by_hand_out(const void *a, const void *b)
{
    const struct piece *x = a, *y = b;
    return order_hand_out(&x->row, &y->row);
}

/* The class's bundle. */
static bool press_class(struct batch *batch, struct err *err)
{
    struct arena *arena = batch->class.arena;
    struct file_writing *file = NULL;
    const char *form = batch->class.book->form;
    const char *name = placed(batch, arena_format(batch->arena, "%s.pdf", file_safe_name(arena, form)));
    if (!shelf_begin(batch->shelf, &file, err))
        return false;
    enum stage before = stopwatch_enter(STAGE_PRESS);
    struct press_job *job = press_begin(batch->shop->press, arena_format(arena, "%s %s", batch->order->period, form));
    press_into(job, file);
    qsort(batch->pieces, batch->piece_count, sizeof *batch->pieces, by_number);
    press_bookmark(job, 0, form);
    for (size_t i = 0; i < batch->piece_count; i++) {
        press_bookmark(job, 1, batch->pieces[i].pupil->name);
        press_add(job, batch->pieces[i].pack, true);
    }
    bool ok = shelf_end(batch->shelf, name, file, press_finish(job, NULL, err), err);
    stopwatch_enter(before);
    return ok;
}

/* The class's part of print.pdf. */
static void press_part(struct batch *batch)
{
    enum stage before = stopwatch_enter(STAGE_PRESS);
    qsort(batch->pieces, batch->piece_count, sizeof *batch->pieces, by_hand_out);
    press_bookmark(batch->print, 0, batch->class.book->form);
    for (size_t i = 0; i < batch->piece_count; i++) {
        press_bookmark(batch->print, 1, batch->pieces[i].pupil->name);
        for (int32_t copy = 0; copy < batch->pieces[i].row.copies || copy == 0; copy++)
            press_add(batch->print, batch->pieces[i].pack, true);
    }
    stopwatch_enter(before);
}

static bool makes_bundles(const struct batch *batch)
{
    return batch->order->aside == NULL || batch->order->bundles;
}

static bool make_class(struct batch *batch, struct err *err)
{
    batch->maker->open_class(batch->maker->self, &batch->class);
    for (size_t i = 0; i < batch->class.book->pupil_count; i++)
        if (!plan_pupil(batch, i, is_chosen(batch->order, &batch->class.book->pupils[i], batch->maker->paper_day), err))
            return false;
    plan_former(batch);
    if (batch->piece_count == 0)
        return true;
    if (batch->order->aside == NULL && !number_pieces(batch, err))
        return false;
    if (!make_sheets(batch, err))
        return false;
    if (!makes_bundles(batch) || batch->piece_count == 0)
        return true;
    if (!press_class(batch, err))
        return false;
    press_part(batch);
    return true;
}

static bool run_class(struct batch *batch, const char *form, struct err *err)
{
    const struct batch_order *order = batch->order;
    if (order->progress != NULL)
        order->progress(order->context, form);
    struct arena *arena = arena_new();
    struct book *book = arena_alloc(arena, sizeof *book);
    batch->class = (struct sheet_class){.arena = arena, .book = book};
    batch->piece_count = 0;
    bool ok = store_hold(order->store, err);
    if (ok) {
        ok = again_load(batch->again, arena, batch->maker, form, INT32_MAX, book, err) && make_class(batch, err);
        ok = store_release(order->store, ok, err);
    }
    for (size_t i = 0; i < batch->piece_count; i++)
        press_pack_free(batch->pieces[i].pack);
    arena_free(arena);
    again_forget(batch->again);
    return ok;
}

/* True where the class has sheets to make: chosen now, or issued before in this period. */
static bool concerns(const struct batch *batch, const char *form)
{
    const struct batch_order *order = batch->order;
    for (size_t i = 0; i < order->pupil_count; i++)
        if (strcmp(order->pupils[i]->form, form) == 0)
            return true;
    for (size_t i = 0; i < order->class_count && order->pupils == NULL; i++)
        if (strcmp(order->classes[i], form) == 0)
            return true;
    const struct sheet_row *rows = NULL;
    return ledger_before(batch->ledger, form, &rows) > 0;
}

static int compare_forms(const void *a, const void *b)
{
    return form_compare(*(const char *const *)a, *(const char *const *)b);
}

/* The classes of now, and those in which sheets of the period were issued, in order. */
static bool list_classes(struct batch *batch, struct err *err)
{
    const struct sheet_row *rows = NULL;
    size_t row_count = ledger_before(batch->ledger, NULL, &rows), count = 0;
    const char **now = NULL;
    if (!store_classes(batch->order->store, batch->arena, &now, &count, err))
        return false;
    const char **all = arena_alloc(batch->arena, (count + row_count + 1) * sizeof *all);
    if (count > 0)
        memcpy(all, now, count * sizeof *all);
    for (size_t i = 0; i < row_count; i++) {
        size_t at = 0;
        while (at < count && strcmp(all[at], rows[i].form) != 0)
            at++;
        if (at == count)
            all[count++] = rows[i].form;
    }
    if (count > 1)
        qsort(all, count, sizeof *all, compare_forms);
    batch->classes = all;
    batch->class_count = count;
    return true;
}

static bool run_classes(struct batch *batch, struct err *err)
{
    if (!list_classes(batch, err))
        return false;
    for (size_t i = 0; i < batch->class_count; i++)
        if (concerns(batch, batch->classes[i]) && !run_class(batch, batch->classes[i], err))
            return false;
    return true;
}

/* The register to sign, of all sheets of the period. */
static bool press_register(struct batch *batch, struct file_writing *file, struct err *err)
{
    struct press_job *job = press_begin(batch->shop->press, batch->order->period);
    struct arena *arena = arena_new();
    bool ok = true;
    press_into(job, file);
    for (size_t i = 0; ok && i < batch->class_count; i++) {
        struct sheet_row *rows = NULL;
        arena_reset(arena);
        size_t count = ledger_class(batch->ledger, arena, batch->classes[i], &rows);
        ok = count == 0 || handout_class(batch->shop, rows, count, job, err);
    }
    arena_free(arena);
    if (ok)
        return press_finish(job, NULL, err);
    press_drop(job);
    return false;
}

/* The register, and the envelopes. */
static bool press_handout(struct batch *batch, struct err *err)
{
    const struct sheet_row **posted = NULL;
    struct file_writing *file = NULL;
    struct handout handout = {0};
    size_t count = ledger_by_post(batch->ledger, batch->arena, &posted);
    bool ok = shelf_begin(batch->shelf, &file, err) &&
              shelf_end(batch->shelf, "register.pdf", file, press_register(batch, file, err), err) &&
              handout_part(batch->arena, batch->order->store, posted, count, &handout, err);
    if (ok && handout.by_post_count > 0)
        ok = shelf_begin(batch->shelf, &file, err) &&
             shelf_end(batch->shelf, "post.pdf", file,
                       handout_post(batch->arena, batch->again, batch->shop, batch->order->period, &handout, file, err),
                       err);
    for (size_t i = 0; i < handout.warning_count; i++)
        warn(batch, handout.warnings[i].form, handout.warnings[i].text);
    return ok;
}

/* print.pdf goes aside; then register, then everything into place. */
static bool finish(struct batch *batch, struct err *err)
{
    const struct batch_order *order = batch->order;
    if (makes_bundles(batch)) {
        struct press_job *print = batch->print;
        struct file_writing *file = batch->print_file;
        const char *name = placed(batch, "print.pdf");
        batch->print = NULL;
        batch->print_file = NULL;
        enum stage before = stopwatch_enter(STAGE_PRESS);
        bool ok = shelf_end(batch->shelf, name, file, press_finish(print, NULL, err), err);
        stopwatch_enter(before);
        if (!ok || (order->aside == NULL && !press_handout(batch, err)))
            return false;
        batch->result->print = arena_format(batch->arena, "%s/%s", order->period, name);
    }
    if (!shelf_sync(batch->shelf, err))
        return false;
    if (order->aside == NULL && !ledger_store(batch->ledger, order->store, err))
        return false;
    size_t count = ledger_count(batch->ledger);
    const char **files = arena_alloc(batch->arena, (count + 1) * sizeof *files);
    for (size_t i = 0; i < count; i++)
        files[i] = arena_copy(batch->arena, ledger_file(batch->ledger, i));
    batch->result->files = files;
    return shelf_place(batch->shelf, err);
}

bool batch_issue(struct arena *arena, const struct workshop *shop, const struct batch_order *order,
                 const struct sheet_maker *maker, struct batch_result *out, struct err *err)
{
    struct batch batch = {.arena = arena, .shop = shop, .order = order, .maker = maker, .result = out};
    const char *folder = file_join(arena, order->folder, order->period);
    const struct sheet_row *rows = NULL;
    *out = (struct batch_result){0};
    batch.ledger = ledger_new();
    bool ok = (order->aside != NULL || ledger_load(batch.ledger, order->store, order->period, err)) &&
              shelf_open(folder, shop->school->group_readable, &batch.shelf, err);
    batch.print = press_begin(shop->press, order->period);
    if (ok && makes_bundles(&batch)) {
        ok = shelf_begin(batch.shelf, &batch.print_file, err);
        press_into(batch.print, batch.print_file);
    }
    batch.repair = ok && order->aside == NULL &&
                   (shelf_interrupted(batch.shelf) || !file_exists(file_join(arena, folder, "print.pdf")) ||
                    !file_exists(file_join(arena, folder, "register.pdf")));
    batch.again = again_new(shop, order->store);
    ok = ok && run_classes(&batch, err);
    bool anything = out->issued > 0 || (batch.repair && ledger_before(batch.ledger, NULL, &rows) > 0);
    enum stage before = stopwatch_enter(STAGE_REGISTER);
    if (ok && anything)
        ok = finish(&batch, err);
    if (ok && order->aside == NULL)
        shelf_mended(batch.shelf);
    stopwatch_enter(before);
    if (order->progress != NULL)
        order->progress(order->context, NULL);
    out->warning_count = batch.warning_count;
    out->warnings = arena_keep(arena, batch.warnings, batch.warning_count * sizeof *batch.warnings);
    press_drop(batch.print);
    file_drop(batch.print_file);
    again_free(batch.again);
    shelf_free(batch.shelf);
    mem_free(batch.pieces);
    ledger_free(batch.ledger);
    return ok;
}
