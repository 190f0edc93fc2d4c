#include "intake/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "intake/table.h"
#include "settings/form.h"

#define TELL_MOST 2048 /* bytes */

static void tell(struct reader *reader, enum diag_level level, struct place place, const char *format, va_list args)
{
    char text[TELL_MOST] = "";
    if (vsnprintf(text, sizeof text, format, args) >= TELL_MOST) {
        size_t end = TELL_MOST - sizeof "…";
        while (((unsigned char)text[end] & 0xC0) == 0x80)
            end--;
        memcpy(text + end, "…", sizeof "…");
    }
    diag_add(reader->diag, level, reader->file, place.line, place.column, "%s", text);
}

void reader_tell(struct reader *reader, enum diag_level level, int32_t cell, const char *format, ...)
{
    struct place place = {reader->row.line, 0};
    if (cell >= 0 && diag_count(reader->diag, level) < DIAG_KEPT)
        place = rows_place(reader->rows, (size_t)cell);
    va_list args;
    va_start(args, format);
    tell(reader, level, place, format, args);
    va_end(args);
    reader->bad = reader->bad || level == DIAG_ERROR;
}

void reader_tell_line(struct reader *reader, enum diag_level level, int32_t line, int32_t cell, const char *format, ...)
{
    struct place place = {line, 0};
    if (cell >= 0 && diag_count(reader->diag, level) < DIAG_KEPT)
        place = rows_place_at(reader->rows, line, (size_t)cell);
    va_list args;
    va_start(args, format);
    tell(reader, level, place, format, args);
    va_end(args);
}

void reader_refuse(struct reader *reader, int32_t line, int32_t column, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tell(reader, DIAG_ERROR, (struct place){line, column}, format, args);
    va_end(args);
    reader->refused = true;
}

bool reader_once(struct reader *reader, const char *what)
{
    bool fresh = false;
    table_slot(reader->table, ROLE_ONCE, what, strlen(what), &fresh);
    return fresh;
}

bool reader_has(const struct reader *reader, enum column column)
{
    return reader->cell[column] != CELL_NONE;
}

struct cell reader_cell(const struct reader *reader, enum column column)
{
    int32_t cell = reader->cell[column];
    if (cell >= 0 && (size_t)cell < reader->row.count) {
        struct cell raw = reader->row.cells[cell];
        if (raw.size == 0)
            return raw;
        unsigned char first = (unsigned char)raw.text[0], last = (unsigned char)raw.text[raw.size - 1];
        return first <= ' ' || first == 0xC2 || last <= ' ' || last == 0xA0 ? cells_trim(raw) : raw;
    }
    return cell == CELL_CONSTANT ? reader->constant[column] : (struct cell){"", 0};
}

static const char *printable(struct reader *reader, struct cell cell)
{
    enum { SHOWN_MOST = 40 };
    const char *text = text_printable(reader->arena, arena_copy_n(reader->arena, cell.text, cell.size));
    const char *end = text;
    for (int n = 0; n < SHOWN_MOST && *end != '\0'; n++)
        text_next(&end);
    return *end == '\0' ? text : arena_format(reader->arena, "%.*s…", (int)(end - text), text);
}

static bool is_letter(uint32_t code)
{
    return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z') || (code >= 0xC0 && code < 0x530);
}

static bool is_small_letter(uint32_t code)
{
    return (code >= 0x430 && code < 0x460) || (code >= 'a' && code <= 'z') || code == 0x4E7;
}

static bool is_capital(const char *at)
{
    uint32_t code = text_next(&at);
    return is_letter(code) && !is_small_letter(code);
}

/* The word at `at`, and how many letters it has; as a name is written: a capital, and small ones. */
static const char *take_word(const char *at, size_t *letters, bool *like_name)
{
    const char *next = at;
    uint32_t first = text_next(&next), second = 0;
    *letters = 0;
    for (uint32_t code = first; is_letter(code); code = text_next(&next)) {
        second = ++*letters == 2 ? code : second;
        at = next;
    }
    *like_name = *letters > 1 && !is_small_letter(first) && is_small_letter(second);
    return at;
}

