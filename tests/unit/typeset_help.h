/* What the tests of typesetting share: faces and dictionary beside the test program, a layout, documents, and the rule
 * that nothing stands outside the margins or over another text. */
#ifndef PAPERDIARY_TESTS_TYPESET_HELP_H
#define PAPERDIARY_TESTS_TYPESET_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "typeset/metrics.h"
#include "typeset/set.h"

enum { BODY, BOLD, MARK, SMALL, HEAD, WIDE };

static const struct style help_styles[] = {
    {.name = "body", .face = FACE_SANS, .size = 9000, .leading = 11000},
    {.name = "bold", .face = FACE_SANS_BOLD, .size = 9000, .leading = 11000},
    {.name = "mark", .face = FACE_SERIF_BOLD, .size = 15000, .leading = 15000},
    {.name = "small", .face = FACE_NARROW, .size = 7000, .leading = 8000, .grey = 68},
    {.name = "head", .face = FACE_SERIF_BOLD, .size = 12000, .leading = 14000},
    {.name = "wide", .face = FACE_SANS, .size = 9000, .leading = 11000, .spacing = 900},
};

struct help {
    struct arena *arena, *out;
    struct metrics *metrics;
    struct hyphens *hyphens;
    struct standing *standing; /* NULL: none */
    struct layout layout;
    struct document document;
    struct doc_part parts[4];
    struct page *pages;
    size_t count;
    struct set_report report;
    struct err err;
};

static inline const char *help_path(const char *name)
{
    static char path[4400];
    ssize_t size = readlink("/proc/self/exe", path, 4096);
    assert_true(size > 0);
    path[size] = '\0';
    *strrchr(path, '/') = '\0';
    *strrchr(path, '/') = '\0';
    strcat(path, name);
    return path;
}

static inline int help_open(void **state)
{
    struct help *help = calloc(1, sizeof *help);
    assert_true(metrics_open(help_path("/fonts"), &help->metrics, &help->err));
    assert_true(hyphens_open(help_path("/hyphen/hyph_ru.dic"), &help->hyphens, &help->err));
    *state = help;
    return 0;
}

static inline int help_close(void **state)
{
    struct help *help = *state;
    metrics_free(help->metrics);
    hyphens_free(help->hyphens);
    free(help);
    return 0;
}

static inline int help_begin(void **state)
{
    struct help *help = *state;
    help->arena = arena_new();
    help->out = arena_new();
    help->layout = (struct layout){.name = "test",
                                   .page_width = 420000,
                                   .page_height = 595000,
                                   .margin_top = 30000,
                                   .margin_right = 30000,
                                   .margin_bottom = 30000,
                                   .margin_left = 50000,
                                   .largest_body = 9000,
                                   .styles = help_styles,
                                   .style_count = sizeof help_styles / sizeof *help_styles};
    help->document = (struct document){.layout = &help->layout, .title = "test", .parts = help->parts};
    memset(help->parts, 0, sizeof help->parts);
    help->err = (struct err){0};
    return 0;
}

static inline int help_end(void **state)
{
    struct help *help = *state;
    arena_free(help->arena);
    arena_free(help->out);
    return 0;
}

static inline bool help_try(struct help *help)
{
    struct set_tools tools = {.metrics = help->metrics, .hyphens = help->hyphens, .standing = help->standing};
    return set_document(help->out, &help->document, &tools, &help->pages, &help->count, &help->report, &help->err);
}

static inline void help_set(struct help *help)
{
    if (!help_try(help))
        fail_msg("%s", help->err.text);
}

static inline struct box *help_text(struct help *help, uint16_t style, const char *text)
{
    struct box *box = box_text(help->arena, ALIGN_LEFT);
    box_run(box, style, text);
    return box;
}

/* A document of one part with this body. */
static inline void help_body(struct help *help, struct box *body)
{
    help->parts[0] = (struct doc_part){.body = body};
    help->document.part_count = 1;
}

struct extent {
    int32_t left, top, right, bottom;
};

