/* The weekly export: what is read, and each thing that can be wrong with it. */
#include "intake_reading.h"

#define HEADER "date;class;pupil_id;pupil;lesson;subject;homework;work;weight;mark;attendance\n"
#define GOOD   "2026-11-16;3А;7;Попов Пётр;2;Музыка;;;;5;\n"

static const struct lesson_row *row_at(const struct reading *reading, size_t at)
{
    assert_true(at < reading->out.count);
    return &reading->out.rows.lessons[at];
}

static void the_specimen(void **state)
{
    (void)state;
    struct reading reading = read_file("tests/data/intake/gradebook.csv");
    assert_true(reading.ok);
    assert_int_equal(reading.out.kind, EXPORT_GRADEBOOK);
    assert_string_equal(reading.out.profile, "native");
    assert_int_equal(strlen(reading.out.sha256), 64);
    assert_int_equal(reading.out.count, 7);
    assert_null(diag_lookup(reading.diag, 0));
    const struct lesson_row *row = row_at(&reading, 1);
    assert_string_equal(symbol_text(&reading, row->mark), "5");
    assert_string_equal(symbol_text(&reading, row->work), "контрольная работа");
    assert_string_equal(symbol_text(&reading, row->comment), "Молодец!");
    assert_int_equal(row->weight, 2000);
    assert_int_equal(row->lesson, 2);
    row = row_at(&reading, 2);
    assert_string_equal(symbol_text(&reading, row->mark), "4");
    assert_int_equal(row->comment, 0);
    assert_int_equal(row_at(&reading, 3)->reason, REASON_ILL);
    row = row_at(&reading, 4);
    assert_int_equal(row->line, 5);
    assert_int_equal(row->reason, REASON_LATE);
    assert_int_equal(row->weight, 1500);
    assert_string_equal(symbol_text(&reading, row->homework), "Выучить; пересказать");
    row = row_at(&reading, 5);
    assert_int_equal(row->line, 7);
    assert_int_equal(row->code, 0);
    assert_int_equal(row->pupil, 0);
    assert_string_equal(symbol_text(&reading, row->form), "3А");
    assert_int_equal(reading.out.covered_count, 2);
    assert_string_equal(reading.out.covered[0].form, "3А");
    assert_int_equal(reading.out.covered[0].span.from, day_of("2026-11-16"));
    assert_int_equal(reading.out.covered[0].span.until, day_of("2026-11-17"));
    reading_free(&reading);
}

static void english_with_commas(void **state)
{
    (void)state;
    struct reading reading = read_file("tests/data/intake/gradebook_en.csv");
    assert_true(reading.ok);
    assert_int_equal(reading.out.count, 3);
    assert_string_equal(symbol_text(&reading, row_at(&reading, 0)->form), "3А");
    assert_string_equal(symbol_text(&reading, row_at(&reading, 2)->mark), ".");
    assert_int_equal(row_at(&reading, 2)->reason, REASON_UNEXCUSED);
    assert_int_equal(row_at(&reading, 2)->lesson, 0);
    reading_free(&reading);
}

/* Cells of marks: marks × absences, without a lesson's number. */
static void cells_of_marks(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *marks, *reasons; /* by row */
    } cases[] = {
        {"5", "5", "-"},
        {"5/4", "54", "--"},
        {"5  4", "54", "--"},
        {"н", "_", "U"},
        {"Н", "_", "U"},
        {"О 2", "2", "L"},
        {"О 4/3", "43", "L-"},
        {"Б Б 3", "3_", "II"},
        {"Н Н", "__", "UU"},
        {".", ".", "-"},
        {"Б  3/3", "33", "I-"},
        {"УП", "_", "E"},
        {"осв", "_", "R"},
        {"5\xC2\xA0"
         "4",
         "54", "--"},
        {" 3 ", "3", "-"},
    };
    static const char letters[] = {
        [REASON_PRESENT] = '-', [REASON_ILL] = 'I',  [REASON_EXCUSED] = 'E', [REASON_UNEXCUSED] = 'U',
        [REASON_ABSENT] = 'A',  [REASON_LATE] = 'L', [REASON_RELEASED] = 'R'};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[256];
        snprintf(text, sizeof text, HEADER "2026-11-16;3А;7;Попов;;Музыка;;;;%s;\n", cases[i].cell);
        struct reading reading = read_text(text);
        assert_true(reading.ok);
        assert_null(diag_lookup(reading.diag, 0));
        assert_int_equal(reading.out.count, strlen(cases[i].marks));
        for (size_t n = 0; n < reading.out.count; n++) {
            const char *mark = symbol_text(&reading, row_at(&reading, n)->mark);
            assert_int_equal(*mark == '\0' ? '_' : *mark, cases[i].marks[n]);
            assert_int_equal(letters[row_at(&reading, n)->reason], cases[i].reasons[n]);
        }
        reading_free(&reading);
    }
}

