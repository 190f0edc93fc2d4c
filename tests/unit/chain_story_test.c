/* The one invariant through the whole chain: what all sheets of a pupil have said, put together, equals the gradebook
 * as last imported, and nothing is told twice as new (регламент 2.6). Random histories of a school go as files through
 * import and issue; of a sheet only the words on its pages are believed, and these are proved to be those of the
 * printed file. PAPERDIARY_STORIES=50 tells 50 times as many, PAPERDIARY_STORY=7 the one, PAPERDIARY_SHORT few. */
#include "story_pages.h"
#include "story_sheet.h"

enum { STORIES = 80, REPORTS_EVERY = 4, WEEKS_MOST = 9 };

struct batch_of {
    struct iso_week week;
    const char *period;
    const char *classes[CLASSES];
    size_t class_count;
    const struct pupil *pupil;
};

static void issue(struct story *story, const struct batch_of *of)
{
    struct batch_result result;
    struct err err = {0};
    char today[DATE_TEXT];
    date_format(today, date_of_week(of->week, 6));
    struct batch_order order = {.store = story->store,
                                .folder = file_join(story->arena, story->folder, "out"),
                                .period = of->period,
                                .classes = of->classes,
                                .class_count = of->class_count,
                                .pupils = of->pupil == NULL ? NULL : &of->pupil,
                                .pupil_count = of->pupil != NULL,
                                .today = date_of_week(of->week, 6),
                                .stamp = arena_format(story->arena, "%s 10:00:00", today),
                                .account = "tester"};
    must(weekly_issue(story->arena, story->shop, &order, of->week, &result, &err), &err);
    assert_int_equal(result.missing_count, 0);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static bool is_due(const struct story *story, const struct family *family, struct iso_week week)
{
    int32_t last = date_of_week(week, story->school.school_days);
    return family->from != DATE_NONE && family->from <= last && (family->until == DATE_NONE || last <= family->until);
}

static bool has_lessons(const struct source *source, int pupil, const char *form, int32_t day)
{
    for (size_t i = 0; i < source->count; i++)
        if (source->rows[i].day == day && (source->rows[i].pupil == pupil || strcmp(source->rows[i].form, form) == 0))
            return true;
    return false;
}

/* The term of the week's last day with lessons: the last one that has begun; 0: none has. */
static int32_t term_of(const struct story *story, const struct school_year *year, int pupil, const char *form,
                       struct span days)
{
    int32_t day = days.until, term = 0;
    while (day > days.from && !has_lessons(&story->imported, pupil, form, day))
        day--;
    for (int32_t i = 1; i <= year->terms; i++)
        if (year->term[i - 1].from <= day)
            term = i;
    return term;
}

static int forms_of_week(const struct source *source, int pupil, struct span days)
{
    unsigned seen = 0;
    for (size_t i = 0; i < source->count; i++)
        for (unsigned form = 0; form < CLASSES; form++)
            if (source->rows[i].pupil == pupil && source->rows[i].day >= days.from &&
                source->rows[i].day <= days.until && strcmp(source->rows[i].form, story_classes[form]) == 0)
                seen |= 1U << form;
    return __builtin_popcount(seen);
}

static void note_sheet(const struct story *story, const struct family *family, const struct sheet_row *row, int pupil,
                       struct span days, int32_t term, const struct said *said)
{
    bool first = family->told_until == DATE_NONE;
    if (first)
        happens(said->change_count > 0 ? EVENT_MID_TERM : EVENT_NO_CHANGE);
    else if (said->change_count == 0)
        happens(EVENT_NO_CHANGE);
    if (row->issue > 1)
        happens(EVENT_ISSUED_AGAIN);
    if (story->ended_early)
        happens(EVENT_MID_WEEK);
    if (forms_of_week(&story->imported, pupil, days) > 1)
        happens(EVENT_CLASS_WITHIN_WEEK);
    if (first)
        return;
    if (days.from < family->last_monday)
        happens(EVENT_EARLIER_WEEK);
    if (days.from > family->last_monday + 7)
        happens(EVENT_SKIPPED_WEEK);
    if (family->came_back)
        happens(EVENT_PAPER_AGAIN);
    if (strcmp(row->form, family->last_form) != 0)
        happens(strcmp(row->form, story_forms[pupil]) == 0 ? EVENT_CLASS_BACK : EVENT_CLASS_CHANGED);
    if (term != family->last_term)
        happens(EVENT_TERM_BORDER);
}

/* The pupil's whole gradebook up to the last day told. */
static void check_paper(struct story *story, int pupil)
{
    static struct paper truth;
    struct family *family = &story->families[pupil];
    source_gradebook(&story->imported, pupil, (struct span){0, family->told_until}, false, &truth);
    compare_papers(&family->paper, &truth);
}

/* No lesson of these days has a number, topic or homework. */
static bool has_no_lessons(const struct story *story, int pupil, const char *form, struct span days)
{
    for (size_t i = 0; i < story->imported.count; i++) {
        const struct source_row *row = &story->imported.rows[i];
        bool own = row->pupil == pupil || (row->pupil == NOBODY && strcmp(row->form, form) == 0);
        if (own && row->day >= days.from && row->day <= days.until &&
            (row->lesson > 0 || row->topic[0] != '\0' || row->homework[0] != '\0'))
            return false;
    }
    return true;
}

static void apply_sheet_of(struct story *story, const struct sheet_row *row, int pupil, const struct said *said,
                           struct telling *telling)
{
    static struct paper truth;
    struct family *family = telling->family;
    struct source *imported = &story->imported;
    struct span days = phrase_span(telling->arena, telling->layout, known(said->title), telling->year);
    const struct school_year *year = school_year_of(&story->school, telling->arena, days.until);
    int32_t term = term_of(story, year, pupil, row->form, days);
    struct span of_term = term == 0 ? (struct span){1, 0} : year->term[term - 1];
    assert_int_equal(days.from, telling->monday);
    assert_in_range(days.until, days.from + story->school.school_days - 1, days.from + 6);
    telling->term_from = term == 0 ? year->whole.from : of_term.from;
    of_term.until = of_term.until < days.until ? of_term.until : days.until;
    note_sheet(story, family, row, pupil, days, term, said);
    if (telling->first) {
        family->since = telling->term_from < days.from ? telling->term_from : days.from;
        source_gradebook(imported, pupil, (struct span){0, family->since - 1}, false, &family->paper);
    }
    source_gradebook(imported, pupil, (struct span){0, INT32_MAX}, false, &truth);
    telling->truth = &truth;
    apply_lines(telling, said);
    apply_days(telling, said, imported, pupil, days);
    int32_t since = telling->term_from < days.from ? telling->term_from : days.from;
    if (pupil != MOVER) {
        check_form(said, has_no_lessons(story, pupil, row->form, (struct span){since, days.until}));
        check_texts(telling, said, imported, story_forms[pupil], days);
    }
    check_comments(telling, said, imported, &story->told[pupil], pupil, days);
    check_terms(telling, said, imported, pupil, of_term);
    if (telling->first || days.until > family->told_until)
        family->told_until = days.until;
    family->last_monday = days.from;
    family->last_term = term;
}

/* For one story alone: what its sheets say of earlier days. */
static void print_said(const struct sheet_row *row, const struct said *said)
{
    fprintf(stderr, "%s %s, import %d\n", row->number, row->code, row->import);
    for (size_t i = 0; i < said->change_count; i++)
        fprintf(stderr, "    %s %s\n", known(said->changes[i].subject), known(said->changes[i].text));
}

/* A new sheet is read, and goes into the family's paper. */
static void read_sheet(struct story *story, const struct sheet_row *row, const struct batch_of *of)
{
    static struct said said;
    int pupil = 0;
    while (story->families[pupil].key != row->pupil)
        assert_true(++pupil < PUPILS);
    struct family *family = &story->families[pupil];
    assert_true(of->pupil != NULL ? of->pupil->key == row->pupil : is_due(story, family, of->week));
    assert_int_equal(row->import, newest_import(story));
    story->sheet_arena = arena_new();
    struct laid_out laid = lay_out(story, row, of->week);
    struct telling telling = {.arena = story->sheet_arena,
                              .layout = &story->shop->layout,
                              .family = family,
                              .monday = date_of_week(of->week, 1),
                              .first = family->told_until == DATE_NONE,
                              .again = row->issue > 1};
    telling.year.from = date_from_civil(date_to_civil(story->start - 220).year, 8, 1);
    read_pages(telling.arena, telling.layout, telling.year, laid.pages, laid.count, &said);
    if (getenv("PAPERDIARY_STORY") != NULL)
        print_said(row, &said);
    assert_string_equal(known(said.who), phrase_bare(telling.arena, row->name));
    assert_non_null(strstr(known(said.number), phrase_bare(telling.arena, row->number)));
    assert_true(said.changes_title == NULL ||
                phrase_is_term(telling.arena, telling.layout, said.changes_title) == telling.first);
    apply_sheet_of(story, row, pupil, &said, &telling);
    check_paper(story, pupil);
    story->told[pupil] = story->imported;
    family->came_back = false;
    family->last_form = row->form;
    arena_free(story->sheet_arena);
    assert_true(story->sheet_count < SHEETS_MOST);
    story->sheets[story->sheet_count++] = (struct issued){row->number, of->week};
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
    for (int i = 0; i < PUPILS; i++) {
        if (!is_due(story, &story->families[i], of->week))
            continue;
        assert_non_null(order_issued(rows, count, story->families[i].key));
        check_paper(story, i);
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
            read_sheet(story, &rows[i], of);
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
    if (chance(story->ended_early ? 40 : 10)) {
        must(store_find_pupils(story->store, story->arena, story_codes[rnd(PUPILS)], &found, &count, &err), &err);
        of.pupil = found;
    }
    for (int again = 0; again < (chance(20) ? 2 : 1); again++) {
        issue(story, &of);
        size_t fresh = read_new_sheets(story, &of);
        assert_true(again == 0 || fresh == 0);
        if (of.pupil != NULL && fresh > 0)
            happens(EVENT_ALONE);
        if (again > 0)
            happens(EVENT_NOTHING_NEW);
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
    shop->school = &story->school;
    story->again = again_new(shop, story->store);
}

static void close_story(struct story *story)
{
    struct err err = {0};
    again_free(story->again);
    must(store_close(story->store, &err), &err);
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", story->folder);
    assert_int_equal(system(command), 0);
    arena_free(story->arena);
}

static const char *form_on(const struct story *story, int pupil, int32_t day)
{
    bool away = pupil == MOVER && day >= story->moves && day < story->back;
    return away ? story_classes[1] : story_forms[pupil];
}

static void put_in_class(const struct story *story, struct source_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].pupil == MOVER)
            rows[i].form = form_on(story, MOVER, rows[i].day);
}

/* The pupil was in the other class some days before anyone entered it: his rows of these days go over, those too that
 * were withdrawn and may come again. */
static void move_earlier(struct story *story, int32_t monday)
{
    int32_t moves = story->moves - (int32_t)(1 + rnd(7));
    if (moves <= story->start || story->moves > monday)
        return;
    story->moves = moves;
    struct source *live = &story->live;
    put_in_class(story, live->rows, live->count);
    put_in_class(story, live->gone, live->gone_count < GONE_MOST ? live->gone_count : GONE_MOST);
    story->together = chance(70);
}

static void live_pupil(struct story *story, int pupil, int32_t monday)
{
    bool all_late = chance(5) && monday > story->start;
    for (uint32_t i = all_late ? 20 : pupil == MOVER ? 2 + rnd(5) : rnd(5); i > 0; i--) {
        int32_t day = monday + (int32_t)rnd(chance(5) ? 6 : 5);
        if (chance(10))
            day += 7; /* ahead */
        if ((all_late || chance(25)) && monday > story->start)
            day -= 7 * (1 + (int32_t)rnd((uint32_t)(monday - story->start) / 7)); /* late */
        const char *form = form_on(story, pupil, day);
        if (chance(12))
            source_miss_day(&story->live, pupil, day, form, story->numbered);
        for (int several = chance(15) ? 3 : 1; several > 0; several--)
            source_add_random(&story->live, pupil, day, form, story->numbered);
    }
}

static void live_week(struct story *story, int32_t monday)
{
    for (int pupil = 0; pupil < PUPILS; pupil++)
        live_pupil(story, pupil, monday);
    for (uint32_t i = rnd(14); i > 0; i--)
        source_change_random(&story->live);
    for (uint32_t i = rnd(4); i > 0; i--)
        source_give_again(&story->live);
    for (uint32_t i = rnd(4); i > 0; i--)
        source_change_lesson(&story->live, monday);
    if (story->moves != INT32_MAX && chance(10))
        move_earlier(story, monday);
}

static void begin(struct story *story, int32_t weeks, bool reports)
{
    for (int i = 0; i < PUPILS; i++) {
        story->families[i] = (struct family){.from = DATE_NONE, .until = DATE_NONE, .told_until = DATE_NONE};
        story->told[i].count = 0;
    }
    story->live.count = story->live.gone_count = story->imported.count = story->sheet_count = story->imports = 0;
    story->numbered = chance(60);
    story->together = story->ended_early = false;
    story->start = date_from_civil(2026, 9, 7) + 7 * (int32_t)rnd(22);
    story->reports = !reports ? 0 : chance(60) ? 7 : 1 + rnd(6);
    story->mixed = chance(30);
    story->moves_told = 0;
    story->moves = chance(70) ? story->start + 3 + (int32_t)rnd((uint32_t)weeks * 5) : INT32_MAX;
    story->back = story->moves != INT32_MAX && chance(60) ? story->moves + 2 + (int32_t)rnd(12) : INT32_MAX;
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
        change_paper(story, 4, DATE_NONE, chance(50) ? monday : monday + story->school.school_days - 1);
    else if (changing->until != DATE_NONE && changing->until < monday && chance(40))
        change_paper(story, 4, monday, DATE_NONE);
}

/* A mark that was told is corrected, and before the next sheet once more, or back. */
static void correct_twice(struct story *story, int32_t monday)
{
    for (size_t i = 0; i < story->live.count; i++) {
        struct source_row *row = &story->live.rows[i];
        if (row->pupil == NOBODY || *row->mark < '2' || row->day > story->families[row->pupil].told_until ||
            !chance(20))
            continue;
        const char *was = row->mark;
        bool back = chance(50);
        struct span days = {story->start, monday + 13};
        row->mark = story_marks[*was == '5' ? 0 : *was - '2' + 1];
        assert_true(import_file(story, 7, days, true, false));
        row->mark = back ? was : story_marks[*row->mark == '5' ? 0 : *row->mark - '2' + 1];
        assert_true(import_file(story, 7, days, true, false));
        happens(back ? EVENT_BACK_AGAIN : EVENT_CORRECTED_TWICE);
        return;
    }
}

/* Every sheet can be made again from the register as it was printed; no number was given twice. */
static void check_register(struct story *story)
{
    struct sheet_row *rows = NULL;
    size_t count = 0;
    struct err err = {0};
    must(store_register(story->store, story->arena, NULL, &rows, &count, &err), &err);
    assert_int_equal(count, story->sheet_count);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < i; k++) {
            assert_string_not_equal(rows[k].number, rows[i].number);
            if (rows[k].pupil != rows[i].pupil && strcmp(rows[k].period, rows[i].period) == 0 &&
                strcmp(rows[k].form, rows[i].form) == 0)
                assert_int_not_equal(rows[k].running, rows[i].running);
        }
        if (chance(75))
            continue;
        story->sheet_arena = arena_new();
        lay_out(story, &rows[i], story->sheets[place_of(story, rows[i].number)].week);
        arena_free(story->sheet_arena);
        happens(EVENT_REPRINTED);
    }
}

