#include "store/people.h"

#include <string.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "settings/form.h"
#include "store/db.h"
#include "store/names.h"
#include "store/run.h"

bool people_lookup(struct store *store, const char *code, int32_t *pupil, struct err *err)
{
    int64_t found = 0;
    bool ok = db_number(store, err, &found, "SELECT pupil FROM pupil WHERE code = ?", "s", code);
    *pupil = (int32_t)found;
    return ok;
}

bool people_find(struct run *run, const char *name, int32_t form, int32_t *pupil, struct err *err)
{
    size_t count = 0;
    *pupil = 0;
    sqlite3_stmt *query = db_query(run->store, err,
                                   "SELECT s.pupil FROM pupil_form c JOIN pupil_state s USING (pupil)"
                                   " WHERE s.until = 0 AND c.form = ? AND s.folded = ?",
                                   "is", form, text_fold(run->arena, name));
    while (db_next(run->store, query, err))
        *pupil = ++count == 1 ? db_int(query, 0) : 0;
    return err->code == ERR_NONE;
}

/* What holds of a pupil now; *since 0: nothing yet. `form` is the class's name. */
static bool load_state(struct store *store, struct arena *arena, int32_t pupil, struct pupil_row *out, int32_t *since,
                       struct err *err)
{
    *out = pupil_row_blank();
    *since = 0;
    sqlite3_stmt *query =
        db_query(store, err,
                 "SELECT s.since, s.name, coalesce(f.name, ''), s.enrolled, s.left_on, s.ground, s.consent,"
                 " s.paper_from, s.paper_until, s.delivery, s.recipient, s.address, s.copies"
                 " FROM pupil_state s LEFT JOIN form f USING (form) WHERE s.pupil = ? AND s.until = 0",
                 "i", pupil);
    if (!db_next(store, query, err))
        return err->code == ERR_NONE;
    *since = db_int(query, 0);
    out->name = db_text(query, 1, arena);
    out->form = db_text(query, 2, arena);
    out->enrolled = db_day(query, 3);
    out->left = db_day(query, 4);
    out->ground = db_text(query, 5, arena);
    out->consent = db_day(query, 6);
    out->paper_from = db_day(query, 7);
    out->paper_until = db_day(query, 8);
    out->delivery = db_text(query, 9, arena);
    out->recipient = db_text(query, 10, arena);
    out->address = db_text(query, 11, arena);
    out->copies = db_int(query, 12);
    db_done(query);
    return true;
}

/* An error of a row: whose it is can't be told. */
static void refuse(struct run *run, const struct pupil_row *row, const char *what)
{
    diag_add(run->diag, DIAG_ERROR, run->export->file, row->line, row->column, "%s", what);
    run->refused = mem_grow(run->refused, run->refused_count, &run->refused_room, sizeof *run->refused);
    run->refused[run->refused_count++] = row->line;
}

static bool say_text(const char **stored, const char *says)
{
    if (says == NULL || *says == '\0' || strcmp(*stored, says) == 0)
        return false;
    *stored = says;
    return true;
}

static bool say_day(int32_t *stored, int32_t says)
{
    if (says == DATE_NONE || *stored == says)
        return false;
    *stored = says;
    return true;
}

static bool say(struct pupil_row *stored, const struct pupil_row *says, bool clear_paper_until)
{
    bool changed = say_text(&stored->name, says->name);
    changed |= say_text(&stored->form, says->form);
    changed |= say_day(&stored->enrolled, says->enrolled);
    changed |= say_day(&stored->left, says->left);
    changed |= say_text(&stored->ground, says->ground);
    changed |= say_day(&stored->consent, says->consent);
    changed |= say_day(&stored->paper_from, says->paper_from);
    changed |= say_day(&stored->paper_until, says->paper_until);
    changed |= say_text(&stored->delivery, says->delivery);
    changed |= say_text(&stored->recipient, says->recipient);
    changed |= say_text(&stored->address, says->address);
    if (says->copies > 0 && says->copies != stored->copies) {
        stored->copies = says->copies;
        changed = true;
    }
    if (clear_paper_until && stored->paper_until != DATE_NONE) {
        stored->paper_until = DATE_NONE;
        changed = true;
    }
    return changed;
}

