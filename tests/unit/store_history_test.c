/* Random histories: the state after every import, read from the store at the end, is what a naive model remembers; and
 * what an import counts is what the model counts. */
#include "store_school.h"

enum { FORMS = 3, PUPILS = 12, DAYS = 15, SUBJECTS = 3, IMPORTS = 25, MOST = 4000 };

static const char *const forms[FORMS] = {"3А", "3Б", "10В"};
static const char *const subjects[SUBJECTS] = {"Чтение", "Математика", "Коми кыв"};

/* Pupil 0 is the whole class; numbers stand for texts. */
struct row {
    int form, day, pupil, lesson, subject, mark, weight, work, topic, reason;
};

struct state {
    struct row rows[MOST];
    size_t count;
};

struct model {
    struct state *states; /* after each import; [0] is empty */
    int home[PUPILS + 1], moved_to[PUPILS + 1], moved_on[PUPILS + 1];
    unsigned random;
};

static int roll(struct model *model, int sides)
{
    model->random = model->random * 1664525U + 1013904223U;
    return (int)((model->random >> 8) % (unsigned)sides);
}

static int form_on(const struct model *model, int pupil, int day)
{
    return day < model->moved_on[pupil] ? model->home[pupil] : model->moved_to[pupil];
}

static struct row random_row(struct model *model, int form, int day)
{
    int pupil = roll(model, PUPILS + 1);
    struct row row = {.form = form, .day = day, .lesson = roll(model, 3), .subject = roll(model, SUBJECTS)};
    if (pupil != 0 && form_on(model, pupil, day) == form) {
        row.pupil = pupil;
        row.mark = roll(model, 2) ? 2 + roll(model, 4) : 0;
        row.weight = 1 + roll(model, 2);
        row.work = row.mark ? roll(model, 2) : 0;
        row.reason = row.mark ? 0 : roll(model, 3);
    }
    row.topic = roll(model, 4);
    return row;
}

/* The gradebook lives: within the range some rows go, some change, some come. */
static void live(struct model *model, struct state *state, int form, int from, int until)
{
    size_t kept = 0;
    for (size_t i = 0; i < state->count; i++) {
        struct row *row = &state->rows[i];
        bool inside = row->form == form && row->day >= from && row->day <= until;
        if (inside && roll(model, 10) == 0)
            continue;
        if (inside && row->pupil != 0 && roll(model, 8) == 0)
            row->mark = 2 + roll(model, 4);
        if (inside && roll(model, 12) == 0)
            row->topic = roll(model, 4);
        state->rows[kept++] = *row;
    }
    state->count = kept;
    for (int i = 5 + roll(model, 40); i > 0 && state->count < MOST; i--)
        state->rows[state->count++] = random_row(model, form, from + roll(model, until - from + 1));
    for (int i = roll(model, 5); i > 0 && state->count < MOST; i--) { /* a row that stands there twice */
        const struct row *row = &state->rows[roll(model, (int)state->count)];
        if (row->form == form && row->day >= from && row->day <= until)
            state->rows[state->count++] = *row;
    }
}

static const char *date_of(int number, char out[DATE_TEXT])
{
    return date_format(out, day("2026-09-01") + number);
}

static void say(struct sheaf *sheaf, const struct row *row)
{
    char date[DATE_TEXT], code[8] = "", mark[4] = "", topic[8] = "";
    if (row->pupil != 0)
        snprintf(code, sizeof code, "%d", row->pupil);
    if (row->mark != 0)
        snprintf(mark, sizeof mark, "%d", row->mark);
    if (row->topic != 0)
        snprintf(topic, sizeof topic, "t%d", row->topic);
    struct lesson_row *out = add_lesson(sheaf, date_of(row->day, date), forms[row->form], code, row->lesson,
                                        subjects[row->subject], mark, (enum reason)row->reason);
    out->weight = row->weight * WEIGHT_ONE;
    out->work = sheaf_symbol(sheaf, row->work ? "диктант" : "");
    out->topic = sheaf_symbol(sheaf, topic);
}

/* --- the naive count ------------------------------------------------------------------------------------------------
 */

static bool same_key(const struct row *a, const struct row *b)
{
    return a->form == b->form && a->day == b->day && a->pupil == b->pupil && a->lesson == b->lesson &&
           a->subject == b->subject;
}

