/* Rows and cells of RFC 4180, their places, and quotes that are wrong. */
#include "intake_reading.h"

#include "intake/rows.h"

struct table {
    struct source *source;
    struct diag *diag;
    struct rows *rows;
    struct row row;
};

static struct table open_text(const char *text, char delimiter)
{
    struct table table = {.source = source_of_bytes(text, strlen(text), SOURCE_BLOCK), .diag = diag_new()};
    struct encoded encoded;
    assert_true(decode_survey(table.source, "f.csv", ENCODING_ANY, &encoded, table.diag));
    table.rows = rows_open("f.csv", &encoded, delimiter, 0, NULL, NULL, table.diag);
    return table;
}

static void close_table(struct table *table)
{
    rows_free(table->rows);
    source_free(table->source);
    diag_free(table->diag);
}

static void assert_cell(const struct table *table, size_t cell, const char *text)
{
    assert_true(cell < table->row.count);
    assert_int_equal(table->row.cells[cell].size, strlen(text));
    assert_memory_equal(table->row.cells[cell].text, text, strlen(text));
}

static void assert_place(const struct table *table, size_t cell, int32_t line, int32_t column)
{
    struct place place = rows_place(table->rows, cell);
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
}

static void cells_and_places(void **state)
{
    (void)state;
    struct table table = open_text("Имя;б\n\n \"а;\"\"б\"\"\n;в\" ; г ;\"д\"\nе;;", ';');
    assert_true(rows_next(table.rows, &table.row));
    assert_int_equal(table.row.line, 1);
    assert_cell(&table, 0, "Имя");
    assert_place(&table, 1, 1, 5);
    assert_true(rows_next(table.rows, &table.row));
    assert_int_equal(table.row.line, 3);
    assert_int_equal(table.row.count, 3);
    assert_cell(&table, 0, "а;\"б\"\n;в");
    assert_cell(&table, 1, "г");
    assert_cell(&table, 2, "д");
    assert_place(&table, 0, 3, 1);
    assert_place(&table, 1, 4, 6);
    assert_place(&table, 2, 4, 10);
    assert_true(rows_next(table.rows, &table.row));
    assert_int_equal(table.row.line, 5);
    assert_int_equal(table.row.count, 3);
    assert_cell(&table, 2, "");
    struct place place = rows_place_at(table.rows, 3, 2);
    assert_int_equal(place.line, 4);
    assert_int_equal(place.column, 10);
    place = rows_place_at(table.rows, 1, 1);
    assert_int_equal(place.column, 5);
    assert_false(rows_next(table.rows, &table.row));
    assert_false(rows_broken(table.rows));
    close_table(&table);
}

/* A line without quotes does not pass through the parser: both ways give the same. */
static void quotes_change_nothing(void **state)
{
    (void)state;
    struct table plain = open_text("a; b ;c;;\td\t;\r\n;;\r\nх\r\n", ';');
    struct table quoted = open_text("a; b ;\"c\";;\td\t;\r\n\"\";;\r\n\"х\"\r\n", ';');
    while (rows_next(plain.rows, &plain.row)) {
        assert_true(rows_next(quoted.rows, &quoted.row));
        assert_int_equal(plain.row.count, quoted.row.count);
        assert_int_equal(plain.row.line, quoted.row.line);
        for (size_t i = 0; i < plain.row.count; i++) {
            assert_int_equal(plain.row.cells[i].size, quoted.row.cells[i].size);
            assert_memory_equal(plain.row.cells[i].text, quoted.row.cells[i].text, plain.row.cells[i].size);
        }
    }
    assert_false(rows_next(quoted.rows, &quoted.row));
    close_table(&plain);
    close_table(&quoted);
}

static void delimiters(void **state)
{
    (void)state;
    static const char *const texts[] = {"a;b,1;c\n1;2;3\n", "a,b,c\n\"1;;;;\",2,3\n", "a\tb\tc, d\n1\t2\t3\n",
                                        "sep=,\na,b;b;b,c\n", "\"sep=\t\"\na\tb\tc\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct table table = open_text(texts[i], 0);
        assert_true(rows_next(table.rows, &table.row));
        assert_int_equal(table.row.count, 3);
        assert_int_equal(table.row.line, i < 3 ? 1 : 2);
        close_table(&table);
    }
}

/* What stands before the first row is passed over again, and what was told is told again. */
static void from_the_start_again(void **state)
{
    (void)state;
    struct table table = open_text("sep=,\na,b\nc,\"d\ne\"\nf\"\n", 0);
    for (size_t pass = 1; pass <= 2; pass++) {
        assert_true(rows_next(table.rows, &table.row));
        assert_cell(&table, 0, "a");
        assert_int_equal(table.row.line, 2);
        assert_true(rows_next(table.rows, &table.row));
        assert_cell(&table, 1, "d\ne");
        assert_false(rows_next(table.rows, &table.row));
        assert_int_equal(diag_count(table.diag, DIAG_ERROR), pass);
        rows_rewind(table.rows);
        assert_false(rows_broken(table.rows));
    }
    close_table(&table);
}

