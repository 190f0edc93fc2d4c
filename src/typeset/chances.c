#include "typeset/chances.h"

#include <string.h>

#include "base/mem.h"
#include "typeset/glyphs.h"
#include "typeset/hyphens.h"
#include "typeset/metrics.h"
#include "typeset/setting.h"
#include "typeset/words.h"

#define SOFT_HYPHEN 0xADU
#define ZERO_SPACE  0x200BU

static uint32_t letters_before(const struct text *text, const struct word *word, uint32_t at)
{
    uint32_t count = 0;
    while (at > word->from && words_is_letter(text->glyphs[at - 1].code)) {
        at--;
        count++;
    }
    return count;
}

static uint32_t letters_from(const struct text *text, const struct word *word, uint32_t at)
{
    uint32_t count = 0;
    while (at < word->to && words_is_letter(text->glyphs[at].code)) {
        at++;
        count++;
    }
    return count;
}

static bool is_address(const struct text *text, const struct word *word)
{
    for (uint32_t i = word->from; i + 2 < word->to; i++)
        if (text->glyphs[i].code == ':' && text->glyphs[i + 1].code == '/' && text->glyphs[i + 2].code == '/')
            return true;
    return false;
}

/* After which signs inside a word a line may end: «Римского-|Корсакова», «алгебра/|геометрия», «упр.158;|правило»;
 * never in «16–21», «2-е», «3/4». 0: not here; else the penalty. */
static int32_t inner_penalty(const struct text *text, const struct word *word, uint32_t at)
{
    uint32_t code = text->glyphs[at].code;
    if (code != '-' && code != 0x2010 && code != 0x2013 && code != 0x2014 && code != '/' && code != ',' &&
        code != ';' && code != '.' && code != 0x2026)
        return 0;
    uint32_t before = letters_before(text, word, at), after = letters_from(text, word, at + 1);
    switch (code) {
    case '-':
    case 0x2010:
        return before < 2 || after < 3 ? 0 : before < 3 ? PENALTY_TIE : PENALTY_SLIGHT;
    case 0x2013:
    case 0x2014:
        return before < 3 || after < 3 ? 0 : PENALTY_SLIGHT * 2;
    case '/':
        if (is_address(text, word))
            return at > word->from && text->glyphs[at - 1].code != '/' && text->glyphs[at + 1].code != '/'
                       ? PENALTY_SLIGHT
                       : 0;
        return before < 3 || after < 3 ? 0 : PENALTY_SLIGHT * 2;
    case '.': /* a sentence without a space after it */
        return at > word->from && after > 1 && words_is_capital(text->glyphs[at + 1].code) &&
                       (before > 2 || words_is_digit(text->glyphs[at - 1].code))
                   ? PENALTY_TIE
                   : 0;
    default:
        return at > word->from && after > 0 ? PENALTY_TIE : 0;
    }
}

static void add(struct text *text, struct chance chance)
{
    text->chances[text->chance_count++] = chance;
}

static void add_inner(struct text *text, const struct word *word)
{
    for (uint32_t at = word->from; at + 1 < word->to; at++) {
        uint32_t code = text->glyphs[at].code;
        if (code == SOFT_HYPHEN) {
            if (at > word->from)
                add(text, (struct chance){.end = at, .next = at + 1, .penalty = PENALTY_HYPHEN, .hyphen = true});
        } else if (code == ZERO_SPACE) {
            add(text, (struct chance){.end = at, .next = at + 1});
        } else {
            int32_t penalty = inner_penalty(text, word, at);
            if (penalty > 0)
                add(text, (struct chance){.end = at + 1, .next = at + 1, .penalty = penalty});
        }
    }
}

void chances_find(struct setting *setting, struct text *text)
{
    struct word *items = arena_alloc(setting->scratch, words_most(text->glyphs, text->count) * sizeof *items);
    struct words words = {.glyphs = text->glyphs, .items = items};
    words.count = words_split(text->glyphs, text->count, items);
    text->chances = arena_alloc(text->arena, (text->count + 2) * sizeof *text->chances);
    for (size_t i = 0; i < words.count; i++) {
        const struct word *word = &items[i];
        add_inner(text, word);
        if (word->gap == GAP_END || word->gap == GAP_LINE)
            add(text, (struct chance){.end = word->to, .next = word->next, .forced = true});
        else if (word->gap == GAP_SPACE && word->to > word->from)
            add(text, (struct chance){.end = word->to, .next = word->next, .penalty = words_penalty(&words, i)});
        else if (word->gap == GAP_NO_BREAK)
            add(text, (struct chance){.end = word->to, .next = word->next, .penalty = PENALTY_HARD * 2});
    }
}

