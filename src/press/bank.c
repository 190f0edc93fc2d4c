#include "press/bank.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "press/cut.h"
#include "press/truetype.h"
#include "typeset/metrics.h"

enum { FACE_FILE_MOST = 32 << 20, BLOCK = 128, BANK_COUNT = 4 + 0x110000 / BLOCK };

struct banks {
    struct truetype faces[FACE_COUNT];
    pthread_mutex_t lock;
    struct bank **made; /* in no order; a run has a few dozen at most */
    size_t count, room;
};

/* The usual bank: digits, usual signs of ASCII, А to я at 0xC0 as in Windows-1251, and from 0x80 on `usual`; what
 * sheets seldom have is in a bank of its own, so that they need not carry it, and so are the letters of the face of
 * marks. Letters of ASCII are in the Latin bank, with all of its digits and signs again so that English words need not
 * change banks; W, T and Y, which sheets have in their numbers, are in both. */
static const uint16_t usual[] = {0x00A0, 0x00AB, 0x00BB, 0x2013, 0x2014, 0x2116, 0x0401, 0x0451, 0x04E7,
                                 0x0456, 0x2026, 0x00D7, 0x2212, 0x00B7, 0x2022, 0x201E, 0x201C};
static const uint16_t seldom[] = {0x04E6, 0x0406, 0x201D, 0x2019, 0x202F, 0x2009,
                                  0x2011, 0x00B0, 0x00B1, 0x2260, 0x2264, 0x2265};

enum {
    USUAL,
    LATIN,
    SELDOM,
    LETTERS,
    BLOCKS,
    USUAL_COUNT = sizeof usual / sizeof *usual,
    SELDOM_COUNT = sizeof seldom / sizeof *seldom
};

static bool is_ascii(uint32_t code)
{
    return code >= 0x20 && code < 0x7F;
}

static bool is_latin(uint32_t code)
{
    return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
}

/* The bank of a character of ASCII but for the Latin one, which has them all. */
static uint32_t bank_of_ascii(uint32_t code)
{
    if (is_latin(code))
        return code == 'W' || code == 'T' || code == 'Y' ? USUAL : LATIN;
    bool common = code == ' ' || code == '!' || code == '%' || code == '(' || code == ')' || code == '?' ||
                  (code >= '+' && code <= ';');
    return common ? USUAL : SELDOM;
}

/* The bank of letters and usual signs beyond ASCII. */
static uint32_t bank_of_letters(enum face face)
{
    return face == FACE_NARROW_BOLD ? LETTERS : USUAL;
}

/* The character of a byte; 0: the byte stands for none. */
static uint32_t bank_code(enum face face, uint32_t number, unsigned byte)
{
    if (number >= BLOCKS)
        return byte >= 0x80 ? (number - BLOCKS) * BLOCK + (byte - 0x80) : 0;
    if (byte < 0x80)
        return is_ascii(byte) && (number == LATIN || number == bank_of_ascii(byte)) ? byte : 0;
    if (number == bank_of_letters(face) && byte >= 0xC0)
        return 0x0410 + (byte - 0xC0);
    if (number == bank_of_letters(face))
        return byte - 0x80 < USUAL_COUNT ? usual[byte - 0x80] : 0;
    return number == SELDOM && byte - 0x80 < SELDOM_COUNT ? seldom[byte - 0x80] : 0;
}

/* Where a list has a character: its byte; 0: nowhere. */
static unsigned char byte_in(const uint16_t *list, unsigned count, uint32_t code)
{
    for (unsigned i = 0; i < count; i++)
        if (list[i] == code)
            return (unsigned char)(0x80 + i);
    return 0;
}

unsigned char bank_place(enum face face, uint32_t code, uint32_t *number)
{
    if (is_ascii(code)) {
        *number = *number == LATIN ? LATIN : bank_of_ascii(code);
        return (unsigned char)code;
    }
    *number = bank_of_letters(face);
    if (code >= 0x0410 && code <= 0x044F)
        return (unsigned char)(0xC0 + (code - 0x0410));
    unsigned char byte = byte_in(usual, USUAL_COUNT, code);
    if (byte != 0)
        return byte;
    *number = SELDOM;
    byte = byte_in(seldom, SELDOM_COUNT, code);
    if (byte != 0)
        return byte;
    *number = BLOCKS + code / BLOCK;
    return (unsigned char)(0x80 + code % BLOCK);
}