const char *reader_shown(struct reader *reader, struct cell cell)
{
    enum { WORD_LEAST = 4 };
    const char *at = printable(reader, cell);
    struct buffer out = {0};
    if (cells_is_excel_error(cell) && strchr(at, ' ') == NULL)
        return at;
    while (*at != '\0') {
        const char *word = at;
        size_t letters = 0;
        bool like_name = false, hidden = false;
        const char *behind = take_word(at, &letters, &like_name);
        text_next(&at);
        hidden = like_name || (letters >= WORD_LEAST && (*word < 'a' || *word > 'z'));
        buffer_add(&out, word, (size_t)((letters == 0 || hidden ? at : behind) - word));
        if (hidden)
            buffer_text(&out, "…");
        at = letters == 0 ? at : behind;
    }
    const char *shown = out.size == 0 ? "" : arena_copy_n(reader->arena, out.data, out.size);
    buffer_free(&out);
    return shown;
}

const char *reader_shown_name(struct reader *reader, struct cell cell)
{
    enum { CAPITALS_LEAST = 3 };
    const char *text = printable(reader, cell);
    int names = 0;
    for (const char *at = text; *at != '\0';) {
        size_t letters = 0;
        bool like_name = false;
        const char *behind = take_word(at, &letters, &like_name);
        names += like_name || (letters >= CAPITALS_LEAST && is_capital(at));
        text_next(&at);
        at = letters == 0 ? at : behind;
    }
    return names > 1 ? reader_shown(reader, cell) : text;
}

const char *reader_column_name(const struct reader *reader, enum column column)
{
    const struct kind *kind = kinds_lookup(reader->out->kind);
    for (size_t i = 0; kind != NULL && i < kind->count; i++) {
        if (kind->columns[i].column == column)
            return arena_format(reader->arena, "%s («%s»)", kind->columns[i].name, kind->columns[i].russian);
    }
    return "";
}

/* A text seen for the first time: what had to be changed in it is noted once. */
static symbol clean(struct reader *reader, struct cell cell, int32_t number)
{
    struct cells_found found = {0};
    const char *text = cells_clean(reader->arena, cell, &found);
    if (found.control)
        reader_tell(reader, DIAG_NOTE, number, _("the cell holds control characters, each was replaced by U+FFFD"));
    if (found.latin_o)
        reader_tell(reader, DIAG_NOTE, number,
                    _("a Latin Ö stands in a Cyrillic word and was kept; in Komi it should be Ӧ (U+04E6, U+04E7)"));
    if (found.latin)
        reader_tell(reader, DIAG_NOTE, number,
                    _("a Latin letter that only looks right stands in a Cyrillic word: taken for the Cyrillic one"));
    if (found.lost_letter && reader->cp1251)
        reader_tell(reader, DIAG_NOTE, number,
                    _("a question mark stands inside a word: Windows-1251 has no Ӧ; save the export in UTF-8"));
    return table_symbol(reader->table, text, strlen(text));
}

symbol reader_symbol_of(struct reader *reader, struct cell cell, int32_t number)
{
    symbol value = 0;
    if (cell.size > 0 && cell.text[0] == '#' && cells_is_excel_error(cell))
        reader_tell(reader, DIAG_ERROR, number,
                    _("'%s' is an error of Excel: mend the cell in the table and save again"),
                    reader_shown(reader, cell));
    if (table_has_symbol(reader->table, cell.text, cell.size, &value))
        return value;
    if (cells_is_plain(cell))
        return table_symbol(reader->table, cell.text, cell.size);
    bool fresh = false;
    uint32_t *slot = table_slot(reader->table, ROLE_UNCLEAN, cell.text, cell.size, &fresh);
    if (!fresh)
        return *slot;
    value = clean(reader, cell, number);
    *table_slot(reader->table, ROLE_UNCLEAN, cell.text, cell.size, &fresh) = value;
    return value;
}

/* Characters that a column may have: what stands in headings and narrow columns must fit there. 0: any number. */
static size_t most_of(enum column column)
{
    switch (column) {
    case COLUMN_CLASS:
    case COLUMN_ROOM:
        return 40;
    case COLUMN_CODE:
        return 64;
    case COLUMN_PUPIL:
    case COLUMN_SUBJECT:
    case COLUMN_TEACHER:
    case COLUMN_RECIPIENT:
        return READER_NAME_MOST;
    case COLUMN_WORK:
        return 300;
    case COLUMN_ADDRESS:
        return 500;
    default:
        return 0;
    }
}

static void check_length(struct reader *reader, struct cell cell, int32_t number, size_t most)
{
    size_t length = 0;
    if (most == 0 || cell.size <= most)
        return;
    for (size_t i = 0; i < cell.size; i++)
        length += ((unsigned char)cell.text[i] & 0xC0) != 0x80;
    if (length > most)
        reader_tell(reader, DIAG_ERROR, number,
                    _("%zu characters stand here, at most %zu fit: a quote or a delimiter before them may be missing"),
                    length, most);
}

