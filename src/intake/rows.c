#include "intake/rows.h"

#include <csv.h>
#include <string.h>

#include "base/diag.h"
#include "base/i18n.h"
#include "base/mem.h"

#define ROW_BYTES_MOST ((size_t)1 << 20)
#define BROKEN_MOST    ((size_t)50) /* unreadable rows before the rest of the file is left alone */
#define PROBE_LINES    20

struct rows {
    const char *file;
    const char *text, *end;
    const char *first; /* of the first row */
    int32_t first_line;
    const char *at;  /* of the next line */
    int32_t line;    /* its number */
    const char *row; /* of the current row */
    int32_t row_line;
    const char *sought; /* rows_place_at: start of sought_line */
    int32_t sought_line;
    char delimiter;
    bool hushed; /* what is wrong is told in a later pass */
    size_t broken;
    struct diag *diag;

    struct csv_parser parser;
    bool row_done;
    struct buffer text_of_row; /* cells that came through the parser */
    size_t *ends;              /* end of each in text_of_row */
    size_t end_count, end_room;
    struct cell *cells;
    size_t count, room;
};

static void take_cell(void *text, size_t size, void *data)
{
    struct rows *rows = data;
    buffer_add(&rows->text_of_row, text, size);
    rows->ends = mem_grow(rows->ends, rows->end_count, &rows->end_room, sizeof *rows->ends);
    rows->ends[rows->end_count++] = rows->text_of_row.size;
}

static void take_row(int c, void *data)
{
    (void)c;
    ((struct rows *)data)->row_done = true;
}

static const char *line_end(const struct rows *rows, const char *at)
{
    const char *end = memchr(at, '\n', (size_t)(rows->end - at));
    return end == NULL ? rows->end : end + 1;
}

/* CR too: it may stand before the end of a line, and alone it ends none. */
static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Past the cell at `at`, which may run over lines: at the delimiter, the end of the line or of the text. *open: its
 * quote is never closed. */
static const char *skip_cell(const struct rows *rows, const char *at, bool *open)
{
    *open = false;
    const char *begin = at;
    while (begin < rows->end && is_space(*begin) && *begin != rows->delimiter)
        begin++;
    if (begin < rows->end && *begin == '"') {
        for (begin++; begin < rows->end; begin++) {
            if (*begin != '"')
                continue;
            if (begin + 1 == rows->end || begin[1] != '"')
                break;
            begin++;
        }
        *open = begin == rows->end;
    }
    while (begin < rows->end && *begin != rows->delimiter && *begin != '\n')
        begin++;
    return begin;
}

static struct place place_of(const char *line_start, int32_t line, const char *at)
{
    struct place place = {line, 1};
    for (; line_start < at; line_start++) {
        if (*line_start == '\n') {
            place.line++;
            place.column = 1;
        } else if (((unsigned char)*line_start & 0xC0) != 0x80) {
            place.column++;
        }
    }
    return place;
}

static struct place place_in(const struct rows *rows, const char *row, int32_t line, size_t cell)
{
    const char *at = row;
    bool open = false;
    for (; cell > 0; cell--) {
        const char *next = skip_cell(rows, at, &open);
        at = next;
        if (next == rows->end || *next == '\n')
            break;
        at++;
    }
    return place_of(row, line, at);
}

struct place rows_place(const struct rows *rows, size_t cell)
{
    return place_in(rows, rows->row, rows->row_line, cell);
}

struct place rows_place_at(struct rows *rows, int32_t line, size_t cell)
{
    if (line < rows->sought_line || rows->sought == NULL) {
        rows->sought = rows->text;
        rows->sought_line = 1;
    }
    for (; rows->sought_line < line && rows->sought < rows->end; rows->sought_line++)
        rows->sought = line_end(rows, rows->sought);
    return place_in(rows, rows->sought, line, cell);
}

static void tell(struct rows *rows, struct place place, const char *text)
{
    if (!rows->hushed)
        diag_add(rows->diag, DIAG_ERROR, rows->file, place.line, place.column, "%s", text);
}

/* In a cell between at and next: where a quote stands that is neither at an end nor doubled; NULL where none does. */
static const char *stray_quote(const char *at, const char *next)
{
    while (at < next && is_space(*at))
        at++;
    if (at == next || *at != '"')
        return memchr(at, '"', (size_t)(next - at));
    for (at++; at < next; at++) {
        if (*at != '"')
            continue;
        if (at + 1 < next && at[1] == '"') {
            at++;
            continue;
        }
        const char *rest = at + 1;
        while (rest < next && is_space(*rest))
            rest++;
        return rest < next ? at : NULL;
    }
    return NULL;
}

