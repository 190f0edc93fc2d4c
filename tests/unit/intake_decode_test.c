/* Encodings, and files that were given by mistake. */
#include "intake_reading.h"

#include "base/text.h"

#define TABLE "Дата;Класс;Код ученика;Предмет;Отметка\n16.11.2026;3А;7;Мöд;5\n"

static void refused(const char *bytes, size_t size, int32_t line, int32_t column, const char *part)
{
    struct reading reading = reading_new();
    reading_bytes(&reading, bytes, size);
    assert_false(reading.ok);
    assert_int_equal(diag_count(reading.diag, DIAG_ERROR), 1);
    assert_told(&reading, DIAG_ERROR, line, column, part);
    reading_free(&reading);
}

#define REFUSED(bytes, line, column, part) refused((bytes), sizeof(bytes) - 1, (line), (column), (part))

static void mistaken_files(void **state)
{
    (void)state;
    REFUSED("", 0, 0, "the file is empty");
    REFUSED("\xEF\xBB\xBF\r\n  \n", 0, 0, "the file is empty");
    REFUSED("PK\x03\x04\x14\0\0\0[Content_Types].xml xl/workbook.xml", 0, 0, "Excel workbook (.xlsx)");
    REFUSED("PK\x03\x04\x14\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet", 0, 0, "LibreOffice table");
    REFUSED("PK\x03\x04\x14\0\0\0[Content_Types].xml word/document.xml", 0, 0, "text document");
    REFUSED("PK\x03\x04\x14\0mimetypeapplication/vnd.oasis.opendocument.text", 0, 0, "text document");
    REFUSED("PK\x03\x04\x14\0any.csv", 0, 0, "packed file (ZIP)");
    REFUSED("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0", 0, 0, "Excel workbook (.xls)");
    REFUSED("%PDF-1.5\n%\xE2\xE3\xCF\xD3\n", 0, 0, "PDF");
    REFUSED("{\\rtf1\\ansi", 0, 0, "RTF");
    REFUSED("\x1F\x8B\x08\0", 0, 0, "gzip");
    REFUSED("\r\n<HTML><table>", 0, 0, "web page");
    REFUSED("<?xml version=\"1.0\"?><Workbook/>", 0, 0, "web page or XML");
}

static void nul_bytes(void **state)
{
    (void)state;
    REFUSED("date;class\n2026-11-16;3\0А;;;;;;;;;;;;;;;;;;;;;;", 2, 13, "NUL byte");
    REFUSED("d\0a\0t\0e\0;\0c\0l\0a\0s\0s\0\n\0", 0, 0, "UTF-16 without");
    REFUSED("\0d\0a\0t\0e\0;\0c\0l\0a\0s\0s\0\n", 0, 0, "UTF-16 without");
}

static void damaged_utf8(void **state)
{
    (void)state;
    REFUSED("Дата;Класс;Код ученика;Предмет;Отметка\n16.11.2026;3А;7;\xD0\xD0Математика;5\n", 2, 17, "byte D0");
    REFUSED("\xEF\xBB\xBF"
            "date;\xE0\xF1\n",
            1, 6, "byte E0");
    REFUSED("date;\x98\xE0\n", 1, 6, "byte 98");
    REFUSED("\xFF\xFE"
            "d\0\0\xD8"
            "a\0",
            1, 2, "UTF-16 text is damaged");
    REFUSED("\xFF\xFE"
            "d\0a\0t",
            1, 3, "UTF-16 text is damaged");
}

static void one_row(const struct reading *reading, const char *subject)
{
    assert_true(reading->ok);
    assert_int_equal(reading->out.kind, EXPORT_GRADEBOOK);
    assert_int_equal(reading->out.count, 1);
    const struct lesson_row *row = &reading->out.rows.lessons[0];
    assert_string_equal(symbol_text(reading, row->subject), subject);
    assert_string_equal(symbol_text(reading, row->form), "3А");
    assert_string_equal(symbol_text(reading, row->mark), "5");
    assert_int_equal(row->day, day_of("2026-11-16"));
}

static void utf8(void **state)
{
    (void)state;
    struct reading plain = read_text(TABLE), bom = read_text("\xEF\xBB\xBF" TABLE);
    one_row(&plain, "Мöд");
    one_row(&bom, "Мöд");
    assert_told(&plain, DIAG_NOTE, 2, 17, "Latin Ö");
    reading_free(&plain);
    reading_free(&bom);
}

/* Each byte of Windows-1251 by iconv's answer is in the table: checked by the letters that matter. */
static void cp1251(void **state)
{
    (void)state;
    struct reading reading =
        read_text("\xC4\xE0\xF2\xE0;\xCA\xEB\xE0\xF1\xF1;\xCA\xEE\xE4 \xF3\xF7\xE5\xED\xE8\xEA\xE0;"
                  "\xCF\xF0\xE5\xE4\xEC\xE5\xF2;\xCE\xF2\xEC\xE5\xF2\xEA\xE0\n"
                  "16.11.2026;3\xC0;7;\xAB\xB3\xB2\xBB \xB9 1 \x97 \xB8\xA8 \xEA?\xF1;5\n");
    one_row(&reading, "«іІ» № 1 — ёЁ к?с");
    assert_told(&reading, DIAG_NOTE, 2, 17, "question mark");
    reading_free(&reading);
    /* Bytes of which two may be a letter of UTF-8. */
    reading = read_text("date;class;pupil_id;subject;mark\n16.11.2026;3\xD0;7;\xD0\xB9 1 \xD1\xD1\xD1\xD0;5\n");
    assert_true(reading.ok);
    assert_string_equal(symbol_text(&reading, reading.out.rows.lessons[0].subject), "Р№ 1 СССР");
    reading_free(&reading);
}

