#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "intake/netschool.h"
#include "intake/table.h"
#include "intake/words.h"

struct tabel {
    struct reader *reader;
    struct netschool block;
    int32_t *periods; /* enum final_period by cell; 0: none */
    bool *finals;     /* by cell: it holds finals, not means */
    size_t width, period_room, final_room;
    bool head;    /* inside the rows of a header */
    bool checked; /* of this header */
    struct final_row *rows;
    size_t room;
};

/* The top row of a header: «Год. оценка» and the like are whole columns. */
static void begin_header(struct tabel *tabel)
{
    struct reader *reader = tabel->reader;
    tabel->width = 0;
    for (size_t i = 0; i < reader->row.count; i++) {
        tabel->periods = mem_grow(tabel->periods, i, &tabel->period_room, sizeof *tabel->periods);
        tabel->finals = mem_grow(tabel->finals, i, &tabel->final_room, sizeof *tabel->finals);
        int32_t period =
            (int32_t)i <= tabel->block.subject ? 0 : words_period(reader->arena, netschool_cell(reader, i));
        tabel->periods[i] = period >= FINAL_YEAR ? period : 0;
        tabel->finals[i] = period >= FINAL_YEAR;
        tabel->width = i + 1;
    }
    tabel->head = true;
    tabel->checked = false;
}

/* A further row of it: «1 Четверть» holds for its cell and those behind it, «Итог» says which of them are finals. */
static void go_on_header(struct tabel *tabel)
{
    struct reader *reader = tabel->reader;
    int32_t period = 0;
    for (size_t i = 0; i < tabel->width; i++) {
        struct cell cell = netschool_cell(reader, i);
        if (tabel->finals[i] && tabel->periods[i] >= FINAL_YEAR)
            continue;
        int32_t found = cell.size == 0 ? 0 : words_period(reader->arena, cell);
        if (found >= FINAL_TERM_1 && found <= FINAL_TERM_4)
            period = found;
        if (period != 0)
            tabel->periods[i] = period;
        tabel->finals[i] = tabel->finals[i] || (cell.size > 0 && strcmp(netschool_folded(reader, cell), "итог") == 0);
    }
}

/* The header is whole: it must have finals, for a pupil who is known. */
static bool end_header(struct tabel *tabel)
{
    struct reader *reader = tabel->reader;
    tabel->head = false;
    if (tabel->checked)
        return true;
    tabel->checked = true;
    bool any = false;
    int32_t last = 0;
    for (size_t i = 0; i < tabel->width; i++) {
        bool final = tabel->finals[i] && tabel->periods[i] != 0;
        any = any || final;
        if (final && tabel->periods[i] <= FINAL_TERM_4)
            last = tabel->periods[i] > last ? tabel->periods[i] : last;
    }
    if (!any)
        reader_refuse(reader, reader->row.line, 0, _("the table has no column of finals («Итог», «Год. оценка»)"));
    if (!netschool_complete(&tabel->block) || !any) {
        tabel->block.subject = CELL_NONE;
        return false;
    }
    struct arena *scratch = arena_new();
    int32_t terms = school_year_of(reader->school, scratch, date_from_civil(tabel->block.year, 10, 1))->terms;
    arena_free(scratch);
    if (last > terms && reader_once(reader, "tabel beyond the terms"))
        reader_tell(reader, DIAG_NOTE, CELL_ROW,
                    _("the table has %d terms, school.ini has %d: is its kind of term right?"), (int)last, (int)terms);
    return true;
}

/* A mark of the scale, a word such as «н/а»; «0» is how the system writes that there is none to give. */
static const char *read_mark(struct tabel *tabel, struct cell cell, int32_t number)
{
    struct reader *reader = tabel->reader;
    const char *text = table_text(reader->table, reader_symbol_of(reader, cell, number));
    const struct mark_value *mark = school_lookup_mark(reader->school, text);
    const char *word = mark != NULL ? mark->text : words_final(reader->arena, text);
    if (word == NULL && strcmp(text, "0") == 0) {
        word = "н/а";
        reader_tell(reader, DIAG_NOTE, number, _("a final «0» is no mark of the scale: taken as «н/а», not attested"));
    }
    if (word == NULL)
        reader_tell(reader, DIAG_ERROR, number,
                    _("the final '%s' is neither a mark of school.ini's scale nor н/а, осв., "
                      "зачёт, незачёт"),
                    reader_shown(reader, cell));
    return word;
}

