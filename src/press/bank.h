/* Banks: a face cut into sets of at most 255 characters, each embedded as a font of its own with one byte a character.
 * Which characters a bank holds depends on nothing but its face and number, so the same text always gives the same
 * bytes, and a bank is cut and deflated once a run, whatever the number of files. */
#ifndef PAPERDIARY_PRESS_BANK_H
#define PAPERDIARY_PRESS_BANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "settings/layout.h"

struct banks;
struct err;
struct metrics;

struct bank {
    enum face face;
    uint32_t number;
    bool holds[256];          /* by byte: the face has the character */
    struct buffer font;       /* a TrueType file, deflated */
    size_t font_size;         /* not deflated */
    struct buffer unicode;    /* a ToUnicode map, deflated */
    struct buffer entries;    /* of the font's dictionary, without its references */
    struct buffer descriptor; /* entries of its descriptor, without the file */
};

/* Reads the faces. A file that is missing or cut short is ERR_MACHINE. */
bool banks_open(const struct metrics *metrics, struct banks **out, struct err *err);
void banks_free(struct banks *banks);

/* The byte of a character of a face, and the number of its bank: 0 holds the usual characters of a sheet. What comes in
 * *number is the bank of the character before, which is kept where it holds this one too. */
unsigned char bank_place(enum face face, uint32_t code, uint32_t *number);

/* Made when first asked for; any thread may ask. Lent until banks_free; NULL: ERR_MACHINE. */
const struct bank *banks_lookup(struct banks *banks, enum face face, uint32_t number, struct err *err);

#endif
