/* What a family knows: nothing but what its sheets have said. */
#ifndef PAPERDIARY_TESTS_STORY_FAMILY_H
#define PAPERDIARY_TESTS_STORY_FAMILY_H

#include "paper_model.h"
#include "sheet_reader.h"
#include "story_events.h"
#include "story_school.h"

enum { TOLD_MOST = 400 };

/* A mark that a sheet has told as added (now) or withdrawn (was). */
struct told_value {
    int32_t day;
    const char *subject;
    struct value was, now;
};

/* A pupil's family. Paper has no lesson numbers: of past days sheets tell the subject only. */
struct family {
    struct paper paper;
    int32_t key;
    int32_t from, until; /* on paper; DATE_NONE */
    int32_t since;       /* the first day that its sheets tell of */
    int32_t told_until;  /* DATE_NONE: no sheet yet */
    int32_t last_monday, last_term;
    const char *last_form;
    bool came_back;
    struct told_value told[TOLD_MOST]; /* marks that changed, over all sheets */
    size_t told_count;
};

/* A sheet on its way into the paper. */
struct telling {
    struct arena *arena;
    const struct layout *layout;
    struct family *family;
    struct paper *truth; /* which of several alike marks the words mean, where they leave it open */
    struct span year;
    int32_t monday, term_from;
    bool first, again;
    size_t told_before; /* of family->told */
};

static inline const char *canonical(struct arena *arena, const char *bare, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(bare, phrase_bare(arena, names[i])) == 0)
            return names[i];
    fail_msg("«%s» is not known", bare);
    return NULL;
}

static inline const char *subject_named(struct arena *arena, const char *bare)
{
    return canonical(arena, bare, story_subjects, LESSONS);
}

static inline const char *work_named(struct arena *arena, const char *bare)
{
    return canonical(arena, bare, story_works, sizeof story_works / sizeof *story_works);
}

static inline size_t count_value(const struct key *key, const struct value *value)
{
    size_t count = 0;
    for (size_t i = 0; i < key->mark_count; i++)
        count += same_value(&key->marks[i], value->mark, value->work, value->weight);
    return count;
}

/* --- marks ------------------------------------------------------------------------------------------------------- */

static inline const char *mark_named(const char *told)
{
    for (size_t i = 0; i < sizeof story_marks / sizeof *story_marks; i++)
        if (strcmp(told, story_marks[i]) == 0)
            return story_marks[i];
    fail_msg("«%s» is no mark", told);
    return NULL;
}

/* The value after the words: what they leave out stays. */
static inline struct value value_told(struct arena *arena, const struct told_mark *told, const struct value *before)
{
    assert_true(before != NULL || (told->work != NULL && told->weight != 0));
    return (struct value){mark_named(told->mark), told->work == NULL ? before->work : work_named(arena, told->work),
                          told->weight == 0 ? before->weight : told->weight};
}

static inline bool may_be(struct arena *arena, const struct value *value, const struct told_mark *told)
{
    return strcmp(value->mark, told->mark) == 0 && (told->weight == 0 || value->weight == told->weight) &&
           (told->work == NULL || strcmp(value->work, work_named(arena, told->work)) == 0);
}

/* The old mark on the paper. Where the words fit several, the gradebook says which. */
static inline struct value find_old(const struct telling *telling, const struct key *key,
                                    const struct told_change *change)
{
    const struct value *found = NULL;
    const struct key *truth = paper_key(telling->truth, key->day, 0, key->subject);
    for (size_t i = 0; i < key->mark_count; i++) {
        const struct value *old = &key->marks[i];
        if (!may_be(telling->arena, old, &change->was))
            continue;
        found = found == NULL ? old : found;
        bool gone = count_value(key, old) > count_value(truth, old);
        if (gone && change->now.mark != NULL) {
            struct value now = value_told(telling->arena, &change->now, old);
            gone = count_value(truth, &now) > count_value(key, &now);
        }
        if (gone)
            return *old;
    }
    if (found == NULL)
        fail_msg("a mark is told as changed that no sheet has told");
    return *found;
}

static inline void note_mark(struct telling *telling, const struct key *key, const struct value *was,
                             const struct value *now)
{
    struct family *family = telling->family;
    if (telling->first)
        return;
    happens(was == NULL ? EVENT_LATE_MARK : now == NULL ? EVENT_WITHDRAWN_MARK : EVENT_CORRECTED_MARK);
    if ((was != NULL && *was->mark == '.') || (now != NULL && *now->mark == '.'))
        happens(EVENT_DEBT);
    if (was != NULL && now != NULL && (was->weight != now->weight || strcmp(was->work, now->work) != 0))
        happens(EVENT_WORK);
    for (size_t i = 0; i < family->told_count; i++) {
        const struct told_value *told = &family->told[i];
        if (told->day != key->day || told->subject != key->subject)
            continue;
        bool earlier = i < telling->told_before;
        if (!earlier)
            happens(EVENT_SEVERAL_CHANGES);
        if (earlier && now != NULL && was == NULL && told->now.mark == NULL &&
            same_value(now, told->was.mark, told->was.work, told->was.weight))
            happens(EVENT_GIVEN_AGAIN);
        if (earlier && was != NULL && now != NULL && told->now.mark != NULL && told->was.mark != NULL &&
            same_value(was, told->now.mark, told->now.work, told->now.weight))
            happens(EVENT_CORRECTED_AGAIN);
    }
    assert_true(family->told_count < TOLD_MOST);
    family->told[family->told_count++] = (struct told_value){
        key->day, key->subject, was == NULL ? (struct value){0} : *was, now == NULL ? (struct value){0} : *now};
}

