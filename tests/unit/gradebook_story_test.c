/* The one invariant: what all sheets of a pupil have said, put together, equals the gradebook (регламент 2.6).
 * Random histories of a term are driven through sheets; a model of the paper believes nothing but what they say. */
#include "gradebook_fixture.h"

#include <stdio.h>

#define HISTORIES 10000
#define KEYS      400
#define VALUES    8

static uint32_t seed;

static uint32_t rnd(uint32_t below)
{
    seed = seed * 1664525U + 1013904223U;
    return (uint32_t)(((uint64_t)(seed >> 4) * below) >> 28);
}

static bool chance(uint32_t percent)
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

static struct key *paper_key(struct paper *paper, int32_t day, uint8_t lesson, const char *subject)
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

static void put(struct key *key, const char *mark, const char *work, int32_t weight)
{
    assert_true(key->mark_count < VALUES * 2);
    key->marks[key->mark_count++] = (struct value){mark, work, weight};
}

static bool same_value(const struct value *value, const char *mark, const char *work, int32_t weight)
{
    return value->weight == weight && strcmp(value->mark, mark) == 0 && strcmp(value->work, work) == 0;
}

/* False where the paper has no such mark. */
static bool strike(struct key *key, const char *mark, const char *work, int32_t weight)
{
    for (size_t i = 0; i < key->mark_count; i++)
        if (same_value(&key->marks[i], mark, work, weight)) {
            key->marks[i] = key->marks[--key->mark_count];
            return true;
        }
    return false;
}

static bool same_key(const struct key *a, const struct key *b)
{
    struct key left = *a;
    if (a->mark_count != b->mark_count || memcmp(a->reasons, b->reasons, sizeof a->reasons) != 0)
        return false;
    for (size_t i = 0; i < b->mark_count; i++)
        if (!strike(&left, b->marks[i].mark, b->marks[i].work, b->marks[i].weight))
            return false;
    return true;
}

/* The gradebook of pupil 1 after an import, up to a day: an own reading of the entries, not that of the program. */
static void gradebook_of(const struct fixture *f, int32_t import, int32_t until, struct paper *out)
{
    out->count = 0;
    for (size_t i = 0; i < f->entry_count; i++) {
        const struct entry *entry = &f->entries[i];
        if (entry->pupil != 1 || !held_at(entry->held, import) || entry->day > until)
            continue;
        struct key *key = paper_key(out, entry->day, entry->lesson, entry->subject);
        if (entry->mark[0] != '\0')
            put(key, entry->mark, entry->work, entry->weight);
        if (entry->reason != REASON_PRESENT)
            key->reasons[entry->reason] = entry->lesson != 0 ? 1 : key->reasons[entry->reason] + 1;
    }
}

static void compare_papers(struct paper *paper, struct paper *truth)
{
    for (size_t i = 0; i < truth->count; i++) {
        struct key *key = &truth->keys[i];
        assert_true(same_key(key, paper_key(paper, key->day, key->lesson, key->subject)));
    }
    for (size_t i = 0; i < paper->count; i++) {
        struct key *key = &paper->keys[i];
        assert_true(same_key(key, paper_key(truth, key->day, key->lesson, key->subject)));
    }
}

/* --- the sheet's words, written down ------------------------------------------------------------------------- */

static void apply_changes(struct paper *paper, const struct week_sheet *sheet)
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

/* The days of the week are whole: what they show replaces what was known of them, and agrees with it where the week
 * was told before. */
static void apply_week(struct paper *paper, const struct week_sheet *sheet, int32_t told_until)
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
            assert_true(same_key(key, now));
        *key = *now;
    }
    for (size_t i = 0; i < shown.count; i++)
        *paper_key(paper, shown.keys[i].day, shown.keys[i].lesson, shown.keys[i].subject) = shown.keys[i];
}

/* --- a random school ------------------------------------------------------------------------------------------ */

static const char *const subjects[] = {"Русский язык", "Математика", "Музыка"};
static const char *const works[] = {"", "диктант", "устный ответ"};

static void add_random(struct fixture *f, int32_t day, int32_t import, bool numbered, const char *form)
{
    static const char *const marks[] = {"2", "3", "4", "5", ".", "", "", ""};
    uint32_t lesson = rnd(3);
    int32_t pupil = chance(75) ? 1 : 2;
    struct entry *entry = add_mark(f, pupil, day, numbered ? (int)lesson + 1 : 0, subjects[lesson], marks[rnd(8)]);
    entry->work = works[rnd(3)];
    entry->weight = chance(80) ? WEIGHT_ONE : 2 * WEIGHT_ONE;
    entry->form = form;
    entry->held = (struct held){import, 0};
    if (!chance(20))
        return;
    entry->reason = (uint8_t)(1 + rnd(REASON_COUNT - 1));
    for (size_t i = 0; i + 1 < f->entry_count && numbered; i++) { /* one lesson has one absence */
        const struct entry *other = &f->entries[i];
        if (other->pupil == pupil && other->day == day && other->lesson == entry->lesson &&
            other->reason != REASON_PRESENT && other->held.until == 0)
            f->entries[f->entry_count - 1].reason = REASON_PRESENT;
    }
}

