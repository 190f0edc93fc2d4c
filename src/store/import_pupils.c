#include "base/diag.h"
#include "base/err.h"
#include "base/i18n.h"
#include "store/db.h"
#include "store/map.h"
#include "store/names.h"
#include "store/people.h"
#include "store/run.h"

/* Who and which classes stand in the file. */
struct listed {
    struct map pupils, forms;
};

static bool import_row(struct run *run, const struct pupil_row *row, struct listed *listed, struct err *err)
{
    int32_t pupil = 0, form = 0;
    int64_t made = run->made;
    bool changed = false;
    if (!people_resolve(run, row, true, &pupil, err))
        return false;
    if (pupil == 0)
        return true;
    if (!people_merge(run->store, run->arena, run->number, pupil, row, false, &changed, err) ||
        !names_form(run->store, row->form, false, &form, err))
        return false;
    map_put(&listed->pupils, (uint64_t)pupil);
    if (form != 0)
        map_put(&listed->forms, (uint64_t)form)->address = row->form;
    run->result->changed |= changed;
    if (run->made > made)
        run->result->added++;
    else if (changed)
        run->result->corrected++;
    else
        run->result->unchanged++;
    return true;
}

/* A pupil whom the table no longer names stays: only a person can say whether he left. */
static bool warn_of_missing(struct run *run, const struct listed *listed, struct err *err)
{
    sqlite3_stmt *query =
        db_query(run->store, err,
                 "SELECT s.pupil, s.form, p.code, f.name FROM pupil_state s JOIN pupil p USING (pupil)"
                 " JOIN form f USING (form) WHERE s.until = 0 AND s.left_on IS NULL ORDER BY f.name, p.code",
                 "");
    while (db_next(run->store, query, err))
        if (map_lookup(&listed->forms, (uint64_t)db_int(query, 1)) != NULL &&
            map_lookup(&listed->pupils, (uint64_t)db_int(query, 0)) == NULL)
            diag_add(run->diag, DIAG_WARNING, run->export->file, 0, 0,
                     _("pupil %s of class %s is not in this table and stays in the store; if the child has left, say "
                       "so with `paperdiary leave`"),
                     db_text(query, 2, run->arena), db_text(query, 3, run->arena));
    return err->code == ERR_NONE;
}

bool import_pupils(struct run *run, struct err *err)
{
    struct listed listed = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < run->export->count; i++)
        ok = import_row(run, &run->export->rows.pupils[i], &listed, err);
    ok = ok && warn_of_missing(run, &listed, err);
    run->result->pupils = (int32_t)listed.pupils.count;
    run->result->classes = (int32_t)listed.forms.count;
    map_free(&listed.pupils);
    map_free(&listed.forms);
    return ok;
}
