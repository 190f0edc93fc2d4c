/* The one invariant through the whole chain: what all sheets of a pupil have said, put together, equals the gradebook
 * as last imported (регламент 2.6). Random histories of a school go as files through import and issue; of the sheets
 * only what the register keeps is believed. PAPERDIARY_STORIES runs more of them, PAPERDIARY_SHORT
 * few. */
#include "issue/order.h"
#include "shop.h"
#include "story_import.h"

enum { STORIES = 120, PRINTED_STORIES = 12, WEEKS_MOST = 9 };

/* --- issue ------------------------------------------------------------------------------------------------------- */

struct batch_of {
    struct iso_week week;
    const char *period;
    const char *classes[CLASSES];
    size_t class_count;
    const struct pupil *pupil;
};

static void load_book(struct story *story, const char *form, struct iso_week week, struct book *book)
{
    struct err err = {0};
    int32_t from = order_book_from(&story->school, story->arena, week);
    must(store_load_book(story->store, story->arena, form, from, book, &err), &err);
}

static bool is_due(const struct story *story, const struct batch_of *of, const struct pupil *pupil)
{
    bool chosen = false;
    if (of->pupil != NULL)
        return of->pupil->key == pupil->key;
    for (size_t i = 0; i < of->class_count; i++)
        chosen = chosen || strcmp(of->classes[i], pupil->form) == 0;
    return chosen && pupil_on_paper(pupil, date_of_week(of->week, story->school.school_days));
}

/* A class's sheets as weekly_issue makes them, without printing. */
static void issue_class(struct story *story, const struct batch_of *of, const char *form)
{
    struct arena *arena = story->arena;
    struct sheet_row rows[PUPILS], *known = NULL;
    struct book book;
    size_t count = 0, known_count = 0;
    int32_t next = 0;
    struct err err = {0};
    load_book(story, form, of->week, &book);
    must(store_register(story->store, arena, of->period, &known, &known_count, &err) &&
             store_next_running(story->store, of->period, form, &next, &err),
         &err);
    for (size_t i = 0; i < book.pupil_count; i++) {
        const struct pupil *pupil = &book.pupils[i];
        const struct sheet_row *row = order_issued(known, known_count, pupil->key);
        struct week_order order;
        struct week_sheet sheet;
        size_t changes = 1;
        if (!is_due(story, of, pupil))
            continue;
        must(order_new(story->store, pupil, of->week, book.import, &order, &err), &err);
        if (row != NULL)
            week_changes(arena, &story->school, &book, i, &order, &changes);
        if (changes == 0)
            continue;
        week_compute(arena, &story->school, &book, i, &order, &sheet);
        bool again = row != NULL && strcmp(row->form, form) == 0;
        struct sheet_row *out = &rows[count++];
        *out = (struct sheet_row){.pupil = pupil->key,
                                  .form = form,
                                  .kind = SHEET_WEEKLY,
                                  .period = of->period,
                                  .running = again ? row->running : next++,
                                  .issue = row == NULL ? 1 : row->issue + 1,
                                  .until = sheet.span.until,
                                  .import = order.import,
                                  .told_import = order.told.import,
                                  .told_until = order.told.until,
                                  .stamp = "2026-11-21 10:00:00",
                                  .account = "tester",
                                  .delivery = "hand",
                                  .copies = 1,
                                  .file = "",
                                  .layout = "weekly"};
        out->number = arena_format(arena, "%s-%s-%02d-%d", of->period, form, out->running, out->issue);
    }
    if (count > 0)
        must(store_add_sheets(story->store, rows, count, &err), &err);
}

static void issue_printed(struct story *story, const struct batch_of *of)
{
    struct batch_result result;
    struct err err = {0};
    struct batch_order order = {.store = story->store,
                                .folder = file_join(story->arena, story->folder, "out"),
                                .period = of->period,
                                .classes = of->classes,
                                .class_count = of->class_count,
                                .pupils = of->pupil == NULL ? NULL : &of->pupil,
                                .pupil_count = of->pupil != NULL,
                                .today = date_of_week(of->week, 6),
                                .stamp = "2026-11-21 10:00:00",
                                .account = "tester"};
    must(weekly_issue(story->arena, story->shop, &order, of->week, &result, &err), &err);
    assert_int_equal(result.missing_count, 0);
}

