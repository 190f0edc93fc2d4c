/* A random school for whole stories: its gradebook as the source has it, and exports of it in varied dress. */
#ifndef PAPERDIARY_TESTS_STORY_SCHOOL_H
#define PAPERDIARY_TESTS_STORY_SCHOOL_H

#include "base/mem.h"
#include "base/text.h"
#include "paper_model.h"
#include "story_events.h"

enum { ROWS_MOST = 2000, GONE_MOST = 8, PUPILS = 7, NOBODY = -1, LESSONS = 3 };

/* A row of the gradebook; pupil NOBODY: the lesson of the whole class. */
struct source_row {
    int pupil;
    int32_t day;
    const char *form, *subject, *mark, *work, *topic, *homework, *comment;
    int32_t weight;
    int lesson;
    enum reason reason;
    bool changed; /* its homework, after it was entered */
};

struct source {
    struct source_row rows[ROWS_MOST];
    size_t count;
    struct source_row gone[GONE_MOST]; /* withdrawn; day 0: given again */
    size_t gone_count;
};

static const char *const story_codes[PUPILS] = {"101", "102", "103", "201", "202", "203", "301"};
static const char *const story_names[PUPILS] = {
    "Азарова Анна Ильинична", "Белов Борис Петрович",   "Вокуева Дарья Ивановна", "Канев Семён Олегович",
    "Ёлкина Яна Юрьевна",     "Рочев Михаил Андреевич", "Ануфриева Алла Львовна"};
static const char *const story_forms[PUPILS] = {"3А", "3А", "3А", "3Б", "3Б", "3Б", "1А"};
static const char *const story_classes[] = {"3А", "3Б", "1А"};
enum { MOVER = 1, CLASSES = 3 };

static const char *const story_subjects[LESSONS] = {"Русский язык", "Математика", "Музыка"};
static const char *const story_works[] = {"", "диктант", "контрольная работа", "устный ответ"};
static const char *const story_marks[] = {"2", "3", "4", "5", ".", ""};
static const char *const story_homework[] = {"упр. 5, с. 7", "с. 62 № 5", "", "выучить правило"};
static const char *const story_comments[] = {"Отличный проект!", "Забыта тетрадь", "Работал внимательно"};
static const int32_t story_weights[] = {WEIGHT_ONE, 2 * WEIGHT_ONE, 3 * WEIGHT_ONE, WEIGHT_ONE};

static const char story_ini[] = "[school]\nname = Школа\ndays = %d\n[year]\nkind = %s\n[marks]\nwithout = 1\n"
                                "[works]\nweights = диктант 2, контрольная работа 3\n";

static inline struct source_row *source_add(struct source *source, struct source_row row)
{
    assert_true(source->count < ROWS_MOST);
    source->rows[source->count] = row;
    return &source->rows[source->count++];
}

static inline void source_remove(struct source *source, size_t at)
{
    memmove(&source->rows[at], &source->rows[at + 1], (--source->count - at) * sizeof *source->rows);
}

/* --- what happens in it --------------------------------------------------------------------------------------- */

static inline bool has_absence(const struct source *source, const struct source_row *row)
{
    for (size_t i = 0; i < source->count; i++) {
        const struct source_row *other = &source->rows[i];
        if (other != row && other->pupil == row->pupil && other->day == row->day && other->lesson == row->lesson &&
            other->reason != REASON_PRESENT)
            return true;
    }
    return false;
}

