/* The one invariant: what all sheets of a pupil have said, put together, equals the gradebook (регламент 2.6).
 * Random histories of a term are driven through sheets; a model of the paper believes nothing but what they say. */
#include "gradebook_fixture.h"
#include "paper_model.h"

#define HISTORIES 10000u /* a hundredth of them with PAPERDIARY_SHORT */

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
    int32_t issued[32]; /* weeks, by their Mondays */
    size_t issued_count;
};

static bool was_issued(const struct history *h, int32_t monday)
{
    for (size_t i = 0; i < h->issued_count; i++)
        if (h->issued[i] == monday)
            return true;
    return false;
}

static void issue(struct history *h, int32_t monday, int32_t import)
{
    static struct paper truth;
    bool again = was_issued(h, monday);
    struct week_sheet sheet = fixture_issue(&h->f, monday, import, h->told, again);
    if (sheet.first)
        gradebook_of(&h->f, import, first_day_told(&sheet) - 1, &h->paper);
    apply_sheet(&h->paper, &sheet, &h->told, again);
    h->issued[h->issued_count++] = monday;
    gradebook_of(&h->f, import, h->told.until, &truth);
    compare_papers(&h->paper, &truth);
}

/* A term from the middle of it: weekly exports with late, corrected and withdrawn values, some weeks without a sheet,
 * some with a second one, or one for an earlier week. */
static void run_history(struct history *h, uint32_t number)
{
    seed = number * 2654435761U + 1;
    fixture_open(&h->f);
    h->paper.count = h->issued_count = 0;
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
    for (uint32_t number = 0; number < HISTORIES / (getenv("PAPERDIARY_SHORT") != NULL ? 100 : 1); number++)
        run_history(&history, number);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sheets_add_up_to_the_gradebook)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