/* --- what a sheet says -------------------------------------------------------------------------------------------- */

static const char *words_of(struct arena *arena, const struct week_sheet *sheet)
{
    struct buffer words = {0};
    for (size_t i = 0; i < sheet->change_count; i++) {
        const struct change *c = &sheet->changes[i];
        buffer_format(&words, "%d %d %s %d %d %s %s %d %d %s %s %d %d\n", c->day, c->lesson, c->subject, c->what,
                      c->kind, c->was == NULL ? "" : c->was, c->now == NULL ? "" : c->now, c->was_weight, c->now_weight,
                      c->was_work, c->now_work, c->was_reason, c->now_reason);
    }
    for (size_t i = 0; i < sheet->day_count; i++)
        for (size_t k = 0; k < sheet->days[i].lesson_count; k++) {
            const struct week_lesson *lesson = &sheet->days[i].lessons[k];
            if (lesson->mark_count == 0 && lesson->reason == REASON_PRESENT)
                continue;
            buffer_format(&words, "%d %d %s %d %d", sheet->days[i].day, lesson->lesson, lesson->subject, lesson->reason,
                          lesson->times);
            for (size_t m = 0; m < lesson->mark_count; m++)
                buffer_format(&words, " %s %s %d", lesson->marks[m].text, lesson->marks[m].work,
                              lesson->marks[m].weight);
            buffer_char(&words, '\n');
        }
    const char *out = arena_copy(arena, words.size == 0 ? "" : words.data);
    buffer_free(&words);
    return out;
}

static size_t index_of(const struct book *book, int32_t pupil)
{
    size_t at = 0;
    while (at < book->pupil_count && book->pupils[at].key != pupil)
        at++;
    assert_true(at < book->pupil_count);
    return at;
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part))
        count++;
    return count;
}

/* The printed words in one line, as another program reads them. */
static const char *printed_words(struct story *story, const char *path)
{
    struct buffer out = {0};
    char line[1024];
    FILE *pipe = popen(arena_format(story->arena, "pdftotext -raw '%s' - | sed 's/\xC2\xA0/ /g'", path), "r");
    assert_non_null(pipe);
    while (fgets(line, sizeof line, pipe) != NULL) {
        size_t size = strcspn(line, "\n\f");
        buffer_add(&out, line, size);
        buffer_char(&out, ' ');
    }
    assert_int_equal(pclose(pipe), 0);
    const char *words = arena_copy(story->arena, out.size == 0 ? "" : out.data);
    buffer_free(&out);
    return words;
}

/* The file is the one of the register, and its words tell each mark that changed. */
static void check_print(struct story *story, const struct sheet_row *row, const struct week_sheet *sheet)
{
    const char *path = file_join(story->arena, file_join(story->arena, story->folder, "out"), row->file);
    struct buffer bytes = {0};
    char hash[65];
    struct err err = {0};
    must(file_read(path, 1 << 24, &bytes, &err), &err);
    file_sha256(bytes.data, bytes.size, hash);
    buffer_free(&bytes);
    assert_string_equal(hash, row->sha256);
    assert_true(row->pages > 0);
    if (access("/usr/bin/pdftotext", X_OK) != 0 || chance(50))
        return;
    const char *words = printed_words(story, path);
    assert_non_null(strstr(words, row->number));
    assert_non_null(strstr(words, row->name));
    if (sheet->first || sheet->change_count > 12)
        return;
    for (size_t i = 0; i < sheet->change_count; i++) {
        const struct change *change = &sheet->changes[i];
        size_t alike = 0;
        if (change->what != CHANGE_MARK || change->kind != CHANGE_CORRECTED || *change->was == '.' ||
            *change->now == '.' || strcmp(change->was, change->now) == 0)
            continue;
        for (size_t k = 0; k < sheet->change_count; k++)
            alike += sheet->changes[k].what == CHANGE_MARK && sheet->changes[k].kind == CHANGE_CORRECTED &&
                     strcmp(sheet->changes[k].was, change->was) == 0 && strcmp(sheet->changes[k].now, change->now) == 0;
        const char *told = arena_format(story->arena, "отметка %s %s", change->was, change->now); /* → is a drawing */
        if (count_of(words, told) < alike)
            fail_msg("%s: «%s» is not printed %zu times", row->number, told, alike);
    }
}

