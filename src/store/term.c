#include "store/term.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "settings/form.h"
#include "store/db.h"

bool store_told_of_year(struct store *store, int32_t pupil, int32_t year, int32_t *import, int32_t *until,
                        struct err *err)
{
    *import = 0;
    *until = DATE_NONE;
    /* As store_told: a further issue of an earlier term takes nothing back that a later one has told. */
    sqlite3_stmt *query = db_query(store, err,
                                   "SELECT import, max(until_day, coalesce(told_until, until_day)) FROM sheet"
                                   " WHERE pupil = ? AND kind = 2 AND period GLOB ? || '-*'"
                                   " ORDER BY sheet DESC LIMIT 1",
                                   "ii", pupil, year);
    if (db_next(store, query, err)) {
        *import = db_int(query, 0);
        *until = db_day(query, 1);
    }
    db_done(query);
    return err->code == ERR_NONE;
}

bool store_final_kinds(struct store *store, struct arena *arena, struct final_kind **out, size_t *count,
                       struct err *err)
{
    struct final_kind *kinds = NULL;
    size_t room = 0;
    *count = 0;
    struct final_kind last = {.year = INT32_MAX};
    sqlite3_stmt *query = NULL;
    /* From kind to kind: there are thousands of finals of each. */
    while ((query = db_query(store, err,
                             "SELECT year, period FROM final WHERE until = 0 AND (year, period) < (?, ?)"
                             " ORDER BY year DESC, period DESC LIMIT 1",
                             "ii", last.year, last.period)) != NULL &&
           db_next(store, query, err)) {
        last = (struct final_kind){.year = db_int(query, 0), .period = db_int(query, 1)};
        kinds = mem_grow(kinds, *count, &room, sizeof *kinds);
        kinds[(*count)++] = last;
    }
    db_done(query);
    *out = arena_alloc(arena, (*count + 1) * sizeof **out);
    if (*count > 0)
        memcpy(*out, kinds, *count * sizeof *kinds);
    mem_free(kinds);
    return err->code == ERR_NONE;
}

static int compare_forms(const void *a, const void *b)
{
    return form_compare(*(const char *const *)a, *(const char *const *)b);
}

bool store_classes_untold(struct store *store, struct arena *arena, int32_t year, int32_t until, int32_t day,
                          const char ***out, size_t *count, struct err *err)
{
    const char **forms = NULL;
    size_t room = 0;
    *count = 0;
    sqlite3_stmt *query =
        db_query(store, err,
                 "WITH told AS (SELECT pupil, max(import) AS import,"
                 " max(max(until_day, coalesce(told_until, until_day))) AS until_day"
                 " FROM sheet WHERE kind = 2 AND period IN (?1 || '-T1', ?1 || '-T2', ?1 || '-T3', ?1 || '-T4',"
                 " ?1 || '-Y') GROUP BY pupil)"
                 " SELECT DISTINCT f.name FROM pupil_state s JOIN form f USING (form) LEFT JOIN told t USING (pupil)"
                 " WHERE s.until = 0 AND s.paper_from <= ?3 AND coalesce(s.paper_until, ?3) >= ?3"
                 " AND coalesce(s.enrolled, ?3) <= ?3 AND coalesce(s.left_on, ?3) >= ?3"
                 " AND (coalesce(t.until_day < ?2, 1) OR EXISTS (SELECT 1 FROM final n WHERE n.pupil = s.pupil"
                 " AND n.year = ?1 AND max(n.since, n.until) > t.import))",
                 "idd", year, until, day);
    while (db_next(store, query, err)) {
        forms = mem_grow(forms, *count, &room, sizeof *forms);
        forms[(*count)++] = db_text(query, 0, arena);
    }
    if (*count > 1)
        qsort(forms, *count, sizeof *forms, compare_forms);
    *out = arena_alloc(arena, (*count + 1) * sizeof **out);
    for (size_t i = 0; i < *count; i++)
        (*out)[i] = forms[i];
    mem_free(forms);
    return err->code == ERR_NONE;
}

bool store_import_on(struct store *store, struct arena *arena, int32_t day, struct import_info *out, struct err *err)
{
    char after[DATE_TEXT] = "";
    int64_t import = 0;
    date_format(after, day + 1);
    if (!db_number(store, err, &import, "SELECT max(import) FROM import WHERE stamp < ?", "s", after) || import == 0)
        return false;
    return store_import_info(store, arena, (int32_t)import, out, err);
}
