#include "store/book.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/stopwatch.h"
#include "store/db.h"
#include "store/map.h"
#include "store/names.h"
#include "store/store.h"

/* A book on its way out. */
struct reading {
    struct store *store;
    struct arena *arena;
    struct names names;
    struct map pupils; /* from keys of the class's pupils to their ranks */
    int32_t form, from, as_of;
    struct book *book;
};

/* Of pupil_state: the version after import ?3. */
#define HELD_THEN "s.since <= ?3 AND (s.until = 0 OR ?3 < s.until)"

/* What take_entry is given. The table's last column comes first: SQLite then finds all columns of a row in one go. */
#define TAKEN "reason, pupil, day, lesson, subject, teacher, topic, homework, work, mark, comment, weight, since, until"
enum {
    OF_REASON,
    OF_PUPIL,
    OF_DAY,
    OF_LESSON,
    OF_SUBJECT,
    OF_TEACHER,
    OF_TOPIC,
    OF_HOMEWORK,
    OF_WORK,
    OF_MARK,
    OF_COMMENT,
    OF_WEIGHT,
    OF_SINCE,
    OF_UNTIL,
    TAKEN_COUNT
};

/* A row as the table has it. */
struct taken {
    int32_t of[TAKEN_COUNT];
    int32_t form;
    uint32_t rank; /* of the pupil's key in the class, from 1; 0: the whole class's */
};

enum { ROWS_USUAL = 32768 }; /* of a class in a year: room that is not used costs nothing */

/* Rows on their way from the table to the book. */
struct taking {
    const struct reading *reading;
    int32_t form;
    int32_t pupil;               /* of the last row: neighbours are mostly one pupil's */
    const union map_value *rank; /* his; NULL: not the book's */
    struct taken *rows;
    size_t count, room;
};

static bool is_pupil(const struct reading *reading, int32_t pupil)
{
    return map_lookup(&reading->pupils, (uint64_t)pupil) != NULL;
}

static struct held held_of(sqlite3_stmt *query, int column)
{
    return (struct held){.since = db_int(query, column), .until = db_int(query, column + 1)};
}

/* --- entries --------------------------------------------------------------------------------------------------- */

