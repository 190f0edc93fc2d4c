#include "sheets/envelope.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "gradebook/book.h"
#include "sheets/words.h"
#include "store/store.h"
#include "typeset/page.h"

#define LONG_ADDRESS 90 /* characters of recipient and address together: smaller type from here on */
#define FOLD_WIDE    (4 * DOC_MM)
#define FOOT_UP      (50 * DOC_MM) /* where the list of what is inside begins, above the bottom margin */

struct envelope {
    struct arena *arena;
    const struct school *school;
    const struct layout *layout;
    struct words words;
    const struct pupil *pupil;
    struct box *body;
    int32_t at; /* height reached, from the page's upper edge */
};

static struct box *text_of(const struct envelope *envelope, const char *style, const char *text)
{
    struct box *box = box_text(envelope->arena, ALIGN_LEFT);
    if (text[0] != '\0')
        box_run(box, layout_style(envelope->layout, style), words_plain(envelope->arena, text));
    return box;
}

static void go_down(struct envelope *envelope, int32_t to)
{
    if (to <= envelope->at)
        return;
    struct box *space = box_stack(envelope->arena);
    box_min_height(space, to - envelope->at);
    box_add(envelope->body, space);
    envelope->at = to;
}

/* Whom it is for: the recipient, or else the pupil's parents. */
static const char *recipient(const struct envelope *envelope)
{
    if (envelope->pupil->recipient[0] != '\0')
        return envelope->pupil->recipient;
    return words_say(&envelope->words, "recipient.none", "pupil", envelope->pupil->name, NULL);
}

static const char *sender(const struct envelope *envelope)
{
    const struct school *school = envelope->school;
    const char *key = school->name[0] == '\0' ? "sender.none" : school->city[0] == '\0' ? "sender" : "sender.city";
    return words_say(&envelope->words, key, "school", school->name, "city", school->city, NULL);
}

static void add_window(struct envelope *envelope, const struct layout_window *window)
{
    const struct layout *layout = envelope->layout;
    const char *to = recipient(envelope), *address = words_bind(envelope->arena, envelope->pupil->address);
    bool is_long = text_length(to) + text_length(address) > LONG_ADDRESS;
    const struct track tracks[] = {{.width = window->left - layout->margin_left}, {.width = window->width}};
    struct box *row = box_row(envelope->arena, tracks, 2), *cell = box_stack(envelope->arena);
    struct box *from = text_of(envelope, "sender", sender(envelope));
    go_down(envelope, window->top);
    box_padding(from, 0, DOC_MM / 2);
    box_rule_below(from, 250, 153, 0);
    box_add(cell, from);
    struct box *first = text_of(envelope, is_long ? "recipient.small" : "recipient", to);
    box_padding(first, DOC_MM, 0);
    box_add(cell, first);
    box_add(cell, text_of(envelope, is_long ? "address.small" : "address", address));
    box_min_height(row, window->height);
    box_keep(row);
    box_add(row, box_stack(envelope->arena));
    box_add(row, cell);
    box_add(envelope->body, row);
    envelope->at += window->height;
}

static void add_fold(struct envelope *envelope, int32_t height)
{
    if (height <= envelope->at)
        return;
    go_down(envelope, height - 1000);
    struct box *mark = box_drawing(envelope->arena, FOLD_WIDE, 1000);
    box_draw(mark, (struct prim){
                       .kind = PRIM_LINE, .y = 500, .w = FOLD_WIDE, .fill = -1, .stroke = 102, .stroke_width = 400});
    box_add(envelope->body, mark);
    envelope->at = height;
}

/* The next fold of any window below what is reached, or 0. */
static int32_t next_fold(const struct envelope *envelope, int32_t end)
{
    int32_t next = 0;
    for (size_t i = 0; i < envelope->layout->window_count; i++)
        for (int32_t fold = envelope->layout->windows[i].fold, at = fold; fold > 0 && at < end; at += fold)
            if (at > envelope->at && (next == 0 || at < next))
                next = at;
    return next;
}

static void add_folds(struct envelope *envelope, int32_t end)
{
    for (int32_t fold = next_fold(envelope, end); fold > 0; fold = next_fold(envelope, end))
        add_fold(envelope, fold);
}

/* What goes into the envelope, where no window shows it. */
static void add_list(struct envelope *envelope, const struct sheet_row *rows, size_t count)
{
    const struct words *words = &envelope->words;
    box_add(envelope->body, text_of(envelope, "list", words_say(words, "list.title", NULL)));
    for (size_t i = 0; i < count; i++) {
        const char *copies = rows[i].copies > 1 ? words_say_count(words, "list.copies", rows[i].copies, NULL) : "";
        const char *pages = words_say_count(words, "list.pages", rows[i].pages, NULL);
        box_add(envelope->body, text_of(envelope, "list",
                                        words_say(words, "list.item", "number", rows[i].number, "pages", pages,
                                                  "copies", copies, NULL)));
    }
}

void envelope_compose(struct arena *arena, const struct school *school, const struct layout *layout,
                      const struct pupil *pupil, const struct sheet_row *rows, size_t count, struct document *out)
{
    struct envelope envelope = {.arena = arena,
                                .school = school,
                                .layout = layout,
                                .words = {.arena = arena, .layout = layout},
                                .pupil = pupil,
                                .body = box_stack(arena),
                                .at = layout->margin_top};
    int32_t foot = layout->page_height - layout->margin_bottom - FOOT_UP;
    for (size_t i = 0; i < layout->window_count; i++) {
        add_folds(&envelope, layout->windows[i].top);
        add_window(&envelope, &layout->windows[i]);
    }
    add_folds(&envelope, foot);
    go_down(&envelope, foot);
    add_list(&envelope, rows, count);
    struct doc_part *part = arena_alloc(arena, sizeof *part);
    part->body = envelope.body;
    *out = (struct document){.layout = layout,
                             .title = words_plain(arena, words_say(&envelope.words, "document.title", NULL)),
                             .parts = part,
                             .part_count = 1};
}

static bool is_inside(const struct layout_window *window, const struct item *item)
{
    return item->x >= window->left && item->x + item->w <= window->left + window->width &&
           item->y - item->size * 3 / 4 >= window->top && item->y + item->size / 4 <= window->top + window->height;
}

bool envelope_fits(const struct layout *layout, const struct page *pages, size_t count)
{
    int32_t foot = layout->page_height - layout->margin_bottom - FOOT_UP;
    for (size_t i = 0; count == 1 && i < pages[0].item_count; i++) {
        const struct item *item = &pages[0].items[i];
        bool inside = item->kind != ITEM_TEXT || item->y > foot;
        for (size_t w = 0; w < layout->window_count && !inside; w++)
            inside = is_inside(&layout->windows[w], item);
        if (!inside)
            return false;
    }
    return count == 1;
}
