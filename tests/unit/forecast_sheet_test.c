/* регламент 2.7: the forecast as a sheet of its own, with its charts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "sheets/compose.h"
#include "sheets/forecast.h"
#include "sheets_golden.h"
#include "sheets_weeks.h"

/* The design's week, with means and chances that moved. */
static void make_sheet(struct fixture *f, struct arena *arena, struct forecast_sheet *out)
{
    week_design(f, arena);
    struct diag *diag = diag_new();
    struct err err = {0};
    if (!layout_load(arena, NULL, "layouts", "forecast", &f->layout, diag, &err))
        fail_msg("%s", err.text);
    diag_free(diag);
    f->label.number = NULL;
    *out = (struct forecast_sheet){.week = f->week, .weeks = 14, .passed = 12, .any = true};
    const struct trail_point **trails = arena_alloc(arena, f->week.subject_count * sizeof *trails);
    for (size_t i = 0; i < f->week.subject_count; i++) {
        const struct subject_line *line = &f->week.subjects[i];
        struct trail_point *points = arena_alloc(arena, 12 * sizeof *points);
        for (int32_t week = 0; week < 12; week++) {
            points[week] = (struct trail_point){-1, line->outlook};
            points[week].outlook.said.low = week > 1 ? line->outlook.said.low : 0;
            if (week > 1)
                points[week].mean = line->mean - (11 - week) * (int32_t)(3 + i) * (week % 3 - 1);
        }
        trails[i] = points;
    }
    out->trails = trails;
}

static struct set_sheet *set_forecast(struct arena *arena)
{
    struct set_sheet *sheet = arena_alloc(arena, sizeof *sheet);
    struct forecast_sheet *content = arena_alloc(arena, sizeof *content);
    struct fixture *f = &sheet->fixture;
    make_sheet(f, arena, content);
    forecast_compose(arena, content, &f->school, &f->layout, &f->label, &sheet->document);
    set_document_of(sheet);
    return sheet;
}

static void test_trace(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct set_sheet *sheet = set_forecast(arena);
    check_golden(sheet, "forecast-design");
    arena_free(arena);
}

static bool says(const struct set_sheet *sheet, const char *part)
{
    for (size_t p = 0; p < sheet->page_count; p++)
        for (size_t i = 0; i < sheet->pages[p].item_count; i++)
            if (sheet->pages[p].items[i].kind == ITEM_TEXT && strstr(sheet->pages[p].items[i].text, part) != NULL)
                return true;
    return false;
}

static void test_words(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct set_sheet *sheet = set_forecast(arena);
    assert_int_equal(sheet->page_count, 1);
    assert_int_equal(sheet->report.missing_count, 0);
    assert_null(sheet->document.watermark);
    assert_true(says(sheet, "Прогноз"));
    assert_true(says(sheet, "«4»" TEXT_NBSP "– 9" TEXT_NBSP "из" TEXT_NBSP "10"));
    assert_true(says(sheet, "более"));
    assert_false(says(sheet, "10" TEXT_NBSP "из" TEXT_NBSP "10"));
    assert_false(says(sheet, " 0" TEXT_NBSP "из"));
    assert_true(says(sheet, "4,60"));
    assert_true(says(sheet, "Пока"));
    arena_free(arena);
}

/* Every word of a sheet's own is in its layout, and nothing of it in a school's is unknown. */
static void test_layout(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct fixture f;
    struct forecast_sheet sheet;
    make_sheet(&f, arena, &sheet);
    static const char *const keys[] = {"head.title",    "head.term",   "column.means", "column.chances", "chance.most",
                                       "chance.tenths", "chance.rest", "note.how",     "note.silent",    "foot.left"};
    for (size_t i = 0; i < COUNT(keys); i++)
        assert_string_not_equal(layout_word(&f.layout, keys[i]), "");
    struct composer composer = {.arena = arena, .layout = &f.layout};
    compose_start(&composer);
    static const enum sheet_style styles[] = {STYLE_EYEBROW,  STYLE_TITLE,       STYLE_WHO,  STYLE_HEAD, STYLE_SUBJECT,
                                              STYLE_SMALL,    STYLE_ADVICE,      STYLE_NOTE, STYLE_FOOT, STYLE_COLUMN,
                                              STYLE_FORECAST, STYLE_FORECAST_OR, STYLE_GRID};
    for (size_t i = 0; i < COUNT(styles); i++)
        assert_int_not_equal(composer.style[styles[i]], 0);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_trace), cmocka_unit_test(test_words),
                                       cmocka_unit_test(test_layout)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
