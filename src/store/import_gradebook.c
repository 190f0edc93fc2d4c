#include "store/gradebook.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "store/count.h"
#include "store/db.h"
#include "store/names.h"
#include "store/people.h"

static const struct diff_table entries = {
    .key = ENTRY_KEY,
    .width = ENTRY_WIDTH,
    .insert = "INSERT OR FAIL INTO entry (form, day, pupil, lesson, subject, teacher, topic, homework, work, mark,"
              " comment, weight, reason, since, nth) SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12,"
              " since, nth FROM incoming",
    .close = "UPDATE entry SET until = ? WHERE form = ? AND day = ? AND pupil = ? AND lesson = ? AND subject = ?"
             " AND since = ? AND nth = ?",
    .count = count_entries,
};

static bool phrase(struct gradebook *book, symbol text, int32_t *out, struct err *err)
{
    int32_t *known = &book->phrases[text];
    if (*known < 0 && !names_phrase(book->run->store, book->run->export->symbols[text], known, err))
        return false;
    *out = *known;
    return true;
}

/* --- what the file covers ------------------------------------------------------------------------------------ */

static bool add_cover(struct gradebook *book, const char *name, struct span span, int32_t *form, struct err *err)
{
    if (!names_form(book->run->store, name, true, form, err))
        return false;
    union map_value *place = map_put(&book->cover_of, (uint64_t)*form);
    if (place->number == 0) {
        book->covers = mem_grow(book->covers, book->cover_count, &book->cover_room, sizeof *book->covers);
        book->covers[book->cover_count] = (struct cover){.form = *form, .name = name, .span = span};
        place->number = (int64_t)++book->cover_count;
    }
    struct cover *cover = &book->covers[place->number - 1];
    if (span.from < cover->span.from)
        cover->span.from = span.from;
    if (span.until > cover->span.until)
        cover->span.until = span.until;
    return true;
}

bool gradebook_covers(const struct gradebook *book, int32_t form, int32_t day)
{
    const union map_value *place = map_lookup(&book->cover_of, (uint64_t)form);
    if (place == NULL)
        return false;
    const struct cover *cover = &book->covers[place->number - 1];
    return day >= cover->span.from && day <= cover->span.until;
}

static int compare_covers(const void *a, const void *b)
{
    const struct cover *left = a, *right = b;
    return left->form < right->form ? -1 : left->form > right->form;
}

static void sort_covers(struct gradebook *book)
{
    if (book->cover_count > 1)
        qsort(book->covers, book->cover_count, sizeof *book->covers, compare_covers);
    for (size_t i = 0; i < book->cover_count; i++)
        map_put(&book->cover_of, (uint64_t)book->covers[i].form)->number = (int64_t)i + 1;
}

/* --- from symbols to numbers --------------------------------------------------------------------------------- */

static struct pupil_row says_of(const struct gradebook *book, const struct lesson_row *row)
{
    const char *const *symbols = book->run->export->symbols;
    return (struct pupil_row){.code = symbols[row->code],
                              .name = symbols[row->pupil],
                              .form = symbols[row->form],
                              .enrolled = DATE_NONE,
                              .left = DATE_NONE,
                              .consent = DATE_NONE,
                              .paper_from = DATE_NONE,
                              .paper_until = DATE_NONE,
                              .line = row->line,
                              .column = row->column};
}

static bool is_nameless(struct gradebook *book, int32_t pupil, bool *out, struct err *err)
{
    int64_t nameless = 0;
    bool ok = db_number(book->run->store, err, &nameless,
                        "SELECT name = '' FROM pupil_state WHERE pupil = ? AND until = 0", "i", pupil);
    *out = nameless != 0;
    return ok;
}

/* A pupil known by id whose name the store lacks gets it from the first row that has it. */
static bool name_pupil(struct gradebook *book, const struct lesson_row *row, int32_t pupil, struct err *err)
{
    struct pupil_row says = says_of(book, row);
    says.form = "";
    book->nameless[row->code] = false;
    return people_merge(book->run->store, book->run->arena, book->run->number, pupil, &says, false,
                        &book->run->result->changed, err);
}

