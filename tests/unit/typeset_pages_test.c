/* Pages: tables that go on, columns, what is kept together, slips, heads, foot lines, bodies that breathe. */
#include "typeset_help.h"

static const struct track three[] = {{.width = 40000, .gap = 5000}, {.share = 1, .gap = 5000}, {.width = 50000}};

static struct box *numbered(struct help *help, const char *word, int number)
{
    return help_text(help, BODY, arena_format(help->arena, "%s %d", word, number));
}

static struct box *table_of(struct help *help, int rows)
{
    struct box *table = box_table(help->arena, three, 3, 1);
    struct box *header = box_table_row(help->arena, table);
    box_add(header, help_text(help, SMALL, "Урок"));
    box_add(header, help_text(help, SMALL, "Предмет\nи тема"));
    box_add(header, help_text(help, SMALL, "Отметка"));
    box_rule_below(header, 600, 0, 0);
    box_padding(header, 0, 2000);
    for (int i = 1; i <= rows; i++) {
        struct box *row = box_table_row(help->arena, table);
        box_add(row, numbered(help, "№", i));
        box_add(row, help_text(help, BODY, "Литературное чтение, А. С. Пушкин. «Сказка о царе Салтане», отрывок"));
        box_add(row, help_text(help, MARK, "5"));
        box_padding(row, 2000, 2000);
        box_rule_below(row, 250, 150, 0);
    }
    return table;
}

static size_t count_text(const struct help *help, const char *text)
{
    size_t count = 0;
    for (size_t p = 0; p < help->count; p++)
        for (size_t i = 0; i < help->pages[p].item_count; i++) {
            const struct item *item = &help->pages[p].items[i];
            count += item->kind == ITEM_TEXT && strcmp(item->text, text) == 0;
        }
    return count;
}

static void test_table_over_pages(void **state)
{
    struct help *help = *state;
    help_body(help, table_of(help, 60));
    help_set(help);
    assert_tidy(help);
    assert_true(help->count > 2);
    assert_int_equal(count_text(help, "Предмет"), help->count);
    for (int i = 1; i <= 60; i++)
        assert_int_equal(count_text(help, arena_format(help->arena, "№ %d", i)), 1);
    for (size_t p = 0; p < help->count; p++)
        assert_int_equal(help_find(help, p, "Отметка")->y, help_find(help, 0, "Отметка")->y);
    /* The head's cells share the last baseline, a row's the first. */
    assert_int_equal(help_find(help, 0, "Урок")->y, help_find(help, 0, "и тема")->y);
    assert_int_equal(help_find(help, 0, "№ 1")->y, help_find(help, 0, "5")->y);
}

static void test_heading_keeps_with_next(void **state)
{
    struct help *help = *state;
    for (int lines = 30; lines < 55; lines++) {
        struct box *body = box_stack(help->arena);
        for (int i = 0; i < lines; i++)
            box_add(body, numbered(help, "строка", i));
        struct box *heading = help_text(help, HEAD, "Заголовок");
        box_keep_with_next(heading);
        box_margin(heading, 10000, 4000);
        box_add(body, heading);
        box_add(body, table_of(help, 3));
        help_body(help, body);
        help_set(help);
        assert_tidy(help);
        assert_int_equal(help_page_of(help, "Заголовок"), help_page_of(help, "№ 1"));
        assert_int_equal(help_page_of(help, "Заголовок"), help_page_of(help, "Урок"));
    }
}

static void test_kept_box(void **state)
{
    struct help *help = *state;
    for (int lines = 20; lines < 48; lines++) {
        struct box *body = box_stack(help->arena), *kept = box_stack(help->arena);
        for (int i = 0; i < lines; i++)
            box_add(body, numbered(help, "строка", i));
        for (int i = 0; i < 12; i++)
            box_add(kept, numbered(help, "вместе", i));
        box_keep(kept);
        box_add(body, kept);
        help_body(help, body);
        help_set(help);
        assert_int_equal(help_page_of(help, "вместе 0"), help_page_of(help, "вместе 11"));
    }
}

