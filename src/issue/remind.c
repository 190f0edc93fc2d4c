#include "issue/remind.h"

#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "issue/shelf.h"
#include "press/press.h"
#include "typeset/set.h"

static bool print_class(const struct workshop *shop, struct shelf *shelf, const struct remind_class *class,
                        const struct remind_day *day, struct err *err)
{
    struct arena *arena = arena_new();
    struct document document = {0};
    struct set_report report = {0};
    struct set_tools tools = {.metrics = shop->metrics, .hyphens = shop->hyphens};
    struct page *pages = NULL;
    size_t count = 0;
    struct buffer bytes = {0};
    remind_compose(arena, class, day, shop->school, &shop->layout, &document);
    bool ok = set_document(arena, &document, &tools, &pages, &count, &report, err);
    if (ok) {
        struct press_job *job = press_begin(shop->press, document.title);
        for (size_t i = 0; i < count; i++)
            press_page(job, &pages[i]);
        ok = press_finish(job, &bytes, err) &&
             shelf_put(shelf, arena_format(arena, "%s.pdf", file_safe_name(arena, class->form)), bytes.data, bytes.size,
                       err);
    }
    buffer_free(&bytes);
    arena_free(arena);
    return ok;
}

bool remind_print(struct arena *arena, const struct workshop *shop, const char *folder, const struct remind_day *day,
                  struct remind_class *classes, size_t count, struct err *err)
{
    struct shelf *shelf = NULL;
    bool ok = shelf_open(folder, shop->school->group_readable, &shelf, err);
    for (size_t i = 0; ok && i < count; i++) {
        if (classes[i].slip_count == 0)
            continue;
        ok = print_class(shop, shelf, &classes[i], day, err);
        classes[i].file = arena_format(arena, "%s/%s.pdf", folder, file_safe_name(arena, classes[i].form));
    }
    ok = ok && shelf_sync(shelf, err) && shelf_place(shelf, err);
    if (ok)
        shelf_mended(shelf);
    shelf_free(shelf);
    return ok;
}