static void a_numbered_lesson_is_missed_once(void **state)
{
    (void)state;
    struct reading reading = read_text(HEADER "2026-11-16;3А;7;Попов;2;Музыка;;;;Б Б 3;б\n");
    assert_true(reading.ok);
    assert_int_equal(reading.out.count, 1);
    assert_int_equal(row_at(&reading, 0)->reason, REASON_ILL);
    reading_free(&reading);
}

static void look_alike_letters(void **state)
{
    (void)state;
    struct reading reading = read_text(HEADER "2026-11-16;3А;7;Попов;1;Музыка;;;;З;\n"
                                              "2026-11-16;3A;7;Попов;2;Музыка;;;;;H\n"
                                              "2026-11-16;3А;7;Попов;3;Музыка;;;;O 2;\n");
    assert_true(reading.ok);
    assert_string_equal(symbol_text(&reading, row_at(&reading, 0)->mark), "3");
    assert_int_equal(row_at(&reading, 1)->reason, REASON_UNEXCUSED);
    assert_int_equal(row_at(&reading, 1)->form, row_at(&reading, 0)->form);
    assert_int_equal(row_at(&reading, 2)->reason, REASON_LATE);
    assert_told(&reading, DIAG_NOTE, 2, 35, "only looks right");
    assert_told(&reading, DIAG_NOTE, 3, 36, "only looks right");
    assert_told(&reading, DIAG_NOTE, 4, 35, "only looks right");
    reading_free(&reading);
}

static void weights(void **state)
{
    (void)state;
    struct reading reading = reading_new();
    const struct work_weight works[] = {{"контрольная", "Контрольная", 3000}};
    reading.school.works = works;
    reading.school.work_count = 1;
    static const char text[] = HEADER "2026-11-16;3А;7;;1;М;;Контрольная;;5;\n"
                                      "2026-11-16;3А;7;;2;М;;Контрольная;1.25;5;\n"
                                      "2026-11-16;3А;7;;3;М;;диктант;;5;\n"
                                      "2026-11-16;3А;7;;4;М;;диктант;0,5;5;\n";
    reading_bytes(&reading, text, sizeof text - 1);
    assert_true(reading.ok);
    static const int32_t expected[] = {3000, 1250, 1000, 500};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(row_at(&reading, i)->weight, expected[i]);
    reading_free(&reading);
}

