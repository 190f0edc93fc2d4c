#include "store/mention.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "store/map.h"

enum { BESIDE = 2, LONGEST_ENDING = 3, MOST_WORDS = 400 };
enum { SHORTEST_STEM = 4, SHORTEST_ALONE = 6 }; /* bytes: two letters, three */

struct name {
    const char *first;    /* stem of the first name, "": none */
    const char *squeezed; /* the same without its fleeting vowel: «павл» */
    size_t next;          /* of the same surname, from 1 */
    bool stays;
};

struct mention {
    struct arena *arena;
    struct map surnames; /* hash of a stem to its first name, from 1 */
    struct name *names;
    size_t count, room;
};

/* One word of a text. */
struct word {
    const char *text; /* folded */
    bool capital, initial;
};

struct mention *mention_new(void)
{
    struct mention *mention = mem_alloc(sizeof *mention);
    mention->arena = arena_new();
    return mention;
}

void mention_free(struct mention *mention)
{
    if (mention == NULL)
        return;
    arena_free(mention->arena);
    map_free(&mention->surnames);
    mem_free(mention->names);
    mem_free(mention);
}

/* --- stems -------------------------------------------------------------------------------------------------------- */

static bool ends(const char *word, const char *ending)
{
    size_t size = strlen(word), tail = strlen(ending);
    return size >= tail + SHORTEST_STEM && strcmp(word + size - tail, ending) == 0;
}

const char *mention_stem(struct arena *arena, const char *folded)
{
    static const char *const endings[] = {"ая", "яя", "ий", "ый", "ой", "а", "я", "ь", "й"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ends(folded, endings[i]))
            return arena_copy_n(arena, folded, strlen(folded) - strlen(endings[i]));
    return folded;
}