/* Writes down what a new row's sheet says, made again from the register. */
static void read_sheet(struct story *story, const struct sheet_row *row, struct iso_week week)
{
    static struct paper truth;
    struct book book;
    struct week_sheet sheet;
    int pupil = 0;
    while (story->families[pupil].key != row->pupil)
        assert_true(++pupil < PUPILS);
    struct family *family = &story->families[pupil];
    load_book(story, row->form, week, &book);
    struct week_order order = order_again(row, week);
    week_compute(story->arena, &story->school, &book, index_of(&book, row->pupil), &order, &sheet);
    assert_int_equal(row->import, newest_import(story));
    assert_int_equal(row->told_import, family->told.import);
    assert_true(row->told_import == 0 || row->told_until == family->told.until);
    assert_int_equal(row->until, sheet.span.until);
    if (sheet.first)
        source_gradebook(&story->imported, pupil, first_day_told(&sheet) - 1, &family->paper);
    apply_sheet(&family->paper, &sheet, &family->told);
    source_gradebook(&story->imported, pupil, family->told.until, &truth);
    compare_papers(&family->paper, &truth);
    if (story->shop != NULL)
        check_print(story, row, &sheet);
    assert_true(story->sheet_count < SHEETS_MOST);
    struct issued *issued = &story->sheets[story->sheet_count++];
    *issued = (struct issued){row->number, week, words_of(story->arena, &sheet)};
}

static size_t place_of(const struct story *story, const char *number)
{
    size_t at = 0;
    while (at < story->sheet_count && strcmp(story->sheets[at].number, number) != 0)
        at++;
    return at;
}

/* Every family on paper has a sheet of the week, and nothing is left to be told of the days told. */
static void check_all_told(struct story *story, const struct batch_of *of, const struct sheet_row *rows, size_t count)
{
    static struct paper truth;
    int32_t last = date_of_week(of->week, story->school.school_days);
    for (int i = 0; i < PUPILS; i++) {
        struct family *family = &story->families[i];
        if (family->from == DATE_NONE || family->from > last || (family->until != DATE_NONE && last > family->until))
            continue;
        assert_non_null(order_issued(rows, count, family->key));
        source_gradebook(&story->imported, i, family->told.until, &truth);
        compare_papers(&family->paper, &truth);
    }
}

static size_t read_new_sheets(struct story *story, const struct batch_of *of)
{
    struct sheet_row *rows = NULL;
    size_t count = 0, before = story->sheet_count;
    struct err err = {0};
    must(store_register(story->store, story->arena, of->period, &rows, &count, &err), &err);
    for (size_t i = 0; i < count; i++)
        if (place_of(story, rows[i].number) == story->sheet_count)
            read_sheet(story, &rows[i], of->week);
    if (of->pupil == NULL && of->class_count == CLASSES)
        check_all_told(story, of, rows, count);
    return story->sheet_count - before;
}

/* The week's sheets: of the school, mostly; then at once again, which issues nothing. */
static void issue_week(struct story *story, int32_t monday)
{
    struct err err = {0};
    struct pupil *found = NULL;
    size_t count = 0;
    struct batch_of of = {.week = date_iso_week(monday)};
    of.period = arena_format(story->arena, "%04d-W%02d", of.week.year, of.week.week);
    for (int i = 0; i < CLASSES; i++)
        of.classes[of.class_count++] = story_classes[i];
    if (chance(10))
        of.class_count = 1 + rnd(2);
    if (chance(10)) {
        must(store_find_pupils(story->store, story->arena, story_codes[rnd(PUPILS)], &found, &count, &err), &err);
        of.pupil = found;
    }
    for (int again = 0; again < (chance(20) ? 2 : 1); again++) {
        if (story->shop != NULL)
            issue_printed(story, &of);
        for (int i = 0; i < CLASSES && story->shop == NULL; i++)
            issue_class(story, &of, story_classes[i]);
        size_t fresh = read_new_sheets(story, &of);
        assert_true(again == 0 || fresh == 0);
    }
}

