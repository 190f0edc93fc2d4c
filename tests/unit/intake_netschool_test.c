/* Reports of «Сетевой город. Образование»: specimens of the same grammar, and the real ones where they are at hand. */
#include "intake_reading.h"

static size_t count_reason(const struct reading *reading, enum reason reason)
{
    size_t count = 0;
    for (size_t i = 0; i < reading->out.count; i++)
        count += reading->out.rows.lessons[i].reason == reason;
    return count;
}

static size_t count_mark(const struct reading *reading, const char *mark)
{
    size_t count = 0;
    for (size_t i = 0; i < reading->out.count; i++)
        count += strcmp(symbol_text(reading, reading->out.rows.lessons[i].mark), mark) == 0;
    return count;
}

/* The marks and reasons of a subject on a day, as «5 4 ill». */
static void assert_day(const struct reading *reading, const char *pupil, const char *subject, const char *date,
                       const char *expected)
{
    static const char *const words[] = {"", "ill", "excused", "unexcused", "absent", "late", "released"};
    char found[200] = "";
    for (size_t i = 0; i < reading->out.count; i++) {
        const struct lesson_row *row = &reading->out.rows.lessons[i];
        if (row->day != day_of(date) || strcmp(symbol_text(reading, row->pupil), pupil) != 0 ||
            strcmp(symbol_text(reading, row->subject), subject) != 0)
            continue;
        assert_int_equal(row->lesson, 0);
        assert_int_equal(row->code, 0);
        assert_int_equal(row->weight, WEIGHT_ONE);
        size_t at = strlen(found);
        snprintf(found + at, sizeof found - at, "%s%s%s%s", at == 0 ? "" : " ", symbol_text(reading, row->mark),
                 row->mark != 0 && row->reason != 0 ? "+" : "", words[row->reason]);
    }
    assert_string_equal(found, expected);
}

static void the_report(void **state)
{
    (void)state;
    struct reading reading = read_file("tests/data/intake/report.csv");
    assert_true(reading.ok);
    assert_int_equal(reading.out.kind, EXPORT_GRADEBOOK);
    assert_string_equal(reading.out.profile, "netschool-report");
    assert_int_equal(reading.out.count, 19);
    assert_day(&reading, "Попов Пётр", "Алгебра", "2026-11-28", "4");
    assert_day(&reading, "Попов Пётр", "Алгебра", "2026-11-30", "2+late");
    assert_day(&reading, "Попов Пётр", "Алгебра", "2026-12-01", "3 3");
    assert_day(&reading, "Попов Пётр", "Алгебра", "2026-12-02", "3+ill ill");
    assert_day(&reading, "Попов Пётр", "Алгебра", "2026-12-03", "unexcused");
    assert_day(&reading, "Попов Пётр", "Алгебра", "2027-01-11", ".");
    assert_day(&reading, "Попов Пётр", "Алгебра", "2027-01-12", "5 4");
    assert_day(&reading, "Попов Пётр", "Музыка", "2026-12-02", "5 4");
    assert_day(&reading, "Попов Пётр", "Химия", "2026-11-30", ".");
    assert_day(&reading, "Попов Пётр", "Химия", "2027-01-11", "4+late 3");
    assert_day(&reading, "Рочева Анна", "Алгебра", "2026-12-04", "4");
    assert_told(&reading, DIAG_NOTE, 14, 10, "taken as a debt");
    assert_told(&reading, DIAG_NOTE, 10, -1, "the period's final of a report are not read");
    assert_int_equal(reading.out.covered_count, 1);
    assert_string_equal(reading.out.covered[0].form, "5В");
    assert_int_equal(reading.out.covered[0].span.from, day_of("2026-11-24"));
    assert_int_equal(reading.out.covered[0].span.until, day_of("2027-01-15"));
    reading_free(&reading);
}

/* One cell holds all labels; «30» stands under October by mistake; a column has no day; the legend makes «О» late where
 * school.ini has «ОП». */
