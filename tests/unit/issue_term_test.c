/* What is due of the term sheets after finals have come: issue/term.h and store/term.h. */
#include "base/file.h"
#include "issue/term.h"
#include "press/press.h"
#include "store/term.h"
#include "store_school.h"
#include "typeset/metrics.h"
#include "typeset/set.h"

struct office {
    struct desk desk;
    struct school school;
    struct workshop shop;
    struct batch_order order;
};

static const char *built(struct arena *arena, const char *name)
{
    char path[4096] = "";
    ssize_t size = readlink("/proc/self/exe", path, sizeof path - 1);
    for (int up = 0; up < 2 && size > 0; up++)
        *strrchr(path, '/') = '\0';
    return file_join(arena, path, name);
}

static void open_shop(struct office *office)
{
    struct desk *desk = &office->desk;
    struct diag *diag = diag_new();
    struct workshop *shop = &office->shop;
    shop->school = &office->school;
    shop->layout_folder = "layouts";
    shop->standing = standing_new();
    if (!layout_load(desk->arena, NULL, "layouts", "term", &shop->layout, diag, &desk->err) ||
        !layout_load(desk->arena, NULL, "layouts", "register", &shop->register_layout, diag, &desk->err) ||
        !layout_load(desk->arena, NULL, "layouts", "envelope", &shop->envelope_layout, diag, &desk->err) ||
        !metrics_open(built(desk->arena, "fonts"), &shop->metrics, &desk->err) ||
        !hyphens_open(built(desk->arena, "hyphen/hyph_ru.dic"), &shop->hyphens, &desk->err) ||
        !press_open(shop->metrics, &shop->press, &desk->err))
        fail_msg("%s", desk->err.text);
    diag_free(diag);
}

/* 1 and 2 of 3А are on paper, 3 is not; 4 of 1А, a class without marks, is. */
static int start(void **state)
{
    struct office *office = mem_alloc(sizeof *office);
    struct desk *desk = &office->desk;
    desk_open(desk);
    school_defaults(desk->arena, &office->school);
    open_shop(office);
    office->order = (struct batch_order){.store = desk->store,
                                         .folder = file_join(desk->arena, desk->folder, "out"),
                                         .today = day("2026-11-27"),
                                         .stamp = "2026-11-27 10:00:00",
                                         .account = "tester"};
    struct sheaf sheaf = sheaf_new(desk, EXPORT_PUPILS);
    add_pupil(&sheaf, "1", "Азарова Анна", "3А")->paper_from = day("2026-09-01");
    add_pupil(&sheaf, "2", "Белов Борис", "3А")->paper_from = day("2026-09-01");
    add_pupil(&sheaf, "3", "Белова Вера", "3А");
    add_pupil(&sheaf, "4", "Есев Макар", "1А")->paper_from = day("2026-09-01");
    desk_import(desk, &sheaf);
    *state = office;
    return 0;
}

static int finish(void **state)
{
    struct office *office = *state;
    standing_free(office->shop.standing);
    press_free(office->shop.press);
    hyphens_free(office->shop.hyphens);
    metrics_free(office->shop.metrics);
    desk_close(&office->desk);
    mem_free(office);
    return 0;
}

static void add_final(struct sheaf *sheaf, const char *code, int32_t period, const char *mark)
{
    struct final_row *row = SHEAF_ROW(sheaf, finals);
    *row = (struct final_row){.code = code,
                              .name = "",
                              .form = "",
                              .subject = "Математика",
                              .period = period,
                              .mark = mark,
                              .decided = DATE_NONE,
                              .year = 2026,
                              .line = (int32_t)sheaf->export.count + 1};
}

static void take_finals(struct office *office, int32_t period, const char *first, const char *second)
{
    struct sheaf sheaf = sheaf_new(&office->desk, EXPORT_FINALS);
    add_final(&sheaf, "1", period, first);
    if (second != NULL)
        add_final(&sheaf, "2", period, second);
    add_final(&sheaf, "3", period, "4");
    desk_import(&office->desk, &sheaf);
}

static struct term_due issue(struct office *office)
{
    struct term_due due;
    struct desk *desk = &office->desk;
    if (!term_issue_due(desk->arena, &office->shop, &office->order, &due, &desk->err))
        fail_msg("%s", desk->err.text);
    return due;
}

