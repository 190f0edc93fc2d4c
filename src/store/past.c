#include "store/past.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "gradebook/past.h"
#include "settings/school.h"
#include "store/db.h"
#include "store/map.h"
#include "store/names.h"

enum { YEARS = 2, SLOTS = YEARS * SCHOOL_TERMS };

/* A term of one of the years. */
struct slot {
    int32_t year, period;
    struct span span;
    bool finals; /* it has some: its marks are read */
};

/* A past on its way out. */
struct reading {
    struct store *store;
    const struct school *school;
    int32_t import, newest;   /* newest: the later one of the years */
    struct slot slots[SLOTS]; /* in order of time; period 0: not over, or none */
    struct names names;
    struct map values;   /* of a mark's phrase: its number, from 1; 0: none */
    struct map subjects; /* of a subject's phrase: its number, from 1 */
    const char **folded;
    size_t subject_count, subject_room;
    struct map places; /* of a term, from 1 */
    struct past_term *terms;
    size_t term_count, term_room;
    struct past_forecast *forecasts;
    size_t forecast_count, forecast_room;
};

static void find_slots(struct reading *reading, struct arena *arena, int32_t day)
{
    reading->newest = school_year_of(reading->school, arena, day)->year;
    for (int32_t i = 0; i < YEARS; i++) {
        int32_t year = reading->newest - (YEARS - 1) + i;
        const struct school_year *plan = school_year_of(reading->school, arena, date_from_civil(year, 11, 1));
        for (int32_t term = 0; term < plan->terms; term++)
            if (plan->term[term].until < day)
                reading->slots[i * SCHOOL_TERMS + term] = (struct slot){year, term + 1, plan->term[term], false};
    }
}

static struct slot *slot_of(struct reading *reading, int32_t year, int32_t period)
{
    for (int i = 0; i < SLOTS; i++)
        if (reading->slots[i].period == period && reading->slots[i].year == year)
            return &reading->slots[i];
    return NULL;
}

/* 2 … 5; 0 for a mark without such a number. */
static int32_t value_of(struct reading *reading, int32_t phrase, struct err *err)
{
    union map_value *value = map_put(&reading->values, (uint64_t)phrase);
    if (value->number == 0) {
        const struct mark_value *mark = school_lookup_mark(reading->school, names_text(&reading->names, phrase, err));
        value->number = 1 + (mark == NULL || mark->value < 2 || mark->value > 5 ? 0 : mark->value);
    }
    return (int32_t)value->number - 1;
}

/* The number of a subject, however the tables write it. */
static uint32_t subject_of(struct reading *reading, struct arena *arena, int32_t phrase, struct err *err)
{
    union map_value *value = map_put(&reading->subjects, (uint64_t)phrase);
    if (value->number != 0)
        return (uint32_t)value->number - 1;
    const char *folded = text_fold(arena, names_text(&reading->names, phrase, err));
    size_t at = 0;
    while (at < reading->subject_count && strcmp(reading->folded[at], folded) != 0)
        at++;
    if (at == reading->subject_count) {
        reading->folded =
            mem_grow(reading->folded, reading->subject_count, &reading->subject_room, sizeof *reading->folded);
        reading->folded[reading->subject_count++] = folded;
    }
    value->number = (int64_t)at + 1;
    return (uint32_t)at;
}

static uint64_t place_key(const struct reading *reading, const struct slot *slot, int32_t pupil, uint32_t subject)
{
    return map_key((uint32_t)pupil, subject * SLOTS + (uint32_t)(slot - reading->slots));
}

static bool read_finals(struct reading *reading, struct arena *arena, struct err *err)
{
    sqlite3_stmt *query = db_query(reading->store, err,
                                   "SELECT pupil, year, period, subject, mark FROM final WHERE year BETWEEN ?1 AND ?2"
                                   " AND since <= ?3 AND (until = 0 OR until > ?3)"
                                   " ORDER BY pupil, year, period, subject, since, nth",
                                   "iii", reading->newest - (YEARS - 1), reading->newest, reading->import);
    while (db_next(reading->store, query, err)) {
        struct past_term term = {.pupil = db_int(query, 0), .year = db_int(query, 1), .period = db_int(query, 2)};
        struct slot *slot = slot_of(reading, term.year, term.period);
        term.final = slot == NULL ? 0 : value_of(reading, db_int(query, 4), err);
        if (term.final == 0)
            continue;
        slot->finals = true;
        term.subject = subject_of(reading, arena, db_int(query, 3), err);
        union map_value *place = map_put(&reading->places, place_key(reading, slot, term.pupil, term.subject));
        if (place->number == 0) {
            reading->terms = mem_grow(reading->terms, reading->term_count, &reading->term_room, sizeof term);
            place->number = (int64_t)++reading->term_count;
        }
        reading->terms[place->number - 1] = term;
    }
    return err->code == ERR_NONE;
}

