#include "issue/handout.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "issue/again.h"
#include "issue/batch.h"
#include "issue/order.h"
#include "press/press.h"
#include "sheets/envelope.h"
#include "sheets/register.h"
#include "typeset/set.h"

/* Sets and draws the document, and adds it; *count is of its pages. */
static bool add_document(struct arena *arena, const struct workshop *shop, const struct document *document,
                         struct press_job *job, struct page **pages, size_t *count, struct err *err)
{
    struct set_report report = {0};
    struct set_tools tools = {.metrics = shop->metrics, .hyphens = shop->hyphens};
    struct press_pack *pack = NULL;
    if (!set_document(arena, document, &tools, pages, count, &report, err) ||
        !press_draw(shop->press, *pages, *count, &pack, err))
        return false;
    press_add(job, pack, true);
    press_pack_free(pack);
    return true;
}

bool handout_class(const struct workshop *shop, const struct sheet_row *rows, size_t count, struct press_job *job,
                   struct err *err)
{
    struct arena *arena = arena_new();
    const struct sheet_row **sorted = arena_alloc(arena, count * sizeof *sorted);
    struct sheet_row *listed = arena_alloc(arena, count * sizeof *listed);
    order_sort(rows, count, sorted);
    for (size_t i = 0; i < count; i++)
        listed[i] = *sorted[i];
    struct document document = {0};
    struct page *pages = NULL;
    size_t page_count = 0;
    register_compose(arena, shop->school, &shop->register_layout, listed, count,
                     order_span_of(shop->school, arena, rows[0].period), &document);
    press_bookmark(job, 0, rows[0].form);
    bool ok = add_document(arena, shop, &document, job, &pages, &page_count, err);
    arena_free(arena);
    return ok;
}

bool handout_register(const struct workshop *shop, const struct sheet_row *rows, size_t count, struct file_writing *out,
                      struct err *err)
{
    struct press_job *job = press_begin(shop->press, count == 0 ? "" : rows[0].period);
    press_into(job, out);
    for (size_t from = 0, to = 0; from < count; from = to) {
        while (to < count && strcmp(rows[to].form, rows[from].form) == 0)
            to++;
        if (!handout_class(shop, &rows[from], to - from, job, err)) {
            press_drop(job);
            return false;
        }
    }
    return press_finish(job, NULL, err);
}

/* --- envelopes -------------------------------------------------------------------------------------------------- */

static const struct pupil *pupil_of(const struct pupil *pupils, size_t count, int32_t key)
{
    for (size_t i = 0; i < count; i++)
        if (pupils[i].key == key)
            return &pupils[i];
    return NULL;
}

/* A row that goes by post. */
struct posted {
    size_t row, first; /* its place; that of the first row of its envelope */
    const struct pupil *pupil;
    const char *family;
};

/* One recipient at one address; without a recipient each child has an envelope of its own. */
static const char *family_of(struct arena *arena, const struct pupil *pupil)
{
    if (pupil->recipient[0] == '\0')
        return arena_format(arena, "%d", (int)pupil->key);
    return arena_format(arena, "%s\n%s", text_fold(arena, pupil->recipient), text_fold(arena, pupil->address));
}

