/* The layout's phrases, read backwards: from the words on a sheet to what they say. Blanks and hyphens don't count. */
#ifndef PAPERDIARY_TESTS_SHEET_PHRASES_H
#define PAPERDIARY_TESTS_SHEET_PHRASES_H

#include <stdio.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"
#include "gradebook/week.h"
#include "settings/layout.h"

/* Without blanks, hyphens and what a layout writes for strength and no-break spaces. */
static inline const char *phrase_bare(struct arena *arena, const char *text)
{
    struct buffer out = {0};
    for (const char *at = text; *at != '\0';) {
        const char *from = at;
        uint32_t code = text_next(&at);
        if (code != ' ' && code != 0xA0 && code != 0xAD && code != '-' && code != '*' && code != '~')
            buffer_add(&out, from, (size_t)(at - from));
    }
    const char *bare = out.size == 0 ? "" : arena_copy_n(arena, out.data, out.size);
    buffer_free(&out);
    return bare;
}

static inline const char *phrase(struct arena *arena, const struct layout *layout, const char *key)
{
    return phrase_bare(arena, layout_word(layout, key));
}

/* --- patterns ---------------------------------------------------------------------------------------------------- */

enum { BLANKS_MOST = 4 };

/* What stands in the blanks of a pattern, in their order. */
struct blanks {
    const char *text[BLANKS_MOST];
    size_t count;
};

/* A blank holds at least a character and no brackets; {about} holds nothing or a bracket. */
static inline bool fits_blank(const char *name, const char *from, size_t size)
{
    if (strncmp(name, "{about}", 7) == 0)
        return size == 0 || (from[0] == '(' && from[size - 1] == ')');
    return size > 0 && (strncmp(name, "{was}", 5) != 0 || memchr(from, ')', size) == NULL);
}

static inline bool fits(struct arena *arena, const char *pattern, const char *text, struct blanks *out)
{
    while (*pattern != '\0' && *pattern != '{')
        if (*pattern++ != *text++)
            return false;
    if (*pattern == '\0')
        return *text == '\0';
    size_t place = out->count++;
    const char *rest = strchr(pattern, '}') + 1;
    for (size_t size = 0; size <= strlen(text); size++) {
        out->count = place + 1;
        if (fits_blank(pattern, text, size) && fits(arena, rest, text + size, out)) {
            out->text[place] = arena_copy_n(arena, text, size);
            return true;
        }
    }
    return false;
}

static inline bool phrase_fits(struct arena *arena, const struct layout *layout, const char *key, const char *text,
                               struct blanks *out)
{
    out->count = 0;
    return fits(arena, phrase(arena, layout, key), text, out);
}

/* --- days -------------------------------------------------------------------------------------------------------- */

/* «16ноября»; the year is the one in which the day is of the school year. */
static inline bool phrase_day(struct arena *arena, const struct layout *layout, const char *text, struct span year,
                              int32_t *out)
{
    int number = 0, size = 0;
    if (sscanf(text, "%d%n", &number, &size) != 1)
        return false;
    for (int month = 1; month <= 12; month++) {
        const char *name = phrase(arena, layout, arena_format(arena, "month.%d", month));
        if (strncmp(text + size, name, strlen(name)) != 0)
            continue;
        *out = date_from_civil(date_to_civil(year.from).year, month, number);
        if (*out < year.from)
            *out = date_from_civil(date_to_civil(year.from).year + 1, month, number);
        return true;
    }
    return false;
}

/* «16ноября», «14–16ноября», «28декабря–2января», with years or without. */
static inline struct span phrase_span(struct arena *arena, const struct layout *layout, const char *text,
                                      struct span year)
{
    static const char dash[] = "–";
    struct span span = {DATE_NONE, DATE_NONE};
    const char *second = strstr(text, dash);
    if (!phrase_day(arena, layout, second == NULL ? text : second + strlen(dash), year, &span.until))
        fail_msg("«%s» is no date", text);
    if (second == NULL)
        span.from = span.until;
    else if (!phrase_day(arena, layout, arena_copy_n(arena, text, (size_t)(second - text)), year, &span.from))
        span.from = span.until - (date_to_civil(span.until).day - (int32_t)strtol(text, NULL, 10));
    return span;
}

