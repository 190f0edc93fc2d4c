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

bool pages_label(struct store *store, struct arena *arena, const struct piece *piece, const char *number, int32_t made,
                 struct sheet_label *out, struct err *err)
{
    struct import_info info = {0};
    if (!store_import_info(store, arena, piece->row.import, &info, err) && err->code != ERR_NONE)
        return false;
    *out = (struct sheet_label){.number = number,
                                .made = made,
                                .import = piece->row.import,
                                .import_day = info.stamp == NULL ? made : pages_day_of(info.stamp)};
    return true;
}

bool pages_make(const struct workshop *shop, const struct sheet_maker *maker, const struct sheet_class *class,
                struct piece *piece, const struct sheet_label *label, struct set_report *report,
                struct press_pack **out, struct err *err)
{
    struct document document = {0};
    struct set_tools tools = {.metrics = shop->metrics, .hyphens = shop->hyphens, .standing = shop->standing};
    struct page *pages = NULL;
    size_t count = 0;
    maker->compose(maker->self, class, piece, label, &document);
    if (!set_document(class->arena, &document, &tools, &pages, &count, report, err))
        return false;
    enum stage before = stopwatch_enter(STAGE_PRESS);
    bool ok = press_draw(shop->press, pages, count, out, err);
    stopwatch_enter(before);
    return ok;
}

bool pages_bytes(const struct workshop *shop, const char *title, const struct press_pack *pack, struct buffer *out,
                 struct err *err)
{
    enum stage before = stopwatch_enter(STAGE_PRESS);
    struct press_job *job = press_begin(shop->press, title);
    press_add(job, pack, false);
    bool ok = press_finish(job, out, err);
    stopwatch_enter(before);
    return ok;
}