/* Each wrong row alone: its message, its column, and nothing is stored. */
static void wrong_rows(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        int32_t column;
        const char *part;
    } cases[] = {
        {"31.11.2026;3А;7;Попов;2;М;;;;5;", 1, "'31.11.2026' is not a date"},
        {"46342;3А;7;Попов;2;М;;;;5;", 1, "Excel's number of a day"},
        {";3А;7;Попов;2;М;;;;5;", 1, "the date is missing"},
        {"2026-11-16;;7;Попов;2;М;;;;5;", 12, "class («Класс») must not be empty"},
        {"2026-11-16;3А;7;Попов;2;;;;;5;", 25, "subject («Предмет») must not be empty"},
        {"2026-11-16;3А;7;Попов;13;М;;;;5;", 23, "the lesson '13'"},
        {"2026-11-16;3А;7;Попов;0;М;;;;5;", 23, "the lesson '0'"},
        {"2026-11-16;3А;7;Попов;2;М;;;0;5;", 29, "the weight 0 must be more than 0"},
        {"2026-11-16;3А;7;Попов;2;М;;;-1;5;", 29, "the weight '-1' is not a number"},
        {"2026-11-16;3А;7;Попов;2;М;;;два;5;", 29, "the weight 'два' is not a number"},
        {"2026-11-16;3А;7;Попов;2;М;;;;6;", 30, "the mark '6' is outside the scale: marks are 2, 3, 4, 5"},
        {"2026-11-16;3А;7;Попов;2;М;;;;0;", 30, "the mark '0' is outside the scale"},
        {"2026-11-16;3А;7;Попов;2;М;;;;54;", 30, "two in one cell are written 5/4"},
        {"2026-11-16;3А;7;Попов;2;М;;;;04.мар;", 30, "Excel has turned 3/4 into the date '04.мар'"},
        {"2026-11-16;3А;7;Попов;2;М;;;;мар.04;", 30, "put back 3/4"},
        {"2026-11-16;3А;7;Попов;2;М;;;;3 апр;", 30, "put back 3/4"},
        {"2026-11-16;3А;7;Попов;2;М;;;;5-May;", 30, "put back 5/5"},
        {"2026-11-16;3А;7;Попов;2;М;;;;2026-04-03;", 30, "put back 3/4"},
        {"2026-11-16;3А;7;Попов;2;М;;;;03.04.2026;", 30, "put back 3/4"},
        {"2026-11-16;3А;7;Попов;2;М;;;;16.11.2026;", 30, "stands where a mark should be"},
        {"2026-11-16;3А;7;Попов;2;М;;;;хор;", 30, "'хор' is neither a mark"},
        {"2026-11-16;3А;7;Попов;2;М;;;;Попов Пётр;", 30, "'П…' is neither a mark"},
        {"Попов Пётр;3А;7;Попов;2;М;;;;5;", 1, "'П… П…' is not a date"},
        {"2026-11-16;3А;7;Попов;2;М;;;;5;ж", 32, "the code of absence 'ж' is unknown: known are"},
        {"2026-11-16;3А;7;Попов;2;М;;;;5;5", 32, "the code of absence '5' is unknown"},
        {"2026-11-16;3А;7;Попов;2;М;;;;5;упп", 32, "'упп' is unknown: is 'УП' meant?"},
        {"2026-11-16;3А;7;Попов;2;М;;;;#ЗНАЧ!;", 30, "'#ЗНАЧ!' is an error of Excel"},
        {"2026-11-16;3А;7;Попов;2;М;;;;5/5/5/5/5/5/5/5/5;", 30, "too many marks or absences in one cell: at most 8"},
        {"2026-11-16;3А;7;Попов;2;М;;;;б б б б б б б б б;", 30, "too many marks or absences in one cell: at most 8"},
        {"2026-11-16;3А;7;Попов;2;М;;;;н;б", 32, "contradicts"},
        {"2026-11-16;3А;7;Попов;2;М;;;;н б;", 30, "two different absences"},
        {"2026-11-16;3А;1,04E+03;Попов;2;М;;;;5;", 15, "rounded number of the pupil's id (1,04E+03)"},
        {"2026-11-16;3А;'0042;Попов;2;М;;;;5;", 15, "apostrophe"},
        {"2026-11-16;3А;;;2;М;;;;5;", 24, "needs a pupil"},
        {"2026-11-16;1А;7;Попов;2;М;;;;5;", 30, "the class 1А has no marks"},
        {"2026-11-16;1А;7;Попов;2;М;;;2;;", 29, "can't have a weight"},
        {"2026-11-16;3А;7;Попов;2;#ИМЯ?;;;;5;", 25, "an error of Excel"},
        {"2026-11-16;3А;7;Попов;2;М", 26, "the row has 6 cells, the header 11"},
        {"2026-11-16;3А;7;Попов;2;М;;;;5;;;х", 33, "the row has 13 cells, the header 11"},
        {"2025-11-16;3А;7;Попов;2;М;;;;5;", 1, "outside the school year"},
        {"2027-07-16;3А;7;Попов;2;М;;;;5;", 1, "summer holidays"},
        {"date;class;pupil_id;pupil;lesson;subject;homework;work;weight;mark;attendance", 0,
         "header row stands here again"},
        {"2026-11-16;3Б;7;Попов Пётр;3;М;;;;5;", 12,
         "the pupil 7 is in class 3Б on 2026-11-16, and in class 3А in line 2"},
        {"2026-11-16;3А;7;Сидоров Иван;3;М;;;;5;", 15, "the id 7 belongs to another pupil in line 2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[1024];
        snprintf(text, sizeof text, HEADER GOOD "2026-11-17;3А;8;;1;М;;;;5;\n2026-11-17;3А;8;;2;М;;;;5;\n%s\n",
                 cases[i].row);
        struct reading reading = read_text(text);
        assert_false(reading.ok);
        assert_told(&reading, DIAG_ERROR, 5, cases[i].column, cases[i].part);
        assert_int_equal(diag_count(reading.diag, DIAG_ERROR), 1);
        reading_free(&reading);
    }
}

