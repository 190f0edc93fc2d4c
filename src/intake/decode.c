#include "intake/decode.h"

#include <stdint.h>
#include <string.h>

#include "base/diag.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

/* Windows-1251 from 0x80; 0: no such character. Source: unicode.org, MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1251.TXT */
static const uint16_t cp1251[128] = {
    0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x0409, 0x2039, 0x040A,
    0x040C, 0x040B, 0x040F, 0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0,      0x2122,
    0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F, 0x00A0, 0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6,
    0x00A7, 0x0401, 0x00A9, 0x0404, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x0407, 0x00B0, 0x00B1, 0x0406, 0x0456,
    0x0491, 0x00B5, 0x00B6, 0x00B7, 0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457, 0x0410,
    0x0411, 0x0412, 0x0413, 0x0414, 0x0415, 0x0416, 0x0417, 0x0418, 0x0419, 0x041A, 0x041B, 0x041C, 0x041D,
    0x041E, 0x041F, 0x0420, 0x0421, 0x0422, 0x0423, 0x0424, 0x0425, 0x0426, 0x0427, 0x0428, 0x0429, 0x042A,
    0x042B, 0x042C, 0x042D, 0x042E, 0x042F, 0x0430, 0x0431, 0x0432, 0x0433, 0x0434, 0x0435, 0x0436, 0x0437,
    0x0438, 0x0439, 0x043A, 0x043B, 0x043C, 0x043D, 0x043E, 0x043F, 0x0440, 0x0441, 0x0442, 0x0443, 0x0444,
    0x0445, 0x0446, 0x0447, 0x0448, 0x0449, 0x044A, 0x044B, 0x044C, 0x044D, 0x044E, 0x044F,
};

/* What was given by mistake, by its first bytes. */
static const struct foreign {
    const char *magic;
    size_t size;
    const char *text;
} foreigns[] = {
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, N_("this is an Excel workbook (.xls): open it in Excel, save it as CSV")},
    {"%PDF-", 5, N_("this is a PDF, a picture of pages: export the table as CSV instead")},
    {"{\\rtf", 5, N_("this is a Word text (RTF): export the table as CSV instead")},
    {"\x1F\x8B", 2, N_("this is a packed file (gzip): unpack it and give the CSV in it")},
    {"7z\xBC\xAF\x27\x1C", 6, N_("this is a packed file (7z): unpack it and give the CSV in it")},
    {"Rar!\x1A\x07", 6, N_("this is a packed file (RAR): unpack it and give the CSV in it")},
    {"\x89PNG", 4, N_("this is a picture: export the table as CSV instead")},
    {"\xFF\xD8\xFF", 3, N_("this is a picture: export the table as CSV instead")},
    {"SQLite format 3", 15, N_("this is a database: export the table as CSV instead")},
};

#define NONE      SIZE_MAX
#define HEAD_SIZE ((size_t)4096)
#define TAIL_SIZE ((size_t)65536)

/* What the bytes show as they stand; NONE: nothing of the kind. */
struct look {
    size_t mark; /* bytes of a BOM in UTF-8 */
    size_t ink;  /* the first byte that is no white space */
    size_t nul, feed, ret;
    size_t bad; /* the first byte that is no UTF-8 */
};

static bool holds(const char *bytes, size_t size, const char *what)
{
    size_t length = strlen(what);
    for (size_t i = 0; i + length <= size; i++) {
        if (memcmp(bytes + i, what, length) == 0)
            return true;
    }
    return false;
}

/* In a ZIP's directory, which stands at its end. */
static bool tail_holds(struct source *source, const char *what)
{
    size_t whole = source_size(source), size = whole < TAIL_SIZE ? whole : TAIL_SIZE;
    char *tail = mem_alloc(size);
    bool found = holds(tail, source_peek(source, whole - size, tail, size), what);
    mem_free(tail);
    return found;
}

static const char *zip_kind(struct source *source, const char *head, size_t size)
{
    if (holds(head, size, "opendocument.spreadsheet"))
        return _("this is a LibreOffice table (.ods): open it in LibreOffice, save it as CSV");
    if (holds(head, size, "xl/") || tail_holds(source, "xl/"))
        return _("this is an Excel workbook (.xlsx): open it in Excel, save it as CSV");
    if (holds(head, size, "word/") || tail_holds(source, "word/") || holds(head, size, "opendocument.text"))
        return _("this is a text document: export the table as CSV instead");
    return _("this is a packed file (ZIP): unpack it and give the CSV in it");
}

