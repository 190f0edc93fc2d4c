#include "press/press.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "press/marks.h"
#include "press/objects.h"
#include "press/pen.h"

enum {
    PAGES_A_NODE = 100,
    SIDE_LEAST = 3000, /* of a page, thousandths of a point */
    SIDE_MOST = 14400 * 1000
};

struct press {
    struct banks *banks;
    pthread_mutex_t lock;
    struct pen *pens; /* that nobody draws with */
};

struct pending {
    int level;
    char *text;
};

struct press_job {
    struct press *press;
    struct objects objects; /* with the first failure; after it nothing more is drawn */
    size_t pages;
    HPDF_Dict resources; /* one for all pages, written at the end */
    HPDF_Dict node;      /* of the page tree, in the making */
    HPDF_Array kids;     /* its pages */
    HPDF_Obj_Header kid_refs[PAGES_A_NODE];
    size_t kid_count;
    HPDF_Obj_Header resources_ref, node_ref, root_ref;
    HPDF_Obj_Header *nodes; /* that are written */
    size_t node_count, node_room;
    const struct bank **embedded;
    size_t embedded_count, embedded_room;
    struct press_pack drawn; /* a page of press_page */
    struct marks marks;
    struct pending *pending; /* bookmarks that wait for their page */
    size_t pending_count, pending_room;
};

/* --- drawing ----------------------------------------------------------------------------------------------- */

bool press_open(const struct metrics *metrics, struct press **out, struct err *err)
{
    struct press *press = mem_alloc(sizeof *press);
    *out = NULL;
    if (!banks_open(metrics, &press->banks, err)) {
        mem_free(press);
        return false;
    }
    pthread_mutex_init(&press->lock, NULL);
    *out = press;
    return true;
}

void press_free(struct press *press)
{
    if (!press)
        return;
    while (press->pens) {
        struct pen *pen = press->pens;
        press->pens = pen->next;
        pen_close(pen);
        mem_free(pen);
    }
    pthread_mutex_destroy(&press->lock);
    banks_free(press->banks);
    mem_free(press);
}

static struct pen *take_pen(struct press *press, struct err *err)
{
    pthread_mutex_lock(&press->lock);
    struct pen *pen = press->pens;
    if (pen)
        press->pens = pen->next;
    pthread_mutex_unlock(&press->lock);
    if (pen)
        return pen;
    pen = mem_alloc(sizeof *pen);
    if (pen_open(pen, err))
        return pen;
    mem_free(pen);
    return NULL;
}

static void give_pen_back(struct press *press, struct pen *pen)
{
    pthread_mutex_lock(&press->lock);
    pen->next = press->pens;
    press->pens = pen;
    pthread_mutex_unlock(&press->lock);
}

static bool draw(struct press *press, const struct page *pages, size_t count, struct press_pack *out, struct err *err)
{
    struct pen *pen = take_pen(press, err);
    bool ok = pen != NULL;
    for (size_t i = 0; ok && i < count; i++)
        ok = pen_draw(pen, press->banks, &pages[i], out, err);
    if (pen)
        give_pen_back(press, pen);
    return ok;
}

bool press_draw(struct press *press, const struct page *pages, size_t count, struct press_pack **out, struct err *err)
{
    *out = mem_alloc(sizeof **out);
    if (draw(press, pages, count, *out, err))
        return true;
    press_pack_free(*out);
    *out = NULL;
    return false;
}

size_t press_pack_count(const struct press_pack *pack)
{
    return pack->count;
}

void press_pack_free(struct press_pack *pack)
{
    if (!pack)
        return;
    pack_free(pack);
    mem_free(pack);
}

/* --- a job --------------------------------------------------------------------------------------------------- */

static bool failed(const struct press_job *job)
{
    return objects_failed(&job->objects);
}