static const char *face_file(const struct metrics *metrics, enum face face)
{
    const char *path = metrics_path(metrics, face);
    return path ? path : "";
}

static bool open_face(struct banks *banks, const struct metrics *metrics, enum face face, struct err *err)
{
    const char *path = face_file(metrics, face);
    struct buffer file = {0};
    struct err why = {0};
    bool fine = file_read(path, FACE_FILE_MOST, &file, &why);
    if (!fine) {
        err_set(err, ERR_MACHINE, _("the font file %s can't be read (%s); install the program's fonts again"), path,
                why.text);
    } else if (!(fine = truetype_open(&banks->faces[face], &file))) {
        err_set(err, ERR_MACHINE, _("the font file %s is damaged; install the program's fonts again"), path);
    }
    buffer_free(&file);
    return fine;
}

bool banks_open(const struct metrics *metrics, struct banks **out, struct err *err)
{
    struct banks *banks = mem_alloc(sizeof *banks);
    *out = NULL;
    pthread_mutex_init(&banks->lock, NULL);
    for (int face = 0; face < FACE_COUNT; face++) {
        if (!open_face(banks, metrics, (enum face)face, err)) {
            banks_free(banks);
            return false;
        }
    }
    *out = banks;
    return true;
}

static void bank_free(struct bank *bank)
{
    if (!bank)
        return;
    buffer_free(&bank->font);
    buffer_free(&bank->unicode);
    buffer_free(&bank->entries);
    buffer_free(&bank->descriptor);
    mem_free(bank);
}

void banks_free(struct banks *banks)
{
    if (!banks)
        return;
    for (size_t i = 0; i < banks->count; i++)
        bank_free(banks->made[i]);
    for (int face = 0; face < FACE_COUNT; face++)
        truetype_close(&banks->faces[face]);
    pthread_mutex_destroy(&banks->lock);
    mem_free(banks->made);
    mem_free(banks);
}

static bool deflate_whole(const void *data, size_t size, struct buffer *out)
{
    uLongf packed = compressBound((uLong)size);
    Bytef *room = mem_alloc(packed);
    bool fine = compress2(room, &packed, data, (uLong)size, Z_BEST_COMPRESSION) == Z_OK;
    if (fine)
        buffer_add(out, room, packed);
    mem_free(room);
    return fine;
}

/* What a PDF says of a face besides its numbers. */
static const struct {
    const char *name;
    int flags; /* 4 symbolic, 2 with serifs, 64 italic */
    int stem;
} facts[FACE_COUNT] = {
    [FACE_SANS] = {"PTSans-Regular", 4, 80},
    [FACE_SANS_BOLD] = {"PTSans-Bold", 4, 130},
    [FACE_SANS_ITALIC] = {"PTSans-Italic", 4 | 64, 80},
    [FACE_NARROW] = {"PTSans-Narrow", 4, 75},
    [FACE_NARROW_BOLD] = {"PTSans-NarrowBold", 4, 120},
    [FACE_SERIF] = {"PTSerif-Regular", 4 | 2, 80},
    [FACE_SERIF_BOLD] = {"PTSerif-Bold", 4 | 2, 130},
};

/* «PDAAAB+PTSans-Regular»: the tag is the bank's number. */
static void font_name(enum face face, uint32_t number, char out[64])
{
    char tag[5] = {0};
    for (size_t i = 4; i > 0; i--, number /= 26)
        tag[i - 1] = (char)('A' + number % 26);
    snprintf(out, 64, "PD%s+%s", tag, facts[face].name);
}

static int thousandths(const struct truetype *face, const unsigned char *at)
{
    return truetype_i16(at) * 1000 / (int)face->em;
}

static void describe(struct bank *bank, const struct truetype *face, const char *name)
{
    const unsigned char *head = face->head.data, *hhea = face->hhea.data;
    int capital = face->os2.size >= 90 ? thousandths(face, face->os2.data + 88) : 700;
    int slant = face->post.size >= 6 ? truetype_i16(face->post.data + 4) : 0;
    buffer_format(&bank->descriptor,
                  "/FontName /%s\n/Flags %d\n/FontBBox [%d %d %d %d]\n/ItalicAngle %d\n/Ascent %d\n/Descent %d\n"
                  "/CapHeight %d\n/StemV %d\n",
                  name, facts[bank->face].flags, thousandths(face, head + 36), thousandths(face, head + 38),
                  thousandths(face, head + 40), thousandths(face, head + 42), slant, thousandths(face, hhea + 4),
                  thousandths(face, hhea + 6), capital, facts[bank->face].stem);
}