static int compare_families(const void *a, const void *b)
{
    const struct posted *x = a, *y = b;
    int order = strcmp(x->family, y->family);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static int compare_envelopes(const void *a, const void *b)
{
    const struct posted *x = a, *y = b;
    int order = (x->first > y->first) - (x->first < y->first);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

/* In order of the envelopes, which is that of their first rows; families of an envelope are one pupil, its first. */
static void sort_by_envelope(struct posted *posted, size_t count)
{
    if (count < 2)
        return;
    qsort(posted, count, sizeof *posted, compare_families);
    for (size_t i = 0; i < count; i++) {
        bool same = i > 0 && strcmp(posted[i].family, posted[i - 1].family) == 0;
        posted[i].first = same ? posted[i - 1].first : posted[i].row;
        posted[i].pupil = same ? posted[i - 1].pupil : posted[i].pupil;
    }
    qsort(posted, count, sizeof *posted, compare_envelopes);
}

static void warn(struct arena *arena, struct handout *handout, const char *form, const char *text)
{
    struct handout_warning *warnings = arena_alloc(arena, (handout->warning_count + 1) * sizeof *warnings);
    if (handout->warning_count > 0)
        memcpy(warnings, handout->warnings, handout->warning_count * sizeof *warnings);
    warnings[handout->warning_count++] = (struct handout_warning){arena_copy(arena, form), text};
    handout->warnings = warnings;
}

/* The pupil of a row that can go by post, or NULL. */
static const struct pupil *can_be_posted(struct arena *arena, const struct sheet_row *row, const struct pupil *pupils,
                                         size_t count, struct handout *out)
{
    const struct pupil *pupil = strcmp(row->delivery, "post") == 0 ? pupil_of(pupils, count, row->pupil) : NULL;
    if (pupil == NULL || pupil->address[0] != '\0')
        return pupil;
    warn(arena, out, row->form,
         arena_format(arena,
                      _("pupil %s gets sheets by post, but has no address; sheet %s is not in post.pdf "
                        "(opt-out with --address gives one)"),
                      row->code, row->number));
    return NULL;
}

bool handout_part(struct arena *arena, struct store *store, const struct sheet_row *const *rows, size_t count,
                  struct handout *out, struct err *err)
{
    struct pupil *pupils = NULL;
    size_t pupil_count = 0, posted_count = 0;
    bool any = false;
    *out = (struct handout){0};
    for (size_t i = 0; i < count; i++)
        any = any || strcmp(rows[i]->delivery, "post") == 0;
    if (any && !store_pupils(store, arena, NULL, &pupils, &pupil_count, err))
        return false;
    struct posted *posted = mem_alloc((count + 1) * sizeof *posted);
    const struct sheet_row **parted = arena_alloc(arena, (count + 1) * sizeof *parted);
    for (size_t i = 0; i < count; i++) {
        const struct pupil *pupil = can_be_posted(arena, rows[i], pupils, pupil_count, out);
        if (pupil == NULL)
            parted[out->by_hand_count++] = rows[i];
        else
            posted[posted_count++] =
                (struct posted){.row = i, .first = i, .pupil = pupil, .family = family_of(arena, pupil)};
    }
    sort_by_envelope(posted, posted_count);
    out->by_hand = parted;
    out->by_post = parted + out->by_hand_count;
    const struct pupil **families = arena_alloc(arena, (posted_count + 1) * sizeof *families);
    for (size_t i = 0; i < posted_count; i++) {
        parted[out->by_hand_count + i] = rows[posted[i].row];
        families[i] = posted[i].pupil;
    }
    out->by_post_count = posted_count;
    out->families = families;
    mem_free(posted);
    return true;
}

/* The address page, and an empty back. */
static bool press_address(struct arena *arena, const struct workshop *shop, struct handout *handout, size_t from,
                          size_t to, struct press_job *job, struct err *err)
{
    const struct pupil *pupil = handout->families[from];
    struct arena *own = arena_new();
    struct document document = {0};
    struct page *pages = NULL;
    size_t count = 0;
    struct sheet_row *rows = arena_alloc(own, (to - from) * sizeof *rows);
    for (size_t i = from; i < to; i++)
        rows[i - from] = *handout->by_post[i];
    envelope_compose(own, shop->school, &shop->envelope_layout, pupil, rows, to - from, &document);
    bool ok = add_document(own, shop, &document, job, &pages, &count, err);
    if (ok && !envelope_fits(&shop->envelope_layout, pages, count))
        warn(arena, handout, pupil->form,
             arena_format(arena,
                          _("the address of pupil %s is too long for the envelope's window; shorten it, or change "
                            "layouts/envelope.ini"),
                          pupil->code));
    arena_free(own);
    return ok;
}

static bool press_envelope(struct arena *arena, struct again *again, const struct workshop *shop,
                           struct handout *handout, size_t from, size_t to, struct press_job *job, struct err *err)
{
    press_bookmark(job, 0, handout->families[from]->name);
    if (!press_address(arena, shop, handout, from, to, job, err))
        return false;
    for (size_t i = from; i < to; i++) {
        struct again_sheet sheet = {0};
        if (!again_make(again, handout->by_post[i], &sheet, err))
            return false;
        for (int32_t copy = 0; sheet.pupil != NULL && (copy < handout->by_post[i]->copies || copy == 0); copy++)
            press_add(job, sheet.pack, true);
        press_pack_free(sheet.pack);
        again_forget(again);
    }
    return true;
}

bool handout_post(struct arena *arena, struct again *again, const struct workshop *shop, const char *title,
                  struct handout *handout, struct file_writing *out, struct err *err)
{
    struct press_job *job = press_begin(shop->press, title);
    press_into(job, out);
    for (size_t from = 0, to = 0; from < handout->by_post_count; from = to) {
        while (to < handout->by_post_count && handout->families[to] == handout->families[from])
            to++;
        if (!press_envelope(arena, again, shop, handout, from, to, job, err)) {
            press_drop(job);
            return false;
        }
    }
    return press_finish(job, NULL, err);
}
