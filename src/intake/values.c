#include "intake/values.h"

#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "intake/table.h"

struct values_reader {
    struct reader *reader;
    struct values *items;
    size_t count, room;
    const struct attendance_code *legend;
    size_t legend_count;
    uint32_t legend_number; /* cells mean something else under another legend */
    const char *scale, *codes;
};

struct values_reader *values_new(struct reader *reader)
{
    struct values_reader *values = mem_alloc(sizeof *values);
    values->reader = reader;
    return values;
}

void values_free(struct values_reader *values)
{
    if (values == NULL)
        return;
    mem_free(values->items);
    mem_free(values);
}

void values_legend(struct values_reader *values, const struct attendance_code *codes, size_t count)
{
    bool same = count == values->legend_count;
    for (size_t i = 0; same && i < count; i++)
        same = strcmp(codes[i].code, values->legend[i].code) == 0 && codes[i].reason == values->legend[i].reason;
    if (same)
        return;
    values->legend = codes;
    values->legend_count = count;
    values->legend_number++;
    values->codes = NULL;
}

const char *values_scale(struct values_reader *values)
{
    const struct school *school = values->reader->school;
    for (size_t i = 0; values->scale == NULL && i < school->mark_count; i++) {
        const char *list = school->marks[0].text;
        for (size_t n = 1; n < school->mark_count; n++)
            list = arena_format(values->reader->arena, "%s, %s", list, school->marks[n].text);
        values->scale = list;
    }
    return values->scale == NULL ? "" : values->scale;
}

static const char *add_codes(struct arena *arena, const char *list, const struct attendance_code *codes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        list = *list == '\0' ? codes[i].shown : arena_format(arena, "%s, %s", list, codes[i].shown);
    return list;
}

/* «н, б, у, о, УП» */
static const char *known_codes(struct values_reader *values)
{
    const struct reader *reader = values->reader;
    if (values->codes == NULL) {
        values->codes = add_codes(reader->arena, "", values->legend, values->legend_count);
        values->codes = add_codes(reader->arena, values->codes, reader->profile->codes, reader->profile->code_count);
        values->codes = add_codes(reader->arena, values->codes, reader->school->codes, reader->school->code_count);
    }
    return values->codes;
}

static const struct attendance_code *find(const struct attendance_code *codes, size_t count, const char *folded)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(codes[i].code, folded) == 0)
            return &codes[i];
    }
    return NULL;
}

static const struct attendance_code *lookup_code(const struct values_reader *values, const char *text)
{
    const struct reader *reader = values->reader;
    const char *folded = text_fold(reader->arena, text);
    const struct attendance_code *code = find(values->legend, values->legend_count, folded);
    if (code == NULL)
        code = find(reader->profile->codes, reader->profile->code_count, folded);
    return code == NULL ? school_lookup_code(reader->school, text) : code;
}

/* What a text that is neither mark nor code was meant to be; NULL: no idea. «З» (the letter) is 3. */
static const char *look_alike(struct arena *arena, const char *text)
{
    return strcmp(text, "З") == 0 || strcmp(text, "з") == 0 ? "3" : cells_cyrillic(arena, text);
}

static void add_mark(struct values *item, symbol mark, bool zero)
{
    if (item->mark_count == VALUES_MOST) {
        item->bad = true;
        return;
    }
    item->marks[item->mark_count++] = mark;
    item->zeros = (uint8_t)(item->zeros + zero);
}