/* --- stories ------------------------------------------------------------------------------------------------------ */

static void open_story(struct story *story, struct workshop *shop)
{
    static const char *const kinds[] = {"trimesters", "quarters", "halves"};
    struct err err = {0};
    struct diag *diag = diag_new();
    story->arena = arena_new();
    /* A story syncs hundreds of files: in memory, where there is such a place. */
    strcpy(story->folder,
           access("/dev/shm", W_OK) == 0 ? "/dev/shm/paperdiary-story-XXXXXX" : "/tmp/paperdiary-story-XXXXXX");
    assert_non_null(mkdtemp(story->folder));
    const char *settings = file_join(story->arena, story->folder, "school.ini");
    const char *text = arena_format(story->arena, story_ini, chance(50) ? 5 : 6, kinds[rnd(3)]);
    const char *path = file_join(story->arena, story->folder, "paperdiary.db");
    must(file_write(settings, text, strlen(text), false, &err) &&
             school_load(story->arena, settings, &story->school, diag, &err) && store_create(path, false, &err) &&
             store_open(path, &story->store, &err),
         &err);
    diag_free(diag);
    story->shop = shop;
    if (shop != NULL)
        shop->school = &story->school;
}

static void close_story(struct story *story)
{
    struct err err = {0};
    must(store_close(story->store, &err), &err);
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", story->folder);
    assert_int_equal(system(command), 0);
    arena_free(story->arena);
}

/* The pupil was in the other class some days before anyone entered it: his rows of these days go over. */
static void move_earlier(struct story *story, int32_t monday)
{
    int32_t moves = story->moves - (int32_t)(1 + rnd(7));
    if (moves <= story->start || story->moves > monday)
        return;
    for (size_t i = 0; i < story->live.count; i++) {
        struct source_row *row = &story->live.rows[i];
        if (row->pupil == MOVER && row->day >= moves)
            row->form = story_classes[1];
    }
    story->moves = moves;
    story->together = chance(70);
}

static void live_week(struct story *story, int32_t monday)
{
    for (int pupil = 0; pupil < PUPILS; pupil++)
        for (uint32_t i = rnd(5); i > 0; i--) {
            int32_t day = monday + (int32_t)rnd(chance(5) ? 6 : 5);
            if (chance(10))
                day += 7; /* ahead */
            if (chance(25) && monday > story->start)
                day -= 7 * (1 + (int32_t)rnd((uint32_t)(monday - story->start) / 7)); /* late */
            bool moved = pupil == MOVER && day >= story->moves;
            source_add_random(&story->live, pupil, day, moved ? story_classes[1] : story_forms[pupil], story->numbered);
        }
    for (uint32_t i = rnd(9); i > 0; i--)
        source_change_random(&story->live);
    if (story->moves != INT32_MAX && chance(10))
        move_earlier(story, monday);
}

static void begin(struct story *story, int32_t weeks)
{
    for (int i = 0; i < PUPILS; i++)
        story->families[i] = (struct family){.from = DATE_NONE, .until = DATE_NONE};
    story->live.count = story->imported.count = story->sheet_count = story->imports = story->refused = 0;
    story->numbered = chance(60);
    story->together = false;
    story->start = date_from_civil(2026, 9, 7) + 7 * (int32_t)rnd(22);
    story->moves = chance(60) ? story->start + 3 + (int32_t)rnd((uint32_t)weeks * 7) : INT32_MAX;
    story->families[0].from = story->families[MOVER].from = story->start;
    story->families[3].from = story->families[6].from = story->start;
    story->families[4].from = story->start + 7 * (int32_t)rnd(4);
    source_add_days(&story->live, story->start, story->start + 7 * weeks + 12, story->numbered);
    import_roster(story);
}

