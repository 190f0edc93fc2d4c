/* A weekly sheet read as a family reads it: from the words laid out on its pages, by their styles (a grey of its own
 * for each, story_shop) and the layout's phrases. Blanks and hyphens are left out, so that lines may break anywhere. */
#ifndef PAPERDIARY_TESTS_SHEET_READER_H
#define PAPERDIARY_TESTS_SHEET_READER_H

#include "base/mem.h"
#include "base/text.h"
#include "sheet_phrases.h"
#include "typeset/page.h"

enum { SAID_MOST = 240, CELL_MOST = 12, ARROW_POINTS = 9 }; /* «→» is drawn, as no face has it */

struct said_mark {
    const char *line, *below; /* «5», «5 4»; the work, and what else stands beneath */
};

struct said_lesson {
    int32_t day;
    const char *number, *subject, *topic, *homework, *topics, *label, *reason, *codes;
    struct said_mark marks[CELL_MOST];
    size_t mark_count;
};

struct said_line {
    const char *subject; /* of the term so far; "" for a bullet */
    const char *text;
};

struct said_remark {
    const char *lead, *text;
};

struct said_term {
    const char *subject, *marks;
};

struct said {
    const char *title, *changes_title, *number, *who, *day, *day_date, *codes_mean;
    struct said_lesson lessons[SAID_MOST];
    struct said_line changes[SAID_MOST];
    struct said_remark remarks[SAID_MOST];
    struct said_term terms[CELL_MOST];
    size_t lesson_count, change_count, remark_count, term_count;
    bool by_subject; /* the week is a table of subjects and days */
};

enum place { PLACE_ELSEWHERE, PLACE_DAYS, PLACE_WEEK, PLACE_CHANGES, PLACE_REMARKS, PLACE_TABLE };

struct reader {
    struct arena *arena;
    const struct layout *layout;
    struct span year;
    struct said *said;
    enum place place;
    const char *section, *style; /* the heading in hand; the style of the word before */
    bool row_ended;
    struct week_column {
        int32_t x, day;
    } columns[7]; /* of the week's table */
    size_t column_count;
    const char *subject; /* of its row */
};

static inline void append(struct reader *reader, const char **to, const char *text)
{
    *to = *to == NULL ? text : arena_format(reader->arena, "%s%s", *to, text);
}

static inline const char *known(const char *text)
{
    return text == NULL ? "" : text;
}

/* --- the days ---------------------------------------------------------------------------------------------------- */

static inline struct said_lesson *lesson_in_hand(struct reader *reader, bool begins)
{
    struct said *said = reader->said;
    if (begins || reader->row_ended || said->lesson_count == 0) {
        assert_true(said->lesson_count < SAID_MOST);
        said->lessons[said->lesson_count++] =
            (struct said_lesson){.day = phrase_span(reader->arena, reader->layout, said->day_date, reader->year).from};
        reader->row_ended = false;
    }
    return &said->lessons[said->lesson_count - 1];
}

static inline void read_cell(struct reader *reader, const char *style, const char *text)
{
    struct said_lesson *lesson = lesson_in_hand(reader, false);
    if (strcmp(style, "mark") == 0 || strcmp(style, "mark.word") == 0) {
        assert_true(lesson->mark_count < CELL_MOST);
        lesson->marks[lesson->mark_count++] = (struct said_mark){text, NULL};
    } else if (strcmp(style, "work") != 0) {
        return; /* a code: its meaning stands beneath it */
    } else if (lesson->mark_count > 0) {
        append(reader, &lesson->marks[lesson->mark_count - 1].below, text);
    } else {
        append(reader, &lesson->reason, text);
    }
}

