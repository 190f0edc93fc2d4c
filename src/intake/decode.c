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

static bool holds(const char *bytes, size_t size, const char *what)
{
    size_t length = strlen(what);
    for (size_t i = 0; i + length <= size; i++) {
        if (memcmp(bytes + i, what, length) == 0)
            return true;
    }
    return false;
}

static const char *zip_kind(const char *bytes, size_t size)
{
    size_t head = size < 4096 ? size : 4096;
    const char *tail = size > 65536 ? bytes + size - 65536 : bytes;
    size_t tail_size = (size_t)(bytes + size - tail);
    if (holds(bytes, head, "opendocument.spreadsheet"))
        return _("this is a LibreOffice table (.ods): open it in LibreOffice, save it as CSV");
    if (holds(bytes, head, "xl/") || holds(tail, tail_size, "xl/"))
        return _("this is an Excel workbook (.xlsx): open it in Excel, save it as CSV");
    if (holds(bytes, head, "word/") || holds(tail, tail_size, "word/") || holds(bytes, head, "opendocument.text"))
        return _("this is a text document: export the table as CSV instead");
    return _("this is a packed file (ZIP): unpack it and give the CSV in it");
}

/* A web page or XML that is named .xls or .csv. */
static bool is_markup(const char *bytes, size_t size)
{
    static const char *const starts[] = {"<!doctype", "<html", "<?xml", "<table", "<head", "<meta", "<style", "<body"};
    size_t at = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < size && (bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r')))
        at++;
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        size_t length = strlen(starts[i]), n = 0;
        while (n < length && at + n < size &&
               (bytes[at + n] >= 'A' && bytes[at + n] <= 'Z' ? bytes[at + n] + 32 : bytes[at + n]) == starts[i][n])
            n++;
        if (n == length)
            return true;
    }
    return false;
}

static bool is_blank(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != ' ' && (bytes[i] < '\t' || bytes[i] > '\r'))
            return false;
    }
    return true;
}

/* What the file is instead of a table in text; NULL where it may be one. */
static const char *mistaken(const char *bytes, size_t size)
{
    size_t bom = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    if (is_blank(bytes + bom, size - bom))
        return _("the file is empty: make the export again");
    if (size >= 4 && (memcmp(bytes, "PK\x03\x04", 4) == 0 || memcmp(bytes, "PK\x05\x06", 4) == 0))
        return zip_kind(bytes, size);
    for (size_t i = 0; i < sizeof foreigns / sizeof foreigns[0]; i++) {
        if (size >= foreigns[i].size && memcmp(bytes, foreigns[i].magic, foreigns[i].size) == 0)
            return _(foreigns[i].text);
    }
    if (is_markup(bytes, size))
        return _("this is a web page or XML, not a table in text: open it in Excel, save it as CSV");
    return NULL;
}

/* Line and column (in characters) of an offset in a text whose lines end with LF. */
static void place(const char *bytes, size_t offset, int32_t *line, int32_t *column)
{
    *line = 1;
    *column = 1;
    for (size_t i = 0; i < offset; i++) {
        if (bytes[i] == '\n') {
            ++*line;
            *column = 1;
        } else if (((unsigned char)bytes[i] & 0xC0) != 0x80) {
            ++*column;
        }
    }
}

static size_t bad_utf8(const char *bytes, size_t size)
{
    size_t bad = size;
    return text_is_utf8(bytes, size, &bad) ? size : bad;
}

/* Windows-1251 hardly ever holds well-formed letters of UTF-8, and never more of them than bytes that are none. */
static bool is_damaged_utf8(const char *bytes, size_t size)
{
    size_t good = 0, bad = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c < 0x80)
            continue;
        if ((c == 0xD0 || c == 0xD1) && i + 1 < size && ((unsigned char)bytes[i + 1] & 0xC0) == 0x80) {
            good++;
            i++;
        } else {
            bad++;
        }
    }
    return good > 4 * bad;
}

static bool from_cp1251(struct arena *arena, const char *file, const char *bytes, size_t size, struct decoded *out,
                        struct diag *diag)
{
    size_t room = 1;
    for (size_t i = 0; i < size; i++)
        room += (unsigned char)bytes[i] < 0x80 ? 1 : cp1251[(unsigned char)bytes[i] - 0x80] < 0x800 ? 2 : 3;
    char *text = arena_alloc(arena, room + 4), *to = text;
    int32_t line = 1, column = 1;
    for (size_t i = 0; i < size; i++, column++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c < 0x80) {
            *to++ = (char)c;
            if (c == '\n') {
                line++;
                column = 0;
            }
            continue;
        }
        if (cp1251[c - 0x80] == 0) {
            diag_add(diag, DIAG_ERROR, file, line, column,
                     _("the byte %02X is neither UTF-8 nor Windows-1251: save the file as CSV in UTF-8"), c);
            return false;
        }
        to += text_put(to, cp1251[c - 0x80]);
    }
    *out = (struct decoded){.text = text, .size = (size_t)(to - text), .encoding = ENCODING_CP1251};
    return true;
}

