#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "intake/reader.h"

#define HEADER_ROWS 10 /* a header stands among the first ones */

/* The kind's column whose name is nearest to a foreign one; NULL: none is near. */
static const struct kind_column *nearest(const struct reader *reader, const struct kind *kind, const char *folded)
{
    const struct kind_column *best = NULL;
    size_t least = 3;
    for (size_t i = 0; i < kind->count; i++) {
        const char *names[] = {kind->columns[i].name, kind->columns[i].russian};
        for (int n = 0; n < 2; n++) {
            const char *own = kinds_fold(reader->arena, names[n], strlen(names[n]));
            size_t distance = text_distance(own, folded);
            if (distance < least && distance * 2 < text_length(own)) {
                best = &kind->columns[i];
                least = distance;
            }
        }
    }
    return best;
}

static void tell_unknown(struct reader *reader, const struct kind *kind, size_t cell, const char *folded)
{
    const char *shown = reader_shown_name(reader, cells_trim(reader->row.cells[cell]));
    const struct kind_column *near = nearest(reader, kind, folded);
    if (near != NULL && reader->cell[near->column] == CELL_NONE)
        reader_tell(reader, DIAG_WARNING, (int32_t)cell, _("the column '%s' is unknown and ignored: is %s meant?"),
                    shown, reader_column_name(reader, near->column));
    else
        reader_tell(reader, DIAG_NOTE, (int32_t)cell, _("the column '%s' is unknown and ignored"), shown);
}

static void map_cells(struct reader *reader, const struct kind *kind)
{
    reader->width = 0;
    struct arena *scratch = arena_new();
    for (size_t i = 0; i < reader->row.count; i++) {
        struct cell cell = cells_trim(reader->row.cells[i]);
        if (cell.size > 0)
            reader->width = i + 1;
        const char *folded = kinds_fold(scratch, cell.text, cell.size < 200 ? cell.size : 0);
        enum column column = kinds_column(kind, reader->profile, scratch, folded);
        if (column == COLUMN_COUNT)
            continue;
        if (reader->cell[column] >= 0) {
            struct place place = rows_place(reader->rows, i);
            reader_refuse(reader, place.line, place.column,
                          _("the column %s stands twice in the header: keep one of the two"),
                          reader_column_name(reader, column));
        } else {
            reader->cell[column] = (int32_t)i;
        }
    }
    for (size_t i = 0; i < reader->width; i++) {
        struct cell cell = cells_trim(reader->row.cells[i]);
        const char *folded = kinds_fold(scratch, cell.text, cell.size < 200 ? cell.size : 0);
        if (cell.size > 0 && kinds_column(kind, reader->profile, scratch, folded) == COLUMN_COUNT)
            tell_unknown(reader, kind, i, folded);
    }
    arena_free(scratch);
}

/* A constant stands in for a column that the file has not. */
static void map_constants(struct reader *reader, const struct kind *kind)
{
    for (size_t i = 0; i < reader->profile->constant_count; i++) {
        const struct profile_pair *pair = &reader->profile->constants[i];
        for (size_t n = 0; n < kind->count; n++) {
            enum column column = kind->columns[n].column;
            if (strcmp(kind->columns[n].name, pair->key) != 0 || reader->cell[column] != CELL_NONE)
                continue;
            reader->cell[column] = CELL_CONSTANT;
            reader->constant[column] = cells_trim((struct cell){pair->text, strlen(pair->text)});
        }
    }
}

static void refuse_missing(struct reader *reader, const char *what)
{
    reader_refuse(reader, reader->row.line, 0,
                  _("the column %s is missing: add it to the export, or name it in a profile"), what);
}

static void check_required(struct reader *reader, const struct kind *kind)
{
    for (size_t i = 0; i < kind->count; i++) {
        if (kind->columns[i].required && !reader_has(reader, kind->columns[i].column))
            refuse_missing(reader, reader_column_name(reader, kind->columns[i].column));
    }
    bool code = reader_has(reader, COLUMN_CODE), pupil = reader_has(reader, COLUMN_PUPIL);
    if (kind->kind == EXPORT_GRADEBOOK && !code && !pupil)
        refuse_missing(reader, reader_column_name(reader, COLUMN_CODE));
    if (kind->kind == EXPORT_FINALS && !code && !(pupil && reader_has(reader, COLUMN_CLASS)))
        refuse_missing(reader, reader_column_name(reader, COLUMN_CODE));
    if (kind->kind == EXPORT_TIMETABLE && !reader_has(reader, COLUMN_DATE) && !reader_has(reader, COLUMN_WEEKDAY))
        refuse_missing(reader, reader_column_name(reader, COLUMN_WEEKDAY));
}

bool reader_header(struct reader *reader, const struct kind **out)
{
    int32_t first = 0;
    enum export_kind kind = EXPORT_NONE;
    for (int n = 0; n < HEADER_ROWS && kind == EXPORT_NONE && rows_next(reader->rows, &reader->row); n++) {
        first = first == 0 ? reader->row.line : first;
        kind = kinds_recognise(reader->profile, &reader->row);
    }
    if (kind == EXPORT_NONE) {
        reader_refuse(reader, first, 0,
                      _("no row of column names was found: the first row should name the columns, such as date, class, "
                        "pupil_id, subject, mark (Дата, Класс, Код ученика, Предмет, Отметка)"));
        return false;
    }
    if (reader->row.line != first)
        reader_tell(reader, DIAG_NOTE, CELL_ROW, _("the rows above the column names were passed over"));
    reader->out->kind = kind;
    *out = kinds_lookup(kind);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        reader->cell[i] = CELL_NONE;
    map_cells(reader, *out);
    map_constants(reader, *out);
    check_required(reader, *out);
    return !reader->refused;
}
