/* Lines: where a Russian text is broken, and where it is not. */
#include "typeset_help.h"

#define NBSP "\xC2\xA0"

static const char *replaced(struct help *help, const char *text, char old, char new)
{
    char *copy = arena_copy(help->arena, text);
    for (char *at = copy; *at != '\0'; at++)
        if (*at == old)
            *at = new;
    return copy;
}

/* The widest of what stands between blanks. */
static int32_t widest(struct help *help, const char *text)
{
    int32_t most = 0;
    const char *bound = replaced(help, text, '~', '\x01');
    while (*bound != '\0') {
        size_t size = strcspn(bound, " ");
        const char *piece = replaced(help, arena_copy_n(help->arena, bound, size), '\x01', ' ');
        int32_t width = metrics_width(help->metrics, FACE_SANS, 9000, 0, piece);
        most = width > most ? width : most;
        bound += size + (bound[size] == ' ');
    }
    return most;
}

/* In `text`, «~» is a space where no line may end. Tried in every width that has room for what is bound together. */
static void assert_bound(struct help *help, const char *text)
{
    const char *plain = replaced(help, text, '~', ' ');
    int32_t all = metrics_width(help->metrics, FACE_SANS, 9000, 0, plain);
    for (int32_t width = widest(help, text) < 45000 ? 45000 : widest(help, text); width < all + 3000; width += 1700) {
        const char *lines = help_break(help, help_text(help, BODY, plain), width);
        const char *line = lines;
        for (const char *at = text; *at != '\0'; at++, line++) {
            line += *line == '|' && line > lines && line[-1] == '-';
            if (*at == '~' && *line == '|')
                fail_msg("in %d: %s", width, lines);
            if (*at != ' ' && *at != '~' && *line != *at)
                fail_msg("in %d, something is lost or broken: %s", width, lines);
        }
        arena_reset(help->out);
    }
}

