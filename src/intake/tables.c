#include "intake/tables.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "intake/reader.h"
#include "intake/table.h"
#include "intake/words.h"

#define COPIES_MOST 20
#define LESSON_MOST 12

/* The canonical class of the row; "" where empty. */
static const char *read_form(struct reader *reader, bool required)
{
    symbol name = 0;
    struct cell cell = reader_cell(reader, COLUMN_CLASS);
    if ((required && !reader_required(reader, COLUMN_CLASS, &name)) || cell.size == 0)
        return "";
    const char *form = reader_form(reader, cell, reader->cell[COLUMN_CLASS]);
    return table_text(reader->table, table_symbol(reader->table, form, strlen(form)));
}

static const char *read_code(struct reader *reader, bool required)
{
    symbol code = 0;
    if (!reader_code(reader, &code))
        return "";
    if (required)
        reader_required(reader, COLUMN_CODE, &code);
    return table_text(reader->table, code);
}

static const char *read_required(struct reader *reader, enum column column)
{
    symbol text = 0;
    reader_required(reader, column, &text);
    return table_text(reader->table, text);
}

/* Ends before it begins: told at the later column. */
static void check_order(struct reader *reader, int32_t from, int32_t until, enum column column)
{
    char first[DATE_TEXT], last[DATE_TEXT];
    if (from != DATE_NONE && until != DATE_NONE && until < from)
        reader_tell(reader, DIAG_ERROR, reader->cell[column],
                    _("%s is before %s: the two dates are the wrong way round"), date_format(last, until),
                    date_format(first, from));
}

/* Remembers the row under a key; the line of an earlier row with the same key, or 0. */
static int32_t seen_before(struct reader *reader, const char *key)
{
    bool fresh = false;
    uint32_t *slot = table_slot(reader->table, ROLE_ONCE, key, strlen(key), &fresh);
    int32_t line = (int32_t)*slot;
    if (fresh)
        *slot = (uint32_t)reader->row.line;
    return fresh ? 0 : line;
}

static void *grown(struct reader *reader, void *rows, size_t *room, size_t size)
{
    return mem_grow(rows, reader->out->count, room, size);
}

/* Rows into the arena, where the export lives. */
static void *kept(struct reader *reader, void *rows, size_t size)
{
    return arena_keep(reader->arena, rows, reader->out->count * size);
}

static void read_delivery(struct reader *reader, struct pupil_row *row)
{
    struct cell delivery = reader_cell(reader, COLUMN_DELIVERY), ground = reader_cell(reader, COLUMN_GROUND);
    row->delivery = delivery.size == 0 ? "" : words_delivery(reader->arena, delivery);
    row->ground = ground.size == 0 ? "" : words_ground(reader->arena, ground);
    if (row->delivery == NULL)
        reader_tell(reader, DIAG_ERROR, reader->cell[COLUMN_DELIVERY],
                    _("the delivery '%s' is unknown: write hand, office or post (с учеником, канцелярия, почта)"),
                    reader_shown(reader, delivery));
    if (row->ground == NULL)
        reader_tell(reader, DIAG_ERROR, reader->cell[COLUMN_GROUND],
                    _("the ground '%s' is unknown: write transfer or graduation (перевод, выпуск)"),
                    reader_shown(reader, ground));
    struct cell copies = reader_cell(reader, COLUMN_COPIES);
    if (copies.size > 0 && (!cells_number(copies, &row->copies) || row->copies < 1 || row->copies > COPIES_MOST))
        reader_tell(reader, DIAG_ERROR, reader->cell[COLUMN_COPIES],
                    _("the number of copies '%s' is not a number from 1 to %d"), reader_shown(reader, copies),
                    COPIES_MOST);
    row->recipient = reader_text(reader, COLUMN_RECIPIENT);
    row->address = reader_text(reader, COLUMN_ADDRESS);
    if (row->delivery != NULL && strcmp(row->delivery, "post") == 0 && row->address[0] == '\0')
        reader_tell(reader, DIAG_WARNING, reader->cell[COLUMN_DELIVERY],
                    _("the pupil %s gets sheets by post, but has no address"), row->code);
}

void pupils_read(struct reader *reader)
{
    struct pupil_row *rows = NULL;
    size_t room = 0;
    while (reader_next(reader)) {
        struct pupil_row row = {.line = reader->row.line, .column = reader_pupil_column(reader)};
        row.code = read_code(reader, true);
        row.name = read_required(reader, COLUMN_PUPIL);
        row.form = read_form(reader, true);
        reader_date(reader, COLUMN_ENROLLED, false, &row.enrolled);
        reader_date(reader, COLUMN_LEFT, false, &row.left);
        reader_date(reader, COLUMN_CONSENT, false, &row.consent);
        reader_date(reader, COLUMN_PAPER_FROM, false, &row.paper_from);
        reader_date(reader, COLUMN_PAPER_UNTIL, false, &row.paper_until);
        check_order(reader, row.enrolled, row.left, COLUMN_LEFT);
        check_order(reader, row.paper_from, row.paper_until, COLUMN_PAPER_UNTIL);
        read_delivery(reader, &row);
        int32_t before = row.code[0] == '\0' ? 0 : seen_before(reader, row.code);
        if (before != 0)
            reader_tell(reader, DIAG_ERROR, reader->cell[COLUMN_CODE],
                        _("the pupil %s stands in line %d already: keep one of the two rows"), row.code, (int)before);
        if (!reader_row_done(reader))
            continue;
        rows = grown(reader, rows, &room, sizeof *rows);
        rows[reader->out->count++] = row;
    }
    reader->out->rows.pupils = kept(reader, rows, sizeof *rows);
}