static inline void source_add_random(struct source *source, int pupil, int32_t day, const char *form, bool numbered)
{
    static const uint8_t marks[] = {0, 1, 2, 3, 3, 4, 5, 5};
    uint32_t lesson = rnd(LESSONS), work = rnd(4);
    struct source_row *row =
        source_add(source, (struct source_row){.pupil = pupil,
                                               .day = day,
                                               .form = form,
                                               .subject = story_subjects[lesson],
                                               .mark = *form == '1' ? "" : story_marks[marks[rnd(8)]],
                                               .work = story_works[work],
                                               .topic = "",
                                               .homework = "",
                                               .comment = "",
                                               .weight = story_weights[work],
                                               .lesson = numbered ? (int)lesson + 1 : 0});
    if (chance(15))
        row->weight = chance(50) ? 2 * WEIGHT_ONE : WEIGHT_ONE * 3 / 2;
    if (chance(*form == '1' ? 60 : 25) && !(numbered && has_absence(source, row)))
        row->reason = (enum reason)(1 + rnd(REASON_COUNT - 1));
    if (chance(15))
        row->comment = story_comments[rnd(3)];
}

static inline bool has_rows(const struct source *source, int pupil, int32_t day)
{
    for (size_t i = 0; i < source->count; i++)
        if (source->rows[i].pupil == pupil && source->rows[i].day == day)
            return true;
    return false;
}

/* The pupil is away for a whole day. */
static inline void source_miss_day(struct source *source, int pupil, int32_t day, const char *form, bool numbered)
{
    enum reason reason = (enum reason)(1 + rnd(4));
    for (int lesson = 0; lesson < LESSONS && (lesson > 0 || !has_rows(source, pupil, day)); lesson++)
        source_add(source, (struct source_row){.pupil = pupil,
                                               .day = day,
                                               .form = form,
                                               .subject = story_subjects[lesson],
                                               .mark = "",
                                               .work = "",
                                               .topic = "",
                                               .homework = "",
                                               .comment = "",
                                               .weight = WEIGHT_ONE,
                                               .lesson = numbered ? lesson + 1 : 0,
                                               .reason = reason});
}

/* The absence was of another kind, or none; sometimes so on the whole day. */
static inline void source_excuse(struct source *source, struct source_row *row)
{
    enum reason was = row->reason, now = chance(50) ? REASON_PRESENT : (enum reason)rnd(REASON_COUNT);
    bool all = chance(60);
    for (size_t i = 0; i < source->count; i++) {
        struct source_row *other = &source->rows[i];
        if (other == row || (all && other->pupil == row->pupil && other->day == row->day && other->reason == was))
            other->reason = now;
    }
}

/* A lesson of the whole class, entered again. */
static inline void change_class_row(struct source_row *row)
{
    row->topic = "Уточнённая тема";
    if (*row->form == '1')
        return;
    row->homework = story_homework[rnd(4)];
    row->changed = true;
}

/* A pupil's lesson goes to another number of the day, with all that stands in it. */
static inline void source_move_lesson(struct source *source, struct source_row *row)
{
    int lesson = row->lesson, to = lesson > LESSONS ? lesson - LESSONS : lesson + LESSONS;
    for (size_t i = 0; i < source->count; i++)
        if (source->rows[i].pupil == row->pupil && source->rows[i].day == row->day && source->rows[i].lesson == to)
            return;
    for (size_t i = 0; i < source->count; i++) {
        struct source_row *other = &source->rows[i];
        if (other->pupil == row->pupil && other->day == row->day && other->lesson == lesson && lesson > 0)
            other->lesson = to;
    }
    if (lesson > 0)
        happens(EVENT_LESSON_MOVED);
}

/* The class's lesson of a day of this week or the last is entered again. */
static inline void source_change_lesson(struct source *source, int32_t monday)
{
    size_t at = rnd((uint32_t)source->count);
    for (size_t i = 0; i < source->count; i++, at = (at + 1) % source->count) {
        struct source_row *row = &source->rows[at];
        if (row->pupil == NOBODY && row->day >= monday - 7 && row->day < monday + 6) {
            change_class_row(row);
            return;
        }
    }
}

/* Withdraws what stands; what was withdrawn before may come again. */
static inline void source_withdraw(struct source *source, size_t at)
{
    source->gone[source->gone_count++ % GONE_MOST] = source->rows[at];
    source_remove(source, at);
}

