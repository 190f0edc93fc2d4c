#include "store/gradebook.h"

#include "base/date.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/count.h"
#include "store/db.h"
#include "store/names.h"
#include "store/people.h"

static struct seen *lookup_seen(const struct gradebook *book, int32_t form, int32_t pupil)
{
    const union map_value *place = map_lookup(&book->seen_of, map_key((uint32_t)form, (uint32_t)pupil));
    return place == NULL ? NULL : &book->seen[place->number - 1];
}

static struct seen *see(struct gradebook *book, int32_t form, int32_t pupil, int32_t day, struct err *err)
{
    struct seen *known = lookup_seen(book, form, pupil);
    if (known != NULL)
        return known;
    int64_t elsewhere = 0;
    if (!db_number(book->run->store, err, &elsewhere,
                   "SELECT 1 FROM pupil_form WHERE pupil = ? AND form <> ? AND newest >= ?", "iii", pupil, form, day))
        return NULL;
    book->seen = mem_grow(book->seen, book->seen_count, &book->seen_room, sizeof *book->seen);
    struct seen *seen = &book->seen[book->seen_count++];
    *seen = (struct seen){.pupil = pupil, .newest = DATE_NONE, .elsewhere = elsewhere != 0};
    map_put(&book->seen_of, map_key((uint32_t)form, (uint32_t)pupil))->number = (int64_t)book->seen_count;
    return seen;
}

static const char *code_of(struct run *run, int32_t pupil, struct err *err)
{
    const char *code = "";
    sqlite3_stmt *query = db_query(run->store, err, "SELECT code FROM pupil WHERE pupil = ?", "i", pupil);
    if (db_next(run->store, query, err))
        code = db_text(query, 0, run->arena);
    db_done(query);
    return code;
}

/* The rest of a pupil's day: a child is in one class on one day. */
static bool check_elsewhere(struct gradebook *book, const struct cover *cover, const struct diff_row *row,
                            struct err *err)
{
    struct run *run = book->run;
    int32_t pupil = row->cell[ENTRY_PUPIL], day = row->cell[ENTRY_DAY];
    char shown[DATE_TEXT];
    sqlite3_stmt *query =
        db_query(run->store, err,
                 "SELECT DISTINCT e.form, f.name FROM pupil_form p"
                 " CROSS JOIN entry e ON e.form = p.form AND e.day = ?2 AND e.pupil = p.pupil"
                 " JOIN form f ON f.form = e.form WHERE p.pupil = ?1 AND p.form <> ?3 AND e.until = 0",
                 "iii", pupil, day, cover->form);
    while (db_next(run->store, query, err))
        if (!gradebook_covers(book, db_int(query, 0), day))
            diag_add(run->diag, DIAG_ERROR, run->export->file, run->export->rows.lessons[row->nth].line, 0,
                     _("pupil %s is in class %s on %s here, but in class %s on that day in the store, and this file "
                       "does not speak for that class; export both classes together"),
                     code_of(run, pupil, err), cover->name, date_format(shown, day), db_text(query, 1, run->arena));
    return err->code == ERR_NONE;
}

static size_t skip_pupil(struct diff_part part, size_t at, int32_t pupil)
{
    while (at < part.count && part.rows[at].cell[ENTRY_PUPIL] == pupil)
        at++;
    return at;
}

bool roster_see_day(struct gradebook *book, const struct cover *cover, struct diff_part old, struct diff_part new,
                    struct err *err)
{
    for (size_t i = 0, j = 0; i < old.count || j < new.count;) {
        int32_t of_old = i < old.count ? old.rows[i].cell[ENTRY_PUPIL] : INT32_MAX;
        int32_t of_new = j < new.count ? new.rows[j].cell[ENTRY_PUPIL] : INT32_MAX;
        int32_t pupil = of_old < of_new ? of_old : of_new;
        const struct diff_row *first = of_new == pupil ? &new.rows[j] : &old.rows[i];
        i = skip_pupil(old, i, pupil);
        j = skip_pupil(new, j, pupil);
        if (pupil == 0)
            continue;
        struct seen *seen = see(book, cover->form, pupil, first->cell[ENTRY_DAY], err);
        if (seen == NULL)
            return false;
        if (of_new != pupil) {
            seen->lost = true;
            continue;
        }
        seen->newest = first->cell[ENTRY_DAY];
        map_put(&book->everyone, (uint64_t)pupil);
        if (seen->elsewhere && !check_elsewhere(book, cover, first, err))
            return false;
    }
    return true;
}

