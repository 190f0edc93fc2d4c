#include "intake/gradebook.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "intake/lessons.h"
#include "intake/reader.h"
#include "intake/table.h"

#define LESSON_MOST 12

struct gradebook {
    struct reader *reader;
    struct lessons *lessons;
    struct values_reader *values;
    char date_text[DATE_TEXT]; /* of the last row */
    size_t date_size;
    int32_t day;
};

/* Dates come in runs: the last one is kept. */
static void read_date(struct gradebook *book, struct lesson_row *row)
{
    struct cell cell = reader_cell(book->reader, COLUMN_DATE);
    if (cell.size > 0 && cell.size == book->date_size && memcmp(cell.text, book->date_text, cell.size) == 0) {
        row->day = book->day;
        return;
    }
    if (!reader_date(book->reader, COLUMN_DATE, true, &row->day))
        return;
    book->date_size = cell.size < sizeof book->date_text ? cell.size : 0;
    memcpy(book->date_text, cell.text, book->date_size);
    book->day = row->day;
}

static void read_lesson(struct reader *reader, struct lesson_row *row)
{
    struct cell cell = reader_cell(reader, COLUMN_LESSON);
    int32_t number = 0;
    if (cell.size == 0)
        return;
    if (!cells_number(cell, &number) || number < 1 || number > LESSON_MOST)
        reader_tell(reader, DIAG_ERROR, reader->cell[COLUMN_LESSON], _("the lesson '%s' is not a number from 1 to %d"),
                    reader_shown(reader, cell), LESSON_MOST);
    else
        row->lesson = (uint8_t)number;
}

static void read_weight(struct gradebook *book, const struct form_seen *form, struct lesson_row *row)
{
    struct reader *reader = book->reader;
    struct cell cell = reader_cell(reader, COLUMN_WEIGHT);
    int32_t at = reader->cell[COLUMN_WEIGHT];
    if (cell.size == 0) {
        row->weight = lessons_weight_of(book->lessons, row->work);
        return;
    }
    row->weight = WEIGHT_ONE;
    int32_t weight = 0;
    if (!cells_thousandths(cell, reader->profile->decimal, &weight))
        reader_tell(reader, DIAG_ERROR, at, _("the weight '%s' is not a number such as 1, 2 or 1,5"),
                    reader_shown(reader, cell));
    else if (weight <= 0 || weight > 1000 * WEIGHT_ONE)
        reader_tell(reader, DIAG_ERROR, at, _("the weight %s must be more than 0 and at most 1000"),
                    reader_shown(reader, cell));
    else if (form != NULL && form->without_marks && weight != WEIGHT_ONE)
        reader_tell(reader, DIAG_ERROR, at, _("the class %s has no marks, so it can't have a weight: leave it empty"),
                    table_text(reader->table, form->name));
    else
        row->weight = weight;
}

/* True where each reason of the one stands in the other. */
static bool same_reasons(const struct values *a, const struct values *b)
{
    unsigned in_a = 0, in_b = 0;
    for (uint8_t i = 0; i < a->reason_count; i++)
        in_a |= 1U << a->reasons[i];
    for (uint8_t i = 0; i < b->reason_count; i++)
        in_b |= 1U << b->reasons[i];
    return in_a == in_b;
}

/* Absences of both cells together; a lesson with a number is missed once. */
static void join_reasons(struct gradebook *book, const struct lesson_row *row, const struct values *attendance,
                         struct values *values)
{
    struct reader *reader = book->reader;
    if (attendance->reason_count > 0 && values->reason_count > 0 && !same_reasons(attendance, values))
        reader_tell(reader, DIAG_ERROR, reader->cell[COLUMN_ATTENDANCE],
                    _("the absence '%s' contradicts the one in the cell of the mark: keep one of the two"),
                    reader_shown(reader, reader_cell(reader, COLUMN_ATTENDANCE)));
    else if (attendance->reason_count > values->reason_count) {
        memcpy(values->reasons, attendance->reasons, sizeof values->reasons);
        values->reason_count = attendance->reason_count;
    }
    if (row->lesson == 0)
        return;
    for (uint8_t i = 1; i < values->reason_count; i++) {
        if (values->reasons[i] != values->reasons[0])
            reader_tell(reader, DIAG_ERROR,
                        reader->cell[attendance->reason_count > 0 ? COLUMN_ATTENDANCE : COLUMN_MARK],
                        _("two different absences in one lesson: keep one of the two"));
    }
    values->reason_count = values->reason_count > 0;
}