struct press_job *press_begin(struct press *press, const char *title)
{
    struct press_job *job = mem_alloc(sizeof *job);
    struct objects *objects = &job->objects;
    job->press = press;
    if (!objects_open(objects))
        return job;
    HPDF_Doc doc = objects->doc;
    doc->root_pages->before_write_fn = NULL; /* it would count pages that are written by then */
    job->root_ref = objects_ref(doc->root_pages);
    objects_check(objects, HPDF_SetInfoAttr(doc, HPDF_INFO_TITLE, "-"));
    if (!failed(job))
        objects_text(objects, doc->info, "Title", title ? title : "");
    job->resources = objects_dict(objects);
    if (job->resources)
        job->resources_ref = objects_ref(job->resources);
    return job;
}

void press_into(struct press_job *job, struct file_writing *file)
{
    job->objects.to = file;
}

size_t press_page_count(const struct press_job *job)
{
    return job->pages;
}

void press_bookmark(struct press_job *job, int level, const char *text)
{
    job->pending = mem_grow(job->pending, job->pending_count, &job->pending_room, sizeof *job->pending);
    job->pending[job->pending_count++] = (struct pending){.level = level, .text = mem_copy(text)};
}

static void place_bookmarks(struct press_job *job, HPDF_Obj_Header page)
{
    for (size_t i = 0; i < job->pending_count; i++) {
        if (!failed(job))
            marks_add(&job->marks, &job->objects, job->pending[i].level, job->pending[i].text, page);
        mem_free(job->pending[i].text);
    }
    job->pending_count = 0;
}

/* --- pages ------------------------------------------------------------------------------------------------- */

static void end_node(struct press_job *job)
{
    struct objects *objects = &job->objects;
    if (!job->node || failed(job))
        return;
    objects_check(objects, HPDF_Dict_AddNumber(job->node, "Count", (HPDF_INT32)job->kid_count));
    objects_write(objects, job->node);
    job->nodes = mem_grow(job->nodes, job->node_count, &job->node_room, sizeof *job->nodes);
    job->nodes[job->node_count++] = job->node_ref;
    job->node = NULL;
}

static void begin_node(struct press_job *job)
{
    struct objects *objects = &job->objects;
    job->kid_count = 0;
    job->node = objects_dict(objects);
    if (!job->node)
        return;
    job->node_ref = objects_ref(job->node);
    objects_check(objects, HPDF_Dict_AddName(job->node, "Type", "Pages"));
    objects_refer(objects, job->node, "Parent", &job->root_ref);
    job->kids = failed(job) ? NULL : HPDF_Array_New(objects->doc->mmgr);
    if (objects_made(objects, job->kids))
        objects_check(objects, HPDF_Dict_Add(job->node, "Kids", job->kids));
}

/* The number of a new page of the tree. */
static void join_node(struct press_job *job, HPDF_Dict page)
{
    if (job->kid_count == PAGES_A_NODE)
        end_node(job);
    if (!job->node && !failed(job))
        begin_node(job);
    if (failed(job))
        return;
    HPDF_Obj_Header *ref = &job->kid_refs[job->kid_count++];
    *ref = objects_ref(page);
    objects_check(&job->objects, HPDF_Array_Add(job->kids, ref));
    objects_refer(&job->objects, page, "Parent", &job->node_ref);
}

static HPDF_STATUS write_box(HPDF_Dict dict, HPDF_Stream stream)
{
    const struct packed_page *page = dict->attr;
    char text[80];
    snprintf(text, sizeof text, "/MediaBox [0 0 %d.%03d %d.%03d]\n", (int)page->width / 1000, (int)page->width % 1000,
             (int)page->height / 1000, (int)page->height % 1000);
    return HPDF_Stream_WriteStr(stream, text);
}

