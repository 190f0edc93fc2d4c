/* Exports read in blocks: the size of a block changes nothing, and a file that changes or fails meanwhile is refused.
 */
#define _GNU_SOURCE
#include "intake_reading.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/text.h"
#include "intake/source.h"

#define FILE_MOST ((size_t)16 << 20)

static char path[] = "/tmp/paperdiary-source-XXXXXX";

/* --- reads that fail ---------------------------------------------------------------------------------------------- */

enum fault { NO_FAULT, FAIL, HALVES, REPLACE };

static enum fault fault;
static int reads, fault_at; /* the read before which it happens; halves: all reads */
static const char *replacement;
static size_t replacement_size;

static void write_file(const char *bytes, size_t size)
{
    int fd = open(path, O_WRONLY | O_TRUNC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, size), size);
    close(fd);
}

/* In place of the C library's. */
ssize_t pread(int fd, void *out, size_t size, off_t offset)
{
    bool now = ++reads == fault_at;
    if (now && fault == FAIL) {
        errno = EIO;
        return -1;
    }
    if (now && fault == REPLACE)
        write_file(replacement, replacement_size);
    if (fault == HALVES && size > 1)
        size /= 2;
    return syscall(SYS_pread64, fd, out, size, offset);
}

/* --- what is compared --------------------------------------------------------------------------------------------- */

static void same_lessons(const struct reading *a, const struct reading *b)
{
    for (size_t i = 0; i < a->out.count; i++) {
        const struct lesson_row *x = &a->out.rows.lessons[i], *y = &b->out.rows.lessons[i];
        assert_int_equal(x->day, y->day);
        assert_int_equal(x->line, y->line);
        assert_int_equal(x->form, y->form);
        assert_int_equal(x->code, y->code);
        assert_int_equal(x->pupil, y->pupil);
        assert_int_equal(x->subject, y->subject);
        assert_int_equal(x->topic, y->topic);
        assert_int_equal(x->mark, y->mark);
        assert_int_equal(x->comment, y->comment);
        assert_int_equal(x->weight, y->weight);
    }
}

static void same_reading(const struct reading *a, const struct reading *b)
{
    assert_int_equal(a->ok, b->ok);
    assert_int_equal(a->err.code, b->err.code);
    assert_string_equal(a->err.text, b->err.text);
    for (enum diag_level level = DIAG_NOTE; level <= DIAG_ERROR; level++)
        assert_int_equal(diag_count(a->diag, level), diag_count(b->diag, level));
    const struct diag_item *x = NULL, *y = NULL;
    for (size_t i = 0; (x = diag_lookup(a->diag, i)) != NULL && (y = diag_lookup(b->diag, i)) != NULL; i++) {
        assert_int_equal(x->line, y->line);
        assert_int_equal(x->column, y->column);
        assert_string_equal(x->text, y->text);
    }
    assert_string_equal(a->out.sha256, b->out.sha256);
    assert_int_equal(a->out.kind, b->out.kind);
    assert_string_equal(a->out.profile, b->out.profile);
    assert_string_equal(a->out.state, b->out.state);
    assert_int_equal(a->out.count, b->out.count);
    assert_int_equal(a->out.rejected, b->out.rejected);
    assert_int_equal(a->out.covered_count, b->out.covered_count);
    assert_int_equal(a->out.symbol_count, b->out.symbol_count);
    for (size_t i = 0; i < a->out.symbol_count; i++)
        assert_string_equal(a->out.symbols[i], b->out.symbols[i]);
    if (a->out.kind == EXPORT_GRADEBOOK)
        same_lessons(a, b);
}

static struct reading read_blocks(struct source *source, bool skip_rejects)
{
    struct reading reading = reading_new();
    reading.school.skip_rejects = skip_rejects;
    reading.ok = intake_read_source(reading.arena, "f.csv", source, &reading.school, &reading.profile,
                                    day_of("2027-05-31"), &reading.out, reading.diag, &reading.err);
    source_free(source);
    return reading;
}

static struct source *open_file(size_t block)
{
    struct source *source = NULL;
    struct err err = {0};
    assert_true(source_open(path, FILE_MOST, block, &source, &err));
    return source;
}

