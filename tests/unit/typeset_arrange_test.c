/* Two sides of a sheet on the fewest pages: what stands where, and how close. */
#include "typeset_help.h"

static struct box *lines(struct help *help, const char *word, int count)
{
    struct box *stack = box_stack(help->arena);
    for (int i = 1; i <= count; i++) {
        struct box *line = help_text(help, BODY, arena_format(help->arena, "%s %d", word, i));
        box_margin(line, 4000, 0);
        box_add(stack, line);
    }
    return stack;
}

static struct box *kept(struct help *help, const char *word, int count, enum move move)
{
    struct box *block = lines(help, word, count);
    box_keep(block);
    box_may_move(block, move);
    return block;
}

/* Front and back with these blocks; NULL ends. */
static void sheet(struct help *help, struct box *front[], struct box *back[])
{
    struct box **sides[] = {front, back};
    for (size_t side = 0; side < 2; side++) {
        struct box *body = box_stack(help->arena);
        for (struct box **block = sides[side]; *block != NULL; block++)
            box_add(body, *block);
        help->parts[side] = (struct doc_part){
            .head = help_text(help, HEAD, side == 0 ? "Лицо" : "Оборот"), .head_next = NULL, .body = body};
    }
    help->parts[0].head_next = help_text(help, HEAD, "Продолжение");
    help->parts[1].head_next = help->parts[0].head_next;
    help->document.part_count = 2;
    help_set(help);
    assert_tidy(help);
}

/* How many of such lines go on a page: found by setting more and more of them. */
static int lines_on_page(struct help *help)
{
    for (int count = 4;; count++) {
        help_body(help, lines(help, "п", count + 1));
        help->parts[0].head = help_text(help, HEAD, "Лицо");
        help_set(help);
        if (help->count > 1)
            return count;
    }
}

static void test_moves_where_tight(void **state)
{
    struct help *help = *state;
    int full = lines_on_page(help);
    struct box *front[] = {lines(help, "день", full / 3), NULL};
    struct box *back[] = {lines(help, "предмет", full - 2), kept(help, "пропуск", full / 3, MOVE_IF_TIGHT), NULL};
    sheet(help, front, back);
    assert_int_equal(help->count, 2);
    assert_int_equal(help_page_of(help, "пропуск 1"), 1);
    assert_int_equal(help_page_of(help, "предмет 1"), 2);
}

static void test_stays_where_it_fits(void **state)
{
    struct help *help = *state;
    int full = lines_on_page(help);
    struct box *front[] = {lines(help, "день", full / 3), NULL};
    struct box *back[] = {lines(help, "предмет", full / 3), kept(help, "пропуск", full / 3, MOVE_IF_TIGHT), NULL};
    sheet(help, front, back);
    assert_int_equal(help->count, 2);
    assert_int_equal(help_page_of(help, "пропуск 1"), 2);
}

/* A move that saves no page is none; a part never gives away all it has. */
static void test_moves_for_a_page_only(void **state)
{
    struct help *help = *state;
    int full = lines_on_page(help);
    struct box *front[] = {lines(help, "день", full), NULL};
    struct box *back[] = {lines(help, "предмет", full), kept(help, "пропуск", full / 2, MOVE_IF_TIGHT), NULL};
    sheet(help, front, back);
    assert_int_equal(help->count, 3);
    assert_int_equal(help_page_of(help, "пропуск 1"), 3);
    struct box *short_front[] = {lines(help, "день", 2), NULL};
    struct box *short_back[] = {kept(help, "пропуск", 3, MOVE_IF_ROOM), NULL};
    sheet(help, short_front, short_back);
    assert_int_equal(help->count, 2);
    assert_int_equal(help_page_of(help, "пропуск 1"), 2);
}

/* A front without a block keeps its page and head, whether the back has blocks that move or not. */
static void test_empty_front(void **state)
{
    struct help *help = *state;
    struct box *none[] = {NULL};
    struct box *stays[] = {lines(help, "предмет", 3), kept(help, "пропуск", 3, MOVE_IF_TIGHT), NULL};
    sheet(help, none, stays);
    assert_int_equal(help->count, 2);
    assert_non_null(help_find(help, 0, "Лицо"));
    assert_int_equal(help_page_of(help, "предмет 1"), 2);
    assert_int_equal(help_page_of(help, "пропуск 1"), 2);
    struct box *moves[] = {lines(help, "предмет", 3), kept(help, "пропуск", 3, MOVE_IF_ROOM), NULL};
    sheet(help, none, moves);
    assert_int_equal(help->count, 2);
    assert_int_equal(help_page_of(help, "предмет 1"), 2);
    assert_int_equal(help_page_of(help, "пропуск 1"), 1);
    struct box *plain[] = {lines(help, "предмет", 3), NULL};
    sheet(help, none, plain);
    assert_int_equal(help->count, 2);
    assert_non_null(help_find(help, 0, "Лицо"));
}