static bool write_state(struct store *store, struct arena *arena, int32_t number, int32_t pupil,
                        const struct pupil_row *state, struct err *err)
{
    int32_t form = 0;
    if (!names_form(store, state->form, true, &form, err))
        return false;
    bool ok = db_run(store, err,
                     "INSERT INTO pupil_state (pupil, since, name, folded, form, enrolled, left_on, ground, consent,"
                     " paper_from, paper_until, delivery, recipient, address, copies)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     "iissiddsdddsssi", pupil, number, state->name, text_fold(arena, state->name), form,
                     state->enrolled, state->left, state->ground, state->consent, state->paper_from, state->paper_until,
                     state->delivery, state->recipient, state->address, state->copies);
    return ok && (form == 0 || db_run(store, err,
                                      "INSERT INTO pupil_form (pupil, form) VALUES (?, ?)"
                                      " ON CONFLICT DO NOTHING",
                                      "ii", pupil, form));
}

bool people_merge(struct store *store, struct arena *arena, int32_t number, int32_t pupil, const struct pupil_row *says,
                  bool clear_paper_until, bool *changed, struct err *err)
{
    struct pupil_row state;
    int32_t since = 0;
    if (!load_state(store, arena, pupil, &state, &since, err))
        return false;
    if (!say(&state, says, clear_paper_until) && since != 0)
        return true;
    *changed = true;
    /* A version of this very import was never seen by anyone: it gives way. */
    bool ok =
        since == number
            ? db_run(store, err, "DELETE FROM pupil_state WHERE pupil = ? AND since = ?", "ii", pupil, since)
            : db_run(store, err, "UPDATE pupil_state SET until = ? WHERE pupil = ? AND until = 0", "ii", number, pupil);
    return ok && write_state(store, arena, number, pupil, &state, err);
}

static bool add(struct run *run, const struct pupil_row *row, const char *code, int32_t *pupil, struct err *err)
{
    if (!db_run(run->store, err, "INSERT INTO pupil (code) VALUES (?)", "s", code))
        return false;
    *pupil = (int32_t)sqlite3_last_insert_rowid(run->store->db);
    bool changed = false;
    bool ok = people_merge(run->store, run->arena, run->number, *pupil, row, false, &changed, err);
    run->result->changed = true;
    run->made++;
    return ok;
}

/* The id of a pupil who came without one: the class and the first free number after those of the class. */
static bool free_code(struct run *run, const char *form_name, int32_t form, const char **out, struct err *err)
{
    int64_t count = 0;
    if (!db_number(run->store, err, &count, "SELECT count(*) FROM pupil_form WHERE form = ?", "i", form))
        return false;
    int32_t taken = 0;
    do {
        *out = arena_format(run->arena, "%s-%lld", form_name, (long long)++count);
        if (!people_lookup(run->store, *out, &taken, err))
            return false;
    } while (taken != 0);
    return true;
}

/* Pupils of a name in a class: those who are in it now, or (`former`) ever were. */
static bool find_by_name(struct run *run, const char *folded, int32_t form, bool former, struct buffer *codes,
                         size_t *count, int32_t *pupil, struct err *err)
{
    const char *now = "SELECT p.pupil, p.code FROM pupil_state s JOIN pupil p USING (pupil)"
                      " WHERE s.until = 0 AND s.form = ?1 AND s.folded = ?2 ORDER BY p.code";
    const char *ever = "SELECT p.pupil, p.code FROM pupil_form c JOIN pupil_state s USING (pupil)"
                       " JOIN pupil p USING (pupil) WHERE s.until = 0 AND c.form = ?1 AND s.folded = ?2"
                       " ORDER BY p.code";
    sqlite3_stmt *query = db_query(run->store, err, former ? ever : now, "is", form, folded);
    *count = 0;
    buffer_clear(codes);
    while (db_next(run->store, query, err)) {
        *pupil = db_int(query, 0);
        buffer_format(codes, "%s%s", *count == 0 ? "" : ", ", db_text(query, 1, run->arena));
        ++*count;
    }
    return err->code == ERR_NONE;
}

/* A new pupil without an id may be a known one who came from a class beside, or a year below: nobody but a person can
 * tell. */
