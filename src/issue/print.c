#include "issue/print.h"

#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "issue/again.h"
#include "issue/batch.h"
#include "issue/handout.h"
#include "issue/queue.h"
#include "settings/school.h"
#include "store/proof.h"

bool print_file(const struct school *school, enum print_kind kind, int sheet_kind, const char *path, struct err *err)
{
    const char *own = kind == PRINT_POST         ? school->print_options_post
                      : kind == PRINT_REGISTER   ? school->print_options_register
                      : sheet_kind == SHEET_TERM ? school->print_options_term
                                                 : "";
    return queue_print(school->print_command, own[0] != '\0' ? own : school->print_options, path, err);
}

/* One lot for the queue. */
struct lot {
    enum print_kind kind;
    const struct sheet_row *const *rows;
    size_t count;
    const char *path;
    bool made; /* for this lot alone: goes when it is printed */
};

static bool print_lot(const struct print_order *order, const struct lot *lot, struct print_result *out, struct err *err)
{
    if (!print_file(order->shop->school, lot->kind, lot->rows[0]->kind, lot->path, err))
        return false;
    if (lot->made && !file_remove(lot->path, err)) /* before it is noted: what is not noted is made again */
        return false;
    if (!store_note_printed(order->store, lot->rows, lot->count, order->stamp, order->account, err))
        return false;
    out->printed += lot->count;
    return true;
}

/* The file of the period where the lot is all that it holds, else one of the lot's own. */
static bool hand_lot(struct arena *arena, const struct print_order *order, struct again *again,
                     struct print_result *out, const struct handout *parts, struct err *err)
{
    struct lot lot = {.kind = PRINT_SHEETS, .rows = parts->by_hand, .count = parts->by_hand_count};
    const char *folder = file_join(arena, order->folder, order->period);
    lot.path = file_join(arena, folder, "print.pdf");
    bool ok = true;
    if (lot.count < order->row_count || !file_exists(lot.path)) {
        struct file_writing *file = NULL;
        lot.path = file_join(arena, folder, "print-rest.pdf");
        lot.made = true;
        ok = file_begin(lot.path, order->shop->school->group_readable, &file, err) &&
             file_end(file, again_bundle(again, order->period, lot.rows, lot.count, file, err), err);
    }
    return ok && print_lot(order, &lot, out, err);
}

static bool post_lot(struct arena *arena, const struct print_order *order, struct again *again,
                     struct print_result *out, struct handout *parts, size_t all_by_post, struct err *err)
{
    struct lot lot = {.kind = PRINT_POST, .rows = parts->by_post, .count = parts->by_post_count};
    const char *folder = file_join(arena, order->folder, order->period);
    lot.path = file_join(arena, folder, "post.pdf");
    bool ok = true;
    if (lot.count < all_by_post || !file_exists(lot.path)) {
        struct file_writing *file = NULL;
        lot.path = file_join(arena, folder, "post-rest.pdf");
        lot.made = true;
        ok = file_begin(lot.path, order->shop->school->group_readable, &file, err) &&
             file_end(file, handout_post(arena, again, order->shop, order->period, parts, file, err), err);
    }
    return ok && print_lot(order, &lot, out, err);
}

bool print_pending(struct arena *arena, const struct print_order *order, struct print_result *out, struct err *err)
{
    const struct sheet_row **pending = arena_alloc(arena, (order->row_count + 1) * sizeof *pending);
    size_t count = 0;
    *out = (struct print_result){0};
    for (size_t i = 0; i < order->row_count; i++) {
        const struct sheet_row *row = order->rows[i];
        if (order->chosen != NULL && !order->chosen(order->context, row))
            continue;
        if (row->printed[0] == '\0')
            pending[count++] = row;
        else
            out->before++;
    }
    struct handout all = {0}, parts = {0};
    if (count == 0)
        return true;
    if (!handout_part(arena, order->store, order->rows, order->row_count, &all, err) ||
        !handout_part(arena, order->store, pending, count, &parts, err))
        return false;
    struct again *again = again_new(order->shop, order->store);
    bool ok = (parts.by_hand_count == 0 || hand_lot(arena, order, again, out, &parts, err)) &&
              (parts.by_post_count == 0 || post_lot(arena, order, again, out, &parts, all.by_post_count, err));
    again_free(again);
    return ok;
}
