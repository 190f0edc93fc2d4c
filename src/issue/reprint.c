#include "issue/reprint.h"

#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "issue/again.h"
#include "issue/batch.h"
#include "issue/made.h"
#include "issue/order.h"
#include "issue/pages.h"
#include "press/press.h"
#include "settings/form.h"

enum { MOST_BYTES = 64 << 20 };

/* --- finding ---------------------------------------------------------------------------------------------------- */

struct finding {
    struct arena *arena;
    const struct sheet_row *all;     /* of a period */
    const struct sheet_row **listed; /* the same in hand-out order */
    size_t all_count;
    const struct sheet_row **rows;
    size_t count;
    const char **unknown;
    size_t unknown_count;
};

/* For comparing numbers: capitals, and Russian letters for the Latin ones that look like them. */
static const char *folded(struct arena *arena, const char *number)
{
    static const char latin[] = "abcehkmoptxyw", *const russian[] = {"а", "в", "с", "е", "н", "к", "м",
                                                                     "о", "р", "т", "х", "у", "w"};
    struct buffer out = {0};
    for (const char *at = text_fold(arena, number); *at != '\0'; at++) {
        const char *found = strchr(latin, *at);
        if (found != NULL)
            buffer_text(&out, russian[found - latin]);
        else
            buffer_char(&out, *at);
    }
    const char *text = out.size == 0 ? "" : arena_copy_n(arena, out.data, out.size);
    buffer_free(&out);
    return text;
}

static const struct sheet_row *const *find_row(const struct finding *finding, const char *word)
{
    const char *wanted = folded(finding->arena, word);
    for (size_t i = 0; i < finding->all_count; i++)
        if (strcmp(finding->listed[i]->number, word) == 0 ||
            strcmp(folded(finding->arena, finding->listed[i]->number), wanted) == 0)
            return &finding->listed[i];
    return NULL;
}

static void take(struct finding *finding, const struct sheet_row *row)
{
    for (size_t i = 0; i < finding->count; i++)
        if (strcmp(finding->rows[i]->number, row->number) == 0)
            return;
    finding->rows[finding->count++] = row;
}

static const struct sheet_row *const *look_up(struct finding *finding, const char *word)
{
    const struct sheet_row *const *row = find_row(finding, word);
    if (row == NULL)
        finding->unknown[finding->unknown_count++] = text_printable(finding->arena, word);
    return row;
}

/* From one to the other, whichever comes first; of a sheet that was issued again, only the last issue. */
static void take_run(struct finding *finding, const char *from, const char *to)
{
    const struct sheet_row *const *a = look_up(finding, from), *const *b = look_up(finding, to);
    if (a == NULL || b == NULL)
        return;
    const struct sheet_row *const *first = a < b ? a : b, *const *last = a < b ? b : a;
    for (const struct sheet_row *const *row = first; row <= last; row++)
        if (row == a || row == b || order_issued(finding->all, finding->all_count, (*row)->pupil) == *row)
            take(finding, *row);
}

/* Of «2026-W47-3А-07» the bytes of the period. */
static size_t period_length(const char *word)
{
    size_t year = strcspn(word, "-");
    return year + (word[year] == '\0' ? 0 : 1 + strcspn(word + year + 1, "-"));
}

/* As the register writes it: «2026-W47», «2026-T1», «2026-Y», whatever letters were typed. */
static const char *period_of(struct arena *arena, const char *word)
{
    struct buffer out = {0};
    for (const char *at = arena_copy_n(arena, word, period_length(word)); *at != '\0';) {
        const char *from = at;
        uint32_t code = text_next(&at);
        if (code == 0x422 || code == 0x442) /* Т т */
            buffer_char(&out, 'T');
        else if (code == 0x423 || code == 0x443) /* У у */
            buffer_char(&out, 'Y');
        else if (code >= 'a' && code <= 'z')
            buffer_char(&out, (char)(code - 'a' + 'A'));
        else
            buffer_add(&out, from, (size_t)(at - from));
    }
    const char *period = out.size == 0 ? "" : arena_copy_n(arena, out.data, out.size);
    buffer_free(&out);
    return period;
}

