#define _GNU_SOURCE /* memmem */
/* The PDF as foreign readers see it. */
#include "press_support.h"

#define PDF "press_pdf_test.pdf"

static char folder[] = "/tmp/press-test-XXXXXX";

static const char *const words[FACE_COUNT] = {
    "Съешь ещё этих мягких французских булок, да выпей чаю №\u00A03",
    "Понедельник «Здравствуй!» 3\u00A0«А» — 4×2 − 1 (две трети)",
    "Рочева\u00A0В.\u00A0А. отличный проект \\ [да]",
    "Счёт: ӧтик, кык, куим; Ӧтуввез І і",
    "My family: Présent Simple, Čech, ő — ţ, ½",
    "16–21 ноября 2026 … „так“ ≤ ≥ ≠ ± 50 %",
    "5 4 3 2 Ђурђев љубав ћевап Ѓорѓи",
};

static size_t fill_page(struct item *items)
{
    static const int32_t arrow[] = {300000, 600000, 320000, 610000, 300000, 620000};
    size_t n = 0;
    for (int face = 0; face < FACE_COUNT; face++)
        items[n++] = text_item(51000, 80000 + face * 30000, (enum face)face, 9300 + face * 700, words[face]);
    items[n] = text_item(51000, 320000, FACE_SANS, 7500, "Разрядка");
    items[n].spacing = 400;
    items[n++].fill = 96;
    items[n++] =
        (struct item){.kind = ITEM_LINE, .x = 51000, .y = 340000, .w = 480000, .stroke_width = 600, .fill = -1};
    items[n++] = (struct item){
        .kind = ITEM_LINE, .x = 51000, .y = 350000, .w = 480000, .stroke_width = 500, .dash = 2500, .fill = -1};
    items[n++] =
        (struct item){.kind = ITEM_RECT, .x = 51000, .y = 360000, .w = 99999, .h = 20000, .fill = 230, .stroke = -1};
    items[n++] = (struct item){.kind = ITEM_RECT,
                               .x = 51000,
                               .y = 400000,
                               .w = 50000,
                               .h = 20000,
                               .fill = -1,
                               .stroke = 128,
                               .stroke_width = 250};
    items[n++] = (struct item){.kind = ITEM_POLYGON, .points = arrow, .point_count = 3, .fill = 0, .stroke = -1};
    items[n] = text_item(150000, 600000, FACE_SANS_BOLD, 90000, "образец");
    items[n].fill = 225;
    items[n++].turn = 45;
    items[n++] = text_item(51000, 700000, FACE_NARROW, 8000, "После водяного знака");
    return n;
}

static void print_specimen(struct buffer *pdf)
{
    struct item items[32];
    struct page page = page_of(items, fill_page(items));
    struct err err = {0};
    struct press *press = open_press();
    struct press_job *job = press_begin(press, "Лист № 2026-W47-3А-07 «Ӧ» 😀");
    press_bookmark(job, 0, "3 «А»");
    press_bookmark(job, 1, "Вокуева Дарья");
    press_page(job, &page);
    press_blank(job, &page);
    press_bookmark(job, 1, "Ӧньӧ Иван");
    press_page(job, &page);
    assert_int_equal(press_page_count(job), 3);
    if (!press_finish(job, pdf, &err))
        fail_msg("%s", err.text);
    press_free(press);
}

static void qpdf_finds_no_fault(void **state)
{
    (void)state;
    if (have("qpdf"))
        expect("qpdf --check " PDF " 2>&1", "No syntax or stream encoding errors found", NULL);
}

static void fonts_are_embedded_subset_and_mapped(void **state)
{
    (void)state;
    if (!have("pdffonts"))
        return;
    int status = 0;
    char *printed = output_of("pdffonts " PDF " 2>&1", &status);
    const char *line = printed;
    size_t fonts = 0;
    for (int head = 0; head < 2; head++)
        line = strchr(line, '\n') + 1;
    for (; *line; line = strchr(line, '\n') + 1, fonts++) {
        char row[256] = {0};
        memcpy(row, line, strcspn(line, "\n") < 255 ? strcspn(line, "\n") : 255);
        if (!strstr(row, "yes yes yes") || row[6] != '+' || !strstr(row, "TrueType"))
            fail_msg("a font that is not embedded, subset and mapped: %s", row);
    }
    /* In banks of their own: Latin; é ½; Č ő; Ђ ѓ; [ ]; Ӧ І; ≤ ±; letters of the face of marks. */
    assert_int_equal(fonts, FACE_COUNT + 8);
    free(printed);
}