static int compare_numbers(int32_t a, int32_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_keys(const void *a, const void *b)
{
    return compare_numbers(*(const int32_t *)a, *(const int32_t *)b);
}

/* Of one pupil. */
static int compare_entries(const struct entry *left, const struct entry *right)
{
    int order = compare_numbers(left->day, right->day);
    if (order == 0)
        order = compare_numbers(left->lesson, right->lesson);
    if (order == 0 && left->subject != right->subject)
        order = strcmp(left->subject, right->subject);
    return order != 0 ? order : compare_numbers(left->held.since, right->held.since);
}

/* Equal ones stay as they came. */
static int compare_places(const void *a, const void *b)
{
    const struct entry *left = *(const struct entry *const *)a, *right = *(const struct entry *const *)b;
    int order = compare_entries(left, right);
    return order != 0 ? order : left < right ? -1 : left > right;
}

/* Puts one pupil's entries in order, which most are: but for subjects at one hour, which go by text, and for entries of
 * a former class. */
static void sort_pupil(struct entry *entries, size_t count)
{
    size_t at = 1;
    while (at < count && compare_entries(&entries[at - 1], &entries[at]) <= 0)
        at++;
    if (at >= count)
        return;
    struct entry *came = mem_alloc(count * sizeof *came);
    memcpy(came, entries, count * sizeof *came);
    const struct entry **order = mem_alloc(count * sizeof *order);
    for (size_t i = 0; i < count; i++)
        order[i] = &came[i];
    qsort(order, count, sizeof *order, compare_places);
    for (size_t i = 0; i < count; i++)
        entries[i] = *order[i];
    mem_free(order);
    mem_free(came);
}

static struct entry entry_of(struct names *names, const struct taken *row, const char *form, struct err *err)
{
    const int32_t *of = row->of;
    return (struct entry){.pupil = of[OF_PUPIL],
                          .day = of[OF_DAY],
                          .form = form,
                          .lesson = (uint8_t)of[OF_LESSON],
                          .subject = names_text(names, of[OF_SUBJECT], err),
                          .teacher = names_text(names, of[OF_TEACHER], err),
                          .topic = names_text(names, of[OF_TOPIC], err),
                          .homework = names_text(names, of[OF_HOMEWORK], err),
                          .work = names_text(names, of[OF_WORK], err),
                          .mark = names_text(names, of[OF_MARK], err),
                          .comment = names_text(names, of[OF_COMMENT], err),
                          .weight = of[OF_WEIGHT],
                          .reason = (uint8_t)of[OF_REASON],
                          .held = {.since = of[OF_SINCE], .until = of[OF_UNTIL]}};
}

/* Rows come as the table has them, day by day: here pupil by pupil. */
static void sort_entries(struct reading *reading, const struct taking *taking, struct err *err)
{
    size_t ranks = reading->book->pupil_count + 1;
    size_t *ends = mem_alloc((ranks + 1) * sizeof *ends);
    struct entry *entries = arena_room(reading->arena, (taking->count + 1) * sizeof *entries);
    for (size_t i = 0; i < taking->count; i++)
        ends[taking->rows[i].rank + 1]++;
    for (size_t i = 1; i < ranks; i++)
        ends[i] += ends[i - 1];
    int32_t form = 0;
    const char *name = "";
    for (size_t i = 0; i < taking->count; i++) {
        const struct taken *row = &taking->rows[i];
        if (row->form != form)
            name = names_form_text(&reading->names, row->form, err);
        form = row->form;
        entries[ends[row->rank]++] = entry_of(&reading->names, row, name, err);
    }
    for (size_t rank = 0, from = 0; rank < ranks; from = ends[rank++])
        sort_pupil(entries + from, ends[rank] - from);
    reading->book->entries = entries;
    reading->book->entry_count = taking->count;
    mem_free(ends);
}

/* The SQL function take_entry(TAKEN), an aggregate: it takes each row for store->taking. */
static void take_entry(sqlite3_context *context, int count, sqlite3_value **values)
{
    const struct store *store = sqlite3_user_data(context);
    struct taking *taking = store->taking;
    if (taking == NULL)
        return;
    if (taking->count == taking->room) {
        taking->room = taking->room == 0 ? ROWS_USUAL : taking->room * 2;
        taking->rows = mem_resize(taking->rows, taking->room, sizeof *taking->rows);
    }
    struct taken *row = &taking->rows[taking->count];
    for (int i = 0; i < count; i++)
        row->of[i] = sqlite3_value_int(values[i]);
    if (row->of[OF_PUPIL] != taking->pupil) {
        taking->pupil = row->of[OF_PUPIL];
        taking->rank = map_lookup(&taking->reading->pupils, (uint64_t)taking->pupil);
    }
    if (taking->rank == NULL || row->of[OF_SINCE] > taking->reading->as_of)
        return;
    row->form = taking->form;
    row->rank = (uint32_t)taking->rank->number;
    taking->count++;
}

static void took_entries(sqlite3_context *context)
{
    sqlite3_result_null(context);
}

bool book_open(struct store *store, struct err *err)
{
    int result = sqlite3_create_function_v2(store->db, "take_entry", TAKEN_COUNT, SQLITE_UTF8 | SQLITE_DIRECTONLY,
                                            store, NULL, take_entry, took_entries, NULL);
    return result == SQLITE_OK || db_fail(store, result, err);
}

/* Every version of a class's entries that are the book's: of its pupils, and of the whole class. A function takes them
 * inside one statement, for two thirds of what a step for each costs; each column costs too, so it is the function that
 * leaves out what came later, and nth is not asked: rows come in its order. */
static bool read_entries_of(struct taking *taking, int32_t form, struct err *err)
{
    const struct reading *reading = taking->reading;
    taking->form = form;
    reading->store->taking = taking;
    bool ok = db_run(reading->store, err, "SELECT take_entry(" TAKEN ") FROM entry WHERE form = ? AND day >= ?", "ii",
                     form, reading->from);
    reading->store->taking = NULL;
    return ok;
}

/* The class itself, and those in which its pupils were before. */
static bool read_entries(struct reading *reading, struct err *err)
{
    struct taking taking = {.reading = reading, .rank = map_lookup(&reading->pupils, 0)};
    bool ok = read_entries_of(&taking, reading->form, err);
    sqlite3_stmt *query = db_query(reading->store, err,
                                   "SELECT DISTINCT c.form FROM pupil_state s JOIN pupil_form c USING (pupil)"
                                   " WHERE s.form = ?1 AND " HELD_THEN " AND c.form <> ?1 AND c.reached >= ?2",
                                   "iii", reading->form, reading->from, reading->as_of);
    while (ok && db_next(reading->store, query, err))
        ok = read_entries_of(&taking, db_int(query, 0), err);
    db_done(query);
    if (ok)
        sort_entries(reading, &taking, err);
    mem_free(taking.rows);
    return ok && err->code == ERR_NONE;
}

/* --- the rest -------------------------------------------------------------------------------------------------- */

/* A school year begins in autumn: the days from 1 August on belong to the year that is about to begin. */
static int32_t year_of(int32_t day)
{
    struct civil civil = date_to_civil(day);
    return civil.month >= 8 ? civil.year : civil.year - 1;
}

static bool read_finals(struct reading *reading, struct err *err)
{
    struct final_entry *items = NULL;
    size_t count = 0, room = 0;
    sqlite3_stmt *query =
        db_query(reading->store, err,
                 "SELECT n.pupil, n.year, n.period, b.text, m.text, n.decided, n.since, n.until FROM pupil_state s"
                 " CROSS JOIN final n ON n.pupil = s.pupil AND n.year = ?2 JOIN phrase b ON b.phrase = n.subject"
                 " LEFT JOIN phrase m ON m.phrase = n.mark WHERE s.form = ?1 AND " HELD_THEN
                 " AND n.since <= ?3 ORDER BY n.pupil, n.period, b.text, n.since, n.nth",
                 "iii", reading->form, year_of(reading->from), reading->as_of);
    while (db_next(reading->store, query, err)) {
        items = mem_grow(items, count, &room, sizeof *items);
        items[count++] = (struct final_entry){.pupil = db_int(query, 0),
                                              .year = db_int(query, 1),
                                              .period = db_int(query, 2),
                                              .subject = db_text(query, 3, reading->arena),
                                              .mark = db_text(query, 4, reading->arena),
                                              .decided = db_int(query, 5) == 0 ? DATE_NONE : db_int(query, 5),
                                              .held = held_of(query, 6)};
    }
    reading->book->finals = arena_keep(reading->arena, items, count * sizeof *items);
    reading->book->final_count = count;
    return err->code == ERR_NONE;
}

static bool read_timetable(struct reading *reading, struct err *err)
{
    struct timetable_entry *items = NULL;
    size_t count = 0, room = 0;
    struct names *names = &reading->names;
    sqlite3_stmt *query = db_query(reading->store, err,
                                   "SELECT day, weekday, lesson, subject, room, starts, since, until FROM timetable"
                                   " WHERE form = ? AND (day = 0 OR day >= ?) AND since <= ?"
                                   " ORDER BY day, weekday, lesson, since, nth",
                                   "iii", reading->form, reading->from, reading->as_of);
    while (db_next(reading->store, query, err)) {
        items = mem_grow(items, count, &room, sizeof *items);
        items[count++] = (struct timetable_entry){.day = db_int(query, 0) == 0 ? DATE_NONE : db_int(query, 0),
                                                  .weekday = db_int(query, 1),
                                                  .lesson = db_int(query, 2),
                                                  .subject = names_text(names, db_int(query, 3), err),
                                                  .room = names_text(names, db_int(query, 4), err),
                                                  .starts = names_text(names, db_int(query, 5), err),
                                                  .held = held_of(query, 6)};
    }
    reading->book->timetable = arena_keep(reading->arena, items, count * sizeof *items);
    reading->book->timetable_count = count;
    return err->code == ERR_NONE;
}

/* Those of the class, of the whole school, and of its pupils one by one: these go with a child who changes class. */
static bool read_announcements(struct reading *reading, struct err *err)
{
    struct announcement *items = NULL;
    size_t count = 0, room = 0;
    sqlite3_stmt *query = db_query(reading->store, err,
                                   "SELECT form, from_day, until_day, pupil, text, since, until FROM announcement"
                                   " WHERE until_day >= ? AND since <= ? ORDER BY pupil, from_day, form, since, nth",
                                   "ii", reading->from, reading->as_of);
    while (db_next(reading->store, query, err)) {
        int32_t form = db_int(query, 0), pupil = db_int(query, 3);
        if (pupil == 0 ? form != 0 && form != reading->form : !is_pupil(reading, pupil))
            continue;
        items = mem_grow(items, count, &room, sizeof *items);
        items[count++] = (struct announcement){.from = db_int(query, 1),
                                               .until = db_int(query, 2),
                                               .pupil = pupil,
                                               .text = names_text(&reading->names, db_int(query, 4), err),
                                               .held = held_of(query, 5)};
    }
    reading->book->announcements = arena_keep(reading->arena, items, count * sizeof *items);
    reading->book->announcement_count = count;
    return err->code == ERR_NONE;
}

static bool read_achievements(struct reading *reading, struct err *err)
{
    struct achievement *items = NULL;
    size_t count = 0, room = 0;
    sqlite3_stmt *query =
        db_query(reading->store, err,
                 "SELECT a.pupil, a.day, a.title, a.result, a.since, a.until FROM pupil_state s"
                 " CROSS JOIN achievement a ON a.pupil = s.pupil AND a.day >= ?2 WHERE s.form = ?1 AND " HELD_THEN
                 " AND a.since <= ?3 ORDER BY a.pupil, a.day, a.since, a.nth",
                 "iii", reading->form, reading->from, reading->as_of);
    while (db_next(reading->store, query, err)) {
        items = mem_grow(items, count, &room, sizeof *items);
        items[count++] = (struct achievement){.pupil = db_int(query, 0),
                                              .day = db_int(query, 1),
                                              .title = names_text(&reading->names, db_int(query, 2), err),
                                              .result = names_text(&reading->names, db_int(query, 3), err),
                                              .held = held_of(query, 4)};
    }
    reading->book->achievements = arena_keep(reading->arena, items, count * sizeof *items);
    reading->book->achievement_count = count;
    return err->code == ERR_NONE;
}

static bool read_pupils(struct reading *reading, const char *form, struct err *err)
{
    struct pupil *pupils = NULL;
    size_t count = 0;
    if (!store_pupils_at(reading->store, reading->arena, form, reading->as_of, &pupils, &count, err))
        return false;
    int32_t *keys = mem_alloc((count + 1) * sizeof *keys);
    for (size_t i = 0; i < count; i++)
        keys[i + 1] = pupils[i].key;
    qsort(keys, count + 1, sizeof *keys, compare_keys);
    for (size_t i = 0; i <= count; i++)
        map_put(&reading->pupils, (uint64_t)keys[i])->number = (int64_t)i;
    mem_free(keys);
    reading->book->pupils = pupils;
    reading->book->pupil_count = count;
    return true;
}

bool store_load_book(struct store *store, struct arena *arena, const char *form, int32_t from, struct book *out,
                     struct err *err)
{
    return store_load_book_at(store, arena, form, from, INT32_MAX, out, err);
}

bool store_load_book_at(struct store *store, struct arena *arena, const char *form, int32_t from, int32_t as_of,
                        struct book *out, struct err *err)
{
    struct reading reading = {.store = store, .arena = arena, .from = from, .book = out};
    *out = (struct book){.form = arena_copy(arena, form)};
    enum stage before = stopwatch_enter(STAGE_LOAD);
    if (!db_begin_read(store, err)) {
        stopwatch_enter(before);
        return false;
    }
    int64_t import = 0;
    bool ok = names_begin(&reading.names, store, arena, err) &&
              db_number(store, err, &import, "SELECT max(import) FROM import", "") &&
              names_form(store, form, false, &reading.form, err);
    out->import = import < as_of ? (int32_t)import : as_of;
    reading.as_of = out->import;
    if (ok && reading.form != 0)
        ok = read_pupils(&reading, form, err) && read_entries(&reading, err) && read_finals(&reading, err) &&
             read_timetable(&reading, err) && read_announcements(&reading, err) && read_achievements(&reading, err);
    names_free(&reading.names);
    map_free(&reading.pupils);
    ok = db_end(store, ok, err);
    stopwatch_enter(before);
    return ok;
}