static bool pupil_of(struct gradebook *book, const struct lesson_row *row, int32_t *pupil, struct err *err)
{
    *pupil = 0;
    if (row->code == 0 && row->pupil == 0)
        return true;
    if (row->code == 0) {
        union map_value *known = map_lookup(&book->unnamed, map_key(row->form, row->pupil));
        if (known == NULL) {
            struct pupil_row says = says_of(book, row);
            if (!people_resolve(book->run, &says, true, pupil, err))
                return false;
            known = map_put(&book->unnamed, map_key(row->form, row->pupil));
            known->number = *pupil;
        }
        *pupil = (int32_t)known->number;
        return true;
    }
    int32_t *known = &book->pupils[row->code];
    if (*known < 0) {
        struct pupil_row says = says_of(book, row);
        if (!people_resolve(book->run, &says, true, known, err) ||
            !is_nameless(book, *known, &book->nameless[row->code], err))
            return false;
    }
    *pupil = *known;
    return !book->nameless[row->code] || row->pupil == 0 || name_pupil(book, row, *pupil, err);
}

/* A row by numbers, which are looked up, or made, the first time they are wanted. */
static bool number_row(struct gradebook *book, size_t at, struct diff_row *out, struct err *err)
{
    const struct lesson_row *row = &book->run->export->rows.lessons[at];
    int32_t *cell = out->cell;
    out->nth = (int32_t)at;
    cell[ENTRY_FORM] = book->forms[row->form];
    cell[ENTRY_DAY] = row->day;
    cell[ENTRY_LESSON] = row->lesson;
    cell[ENTRY_WEIGHT] = row->weight;
    cell[ENTRY_REASON] = row->reason;
    return pupil_of(book, row, &cell[ENTRY_PUPIL], err) && phrase(book, row->subject, &cell[ENTRY_SUBJECT], err) &&
           phrase(book, row->teacher, &cell[ENTRY_TEACHER], err) && phrase(book, row->topic, &cell[ENTRY_TOPIC], err) &&
           phrase(book, row->homework, &cell[ENTRY_HOMEWORK], err) && phrase(book, row->work, &cell[ENTRY_WORK], err) &&
           phrase(book, row->mark, &cell[ENTRY_MARK], err) && phrase(book, row->comment, &cell[ENTRY_COMMENT], err);
}

/* The row is the last one of its class's day. */
static void join_day(struct gradebook *book, size_t at)
{
    const struct lesson_row *row = &book->run->export->rows.lessons[at];
    union map_value *place = map_put(&book->day_of, map_key((uint32_t)book->forms[row->form], (uint32_t)row->day));
    if (place->number == 0) {
        book->days = mem_grow(book->days, book->day_count, &book->day_room, sizeof *book->days);
        book->days[book->day_count] = (struct day_rows){.first = (uint32_t)at, .last = (uint32_t)at};
        place->number = (int64_t)++book->day_count;
        return;
    }
    struct day_rows *day = &book->days[place->number - 1];
    book->next[day->last] = (uint32_t)at;
    day->last = (uint32_t)at;
}

static bool resolve_row(struct gradebook *book, size_t at, struct err *err)
{
    const struct lesson_row *row = &book->run->export->rows.lessons[at];
    int32_t *form = &book->forms[row->form];
    struct span day = {.from = row->day, .until = row->day};
    const char *name = book->run->export->symbols[row->form];
    if ((*form == 0 || !gradebook_covers(book, *form, row->day)) && !add_cover(book, name, day, form, err))
        return false;
    join_day(book, at);
    struct diff_row ignored = {0};
    return number_row(book, at, &ignored, err);
}

/* Rows put aside keep what they may have said. */
static bool load_holds(struct gradebook *book, struct err *err)
{
    if (!holds_load(&book->holds, book->run, err))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < book->run->export->count && holds_any(&book->holds); i++) {
        struct diff_row row = {0};
        ok = number_row(book, i, &row, err);
        holds_see(&book->holds, &row);
    }
    return ok;
}

/* Pupils with ids before those without: a row that gives only the name may stand before the one that tells whose it
 * is. */
static bool find_named(struct gradebook *book, struct err *err)
{
    const struct export *export = book->run->export;
    size_t unnamed = 0;
    while (unnamed < export->count &&
           (export->rows.lessons[unnamed].code != 0 || export->rows.lessons[unnamed].pupil == 0))
        unnamed++;
    for (size_t i = unnamed; i < export->count; i++) {
        int32_t pupil = 0;
        if (export->rows.lessons[i].code != 0 && !pupil_of(book, &export->rows.lessons[i], &pupil, err))
            return false;
    }
    return true;
}

static bool resolve(struct gradebook *book, struct err *err)
{
    const struct export *export = book->run->export;
    for (size_t i = 0; i < export->covered_count; i++) {
        int32_t form = 0;
        if (!add_cover(book, export->covered[i].form, export->covered[i].span, &form, err))
            return false;
    }
    book->next = mem_resize(NULL, export->count, sizeof *book->next);
    if (!find_named(book, err))
        return false;
    for (size_t i = 0; i < export->count; i++)
        if (!resolve_row(book, i, err))
            return false;
    sort_covers(book);
    return load_holds(book, err);
}