static bool warn_of_namesakes(struct run *run, const struct pupil_row *row, const char *folded, const char *code,
                              struct err *err)
{
    sqlite3_stmt *query =
        db_query(run->store, err,
                 "SELECT p.code, coalesce(f.name, '') FROM pupil_state s JOIN pupil p USING (pupil)"
                 " LEFT JOIN form f USING (form) WHERE s.until = 0 AND s.folded = ? AND p.code <> ? ORDER BY p.code",
                 "ss", folded, code);
    while (db_next(run->store, query, err)) {
        const char *from = db_text(query, 1, run->arena);
        int32_t up = form_grade(row->form) - form_grade(from);
        if (up != 0 && up != 1)
            continue;
        diag_add(
            run->diag, DIAG_WARNING, run->export->file, row->line, row->column,
            _("pupil %s is new in class %s, but pupil %s of class %s has the same name: if they are one child, the "
              "history is in two parts now; a table of pupils that moves the child to the new class, imported "
              "before the class's first report, keeps it whole"),
            code, row->form, db_text(query, 0, run->arena), from);
    }
    return err->code == ERR_NONE;
}

/* In a class whose pupils have ids a name that nobody bears is a mistake, not a new pupil: he would get marks that no
 * sheet of the real child shows. Ids that the program made up count for none. */
static bool refuse_stranger(struct run *run, const struct pupil_row *row, int32_t form, bool *refused, struct err *err)
{
    int64_t known = 0;
    if (!run->export->by_name && !db_number(run->store, err, &known,
                                            "SELECT count(*) FROM pupil_state s JOIN pupil p USING (pupil)"
                                            " WHERE s.until = 0 AND s.form = ? AND p.code NOT GLOB ? || '-[0-9]*'",
                                            "is", form, row->form))
        return false;
    *refused = known > 0;
    if (*refused)
        refuse(run, row,
               arena_format(run->arena,
                            _("class %s has no pupil of this name: correct the name, or give the pupil's id"),
                            row->form));
    return true;
}

static bool resolve_name(struct run *run, const struct pupil_row *row, int32_t *pupil, struct err *err)
{
    int32_t form = 0;
    size_t count = 0;
    struct buffer codes = {0};
    const char *folded = text_fold(run->arena, row->name), *code = "";
    bool ok = names_form(run->store, row->form, true, &form, err) &&
              find_by_name(run, folded, form, false, &codes, &count, pupil, err);
    if (ok && count == 0)
        ok = find_by_name(run, folded, form, true, &codes, &count, pupil, err);
    if (ok && count > 1) {
        *pupil = 0;
        refuse(run, row,
               arena_format(run->arena,
                            _("class %s has several pupils of this name (%s); give the pupil's id in the file"),
                            row->form, codes.data));
    } else if (ok && count == 0) {
        bool refused = false;
        *pupil = 0;
        ok = refuse_stranger(run, row, form, &refused, err) &&
             (refused || (free_code(run, row->form, form, &code, err) && add(run, row, code, pupil, err) &&
                          warn_of_namesakes(run, row, folded, code, err)));
    }
    buffer_free(&codes);
    return ok;
}

/* True where the pupil has, or ever had, a name that has something in common with this one. */
static bool knows_name(struct run *run, int32_t pupil, const char *name, struct err *err)
{
    bool known = false, any = false;
    sqlite3_stmt *query = db_query(run->store, err, "SELECT name FROM pupil_state WHERE pupil = ?", "i", pupil);
    while (db_next(run->store, query, err)) {
        const char *stored = db_text(query, 0, run->arena);
        any = true;
        known = known || *stored == '\0' || text_share_word(run->arena, stored, name);
    }
    return known || !any;
}

/* An id under which the store has a pupil of quite another name: marks would go to the wrong child. A table of pupils
 * may rename. */
static bool check_name(struct run *run, const struct pupil_row *row, int32_t pupil, struct err *err)
{
    if (*row->name == '\0' || knows_name(run, pupil, row->name, err) || err->code != ERR_NONE)
        return err->code == ERR_NONE;
    if (run->export->kind == EXPORT_PUPILS)
        diag_add(run->diag, DIAG_WARNING, run->export->file, row->line, row->column,
                 _("the id %s was that of a pupil of quite another name: is it the same child?"), row->code);
    else
        refuse(run, row,
               arena_format(run->arena,
                            _("the id %s belongs to a pupil of quite another name: correct the id; if the child was "
                              "renamed, import a table of pupils with the new name first"),
                            row->code));
    return true;
}

