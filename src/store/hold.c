#include "store/hold.h"

#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "gradebook/calendar.h"
#include "store/count.h"
#include "store/db.h"
#include "store/names.h"
#include "store/people.h"
#include "store/run.h"

void holds_free(struct holds *holds)
{
    mem_free(holds->rows);
    map_free(&holds->by);
    map_free(&holds->forms);
    map_free(&holds->pupils);
    mem_free(holds->told);
    *holds = (struct holds){0};
}

bool holds_any(const struct holds *holds)
{
    return holds->all || holds->by_pupil || holds->count > 0;
}

/* --- rows put aside ------------------------------------------------------------------------------------------- */

static bool resolve(struct run *run, const struct lesson_row *row, struct aside *out, struct err *err)
{
    const char *const *symbols = run->export->symbols;
    int64_t subject = 0;
    *out = (struct aside){.day = row->day, .lesson = row->lesson};
    if (row->form == 0)
        return true;
    bool ok =
        names_form(run->store, symbols[row->form], true, &out->form, err) &&
        db_number(run->store, err, &subject, "SELECT phrase FROM phrase WHERE text = ?", "s", symbols[row->subject]);
    out->subject = (int32_t)subject;
    if (!ok || (row->code == 0 && row->pupil == 0))
        return ok;
    return row->code != 0 ? people_lookup(run->store, symbols[row->code], &out->pupil, err)
                          : people_find(run, symbols[row->pupil], out->form, &out->pupil, err);
}

static uint64_t key_of(int32_t pupil, int32_t day)
{
    return map_key((uint32_t)pupil, (uint32_t)day);
}

static bool see_tabled(struct holds *holds, struct run *run, struct err *err)
{
    const struct export *export = run->export;
    holds->told = mem_alloc((export->tabled_count + 1) * sizeof *holds->told);
    for (size_t i = 0; i < export->tabled_count; i++) {
        const struct tabled *tabled = &export->tabled[i];
        int32_t form = 0, pupil = 0;
        if (!names_form(run->store, export->symbols[tabled->form], true, &form, err) ||
            !people_find(run, export->symbols[tabled->pupil], form, &pupil, err))
            return false;
        if (pupil == 0)
            continue;
        union map_value *last = map_put(&holds->pupils, key_of(pupil, 0));
        holds->told[holds->told_count++] = (struct told){.span = tabled->span, .next = (size_t)last->number};
        last->number = (int64_t)holds->told_count;
    }
    return true;
}

bool holds_load(struct holds *holds, struct run *run, struct err *err)
{
    holds->by_pupil = run->export->by_pupil;
    if (!see_tabled(holds, run, err))
        return false;
    for (size_t i = 0; i < run->export->aside_count && !holds->all; i++) {
        struct aside row;
        if (!resolve(run, &run->export->aside[i], &row, err))
            return false;
        holds->all = row.form == 0;
        union map_value *first = map_put(&holds->by, key_of(row.pupil, row.day));
        row.next = (size_t)first->number;
        holds->rows = mem_grow(holds->rows, holds->count, &holds->room, sizeof *holds->rows);
        holds->rows[holds->count++] = row;
        first->number = (int64_t)holds->count;
    }
    return true;
}

bool holds_tabled(const struct holds *holds, int32_t pupil)
{
    return holds->by_pupil && map_lookup(&holds->pupils, key_of(pupil, 0)) != NULL;
}

void holds_see(struct holds *holds, const struct diff_row *row)
{
    union map_value *form = map_put(&holds->forms, key_of(row->cell[ENTRY_PUPIL], row->cell[ENTRY_DAY]));
    union map_value *seen = map_put(&holds->pupils, key_of(row->cell[ENTRY_PUPIL], 0));
    seen->number = seen->number == 0 ? -1 : seen->number;
    form->number = form->number == 0 || form->number == row->cell[ENTRY_FORM] ? row->cell[ENTRY_FORM] : -1;
}

/* Looks among the rows put aside of this pupil (0: whose pupil is not known) and day (DATE_NONE: not known). */
static enum hold look(const struct holds *holds, int32_t pupil, int32_t day, const int32_t *cell)
{
    const union map_value *first = map_lookup(&holds->by, key_of(pupil, day));
    enum hold hold = HOLD_NOTHING;
    for (size_t at = first == NULL ? 0 : (size_t)first->number; at != 0; at = holds->rows[at - 1].next) {
        const struct aside *row = &holds->rows[at - 1];
        if (row->form != cell[ENTRY_FORM])
            continue;
        if (pupil != 0 && day != DATE_NONE && row->subject == cell[ENTRY_SUBJECT] && row->lesson == cell[ENTRY_LESSON])
            return HOLD_ROW;
        hold = HOLD_LOSS;
    }
    return hold;
}

/* Whether a report speaks of this pupil and day. */
static bool speaks_of(const struct holds *holds, int32_t pupil, int32_t day)
{
    const union map_value *last = map_lookup(&holds->pupils, key_of(pupil, 0));
    if (last == NULL || last->number < 0)
        return last != NULL;
    for (size_t at = (size_t)last->number; at != 0; at = holds->told[at - 1].next)
        if (span_holds(holds->told[at - 1].span, day))
            return true;
    return false;
}