static void list_widths(struct bank *bank, const char *name, const struct cut *cut)
{
    unsigned first = 0, last = 255;
    while (first < 255 && !cut->glyphs[first])
        first++;
    while (last > first && !cut->glyphs[last])
        last--;
    buffer_format(&bank->entries,
                  "/Type /Font\n/Subtype /TrueType\n/BaseFont /%s\n/FirstChar %u\n/LastChar %u\n/Widths [", name, first,
                  last);
    for (unsigned byte = first; byte <= last; byte++)
        buffer_format(&bank->entries, byte > first ? " %d" : "%d", cut->widths[byte]);
    buffer_text(&bank->entries, "]\n");
}

/* Bytes from `byte` on that stand for characters one after the other, as the map may name them together. */
static unsigned run_of(const struct cut *cut, unsigned byte)
{
    unsigned count = 1;
    uint32_t code = cut->codes[byte];
    while (byte + count < 256 && cut->glyphs[byte + count] && cut->codes[byte + count] == code + count &&
           (code & 0xFF) + count <= 0xFF)
        count++;
    return count;
}

static void map_unicode(const struct cut *cut, struct buffer *out)
{
    enum { BLOCK_MOST = 100 };
    buffer_text(out, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                     "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                     "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                     "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n");
    unsigned left = 0;
    for (unsigned byte = 0; byte < 256; byte += cut->glyphs[byte] ? run_of(cut, byte) : 1)
        left += cut->glyphs[byte] != 0;
    unsigned in_block = 0;
    for (unsigned byte = 0, count = 1; byte < 256; byte += count, count = 1) {
        uint32_t code = cut->codes[byte];
        if (!cut->glyphs[byte])
            continue;
        if (in_block == 0) {
            in_block = left < BLOCK_MOST ? left : BLOCK_MOST;
            left -= in_block;
            buffer_format(out, "%u beginbfrange\n", in_block);
        }
        count = run_of(cut, byte);
        buffer_format(out, "<%02X> <%02X> ", byte, byte + count - 1);
        if (code > 0xFFFF)
            buffer_format(out, "<%04X%04X>\n", 0xD7C0 + (code >> 10), 0xDC00 + (code & 0x3FF));
        else
            buffer_format(out, "<%04X>\n", code);
        if (--in_block == 0)
            buffer_text(out, "endbfrange\n");
    }
    buffer_text(out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
}

static struct bank *bank_make(const struct truetype *source, enum face face, uint32_t number)
{
    struct bank *bank = mem_alloc(sizeof *bank);
    struct cut cut = {0};
    struct buffer map = {0};
    char name[64];
    bank->face = face;
    bank->number = number;
    for (unsigned byte = 0; byte < 256; byte++)
        cut.codes[byte] = bank_code(face, number, byte);
    cut_face(source, &cut);
    for (unsigned byte = 0; byte < 256; byte++)
        bank->holds[byte] = cut.glyphs[byte] != 0;
    font_name(face, number, name);
    describe(bank, source, name);
    list_widths(bank, name, &cut);
    map_unicode(&cut, &map);
    bank->font_size = cut.file.size;
    bool fine =
        deflate_whole(cut.file.data, cut.file.size, &bank->font) && deflate_whole(map.data, map.size, &bank->unicode);
    buffer_free(&map);
    buffer_free(&cut.file);
    if (fine)
        return bank;
    bank_free(bank);
    return NULL;
}

const struct bank *banks_lookup(struct banks *banks, enum face face, uint32_t number, struct err *err)
{
    struct bank *found = NULL;
    pthread_mutex_lock(&banks->lock);
    for (size_t i = 0; i < banks->count && !found; i++) {
        if (banks->made[i]->face == face && banks->made[i]->number == number)
            found = banks->made[i];
    }
    if (!found && (unsigned)face < FACE_COUNT && number < BANK_COUNT) {
        found = bank_make(&banks->faces[face], face, number);
        if (found) {
            banks->made = mem_grow(banks->made, banks->count, &banks->room, sizeof(struct bank *));
            banks->made[banks->count++] = found;
        }
    }
    pthread_mutex_unlock(&banks->lock);
    if (!found)
        err_set(err, ERR_MACHINE, _("a font can't be prepared for the PDF: there is too little memory"));
    return found;
}