static void read_values(struct gradebook *book, const struct form_seen *form, const struct lesson_row *row,
                        struct values *out)
{
    struct reader *reader = book->reader;
    struct cell mark = reader_cell(reader, COLUMN_MARK), attendance = reader_cell(reader, COLUMN_ATTENDANCE);
    *out = (struct values){0};
    if (mark.size + attendance.size == 0)
        return;
    *out = *values_read(book->values, VALUES_MARK, mark, reader->cell[COLUMN_MARK]);
    const struct values *absent =
        values_read(book->values, VALUES_ATTENDANCE, attendance, reader->cell[COLUMN_ATTENDANCE]);
    if (out->bad || absent->bad)
        return;
    if (absent->reason_count + out->reason_count > 0)
        join_reasons(book, row, absent, out);
    if (row->code == 0 && row->pupil == 0)
        reader_tell(reader, DIAG_ERROR, reader->cell[mark.size > 0 ? COLUMN_MARK : COLUMN_ATTENDANCE],
                    _("a mark or an absence needs a pupil: fill in the pupil's id or name"));
    else if (out->mark_count > 0 && form != NULL && form->without_marks)
        reader_tell(
            reader, DIAG_ERROR, reader->cell[COLUMN_MARK],
            _("the class %s has no marks: take the mark out, or change the setting marks.without of school.ini"),
            table_text(reader->table, form->name));
}

static void warn_homework(struct reader *reader, struct form_seen *form, const struct lesson_row *row)
{
    if (row->homework == 0 || form == NULL || form->grade != 1 || form->homework_told)
        return;
    form->homework_told = true;
    reader_tell(reader, DIAG_WARNING, reader->cell[COLUMN_HOMEWORK],
                _("the class %s has homework: first classes are set none"), table_text(reader->table, form->name));
}

/* True where the row is the first of its pupil. */
static bool see_pupil(struct gradebook *book, const struct lesson_row *row)
{
    if (row->form == 0 || (row->code == 0 && row->pupil == 0))
        return false;
    if (row->code != 0)
        return lessons_pupil(book->lessons, row->code, row->pupil, row->form);
    const symbol name[] = {row->form, row->pupil};
    bool fresh = false;
    table_slot(book->reader->table, ROLE_PUPIL, (const char *)name, sizeof name, &fresh);
    return fresh;
}

static void read_row(struct gradebook *book)
{
    struct reader *reader = book->reader;
    struct lesson_row row = {.day = DATE_NONE, .line = reader->row.line, .weight = WEIGHT_ONE};
    read_date(book, &row);
    struct form_seen *form = lessons_form(book->lessons, reader_cell(reader, COLUMN_CLASS), reader->cell[COLUMN_CLASS]);
    if (form == NULL)
        reader_required(reader, COLUMN_CLASS, &row.form);
    else
        row.form = form->name;
    bool code_read = reader_code(reader, &row.code);
    row.pupil = reader_symbol(reader, COLUMN_PUPIL);
    read_lesson(reader, &row);
    reader_required(reader, COLUMN_SUBJECT, &row.subject);
    row.teacher = reader_symbol(reader, COLUMN_TEACHER);
    row.topic = reader_symbol(reader, COLUMN_TOPIC);
    row.homework = reader_symbol(reader, COLUMN_HOMEWORK);
    row.work = reader_symbol(reader, COLUMN_WORK);
    row.comment = reader_symbol(reader, COLUMN_COMMENT);
    read_weight(book, form, &row);
    struct values values = {0};
    read_values(book, form, &row, &values);
    warn_homework(reader, form, &row);
    if (see_pupil(book, &row)) {
        int32_t column = reader_pupil_column(reader);
        row.column = column > UINT16_MAX ? 0 : (uint16_t)column;
    }
    if (reader_row_done(reader)) {
        lessons_add(book->lessons, &row, &values);
        return;
    }
    row.code = code_read ? row.code : 0;
    reader_put_aside(reader, row);
}

void gradebook_read(struct reader *reader)
{
    struct gradebook book = {.reader = reader, .lessons = lessons_new(reader), .values = values_new(reader)};
    while (reader_next(reader))
        read_row(&book);
    lessons_check_years(book.lessons, reader->cell[COLUMN_DATE]);
    lessons_check_classes(book.lessons, reader->cell[COLUMN_CLASS]);
    lessons_check_future(book.lessons, reader->cell[COLUMN_DATE]);
    lessons_finish(book.lessons, true);
    values_free(book.values);
    lessons_free(book.lessons);
}
