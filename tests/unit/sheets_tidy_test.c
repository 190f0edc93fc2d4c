/* Weeks of every kind on paper of every kind: nothing outside the margins, nothing over anything else, nothing smaller
 * than 8 pt, no heading at the foot of a page, the slip with what it is of. Run from the checkout. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sheets_hard.h"
#include "sheets_setting.h"

#define MM_PT    2835
#define SMALLEST 8000
#define HEADING  10500 /* serif-bold: headings and marks */

static const struct paper {
    const char *name;
    int32_t width, height;
} papers[] = {{"A4", 210 * MM_PT, 297 * MM_PT},
              {"A5", 148 * MM_PT, 210 * MM_PT},
              {"A4 that lies", 297 * MM_PT, 210 * MM_PT},
              {"Letter", 612000, 792000}};

static const struct week {
    const char *name;
    void (*make)(struct fixture *, struct arena *);
} weeks[] = {{"design", week_design},   {"report", week_report},    {"small", week_small}, {"empty", week_empty},
             {"stuffed", week_stuffed}, {"first", week_first},      {"many", week_many},   {"short", week_short},
             {"strange", week_strange}, {"holidays", week_holidays}};

static const struct week *week_now;
static const struct paper *paper_now;

static void make_on_paper(struct fixture *f, struct arena *arena)
{
    week_now->make(f, arena);
    f->layout.page_width = paper_now->width;
    f->layout.page_height = paper_now->height;
}

struct extent {
    int32_t left, top, right, bottom;
};

static struct extent extent_of(const struct item *item)
{
    return (struct extent){item->x + 5, item->y - item->size * 62 / 100, item->x + item->w - 5, item->y};
}

static void check_item(const struct set_sheet *sheet, size_t page, size_t at)
{
    const struct layout *layout = &sheet->fixture.layout;
    const struct page *on = &sheet->pages[page];
    const struct item *item = &on->items[at];
    struct extent e = extent_of(item);
    if (e.left < layout->margin_left || e.right > layout->page_width - layout->margin_right ||
        e.top < layout->margin_top || e.bottom > layout->page_height - layout->margin_bottom)
        fail_msg("%s on %s: «%s» stands outside page %zu", week_now->name, paper_now->name, item->text, page + 1);
    bool framed = strcmp(item->text, "?") == 0;
    if (item->size < SMALLEST && !framed)
        fail_msg("%s on %s: «%s» is set in %d", week_now->name, paper_now->name, item->text, item->size);
    for (size_t i = at + 1; i < on->item_count; i++) {
        if (on->items[i].kind != ITEM_TEXT || on->items[i].turn != 0)
            continue;
        struct extent o = extent_of(&on->items[i]);
        if (e.left < o.right && o.left < e.right && e.top < o.bottom && o.top < e.bottom)
            fail_msg("%s on %s: page %zu, «%s» stands over «%s»", week_now->name, paper_now->name, page + 1, item->text,
                     on->items[i].text);
    }
}

/* What begins with the text, or NULL. */
static const struct item *find(const struct page *page, const char *text)
{
    for (size_t i = 0; i < page->item_count; i++)
        if (page->items[i].kind == ITEM_TEXT && strncmp(page->items[i].text, text, strlen(text)) == 0)
            return &page->items[i];
    return NULL;
}

/* In its column something stands below each heading, and above the slip. */
static void check_headings(const struct page *page)
{
    static const char *const headings[] = {"Изменилось после", "Триместр до", "Замечания учителей", "Объявления",
                                           "Посещаемость",     "Портфолио",   "Каникулы и даты",    "Следующая неделя"};
    const struct item *slip = find(page, "Отрывной талон.");
    slip = slip != NULL ? slip : find(page, "Вопрос или сообщение");
    for (size_t i = 0; i < COUNT(headings); i++) {
        const struct item *heading = find(page, headings[i]);
        if (heading == NULL || heading->size < HEADING || heading->face != FACE_SERIF_BOLD)
            continue;
        bool followed = false;
        for (size_t k = 0; k < page->item_count; k++) {
            const struct item *item = &page->items[k];
            followed = followed || (item->kind == ITEM_TEXT && item->turn == 0 && item->y > heading->y &&
                                    item->y < heading->y + 60000 && item->x < heading->x + heading->w + 60000 &&
                                    (slip == NULL || item->y < slip->y - 1000));
        }
        if (!followed)
            fail_msg("%s on %s: «%s» stands alone at the foot", week_now->name, paper_now->name, headings[i]);
    }
}

static void test_tidy(void **state)
{
    (void)state;
    for (size_t w = 0; w < COUNT(weeks); w++) {
        for (size_t p = 0; p < COUNT(papers); p++) {
            struct set_sheet sheet;
            week_now = &weeks[w];
            paper_now = &papers[p];
            set_sheet(&sheet, make_on_paper);
            for (size_t page = 0; page < sheet.page_count; page++) {
                const struct page *on = &sheet.pages[page];
                size_t texts = 0;
                for (size_t i = 0; i < on->item_count; i++)
                    if (on->items[i].kind == ITEM_TEXT && on->items[i].turn == 0) {
                        check_item(&sheet, page, i);
                        texts++;
                    }
                check_headings(on);
                assert_true(texts > 8);
            }
            assert_non_null(find(&sheet.pages[0], "Отрывной талон."));
            unset_sheet(&sheet);
        }
    }
}

/* A sheet of paper, not two: what fits two pages stands on two. */
static void test_two_pages(void **state)
{
    (void)state;
    static const char *const longer[] = {"stuffed", "strange"};
    paper_now = &papers[0];
    for (size_t w = 0; w < COUNT(weeks); w++) {
        struct set_sheet sheet;
        week_now = &weeks[w];
        if (strcmp(week_now->name, longer[0]) == 0 || strcmp(week_now->name, longer[1]) == 0)
            continue;
        set_sheet(&sheet, make_on_paper);
        if (sheet.page_count > 2)
            fail_msg("%s needs %zu pages", week_now->name, sheet.page_count);
        unset_sheet(&sheet);
    }
}

/* A character that no face has is replaced in sight, and told. */
static void test_strange_character(void **state)
{
    (void)state;
    struct set_sheet sheet;
    set_sheet(&sheet, week_strange);
    assert_true(sheet.report.missing_count > 0);
    assert_non_null(find(&sheet.pages[0], "?"));
    unset_sheet(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_tidy), cmocka_unit_test(test_two_pages),
                                       cmocka_unit_test(test_strange_character)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
