/* Finals, timetable, announcements, achievements, visits: what is stored in the range of the file, against the file. */
#include <string.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/db.h"
#include "store/diff.h"
#include "store/hold.h"
#include "store/map.h"
#include "store/names.h"
#include "store/people.h"
#include "store/run.h"

/* One table's way in. */
struct way {
    struct run *run;
    const struct diff_table *table;
    struct diff_list new, old;
    struct map ranges; /* what the file speaks for, by the table's own key */
    struct map pupils, forms;
};

/* Rows of the file were put aside: what it lacks is not withdrawn. */
static void keep_held(struct way *way)
{
    struct diff_list kept = {0};
    holds_rows(way->table, (struct diff_part){way->old.rows, way->old.count},
               (struct diff_part){way->new.rows, way->new.count}, &kept);
    for (size_t i = 0; i < kept.count; i++)
        memcpy(diff_add(&way->new)->cell, kept.rows[i].cell, sizeof kept.rows[i].cell);
    diff_sort(&way->new, way->table);
    diff_free(&kept);
}

static bool finish(struct way *way, bool ok, struct err *err)
{
    if (ok) {
        diff_sort(&way->new, way->table);
        diff_sort(&way->old, way->table);
        if (way->run->export->rejected > 0)
            keep_held(way);
        ok = diff_apply(way->run, way->table, (struct diff_part){way->old.rows, way->old.count},
                        (struct diff_part){way->new.rows, way->new.count}, err);
    }
    way->run->result->pupils = (int32_t)way->pupils.count;
    way->run->result->classes = (int32_t)way->forms.count;
    diff_free(&way->new);
    diff_free(&way->old);
    map_free(&way->ranges);
    map_free(&way->pupils);
    map_free(&way->forms);
    return ok;
}

/* The pupil of a row that gives an id; 0 (and a diag) where nobody has it. */
static bool pupil_by_code(struct way *way, const char *code, int32_t line, int32_t column, int32_t *pupil,
                          struct err *err)
{
    struct pupil_row row = {.code = code, .name = "", .form = "", .line = line, .column = column};
    if (!people_resolve(way->run, &row, false, pupil, err))
        return false;
    if (*pupil != 0)
        map_put(&way->pupils, (uint64_t)*pupil);
    return true;
}

static bool form_of(struct way *way, const char *name, int32_t *form, struct err *err)
{
    if (!names_form(way->run->store, name, true, form, err))
        return false;
    if (*form != 0)
        map_put(&way->forms, (uint64_t)*form);
    return true;
}

static int32_t day_or_0(int32_t day)
{
    return day == DATE_NONE ? 0 : day;
}

/* Ranges of days, packed into a map's number. */
static void stretch(struct way *way, uint64_t key, int32_t day)
{
    const union map_value *known = map_lookup(&way->ranges, key);
    int32_t from = day, until = day;
    if (known != NULL) {
        from = (int32_t)(known->number >> 32) < day ? (int32_t)(known->number >> 32) : day;
        until = (int32_t)(known->number & UINT32_MAX) > day ? (int32_t)(known->number & UINT32_MAX) : day;
    }
    map_put(&way->ranges, key)->number = (int64_t)from << 32 | until;
}

/* Reads what is stored of every range: `sql` takes its key, the first and the last day, and with `types` "iiii" the
 * key's upper half. */
static bool read_ranges(struct way *way, const char *types, const char *sql, struct err *err)
{
    for (size_t i = 0; i < way->ranges.room; i++) {
        const struct map_slot *slot = &way->ranges.slots[i];
        if (!slot->used)
            continue;
        sqlite3_stmt *query = db_query(way->run->store, err, sql, types, (int32_t)(slot->key & INT32_MAX),
                                       (int32_t)(slot->value.number >> 32), (int32_t)(slot->value.number & UINT32_MAX),
                                       (int32_t)(slot->key >> 32));
        if (!diff_read(way->run, way->table, query, &way->old, err))
            return false;
    }
    return true;
}

/* --- finals: class × period × school year --------------------------------------------------------------------- */

