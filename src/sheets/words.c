#include "sheets/words.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"

static const char *const reason_names[REASON_COUNT] = {
    [REASON_PRESENT] = "present",     [REASON_ILL] = "ill",       [REASON_EXCUSED] = "excused",
    [REASON_UNEXCUSED] = "unexcused", [REASON_ABSENT] = "absent", [REASON_LATE] = "late",
    [REASON_RELEASED] = "released",
};

static const char *const term_names[] = {
    [TERM_TRIMESTER] = "trimester",
    [TERM_QUARTER] = "quarter",
    [TERM_HALF] = "half",
};

static bool is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

static bool is_capital(uint32_t code)
{
    bool rare = code >= 0x460 && code < 0x530 && code % 2 == 0; /* Ӧ and other letters in pairs */
    return (code >= 0x400 && code <= 0x42F) || (code >= 'A' && code <= 'Z') || rare;
}

static bool is_small(uint32_t code)
{
    return code >= 0x430 && code <= 0x45F;
}

static bool is_dash(uint32_t code)
{
    return code == 0x2013 || code == 0x2014;
}

/* `ahead` are the four characters ahead of the space, the nearest first, 0 where there is none. */
static bool binds(const uint32_t ahead[4], uint32_t after)
{
    bool initial = ahead[0] == '.' && is_capital(ahead[1]) && (ahead[2] == 0 || ahead[2] == ' ' || ahead[2] == 0xA0);
    bool year = is_digit(ahead[0]) && is_digit(ahead[1]) && is_digit(ahead[2]) && is_digit(ahead[3]);
    return ahead[0] == 0x2116 || is_dash(after) || (is_digit(ahead[0]) && !year && is_small(after)) ||
           (initial && is_capital(after));
}

const char *words_bind(struct arena *arena, const char *text)
{
    if (strchr(text, ' ') == NULL)
        return text;
    struct buffer out = {0};
    uint32_t ahead[4] = {0};
    const char *kept = text; /* from here on nothing is in `out` yet */
    for (const char *at = text; *at != '\0';) {
        const char *from = at;
        uint32_t code = text_next(&at);
        const char *peek = at;
        if (code == ' ' && binds(ahead, text_next(&peek))) {
            buffer_add(&out, kept, (size_t)(from - kept));
            buffer_text(&out, TEXT_NBSP);
            code = 0xA0;
            kept = at;
        }
        memmove(ahead + 1, ahead, 3 * sizeof *ahead);
        ahead[0] = code;
    }
    if (kept == text)
        return text;
    buffer_text(&out, kept);
    const char *bound = arena_copy_n(arena, out.data, out.size);
    buffer_free(&out);
    return bound;
}

const char *words_capital(struct arena *arena, const char *text)
{
    const char *rest = text;
    uint32_t code = text_next(&rest);
    uint32_t large = code >= 0x430 && code <= 0x44F   ? code - 0x20
                     : code >= 0x450 && code <= 0x45F ? code - 0x50
                     : code >= 'a' && code <= 'z'     ? code - 'a' + 'A'
                                                      : code;
    char bytes[5] = "";
    text_put(bytes, large);
    return large == code ? text : arena_format(arena, "%s%s", bytes, rest);
}

/* Form number `index` of «a|b|c»; the last one where there are fewer. */
static const char *plural_form(struct arena *arena, const char *pattern, int index)
{
    const char *end = strchr(pattern, '|');
    for (; index > 0 && end != NULL; index--) {
        pattern = end + 1;
        end = strchr(pattern, '|');
    }
    return end == NULL ? pattern : arena_copy_n(arena, pattern, (size_t)(end - pattern));
}

#define MOST_PAIRS 8

struct pairs {
    const char *name[MOST_PAIRS], *text[MOST_PAIRS];
    size_t count;
};

static void take_pairs(struct pairs *pairs, va_list list)
{
    for (const char *name; pairs->count < MOST_PAIRS && (name = va_arg(list, const char *)) != NULL;) {
        pairs->name[pairs->count] = name;
        pairs->text[pairs->count++] = va_arg(list, const char *);
    }
}

static const char *fill(struct arena *arena, const char *pattern, const struct pairs *pairs)
{
    struct buffer out = {0};
    for (const char *at = pattern; *at != '\0';) {
        size_t plain = strcspn(at, "{~*");
        buffer_add(&out, at, plain);
        at += plain;
        if (*at == '\0')
            break;
        const char *close = *at == '{' ? strchr(at, '}') : NULL;
        size_t i = close == NULL ? pairs->count : 0;
        while (i < pairs->count && (strlen(pairs->name[i]) != (size_t)(close - at - 1) ||
                                    strncmp(pairs->name[i], at + 1, (size_t)(close - at - 1)) != 0))
            i++;
        if (i < pairs->count) {
            buffer_text(&out, pairs->text[i]);
            at = close + 1;
        } else {
            if (*at == '~')
                buffer_text(&out, TEXT_NBSP);
            else
                buffer_char(&out, *at == '*' ? WORDS_STRONG : *at);
            at++;
        }
    }
    const char *filled = out.size == 0 ? "" : words_bind(arena, arena_copy_n(arena, out.data, out.size));
    buffer_free(&out);
    return filled;
}

const char *words_say(const struct words *words, const char *key, ...)
{
    struct pairs pairs = {0};
    va_list list;
    va_start(list, key);
    take_pairs(&pairs, list);
    va_end(list);
    return fill(words->arena, layout_word(words->layout, key), &pairs);
}

