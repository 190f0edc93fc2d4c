#include "typeset/glyphs.h"

#include <string.h>
#include <utf8proc.h>

#include "base/mem.h"
#include "base/text.h"
#include "typeset/metrics.h"
#include "typeset/setting.h"
#include "typeset/signs.h"

#define NEWLINE         '\n'
#define NBSP            0xA0U
#define SOFT_HYPHEN     0xADU
#define ZERO_SPACE      0x200BU
#define MOST_SUBSTITUTE 6

/* A text while it is read; x is where the next glyph goes. */
struct reader {
    struct setting *setting;
    struct text *text;
    size_t room;
    uint16_t run;
    const struct style *style; /* of the run */
    int64_t x;
};

static void make_room(struct reader *reader)
{
    struct text *text = reader->text;
    size_t larger = reader->room * 2;
    struct glyph *copy = arena_alloc(text->arena, larger * sizeof *copy);
    memcpy(copy, text->glyphs, text->count * sizeof *copy);
    text->glyphs = copy;
    reader->room = larger;
}

static void put(struct reader *reader, uint32_t code, enum face face, enum glyph_kind kind, int32_t advance)
{
    struct text *text = reader->text;
    const struct style *style = reader->style;
    if (text->count + 1 >= reader->room)
        make_room(reader);
    text->mixed =
        text->mixed || kind != GLYPH_CHAR || reader->run != 0 || (text->count > 0 && text->glyphs[0].face != face);
    text->glyphs[text->count++] =
        (struct glyph){.x = reader->x, .code = code, .run = reader->run, .face = (uint8_t)face, .kind = (uint8_t)kind};
    if (kind != GLYPH_MARK)
        reader->x += (int64_t)advance * style->size + (int64_t)style->spacing * 1000;
}

/* Controls, bidi marks, joiners, variation selectors, tags: nothing to print. */
static bool vanishes(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x34F || code == 0x61C || code == 0x180E ||
           (code >= 0x200C && code <= 0x200F) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2060 && code <= 0x206F) || (code >= 0xFE00 && code <= 0xFE0F) || code == 0xFEFF ||
           (code >= 0xFFF9 && code <= 0xFFFB) || (code >= 0x1F3FB && code <= 0x1F3FF) ||
           (code >= 0xE0000 && code <= 0xE0FFF);
}

static bool is_bold(enum face face)
{
    return face == FACE_SANS_BOLD || face == FACE_NARROW_BOLD || face == FACE_SERIF_BOLD;
}

static bool put_from(struct reader *reader, uint32_t code, enum face face)
{
    int32_t advance = metrics_lookup(reader->setting->metrics, face, code);
    if (advance < 0)
        return false;
    put(reader, code, face, GLYPH_CHAR, advance);
    return true;
}

/* Sets the character from the style's face or from the plain one of its weight; false: neither has it. */
static bool put_covered(struct reader *reader, uint32_t code)
{
    enum face own = reader->style->face;
    return put_from(reader, code, own) || put_from(reader, code, is_bold(own) ? FACE_SANS_BOLD : FACE_SANS) ||
           put_from(reader, code, FACE_SANS);
}

/* A character that means the same and is more common; 0: none. */
static uint32_t equivalent(uint32_t code)
{
    static const uint16_t pairs[][2] = {
        {0x2010, '-'},    {0x2011, '-'},    {0x2012, 0x2013}, {0x2015, 0x2014}, {0x2043, '-'},  {0x2032, '\''},
        {0x2033, '"'},    {0x2BC, 0x2019},  {0x2B9, '\''},    {0x2219, 0xB7},   {0x22C5, 0xB7}, {0x2215, '/'},
        {0x2236, ':'},    {0x2223, '|'},    {0x2217, '*'},    {0x2E3A, 0x2014}, {0x25E6, 0xB7}, {0x223C, '~'},
        {0x2A7D, 0x2264}, {0x2A7E, 0x2265}, {0x2206, 0x394},  {0x2126, 0x3A9},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i][0] == code)
            return pairs[i][1];
    return 0;
}