/* In one block from memory, against blocks of the sizes given; those that are odd from a file too. */
static void same_in_blocks(const char *bytes, size_t size, const size_t *blocks)
{
    bool skip = size % 2 == 1;
    char digest[65];
    file_sha256(bytes, size, digest);
    struct reading whole = read_blocks(source_of_bytes(bytes, size, size + 1), skip);
    assert_string_equal(whole.out.sha256, digest);
    write_file(bytes, size);
    for (; *blocks != 0; blocks++) {
        struct reading memory = read_blocks(source_of_bytes(bytes, size, *blocks), skip);
        same_reading(&whole, &memory);
        reading_free(&memory);
        if (*blocks % 2 == 0)
            continue;
        struct reading file = read_blocks(open_file(*blocks), skip);
        same_reading(&whole, &file);
        reading_free(&file);
    }
    reading_free(&whole);
}

static const size_t tiny[] = {1, 2, 3, 7, 64, 0};
static const size_t uneven[] = {4099, 65536, 0};

/* --- documents ---------------------------------------------------------------------------------------------------- */

static void specimens(void **state)
{
    (void)state;
    static const char *const names[] = {
        "achievements",  "announcements", "finals", "gradebook",        "gradebook_en", "pupils",    "report",
        "report_cp1251", "report_v5",     "tabel",  "report_v5_cp1251", "tabel_cp1251", "timetable", "visits"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char name[100];
        struct buffer bytes = {0};
        struct err err = {0};
        snprintf(name, sizeof name, "tests/data/intake/%s.csv", names[i]);
        assert_true(file_read(name, FILE_MOST, &bytes, &err));
        same_in_blocks(bytes.data, bytes.size, tiny);
        buffer_free(&bytes);
    }
}

static uint32_t state_of_chance = 1;

static uint32_t chance(uint32_t below)
{
    state_of_chance = state_of_chance * 1664525U + 1013904223U;
    return (state_of_chance >> 8) % below;
}

static const char *any_of(const char *const *texts, uint32_t count)
{
    return texts[chance(count)];
}

#define ANY(texts) any_of((texts), sizeof(texts) / sizeof(texts)[0])

static void add_row(struct buffer *out)
{
    static const char *const days[] = {"2026-11-16", "17.11.2026", "\"18.11.26\"", "2026-11-31", "2026-12-01"};
    static const char *const forms[] = {"3А", "\"3А\"", "1Б", "11Г", " 3A "};
    static const char *const topics[] = {"",
                                         "Ёлки",
                                         "\"а;\"\"б\"\"\nв\"",
                                         "\"строка\r\nи ещё\n\nодна\"",
                                         "к?с",
                                         "Мöд",
                                         "\"не закрыта",
                                         "не\"удвоена\"",
                                         "\x01",
                                         "𝄞 – ключ",
                                         "\xD1"};
    static const char *const marks[] = {"5", "4/3", "н", "О 2", "", "9", "\"5\"", "#REF!"};
    static const char *const ends[] = {"\n", "\n", "\n", "\r\n", "\n\n", ";\n", ";лишнее\n"};
    bool bad_byte = chance(40) == 0;
    const char *topic = ANY(topics);
    if (*topic == '\xD1' && !bad_byte)
        topic = "";
    buffer_format(out, "%s;%s;%u;Математика;%s;%s%s", ANY(days), ANY(forms), (unsigned)chance(5), topic, ANY(marks),
                  ANY(ends));
}

/* The text in another form; letters that it has not become «?». */
static void encode(const struct buffer *text, uint32_t form, struct buffer *out)
{
    const char *at = text->data;
    if (form == 1)
        buffer_text(out, "\xEF\xBB\xBF");
    if (form == 2 || form == 3)
        buffer_add(out, form == 2 ? "\xFF\xFE" : "\xFE\xFF", 2);
    for (uint32_t code; (code = text_next(&at)) != 0;) {
        uint32_t units[2] = {code, 0};
        if (code >= 0x10000) {
            units[0] = 0xD800 + ((code - 0x10000) >> 10);
            units[1] = 0xDC00 + ((code - 0x10000) & 0x3FF);
        }
        for (int i = 0; i < 2 && (i == 0 || units[1] != 0) && (form == 2 || form == 3); i++) {
            buffer_char(out, (char)(form == 2 ? units[i] & 0xFF : units[i] >> 8));
            buffer_char(out, (char)(form == 2 ? units[i] >> 8 : units[i] & 0xFF));
        }
        if (form == 4)
            buffer_char(out, (char)(code < 0x80 ? code : code >= 0x410 && code < 0x450 ? code - 0x350 : '?'));
        if (form == 5)
            buffer_char(out, (char)(code == '\n' ? '\r' : code < 0x80 ? code : '?'));
    }
    if (form < 2)
        buffer_add(out, text->data, text->size);
}

