#include "issue/pages.h"

#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/stopwatch.h"
#include "issue/batch.h"
#include "press/press.h"
#include "sheets/weekly.h"
#include "typeset/set.h"

int32_t pages_day_of(const char *stamp)
{
    char text[DATE_TEXT] = "";
    int32_t day = DATE_NONE;
    strncpy(text, stamp, sizeof text - 1);
    return date_parse(text, &day) ? day : DATE_NONE;
}

bool pages_make(const struct workshop *shop, struct store *store, const struct sheet_maker *maker,
                const struct sheet_class *class, struct piece *piece, const char *number, int32_t made,
                struct set_report *report, struct err *err)
{
    struct document document = {0};
    struct import_info info = {0};
    if (!store_import_info(store, class->arena, piece->row.import, &info, err) && err->code != ERR_NONE)
        return false;
    struct sheet_label label = {.number = number,
                                .made = made,
                                .import = piece->row.import,
                                .import_day = info.stamp == NULL ? made : pages_day_of(info.stamp)};
    maker->compose(maker->self, class, piece, &label, &document);
    struct set_tools tools = {.metrics = shop->metrics, .hyphens = shop->hyphens};
    struct page *pages = NULL;
    bool ok = set_document(class->arena, &document, &tools, &pages, &piece->page_count, report, err);
    piece->pages = pages;
    return ok;
}

void pages_press(struct press_job *job, const struct page *pages, size_t count, bool backs)
{
    enum stage before = stopwatch_enter(STAGE_PRESS);
    for (size_t i = 0; i < count; i++)
        press_page(job, &pages[i]);
    if (backs && count % 2 == 1)
        press_blank(job, &pages[0]);
    stopwatch_enter(before);
}

bool pages_bytes(const struct workshop *shop, const char *title, const struct page *pages, size_t count,
                 struct buffer *out, struct err *err)
{
    enum stage before = stopwatch_enter(STAGE_PRESS);
    struct press_job *job = press_begin(shop->press, title);
    pages_press(job, pages, count, false);
    bool ok = press_finish(job, out, err);
    stopwatch_enter(before);
    return ok;
}
