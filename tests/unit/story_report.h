/* Reports of «Сетевой город»: marks and absences by subject and day, a block a pupil, and nothing of lessons. */
#ifndef PAPERDIARY_TESTS_STORY_REPORT_H
#define PAPERDIARY_TESTS_STORY_REPORT_H

#include "story_school.h"

enum { COLUMNS_MOST = 200, CELL_ROWS = 3 };

/* What a file of reports tells of: these pupils of these classes (one bit each) on these days. */
struct report_of {
    unsigned classes, pupils;
    struct span days;
    bool moves;   /* on some of these days MOVER is in the other class */
    int32_t year; /* in which the school year began */
};

static inline unsigned form_number(const char *form)
{
    unsigned number = 0;
    while (strcmp(form, story_classes[number]) != 0)
        number++;
    return number;
}

static inline bool has_block(const struct report_of *of, int pupil, unsigned form)
{
    bool there = strcmp(story_forms[pupil], story_classes[form]) == 0 || (pupil == MOVER && form == 1 && of->moves);
    return there && (of->classes >> form & 1) != 0 && (of->pupils >> pupil & 1) != 0;
}

struct report_dress {
    bool crlf, every_day, zeros, labels_apart, indented, blanks, joined, state;
    bool month_early; /* a month's name stands over the last day of the month before */
    int legend;       /* none; behind each block; behind the last one */
    char delimiter;
    int encoding;
    size_t first_pupil;
    const char *between; /* marks of one cell */
    const char *codes[REASON_COUNT];
};

static const char *const report_words[REASON_COUNT] = {
    "",          "Пропуск по болезни", "Пропуск по уважительной причине", "Неуважительная", "Отсутствовал",
    "Опоздание", "Освобожден"};

/* Without a legend the codes are those that are known anyway; with one they may mean anything. */
static inline struct report_dress report_dress_random(void)
{
    static const char *const usual[REASON_COUNT] = {"", "Б", "УП", "НП", "ОТ", "О", "ОСВ"};
    static const char *const between[] = {" ", "/", "  "};
    struct report_dress dress = {.crlf = chance(50),
                                 .every_day = chance(50),
                                 .zeros = chance(30),
                                 .labels_apart = chance(50),
                                 .indented = chance(20),
                                 .blanks = chance(30),
                                 .joined = chance(60),
                                 .state = chance(30),
                                 .month_early = chance(40),
                                 .legend = (int)rnd(3),
                                 .delimiter = ";,\t"[rnd(3)],
                                 .encoding = (int)rnd(5),
                                 .first_pupil = rnd(PUPILS),
                                 .between = between[rnd(3)]};
    bool turned = dress.legend > 0 && chance(40);
    for (int i = 1; i < REASON_COUNT; i++)
        dress.codes[i] = usual[turned ? i % (REASON_COUNT - 1) + 1 : i];
    return dress;
}

/* What a report keeps of the rows. */
static inline void report_rows(struct source *source)
{
    for (size_t i = source->count; i-- > 0;) {
        struct source_row *row = &source->rows[i];
        row->work = row->topic = row->homework = row->comment = "";
        row->weight = WEIGHT_ONE;
        row->lesson = 0;
        if (row->pupil == NOBODY || (row->mark[0] == '\0' && row->reason == REASON_PRESENT))
            source_remove(source, i);
    }
}

/* What a file of reports means: the days of its pupils are as it says; of others it tells nothing. */
static inline void source_take_reports(struct source *source, const struct source *file, const struct report_of *of)
{
    for (size_t i = source->count; i-- > 0;) {
        const struct source_row *row = &source->rows[i];
        if (row->pupil != NOBODY && row->day >= of->days.from && row->day <= of->days.until &&
            has_block(of, row->pupil, form_number(row->form)))
            source_remove(source, i);
    }
    for (size_t i = 0; i < file->count; i++)
        source_add(source, file->rows[i]);
}

/* --- a pupil's block -------------------------------------------------------------------------------------------- */

/* Some rows of a pupil's day and subject in one cell. */
struct report_cell {
    const struct source_row *rows[CELL_ROWS];
    size_t count;
};