static void the_report_of_version_5(void **state)
{
    (void)state;
    struct reading reading = read_file("tests/data/intake/report_v5.csv");
    assert_true(reading.ok);
    assert_string_equal(reading.out.state, "2026-11-01 09:10:10");
    assert_day(&reading, "Терентьев Лев", "Физика", "2026-09-29", "5");
    assert_day(&reading, "Терентьев Лев", "Физика", "2026-09-30", "ill");
    assert_day(&reading, "Терентьев Лев", "Физика", "2026-10-01", "5 4");
    assert_day(&reading, "Терентьев Лев", "Физика", "2026-10-02", "late");
    assert_day(&reading, "Терентьев Лев", "Кубановедение", "2026-10-01", "released");
    assert_int_equal(reading.out.count, 8);
    reading_free(&reading);
}

static void the_tabel(void **state)
{
    (void)state;
    struct reading reading = read_file("tests/data/intake/tabel.csv");
    assert_true(reading.ok);
    assert_int_equal(reading.out.kind, EXPORT_FINALS);
    assert_string_equal(reading.out.profile, "netschool-tabel");
    static const struct {
        const char *subject, *mark;
        int32_t period;
    } finals[] = {
        {"Алгебра", "3", 1},           {"Алгебра", "3", 2}, {"Алгебра", "3", FINAL_YEAR}, {"Алгебра", "4", FINAL_EXAM},
        {"Алгебра", "3", FINAL_FINAL}, {"Музыка", "5", 1},  {"Химия", "н/а", 1},          {"Химия", "3", 2},
        {"Химия", "3", FINAL_YEAR},    {"Алгебра", "5", 1}, {"Алгебра", "4", 2},          {"Алгебра", "5", FINAL_YEAR}};
    assert_int_equal(reading.out.count, sizeof finals / sizeof finals[0]);
    for (size_t i = 0; i < reading.out.count; i++) {
        const struct final_row *row = &reading.out.rows.finals[i];
        assert_string_equal(row->subject, finals[i].subject);
        assert_string_equal(row->mark, finals[i].mark);
        assert_int_equal(row->period, finals[i].period);
        assert_int_equal(row->year, 2026);
        assert_string_equal(row->form, "5В");
        assert_string_equal(row->name, i < 9 ? "Попов Пётр" : "Рочева Анна");
    }
    assert_told(&reading, DIAG_NOTE, 14, 17, "taken as «н/а»");
    reading_free(&reading);
}

/* The text of a specimen with one piece replaced. */
static struct reading read_changed(const char *path, const char *old, const char *new)
{
    struct buffer bytes = {0}, changed = {0};
    struct err err = {0};
    assert_true(file_read(path, 1 << 20, &bytes, &err));
    char *at = strstr(bytes.data, old);
    assert_non_null(at);
    buffer_add(&changed, bytes.data, (size_t)(at - bytes.data));
    buffer_text(&changed, new);
    buffer_text(&changed, at + strlen(old));
    struct reading reading = read_text(changed.data);
    buffer_free(&bytes);
    buffer_free(&changed);
    return reading;
}

