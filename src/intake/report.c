#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "intake/lessons.h"
#include "intake/netschool.h"
#include "intake/table.h"
#include "intake/values.h"
#include "intake/words.h"

/* Codes of absence of one block. */
struct legend {
    struct attendance_code *codes;
    size_t count, room;
};

/* A pupil's block that was read: no second one may tell of the same days. */
struct told_block {
    symbol form, pupil;
    struct span span;
    int32_t line;
};

struct report {
    struct reader *reader;
    struct netschool block;
    struct lessons *lessons;
    struct values_reader *values;
    struct legend *legends; /* by number of the block */
    size_t legend_count, legend_room;
    int32_t *months; /* by cell of the header; 0: none */
    int32_t *days;   /* day number by cell; DATE_NONE: none */
    size_t width, month_room, day_room;
    int32_t mean;         /* cell of the report's own mean; CELL_NONE */
    bool table, days_due; /* inside a table; its row of days comes next */
    struct told_block *told;
    size_t told_count, told_room;
    int32_t first_month; /* of a school year */
    bool finals_noted;
};

static void add_legend(struct report *report, size_t block, struct attendance_code code)
{
    while (report->legend_count <= block) {
        report->legends =
            mem_grow(report->legends, report->legend_count, &report->legend_room, sizeof *report->legends);
        report->legends[report->legend_count++] = (struct legend){0};
    }
    struct legend *legend = &report->legends[block];
    legend->codes = mem_grow(legend->codes, legend->count, &legend->room, sizeof *legend->codes);
    legend->codes[legend->count++] = code;
}

/* Legends stand below the tables that they explain: they are gathered first. */
static void gather_legends(struct report *report)
{
    struct reader *reader = report->reader;
    struct attendance_code code;
    size_t headers = 0;
    int32_t subject = 0;
    rows_hush(reader->rows, true);
    while (rows_next(reader->rows, &reader->row)) {
        if (netschool_is_header(reader, &subject))
            headers++;
        else if (netschool_legend(reader, &code))
            add_legend(report, headers > 0 ? headers - 1 : 0, code);
    }
    rows_hush(reader->rows, false);
    rows_rewind(reader->rows);
}

/* The block's own legend, else the next one below, else the last one above. */
static void use_legend(struct report *report)
{
    size_t block = report->block.headers - 1, at = block;
    while (at < report->legend_count && report->legends[at].count == 0)
        at++;
    if (at >= report->legend_count)
        for (at = block < report->legend_count ? block : report->legend_count;
             at > 0 && report->legends[at - 1].count == 0;)
            at--;
    else
        at++;
    if (at > 0)
        values_legend(report->values, report->legends[at - 1].codes, report->legends[at - 1].count);
}

/* The row of months: each holds for its cell and the empty ones behind it, up to the first column of means. */
static void read_months(struct report *report)
{
    struct reader *reader = report->reader;
    report->mean = CELL_NONE;
    report->width = 0;
    int32_t month = 0;
    bool over = false;
    for (size_t i = 0; i < reader->row.count; i++) {
        report->months = mem_grow(report->months, i, &report->month_room, sizeof *report->months);
        report->days = mem_grow(report->days, i, &report->day_room, sizeof *report->days);
        report->days[i] = DATE_NONE;
        struct cell cell = netschool_cell(reader, i);
        const char *folded = (int32_t)i <= report->block.subject ? "" : netschool_folded(reader, cell);
        const char *word = arena_copy_n(reader->arena, folded, strcspn(folded, " "));
        int32_t found = words_month(word);
        if (found != 0)
            month = found;
        else if (*folded != '\0')
            over = true;
        if (strncmp(folded, "средняя", strlen("средняя")) == 0 && report->mean == CELL_NONE)
            report->mean = (int32_t)i;
        if (strncmp(folded, "итоговая", strlen("итоговая")) == 0 && !report->finals_noted) {
            report->finals_noted = true;
            reader_tell(reader, DIAG_NOTE, (int32_t)i,
                        _("the means and the period's final of a report are not read: finals come with the «Табель»"));
        }
        report->months[i] = over ? 0 : month;
        report->width = i + 1;
    }
    report->days_due = true;
    report->table = false;
}

