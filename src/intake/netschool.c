#include "intake/netschool.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "intake/table.h"

#define SHAPE_ROWS      40
#define LEGEND_CODE_MAX 5 /* characters */

struct cell netschool_cell(const struct reader *reader, size_t cell)
{
    if (cell >= reader->row.count)
        return (struct cell){"", 0};
    return cells_trim(reader->row.cells[cell]);
}

const char *netschool_folded(const struct reader *reader, struct cell cell)
{
    enum { FOLDED_MOST = 400 }; /* bytes; longer cells hold no label */
    return text_fold(reader->arena, arena_copy_n(reader->arena, cell.text, cell.size < FOLDED_MOST ? cell.size : 0));
}

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* What stands alone in a row, as a title does; empty: nothing, or several cells. */
static struct cell title_of(const struct row *row)
{
    struct cell title = {"", 0};
    for (size_t i = 0; i < row->count; i++) {
        struct cell cell = cells_trim(row->cells[i]);
        if (cell.size > 0 && title.size > 0)
            return (struct cell){"", 0};
        title = cell.size > 0 ? cell : title;
    }
    return title;
}

enum profile_shape netschool_shape(struct rows *rows)
{
    enum profile_shape shape = SHAPE_LONG;
    struct arena *scratch = arena_new();
    struct row row = {0};
    rows_hush(rows, true);
    for (int n = 0; n < SHAPE_ROWS && shape == SHAPE_LONG && rows_next(rows, &row); n++) {
        struct cell title = title_of(&row);
        if (title.size == 0 || title.size > 1000)
            continue;
        const char *folded = text_fold(scratch, arena_copy_n(scratch, title.text, title.size));
        if (begins(folded, "отчет об успеваемости и посещаемости"))
            shape = SHAPE_NETSCHOOL_REPORT;
        else if (begins(folded, "табель успеваемости"))
            shape = SHAPE_NETSCHOOL_TABEL;
    }
    arena_free(scratch);
    rows_hush(rows, false);
    rows_rewind(rows);
    return shape;
}

struct netschool netschool_start(struct reader *reader)
{
    return (struct netschool){.reader = reader, .period = {DATE_NONE, DATE_NONE}, .subject = CELL_NONE, .state = ""};
}

/* The days in a text such as «с 1.09.21 по 30.10.21»; the number found, at most two. */
static int find_days(const char *text, size_t size, int32_t days[2])
{
    int found = 0;
    for (size_t at = 0; at < size && found < 2;) {
        size_t end = at;
        while (end < size && ((text[end] >= '0' && text[end] <= '9') || text[end] == '.'))
            end++;
        if (end > at && cells_date((struct cell){text + at, end - at}, DATE_FORM_ANY, &days[found]))
            found++;
        at = end == at ? at + 1 : end;
    }
    return found;
}

static void take_year(struct netschool *block, const char *value, size_t size)
{
    struct span none = {DATE_NONE, DATE_NONE};
    block->form = 0;
    block->pupil = 0;
    block->period = none;
    block->subject = CELL_NONE;
    block->year = 0;
    for (size_t i = 0; i < size && block->year < 1000; i++) {
        bool digit = value[i] >= '0' && value[i] <= '9';
        block->year = digit ? block->year * 10 + (value[i] - '0') : 0;
    }
    if (block->year < 1990 || block->year > 2100)
        block->year = 0;
}

static void take_form(struct netschool *block, struct cell value, int32_t number)
{
    struct reader *reader = block->reader;
    const char *form = reader_form(reader, value, number);
    block->form = table_symbol(reader->table, form, strlen(form));
}

static void take_period(struct netschool *block, struct cell value, int32_t number)
{
    int32_t days[2] = {DATE_NONE, DATE_NONE};
    if (find_days(value.text, value.size, days) == 2 && days[0] <= days[1])
        block->period = (struct span){days[0], days[1]};
    else
        reader_tell(block->reader, DIAG_WARNING, number,
                    _("the period does not say its first and last day: the report is taken to cover the days of its "
                      "columns"));
}

/* «Состояние на 14.11.21 19:10:10» */
static void take_state(struct netschool *block, struct cell value)
{
    int32_t days[2] = {DATE_NONE, DATE_NONE};
    if (find_days(value.text, value.size, days) == 0)
        return;
    const char *text = arena_copy_n(block->reader->arena, value.text, value.size);
    const char *colon = strchr(text, ':');
    const char *time = "00:00:00";
    if (colon != NULL && colon - text >= 2) {
        const char *from = colon - 1;
        while (from > text && from[-1] >= '0' && from[-1] <= '9')
            from--;
        size_t size = strspn(from, "0123456789:");
        if (size == 8 || size == 7)
            time = arena_format(block->reader->arena, "%s%.*s", size == 7 ? "0" : "", (int)size, from);
    }
    char day[DATE_TEXT];
    const char *state = arena_format(block->reader->arena, "%s %s", date_format(day, days[0]), time);
    if (strcmp(state, block->state) > 0)
        block->state = state;
}

