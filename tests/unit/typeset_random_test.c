/* Documents made at random: nothing is lost, nothing set twice, nothing outside the margins or over another text. */
#include "press/press.h"
#include "typeset_help.h"

#define DOCUMENTS (getenv("PAPERDIARY_SHORT") != NULL ? 20u : 400u)

struct dice {
    struct help *help;
    uint64_t seed;
    int words; /* numbered from 0 */
};

static uint32_t throw_dice(struct dice *dice, uint32_t sides)
{
    dice->seed = dice->seed * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(dice->seed >> 33) % sides;
}

static struct box *random_text(struct dice *dice)
{
    struct arena *arena = dice->help->arena;
    struct box *box = box_text(arena, (enum align)throw_dice(dice, 3));
    uint32_t words = 1 + throw_dice(dice, throw_dice(dice, 8) == 0 ? 300 : 12);
    for (uint32_t i = 0; i < words; i++) {
        uint16_t style = throw_dice(dice, 20) == 0 ? MARK : (uint16_t)throw_dice(dice, 2);
        box_run(box, style, arena_format(arena, "%s%d ", throw_dice(dice, 6) == 0 ? "№ " : "", dice->words++));
        if (throw_dice(dice, 15) == 0)
            box_run_underlined(box, BOLD, "→\n");
    }
    return box;
}

static void dress(struct dice *dice, struct box *box)
{
    box_margin(box, (int32_t)throw_dice(dice, 3) * 4000, (int32_t)throw_dice(dice, 3) * 4000);
    if (throw_dice(dice, 3) == 0)
        box_padding(box, (int32_t)throw_dice(dice, 4000), (int32_t)throw_dice(dice, 4000));
    if (throw_dice(dice, 5) == 0)
        box_rule_below(box, 500, 0, 0);
    if (throw_dice(dice, 6) == 0)
        box_min_height(box, 40000);
    if (throw_dice(dice, 5) == 0)
        box_keep(box);
    if (throw_dice(dice, 5) == 0)
        box_keep_with_next(box);
}

static struct box *random_box(struct dice *dice, int depth, bool wide);

static void add_random(struct dice *dice, struct box *parent, uint32_t count, int depth, bool wide)
{
    for (uint32_t i = 0; i < count; i++)
        box_add(parent, random_box(dice, depth, wide));
}

static struct box *random_table(struct dice *dice, int depth)
{
    static const struct track tracks[] = {{.width = 60000, .gap = 4000}, {.share = 2, .gap = 4000}, {.share = 1}};
    struct arena *arena = dice->help->arena;
    struct box *table = box_table(arena, tracks, 3, 1), *header = box_table_row(arena, table);
    struct box *name = box_text(arena, ALIGN_LEFT);
    box_run(name, SMALL, "шапка");
    box_add(header, name);
    for (uint32_t i = 1 + throw_dice(dice, 12); i > 0; i--) {
        struct box *row = box_table_row(arena, table);
        dress(dice, row);
        add_random(dice, row, 3, depth, false);
    }
    return table;
}

static struct box *random_box(struct dice *dice, int depth, bool wide)
{
    static const struct track two[] = {{.share = 1, .gap = 6000}, {.width = 75000}};
    struct arena *arena = dice->help->arena;
    struct box *box = NULL;
    uint32_t kind = depth == 0 ? 0 : throw_dice(dice, 9);
    if (kind >= 7 || (kind > 4 && !wide)) {
        box = box_stack(arena);
        add_random(dice, box, throw_dice(dice, 5), depth - 1, wide);
    } else if (kind == 6) {
        box = box_columns(arena, 2, 8000);
        add_random(dice, box, throw_dice(dice, 7), depth - 1, false);
    } else if (kind == 5) {
        if (throw_dice(dice, 2) == 0)
            return random_table(dice, depth - 1);
        box = box_row(arena, two, 2);
        add_random(dice, box, 2, depth - 1, false);
    } else if (kind == 4) {
        box = box_space(arena, (int32_t)throw_dice(dice, 20000));
    } else if (kind == 3) {
        box = box_drawing(arena, 20000, (int32_t)throw_dice(dice, 60000));
    } else {
        box = random_text(dice);
    }
    dress(dice, box);
    return box;
}

/* How often each number stands on the pages. */
static void count_words(const struct help *help, int *counts, int words)
{
    for (size_t p = 0; p < help->count; p++)
        for (size_t i = 0; i < help->pages[p].item_count; i++) {
            const struct item *item = &help->pages[p].items[i];
            if (item->kind != ITEM_TEXT || item->face == FACE_NARROW)
                continue;
            for (const char *at = item->text; *at != '\0';) {
                char *end = NULL;
                long word = *at >= '0' && *at <= '9' ? strtol(at, &end, 10) : -1;
                if (word >= 0 && word < words)
                    counts[word]++;
                at = word >= 0 ? end : at + 1;
            }
        }
}