static void nothing_is_due_without_finals(void **state)
{
    struct term_due due = issue(*state);
    assert_int_equal(due.issued + due.waiting + due.period_count, 0);
}

/* Регламент 2.8 */
static void finals_that_arrived_are_issued_once(void **state)
{
    struct office *office = *state;
    take_finals(office, 1, "4", NULL);
    struct term_due due = issue(office);
    assert_int_equal(due.issued, 1);
    assert_int_equal(due.waiting, 1);
    assert_string_equal(due.periods[0].period, "2026-T1");
    assert_int_equal(issue(office).issued, 0);
    take_finals(office, 1, "4", "5");
    due = issue(office);
    assert_int_equal(due.issued, 1);
    assert_int_equal(due.waiting, 0);
}

static void a_class_without_marks_gets_its_sheet_when_the_term_is_over(void **state)
{
    struct office *office = *state;
    take_finals(office, 1, "4", "4");
    assert_int_equal(issue(office).issued, 2);
    office->order.today = day("2026-12-01");
    assert_int_equal(issue(office).issued, 1);
    assert_int_equal(issue(office).issued, 0);
}

static void a_year_sheet_tells_of_the_terms_too(void **state)
{
    struct office *office = *state;
    take_finals(office, 1, "4", "4");
    take_finals(office, 3, "4", "4");
    take_finals(office, FINAL_YEAR, "4", "4");
    office->order.today = day("2027-06-01");
    struct term_due due = issue(office);
    assert_int_equal(due.issued, 3);
    assert_int_equal(due.period_count, 1);
    assert_string_equal(due.periods[0].period, "2026-Y");
}

static void a_corrected_final_is_issued_again_on_the_newest_sheet(void **state)
{
    struct office *office = *state;
    take_finals(office, 1, "4", "4");
    assert_int_equal(issue(office).issued, 2);
    take_finals(office, 2, "5", "5");
    office->order.today = day("2027-02-26");
    assert_int_equal(issue(office).issued, 3); /* 1А too */
    take_finals(office, 1, "3", "4");
    struct term_due due = issue(office);
    assert_int_equal(due.issued, 1);
    assert_string_equal(due.periods[0].period, "2026-T2");
    assert_string_equal(due.periods[0].result.files[0], "2026-T2/3А/01-Азарова-Анна-2.pdf");
    assert_int_equal(issue(office).issued, 0);
}

static void finals_of_last_year_are_due_in_summer_and_autumn(void **state)
{
    struct office *office = *state;
    take_finals(office, FINAL_YEAR, "4", "4");
    office->order.today = day("2027-09-02");
    assert_int_equal(issue(office).issued, 3);
}

static void untold_classes_are_those_with_someone_on_paper(void **state)
{
    struct office *office = *state;
    struct desk *desk = &office->desk;
    const char **classes = NULL;
    size_t count = 0;
    take_finals(office, 1, "4", "4");
    assert_true(store_classes_untold(desk->store, desk->arena, 2026, day("2026-11-30"), day("2026-11-30"), &classes,
                                     &count, &desk->err));
    assert_int_equal(count, 2);
    assert_string_equal(classes[1], "3А");
    assert_true(store_classes_untold(desk->store, desk->arena, 2026, day("2026-11-30"), day("2026-08-31"), &classes,
                                     &count, &desk->err));
    assert_int_equal(count, 0);
}

static void the_state_of_a_day_is_the_newest_import_up_to_it(void **state)
{
    struct office *office = *state;
    struct desk *desk = &office->desk;
    struct import_info info;
    assert_true(store_import_on(desk->store, desk->arena, day("2026-11-21"), &info, &desk->err));
    assert_int_equal(info.import, 1);
    assert_false(store_import_on(desk->store, desk->arena, day("2026-11-20"), &info, &desk->err));
    assert_int_equal(desk->err.code, ERR_NONE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, finish)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_due_without_finals),
        TEST(finals_that_arrived_are_issued_once),
        TEST(a_class_without_marks_gets_its_sheet_when_the_term_is_over),
        TEST(a_year_sheet_tells_of_the_terms_too),
        TEST(a_corrected_final_is_issued_again_on_the_newest_sheet),
        TEST(finals_of_last_year_are_due_in_summer_and_autumn),
        TEST(untold_classes_are_those_with_someone_on_paper),
        TEST(the_state_of_a_day_is_the_newest_import_up_to_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