/* «3.09» */
static inline int32_t phrase_short_day(const char *text, struct span year, size_t *size)
{
    int day = 0, month = 0, used = 0;
    if (sscanf(text, "%2d.%2d%n", &day, &month, &used) != 2)
        fail_msg("«%s» begins with no date", text);
    *size = (size_t)used;
    int32_t first = date_from_civil(date_to_civil(year.from).year, month, day);
    return first >= year.from ? first : date_from_civil(date_to_civil(year.from).year + 1, month, day);
}

static inline bool phrase_is_term(struct arena *arena, const struct layout *layout, const char *text)
{
    static const char *const kinds[] = {"trimester", "quarter", "half"};
    struct blanks blanks;
    bool is = phrase_fits(arena, layout, "changes.title_first", text, &blanks);
    for (size_t i = 0; i < 3; i++)
        is = is || phrase_fits(arena, layout, arena_format(arena, "term.%s.before", kinds[i]), text, &blanks);
    return is;
}

static inline bool phrase_tells_changes(struct arena *arena, const struct layout *layout, const char *text)
{
    return strcmp(text, phrase(arena, layout, "changes.title")) == 0 || phrase_is_term(arena, layout, text);
}

/* --- marks and absences ------------------------------------------------------------------------------------------ */

/* A mark as far as the words tell it. */
struct told_mark {
    const char *mark; /* NULL: none */
    const char *work; /* NULL: not told */
    int32_t weight;   /* 0: not told */
};

struct told_change {
    struct span days;
    const char *subjects; /* «Математика,Музыка»; NULL: all lessons of the days */
    int32_t lessons;
    enum change_what what;
    struct told_mark was, now;
    enum reason was_reason, now_reason;
};

/* «диктант×2», «×1,5», «диктант», «без вида работы»; `told`: a weight that is not there is 1. */
static inline struct told_mark phrase_work(struct arena *arena, const struct layout *layout, const char *text,
                                           bool told)
{
    static const char times[] = "×";
    const char *weight = strstr(text, times);
    struct told_mark out = {.weight = told ? WEIGHT_ONE : 0};
    out.work = weight == NULL ? text : arena_copy_n(arena, text, (size_t)(weight - text));
    if (strcmp(out.work, phrase(arena, layout, "change.no_work")) == 0)
        out.work = "";
    if (weight == NULL)
        return out;
    const char *digits = weight + strlen(times), *comma = strchr(digits, ',');
    out.weight = (int32_t)strtol(digits, NULL, 10) * WEIGHT_ONE;
    if (comma != NULL)
        out.weight += (int32_t)strtol(comma + 1, NULL, 10) * WEIGHT_ONE / 10;
    return out;
}

