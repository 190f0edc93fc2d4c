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
    if (objects->stream)
        HPDF_Stream_Free(objects->stream);
    if (objects->doc)
        HPDF_Free(objects->doc);
    buffer_free(&objects->bytes);
}

HPDF_Dict objects_dict(struct objects *objects)
{
    HPDF_Dict dict = objects_failed(objects) ? NULL : HPDF_Dict_New(objects->doc->mmgr);
    if (!objects_made(objects, dict))
        return NULL;
    objects_check(objects, HPDF_Xref_Add(objects->doc->xref, dict));
    return objects_failed(objects) ? NULL : dict;
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

static void write_object(struct objects *objects, HPDF_XrefEntry entry, HPDF_UINT32 number, const void *bytes,
                         size_t size)
{
    HPDF_Dict dict = entry->obj;
    char line[32];
    entry->byte_offset = objects->stream->size;
    snprintf(line, sizeof line, "%lu 0 obj\n", (unsigned long)number);
    write_text(objects, line);
    objects_check(objects, HPDF_Obj_WriteValue(dict, objects->stream, NULL));
    if (bytes) {
        write_text(objects, "\nstream\r\n");
        objects_check(objects, HPDF_Stream_Write(objects->stream, bytes, (HPDF_UINT)size));
        write_text(objects, "\nendstream");
    }
    write_text(objects, "\nendobj\n");
    entry->obj = NULL;
    HPDF_Obj_ForceFree(objects->doc->mmgr, dict);
    if (objects->stream->size > SIZE_MOST)
        err_set(&objects->err, ERR_MACHINE, _("the PDF is larger than 1 GB; make it for fewer sheets at once"));
    pass_on(objects, PART);
}

void objects_write_stream(struct objects *objects, HPDF_Dict dict, const void *bytes, size_t size)
{
    if (objects_failed(objects))
        return;
    HPDF_UINT32 number = dict->header.obj_id & 0x00FFFFFF;
    if (bytes) {
        objects_check(objects, HPDF_Dict_AddName(dict, "Filter", "FlateDecode"));
        objects_check(objects, HPDF_Dict_AddNumber(dict, "Length", (HPDF_INT32)size));
    }
    HPDF_XrefEntry entry = HPDF_Xref_GetEntry(objects->doc->xref, number);
    if (objects_made(objects, entry))
        write_object(objects, entry, number, bytes, size);
}

void objects_write(struct objects *objects, HPDF_Dict dict)
{
    objects_write_stream(objects, dict, NULL, 0);
}

static void write_places(struct objects *objects, HPDF_Xref xref)
{
    char line[64];
    xref->addr = objects->stream->size;
    snprintf(line, sizeof line, "xref\n0 %u\n0000000000 65535 f\r\n", (unsigned)xref->entries->count);
    write_text(objects, line);
    for (HPDF_UINT i = 1; i < xref->entries->count && !objects_failed(objects); i++) {
        snprintf(line, sizeof line, "%010u 00000 n\r\n", (unsigned)HPDF_Xref_GetEntry(xref, i)->byte_offset);
        write_text(objects, line);
        pass_on(objects, PART);
    }
}

void objects_end(struct objects *objects)
{
    if (objects_failed(objects))
        return;
    HPDF_Doc doc = objects->doc;
    HPDF_Xref xref = doc->xref;
    char line[64];
    HPDF_Obj_Header root = objects_ref(doc->catalog), info = objects_ref(doc->info);
    for (HPDF_UINT i = 1; i < xref->entries->count && !objects_failed(objects); i++) {
        HPDF_XrefEntry entry = HPDF_Xref_GetEntry(xref, i);
        if (entry->obj)
            write_object(objects, entry, i, NULL, 0);
    }
    write_places(objects, xref);
    objects_refer(objects, xref->trailer, "Root", &root);
    objects_refer(objects, xref->trailer, "Info", &info);
    objects_check(objects, HPDF_Dict_AddNumber(xref->trailer, "Size", (HPDF_INT32)xref->entries->count));
    write_text(objects, "trailer\n");
    objects_check(objects, HPDF_Dict_Write(xref->trailer, objects->stream, NULL));
    snprintf(line, sizeof line, "\nstartxref\n%u\n%%%%EOF\n", (unsigned)xref->addr);
    write_text(objects, line);
    pass_on(objects, 1);
}