static inline void source_give_again(struct source *source)
{
    size_t count = source->gone_count < GONE_MOST ? source->gone_count : GONE_MOST, at = rnd((uint32_t)count + 1);
    if (at >= count || source->gone[at].day == 0)
        return;
    struct source_row *row = source_add(source, source->gone[at]);
    source->gone[at].day = 0;
    if (row->lesson > 0 && has_absence(source, row))
        row->reason = REASON_PRESENT;
}

/* Withdraws, moves or corrects what stands. */
static inline void source_change_random(struct source *source)
{
    size_t at = rnd((uint32_t)source->count);
    for (int tries = 0; tries < 8 && source->rows[at].pupil == NOBODY; tries++)
        at = rnd((uint32_t)source->count);
    struct source_row *row = &source->rows[at];
    if (row->pupil == NOBODY) {
        change_class_row(row);
        return;
    }
    if (chance(30)) {
        source_withdraw(source, at);
        return;
    }
    uint32_t what = rnd(7);
    if (what < 2 && row->mark[0] != '\0')
        row->mark = story_marks[row->mark[0] == '4' ? 3 : row->mark[0] == '2' && chance(50) ? 4 : 2];
    else if (what == 2)
        row->weight = 3 * WEIGHT_ONE;
    else if (what == 3)
        row->work = story_works[rnd(4)];
    else if (what == 4)
        row->comment = story_comments[rnd(3)];
    else if (what == 5)
        source_move_lesson(source, row);
    else if (row->reason != REASON_PRESENT)
        source_excuse(source, row);
}

/* Every school day has a lesson of each class, so that an export speaks for all days of its span. */
static inline void source_add_days(struct source *source, int32_t from, int32_t until, bool numbered)
{
    for (int32_t day = from; day <= until; day++)
        for (int form = 0; form < CLASSES && date_weekday(day) < 7; form++)
            for (int lesson = 0; lesson < (chance(40) ? 2 : 1); lesson++)
                source_add(source, (struct source_row){.pupil = NOBODY,
                                                       .day = day,
                                                       .form = story_classes[form],
                                                       .subject = story_subjects[lesson],
                                                       .mark = "",
                                                       .work = "",
                                                       .topic = lesson > 0 ? "" : "Тема; «с точкой с запятой», и № 5",
                                                       .homework = form == 2 ? "" : story_homework[rnd(4)],
                                                       .comment = "",
                                                       .weight = WEIGHT_ONE,
                                                       .lesson = numbered ? lesson + 1 : 0});
}

/* The gradebook of a pupil on these days: by lesson, or as paper has it, by subject. */
static inline void source_gradebook(const struct source *source, int pupil, struct span days, bool by_lesson,
                                    struct paper *out)
{
    out->count = 0;
    for (size_t i = 0; i < source->count; i++) {
        const struct source_row *row = &source->rows[i];
        if (row->pupil != pupil || row->day < days.from || row->day > days.until)
            continue;
        struct key *key = paper_key(out, row->day, by_lesson ? (uint8_t)row->lesson : 0, row->subject);
        if (row->mark[0] != '\0')
            put(key, row->mark, row->work, row->weight);
        if (row->reason != REASON_PRESENT)
            key->reasons[row->reason]++;
    }
}

/* What a file means (formats.md): for each class in it, the days from its first to its last are as it says. */
static inline void source_take(struct source *source, const struct source *file)
{
    for (int form = 0; form < CLASSES; form++) {
        int32_t first = INT32_MAX, last = INT32_MIN;
        for (size_t i = 0; i < file->count; i++) {
            const struct source_row *row = &file->rows[i];
            if (strcmp(row->form, story_classes[form]) != 0)
                continue;
            first = row->day < first ? row->day : first;
            last = row->day > last ? row->day : last;
        }
        for (size_t i = source->count; i-- > 0;) {
            const struct source_row *row = &source->rows[i];
            if (strcmp(row->form, story_classes[form]) == 0 && row->day >= first && row->day <= last)
                source_remove(source, i);
        }
    }
    for (size_t i = 0; i < file->count; i++)
        source_add(source, file->rows[i]);
}