/* What a row of the file says of its pupil; code "": nothing that counts here. */
static struct pupil_row owner_of(const struct export *export, size_t at)
{
    if (export->kind == EXPORT_PUPILS)
        return export->rows.pupils[at];
    if (export->kind != EXPORT_GRADEBOOK)
        return (struct pupil_row){.code = ""};
    const struct lesson_row *lesson = &export->rows.lessons[at];
    return (struct pupil_row){.code = export->symbols[lesson->code],
                              .name = export->symbols[lesson->pupil],
                              .form = export->symbols[lesson->form]};
}

/* True where the file has this one id for the name in the class, and no row of the id `other`. */
static bool is_only_id(const struct run *run, const struct pupil_row *row, const char *other)
{
    struct arena *scratch = arena_new();
    const char *folded = text_fold(scratch, row->name);
    bool only = true;
    for (size_t i = 0; i < run->export->count && only; i++) {
        struct pupil_row owner = owner_of(run->export, i);
        if (*owner.code == '\0' || strcmp(owner.code, row->code) == 0)
            continue;
        only = strcmp(owner.code, other) != 0 &&
               (strcmp(owner.form, row->form) != 0 || strcmp(text_fold(scratch, owner.name), folded) != 0);
    }
    arena_free(scratch);
    return only;
}

/* A pupil of the class whom the store has by name only, under an id that the program made up: the file tells the id
 * that he has, and his history stays whole. Not one who has left, and not where it could be another child of the name.
 */
static bool adopt(struct run *run, const struct pupil_row *row, int32_t *pupil, struct err *err)
{
    size_t count = 0;
    const char *made_up = "";
    if (*row->name == '\0')
        return true;
    sqlite3_stmt *query = db_query(run->store, err,
                                   "SELECT p.pupil, p.code, EXISTS (SELECT 1 FROM pupil_form c JOIN form g USING (form)"
                                   " WHERE c.pupil = p.pupil AND p.code GLOB g.name || '-[1-9]*')"
                                   " AND s.left_on IS NULL"
                                   " FROM form f JOIN pupil_state s USING (form) JOIN pupil p USING (pupil)"
                                   " WHERE f.name = ? AND s.until = 0 AND s.folded = ?",
                                   "ss", row->form, text_fold(run->arena, row->name));
    while (db_next(run->store, query, err)) {
        count++;
        *pupil = db_int(query, 2) != 0 ? db_int(query, 0) : 0;
        made_up = db_text(query, 1, run->arena);
    }
    if (count != 1 || (*pupil != 0 && !is_only_id(run, row, made_up)))
        *pupil = 0;
    if (err->code != ERR_NONE || *pupil == 0)
        return err->code == ERR_NONE;
    run->result->changed = true;
    diag_add(run->diag, DIAG_NOTE, run->export->file, row->line, row->column,
             _("pupil %s, whom class %s had by name only, has the id %s now"), made_up, row->form, row->code);
    return db_run(run->store, err, "UPDATE pupil SET code = ? WHERE pupil = ?", "si", row->code, *pupil);
}

bool people_resolve(struct run *run, const struct pupil_row *row, bool make, int32_t *pupil, struct err *err)
{
    *pupil = 0;
    if (*row->code == '\0' && *row->name != '\0' && *row->form != '\0')
        return resolve_name(run, row, pupil, err);
    if (*row->code == '\0') {
        refuse(run, row,
               _("this row does not tell which pupil it is about; it should give the pupil's id, or the name and the "
                 "class"));
        return true;
    }
    if (!people_lookup(run->store, row->code, pupil, err))
        return false;
    if (*pupil != 0)
        return check_name(run, row, *pupil, err);
    if (make && *row->form != '\0')
        return adopt(run, row, pupil, err) && (*pupil != 0 || add(run, row, row->code, pupil, err));
    if (make)
        refuse(run, row,
               arena_format(run->arena, _("pupil «%s» is new and the row gives no class; it should name the class"),
                            row->code));
    else
        refuse(run, row,
               arena_format(run->arena,
                            _("no pupil has the id «%s»; import the gradebook or the table of pupils with this id "
                              "first"),
                            row->code));
    return true;
}