/* The values of a key: marks as numbers from 1000, reasons below; a numbered lesson has each reason once. */
static size_t values_of(const struct state *state, const struct row *key, bool marks, int *out)
{
    size_t count = 0;
    for (size_t i = 0; i < state->count; i++) {
        const struct row *row = &state->rows[i];
        if (!same_key(row, key))
            continue;
        int value = marks ? (row->mark == 0 ? 0 : row->mark * 100 + row->weight * 10 + row->work) : row->reason;
        bool repeated = false;
        for (size_t j = 0; j < count; j++)
            repeated |= out[j] == value;
        if (value != 0 && (marks || row->lesson == 0 || !repeated))
            out[count++] = value;
    }
    return count;
}

static void count_key(const struct state *old, const struct state *new, const struct row *key, bool marks,
                      struct import_result *out)
{
    int was[MOST], now[MOST];
    size_t olds = values_of(old, key, marks, was), news = values_of(new, key, marks, now), equal = 0;
    for (size_t i = 0; i < olds; i++)
        for (size_t j = 0; j < news; j++)
            if (was[i] == now[j]) {
                now[j] = -1;
                equal++;
                break;
            }
    int64_t gone = (int64_t)(olds - equal), come = (int64_t)(news - equal), both = gone < come ? gone : come;
    out->unchanged += (int64_t)equal;
    out->corrected += both;
    out->added += come - both;
    out->withdrawn += gone - both;
}

/* Over the range only, each key once. */
static struct import_result count_naively(const struct state *old, const struct state *new, int form, int from,
                                          int until)
{
    struct import_result result = {0};
    const struct state *both[] = {old, new};
    for (int s = 0; s < 2; s++)
        for (size_t i = 0; i < both[s]->count; i++) {
            const struct row *row = &both[s]->rows[i];
            bool first = row->form == form && row->day >= from && row->day <= until;
            for (int t = 0; t <= s && first; t++)
                for (size_t j = 0; j < (t == s ? i : both[t]->count) && first; j++)
                    first = !same_key(&both[t]->rows[j], row);
            if (first) {
                count_key(old, new, row, true, &result);
                count_key(old, new, row, false, &result);
            }
        }
    return result;
}

/* --- the state as texts ---------------------------------------------------------------------------------------------
 */

struct lines {
    const char **items;
    size_t count, room;
};

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort_lines(struct lines *lines)
{
    if (lines->count > 1)
        qsort(lines->items, lines->count, sizeof *lines->items, compare_lines);
}

static void add_line(struct lines *lines, const char *line)
{
    lines->items = mem_grow(lines->items, lines->count, &lines->room, sizeof *lines->items);
    lines->items[lines->count++] = line;
}

static struct lines lines_of_state(struct arena *arena, const struct state *state)
{
    struct lines lines = {0};
    for (size_t i = 0; i < state->count; i++) {
        const struct row *row = &state->rows[i];
        char mark[4] = "", topic[8] = "";
        if (row->mark != 0)
            snprintf(mark, sizeof mark, "%d", row->mark);
        if (row->topic != 0)
            snprintf(topic, sizeof topic, "t%d", row->topic);
        add_line(&lines, arena_format(arena, "%s|%d|%d|%d|%s|%s|%d|%s|%s|%d", forms[row->form], row->day, row->pupil,
                                      row->lesson, subjects[row->subject], mark, row->weight,
                                      row->work ? "диктант" : "", topic, row->reason));
    }
    return lines;
}

static int pupil_number(const struct book *book, int32_t key)
{
    for (size_t i = 0; i < book->pupil_count; i++)
        if (book->pupils[i].key == key)
            return atoi(book->pupils[i].code);
    return 0;
}

static struct lines lines_of_books(struct arena *arena, const struct book books[FORMS], int32_t import)
{
    struct lines lines = {0};
    for (int f = 0; f < FORMS; f++)
        for (size_t i = 0; i < books[f].entry_count; i++) {
            const struct entry *entry = &books[f].entries[i];
            if (!held_at(entry->held, import) || (entry->pupil == 0 && strcmp(entry->form, books[f].form) != 0))
                continue;
            add_line(&lines,
                     arena_format(arena, "%s|%d|%d|%d|%s|%s|%d|%s|%s|%d", entry->form, entry->day - day("2026-09-01"),
                                  pupil_number(&books[f], entry->pupil), entry->lesson, entry->subject, entry->mark,
                                  entry->weight / WEIGHT_ONE, entry->work, entry->topic, entry->reason));
        }
    return lines;
}