static inline struct extent help_extent(const struct help *help, const struct item *item)
{
    struct extent extent = {item->x, item->y, item->x + item->w, item->y + item->h};
    if (item->kind == ITEM_TEXT) {
        extent.top = item->y - (int32_t)((int64_t)metrics_cap_height(help->metrics, item->face) * item->size / 1000);
        extent.bottom = item->y;
    }
    for (size_t i = 0; item->kind == ITEM_POLYGON && i < item->point_count; i++) {
        int32_t x = item->points[2 * i], y = item->points[2 * i + 1];
        extent.left = i == 0 || x < extent.left ? x : extent.left;
        extent.right = i == 0 || x > extent.right ? x : extent.right;
        extent.top = i == 0 || y < extent.top ? y : extent.top;
        extent.bottom = i == 0 || y > extent.bottom ? y : extent.bottom;
    }
    return extent;
}

static inline bool help_overlap(struct extent a, struct extent b)
{
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

#define HELP_ROUNDING 5 /* thousandths of a point */

/* Nothing outside the margins, no text over another, every character in its face. */
static inline void assert_tidy(const struct help *help)
{
    const struct layout *layout = &help->layout;
    for (size_t p = 0; p < help->count; p++) {
        const struct page *page = &help->pages[p];
        for (size_t i = 0; i < page->item_count; i++) {
            const struct item *item = &page->items[i];
            if (item->turn != 0)
                continue;
            struct extent extent = help_extent(help, item);
            extent.right -= HELP_ROUNDING;
            extent.left += HELP_ROUNDING;
            if (extent.left < layout->margin_left || extent.right > layout->page_width - layout->margin_right ||
                extent.top < layout->margin_top || extent.bottom > layout->page_height - layout->margin_bottom)
                fail_msg("page %zu: item %zu (%s) stands outside: %d %d %d %d", p + 1, i, item->text ? item->text : "",
                         extent.left, extent.top, extent.right, extent.bottom);
            if (item->kind != ITEM_TEXT)
                continue;
            const char *at = item->text;
            for (uint32_t code; (code = text_next(&at)) != 0;)
                assert_true(metrics_covers(help->metrics, item->face, code));
            for (size_t j = i + 1; j < page->item_count && j < i + 400; j++)
                if (page->items[j].kind == ITEM_TEXT && page->items[j].turn == 0 &&
                    help_overlap(extent, help_extent(help, &page->items[j])))
                    fail_msg("page %zu: «%s» stands over «%s»", p + 1, item->text, page->items[j].text);
        }
    }
}

/* The texts of a page in the order of setting: a blank between those of one line, «|» between lines. */
static inline const char *help_texts(const struct help *help, size_t page)
{
    struct buffer out = {0};
    int32_t y = INT32_MIN;
    for (size_t i = 0; i < help->pages[page].item_count; i++) {
        const struct item *item = &help->pages[page].items[i];
        if (item->kind != ITEM_TEXT || item->turn != 0)
            continue;
        if (y != INT32_MIN)
            buffer_text(&out, abs(item->y - y) < 2500 ? " " : "|");
        buffer_text(&out, item->text);
        y = item->y;
    }
    const char *texts = arena_copy(help->out, out.data == NULL ? "" : out.data);
    buffer_free(&out);
    return texts;
}

/* The lines of one text in a width, «|» between them. */
static inline const char *help_break(struct help *help, struct box *box, int32_t width)
{
    help->layout.page_width = help->layout.margin_left + help->layout.margin_right + width;
    help->layout.page_height = 20000000;
    help_body(help, box);
    help_set(help);
    assert_int_equal(help->count, 1);
    assert_tidy(help);
    return help_texts(help, 0);
}

static inline const struct item *help_find(const struct help *help, size_t page, const char *text)
{
    for (size_t i = 0; i < help->pages[page].item_count; i++)
        if (help->pages[page].items[i].kind == ITEM_TEXT && strcmp(help->pages[page].items[i].text, text) == 0)
            return &help->pages[page].items[i];
    return NULL;
}

/* The page that the text stands on, from 1; 0: none. */
static inline size_t help_page_of(const struct help *help, const char *text)
{
    for (size_t p = 0; p < help->count; p++)
        if (help_find(help, p, text) != NULL)
            return p + 1;
    return 0;
}

#endif
