#include "intake/lessons.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "intake/table.h"
#include "settings/form.h"

struct pupil_seen {
    symbol code, name, form;
    int32_t line;
    bool two_names, moves; /* under two names; in more than one class */
};

/* A school year that rows fall into. */
struct year_seen {
    int32_t year;
    struct span whole;
    int32_t last_lesson; /* the last day that may hold lessons */
    size_t rows;
};

struct lessons {
    struct reader *reader;
    struct lesson_row *rows;
    size_t count, room;
    struct form_seen *forms;
    size_t form_count, form_room;
    struct pupil_seen *pupils;
    size_t pupil_count, pupil_room;
    struct year_seen *years;
    size_t year_count, year_room;
    size_t year; /* of the last row */
    size_t form; /* of the last row */
    symbol work; /* of the last row, and its weight */
    int32_t work_weight;
};

struct lessons *lessons_new(struct reader *reader)
{
    struct lessons *lessons = mem_alloc(sizeof *lessons);
    lessons->reader = reader;
    lessons->work_weight = school_weight_of(reader->school, "");
    return lessons;
}

void lessons_free(struct lessons *lessons)
{
    if (lessons == NULL)
        return;
    mem_free(lessons->rows);
    mem_free(lessons->forms);
    mem_free(lessons->pupils);
    mem_free(lessons->years);
    mem_free(lessons);
}

static size_t add_form(struct lessons *lessons, struct cell cell, int32_t number)
{
    struct reader *reader = lessons->reader;
    const char *name = reader_form(reader, cell, number);
    symbol canonical = table_symbol(reader->table, name, strlen(name));
    for (size_t i = 0; i < lessons->form_count; i++) {
        if (lessons->forms[i].name == canonical)
            return i;
    }
    lessons->forms = mem_grow(lessons->forms, lessons->form_count, &lessons->form_room, sizeof *lessons->forms);
    lessons->forms[lessons->form_count] =
        (struct form_seen){.name = canonical,
                           .grade = form_grade(name),
                           .without_marks = school_without_marks(reader->school, name),
                           .span = {INT32_MAX, INT32_MIN}};
    return lessons->form_count++;
}

struct form_seen *lessons_form(struct lessons *lessons, struct cell cell, int32_t number)
{
    if (cell.size == 0)
        return NULL;
    bool fresh = false;
    struct table *table = lessons->reader->table;
    uint32_t *slot = table_slot(table, ROLE_FORM, cell.text, cell.size, &fresh);
    uint32_t at = *slot;
    if (fresh) {
        at = (uint32_t)add_form(lessons, cell, number);
        *table_slot(table, ROLE_FORM, cell.text, cell.size, &fresh) = at;
    }
    return &lessons->forms[at];
}

bool lessons_pupil(struct lessons *lessons, symbol code, symbol name, symbol form)
{
    struct reader *reader = lessons->reader;
    bool fresh = false;
    uint32_t *slot = table_slot(reader->table, ROLE_PUPIL, (const char *)&code, sizeof code, &fresh);
    if (fresh) {
        *slot = (uint32_t)lessons->pupil_count;
        lessons->pupils =
            mem_grow(lessons->pupils, lessons->pupil_count, &lessons->pupil_room, sizeof *lessons->pupils);
        lessons->pupils[lessons->pupil_count++] =
            (struct pupil_seen){.code = code, .name = name, .form = form, .line = reader->row.line};
        return true;
    }
    struct pupil_seen *pupil = &lessons->pupils[*slot];
    pupil->moves = pupil->moves || pupil->form != form;
    if (pupil->name == 0)
        pupil->name = name;
    if (name == 0 || name == pupil->name)
        return false;
    struct arena *scratch = arena_new();
    const char *here = table_text(reader->table, name), *there = table_text(reader->table, pupil->name);
    bool same = strcmp(text_fold(scratch, here), text_fold(scratch, there)) == 0;
    bool alike = same || text_share_word(scratch, here, there);
    arena_free(scratch);
    if (!alike)
        reader_tell(reader, DIAG_ERROR, reader->cell[COLUMN_CODE],
                    _("the id %s belongs to another pupil in line %d: each pupil needs an id of the own"),
                    table_text(reader->table, code), (int)pupil->line);
    if (same || !alike || pupil->two_names)
        return false;
    pupil->two_names = true;
    reader_tell(reader, DIAG_WARNING, reader->cell[COLUMN_PUPIL],
                _("the pupil %s has another name here than in line %d: is the id right?"),
                table_text(reader->table, code), (int)pupil->line);
    return false;
}

