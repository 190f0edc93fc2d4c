#include "press/press.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>
#include <stdio.h>
#include <zlib.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "press/bank.h"
#include "press/content.h"

enum {
    PAGES_A_NODE = 500, /* without nodes libharu ends at 32,767 pages */
    LEVEL = 6,          /* of deflating a page */
    RUN_MOST = 512,     /* bytes of text written at once */
    TITLE_MOST = 250    /* UTF-16 units of a title or bookmark */
};

struct press {
    struct banks *banks;
};

struct pending {
    int level;
    char *text;
};

struct press_job {
    struct press *press;
    struct err err; /* the first failure; after it nothing more is drawn */
    HPDF_Doc doc;
    HPDF_Page page;
    size_t pages;
    HPDF_Dict resources; /* one for all pages */
    HPDF_Dict fonts;     /* in it */
    struct content content;
    struct buffer packed;
    z_stream deflater;
    bool deflating;
    const struct bank **embedded;
    size_t embedded_count, embedded_room;
    struct pending *pending; /* bookmarks that wait for their page */
    size_t pending_count, pending_room;
    HPDF_Outline chapter; /* the last bookmark of level 0 */
    struct buffer *saved; /* where the document goes when it is saved */
};

bool press_open(const struct metrics *metrics, struct press **out, struct err *err)
{
    struct press *press = mem_alloc(sizeof *press);
    *out = NULL;
    if (!banks_open(metrics, &press->banks, err)) {
        mem_free(press);
        return false;
    }
    *out = press;
    return true;
}

void press_free(struct press *press)
{
    if (!press)
        return;
    banks_free(press->banks);
    mem_free(press);
}

static bool failed(const struct press_job *job)
{
    return job->err.code != ERR_NONE;
}

static void fail(struct press_job *job, HPDF_STATUS code, HPDF_STATUS detail)
{
    err_set(&job->err, ERR_MACHINE, _("the PDF can't be made: libharu reports %04lX, %lu"), code, detail);
}

/* libharu's errors are sticky, and later ones overwrite the first: only the first is kept. */
static void handle_error(HPDF_STATUS code, HPDF_STATUS detail, void *job)
{
    fail(job, code, detail);
}

/* Takes what a libharu function gives; not all of them call the handler. */
static void check(struct press_job *job, HPDF_STATUS code)
{
    if (code != HPDF_OK && !failed(job))
        fail(job, code, HPDF_GetErrorDetail(job->doc));
}

/* The same for functions that give an object or NULL. */
static bool made(struct press_job *job, const void *object)
{
    if (!object && !failed(job))
        fail(job, HPDF_GetError(job->doc), HPDF_GetErrorDetail(job->doc));
    return object != NULL && !failed(job);
}

/* A text string of a PDF: UTF-16 with its mark. */
static void add_text(struct press_job *job, HPDF_Dict dict, const char *key, const char *text)
{
    HPDF_BYTE bytes[2 + 2 * TITLE_MOST + 2] = {0xFE, 0xFF};
    HPDF_UINT size = 2;
    for (uint32_t code = text_next(&text); code && size < 2 + 2 * TITLE_MOST; code = text_next(&text)) {
        uint32_t units[2] = {code, 0};
        if (code > 0xFFFF) {
            units[0] = 0xD7C0 + (code >> 10);
            units[1] = 0xDC00 + (code & 0x3FF);
        }
        for (int i = 0; i < 2 && units[i]; i++) {
            bytes[size++] = (HPDF_BYTE)(units[i] >> 8 & 0xFF);
            bytes[size++] = (HPDF_BYTE)(units[i] & 0xFF);
        }
    }
    HPDF_Binary string = HPDF_Binary_New(job->doc->mmgr, bytes, size);
    if (made(job, string))
        check(job, HPDF_Dict_Add(dict, key, string));
}