/* Kept, but higher than any page: broken all the same. */
static void test_kept_too_high(void **state)
{
    struct help *help = *state;
    struct box *body = box_stack(help->arena), *kept = box_stack(help->arena);
    box_add(body, help_text(help, BODY, "до"));
    for (int i = 0; i < 120; i++)
        box_add(kept, numbered(help, "вместе", i));
    box_keep(kept);
    box_rule_above(kept, 500, 0, 0);
    box_padding(kept, 3000, 3000);
    box_add(body, kept);
    help_body(help, body);
    help_set(help);
    assert_tidy(help);
    for (int i = 0; i < 120; i++)
        assert_int_equal(count_text(help, arena_format(help->arena, "вместе %d", i)), 1);
    assert_int_equal(help_page_of(help, "вместе 0"), 1);
}

static void test_columns(void **state)
{
    struct help *help = *state;
    struct box *body = box_stack(help->arena), *columns = box_columns(help->arena, 2, 20000);
    for (int day = 0; day < 6; day++) {
        struct box *box = box_stack(help->arena), *name = numbered(help, "день", day);
        box_keep(box);
        box_keep_with_next(name);
        box_add(box, name);
        for (int i = 0; i < 4; i++)
            box_add(box, numbered(help, "урок", 10 * day + i));
        box_margin(box, 0, 6000);
        box_add(columns, box);
    }
    box_add(body, columns);
    box_add(body, help_text(help, BODY, "после"));
    help_body(help, body);
    help_set(help);
    assert_tidy(help);
    assert_int_equal(help->count, 1);
    int32_t left = help->layout.margin_left, right = left + (340000 - 20000) / 2 + 20000;
    for (int day = 0; day < 6; day++) {
        const struct item *item = help_find(help, 0, arena_format(help->arena, "день %d", day));
        const struct item *last = help_find(help, 0, arena_format(help->arena, "урок %d", 10 * day + 3));
        assert_int_equal(item->x, day < 3 ? left : right);
        assert_int_equal(last->x, item->x);
        assert_true(last->y > item->y);
    }
    assert_int_equal(help_find(help, 0, "день 0")->y, help_find(help, 0, "день 3")->y);
    assert_true(help_find(help, 0, "после")->y > help_find(help, 0, "урок 53")->y);
}

static void test_columns_over_pages(void **state)
{
    struct help *help = *state;
    struct box *body = box_stack(help->arena), *columns = box_columns(help->arena, 2, 20000);
    for (int i = 0; i < 20; i++)
        box_add(body, numbered(help, "строка", i));
    for (int i = 0; i < 200; i++)
        box_add(columns, numbered(help, "слово", i));
    box_add(body, columns);
    box_add(body, help_text(help, BODY, "после"));
    help_body(help, body);
    help_set(help);
    assert_tidy(help);
    for (int i = 0; i < 200; i++)
        assert_int_equal(count_text(help, arena_format(help->arena, "слово %d", i)), 1);
    assert_int_equal(help_page_of(help, "после"), help->count);
    /* On the last page both columns are as high, give or take a line. */
    const struct item *last = help_find(help, help->count - 1, "слово 199");
    int32_t deepest = 0;
    for (size_t i = 0; i < help->pages[help->count - 1].item_count; i++) {
        const struct item *item = &help->pages[help->count - 1].items[i];
        if (item->kind == ITEM_TEXT && strncmp(item->text, "слово", 10) == 0 && item->y > deepest)
            deepest = item->y;
    }
    assert_true(deepest - last->y <= 11000);
}

static struct box *slip(struct help *help, const char *text, int32_t height)
{
    struct box *box = help_text(help, SMALL, text);
    box_rule_above(box, 500, 0, 2000);
    box_padding(box, 5000, 0);
    box_min_height(box, height);
    box_rule_below(box, 300, 0, 0);
    return box;
}

static void with_frame(struct help *help)
{
    help->document.slip_front = slip(help, "талон", 70000);
    help->document.slip_back = slip(help, "сообщение", 50000);
    help->document.foot_left = "стр. {page} из {pages}, {иное}";
    help->document.foot_right = "лично";
    help->document.foot_style = SMALL;
}

