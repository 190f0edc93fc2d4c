/* Imports of a whole school: the same result fresh, again and into a store that is full already; prints the speed. */
#include <time.h>

#include "store_school.h"

enum { FORMS = 40, PUPILS = 25, LESSONS = 6 };

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static symbol add_symbol(struct sheaf *sheaf, const char *text)
{
    sheaf->symbols = mem_grow(sheaf->symbols, sheaf->export.symbol_count, &sheaf->symbol_room, sizeof *sheaf->symbols);
    sheaf->symbols[sheaf->export.symbol_count] = text;
    sheaf->export.symbols = sheaf->symbols;
    return (symbol)sheaf->export.symbol_count++;
}

/* One row a pupil and lesson; topics and homework are the lesson's. Sorted by day, class, lesson, pupil as exports
 * are. */
static struct sheaf school_weeks(struct desk *desk, int32_t from, int weeks)
{
    struct sheaf sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
    symbol forms[FORMS], codes[FORMS * PUPILS], subjects[LESSONS], marks[6] = {0};
    for (int i = 0; i < FORMS; i++)
        forms[i] = add_symbol(&sheaf, arena_format(desk->arena, "%d%c", i / 4 + 1, 'A' + i % 4));
    for (int i = 0; i < FORMS * PUPILS; i++)
        codes[i] = add_symbol(&sheaf, arena_format(desk->arena, "%d", 1000 + i));
    for (int i = 0; i < LESSONS; i++)
        subjects[i] = add_symbol(&sheaf, arena_format(desk->arena, "Предмет %d", i));
    for (int i = 2; i < 6; i++)
        marks[i] = add_symbol(&sheaf, arena_format(desk->arena, "%d", i));
    unsigned random = 1;
    for (int w = 0; w < weeks; w++)
        for (int d = 0; d < 5; d++)
            for (int f = 0; f < FORMS; f++)
                for (int l = 0; l < LESSONS; l++) {
                    int32_t date = from + w * 7 + d;
                    symbol topic =
                        add_symbol(&sheaf, arena_format(desk->arena, "Тема урока %d класса %d дня %d, повторение", l, f,
                                                        (int)date));
                    symbol homework = add_symbol(
                        &sheaf, arena_format(desk->arena, "Учебник, с. %d, упр. %d и %d", (int)date % 200, f, l));
                    for (int p = 0; p < PUPILS; p++) {
                        random = random * 1103515245U + 12345U;
                        unsigned dice = random >> 16 & 31;
                        *SHEAF_ROW(&sheaf, lessons) = (struct lesson_row){.day = date,
                                                                          .form = forms[f],
                                                                          .code = codes[f * PUPILS + p],
                                                                          .subject = subjects[(l + d) % LESSONS],
                                                                          .topic = topic,
                                                                          .homework = homework,
                                                                          .mark = dice < 6 ? marks[dice] : 0,
                                                                          .weight = WEIGHT_ONE,
                                                                          .lesson = (uint8_t)(l + 1),
                                                                          .reason = dice == 31 ? REASON_ILL : 0};
                    }
                }
    return sheaf;
}

static void imports_are_quick(void **state)
{
    (void)state;
    struct desk desk;
    desk_open(&desk);
    int weeks = getenv("PAPERDIARY_WEEKS") == NULL ? 3 : atoi(getenv("PAPERDIARY_WEEKS"));
    struct import_result fresh = {0}, again = {0}, next = {0};
    double took[3];
    for (int i = 0; i < 3; i++) {
        struct sheaf sheaf = school_weeks(&desk, day("2026-09-07") + (i == 2 ? weeks * 7 : 0), i == 2 ? 1 : weeks);
        double start = seconds();
        struct import_result result = desk_import(&desk, &sheaf);
        took[i] = seconds() - start;
        *(i == 0 ? &fresh : i == 1 ? &again : &next) = result;
        printf("%s: %d rows, %.2f µs a row\n",
               i == 0   ? "fresh"
               : i == 1 ? "again"
                        : "next week",
               (int)result.rows, took[i] * 1e6 / (double)result.rows);
    }
    assert_int_equal(fresh.rows, weeks * 5 * FORMS * LESSONS * PUPILS);
    assert_int_equal(fresh.withdrawn + fresh.corrected + fresh.unchanged, 0);
    assert_int_equal(again.unchanged, fresh.added);
    assert_false(again.changed);
    assert_int_equal(next.unchanged, 0);
    double start = seconds();
    struct arena *arena = arena_new();
    struct book book;
    assert_true(store_load_book(desk.store, arena, "1A", day("2026-09-01"), &book, &desk.err));
    printf("book: %zu entries, %.2f µs an entry, %zu bytes an entry\n", book.entry_count,
           (seconds() - start) * 1e6 / (double)book.entry_count, arena_used(arena) / book.entry_count);
    assert_int_equal(book.entry_count, (weeks + 1) * 5 * LESSONS * PUPILS);
    arena_free(arena);
    desk_close(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(imports_are_quick)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