/* --- exports ------------------------------------------------------------------------------------------------- */

enum cell_of {
    DATE,
    CLASS,
    CODE,
    NAME,
    LESSON,
    SUBJECT,
    TEACHER,
    TOPIC,
    HOMEWORK,
    WORK,
    WEIGHT,
    MARK,
    ABSENCE,
    COMMENT,
    CELLS
};

struct dress {
    bool russian, crlf, quoted, names_only, codes_only;
    char delimiter;
    int dates;    /* 2026-11-16, 16.11.2026, 16.11.26 */
    int encoding; /* UTF-8, the same with BOM, Windows-1251, UTF-16 of both ends */
    int first;    /* which column stands first */
};

static inline struct dress dress_random(bool may_be_names_only)
{
    struct dress dress = {.russian = chance(50),
                          .crlf = chance(50),
                          .quoted = chance(20),
                          .codes_only = chance(20),
                          .delimiter = ";,\t"[rnd(3)],
                          .dates = (int)rnd(3),
                          .encoding = (int)rnd(5),
                          .first = (int)rnd(CELLS)};
    dress.names_only = may_be_names_only && !dress.codes_only && chance(50);
    return dress;
}

static inline void add_cell(struct buffer *out, const struct dress *dress, int column, const char *text)
{
    bool quote = dress->quoted && *text != '\0';
    for (const char *at = text; *at != '\0'; at++)
        quote = quote || *at == dress->delimiter;
    buffer_format(out, quote ? "\"%s\"" : "%s", text);
    if ((column + 1) % CELLS == dress->first)
        buffer_text(out, dress->crlf ? "\r\n" : "\n");
    else
        buffer_char(out, dress->delimiter);
}

static inline const char *reason_code(enum reason reason)
{
    static const char *const codes[REASON_COUNT][2] = {{"", ""},     {"б", "Б"},  {"у", "УП"},   {"н", "НП"},
                                                       {"ОТ", "от"}, {"о", "ОП"}, {"ОСВ", "осв"}};
    return codes[reason][rnd(2)];
}

static inline const char *weight_text(struct arena *arena, const struct source_row *row)
{
    int32_t of_work = WEIGHT_ONE;
    for (size_t i = 0; i < sizeof story_works / sizeof *story_works; i++)
        of_work = strcmp(row->work, story_works[i]) == 0 ? story_weights[i] : of_work;
    if (row->mark[0] == '\0' || (row->weight == of_work && chance(50)))
        return "";
    return arena_format(arena,
                        row->weight % 1000 == 0 ? "%d"
                        : chance(50)            ? "%d,%d"
                                                : "%d.%d",
                        row->weight / 1000, row->weight % 1000 / 100);
}

/* The cells of mark and attendance: the code of an absence may stand in either. */
static inline void fill_values(struct arena *arena, const struct source_row *row, const char *other,
                               const char *cells[CELLS])
{
    const char *mark = row->mark, *code = reason_code(row->reason);
    if (other != NULL)
        mark = arena_format(arena, chance(50) ? "%s/%s" : "%s %s", mark, other);
    bool inside = *code != '\0' && chance(40);
    cells[MARK] = !inside ? mark : *mark == '\0' ? code : arena_format(arena, "%s %s", code, mark);
    cells[ABSENCE] = inside ? "" : code;
}