/* The rows of a period, in hand-out order. */
static bool load_period(struct finding *finding, struct store *store, const char *word, struct err *err)
{
    const char *period = period_of(finding->arena, word);
    struct sheet_row *all = NULL;
    if (!store_register(store, finding->arena, period, &all, &finding->all_count, err))
        return false;
    finding->all = all;
    finding->listed = arena_alloc(finding->arena, (finding->all_count + 1) * sizeof *finding->listed);
    order_sort(all, finding->all_count, finding->listed);
    const struct sheet_row **larger =
        arena_alloc(finding->arena, (finding->count + finding->all_count + 1) * sizeof *larger);
    if (finding->count > 0)
        memcpy(larger, finding->rows, finding->count * sizeof *larger);
    finding->rows = larger;
    return true;
}

bool reprint_find(struct arena *arena, struct store *store, const char *const *words, size_t word_count,
                  const struct sheet_row ***rows, size_t *count, const char ***unknown, size_t *unknown_count,
                  struct err *err)
{
    struct finding finding = {.arena = arena};
    finding.unknown = arena_alloc(arena, (2 * word_count + 1) * sizeof *finding.unknown);
    for (size_t i = 0; i < word_count; i++) {
        const char *dots = strstr(words[i], ".."), *to = dots == NULL ? "" : dots + 2;
        const char *from = dots == NULL ? words[i] : arena_copy_n(arena, words[i], (size_t)(dots - words[i]));
        if (dots != NULL && strcmp(folded(arena, arena_copy_n(arena, from, period_length(from))),
                                   folded(arena, arena_copy_n(arena, to, period_length(to)))) != 0)
            return err_set(err, ERR_USAGE, _("«%s»: a run is from one sheet to another of the same period, A..B"),
                           text_printable(arena, words[i]));
        if (!load_period(&finding, store, from, err))
            return false;
        if (dots != NULL) {
            take_run(&finding, from, to);
            continue;
        }
        const struct sheet_row *const *row = look_up(&finding, from);
        if (row != NULL)
            take(&finding, *row);
    }
    *rows = finding.rows;
    *count = finding.count;
    *unknown = finding.unknown;
    *unknown_count = finding.unknown_count;
    return true;
}

/* --- making ----------------------------------------------------------------------------------------------------- */

/* The issued file as it stands: KEPT, or what is to be done. */
static bool is_kept(struct arena *arena, const struct reprint_order *order, struct reprint_sheet *sheet)
{
    const char *path = file_join(arena, order->folder, sheet->row.file);
    struct buffer bytes = {0};
    struct err ignored = {0};
    char hash[65] = "";
    if (!file_exists(path))
        return false;
    if (file_read(path, MOST_BYTES, &bytes, &ignored))
        file_sha256(bytes.data == NULL ? "" : bytes.data, bytes.size, hash);
    buffer_free(&bytes);
    sheet->altered = strcmp(hash, sheet->row.sha256) != 0;
    return !sheet->altered;
}

/* The file's path, in a folder that is there; NULL: it can't be made. */
static const char *place(struct arena *arena, const struct reprint_order *order, const char *file, struct err *err)
{
    const char *path = file_join(arena, order->folder, file);
    const char *parent = arena_copy_n(arena, path, (size_t)(strrchr(path, '/') - path));
    return file_keep_folder(parent, order->shop->school->group_readable, err) ? path : NULL;
}

static const char *kept_text(struct arena *arena, const char *text)
{
    return arena_copy(arena, text == NULL ? "" : text);
}

static struct made_with kept(struct arena *arena, const struct made_with *made)
{
    return (struct made_with){.program = kept_text(arena, made->program),
                              .layout = kept_text(arena, made->layout),
                              .fonts = kept_text(arena, made->fonts),
                              .settings = kept_text(arena, made->settings)};
}

static bool compare(struct arena *arena, struct again *again, struct reprint_sheet *sheet, struct err *err)
{
    struct made_with used = {0}, today = {0};
    if (!again_compare(again, &sheet->row, &used, &today, err))
        return false;
    sheet->used = kept(arena, &used);
    sheet->today = kept(arena, &today);
    return true;
}

