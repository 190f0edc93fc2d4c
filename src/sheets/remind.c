#include "sheets/remind.h"

#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "settings/form.h"
#include "sheets/words.h"

#define MM(tenths) ((int32_t)((int64_t)(tenths)*DOC_MM / 10)) /* tenths of a millimetre */

enum { A_PAGE = 5 }; /* slips on a page, where their words leave room */

struct remind {
    struct arena *arena;
    struct words words;
    const struct school *school;
    const struct layout *layout;
    const char *form;
    int32_t as_of;
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
        words, school_without_marks(remind->school, remind->form) ? "slip.what_without_marks" : "slip.what", NULL);
    if (last == DATE_NONE)
        return words_say(words, "slip.never", "what", what, NULL);
    return words_say(words, "slip.last", "date", words_date_year(words, last), "what", what, NULL);
}

static const char *help_line(const struct remind *remind)
{
    const struct words *words = &remind->words;
    const char *teacher = words_bind(remind->arena, school_teacher_of(remind->school, remind->form));
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
                                form_printed(remind->arena, remind->form), NULL),
                      MM(14)));
    box_add(box, text(remind, "body", visit_line(remind, slip->last), MM(18)));
    box_add(box, text(remind, "body", help_line(remind), MM(12)));
    box_add(box, text(remind, "body", words_say(words, "slip.paper", NULL), MM(12)));
    box_add(box, text(remind, "small",
                      words_say(words, "slip.thanks", "as_of", words_date_year(words, remind->as_of), NULL), MM(14)));
    box_padding(box, MM(50), MM(30));
    box_min_height(box, (layout->page_height - layout->margin_top - layout->margin_bottom) / A_PAGE - MM(10));
    box_rule_below(box, 500, 100, 2000);
    box_keep(box);
    return box;
}

void remind_compose(struct arena *arena, const char *form, const struct remind_slip *slips, size_t count, int32_t as_of,
                    const struct school *school, const struct layout *layout, struct document *out)
{
    struct remind remind = {.arena = arena,
                            .words = {.arena = arena, .layout = layout},
                            .school = school,
                            .layout = layout,
                            .form = form,
                            .as_of = as_of};
    struct doc_part *part = arena_alloc(arena, sizeof *part);
    part->head = box_stack(arena);
    part->body = box_stack(arena);
    for (size_t i = 0; i < count; i++)
        box_add(part->body, compose_slip(&remind, &slips[i]));
    *out = (struct document){.layout = layout, .parts = part, .part_count = 1};
    out->title = words_plain(arena, words_say(&remind.words, "document.title", "form", form_printed(arena, form),
                                              "date", words_date_year(&remind.words, as_of), NULL));
}