static inline void read_day(struct reader *reader, const char *style, const char *text)
{
    struct said *said = reader->said;
    if (strcmp(style, "day") == 0) {
        if (strcmp(reader->style, "day") != 0)
            said->day_date = said->day = NULL;
        append(reader, &said->day, text);
    } else if (strcmp(style, "day.date") == 0) {
        append(reader, &said->day_date, text);
        reader->row_ended = true;
    } else if (strcmp(style, "number") == 0) {
        lesson_in_hand(reader, true)->number = text;
    } else if (strcmp(style, "subject") == 0) {
        append(reader, &lesson_in_hand(reader, false)->subject, text);
    } else if (strcmp(style, "label") == 0) {
        lesson_in_hand(reader, false)->label = text;
    } else if (strcmp(style, "topic") == 0) {
        struct said_lesson *lesson = lesson_in_hand(reader, false);
        append(reader, lesson->label == NULL ? &lesson->topic : &lesson->topics, text);
    } else if (strcmp(style, "homework") == 0) {
        struct said_lesson *lesson = lesson_in_hand(reader, false);
        append(reader, lesson->label == NULL ? &lesson->reason : &lesson->homework, text);
    } else if (strcmp(style, "work") == 0 || strcmp(style, "code") == 0 || strncmp(style, "mark", 4) == 0) {
        read_cell(reader, style, text);
    }
}

/* --- the week as a table -------------------------------------------------------------------------------------------
 */

static inline bool is_weekday(const struct reader *reader, const char *text)
{
    for (int day = 1; day <= 7; day++)
        if (strcmp(text, phrase(reader->arena, reader->layout, arena_format(reader->arena, "weekday.%d", day))) == 0)
            return true;
    return false;
}

/* Both tables begin with «Предмет»; that of the week goes on with its days. */
static inline void read_column(struct reader *reader, const char *text, int32_t x)
{
    if (is_weekday(reader, text)) {
        assert_true(reader->column_count < 7);
        reader->columns[reader->column_count++] = (struct week_column){x, DATE_NONE};
        reader->place = PLACE_WEEK;
        reader->said->by_subject = true;
    } else if (reader->place == PLACE_WEEK && *text >= '0' && *text <= '9') {
        reader->columns[reader->column_count - 1].day =
            phrase_span(reader->arena, reader->layout, text, reader->year).from;
    } else if (strcmp(text, phrase(reader->arena, reader->layout, "subjects.subject")) == 0) {
        reader->place = PLACE_TABLE;
        reader->column_count = 0;
    }
}

static inline struct said_lesson *lesson_at(struct reader *reader, int32_t x)
{
    struct said *said = reader->said;
    size_t column = reader->column_count;
    while (column > 0 && reader->columns[column - 1].x > x)
        column--;
    assert_true(column > 0 && reader->subject != NULL);
    int32_t day = reader->columns[column - 1].day;
    struct said_lesson *last = &said->lessons[said->lesson_count == 0 ? 0 : said->lesson_count - 1];
    if (said->lesson_count > 0 && last->day == day && last->subject == reader->subject)
        return last;
    assert_true(said->lesson_count < SAID_MOST);
    said->lessons[said->lesson_count] = (struct said_lesson){.day = day, .subject = reader->subject};
    return &said->lessons[said->lesson_count++];
}

static inline void read_week(struct reader *reader, const char *style, const char *text, int32_t x)
{
    if (strcmp(style, "subject") == 0) {
        reader->subject =
            strcmp(reader->style, "subject") == 0 ? arena_format(reader->arena, "%s%s", reader->subject, text) : text;
    } else if (strcmp(style, "mark.cell") == 0 || strcmp(style, "mark.word") == 0) {
        struct said_lesson *lesson = lesson_at(reader, x);
        assert_true(lesson->mark_count < CELL_MOST);
        lesson->marks[lesson->mark_count++] = (struct said_mark){text, NULL};
    } else if (strcmp(style, "code") == 0) {
        append(reader, &lesson_at(reader, x)->codes, text);
    } else if (strcmp(style, "small") == 0) {
        append(reader, &reader->said->codes_mean, text);
    } else {
        assert_string_not_equal(style, "work"); /* a report has none */
    }
}

/* --- what follows ------------------------------------------------------------------------------------------------ */

static inline void read_change(struct reader *reader, const char *style, const char *text)
{
    struct said *said = reader->said;
    bool subject = strcmp(style, "subject") == 0, goes_on = subject && strcmp(reader->style, "subject") == 0;
    bool bullet = strcmp(text, phrase(reader->arena, reader->layout, "bullet")) == 0;
    if (strncmp(style, "note", 4) != 0 && strncmp(style, "digest", 6) != 0 && !subject)
        return;
    if (bullet || (subject && !goes_on)) {
        assert_true(said->change_count < SAID_MOST);
        said->changes[said->change_count++] = (struct said_line){NULL, NULL};
    }
    assert_true(said->change_count > 0);
    if (!bullet)
        append(reader,
               subject ? &said->changes[said->change_count - 1].subject : &said->changes[said->change_count - 1].text,
               text);
}

