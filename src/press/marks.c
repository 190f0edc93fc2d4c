#include "press/marks.h"

static void begin(struct mark *mark, struct objects *objects)
{
    *mark = (struct mark){.dict = objects_dict(objects)};
    if (mark->dict)
        mark->self = objects_ref(mark->dict);
}

static void point_at_page(struct mark *mark, struct objects *objects)
{
    HPDF_Array place = objects_failed(objects) ? NULL : HPDF_Array_New(objects->doc->mmgr);
    if (!objects_made(objects, place))
        return;
    objects_check(objects, HPDF_Array_Add(place, &mark->page));
    objects_check(objects, HPDF_Array_AddName(place, "Fit"));
    objects_check(objects, HPDF_Dict_Add(mark->dict, "Dest", place));
}

/* Writes the mark, which is the last of its level where `next` is NULL. */
static void settle(struct mark *mark, struct objects *objects, struct mark *parent, struct mark *next)
{
    if (!mark->dict)
        return;
    if (parent) {
        point_at_page(mark, objects);
        objects_refer(objects, mark->dict, "Parent", &parent->self);
    }
    if (mark->before.obj_id)
        objects_refer(objects, mark->dict, "Prev", &mark->before);
    if (next)
        objects_refer(objects, mark->dict, "Next", &next->self);
    if (mark->under > 0) {
        objects_refer(objects, mark->dict, "First", &mark->first);
        objects_refer(objects, mark->dict, "Last", &mark->last);
        if (!objects_failed(objects))
            objects_check(objects, HPDF_Dict_AddNumber(mark->dict, "Count", mark->under));
    }
    objects_write(objects, mark->dict);
    mark->dict = NULL;
}

static void join(struct mark *mark, struct mark *parent)
{
    mark->before = parent->last;
    if (!parent->first.obj_id)
        parent->first = mark->self;
    parent->last = mark->self;
    parent->under++;
}

static void begin_root(struct marks *marks, struct objects *objects)
{
    begin(&marks->root, objects);
    if (objects_failed(objects))
        return;
    objects_check(objects, HPDF_Dict_AddName(marks->root.dict, "Type", "Outlines"));
    objects_refer(objects, objects->doc->catalog, "Outlines", &marks->root.self);
    objects_check(objects, HPDF_SetPageMode(objects->doc, HPDF_PAGE_MODE_USE_OUTLINE));
}

void marks_add(struct marks *marks, struct objects *objects, int level, const char *text, HPDF_Obj_Header page)
{
    struct mark mark;
    if (!marks->root.dict)
        begin_root(marks, objects);
    begin(&mark, objects);
    if (objects_failed(objects))
        return;
    mark.heads = level <= 0;
    mark.page = page;
    objects_text(objects, mark.dict, "Title", text);
    if (level > 0 && marks->chapter.heads) {
        settle(&marks->leaf, objects, &marks->chapter, &mark);
        join(&mark, &marks->chapter);
        marks->root.under++;
        marks->leaf = mark;
        return;
    }
    settle(&marks->leaf, objects, &marks->chapter, NULL);
    settle(&marks->chapter, objects, &marks->root, &mark);
    join(&mark, &marks->root);
    marks->chapter = mark;
}

void marks_end(struct marks *marks, struct objects *objects)
{
    settle(&marks->leaf, objects, &marks->chapter, NULL);
    settle(&marks->chapter, objects, &marks->root, NULL);
    settle(&marks->root, objects, NULL, NULL);
}