/* A web page or XML that is named .xls or .csv, by its first word. */
static bool is_markup(struct source *source, size_t at)
{
    static const char *const starts[] = {"<!doctype", "<html", "<?xml", "<table", "<head", "<meta", "<style", "<body"};
    char word[10] = "";
    size_t size = source_peek(source, at, word, sizeof word);
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        size_t length = strlen(starts[i]), n = 0;
        while (n < length && n < size && (word[n] >= 'A' && word[n] <= 'Z' ? word[n] + 32 : word[n]) == starts[i][n])
            n++;
        if (n == length)
            return true;
    }
    return false;
}

/* What the file is instead of a table in text; NULL where it may be one. */
static const char *mistaken(struct source *source, const char *head, size_t size, const struct look *look)
{
    if (look->ink == NONE)
        return _("the file is empty: make the export again");
    if (size >= 4 && (memcmp(head, "PK\x03\x04", 4) == 0 || memcmp(head, "PK\x05\x06", 4) == 0))
        return zip_kind(source, head, size);
    for (size_t i = 0; i < sizeof foreigns / sizeof foreigns[0]; i++) {
        if (size >= foreigns[i].size && memcmp(head, foreigns[i].magic, foreigns[i].size) == 0)
            return _(foreigns[i].text);
    }
    if (is_markup(source, look->ink))
        return _("this is a web page or XML, not a table in text: open it in Excel, save it as CSV");
    return NULL;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The offset of the first such byte, where none was found before. */
static void find(size_t *found, char c, const char *bytes, size_t size, size_t offset)
{
    const char *at = *found == NONE ? memchr(bytes, c, size) : NULL;
    if (at != NULL)
        *found = offset + (size_t)(at - bytes);
}

/* One block, whose first byte stands at `offset`. Gives the number of its last bytes that can be judged only with what
 * follows. */
static size_t look_at(struct look *look, const char *bytes, size_t size, size_t offset)
{
    find(&look->nul, '\0', bytes, size, offset);
    find(&look->feed, '\n', bytes, size, offset);
    if (look->feed == NONE)
        find(&look->ret, '\r', bytes, size, offset);
    for (size_t i = 0; look->ink == NONE && i < size; i++) {
        if (offset + i >= look->mark && !is_blank(bytes[i]))
            look->ink = offset + i;
    }
    size_t bad = 0;
    if (look->bad != NONE || text_is_utf8(bytes, size, &bad))
        return 0;
    if (size - bad < SOURCE_KEEP_MOST)
        return size - bad;
    look->bad = offset + bad;
    return 0;
}

/* The first pass. */
static struct look look_over(struct source *source, size_t mark)
{
    struct look look = {.mark = mark, .ink = NONE, .nul = NONE, .feed = NONE, .ret = NONE, .bad = NONE};
    struct source_pass *pass = source_begin(source);
    const char *bytes = NULL;
    size_t size = 0, end = 0, keep = 0;
    while (source_next(pass, keep, &bytes, &size)) {
        size_t begin = end - keep;
        end = begin + size;
        keep = look_at(&look, bytes, size, begin);
    }
    if (keep > 0)
        look.bad = end - keep;
    source_end(pass);
    return look;
}

void place_advance(struct place *place, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '\n') {
            place->line++;
            place->column = 1;
        } else if (((unsigned char)text[i] & 0xC0) != 0x80) {
            place->column++;
        }
    }
}

/* Where the byte at `until` stands, in a text that begins at `from`. */
static struct place place_of(struct source *source, size_t from, size_t until)
{
    struct place place = {1, 1};
    struct source_pass *pass = source_begin(source);
    const char *bytes = NULL;
    for (size_t at = 0, size = 0; at < until && source_next(pass, 0, &bytes, &size); at += size) {
        size_t skip = at < from ? from - at : 0, end = until - at < size ? until - at : size;
        if (skip < end)
            place_advance(&place, bytes + skip, end - skip);
    }
    source_end(pass);
    return place;
}

/* Windows-1251 hardly ever holds well-formed letters of UTF-8, and never more of them than bytes that are none. */
static bool is_damaged_utf8(struct source *source)
{
    size_t good = 0, bad = 0, size = 0;
    bool lead = false; /* a letter's first byte came last */
    struct source_pass *pass = source_begin(source);
    for (const char *bytes = NULL; source_next(pass, 0, &bytes, &size);) {
        for (size_t i = 0; i < size; i++) {
            unsigned char c = (unsigned char)bytes[i];
            bool second = lead && (c & 0xC0) == 0x80;
            good += second;
            bad += lead && !second;
            lead = !second && (c == 0xD0 || c == 0xD1);
            bad += !second && !lead && c >= 0x80;
        }
    }
    source_end(pass);
    return good > 4 * (bad + lead);
}