enum {
    FINAL_PUPIL,
    FINAL_YEAR_OF,
    FINAL_PERIOD,
    FINAL_SUBJECT,
    FINAL_KEY,
    FINAL_FORM = FINAL_KEY,
    FINAL_MARK,
    FINAL_DECIDED,
    FINAL_WIDTH
};

/* A pupil who changed class takes his finals along: another class alone is no change. */
static void count_finals(struct run *run, const struct diff_group *group)
{
    if (group->old.count == 1 && group->new.count == 1 &&
        memcmp(&group->old.rows->cell[FINAL_MARK], &group->new.rows->cell[FINAL_MARK],
               (FINAL_WIDTH - FINAL_MARK) * sizeof group->old.rows->cell[0]) == 0) {
        run->result->unchanged++;
        run->loss.stored_rows++;
        return;
    }
    diff_count_rows(run, group);
}

static const struct diff_table finals = {
    .key = FINAL_KEY,
    .width = FINAL_WIDTH,
    .insert = "INSERT OR FAIL INTO final (pupil, year, period, subject, form, mark, decided, since, nth)"
              " SELECT c0, c1, c2, c3, c4, c5, c6, since, nth FROM incoming",
    .close = "UPDATE final SET until = ? WHERE pupil = ? AND year = ? AND period = ? AND subject = ? AND since = ?"
             " AND nth = ?",
    .count = count_finals,
};

static uint32_t period_key(int32_t year, int32_t period)
{
    return (uint32_t)year << 8 | (uint32_t)period;
}

/* The class that a pupil is in; 0: none. */
static bool class_of(struct way *way, int32_t pupil, int32_t *form, struct err *err)
{
    int64_t found = 0;
    bool ok = db_number(way->run->store, err, &found, "SELECT form FROM pupil_state WHERE pupil = ? AND until = 0", "i",
                        pupil);
    *form = (int32_t)found;
    return ok;
}

/* The file speaks for this period of a class, and of a pupil, who may have come from another one; 0: not given. A
 * report speaks for its pupils only. */
static void cover_period(struct way *way, int32_t form, int32_t pupil, uint32_t period)
{
    map_put(&way->ranges, map_key(0, period));
    if (form != 0 && !way->run->export->by_pupil)
        map_put(&way->ranges, map_key((uint32_t)form | 1U << 31, period));
    if (pupil != 0)
        map_put(&way->ranges, map_key((uint32_t)pupil, period));
}

static bool cover_empty(struct way *way, const struct empty_final *empty, struct err *err)
{
    int32_t form = 0, pupil = 0;
    bool ok = *empty->form != '\0'
                  ? names_form(way->run->store, empty->form, false, &form, err)
                  : people_lookup(way->run->store, empty->code, &pupil, err) && class_of(way, pupil, &form, err);
    if (ok && *empty->name != '\0')
        ok = people_find(way->run, empty->name, form, &pupil, err);
    cover_period(way, form, pupil, period_key(empty->year, empty->period));
    return ok;
}

static bool add_final(struct way *way, size_t at, struct err *err)
{
    const struct final_row *row = &way->run->export->rows.finals[at];
    int32_t pupil = 0, form = 0, subject = 0, mark = 0;
    struct pupil_row says = {.code = row->code,
                             .name = row->name,
                             .form = row->form,
                             .enrolled = DATE_NONE,
                             .left = DATE_NONE,
                             .consent = DATE_NONE,
                             .paper_from = DATE_NONE,
                             .paper_until = DATE_NONE,
                             .line = row->line,
                             .column = row->column};
    if (!form_of(way, row->form, &form, err) || !people_resolve(way->run, &says, false, &pupil, err) ||
        !names_phrase(way->run->store, row->subject, &subject, err) ||
        !names_phrase(way->run->store, row->mark, &mark, err))
        return false;
    if (pupil == 0)
        return true;
    if (form == 0 && !class_of(way, pupil, &form, err))
        return false;
    struct diff_row *out = diff_add(&way->new);
    out->nth = (int32_t)at;
    out->cell[FINAL_PUPIL] = pupil;
    out->cell[FINAL_YEAR_OF] = row->year;
    out->cell[FINAL_PERIOD] = row->period;
    out->cell[FINAL_SUBJECT] = subject;
    out->cell[FINAL_FORM] = form;
    out->cell[FINAL_MARK] = mark;
    out->cell[FINAL_DECIDED] = day_or_0(row->decided);
    map_put(&way->pupils, (uint64_t)pupil);
    cover_period(way, form, pupil, period_key(row->year, row->period));
    return true;
}