/* The date of a day of the month in the block's school year, DATE_NONE where it lies outside the period. */
static int32_t date_in(const struct report *report, int32_t month, int32_t day)
{
    int32_t year = report->block.year;
    int32_t date = date_from_civil(month >= report->first_month ? year : year + 1, month, day);
    if (date == DATE_NONE || report->block.period.from == DATE_NONE)
        return date;
    return date >= report->block.period.from && date <= report->block.period.until ? date : DATE_NONE;
}

/* The day of a column may lie in its own month or, where the month's name stands a column off, in a neighbouring one.
 */
enum { OWN, BEFORE, AFTER, TRIES };

/* One column of days: its dates under each try, the least number of misplaced columns up to here, and the try of the
 * column before that gives it. */
struct day_tries {
    size_t cell;
    int32_t date[TRIES], cost[TRIES];
    int from[TRIES];
};

#define COST_NONE INT32_MAX

/* The other month that stands one or two columns off; 0: none. */
static int32_t month_beside(const struct report *report, size_t cell, int step)
{
    for (size_t i = 1; i <= 2; i++) {
        if ((step < 0 && i > cell) || (step > 0 && cell + i >= report->width))
            return 0;
        int32_t month = report->months[step < 0 ? cell - i : cell + i];
        if (month != report->months[cell])
            return month;
    }
    return 0;
}

/* Dates never go back from column to column. False: no try goes on from the column before. */
static bool try_days(const struct report *report, const struct day_tries *before, int32_t day, struct day_tries *now)
{
    const int32_t months[TRIES] = {[OWN] = report->months[now->cell],
                                   [BEFORE] = month_beside(report, now->cell, -1),
                                   [AFTER] = month_beside(report, now->cell, 1)};
    bool any = false;
    for (int i = 0; i < TRIES; i++) {
        now->date[i] = months[i] == 0 ? DATE_NONE : date_in(report, months[i], day);
        now->cost[i] = COST_NONE;
        for (int n = 0; now->date[i] != DATE_NONE && n < (before == NULL ? 1 : TRIES); n++) {
            int32_t cost = before == NULL ? 0 : before->cost[n];
            if (cost == COST_NONE || (before != NULL && before->date[n] > now->date[i]))
                continue;
            cost += i != OWN;
            if (cost < now->cost[i]) {
                now->cost[i] = cost;
                now->from[i] = n;
            }
        }
        any = any || now->cost[i] != COST_NONE;
    }
    return any;
}

/* Takes the way with the fewest misplaced columns, from the last one back. */
static void settle_days(struct report *report, const struct day_tries *tries, size_t count)
{
    int best = OWN;
    for (int i = 0; count > 0 && i < TRIES; i++) {
        if (tries[count - 1].cost[i] < tries[count - 1].cost[best])
            best = i;
    }
    for (; count > 0; count--) {
        report->days[tries[count - 1].cell] = tries[count - 1].date[best];
        best = tries[count - 1].from[best];
    }
    if (report->block.period.from != DATE_NONE)
        return;
    for (size_t i = 0; i < report->width; i++) {
        int32_t day = report->days[i];
        if (day != DATE_NONE && report->block.period.from == DATE_NONE)
            report->block.period.from = day;
        report->block.period.until = day != DATE_NONE ? day : report->block.period.until;
    }
}

static void read_days(struct report *report)
{
    struct reader *reader = report->reader;
    struct day_tries *tries = NULL;
    size_t count = 0, room = 0;
    for (size_t i = 0; i < report->width; i++) {
        struct cell cell = netschool_cell(reader, i);
        int32_t day = 0;
        if (cell.size == 0 || report->months[i] == 0)
            continue;
        tries = mem_grow(tries, count, &room, sizeof *tries);
        tries[count] = (struct day_tries){.cell = i};
        if (cells_number(cell, &day) && try_days(report, count == 0 ? NULL : &tries[count - 1], day, &tries[count])) {
            count++;
            continue;
        }
        struct place place = rows_place(reader->rows, i);
        reader_refuse(reader, place.line, place.column,
                      _("'%s' is no day of its month within the report's period and school year"),
                      reader_shown(reader, cell));
    }
    settle_days(report, tries, count);
    mem_free(tries);
    report->table = true;
}