static inline void apply_mark(struct telling *telling, const struct told_change *change)
{
    assert_int_equal(change->days.from, change->days.until);
    struct key *key =
        paper_key(&telling->family->paper, change->days.from, 0, subject_named(telling->arena, change->subjects));
    struct value was = {0}, now = {0};
    if (change->was.mark != NULL) {
        was = find_old(telling, key, change);
        assert_true(strike(key, was.mark, was.work, was.weight));
    }
    if (change->now.mark != NULL) {
        now = value_told(telling->arena, &change->now, change->was.mark == NULL ? NULL : &was);
        assert_false(change->was.mark != NULL && same_value(&was, now.mark, now.work, now.weight));
        put(key, now.mark, now.work, now.weight);
    }
    note_mark(telling, key, was.mark == NULL ? NULL : &was, now.mark == NULL ? NULL : &now);
}

/* What was told as withdrawn and as added on one sheet, of one subject and day, was told twice. */
static inline void check_no_detours(const struct telling *telling)
{
    const struct family *family = telling->family;
    for (size_t i = telling->told_before; i < family->told_count; i++)
        for (size_t k = telling->told_before; k < family->told_count; k++) {
            const struct told_value *gone = &family->told[i], *come = &family->told[k];
            if (gone->now.mark == NULL && come->was.mark == NULL && gone->day == come->day &&
                gone->subject == come->subject &&
                same_value(&gone->was, come->now.mark, come->now.work, come->now.weight))
                fail_msg("one mark is told as withdrawn and as new");
        }
}

/* --- absences ---------------------------------------------------------------------------------------------------- */

static inline void move_reason(struct key *key, enum reason was, enum reason now, int count)
{
    if (was != REASON_PRESENT) {
        assert_true(key->reasons[was] >= count);
        key->reasons[was] -= count;
    }
    if (now != REASON_PRESENT)
        key->reasons[now] += count;
}

/* Between was and now, how many of the subject's absences of the day have gone over. */
static inline int reasons_gone(const struct key *paper, const struct key *truth, enum reason was, enum reason now)
{
    int gone = was == REASON_PRESENT ? INT32_MAX : paper->reasons[was] - truth->reasons[was];
    int come = now == REASON_PRESENT ? INT32_MAX : truth->reasons[now] - paper->reasons[now];
    return gone < come ? gone : come;
}

static inline int32_t count_subjects(struct arena *arena, const char *subjects)
{
    int32_t count = 0;
    for (int i = 0; subjects != NULL && i < LESSONS; i++)
        count += strstr(subjects, phrase_bare(arena, story_subjects[i])) != NULL;
    return count;
}

/* The words name the subjects, or the whole day, and how many lessons in all: one of each subject, or as many as the
 * gradebook says. */
static inline void apply_absences(struct telling *telling, const struct told_change *change, int32_t day)
{
    struct arena *arena = telling->arena;
    int32_t rest = change->lessons;
    bool one_each = count_subjects(arena, change->subjects) == rest;
    for (int i = 0; i < LESSONS; i++) {
        const char *name = phrase_bare(arena, story_subjects[i]);
        if (change->subjects != NULL && strstr(change->subjects, name) == NULL)
            continue;
        struct key *key = paper_key(&telling->family->paper, day, 0, story_subjects[i]);
        struct key *truth = paper_key(telling->truth, day, 0, story_subjects[i]);
        int gone = reasons_gone(key, truth, change->was_reason, change->now_reason);
        if (gone <= 0 && change->subjects == NULL)
            continue;
        gone = one_each ? 1 : gone > rest ? rest : gone;
        assert_true(gone > 0);
        move_reason(key, change->was_reason, change->now_reason, gone);
        rest -= gone;
    }
    assert_int_equal(rest, 0);
}

