#include "sheets/remind.h"

#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "settings/form.h"
#include "sheets/words.h"

#define MM(tenths) ((int32_t)((int64_t)(tenths)*DOC_MM / 10)) /* tenths of a millimetre */

#define VISIT_WIDE MM(320)
#define DAYS_WIDE  MM(160)
#define NOTE_WIDE  MM(520)
#define ROW_HEIGHT MM(80)

enum { A_PAGE = 5 }; /* slips on a page, where their words leave room */
enum { GREY_RULE = 153 };

struct remind {
    struct arena *arena;
    struct words words;
    const struct school *school;
    const struct layout *layout;
    const struct remind_class *class;
    const struct remind_day *day;
};

static struct box *text(const struct remind *remind, const char *style, const char *words, int32_t before)
{
    struct box *box = box_text(remind->arena, ALIGN_LEFT);
    const char *strong = arena_format(remind->arena, "%s.strong", style);
    bool on = false;
    for (const char *from = words; *from != '\0'; on = !on) {
        size_t length = strcspn(from, (const char[]){WORDS_STRONG, '\0'});
        if (length > 0)
            box_run(box, layout_style(remind->layout, on ? strong : style), arena_copy_n(remind->arena, from, length));
        from += length;
        if (*from == WORDS_STRONG)
            from++;
    }
    box_margin(box, before, 0);
    return box;
}

static const char *visit_line(const struct remind *remind, int32_t last)
{
    const struct words *words = &remind->words;
    const char *what = words_say(
        words, school_without_marks(remind->school, remind->class->form) ? "slip.what_without_marks" : "slip.what",
        NULL);
    if (last == DATE_NONE)
        return words_say(words, "slip.never", "what", what, NULL);
    return words_say(words, "slip.last", "date", words_date_year(words, last), "what", what, NULL);
}

static const char *help_line(const struct remind *remind)
{
    const struct words *words = &remind->words;
    const char *teacher = words_bind(remind->arena, school_teacher_of(remind->school, remind->class->form));
    if (remind->school->remind_help[0] != '\0')
        return words_say(words, "slip.help_given", "help", remind->school->remind_help, NULL);
    return teacher[0] != '\0' ? words_say(words, "slip.help_teacher", "teacher", teacher, NULL)
                              : words_say(words, "slip.help", NULL);
}

static struct box *compose_slip(const struct remind *remind, const struct remind_slip *slip)
{
    const struct words *words = &remind->words;
    const struct layout *layout = remind->layout;
    const char *school = remind->school->name;
    struct box *box = box_stack(remind->arena);
    box_add(box, text(remind, "eyebrow",
                      school[0] == '\0' ? words_say(words, "slip.head_none", NULL)
                                        : words_say(words, "slip.head", "school", school, NULL),
                      0));
    box_add(box, text(remind, "title",
                      words_say(words, "slip.title", "pupil", slip->pupil, "form",
                                form_printed(remind->arena, remind->class->form), NULL),
                      MM(14)));
    box_add(box, text(remind, "body", visit_line(remind, slip->last), MM(18)));
    box_add(box, text(remind, "body", help_line(remind), MM(12)));
    box_add(box, text(remind, "body", words_say(words, "slip.paper", NULL), MM(12)));
    box_add(box,
            text(remind, "small",
                 words_say(words, "slip.thanks", "as_of", words_date_year(words, remind->day->as_of), NULL), MM(14)));
    box_padding(box, MM(50), MM(30));
    box_min_height(box, (layout->page_height - layout->margin_top - layout->margin_bottom) / A_PAGE - MM(10));
    box_rule_below(box, 500, 100, 2000);
    box_keep(box);
    return box;
}

/* --- the list ----------------------------------------------------------------------------------------------------- */

static void add_cell(const struct remind *remind, struct box *row, const char *style, const char *words)
{
    struct box *cell = box_text(remind->arena, ALIGN_LEFT);
    box_run(cell, layout_style(remind->layout, style), words[0] == '\0' ? " " : words_plain(remind->arena, words));
    box_add(row, cell);
}