static void add_coverage(struct report *report)
{
    struct export *out = report->reader->out;
    struct span span = report->block.period;
    out->by_pupil = true;
    const char *form = table_text(report->reader->table, report->block.form);
    for (size_t i = 0; i < out->covered_count; i++) {
        if (strcmp(out->covered[i].form, form) == 0 && out->covered[i].span.from == span.from &&
            out->covered[i].span.until == span.until)
            return;
    }
    struct coverage *covered = arena_alloc(report->reader->arena, (out->covered_count + 1) * sizeof *covered);
    if (out->covered_count > 0)
        memcpy(covered, out->covered, out->covered_count * sizeof *covered);
    covered[out->covered_count++] = (struct coverage){.form = form, .span = span};
    out->covered = covered;
}

/* Once the days are known: the same pupil's days may be told only once in a file. */
static void begin_block(struct report *report)
{
    struct reader *reader = report->reader;
    const struct netschool *block = &report->block;
    struct told_block now = {.form = block->form, .pupil = block->pupil, .span = block->period, .line = block->line};
    for (size_t i = 0; i < report->told_count; i++) {
        const struct told_block *told = &report->told[i];
        if (told->form == now.form && told->pupil == now.pupil && now.span.from <= told->span.until &&
            told->span.from <= now.span.until) {
            reader_refuse(reader, now.line, 0,
                          _("this pupil of class %s has a table in line %d already: keep one; children with the same "
                            "name need the patronymic"),
                          table_text(reader->table, now.form), (int)told->line);
            report->table = false;
            return;
        }
    }
    report->told = mem_grow(report->told, report->told_count, &report->told_room, sizeof *report->told);
    report->told[report->told_count++] = now;
    use_legend(report);
    if (now.span.from != DATE_NONE)
        add_coverage(report);
}

static void tell_tabled(const struct report *report)
{
    struct export *out = report->reader->out;
    out->tabled = arena_alloc(report->reader->arena, (report->told_count + 1) * sizeof *out->tabled);
    for (size_t i = 0; i < report->told_count; i++)
        out->tabled[out->tabled_count++] =
            (struct tabled){report->told[i].form, report->told[i].pupil, report->told[i].span};
}

/* The report's own mean counts a «0» and knows no weights: it shows whether every mark was read. */
static void compare_mean(struct report *report, int32_t sum, int32_t count)
{
    struct reader *reader = report->reader;
    if (report->mean < 0)
        return;
    struct cell cell = netschool_cell(reader, (size_t)report->mean);
    int32_t told = 0, counted = count == 0 ? 0 : (200 * sum + count) / (2 * count);
    if (cell.size == 0 || !cells_thousandths(cell, 0, &told) || (told + 5) / 10 == counted)
        return;
    reader_tell(reader, DIAG_NOTE, report->mean,
                _("the report's own mean %s is not that of its marks (%d,%02d): a mark may be missing in it"),
                reader_shown(reader, cell), (int)counted / 100, (int)counted % 100);
}

static void add_day(struct report *report, struct lesson_row *row, size_t cell, const struct values *values)
{
    struct reader *reader = report->reader;
    row->day = report->days[cell];
    if (values->zeros > 0)
        reader_tell(reader, DIAG_NOTE, (int32_t)cell,
                    _("a «0» is no mark of the scale %s: taken as a debt, a work that is due"),
                    values_scale(report->values));
    lessons_add(report->lessons, row, values);
}

static void check_cell(struct report *report, const struct form_seen *form, size_t cell, struct cell text, int32_t *sum,
                       int32_t *count)
{
    struct reader *reader = report->reader;
    if (report->days[cell] == DATE_NONE) {
        reader_tell(reader, DIAG_ERROR, (int32_t)cell, _("'%s' stands in a column without a day"),
                    reader_shown(reader, text));
        return;
    }
    const struct values *values = values_read(report->values, VALUES_REPORT, text, (int32_t)cell);
    if (!values->bad && values->mark_count > 0 && form->without_marks)
        reader_tell(
            reader, DIAG_ERROR, (int32_t)cell,
            _("the class %s has no marks: take the mark out, or change the setting marks.without of school.ini"),
            table_text(reader->table, form->name));
    for (uint8_t i = 0; i < values->mark_count; i++) {
        const struct mark_value *mark = school_lookup_mark(reader->school, table_text(reader->table, values->marks[i]));
        if (mark != NULL && mark->value >= 0) {
            *sum += mark->value;
            ++*count;
        }
    }
    *count += values->zeros;
}