static int64_t piece_width(const struct text *text, uint32_t from, uint32_t to)
{
    return to > from ? text->glyphs[to].x - text->glyphs[from].x : 0;
}

/* Of the hyphen after glyph `end` - 1. */
static int64_t hyphen_width(const struct setting *setting, const struct text *text, uint32_t end)
{
    const struct glyph *last = &text->glyphs[end - 1];
    const struct style *style = setting_style(setting, text->runs[last->run].style);
    return (int64_t)metrics_advance(setting->metrics, last->face, '-') * style->size;
}

bool chances_too_wide(const struct setting *setting, const struct text *text, int64_t width)
{
    uint32_t from = 0;
    for (size_t i = 0; i < text->chance_count; i++) {
        const struct chance *chance = &text->chances[i];
        int64_t hyphen = chance->hyphen ? hyphen_width(setting, text, chance->end) : 0;
        if (piece_width(text, from, chance->end) + hyphen > width)
            return true;
        from = text->chances[i].next;
    }
    return false;
}

/* A growing list of chances. */
struct refined {
    struct setting *setting;
    const struct text *text;
    struct chance *items;
    size_t count, room;
};

static void push(struct refined *refined, struct chance chance)
{
    refined->items =
        arena_grow(refined->setting->scratch, refined->items, refined->count, &refined->room, sizeof *refined->items);
    refined->items[refined->count++] = chance;
}

/* Chances after any character of [from, to), so that no piece stays wider than the line. */
static void push_anywhere(struct refined *refined, uint32_t from, uint32_t to)
{
    const struct glyph *glyphs = refined->text->glyphs;
    for (uint32_t i = from + 1; i < to; i++) {
        bool combining = (glyphs[i].code >= 0x300 && glyphs[i].code <= 0x36F) || glyphs[i].kind == GLYPH_MARK;
        if (!combining)
            push(refined, (struct chance){.end = i, .next = i, .penalty = PENALTY_ANYWHERE});
    }
}

/* The letters from `at`, without the soft hyphens' help: how many, at most `room`. */
static size_t word_letters(const struct text *text, uint32_t at, uint32_t to, uint32_t *letters, size_t room)
{
    size_t count = 0;
    while (at + count < to && count < room && words_is_letter(text->glyphs[at + count].code)) {
        letters[count] = text->glyphs[at + count].code;
        count++;
    }
    return count;
}

/* Pieces of [from, to) by hyphenation; those that are still too wide by character. */
static void push_hyphens(struct refined *refined, uint32_t from, uint32_t to, int64_t width, int32_t penalty)
{
    const struct text *text = refined->text;
    uint32_t letters[HYPHENS_LONGEST + 1];
    bool after[HYPHENS_LONGEST + 1];
    uint32_t start = from;
    for (uint32_t at = from; at < to;) {
        size_t count = word_letters(text, at, to, letters, HYPHENS_LONGEST + 1);
        if (count > 0 && count <= HYPHENS_LONGEST)
            hyphens_find(refined->setting->hyphens, letters, count, after);
        for (size_t i = 0; count <= HYPHENS_LONGEST && i + 1 < count; i++) {
            uint32_t end = at + (uint32_t)i + 1;
            if (!after[i])
                continue;
            if (piece_width(text, start, end) + hyphen_width(refined->setting, text, end) > width)
                push_anywhere(refined, start, end);
            push(refined, (struct chance){.end = end, .next = end, .penalty = penalty, .hyphen = true});
            start = end;
        }
        at += count > 0 ? (uint32_t)count : 1;
    }
    if (piece_width(text, start, to) > width)
        push_anywhere(refined, start, to);
}

struct chance *chances_refine(struct setting *setting, const struct text *text, int64_t width, bool all, size_t *count)
{
    struct refined refined = {.setting = setting, .text = text};
    uint32_t from = 0;
    for (size_t i = 0; i < text->chance_count; i++) {
        const struct chance *chance = &text->chances[i];
        int64_t hyphen = chance->hyphen ? hyphen_width(setting, text, chance->end) : 0;
        bool wide = piece_width(text, from, chance->end) + hyphen > width;
        if (wide || all)
            push_hyphens(&refined, from, chance->end, width - hyphen, all ? PENALTY_HYPHEN : PENALTY_FORCED_HYPHEN);
        push(&refined, *chance);
        from = chance->next;
    }
    *count = refined.count;
    return refined.items;
}
