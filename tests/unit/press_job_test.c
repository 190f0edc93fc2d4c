/* Jobs: blank pages, dropped and failed ones, several at once; the text trace. */
#include "press_support.h"

#include <pthread.h>
#include <sys/stat.h>

static void an_empty_page_is_a_whole_page(void **state)
{
    (void)state;
    struct page page = page_of(NULL, 0);
    struct buffer pdf = {0};
    struct press *press = open_press();
    print_pages(press, &page, 1, &pdf);
    press_free(press);
    assert_true(pdf.size > 100);
    assert_memory_equal(pdf.data, "%PDF-", 5);
    assert_memory_equal(pdf.data + pdf.size - 6, "%%EOF\n", 6);
    buffer_free(&pdf);
}

static void a_job_without_pages_fails(void **state)
{
    (void)state;
    struct buffer pdf = {0};
    struct err err = {0};
    struct press *press = open_press();
    struct press_job *job = press_begin(press, "");
    press_bookmark(job, 0, "3 «А»");
    assert_false(press_finish(job, &pdf, &err));
    assert_int_equal(err.code, ERR_MACHINE);
    assert_int_equal(pdf.size, 0);
    press_free(press);
}

static void a_job_may_be_dropped(void **state)
{
    (void)state;
    struct item item = text_item(50000, 50000, FACE_SERIF, 12000, "Брошено");
    struct page page = page_of(&item, 1);
    struct press *press = open_press();
    struct press_job *job = press_begin(press, "Брошено");
    press_bookmark(job, 0, "раз");
    press_page(job, &page);
    press_bookmark(job, 0, "два");
    press_drop(job);
    press_drop(NULL);
    press_free(press);
    press_free(NULL);
}

static void a_character_outside_the_face_fails_the_job(void **state)
{
    (void)state;
    struct item items[] = {text_item(50000, 50000, FACE_SANS, 9000, "хорошо"),
                           text_item(50000, 70000, FACE_SANS, 9000, "плохо: ✓"),
                           text_item(50000, 90000, FACE_SANS, 9000, "хуже: 😀\n")};
    struct page page = page_of(items, 3);
    struct buffer pdf = {0};
    struct err err = {0};
    struct press *press = open_press();
    struct press_job *job = press_begin(press, "");
    press_page(job, &page);
    press_blank(job, &page);
    assert_int_equal(press_page_count(job), 2);
    assert_false(press_finish(job, &pdf, &err));
    assert_int_equal(err.code, ERR_MACHINE);
    assert_non_null(strstr(err.text, "U+2713")); /* the first failure is the one that is told */
    assert_int_equal(pdf.size, 0);

    print_pages(press, &(struct page){.width = 300000, .height = 300000, .items = items, .item_count = 1}, 1, &pdf);
    press_free(press);
    buffer_free(&pdf);
}

static void an_impossible_page_fails_the_job(void **state)
{
    (void)state;
    struct page page = page_of(NULL, 0);
    page.width = -5;
    struct buffer pdf = {0};
    struct err err = {0};
    struct press *press = open_press();
    struct press_job *job = press_begin(press, "");
    press_page(job, &page);
    assert_false(press_finish(job, &pdf, &err));
    assert_int_equal(err.code, ERR_MACHINE);
    press_free(press);
}

/* A bookmark after the last page, a level without a parent, a title longer than any. */
static void odd_bookmarks_are_placed_all_the_same(void **state)
{
    (void)state;
    char endless[2000];
    memset(endless, 'x', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    struct page page = page_of(NULL, 0);
    struct buffer pdf = {0};
    struct err err = {0};
    struct press *press = open_press();
    struct press_job *job = press_begin(press, endless);
    press_bookmark(job, 1, "сирота");
    press_page(job, &page);
    press_bookmark(job, 7, endless);
    press_bookmark(job, 0, "");
    assert_true(press_finish(job, &pdf, &err));
    press_free(press);
    buffer_char(&pdf, '\0');
    size_t titles = 0;
    for (size_t i = 0; i + 7 < pdf.size; i++)
        titles += memcmp(pdf.data + i, "/Title ", 7) == 0;
    assert_int_equal(titles, 4);
    buffer_free(&pdf);
}

static char folder[] = "/tmp/press-test-XXXXXX";

static void expect_no_press(const char *file, const char *what)
{
    struct metrics metrics = {.folder = fonts_folder(), .broken = file, .broken_folder = folder};
    struct err err = {0};
    struct press *press = (struct press *)&metrics;
    assert_false(press_open(&metrics, &press, &err));
    assert_null(press);
    assert_int_equal(err.code, ERR_MACHINE);
    if (!strstr(err.text, file) || !strstr(err.text, what))
        fail_msg("«%s» should name %s and say «%s»", err.text, file, what);
}

static void a_missing_or_damaged_face_is_told(void **state)
{
    (void)state;
    char path[4200];
    struct buffer whole = {0};
    struct err err = {0};
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/serif.ttf", fonts_folder());
    assert_true(file_read(path, 1 << 24, &whole, &err));

    expect_no_press("serif.ttf", "can't be read");
    snprintf(path, sizeof path, "%s/serif.ttf", folder);
    const size_t sizes[] = {0, 1, 11, 12, 100, 300, whole.size / 2, whole.size - 4};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct buffer part = {.data = whole.data, .size = sizes[i]};
        keep(path, &part);
        expect_no_press("serif.ttf", "damaged");
    }
    unlink(path);
    rmdir(folder);
    buffer_free(&whole);
}