static void test_moves_where_room(void **state)
{
    struct help *help = *state;
    int full = lines_on_page(help);
    struct box *front[] = {lines(help, "день", full / 3), NULL};
    struct box *back[] = {lines(help, "предмет", full / 3), kept(help, "пропуск", full / 3, MOVE_IF_ROOM), NULL};
    sheet(help, front, back);
    assert_int_equal(help_page_of(help, "пропуск 1"), 1);
    struct box *full_front[] = {lines(help, "день", full - 1), NULL};
    struct box *other_back[] = {lines(help, "предмет", full / 3), kept(help, "пропуск", full / 3, MOVE_IF_ROOM), NULL};
    sheet(help, full_front, other_back);
    assert_int_equal(help->count, 2);
    assert_int_equal(help_page_of(help, "пропуск 1"), 2);
}

/* What the front has no room for stands after the back, and the sides keep their pages. */
static void test_last(void **state)
{
    struct help *help = *state;
    int most = lines_on_page(help) * 4 / 5;
    struct box *front[] = {lines(help, "день", most), kept(help, "прошлое", most, MOVE_LAST), NULL};
    struct box *back[] = {lines(help, "предмет", most), NULL};
    sheet(help, front, back);
    assert_int_equal(help->count, 3);
    assert_int_equal(help_page_of(help, "предмет 1"), 2);
    assert_int_equal(help_page_of(help, "прошлое 1"), 3);
    assert_non_null(help_find(help, 2, "Продолжение"));
}

/* A little too much: spacing gives way, and only on the side that needs it. */
static void test_closer(void **state)
{
    struct help *help = *state;
    int full = lines_on_page(help);
    struct box *front[] = {lines(help, "день", full / 2), NULL}, *back[] = {lines(help, "предмет", full - 1), NULL};
    struct box *wide[] = {lines(help, "день", full / 2), NULL}, *low[] = {lines(help, "предмет", 3), NULL};
    sheet(help, wide, low);
    int32_t apart = help_find(help, 0, "день 2")->y - help_find(help, 0, "день 1")->y;
    sheet(help, front, back);
    assert_int_equal(help->count, 2);
    assert_int_equal(help_find(help, 0, "день 2")->y - help_find(help, 0, "день 1")->y, apart);
    assert_int_equal(help_find(help, 1, "предмет 1")->size, help_find(help, 0, "день 1")->size);
}

/* Room left on a page: first type grows, then paddings. */
static void test_air(void **state)
{
    struct help *help = *state;
    struct box *row = help_text(help, BODY, "строка");
    box_padding(row, 3000, 3000);
    struct box *stack = box_stack(help->arena);
    box_add(stack, row);
    box_add(stack, help_text(help, BODY, "следом"));
    help_body(help, stack);
    help_set(help);
    int32_t plain = help_find(help, 0, "следом")->y - help_find(help, 0, "строка")->y;
    help->layout.largest_body = help_find(help, 0, "строка")->size + 1000;
    help_set(help);
    int32_t aired = help_find(help, 0, "следом")->y - help_find(help, 0, "строка")->y;
    assert_in_range(help_find(help, 0, "строка")->size, help->layout.largest_body - 2, help->layout.largest_body);
    assert_true(aired > plain + 2500);
}

static const struct track with_picture[] = {{.width = 40000, .gap = 5000}, {.share = 1}};

/* A drawing, which keeps its size, alone or beside a line in a row or in columns; and lines below it. */
static struct box *illustrated(struct help *help, int kind, int lines, int32_t height)
{
    struct box *body = box_stack(help->arena), *with = body;
    if (kind > 0) {
        with = kind == 1 ? box_row(help->arena, with_picture, 2) : box_columns(help->arena, 2, 6000);
        box_add(body, with);
    }
    box_add(with, box_drawing(help->arena, 30000, height));
    box_add(with, help_text(help, BODY, "первая"));
    for (int i = 0; i < lines; i++)
        box_add(body, help_text(help, BODY, "Окружающий мир, с. 84, упр. 158"));
    return body;
}

