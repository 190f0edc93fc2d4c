/* A sheet that is set against its trace in tests/golden/. */
#ifndef PAPERDIARY_TESTS_SHEETS_GOLDEN_H
#define PAPERDIARY_TESTS_SHEETS_GOLDEN_H

#include "base/file.h"
#include "press/press.h"
#include "sheets_setting.h"

/* UPDATE_GOLDEN=1 writes the trace anew. Run from the checkout. */
static inline void check_golden(const struct set_sheet *sheet, const char *name)
{
    struct buffer trace = {0}, golden = {0};
    struct err err = {0};
    press_trace(sheet->pages, sheet->page_count, &trace);
    const char *path = arena_format(sheet->fixture.arena, "tests/golden/%s.trace", name);
    if (getenv("UPDATE_GOLDEN") != NULL && !file_write(path, trace.data, trace.size, false, &err))
        fail_msg("%s", err.text);
    if (!file_read(path, 1 << 24, &golden, &err))
        fail_msg("%s", err.text);
    size_t at = 0, line = 1;
    for (; at < trace.size && at < golden.size && trace.data[at] == golden.data[at]; at++)
        line += trace.data[at] == '\n' ? 1 : 0;
    if (trace.size != golden.size || at < trace.size)
        fail_msg("%s differs from line %zu on; UPDATE_GOLDEN=1 writes it anew, look at the difference", path, line);
    buffer_free(&trace);
    buffer_free(&golden);
}

#endif