struct task {
    struct press *press;
    struct buffer pdf;
};

static void *print_many(void *data)
{
    struct task *task = data;
    static const char *const texts[] = {"Ӧтик", "Ђурђев", "Čech"};
    for (int round = 0; round < 20; round++) {
        struct item items[4 * FACE_COUNT];
        size_t n = 0;
        for (int i = 0; i < 3; i++) {
            for (int face = 0; face < FACE_COUNT; face++, n++)
                items[n] = text_item(50000, 50000 + (int32_t)n * 20000, (enum face)face, 9000, texts[i]);
        }
        struct page page = page_of(items, n);
        print_pages(task->press, &page, 1, &task->pdf);
    }
    return NULL;
}

static void two_jobs_in_two_threads(void **state)
{
    (void)state;
    struct press *press = open_press();
    struct task tasks[2] = {{.press = press}, {.press = press}};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, print_many, &tasks[i]), 0);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(tasks[0].pdf.size, tasks[1].pdf.size);
    assert_memory_equal(tasks[0].pdf.data, tasks[1].pdf.data, tasks[0].pdf.size);
    buffer_free(&tasks[0].pdf);
    buffer_free(&tasks[1].pdf);
    press_free(press);
}

static void the_trace_names_every_item(void **state)
{
    (void)state;
    static const int32_t corners[] = {1000, 2000, 3000, 2000, 2000, -1500};
    struct item items[] = {
        text_item(51000, 80250, FACE_SERIF_BOLD, 19000, "16–21 ноября 2026"),
        text_item(51000, 90000, FACE_NARROW, 7500, "две\nстроки"),
        {.kind = ITEM_LINE, .x = 1000, .y = -500, .w = 20000, .fill = -1, .stroke_width = 600, .dash = 2500},
        {.kind = ITEM_RECT, .x = 1, .y = 20, .w = 300, .h = 4000, .fill = 240, .stroke = 0, .stroke_width = 250},
        {.kind = ITEM_RECT, .w = 1000, .h = 1000, .fill = -1, .stroke = -1},
        {.kind = ITEM_POLYGON, .points = corners, .point_count = 3, .fill = 0, .stroke = -1},
    };
    items[1].spacing = 400;
    items[1].turn = 45;
    items[1].fill = 96;
    struct page pages[] = {page_of(items, 6), page_of(NULL, 0)};
    struct buffer out = {0};
    press_trace(pages, 2, &out);
    assert_string_equal(out.data, "page 1 595.276 841.890\n"
                                  "text 51.000 80.250 SerifBold 19.000 0 16–21 ноября 2026\n"
                                  "text 51.000 90.000 Narrow 7.500 96 spaced 0.400 turned 45 две\\u000Aстроки\n"
                                  "line 1.000 -0.500 20.000 0.000 stroke 0 0.600 dash 2.500\n"
                                  "rect 0.001 0.020 0.300 4.000 fill 240 stroke 0 0.250\n"
                                  "rect 0.000 0.000 1.000 1.000\n"
                                  "polygon 1.000 2.000 3.000 2.000 2.000 -1.500 fill 0\n"
                                  "page 2 595.276 841.890\n");
    buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_page_is_a_whole_page),
        cmocka_unit_test(a_job_without_pages_fails),
        cmocka_unit_test(a_job_may_be_dropped),
        cmocka_unit_test(a_character_outside_the_face_fails_the_job),
        cmocka_unit_test(an_impossible_page_fails_the_job),
        cmocka_unit_test(odd_bookmarks_are_placed_all_the_same),
        cmocka_unit_test(a_missing_or_damaged_face_is_told),
        cmocka_unit_test(two_jobs_in_two_threads),
        cmocka_unit_test(the_trace_names_every_item),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
