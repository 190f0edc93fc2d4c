/* One sheet of a story against the gradebook as last imported: its days, its comments, the term's marks, and what it
 * says of earlier days, which goes into the family's paper. */
#ifndef PAPERDIARY_TESTS_STORY_SHEET_H
#define PAPERDIARY_TESTS_STORY_SHEET_H

#include "settings/school.h"
#include "story_family.h"
#include "story_import.h"

/* --- lessons ----------------------------------------------------------------------------------------------------- */

/* Takes a work, a weight and «работа не сдана» from the head of what stands beneath a mark. */
static inline struct value read_below(const struct telling *telling, const char *line, const char **below)
{
    struct arena *arena = telling->arena;
    struct value out = {.work = "", .weight = WEIGHT_ONE};
    const char *debt = phrase(arena, telling->layout, "mark.debt_means");
    size_t longest = 0;
    for (size_t i = 0; i < sizeof story_works / sizeof *story_works; i++) {
        const char *work = phrase_bare(arena, story_works[i]);
        if (strncmp(*below, work, strlen(work)) == 0 && strlen(work) >= longest) {
            longest = strlen(work);
            out.work = story_works[i];
        }
    }
    *below += longest;
    if (strncmp(*below, "×", strlen("×")) == 0) {
        out.weight = phrase_work(arena, telling->layout, *below, false).weight;
        *below += strlen("×") + strspn(*below + strlen("×"), "0123456789,");
    }
    if (strcmp(line, phrase(arena, telling->layout, "mark.debt")) != 0)
        return out;
    assert_int_equal(strncmp(*below, debt, strlen(debt)), 0);
    *below += strlen(debt);
    out.mark = ".";
    return out;
}

static const char *const reason_names[REASON_COUNT] = {"", "ill", "excused", "unexcused", "absent", "late", "released"};

/* «по болезни», «опоздание2урока» */
static inline void read_reason(const struct telling *telling, const char *text, struct key *key)
{
    static const char *const groups[] = {"reason", "reason.line"};
    if (*text == '\0')
        return;
    for (int i = REASON_PRESENT + 1; i < REASON_COUNT; i++)
        for (size_t k = 0; k < 2; k++) {
            const char *word = phrase(telling->arena, telling->layout,
                                      arena_format(telling->arena, "%s.%s", groups[k], reason_names[i]));
            if (strncmp(text, word, strlen(word)) != 0)
                continue;
            const char *times = text + strlen(word) + strspn(text + strlen(word), "(");
            key->reasons[i] += *times == '\0' ? 1 : phrase_lessons(times);
            if (i == REASON_LATE)
                happens(EVENT_LATE_MINUTES);
            return;
        }
    fail_msg("«%s» is no reason", text);
}

/* Below the table stands what its codes mean. */
static inline void check_meaning(const struct telling *telling, const struct said *said, const char *code,
                                 const char *meaning)
{
    const char *item = arena_format(telling->arena, "%s–%s", code, phrase(telling->arena, telling->layout, meaning));
    if (strstr(known(said->codes_mean), item) == NULL)
        fail_msg("«%s» is not explained", code);
}

/* «бб», «оОТ»: a code for each lesson. */
static inline void read_codes(const struct telling *telling, const struct said *said, const char *text, struct key *key)
{
    static const char *const codes[REASON_COUNT] = {"", "б", "у", "н", "ОТ", "о", "ОСВ"};
    while (*text != '\0') {
        int reason = REASON_PRESENT + 1;
        while (reason < REASON_COUNT && strncmp(text, codes[reason], strlen(codes[reason])) != 0)
            reason++;
        assert_true(reason < REASON_COUNT);
        text += strlen(codes[reason]);
        key->reasons[reason]++;
        const char *full = arena_format(telling->arena, "reason.full.%s", reason_names[reason]);
        check_meaning(telling, said, codes[reason], full);
    }
}

/* A cell of the week's table: «5», «долг», «4б». */
static inline void read_cell_of_week(const struct telling *telling, const struct said *said,
                                     const struct said_lesson *lesson, struct paper *out)
{
    const char *debt = phrase(telling->arena, telling->layout, "mark.debt");
    struct key *key = paper_key(out, lesson->day, 0, subject_named(telling->arena, known(lesson->subject)));
    for (size_t i = 0; i < lesson->mark_count; i++) {
        for (const char *at = lesson->marks[i].line; *at != '\0';) {
            bool is_debt = strncmp(at, debt, strlen(debt)) == 0;
            put(key, is_debt ? "." : mark_named(arena_copy_n(telling->arena, at, 1)), "", WEIGHT_ONE);
            at += is_debt ? strlen(debt) : 1;
            if (is_debt)
                check_meaning(telling, said, debt, "mark.debt_means");
        }
    }
    read_codes(telling, said, known(lesson->codes), key);
    if (key->mark_count > 1)
        happens(EVENT_SEVERAL_MARKS);
}

