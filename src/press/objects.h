/* The objects of one PDF, made by libharu and written as soon as each is whole: what stays of an object that is written
 * is its place in the file. libharu alone keeps a document whole in memory until it is saved.
 *
 * The first failure is kept; after it nothing more is made or written. */
#ifndef PAPERDIARY_PRESS_OBJECTS_H
#define PAPERDIARY_PRESS_OBJECTS_H

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/mem.h"

struct file_writing;

struct objects {
    struct err err;
    HPDF_Doc doc;
    HPDF_Stream stream;
    HPDF_UINT32 *places; /* in the file, of the objects by their numbers */
    size_t place_count, place_room;
    HPDF_Dict *open; /* of ours, not written yet */
    size_t open_count, open_room;
    struct buffer bytes;     /* written, and not yet in the file */
    struct file_writing *to; /* NULL: all stays in `bytes` */
};

bool objects_open(struct objects *objects);
void objects_close(struct objects *objects); /* what was not written goes */

bool objects_failed(const struct objects *objects);
void objects_fail(struct objects *objects, HPDF_STATUS code, HPDF_STATUS detail);
void objects_check(struct objects *objects, HPDF_STATUS code); /* what a libharu function gives */
bool objects_made(struct objects *objects, const void *made);  /* the same, of one that gives an object or NULL */

HPDF_Dict objects_dict(struct objects *objects); /* empty, with its number; NULL: failed */
/* Stands in for an object that is or will be written: HPDF_Dict_Add and HPDF_Array_Add take it as the object. It has to
 * live until the object that refers to it is written. */
HPDF_Obj_Header objects_ref(const void *object);
void objects_refer(struct objects *objects, HPDF_Dict dict, const char *key, HPDF_Obj_Header *to);
/* A text string of a PDF: UTF-16 with its mark; at most 250 units. */
void objects_text(struct objects *objects, HPDF_Dict dict, const char *key, const char *text);

/* Writes an object that is whole, and frees it. */
void objects_write(struct objects *objects, HPDF_Dict dict);
/* The same with the bytes of its stream, which are deflated. */
void objects_write_stream(struct objects *objects, HPDF_Dict dict, const void *bytes, size_t size);
/* What libharu made itself and is not written yet, the table of places, and the trailer. */
void objects_end(struct objects *objects);

#endif