/* A mark, a debt or a code; false: none. */
static bool take_known(struct values_reader *values, enum values_of of, const char *text, struct values *item)
{
    struct table *table = values->reader->table;
    const struct mark_value *mark = of == VALUES_ATTENDANCE ? NULL : school_lookup_mark(values->reader->school, text);
    if (mark != NULL) {
        add_mark(item, table_symbol(table, mark->text, strlen(mark->text)), false);
        return true;
    }
    bool zero = of == VALUES_REPORT && strcmp(text, "0") == 0;
    if (zero || (of != VALUES_ATTENDANCE && strcmp(text, ".") == 0)) {
        add_mark(item, table_symbol(table, ".", 1), zero);
        return true;
    }
    const struct attendance_code *code = lookup_code(values, text);
    if (code == NULL)
        return false;
    if (item->reason_count == VALUES_MOST)
        item->bad = true;
    else if (code->reason != REASON_PRESENT)
        item->reasons[item->reason_count++] = (uint8_t)code->reason;
    return true;
}

static bool take(struct values_reader *values, enum values_of of, const char *text, int32_t number, struct values *item)
{
    if (take_known(values, of, text, item))
        return true;
    const char *meant = look_alike(values->reader->arena, text);
    if (meant == NULL || !take_known(values, of, meant, item))
        return false;
    reader_tell(values->reader, DIAG_NOTE, number, _("'%s' holds a letter that only looks right: taken as '%s'"), text,
                meant);
    return true;
}

/* The parts of a cell, in the arena; NULL after the last. */
static const char *next_part(struct arena *arena, const char *separators, const char **at)
{
    for (;;) {
        if (strncmp(*at, TEXT_NBSP, 2) == 0 && strchr(separators, ' ') != NULL)
            *at += 2;
        else if (**at != '\0' && (strchr(separators, **at) != NULL || (**at > 0 && **at <= ' ')))
            ++*at;
        else
            break;
    }
    const char *from = *at;
    while (**at != '\0' && strchr(separators, **at) == NULL && !(**at > 0 && **at <= ' ') &&
           strncmp(*at, TEXT_NBSP, 2) != 0)
        ++*at;
    return *at == from ? NULL : arena_copy_n(arena, from, (size_t)(*at - from));
}

static const char *separators_of(const struct profile *profile)
{
    return profile->mark_separators == NULL || *profile->mark_separators == '\0' ? "/ " : profile->mark_separators;
}

static struct values work_out(struct values_reader *values, enum values_of of, struct cell cell, int32_t number)
{
    struct arena *arena = values->reader->arena;
    struct values item = {0};
    struct cells_found found = {0};
    const char *text = cells_clean(arena, cell, &found);
    int32_t first = 0, second = 0;
    if (cell.size > 200 || cells_is_excel_error(cell)) {
        item.bad = true;
    } else if (!take(values, of, text, number, &item)) {
        item.bad = cells_eaten(cell, &first, &second);
        const char *at = text;
        for (const char *part; !item.bad && (part = next_part(arena, separators_of(values->reader->profile), &at));)
            item.bad = !take(values, of, part, number, &item) || item.bad;
    }
    return item;
}

static bool is_number(const char *text)
{
    return *text != '\0' && strspn(text, "0123456789,.+-") == strlen(text);
}

static const char *nearest_code(const struct values_reader *values, const char *text)
{
    const struct school *school = values->reader->school;
    const char *folded = text_fold(values->reader->arena, text), *best = NULL;
    size_t least = 2;
    for (size_t i = 0; i < school->code_count; i++) {
        size_t distance = text_distance(school->codes[i].code, folded);
        if (distance < least && text_length(folded) > 1) {
            least = distance;
            best = school->codes[i].shown;
        }
    }
    return best;
}