static inline void read_lesson(const struct telling *telling, const struct said_lesson *lesson, struct paper *out)
{
    struct key *key =
        paper_key(out, lesson->day, lesson->number == NULL ? 0 : (uint8_t)strtol(lesson->number, NULL, 10),
                  subject_named(telling->arena, known(lesson->subject)));
    const char *rest = known(lesson->reason);
    for (size_t i = 0; i < lesson->mark_count; i++) {
        rest = known(lesson->marks[i].below);
        struct value value = read_below(telling, lesson->marks[i].line, &rest);
        if (value.mark != NULL)
            put(key, value.mark, value.work, value.weight);
        for (const char *at = lesson->marks[i].line; value.mark == NULL && *at != '\0'; at++)
            put(key, mark_named(arena_copy_n(telling->arena, at, 1)), value.work, value.weight);
        assert_true(i + 1 == lesson->mark_count || *rest == '\0');
    }
    read_reason(telling, rest, key);
    if (key->mark_count > 1)
        happens(EVENT_SEVERAL_MARKS);
}

/* A day missed whole, in one row: all the lessons that the gradebook has of it. */
static inline void read_away(const struct telling *telling, const struct said_lesson *lesson, const struct paper *truth,
                             struct paper *out)
{
    struct blanks blanks;
    struct key day = {0};
    int count = 0;
    assert_true(phrase_fits(telling->arena, telling->layout, "day.away_why", known(lesson->topic), &blanks));
    read_reason(telling, blanks.text[1], &day);
    for (size_t i = 0; i < truth->count; i++) {
        const struct key *key = &truth->keys[i];
        if (key->day != lesson->day)
            continue;
        assert_int_equal(key->mark_count, 0);
        *paper_key(out, key->day, key->lesson, key->subject) = *key;
        for (int reason = REASON_PRESENT + 1; reason < REASON_COUNT; reason++) {
            assert_true(key->reasons[reason] == 0 || day.reasons[reason] > 0);
            count += key->reasons[reason];
        }
    }
    assert_int_equal(count, phrase_lessons(blanks.text[0]));
    happens(EVENT_AWAY);
}

static inline bool is_away(const struct telling *telling, const struct said_lesson *lesson)
{
    return strcmp(known(lesson->subject), phrase(telling->arena, telling->layout, "day.away")) == 0;
}

/* --- days -------------------------------------------------------------------------------------------------------- */

static inline const struct said_lesson *find_lesson(const struct telling *telling, const struct said *said,
                                                    const struct source_row *row)
{
    const char *subject = phrase_bare(telling->arena, row->subject);
    for (size_t i = 0; i < said->lesson_count; i++) {
        const struct said_lesson *lesson = &said->lessons[i];
        if (lesson->day == row->day && (is_away(telling, lesson) || strcmp(known(lesson->subject), subject) == 0) &&
            (is_away(telling, lesson) || strtol(known(lesson->number), NULL, 10) == row->lesson))
            return lesson;
    }
    fail_msg("a lesson of the class is not on the sheet");
    return NULL;
}

/* Topic and homework of each lesson of the pupil's class. */
static inline void check_texts(const struct telling *telling, const struct said *said, const struct source *source,
                               const char *form, struct span days)
{
    for (size_t i = 0; i < source->count; i++) {
        const struct source_row *row = &source->rows[i];
        if (row->pupil != NOBODY || strcmp(row->form, form) != 0 || row->day < days.from || row->day > days.until)
            continue;
        const struct said_lesson *lesson = find_lesson(telling, said, row);
        const char *topic = phrase_bare(telling->arena, row->topic),
                   *homework = phrase_bare(telling->arena, row->homework);
        if (is_away(telling, lesson)) {
            assert_non_null(strstr(known(lesson->topics), topic));
            assert_non_null(strstr(known(lesson->homework), homework));
        } else {
            assert_string_equal(known(lesson->topic), topic);
            assert_string_equal(known(lesson->homework), homework);
        }
        if (row->changed)
            happens(EVENT_HOMEWORK_CHANGED);
    }
}

/* Without lessons the week is a table of subjects and days, and says nothing of what was done. */
static inline void check_form(const struct said *said, bool reports)
{
    assert_true(said->by_subject == (reports && said->lesson_count > 0));
    if (said->by_subject)
        happens(EVENT_BY_SUBJECT);
}

static inline void check_told(const struct telling *telling, const struct key *told, const struct key *now)
{
    assert_true(telling->again ? same_key(told, now) : stands_in(told, now));
}

/* The days of the sheet are those of the gradebook; what they show was known already of days that a sheet of the week
 * told; where only a later one told of them, they take nothing back. */
