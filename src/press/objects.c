#include "press/objects.h"

#include <stdint.h>
#include <stdio.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"

enum {
    TITLE_MOST = 250,         /* UTF-16 units of a title or bookmark */
    PART = 1 << 16,           /* bytes that go into the file at once */
    SIZE_MOST = INT32_MAX / 2 /* of a PDF: libharu counts bytes in 32 bits */
};

bool objects_failed(const struct objects *objects)
{
    return objects->err.code != ERR_NONE;
}

void objects_fail(struct objects *objects, HPDF_STATUS code, HPDF_STATUS detail)
{
    err_set(&objects->err, ERR_MACHINE, _("the PDF can't be made: libharu reports %04lX, %lu"), code, detail);
}

/* libharu's errors are sticky, and later ones overwrite the first: only the first is kept. */
static void handle_error(HPDF_STATUS code, HPDF_STATUS detail, void *objects)
{
    objects_fail(objects, code, detail);
}

/* Not all functions of libharu call the handler. */
void objects_check(struct objects *objects, HPDF_STATUS code)
{
    if (code != HPDF_OK && !objects_failed(objects))
        objects_fail(objects, code, HPDF_GetErrorDetail(objects->doc));
}

bool objects_made(struct objects *objects, const void *made)
{
    if (!made && !objects_failed(objects))
        objects_fail(objects, HPDF_GetError(objects->doc), HPDF_GetErrorDetail(objects->doc));
    return made != NULL && !objects_failed(objects);
}

static HPDF_STATUS take(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT size)
{
    struct objects *objects = stream->error->user_data;
    buffer_add(&objects->bytes, bytes, size);
    return HPDF_OK;
}

bool objects_open(struct objects *objects)
{
    objects->doc = HPDF_New(handle_error, objects);
    if (!objects->doc) {
        objects_fail(objects, HPDF_FAILD_TO_ALLOC_MEM, 0);
        return false;
    }
    objects->stream = HPDF_MemStream_New(objects->doc->mmgr, 0);
    if (!objects_made(objects, objects->stream))
        return false;
    objects->stream->write_fn = take;
    objects_check(objects, HPDF_Stream_WriteStr(objects->stream, "%PDF-1.3\n%\xB7\xBE\xAD\xAA\n"));
    return !objects_failed(objects);
}

void objects_close(struct objects *objects)
{
    for (size_t i = 0; i < objects->open_count; i++)
        HPDF_Obj_ForceFree(objects->doc->mmgr, objects->open[i]);
    if (objects->stream)
        HPDF_Stream_Free(objects->stream);
    if (objects->doc)
        HPDF_Free(objects->doc);
    mem_free(objects->open);
    mem_free(objects->places);
    buffer_free(&objects->bytes);
}

/* The number of a new object. libharu's own come first: it makes them before any of ours. */
static HPDF_UINT32 next_number(struct objects *objects)
{
    HPDF_UINT32 number = 0;
    do {
        objects->places =
            mem_grow(objects->places, objects->place_count, &objects->place_room, sizeof *objects->places);
        number = (HPDF_UINT32)objects->place_count++;
    } while (number < objects->doc->xref->entries->count);
    return number;
}

HPDF_Dict objects_dict(struct objects *objects)
{
    HPDF_Dict dict = objects_failed(objects) ? NULL : HPDF_Dict_New(objects->doc->mmgr);
    if (!objects_made(objects, dict))
        return NULL;
    dict->header.obj_id = next_number(objects) | HPDF_OTYPE_INDIRECT;
    objects->open = mem_grow(objects->open, objects->open_count, &objects->open_room, sizeof *objects->open);
    objects->open[objects->open_count++] = dict;
    return dict;
}

HPDF_Obj_Header objects_ref(const void *object)
{
    const HPDF_Obj_Header *header = object;
    return (HPDF_Obj_Header){.obj_id = header->obj_id, .gen_no = header->gen_no, .obj_class = HPDF_OCLASS_NULL};
}

void objects_refer(struct objects *objects, HPDF_Dict dict, const char *key, HPDF_Obj_Header *to)
{
    if (!objects_failed(objects))
        objects_check(objects, HPDF_Dict_Add(dict, key, to));
}