/* --- what is new ---------------------------------------------------------------------------------------------- */

static bool load_day(struct gradebook *book, int32_t form, int32_t day, struct diff_list *out, struct err *err)
{
    out->count = 0;
    sqlite3_stmt *query =
        db_query(book->run->store, err,
                 "SELECT form, day, pupil, lesson, subject, teacher, topic, homework, work, mark, comment, weight,"
                 " reason, since, nth FROM entry WHERE form = ? AND day = ? AND until = 0"
                 " ORDER BY pupil, lesson, subject, since, nth",
                 "ii", form, day);
    return diff_read(book->run, &entries, query, out, err);
}

/* The file's rows of a class's day, by key. */
static bool take_day(struct gradebook *book, int32_t form, int32_t day, struct diff_list *out, struct err *err)
{
    out->count = 0;
    const union map_value *place = map_lookup(&book->day_of, map_key((uint32_t)form, (uint32_t)day));
    if (place == NULL)
        return true;
    const struct day_rows *rows = &book->days[place->number - 1];
    bool ok = true;
    for (uint32_t at = rows->first; ok; at = book->next[at]) {
        ok = number_row(book, at, diff_add(out), err);
        if (at == rows->last)
            break;
    }
    diff_sort(out, &entries);
    return ok;
}

/* The file's rows of a day, and with them those stored that stay. */
static struct diff_part with_held(const struct gradebook *book, struct diff_part old, struct diff_part new,
                                  struct diff_list *both)
{
    both->count = 0;
    holds_entries(&book->holds, &entries, old, new, both);
    if (both->count == 0)
        return new;
    for (size_t i = 0; i < both->count; i++)
        both->rows[i].nth = 0; /* no place in the file */
    for (size_t i = 0; i < new.count; i++)
        *diff_add(both) = new.rows[i];
    diff_sort(both, &entries);
    return (struct diff_part){.rows = both->rows, .count = both->count};
}

static bool merge(struct gradebook *book, struct err *err)
{
    struct diff_list stored = {0}, read = {0}, both = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < book->cover_count; i++) {
        struct cover *cover = &book->covers[i];
        cover->first = book->seen_count;
        for (int32_t day = cover->span.from; ok && day <= cover->span.until; day++) {
            ok = take_day(book, cover->form, day, &read, err) && load_day(book, cover->form, day, &stored, err);
            struct diff_part old = {.rows = stored.rows, .count = stored.count};
            struct diff_part new = {.rows = read.rows, .count = read.count};
            if (ok && holds_any(&book->holds))
                new = with_held(book, old, new, &both);
            ok = ok && roster_see_day(book, cover, old, new, err) && diff_apply(book->run, &entries, old, new, err);
        }
        cover->end = book->seen_count;
        ok = ok && roster_close_class(book, cover, err);
    }
    diff_free(&stored);
    diff_free(&read);
    diff_free(&both);
    return ok;
}

static void fill(int32_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        numbers[i] = -1;
}

bool import_gradebook(struct run *run, struct err *err)
{
    size_t symbols = run->export->symbol_count;
    struct gradebook book = {.run = run};
    // cppcheck-suppress autoVariables ; it is forgotten below
    run->holds = &book.holds;
    book.covers = mem_grow(NULL, 0, &book.cover_room, sizeof *book.covers);
    book.phrases = mem_resize(NULL, symbols, sizeof *book.phrases);
    book.pupils = mem_resize(NULL, symbols, sizeof *book.pupils);
    book.forms = mem_alloc(symbols * sizeof *book.forms);
    book.nameless = mem_alloc(symbols * sizeof *book.nameless);
    fill(book.phrases, symbols);
    fill(book.pupils, symbols);
    bool ok = resolve(&book, err) && merge(&book, err) && roster_warn(&book, err);
    run->result->classes = (int32_t)book.cover_count;
    run->result->pupils = (int32_t)book.everyone.count;
    mem_free(book.phrases);
    mem_free(book.pupils);
    mem_free(book.forms);
    mem_free(book.nameless);
    mem_free(book.covers);
    mem_free(book.next);
    mem_free(book.days);
    mem_free(book.seen);
    map_free(&book.unnamed);
    map_free(&book.cover_of);
    map_free(&book.day_of);
    map_free(&book.seen_of);
    map_free(&book.everyone);
    holds_free(&book.holds);
    run->holds = NULL;
    return ok;
}