/* «ﬁ» as «fi», «①» as «1»: a compatible spelling all of which is covered. */
static bool put_compatible(struct reader *reader, uint32_t code)
{
    utf8proc_int32_t spelt[MOST_SUBSTITUTE] = {0};
    int boundary = 0;
    if (code >= 0x110000)
        return false;
    utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)code, spelt, MOST_SUBSTITUTE,
                                                     UTF8PROC_COMPAT | UTF8PROC_COMPOSE, &boundary);
    if (count < 1 || count > MOST_SUBSTITUTE || (uint32_t)spelt[0] == code || spelt[0] == ' ')
        return false;
    enum face own = reader->style->face;
    for (utf8proc_ssize_t i = 0; i < count; i++)
        if (!metrics_covers(reader->setting->metrics, own, (uint32_t)spelt[i]))
            return false;
    for (utf8proc_ssize_t i = 0; i < count; i++)
        put_covered(reader, (uint32_t)spelt[i]);
    return true;
}

static void report_missing(struct set_report *report, uint32_t code)
{
    const size_t room = sizeof report->missing / sizeof *report->missing;
    for (size_t i = 0; i < report->missing_count && i < room; i++)
        if (report->missing[i] == code)
            return;
    if (report->missing_count < room)
        report->missing[report->missing_count] = code;
    report->missing_count++;
}

static void put_printable(struct reader *reader, uint32_t code)
{
    if (put_covered(reader, code))
        return;
    const struct sign *sign = sign_lookup(code);
    enum face own = reader->style->face;
    if (sign != NULL) {
        put(reader, code, own, GLYPH_SIGN, sign->advance);
        return;
    }
    uint32_t same = equivalent(code);
    if ((same != 0 && put_covered(reader, same)) || put_compatible(reader, code))
        return;
    put(reader, code, own, GLYPH_MISSING, SIGN_MISSING_ADVANCE);
    reader->text->missing = true;
    report_missing(reader->setting->report, code);
}

/* Spaces run together, and vanish at the head of a line of the source. */
static bool takes_space(const struct text *text)
{
    uint32_t last = text->count == 0 ? NEWLINE : text->glyphs[text->count - 1].code;
    return last != ' ' && last != NEWLINE;
}

static void put_space(struct reader *reader)
{
    if (takes_space(reader->text))
        put_covered(reader, ' ');
}

static bool is_space(uint32_t code)
{
    return code == ' ' || code == '\t' || code == '\v' || code == '\f' || code == 0x1680 ||
           (code >= 0x2000 && code <= 0x200A && code != 0x2007) || code == 0x205F || code == 0x3000;
}

static bool is_newline(uint32_t code)
{
    return code == '\n' || code == '\r' || code == 0x85 || code == 0x2028 || code == 0x2029;
}

/* Letters, figures and signs that the style's own face has, as most are: the common case, ahead of the others. The rest
 * of the run begins where it returns. */
static const char *read_plain(struct reader *reader, const char *at)
{
    struct text *text = reader->text;
    const struct metrics *metrics = reader->setting->metrics;
    const struct style *style = reader->style;
    int64_t spacing = (int64_t)style->spacing * 1000;
    for (;;) {
        const char *next = at;
        uint32_t code = text_next(&next);
        bool plain = (code > ' ' && code < 0x7F) || (code >= NBSP && code < 0x300 && code != SOFT_HYPHEN) ||
                     (code >= 0x400 && code < 0x483) || (code == ' ' && takes_space(text));
        int32_t advance = plain ? metrics_lookup(metrics, style->face, code) : -1;
        if (advance < 0 || text->count + 1 >= reader->room)
            return at;
        text->glyphs[text->count++] =
            (struct glyph){.x = reader->x, .code = code, .run = reader->run, .face = (uint8_t)style->face};
        text->mixed = text->mixed || reader->run != 0 || text->glyphs[0].face != style->face;
        reader->x += (int64_t)advance * style->size + spacing;
        at = next;
    }
}