/* A mark of the scale, or one of the words that only a final may say. */
static const char *read_final(struct reader *reader, struct cell cell)
{
    const char *text = reader_text(reader, COLUMN_FINAL);
    const struct mark_value *mark = school_lookup_mark(reader->school, text);
    const char *word = mark == NULL ? words_final(reader->arena, text) : mark->text;
    if (word != NULL)
        return word;
    const char *scale = "";
    for (size_t i = 0; i < reader->school->mark_count; i++)
        scale = arena_format(reader->arena, "%s%s%s", scale, i == 0 ? "" : ", ", reader->school->marks[i].text);
    reader_tell(reader, DIAG_ERROR, reader->cell[COLUMN_FINAL],
                _("the final '%s' is outside the scale: finals are %s, н/а, осв., зачёт, незачёт"),
                reader_shown(reader, cell), scale);
    return "";
}

static void check_final(struct reader *reader, const struct final_row *row)
{
    if (row->form[0] != '\0' && school_without_marks(reader->school, row->form))
        reader_tell(reader, DIAG_ERROR, reader->cell[COLUMN_FINAL],
                    _("the class %s has no marks, so it can't have finals: take the row out"), row->form);
    if (reader_cell(reader, COLUMN_CODE).size == 0 && (row->name[0] == '\0' || row->form[0] == '\0'))
        reader_tell(reader, DIAG_ERROR, CELL_ROW, _("the final needs a pupil: fill in the id, or name and class"));
    const char *key =
        arena_format(reader->arena, "%s\n%s\n%s\n%s\n%d\n%d", row->code, row->code[0] == '\0' ? row->name : "",
                     row->code[0] == '\0' ? row->form : "", row->subject, (int)row->period, (int)row->year);
    int32_t before = reader->bad ? 0 : seen_before(reader, key);
    if (before != 0)
        reader_tell(reader, DIAG_ERROR, reader->cell[COLUMN_FINAL],
                    _("the pupil's final of this subject and period stands in line %d already: keep one of the two"),
                    (int)before);
    struct arena *scratch = arena_new();
    int32_t terms = school_year_of(reader->school, scratch, date_from_civil(row->year, 10, 1))->terms;
    arena_free(scratch);
    if (row->period >= FINAL_TERM_1 && row->period <= FINAL_TERM_4 && row->period > terms &&
        reader_once(reader, "final beyond the terms"))
        reader_tell(reader, DIAG_WARNING, reader->cell[COLUMN_PERIOD],
                    _("the period %d is beyond the %d terms of school.ini: is its kind of term right?"),
                    (int)row->period, (int)terms);
}

void finals_read(struct reader *reader)
{
    struct final_row *rows = NULL;
    size_t room = 0;
    int32_t current = reader_year_of(reader, reader->today);
    while (reader_next(reader)) {
        struct final_row row = {
            .line = reader->row.line, .column = reader_pupil_column(reader), .mark = "", .year = current};
        struct cell mark = reader_cell(reader, COLUMN_FINAL), period = reader_cell(reader, COLUMN_PERIOD);
        row.code = read_code(reader, false);
        row.name = reader_text(reader, COLUMN_PUPIL);
        row.form = read_form(reader, false);
        row.subject = read_required(reader, COLUMN_SUBJECT);
        row.period = words_period(reader->arena, period);
        if (row.period == 0)
            reader_tell(reader, DIAG_ERROR, reader->cell[COLUMN_PERIOD],
                        _("the period '%s' is unknown: write 1, 2, 3, 4, year, exam or final (год, экзамен, итог)"),
                        reader_shown(reader, period));
        if (reader_date(reader, COLUMN_DECIDED, false, &row.decided) && row.decided != DATE_NONE)
            row.year = reader_year_of(reader, row.decided);
        if (mark.size > 0) {
            row.mark = read_final(reader, mark);
            check_final(reader, &row);
        }
        if (!reader_row_done(reader))
            continue;
        if (mark.size == 0) {
            reader_empty_final(reader, &row);
            continue;
        }
        rows = grown(reader, rows, &room, sizeof *rows);
        rows[reader->out->count++] = row;
    }
    reader->out->rows.finals = kept(reader, rows, sizeof *rows);
}