static void the_very_words_come_back(void **state)
{
    (void)state;
    if (!have("pdftotext"))
        return;
    for (int face = 0; face < FACE_COUNT; face++) {
        char line[200]; /* pdftotext gives a space for a no-break one */
        size_t size = 0;
        for (const char *at = words[face]; *at; at += strncmp(at, "\u00A0", 2) == 0 ? 2 : 1)
            line[size++] = strncmp(at, "\u00A0", 2) == 0 ? ' ' : *at;
        line[size] = '\0';
        expect("pdftotext -raw -enc UTF-8 " PDF " - 2>&1", line, NULL);
    }
    expect("pdftotext -raw -enc UTF-8 " PDF " - 2>&1", "Разрядка", "После водяного знака", NULL);
    if (have("mutool"))
        expect("mutool draw -q -F txt " PDF " 2>&1", "Счёт: ӧтик, кык, куим; Ӧтуввез І і", "ћевап", NULL);
}

static void no_glyph_is_missing(void **state)
{
    (void)state;
    if (!have("mutool"))
        return;
    int status = 0;
    char *printed = output_of("mutool trace " PDF " 2>&1", &status);
    assert_int_equal(status, 0);
    assert_null(strstr(printed, "notdef"));
    assert_null(strstr(printed, "error"));
    assert_null(strstr(printed, "warning"));
    assert_non_null(strstr(printed, "unicode=\"ӧ\""));
    free(printed);
}

static void drawings_are_where_they_belong(void **state)
{
    (void)state;
    if (!have("mutool"))
        return;
    expect("mutool trace " PDF " 2>&1", "x=\"51\" y=\"761.89\"", "x=\"51\" y=\"731.89\"", "x=\"51\" y=\"581.89\"",
           "x=\"51\" y=\"141.89\"", "color=\".376\"", "trm=\"63.63", "<moveto x=\"51\" y=\"501.89\"/>",
           "linewidth=\".6\"", "dash_phase=\"0\" dash=\"2.5\"", "color=\".902\"", "<lineto x=\"320\" y=\"231.89\"/>",
           NULL);
}

static void title_is_in_the_properties(void **state)
{
    (void)state;
    if (have("pdfinfo"))
        expect("pdfinfo -enc UTF-8 " PDF " 2>&1", "Лист № 2026-W47-3А-07 «Ӧ» 😀", "Pages:           3", "(A4)", NULL);
}

static void bookmarks_lead_to_their_pages(void **state)
{
    (void)state;
    if (have("mutool"))
        expect("mutool show " PDF " outline 2>&1", "\"3 «А»\"\t#page=1", "\"Вокуева Дарья\"\t#page=1",
               "\"Ӧньӧ Иван\"\t#page=3", NULL);
}

static void no_date_stands_in_the_file(void **state)
{
    struct buffer *pdf = *state;
    for (size_t i = 0; i + 8 < pdf->size; i++)
        assert_false(memcmp(pdf->data + i, "ModDate", 7) == 0 || memcmp(pdf->data + i, "Creation", 8) == 0);
}

static void the_same_pages_give_the_same_bytes(void **state)
{
    struct buffer again = {0};
    print_specimen(&again);
    struct buffer *pdf = *state;
    assert_int_equal(again.size, pdf->size);
    assert_memory_equal(again.data, pdf->data, pdf->size);
    buffer_free(&again);
}

/* What else a run has printed must not show, a reprint is byte-exact: a page is the same bytes alone, after others and
 * in another order; into a file the same bytes go as into memory. */