static HPDF_Dict add_dict(struct press_job *job, const struct bank *bank, HPDF_Dict_OnWriteFunc on_write)
{
    HPDF_Dict dict = HPDF_Dict_New(job->doc->mmgr);
    if (!made(job, dict))
        return NULL;
    dict->attr = (void *)bank;
    dict->write_fn = on_write;
    check(job, HPDF_Xref_Add(job->doc->xref, dict));
    return failed(job) ? NULL : dict;
}

/* Instead of the resources that libharu gives each page. */
static void add_resources(struct press_job *job)
{
    job->resources = add_dict(job, NULL, NULL);
    job->fonts = job->resources ? HPDF_Dict_New(job->doc->mmgr) : NULL;
    if (made(job, job->fonts))
        check(job, HPDF_Dict_Add(job->resources, "Font", job->fonts));
}

struct press_job *press_begin(struct press *press, const char *title)
{
    struct press_job *job = mem_alloc(sizeof *job);
    job->press = press;
    job->doc = HPDF_New(handle_error, job);
    job->deflating = deflateInit(&job->deflater, LEVEL) == Z_OK;
    if (!job->doc || !job->deflating) {
        fail(job, HPDF_FAILD_TO_ALLOC_MEM, 0);
        return job;
    }
    check(job, HPDF_SetPagesConfiguration(job->doc, PAGES_A_NODE));
    check(job, HPDF_SetInfoAttr(job->doc, HPDF_INFO_TITLE, "-"));
    if (!failed(job))
        add_text(job, job->doc->info, "Title", title ? title : "");
    if (!failed(job))
        add_resources(job);
    return job;
}

size_t press_page_count(const struct press_job *job)
{
    return job->pages;
}

/* --- fonts ------------------------------------------------------------------------------------------------- */

static HPDF_STATUS write_buffer(HPDF_Stream stream, const struct buffer *buffer)
{
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)buffer->data, (HPDF_UINT)buffer->size);
}

/* Fills a stream of the document that is still empty, in one block of its size instead of libharu's 4,096 bytes. */
static HPDF_STATUS fill(HPDF_Stream stream, const struct buffer *buffer)
{
    HPDF_MemStreamAttr memory = stream->attr;
    memory->buf_siz = memory->w_pos = (HPDF_UINT)buffer->size;
    return write_buffer(stream, buffer);
}

static HPDF_STATUS write_filter(HPDF_Dict dict, HPDF_Stream stream)
{
    (void)dict;
    return HPDF_Stream_WriteStr(stream, "/Filter /FlateDecode\n");
}

