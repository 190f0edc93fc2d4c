/* The pages of an issued sheet: made again from the register, and proved to be those of the file that was printed. */
#ifndef PAPERDIARY_TESTS_STORY_PAGES_H
#define PAPERDIARY_TESTS_STORY_PAGES_H

#include "issue/again.h"
#include "issue/order.h"
#include "issue/pages.h"
#include "sheets/weekly.h"
#include "shop.h"
#include "story_import.h"

struct laid_out {
    struct page *pages;
    size_t count;
};

/* Each style of the weekly sheet gets a grey of its own: by it a printed word tells its style. */
static inline struct workshop story_shop(struct arena *arena)
{
    struct workshop shop = shop_open(arena);
    struct style *styles = arena_alloc(arena, shop.layout.style_count * sizeof *styles);
    for (size_t i = 0; i < shop.layout.style_count; i++) {
        styles[i] = shop.layout.styles[i];
        styles[i].grey = (int32_t)i;
    }
    shop.layout.styles = styles;
    shop.threads = 1;
    return shop;
}

/* The pages are those of the printed file where pressing them gives its hash. */
static inline void check_file(struct story *story, const struct sheet_row *row, const struct laid_out *laid)
{
    struct press_pack *pack = NULL;
    struct buffer bytes = {0};
    char hash[65];
    struct err err = {0};
    must(press_draw(story->shop->press, laid->pages, laid->count, &pack, &err) &&
             pages_bytes(story->shop, row->number, pack, &bytes, &err),
         &err);
    file_sha256(bytes.data, bytes.size, hash);
    assert_string_equal(hash, row->sha256);
    assert_int_equal(press_pack_count(pack), row->pages);
    press_pack_free(pack);
    buffer_clear(&bytes);
    const char *path = file_join(story->arena, file_join(story->arena, story->folder, "out"), row->file);
    must(file_read(path, 1 << 24, &bytes, &err), &err);
    file_sha256(bytes.data, bytes.size, hash);
    assert_string_equal(hash, row->sha256);
    buffer_free(&bytes);
}

static inline struct laid_out lay_out(struct story *story, const struct sheet_row *row, struct iso_week week)
{
    struct arena *arena = story->sheet_arena;
    const struct workshop *shop = story->shop;
    struct sheet_maker maker = weekly_maker(arena, shop, story->store, week);
    struct book book = {0};
    struct sheet_class class = {.arena = arena, .book = &book};
    struct piece piece = {.row = *row};
    struct sheet_label label = {0};
    struct document document = {0};
    struct set_report report = {0};
    struct set_tools tools = {.metrics = shop->metrics, .hyphens = shop->hyphens};
    struct laid_out laid = {0};
    struct err err = {0};
    must(again_load(story->again, arena, &maker, row->form, row->import, &book, &err), &err);
    while (book.pupils[piece.index].key != row->pupil)
        assert_true(++piece.index < book.pupil_count);
    piece.pupil = &book.pupils[piece.index];
    maker.open_class(maker.self, &class);
    must(maker.plan(maker.self, &class, row, false, &piece, &err) &&
             pages_label(story->store, arena, &piece, row->number, pages_day_of(row->stamp), &label, &err),
         &err);
    maker.compose(maker.self, &class, &piece, &label, &document);
    must(set_document(arena, &document, &tools, &laid.pages, &laid.count, &report, &err), &err);
    assert_int_equal(report.missing_count, 0);
    check_file(story, row, &laid);
    return laid;
}

#endif