int32_t lessons_weight_of(struct lessons *lessons, symbol work)
{
    if (work == lessons->work)
        return lessons->work_weight;
    struct reader *reader = lessons->reader;
    bool fresh = false;
    uint32_t *slot = table_slot(reader->table, ROLE_WORK, (const char *)&work, sizeof work, &fresh);
    if (fresh)
        *slot = (uint32_t)school_weight_of(reader->school, table_text(reader->table, work));
    lessons->work = work;
    lessons->work_weight = (int32_t)*slot;
    return lessons->work_weight;
}

/* Counts the row under its school year. */
static void note_year(struct lessons *lessons, int32_t day)
{
    struct year_seen *years = lessons->years;
    for (size_t i = 0; i <= lessons->year_count; i++) {
        size_t at = i == 0 ? lessons->year : i - 1;
        if (at < lessons->year_count && day >= years[at].whole.from && day <= years[at].whole.until) {
            years[at].rows++;
            lessons->year = at;
            return;
        }
    }
    struct arena *scratch = arena_new();
    const struct school_year *year = school_year_of(lessons->reader->school, scratch, day);
    int32_t may = date_from_civil(date_to_civil(year->whole.until).year, 5, 31);
    int32_t last = year->terms > 0 ? year->term[year->terms - 1].until : year->whole.until;
    lessons->years = mem_grow(lessons->years, lessons->year_count, &lessons->year_room, sizeof *lessons->years);
    lessons->years[lessons->year_count] =
        (struct year_seen){.year = year->year, .whole = year->whole, .last_lesson = last > may ? last : may, .rows = 1};
    lessons->year = lessons->year_count++;
    arena_free(scratch);
}

void lessons_add(struct lessons *lessons, const struct lesson_row *row, const struct values *values)
{
    note_year(lessons, row->day);
    size_t n = values->mark_count > values->reason_count ? values->mark_count : values->reason_count;
    for (size_t i = 0; i == 0 || i < n; i++) {
        if (lessons->count == lessons->room)
            lessons->rows = mem_grow(lessons->rows, lessons->count, &lessons->room, sizeof *lessons->rows);
        struct lesson_row *added = &lessons->rows[lessons->count++];
        *added = *row;
        added->mark = i < values->mark_count ? values->marks[i] : 0;
        added->reason = i < values->reason_count ? values->reasons[i] : REASON_PRESENT;
        if (added->mark == 0)
            added->weight = WEIGHT_ONE;
        if (i > 0)
            added->comment = 0;
    }
}

/* The rows of a line are put aside: their day is taken away until they are swept out. `day`: theirs, where it can be
 * right. */
static void put_aside(struct lessons *lessons, size_t at, int32_t day)
{
    int32_t line = lessons->rows[at].line;
    if (lessons->rows[at].day != DATE_NONE) {
        struct lesson_row row = lessons->rows[at];
        row.day = day;
        lessons->reader->out->rejected++;
        reader_put_aside(lessons->reader, row);
    }
    for (; at > 0 && lessons->rows[at - 1].line == line; at--) {
    }
    for (; at < lessons->count && lessons->rows[at].line == line; at++)
        lessons->rows[at].day = DATE_NONE;
}

/* The school year of most rows; of equals that of today, else the later one. */
static const struct year_seen *most_rows(const struct lessons *lessons)
{
    const struct year_seen *best = NULL;
    int32_t today = lessons->reader->today;
    for (size_t i = 0; i < lessons->year_count; i++) {
        const struct year_seen *year = &lessons->years[i];
        bool current = today >= year->whole.from && today <= year->whole.until;
        bool before = best != NULL && today >= best->whole.from && today <= best->whole.until;
        if (best == NULL || year->rows > best->rows ||
            (year->rows == best->rows && !before && (current || year->year > best->year)))
            best = year;
    }
    return best;
}

void lessons_check_years(struct lessons *lessons, int32_t date)
{
    const struct year_seen *year = most_rows(lessons);
    if (year == NULL)
        return;
    for (size_t i = 0; i < lessons->count; i++) {
        struct lesson_row *row = &lessons->rows[i];
        if (row->day == DATE_NONE || (row->day >= year->whole.from && row->day <= year->last_lesson))
            continue;
        char day[DATE_TEXT], from[DATE_TEXT], until[DATE_TEXT];
        date_format(day, row->day);
        date_format(from, year->whole.from);
        date_format(until, year->last_lesson);
        if (row->day > year->last_lesson && row->day <= year->whole.until)
            reader_tell_line(lessons->reader, DIAG_ERROR, row->line, date,
                             _("the date %s lies in the summer holidays: lessons are held from %s to %s"), day, from,
                             until);
        else
            reader_tell_line(lessons->reader, DIAG_ERROR, row->line, date,
                             _("the date %s lies outside the school year of the other rows, which lasts from %s to %s"),
                             day, from, until);
        put_aside(lessons, i, DATE_NONE);
    }
}