static HPDF_STATUS write_font_file(HPDF_Dict dict, HPDF_Stream stream)
{
    const struct bank *bank = dict->attr;
    HPDF_STATUS code = HPDF_Stream_WriteStr(stream, "/Filter /FlateDecode\n/Length1 ");
    if (code == HPDF_OK)
        code = HPDF_Stream_WriteUInt(stream, (HPDF_UINT)bank->font_size);
    return code == HPDF_OK ? HPDF_Stream_WriteStr(stream, "\n") : code;
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

/* A stream of the document with bytes that are deflated already: libharu must not deflate them again. */
static HPDF_Dict add_stream(struct press_job *job, const struct bank *bank, const struct buffer *bytes,
                            HPDF_Dict_OnWriteFunc on_write)
{
    HPDF_Dict dict = HPDF_DictStream_New(job->doc->mmgr, job->doc->xref);
    if (!made(job, dict))
        return NULL;
    dict->attr = (void *)bank;
    dict->write_fn = on_write;
    check(job, fill(dict->stream, bytes));
    return dict;
}

/* A font of our own making instead of libharu's: the file, the widths and the map are ready since the bank was made. */
static HPDF_Dict embed(struct press_job *job, const struct bank *bank)
{
    HPDF_Dict file = add_stream(job, bank, &bank->font, write_font_file);
    HPDF_Dict map = add_stream(job, bank, &bank->unicode, write_filter);
    HPDF_Dict descriptor = add_dict(job, bank, write_descriptor);
    HPDF_Dict font = add_dict(job, bank, write_font);
    if (!file || !map || !descriptor || !font)
        return NULL;
    check(job, HPDF_Dict_AddName(descriptor, "Type", "FontDescriptor"));
    check(job, HPDF_Dict_Add(descriptor, "FontFile2", file));
    check(job, HPDF_Dict_Add(font, "FontDescriptor", descriptor));
    check(job, HPDF_Dict_Add(font, "ToUnicode", map));
    return failed(job) ? NULL : font;
}

/* Embeds the bank where it is not yet: in the resources font F1 is of embedded[0]. False: the job has failed. */
static bool use_bank(struct press_job *job, enum face face, uint32_t number, size_t *index)
{
    for (size_t i = 0; i < job->embedded_count; i++) {
        *index = i;
        if (job->embedded[i]->face == face && job->embedded[i]->number == number)
            return true;
    }
    const struct bank *bank = banks_lookup(job->press->banks, face, number, &job->err);
    HPDF_Dict font = bank ? embed(job, bank) : NULL;
    if (!font)
        return false;
    char name[16];
    *index = job->embedded_count;
    job->embedded = mem_grow(job->embedded, job->embedded_count, &job->embedded_room, sizeof(struct bank *));
    job->embedded[job->embedded_count++] = bank;
    snprintf(name, sizeof name, "F%u", (unsigned)job->embedded_count);
    check(job, HPDF_Dict_Add(job->fonts, name, font));
    return !failed(job);
}

/* --- pages ------------------------------------------------------------------------------------------------- */

static void draw_text(struct press_job *job, const struct item *item)
{
    char run[RUN_MOST];
    size_t count = 0;
    uint32_t number = 0;
    const char *at = item->text ? item->text : "";
    const struct bank *bank = NULL;
    unsigned font = 0;
    if (!*at || item->size <= 0)
        return;
    content_text(&job->content, item);
    for (uint32_t code = text_next(&at); code; code = text_next(&at)) {
        unsigned char byte = bank_place(code, &number);
        bool other = !bank || bank->number != number;
        if (count > 0 && (other || count == RUN_MOST)) {
            content_run(&job->content, font, item->size, run, count);
            count = 0;
        }
        if (other) {
            size_t index = 0;
            if (!use_bank(job, item->face, number, &index))
                return;
            bank = job->embedded[index];
            font = (unsigned)index + 1;
        }
        if (!bank->holds[byte]) {
            err_set(&job->err, ERR_MACHINE, _("a font lacks the character U+%04X that stands in the text"),
                    (unsigned)code);
            return;
        }
        run[count++] = (char)byte;
    }
    if (count > 0)
        content_run(&job->content, font, item->size, run, count);
}

/* Deflates the page that was drawn at once: libharu would keep it raw until the end. */
static void finish_page(struct press_job *job)
{
    struct content *content = &job->content;
    content_end(content);
    if (content->out.size == 0)
        return;
    HPDF_Dict contents = ((HPDF_PageAttr)job->page->attr)->contents;
    z_stream *deflater = &job->deflater;
    char room[8192];
    buffer_clear(&job->packed);
    deflateReset(deflater);
    deflater->next_in = (Bytef *)content->out.data;
    deflater->avail_in = (uInt)content->out.size;
    int state = Z_OK;
    while (state == Z_OK) {
        deflater->next_out = (Bytef *)room;
        deflater->avail_out = sizeof room;
        state = deflate(deflater, Z_FINISH);
        buffer_add(&job->packed, room, sizeof room - deflater->avail_out);
    }
    if (state != Z_STREAM_END)
        fail(job, HPDF_ZLIB_ERROR, (HPDF_STATUS)(unsigned)state);
    contents->write_fn = write_filter;
    check(job, fill(contents->stream, &job->packed));
}

static void place_bookmark(struct press_job *job, const struct pending *pending)
{
    HPDF_Outline outline = HPDF_CreateOutline(job->doc, pending->level > 0 ? job->chapter : NULL, "-", NULL);
    HPDF_Destination place = made(job, outline) ? HPDF_Page_CreateDestination(job->page) : NULL;
    if (!made(job, place))
        return;
    add_text(job, outline, "Title", pending->text);
    check(job, HPDF_Destination_SetFit(place));
    check(job, HPDF_Outline_SetDestination(outline, place));
    check(job, HPDF_SetPageMode(job->doc, HPDF_PAGE_MODE_USE_OUTLINE));
    if (pending->level <= 0)
        job->chapter = outline;
}

static void place_bookmarks(struct press_job *job)
{
    for (size_t i = 0; i < job->pending_count; i++) {
        if (!failed(job))
            place_bookmark(job, &job->pending[i]);
        mem_free(job->pending[i].text);
    }
    job->pending_count = 0;
}

static void add_page(struct press_job *job, const struct page *like)
{
    job->pages++;
    if (failed(job))
        return;
    job->page = HPDF_AddPage(job->doc);
    if (!made(job, job->page))
        return;
    check(job, HPDF_Dict_Add(job->page, "Resources", job->resources));
    check(job, HPDF_Page_SetWidth(job->page, (HPDF_REAL)like->width / 1000));
    check(job, HPDF_Page_SetHeight(job->page, (HPDF_REAL)like->height / 1000));
    place_bookmarks(job);
}

void press_page(struct press_job *job, const struct page *page)
{
    add_page(job, page);
    if (failed(job))
        return;
    content_begin(&job->content, page->height);
    for (size_t i = 0; i < page->item_count && !failed(job); i++) {
        if (page->items[i].kind == ITEM_TEXT)
            draw_text(job, &page->items[i]);
        else
            content_draw(&job->content, &page->items[i]);
    }
    if (!failed(job))
        finish_page(job);
}

void press_blank(struct press_job *job, const struct page *like)
{
    add_page(job, like);
}

void press_bookmark(struct press_job *job, int level, const char *text)
{
    job->pending = mem_grow(job->pending, job->pending_count, &job->pending_room, sizeof *job->pending);
    job->pending[job->pending_count++] = (struct pending){.level = level, .text = mem_copy(text)};
}

/* --- the end ----------------------------------------------------------------------------------------------- */

static HPDF_STATUS write_saved(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT size)
{
    struct press_job *job = stream->error->user_data;
    buffer_add(job->saved, bytes, size);
    return HPDF_OK;
}

/* Into `out` at once: libharu's own stream would be a second copy of the whole. */
static void save(struct press_job *job, struct buffer *out)
{
    job->saved = out;
    job->doc->stream = HPDF_MemStream_New(job->doc->mmgr, 0);
    if (!made(job, job->doc->stream))
        return;
    job->doc->stream->write_fn = write_saved;
    check(job, HPDF_SaveToStream(job->doc));
    check(job, HPDF_GetError(job->doc));
}

bool press_finish(struct press_job *job, struct buffer *out, struct err *err)
{
    buffer_clear(out);
    if (job->pages == 0)
        err_set(&job->err, ERR_MACHINE, _("there is no page to print"));
    if (!failed(job)) {
        place_bookmarks(job); /* those after the last page lead to it */
        save(job, out);
    }
    bool fine = !failed(job);
    if (!fine) {
        buffer_clear(out);
        err_set(err, job->err.code, "%s", job->err.text);
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
    content_free(&job->content);
    buffer_free(&job->packed);
    if (job->deflating)
        deflateEnd(&job->deflater);
    if (job->doc)
        HPDF_Free(job->doc);
    mem_free(job);
}

const char *press_versions(struct arena *arena)
{
    return arena_format(arena, "libharu %s, zlib %s", HPDF_GetVersion(), zlibVersion());
}
