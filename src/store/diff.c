#include "store/diff.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"
#include "store/run.h"

/* Rows of one key on one side: sorted by value to be matched, and which of them found an equal. */
struct side {
    const struct diff_row **rows, **spare;
    bool *equal;
    size_t room;
};

struct work {
    struct run *run;
    const struct diff_table *table;
    struct side old, new;
    struct feed_row *fresh; /* to be inserted */
    size_t fresh_count, fresh_room;
    sqlite3_stmt *close;
};

void diff_free(struct diff_list *list)
{
    mem_free(list->rows);
    *list = (struct diff_list){0};
}

struct diff_row *diff_add(struct diff_list *list)
{
    list->rows = mem_grow(list->rows, list->count, &list->room, sizeof *list->rows);
    struct diff_row *row = &list->rows[list->count];
    *row = (struct diff_row){.nth = (int32_t)list->count};
    list->count++;
    return row;
}

static int compare_cells(const struct diff_row *a, const struct diff_row *b, int from, int until)
{
    for (int i = from; i < until; i++)
        if (a->cell[i] != b->cell[i])
            return a->cell[i] < b->cell[i] ? -1 : 1;
    return 0;
}

/* A stable merge sort by the cells from … until, as good as linear where the rows are in order already. */
static void sort_rows(const struct diff_row **rows, const struct diff_row **spare, size_t count, int from, int until)
{
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start + width < count; start += 2 * width) {
            size_t middle = start + width, end = count - middle < width ? count : middle + width;
            if (compare_cells(rows[middle - 1], rows[middle], from, until) <= 0)
                continue;
            memcpy(spare, rows + start, width * sizeof *spare);
            size_t i = 0, j = middle, to = start;
            while (i < width && j < end)
                rows[to++] = compare_cells(spare[i], rows[j], from, until) <= 0 ? spare[i++] : rows[j++];
            while (i < width)
                rows[to++] = spare[i++];
        }
    }
}

