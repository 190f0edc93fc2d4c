#include "intake/words.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "gradebook/record.h"
#include "intake/cells.h"

struct word {
    const char *folded;
    int32_t value;
};

static const struct word weekdays[] = {
    {"понедельник", 1}, {"пн", 1}, {"monday", 1},    {"mon", 1}, {"вторник", 2}, {"вт", 2}, {"tuesday", 2},  {"tue", 2},
    {"среда", 3},       {"ср", 3}, {"wednesday", 3}, {"wed", 3}, {"четверг", 4}, {"чт", 4}, {"thursday", 4}, {"thu", 4},
    {"пятница", 5},     {"пт", 5}, {"friday", 5},    {"fri", 5}, {"суббота", 6}, {"сб", 6}, {"saturday", 6}, {"sat", 6},
    {"воскресенье", 7}, {"вс", 7}, {"sunday", 7},    {"sun", 7},
};

static const struct word periods[] = {
    {"year", FINAL_YEAR},
    {"год", FINAL_YEAR},
    {"годовая", FINAL_YEAR},
    {"год. оценка", FINAL_YEAR},
    {"exam", FINAL_EXAM},
    {"экз", FINAL_EXAM},
    {"экзамен", FINAL_EXAM},
    {"экз. оценка", FINAL_EXAM},
    {"экзаменационная", FINAL_EXAM},
    {"гос. экз. оценка", FINAL_EXAM},
    {"final", FINAL_FINAL},
    {"итог", FINAL_FINAL},
    {"итоговая", FINAL_FINAL},
    {"итог. оценка", FINAL_FINAL},
    {"i", 1},
    {"ii", 2},
    {"iii", 3},
    {"iv", 4},
    {"первый", 1},
    {"второй", 2},
    {"третий", 3},
    {"четвертый", 4},
    {"первая", 1},
    {"вторая", 2},
    {"третья", 3},
    {"четвертая", 4},
    {"1", 1},
    {"2", 2},
    {"3", 3},
    {"4", 4},
};

static const struct word term_names[] = {{"четверть", 0}, {"триместр", 0}, {"полугодие", 0},
                                         {"term", 0},     {"quarter", 0},  {"trimester", 0}};

static const struct word months[] = {{"январь", 1},   {"февраль", 2},  {"март", 3},    {"апрель", 4},
                                     {"май", 5},      {"июнь", 6},     {"июль", 7},    {"август", 8},
                                     {"сентябрь", 9}, {"октябрь", 10}, {"ноябрь", 11}, {"декабрь", 12}};

static const struct word deliveries[] = {
    {"hand", 0},   {"с учеником", 0}, {"на руки", 0},      {"лично", 0},     {"с ребенком", 0},  {"через ученика", 0},
    {"office", 1}, {"канцелярия", 1}, {"в канцелярии", 1}, {"секретарь", 1}, {"у секретаря", 1}, {"в школе", 1},
    {"post", 2},   {"mail", 2},       {"почта", 2},        {"почтой", 2},    {"по почте", 2}};

static const struct word grounds[] = {{"transfer", 0},   {"перевод", 0}, {"переход", 0},   {"переезд", 0},
                                      {"graduation", 1}, {"выпуск", 1},  {"окончание", 1}, {"окончание школы", 1}};

#define FIND(words, folded) find((words), sizeof(words) / sizeof(words)[0], (folded))

static const struct word *find(const struct word *words, size_t count, const char *folded)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i].folded, folded) == 0)
            return &words[i];
    }
    return NULL;
}

static const char *fold(struct arena *arena, struct cell cell)
{
    return text_fold(arena, arena_copy_n(arena, cell.text, cell.size));
}

int32_t words_weekday(struct arena *arena, struct cell cell)
{
    int32_t number = 0;
    if (cells_number(cell, &number))
        return number >= 1 && number <= 7 ? number : 0;
    const struct word *word = FIND(weekdays, fold(arena, cell));
    return word == NULL ? 0 : word->value;
}

int32_t words_period(struct arena *arena, struct cell cell)
{
    const char *folded = fold(arena, cell);
    const struct word *word = FIND(periods, folded);
    const char *blank = strchr(folded, ' ');
    if (word == NULL && blank != NULL && FIND(term_names, blank + 1) != NULL)
        word = FIND(periods, arena_copy_n(arena, folded, (size_t)(blank - folded)));
    return word == NULL ? 0 : word->value;
}

int32_t words_month(const char *folded)
{
    const struct word *word = FIND(months, folded);
    return word == NULL ? 0 : word->value;
}

const char *words_delivery(struct arena *arena, struct cell cell)
{
    static const char *const names[] = {"hand", "office", "post"};
    const struct word *word = FIND(deliveries, fold(arena, cell));
    return word == NULL ? NULL : names[word->value];
}

const char *words_ground(struct arena *arena, struct cell cell)
{
    static const char *const names[] = {"transfer", "graduation"};
    const struct word *word = FIND(grounds, fold(arena, cell));
    return word == NULL ? NULL : names[word->value];
}

const char *words_final(struct arena *arena, const char *text)
{
    static const char *const shown[][2] = {{"н/а", "н/а"},         {"на", "н/а"},        {"осв", "осв."},
                                           {"осв.", "осв."},       {"зач", "зачёт"},     {"зач.", "зачёт"},
                                           {"зачет", "зачёт"},     {"незач", "незачёт"}, {"незач.", "незачёт"},
                                           {"незачет", "незачёт"}, {"н/з", "незачёт"}};
    const char *folded = text_fold(arena, text);
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        if (strcmp(shown[i][0], folded) == 0)
            return shown[i][1];
    }
    return NULL;
}