static inline void read_remark(struct reader *reader, const char *style, const char *text)
{
    struct said *said = reader->said;
    bool lead = strcmp(style, "note.strong") == 0;
    if (!lead && strcmp(style, "note") != 0)
        return;
    if (lead && strcmp(reader->style, "note.strong") != 0) {
        assert_true(said->remark_count < SAID_MOST);
        said->remarks[said->remark_count++] = (struct said_remark){NULL, NULL};
    }
    struct said_remark *remark = &said->remarks[said->remark_count - 1];
    append(reader, lead ? &remark->lead : &remark->text, text);
}

/* A subject of the table begins with a Cyrillic letter; what else stands in its row, with a figure or a dash. */
static inline void read_table(struct reader *reader, const char *style, const char *text)
{
    struct said *said = reader->said;
    unsigned char letter = (unsigned char)text[0];
    if (strcmp(style, "body") == 0 && letter >= 0xD0 && letter < 0xE0) {
        assert_true(said->term_count < CELL_MOST);
        said->terms[said->term_count++] = (struct said_term){text, NULL};
    } else if (strncmp(style, "marks", 5) == 0) {
        append(reader, &said->terms[said->term_count - 1].marks, text);
    }
}

static inline void read_heading(struct reader *reader)
{
    struct said *said = reader->said;
    if (reader->section == NULL)
        return;
    reader->place = PLACE_ELSEWHERE;
    if (strcmp(reader->section, phrase(reader->arena, reader->layout, "remarks.title")) == 0)
        reader->place = PLACE_REMARKS;
    if (phrase_tells_changes(reader->arena, reader->layout, reader->section)) {
        reader->place = PLACE_CHANGES;
        assert_null(said->changes_title);
        said->changes_title = reader->section;
    }
    reader->section = NULL;
}

static inline void read_word(struct reader *reader, const char *style, const char *text, int32_t x)
{
    struct said *said = reader->said;
    if (strcmp(style, "section") == 0) {
        append(reader, &reader->section, text);
        return;
    }
    read_heading(reader);
    if (strcmp(style, "title") == 0)
        append(reader, &said->title, text);
    else if (strcmp(style, "who") == 0)
        append(reader, &said->who, text);
    else if (strcmp(style, "foot") == 0 && said->number == NULL)
        said->number = text;
    if (strcmp(style, "day") == 0)
        reader->place = PLACE_DAYS;
    if (strcmp(style, "column") == 0)
        read_column(reader, text, x);
    switch (reader->place) {
    case PLACE_DAYS:
        read_day(reader, style, text);
        break;
    case PLACE_WEEK:
        read_week(reader, style, text, x);
        break;
    case PLACE_CHANGES:
        read_change(reader, style, text);
        break;
    case PLACE_REMARKS:
        read_remark(reader, style, text);
        break;
    case PLACE_TABLE:
        read_table(reader, style, text);
        break;
    case PLACE_ELSEWHERE:
        break;
    }
}

/* Everything lives in the arena. `year`: of the days that the sheet can tell of, which it names without one. */
static inline void read_pages(struct arena *arena, const struct layout *layout, struct span year,
                              const struct page *pages, size_t count, struct said *out)
{
    struct reader reader = {.arena = arena, .layout = layout, .year = year, .said = out, .style = ""};
    *out = (struct said){0};
    for (size_t p = 0; p < count; p++)
        for (size_t i = 0; i < pages[p].item_count; i++) {
            const struct item *item = &pages[p].items[i];
            reader.row_ended = reader.row_ended || item->kind == ITEM_LINE;
            bool arrow = item->kind == ITEM_POLYGON && item->point_count == ARROW_POINTS;
            if ((item->kind != ITEM_TEXT && !arrow) || item->fill < 0 || (size_t)item->fill >= layout->style_count)
                continue;
            const char *style = layout->styles[item->fill].name;
            read_word(&reader, style, arrow ? "→" : phrase_bare(arena, item->text), item->x);
            reader.style = style;
        }
}

#endif