static void test_slips_and_feet(void **state)
{
    struct help *help = *state;
    with_frame(help);
    help_body(help, table_of(help, 60));
    help->parts[0].head = help_text(help, HEAD, "Первая");
    help->parts[0].head_next = help_text(help, HEAD, "Дальше");
    box_margin(help->parts[0].head, 0, 8000);
    help->parts[1] = (struct doc_part){.head = help_text(help, HEAD, "Вторая"), .body = help_text(help, BODY, "конец")};
    help->document.part_count = 2;
    help_set(help);
    assert_tidy(help);
    assert_true(help->count > 3);
    assert_int_equal(count_text(help, "Первая"), 1);
    assert_int_equal(count_text(help, "Дальше"), help->count - 2);
    assert_int_equal(help_page_of(help, "Вторая"), help->count);
    assert_int_equal(help_page_of(help, "талон"), 1);
    assert_int_equal(help_page_of(help, "сообщение"), 2);
    assert_int_equal(count_text(help, "сообщение"), 1);
    assert_int_equal(help_find(help, 0, "талон")->y, help_find(help, 1, "сообщение")->y); /* one cut */
    assert_null(help_find(help, 0, "лично"));
    for (size_t p = 1; p < help->count; p++) {
        const char *foot = arena_format(help->arena, "стр. %zu из %zu, {иное}", p + 1, help->count);
        assert_non_null(help_find(help, p, foot));
        const struct item *right = help_find(help, p, "лично");
        assert_int_equal(right->x + right->w, help->layout.page_width - help->layout.margin_right);
        assert_int_equal(right->y, help_find(help, p, foot)->y);
    }
    /* Nothing of the body stands beside or below a slip. */
    for (size_t p = 0; p < 2; p++)
        for (size_t i = 0; i < help->pages[p].item_count; i++)
            if (help->pages[p].items[i].kind == ITEM_TEXT && help->pages[p].items[i].size > 7000)
                assert_true(help->pages[p].items[i].y < help_find(help, 0, "талон")->y - 10000);
}

/* The higher of both slips says where the cut is. */
static void test_one_cut(void **state)
{
    struct help *help = *state;
    for (int32_t height = 40000; height <= 120000; height += 40000) {
        with_frame(help);
        help->document.slip_back = slip(help, "сообщение", height);
        help_body(help, table_of(help, 40));
        help_set(help);
        assert_tidy(help);
        assert_int_equal(help_find(help, 0, "талон")->y, help_find(help, 1, "сообщение")->y);
    }
}

/* A large figure beside small text: one baseline, and it does not reach out of the row. */
static void test_large_figure(void **state)
{
    struct help *help = *state;
    struct box *row = box_row(help->arena, three, 3);
    box_add(row, help_text(help, SMALL, "1"));
    box_add(row, help_text(help, BODY, "Математика"));
    box_add(row, help_text(help, MARK, "5"));
    help_body(help, row);
    help_set(help);
    assert_tidy(help);
    assert_int_equal(help_find(help, 0, "1")->y, help_find(help, 0, "5")->y);
    assert_int_equal(help_find(help, 0, "Математика")->y, help_find(help, 0, "5")->y);
    assert_true(help_find(help, 0, "5")->y < help->layout.margin_top + 13000);
}

static void test_one_page_has_no_back(void **state)
{
    struct help *help = *state;
    with_frame(help);
    help->document.foot_first = true;
    help_body(help, help_text(help, BODY, "мало"));
    help_set(help);
    assert_tidy(help);
    assert_int_equal(help->count, 1);
    assert_int_equal(help_page_of(help, "сообщение"), 0);
    assert_non_null(help_find(help, 0, "стр. 1 из 1, {иное}"));
}

static void test_long_feet(void **state)
{
    struct help *help = *state;
    with_frame(help);
    help->document.foot_first = true;
    help->document.foot_right = "Содержит персональные данные: передаётся только законному представителю ребёнка";
    help->document.foot_left = "лист № 2026-W47-3А-07, стр. {page} из {pages} · подготовлен 21.11.2026 по выгрузке № 4";
    help_body(help, table_of(help, 30));
    help_set(help);
    assert_tidy(help);
}