static void a_page_is_packed_once_for_all_files(void **state)
{
    (void)state;
    struct item items[32], latin = text_item(51000, 60000, FACE_SERIF_BOLD, 12000, "My family");
    struct page pages[] = {page_of(items, fill_page(items)), page_of(&latin, 1)};
    struct press *press = open_press();
    struct press_pack *packs[2] = {NULL};
    struct buffer alone = {0}, both = {0}, turned = {0}, read = {0};
    struct err err = {0};
    for (int i = 0; i < 2; i++)
        assert_true(press_draw(press, &pages[i], 1, &packs[i], &err));
    struct press_job *job = press_begin(press, "");
    press_add(job, packs[0], true);
    assert_int_equal(press_page_count(job), 2);
    assert_true(press_finish(job, &alone, &err));
    const char *from = memmem(alone.data, alone.size, "stream\r\n", 8);
    const char *until = memmem(alone.data, alone.size, "\nendstream", 10);
    assert_true(from != NULL && until > from && until - from > 500);
    for (int round = 0; round < 2; round++) {
        struct buffer *out = round == 0 ? &both : &turned;
        job = press_begin(press, "");
        press_add(job, packs[round], false);
        press_add(job, packs[1 - round], false);
        assert_true(press_finish(job, out, &err));
        assert_non_null(memmem(out->data, out->size, from, (size_t)(until - from)));
    }
    struct file_writing *file = NULL;
    char path[64];
    snprintf(path, sizeof path, "%s/into.pdf", folder);
    assert_true(file_begin(path, false, &file, &err));
    job = press_begin(press, "");
    press_into(job, file);
    press_add(job, packs[0], false);
    press_add(job, packs[1], false);
    assert_true(file_end(file, press_finish(job, NULL, &err), &err));
    assert_true(file_read(path, 1 << 24, &read, &err));
    assert_int_equal(read.size, both.size);
    assert_memory_equal(read.data, both.data, both.size);
    unlink(path);
    for (int i = 0; i < 2; i++)
        press_pack_free(packs[i]);
    buffer_free(&alone);
    buffer_free(&both);
    buffer_free(&turned);
    buffer_free(&read);
    press_free(press);
}

static void other_files_of_the_run_do_not_matter(void **state)
{
    (void)state;
    struct item other = text_item(51000, 80000, FACE_NARROW, 9000, "Ђђ Ţţ Ӧӧ");
    struct item own = text_item(51000, 80000, FACE_NARROW, 9000, "Свой текст ¼");
    struct page other_page = page_of(&other, 1), own_page = page_of(&own, 1);
    struct buffer alone = {0}, after = {0}, scrap = {0};
    struct press *press = open_press();
    print_pages(press, &own_page, 1, &alone);
    press_free(press);
    press = open_press();
    print_pages(press, &other_page, 1, &scrap);
    print_pages(press, &own_page, 1, &after);
    press_free(press);
    assert_int_equal(alone.size, after.size);
    assert_memory_equal(alone.data, after.data, alone.size);
    buffer_free(&alone);
    buffer_free(&after);
    buffer_free(&scrap);
}

static int make_specimen(void **state)
{
    struct buffer *pdf = mem_alloc(sizeof *pdf);
    if (!mkdtemp(folder) || chdir(folder) != 0)
        return -1;
    print_specimen(pdf);
    keep(PDF, pdf);
    *state = pdf;
    return 0;
}

static int drop_specimen(void **state)
{
    buffer_free(*state);
    free(*state);
    return unlink(PDF) != 0 || rmdir(folder) != 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(qpdf_finds_no_fault),
        cmocka_unit_test(fonts_are_embedded_subset_and_mapped),
        cmocka_unit_test(the_very_words_come_back),
        cmocka_unit_test(no_glyph_is_missing),
        cmocka_unit_test(drawings_are_where_they_belong),
        cmocka_unit_test(title_is_in_the_properties),
        cmocka_unit_test(bookmarks_lead_to_their_pages),
        cmocka_unit_test(no_date_stands_in_the_file),
        cmocka_unit_test(the_same_pages_give_the_same_bytes),
        cmocka_unit_test(other_files_of_the_run_do_not_matter),
        cmocka_unit_test(a_page_is_packed_once_for_all_files),
    };
    return cmocka_run_group_tests(tests, make_specimen, drop_specimen);
}