static void assert_same_lines(struct lines *is, struct lines *should, int import)
{
    sort_lines(is);
    sort_lines(should);
    for (size_t i = 0; i < is->count && i < should->count; i++)
        if (strcmp(is->items[i], should->items[i]) != 0)
            fail_msg("after import %d: «%s» is stored, «%s» should be", import, is->items[i], should->items[i]);
    assert_int_equal(is->count, should->count);
    mem_free(is->items);
    mem_free(should->items);
}

static void assert_sorted(const struct book *book)
{
    for (size_t i = 1; i < book->entry_count; i++) {
        const struct entry *a = &book->entries[i - 1], *b = &book->entries[i];
        int order = a->pupil != b->pupil ? (a->pupil < b->pupil ? -1 : 1) : a->day - b->day;
        order = order != 0 ? order : a->lesson - b->lesson;
        order = order != 0 ? order : strcmp(a->subject, b->subject);
        assert_true(order < 0 || (order == 0 && a->held.since <= b->held.since));
    }
}

/* --- one history -----------------------------------------------------------------------------------------------------
 */

static struct sheaf export_of(struct desk *desk, const struct state *state, int form, int from, int until)
{
    char date[2][DATE_TEXT];
    struct sheaf sheaf = sheaf_new(desk, EXPORT_GRADEBOOK);
    add_cover(&sheaf, forms[form], date_of(from, date[0]), date_of(until, date[1]));
    for (size_t i = 0; i < state->count; i++)
        if (state->rows[i].form == form && state->rows[i].day >= from && state->rows[i].day <= until)
            say(&sheaf, &state->rows[i]);
    for (size_t i = sheaf.export.count; i > 1; i--) { /* the order of a file's rows means nothing */
        size_t j = (i * 7919) % i;
        struct lesson_row row = sheaf.export.rows.lessons[i - 1];
        sheaf.export.rows.lessons[i - 1] = sheaf.export.rows.lessons[j];
        sheaf.export.rows.lessons[j] = row;
    }
    return sheaf;
}

static int32_t play(struct desk *desk, struct model *model)
{
    int32_t newest = 0;
    for (int i = 0; i < IMPORTS; i++) {
        int form = roll(model, FORMS), from = roll(model, DAYS), until = from + roll(model, DAYS - from);
        struct state *old = &model->states[newest], *new = &model->states[newest + 1];
        *new = *old;
        if (roll(model, 6) != 0)
            live(model, new, form, from, until);
        struct sheaf sheaf = export_of(desk, new, form, from, until);
        struct import_result result = {0};
        if (!desk_import_as(desk, &sheaf, true, false, &result))
            fail_msg("%s", desk->err.text);
        struct import_result naive = count_naively(old, new, form, from, until);
        assert_result(result, (int)naive.added, (int)naive.corrected, (int)naive.withdrawn, (int)naive.unchanged);
        newest += result.changed;
        assert_int_equal(result.import, newest);
    }
    return newest;
}

static void history(unsigned seed)
{
    struct desk desk;
    desk_open(&desk);
    struct model model = {.random = seed};
    model.states = mem_alloc((IMPORTS + 1) * sizeof *model.states);
    for (int p = 1; p <= PUPILS; p++) {
        model.home[p] = roll(&model, FORMS);
        model.moved_to[p] = roll(&model, 3) ? model.home[p] : roll(&model, FORMS);
        model.moved_on[p] = roll(&model, DAYS);
    }
    int32_t newest = play(&desk, &model);
    struct book books[FORMS];
    for (int f = 0; f < FORMS; f++) {
        books[f] = desk_book(&desk, forms[f], "2026-09-01");
        assert_sorted(&books[f]);
        assert_int_equal(books[f].import, newest);
    }
    for (int32_t import = 0; import <= newest; import++) {
        struct lines is = lines_of_books(desk.arena, books, import);
        struct lines should = lines_of_state(desk.arena, &model.states[import]);
        assert_same_lines(&is, &should, import);
    }
    mem_free(model.states);
    desk_close(&desk);
}

static void every_state_can_be_asked_for(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 12; seed++)
        history(seed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_state_can_be_asked_for)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
