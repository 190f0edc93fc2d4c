#include "intake/cells.h"

#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"

enum date_form cells_date_form(const char *format)
{
    if (format == NULL || *format == '\0')
        return DATE_FORM_ANY;
    return strcmp(format, "yyyy-mm-dd") == 0 ? DATE_FORM_ISO
           : strcmp(format, "dd.mm.yy") == 0 ? DATE_FORM_SHORT
                                             : DATE_FORM_LONG;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct cell cells_trim(struct cell cell)
{
    const char *from = cell.text, *until = cell.text + cell.size;
    for (;;) {
        if (from < until && is_blank(*from))
            from++;
        else if (until - from >= 2 && memcmp(from, TEXT_NBSP, 2) == 0)
            from += 2;
        else if (from < until && is_blank(until[-1]))
            until--;
        else if (until - from >= 2 && memcmp(until - 2, TEXT_NBSP, 2) == 0)
            until -= 2;
        else
            return (struct cell){from, (size_t)(until - from)};
    }
}

/* Digits at *at: their number, and how many there were. */
static int32_t digits(const char **at, const char *end, int32_t *count)
{
    int32_t value = 0;
    *count = 0;
    for (; *at < end && **at >= '0' && **at <= '9' && *count < 9; ++*at, ++*count)
        value = value * 10 + (**at - '0');
    return value;
}

/* « 00:00», « 21:04:10», «T21:04» */
static bool is_time(const char *at, const char *end)
{
    if (at == end)
        return true;
    if (*at != ' ' && *at != 'T')
        return false;
    for (at++; at < end; at++) {
        if ((*at < '0' || *at > '9') && *at != ':' && *at != '.' && *at != ' ')
            return false;
    }
    return true;
}

bool cells_date(struct cell cell, enum date_form form, int32_t *out)
{
    const char *at = cell.text, *end = cell.text + cell.size;
    int32_t size[3] = {0}, part[3] = {0};
    char between[2] = {0};
    for (int i = 0; i < 3; i++) {
        part[i] = digits(&at, end, &size[i]);
        if (i < 2 && (at == end || (between[i] = *at++) == '\0'))
            return false;
    }
    if (size[0] == 0 || size[1] == 0 || size[1] > 2 || between[0] != between[1] || !is_time(at, end))
        return false;
    if (between[0] == '-' && size[0] == 4 && size[2] > 0 && size[2] <= 2) {
        if (form != DATE_FORM_ANY && form != DATE_FORM_ISO)
            return false;
        *out = date_from_civil(part[0], part[1], part[2]);
    } else if (between[0] == '.' && size[0] <= 2 && (size[2] == 4 || size[2] == 2)) {
        enum date_form found = size[2] == 4 ? DATE_FORM_LONG : DATE_FORM_SHORT;
        if (form != DATE_FORM_ANY && form != found)
            return false;
        *out = date_from_civil(size[2] == 4 ? part[2] : 2000 + part[2], part[1], part[0]);
    } else {
        return false;
    }
    return *out != DATE_NONE && date_to_civil(*out).year >= 1990 && date_to_civil(*out).year < 2100;
}

bool cells_is_serial(struct cell cell)
{
    int32_t number = 0;
    return cell.size == 5 && cells_number(cell, &number) && number > 30000 && number < 70000;
}

bool cells_number(struct cell cell, int32_t *out)
{
    const char *at = cell.text, *end = cell.text + cell.size;
    int32_t count = 0;
    *out = digits(&at, end, &count);
    return count > 0 && at == end;
}

bool cells_thousandths(struct cell cell, char decimal, int32_t *out)
{
    const char *at = cell.text, *end = cell.text + cell.size;
    int32_t whole_size = 0, size = 0;
    int32_t whole = digits(&at, end, &whole_size), part = 0;
    if (whole_size == 0 || whole_size > 6)
        return false;
    if (at < end && (decimal == 0 ? *at == ',' || *at == '.' : *at == decimal)) {
        at++;
        part = digits(&at, end, &size);
        for (; size > 3 && part % 10 == 0; size--)
            part /= 10;
        if (size == 0 || size > 3)
            return false;
        for (; size < 3; size++)
            part *= 10;
    }
    *out = whole * 1000 + part;
    return at == end;
}

bool cells_time(struct cell cell, int32_t *minutes)
{
    const char *at = cell.text, *end = cell.text + cell.size;
    int32_t size = 0;
    int32_t hour = digits(&at, end, &size);
    if (size == 0 || size > 2 || at == end || (*at != ':' && *at != '.' && *at != '-'))
        return false;
    at++;
    int32_t minute = digits(&at, end, &size);
    *minutes = hour * 60 + minute;
    return size == 2 && hour < 24 && minute < 60 && (at == end || (end - at == 3 && *at == ':'));
}

/* 1…12 for the name or its first three letters; 0: none. */
static int32_t month_of(const char *text, size_t size)
{
    static const char *const names[][2] = {{"янв", "jan"}, {"фев", "feb"}, {"мар", "mar"}, {"апр", "apr"},
                                           {"ма", "may"},  {"июн", "jun"}, {"июл", "jul"}, {"авг", "aug"},
                                           {"сен", "sep"}, {"окт", "oct"}, {"ноя", "nov"}, {"дек", "dec"}};
    for (int32_t i = 0; i < 12; i++) {
        for (int n = 0; n < 2; n++) {
            size_t length = strlen(names[i][n]);
            if (size >= length && size <= 2 * 8 && memcmp(text, names[i][n], length) == 0)
                return i + 1;
        }
    }
    return 0;
}

static bool is_letter(char c)
{
    return (unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z');
}

bool cells_eaten(struct cell cell, int32_t *first, int32_t *second)
{
    int32_t day = 0;
    if (cells_date(cell, DATE_FORM_ANY, &day)) {
        *first = date_to_civil(day).day;
        *second = date_to_civil(day).month;
        return true;
    }
    if (cell.size == 0 || cell.size > 40)
        return false;
    struct arena *scratch = arena_new();
    const char *at = text_fold(scratch, arena_copy_n(scratch, cell.text, cell.size)), *end = at + strlen(at);
    int32_t number = -1, month = 0;
    bool ok = true;
    while (ok && at < end) {
        if (*at >= '0' && *at <= '9') {
            int32_t size = 0;
            ok = number < 0;
            number = digits(&at, end, &size);
        } else if (is_letter(*at)) {
            const char *word = at;
            while (at < end && is_letter(*at))
                at++;
            ok = month == 0 && (month = month_of(word, (size_t)(at - word))) != 0;
        } else {
            ok = *at == '.' || *at == ' ' || *at == '-' || *at == '/';
            at++;
        }
    }
    arena_free(scratch);
    *first = number;
    *second = month;
    return ok && number > 0 && month > 0;
}

static bool begins(struct cell cell, const char *with)
{
    size_t size = strlen(with);
    return cell.size >= size && memcmp(cell.text, with, size) == 0;
}

bool cells_is_excel_error(struct cell cell)
{
    static const char *const errors[] = {"#ИМЯ?",   "#Н/Д",    "#ЗНАЧ!", "#ССЫЛКА!", "#ДЕЛ/0!",
                                         "#ЧИСЛО!", "#ПУСТО!", "#NAME?", "#N/A",     "#VALUE!",
                                         "#REF!",   "#DIV/0!", "#NUM!",  "#NULL!",   "####"};
    for (size_t i = 0; cell.size > 1 && cell.text[0] == '#' && i < sizeof errors / sizeof errors[0]; i++) {
        if (begins(cell, errors[i]))
            return true;
    }
    return false;
}

bool cells_is_words(struct cell cell)
{
    bool words = false;
    for (size_t i = 0; i < cell.size; i++) {
        if (cell.text[i] >= '0' && cell.text[i] <= '9')
            return false;
        unsigned char next = i + 1 < cell.size ? (unsigned char)cell.text[i + 1] : 0;
        words = words || cell.text[i] == ' ' || (cell.text[i] == '\xD0' && next >= 0xB0) || cell.text[i] == '\xD1';
    }
    return words;
}

bool cells_is_mangled_id(struct cell cell)
{
    const char *at = cell.text, *end = cell.text + cell.size;
    if (cell.size > 0 && *at == '\'')
        return true;
    int32_t count = 0;
    digits(&at, end, &count);
    if (count == 0)
        return false;
    if (at < end && (*at == ',' || *at == '.')) {
        const char *zeros = ++at;
        while (zeros < end && *zeros == '0')
            zeros++;
        if (zeros > at && zeros == end)
            return true;
        digits(&at, end, &count);
    }
    if (end - at < 3 || (*at != 'E' && *at != 'e') || at[1] != '+')
        return false;
    at += 2;
    digits(&at, end, &count);
    return count > 0 && at == end;
}

const char *cells_cyrillic(struct arena *arena, const char *text)
{
    static const char latin[] = "ABCEHKMOPTXYaceopxyb";
    static const char *const cyrillic[] = {"А", "В", "С", "Е", "Н", "К", "М", "О", "Р", "Т",
                                           "Х", "У", "а", "с", "е", "о", "р", "х", "у", "б"};
    size_t size = strlen(text);
    if (strcspn(text, latin) == size)
        return NULL;
    char *out = arena_alloc(arena, 2 * size + 1), *to = out;
    for (; *text != '\0'; text++) {
        const char *found = strchr(latin, *text);
        if (found == NULL) {
            *to++ = *text;
        } else {
            memcpy(to, cyrillic[found - latin], 2);
            to += 2;
        }
    }
    return out;
}

bool cells_is_plain(struct cell cell)
{
    const unsigned char *at = (const unsigned char *)cell.text, *end = at + cell.size;
    bool blank = true; /* before the first character: leading space is not plain */
    unsigned scripts = 0;
    while (at < end) {
        if (*at == ' ' ? blank : *at < ' ' || *at == 0x7F || *at == '?')
            return false;
        blank = *at == ' ';
        unsigned script = *at >= 0x80 ? 2U * (*at == 0xD0 || *at == 0xD1) : (*at | 0x20) >= 'a' && (*at | 0x20) <= 'z';
        scripts = script == 0 ? 0 : scripts | script;
        if (scripts == 3) /* Latin and Cyrillic in one word */
            return false;
        if (*at < 0x80)
            at++;
        else if (*at == 0xD0 || *at == 0xD1 || (*at == 0xC2 && at[1] > 0xA0 && at[1] != 0xAD))
            at += 2;
        else if (*at == 0xE2 && ((at[1] == 0x80 && at[2] >= 0x93 && at[2] <= 0xA6) || (at[1] == 0x84 && at[2] == 0x96)))
            at += 3;
        else
            return false;
    }
    return !blank || cell.size == 0;
}

static bool is_cyrillic(uint32_t code)
{
    return code >= 0x400 && code < 0x530;
}

/* Code points that carry nothing a sheet could print. */
static bool is_invisible(uint32_t code)
{
    return code == 0xAD || (code >= 0x200B && code <= 0x200D) || code == 0x2060 || code == 0xFEFF;
}

/* The Cyrillic letter that looks like a Latin one, Komi і too; the code itself where none does. */
static uint32_t look_alike(uint32_t code)
{
    static const char latin[] = "ABCEHKMOPTXYaceopxyiI";
    static const uint32_t cyrillic[] = {0x410, 0x412, 0x421, 0x415, 0x41D, 0x41A, 0x41C, 0x41E, 0x420, 0x422, 0x425,
                                        0x423, 0x430, 0x441, 0x435, 0x43E, 0x440, 0x445, 0x443, 0x456, 0x406};
    const char *at = code < 0x80 && code != 0 ? strchr(latin, (int)code) : NULL;
    return at == NULL ? code : cyrillic[at - latin];
}

static bool is_latin(uint32_t code)
{
    return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
}

/* Mends words that are Cyrillic and whose Latin letters all look like Cyrillic ones. */
static const char *mend_words(struct arena *arena, const char *text, struct cells_found *found)
{
    struct buffer out = {0};
    while (*text != '\0') {
        const char *at = text, *end = text;
        size_t cyrillic = 0, latin = 0, foreign = 0;
        for (uint32_t code; (code = text_next(&at)) != 0 && (is_cyrillic(code) || is_latin(code)); end = at) {
            cyrillic += is_cyrillic(code);
            latin += is_latin(code);
            foreign += is_latin(code) && look_alike(code) == code;
        }
        if (end == text)
            text_next(&end);
        bool mends = latin > 0 && foreign == 0 && (cyrillic >= latin || cyrillic > 1); /* «XIXв.» stays */
        found->latin = found->latin || mends;
        while (text < end) {
            char bytes[8];
            uint32_t code = text_next(&text);
            buffer_add(&out, bytes, text_put(bytes, mends ? look_alike(code) : code));
        }
    }
    const char *mended = out.size == 0 ? "" : arena_copy_n(arena, out.data, out.size);
    buffer_free(&out);
    return mended;
}

const char *cells_clean(struct arena *arena, struct cell cell, struct cells_found *found)
{
    cell = cells_trim(cell);
    const char *at = text_nfc(arena, arena_copy_n(arena, cell.text, cell.size));
    struct buffer out = {0};
    uint32_t before = 0;
    bool blank = false;
    for (uint32_t code, next; (code = text_next(&at)) != 0; before = code) {
        const char *peek = at;
        next = text_next(&peek);
        if (code == ' ' || (code >= '\t' && code <= '\r') || code == 0x2028 || code == 0x2029) {
            blank = out.size > 0;
            continue;
        }
        if (is_invisible(code))
            continue;
        if (blank)
            buffer_char(&out, ' ');
        blank = false;
        found->control = found->control || text_is_control(code);
        bool inside = is_cyrillic(before) || is_cyrillic(next);
        found->latin_o = found->latin_o || ((code == 0xD6 || code == 0xF6) && inside);
        found->lost_letter = found->lost_letter || (code == '?' && is_cyrillic(before) && is_cyrillic(next));
        char bytes[8];
        buffer_add(&out, bytes, text_put(bytes, text_is_control(code) ? 0xFFFD : code));
    }
    const char *clean = out.size == 0 ? "" : arena_copy_n(arena, out.data, out.size);
    buffer_free(&out);
    return mend_words(arena, clean, found);
}