static void wrong_quotes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int32_t line, column;
        const char *part;
    } cases[] = {
        {"a;b\nx;\"y\nz;w\n", 2, 3, "not closed"},
        {"a;b\nx;\"y\nz;\"w\";v\n", 2, 3, "not closed"},
        {"a;b\nx;y \"z\"\n", 2, 3, "not doubled"},
        {"a;b\nx;\"y \"z\"\"\n", 2, 3, "not doubled"},
        {"a;b\n  \"x \"\"y\"\"\";  \"y\" z\n", 2, 13, "not doubled"},
        {"a;b\nx\r\"y\nz;w\n", 2, 1, "not doubled"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct table table = open_text(cases[i].text, ';');
        size_t rows = 0;
        while (rows_next(table.rows, &table.row))
            rows++;
        assert_true(rows_broken(table.rows));
        const struct diag_item *item = diag_lookup(table.diag, 0);
        assert_non_null(item);
        assert_int_equal(item->line, cases[i].line);
        assert_int_equal(item->column, cases[i].column);
        assert_non_null(strstr(item->text, cases[i].part));
        assert_true(rows >= 1);
        close_table(&table);
    }
}

/* A lone CR ends no row, whether there are quotes or not. */
static void lone_returns(void **state)
{
    (void)state;
    static const char *const texts[] = {"x;y\rz;w\nu;v;t\n", "x;y\rz;\"w\"\nu;v;t\n", "\"x\"\r;y\rz;w\r\r\nu;v;t\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct table table = open_text(texts[i], ';');
        assert_true(rows_next(table.rows, &table.row));
        assert_int_equal(table.row.count, 3);
        assert_cell(&table, 0, "x");
        assert_cell(&table, 1, "y\rz");
        assert_cell(&table, 2, "w");
        assert_true(rows_next(table.rows, &table.row));
        assert_int_equal(table.row.count, 3);
        assert_int_equal(table.row.line, 2);
        assert_false(rows_broken(table.rows));
        close_table(&table);
    }
}

/* A quote that swallows the file costs its own row only. */
static void the_rest_is_read_on(void **state)
{
    (void)state;
    struct table table = open_text("a;b\nx;\"y\nz;w\nu;v\n", ';');
    size_t rows = 0;
    while (rows_next(table.rows, &table.row))
        rows++;
    assert_int_equal(rows, 3);
    assert_int_equal(diag_count(table.diag, DIAG_ERROR), 1);
    close_table(&table);
}

static void overlong_cell(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_text(&text, "a;b\nx;");
    for (size_t i = 0; i <= ROWS_FIELD_MOST; i++)
        buffer_text(&text, "ы");
    buffer_text(&text, "\nz;w\n");
    struct table table = open_text(text.data, ';');
    size_t rows = 0;
    while (rows_next(table.rows, &table.row))
        rows++;
    assert_int_equal(rows, 2);
    assert_int_equal(diag_lookup(table.diag, 0)->line, 2);
    assert_int_equal(diag_lookup(table.diag, 0)->column, 3);
    close_table(&table);
    buffer_free(&text);
}

/* Quotes in order, but no end of a line: not a table of pupils. */
static void overlong_row(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_text(&text, "a;b\n");
    for (size_t i = 0; i < 300000; i++)
        buffer_text(&text, "\"x\";");
    buffer_text(&text, "\"y\"\nz;w\n");
    struct table table = open_text(text.data, ';');
    size_t rows = 0;
    while (rows_next(table.rows, &table.row))
        rows++;
    assert_int_equal(rows, 2);
    assert_int_equal(diag_count(table.diag, DIAG_ERROR), 1);
    assert_int_equal(diag_lookup(table.diag, 0)->line, 2);
    assert_non_null(strstr(diag_lookup(table.diag, 0)->text, "longer than a megabyte"));
    close_table(&table);
    buffer_free(&text);
}

static void endless_quotes_end(void **state)
{
    (void)state;
    struct buffer text = {0};
    for (int i = 0; i < 5000; i++)
        buffer_text(&text, "a;\"b;c\" d\n");
    struct table table = open_text(text.data, ';');
    while (rows_next(table.rows, &table.row))
        continue;
    assert_true(diag_count(table.diag, DIAG_ERROR) <= 51);
    close_table(&table);
    buffer_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_and_places),    cmocka_unit_test(quotes_change_nothing), cmocka_unit_test(delimiters),
        cmocka_unit_test(lone_returns),        cmocka_unit_test(from_the_start_again),  cmocka_unit_test(wrong_quotes),
        cmocka_unit_test(the_rest_is_read_on), cmocka_unit_test(overlong_cell),         cmocka_unit_test(overlong_row),
        cmocka_unit_test(endless_quotes_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