static void warnings(void **state)
{
    (void)state;
    struct reading reading = read_text(HEADER "2026-11-16;1А;7;Попов;2;М;учить;;;;\n"
                                              "2026-11-17;1А;7;Попова;2;М;учить;;;;н\n"
                                              "2026-11-18;1А;7;Попова;2;М;учить;;;;\n");
    assert_true(reading.ok);
    assert_told(&reading, DIAG_WARNING, 2, 27, "first classes are set none");
    assert_told(&reading, DIAG_WARNING, 3, 17, "another name here than in line 2");
    assert_int_equal(diag_count(reading.diag, DIAG_WARNING), 2);
    reading_free(&reading);
    reading = reading_new();
    static const char text[] = HEADER GOOD "2026-11-18;3А;7;;2;М;;;;5;\n2026-11-19;3А;7;;2;М;;;;;\n";
    assert_true(intake_read_bytes(reading.arena, "f.csv", text, sizeof text - 1, &reading.school, &reading.profile,
                                  day_of("2026-11-17"), &reading.out, reading.diag, &reading.err));
    assert_told(&reading, DIAG_WARNING, 3, 1, "1 row with a mark or an absence is dated after today");
    reading_free(&reading);
}

static void headers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum diag_level level;
        int32_t line, column;
        const char *part;
    } cases[] = {
        {"class;pupil_id;lesson;subject;mark\n", DIAG_ERROR, 1, 0, "date («Дата») is missing"},
        {"date;class;subject;mark\n", DIAG_ERROR, 1, 0, "pupil_id («Код ученика») is missing"},
        {"date;class;pupil_id;subject;Предмет;mark\n", DIAG_ERROR, 1, 29, "subject («Предмет») stands twice"},
        {"date;class;pupil_id;subject;mark;Фаза луны;Фаза луны\n", DIAG_NOTE, 1, 34,
         "'Фаза луны' is unknown and ignored"},
        {"date;class;pupil_id;subject;Отмека\n", DIAG_WARNING, 1, 29, "is mark («Отметка») meant?"},
        {"a;b;c\n1;2;3\n", DIAG_ERROR, 1, 0, "no row of column names"},
        {"Журнал за ноябрь;;;;\ndate;class;pupil_id;subject;mark\n", DIAG_NOTE, 2, 0, "passed over"},
        {"date;class;pupil_id;subject;mark\n", DIAG_WARNING, 0, 0, "no rows to store"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct reading reading = read_text(cases[i].text);
        assert_int_equal(reading.ok, cases[i].level != DIAG_ERROR);
        assert_told(&reading, cases[i].level, cases[i].line, cases[i].column, cases[i].part);
        reading_free(&reading);
    }
    struct reading reading = read_text(" Date ; КЛАСС;Pupil-ID;Отметкa;\"Предмет:\"\n16.11.26;3а;7;5;М\n");
    assert_true(reading.ok);
    assert_int_equal(reading.out.count, 1);
    reading_free(&reading);
}

static void every_error_is_told(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_text(&text, HEADER);
    for (int i = 0; i < 200; i++)
        buffer_text(&text, "2026-11-16;3А;7;Попов;2;М;;;;9;\n");
    struct reading reading = read_text(text.data);
    assert_false(reading.ok);
    assert_int_equal(diag_count(reading.diag, DIAG_ERROR), 200);
    assert_told(&reading, DIAG_ERROR, 51, 30, "outside the scale");
    reading_free(&reading);
    buffer_free(&text);
}

/* What a lost quote or delimiter has joined does not fit into a heading. */
static void overlong_names(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_text(&text, HEADER "2026-11-16;3А;7;Попов;1;");
    for (int i = 0; i < 150; i++)
        buffer_text(&text, "М");
    buffer_text(&text, ";;;;5;\n");
    struct reading reading = read_text(text.data);
    assert_true(reading.ok);
    reading_free(&reading);
    buffer_clear(&text);
    buffer_text(&text, HEADER "2026-11-16;3А;7;Попов;1;");
    for (int i = 0; i < 151; i++)
        buffer_text(&text, "М");
    buffer_text(&text, ";;;;5;\n");
    reading = read_text(text.data);
    assert_false(reading.ok);
    assert_told(&reading, DIAG_ERROR, 2, 25, "151 characters stand here, at most 150 fit");
    reading_free(&reading);
    buffer_free(&text);
}

/* A table that was longer once: rows of delimiters only. */
static void emptied_rows(void **state)
{
    (void)state;
    struct reading reading =
        read_text(HEADER GOOD ";;;;;;;;;;\n ; ;;;;;;;;;\n2026-11-17;3А;7;;2;М;;;;4;\n;;;;;;;;;;\n");
    assert_true(reading.ok);
    assert_int_equal(reading.out.count, 2);
    assert_int_equal(row_at(&reading, 1)->line, 5);
    assert_null(diag_lookup(reading.diag, 0));
    reading_free(&reading);
}