static void add_final(struct tabel *tabel, struct final_row row)
{
    struct export *out = tabel->reader->out;
    tabel->rows = mem_grow(tabel->rows, out->count, &tabel->room, sizeof *tabel->rows);
    tabel->rows[out->count++] = row;
}

static void read_subject(struct tabel *tabel)
{
    struct reader *reader = tabel->reader;
    const struct netschool *block = &tabel->block;
    struct cell subject = netschool_cell(reader, (size_t)block->subject);
    struct final_row row = {.code = "",
                            .name = table_text(reader->table, block->pupil),
                            .form = table_text(reader->table, block->form),
                            .decided = DATE_NONE,
                            .year = block->year,
                            .line = reader->row.line};
    row.subject = table_text(reader->table, reader_name(reader, subject, block->subject));
    size_t first = reader->out->count;
    for (size_t i = 0; i < tabel->width; i++) {
        struct cell cell = netschool_cell(reader, i);
        if (!tabel->finals[i] || tabel->periods[i] == 0)
            continue;
        row.period = tabel->periods[i];
        if (cell.size == 0) {
            reader_empty_final(reader, &row);
            continue;
        }
        row.mark = read_mark(tabel, cell, (int32_t)i);
        if (row.mark == NULL)
            continue;
        if (school_without_marks(reader->school, row.form))
            reader_tell(reader, DIAG_ERROR, (int32_t)i, _("the class %s has no marks, so it can't have finals"),
                        row.form);
        const char *key = arena_format(reader->arena, "%s\n%s\n%s\n%d\n%d", row.form, row.name, row.subject,
                                       (int)row.period, (int)row.year);
        bool fresh = reader_once(reader, key);
        if (!fresh && row.period == FINAL_EXAM)
            reader_tell(reader, DIAG_NOTE, (int32_t)i, _("of two exam marks of a subject the first is read"));
        else if (!fresh)
            reader_tell(reader, DIAG_ERROR, (int32_t)i,
                        _("the pupil has a second final of this subject and period: keep one of the two"));
        if (fresh)
            add_final(tabel, row);
    }
    if (!reader_row_done(reader))
        reader->out->count = first;
}

/* A row of a subject is numbered in its first cell, where there is one before the subject. */
static bool is_subject(const struct tabel *tabel)
{
    const struct reader *reader = tabel->reader;
    int32_t number = 0;
    if (netschool_cell(reader, (size_t)tabel->block.subject).size == 0)
        return false;
    return tabel->block.subject == 0 || cells_number(netschool_cell(reader, 0), &number);
}

static void read_row(struct tabel *tabel)
{
    struct reader *reader = tabel->reader;
    reader->bad = false;
    enum netschool_row row = netschool_take(&tabel->block);
    if (row == NETSCHOOL_HEADER) {
        begin_header(tabel);
    } else if (tabel->block.subject < 0 || row == NETSCHOOL_EMPTY || row == NETSCHOOL_LABELS) {
        tabel->head = tabel->head && row == NETSCHOOL_EMPTY;
    } else if (!is_subject(tabel)) {
        if (tabel->head)
            go_on_header(tabel);
    } else if (!tabel->head || end_header(tabel)) {
        read_subject(tabel);
    }
}

void tabel_read(struct reader *reader)
{
    struct tabel tabel = {.reader = reader, .block = netschool_start(reader)};
    struct export *out = reader->out;
    out->kind = EXPORT_FINALS;
    out->by_name = true;
    out->by_pupil = true;
    while (rows_next(reader->rows, &reader->row))
        read_row(&tabel);
    if (tabel.block.headers == 0)
        reader_refuse(reader, 0, 0, _("the report has no table: no row begins with «Предмет»"));
    out->rows.finals = arena_keep(reader->arena, tabel.rows, out->count * sizeof *tabel.rows);
    out->state = tabel.block.state;
    mem_free(tabel.periods);
    mem_free(tabel.finals);
}