/* Brings pupil_form up to date; *before is the newest day that stood in the class before this import. */
static bool keep_days(struct gradebook *book, const struct cover *cover, const struct seen *seen, int32_t *before,
                      struct err *err)
{
    struct store *store = book->run->store;
    int64_t newest = 0, reached = 0, now = 0;
    sqlite3_stmt *query = db_query(store, err, "SELECT newest, reached FROM pupil_form WHERE pupil = ? AND form = ?",
                                   "ii", seen->pupil, cover->form);
    if (db_next(store, query, err)) {
        newest = db_int(query, 0);
        reached = db_int(query, 1);
    }
    db_done(query);
    *before = (int32_t)newest;
    if (seen->lost) {
        if (!db_number(store, err, &now,
                       "SELECT day FROM entry WHERE form = ? AND pupil = ? AND until = 0 ORDER BY day DESC LIMIT 1",
                       "ii", cover->form, seen->pupil))
            return false;
    } else {
        now = seen->newest > newest ? seen->newest : newest;
    }
    int64_t furthest = now > reached ? now : reached;
    if (err->code != ERR_NONE || (now == newest && furthest == reached))
        return err->code == ERR_NONE;
    return db_run(store, err,
                  "INSERT INTO pupil_form (pupil, form, newest, reached) VALUES (?, ?, ?, ?)"
                  " ON CONFLICT DO UPDATE SET newest = excluded.newest, reached = excluded.reached",
                  "iill", seen->pupil, cover->form, now, furthest);
}

/* A pupil is of the class in which he has his newest day. Days that were stored before decided then: a table of pupils
 * that moved the child since is not undone by them. */
static bool move(struct gradebook *book, const struct cover *cover, const struct seen *seen, int32_t before,
                 struct err *err)
{
    int64_t others = 0;
    if (seen->newest == DATE_NONE || seen->newest <= before)
        return true;
    if (!db_number(book->run->store, err, &others, "SELECT max(newest) FROM pupil_form WHERE pupil = ? AND form <> ?",
                   "ii", seen->pupil, cover->form))
        return false;
    if (seen->newest < others)
        return true;
    struct pupil_row says = {.code = "",
                             .form = cover->name,
                             .enrolled = DATE_NONE,
                             .left = DATE_NONE,
                             .consent = DATE_NONE,
                             .paper_from = DATE_NONE,
                             .paper_until = DATE_NONE};
    return people_merge(book->run->store, book->run->arena, book->run->number, seen->pupil, &says, false,
                        &book->run->result->changed, err);
}

bool roster_close_class(struct gradebook *book, const struct cover *cover, struct err *err)
{
    for (size_t i = cover->first; i < cover->end; i++) {
        int32_t before = 0;
        if (!keep_days(book, cover, &book->seen[i], &before, err) || !move(book, cover, &book->seen[i], before, err))
            return false;
    }
    return true;
}

static void warn_of(struct gradebook *book, const struct cover *cover, const char *code)
{
    char from[DATE_TEXT], until[DATE_TEXT];
    diag_add(book->run->diag, DIAG_WARNING, book->run->export->file, 0, 0,
             _("pupil %s of class %s is not in this file, which speaks for the class from %s to %s; look whether the "
               "child has left the class or the export is short"),
             code, cover->name, date_format(from, cover->span.from), date_format(until, cover->span.until));
}

/* A pupil who came from another class has his rows of these days there. */
static bool was_elsewhere(struct gradebook *book, const struct cover *cover, int32_t pupil, bool *out, struct err *err)
{
    int64_t found = 0;
    bool ok = db_number(book->run->store, err, &found,
                        "SELECT 1 FROM pupil_form p"
                        " CROSS JOIN entry e ON e.form = p.form AND e.day BETWEEN ?3 AND ?4 AND e.pupil = p.pupil"
                        " WHERE p.pupil = ?1 AND p.form <> ?2 AND p.newest >= ?3 AND e.until = 0 LIMIT 1",
                        "iiii", pupil, cover->form, cover->span.from, cover->span.until);
    *out = found != 0;
    return ok;
}

static bool warn_of_class(struct gradebook *book, const struct cover *cover, struct err *err)
{
    struct run *run = book->run;
    sqlite3_stmt *query = db_query(run->store, err,
                                   "SELECT p.pupil, p.code FROM pupil_state s JOIN pupil p USING (pupil)"
                                   " WHERE s.until = 0 AND s.form = ?1 AND (s.enrolled IS NULL OR s.enrolled <= ?2)"
                                   " AND (s.left_on IS NULL OR s.left_on > ?2) ORDER BY p.code",
                                   "ii", cover->form, cover->span.until);
    while (db_next(run->store, query, err)) {
        bool elsewhere = false;
        if (lookup_seen(book, cover->form, db_int(query, 0)) == NULL && !holds_tabled(&book->holds, db_int(query, 0)) &&
            was_elsewhere(book, cover, db_int(query, 0), &elsewhere, err) && !elsewhere)
            warn_of(book, cover, db_text(query, 1, run->arena));
    }
    return err->code == ERR_NONE;
}

bool roster_warn(struct gradebook *book, struct err *err)
{
    for (size_t i = 0; i < book->cover_count; i++) {
        const struct cover *cover = &book->covers[i];
        for (size_t j = cover->first; j < cover->end; j++)
            if (book->seen[j].newest == DATE_NONE && !holds_tabled(&book->holds, book->seen[j].pupil))
                warn_of(book, cover, code_of(book->run, book->seen[j].pupil, err));
        if (!warn_of_class(book, cover, err))
            return false;
    }
    return err->code == ERR_NONE;
}