static void add_page(struct press_job *job, const struct packed_page *packed, const char *bytes)
{
    struct objects *objects = &job->objects;
    job->pages++;
    if (packed->width < SIDE_LEAST || packed->height < SIDE_LEAST || packed->width > SIDE_MOST ||
        packed->height > SIDE_MOST)
        objects_fail(objects, HPDF_PAGE_INVALID_SIZE, 0);
    HPDF_Dict page = objects_dict(objects);
    if (!page)
        return;
    HPDF_Obj_Header page_ref = objects_ref(page), content_ref = {0};
    page->attr = (void *)packed;
    page->write_fn = write_box;
    objects_check(objects, HPDF_Dict_AddName(page, "Type", "Page"));
    objects_refer(objects, page, "Resources", &job->resources_ref);
    join_node(job, page);
    HPDF_Dict content = packed->size > 0 ? objects_dict(objects) : NULL;
    if (content) {
        content_ref = objects_ref(content);
        objects_refer(objects, page, "Contents", &content_ref);
        objects_write_stream(objects, content, bytes + packed->from, packed->size);
    }
    objects_write(objects, page);
    place_bookmarks(job, page_ref);
}

static void use_bank(struct press_job *job, const struct bank *bank)
{
    for (size_t i = 0; i < job->embedded_count; i++)
        if (job->embedded[i] == bank)
            return;
    job->embedded = mem_grow(job->embedded, job->embedded_count, &job->embedded_room, sizeof(struct bank *));
    job->embedded[job->embedded_count++] = bank;
}

void press_add(struct press_job *job, const struct press_pack *pack, bool backs)
{
    for (size_t i = 0; i < pack->bank_count; i++)
        use_bank(job, pack->banks[i]);
    for (size_t i = 0; i < pack->count; i++)
        add_page(job, &pack->pages[i], pack->bytes.data);
    if (backs && pack->count % 2 == 1)
        add_page(job, &(struct packed_page){.width = pack->pages[0].width, .height = pack->pages[0].height}, NULL);
}

void press_page(struct press_job *job, const struct page *page)
{
    struct press_pack *drawn = &job->drawn;
    drawn->count = drawn->bank_count = 0;
    buffer_clear(&drawn->bytes);
    if (!failed(job) && draw(job->press, page, 1, drawn, &job->objects.err))
        press_add(job, drawn, false);
    else
        job->pages++;
}

void press_blank(struct press_job *job, const struct page *like)
{
    add_page(job, &(struct packed_page){.width = like->width, .height = like->height}, NULL);
}

/* --- the end ----------------------------------------------------------------------------------------------- */

static int by_font(const void *a, const void *b)
{
    unsigned x = pen_font(*(const struct bank *const *)a), y = pen_font(*(const struct bank *const *)b);
    return (x > y) - (x < y);
}

static HPDF_STATUS write_buffer(HPDF_Stream stream, const struct buffer *buffer)
{
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)buffer->data, (HPDF_UINT)buffer->size);
}

static HPDF_STATUS write_descriptor(HPDF_Dict dict, HPDF_Stream stream)
{
    const struct bank *bank = dict->attr;
    return write_buffer(stream, &bank->descriptor);
}

static HPDF_STATUS write_font(HPDF_Dict dict, HPDF_Stream stream)
{
    const struct bank *bank = dict->attr;
    return write_buffer(stream, &bank->entries);
}

static HPDF_Dict bank_dict(struct press_job *job, const struct bank *bank, HPDF_Dict_OnWriteFunc on_write)
{
    HPDF_Dict dict = objects_dict(&job->objects);
    if (dict) {
        dict->attr = (void *)bank;
        dict->write_fn = on_write;
    }
    return dict;
}

