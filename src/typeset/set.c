#include "typeset/set.h"

#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/stopwatch.h"
#include "typeset/box.h"
#include "typeset/fill.h"
#include "typeset/flat.h"
#include "typeset/pages.h"
#include "typeset/setting.h"
#include "typeset/standing.h"

#define MOST_DEPTH 200 /* boxes in boxes */

/* Reads the words of all boxes; false: a document that no page can hold. */
static bool prepare(struct setting *setting, struct box *box, size_t depth, struct err *err)
{
    if (depth > MOST_DEPTH)
        return err_set(err, ERR_MACHINE, _("the document's boxes stand more than %d deep in each other"), MOST_DEPTH);
    if (box->kind == BOX_ROW && box->child_count > box->track_count)
        return err_set(err, ERR_MACHINE, _("a row of the document has more cells than columns"));
    if (box->kind == BOX_TEXT)
        box->text = standing_text(setting, box, box->runs, box->run_count);
    if (box->kind == BOX_DRAWING) {
        box->prim_texts = arena_alloc(setting->scratch, (box->prim_count + 1) * sizeof(struct text *));
        for (size_t i = 0; i < box->prim_count; i++) {
            if (box->prims[i].kind != PRIM_TEXT || box->prims[i].text == NULL)
                continue;
            struct run *run = arena_alloc(setting->scratch, sizeof *run);
            *run = (struct run){.text = box->prims[i].text, .style = box->prims[i].style};
            box->prim_texts[i] = standing_text(setting, box, run, 1);
        }
    }
    for (struct box *child = box->first; child != NULL; child = child->next)
        if (!prepare(setting, child, depth + 1, err))
            return false;
    return true;
}

static bool prepare_all(struct setting *setting, struct err *err)
{
    const struct document *document = setting->document;
    for (size_t i = 0; i < document->part_count; i++) {
        const struct doc_part *part = &document->parts[i];
        if ((part->head != NULL && !prepare(setting, part->head, 0, err)) ||
            (part->head_next != NULL && part->head_next != part->head && !prepare(setting, part->head_next, 0, err)) ||
            (part->body != NULL && !prepare(setting, part->body, 0, err)))
            return false;
    }
    return (document->slip_front == NULL || prepare(setting, document->slip_front, 0, err)) &&
           (document->slip_back == NULL || prepare(setting, document->slip_back, 0, err));
}

bool set_document(struct arena *arena, const struct document *document, const struct set_tools *tools,
                  struct page **pages, size_t *page_count, struct set_report *report, struct err *err)
{
    struct set_report unheard = {0};
    struct setting setting = {.document = document,
                              .layout = document->layout,
                              .metrics = tools->metrics,
                              .hyphens = tools->hyphens,
                              .arena = arena,
                              .scratch = arena_new(),
                              .report = report != NULL ? report : &unheard,
                              .scale = 1000,
                              .air = 1000};
    *setting.report = (struct set_report){0};
    setting.galley = standing_take(tools->standing, &setting);
    *pages = NULL;
    *page_count = 0;
    bool done = false;
    enum stage before = stopwatch_enter(STAGE_TYPESET);
    if (setting.layout->style_count == 0)
        err_set(err, ERR_INPUT, _("the layout «%s» has no styles; it needs at least «body»"), setting.layout->name);
    else
        done = prepare_all(&setting, err) && pages_set(&setting, pages, page_count, err);
    mem_free(setting.items);
    mem_free(setting.costs);
    mem_free(setting.froms);
    standing_give_back(tools->standing, setting.galley);
    arena_free(setting.scratch);
    stopwatch_enter(before);
    return done;
}