static void random_documents(void **state)
{
    (void)state;
    enum { DOCUMENTS = 60, FORMS = 6 };
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        struct buffer text = {0}, bytes = {0};
        buffer_text(&text, "Дата;Класс;Код ученика;Предмет;Тема;Отметка\n");
        if (i % FORMS == 5)
            buffer_clear(&text);
        if (i % FORMS == 5)
            buffer_text(&text, "date;class;pupil_id;subject;topic;mark\n");
        for (uint32_t n = chance(30); n > 0; n--)
            add_row(&text);
        encode(&text, i % FORMS, &bytes);
        if (chance(8) == 0)
            bytes.data[chance((uint32_t)bytes.size)] = (char)chance(256);
        if (chance(8) == 0)
            bytes.size -= chance(4) % bytes.size;
        same_in_blocks(bytes.data, bytes.size, tiny);
        buffer_free(&text);
        buffer_free(&bytes);
    }
}

/* Rows of about a megabyte: the longest that is read, longer ones, and a cell that is too long. */
static void long_rows(void **state)
{
    (void)state;
    static const struct {
        const char *begin, *piece;
        size_t times;
    } cases[] = {{"x;", "\"y\";", 262143}, {"x;", "\"y\";", 262144}, {"x;", "y;", 150000}, {"x;\"", "ы", 100001},
                 {"x;\"", "ы\n", 400000},  {"", "\r", 200000},       {"", "\n", 200000}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buffer text = {0};
        buffer_text(&text, "date;class;pupil_id;subject;mark\n2026-11-16;3А;7;М;5\n");
        buffer_text(&text, cases[i].begin);
        for (size_t n = 0; n < cases[i].times; n++)
            buffer_text(&text, cases[i].piece);
        buffer_text(&text, "\n2026-11-17;3А;7;М;\"4\"\n");
        for (int n = 0; n < 20000; n++)
            buffer_text(&text, n % 5000 == 4999 ? "2026-11-17;3А;7;М;9\n" : "2026-11-18;3А;7;М;4\n");
        same_in_blocks(text.data, text.size, uneven);
        buffer_free(&text);
    }
}

/* Whether they are sought forwards or backwards, places of rows that are behind are the same. */
static void places_behind(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_text(&text, "sep=;\ntopic;date;class;pupil_id;subject;mark\n");
    for (int i = 0; i < 150; i++)
        buffer_format(&text, "\"а\nб;\";2026-11-%02d;%s;%d;М;5\n", 16 + i % 5, i % 7 == 0 ? "3Б" : "3А", 30 - i % 30);
    same_in_blocks(text.data, text.size, tiny);
    buffer_free(&text);
}

/* --- failures ----------------------------------------------------------------------------------------------------- */

static const char first[] = "date;class;pupil_id;subject;topic;mark\n2026-11-16;3А;7;М;\"один\nдва\";5\n"
                            "2026-11-17;3А;8;М;;4\n2026-11-18;3А;8;М;;4\n";
static const char second[] = "date;class;pupil_id;subject;topic;mark\n2026-11-16;3А;7;М;\"один\nтри\";3\n"
                             "2026-11-17;3А;8;М;;4\n2026-11-18;3А;8;М;;4\n2026-11-19;3А;8;М;;4\n";

static struct reading read_faulty(enum fault what, int at, size_t block)
{
    write_file(first, sizeof first - 1);
    struct source *source = open_file(block);
    fault = what;
    fault_at = at;
    reads = 0;
    struct reading reading = read_blocks(source, false);
    fault = NO_FAULT;
    return reading;
}