/* Withdraws or corrects what stands: a mark, a weight, a work, an absence, a topic. */
static void change_random(struct fixture *f, int32_t import)
{
    size_t at = rnd((uint32_t)f->entry_count);
    if (f->entries[at].held.until != 0 || f->entries[at].held.since == import)
        return;
    f->entries[at].held.until = import;
    if (chance(30))
        return;
    struct entry now = f->entries[at];
    now.held = (struct held){import, 0};
    switch (rnd(6)) {
    case 0:
        now.mark = now.mark[0] == '4' ? "5" : "4";
        break;
    case 1:
        now.weight = 3 * WEIGHT_ONE;
        break;
    case 2:
        now.work = works[rnd(3)];
        break;
    case 3:
        now.reason = now.reason == REASON_PRESENT ? REASON_PRESENT : (uint8_t)(1 + rnd(REASON_COUNT - 1));
        break;
    case 4:
        now.reason = REASON_PRESENT;
        break;
    default:
        now.topic = "уточнено";
        break;
    }
    *add_entry(f, now.pupil, now.day, now.lesson, now.subject) = now;
}

struct history {
    struct fixture f;
    struct paper paper;
    struct told told;
    int32_t first_day; /* what the sheets tell begins here */
};

static void issue(struct history *h, int32_t monday, int32_t import)
{
    static struct paper truth;
    struct week_sheet sheet = fixture_sheet(&h->f, monday, import, h->told);
    assert_true(sheet.first == (h->told.import == 0));
    if (sheet.first) {
        h->first_day = sheet.term > 0 ? sheet.year->term[sheet.term - 1].from : sheet.year->whole.from;
        if (sheet.span.from < h->first_day)
            h->first_day = sheet.span.from;
        gradebook_of(&h->f, import, h->first_day - 1, &h->paper);
    }
    apply_changes(&h->paper, &sheet);
    apply_week(&h->paper, &sheet, h->told.import == 0 ? DATE_NONE : h->told.until);
    if (sheet.first || sheet.span.until > h->told.until)
        h->told.until = sheet.span.until;
    h->told.import = import;
    gradebook_of(&h->f, import, h->told.until, &truth);
    compare_papers(&h->paper, &truth);
}

/* A term from the middle of it: weekly exports with late, corrected and withdrawn values, some weeks without a sheet,
 * some with a second one, or one for an earlier week. */
static void run_history(struct history *h, uint32_t number)
{
    seed = number * 2654435761U + 1;
    fixture_open(&h->f);
    h->paper.count = 0;
    h->told = (struct told){0, 0};
    h->f.school.school_days = chance(50) ? 5 : 6;
    fixture_kind = (enum term_kind)rnd(3);
    bool numbered = chance(60);
    int32_t start = on(2026, 9, 7) + 7 * (int32_t)rnd(22), weeks = 5 + (int32_t)rnd(4);
    int32_t joins = start + 7 * (int32_t)rnd(4), moves = start + 7 * (int32_t)rnd(9);
    int32_t import = 0;
    for (int32_t week = 0; week < weeks; week++) {
        int32_t monday = start + 7 * week;
        import++;
        for (uint32_t i = 2 + rnd(6); i > 0; i--) {
            int32_t day = monday + (int32_t)rnd(chance(5) ? 7 : 5);
            if (chance(10))
                day += 7; /* ahead */
            if (chance(25) && week > 0)
                day -= 7 * (1 + (int32_t)rnd((uint32_t)week)); /* late */
            add_random(&h->f, day, import, numbered, day < moves ? "3Б" : "3А");
        }
        for (uint32_t i = rnd(5); i > 0; i--)
            change_random(&h->f, import);
        if (monday < joins || chance(25))
            continue;
        issue(h, monday, import);
        if (chance(15)) {
            if (chance(70))
                change_random(&h->f, ++import);
            issue(h, chance(70) ? monday : monday - 7, import);
        }
    }
    fixture_close(&h->f);
}

static void sheets_add_up_to_the_gradebook(void **state)
{
    (void)state;
    static struct history history;
    for (uint32_t number = 0; number < HISTORIES; number++)
        run_history(&history, number);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sheets_add_up_to_the_gradebook)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