static void change_papers(struct story *story, int32_t monday)
{
    const struct family *late = &story->families[2], *changing = &story->families[4];
    if (late->from == DATE_NONE && chance(25))
        change_paper(story, 2, monday + (int32_t)rnd(6), DATE_NONE);
    if (changing->from <= monday && changing->until == DATE_NONE && chance(15))
        change_paper(story, 4, DATE_NONE, monday);
    else if (changing->until != DATE_NONE && changing->until < monday && chance(40))
        change_paper(story, 4, monday, DATE_NONE);
}

/* Every sheet can be made again from the register, and says what it said; no number was given twice. */
static void check_register(struct story *story)
{
    struct sheet_row *rows = NULL;
    size_t count = 0;
    struct err err = {0};
    must(store_register(story->store, story->arena, NULL, &rows, &count, &err), &err);
    assert_int_equal(count, story->sheet_count);
    for (size_t i = 0; i < count; i++) {
        const struct issued *issued = &story->sheets[place_of(story, rows[i].number)];
        struct pupil *found = NULL;
        struct book book;
        struct week_sheet sheet;
        size_t found_count = 0;
        for (size_t k = 0; k < i; k++) {
            assert_string_not_equal(rows[k].number, rows[i].number);
            if (rows[k].pupil != rows[i].pupil && strcmp(rows[k].period, rows[i].period) == 0 &&
                strcmp(rows[k].form, rows[i].form) == 0)
                assert_int_not_equal(rows[k].running, rows[i].running);
        }
        must(store_find_pupils(story->store, story->arena, rows[i].code, &found, &found_count, &err), &err);
        load_book(story, found->form, issued->week, &book);
        struct week_order order = order_again(&rows[i], issued->week);
        week_compute(story->arena, &story->school, &book, index_of(&book, rows[i].pupil), &order, &sheet);
        assert_string_equal(words_of(story->arena, &sheet), issued->words);
    }
}

static void tell_story(struct story *story, uint32_t number, struct workshop *shop)
{
    seed = number * 2654435761U + 7;
    open_story(story, shop);
    int32_t weeks = 5 + (int32_t)rnd(WEEKS_MOST - 5);
    begin(story, weeks);
    for (int32_t week = 0; week < weeks; week++) {
        int32_t monday = story->start + 7 * week;
        live_week(story, monday);
        import_week(story, monday);
        change_papers(story, monday);
        if (chance(25))
            continue;
        issue_week(story, monday);
        if (chance(30)) {
            for (uint32_t i = rnd(6); i > 0; i--)
                source_change_random(&story->live);
            import_week(story, monday);
            issue_week(story, chance(50) || week == 0 ? monday : monday - 7);
        }
    }
    check_register(story);
    close_story(story);
}

static uint32_t stories(uint32_t usual)
{
    const char *more = getenv("PAPERDIARY_STORIES");
    if (getenv("PAPERDIARY_SHORT") != NULL)
        return usual / 12;
    return more == NULL ? usual : usual * (uint32_t)strtoul(more, NULL, 10);
}

static void tell_stories(uint32_t first, uint32_t count, struct workshop *shop)
{
    struct story *story = mem_alloc(sizeof *story);
    size_t sheets = 0, imports = 0, refused = 0;
    for (uint32_t number = 0; number < count; number++) {
        if (getenv("PAPERDIARY_STORY") != NULL && number != strtoul(getenv("PAPERDIARY_STORY"), NULL, 10))
            continue;
        tell_story(story, first + number, shop);
        sheets += story->sheet_count;
        imports += story->imports;
        refused += story->refused;
    }
    printf("%u histories: %zu files, %zu of them refused at first, %zu sheets\n", count, imports, refused, sheets);
    assert_true(refused * 5 < imports);
    mem_free(story);
}

static void sheets_add_up_to_the_gradebook(void **state)
{
    (void)state;
    tell_stories(0, stories(STORIES), NULL);
}

static void printed_sheets_add_up_to_the_gradebook(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct workshop shop = shop_open(arena);
    tell_stories(100000, stories(PRINTED_STORIES), &shop);
    shop_close(&shop);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sheets_add_up_to_the_gradebook),
                                       cmocka_unit_test(printed_sheets_add_up_to_the_gradebook)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
