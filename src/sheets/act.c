#include "sheets/act.h"

#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "sheets/words.h"

#define MM(tenths)  ((int32_t)((int64_t)(tenths)*DOC_MM / 10)) /* tenths of a millimetre */
#define LABEL_WIDE  MM(480)
#define COUNT_WIDE  MM(200)
#define SIGN_HEIGHT MM(95)
#define GREY_LINE   153

struct act {
    struct arena *arena;
    struct words words;
    const struct layout *layout;
    struct box *body;
};

static struct box *text(const struct act *act, const char *style, enum align align, const char *words)
{
    struct box *box = box_text(act->arena, align);
    box_run(box, layout_style(act->layout, style), words_plain(act->arena, words));
    return box;
}

static const char *say(const struct act *act, const char *key)
{
    return words_say(&act->words, key, NULL);
}

/* «Способ: …»: what an act must say, a label beside its text. */
static void add_item(const struct act *act, const char *label, struct box *value)
{
    const struct track tracks[] = {{.width = LABEL_WIDE, .gap = MM(40)}, {.share = 1}};
    struct box *row = box_row(act->arena, tracks, 2);
    box_add(row, text(act, "label", ALIGN_LEFT, say(act, label)));
    box_add(row, value);
    box_margin(row, MM(22), 0);
    box_keep(row);
    box_add(act->body, row);
}

static struct box *line(const struct act *act, int32_t width, int32_t height)
{
    struct box *space = box_drawing(act->arena, width, height);
    box_draw(space,
             (struct prim){.kind = PRIM_LINE, .y = height, .w = width, .fill = -1, .stroke = 0, .stroke_width = 400});
    return space;
}

/* Lines to write on by hand. */
static struct box *lines(const struct act *act, int count)
{
    int32_t width =
        act->layout->page_width - act->layout->margin_left - act->layout->margin_right - LABEL_WIDE - MM(40);
    struct box *stack = box_stack(act->arena);
    for (int i = 0; i < count; i++)
        box_add(stack, line(act, width, i == 0 ? MM(42) : MM(80)));
    return stack;
}

/* What school.ini does not say is written by hand. */
static void add_operator(const struct act *act, const struct school *school)
{
    const char *const items[] = {school->name, school->address}, *const labels[] = {"item.operator", "item.address"};
    for (int i = 0; i < 2; i++)
        add_item(act, labels[i], items[i][0] == '\0' ? lines(act, 1) : text(act, "body", ALIGN_LEFT, items[i]));
}

static struct box *table_of(const struct act *act, const struct purge_counts *counts)
{
    const struct {
        const char *word;
        int64_t count;
    } rows[] = {{"kind.pupils", counts->pupils},
                {"kind.entries", counts->entries},
                {"kind.finals", counts->finals},
                {"kind.achievements", counts->achievements},
                {"kind.announcements", counts->announcements},
                {"kind.visits", counts->visits},
                {"kind.texts", counts->texts},
                {"kind.sheets", counts->sheets},
                {"kind.files", counts->files}};
    const struct track tracks[] = {{.share = 1, .gap = MM(30)}, {.width = COUNT_WIDE}};
    struct box *table = box_table(act->arena, tracks, 2, 1);
    for (size_t i = 0; i <= sizeof rows / sizeof *rows; i++) {
        if (i > 0 && rows[i - 1].count == 0)
            continue;
        struct box *row = box_table_row(act->arena, table);
        const char *style = i == 0 ? "column" : "body";
        box_padding(row, MM(8), MM(7));
        box_rule_below(row, i == 0 ? 600 : 250, i == 0 ? 0 : GREY_LINE, 0);
        box_add(row, text(act, style, ALIGN_LEFT, say(act, i == 0 ? "column.kind" : rows[i - 1].word)));
        box_add(row, text(act, style, ALIGN_RIGHT,
                          i == 0 ? say(act, "column.count")
                                 : arena_format(act->arena, "%lld", (long long)rows[i - 1].count)));
    }
    return table;
}