static void read_run(struct reader *reader, const char *at)
{
    for (uint32_t code; at = read_plain(reader, at), (code = text_next(&at)) != 0;) {
        if (code > ' ' && code < 0x7F) {
            put_printable(reader, code);
        } else if (is_newline(code)) {
            if (code == '\r' && *at == '\n')
                at++;
            if (reader->text->count == 0)
                continue;
            put(reader, NEWLINE, FACE_SANS, GLYPH_MARK, 0);
            reader->text->forced = true;
        } else if (is_space(code)) {
            put_space(reader);
        } else if (code == SOFT_HYPHEN || code == ZERO_SPACE) {
            put(reader, code, FACE_SANS, GLYPH_MARK, 0);
        } else if (code == 0x2007 || code == 0x202F) {
            put_printable(reader, NBSP);
        } else if (!vanishes(code)) {
            put_printable(reader, code);
        }
    }
}

/* All in the style's own face, with no blank at an end. */
static bool is_plain(const struct text *text, const struct style *style)
{
    const struct glyph *first = text->glyphs, *end = first + text->count;
    return first < end && !text->mixed && first->face == style->face && first->code != NBSP && end[-1].code != NBSP;
}

struct text *text_from_runs(struct setting *setting, struct arena *arena, const struct run *runs, size_t count)
{
    struct text *text = arena_alloc(arena, sizeof *text);
    text->arena = arena;
    text->runs = runs;
    struct reader reader = {.setting = setting, .text = text};
    const char **composed = arena_alloc(setting->scratch, (count + 1) * sizeof *composed);
    reader.room = 8;
    for (size_t i = 0; i < count; i++) {
        composed[i] = text_nfc(setting->scratch, runs[i].text);
        reader.room += strlen(composed[i]) / 2 + 1; /* Cyrillic letters have two bytes */
    }
    text->glyphs = arena_alloc(arena, reader.room * sizeof *text->glyphs);
    for (size_t i = 0; i < count; i++) {
        reader.run = (uint16_t)i;
        reader.style = setting_style(setting, runs[i].style);
        text->underlined = text->underlined || runs[i].underlined;
        read_run(&reader, composed[i]);
    }
    while (text->count > 0 &&
           (text->glyphs[text->count - 1].code == ' ' || text->glyphs[text->count - 1].code == NEWLINE))
        reader.x = text->glyphs[--text->count].x;
    text->glyphs[text->count].x = reader.x;
    text->width = reader.x;
    if (count == 1 && is_plain(text, reader.style) &&
        strcmp(text_utf8(setting->scratch, text, 0, text->count, ""), runs->text) == 0)
        text->bytes = (uint32_t)strlen(runs->text);
    return text;
}

int64_t text_spacing(const struct setting *setting, const struct text *text, uint32_t glyph)
{
    return (int64_t)setting_style(setting, text->runs[text->glyphs[glyph].run].style)->spacing * 1000;
}

const char *text_utf8(struct arena *arena, const struct text *text, uint32_t from, uint32_t to, const char *tail)
{
    size_t size = strlen(tail) + 1;
    char *utf8 = arena_room(arena, (size_t)(to - from) * 4 + size), *at = utf8;
    for (const struct glyph *glyph = text->glyphs + from, *end = text->glyphs + to; glyph < end; glyph++) {
        uint32_t code = glyph->code;
        if (glyph->kind != GLYPH_CHAR)
            continue;
        if (code >= 0x800) {
            at += text_put(at, code);
            continue;
        }
        if (code >= 0x80) { /* Cyrillic letters, mostly */
            *at++ = (char)(0xC0 | code >> 6);
            code = 0x80 | (code & 0x3F);
        }
        *at++ = (char)code;
    }
    memcpy(at, tail, size);
    return utf8;
}
