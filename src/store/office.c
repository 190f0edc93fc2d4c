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
                 "SELECT DISTINCT f.pupil, f.year, f.period, f.since, i.stamp FROM final f"
                 " JOIN import i ON i.import = f.since WHERE f.until = 0 AND f.year = ? ORDER BY 1, 3, 4",
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