struct report_block {
    struct arena *arena;
    const struct source *file;
    const struct report_dress *dress;
    const struct report_of *of;
    struct buffer *out;
    int pupil;
    const char *form;
    int32_t days[COLUMNS_MOST];  /* of each column; DATE_NONE: none */
    size_t copies[COLUMNS_MOST]; /* how many columns of the same day stand before it */
    size_t count;
};

/* Marks and codes of a cell are told apart again only where those with a code come first, and all but the last have a
 * mark. */
static inline bool goes_into(const struct report_cell *cell, const struct source_row *row)
{
    const struct source_row *last = cell->rows[cell->count - 1];
    return cell->count < CELL_ROWS && last->mark[0] != '\0' &&
           (row->reason == REASON_PRESENT || last->reason != REASON_PRESENT);
}

/* The cells of a subject on a day; the number of them. */
static inline size_t report_cells(const struct report_block *block, int32_t day, const char *subject,
                                  struct report_cell *cells, size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < block->file->count; i++) {
        const struct source_row *row = &block->file->rows[i];
        if (row->pupil != block->pupil || strcmp(row->form, block->form) != 0 || row->day != day ||
            row->subject != subject)
            continue;
        if (count == 0 || !block->dress->joined || !goes_into(&cells[count - 1], row)) {
            assert_true(count < most);
            cells[count++] = (struct report_cell){.count = 0};
        }
        cells[count - 1].rows[cells[count - 1].count++] = row;
    }
    return count;
}

static inline void add_column(struct report_block *block, int32_t day, size_t copy)
{
    assert_true(block->count < COLUMNS_MOST);
    block->days[block->count] = day;
    block->copies[block->count++] = copy;
}

static inline void add_columns(struct report_block *block)
{
    struct report_cell cells[CELL_ROWS * 8];
    block->count = 0;
    for (int32_t day = block->of->days.from; day <= block->of->days.until; day++) {
        size_t most = block->dress->every_day && date_weekday(day) < 7;
        for (int i = 0; i < LESSONS; i++) {
            size_t count = report_cells(block, day, story_subjects[i], cells, sizeof cells / sizeof *cells);
            most = count > most ? count : most;
        }
        for (size_t copy = 0; copy < most; copy++)
            add_column(block, day, copy);
        if (most > 0 && block->dress->blanks && day % 4 == 0)
            add_column(block, DATE_NONE, 0);
    }
}

static inline void report_text(const struct report_block *block, const char *text)
{
    bool quote = strchr(text, block->dress->delimiter) != NULL || strchr(text, '\n') != NULL;
    buffer_format(block->out, quote ? "\"%s\"" : "%s", text);
}

static inline void next_cell(const struct report_block *block, const char *text)
{
    buffer_char(block->out, block->dress->delimiter);
    report_text(block, text);
}

static inline void end_line(const struct report_block *block)
{
    buffer_text(block->out, block->dress->crlf ? "\r\n" : "\n");
}

static inline void first_cell(const struct report_block *block, const char *text)
{
    if (block->dress->indented)
        buffer_char(block->out, block->dress->delimiter);
    report_text(block, text);
}

static inline void add_labels(const struct report_block *block)
{
    struct civil from = date_to_civil(block->of->days.from), until = date_to_civil(block->of->days.until);
    const char *lines[] = {arena_format(block->arena, "Учебный год: %d/%d", block->of->year, block->of->year + 1),
                           arena_format(block->arena, "Класс: %s", block->form),
                           arena_format(block->arena, "Период: с %d.%02d.%02d по %d.%02d.%02d", from.day, from.month,
                                        from.year % 100, until.day, until.month, until.year % 100),
                           arena_format(block->arena, "Ученик: %s", story_names[block->pupil])};
    const char *all = lines[0];
    for (size_t i = 0; i < sizeof lines / sizeof *lines && block->dress->labels_apart; i++) {
        first_cell(block, lines[i]);
        end_line(block);
    }
    for (size_t i = 1; i < sizeof lines / sizeof *lines; i++)
        all = arena_format(block->arena, "%s\n%s", all, lines[i]);
    if (!block->dress->labels_apart) {
        first_cell(block, all);
        end_line(block);
    }
}

static inline int32_t month_at(const struct report_block *block, size_t column)
{
    while (column < block->count && block->days[column] == DATE_NONE)
        column++;
    return column < block->count ? date_to_civil(block->days[column]).month : 0;
}

