#include "typeset/words.h"

#include <string.h>
#include <utf8proc.h>

#include "base/text.h"
#include "typeset/chances.h"
#include "typeset/glyphs.h"

#define NBSP 0xA0U

bool words_is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

bool words_is_letter(uint32_t code)
{
    if (code < 0x80)
        return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
    if (code >= 0x400 && code <= 0x52F)
        return code < 0x482 || code > 0x489;
    return (code >= 0xC0 && code <= 0x24F && code != 0xD7 && code != 0xF7) || (code >= 0x370 && code <= 0x3FF);
}

static uint32_t small(uint32_t code)
{
    if (code < 0x80)
        return code >= 'A' && code <= 'Z' ? code + 0x20 : code;
    if (code >= 0x400 && code <= 0x45F)
        return code < 0x410 ? code + 0x50 : code < 0x430 ? code + 0x20 : code;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
}

bool words_is_capital(uint32_t code)
{
    return words_is_letter(code) && small(code) != code;
}

static bool is_opening(uint32_t code)
{
    return code == 0xAB || code == 0x201E || code == 0x201C || code == '(' || code == '[' || code == '"' ||
           code == '\'' || code == 0x2018;
}

static bool is_closing(uint32_t code)
{
    return code == 0xBB || code == 0x201C || code == 0x201D || code == ')' || code == ']' || code == '"' ||
           code == '\'' || code == 0x2019 || code == ',' || code == ';' || code == ':' || code == '!' || code == '?' ||
           code == 0x2026;
}

static bool is_dash(uint32_t code)
{
    return code == '-' || code == 0x2010 || code == 0x2013 || code == 0x2014 || code == 0x2212;
}

static bool is_arrow(uint32_t code)
{
    return code >= 0x2190 && code <= 0x21FF;
}

static struct word word_of(const struct glyph *glyphs, uint32_t from, uint32_t to)
{
    struct word word = {.from = from, .to = to, .core_from = from, .core_to = to};
    while (word.core_from < word.core_to && is_opening(glyphs[word.core_from].code))
        word.core_from++;
    while (word.core_to > word.core_from && is_closing(glyphs[word.core_to - 1].code))
        word.core_to--;
    size_t size = 0;
    for (uint32_t i = word.core_from; i < word.core_to; i++) {
        if (size + 5 > sizeof word.small) {
            word.small[0] = '\0';
            break;
        }
        size += text_put(word.small + size, small(glyphs[i].code));
    }
    return word;
}

static bool is_gap(uint32_t code)
{
    return code == ' ' || code == NBSP || code == '\n';
}

size_t words_most(const struct glyph *glyphs, uint32_t count)
{
    size_t most = 1;
    for (uint32_t i = 0; i < count; i++)
        most += is_gap(glyphs[i].code);
    return most;
}

size_t words_split(const struct glyph *glyphs, uint32_t count, struct word *out)
{
    size_t words = 0;
    for (uint32_t at = 0;;) {
        uint32_t from = at;
        while (at < count && !is_gap(glyphs[at].code))
            at++;
        struct word *word = &out[words++];
        *word = word_of(glyphs, from, at);
        word->gap = GAP_END;
        for (bool gap = true; gap && at < count;) {
            uint32_t code = glyphs[at].code;
            gap = word->gap != GAP_LINE && is_gap(code);
            if (!gap)
                break;
            if (code == '\n')
                word->gap = GAP_LINE;
            else if (code == NBSP)
                word->gap = GAP_NO_BREAK;
            else if (word->gap == GAP_END)
                word->gap = GAP_SPACE;
            at++;
        }
        word->next = at;
        if (word->gap == GAP_END)
            return words;
    }
}

/* The word's core is `text`, capitals aside. */
static bool reads(const struct word *word, const char *text)
{
    return strcmp(word->small, text) == 0;
}

static bool reads_one(const struct word *word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (word->small[0] == (*list)[0] && word->small[1] == (*list)[1] && reads(word, *list))
            return true;
    return false;
}

static uint32_t code_at(const struct words *words, uint32_t glyph)
{
    return words->glyphs[glyph].code;
}

static uint32_t core_length(const struct word *word)
{
    return word->core_to - word->core_from;
}

static uint32_t first_of(const struct words *words, const struct word *word)
{
    return core_length(word) == 0 ? 0 : code_at(words, word->core_from);
}

static bool is_open_ended(const struct word *word)
{
    return word->core_to == word->to;
}

/* «84», «16–21», «4,05», «18:00», «2-е», «12-я» */
static bool is_number(const struct words *words, const struct word *word)
{
    if (!words_is_digit(first_of(words, word)) || words_is_letter(code_at(words, word->core_from + 1)))
        return false;
    uint32_t letters = 0;
    for (uint32_t i = word->core_from; i < word->core_to; i++) {
        uint32_t code = code_at(words, i);
        letters += words_is_letter(code);
        if (!words_is_digit(code) && !words_is_letter(code) && !is_dash(code) && code != ',' && code != '.' &&
            code != ':' && code != '/' && code != 0x2011)
            return false;
    }
    return letters <= 3 && code_at(words, word->core_to - 1) != '.';
}

