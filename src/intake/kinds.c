#include "intake/kinds.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "intake/cells.h"
#include "intake/rows.h"
#include "settings/profile.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct kind_column gradebook[] = {
    {COLUMN_DATE, "date", "Дата", true},
    {COLUMN_CLASS, "class", "Класс", true},
    {COLUMN_CODE, "pupil_id", "Код ученика", false},
    {COLUMN_PUPIL, "pupil", "Ученик", false},
    {COLUMN_LESSON, "lesson", "Урок", false},
    {COLUMN_SUBJECT, "subject", "Предмет", true},
    {COLUMN_TEACHER, "teacher", "Учитель", false},
    {COLUMN_TOPIC, "topic", "Тема", false},
    {COLUMN_HOMEWORK, "homework", "Домашнее задание", false},
    {COLUMN_WORK, "work", "Вид работы", false},
    {COLUMN_WEIGHT, "weight", "Вес", false},
    {COLUMN_MARK, "mark", "Отметка", false},
    {COLUMN_ATTENDANCE, "attendance", "Посещаемость", false},
    {COLUMN_COMMENT, "comment", "Комментарий", false},
};

static const struct kind_column pupils[] = {
    {COLUMN_CODE, "pupil_id", "Код ученика", true},
    {COLUMN_PUPIL, "pupil", "Ученик", true},
    {COLUMN_CLASS, "class", "Класс", true},
    {COLUMN_ENROLLED, "enrolled", "Зачислен", false},
    {COLUMN_LEFT, "left", "Выбыл", false},
    {COLUMN_GROUND, "ground", "Основание", false},
    {COLUMN_CONSENT, "consent", "Согласие", false},
    {COLUMN_PAPER_FROM, "paper_from", "Бумага с", false},
    {COLUMN_PAPER_UNTIL, "paper_until", "Бумага до", false},
    {COLUMN_DELIVERY, "delivery", "Доставка", false},
    {COLUMN_RECIPIENT, "recipient", "Получатель", false},
    {COLUMN_ADDRESS, "address", "Адрес", false},
    {COLUMN_COPIES, "copies", "Копий", false},
};

static const struct kind_column finals[] = {
    {COLUMN_CODE, "pupil_id", "Код ученика", false},  {COLUMN_PUPIL, "pupil", "Ученик", false},
    {COLUMN_CLASS, "class", "Класс", false},          {COLUMN_SUBJECT, "subject", "Предмет", true},
    {COLUMN_PERIOD, "period", "Период", true},        {COLUMN_FINAL, "mark", "Итог", true},
    {COLUMN_DECIDED, "decided", "Выставлено", false},
};

static const struct kind_column timetable[] = {
    {COLUMN_CLASS, "class", "Класс", true},       {COLUMN_DATE, "date", "Дата", false},
    {COLUMN_WEEKDAY, "weekday", "День", false},   {COLUMN_LESSON, "lesson", "Урок", true},
    {COLUMN_SUBJECT, "subject", "Предмет", true}, {COLUMN_ROOM, "room", "Кабинет", false},
    {COLUMN_STARTS, "starts", "Начало", false},
};

static const struct kind_column announcements[] = {
    {COLUMN_FROM, "from", "С", true},        {COLUMN_UNTIL, "until", "По", false},
    {COLUMN_CLASS, "class", "Класс", false}, {COLUMN_CODE, "pupil_id", "Код ученика", false},
    {COLUMN_TEXT, "text", "Текст", true},
};

static const struct kind_column achievements[] = {
    {COLUMN_CODE, "pupil_id", "Код ученика", true},
    {COLUMN_DATE, "date", "Дата", true},
    {COLUMN_TITLE, "title", "Достижение", true},
    {COLUMN_RESULT, "result", "Результат", false},
};

static const struct kind_column visits[] = {
    {COLUMN_CODE, "pupil_id", "Код ученика", true},
    {COLUMN_LAST_VISIT, "last_visit", "Последний вход", true},
};

static const struct kind kinds[] = {
    {EXPORT_GRADEBOOK, "gradebook", gradebook, COUNT(gradebook)},
    {EXPORT_PUPILS, "pupils", pupils, COUNT(pupils)},
    {EXPORT_FINALS, "finals", finals, COUNT(finals)},
    {EXPORT_TIMETABLE, "timetable", timetable, COUNT(timetable)},
    {EXPORT_ANNOUNCEMENTS, "announcements", announcements, COUNT(announcements)},
    {EXPORT_ACHIEVEMENTS, "achievements", achievements, COUNT(achievements)},
    {EXPORT_VISITS, "visits", visits, COUNT(visits)},
};