/* The first cell of an unreadable row that is wrong, and in *text what is wrong with it; else the row is
 * too long. */
static const char *wrong_cell(const struct rows *rows, const char *limit, const char **text)
{
    bool open = false;
    for (const char *at = rows->row, *next; at < limit; at = next + 1) {
        next = skip_cell(rows, at, &open);
        const char *stray = open || next >= limit ? NULL : stray_quote(at, next);
        if (open || next >= limit || (stray != NULL && memchr(at, '\n', (size_t)(stray - at)) != NULL)) {
            *text = _("a quote opens here and is not closed: close it, or double each quote inside the cell");
            return at;
        }
        if (stray != NULL) {
            *text = _("a quote inside a cell is not doubled: write \"\" for it, and quotes around the whole cell");
            return at;
        }
    }
    *text = _("the row is longer than a megabyte: the end of a line may be missing");
    return rows->row;
}

/* The row can't be read: told at the cell that is wrong, and the next line begins anew. */
static void give_up(struct rows *rows)
{
    const char *text = "", *at = wrong_cell(rows, rows->at, &text);
    tell(rows, place_of(rows->row, rows->row_line, at), text);
    rows->broken++;
    rows->line = rows->row_line + 1;
    rows->at = line_end(rows, rows->row);
    if (rows->broken >= BROKEN_MOST) {
        tell(rows, (struct place){rows->line, 0},
             _("too many rows with wrong quotes: the rest of the file was not looked at"));
        rows->at = rows->end;
    }
}

static int is_space_of_parser(unsigned char c)
{
    return is_space((char)c);
}

static int is_line_end(unsigned char c)
{
    return c == '\n';
}

static void parser_start(struct rows *rows)
{
    csv_init(&rows->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
    csv_set_delim(&rows->parser, (unsigned char)rows->delimiter);
    csv_set_space_func(&rows->parser, is_space_of_parser);
    csv_set_term_func(&rows->parser, is_line_end);
}

static void parser_restart(struct rows *rows)
{
    csv_free(&rows->parser);
    parser_start(rows);
}

static void add_cell(struct rows *rows, const char *text, const char *end)
{
    if (rows->count == rows->room)
        rows->cells = mem_grow(rows->cells, rows->count, &rows->room, sizeof *rows->cells);
    rows->cells[rows->count++] = (struct cell){text, (size_t)(end - text)};
}

/* A line without quotes needs no parser. */
static void split_line(struct rows *rows, const char *at, const char *end)
{
    while (end > at && (end[-1] == '\n' || end[-1] == '\r'))
        end--;
    if (at == end)
        return;
    for (;;) {
        const char *next = memchr(at, rows->delimiter, (size_t)(end - at));
        const char *from = at, *until = next == NULL ? end : next;
        while (from < until && is_space(*from))
            from++;
        while (until > from && is_space(until[-1]))
            until--;
        add_cell(rows, from, until);
        if (next == NULL)
            return;
        at = next + 1;
    }
}

/* Feeds line after line until the row is whole. */
static bool parse_row(struct rows *rows)
{
    buffer_clear(&rows->text_of_row);
    rows->end_count = 0;
    rows->row_done = false;
    while (!rows->row_done) {
        const char *end = line_end(rows, rows->at);
        size_t size = (size_t)(end - rows->at);
        bool last = end == rows->end;
        if ((size_t)(end - rows->row) > ROW_BYTES_MOST ||
            csv_parse(&rows->parser, rows->at, size, take_cell, take_row, rows) != size ||
            (last && csv_fini(&rows->parser, take_cell, take_row, rows) != 0)) {
            if (csv_error(&rows->parser) == CSV_ENOMEM)
                mem_end();
            rows->at = end;
            parser_restart(rows);
            give_up(rows);
            return false;
        }
        rows->at = end;
        rows->line++;
        if (last)
            break;
    }
    size_t start = 0;
    for (size_t i = 0; i < rows->end_count; i++) {
        const char *text = rows->text_of_row.data;
        add_cell(rows, text + start, text + rows->ends[i]);
        start = rows->ends[i];
    }
    return true;
}

static bool fits(struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct cell *cell = &rows->cells[i];
        size_t characters = 0;
        for (size_t n = 0; cell->size > ROWS_FIELD_MOST && n < cell->size; n++)
            characters += ((unsigned char)cell->text[n] & 0xC0) != 0x80;
        if (characters > ROWS_FIELD_MOST) {
            tell(rows, rows_place(rows, i),
                 _("the cell is longer than 100,000 characters: a quote before it may be missing"));
            rows->broken++;
            return false;
        }
    }
    return true;
}