/* Before the class's first report, which may have days of the next week. */
static void tell_moves(struct story *story, int32_t monday)
{
    if (story->reports != 0 && story->moves_told == 0 && story->moves <= monday + 13) {
        import_class_of(story, MOVER, story_classes[1]);
        story->moves_told++;
    }
    if (story->moves_told == 1 && story->back <= monday) {
        import_class_of(story, MOVER, story_forms[MOVER]);
        story->moves_told++;
    }
}

/* A week of the school: an export within it, mostly one at its end, and some weeks a later one with corrections. */
static void tell_week(struct story *story, int32_t monday)
{
    live_week(story, monday);
    tell_moves(story, monday);
    if (chance(20)) {
        import_week(story, monday, monday + (int32_t)rnd(4));
        issue_week(story, monday);
    }
    import_week(story, monday, monday + 6);
    change_papers(story, monday);
    if (chance(25))
        correct_twice(story, monday);
    if (chance(25))
        return;
    issue_week(story, monday);
    if (chance(70))
        return;
    for (uint32_t i = rnd(6); i > 0; i--)
        source_change_random(&story->live);
    import_week(story, monday, monday + 6);
    issue_week(story, chance(50) || monday == story->start ? monday : monday - 7);
}

static void tell_story(struct story *story, uint32_t number, struct workshop *shop)
{
    seed = number * 2654435761U + 7;
    open_story(story, shop);
    int32_t weeks = 5 + (int32_t)rnd(WEEKS_MOST - 5);
    begin(story, weeks, number % REPORTS_EVERY == REPORTS_EVERY - 1);
    for (int32_t week = 0; week < weeks; week++)
        tell_week(story, story->start + 7 * week);
    check_register(story);
    close_story(story);
}

static void sheets_add_up_to_the_gradebook(void **state)
{
    (void)state;
    const char *more = getenv("PAPERDIARY_STORIES"), *one = getenv("PAPERDIARY_STORY");
    bool few = one != NULL || getenv("PAPERDIARY_SHORT") != NULL;
    uint32_t count = few && one == NULL ? 5 : STORIES * (more == NULL ? 1 : (uint32_t)strtoul(more, NULL, 10));
    struct arena *arena = arena_new();
    struct workshop shop = story_shop(arena);
    struct story *story = mem_alloc(sizeof *story);
    size_t sheets = 0, imports = 0;
    for (uint32_t number = 0; number < count; number++) {
        if (one != NULL && number != strtoul(one, NULL, 10))
            continue;
        if (getenv("PAPERDIARY_STORY_NUMBERS") != NULL)
            fprintf(stderr, "%u\n", number);
        tell_story(story, number, &shop);
        sheets += story->sheet_count;
        imports += story->imports;
    }
    printf("%u histories: %zu files, %zu sheets\n", one == NULL ? count : 1, imports, sheets);
    assert_true(few || story_events_suffice());
    mem_free(story);
    shop_close(&shop);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sheets_add_up_to_the_gradebook)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