static bool from_utf16(struct arena *arena, const char *file, const char *bytes, size_t size, bool big,
                       struct decoded *out, struct diag *diag)
{
    char *text = arena_alloc(arena, size / 2 * 3 + 5), *to = text;
    int32_t line = 1, column = 1;
    for (size_t i = 0; i < size; i += 2, column++) {
        uint32_t unit[2] = {0xDC00, 0};
        for (size_t n = 0; n < 2 && i + 2 * n + 1 < size; n++) {
            uint32_t a = (unsigned char)bytes[i + 2 * n], b = (unsigned char)bytes[i + 2 * n + 1];
            unit[n] = big ? a << 8 | b : b << 8 | a;
        }
        uint32_t code = unit[0];
        if (code >= 0xD800 && code <= 0xDBFF && unit[1] >= 0xDC00 && unit[1] <= 0xDFFF) {
            code = 0x10000 + ((code - 0xD800) << 10) + (unit[1] - 0xDC00);
            i += 2;
        }
        if (code == 0 || (code >= 0xD800 && code <= 0xDFFF)) {
            diag_add(diag, DIAG_ERROR, file, line, column,
                     _("the UTF-16 text is damaged here: make the export again, best as CSV in UTF-8"));
            return false;
        }
        to += text_put(to, code);
        if (code == '\n') {
            line++;
            column = 0;
        }
    }
    *out = (struct decoded){.text = text, .size = (size_t)(to - text), .encoding = ENCODING_UTF16};
    return true;
}

/* NULs of UTF-16 all stand at even, or all at odd offsets. */
static bool refuse_nul(const char *file, const char *bytes, size_t size, struct diag *diag)
{
    size_t at[2] = {0, 0};
    for (size_t i = 0; i < size; i++)
        at[i & 1] += bytes[i] == '\0';
    if (at[0] + at[1] > size / 16 && (at[0] == 0 || at[1] == 0)) {
        diag_add(diag, DIAG_ERROR, file, 0, 0,
                 _("this looks like UTF-16 without its mark of order: save the file as CSV in UTF-8"));
        return false;
    }
    int32_t line = 0, column = 0;
    place(bytes, (size_t)((const char *)memchr(bytes, 0, size) - bytes), &line, &column);
    diag_add(diag, DIAG_ERROR, file, line, column,
             _("a NUL byte stands here, the file is damaged or no text: make the export again"));
    return false;
}

static bool refuse_utf8(const char *file, const char *bytes, size_t size, size_t bad, struct diag *diag)
{
    int32_t line = 0, column = 0;
    place(bytes, bad < size ? bad : size, &line, &column);
    diag_add(diag, DIAG_ERROR, file, line, column,
             _("the byte %02X is no UTF-8, the file is damaged here: make the export again"),
             (unsigned char)bytes[bad]);
    return false;
}

/* Lines of an old Mac end with CR alone. */
static void mend_lines(struct arena *arena, struct decoded *out)
{
    if (memchr(out->text, '\n', out->size) != NULL || memchr(out->text, '\r', out->size) == NULL)
        return;
    char *text = arena_copy_n(arena, out->text, out->size);
    for (size_t i = 0; i < out->size; i++) {
        if (text[i] == '\r')
            text[i] = '\n';
    }
    out->text = text;
}

bool decode_bytes(struct arena *arena, const char *file, const char *bytes, size_t size, enum profile_encoding wanted,
                  struct decoded *out, struct diag *diag)
{
    *out = (struct decoded){.text = "", .encoding = ENCODING_UTF8};
    const char *mistake = mistaken(bytes, size);
    if (mistake != NULL) {
        diag_add(diag, DIAG_ERROR, file, 0, 0, "%s", mistake);
        return false;
    }
    bool little = size >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0;
    bool big = size >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0;
    bool done = false;
    if (little || big) {
        done = from_utf16(arena, file, bytes + 2, size - 2, big, out, diag);
    } else if (wanted == ENCODING_UTF16) {
        diag_add(diag, DIAG_ERROR, file, 0, 0,
                 _("the profile says UTF-16, but the file does not begin with its mark of order (BOM)"));
    } else if (memchr(bytes, 0, size) != NULL) {
        refuse_nul(file, bytes, size, diag);
    } else {
        size_t bom = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
        bytes += bom;
        size -= bom;
        size_t bad = bad_utf8(bytes, size);
        done = true;
        if (bad == size)
            *out = (struct decoded){.text = bytes, .size = size, .encoding = ENCODING_UTF8};
        else if (wanted == ENCODING_UTF8 || bom != 0 || (wanted == ENCODING_ANY && is_damaged_utf8(bytes, size)))
            done = refuse_utf8(file, bytes, size, bad, diag);
        else
            done = from_cp1251(arena, file, bytes, size, out, diag);
    }
    if (done)
        mend_lines(arena, out);
    return done;
}