bool rows_next(struct rows *rows, struct row *out)
{
    while (rows->at < rows->end) {
        const char *end = line_end(rows, rows->at);
        rows->row = rows->at;
        rows->row_line = rows->line;
        rows->count = 0;
        size_t size = (size_t)(end - rows->at);
        if (memchr(rows->at, '"', size) == NULL) {
            split_line(rows, rows->at, end);
            rows->at = end;
            rows->line++;
        } else if (!parse_row(rows)) {
            continue;
        }
        if ((rows->at - rows->row > (ptrdiff_t)ROWS_FIELD_MOST && !fits(rows)) || rows->count == 0)
            continue;
        *out = (struct row){.cells = rows->cells, .count = rows->count, .line = rows->row_line};
        return true;
    }
    return false;
}

void rows_rewind(struct rows *rows)
{
    rows->at = rows->first;
    rows->line = rows->first_line;
    rows->broken = 0;
    parser_restart(rows);
}

void rows_hush(struct rows *rows, bool hushed)
{
    rows->hushed = hushed;
}

bool rows_broken(const struct rows *rows)
{
    return rows->broken > 0;
}

/* Excel's own line «sep=;» says the delimiter and is no row. */
static char named_delimiter(struct rows *rows)
{
    const char *end = line_end(rows, rows->at), *at = rows->at;
    bool quoted = at < end && *at == '"';
    at += quoted;
    if (end - at < 5 || (memcmp(at, "sep=", 4) != 0 && memcmp(at, "SEP=", 4) != 0))
        return 0;
    const char *rest = at + 5;
    if (quoted && rest < end && *rest == '"')
        rest++;
    while (rest < end && (*rest == '\r' || *rest == '\n' || *rest == ';' || *rest == ',' || *rest == '\t'))
        rest++;
    if (rest != end || (at[4] != ';' && at[4] != ',' && at[4] != '\t'))
        return 0;
    rows->at = end;
    rows->line++;
    return at[4];
}

/* Cells of one line for a look at it: quotes part cells, but stay. */
static void peek_line(struct rows *rows, const char *at, const char *end)
{
    bool quoted = false;
    const char *from = at;
    rows->count = 0;
    for (; at < end; at++) {
        quoted ^= *at == '"';
        if (!quoted && *at == rows->delimiter) {
            add_cell(rows, from, at);
            from = at + 1;
        }
    }
    add_cell(rows, from, end);
}

/* The delimiter under which a line of the first few knows the most columns; failing that, the most frequent one. */
static char probe_delimiter(struct rows *rows, size_t (*known)(void *, const struct row *), void *data)
{
    static const char delimiters[] = {';', ',', '\t'};
    char best = ';', frequent = ';';
    size_t best_known = 1, most = 0;
    for (size_t i = 0; i < sizeof delimiters; i++) {
        size_t total = 0;
        rows->delimiter = delimiters[i];
        const char *at = rows->at;
        for (int n = 0; n < PROBE_LINES && at < rows->end; n++) {
            const char *end = line_end(rows, at);
            peek_line(rows, at, end);
            at = end;
            total += rows->count - 1;
            struct row row = {.cells = rows->cells, .count = rows->count, .line = 1};
            size_t now = known == NULL ? 0 : known(data, &row);
            if (now > best_known) {
                best_known = now;
                best = delimiters[i];
            }
        }
        if (total > most) {
            most = total;
            frequent = delimiters[i];
        }
    }
    rows->count = 0;
    return best_known > 1 ? best : frequent;
}

struct rows *rows_open(const char *file, const struct decoded *decoded, char delimiter, int32_t skip,
                       size_t (*known)(void *data, const struct row *row), void *data, struct diag *diag)
{
    struct rows *rows = mem_alloc(sizeof *rows);
    rows->file = file;
    rows->diag = diag;
    rows->text = decoded->text;
    rows->end = decoded->text + decoded->size;
    rows->at = rows->text;
    rows->line = 1;
    char named = named_delimiter(rows);
    for (int32_t i = 0; i < skip && rows->at < rows->end; i++, rows->line++)
        rows->at = line_end(rows, rows->at);
    if (delimiter == 0)
        delimiter = named != 0 ? named : probe_delimiter(rows, known, data);
    rows->delimiter = delimiter;
    rows->first = rows->at;
    rows->first_line = rows->line;
    parser_start(rows);
    return rows;
}

void rows_free(struct rows *rows)
{
    if (rows == NULL)
        return;
    csv_free(&rows->parser);
    buffer_free(&rows->text_of_row);
    mem_free(rows->ends);
    mem_free(rows->cells);
    mem_free(rows);
}