/* The body grows as long as no page is added, and is never smaller than its style. */
static void test_body_breathes(void **state)
{
    struct help *help = *state;
    help->layout.largest_body = 10500;
    size_t grown = 0, plain = 0;
    for (int rows = 5; rows <= 45; rows++) {
        help_body(help, table_of(help, rows));
        help->layout.largest_body = 9000;
        help_set(help);
        size_t count = help->count;
        help->layout.largest_body = 10500;
        help_set(help);
        assert_tidy(help);
        assert_int_equal(help->count, count);
        int32_t size = help_find(help, 0, "№ 1")->size;
        assert_in_range(size, 9000, 10500);
        grown += size > 10490;
        plain += size < 9400;
    }
    assert_true(grown > 0);
    assert_true(plain > 0);
}

static void test_margins(void **state)
{
    struct help *help = *state;
    struct box *body = box_stack(help->arena), *inner = box_stack(help->arena);
    struct box *a = help_text(help, BODY, "а"), *b = help_text(help, BODY, "б"), *c = help_text(help, BODY, "в");
    box_margin(a, 50000, 7000);
    box_margin(inner, 12000, 0);
    box_margin(b, 9000, 0);
    box_keep(body); /* margins of what is kept are not stretched */
    box_add(body, box_space(help->arena, 30000));
    box_add(body, a);
    box_add(inner, b);
    box_add(body, inner);
    box_add(body, box_space(help->arena, 5000));
    box_add(body, c);
    help_body(help, body);
    help_set(help);
    int32_t top = help_find(help, 0, "а")->y;
    assert_true(top < help->layout.margin_top + 11000); /* margin and space vanish at the page's head */
    assert_int_equal(help_find(help, 0, "б")->y - top, 11000 + 12000);
    assert_int_equal(help_find(help, 0, "в")->y - top, 22000 + 12000 + 5000);
}

static void test_stretched_margins(void **state)
{
    struct help *help = *state;
    struct box *body = box_stack(help->arena);
    for (int i = 0; i < 4; i++) {
        struct box *box = numbered(help, "абзац", i);
        box_margin(box, 10000, 0);
        box_add(body, box);
    }
    help_body(help, body);
    help_set(help);
    assert_tidy(help);
    assert_int_equal(help_find(help, 0, "абзац 1")->y - help_find(help, 0, "абзац 0")->y, 11000 + 16000);
}

static void test_rules_and_heights(void **state)
{
    struct help *help = *state;
    struct box *body = box_stack(help->arena), *row = box_row(help->arena, three, 3);
    box_rule_above(row, 1000, 10, 0);
    box_rule_below(row, 2000, 20, 3000);
    box_padding(row, 4000, 5000);
    box_min_height(row, 60000);
    box_add(row, help_text(help, BODY, "один"));
    box_add(row, help_text(help, BODY, "два"));
    box_add(row, help_text(help, MARK, "5"));
    box_add(body, row);
    help_body(help, body);
    help_set(help);
    assert_tidy(help);
    const struct item *first = NULL, *last = NULL;
    for (size_t i = 0; i < help->pages[0].item_count; i++)
        if (help->pages[0].items[i].kind == ITEM_LINE) {
            first = first == NULL ? &help->pages[0].items[i] : first;
            last = &help->pages[0].items[i];
        }
    assert_int_equal(first->y, help->layout.margin_top + 500);
    assert_int_equal(last->y, help->layout.margin_top + 60000 - 1000);
    assert_int_equal(first->w, 340000);
    assert_int_equal(first->stroke, 10);
    assert_int_equal(last->dash, 3000);
    assert_int_equal(help_find(help, 0, "один")->y, help_find(help, 0, "5")->y);
    assert_int_equal(help_find(help, 0, "два")->x, help->layout.margin_left + 45000);
    assert_int_equal(help_find(help, 0, "5")->x, help->layout.margin_left + 290000);
}

