#include "gradebook/subject.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/text.h"

/* Beginnings of folded names, in the order in which gradebooks of primary and secondary schools list them. */
static const char *const order[] = {
    "русский",
    "литератур",
    "чтение",
    "обучение грамоте",
    "письмо",
    "родной",
    "родная",
    "литературное чтение на родном",
    "математика",
    "алгебра",
    "геометрия",
    "вероятность",
    "информатика",
    "окружающий мир",
    "история",
    "обществознание",
    "география",
    "биология",
    "физика",
    "химия",
    "астрономия",
    "иностранный",
    "английский",
    "немецкий",
    "французский",
    "второй иностранный",
    "коми",
    "основы религиозн",
    "орксэ",
    "", /* everything else */
    "музыка",
    "изобразительное",
    "изо",
    "искусство",
    "технология",
    "труд",
    "физическая культура",
    "физкультура",
    "основы безопасности",
    "обж",
    "обзр",
};

int subject_rank(const char *folded)
{
    int rank = 0;
    size_t best = 0;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        size_t length = strlen(order[i]);
        bool fits = strncmp(folded, order[i], length) == 0;
        if (fits && (length > best || (length == 0 && best == 0))) {
            best = length;
            rank = (int)i;
        }
    }
    return rank;
}

int subject_compare(int rank_a, const char *a, int rank_b, const char *b)
{
    if (rank_a != rank_b)
        return rank_a - rank_b;
    int by_name = text_collate(a, b);
    return by_name != 0 ? by_name : strcmp(a, b);
}