/* --- decoding ----------------------------------------------------------------------------------------------------- */

struct decoding {
    const struct encoded *encoded;
    struct source_pass *pass;
    size_t mark; /* bytes of it still to come */
    size_t keep; /* bytes of a character whose rest is still to come */
    bool bad;    /* `byte` stands next, and is none of the encoding; never where decode_survey was content */
    unsigned char byte;
};

struct decoding *decode_begin(const struct encoded *encoded)
{
    struct decoding *decoding = mem_alloc(sizeof *decoding);
    *decoding = (struct decoding){.encoded = encoded, .pass = source_begin(encoded->source), .mark = encoded->mark};
    return decoding;
}

void decode_end(struct decoding *decoding)
{
    if (decoding == NULL)
        return;
    source_end(decoding->pass);
    mem_free(decoding);
}

static void from_cp1251(struct decoding *decoding, const char *bytes, size_t size, struct buffer *out)
{
    char *text = buffer_room(out, 3 * size + 1), *to = text;
    for (size_t i = 0; i < size && !decoding->bad; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c < 0x80) {
            *to++ = (char)c;
        } else if (cp1251[c - 0x80] != 0) {
            to += text_put(to, cp1251[c - 0x80]);
        } else {
            decoding->bad = true;
            decoding->byte = c;
        }
    }
    buffer_filled(out, (size_t)(to - text));
}

static uint32_t unit_of(const char *bytes, bool big)
{
    uint32_t a = (unsigned char)bytes[0], b = (unsigned char)bytes[1];
    return big ? a << 8 | b : b << 8 | a;
}

static void from_utf16(struct decoding *decoding, const char *bytes, size_t size, struct buffer *out)
{
    bool big = decoding->encoded->big;
    char *text = buffer_room(out, size / 2 * 3 + 1), *to = text;
    size_t at = 0, next = 0;
    for (; at + 2 <= size; at = next) {
        uint32_t code = unit_of(bytes + at, big);
        bool pair = code >= 0xD800 && code <= 0xDBFF;
        next = at + (pair ? 4 : 2);
        if (next > size)
            break;
        uint32_t second = pair ? unit_of(bytes + at + 2, big) : 0;
        if (second >= 0xDC00 && second <= 0xDFFF)
            code = 0x10000 + ((code - 0xD800) << 10) + (second - 0xDC00);
        decoding->bad = code == 0 || (code >= 0xD800 && code <= 0xDFFF);
        if (decoding->bad)
            break;
        to += text_put(to, code);
    }
    decoding->keep = size - at;
    buffer_filled(out, (size_t)(to - text));
}

bool decode_next(struct decoding *decoding, struct buffer *out)
{
    const char *bytes = NULL;
    size_t size = 0, start = out->size;
    if (decoding->bad)
        return false;
    if (!source_next(decoding->pass, decoding->keep, &bytes, &size)) {
        decoding->bad = decoding->keep > 0;
        return false;
    }
    size_t skip = decoding->mark < size ? decoding->mark : size;
    decoding->mark -= skip;
    if (decoding->encoded->encoding == ENCODING_UTF16)
        from_utf16(decoding, bytes + skip, size - skip, out);
    else if (decoding->encoded->encoding == ENCODING_CP1251)
        from_cp1251(decoding, bytes + skip, size - skip, out);
    else
        buffer_add(out, bytes + skip, size - skip);
    for (size_t i = start; decoding->encoded->returns && i < out->size; i++) {
        if (out->data[i] == '\r')
            out->data[i] = '\n';
    }
    return true;
}

/* --- what it is ------------------------------------------------------------------------------------------------- */