symbol reader_name(struct reader *reader, struct cell cell, int32_t number)
{
    check_length(reader, cell, number, READER_NAME_MOST);
    return reader_symbol_of(reader, cell, number);
}

symbol reader_symbol(struct reader *reader, enum column column)
{
    struct cell cell = reader_cell(reader, column);
    if (cell.size == 0)
        return 0;
    check_length(reader, cell, reader->cell[column], most_of(column));
    symbol last = reader->last[column].value;
    if (last != 0 && reader->last[column].size == cell.size && cell.text[0] != '#' &&
        memcmp(table_text(reader->table, last), cell.text, cell.size) == 0)
        return last;
    symbol value = reader_symbol_of(reader, cell, reader->cell[column]);
    const char *text = table_text(reader->table, value);
    bool same = strlen(text) == cell.size && memcmp(text, cell.text, cell.size) == 0;
    reader->last[column].value = same ? value : 0;
    reader->last[column].size = cell.size;
    return value;
}

const char *reader_form(struct reader *reader, struct cell cell, int32_t number)
{
    check_length(reader, cell, number, most_of(COLUMN_CLASS));
    const char *text = table_text(reader->table, reader_symbol_of(reader, cell, number));
    const char *form = form_canonical(reader->arena, text);
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    if (strpbrk(text, letters) != NULL && strpbrk(form, letters) == NULL &&
        reader_once(reader, arena_format(reader->arena, "Latin class %s", text)))
        reader_tell(reader, DIAG_NOTE, number, _("the class '%s' is written with a Latin letter: taken as '%s'"),
                    text_printable(reader->arena, text), form);
    return form;
}

const char *reader_text(struct reader *reader, enum column column)
{
    return table_text(reader->table, reader_symbol(reader, column));
}

bool reader_required(struct reader *reader, enum column column, symbol *out)
{
    *out = reader_symbol(reader, column);
    if (*out != 0)
        return true;
    reader_tell(reader, DIAG_ERROR, reader->cell[column], _("the column %s must not be empty"),
                reader_column_name(reader, column));
    return false;
}

static const char *date_example(const struct reader *reader)
{
    static const char *const examples[] = {N_("2026-11-16 or 16.11.2026"), "2026-11-16", "16.11.2026", "16.11.26"};
    return reader->date_form == DATE_FORM_ANY ? _(examples[0]) : examples[reader->date_form];
}

bool reader_date(struct reader *reader, enum column column, bool required, int32_t *out)
{
    struct cell cell = reader_cell(reader, column);
    *out = DATE_NONE;
    if (cell.size == 0 && !required)
        return true;
    if (cells_date(cell, reader->date_form, out))
        return true;
    *out = DATE_NONE;
    int32_t at = reader->cell[column];
    if (cell.size == 0)
        reader_tell(reader, DIAG_ERROR, at, _("the date is missing: write it as %s"), date_example(reader));
    else if (cells_is_serial(cell))
        reader_tell(reader, DIAG_ERROR, at,
                    _("'%s' is Excel's number of a day: give the column the format of a date and save again"),
                    reader_shown(reader, cell));
    else
        reader_tell(reader, DIAG_ERROR, at, _("'%s' is not a date: write it as %s"), reader_shown(reader, cell),
                    date_example(reader));
    return false;
}

bool reader_code(struct reader *reader, symbol *out)
{
    struct cell cell = reader_cell(reader, COLUMN_CODE);
    *out = reader_symbol(reader, COLUMN_CODE);
    bool words = cells_is_words(cell);
    if (!words && !cells_is_mangled_id(cell))
        return true;
    const char *shown = reader_shown(reader, cell);
    if (words)
        reader_tell(reader, DIAG_ERROR, reader->cell[COLUMN_CODE],
                    _("'%s' can't be a pupil's id, as it is words: give the id, or leave the cell empty where the name "
                      "is unique in the class"),
                    shown);
    else if (cell.text[0] == '\'')
        reader_tell(reader, DIAG_ERROR, reader->cell[COLUMN_CODE],
                    _("the pupil's id %s begins with an apostrophe that Excel has left: take it off"), shown);
    else
        reader_tell(reader, DIAG_ERROR, reader->cell[COLUMN_CODE],
                    _("Excel has made a rounded number of the pupil's id (%s): give the column the format of a text "
                      "and export again"),
                    shown);
    return false;
}