static void test_never_between(void **state)
{
    static const char *const texts[] = {
        "Прочитать с.~84, упр.~158; правило на стр.~82",
        "Задачи №~4, 6 и~№~12 устно",
        "Окружающий мир — учебник, с.~76–80, гербарий: 3~листа",
        "Домашнее задание: §~12, рис.~4, п.~3 и~табл.~2",
        "Родительское собрание 16~ноября, в~18:00, каб.~14",
        "Олимпиада «Русский медвежонок», школьный этап: 2-е~место",
        "За неделю пропущено 5~уроков, за триместр 12~уроков",
        "Школа: г.~Сыктывкар, ул.~Ленина, д.~5",
        "Сказка А.~С.~Пушкина «О~царе Салтане»",
        "Читали стихи: Пушкин~А.~С., Лермонтов~М.~Ю.",
        "Музыка. Опера Н.~А.~Римского-Корсакова",
        "Рассказ Дж.~Родари «Чиполлино»",
        "Собрать листья, семена и~т.~д., то есть т.~е. гербарий",
        "Кисти, краски и~др. для урока; до~н.~э. и~н.~э.",
        "Масса 5~кг, длина 10~000~м, скорость 20~%",
        "Ученица 3~«А» класса, 12-я~неделя, 1-й~триместр",
        "Каникулы 28~ноября~– 6~декабря, потом уроки",
        "Москва~— столица России; Сыктывкар~— столица Коми",
        "Рус.~яз. упр.~167~· Матем. с.~62 №~5~· Чтение",
        "Диктант~×2, контрольная~×3, остальные~×1",
        "Вычисления вида 30~+~20 и~30~−~7, устно",
        "год 2026~г. и~2027~гг. наступят",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_bound(*state, texts[i]);
}

static void test_exact_lines(void **state)
{
    static const struct {
        int32_t width;
        const char *text, *lines;
    } cases[] = {
        {140000, "выучить отрывок, с. 131–132", "выучить отрывок, с. 131–132"},
        {100000, "выучить отрывок, с. 131–132", "выучить отрывок,|с. 131–132"},
        {120000, "Рус. яз. упр. 167 · Матем. с. 62 № 5 · Чтение с. 134–136",
         "Рус. яз. упр. 167 · Матем.|с. 62 № 5 · Чтение с. 134–136"},
        {100000, "Опера Н. А. Римского-Корсакова «Садко»", "Опера Н. А. Римского-|Корсакова «Садко»"},
        {60000, "алгебра/геометрия", "алгебра/|геометрия"},
        {80000, "С.84,упр.158;правило устно", "С.84,упр.158;|правило устно"},
        {30000, "2-е место", "2-е|место"},
        {40000, "16–21 ноября", "16–21|ноября"},
        {300000, "одна\nдве\r\nтри\rчетыре", "одна|две|три|четыре"},
        {300000, "одна\n\nдве", "одна|две"},
        {300000, "\nконец\n\n", "конец"},
        {300000, "  много \t пробелов   подряд  ", "много пробелов подряд"},
        {80000, "no-break" NBSP "space" NBSP "kept and so", "no-break" NBSP "space" NBSP "kept|and so"},
        {60000, "слово\xE2\x80\x91слово второе", "слово\xE2\x80\x91слово|второе"},
        {40000, "пере\xC2\xADнос\xC2\xADка", "перенос-|ка"},
        {300000, "пере\xC2\xADнос\xC2\xADка", "переноска"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(help_break(*state, help_text(*state, BODY, cases[i].text), cases[i].width), cases[i].lines);
}

/* «\n\n»: the empty line keeps its height. */
static void test_empty_line(void **state)
{
    struct help *help = *state;
    help_break(help, help_text(help, BODY, "одна\n\nдве"), 300000);
    assert_int_equal(help_find(help, 0, "две")->y - help_find(help, 0, "одна")->y, 22000);
}

/* Short words go with what follows where that costs no line; a last line is no single short word. */
static void test_fine_points(void **state)
{
    struct help *help = *state;
    assert_string_equal(
        help_break(help, help_text(help, BODY, "Отличный проект, рассказала классу о ледоколах на уроке"), 168000),
        "Отличный проект, рассказала классу|о ледоколах на уроке");
    assert_string_equal(
        help_break(help, help_text(help, BODY, "Контрольная работа по теме «Состав слова». Тест"), 190000),
        "Контрольная работа по теме «Состав|слова». Тест");
}

/* A hyphen only where a word is wider than the line, or saves more than one. */
static void test_few_hyphens(void **state)
{
    struct help *help = *state;
    struct box *box = help_text(help, BODY, "Физическая культура в зале");
    box_text_hyphenate(box, true);
    assert_string_equal(help_break(help, box, 70000), "Физическая|культура в зале");
    assert_string_equal(help_break(help, help_text(help, BODY, "Сопоставление слогов с буквами Б и П"), 146000),
                        "Сопоставление слогов|с буквами Б и П");
}

static void test_too_long_word(void **state)
{
    struct help *help = *state;
    const char *word = "достопримечательностидостопримечательности";
    for (int32_t width = 22000; width < 160000; width += 1500) {
        const char *lines = help_break(help, help_text(help, width % 1000 == 0 ? BODY : MARK, word), width);
        struct buffer joined = {0};
        for (const char *at = lines; *at != '\0'; at++)
            if (*at != '|' && *at != '-')
                buffer_char(&joined, *at);
        assert_string_equal(joined.data, word);
        buffer_free(&joined);
    }
    const char *lines = help_break(help, help_text(help, BODY, "QWERTYUIOPASDFGHJKLZXCVBNM"), 60000);
    assert_null(strchr(lines, '-'));
    assert_non_null(strchr(lines, '|'));
    assert_string_equal(help_break(help, help_text(help, BODY, "https://edu.example.org/sykt/diary/index"), 100000),
                        "https://edu.example.org/|sykt/diary/index");
}

static void test_hyphenation_only_where_asked(void **state)
{
    struct help *help = *state;
    const char *text = "Изобразительное искусство";
    assert_string_equal(help_break(help, help_text(help, BODY, text), 75000), "Изобразительное|искусство");
    struct box *box = help_text(help, BODY, "самостоятельная работа");
    box_text_hyphenate(box, true);
    assert_string_equal(help_break(help, box, 66000), "самостоятель-|ная работа");
    box = help_text(help, BODY, "самостоятельная работа");
    assert_string_equal(help_break(help, box, 72000), "самостоятельная|работа");
}

static void test_spacing_and_runs(void **state)
{
    struct help *help = *state;
    struct box *box = box_text(help->arena, ALIGN_RIGHT);
    box_run(box, WIDE, "РАЗРЯДКА");
    help_break(help, box, 120000);
    const struct item *item = help_find(help, 0, "РАЗРЯДКА");
    assert_int_equal(item->spacing, 900);
    assert_int_equal(item->x + item->w, help->layout.margin_left + 120000);
    box = box_text(help->arena, ALIGN_LEFT);
    box_run(box, BOLD, "Математика");
    box_run(box, SMALL, " Таблица ");
    box_run(box, SMALL, " умножения");
    assert_string_equal(help_break(help, box, 200000), "Математика Таблица умножения");
    assert_true(help_find(help, 0, "Таблица")->x >
                help_find(help, 0, "Математика")->x + help_find(help, 0, "Математика")->w);
}

static void test_hang(void **state)
{
    struct help *help = *state;
    struct box *box = help_text(help, BODY, "Первая строка начинается у края, вторая и третья с отступом");
    box_text_hang(box, 12000);
    help_break(help, box, 110000);
    int32_t left = help->layout.margin_left;
    for (size_t i = 0; i < help->pages[0].item_count; i++)
        assert_int_equal(help->pages[0].items[i].x, i == 0 ? left : left + 12000);
    assert_true(help->pages[0].item_count > 2);
}

static void test_underline(void **state)
{
    struct help *help = *state;
    struct box *box = box_text(help->arena, ALIGN_LEFT);
    box_run(box, BODY, "4 5 ");
    box_run_underlined(box, BOLD, "4 3");
    help_break(help, box, 200000);
    const struct item *marks = help_find(help, 0, "4 3");
    const struct item *line = &help->pages[0].items[help->pages[0].item_count - 1];
    assert_int_equal(line->kind, ITEM_LINE);
    assert_int_equal(line->x, marks->x);
    assert_int_equal(line->w, marks->w);
    assert_true(line->y > marks->y);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_never_between, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_exact_lines, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_empty_line, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_fine_points, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_few_hyphens, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_too_long_word, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_hyphenation_only_where_asked, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_spacing_and_runs, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_hang, help_begin, help_end),
        cmocka_unit_test_setup_teardown(test_underline, help_begin, help_end),
    };
    return cmocka_run_group_tests(tests, help_open, help_close);
}