static inline void add_row(struct arena *arena, struct buffer *out, const struct dress *dress,
                           const struct source_row *row, const char *other)
{
    static const char *const dates[] = {"%04d-%02d-%02d", "%02d.%02d.%04d", "%02d.%02d.%02d"};
    struct civil civil = date_to_civil(row->day);
    const char *cells[CELLS] = {[CLASS] = row->form, [SUBJECT] = row->subject, [TEACHER] = "", [TOPIC] = row->topic};
    cells[DATE] = dress->dates == 0 ? arena_format(arena, "%04d-%02d-%02d", civil.year, civil.month, civil.day)
                                    : arena_format(arena, dates[dress->dates], civil.day, civil.month,
                                                   dress->dates == 1 ? civil.year : civil.year % 100);
    cells[CODE] = row->pupil == NOBODY || dress->names_only ? "" : story_codes[row->pupil];
    cells[NAME] = row->pupil == NOBODY || dress->codes_only ? "" : story_names[row->pupil];
    cells[LESSON] = row->lesson == 0 ? "" : arena_format(arena, "%d", row->lesson);
    cells[HOMEWORK] = row->homework;
    cells[COMMENT] = row->comment;
    cells[WORK] = row->work;
    cells[WEIGHT] = weight_text(arena, row);
    fill_values(arena, row, other, cells);
    for (int i = 0; i < CELLS; i++) {
        int column = (dress->first + i) % CELLS;
        add_cell(out, dress, column, cells[column]);
    }
}

static inline bool may_share_cell(const struct source_row *a, const struct source_row *b)
{
    return a->pupil == b->pupil && a->day == b->day && a->lesson == b->lesson && a->form == b->form &&
           a->subject == b->subject && a->work == b->work && a->weight == b->weight && *a->mark > '0' &&
           *b->mark > '0' && b->reason == REASON_PRESENT && *b->comment == '\0';
}

static inline void encode(struct buffer *text, int encoding)
{
    struct buffer out = {0};
    const char *at = text->data;
    static const char *const marks[] = {"", "\xEF\xBB\xBF", "", "\xFF\xFE", "\xFE\xFF"};
    buffer_text(&out, marks[encoding]);
    for (uint32_t code; (code = text_next(&at)) != 0;) {
        char put_here[5];
        if (encoding < 2)
            buffer_add(&out, put_here, text_put(put_here, code));
        else if (encoding > 2)
            buffer_add(
                &out, encoding == 3 ? (char[]){(char)code, (char)(code >> 8)} : (char[]){(char)(code >> 8), (char)code},
                2);
        else
            buffer_char(&out, (char)(code < 0x80                     ? code
                                     : code == 0x401                 ? 0xA8
                                     : code == 0x451                 ? 0xB8
                                     : code == 0x2116                ? 0xB9
                                     : code >= 0x410 && code < 0x450 ? code - 0x410 + 0xC0
                                                                     : code)); /* « » stand where Latin-1 has them */
    }
    buffer_free(text);
    *text = out;
}

/* The file as bytes. Two marks of one lesson may share a cell. */
static inline void write_export(struct arena *arena, const struct source *file, const struct dress *dress,
                                struct buffer *out)
{
    static const char *const heads[2][CELLS] = {
        {"date", "class", "pupil_id", "pupil", "lesson", "subject", "teacher", "topic", "homework", "work", "weight",
         "mark", "attendance", "comment"},
        {"Дата", "Класс", "Код ученика", "Ученик", "Урок", "Предмет", "Учитель", "Тема", "Домашнее задание",
         "Вид работы", "Вес", "Отметка", "Посещаемость", "Комментарий"}};
    bool done[ROWS_MOST] = {false};
    buffer_clear(out);
    for (int i = 0; i < CELLS; i++) {
        int column = (dress->first + i) % CELLS;
        add_cell(out, dress, column, heads[dress->russian][column]);
    }
    for (size_t i = 0; i < file->count; i++) {
        const struct source_row *row = &file->rows[i];
        const char *other = NULL;
        for (size_t k = i + 1; !done[i] && k < file->count && other == NULL; k++)
            if (!done[k] && may_share_cell(row, &file->rows[k]) && chance(50)) {
                other = file->rows[k].mark;
                done[k] = true;
            }
        if (!done[i])
            add_row(arena, out, dress, row, other);
    }
    encode(out, dress->encoding);
}

#endif