const char *words_say_count(const struct words *words, const char *key, int64_t n, ...)
{
    struct pairs pairs = {.name = {"n"}, .text = {arena_format(words->arena, "%lld", (long long)n)}, .count = 1};
    va_list list;
    va_start(list, n);
    take_pairs(&pairs, list);
    va_end(list);
    const char *pattern = layout_word(words->layout, key);
    return fill(words->arena, plural_form(words->arena, pattern, text_plural_ru(n)), &pairs);
}

const char *words_of(const struct words *words, const char *group, const char *name)
{
    return words_say(words, arena_format(words->arena, "%s.%s", group, name), NULL);
}

const char *words_numbered(const struct words *words, const char *group, int32_t number)
{
    return words_say(words, arena_format(words->arena, "%s.%d", group, number), NULL);
}

static const char *number(const struct words *words, int32_t value)
{
    return arena_format(words->arena, "%d", value);
}

const char *words_date(const struct words *words, int32_t day)
{
    struct civil civil = date_to_civil(day);
    return words_say(words, "date.day", "d", number(words, civil.day), "month",
                     words_numbered(words, "month", civil.month), NULL);
}

const char *words_date_year(const struct words *words, int32_t day)
{
    return words_say(words, "date.year", "date", words_date(words, day), "y", number(words, date_to_civil(day).year),
                     NULL);
}

static const char *days_of_month(const struct words *words, struct civil from, struct civil until)
{
    return words_say(words, "date.days", "d1", number(words, from.day), "d2", number(words, until.day), "month",
                     words_numbered(words, "month", until.month), NULL);
}

const char *words_span(const struct words *words, struct span span)
{
    struct civil from = date_to_civil(span.from), until = date_to_civil(span.until);
    if (span.until <= span.from)
        return words_date(words, span.from);
    if (from.month == until.month && from.year == until.year)
        return days_of_month(words, from, until);
    return words_say(words, "date.span", "from", words_date(words, span.from), "until", words_date(words, span.until),
                     NULL);
}

const char *words_span_year(const struct words *words, struct span span)
{
    struct civil from = date_to_civil(span.from), until = date_to_civil(span.until);
    if (span.until > span.from && from.year != until.year)
        return words_say(words, "date.span", "from", words_date_year(words, span.from), "until",
                         words_date_year(words, span.until), NULL);
    return words_say(words, "date.year", "date", words_span(words, span), "y", number(words, from.year), NULL);
}

const char *words_date_short(const struct words *words, int32_t day)
{
    struct civil civil = date_to_civil(day);
    return arena_format(words->arena, "%d.%02d", civil.day, civil.month);
}

const char *words_date_numbers(const struct words *words, int32_t day)
{
    struct civil civil = date_to_civil(day);
    return arena_format(words->arena, "%02d.%02d.%d", civil.day, civil.month, civil.year);
}

/* A decimal fraction with the layout's sign, without trailing zeros. */
static const char *decimal(const struct words *words, int32_t thousandths)
{
    char digits[16] = "";
    snprintf(digits, sizeof digits, "%03d", thousandths % 1000);
    size_t length = 3;
    while (length > 0 && digits[length - 1] == '0')
        digits[--length] = '\0';
    if (length == 0)
        return number(words, thousandths / 1000);
    return arena_format(words->arena, "%d%s%s", thousandths / 1000, layout_word(words->layout, "number.decimal"),
                        digits);
}

const char *words_weight(const struct words *words, int32_t weight)
{
    return words_say(words, "mark.weight", "n", decimal(words, weight), NULL);
}

const char *words_hundredths(const struct words *words, int64_t hundredths)
{
    return arena_format(words->arena, "%lld%s%02lld", (long long)(hundredths / 100),
                        layout_word(words->layout, "number.decimal"), (long long)(hundredths % 100));
}

const char *words_short_name(const struct words *words, const char *name)
{
    struct buffer out = {0};
    const char *at = name;
    while (*at != '\0' && *at != ' ')
        at++;
    buffer_add(&out, name, (size_t)(at - name));
    int initials = 0;
    while (*at != '\0' && initials < 2) {
        while (*at == ' ')
            at++;
        const char *from = at;
        if (is_capital(text_next(&at))) {
            buffer_text(&out, TEXT_NBSP);
            buffer_add(&out, from, (size_t)(at - from));
            buffer_char(&out, '.');
            initials++;
        }
        while (*at != '\0' && *at != ' ')
            at++;
    }
    const char *shortened = initials == 0 ? name : arena_copy_n(words->arena, out.data, out.size);
    buffer_free(&out);
    return shortened;
}

const char *words_reason(const struct words *words, const char *group, enum reason reason)
{
    return words_of(words, group, reason_names[reason]);
}

const char *words_term(const struct words *words, enum term_kind kind, const char *form, int32_t n)
{
    const char *key = arena_format(words->arena, "term.%s.%s", term_names[kind], form);
    return words_say(words, key, "n", number(words, n), NULL);
}

const char *words_plain(struct arena *arena, const char *text)
{
    if (strchr(text, WORDS_STRONG) == NULL)
        return text;
    char *plain = arena_copy(arena, text), *out = plain;
    for (const char *at = text; *at != '\0'; at++)
        if (*at != WORDS_STRONG)
            *out++ = *at;
    *out = '\0';
    return plain;
}