/* What stands in the brackets of a correction: one work, or the old and the new one. */
static inline void phrase_about(struct arena *arena, const struct layout *layout, const char *about,
                                struct told_change *out)
{
    struct blanks blanks;
    if (about[0] == '\0') {
        out->was.work = out->now.work = "";
        out->was.weight = out->now.weight = WEIGHT_ONE;
    } else if (phrase_fits(arena, layout, "change.weights_of", about, &blanks)) {
        out->was.work = out->now.work = blanks.text[0];
        out->was.weight = phrase_work(arena, layout, blanks.text[1], false).weight;
        out->now.weight = phrase_work(arena, layout, blanks.text[2], false).weight;
    } else if (phrase_fits(arena, layout, "change.weights", about, &blanks)) {
        out->was.work = out->now.work = "";
        out->was.weight = phrase_work(arena, layout, blanks.text[0], false).weight;
        out->now.weight = phrase_work(arena, layout, blanks.text[1], false).weight;
    } else if (phrase_fits(arena, layout, "change.works", about, &blanks)) {
        struct told_mark was = phrase_work(arena, layout, blanks.text[0], false);
        struct told_mark now = phrase_work(arena, layout, blanks.text[1], false);
        out->was = (struct told_mark){out->was.mark, was.work, was.weight};
        out->now = (struct told_mark){out->now.mark, now.work, now.weight};
    } else if (phrase_fits(arena, layout, "change.about", about, &blanks)) {
        struct told_mark both = phrase_work(arena, layout, blanks.text[0], true);
        out->was = (struct told_mark){out->was.mark, both.work, both.weight};
        out->now = (struct told_mark){out->now.mark, both.work, both.weight};
    } else {
        fail_msg("«%s» is not about a work", about);
    }
}

/* Which marks a phrase names, in the order of its blanks: n now, w was; . a debt; = both the same. */
static inline bool phrase_mark(struct arena *arena, const struct layout *layout, const char *text,
                               struct told_change *out)
{
    static const char *const keys[][3] = {
        {"change.mark_added", "", "n"},  {"change.mark_corrected", "w", "n"}, {"change.mark_withdrawn", "w", ""},
        {"change.mark_stays", "=", "="}, {"change.debt_added", "", "."},      {"change.debt_closed", ".", "n"},
        {"change.debt_made", "w", "."},  {"change.debt_stays", ".", "."},     {"change.debt_withdrawn", ".", ""}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct blanks blanks;
        size_t at = 0;
        if (!phrase_fits(arena, layout, keys[i][0], text, &blanks))
            continue;
        const char *was = keys[i][1], *now = keys[i][2];
        out->what = CHANGE_MARK;
        out->was.mark = *was == '\0' ? NULL : *was == '.' ? "." : blanks.text[at++];
        out->now.mark = *now == '\0' ? NULL : *now == '.' ? "." : *now == '=' ? out->was.mark : blanks.text[at++];
        phrase_about(arena, layout, blanks.text[at], out);
        return true;
    }
    return false;
}

static inline enum reason phrase_reason(struct arena *arena, const struct layout *layout, const char *group,
                                        const char *text)
{
    static const char *const names[REASON_COUNT] = {"", "ill", "excused", "unexcused", "absent", "late", "released"};
    for (int i = REASON_PRESENT + 1; i < REASON_COUNT; i++)
        if (strcmp(text, phrase(arena, layout, arena_format(arena, "%s.%s", group, names[i]))) == 0)
            return (enum reason)i;
    return REASON_PRESENT;
}

/* `first`: of a first sheet, which tells absences as they are. */
static inline bool phrase_absence(struct arena *arena, const struct layout *layout, const char *text, bool first,
                                  struct told_change *out)
{
    struct blanks blanks;
    out->what = CHANGE_ATTENDANCE;
    out->now_reason = phrase_reason(arena, layout, first ? "reason.full" : "reason.added", text);
    out->was_reason = phrase_reason(arena, layout, "reason.withdrawn", text);
    if (out->now_reason == REASON_PRESENT && out->was_reason == REASON_PRESENT &&
        phrase_fits(arena, layout, "change.absence", text, &blanks)) {
        out->was_reason = phrase_reason(arena, layout, "reason.full", blanks.text[0]);
        out->now_reason = phrase_reason(arena, layout, "reason.full", blanks.text[1]);
        return out->was_reason != REASON_PRESENT && out->now_reason != REASON_PRESENT;
    }
    return out->now_reason != REASON_PRESENT || out->was_reason != REASON_PRESENT;
}

/* «урок», «2урока» and the like: how many. */
static inline int32_t phrase_lessons(const char *text)
{
    return (int32_t)strtol(text, NULL, 10);
}

#endif
