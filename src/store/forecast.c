#include "store/forecast.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "settings/form.h"
#include "settings/school.h"
#include "store/db.h"
#include "store/map.h"
#include "store/names.h"
#include "store/store.h"

bool forecast_add_rows(struct store *store, const struct sheet_row *row, struct err *err)
{
    int64_t sheet = 0;
    if (row->forecast_count == 0)
        return true;
    if (!db_number(store, err, &sheet, "SELECT sheet FROM sheet WHERE number = ?", "s", row->number))
        return false;
    for (size_t i = 0; i < row->forecast_count; i++) {
        const struct sheet_forecast *said = &row->forecasts[i];
        int32_t subject = 0;
        if (!names_phrase(store, said->subject, &subject, err) ||
            !db_run(store, err,
                    "INSERT INTO forecast (sheet, subject, pupil, year, term, done, p2, p3, p4, p5, low, high)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    "liiiiiiiiiii", sheet, subject, row->pupil, said->year, said->term, said->done, said->chance[0],
                    said->chance[1], said->chance[2], said->chance[3], said->low, said->high))
            return false;
    }
    return true;
}

/* Of a pupil's final in a subject, however the tables write it. */
static uint64_t final_key(struct arena *arena, int32_t pupil, int32_t year, int32_t term, const char *subject)
{
    const char *key = arena_format(arena, "%d %d %d %s", pupil, year, term, text_fold(arena, subject));
    return text_hash(key, strlen(key));
}

static bool read_finals(struct store *store, const struct school *school, int32_t from_year, struct map *finals,
                        struct err *err)
{
    struct arena *arena = arena_new();
    sqlite3_stmt *query = db_query(store, err,
                                   "SELECT n.pupil, n.year, n.period, b.text, m.text FROM final n"
                                   " JOIN phrase b ON b.phrase = n.subject JOIN phrase m ON m.phrase = n.mark"
                                   " WHERE n.until = 0 AND n.period <= 4 AND n.year >= ?"
                                   " AND EXISTS (SELECT 1 FROM forecast f WHERE f.pupil = n.pupil)",
                                   "i", from_year);
    while (db_next(store, query, err)) {
        arena_reset(arena);
        const struct mark_value *mark = school_lookup_mark(school, db_text(query, 4, arena));
        if (mark == NULL || mark->value < 2 || mark->value > 5)
            continue;
        uint64_t key = final_key(arena, db_int(query, 0), db_int(query, 1), db_int(query, 2), db_text(query, 3, arena));
        map_put(finals, key)->number = mark->value;
    }
    arena_free(arena);
    return err->code == ERR_NONE;
}

static int compare_outcomes(const void *a, const void *b)
{
    const struct forecast_outcome *left = a, *right = b;
    return form_compare(left->form, right->form);
}

static bool read_outcomes(struct store *store, struct arena *arena, const char *form, int32_t from_year,
                          const struct map *finals, struct forecast_outcome **out, size_t *count, struct err *err)
{
    size_t room = 0;
    sqlite3_stmt *query = db_query(store, err,
                                   "SELECT f.pupil, f.year, f.term, b.text, f.done, f.p2, f.p3, f.p4, f.p5, f.low,"
                                   " f.high, t.form FROM forecast f JOIN sheet t USING (sheet)"
                                   " JOIN phrase b ON b.phrase = f.subject WHERE ?1 IN ('', t.form)"
                                   " AND f.year >= ?2"
                                   " ORDER BY t.form, f.sheet, b.text",
                                   "si", form == NULL ? "" : form, from_year);
    while (db_next(store, query, err)) {
        struct forecast_outcome outcome = {.pupil = db_int(query, 0)};
        outcome.said = (struct sheet_forecast){.subject = db_text(query, 3, arena),
                                               .year = db_int(query, 1),
                                               .term = db_int(query, 2),
                                               .done = db_int(query, 4),
                                               .low = db_int(query, 9),
                                               .high = db_int(query, 10)};
        const union map_value *final = map_lookup(
            finals, final_key(arena, outcome.pupil, outcome.said.year, outcome.said.term, outcome.said.subject));
        if (final == NULL)
            continue;
        for (int i = 0; i < FORECAST_CHANCES; i++)
            outcome.said.chance[i] = db_int(query, 5 + i);
        outcome.form = db_text(query, 11, arena);
        outcome.final = (int32_t) final->number;
        *out = mem_grow(*out, *count, &room, sizeof **out);
        (*out)[(*count)++] = outcome;
    }
    return err->code == ERR_NONE;
}

bool store_forecast_outcomes(struct store *store, struct arena *arena, const struct school *school, const char *form,
                             int32_t from_year, struct forecast_outcome **out, size_t *count, struct err *err)
{
    struct map finals = {0};
    struct forecast_outcome *found = NULL;
    *out = NULL;
    *count = 0;
    bool ok = db_begin_read(store, err);
    if (!ok)
        return false;
    ok = read_finals(store, school, from_year, &finals, err) &&
         (finals.count == 0 || read_outcomes(store, arena, form, from_year, &finals, &found, count, err));
    if (*count > 0) {
        *out = arena_alloc(arena, *count * sizeof *found);
        memcpy(*out, found, *count * sizeof *found);
        qsort(*out, *count, sizeof *found, compare_outcomes);
    }
    mem_free(found);
    map_free(&finals);
    return db_end(store, ok, err);
}
