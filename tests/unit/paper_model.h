/* A model of the paper: it believes nothing but what the sheets of one pupil say, week by week. For the tests of the
 * invariant that everything serves (регламент 2.6). */
#ifndef PAPERDIARY_TESTS_PAPER_MODEL_H
#define PAPERDIARY_TESTS_PAPER_MODEL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "gradebook/calendar.h"
#include "gradebook/week.h"

#define KEYS   400
#define VALUES 8

static uint32_t seed;

static inline uint32_t rnd(uint32_t below)
{
    seed = seed * 1664525U + 1013904223U;
    return (uint32_t)(((uint64_t)(seed >> 4) * below) >> 28);
}

static inline bool chance(uint32_t percent)
{
    return rnd(100) < percent;
}

/* What paper says under one (day, lesson, subject). */
struct value {
    const char *mark, *work;
    int32_t weight;
};

struct key {
    int32_t day;
    uint8_t lesson;
    const char *subject;
    struct value marks[VALUES * 2];
    size_t mark_count;
    int reasons[REASON_COUNT];
};

struct paper {
    struct key keys[KEYS];
    size_t count;
};

static inline struct key *paper_key(struct paper *paper, int32_t day, uint8_t lesson, const char *subject)
{
    for (size_t i = 0; i < paper->count; i++)
        if (paper->keys[i].day == day && paper->keys[i].lesson == lesson &&
            strcmp(paper->keys[i].subject, subject) == 0)
            return &paper->keys[i];
    assert_true(paper->count < KEYS);
    struct key *key = &paper->keys[paper->count++];
    *key = (struct key){.day = day, .lesson = lesson, .subject = subject};
    return key;
}

static inline void put(struct key *key, const char *mark, const char *work, int32_t weight)
{
    assert_true(key->mark_count < VALUES * 2);
    key->marks[key->mark_count++] = (struct value){mark, work, weight};
}

static inline bool same_value(const struct value *value, const char *mark, const char *work, int32_t weight)
{
    return value->weight == weight && strcmp(value->mark, mark) == 0 && strcmp(value->work, work) == 0;
}

/* False where the paper has no such mark. */
static inline bool strike(struct key *key, const char *mark, const char *work, int32_t weight)
{
    for (size_t i = 0; i < key->mark_count; i++)
        if (same_value(&key->marks[i], mark, work, weight)) {
            key->marks[i] = key->marks[--key->mark_count];
            return true;
        }
    return false;
}

static inline bool same_key(const struct key *a, const struct key *b)
{
    struct key left = *a;
    if (a->mark_count != b->mark_count || memcmp(a->reasons, b->reasons, sizeof a->reasons) != 0)
        return false;
    for (size_t i = 0; i < b->mark_count; i++)
        if (!strike(&left, b->marks[i].mark, b->marks[i].work, b->marks[i].weight))
            return false;
    return true;
}

/* Everything that `a` says stands in `b`, which may say more. */
static inline bool stands_in(const struct key *a, const struct key *b)
{
    struct key rest = *b;
    for (size_t i = 0; i < a->mark_count; i++)
        if (!strike(&rest, a->marks[i].mark, a->marks[i].work, a->marks[i].weight))
            return false;
    for (int reason = 0; reason < REASON_COUNT; reason++)
        if (a->reasons[reason] > b->reasons[reason])
            return false;
    return true;
}

static inline void check_key(const struct key *a, const struct key *b)
{
    if (!same_key(a, b))
        fail_msg("day %d, lesson %d, %s: %zu marks are not as %zu, or absences differ", (int)a->day, a->lesson,
                 a->subject, a->mark_count, b->mark_count);
}

static inline void compare_papers(struct paper *paper, struct paper *truth)
{
    for (size_t i = 0; i < truth->count; i++) {
        const struct key *key = &truth->keys[i];
        check_key(paper_key(paper, key->day, key->lesson, key->subject), key);
    }
    for (size_t i = 0; i < paper->count; i++) {
        const struct key *key = &paper->keys[i];
        check_key(key, paper_key(truth, key->day, key->lesson, key->subject));
    }
}

