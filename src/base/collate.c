#include "base/text.h"

#include <utf8proc.h>

enum { CYRILLIC_A = 0x430, CYRILLIC_I = 0x438, CYRILLIC_YA = 0x44F, KOMI_I = 0x456 };

/* Rank of a character on the first level: space, signs, digits, Latin, Cyrillic, the rest. As ICU orders Russian: ё
 * goes with е and ӧ with о; the dots decide only between names that are otherwise equal. і comes after и. */
static uint32_t rank(uint32_t code)
{
    if (code == 0)
        return 0;
    if (code == ' ' || code == 0xA0 || code == 0x202F)
        return 1;
    code = (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
    if (code == 0x451 || code == 0x4E7)
        code = code == 0x451 ? 0x435 : 0x43E;
    if (code >= '0' && code <= '9')
        return 0x1000 + code;
    if (code >= 'a' && code <= 'z')
        return 0x2000 + code;
    if (code < 0xC0 || (code >= 0x2010 && code < 0x2060))
        return 0x10 + (code & 0xFFF);
    if (code >= CYRILLIC_A && code <= CYRILLIC_YA)
        return 0x3000 + (code - CYRILLIC_A) + (code > CYRILLIC_I ? 1 : 0);
    return code == KOMI_I ? 0x3000 + (CYRILLIC_I - CYRILLIC_A) + 1 : 0x4000 + code;
}

/* Second level: е before ё, small before capital. */
static uint32_t shade(uint32_t code)
{
    uint32_t low = (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
    return (low == 0x451 || low == 0x4E7 ? 2U : 0U) + (low != code ? 1U : 0U);
}

int text_collate(const char *a, const char *b)
{
    int tie = 0;
    for (;;) {
        uint32_t x = text_next(&a), y = text_next(&b);
        if (x == y && x != 0)
            continue;
        uint32_t rank_x = rank(x), rank_y = rank(y);
        if (rank_x != rank_y)
            return rank_x < rank_y ? -1 : 1;
        if (x == 0)
            return tie;
        if (tie == 0 && shade(x) != shade(y))
            tie = shade(x) < shade(y) ? -1 : 1;
    }
}