/* Decodes all of it, to find what can't be, and how lines end. */
static bool is_readable(struct encoded *encoded, const char *file, struct diag *diag)
{
    struct decoding *decoding = decode_begin(encoded);
    struct buffer text = {0};
    struct place place = {1, 1};
    bool feeds = false, returns = false;
    while (decode_next(decoding, &text)) {
        feeds = feeds || memchr(text.data, '\n', text.size) != NULL;
        returns = returns || memchr(text.data, '\r', text.size) != NULL;
        place_advance(&place, text.data, text.size);
        buffer_clear(&text);
    }
    encoded->returns = returns && !feeds;
    bool bad = decoding->bad;
    if (bad && encoded->encoding == ENCODING_UTF16)
        diag_add(diag, DIAG_ERROR, file, place.line, place.column,
                 _("the UTF-16 text is damaged here: make the export again, best as CSV in UTF-8"));
    else if (bad)
        diag_add(diag, DIAG_ERROR, file, place.line, place.column,
                 _("the byte %02X is neither UTF-8 nor Windows-1251: save the file as CSV in UTF-8"), decoding->byte);
    buffer_free(&text);
    decode_end(decoding);
    return !bad && !source_failed(encoded->source);
}

/* NULs of UTF-16 all stand at even, or all at odd offsets. */
static bool refuse_nul(struct source *source, const char *file, size_t nul, struct diag *diag)
{
    size_t at[2] = {0, 0}, offset = 0, size = 0;
    struct source_pass *pass = source_begin(source);
    for (const char *bytes = NULL; source_next(pass, 0, &bytes, &size); offset += size) {
        for (size_t i = 0; i < size; i++)
            at[(offset + i) & 1] += bytes[i] == '\0';
    }
    source_end(pass);
    if (at[0] + at[1] > source_size(source) / 16 && (at[0] == 0 || at[1] == 0)) {
        diag_add(diag, DIAG_ERROR, file, 0, 0,
                 _("this looks like UTF-16 without its mark of order: save the file as CSV in UTF-8"));
        return false;
    }
    struct place place = place_of(source, 0, nul);
    diag_add(diag, DIAG_ERROR, file, place.line, place.column,
             _("a NUL byte stands here, the file is damaged or no text: make the export again"));
    return false;
}

static bool refuse_utf8(struct source *source, const char *file, const struct look *look, struct diag *diag)
{
    struct place place = place_of(source, look->mark, look->bad);
    char bad = 0;
    source_peek(source, look->bad, &bad, 1);
    diag_add(diag, DIAG_ERROR, file, place.line, place.column,
             _("the byte %02X is no UTF-8, the file is damaged here: make the export again"), (unsigned char)bad);
    return false;
}

bool decode_survey(struct source *source, const char *file, enum profile_encoding wanted, struct encoded *out,
                   struct diag *diag)
{
    char head[HEAD_SIZE];
    size_t size = source_peek(source, 0, head, sizeof head);
    bool marked = size >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0;
    struct look look = look_over(source, marked ? 3 : 0);
    if (source_failed(source))
        return false;
    *out = (struct encoded){.source = source, .encoding = ENCODING_UTF16, .mark = 2};
    const char *mistake = mistaken(source, head, size, &look);
    if (mistake != NULL) {
        diag_add(diag, DIAG_ERROR, file, 0, 0, "%s", mistake);
        return false;
    }
    out->big = size >= 2 && memcmp(head, "\xFE\xFF", 2) == 0;
    if (out->big || (size >= 2 && memcmp(head, "\xFF\xFE", 2) == 0))
        return is_readable(out, file, diag);
    if (wanted == ENCODING_UTF16) {
        diag_add(diag, DIAG_ERROR, file, 0, 0,
                 _("the profile says UTF-16, but the file does not begin with its mark of order (BOM)"));
        return false;
    }
    if (look.nul != NONE)
        return refuse_nul(source, file, look.nul, diag);
    *out = (struct encoded){.source = source, .encoding = ENCODING_UTF8, .mark = look.mark};
    if (look.bad == NONE) {
        out->returns = look.feed == NONE && look.ret != NONE;
        return true;
    }
    if (wanted == ENCODING_UTF8 || marked || (wanted == ENCODING_ANY && is_damaged_utf8(source)))
        return refuse_utf8(source, file, &look, diag);
    out->encoding = ENCODING_CP1251;
    return is_readable(out, file, diag);
}

const char *decode_bytes(struct arena *arena, const char *file, const char *bytes, size_t size, struct diag *diag)
{
    struct source *source = source_of_bytes(bytes, size, SOURCE_BLOCK);
    struct buffer text = {0};
    struct encoded encoded;
    const char *out = NULL;
    if (decode_survey(source, file, ENCODING_ANY, &encoded, diag)) {
        struct decoding *decoding = decode_begin(&encoded);
        while (decode_next(decoding, &text))
            continue;
        decode_end(decoding);
        out = arena_keep(arena, text.data, text.size + 1);
    }
    source_free(source);
    return out;
}