static void read_subject(struct report *report)
{
    struct reader *reader = report->reader;
    struct netschool *block = &report->block;
    const char *name = table_text(reader->table, block->form);
    const struct form_seen *form = lessons_form(report->lessons, (struct cell){name, strlen(name)}, CELL_ROW);
    struct cell subject = netschool_cell(reader, (size_t)block->subject);
    struct lesson_row row = {
        .form = block->form, .pupil = block->pupil, .line = reader->row.line, .weight = WEIGHT_ONE};
    row.subject = reader_name(reader, subject, block->subject);
    int32_t sum = 0, count = 0;
    size_t width = reader->row.count < report->width ? reader->row.count : report->width;
    for (size_t i = (size_t)block->subject + 1; i < width; i++) {
        struct cell cell = netschool_cell(reader, i);
        if (cell.size > 0 && report->months[i] != 0)
            check_cell(report, form, i, cell, &sum, &count);
    }
    if (!reader_row_done(reader)) {
        row.day = DATE_NONE;
        reader_put_aside(reader, row);
        return;
    }
    compare_mean(report, sum, count);
    for (size_t i = (size_t)block->subject + 1; i < width; i++) {
        struct cell cell = netschool_cell(reader, i);
        if (cell.size > 0 && report->months[i] != 0)
            add_day(report, &row, i, values_read(report->values, VALUES_REPORT, cell, (int32_t)i));
    }
}

static void read_row(struct report *report)
{
    struct reader *reader = report->reader;
    reader->bad = false;
    enum netschool_row row = netschool_take(&report->block);
    if (row == NETSCHOOL_HEADER) {
        read_months(report);
    } else if (report->days_due) {
        report->days_due = false;
        if (netschool_complete(&report->block)) {
            read_days(report);
            begin_block(report);
        }
    } else if (row != NETSCHOOL_OTHER) {
        report->table = false;
    } else if (report->table && netschool_cell(reader, (size_t)report->block.subject).size > 0) {
        read_subject(report);
    } else if (report->table) {
        reader_tell(reader, DIAG_ERROR, CELL_ROW, _("the row has no subject: the column «Предмет» must not be empty"));
        reader_row_done(reader);
        reader_put_aside(
            reader, (struct lesson_row){.form = report->block.form, .pupil = report->block.pupil, .day = DATE_NONE});
    }
}

static int32_t first_month(const struct school *school)
{
    struct arena *scratch = arena_new();
    int32_t from = school_year_of(school, scratch, date_from_civil(2020, 10, 1))->whole.from;
    arena_free(scratch);
    return date_to_civil(from).month;
}

void report_read(struct reader *reader)
{
    struct report report = {.reader = reader,
                            .block = netschool_start(reader),
                            .lessons = lessons_new(reader),
                            .values = values_new(reader),
                            .mean = CELL_NONE,
                            .first_month = first_month(reader->school)};
    reader->out->kind = EXPORT_GRADEBOOK;
    reader->out->by_name = true;
    gather_legends(&report);
    while (rows_next(reader->rows, &reader->row))
        read_row(&report);
    if (report.block.headers == 0)
        reader_refuse(reader, 0, 0, _("the report has no table: no row begins with «Предмет»"));
    tell_tabled(&report);
    lessons_check_future(report.lessons, CELL_ROW);
    lessons_finish(report.lessons, false);
    reader->out->state = report.block.state;
    values_free(report.values);
    lessons_free(report.lessons);
    for (size_t i = 0; i < report.legend_count; i++)
        mem_free(report.legends[i].codes);
    mem_free(report.legends);
    mem_free(report.months);
    mem_free(report.days);
    mem_free(report.told);
}