void diff_sort(struct diff_list *list, const struct diff_table *table)
{
    size_t count = list->count, ordered = 1;
    while (ordered < count && compare_cells(&list->rows[ordered - 1], &list->rows[ordered], 0, table->key) <= 0)
        ordered++;
    if (ordered >= count)
        return;
    const struct diff_row **rows = mem_resize(NULL, count * 2, sizeof *rows);
    for (size_t i = 0; i < count; i++)
        rows[i] = &list->rows[i];
    sort_rows(rows, rows + count, count, 0, table->key);
    struct diff_row *sorted = mem_resize(NULL, count, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = *rows[i];
    mem_free(rows);
    mem_free(list->rows);
    list->rows = sorted;
    list->room = count;
}

bool diff_read(struct run *run, const struct diff_table *table, sqlite3_stmt *query, struct diff_list *list,
               struct err *err)
{
    while (db_next(run->store, query, err)) {
        struct diff_row *row = diff_add(list);
        for (int i = 0; i < table->width; i++)
            row->cell[i] = db_int(query, i);
        row->since = db_int(query, table->width);
        row->nth = db_int(query, table->width + 1);
    }
    return err->code == ERR_NONE;
}

static void side_fill(struct side *side, struct diff_part part, const struct diff_table *table)
{
    if (part.count > side->room || side->equal == NULL) {
        side->room = part.count * 2;
        side->rows = mem_resize(side->rows, side->room, sizeof *side->rows);
        side->spare = mem_resize(side->spare, side->room, sizeof *side->spare);
        side->equal = mem_resize(side->equal, side->room, sizeof *side->equal);
    }
    for (size_t i = 0; i < part.count; i++) {
        side->rows[i] = &part.rows[i];
        side->equal[i] = false;
    }
    sort_rows(side->rows, side->spare, part.count, table->key, table->width);
}

static void side_free(struct side *side)
{
    mem_free(side->rows);
    mem_free(side->spare);
    mem_free(side->equal);
}

/* Finds the equal pairs of a group. */
static void match(struct work *work, struct diff_group *group)
{
    const struct diff_table *table = work->table;
    group->old_left = group->old.count;
    group->new_left = group->new.count;
    if (group->old.count == 0 || group->new.count == 0)
        return;
    for (size_t i = 0, j = 0; i < group->old.count && j < group->new.count;) {
        const struct diff_row *old = work->old.rows[i], *new = work->new.rows[j];
        int order = compare_cells(old, new, table->key, table->width);
        if (order == 0) {
            work->old.equal[old - group->old.rows] = work->new.equal[new - group->new.rows] = true;
            group->old_left--;
            group->new_left--;
        }
        i += order <= 0;
        j += order >= 0;
    }
}

static bool step(struct run *run, sqlite3_stmt *query, struct err *err)
{
    int result = sqlite3_step(query);
    sqlite3_reset(query);
    return result == SQLITE_DONE || db_fail(run->store, result, err);
}

static bool close_row(struct work *work, const struct diff_row *row, struct err *err)
{
    int at = 1, key = work->table->key;
    sqlite3_bind_int(work->close, at++, work->run->number);
    for (int i = 0; i < key; i++)
        sqlite3_bind_int(work->close, at++, row->cell[i]);
    sqlite3_bind_int(work->close, at++, row->since);
    sqlite3_bind_int(work->close, at, row->nth);
    work->run->result->changed = true;
    return step(work->run, work->close, err);
}

static void add_fresh(struct work *work, const struct diff_row *row, int32_t nth)
{
    work->fresh = mem_grow(work->fresh, work->fresh_count, &work->fresh_room, sizeof *work->fresh);
    work->fresh[work->fresh_count++] = (struct feed_row){.row = row, .nth = nth};
}

static bool insert_fresh(struct work *work, struct err *err)
{
    struct run *run = work->run;
    sqlite3_stmt *insert = work->fresh_count > 0 ? db_query(run->store, err, work->table->insert, "") : NULL;
    if (insert == NULL)
        return work->fresh_count == 0;
    run->result->changed = true;
    struct feed feed = {.rows = work->fresh, .count = work->fresh_count, .since = run->number};
    return feed_insert(run->store, insert, feed, err);
}

static bool apply_group(struct work *work, struct diff_group *group, struct err *err)
{
    const struct diff_table *table = work->table;
    bool plain = group->old.count == 1 && group->new.count == 1;
    if (plain && compare_cells(group->old.rows, group->new.rows, table->key, table->width) == 0) {
        table->count(work->run, group);
        return true;
    }
    side_fill(&work->old, group->old, table);
    side_fill(&work->new, group->new, table);
    match(work, group);
    table->count(work->run, group);
    for (size_t i = 0; i < group->old.count && group->old_left > 0; i++)
        if (!work->old.equal[i] && !close_row(work, &group->old.rows[i], err))
            return false;
    int32_t nth = 0;
    for (size_t i = 0; i < group->new.count && group->new_left > 0; i++)
        if (!work->new.equal[i])
            add_fresh(work, &group->new.rows[i], nth++);
    return true;
}

/* The rows from *at on that have the key of the first. */
static struct diff_part take_key(struct diff_part part, size_t *at, const struct diff_row *key, int width)
{
    struct diff_part out = {.rows = *at < part.count ? part.rows + *at : NULL};
    while (*at < part.count && compare_cells(&part.rows[*at], key, 0, width) == 0) {
        out.count++;
        ++*at;
    }
    return out;
}

bool diff_apply(struct run *run, const struct diff_table *table, struct diff_part old, struct diff_part new,
                struct err *err)
{
    struct work work = {.run = run, .table = table};
    work.close = db_query(run->store, err, table->close, "");
    bool ok = work.close != NULL;
    for (size_t i = 0, j = 0; ok && (i < old.count || j < new.count);) {
        bool from_old =
            j == new.count || (i < old.count && compare_cells(&old.rows[i], &new.rows[j], 0, table->key) <= 0);
        const struct diff_row *key = from_old ? &old.rows[i] : &new.rows[j];
        struct diff_group group = {0};
        group.old = take_key(old, &i, key, table->key);
        group.new = take_key(new, &j, key, table->key);
        ok = apply_group(&work, &group, err);
    }
    ok = ok && insert_fresh(&work, err);
    side_free(&work.old);
    side_free(&work.new);
    mem_free(work.fresh);
    return ok;
}

void diff_count_rows(struct run *run, const struct diff_group *group)
{
    size_t corrected = group->old_left < group->new_left ? group->old_left : group->new_left;
    run->result->corrected += (int64_t)corrected;
    run->result->added += (int64_t)(group->new_left - corrected);
    run->result->withdrawn += (int64_t)(group->old_left - corrected);
    run->result->unchanged += (int64_t)(group->old.count - group->old_left);
    run->loss.rows += (int64_t)(group->old_left - corrected);
    run->loss.stored_rows += (int64_t)group->old.count;
}