static void test_drawing(void **state)
{
    struct help *help = *state;
    struct box *row = box_row(help->arena, three, 3), *bar = box_drawing(help->arena, 30000, 6000);
    static const int32_t triangle[] = {0, 0, 6000, 0, 3000, 6000};
    box_draw(bar, (struct prim){.kind = PRIM_RECT, .w = 30000, .h = 6000, .fill = -1, .stroke_width = 300});
    box_draw(bar, (struct prim){.kind = PRIM_LINE, .y = 3000, .w = 30000, .fill = -1, .stroke_width = 300});
    box_draw(bar, (struct prim){.kind = PRIM_POLYGON, .points = triangle, .point_count = 3, .stroke = -1});
    box_draw(bar, (struct prim){
                      .kind = PRIM_TEXT, .x = 15000, .y = 5000, .text = "12", .style = SMALL, .align = ALIGN_CENTRE});
    box_add(row, help_text(help, BODY, "один"));
    box_add(row, bar);
    help_body(help, row);
    help_set(help);
    const struct item *items = help->pages[0].items;
    assert_int_equal(items[1].kind, ITEM_RECT);
    assert_int_equal(items[1].y + items[1].h, items[0].y); /* stands on the line */
    assert_int_equal(items[1].x, help->layout.margin_left + 45000);
    assert_int_equal(items[3].points[5], items[0].y);
    const struct item *words = help_find(help, 0, "12");
    assert_in_range(2 * words->x + words->w - 2 * items[1].x, 29990, 30010);
}

static void test_long_cell(void **state)
{
    struct help *help = *state;
    struct buffer words = {0};
    for (int i = 0; words.size < 190000; i++)
        buffer_format(&words, "слово%d и ", i);
    struct box *table = table_of(help, 2), *row = box_table_row(help->arena, table);
    box_add(row, help_text(help, BODY, "начало"));
    box_add(row, help_text(help, BODY, words.data));
    box_add(row, help_text(help, MARK, "4"));
    help_body(help, table);
    help_set(help);
    assert_tidy(help);
    assert_true(help->count > 30);
    assert_int_equal(count_text(help, "Предмет"), help->count);
    assert_int_equal(help_page_of(help, "начало"), help_page_of(help, "4"));
    size_t letters = 0;
    for (size_t p = 0; p < help->count; p++)
        for (size_t i = 0; i < help->pages[p].item_count; i++)
            if (help->pages[p].items[i].kind == ITEM_TEXT && help->pages[p].items[i].size == 9000)
                for (const char *at = help->pages[p].items[i].text; *at != '\0'; at++)
                    letters += *at != ' ';
    size_t wanted = 0;
    for (const char *at = words.data; *at != '\0'; at++)
        wanted += *at != ' ';
    assert_true(letters > wanted && letters < wanted + 1000);
    buffer_free(&words);
}

/* Fixed columns that leave nothing to a share give way. */
static void test_no_width_left(void **state)
{
    struct help *help = *state;
    const struct track tracks[] = {{.width = 300000}, {0}, {.width = 300000, .gap = 3000}};
    struct box *row = box_row(help->arena, tracks, 3);
    box_add(row, help_text(help, BODY, "широкий столбец с длинным текстом, который не помещается в одну строку"));
    box_add(row, help_text(help, BODY, "щель"));
    box_add(row, help_text(help, BODY, "и ещё один"));
    help_body(help, row);
    help_set(help);
    assert_tidy(help);
    assert_non_null(strstr(help_texts(help, 0), "щ"));
}

static void test_nothing(void **state)
{
    struct help *help = *state;
    help_set(help);
    assert_int_equal(help->count, 0);
    help_body(help, NULL);
    help_set(help);
    assert_int_equal(help->count, 1);
    assert_int_equal(help->pages[0].item_count, 0);
    help_body(help, box_stack(help->arena));
    help_set(help);
    assert_int_equal(help->count, 1);
    struct box *row = box_row(help->arena, three, 3), *columns = box_columns(help->arena, 0, 5000);
    box_add(columns, row);
    box_add(columns, box_table(help->arena, three, 3, 1));
    box_add(columns, help_text(help, BODY, ""));
    help_body(help, columns);
    help_set(help);
    assert_int_equal(help->count, 1);
}