/* Of the stored finals of a period: those of the file's classes, and those of its pupils, whose class may have been
 * another one. */
static bool read_finals(struct way *way, uint32_t period, struct err *err)
{
    size_t from = way->old.count;
    sqlite3_stmt *query = db_query(way->run->store, err,
                                   "SELECT pupil, year, period, subject, form, mark, decided, since, nth FROM final"
                                   " WHERE year = ? AND period = ? AND until = 0",
                                   "ii", (int32_t)(period >> 8), (int32_t)(period & 0xff));
    if (!diff_read(way->run, way->table, query, &way->old, err))
        return false;
    size_t kept = from;
    for (size_t i = from; i < way->old.count; i++) {
        const int32_t *cell = way->old.rows[i].cell;
        int32_t form = cell[FINAL_FORM];
        if (form == 0 && !class_of(way, cell[FINAL_PUPIL], &form, err))
            return false;
        if (map_lookup(&way->ranges, map_key((uint32_t)form | 1U << 31, period)) != NULL ||
            map_lookup(&way->ranges, map_key((uint32_t)cell[FINAL_PUPIL], period)) != NULL)
            way->old.rows[kept++] = way->old.rows[i];
    }
    way->old.count = kept;
    return true;
}

/* Two rows that name the pupil in different ways. */
static void tell_twice(struct way *way)
{
    const struct export *export = way->run->export;
    diff_sort(&way->new, &finals);
    for (size_t i = 1; i < way->new.count; i++) {
        const struct diff_row *row = &way->new.rows[i];
        if (memcmp(row[-1].cell, row->cell, FINAL_KEY * sizeof row->cell[0]) == 0)
            diag_add(way->run->diag, DIAG_ERROR, export->file, export->rows.finals[row->nth].line,
                     export->rows.finals[row->nth].column,
                     _("the pupil's final of this subject and period stands in line %d already: keep one of the two"),
                     (int)export->rows.finals[row[-1].nth].line);
    }
}

bool import_finals(struct run *run, struct err *err)
{
    struct way way = {.run = run, .table = &finals};
    bool ok = true;
    for (size_t i = 0; ok && i < run->export->count; i++)
        ok = add_final(&way, i, err);
    for (size_t i = 0; ok && i < run->export->empty_count; i++)
        ok = cover_empty(&way, &run->export->empty[i], err);
    tell_twice(&way);
    for (size_t i = 0; ok && i < way.ranges.room; i++)
        if (way.ranges.slots[i].used && way.ranges.slots[i].key >> 32 == 0)
            ok = read_finals(&way, (uint32_t)way.ranges.slots[i].key, err);
    return finish(&way, ok, err);
}

/* --- timetable: class × days, or the class's week -------------------------------------------------------------- */

static const struct diff_table timetable = {
    .key = 4,
    .width = 7,
    .insert = "INSERT OR FAIL INTO timetable (form, day, weekday, lesson, subject, room, starts, since, nth)"
              " SELECT c0, c1, c2, c3, c4, c5, c6, since, nth FROM incoming",
    .close = "UPDATE timetable SET until = ? WHERE form = ? AND day = ? AND weekday = ? AND lesson = ? AND since = ?"
             " AND nth = ?",
    .count = diff_count_rows,
};