/* The month's name stands over its first column; or one too early, where every day has a column, so that the days tell
 * what is meant. */
static inline bool month_begins(const struct report_block *block, size_t column)
{
    bool early = block->dress->month_early && block->dress->every_day && !block->dress->blanks;
    int32_t month = month_at(block, column);
    if (column == 0)
        return true;
    if (!early || (column == 1 && month != month_at(block, 0)))
        return month != 0 && month != month_at(block, column - 1);
    return column + 1 < block->count && month != month_at(block, column + 1);
}

static inline void add_header(const struct report_block *block)
{
    static const char *const months[] = {"",     "Январь", "Февраль",  "Март",    "Апрель", "Май",    "Июнь",
                                         "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь"};
    first_cell(block, "Предмет");
    for (size_t i = 0; i < block->count; i++) {
        bool begins = month_begins(block, i), early = begins && i > 0 && month_at(block, i) == month_at(block, i - 1);
        next_cell(block, begins ? months[month_at(block, early ? i + 1 : i)] : "");
    }
    next_cell(block, "Средняя оценка");
    end_line(block);
    first_cell(block, "");
    for (size_t i = 0; i < block->count; i++)
        next_cell(block, block->days[i] == DATE_NONE
                             ? ""
                             : arena_format(block->arena, "%d", date_to_civil(block->days[i]).day));
    next_cell(block, "");
    end_line(block);
}

static inline const char *cell_text(const struct report_block *block, const struct report_cell *cell)
{
    const char *text = "";
    for (size_t i = 0; i < cell->count; i++)
        if (cell->rows[i]->reason != REASON_PRESENT)
            text = arena_format(block->arena, "%s%s ", text, block->dress->codes[cell->rows[i]->reason]);
    for (size_t i = 0; i < cell->count; i++) {
        const char *mark = cell->rows[i]->mark;
        if (*mark == '.' && block->dress->zeros)
            mark = "0";
        text = arena_format(block->arena, "%s%s%s", text, i > 0 && *mark != '\0' ? block->dress->between : "", mark);
    }
    return text;
}

static inline void add_subject(const struct report_block *block, const char *subject)
{
    struct report_cell cells[CELL_ROWS * 8];
    first_cell(block, subject);
    for (size_t i = 0; i < block->count; i++) {
        size_t count = block->days[i] == DATE_NONE
                           ? 0
                           : report_cells(block, block->days[i], subject, cells, sizeof cells / sizeof *cells);
        next_cell(block, block->copies[i] < count ? cell_text(block, &cells[block->copies[i]]) : "");
    }
    next_cell(block, "4,00");
    end_line(block);
}

static inline void add_legend(const struct report_block *block)
{
    for (int i = 1; i < REASON_COUNT; i++) {
        first_cell(block, block->dress->codes[i]);
        next_cell(block, "");
        next_cell(block, report_words[i]);
        end_line(block);
    }
}

static inline void write_block(struct report_block *block)
{
    add_columns(block);
    add_labels(block);
    add_header(block);
    for (int subject = 0; subject < LESSONS; subject++)
        add_subject(block, story_subjects[subject]);
    if (block->dress->legend == 1)
        add_legend(block);
}

/* The file as bytes: `file` holds what is in it. */
static inline void write_reports(struct arena *arena, const struct source *file, const struct report_of *of,
                                 const struct report_dress *dress, struct buffer *out)
{
    struct report_block block = {.arena = arena, .file = file, .dress = dress, .of = of, .out = out};
    buffer_clear(out);
    first_cell(&block, "Отчет об успеваемости и посещаемости ученика");
    end_line(&block);
    for (size_t i = 0; i < PUPILS * CLASSES; i++) {
        unsigned form = (unsigned)(i / PUPILS);
        block.form = story_classes[form];
        block.pupil = (int)((dress->first_pupil + i) % PUPILS);
        if (has_block(of, block.pupil, form))
            write_block(&block);
    }
    if (dress->legend == 2)
        add_legend(&block);
    if (dress->state)
        first_cell(&block, "Состояние на 1.11.26 9:10:10");
    encode(out, dress->encoding);
}

#endif