/* Columns that tell a kind from its neighbours. */
static const enum column telling[] = {COLUMN_TOPIC,      COLUMN_HOMEWORK,   COLUMN_WORK,    COLUMN_WEIGHT,
                                      COLUMN_ATTENDANCE, COLUMN_PERIOD,     COLUMN_DECIDED, COLUMN_WEEKDAY,
                                      COLUMN_ROOM,       COLUMN_STARTS,     COLUMN_TEXT,    COLUMN_TITLE,
                                      COLUMN_LAST_VISIT, COLUMN_PAPER_FROM, COLUMN_ENROLLED};

const struct kind *kinds_lookup(enum export_kind kind)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (kinds[i].kind == kind)
            return &kinds[i];
    }
    return NULL;
}

const char *kinds_fold(struct arena *arena, const char *text, size_t size)
{
    char *copy = arena_copy_n(arena, text, size);
    for (char *c = copy; *c != '\0'; c++) {
        if (*c == '_' || *c == '-' || *c == '"' || *c == ':' || (*c > 0 && *c < ' '))
            *c = ' ';
    }
    bool cyrillic = false;
    for (size_t i = 0; i < size; i++)
        cyrillic = cyrillic || (unsigned char)copy[i] == 0xD0 || (unsigned char)copy[i] == 0xD1;
    const char *mended = cyrillic ? cells_cyrillic(arena, copy) : NULL;
    return text_fold(arena, mended == NULL ? copy : mended);
}

/* Folding changes no length of the names in the table. */
static bool own_name(struct arena *arena, const char *name, const char *folded)
{
    size_t size = strlen(name);
    return size == strlen(folded) && strcmp(kinds_fold(arena, name, size), folded) == 0;
}

static bool same_name(struct arena *arena, const char *name, const char *folded)
{
    return strcmp(kinds_fold(arena, name, strlen(name)), folded) == 0;
}

static const char *mapped(const struct profile_pair *pairs, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(pairs[i].key, name) == 0)
            return pairs[i].text;
    }
    return NULL;
}

enum column kinds_column(const struct kind *kind, const struct profile *profile, struct arena *arena,
                         const char *folded)
{
    if (folded[0] == '\0')
        return COLUMN_COUNT;
    for (size_t i = 0; i < kind->count; i++) {
        const char *foreign = mapped(profile->columns, profile->column_count, kind->columns[i].name);
        if (foreign != NULL && same_name(arena, foreign, folded))
            return kind->columns[i].column;
    }
    for (size_t i = 0; i < kind->count; i++) {
        const struct kind_column *column = &kind->columns[i];
        if (mapped(profile->columns, profile->column_count, column->name) == NULL &&
            (own_name(arena, column->name, folded) || own_name(arena, column->russian, folded)))
            return column->column;
    }
    return COLUMN_COUNT;
}

static bool tells(enum column column)
{
    for (size_t i = 0; i < COUNT(telling); i++) {
        if (telling[i] == column)
            return true;
    }
    return false;
}

/* How well a header fits a kind; *known: how many of its cells the kind has. */
static int score(const struct kind *kind, const struct profile *profile, struct arena *arena, const char **names,
                 size_t count, size_t *known)
{
    bool has[COLUMN_COUNT] = {false};
    *known = 0;
    for (size_t i = 0; i < count; i++) {
        enum column column = kinds_column(kind, profile, arena, names[i]);
        if (column == COLUMN_COUNT)
            continue;
        has[column] = true;
        ++*known;
    }
    int points = 0;
    for (size_t i = 0; i < kind->count; i++) {
        const struct kind_column *column = &kind->columns[i];
        if (has[column->column])
            points += tells(column->column) ? 5 : 2;
        else if (column->required && mapped(profile->constants, profile->constant_count, column->name) == NULL)
            points -= 3;
    }
    return kind->kind == EXPORT_GRADEBOOK && !has[COLUMN_CODE] && !has[COLUMN_PUPIL] ? points - 3 : points;
}

static const struct kind *best_kind(const struct profile *profile, const struct row *row, size_t *known)
{
    struct arena *scratch = arena_new();
    const char **names = arena_alloc(scratch, row->count * sizeof *names);
    for (size_t i = 0; i < row->count; i++)
        names[i] = row->cells[i].size > 200 ? "" : kinds_fold(scratch, row->cells[i].text, row->cells[i].size);
    const struct kind *best = NULL;
    int most = 0;
    *known = 0;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        size_t now = 0;
        int points = score(&kinds[i], profile, scratch, names, row->count, &now);
        if (now > 1 && (best == NULL || points > most)) {
            best = &kinds[i];
            most = points;
            *known = now;
        }
    }
    arena_free(scratch);
    return best;
}

size_t kinds_known(const struct profile *profile, const struct row *row)
{
    size_t known = 0;
    best_kind(profile, row, &known);
    return known;
}

enum export_kind kinds_recognise(const struct profile *profile, const struct row *row)
{
    size_t known = 0;
    const struct kind *kind = best_kind(profile, row, &known);
    return kind == NULL ? EXPORT_NONE : kind->kind;
}