static bool add_plan(struct way *way, const struct timetable_row *row, struct err *err)
{
    int32_t form = 0, subject = 0, room = 0, starts = 0, day = day_or_0(row->day);
    struct store *store = way->run->store;
    if (!form_of(way, row->form, &form, err) || !names_phrase(store, row->subject, &subject, err) ||
        !names_phrase(store, row->room, &room, err) || !names_phrase(store, row->starts, &starts, err))
        return false;
    struct diff_row *out = diff_add(&way->new);
    const int32_t cells[] = {form, day,   day == 0 ? row->weekday : date_weekday(day), row->lesson, subject,
                             room, starts};
    memcpy(out->cell, cells, sizeof cells);
    stretch(way, map_key(day == 0, (uint32_t)form), day);
    return true;
}

bool import_timetable(struct run *run, struct err *err)
{
    struct way way = {.run = run, .table = &timetable};
    bool ok = true;
    for (size_t i = 0; ok && i < run->export->count; i++)
        ok = add_plan(&way, &run->export->rows.timetable[i], err);
    ok = ok && read_ranges(&way, "iii",
                           "SELECT form, day, weekday, lesson, subject, room, starts, since, nth FROM timetable"
                           " WHERE form = ? AND day BETWEEN ? AND ? AND until = 0 ORDER BY since, nth",
                           err);
    return finish(&way, ok, err);
}

/* --- announcements: class (or the whole school, or one pupil) × first days -------------------------------------- */

static const struct diff_table announcements = {
    .key = 3,
    .width = 5,
    .insert = "INSERT OR FAIL INTO announcement (form, from_day, pupil, until_day, text, since, nth)"
              " SELECT c0, c1, c2, c3, c4, since, nth FROM incoming",
    .close =
        "UPDATE announcement SET until = ? WHERE form = ? AND from_day = ? AND pupil = ? AND since = ? AND nth = ?",
    .count = diff_count_rows,
};

static bool add_announcement(struct way *way, const struct announcement_row *row, struct err *err)
{
    int32_t form = 0, pupil = 0, text = 0;
    if (!form_of(way, row->form, &form, err) || !names_phrase(way->run->store, row->text, &text, err))
        return false;
    if (*row->code != '\0') {
        if (!pupil_by_code(way, row->code, row->line, row->column, &pupil, err))
            return false;
        if (pupil == 0)
            return true;
    }
    struct diff_row *out = diff_add(&way->new);
    const int32_t cells[] = {form, row->from, pupil, row->until, text};
    memcpy(out->cell, cells, sizeof cells);
    stretch(way, map_key(form == 0 ? (uint32_t)pupil : 0, (uint32_t)form), row->from);
    return true;
}

/* What is in the range of the whole school and in that of a pupil was read twice. */
static void drop_twice(struct way *way)
{
    struct diff_list *old = &way->old;
    size_t kept = 0;
    diff_sort(old, way->table);
    for (size_t i = 0; i < old->count; i++) {
        size_t at = kept;
        while (at > 0 && memcmp(&old->rows[at - 1], &old->rows[i], sizeof *old->rows) != 0 &&
               memcmp(old->rows[at - 1].cell, old->rows[i].cell, (size_t)way->table->key * sizeof(int32_t)) == 0)
            at--;
        if (at == 0 || memcmp(&old->rows[at - 1], &old->rows[i], sizeof *old->rows) != 0)
            old->rows[kept++] = old->rows[i];
    }
    old->count = kept;
}

bool import_announcements(struct run *run, struct err *err)
{
    struct way way = {.run = run, .table = &announcements};
    bool ok = true;
    for (size_t i = 0; ok && i < run->export->count; i++)
        ok = add_announcement(&way, &run->export->rows.announcements[i], err);
    ok = ok && read_ranges(&way, "iiii",
                           "SELECT form, from_day, pupil, until_day, text, since, nth FROM announcement"
                           " WHERE form = ?1 AND from_day BETWEEN ?2 AND ?3 AND ?4 IN (0, pupil) AND until = 0"
                           " ORDER BY since, nth",
                           err);
    drop_twice(&way);
    return finish(&way, ok, err);
}

/* --- achievements: the file's pupils × its days ------------------------------------------------------------------ */

static const struct diff_table achievements = {
    .key = 2,
    .width = 4,
    .insert = "INSERT OR FAIL INTO achievement (pupil, day, title, result, since, nth)"
              " SELECT c0, c1, c2, c3, since, nth FROM incoming",
    .close = "UPDATE achievement SET until = ? WHERE pupil = ? AND day = ? AND since = ? AND nth = ?",
    .count = diff_count_rows,
};