/* The stem without a fleeting vowel: «Павла», «Льва», «Волчка». */
static const char *squeeze(struct arena *arena, const char *folded)
{
    static const struct {
        const char *ending, *becomes;
    } all[] = {{"ел", "л"}, {"ец", "ц"}, {"ок", "к"}, {"ек", "к"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (ends(folded, all[i].ending))
            return arena_format(arena, "%.*s%s", (int)(strlen(folded) - strlen(all[i].ending)), folded, all[i].becomes);
    return strcmp(folded, "лев") == 0 ? "льв" : mention_stem(arena, folded);
}

/* Whether the letters can be the ending of a case. */
static bool is_ending(const char *rest)
{
    size_t count = 0;
    for (uint32_t code; (code = text_next(&rest)) != 0; count++) {
        char letter[5];
        text_put(letter, code);
        if (count == LONGEST_ENDING || strstr("аеийоуыюямхгь", letter) == NULL)
            return false;
    }
    return true;
}

static bool is_of(const char *stem, const char *word)
{
    size_t size = strlen(stem);
    return size > 0 && strncmp(word, stem, size) == 0 && is_ending(word + size);
}

/* --- words -------------------------------------------------------------------------------------------------------- */

/* A hyphen parts: of «Кузнецова-Белоголовская» both parts have their cases. */
static bool is_letter(uint32_t code)
{
    return (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z') ||
           (code >= 0xC0 && code < 0x2000);
}

static size_t split(struct arena *arena, const char *text, struct word *words)
{
    size_t count = 0;
    for (const char *at = text; *at != '\0' && count < MOST_WORDS;) {
        const char *start = at, *end = at;
        while (is_letter(text_next(&at)))
            end = at;
        if (end == start)
            continue;
        const char *word = arena_copy_n(arena, start, (size_t)(end - start));
        struct word *out = &words[count++];
        out->text = text_fold(arena, word);
        const char *second = word, *lower = out->text;
        out->capital = text_next(&second) != text_next(&lower);
        out->initial = *second == '\0';
    }
    return count;
}

/* --- names -------------------------------------------------------------------------------------------------------- */

static void put(struct mention *mention, const char *surname, const char *first, bool stays)
{
    const char *stem = mention_stem(mention->arena, surname);
    const char *stems[] = {stem, squeeze(mention->arena, surname)};
    for (size_t i = 0; i < 2 && (i == 0 || strcmp(stems[0], stems[1]) != 0); i++) {
        if (strlen(stems[i]) < SHORTEST_STEM)
            continue;
        union map_value *head = map_put(&mention->surnames, text_hash(stems[i], strlen(stems[i])));
        mention->names = mem_grow(mention->names, mention->count, &mention->room, sizeof *mention->names);
        mention->names[mention->count++] = (struct name){.first = mention_stem(mention->arena, first),
                                                         .squeezed = squeeze(mention->arena, first),
                                                         .next = (size_t)head->number,
                                                         .stays = stays};
        head->number = (int64_t)mention->count;
    }
}

void mention_add(struct mention *mention, const char *name, bool stays)
{
    struct word words[MOST_WORDS], firsts[MOST_WORDS];
    size_t surname = strcspn(name, " ");
    size_t count = split(mention->arena, arena_copy_n(mention->arena, name, surname), words);
    size_t others = split(mention->arena, name + surname, firsts);
    for (size_t i = 0; i < count; i++)
        put(mention, words[i].text, others == 0 ? "" : firsts[0].text, stays);
}

void mention_add_teacher(struct mention *mention, const char *name)
{
    struct word words[MOST_WORDS];
    size_t count = split(mention->arena, name, words);
    for (size_t i = 0; i < count; i++)
        put(mention, words[i].text, "", true);
}

/* The first name, or its initial, at most two words away. */
static bool is_beside(const struct name *name, const struct word *words, size_t count, size_t at)
{
    size_t from = at < BESIDE ? 0 : at - BESIDE;
    for (size_t i = from; i < count && i <= at + BESIDE; i++) {
        const char *initial = name->first, *letter = words[i].text;
        if (i == at || *name->first == '\0')
            continue;
        if (words[i].initial ? words[i].capital && text_next(&initial) == text_next(&letter)
                             : is_of(name->first, words[i].text) || is_of(name->squeezed, words[i].text))
            return true;
    }
    return false;
}

/* What the word at `at` is, taken for a surname whose stem is its first `size` bytes. */
static enum mention_kind judge(const struct mention *mention, const struct word *words, size_t count, size_t at,
                               size_t size)
{
    const union map_value *head = map_lookup(&mention->surnames, text_hash(words[at].text, size));
    bool gone = false, beside = false, stays = false, stays_beside = false;
    for (size_t i = head == NULL ? 0 : (size_t)head->number; i != 0; i = mention->names[i - 1].next) {
        const struct name *name = &mention->names[i - 1];
        bool near = is_beside(name, words, count, at);
        gone = gone || !name->stays;
        beside = beside || (near && !name->stays);
        stays = stays || name->stays;
        stays_beside = stays_beside || (near && name->stays);
    }
    if (beside && !stays_beside)
        return MENTION_NAME;
    return gone && !stays && words[at].capital && size >= SHORTEST_ALONE ? MENTION_SURNAME : MENTION_NONE;
}

enum mention_kind mention_find(const struct mention *mention, const char *text)
{
    struct word words[MOST_WORDS];
    struct arena *arena = arena_new();
    size_t count = split(arena, text, words);
    enum mention_kind found = MENTION_NONE;
    for (size_t i = 0; i < count && found != MENTION_NAME; i++) {
        const char *word = words[i].text, *next = word;
        for (size_t size = 0; size < strlen(word) && found != MENTION_NAME;) {
            text_next(&next);
            size = (size_t)(next - word);
            enum mention_kind kind =
                size >= SHORTEST_STEM && is_ending(next) ? judge(mention, words, count, i, size) : MENTION_NONE;
            found = kind > found ? kind : found;
        }
    }
    arena_free(arena);
    return found;
}