static void add_signatures(const struct act *act)
{
    const struct track tracks[] = {{.share = 3, .gap = MM(60)}, {.share = 2, .gap = MM(60)}, {.share = 3}};
    int32_t width = act->layout->page_width - act->layout->margin_left - act->layout->margin_right - MM(120);
    struct box *title = text(act, "section", ALIGN_LEFT, say(act, "sign.title"));
    box_margin(title, MM(40), 0);
    box_keep_with_next(title);
    box_add(act->body, title);
    for (int i = 0; i < 3; i++) {
        struct box *row = box_row(act->arena, tracks, 3), *under = box_row(act->arena, tracks, 3);
        static const char *const words[] = {"sign.post", "sign.signature", "sign.name"};
        for (int k = 0; k < 3; k++) {
            box_add(row, line(act, width * (k == 1 ? 2 : 3) / 8, SIGN_HEIGHT));
            box_add(under, text(act, "small", ALIGN_CENTRE, say(act, words[k])));
        }
        box_keep_with_next(row);
        box_margin(under, MM(5), 0);
        box_add(act->body, row);
        box_add(act->body, under);
    }
}

static struct box *head(const struct act *act, const struct school *school, const char *number, const char *date)
{
    struct box *stack = box_stack(act->arena);
    const char *where = school->name;
    if (school->city[0] != '\0' && where[0] != '\0')
        where = words_say(&act->words, "head.school_city", "school", school->name, "city", school->city, NULL);
    box_add(stack, text(act, "eyebrow", ALIGN_LEFT, where));
    struct box *title = text(act, "title", ALIGN_LEFT, words_say(&act->words, "head.title", "n", number, NULL));
    box_margin(title, MM(40), 0);
    box_add(stack, title);
    struct box *when = text(act, "body", ALIGN_LEFT, words_say(&act->words, "head.date", "date", date, NULL));
    box_margin(when, MM(20), MM(30));
    box_add(stack, when);
    return stack;
}

void act_compose(struct arena *arena, const struct removal *removal, int32_t day, const struct school *school,
                 const struct layout *layout, struct document *out)
{
    struct act act = {
        .arena = arena, .words = {.arena = arena, .layout = layout}, .layout = layout, .body = box_stack(arena)};
    const char *number = arena_format(arena, "%d", (int)removal->act);
    const char *date = words_date_year(&act.words, day);
    struct doc_part *part = arena_alloc(arena, sizeof *part);
    part->head = head(&act, school, number, date);
    part->head_next = box_stack(arena);
    part->body = act.body;
    add_operator(&act, school);
    if (removal->counts.pupils > 0)
        add_item(&act, "item.who", lines(&act, 3));
    const char *why = words_say(&act.words, removal->counts.pupils > 0 ? "why.left" : "why.old", NULL);
    if (removal->counts.pupils > 0 && removal->old_before != DATE_NONE)
        why = words_say(&act.words, "why.both", NULL);
    add_item(&act, "item.why", text(&act, "body", ALIGN_LEFT, why));
    if (removal->old_before != DATE_NONE)
        add_item(
            &act, "item.old",
            text(&act, "body", ALIGN_LEFT,
                 words_say(&act.words, "old.before", "date", words_date_year(&act.words, removal->old_before), NULL)));
    add_item(&act, "item.where", text(&act, "body", ALIGN_LEFT, say(&act, "where.text")));
    add_item(&act, "item.paper", lines(&act, 1));
    add_item(&act, "item.how", text(&act, "body", ALIGN_LEFT, say(&act, "how.text")));
    add_item(&act, "item.what", table_of(&act, &removal->counts));
    add_item(&act, "item.stays", text(&act, "body", ALIGN_LEFT, say(&act, "stays.text")));
    char since[DATE_TEXT];
    add_item(&act, "item.log",
             text(&act, "body", ALIGN_LEFT, words_say(&act.words, "log.text", "since", date_format(since, day), NULL)));
    add_signatures(&act);
    *out = (struct document){.layout = layout, .parts = part, .part_count = 1};
    out->title = words_plain(arena, words_say(&act.words, "document.title", "n", number, "date", date, NULL));
}
