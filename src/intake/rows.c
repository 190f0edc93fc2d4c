#include "intake/rows.h"

#include <csv.h>
#include <string.h>

#include "base/diag.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "intake/window.h"

#define ROW_BYTES_MOST ((size_t)1 << 20)
#define BROKEN_MOST    ((size_t)50) /* unreadable rows before the rest of the file is left alone */
#define PROBE_LINES    20
#define PARSER_GROWS   ((size_t)64 << 10) /* bytes by which its room for a cell grows: libcsv's own are 128 */

struct rows {
    const char *file;
    struct encoded encoded;
    struct window window;
    struct window sought; /* rows_place_at: a reading of its own */
    int32_t first_line;   /* of the first row */
    int32_t row_line;     /* of the current row */
    char delimiter;
    bool hushed; /* what is wrong is told in a later pass */
    bool over;   /* the rest is left alone */
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

/* CR too: it may stand before the end of a line, and alone it ends none. */
static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Past the cell at `at`, which may run over lines: at the delimiter, the end of the line or `end`. *open: its quote is
 * not closed. */
static const char *skip_cell(const char *at, const char *end, char delimiter, bool *open)
{
    *open = false;
    while (at < end && is_space(*at) && *at != delimiter)
        at++;
    if (at < end && *at == '"') {
        for (at++; at < end; at++) {
            if (*at != '"')
                continue;
            if (at + 1 == end || at[1] != '"')
                break;
            at++;
        }
        *open = at == end;
    }
    while (at < end && *at != delimiter && *at != '\n')
        at++;
    return at;
}

static struct place place_of(const char *row, int32_t line, const char *at)
{
    struct place place = {line, 1};
    place_advance(&place, row, (size_t)(at - row));
    return place;
}

/* The place of a cell of the row that begins at `row`, and ends before `end`. */
static struct place place_in(const char *row, const char *end, int32_t line, char delimiter, size_t cell)
{
    const char *at = row;
    bool open = false;
    for (; cell > 0; cell--) {
        at = skip_cell(at, end, delimiter, &open);
        if (at == end || *at == '\n')
            break;
        at++;
    }
    return place_of(row, line, at);
}

struct place rows_place(const struct rows *rows, size_t cell)
{
    const struct window *window = &rows->window;
    const char *text = window->text.data;
    return place_in(text + window->row, text + window->at, rows->row_line, rows->delimiter, cell);
}

struct place rows_place_at(struct rows *rows, int32_t line, size_t cell)
{
    struct window *window = &rows->sought;
    if (window->decoding == NULL || line < window->line)
        window_rewind(window, &rows->encoded);
    window_seek(window, line);
    size_t end = window_line(window), size = end - window->at;
    if (memchr(window->text.data + window->at, '"', size) != NULL) {
        while (window->text.size - window->row < ROW_BYTES_MOST && window_more(window))
            continue;
        end = window->text.size;
    }
    return place_in(window->text.data + window->at, window->text.data + end, line, rows->delimiter, cell);
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

/* The first cell of an unreadable row that is wrong, and in *text what is wrong with it; else the row is too long. */
static const char *wrong_cell(const char *row, const char *limit, char delimiter, const char **text)
{
    bool open = false;
    for (const char *at = row, *next; at < limit; at = next + 1) {
        next = skip_cell(at, limit, delimiter, &open);
        const char *stray = open || next == limit ? NULL : stray_quote(at, next);
        if (open || next == limit || (stray != NULL && memchr(at, '\n', (size_t)(stray - at)) != NULL)) {
            *text = _("a quote opens here and is not closed: close it, or double each quote inside the cell");
            return at;
        }
        if (stray != NULL) {
            *text = _("a quote inside a cell is not doubled: write \"\" for it, and quotes around the whole cell");
            return at;
        }
    }
    *text = _("the row is longer than a megabyte: the end of a line may be missing");
    return row;
}

/* The row can't be read: told at the cell that is wrong, and the next line begins anew. */
static void give_up(struct rows *rows)
{
    struct window *window = &rows->window;
    const char *data = window->text.data, *row = data + window->row, *text = "";
    const char *at = wrong_cell(row, data + window->at, rows->delimiter, &text);
    tell(rows, place_of(row, rows->row_line, at), text);
    rows->broken++;
    window->line = rows->row_line + 1;
    const char *end = memchr(row, '\n', window->at - window->row);
    window->at = end == NULL ? window->at : (size_t)(end + 1 - data);
    if (rows->broken >= BROKEN_MOST) {
        tell(rows, (struct place){window->line, 0},
             _("too many rows with wrong quotes: the rest of the file was not looked at"));
        rows->over = true;
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
    csv_set_blk_size(&rows->parser, PARSER_GROWS);
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
    struct window *window = &rows->window;
    buffer_clear(&rows->text_of_row);
    rows->end_count = 0;
    rows->row_done = false;
    for (bool last = false; !rows->row_done && !last;) {
        size_t end = window_line(window), size = end - window->at;
        const char *line = window->text.data + window->at;
        last = size == 0 || line[size - 1] != '\n';
        window->at = end;
        if (end - window->row > ROW_BYTES_MOST ||
            csv_parse(&rows->parser, line, size, take_cell, take_row, rows) != size ||
            (last && csv_fini(&rows->parser, take_cell, take_row, rows) != 0)) {
            if (csv_error(&rows->parser) == CSV_ENOMEM)
                mem_end();
            parser_restart(rows);
            give_up(rows);
            return false;
        }
        window->line++;
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
    struct window *window = &rows->window;
    while (!rows->over) {
        window->row = window->at;
        rows->row_line = window->line;
        rows->count = 0;
        size_t end = window_line(window), size = end - window->at;
        const char *line = window->text.data + window->at;
        if (size == 0)
            return false;
        if (memchr(line, '"', size) == NULL) {
            split_line(rows, line, line + size);
            window->at = end;
            window->line++;
        } else if (!parse_row(rows)) {
            continue;
        }
        if ((window->at - window->row > ROWS_FIELD_MOST && !fits(rows)) || rows->count == 0)
            continue;
        *out = (struct row){.cells = rows->cells, .count = rows->count, .line = rows->row_line};
        return true;
    }
    return false;
}

void rows_rewind(struct rows *rows)
{
    window_rewind(&rows->window, &rows->encoded);
    window_seek(&rows->window, rows->first_line);
    rows->over = false;
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
static char named_delimiter(struct window *window)
{
    size_t size = window_lines(window, 1) - window->at;
    const char *at = window->text.data + window->at, *end = at + size;
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
    char delimiter = at[4];
    window_skip(window);
    return delimiter;
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
    size_t best_known = 1, most = 0, until = window_lines(&rows->window, PROBE_LINES);
    const char *begin = rows->window.text.data + rows->window.at, *end = rows->window.text.data + until;
    for (size_t i = 0; i < sizeof delimiters; i++) {
        size_t total = 0;
        rows->delimiter = delimiters[i];
        for (const char *at = begin, *next; at < end; at = next) {
            const char *feed = memchr(at, '\n', (size_t)(end - at));
            next = feed == NULL ? end : feed + 1;
            peek_line(rows, at, next);
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

struct rows *rows_open(const char *file, const struct encoded *encoded, char delimiter, int32_t skip,
                       size_t (*known)(void *data, const struct row *row), void *data, struct diag *diag)
{
    struct rows *rows = mem_alloc(sizeof *rows);
    rows->file = file;
    rows->diag = diag;
    rows->encoded = *encoded;
    window_rewind(&rows->window, &rows->encoded);
    char named = named_delimiter(&rows->window);
    for (int32_t i = 0; i < skip && window_skip(&rows->window); i++)
        continue;
    if (delimiter == 0)
        delimiter = named != 0 ? named : probe_delimiter(rows, known, data);
    rows->delimiter = delimiter;
    rows->first_line = rows->window.line;
    parser_start(rows);
    return rows;
}

void rows_free(struct rows *rows)
{
    if (rows == NULL)
        return;
    window_free(&rows->window);
    window_free(&rows->sought);
    csv_free(&rows->parser);
    buffer_free(&rows->text_of_row);
    mem_free(rows->ends);
    mem_free(rows->cells);
    mem_free(rows);
}