/* A day of a pupil who is in more than one class. */
struct stay {
    symbol code, form;
    int32_t day;
    size_t row;
};

static int compare_stays(const void *a, const void *b)
{
    const struct stay *x = a, *y = b;
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static void check_stays(struct lessons *lessons, struct stay *stays, size_t count, int32_t form)
{
    const struct table *table = lessons->reader->table;
    qsort(stays, count, sizeof *stays, compare_stays);
    for (size_t i = 0, next; i < count; i = next) {
        bool clash = false;
        for (next = i + 1; next < count && stays[next].code == stays[i].code && stays[next].day == stays[i].day; next++)
            clash = clash || stays[next].form != stays[i].form;
        for (size_t n = i; clash && n < next; n++) {
            char day[DATE_TEXT];
            struct lesson_row *row = &lessons->rows[stays[n].row];
            if (stays[n].form != stays[i].form && row->day != DATE_NONE)
                reader_tell_line(
                    lessons->reader, DIAG_ERROR, row->line, form,
                    _("the pupil %s is in class %s on %s, and in class %s in line %d: only one can be right"),
                    table_text(table, stays[n].code), table_text(table, stays[n].form), date_format(day, stays[n].day),
                    table_text(table, stays[i].form), (int)lessons->rows[stays[i].row].line);
            put_aside(lessons, stays[n].row, stays[n].day);
        }
    }
}

void lessons_check_classes(struct lessons *lessons, int32_t form)
{
    struct stay *stays = NULL;
    size_t count = 0, room = 0;
    bool any = false;
    for (size_t i = 0; i < lessons->pupil_count; i++)
        any = any || lessons->pupils[i].moves;
    for (size_t i = 0; any && i < lessons->count; i++) {
        const struct lesson_row *row = &lessons->rows[i];
        if (row->code == 0 || row->day == DATE_NONE)
            continue;
        bool fresh = false;
        uint32_t at =
            *table_slot(lessons->reader->table, ROLE_PUPIL, (const char *)&row->code, sizeof row->code, &fresh);
        if (!lessons->pupils[at].moves)
            continue;
        stays = mem_grow(stays, count, &room, sizeof *stays);
        stays[count++] = (struct stay){.code = row->code, .form = row->form, .day = row->day, .row = i};
    }
    if (count > 0)
        check_stays(lessons, stays, count, form);
    mem_free(stays);
}

void lessons_check_future(struct lessons *lessons, int32_t date)
{
    size_t count = 0;
    int32_t line = 0, last = 0, today = lessons->reader->today;
    for (size_t i = 0; i < lessons->count; i++) {
        const struct lesson_row *row = &lessons->rows[i];
        if (row->day <= today || (row->mark == 0 && row->reason == REASON_PRESENT) || row->line == last)
            continue;
        last = row->line;
        line = line == 0 ? last : line;
        count++;
    }
    if (count > 0)
        reader_tell_line(lessons->reader, DIAG_WARNING, line, date,
                         ngettext("%zu row with a mark or an absence is dated after today",
                                  "%zu rows with a mark or an absence are dated after today, this is the first", count),
                         count);
}

static void cover(struct lessons *lessons, const struct lesson_row *row)
{
    if (lessons->forms[lessons->form].name != row->form) {
        size_t at = 0;
        while (lessons->forms[at].name != row->form)
            at++;
        lessons->form = at;
    }
    struct span *span = &lessons->forms[lessons->form].span;
    if (row->day < span->from)
        span->from = row->day;
    if (row->day > span->until)
        span->until = row->day;
}

void lessons_finish(struct lessons *lessons, bool covers)
{
    struct export *out = lessons->reader->out;
    struct arena *arena = lessons->reader->arena;
    size_t kept = 0;
    for (size_t i = 0; i < lessons->count; i++) {
        if (lessons->rows[i].day == DATE_NONE)
            continue;
        lessons->rows[kept++] = lessons->rows[i];
        if (covers)
            cover(lessons, &lessons->rows[i]);
    }
    out->rows.lessons = arena_keep(arena, lessons->rows, kept * sizeof *lessons->rows);
    out->count = kept;
    lessons->rows = NULL;
    lessons->count = 0;
    if (!covers)
        return;
    out->covered = arena_alloc(arena, (lessons->form_count + 1) * sizeof *out->covered);
    for (size_t i = 0; i < lessons->form_count; i++) {
        const struct form_seen *form = &lessons->forms[i];
        if (form->span.from <= form->span.until)
            out->covered[out->covered_count++] =
                (struct coverage){.form = table_text(lessons->reader->table, form->name), .span = form->span};
    }
}
