#include "settings/form.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

#define LETTERS 3 /* a class letter has at most so many; longer words («5 инженерный») stand as they are */

static bool is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

static uint32_t upper(uint32_t code)
{
    if ((code >= 'a' && code <= 'z') || (code >= 0x430 && code <= 0x44F))
        return code - 0x20;
    if (code >= 0x450 && code <= 0x45F)
        return code - 0x50;
    if ((code >= 0x460 && code <= 0x481) || (code >= 0x48A && code <= 0x4BF) || (code >= 0x4D0 && code <= 0x52F))
        return code & ~1U;
    return code;
}

static uint32_t cyrillic(uint32_t code)
{
    static const char latin[] = "ABCEHKMOPTXY";
    static const uint32_t same[] = {0x410, 0x412, 0x421, 0x415, 0x41D, 0x41A, 0x41C, 0x41E, 0x420, 0x422, 0x425, 0x423};
    const char *at = code < 0x80 && code != 0 ? strchr(latin, (int)code) : NULL;
    return at == NULL ? code : same[at - latin];
}

static bool is_letter(uint32_t code)
{
    code = upper(code);
    return (code >= 'A' && code <= 'Z') || (code >= 0x400 && code <= 0x52F);
}

/* Between number and letter: spaces, hyphens and dashes, quotes. */
static bool is_filler(uint32_t code)
{
    return code == ' ' || code == 0xA0 || code == 0x202F || code == 0x2009 || code == '-' ||
           (code >= 0x2010 && code <= 0x2015) || code == 0x2212 || code == '"' || code == '\'' || code == '`' ||
           code == 0xAB || code == 0xBB || (code >= 0x2018 && code <= 0x201F) || code == 0x2039 || code == 0x203A;
}

static const char *skip_filler(const char *at)
{
    for (const char *next = at; is_filler(text_next(&next));)
        at = next;
    return at;
}

/* Bytes of the leading number without zeros before it: one or two digits; 0 where there is none. */
static size_t number_length(const char *text)
{
    size_t n = strspn(text, "0123456789");
    return n <= 2 ? n : 0;
}

/* True for nothing, or for «класс», «кл.» at the end of a name. */
static bool is_end(struct arena *arena, const char *rest)
{
    static const char *const words[] = {"", "класс", "класса", "кл", "кл."};
    const char *folded = text_fold(arena, skip_filler(rest));
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(folded, words[i]) == 0)
            return true;
    return false;
}

/* The class letter (or «А1») after the number into *out; false where the rest is something else. */
static bool read_letter(struct arena *arena, const char *rest, struct buffer *out)
{
    size_t letters = 0;
    const char *at = skip_filler(rest), *next = at;
    for (uint32_t code; is_letter(code = text_next(&next)); at = next) {
        char bytes[5];
        buffer_add(out, bytes, text_put(bytes, cyrillic(upper(code))));
        letters++;
    }
    size_t digits = strspn(at, "0123456789");
    buffer_add(out, at, digits);
    return letters >= 1 && letters <= LETTERS && digits <= 2 && is_end(arena, at + digits);
}

/* Trimmed, NFC, one space for a run of them. */
static const char *tidy(struct arena *arena, const char *text)
{
    struct buffer out = {0};
    bool space = false;
    for (const char *at = text_trim(arena_copy(arena, text)); *at != '\0';) {
        char bytes[5];
        uint32_t code = text_next(&at);
        bool blank = code == ' ' || code == '\t' || code == 0xA0 || code == 0x202F;
        if (!blank)
            buffer_add(&out, bytes, text_put(bytes, code));
        else if (!space)
            buffer_char(&out, ' ');
        space = blank;
    }
    const char *tidied = out.size == 0 ? "" : text_nfc(arena, arena_copy_n(arena, out.data, out.size));
    buffer_free(&out);
    return tidied;
}

static const char *canonical_once(struct arena *arena, const char *text)
{
    const char *name = tidy(arena, text);
    const char *start = skip_filler(name); /* a name may stand in quotes as a whole */
    size_t zeros = 0;
    while (start[zeros] == '0' && is_digit((unsigned char)start[zeros + 1]))
        zeros++;
    size_t digits = number_length(start + zeros);
    if (digits == 0)
        return name;
    const char *rest = start + zeros + digits;
    struct buffer letter = {0};
    const char *form = name;
    if (is_end(arena, rest))
        form = arena_copy_n(arena, start + zeros, digits);
    else if (read_letter(arena, rest, &letter))
        form = arena_format(arena, "%.*s%s", (int)digits, start + zeros, letter.data);
    buffer_free(&letter);
    return form;
}

/* What one pass leaves may be shortened by a second («2кл-»), never further. */
const char *form_canonical(struct arena *arena, const char *text)
{
    return canonical_once(arena, canonical_once(arena, text));
}

int32_t form_grade(const char *form)
{
    size_t digits = number_length(form);
    int32_t grade = 0;
    for (size_t i = 0; i < digits; i++)
        grade = grade * 10 + (form[i] - '0');
    return grade;
}

const char *form_printed(struct arena *arena, const char *form)
{
    size_t digits = number_length(form);
    const char *next = form + digits;
    if (digits == 0 || !is_letter(text_next(&next)))
        return form;
    return arena_format(arena, "%.*s" TEXT_NBSP "«%s»", (int)digits, form, form + digits);
}

int form_compare(const char *a, const char *b)
{
    int32_t x = form_grade(a), y = form_grade(b);
    if (x != y)
        return x < y ? -1 : 1;
    int order = text_collate(a + number_length(a), b + number_length(b));
    return order != 0 ? order : strcmp(a, b);
}