static void read_day(struct reader *reader, struct timetable_row *row)
{
    struct cell weekday = reader_cell(reader, COLUMN_WEEKDAY);
    if (reader_date(reader, COLUMN_DATE, false, &row->day) && row->day != DATE_NONE)
        row->weekday = date_weekday(row->day);
    if (weekday.size == 0) {
        if (row->weekday == 0 && reader_cell(reader, COLUMN_DATE).size == 0)
            reader_tell(reader, DIAG_ERROR, CELL_ROW, _("the lesson needs a date or a day of the week"));
        return;
    }
    int32_t number = words_weekday(reader->arena, weekday);
    if (number == 0)
        reader_tell(reader, DIAG_ERROR, reader->cell[COLUMN_WEEKDAY],
                    _("'%s' is not a day of the week: write 1…7, Monday, понедельник or пн"),
                    reader_shown(reader, weekday));
    else if (row->weekday != 0 && row->weekday != number)
        reader_tell(reader, DIAG_ERROR, reader->cell[COLUMN_WEEKDAY],
                    _("the day of the week does not belong to the date: keep one of the two"));
    row->weekday = number;
}

void timetable_read(struct reader *reader)
{
    struct timetable_row *rows = NULL;
    size_t room = 0;
    while (reader_next(reader)) {
        struct timetable_row row = {.line = reader->row.line, .starts = ""};
        struct cell lesson = reader_cell(reader, COLUMN_LESSON), starts = reader_cell(reader, COLUMN_STARTS);
        int32_t minutes = 0;
        row.form = read_form(reader, true);
        read_day(reader, &row);
        if (!cells_number(lesson, &row.lesson) || row.lesson < 1 || row.lesson > LESSON_MOST)
            reader_tell(reader, DIAG_ERROR, reader->cell[COLUMN_LESSON],
                        _("the lesson '%s' is not a number from 1 to %d"), reader_shown(reader, lesson), LESSON_MOST);
        row.subject = read_required(reader, COLUMN_SUBJECT);
        row.room = reader_text(reader, COLUMN_ROOM);
        if (starts.size > 0 && !cells_time(starts, &minutes))
            reader_tell(reader, DIAG_ERROR, reader->cell[COLUMN_STARTS], _("'%s' is not a time of day such as 8:30"),
                        reader_shown(reader, starts));
        else if (starts.size > 0)
            row.starts = arena_format(reader->arena, "%d:%02d", (int)minutes / 60, (int)minutes % 60);
        if (!reader_row_done(reader))
            continue;
        rows = grown(reader, rows, &room, sizeof *rows);
        rows[reader->out->count++] = row;
    }
    reader->out->rows.timetable = kept(reader, rows, sizeof *rows);
}

void announcements_read(struct reader *reader)
{
    struct announcement_row *rows = NULL;
    size_t room = 0;
    while (reader_next(reader)) {
        struct announcement_row row = {.line = reader->row.line, .column = reader_pupil_column(reader)};
        reader_date(reader, COLUMN_FROM, true, &row.from);
        reader_date(reader, COLUMN_UNTIL, false, &row.until);
        if (row.until == DATE_NONE)
            row.until = row.from;
        check_order(reader, row.from, row.until, COLUMN_UNTIL);
        row.form = read_form(reader, false);
        row.code = read_code(reader, false);
        row.text = read_required(reader, COLUMN_TEXT);
        if (!reader_row_done(reader))
            continue;
        rows = grown(reader, rows, &room, sizeof *rows);
        rows[reader->out->count++] = row;
    }
    reader->out->rows.announcements = kept(reader, rows, sizeof *rows);
}

void achievements_read(struct reader *reader)
{
    struct achievement_row *rows = NULL;
    size_t room = 0;
    while (reader_next(reader)) {
        struct achievement_row row = {.line = reader->row.line, .column = reader_pupil_column(reader)};
        row.code = read_code(reader, true);
        reader_date(reader, COLUMN_DATE, true, &row.day);
        row.title = read_required(reader, COLUMN_TITLE);
        row.result = reader_text(reader, COLUMN_RESULT);
        if (!reader_row_done(reader))
            continue;
        rows = grown(reader, rows, &room, sizeof *rows);
        rows[reader->out->count++] = row;
    }
    reader->out->rows.achievements = kept(reader, rows, sizeof *rows);
}

void visits_read(struct reader *reader)
{
    struct visit_row *rows = NULL;
    size_t room = 0;
    while (reader_next(reader)) {
        struct visit_row row = {.line = reader->row.line, .column = reader_pupil_column(reader)};
        row.code = read_code(reader, true);
        struct cell cell = reader_cell(reader, COLUMN_LAST_VISIT);
        const char *text = cell.size == 0 ? "" : reader_text(reader, COLUMN_LAST_VISIT);
        bool never = strcmp(text, "-") == 0 || strcmp(text, "—") == 0 || strcmp(text, "never") == 0 ||
                     strcmp(text, "никогда") == 0 || strcmp(text, "нет") == 0;
        row.last_visit = DATE_NONE;
        if (!never)
            reader_date(reader, COLUMN_LAST_VISIT, false, &row.last_visit);
        if (!reader_row_done(reader))
            continue;
        rows = grown(reader, rows, &room, sizeof *rows);
        rows[reader->out->count++] = row;
    }
    reader->out->rows.visits = kept(reader, rows, sizeof *rows);
}