void objects_text(struct objects *objects, HPDF_Dict dict, const char *key, const char *text)
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
    HPDF_Binary string = objects_failed(objects) ? NULL : HPDF_Binary_New(objects->doc->mmgr, bytes, size);
    if (objects_made(objects, string))
        objects_check(objects, HPDF_Dict_Add(dict, key, string));
}

static void write_text(struct objects *objects, const char *text)
{
    objects_check(objects, HPDF_Stream_WriteStr(objects->stream, text));
}

/* What has gathered goes into the file. */
static void pass_on(struct objects *objects, size_t least)
{
    if (!objects->to || objects->bytes.size < least)
        return;
    file_add(objects->to, objects->bytes.data, objects->bytes.size);
    buffer_clear(&objects->bytes);
}

static void write_object(struct objects *objects, HPDF_Dict dict, const void *bytes, size_t size)
{
    HPDF_UINT32 number = dict->header.obj_id & 0x00FFFFFF;
    char line[32];
    objects->places[number] = objects->stream->size;
    snprintf(line, sizeof line, "%lu 0 obj\n", (unsigned long)number);
    write_text(objects, line);
    objects_check(objects, HPDF_Obj_WriteValue(dict, objects->stream, NULL));
    if (bytes) {
        write_text(objects, "\nstream\r\n");
        objects_check(objects, HPDF_Stream_Write(objects->stream, bytes, (HPDF_UINT)size));
        write_text(objects, "\nendstream");
    }
    write_text(objects, "\nendobj\n");
    if (objects->stream->size > SIZE_MOST)
        err_set(&objects->err, ERR_MACHINE, _("the PDF is larger than 1 GB; make it for fewer sheets at once"));
    pass_on(objects, PART);
}

void objects_write_stream(struct objects *objects, HPDF_Dict dict, const void *bytes, size_t size)
{
    if (objects_failed(objects))
        return;
    if (bytes) {
        objects_check(objects, HPDF_Dict_AddName(dict, "Filter", "FlateDecode"));
        objects_check(objects, HPDF_Dict_AddNumber(dict, "Length", (HPDF_INT32)size));
    }
    write_object(objects, dict, bytes, size);
    size_t at = objects->open_count - 1; /* the newest, but for few */
    while (objects->open[at] != dict)
        at--;
    objects->open[at] = objects->open[--objects->open_count];
    HPDF_Obj_ForceFree(objects->doc->mmgr, dict);
}

void objects_write(struct objects *objects, HPDF_Dict dict)
{
    objects_write_stream(objects, dict, NULL, 0);
}

static void write_places(struct objects *objects)
{
    char line[64];
    snprintf(line, sizeof line, "xref\n0 %zu\n0000000000 65535 f\r\n", objects->place_count);
    write_text(objects, line);
    for (size_t i = 1; i < objects->place_count && !objects_failed(objects); i++) {
        snprintf(line, sizeof line, "%010u 00000 n\r\n", (unsigned)objects->places[i]);
        write_text(objects, line);
        pass_on(objects, PART);
    }
}

void objects_end(struct objects *objects)
{
    if (objects_failed(objects))
        return;
    HPDF_Doc doc = objects->doc;
    HPDF_Dict trailer = doc->xref->trailer;
    char line[64];
    HPDF_Obj_Header root = objects_ref(doc->catalog), info = objects_ref(doc->info);
    for (HPDF_UINT i = 1; i < doc->xref->entries->count && !objects_failed(objects); i++)
        write_object(objects, HPDF_Xref_GetEntry(doc->xref, i)->obj, NULL, 0);
    HPDF_UINT32 table_at = objects->stream->size;
    write_places(objects);
    objects_refer(objects, trailer, "Root", &root);
    objects_refer(objects, trailer, "Info", &info);
    objects_check(objects, HPDF_Dict_AddNumber(trailer, "Size", (HPDF_INT32)objects->place_count));
    write_text(objects, "trailer\n");
    objects_check(objects, HPDF_Dict_Write(trailer, objects->stream, NULL));
    snprintf(line, sizeof line, "\nstartxref\n%u\n%%%%EOF\n", (unsigned)table_at);
    write_text(objects, line);
    pass_on(objects, 1);
}