static void rejects_are_put_aside(void **state)
{
    (void)state;
    struct reading reading = reading_new();
    reading.school.skip_rejects = true;
    static const char text[] = HEADER GOOD "2026-11-17;3А;7;;2;М;;;;9;\n2026-11-18;3А;7;;2;М;;;;5/4;\n"
                                           "2025-11-18;3А;7;;2;М;;;;5/4;\n2026-11-18;3А;7;;2\n";
    reading_bytes(&reading, text, sizeof text - 1);
    assert_true(reading.ok);
    assert_int_equal(reading.out.count, 3);
    assert_int_equal(reading.out.rejected, 3);
    assert_int_equal(reading.out.covered[0].span.until, day_of("2026-11-18"));
    assert_int_equal(reading.out.aside_count, 3);
    const struct lesson_row *aside = reading.out.aside; /* what could be read of them */
    assert_int_equal(aside[0].day, day_of("2026-11-17"));
    assert_int_equal(aside[0].lesson, 2);
    assert_string_equal(symbol_text(&reading, aside[0].code), "7");
    assert_string_equal(symbol_text(&reading, aside[0].form), "3А");
    assert_int_equal(aside[1].form, 0);
    assert_int_equal(aside[2].day, DATE_NONE);
    assert_string_equal(symbol_text(&reading, aside[2].code), "7");
    reading_free(&reading);
    reading = reading_new();
    reading.school.skip_rejects = true;
    static const char broken[] = HEADER GOOD "2026-11-17;3А;7;\"Попов;2;М;;;;5;\n";
    reading_bytes(&reading, broken, sizeof broken - 1);
    assert_false(reading.ok);
    reading_free(&reading);
}

static void a_profile_maps(void **state)
{
    (void)state;
    struct reading reading = reading_new();
    const struct profile_pair columns[] = {{"mark", "Балл"}, {"date", "Когда"}};
    const struct profile_pair constants[] = {{"class", "4 «Б»"}};
    const struct attendance_code codes[] = {{"прог", "прог", REASON_UNEXCUSED}};
    reading.profile.name = "ours";
    reading.profile.columns = columns;
    reading.profile.column_count = 2;
    reading.profile.constants = constants;
    reading.profile.constant_count = 1;
    reading.profile.codes = codes;
    reading.profile.code_count = 1;
    reading.profile.mark_separators = "+";
    reading.profile.date_format = "dd.mm.yy";
    reading.profile.skip_rows = 1;
    static const char text[] = "Журнал;date;class\nКогда;Код ученика;Предмет;Балл\n16.11.26;7;М;прог+5\n";
    reading_bytes(&reading, text, sizeof text - 1);
    assert_true(reading.ok);
    assert_string_equal(reading.out.profile, "ours");
    assert_string_equal(symbol_text(&reading, row_at(&reading, 0)->form), "4Б");
    assert_int_equal(row_at(&reading, 0)->reason, REASON_UNEXCUSED);
    assert_int_equal(row_at(&reading, 0)->line, 3);
    static const char wrong[] = "\nКогда;Код ученика;Предмет;Балл\n2026-11-16;7;М;5\n";
    reading_bytes(&reading, wrong, sizeof wrong - 1);
    assert_told(&reading, DIAG_ERROR, 3, 1, "write it as 16.11.26");
    reading_free(&reading);
}

/* The file's own school year counts, whatever today is. */
static void past_years(void **state)
{
    (void)state;
    struct reading reading = read_text(HEADER "2018-05-31;3А;7;Попов;2;М;;;;5;\n2018-02-01;3А;7;Попов;2;М;;;;5;\n"
                                              "2018-09-01;3А;7;Попов;2;М;;;;5;\n");
    assert_false(reading.ok);
    assert_told(&reading, DIAG_ERROR, 4, 1, "outside the school year of the other rows, which lasts from 2017-09-01");
    assert_int_equal(diag_count(reading.diag, DIAG_ERROR), 1);
    reading_free(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_specimen),
        cmocka_unit_test(english_with_commas),
        cmocka_unit_test(cells_of_marks),
        cmocka_unit_test(a_numbered_lesson_is_missed_once),
        cmocka_unit_test(look_alike_letters),
        cmocka_unit_test(weights),
        cmocka_unit_test(wrong_rows),
        cmocka_unit_test(warnings),
        cmocka_unit_test(headers),
        cmocka_unit_test(overlong_names),
        cmocka_unit_test(emptied_rows),
        cmocka_unit_test(every_error_is_told),
        cmocka_unit_test(rejects_are_put_aside),
        cmocka_unit_test(a_profile_maps),
        cmocka_unit_test(past_years),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