static bool make_sheet(struct arena *arena, const struct reprint_order *order, struct again *again,
                       struct reprint_sheet *sheet, struct err *err)
{
    struct again_sheet made = {0};
    struct buffer bytes = {0};
    char hash[65] = "";
    if (!again_make(again, &sheet->row, &made, err))
        return false;
    if (made.pupil == NULL) {
        sheet->state = sheet->state == REPRINT_KEPT ? REPRINT_KEPT : REPRINT_REMOVED;
        return true;
    }
    bool ok = pages_bytes(order->shop, sheet->row.number, made.pack, &bytes, err);
    press_pack_free(made.pack);
    if (ok)
        file_sha256(bytes.data, bytes.size, hash);
    sheet->again = true;
    sheet->same = strcmp(hash, sheet->row.sha256) == 0;
    ok = ok && compare(arena, again, sheet, err);
    if (ok && sheet->state != REPRINT_KEPT) {
        sheet->state = sheet->same ? REPRINT_RESTORED : REPRINT_DIFFERS;
        sheet->file = sheet->same ? sheet->row.file
                                  : arena_format(arena, "reprint/%s.pdf", file_safe_name(arena, sheet->row.number));
        const char *path = place(arena, order, sheet->file, err);
        ok = path != NULL && file_write(path, bytes.data, bytes.size, order->shop->school->group_readable, err);
    }
    buffer_free(&bytes);
    again_forget(again);
    return ok;
}

/* Named from the sheets that are in it. */
static const char *bundle_name(struct arena *arena, const struct reprint_result *out)
{
    const struct sheet_row *first = out->printed[0], *last = out->printed[out->printed_count - 1];
    if (first != last)
        return arena_format(arena, "%s..%s", first->number, last->number);
    return first->copies <= 1 ? first->number : arena_format(arena, "%s, %d", first->number, (int)first->copies);
}

/* One sheet prints from its own file, several or copies of one from a file made for it, unless a sheet in it would be
 * other than its issued file. Those of pupils whose data were removed are in none. */
static bool bundle(struct arena *arena, const struct reprint_order *order, struct again *again,
                   struct reprint_result *out, bool single, struct err *err)
{
    out->printed = arena_alloc(arena, (order->count + 1) * sizeof *out->printed);
    for (size_t i = 0; i < order->count; i++) {
        const struct reprint_sheet *sheet = &out->sheets[i];
        out->apart = out->apart || (!single && sheet->state == REPRINT_KEPT && !sheet->same);
        if (sheet->file != NULL)
            out->printed[out->printed_count++] = order->rows[i];
    }
    if (out->printed_count == 0 || out->apart)
        return true;
    if (single) {
        out->print = out->sheets[0].file;
        return true;
    }
    struct file_writing *file = NULL;
    out->print = arena_format(arena, "reprint/%s.pdf", file_safe_name(arena, bundle_name(arena, out)));
    out->bundled = true;
    const char *path = place(arena, order, out->print, err);
    return path != NULL && file_begin(path, order->shop->school->group_readable, &file, err) &&
           file_end(file, again_bundle(again, out->printed[0]->period, out->printed, out->printed_count, file, err),
                    err);
}

bool reprint_make(struct arena *arena, const struct reprint_order *order, struct reprint_result *out, struct err *err)
{
    struct again *again = again_new(order->shop, order->store);
    *out = (struct reprint_result){.sheets = arena_alloc(arena, (order->count + 1) * sizeof *out->sheets)};
    bool ok = true, single = order->count == 1 && order->rows[0]->copies <= 1;
    for (size_t i = 0; ok && i < order->count; i++) {
        struct reprint_sheet *sheet = &out->sheets[i];
        *sheet = (struct reprint_sheet){.row = *order->rows[i], .state = REPRINT_RESTORED};
        if (is_kept(arena, order, sheet)) {
            sheet->state = REPRINT_KEPT;
            sheet->file = sheet->row.file;
        }
        if (sheet->state != REPRINT_KEPT || !single)
            ok = make_sheet(arena, order, again, sheet, err);
    }
    ok = ok && bundle(arena, order, again, out, single, err);
    again_free(again);
    const char *what = order->count == 1 ? arena_format(arena, "reprint: %s", order->rows[0]->number)
                                         : arena_format(arena, "reprint: %zu sheets, %s to %s", order->count,
                                                        order->rows[0]->number, order->rows[order->count - 1]->number);
    return ok && store_audit(order->store, order->stamp, order->account, what, err);
}
