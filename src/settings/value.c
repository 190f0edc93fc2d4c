#include "settings/value.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#define LISTED 12 /* more known words than this are not listed: the nearest is named, however far */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void skip_blanks(const char **at)
{
    while (**at == ' ' || **at == '\t' || strncmp(*at, TEXT_NBSP, 2) == 0)
        *at += **at == ' ' || **at == '\t' ? 1 : 2;
}

/* At most nine digits, so that no number overflows. */
static bool number(const char **at, size_t most, int32_t *out, size_t *length)
{
    size_t n = 0;
    int32_t value = 0;
    for (; is_digit((*at)[n]); n++) {
        if (n >= most || n >= 9)
            return false;
        value = value * 10 + ((*at)[n] - '0');
    }
    *at += n;
    *out = value;
    *length = n;
    return n > 0;
}

bool value_integer(const char *text, int32_t low, int32_t high, int32_t *out)
{
    bool minus = *text == '-';
    text += minus ? 1 : 0;
    int32_t value = 0;
    size_t length = 0;
    if (!number(&text, 9, &value, &length) || *text != '\0')
        return false;
    value = minus ? -value : value;
    if (value < low || value > high)
        return false;
    *out = value;
    return true;
}

/* A decimal at *at in units of 10^-digits. */
static bool decimal(const char **at, int digits, int32_t *out)
{
    int32_t whole = 0, part = 0;
    size_t length = 0, decimals = 0;
    if (!number(at, 5, &whole, &length))
        return false;
    if ((**at == '.' || **at == ',') && is_digit((*at)[1])) {
        (*at)++;
        if (!number(at, (size_t)digits, &part, &decimals))
            return false;
    }
    for (int i = 0; i < digits; i++) {
        whole *= 10;
        part *= (size_t)i < decimals ? 1 : 10;
    }
    *out = whole + part;
    return true;
}

bool value_decimal(const char *text, int digits, int32_t *out)
{
    return decimal(&text, digits, out) && *text == '\0';
}

bool value_length(const char *text, int32_t em, int32_t *out)
{
    int32_t amount = 0;
    if (!decimal(&text, 3, &amount))
        return false;
    skip_blanks(&text);
    int64_t length = amount;
    if (strcmp(text, "mm") == 0)
        length = (length * 360 + 63) / 127; /* 1 mm = 360/127 pt */
    else if (em > 0 && strcmp(text, "em") == 0)
        length = (length * em + 500) / 1000;
    else if (strcmp(text, "pt") != 0 && (*text != '\0' || amount != 0))
        return false;
    if (length > INT32_MAX)
        return false;
    *out = (int32_t)length;
    return true;
}

static bool real_day(struct value_day day)
{
    return date_from_civil(day.year == 0 ? 2000 : day.year, day.month, day.day) != DATE_NONE;
}

bool value_day(const char **at, struct value_day *out)
{
    const char *text = *at;
    struct value_day day = {0};
    int32_t first = 0;
    size_t length = 0, two = 0;
    if (!number(&text, 4, &first, &length))
        return false;
    if (length == 4) {
        day.year = first;
        if (first == 0 || *text++ != '-' || !number(&text, 2, &day.month, &two) || two != 2 || *text++ != '-' ||
            !number(&text, 2, &day.day, &two) || two != 2)
            return false;
    } else {
        day.day = first;
        if (length > 2 || *text++ != '.' || !number(&text, 2, &day.month, &two))
            return false;
        if (*text == '.' && is_digit(text[1])) {
            text++;
            if (!number(&text, 4, &day.year, &length) || length != 4 || day.year == 0)
                return false;
        }
    }
    if (is_digit(*text) || !real_day(day))
        return false;
    *at = text;
    *out = day;
    return true;
}

static bool skip_dash(const char **at)
{
    static const char *const dashes[] = {"-", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x88\x92"};
    const char *text = *at;
    skip_blanks(&text);
    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
        if (strncmp(text, dashes[i], strlen(dashes[i])) != 0)
            continue;
        text += strlen(dashes[i]);
        skip_blanks(&text);
        *at = text;
        return true;
    }
    return false;
}

bool value_span(const char **at, struct value_span *out)
{
    const char *text = *at;
    struct value_span span = {0};
    if (!value_day(&text, &span.from))
        return false;
    span.until = span.from;
    const char *behind = text;
    if (skip_dash(&behind) && is_digit(*behind)) {
        text = behind;
        if (!value_day(&text, &span.until))
            return false;
    }
    if ((span.from.year == 0) != (span.until.year == 0))
        return false;
    *at = text;
    *out = span;
    return true;
}

static const char *list_end(const char *start, bool decimals)
{
    const char *at = start;
    for (; *at != '\0'; at++) {
        bool inside = decimals && at > start && is_digit(at[-1]) && is_digit(at[1]);
        if (*at == ',' && !inside)
            break;
    }
    return at;
}

size_t value_list(struct arena *arena, const char *text, bool decimals, const struct value_item **out)
{
    struct value_item *items = NULL;
    size_t count = 0, room = 0;
    const char *start = text;
    skip_blanks(&start);
    bool more = *start != '\0';
    while (more) {
        skip_blanks(&start);
        const char *end = list_end(start, decimals);
        items = mem_grow(items, count, &room, sizeof *items);
        items[count].text = text_trim(arena_copy_n(arena, start, (size_t)(end - start)));
        items[count++].offset = (int32_t)text_length(arena_copy_n(arena, text, (size_t)(start - text)));
        more = *end == ',';
        start = end + 1;
    }
    struct value_item *kept = arena_alloc(arena, (count + 1) * sizeof *kept);
    if (count > 0)
        memcpy(kept, items, count * sizeof *kept);
    mem_free(items);
    *out = kept;
    return count;
}

const char *value_advice(struct arena *arena, const char *wrong, const char *const *known, size_t count)
{
    const char *folded = text_fold(arena, wrong);
    size_t best = 0, least = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        size_t distance = text_distance(folded, text_fold(arena, known[i]));
        if (distance < least) {
            least = distance;
            best = i;
        }
    }
    if (count > 0 && (count > LISTED || least * 2 <= text_length(known[best])))
        return arena_format(arena, _("did you mean '%s'?"), known[best]);
    struct buffer list = {0};
    for (size_t i = 0; i < count; i++)
        buffer_format(&list, "%s%s", i == 0 ? "" : ", ", known[i]);
    const char *text = count == 0 ? _("none is known here") : arena_format(arena, _("known are %s"), list.data);
    buffer_free(&list);
    return text;
}

int value_choice(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(text, words[i]) == 0)
            return (int)i;
    return -1;
}