bool holds_beyond(const struct holds *holds, const struct diff_row *row)
{
    return holds->by_pupil && !speaks_of(holds, row->cell[ENTRY_PUPIL], row->cell[ENTRY_DAY]);
}

static enum hold hold_of(const struct holds *holds, const struct diff_row *row)
{
    const int32_t *cell = row->cell;
    int32_t pupil = cell[ENTRY_PUPIL], day = cell[ENTRY_DAY];
    if (holds_beyond(holds, row))
        return HOLD_ROW;
    const union map_value *form = map_lookup(&holds->forms, key_of(pupil, day));
    if (pupil != 0 && form != NULL && form->number != cell[ENTRY_FORM])
        return HOLD_NOTHING;
    enum hold hold = pupil == 0 ? HOLD_NOTHING : look(holds, pupil, day, cell);
    if (hold == HOLD_NOTHING && pupil != 0)
        hold = look(holds, pupil, DATE_NONE, cell);
    if (hold == HOLD_NOTHING)
        hold = look(holds, 0, day, cell);
    if (hold == HOLD_NOTHING)
        hold = look(holds, 0, DATE_NONE, cell);
    return hold == HOLD_NOTHING && holds->all ? HOLD_LOSS : hold;
}

/* --- which rows of a key stay --------------------------------------------------------------------------------- */

static bool same_row(const struct diff_row *a, const struct diff_row *b)
{
    return memcmp(a->cell, b->cell, sizeof a->cell) == 0;
}

/* The same mark and absence: at most its texts differ. */
static bool same_value(const struct diff_row *a, const struct diff_row *b)
{
    return a->cell[ENTRY_MARK] == b->cell[ENTRY_MARK] && a->cell[ENTRY_WEIGHT] == b->cell[ENTRY_WEIGHT] &&
           a->cell[ENTRY_WORK] == b->cell[ENTRY_WORK] && a->cell[ENTRY_REASON] == b->cell[ENTRY_REASON];
}

static bool any_row(const struct diff_row *a, const struct diff_row *b)
{
    (void)a;
    (void)b;
    return true;
}

typedef bool fits_fn(const struct diff_row *a, const struct diff_row *b);

/* Gives each old row without a partner the first new one that fits it. */
static void pair(struct diff_part old, struct diff_part new, bool *old_done, bool *new_done, fits_fn *fits)
{
    for (size_t i = 0; i < old.count; i++)
        for (size_t k = 0; k < new.count && !old_done[i]; k++)
            if (!new_done[k] && fits(&old.rows[i], &new.rows[k]))
                old_done[i] = new_done[k] = true;
}

static void keep_group(struct diff_part old, struct diff_part new, enum hold hold, fits_fn *alike,
                       struct diff_list *kept)
{
    bool *done = mem_alloc(old.count + new.count + 1), *new_done = done + old.count;
    pair(old, new, done, new_done, same_row);
    if (alike != NULL)
        pair(old, new, done, new_done, alike);
    if (hold == HOLD_LOSS)
        pair(old, new, done, new_done, any_row);
    for (size_t i = 0; i < old.count; i++)
        if (!done[i])
            memcpy(diff_add(kept)->cell, old.rows[i].cell, sizeof old.rows[i].cell);
    mem_free(done);
}

static int compare_keys(const struct diff_row *a, const struct diff_row *b, int key)
{
    for (int i = 0; i < key; i++)
        if (a->cell[i] != b->cell[i])
            return a->cell[i] < b->cell[i] ? -1 : 1;
    return 0;
}

/* The next run of rows with one key in `old`, and those of that key in `new`. */
static struct diff_group next_group(const struct diff_table *table, struct diff_part old, struct diff_part new,
                                    size_t *at, size_t *new_at)
{
    const struct diff_row *key = &old.rows[*at];
    struct diff_group group = {.old = {.rows = key}};
    for (; *at < old.count && compare_keys(&old.rows[*at], key, table->key) == 0; ++*at)
        group.old.count++;
    while (*new_at < new.count && compare_keys(&new.rows[*new_at], key, table->key) < 0)
        ++*new_at;
    group.new.rows = *new_at < new.count ? &new.rows[*new_at] : NULL;
    for (; *new_at < new.count &&compare_keys(&new.rows[*new_at], key, table->key) == 0; ++*new_at)
        group.new.count++;
    return group;
}

void holds_entries(const struct holds *holds, const struct diff_table *table, struct diff_part old,
                   struct diff_part new, struct diff_list *kept)
{
    for (size_t at = 0, new_at = 0; at < old.count;) {
        enum hold hold = hold_of(holds, &old.rows[at]);
        struct diff_group group = next_group(table, old, new, &at, &new_at);
        if (hold != HOLD_NOTHING)
            keep_group(group.old, group.new, hold, same_value, kept);
    }
}

void holds_rows(const struct diff_table *table, struct diff_part old, struct diff_part new, struct diff_list *kept)
{
    for (size_t at = 0, new_at = 0; at < old.count;) {
        struct diff_group group = next_group(table, old, new, &at, &new_at);
        keep_group(group.old, group.new, HOLD_LOSS, NULL, kept);
    }
}