/* One line of a cell: true where it is a label. */
static bool take_label(struct netschool *block, struct cell line, int32_t number)
{
    struct reader *reader = block->reader;
    const char *colon = memchr(line.text, ':', line.size);
    const char *folded = netschool_folded(reader, line);
    if (begins(folded, "состояние на")) {
        take_state(block, line);
        return true;
    }
    if (colon == NULL)
        return false;
    struct cell value = {colon + 1, (size_t)(line.text + line.size - colon - 1)};
    value = cells_trim(value);
    for (size_t next = (size_t)number + 1; value.size == 0 && next < reader->row.count; next++)
        value = netschool_cell(reader, next);
    if (begins(folded, "учебный год:")) {
        take_year(block, value.text, value.size);
    } else if (begins(folded, "класс:")) {
        take_form(block, value, number);
    } else if (begins(folded, "период:")) {
        take_period(block, value, number);
    } else if (begins(folded, "ученик:") || begins(folded, "учащийся:")) {
        block->pupil = reader_name(reader, value, number);
        block->subject = CELL_NONE;
        block->line = reader->row.line;
    } else {
        return false;
    }
    return true;
}

static bool take_labels(struct netschool *block, struct cell cell, int32_t number)
{
    bool any = false;
    const char *at = cell.text, *end = cell.text + cell.size;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (stop == NULL)
            stop = end;
        any = take_label(block, cells_trim((struct cell){at, (size_t)(stop - at)}), number) || any;
        at = stop + 1;
    }
    return any;
}

/* The reason that a legend's words name; REASON_PRESENT: none. */
static enum reason reason_of(const char *folded)
{
    static const struct {
        const char *part;
        enum reason reason;
    } parts[] = {{"неуваж", REASON_UNEXCUSED}, {"уваж", REASON_EXCUSED},      {"болез", REASON_ILL},
                 {"болен", REASON_ILL},        {"опозд", REASON_LATE},        {"освоб", REASON_RELEASED},
                 {"отсутств", REASON_ABSENT},  {"без причин", REASON_ABSENT}, {"прогул", REASON_UNEXCUSED}};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (strstr(folded, parts[i].part) != NULL)
            return parts[i].reason;
    }
    return REASON_PRESENT;
}

bool netschool_legend(struct reader *reader, struct attendance_code *out)
{
    struct cell cells[2] = {{"", 0}, {"", 0}};
    size_t count = 0;
    for (size_t i = 0; i < reader->row.count; i++) {
        struct cell cell = netschool_cell(reader, i);
        if (cell.size == 0)
            continue;
        if (count == 2)
            return false;
        cells[count++] = cell;
    }
    if (count != 2 || cells[0].size > 4 * LEGEND_CODE_MAX)
        return false;
    const char *code = netschool_folded(reader, cells[0]);
    enum reason reason = reason_of(netschool_folded(reader, cells[1]));
    if (reason == REASON_PRESENT || text_length(code) > LEGEND_CODE_MAX || (*code >= '0' && *code <= '9'))
        return false;
    *out = (struct attendance_code){
        .code = code, .shown = arena_copy_n(reader->arena, cells[0].text, cells[0].size), .reason = reason};
    return true;
}

bool netschool_is_header(const struct reader *reader, int32_t *subject)
{
    enum { FIRST_CELLS = 3 };
    for (size_t i = 0; i < FIRST_CELLS; i++) {
        struct cell cell = netschool_cell(reader, i);
        if (cell.size != strlen("Предмет") || strcmp(netschool_folded(reader, cell), "предмет") != 0)
            continue;
        *subject = (int32_t)i;
        return true;
    }
    return false;
}

enum netschool_row netschool_take(struct netschool *block)
{
    struct reader *reader = block->reader;
    struct attendance_code code;
    bool any = false, labels = false;
    for (size_t i = 0; i < reader->row.count && (!any || labels); i++) {
        struct cell cell = netschool_cell(reader, i);
        if (cell.size == 0)
            continue;
        any = true;
        labels = take_labels(block, cell, (int32_t)i) || labels;
    }
    if (!any || labels)
        return any ? NETSCHOOL_LABELS : NETSCHOOL_EMPTY;
    if (netschool_is_header(reader, &block->subject)) {
        block->headers++;
        return NETSCHOOL_HEADER;
    }
    return netschool_legend(reader, &code) ? NETSCHOOL_LEGEND : NETSCHOOL_OTHER;
}

bool netschool_complete(struct netschool *block)
{
    struct reader *reader = block->reader;
    if (block->year == 0 && block->period.from != DATE_NONE)
        block->year = reader_year_of(reader, block->period.from);
    const char *missing = block->year == 0    ? "Учебный год"
                          : block->form == 0  ? "Класс"
                          : block->pupil == 0 ? "Ученик"
                                              : NULL;
    if (missing != NULL)
        reader_refuse(
            reader, reader->row.line, 0,
            _("the line «%s: …» is missing above this table: make the report again, and change nothing in it"),
            missing);
    return missing == NULL;
}
