/* A fixture composed and set, with the faces and the hyphens that the build made. */
#ifndef PAPERDIARY_TESTS_SHEETS_SETTING_H
#define PAPERDIARY_TESTS_SHEETS_SETTING_H

#include <unistd.h>

#include "base/file.h"
#include "sheets_fixtures.h"
#include "typeset/metrics.h"
#include "typeset/set.h"

struct set_sheet {
    struct fixture fixture;
    struct document document;
    struct page *pages;
    size_t page_count;
    struct set_report report;
};

/* `name` below the build folder: the test stands in its tests/. */
static inline const char *built(struct arena *arena, const char *name)
{
    char path[4096] = "";
    ssize_t size = readlink("/proc/self/exe", path, sizeof path - 1);
    for (int up = 0; up < 2 && size > 0; up++)
        *strrchr(path, '/') = '\0';
    return file_join(arena, path, name);
}

/* Sets sheet->document. */
static inline void set_document_of(struct set_sheet *sheet)
{
    struct arena *arena = sheet->fixture.arena;
    struct metrics *metrics = NULL;
    struct hyphens *hyphens = NULL;
    struct err err = {0};
    if (!metrics_open(built(arena, "fonts"), &metrics, &err) ||
        !hyphens_open(built(arena, "hyphen/hyph_ru.dic"), &hyphens, &err))
        fail_msg("%s", err.text);
    struct set_tools tools = {.metrics = metrics, .hyphens = hyphens};
    if (!set_document(arena, &sheet->document, &tools, &sheet->pages, &sheet->page_count, &sheet->report, &err))
        fail_msg("%s", err.text);
    hyphens_free(hyphens);
    metrics_free(metrics);
}

static inline void set_sheet(struct set_sheet *sheet, void (*make)(struct fixture *, struct arena *))
{
    *sheet = (struct set_sheet){0};
    struct arena *arena = arena_new();
    make(&sheet->fixture, arena);
    struct fixture *fixture = &sheet->fixture;
    weekly_compose(arena, &fixture->week, &fixture->school, &fixture->layout, &fixture->label, &sheet->document);
    set_document_of(sheet);
}

static inline void unset_sheet(struct set_sheet *sheet)
{
    arena_free(sheet->fixture.arena);
}

#endif
