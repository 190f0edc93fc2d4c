#include "store/office.h"

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"
#include "store/store.h"

bool store_class_weeks(struct store *store, struct arena *arena, const char *form, int32_t from, int32_t until,
                       const int32_t **out, size_t *count, struct err *err)
{
    int32_t *weeks = NULL;
    size_t room = 0;
    int64_t key = 0;
    *count = 0;
    bool ok = db_number(store, err, &key, "SELECT form FROM form WHERE name = ?", "s", form);
    while (ok && key != 0 && from <= until) {
        int64_t day = DATE_NONE;
        ok = db_number(store, err, &day,
                       "SELECT day FROM entry WHERE form = ? AND day BETWEEN ? AND ? AND until = 0 ORDER BY day"
                       " LIMIT 1",
                       "iii", (int32_t)key, from, until);
        if (!ok || day == DATE_NONE)
            break;
        weeks = mem_grow(weeks, *count, &room, sizeof *weeks);
        weeks[*count] = (int32_t)day - date_weekday((int32_t)day) + 1;
        from = weeks[(*count)++] + 7;
    }
    *out = arena_keep(arena, weeks, *count * sizeof *weeks);
    return ok;
}

bool store_finals_received(struct store *store, struct arena *arena, int32_t year, struct duty_final **out,
                           size_t *count, struct err *err)
{
    struct duty_final *finals = NULL;
    size_t room = 0;
    *count = 0;
    sqlite3_stmt *query =
        db_query(store, err,
                 /* A mark was received when it last became what it is, whatever else of its row was corrected since. */
                 "WITH received AS (SELECT f.pupil, f.year, f.period, coalesce((SELECT max(p.until) FROM final p"
                 " WHERE p.pupil = f.pupil AND p.year = f.year AND p.period = f.period AND p.subject = f.subject"
                 " AND p.until <> 0 AND p.mark <> f.mark), (SELECT min(p.since) FROM final p WHERE p.pupil = f.pupil"
                 " AND p.year = f.year AND p.period = f.period AND p.subject = f.subject)) AS import"
                 " FROM final f WHERE f.until = 0 AND f.year = ?)"
                 " SELECT DISTINCT r.pupil, r.year, r.period, r.import, i.stamp FROM received r"
                 " JOIN import i USING (import) ORDER BY 1, 3, 4",
                 "i", year);
    while (db_next(store, query, err)) {
        finals = mem_grow(finals, *count, &room, sizeof *finals);
        finals[(*count)++] = (struct duty_final){.pupil = db_int(query, 0),
                                                 .year = db_int(query, 1),
                                                 .period = db_int(query, 2),
                                                 .import = db_int(query, 3),
                                                 .day = date_leading(db_text(query, 4, arena))};
    }
    *out = arena_keep(arena, finals, *count * sizeof *finals);
    return err->code == ERR_NONE;
}

#define SHEET_COLUMNS "t.pupil, t.form, t.kind, t.period, t.stamp, t.until_day, t.import, t.returned"
#define FIRST_OF(kind, when)                                                                                           \
    " UNION ALL SELECT " SHEET_COLUMNS " FROM pupil_state s JOIN sheet t ON t.sheet = (SELECT f.sheet FROM sheet f"    \
    " WHERE f.pupil = s.pupil AND f.kind = " kind when " ORDER BY f.sheet LIMIT 1)"                                    \
    " WHERE s.until = 0 AND s.paper_from < ?2 AND t.period < ?1"
#define SINCE_ON_PAPER " AND f.stamp >= date(s.paper_from * 86400, 'unixepoch')"

bool store_duty_sheets(struct store *store, struct arena *arena, int32_t year, struct duty_sheet **out, size_t *count,
                       struct err *err)
{
    struct duty_sheet *sheets = NULL, last = {0};
    size_t room = 0;
    *count = 0;
    sqlite3_stmt *query =
        db_query(store, err,
                 "SELECT " SHEET_COLUMNS " FROM sheet t WHERE t.period >= ?1"
                 " UNION ALL SELECT " SHEET_COLUMNS " FROM sheet t WHERE t.sheet = (SELECT min(sheet) FROM sheet)"
                 " AND t.period < ?1" FIRST_OF("1", "") FIRST_OF("1", SINCE_ON_PAPER) FIRST_OF("2", SINCE_ON_PAPER),
                 "si", arena_format(arena, "%04d-", (int)year), date_from_civil(year, 1, 7));
    while (db_next(store, query, err)) {
        last = (struct duty_sheet){.pupil = db_int(query, 0),
                                   .form = db_text_like(query, 1, last.form, arena),
                                   .weekly = db_int(query, 2) == SHEET_WEEKLY,
                                   .period = db_text_like(query, 3, last.period, arena),
                                   .monday = DATE_NONE,
                                   .day = date_leading(db_lent(query, 4)),
                                   .until = db_day(query, 5),
                                   .import = db_int(query, 6),
                                   .returned = sqlite3_column_bytes(query, 7) > 0};
        sheets = mem_grow(sheets, *count, &room, sizeof *sheets);
        sheets[(*count)++] = last;
    }
    *out = arena_keep(arena, sheets, *count * sizeof *sheets);
    return err->code == ERR_NONE;
}

bool store_visits(struct store *store, struct arena *arena, struct visit **out, size_t *count, int32_t *as_of,
                  struct err *err)
{
    struct visit *visits = NULL;
    size_t room = 0;
    *count = 0;
    *as_of = DATE_NONE;
    sqlite3_stmt *query =
        db_query(store, err, "SELECT stamp FROM import WHERE kind = 'visits' ORDER BY import DESC LIMIT 1", "");
    if (db_next(store, query, err))
        *as_of = date_leading(db_text(query, 0, arena));
    db_done(query);
    query = db_query(store, err,
                     "SELECT pupil, max(last_visit) FROM visit WHERE until = 0 GROUP BY pupil ORDER BY pupil", "");
    while (db_next(store, query, err)) {
        visits = mem_grow(visits, *count, &room, sizeof *visits);
        int32_t last = db_int(query, 1);
        visits[(*count)++] = (struct visit){.pupil = db_int(query, 0), .last = last == 0 ? DATE_NONE : last};
    }
    *out = arena_keep(arena, visits, *count * sizeof *visits);
    return err->code == ERR_NONE;
}