static void wrong_reports(void **state)
{
    (void)state;
    static const struct {
        const char *old, *new;
        int32_t line, column;
        const char *part;
    } cases[] = {
        {"\"Н 2\"", "\"Н 7\"", 14, 15, "the mark '7' is outside the scale"},
        {"\"Н 2\"", "\"7\"", 14, 15, "the mark '7' is outside the scale"},
        {"\"Н 2\"", "\"Ж\"", 14, 15, "nor a known code of absence (Н, О, Б, У"},
        {";28;30;1;", ";28;32;1;", 11, 5, "'32' is no day"},
        {";28;30;1;", ";28;31;1;", 11, 8, "'1' is no day"},
        {";28;30;1;", ";28;;1;", 12, 15, "column without a day"},
        {"\"Класс: 5В\"", "\"\"", 11, 0, "«Класс: …» is missing"},
        {"\"Ученик: Попов Пётр\"", "\"\"", 11, 0, "«Ученик: …» is missing"},
        {"Ученик: Рочева Анна", "Ученик: Попов Пётр", 23, 0, "has a table in line 7 already"},
        {"\"Класс: 5В\"", "\"Класс: 1В\"", 12, 11, "the class 1В has no marks"},
        {"\"Музыка\"", "", 13, 0, "the row has no subject"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct reading reading = read_changed("tests/data/intake/report.csv", cases[i].old, cases[i].new);
        assert_false(reading.ok);
        const struct diag_item *item = find_item(&reading, DIAG_ERROR, -1, -1, cases[i].part);
        assert_non_null(item);
        assert_int_equal(item->line, cases[i].line);
        if (cases[i].column > 0)
            assert_int_equal(item->column, cases[i].column);
        reading_free(&reading);
    }
    struct reading reading = read_changed("tests/data/intake/tabel.csv", "\"0\"", "\"9\"");
    assert_false(reading.ok);
    assert_told(&reading, DIAG_ERROR, 14, 17, "the final '9'");
    reading_free(&reading);
    reading = read_changed("tests/data/intake/report.csv", "4,50", "4,75");
    assert_true(reading.ok);
    assert_told(&reading, DIAG_NOTE, 13, -1, "own mean 4,75 is not that of its marks (4,50)");
    reading_free(&reading);
}

/* Without days in the period the columns say which days the report covers. */
static void a_period_without_days(void **state)
{
    (void)state;
    struct reading reading =
        read_changed("tests/data/intake/report.csv", "Период: с 24.11.26 по 15.01.27", "Период: 2 триместр");
    assert_true(reading.ok);
    assert_told(&reading, DIAG_WARNING, 6, -1, "does not say its first and last day");
    assert_int_equal(reading.out.count, 19);
    assert_day(&reading, "Попов Пётр", "Алгебра", "2027-01-12", "5 4");
    assert_int_equal(reading.out.covered_count, 2);
    assert_int_equal(reading.out.covered[0].span.from, day_of("2026-11-28"));
    assert_int_equal(reading.out.covered[0].span.until, day_of("2027-01-12"));
    reading_free(&reading);
}

/* A year that can't be one is taken from the period. */
static void a_year_that_can_not_be(void **state)
{
    (void)state;
    struct reading reading =
        read_changed("tests/data/intake/report.csv", "Учебный год: 2026/2027", "Учебный год: 26/27");
    assert_true(reading.ok);
    assert_day(&reading, "Попов Пётр", "Алгебра", "2027-01-12", "5 4");
    reading_free(&reading);
    reading = read_changed("tests/data/intake/tabel.csv", "Учебный год: 2026/2027", "Учебный год: 26/27");
    assert_false(reading.ok);
    assert_told(&reading, DIAG_ERROR, -1, -1, "«Учебный год: …» is missing");
    reading_free(&reading);
}

/* Without a legend of its own a report takes the nearest: «З» is told by the other one only. */
static void a_legend_of_another_page(void **state)
{
    (void)state;
#define PAGE(pupil, cell)                                                                                              \
    "Учебный год: 2026/2027;\nКласс: 5В;\nПериод: с 1.09.26 по 30.10.26;\nУченик: " pupil                              \
    ";\n;\nПредмет;Октябрь\n;5\nМузыка;" cell "\n;\n"
#define TITLE  "Отчет об успеваемости и посещаемости ученика;\n;\n"
#define LEGEND "Ю;Болезнь\n;\n"
    static const char *const texts[] = {TITLE PAGE("Попов Пётр", "Ю") LEGEND PAGE("Рочева Анна", "Ю"),
                                        TITLE PAGE("Попов Пётр", "Ю") PAGE("Рочева Анна", "Ю") LEGEND};
    for (size_t i = 0; i < 2; i++) {
        struct reading reading = read_text(texts[i]);
        assert_true(reading.ok);
        assert_day(&reading, "Попов Пётр", "Музыка", "2026-10-05", "ill");
        assert_day(&reading, "Рочева Анна", "Музыка", "2026-10-05", "ill");
        reading_free(&reading);
    }
    struct reading reading = read_text(TITLE PAGE("Попов Пётр", "Ю"));
    assert_false(reading.ok);
    assert_told(&reading, DIAG_ERROR, -1, -1, "'Ю' is neither a mark");
    reading_free(&reading);
}

static void reports_without_a_table(void **state)
{
    (void)state;
    struct reading reading = read_text(TITLE "Учебный год: 2026/2027;\nКласс: 5В;\nУченик: Попов Пётр;\n");
    assert_false(reading.ok);
    assert_told(&reading, DIAG_ERROR, 0, 0, "the report has no table");
    reading_free(&reading);
    reading = read_text("Табель успеваемости учащегося;\n;\nУчебный год: 2026/2027;\nКласс: 5В;\n");
    assert_false(reading.ok);
    assert_told(&reading, DIAG_ERROR, 0, 0, "the report has no table");
    reading_free(&reading);
}

static void wrong_tabels(void **state)
{
    (void)state;
    static const struct {
        const char *old, *new;
        enum diag_level level;
        int32_t line, column;
        const char *part;
    } cases[] = {
        {"\"Ученик: Рочева Анна\"", "\"Ученик: Попов Пётр\"", DIAG_ERROR, 24, 21, "a second final of this subject"},
        {"\"Класс: 5В\"", "\"Класс: 1В\"", DIAG_ERROR, 12, 22, "the class 1В has no marks"},
        {"\"4\";;\"3\"", "\"4\";\"5\";\"3\"", DIAG_NOTE, 12, 45, "of two exam marks of a subject the first is read"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct reading reading = read_changed("tests/data/intake/tabel.csv", cases[i].old, cases[i].new);
        assert_int_equal(reading.ok, cases[i].level != DIAG_ERROR);
        assert_told(&reading, cases[i].level, cases[i].line, cases[i].column, cases[i].part);
        reading_free(&reading);
    }
    struct reading reading = read_text("Табель успеваемости учащегося;;\n;;\nУчебный год: 2026/2027;;\nКласс: 5В;;\n"
                                       "Ученик: Попов Пётр;;\n;;\n;Предмет;Средний балл\n1;Алгебра;4,5\n");
    assert_false(reading.ok);
    assert_told(&reading, DIAG_ERROR, -1, 0, "the table has no column of finals");
    reading_free(&reading);
}

/* A pupil who changed the class has a page of each: the file speaks for the finals of both, those left empty too. */
static void tabels_of_two_classes(void **state)
{
    (void)state;
    struct reading reading = read_changed("tests/data/intake/tabel.csv", "\"Класс: 5В\"", "\"Класс: 5Б\"");
    assert_true(reading.ok);
    assert_true(reading.out.by_pupil);
    assert_string_equal(reading.out.rows.finals[0].form, "5Б");
    assert_string_equal(reading.out.rows.finals[reading.out.count - 1].form, "5В");
    assert_true(reading.out.empty_count >= 2);
    assert_string_equal(reading.out.empty[0].form, "5Б");
    assert_string_equal(reading.out.empty[0].name, "Попов Пётр");
    assert_string_equal(reading.out.empty[reading.out.empty_count - 1].form, "5В");
    reading_free(&reading);
}

static void commas_and_trimmed_rows(void **state)
{
    (void)state;
    struct reading reading =
        read_text("Отчет об успеваемости и посещаемости ученика\n\nУчебный год: 2026/2027\nКласс: 5В\n"
                  "Период: с 1.09.26 по 30.10.26\nУченик: Попов Пётр\n\nПредмет,Октябрь,,Средняя оценка\n"
                  ",5,6\nМузыка,5,Б,\"5,00\"\nПение\n\nБ,Болезнь\n");
    assert_true(reading.ok);
    assert_int_equal(reading.out.count, 2);
    assert_day(&reading, "Попов Пётр", "Музыка", "2026-10-05", "5");
    assert_day(&reading, "Попов Пётр", "Музыка", "2026-10-06", "ill");
    reading_free(&reading);
}

static void assert_same(const struct reading *a, const struct reading *b)
{
    assert_true(a->ok);
    assert_true(b->ok);
    assert_int_equal(a->out.kind, b->out.kind);
    assert_int_equal(a->out.count, b->out.count);
    assert_int_equal(a->out.symbol_count, b->out.symbol_count);
    for (size_t i = 0; i < a->out.symbol_count; i++)
        assert_string_equal(a->out.symbols[i], b->out.symbols[i]);
    assert_string_equal(a->out.state, b->out.state);
    if (a->out.kind == EXPORT_GRADEBOOK)
        assert_memory_equal(a->out.rows.lessons, b->out.rows.lessons, a->out.count * sizeof *a->out.rows.lessons);
    for (size_t i = 0; a->out.kind == EXPORT_FINALS && i < a->out.count; i++) {
        const struct final_row *x = &a->out.rows.finals[i], *y = &b->out.rows.finals[i];
        assert_string_equal(x->name, y->name);
        assert_string_equal(x->subject, y->subject);
        assert_string_equal(x->mark, y->mark);
        assert_int_equal(x->period, y->period);
        assert_int_equal(x->line, y->line);
    }
}

static void both_encodings_are_one(void **state)
{
    (void)state;
    static const char *const names[] = {"report", "report_v5", "tabel"};
    for (size_t i = 0; i < 3; i++) {
        char utf8[100], cp1251[100];
        snprintf(utf8, sizeof utf8, "tests/data/intake/%s.csv", names[i]);
        snprintf(cp1251, sizeof cp1251, "tests/data/intake/%s_cp1251.csv", names[i]);
        struct reading a = read_file(utf8), b = read_file(cp1251);
        assert_same(&a, &b);
        reading_free(&a);
        reading_free(&b);
    }
}

/* Sum and number of the marks that were read from a line; a debt counts as the 0 that the report has for it. */
static void sum_line(const struct reading *reading, int32_t line, long *sum, long *count)
{
    *sum = *count = 0;
    for (size_t i = 0; i < reading->out.count; i++) {
        const struct lesson_row *row = &reading->out.rows.lessons[i];
        if (row->line != line || row->mark == 0)
            continue;
        *sum += strtol(symbol_text(reading, row->mark), NULL, 10);
        ++*count;
    }
}

/* The report's own «Средняя оценка» against the marks that were read, line by line; the lines that differ. */
static int compare_means(const struct reading *reading, const char *text, int *compared)
{
    int column = -1, differ = 0;
    int32_t line = 1;
    for (const char *at = text; *at != '\0'; line++) {
        size_t size = strcspn(at, "\n");
        const char *mean = strstr(at, "\"Средняя оценка\"");
        if (mean != NULL && mean < at + size) {
            column = 0;
            for (const char *c = at; c < mean; c++)
                column += *c == ';';
        } else if (column > 0 && size > 2 && at[0] == '"' && at[1] != '\0') {
            const char *cell = at;
            for (int i = 0; i < column && cell < at + size; i++)
                cell += strcspn(cell, ";\n") + 1;
            double told = 0;
            int whole = 0, part = 0, digits = 0;
            if (cell < at + size && sscanf(cell + (*cell == '"'), "%d,%n%d", &whole, &digits, &part) == 2) {
                size_t decimals = strspn(cell + (*cell == '"') + digits, "0123456789");
                told = whole + part / (decimals == 1 ? 10.0 : 100.0);
            } else if (cell < at + size && sscanf(cell, "%d", &whole) == 1) {
                told = whole;
            } else {
                at += size + (at[size] != '\0');
                continue;
            }
            long sum = 0, count = 0;
            sum_line(reading, line, &sum, &count);
            long counted = count == 0 ? 0 : (200 * sum + count) / (2 * count);
            differ += counted != (long)(told * 100 + 0.5);
            ++*compared;
        }
        at += size + (at[size] != '\0');
    }
    return differ;
}

static void check_real_report(const char *name, const char *twin, int lines, int differ)
{
    char path[500], other[500];
    if (real_path(path, sizeof path, name) == NULL || real_path(other, sizeof other, twin) == NULL) {
        print_message("no real reports at hand\n");
        skip();
    }
    struct reading a = read_file(path), b = read_file(other);
    assert_same(&a, &b);
    struct buffer bytes = {0};
    struct err err = {0};
    assert_true(file_read(path, 1 << 20, &bytes, &err));
    int compared = 0;
    assert_int_equal(compare_means(&a, bytes.data, &compared), differ);
    assert_int_equal(compared, lines);
    assert_int_equal(diag_count(a.diag, DIAG_WARNING), 0);
    buffer_free(&bytes);
    reading_free(&a);
    reading_free(&b);
}

/* One line of the real report has a mean that its cells do not give: 3,20 of 2, 5, 3, 3. */
static void the_real_report_of_2025(void **state)
{
    (void)state;
    check_real_report("netschool/studenttotal_utf8.csv", "netschool/studenttotal_cp1251.csv", 280, 1);
    char path[500];
    struct reading reading = read_file(real_path(path, sizeof path, "netschool/studenttotal_utf8.csv"));
    assert_told(&reading, DIAG_NOTE, 439, -1, "own mean 3,20 is not that of its marks (3,25)");
    assert_int_equal(count_mark(&reading, "2"), 253);
    assert_int_equal(count_mark(&reading, "3"), 470);
    assert_int_equal(count_mark(&reading, "4"), 339);
    assert_int_equal(count_mark(&reading, "5"), 215);
    assert_int_equal(count_mark(&reading, "."), 4);
    assert_int_equal(count_reason(&reading, REASON_UNEXCUSED), 217);
    assert_int_equal(count_reason(&reading, REASON_ILL), 163);
    assert_int_equal(count_reason(&reading, REASON_LATE), 53);
    assert_int_equal(count_reason(&reading, REASON_EXCUSED), 20);
    assert_int_equal(reading.out.covered_count, 1);
    assert_int_equal(reading.out.covered[0].span.from, day_of("2025-03-24"));
    reading_free(&reading);
}

static void the_real_report_of_2021(void **state)
{
    (void)state;
    check_real_report("netschool/report2021_utf8.csv", "netschool/report2021_cp1251.csv", 16, 0);
    char path[500];
    struct reading reading = read_file(real_path(path, sizeof path, "netschool/report2021_utf8.csv"));
    assert_string_equal(reading.out.state, "2021-11-14 19:10:10");
    assert_int_equal(count_mark(&reading, "5"), 98);
    assert_int_equal(count_mark(&reading, "4"), 35);
    assert_int_equal(count_mark(&reading, "3"), 6);
    assert_int_equal(count_reason(&reading, REASON_ILL), 39);
    assert_int_equal(count_reason(&reading, REASON_EXCUSED), 1);
    assert_day(&reading, "Ученик 01", "Русский язык", "2021-09-28", "5 4");
    assert_day(&reading, "Ученик 01", "Биология", "2021-10-19", "excused");
    reading_free(&reading);
}

static void the_real_tabel(void **state)
{
    (void)state;
    char path[500], other[500];
    if (real_path(path, sizeof path, "netschool/tabel_utf8.csv") == NULL ||
        real_path(other, sizeof other, "netschool/tabel_cp1251.csv") == NULL)
        skip();
    struct reading a = read_file(path), b = read_file(other);
    assert_same(&a, &b);
    assert_int_equal(a.out.count, 1174);
    static const size_t expected[] = {2, 73, 573, 441, 85};
    static const char *const marks[] = {"н/а", "2", "3", "4", "5"};
    for (size_t m = 0; m < 5; m++) {
        size_t count = 0;
        for (size_t i = 0; i < a.out.count; i++)
            count += strcmp(a.out.rows.finals[i].mark, marks[m]) == 0;
        assert_int_equal(count, expected[m]);
    }
    reading_free(&a);
    reading_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_report),
        cmocka_unit_test(the_report_of_version_5),
        cmocka_unit_test(the_tabel),
        cmocka_unit_test(wrong_reports),
        cmocka_unit_test(a_period_without_days),
        cmocka_unit_test(a_year_that_can_not_be),
        cmocka_unit_test(a_legend_of_another_page),
        cmocka_unit_test(reports_without_a_table),
        cmocka_unit_test(wrong_tabels),
        cmocka_unit_test(tabels_of_two_classes),
        cmocka_unit_test(commas_and_trimmed_rows),
        cmocka_unit_test(both_encodings_are_one),
        cmocka_unit_test(the_real_report_of_2025),
        cmocka_unit_test(the_real_report_of_2021),
        cmocka_unit_test(the_real_tabel),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