/* A font of our own making instead of libharu's: the file, the widths and the map are ready since the bank was made. */
static HPDF_Obj_Header embed(struct press_job *job, const struct bank *bank)
{
    struct objects *objects = &job->objects;
    HPDF_Dict file = bank_dict(job, bank, NULL), map = bank_dict(job, bank, NULL);
    HPDF_Dict descriptor = bank_dict(job, bank, write_descriptor), font = bank_dict(job, bank, write_font);
    if (failed(job))
        return (HPDF_Obj_Header){0};
    HPDF_Obj_Header file_ref = objects_ref(file), map_ref = objects_ref(map), descriptor_ref = objects_ref(descriptor),
                    font_ref = objects_ref(font);
    objects_check(objects, HPDF_Dict_AddNumber(file, "Length1", (HPDF_INT32)bank->font_size));
    objects_check(objects, HPDF_Dict_AddName(descriptor, "Type", "FontDescriptor"));
    objects_refer(objects, descriptor, "FontFile2", &file_ref);
    objects_refer(objects, font, "FontDescriptor", &descriptor_ref);
    objects_refer(objects, font, "ToUnicode", &map_ref);
    objects_write_stream(objects, file, bank->font.data, bank->font.size);
    objects_write_stream(objects, map, bank->unicode.data, bank->unicode.size);
    objects_write(objects, descriptor);
    objects_write(objects, font);
    return font_ref;
}

/* In an order of their own, so that pages may come in any. */
static void end_resources(struct press_job *job)
{
    struct objects *objects = &job->objects;
    HPDF_Dict fonts = failed(job) ? NULL : HPDF_Dict_New(objects->doc->mmgr);
    if (!objects_made(objects, fonts))
        return;
    objects_check(objects, HPDF_Dict_Add(job->resources, "Font", fonts));
    HPDF_Obj_Header *refs = mem_alloc((job->embedded_count + 1) * sizeof *refs);
    if (job->embedded_count > 0)
        qsort(job->embedded, job->embedded_count, sizeof *job->embedded, by_font);
    for (size_t i = 0; i < job->embedded_count && !failed(job); i++) {
        char name[16];
        snprintf(name, sizeof name, "F%u", pen_font(job->embedded[i]));
        refs[i] = embed(job, job->embedded[i]);
        objects_refer(objects, fonts, name, &refs[i]);
    }
    objects_write(objects, job->resources);
    mem_free(refs);
}

static void end_tree(struct press_job *job)
{
    struct objects *objects = &job->objects;
    end_node(job);
    if (failed(job))
        return;
    HPDF_Array kids = HPDF_Dict_GetItem(objects->doc->root_pages, "Kids", HPDF_OCLASS_ARRAY);
    for (size_t i = 0; i < job->node_count && objects_made(objects, kids); i++)
        objects_check(objects, HPDF_Array_Add(kids, &job->nodes[i]));
    objects_check(objects, HPDF_Dict_AddNumber(objects->doc->root_pages, "Count", (HPDF_INT32)job->pages));
}

bool press_finish(struct press_job *job, struct buffer *out, struct err *err)
{
    struct objects *objects = &job->objects;
    if (job->pages == 0)
        err_set(&objects->err, ERR_MACHINE, _("there is no page to print"));
    if (!failed(job) && job->kid_count > 0)
        place_bookmarks(job, job->kid_refs[job->kid_count - 1]); /* those after the last page lead to it */
    if (!failed(job))
        marks_end(&job->marks, objects);
    end_resources(job);
    end_tree(job);
    objects_end(objects);
    bool fine = !failed(job);
    if (!fine)
        err_set(err, objects->err.code, "%s", objects->err.text);
    if (out)
        buffer_clear(out);
    if (out && fine) {
        struct buffer old = *out;
        *out = objects->bytes;
        objects->bytes = old;
    }
    press_drop(job);
    return fine;
}

void press_drop(struct press_job *job)
{
    if (!job)
        return;
    for (size_t i = 0; i < job->pending_count; i++)
        mem_free(job->pending[i].text);
    mem_free(job->pending);
    mem_free(job->embedded);
    mem_free(job->nodes);
    pack_free(&job->drawn);
    objects_close(&job->objects);
    mem_free(job);
}

const char *press_versions(struct arena *arena)
{
    return arena_format(arena, "press 4, libharu %s, zlib %s", HPDF_GetVersion(), zlibVersion());
}