/* --- the sheet's words, written down ------------------------------------------------------------------------- */

static inline void apply_changes(struct paper *paper, const struct week_sheet *sheet)
{
    for (size_t i = 0; i < sheet->change_count; i++) {
        const struct change *change = &sheet->changes[i];
        struct key *key = paper_key(paper, change->day, change->lesson, change->subject);
        if (change->what == CHANGE_ATTENDANCE) {
            assert_true((change->was_reason == REASON_PRESENT) == (change->kind == CHANGE_ADDED));
            assert_true((change->now_reason == REASON_PRESENT) == (change->kind == CHANGE_WITHDRAWN));
            if (change->was_reason != REASON_PRESENT) {
                assert_true(key->reasons[change->was_reason] > 0);
                key->reasons[change->was_reason]--;
            }
            if (change->now_reason != REASON_PRESENT)
                key->reasons[change->now_reason]++;
            continue;
        }
        assert_true((change->was == NULL) == (change->kind == CHANGE_ADDED));
        assert_true((change->now == NULL) == (change->kind == CHANGE_WITHDRAWN));
        if (change->was != NULL)
            assert_true(strike(key, change->was, change->was_work, change->was_weight));
        if (change->now != NULL)
            put(key, change->now, change->now_work, change->now_weight);
    }
}

/* The days of the week are whole: what they show replaces what was known of them, and agrees with it where a sheet of
 * the week came before (`again`); where only a later one told of them, it takes nothing back. */
static inline void apply_week(struct paper *paper, const struct week_sheet *sheet, int32_t told_until, bool again)
{
    static struct paper shown;
    shown.count = 0;
    for (size_t i = 0; i < sheet->day_count; i++) {
        const struct week_day *day = &sheet->days[i];
        for (size_t k = 0; k < day->lesson_count; k++) {
            const struct week_lesson *lesson = &day->lessons[k];
            struct key *key = paper_key(&shown, day->day, lesson->lesson, lesson->subject);
            for (size_t m = 0; m < lesson->mark_count; m++)
                put(key, lesson->marks[m].text, lesson->marks[m].work, lesson->marks[m].weight);
            if (lesson->reason != REASON_PRESENT)
                key->reasons[lesson->reason] += lesson->times;
        }
    }
    for (size_t i = 0; i < paper->count; i++) {
        struct key *key = &paper->keys[i];
        if (key->day < sheet->span.from || key->day > sheet->span.until)
            continue;
        struct key *now = paper_key(&shown, key->day, key->lesson, key->subject);
        if (key->day <= told_until)
            assert_true(again ? same_key(key, now) : stands_in(key, now));
        *key = *now;
    }
    for (size_t i = 0; i < shown.count; i++)
        *paper_key(paper, shown.keys[i].day, shown.keys[i].lesson, shown.keys[i].subject) = shown.keys[i];
}

/* The first day that a pupil's first sheet tells of: its term's, or that of the week itself. */
static inline int32_t first_day_told(const struct week_sheet *sheet)
{
    int32_t from = sheet->term > 0 ? sheet->year->term[sheet->term - 1].from : sheet->year->whole.from;
    return sheet->span.from < from ? sheet->span.from : from;
}

/* Writes a sheet down. What was told grows, also where the sheet is for an earlier week. */
static inline void apply_sheet(struct paper *paper, const struct week_sheet *sheet, struct told *told, bool again)
{
    assert_true(sheet->first == (told->import == 0));
    apply_changes(paper, sheet);
    for (size_t i = 0; i < sheet->change_count && !again; i++)
        assert_false(sheet->changes[i].kind == CHANGE_ADDED && span_holds(sheet->span, sheet->changes[i].day));
    apply_week(paper, sheet, told->import == 0 ? DATE_NONE : told->until, again);
    if (sheet->first || sheet->span.until > told->until)
        told->until = sheet->span.until;
    told->import = sheet->import;
}

#endif