static bool is_digits(const struct words *words, const struct word *word, uint32_t least, uint32_t most)
{
    if (core_length(word) < least || core_length(word) > most)
        return false;
    for (uint32_t i = word->core_from; i < word->core_to; i++)
        if (!words_is_digit(code_at(words, i)))
            return false;
    return true;
}

/* One letter and a point, or several such: «А.», «А.С.»; `capital` or small ones. */
static bool is_lettered(const struct words *words, const struct word *word, bool capital)
{
    if (core_length(word) < 2 || core_length(word) % 2 != 0)
        return false;
    for (uint32_t i = word->core_from; i < word->core_to; i += 2)
        if (!words_is_letter(code_at(words, i)) || words_is_capital(code_at(words, i)) != capital ||
            code_at(words, i + 1) != '.')
            return false;
    return true;
}

static bool is_initial(const struct words *words, const struct word *word)
{
    static const char *const longer[] = {"дж.", "вл.", "ал.", "юр.", "св.", NULL};
    return is_lettered(words, word, true) || (words_is_capital(first_of(words, word)) && reads_one(word, longer));
}

/* No letters and no figures: «—», «·», «+», «:». */
static bool is_only_signs(const struct words *words, const struct word *word)
{
    for (uint32_t i = word->from; i < word->to; i++)
        if (words_is_letter(code_at(words, i)) || words_is_digit(code_at(words, i)))
            return false;
    return word->to > word->from;
}

static bool is_bullet(uint32_t code)
{
    return code == 0x2022 || (code >= 0x25A0 && code <= 0x25FF) || (code >= 0x2600 && code <= 0x27BF);
}

/* Abbreviations that belong to what follows: «с. 84», «ул. Ленина», «кл. руководитель». */
static bool binds_forward(const struct words *words, size_t index)
{
    static const char *const always[] = {
        "стр.",  "упр.",  "гл.",  "п.",  "пп.",  "рис.", "табл.", "зад.", "каб.", "им.",    "вып.", "см.",  "ср.",
        "напр.", "ул.",   "кв.",  "пр.", "пос.", "дер.", "корп.", "пл.",  "пер.", "просп.", "обл.", "тел.", "ст.",
        "акад.", "проф.", "тов.", "§§",  "№№",   "№",    "§",     "упр",  "стр",  "ч.",     "т.",   "д.",   NULL};
    static const char *const other_than_units[] = {"с.", "г.", "кл.", "р.", "м.", "в.", "о.", "оз.", NULL};
    const struct word *word = &words->items[index];
    bool forward = is_open_ended(word) && reads_one(word, always);
    if (!forward && (!is_open_ended(word) || !reads_one(word, other_than_units)))
        return false;
    if (index > 0 && is_lettered(words, word, false) && is_lettered(words, word - 1, false))
        return false;
    bool counted = index > 0 && is_number(words, &words->items[index - 1]) && is_open_ended(&words->items[index - 1]);
    bool number_next = index + 1 < words->count && words_is_digit(first_of(words, &words->items[index + 1]));
    return forward || !counted || number_next;
}

/* Initials stay together and with the surname after them, or else with that before. */
static int32_t initials_penalty(const struct words *words, size_t left)
{
    const struct word *l = &words->items[left], *r = l + 1;
    if (is_initial(words, l) && is_open_ended(l) && words_is_capital(first_of(words, r)))
        return PENALTY_HARD;
    if (!is_initial(words, r) || !is_open_ended(l) || !words_is_capital(first_of(words, l)) || core_length(l) < 2)
        return 0;
    size_t last = left + 1;
    while (last + 1 < words->count && is_open_ended(&words->items[last]) && is_initial(words, &words->items[last + 1]))
        last++;
    const struct word *after = last + 1 < words->count ? &words->items[last + 1] : NULL;
    bool surname_follows = after != NULL && words->items[last].gap != GAP_LINE && is_open_ended(&words->items[last]) &&
                           after->core_from == after->from && words_is_capital(first_of(words, after));
    return surname_follows ? 0 : PENALTY_HARD;
}

static int32_t signs_penalty(const struct words *words, size_t left)
{
    const struct word *l = &words->items[left], *r = l + 1;
    if (r->to == r->from || l->to == l->from)
        return 0;
    uint32_t starts = code_at(words, r->from), ends = code_at(words, l->from);
    bool first = left == 0 || l[-1].gap == GAP_LINE;
    if (is_only_signs(words, l)) {
        if (is_bullet(ends) || (is_dash(ends) && first))
            return PENALTY_HARD;
        if (is_arrow(ends))
            return PENALTY_BIND;
        if (ends == '+' || ends == 0x2212 || ends == 0xD7) /* «30 − 7» */
            return PENALTY_BIND;
        if (ends == '=' || ends == '<' || ends == '>')
            return PENALTY_TIE;
    }
    if (is_only_signs(words, r) && !is_bullet(starts) && !is_opening(starts) && starts != 0x2116 && starts != 0xA7)
        return PENALTY_HARD;
    bool times = starts == 0xD7 || starts == '%' || starts == 0xB0 || starts == 0x2014 || starts == 0x2013;
    return times ? PENALTY_HARD : 0;
}