static inline void apply_days(struct telling *telling, const struct said *said, const struct source *source, int pupil,
                              struct span days)
{
    static struct paper shown, truth, by_subject;
    struct family *family = telling->family;
    shown.count = 0;
    source_gradebook(source, pupil, days, true, &truth);
    for (size_t i = 0; i < said->lesson_count; i++)
        if (said->by_subject)
            read_cell_of_week(telling, said, &said->lessons[i], &shown);
        else if (is_away(telling, &said->lessons[i]))
            read_away(telling, &said->lessons[i], &truth, &shown);
        else
            read_lesson(telling, &said->lessons[i], &shown);
    compare_papers(&shown, &truth);
    source_gradebook(source, pupil, days, false, &by_subject);
    for (size_t i = 0; i < family->paper.count; i++) {
        struct key *key = &family->paper.keys[i];
        if (key->day < days.from || key->day > days.until)
            continue;
        if (family->told_until != DATE_NONE && key->day <= family->told_until)
            check_told(telling, key, paper_key(&by_subject, key->day, 0, key->subject));
    }
    for (size_t i = 0; i < by_subject.count; i++) {
        const struct key *now = &by_subject.keys[i];
        struct key *key = paper_key(&family->paper, now->day, 0, now->subject);
        if (family->told_until != DATE_NONE && now->day <= family->told_until)
            check_told(telling, key, now);
        *key = *now;
    }
}

/* --- comments and the term's marks ------------------------------------------------------------------------------- */

static inline bool has_comment(const struct source *source, int pupil, const struct source_row *like)
{
    for (size_t i = 0; i < source->count; i++) {
        const struct source_row *row = &source->rows[i];
        if (row->pupil == pupil && row->day == like->day && row->subject == like->subject &&
            strcmp(row->comment, like->comment) == 0)
            return true;
    }
    return false;
}

static inline bool remark_is(const struct telling *telling, const struct said_remark *remark,
                             const struct source_row *row)
{
    const char *lead = known(remark->lead), *comma = strrchr(lead, ',');
    assert_non_null(comma);
    return row->comment[0] != '\0' &&
           phrase_span(telling->arena, telling->layout, comma + 1, telling->year).from == row->day &&
           strcmp(arena_copy_n(telling->arena, lead, (size_t)(comma - lead)),
                  phrase_bare(telling->arena, row->subject)) == 0 &&
           strcmp(known(remark->text), phrase_bare(telling->arena, row->comment)) == 0;
}

static inline bool is_said(const struct telling *telling, const struct said *said, const struct source_row *row)
{
    for (size_t i = 0; i < said->remark_count; i++)
        if (remark_is(telling, &said->remarks[i], row))
            return true;
    return false;
}

static inline void check_remarks_stand(const struct telling *telling, const struct said *said, const struct source *now,
                                       int pupil)
{
    for (size_t i = 0; i < said->remark_count; i++) {
        bool stands = false;
        for (size_t k = 0; k < now->count && !stands; k++)
            stands = now->rows[k].pupil == pupil && remark_is(telling, &said->remarks[i], &now->rows[k]);
        if (!stands)
            fail_msg("«%s» is no comment of the gradebook", known(said->remarks[i].text));
    }
}

/* Comments of the week, and of earlier days those that no sheet has told. `before`: the gradebook of the last sheet. */
static inline void check_comments(const struct telling *telling, const struct said *said, const struct source *now,
                                  const struct source *before, int pupil, struct span days)
{
    const struct family *family = telling->family;
    check_remarks_stand(telling, said, now, pupil);
    for (size_t i = 0; i < now->count; i++) {
        const struct source_row *row = &now->rows[i];
        if (row->pupil != pupil || row->comment[0] == '\0')
            continue;
        bool earlier = telling->first ? row->day >= family->since && row->day < days.from
                                      : row->day < days.from || row->day <= family->told_until;
        bool in_week = row->day >= days.from && row->day <= days.until;
        bool is_told = !telling->first && row->day <= family->told_until && has_comment(before, pupil, row);
        bool is_here = is_said(telling, said, row);
        if (!is_here && (in_week || (earlier && !is_told)))
            fail_msg("the comment of day %d in %s is not told", row->day, row->subject);
        if (is_here && !in_week && (!earlier || is_told))
            fail_msg("a comment is told twice, or too early");
        if (is_here)
            happens(in_week ? EVENT_COMMENT : EVENT_LATE_COMMENT);
    }
}

static inline size_t count_text(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part))
        count++;
    return count;
}

/* The marks of the term, subject by subject. */
static inline void check_terms(const struct telling *telling, const struct said *said, const struct source *source,
                               int pupil, struct span term)
{
    static struct paper truth;
    const char *debt = phrase(telling->arena, telling->layout, "mark.debt");
    size_t said_marks = 0, marks = 0;
    source_gradebook(source, pupil, term, false, &truth);
    for (size_t i = 0; i < said->term_count; i++) {
        const char *subject = subject_named(telling->arena, said->terms[i].subject),
                   *text = known(said->terms[i].marks);
        for (size_t m = 0; m < 5; m++) {
            size_t count = 0;
            for (size_t k = 0; k < truth.count; k++)
                for (size_t n = 0; truth.keys[k].subject == subject && n < truth.keys[k].mark_count; n++)
                    count += truth.keys[k].marks[n].mark == story_marks[m];
            assert_int_equal(count_text(text, *story_marks[m] == '.' ? debt : story_marks[m]), count);
            said_marks += count;
        }
    }
    for (size_t k = 0; k < truth.count; k++)
        marks += truth.keys[k].mark_count;
    assert_int_equal(said_marks, marks);
}

#endif
