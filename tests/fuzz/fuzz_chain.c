/* The whole way: any bytes as one or two exports (a NUL stands between them), into a store, and all sheets of the last
 * week with lessons, to the bytes of their PDFs. Corpus: tests/data/intake. */
#include "fuzz_settings.h"

#include <unistd.h>

#include "base/date.h"
#include "base/place.h"
#include "intake/intake.h"
#include "issue/pages.h"
#include "issue/weekly.h"
#include "press/press.h"
#include "settings/school.h"
#include "sheets/weekly.h"
#include "store/store.h"
#include "typeset/metrics.h"
#include "typeset/set.h"

static struct workshop shop;
static struct school school;

static void must(bool ok)
{
    if (!ok)
        abort();
}

/* Once: layouts beside the checkout, faces and hyphens beside this program's folder. */
static void open_shop(void)
{
    static struct arena *arena;
    struct err err = {0};
    if (arena != NULL)
        return;
    arena = arena_new();
    struct diag *diag = diag_new();
    struct places places = places_find(arena);
    char *built = arena_copy(arena, places.fonts); /* …/fuzz/fonts */
    for (int up = 0; up < 2; up++)
        *strrchr(built, '/') = '\0';
    must(layout_load(arena, NULL, places.layouts, "weekly", &shop.layout, diag, &err) &&
         metrics_open(arena_format(arena, "%s/fonts", built), &shop.metrics, &err) &&
         hyphens_open(arena_format(arena, "%s/hyphen/hyph_ru.dic", built), &shop.hyphens, &err) &&
         press_open(shop.metrics, &shop.press, &err));
    diag_free(diag);
    school_defaults(arena, &school);
    shop.school = &school;
    shop.standing = standing_new();
}

static void take(struct arena *arena, struct store *store, const uint8_t *data, size_t size, int32_t today)
{
    struct profile profile = profile_default();
    struct export export = {0};
    struct import_order order = {.stamp = "2026-11-21 10:00:00", .account = "fuzz", .accept_withdrawals = true};
    struct import_result result = {0};
    struct diag *diag = diag_new();
    struct err err = {0};
    bool ok =
        intake_read_bytes(arena, "fuzz.csv", (const char *)data, size, &school, &profile, today, &export, diag, &err) &&
        store_import(store, &export, &school, &order, &result, diag, &err);
    must(ok || (err.code == ERR_INPUT && diag_count(diag, DIAG_ERROR) > 0));
    diag_free(diag);
}

/* All sheets of the class as PDFs, on paper or not. */
static void print_class(const struct sheet_maker *maker, struct store *store, const char *form, int32_t today)
{
    struct book book = {0};
    struct sheet_class class = {.arena = arena_new(), .book = &book};
    struct err err = {0};
    must(store_load_book(store, class.arena, form, maker->from, &book, &err));
    maker->open_class(maker->self, &class);
    for (size_t i = 0; i < book.pupil_count; i++) {
        struct piece piece = {.pupil = &book.pupils[i], .index = i, .fresh = true};
        struct set_report report = {0};
        struct sheet_label label = {0};
        struct buffer bytes = {0};
        piece.row = (struct sheet_row){.pupil = piece.pupil->key, .form = form, .delivery = "hand"};
        must(maker->plan(maker->self, &class, NULL, true, &piece, &err));
        if (!piece.fresh)
            continue;
        must(pages_label(store, class.arena, &piece, "2026-W47-01", today, &label, &err));
        must(pages_make(&shop, maker, &class, &piece, &label, &report, &piece.pack, &err));
        must(press_pack_count(piece.pack) > 0 && pages_bytes(&shop, "fuzz", piece.pack, &bytes, &err));
        press_pack_free(piece.pack);
        buffer_free(&bytes);
    }
    arena_free(class.arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const int32_t today = date_from_civil(2026, 11, 21);
    const uint8_t *gap = size == 0 ? NULL : memchr(data, '\0', size);
    size_t first = gap == NULL ? size : (size_t)(gap - data);
    const char **classes = NULL;
    size_t count = 0;
    int32_t day = DATE_NONE;
    struct err err = {0};
    struct store *store = NULL;
    struct arena *arena = arena_new();
    open_shop();
    const char *path = arena_format(arena, "%s/fuzz.db", fuzz_folder());
    must(store_create(path, false, &err) && store_open(path, &store, &err));
    take(arena, store, data, first, today);
    if (gap != NULL)
        take(arena, store, gap + 1, size - first - 1, today);
    must(store_last_lesson(store, today, &day, &err) && store_classes(store, arena, &classes, &count, &err));
    if (day != DATE_NONE) {
        struct sheet_maker maker = weekly_maker(arena, &shop, store, date_iso_week(day));
        for (size_t i = 0; i < count; i++)
            print_class(&maker, store, classes[i], today);
    }
    must(store_close(store, &err) && unlink(path) == 0);
    arena_free(arena);
    return 0;
}