/* «5 уроков», «3 «А»», «10 000», «16 ноября 2026» */
static int32_t number_penalty(const struct words *words, size_t left)
{
    static const char *const months[] = {"января",  "февраля",  "марта",   "апреля", "мая",     "июня", "июля",
                                         "августа", "сентября", "октября", "ноября", "декабря", NULL};
    static const char *const units[] = {"м", "см", "мм", "км", "дм", "г",  "кг", "мг",
                                        "л", "мл", "ч",  "т",  "ц",  "га", NULL};
    const struct word *l = &words->items[left], *r = l + 1;
    uint32_t starts = first_of(words, r);
    if (is_number(words, r) && reads_one(l, months) && is_digits(words, r, 4, 4))
        return PENALTY_TIE;
    if (!is_number(words, l))
        return 0;
    if (starts == 0x2116 || starts == 0xA7) /* «с. 58 № 4» */
        return PENALTY_TIE + PENALTY_SLIGHT;
    if (!is_open_ended(l)) /* «№ 4, 6» */
        return is_number(words, r) && code_at(words, l->to - 1) == ',' ? PENALTY_SLIGHT : 0;
    if (core_length(r) == 1 && words_is_capital(starts))
        return PENALTY_HARD;
    if (is_digits(words, l, 1, 3) && is_digits(words, r, 3, 3) && l->core_from == l->from)
        return PENALTY_HARD;
    if (!words_is_letter(starts) || words_is_capital(starts) || r->core_from != r->from)
        return 0;
    if (core_length(r) <= 2 && code_at(words, r->core_to - 1) != '.' && !reads_one(r, units)) /* «5 и 6» */
        return 0;
    bool named = left > 0 && binds_forward(words, left - 1); /* «упр. 163 письменно», «с. 43 упр. 4» */
    return named || binds_forward(words, left + 1) ? 0 : PENALTY_HARD;
}

static int32_t short_word_penalty(const struct words *words, size_t left)
{
    static const char *const two[] = {"не",  "на",  "до",  "по",  "от",  "за",  "из",  "ко",  "но",  "об",  "во",
                                      "со",  "ни",  "да",  "то",  "или", "без", "для", "над", "под", "при", "про",
                                      "обо", "ото", "изо", "the", "of",  "to",  "in",  "an",  NULL};
    static const char *const particles[] = {"же", "бы", "ли", "ж", "б", NULL};
    const struct word *l = &words->items[left], *r = l + 1;
    if (reads_one(r, particles) && core_length(l) > 1)
        return PENALTY_TIE;
    if (!is_open_ended(l) || l->to == l->from)
        return 0;
    if (core_length(l) == 1 && words_is_letter(first_of(words, l)) && !reads_one(l, particles))
        return PENALTY_BIND;
    return reads_one(l, two) ? PENALTY_TIE : 0;
}

/* «т. е.», «и т. д.», «и др.», «до н. э.» */
static int32_t set_phrase_penalty(const struct words *words, size_t left)
{
    static const char *const after_and[] = {"т.", "др.", "пр.", "т.д.", "т.п.", NULL};
    const struct word *l = &words->items[left], *r = l + 1;
    if (is_lettered(words, l, false) && is_lettered(words, r, false) && is_open_ended(l))
        return PENALTY_HARD;
    if (reads(l, "и") && reads_one(r, after_and))
        return PENALTY_HARD;
    return reads(l, "до") && reads(r, "н.") ? PENALTY_HARD : 0;
}

/* «Англ. яз.», «Матем. с. 62»: a sentence would go on with a capital. */
static int32_t abbreviation_penalty(const struct words *words, size_t left)
{
    const struct word *l = &words->items[left], *r = l + 1;
    uint32_t next = first_of(words, r);
    bool ends = core_length(l) >= 2 && core_length(l) <= 7 && is_open_ended(l) &&
                code_at(words, l->core_to - 1) == '.' && words_is_letter(code_at(words, l->core_to - 2));
    return ends && words_is_letter(next) && !words_is_capital(next) ? PENALTY_TIE : 0;
}

static int32_t class_penalty(const struct words *words, size_t left)
{
    static const char *const forms[] = {"класс", "класса", "классу", "классе", "классом", "кл.", NULL};
    const struct word *l = &words->items[left];
    bool letter = core_length(l) == 1 && words_is_capital(first_of(words, l));
    return letter && reads_one(l + 1, forms) ? PENALTY_TIE : 0;
}

int32_t words_penalty(const struct words *words, size_t left)
{
    static int32_t (*const rules[])(const struct words *,
                                    size_t) = {signs_penalty, initials_penalty,     set_phrase_penalty, number_penalty,
                                               class_penalty, abbreviation_penalty, short_word_penalty};
    if (binds_forward(words, left))
        return PENALTY_HARD;
    int32_t most = 0;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        int32_t penalty = rules[i](words, left);
        most = penalty > most ? penalty : most;
    }
    return most;
}