static bool add_achievement(struct way *way, const struct achievement_row *row, struct err *err)
{
    int32_t pupil = 0, title = 0, result = 0;
    if (!pupil_by_code(way, row->code, row->line, row->column, &pupil, err) ||
        !names_phrase(way->run->store, row->title, &title, err) ||
        !names_phrase(way->run->store, row->result, &result, err))
        return false;
    if (pupil == 0)
        return true;
    struct diff_row *out = diff_add(&way->new);
    const int32_t cells[] = {pupil, row->day, title, result};
    memcpy(out->cell, cells, sizeof cells);
    return true;
}

bool import_achievements(struct run *run, struct err *err)
{
    struct way way = {.run = run, .table = &achievements};
    const struct achievement_row *rows = run->export->rows.achievements;
    bool ok = true;
    size_t count = run->export->count;
    struct span span = {.from = count == 0 ? 0 : rows[0].day, .until = count == 0 ? 0 : rows[0].day};
    for (size_t i = 0; ok && i < count; i++) {
        ok = add_achievement(&way, &rows[i], err);
        span.from = rows[i].day < span.from ? rows[i].day : span.from;
        span.until = rows[i].day > span.until ? rows[i].day : span.until;
    }
    for (size_t i = 0; ok && i < way.new.count; i++) {
        stretch(&way, (uint64_t)way.new.rows[i].cell[0], span.from);
        stretch(&way, (uint64_t)way.new.rows[i].cell[0], span.until);
    }
    ok = ok && read_ranges(&way, "iii",
                           "SELECT pupil, day, title, result, since, nth FROM achievement"
                           " WHERE pupil = ? AND day BETWEEN ? AND ? AND until = 0 ORDER BY since, nth",
                           err);
    return finish(&way, ok, err);
}

/* --- visits: the file's pupils ------------------------------------------------------------------------------------ */

static const struct diff_table visits = {
    .key = 1,
    .width = 2,
    .insert = "INSERT OR FAIL INTO visit (pupil, last_visit, since, nth) SELECT c0, c1, since, nth FROM incoming",
    .close = "UPDATE visit SET until = ? WHERE pupil = ? AND since = ? AND nth = ?",
    .count = diff_count_rows,
};

static bool add_visit(struct way *way, const struct visit_row *row, struct err *err)
{
    int32_t pupil = 0;
    if (!pupil_by_code(way, row->code, row->line, row->column, &pupil, err))
        return false;
    if (pupil == 0)
        return true;
    struct diff_row *out = diff_add(&way->new);
    out->cell[0] = pupil;
    out->cell[1] = day_or_0(row->last_visit);
    return true;
}

/* That nobody has visited since is news too, on another day: it is from the newest import that `remind` counts. */
static bool note_day(struct run *run, struct err *err)
{
    int64_t told = 0;
    if (!db_number(run->store, err, &told,
                   "SELECT count(*) FROM import WHERE kind = 'visits' AND import < ?"
                   " AND substr(stamp, 1, 10) >= substr(?, 1, 10)",
                   "is", run->number, run->order->stamp))
        return false;
    run->result->changed |= told == 0;
    return true;
}

bool import_visits(struct run *run, struct err *err)
{
    struct way way = {.run = run, .table = &visits};
    bool ok = true;
    for (size_t i = 0; ok && i < run->export->count; i++)
        ok = add_visit(&way, &run->export->rows.visits[i], err);
    for (size_t i = 0; ok && i < way.pupils.room; i++)
        if (way.pupils.slots[i].used)
            ok = diff_read(run, &visits,
                           db_query(run->store, err,
                                    "SELECT pupil, last_visit, since, nth FROM visit WHERE pupil = ? AND until = 0"
                                    " ORDER BY since, nth",
                                    "i", (int32_t)way.pupils.slots[i].key),
                           &way.old, err);
    return finish(&way, ok, err) && note_day(run, err);
}