/* A family, and a line to note what was agreed. `last` NULL: the titles of the columns. */
static void add_row(const struct remind *remind, struct box *table, const char *pupil, const char *last,
                    const char *days)
{
    struct box *row = box_table_row(remind->arena, table);
    const char *style = last == NULL ? "small" : "body";
    box_padding(row, MM(last == NULL ? 0 : 25), MM(15));
    box_rule_below(row, last == NULL ? 600 : 250, last == NULL ? 0 : GREY_RULE, 0);
    box_keep(row);
    if (last != NULL)
        box_min_height(row, ROW_HEIGHT);
    add_cell(remind, row, style, last == NULL ? words_say(&remind->words, "column.pupil", NULL) : pupil);
    add_cell(remind, row, style, last == NULL ? words_say(&remind->words, "column.last", NULL) : last);
    add_cell(remind, row, style, last == NULL ? words_say(&remind->words, "column.days", NULL) : days);
    add_cell(remind, row, style, last == NULL ? words_say(&remind->words, "column.note", NULL) : "");
}

static struct box *list_head(const struct remind *remind)
{
    const struct words *words = &remind->words;
    const char *form = remind->class->form, *teacher = school_teacher_of(remind->school, form);
    struct box *head = box_stack(remind->arena);
    box_add(head, text(remind, "title", words_say(words, "list.title", "form", form_printed(remind->arena, form), NULL),
                       MM(60)));
    if (teacher[0] != '\0')
        box_add(head, text(remind, "body", words_say(words, "list.teacher", "teacher", teacher, NULL), MM(14)));
    struct box *as_of =
        text(remind, "small", words_say(words, "list.as_of", "as_of", words_date_year(words, remind->day->as_of), NULL),
             MM(10));
    box_margin(as_of, MM(10), MM(60));
    box_add(head, as_of);
    return head;
}

static void compose_list(const struct remind *remind, struct doc_part *part)
{
    const struct track tracks[] = {{.share = 1, .gap = MM(40)},
                                   {.width = VISIT_WIDE, .gap = MM(40)},
                                   {.width = DAYS_WIDE, .gap = MM(40)},
                                   {.width = NOTE_WIDE}};
    const struct words *words = &remind->words;
    struct box *table = box_table(remind->arena, tracks, 4, 1);
    part->head = list_head(remind);
    part->head_next = box_stack(remind->arena);
    part->body = box_stack(remind->arena);
    add_row(remind, table, NULL, NULL, NULL);
    for (size_t i = 0; i < remind->class->slip_count; i++) {
        const struct remind_slip *slip = &remind->class->slips[i];
        bool never = slip->last == DATE_NONE;
        add_row(remind, table, slip->pupil,
                never ? words_say(words, "list.never", NULL) : words_date_year(words, slip->last),
                never ? "" : arena_format(remind->arena, "%d", (int)(remind->day->today - slip->last)));
    }
    for (size_t i = 0; i < remind->class->other_count; i++)
        add_row(remind, table, remind->class->others[i], words_say(words, "list.unknown", NULL), "");
    box_add(part->body, table);
}

void remind_compose(struct arena *arena, const struct remind_class *class, const struct remind_day *day,
                    const struct school *school, const struct layout *layout, struct document *out)
{
    struct remind remind = {.arena = arena,
                            .words = {.arena = arena, .layout = layout},
                            .school = school,
                            .layout = layout,
                            .class = class,
                            .day = day};
    struct doc_part *parts = arena_alloc(arena, 2 * sizeof *parts), *slips = &parts[1];
    compose_list(&remind, &parts[0]);
    slips->head = box_stack(arena);
    slips->body = box_stack(arena);
    for (size_t i = 0; i < class->slip_count; i++)
        box_add(slips->body, compose_slip(&remind, &class->slips[i]));
    *out = (struct document){.layout = layout, .parts = parts, .part_count = 2};
    out->title = words_plain(arena, words_say(&remind.words, "document.title", "form", form_printed(arena, class->form),
                                              "date", words_date_year(&remind.words, day->as_of), NULL));
}