/* Pages that the document takes with type so much larger, thousandths, which does not grow by itself. */
static size_t pages_at(struct help *help, int32_t scale)
{
    struct style styles[sizeof help_styles / sizeof *help_styles];
    memcpy(styles, help_styles, sizeof styles);
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
        styles[i].size = styles[i].size * scale / 1000;
        styles[i].leading = styles[i].leading * scale / 1000;
    }
    help->layout.styles = styles;
    help->layout.largest_body = 0;
    help_set(help);
    help->layout.styles = help_styles;
    return help->count;
}

/* Of five steps the largest that takes no more pages. */
static void test_as_large_as_it_can(void **state)
{
    struct help *help = *state;
    int found[6] = {0};
    for (int kind = 0; kind < 3; kind++)
        for (int lines = 2; lines <= 42; lines += 4)
            for (int32_t height = 0; height <= 400000; height += 20000) {
                help_body(help, illustrated(help, kind, lines, height));
                int step = 5;
                size_t count = pages_at(help, 1000);
                while (step > 0 && pages_at(help, 1000 + 166 * step / 5) > count)
                    step--;
                help->layout.largest_body = 10500;
                help_set(help);
                assert_int_equal(help->count, count);
                assert_in_range(help_find(help, 0, "первая")->size, 9000 + 300 * step - 20, 9000 + 300 * step);
                found[step]++;
            }
    for (int step = 0; step <= 5; step++)
        assert_true(found[step] > 0);
}

/* The same with some air about it. */
static struct box *airy(struct help *help, int kind, int lines, int32_t height)
{
    struct box *body = illustrated(help, kind, lines, height);
    box_padding(body, 2000, 2000);
    return body;
}

static void assert_same_text(const struct page *left, const struct page *right)
{
    assert_int_equal(left->item_count, right->item_count);
    for (size_t i = 0; i < left->item_count; i++) {
        const struct item *a = &left->items[i], *b = &right->items[i];
        if (a->x != b->x || a->y != b->y || a->w != b->w || a->size != b->size)
            fail_msg("at %d, %d of size %d, not at %d, %d of size %d", a->x, a->y, a->size, b->x, b->y, b->size);
    }
}

/* A side of a sheet is set as large and airy as it would be alone, whatever is tried first. */
static void test_sides_as_alone(void **state)
{
    struct help *help = *state;
    size_t small = 0, middling = 0, large = 0;
    help->layout.largest_body = 10500;
    for (int kind = 0; kind < 3; kind++)
        for (int lines = 2; lines <= 42; lines++)
            for (int32_t height = 0; height <= 400000; height += 50000) {
                help_body(help, airy(help, kind, lines, height));
                help_set(help);
                if (help->count > 1)
                    continue;
                struct page alone = help->pages[0];
                int32_t size = help_find(help, 0, "первая")->size;
                small += size == 9000;
                large += size == 10494;
                middling += size != 9000 && size != 10494;
                for (size_t side = 0; side < 2; side++)
                    help->parts[side] = (struct doc_part){.body = airy(help, kind, lines, height)};
                help->document.part_count = 2;
                help_set(help);
                assert_int_equal(help->count, 2);
                assert_same_text(&alone, &help->pages[0]);
                assert_same_text(&alone, &help->pages[1]);
            }
    assert_true(small > 0 && middling > 0 && large > 0);
}

/* A block that is kept is too high for the first page, whose heading is larger, but not for the next one. */
static void test_kept_for_the_next_page(void **state)
{
    struct help *help = *state;
    int full = lines_on_page(help);
    struct box *head = lines(help, "заголовок", full / 2);
    struct box *body = box_stack(help->arena);
    box_add(body, lines(help, "до", 2));
    box_add(body, kept(help, "вместе", full * 3 / 4, MOVE_NEVER));
    help->document.part_count = 1;
    help->parts[0] = (struct doc_part){.head = head, .head_next = help_text(help, HEAD, "Продолжение"), .body = body};
    help_set(help);
    assert_tidy(help);
    assert_int_equal(help->count, 2);
    assert_int_equal(help_page_of(help, "до 2"), 1);
    assert_int_equal(help_page_of(help, "вместе 1"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_moves_where_tight, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_stays_where_it_fits, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_moves_for_a_page_only, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_empty_front, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_moves_where_room, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_last, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_closer, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_air, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_kept_for_the_next_page, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_as_large_as_it_can, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_sides_as_alone, help_begin, help_end),
    };
    return cmocka_run_group_tests(tests, help_open, help_close);
}