/* A class at a time: its days lie together. */
static bool read_marks(struct reading *reading, struct arena *arena, const struct slot *slot, struct err *err)
{
    sqlite3_stmt *query = db_query(reading->store, err,
                                   "SELECT e.pupil, e.subject, e.mark, e.weight FROM form f CROSS JOIN entry e"
                                   " ON e.form = f.form AND e.day BETWEEN ?1 AND ?2 WHERE e.mark <> 0 AND e.pupil <> 0"
                                   " AND e.since <= ?3 AND (e.until = 0 OR e.until > ?3)",
                                   "iii", slot->span.from, slot->span.until, reading->import);
    while (db_next(reading->store, query, err)) {
        uint32_t subject = subject_of(reading, arena, db_int(query, 1), err);
        const union map_value *place =
            map_lookup(&reading->places, place_key(reading, slot, db_int(query, 0), subject));
        int32_t value = place == NULL ? 0 : value_of(reading, db_int(query, 2), err);
        if (value > 0)
            forecast_add(&reading->terms[place->number - 1].term, value, db_int(query, 3));
    }
    return err->code == ERR_NONE;
}

/* The last forecast that was printed in each third of a term: a week's is much like that of the week before. Only
 * sheets of earlier imports: no sheet issued later can ever be one of these. */
static bool read_forecasts(struct reading *reading, struct arena *arena, const struct past *past, struct err *err)
{
    sqlite3_stmt *query =
        db_query(reading->store, err,
                 "SELECT max(f.sheet), f.pupil, f.subject, f.year, f.term, f.done, f.p2, f.p3, f.p4, f.p5"
                 " FROM forecast f JOIN sheet t USING (sheet) WHERE t.import < ?"
                 " GROUP BY f.year, f.term, f.pupil, f.subject, min(f.done * 3 / 100, 2)"
                 " ORDER BY f.year, f.term, f.pupil, f.subject, f.done",
                 "i", reading->import);
    while (db_next(reading->store, query, err)) {
        struct past_forecast forecast = {
            .year = db_int(query, 3), .period = db_int(query, 4), .stated = {.elapsed = db_int(query, 5) / 100.}};
        if (slot_of(reading, forecast.year, forecast.period) == NULL)
            continue;
        uint32_t subject = subject_of(reading, arena, db_int(query, 2), err);
        forecast.stated.final = past_final(past, db_int(query, 1), subject, forecast.year, forecast.period);
        if (forecast.stated.final == 0)
            continue;
        for (int i = 0; i < FORECAST_MARKS; i++)
            forecast.stated.p[i] = db_int(query, 6 + i) / 1000.;
        reading->forecasts =
            mem_grow(reading->forecasts, reading->forecast_count, &reading->forecast_room, sizeof forecast);
        reading->forecasts[reading->forecast_count++] = forecast;
    }
    return err->code == ERR_NONE;
}

/* Moves a list into the arena. */
static const void *settle(struct arena *arena, const void *items, size_t count, size_t size)
{
    void *out = arena_alloc(arena, (count + 1) * size);
    if (count > 0)
        memcpy(out, items, count * size);
    return out;
}

static bool read_all(struct reading *reading, struct arena *arena, struct past *out, struct err *err)
{
    bool ok = read_finals(reading, arena, err);
    for (int i = 0; ok && i < SLOTS; i++)
        ok = !reading->slots[i].finals || read_marks(reading, arena, &reading->slots[i], err);
    if (!ok)
        return false;
    if (reading->term_count > 1)
        qsort(reading->terms, reading->term_count, sizeof *reading->terms, past_compare);
    out->terms = settle(arena, reading->terms, reading->term_count, sizeof *reading->terms);
    out->term_count = reading->term_count;
    ok = reading->term_count == 0 || read_forecasts(reading, arena, out, err);
    out->forecasts = settle(arena, reading->forecasts, reading->forecast_count, sizeof *reading->forecasts);
    out->forecast_count = reading->forecast_count;
    out->subjects = settle(arena, reading->folded, reading->subject_count, sizeof *reading->folded);
    out->subject_count = (uint32_t)reading->subject_count;
    return ok;
}

bool store_past(struct store *store, struct arena *arena, const struct school *school, int32_t day, int32_t import,
                struct past *out, struct err *err)
{
    struct reading reading = {.store = store, .school = school, .import = import};
    *out = (struct past){.arena = arena, .lessons = arena_alloc(arena, sizeof *out->lessons)};
    find_slots(&reading, arena, day);
    if (!db_begin_read(store, err))
        return false;
    bool ok = names_begin(&reading.names, store, arena, err) && read_all(&reading, arena, out, err);
    names_free(&reading.names);
    map_free(&reading.values);
    map_free(&reading.subjects);
    map_free(&reading.places);
    mem_free(reading.folded);
    mem_free(reading.terms);
    mem_free(reading.forecasts);
    return db_end(store, ok, err);
}