static inline void apply_absence(struct telling *telling, const struct told_change *change)
{
    enum reason was = change->was_reason, now = change->now_reason;
    if (!telling->first)
        happens(was == REASON_PRESENT   ? EVENT_LATE_ABSENCE
                : now == REASON_PRESENT ? EVENT_WITHDRAWN_ABSENCE
                                        : EVENT_CORRECTED_ABSENCE);
    if (change->subjects == NULL)
        happens(EVENT_ABSENT_DAY);
    else if (change->lessons > 1)
        happens(EVENT_ABSENT_LESSONS);
    if (change->days.from == change->days.until) {
        apply_absences(telling, change, change->days.from);
        return;
    }
    struct told_change of_day = *change;
    int32_t rest = change->lessons;
    for (int32_t day = change->days.from; day <= change->days.until; day++) {
        of_day.lessons = 0;
        for (int i = 0; i < LESSONS; i++) {
            int gone = reasons_gone(paper_key(&telling->family->paper, day, 0, story_subjects[i]),
                                    paper_key(telling->truth, day, 0, story_subjects[i]), was, now);
            of_day.lessons += gone > 0 ? gone : 0;
        }
        apply_absences(telling, &of_day, day);
        rest -= of_day.lessons;
    }
    assert_int_equal(rest, 0);
}

/* --- the lines --------------------------------------------------------------------------------------------------- */

static inline void note_day(const struct telling *telling, int32_t day)
{
    assert_true(!telling->first || day >= telling->family->since);
    if (day < telling->term_from)
        happens(EVENT_OF_LAST_TERM);
    if (date_to_civil(day).year < date_to_civil(telling->monday).year)
        happens(EVENT_NEW_YEAR);
}

static inline void apply_part(struct telling *telling, const struct told_change *lead, const char *text)
{
    struct told_change change = *lead;
    if (phrase_mark(telling->arena, telling->layout, text, &change))
        apply_mark(telling, &change);
    else if (phrase_absence(telling->arena, telling->layout, text, telling->first, &change))
        apply_absence(telling, &change);
    else
        fail_msg("«%s» says nothing", text);
    note_day(telling, change.days.from);
}

/* «12ноября,Математика,Музыка(3урока):», «14–16ноября,все12уроков:» */
static inline struct told_change read_lead(const struct telling *telling, const char *lead)
{
    struct told_change out = {.lessons = 1};
    struct blanks blanks;
    struct arena *arena = telling->arena;
    if (phrase_fits(arena, telling->layout, "change.lead_day", lead, &blanks)) {
        out.lessons = phrase_lessons(blanks.text[1]);
    } else if (phrase_fits(arena, telling->layout, "change.lead_lessons", lead, &blanks)) {
        out.subjects = blanks.text[1];
        out.lessons = phrase_lessons(blanks.text[2]);
    } else if (phrase_fits(arena, telling->layout, "change.lead", lead, &blanks)) {
        out.subjects = blanks.text[1];
    } else {
        fail_msg("«%s» is no lead", lead);
    }
    out.days = phrase_span(arena, telling->layout, blanks.text[0], telling->year);
    return out;
}

static inline void apply_bullet(struct telling *telling, const char *line)
{
    const char *colon = strchr(line, ':');
    if (colon == NULL)
        fail_msg("«%s» has no lead", line);
    struct told_change lead = read_lead(telling, arena_copy_n(telling->arena, line, (size_t)(colon + 1 - line)));
    for (const char *part = colon + 1; part != NULL;) {
        const char *end = strchr(part, ';');
        apply_part(telling, &lead, end == NULL ? part : arena_copy_n(telling->arena, part, (size_t)(end - part)));
        part = end == NULL ? NULL : end + 1;
    }
}

/* «3.094диктант×2», «3.09отметка3→4» */
static inline void apply_item(struct telling *telling, const char *subject, const char *item)
{
    struct arena *arena = telling->arena;
    size_t size = 0;
    int32_t day = phrase_short_day(item, telling->year, &size);
    const char *text = item + size, *debt = phrase(arena, telling->layout, "mark.debt");
    struct told_change change = {.days = {day, day}, .subjects = subject, .lessons = 1};
    if (!phrase_mark(arena, telling->layout, text, &change)) {
        bool is_debt = strncmp(text, debt, strlen(debt)) == 0;
        const char *work = text + (is_debt ? strlen(debt) : 1);
        change.now = phrase_work(arena, telling->layout, work, true);
        change.now.mark = is_debt ? "." : arena_copy_n(arena, text, 1);
    }
    note_day(telling, day);
    apply_mark(telling, &change);
}

static inline void apply_digest(struct telling *telling, const char *subject, const char *text)
{
    static const char between[] = "·";
    for (const char *item = text; item != NULL;) {
        const char *end = strstr(item, between);
        apply_item(telling, subject, end == NULL ? item : arena_copy_n(telling->arena, item, (size_t)(end - item)));
        item = end == NULL ? NULL : end + strlen(between);
    }
}

static inline void apply_lines(struct telling *telling, const struct said *said)
{
    bool by_subject = false;
    telling->told_before = telling->family->told_count;
    for (size_t i = 0; i < said->change_count; i++) {
        const struct said_line *line = &said->changes[i];
        if (line->subject != NULL)
            apply_digest(telling, line->subject, known(line->text));
        else
            apply_bullet(telling, known(line->text));
        by_subject = by_subject || line->subject != NULL;
    }
    if (by_subject && !telling->first)
        happens(EVENT_MANY_CHANGES);
    check_no_detours(telling);
}

#endif