static void test_deep_nesting(void **state)
{
    struct help *help = *state;
    struct box *box = help_text(help, BODY, "глубоко");
    const struct track one[] = {{.share = 1}};
    for (int i = 0; i < 150; i++) {
        struct box *outer = i % 3 == 0   ? box_row(help->arena, one, 1)
                            : i % 3 == 1 ? box_columns(help->arena, 2, 0)
                                         : box_stack(help->arena);
        if (i > 12 && i % 3 == 1)
            outer = box_stack(help->arena);
        box_add(outer, box);
        box = outer;
    }
    help_body(help, box);
    help_set(help);
    assert_tidy(help);
    for (int i = 0; i < 100; i++) {
        struct box *outer = box_stack(help->arena);
        box_add(outer, box);
        box = outer;
    }
    help_body(help, box);
    assert_false(help_try(help));
    assert_int_equal(help->err.code, ERR_MACHINE);
}

static void test_impossible(void **state)
{
    struct help *help = *state;
    help_body(help, help_text(help, BODY, "текст"));
    help->layout.margin_bottom = 560000;
    assert_false(help_try(help));
    assert_int_equal(help->err.code, ERR_INPUT);
    help->layout.margin_bottom = 30000;
    help->err = (struct err){0};
    struct box *row = box_row(help->arena, three, 1);
    box_add(row, box_stack(help->arena));
    box_add(row, box_stack(help->arena));
    help_body(help, row);
    assert_false(help_try(help));
}

/* A drawing and a line higher than the page: over the edge, yet there, and no page is made without end. */
static void test_higher_than_page(void **state)
{
    struct help *help = *state;
    struct box *body = box_stack(help->arena), *drawing = box_drawing(help->arena, 1000, 2000000);
    box_draw(drawing, (struct prim){.kind = PRIM_RECT, .w = 1000, .h = 2000000, .fill = 0, .stroke = -1});
    box_add(body, help_text(help, BODY, "до"));
    box_add(body, drawing);
    box_add(body, help_text(help, BODY, "после"));
    help_body(help, body);
    help_set(help);
    assert_int_equal(help->count, 3);
    assert_int_equal(help_page_of(help, "после"), 3);
}

static void test_watermark(void **state)
{
    struct help *help = *state;
    help->document.watermark = "образец";
    help->document.watermark_style = BOLD;
    help_body(help, table_of(help, 30));
    help_set(help);
    assert_tidy(help);
    for (size_t p = 0; p < help->count; p++) {
        const struct item *item = &help->pages[p].items[0];
        assert_string_equal(item->text, "образец");
        assert_int_equal(item->turn, 55);
        assert_true(item->size > 60000 && item->fill > 200);
        assert_true(item->x > 0 && item->y < help->layout.page_height);
    }
}

/* The same document gives the same pages, and a second setting leaves nothing of the first behind. */
static void test_again(void **state)
{
    struct help *help = *state;
    with_frame(help);
    help_body(help, table_of(help, 40));
    help_set(help);
    struct page *first = help->pages;
    size_t count = help->count;
    help_set(help);
    assert_int_equal(help->count, count);
    for (size_t p = 0; p < count; p++) {
        assert_int_equal(first[p].item_count, help->pages[p].item_count);
        for (size_t i = 0; i < first[p].item_count; i++) {
            const struct item *a = &first[p].items[i], *b = &help->pages[p].items[i];
            assert_true(a->x == b->x && a->y == b->y && a->w == b->w && a->size == b->size);
            assert_true(a->text == NULL || strcmp(a->text, b->text) == 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_table_over_pages, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_heading_keeps_with_next, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_kept_box, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_kept_too_high, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_columns, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_columns_over_pages, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_slips_and_feet, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_one_cut, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_large_figure, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_one_page_has_no_back, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_long_feet, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_body_breathes, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_margins, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_stretched_margins, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_rules_and_heights, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_drawing, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_long_cell, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_no_width_left, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_nothing, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_deep_nesting, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_impossible, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_higher_than_page, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_watermark, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_again, help_begin, help_end),
    };
    return cmocka_run_group_tests(tests, help_open, help_close);
}