static void utf16(void **state)
{
    (void)state;
    static const char little[] = "\xFF\xFE"
                                 "d\0a\0t\0e\0;\0c\0l\0a\0s\0s\0;\0p\0u\0p\0i\0l\0_\0i\0d\0;\0s\0u\0b\0j\0e\0"
                                 "c\0t\0;\0m\0a\0r\0k\0\n\0"
                                 "2\0"
                                 "0\0"
                                 "2\0"
                                 "6\0-\0"
                                 "1\0"
                                 "1\0-\0"
                                 "1\0"
                                 "6\0;\0"
                                 "3\0\x10\x04;\0"
                                 "7\0;\0\xE7\x04;\0"
                                 "5\0\n";
    char big[sizeof little];
    for (size_t i = 0; i + 1 < sizeof little; i += 2) {
        big[i] = little[i + 1];
        big[i + 1] = little[i];
    }
    struct reading a = reading_new(), b = reading_new();
    reading_bytes(&a, little, sizeof little);
    reading_bytes(&b, big, sizeof big);
    one_row(&a, "ӧ");
    one_row(&b, "ӧ");
    reading_free(&a);
    reading_free(&b);
}

/* Signs beyond the first 65536 take two units; half of one is damage. */
static void utf16_of_two_units(void **state)
{
    (void)state;
    static const char text[] = "date;class;pupil_id;subject;mark\n2026-11-16;3А;7;М🎵;5\n";
    char bytes[2 * sizeof text + 2] = "\xFF\xFE";
    size_t size = 2, pair = 0;
    for (const char *at = text; *at != '\0';) {
        uint32_t code = text_next(&at);
        if (code >= 0x10000) {
            uint32_t high = 0xD800 + ((code - 0x10000) >> 10);
            bytes[size++] = (char)(high & 0xFF);
            bytes[size++] = (char)(high >> 8);
            code = 0xDC00 + ((code - 0x10000) & 0x3FF);
            pair = size;
        }
        bytes[size++] = (char)(code & 0xFF);
        bytes[size++] = (char)(code >> 8);
    }
    struct reading reading = reading_new();
    reading_bytes(&reading, bytes, size);
    one_row(&reading, "М🎵");
    reading_free(&reading);
    refused(bytes, pair, 2, 18, "UTF-16 text is damaged");
}

static void a_profile_fixes_the_encoding(void **state)
{
    (void)state;
    struct reading reading = reading_new();
    reading.profile.encoding = ENCODING_UTF8;
    static const char bytes[] = "date;class;pupil_id;subject;mark\n2026-11-16;3\xC0;7;\xEC;5\n";
    reading_bytes(&reading, bytes, sizeof bytes - 1);
    assert_false(reading.ok);
    assert_told(&reading, DIAG_ERROR, 2, 13, "byte C0");
    reading_free(&reading);
    reading = reading_new();
    reading.profile.encoding = ENCODING_UTF16;
    reading_bytes(&reading, TABLE, sizeof TABLE - 1);
    assert_false(reading.ok);
    assert_told(&reading, DIAG_ERROR, 0, 0, "the profile says UTF-16");
    reading_free(&reading);
}

static void decomposed_letters_and_controls(void **state)
{
    (void)state;
    struct reading reading = read_text("date;class;pupil_id;subject;topic;mark\n"
                                       "2026-11-16;3А;7;Ч\u0435\u0308т  \u0438\u0306;a\x01"
                                       "b\u00AD\tc;5\n");
    one_row(&reading, "Чёт й");
    assert_string_equal(symbol_text(&reading, reading.out.rows.lessons[0].topic), "a\uFFFDb c");
    assert_told(&reading, DIAG_NOTE, 2, -1, "control characters");
    reading_free(&reading);
}

static void line_ends(void **state)
{
    (void)state;
    struct reading dos = read_text("date;class;pupil_id;subject;mark\r\n2026-11-16;3А;7;М;5\r\n");
    struct reading mac = read_text("date;class;pupil_id;subject;mark\r2026-11-16;3А;7;М;5\r");
    struct reading old = read_text("date;class;pupil_id;subject;mark\r2026-11-16;3\xC0;7;\xCC;5\r");
    struct reading open = read_text("date;class;pupil_id;subject;mark\n2026-11-16;3А;7;М;5");
    one_row(&dos, "М");
    one_row(&mac, "М");
    one_row(&old, "М");
    one_row(&open, "М");
    reading_free(&dos);
    reading_free(&mac);
    reading_free(&old);
    reading_free(&open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistaken_files),
        cmocka_unit_test(nul_bytes),
        cmocka_unit_test(damaged_utf8),
        cmocka_unit_test(utf8),
        cmocka_unit_test(cp1251),
        cmocka_unit_test(utf16),
        cmocka_unit_test(utf16_of_two_units),
        cmocka_unit_test(line_ends),
        cmocka_unit_test(a_profile_fixes_the_encoding),
        cmocka_unit_test(decomposed_letters_and_controls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