int32_t reader_year_of(const struct reader *reader, int32_t day)
{
    struct arena *scratch = arena_new();
    int32_t year = school_year_of(reader->school, scratch, day)->year;
    arena_free(scratch);
    return year;
}

static bool is_empty(const struct row *row, size_t from)
{
    for (size_t i = from; i < row->count; i++) {
        if (row->cells[i].size > 0 && cells_trim(row->cells[i]).size > 0)
            return false;
    }
    return true;
}

/* True where each named cell of the row says the name of its column. */
static bool is_header(const struct reader *reader, const struct kind *kind)
{
    size_t same = 0;
    struct arena *scratch = arena_new();
    for (size_t i = 0; i < kind->count; i++) {
        enum column column = kind->columns[i].column;
        struct cell cell = reader_cell(reader, column);
        if (reader->cell[column] < 0)
            continue;
        enum column named = COLUMN_COUNT;
        if (cell.size > 0 && cell.size < 200)
            named = kinds_column(kind, reader->profile, scratch, kinds_fold(scratch, cell.text, cell.size));
        if (named != column) {
            same = 0;
            break;
        }
        same++;
    }
    arena_free(scratch);
    return same > 1;
}

/* The first named cell begins like its column's name: worth a closer look. */
static bool may_be_header(const struct reader *reader, const struct kind *kind)
{
    for (size_t i = 0; i < kind->count; i++) {
        enum column column = kind->columns[i].column;
        if (reader->cell[column] < 0)
            continue;
        struct cell cell = reader_cell(reader, column);
        return cell.size > 0 && (cell.text[0] < '0' || cell.text[0] > '9');
    }
    return false;
}

bool reader_next(struct reader *reader)
{
    const struct kind *kind = kinds_lookup(reader->out->kind);
    while (rows_next(reader->rows, &reader->row)) {
        reader->bad = false;
        if (is_empty(&reader->row, 0))
            continue;
        if (may_be_header(reader, kind) && is_header(reader, kind)) {
            reader_tell(
                reader, DIAG_ERROR, CELL_ROW,
                _("the header row stands here again: two exports were joined; give each as a file of its own, or "
                  "take this row out"));
        } else if (reader->row.count < reader->width) {
            reader_tell(reader, DIAG_ERROR, (int32_t)reader->row.count,
                        _("the row has %zu cells, the header %zu: a delimiter is missing"), reader->row.count,
                        reader->width);
        } else if (reader->row.count > reader->width && !is_empty(&reader->row, reader->width)) {
            reader_tell(reader, DIAG_ERROR, (int32_t)reader->width,
                        _("the row has %zu cells, the header %zu: a delimiter too many, or a text that holds it is not "
                          "in quotes"),
                        reader->row.count, reader->width);
        } else {
            return true;
        }
        reader->out->rejected++;
        reader_put_aside(reader, (struct lesson_row){.day = DATE_NONE});
    }
    return false;
}

void reader_put_aside(struct reader *reader, struct lesson_row row)
{
    struct export *out = reader->out;
    out->aside = arena_grow(reader->arena, out->aside, out->aside_count, &out->aside_room, sizeof *out->aside);
    out->aside[out->aside_count++] = row;
}

int32_t reader_pupil_column(const struct reader *reader)
{
    enum column column = reader_cell(reader, COLUMN_CODE).size > 0 ? COLUMN_CODE : COLUMN_PUPIL;
    return reader->cell[column] < 0 ? 0 : rows_place(reader->rows, (size_t)reader->cell[column]).column;
}

void reader_empty_final(struct reader *reader, const struct final_row *row)
{
    struct export *out = reader->out;
    const char *code = row->form[0] == '\0' ? row->code : "", *name = out->by_pupil ? row->name : "";
    if (!reader_once(reader, arena_format(reader->arena, "empty final\n%s\n%s\n%s\n%d\n%d", row->form, code, name,
                                          (int)row->period, (int)row->year)))
        return;
    out->empty = arena_grow(reader->arena, out->empty, out->empty_count, &out->empty_room, sizeof *out->empty);
    out->empty[out->empty_count++] =
        (struct empty_final){.form = row->form, .code = code, .name = name, .period = row->period, .year = row->year};
}

bool reader_row_done(struct reader *reader)
{
    if (reader->bad)
        reader->out->rejected++;
    return !reader->bad;
}