/* At whichever read: the failure is told alone, and nothing is to be stored. */
static void a_read_fails(void **state)
{
    (void)state;
    for (int at = 1;; at++) {
        struct reading reading = read_faulty(FAIL, at, 16);
        bool failed = reads >= at;
        assert_int_equal(reading.ok, !failed);
        if (failed) {
            assert_int_equal(reading.err.code, ERR_MACHINE);
            assert_non_null(strstr(reading.err.text, "can't be read"));
            assert_null(diag_lookup(reading.diag, 0));
        }
        reading_free(&reading);
        if (!failed)
            break;
        assert_true(at < 1000);
    }
}

static void reads_that_give_less(void **state)
{
    (void)state;
    struct reading whole = read_faulty(NO_FAULT, 0, 16), halves = read_faulty(HALVES, 0, 16);
    assert_true(whole.ok);
    same_reading(&whole, &halves);
    reading_free(&whole);
    reading_free(&halves);
}

/* At whichever read another text takes the place of the first: either of the two is read whole, or the file refused. */
static void a_file_changes(void **state)
{
    (void)state;
    static const char shorter[] = "date;class\n";
    static const struct {
        const char *bytes;
        size_t size;
    } others[] = {{second, sizeof second - 1},   {first, 60},       {first, sizeof first - 2},
                  {shorter, sizeof shorter - 1}, {"\xFF\0\x98", 3}, {"", 0}};
    size_t refused = 0;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        replacement = others[i].bytes;
        replacement_size = others[i].size;
        for (int at = 1, more = 1; more != 0; at++) {
            struct reading reading = read_faulty(REPLACE, at, 16);
            more = reads >= at;
            char digests[2][65];
            file_sha256(first, sizeof first - 1, digests[0]);
            file_sha256(replacement, replacement_size, digests[1]);
            const struct diag_item *item = diag_lookup(reading.diag, 0);
            bool told = item != NULL && strstr(item->text, "the file was changed while it was read") != NULL;
            assert_true(!told || (!reading.ok && diag_count(reading.diag, DIAG_ERROR) == 1));
            assert_true(!reading.ok || strcmp(reading.out.sha256, digests[0]) == 0 ||
                        strcmp(reading.out.sha256, digests[1]) == 0);
            assert_true(reading.ok || reading.err.code == ERR_INPUT);
            refused += told;
            reading_free(&reading);
        }
    }
    assert_true(refused > 50);
}

static void a_file_is_too_large(void **state)
{
    (void)state;
    struct source *source = NULL;
    struct err err = {0};
    write_file(first, sizeof first - 1);
    assert_true(source_open(path, sizeof first - 2, 16, &source, &err));
    struct reading reading = read_blocks(source, false);
    assert_false(reading.ok);
    assert_int_equal(reading.err.code, ERR_INPUT);
    assert_non_null(strstr(reading.err.text, "is it the right file"));
    assert_null(diag_lookup(reading.diag, 0));
    reading_free(&reading);
}

static void *feed_pipe(void *name)
{
    int fd = open(name, O_WRONLY);
    for (size_t at = 0; at + 1 < sizeof first; at++)
        assert_int_equal(write(fd, first + at, 1), 1);
    close(fd);
    return NULL;
}

static void a_pipe_is_held(void **state)
{
    (void)state;
    char name[sizeof path + 5];
    pthread_t feeder;
    snprintf(name, sizeof name, "%s.pipe", path);
    assert_int_equal(mkfifo(name, 0600), 0);
    assert_int_equal(pthread_create(&feeder, NULL, feed_pipe, name), 0);
    struct reading pipe = read_file(name), whole = read_faulty(NO_FAULT, 0, 16);
    pthread_join(feeder, NULL);
    unlink(name);
    same_reading(&whole, &pipe);
    reading_free(&pipe);
    reading_free(&whole);
}

static int make_file(void **state)
{
    (void)state;
    int fd = mkstemp(path);
    return fd < 0 ? -1 : close(fd);
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(specimens),      cmocka_unit_test(random_documents),    cmocka_unit_test(long_rows),
        cmocka_unit_test(places_behind),  cmocka_unit_test(a_read_fails),        cmocka_unit_test(reads_that_give_less),
        cmocka_unit_test(a_file_changes), cmocka_unit_test(a_file_is_too_large), cmocka_unit_test(a_pipe_is_held),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