/* Both numbers that Excel took for day and month are marks: say what stood there. */
static bool explain_eaten(struct values_reader *values, struct cell cell, int32_t number)
{
    struct reader *reader = values->reader;
    int32_t a = 0, b = 0;
    if (!cells_eaten(cell, &a, &b))
        return false;
    const char *first = arena_format(reader->arena, "%d", (int)(a < b ? a : b));
    const char *second = arena_format(reader->arena, "%d", (int)(a < b ? b : a));
    const char *shown = reader_shown(reader, cell);
    if (school_lookup_mark(reader->school, first) == NULL || school_lookup_mark(reader->school, second) == NULL)
        reader_tell(reader, DIAG_ERROR, number,
                    _("the date '%s' stands where a mark should be: marks are %s; are columns shifted?"), shown,
                    values_scale(values));
    else if (a == b)
        reader_tell(reader, DIAG_ERROR, number, _("Excel has turned %s/%s into the date '%s': put back %s/%s"), first,
                    second, shown, first, second);
    else
        reader_tell(reader, DIAG_ERROR, number,
                    _("Excel has turned %s/%s into the date '%s': put back %s/%s (or %s/%s, as the teacher set them)"),
                    first, second, shown, first, second, second, first);
    return true;
}

static void explain_code(struct values_reader *values, const char *part, int32_t number)
{
    struct reader *reader = values->reader;
    const char *near = nearest_code(values, part);
    if (near != NULL)
        reader_tell(reader, DIAG_ERROR, number, _("the code of absence '%s' is unknown: is '%s' meant? Known are %s"),
                    part, near, known_codes(values));
    else
        reader_tell(reader, DIAG_ERROR, number, _("the code of absence '%s' is unknown: known are %s"), part,
                    known_codes(values));
}

/* Says why a cell can't be understood: each time it comes, as each such cell is to be mended. */
static void explain(struct values_reader *values, enum values_of of, struct cell cell, int32_t number)
{
    struct reader *reader = values->reader;
    reader->bad = true;
    if (diag_count(reader->diag, DIAG_ERROR) >= DIAG_KEPT) {
        reader_tell(reader, DIAG_ERROR, number, "%s", "");
        return;
    }
    if (cells_is_excel_error(cell)) {
        reader_tell(reader, DIAG_ERROR, number,
                    _("'%s' is an error of Excel: mend the cell in the table and save again"),
                    reader_shown(reader, cell));
        return;
    }
    if (of != VALUES_ATTENDANCE && explain_eaten(values, cell, number))
        return;
    struct cells_found found = {0};
    const char *at = cells_clean(reader->arena, cell, &found);
    for (const char *part; (part = next_part(reader->arena, separators_of(reader->profile), &at)) != NULL;) {
        struct values item = {0};
        const char *meant = look_alike(reader->arena, part);
        if (take_known(values, of, part, &item) || (meant != NULL && take_known(values, of, meant, &item)))
            continue;
        part = reader_shown(reader, (struct cell){part, strlen(part)});
        if (of != VALUES_ATTENDANCE && is_number(part))
            reader_tell(reader, DIAG_ERROR, number,
                        _("the mark '%s' is outside the scale: marks are %s, two in one cell are written 5/4"), part,
                        values_scale(values));
        else if (of == VALUES_ATTENDANCE)
            explain_code(values, part, number);
        else
            reader_tell(reader, DIAG_ERROR, number, _("'%s' is neither a mark (%s) nor a known code of absence (%s)"),
                        part, values_scale(values), known_codes(values));
        return;
    }
    reader_tell(reader, DIAG_ERROR, number, _("too many marks or absences in one cell: at most %d"), VALUES_MOST);
}

const struct values *values_read(struct values_reader *values, enum values_of of, struct cell cell, int32_t number)
{
    static const struct values none;
    if (cell.size == 0)
        return &none;
    bool fresh = false;
    uint32_t role = ROLE_VALUES + (uint32_t)of + 3 * values->legend_number;
    uint32_t *slot = table_slot(values->reader->table, role, cell.text, cell.size, &fresh);
    uint32_t at = *slot;
    if (fresh) {
        struct values item = work_out(values, of, cell, number);
        values->items = mem_grow(values->items, values->count, &values->room, sizeof *values->items);
        at = (uint32_t)values->count;
        values->items[values->count++] = item;
        *table_slot(values->reader->table, role, cell.text, cell.size, &fresh) = at;
    }
    if (values->items[at].bad)
        explain(values, of, cell, number);
    return &values->items[at];
}