static void test_random_documents(void **state)
{
    struct help *help = *state;
    for (uint64_t seed = 1; seed <= DOCUMENTS; seed++) {
        help_begin(state);
        struct dice dice = {.help = help, .seed = seed * 7919};
        struct box *body = box_stack(help->arena);
        add_random(&dice, body, 4 + throw_dice(&dice, 12), 3, true);
        help->layout.largest_body = seed % 2 == 0 ? 9000 : 10500;
        help_body(help, body);
        help_set(help);
        assert_tidy(help);
        int *counts = calloc((size_t)dice.words + 1, sizeof *counts);
        count_words(help, counts, dice.words);
        for (int i = 0; i < dice.words; i++)
            if (counts[i] != 1)
                fail_msg("document %d: word %d of %d is set %d times", (int)seed, i, dice.words, counts[i]);
        free(counts);
        help_end(state);
    }
}

static char *traced(struct help *help)
{
    struct buffer out = {0};
    help_set(help);
    press_trace(help->pages, help->count, &out);
    buffer_format(&out, "missing %zu\n", help->report.missing_count);
    return out.data;
}

/* One of a dozen texts, so that they come again and again, with other breaks, in other alignments and widths. */
static struct box *text_that_recurs(struct dice *dice)
{
    static const char *const words[] = {"Окружающий мир ", "с. 84, упр. 158 ", "длиннющее-предлиннющее ",
                                        "превосходительство "};
    struct box *box = box_text(dice->help->arena, (enum align)throw_dice(dice, 3));
    struct dice text = {.help = dice->help, .seed = 1 + throw_dice(dice, 12)};
    bool underlined = throw_dice(dice, 2) == 0;
    uint16_t other = (uint16_t)throw_dice(dice, 2);
    for (uint32_t i = 1 + throw_dice(&text, 9); i > 0; i--) {
        uint16_t style = (uint16_t)(throw_dice(&text, 2) ^ other);
        const char *word = throw_dice(&text, 20) == 0 ? "\U0001F600 " : words[throw_dice(&text, 4)];
        if (throw_dice(&text, 3) == 0 && underlined)
            box_run_underlined(box, style, word);
        else
            box_run(box, style, word);
    }
    box_text_hyphenate(box, throw_dice(dice, 2) == 0);
    if (throw_dice(dice, 2) == 0)
        box_text_hang(box, (int32_t)(1 + throw_dice(dice, 3)) * 9000);
    return box;
}

/* Type that stands from other documents, of other layouts too, sets the same pages as type that is set anew. */
static void test_standing_type(void **state)
{
    struct help *help = *state;
    struct standing *standing = standing_new();
    for (uint64_t seed = 1; seed <= DOCUMENTS; seed++) {
        help_begin(state);
        struct dice dice = {.help = help, .seed = seed * 15485863};
        struct style styles[sizeof help_styles / sizeof *help_styles];
        memcpy(styles, help_styles, sizeof styles);
        styles[BODY].size += (int32_t)(seed / 8 % 3) * 500;
        help->layout.styles = styles;
        struct box *body = box_columns(help->arena, 1 + throw_dice(&dice, 3), 6000);
        for (uint32_t i = 1 + throw_dice(&dice, 20); i > 0; i--)
            box_add(body, text_that_recurs(&dice));
        help_body(help, body);
        char *anew = traced(help);
        help->standing = standing;
        char *again = traced(help);
        help->standing = NULL;
        if (strcmp(anew, again) != 0)
            fail_msg("document %d differs", (int)seed);
        free(anew);
        free(again);
        help_end(state);
    }
    standing_free(standing);
}

/* Bytes of any kind in any width: it ends, and stays between the margins. */
static void test_random_texts(void **state)
{
    static const char *const parts[] = {"с. ",    "№ ",    "А. ",    "—",      "–",         " - ",    "слово",
                                        "и ",     "16–21", "\u00A0", "\u00AD", "\n",        "\u0301", "\u202E",
                                        "\u200B", "😀",     "/",      "2-е ",   "длиннющее", "\t"};
    struct help *help = *state;
    for (uint64_t seed = 1; seed <= 5 * DOCUMENTS; seed++) {
        help_begin(state);
        struct dice dice = {.help = help, .seed = seed * 104729};
        struct buffer text = {0};
        for (uint32_t i = throw_dice(&dice, 60); i > 0; i--) {
            if (throw_dice(&dice, 4) == 0)
                buffer_char(&text, (char)(1 + throw_dice(&dice, 255)));
            else
                buffer_text(&text, parts[throw_dice(&dice, sizeof parts / sizeof *parts)]);
        }
        struct box *box = help_text(help, throw_dice(&dice, 4) == 0 ? WIDE : BODY, text.data == NULL ? "" : text.data);
        box_text_hyphenate(box, throw_dice(&dice, 2) == 0);
        help_break(help, box, 24000 + (int32_t)throw_dice(&dice, 200000));
        buffer_free(&text);
        help_end(state);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random_documents), cmocka_unit_test(test_standing_type),
                                       cmocka_unit_test(test_random_texts)};
    return cmocka_run_group_tests(tests, help_open, help_close);
}
