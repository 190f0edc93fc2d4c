/* What happened in the histories that were told: a history that lacks something proves nothing about it. */
#ifndef PAPERDIARY_TESTS_STORY_EVENTS_H
#define PAPERDIARY_TESTS_STORY_EVENTS_H

#include <stdio.h>

/* X(name, how often at least in the usual number of histories, what it is) */
#define STORY_EVENTS                                                                                                   \
    X(LATE_MARK, 1250, "marks told late")                                                                              \
    X(CORRECTED_MARK, 90, "marks told as corrected")                                                                   \
    X(WITHDRAWN_MARK, 50, "marks told as withdrawn")                                                                   \
    X(GIVEN_AGAIN, 7, "marks told as withdrawn and later as given again")                                              \
    X(CORRECTED_AGAIN, 3, "marks corrected on more than one sheet")                                                    \
    X(CORRECTED_TWICE, 10, "marks corrected twice between two sheets")                                                 \
    X(BACK_AGAIN, 15, "marks back at what was told before the next sheet")                                             \
    X(DEBT, 200, "debts made, closed or withdrawn")                                                                    \
    X(WORK, 30, "works or weights told as changed")                                                                    \
    X(LATE_ABSENCE, 600, "absences told late")                                                                         \
    X(CORRECTED_ABSENCE, 10, "absences told as corrected")                                                             \
    X(WITHDRAWN_ABSENCE, 60, "absences told as withdrawn")                                                             \
    X(ABSENT_LESSONS, 60, "changed absences told together")                                                            \
    X(ABSENT_DAY, 90, "changed absences told as whole days")                                                           \
    X(AWAY, 40, "days shown as missed whole")                                                                          \
    X(LATE_MINUTES, 70, "late arrivals shown")                                                                         \
    X(SEVERAL_MARKS, 100, "lessons shown with several marks")                                                          \
    X(SEVERAL_CHANGES, 250, "lessons told with several changes")                                                       \
    X(LESSON_MOVED, 60, "lessons that went to another number")                                                         \
    X(HOMEWORK_CHANGED, 100, "lessons shown with homework that had changed")                                           \
    X(COMMENT, 200, "comments told in their week")                                                                     \
    X(LATE_COMMENT, 400, "comments told late")                                                                         \
    X(SKIPPED_WEEK, 150, "sheets after weeks without one")                                                             \
    X(MID_TERM, 60, "first sheets that told the term so far")                                                          \
    X(MANY_CHANGES, 15, "later sheets that told their changes by subject")                                             \
    X(PAPER_AGAIN, 6, "sheets after a return to paper")                                                                \
    X(CLASS_CHANGED, 10, "sheets in another class than the last one")                                                  \
    X(CLASS_WITHIN_WEEK, 6, "weeks in two classes")                                                                    \
    X(CLASS_BACK, 5, "returns to the first class")                                                                     \
    X(ISSUED_AGAIN, 80, "further issues of a week's sheet")                                                            \
    X(EARLIER_WEEK, 40, "sheets for a week before one that was told")                                                  \
    X(NOTHING_NEW, 40, "runs again that issued nothing")                                                               \
    X(ALONE, 30, "sheets of one pupil alone")                                                                          \
    X(MID_WEEK, 100, "sheets from an export that ended within the week")                                               \
    X(PART_OF_CLASSES, 20, "weeks with exports of some classes only")                                                  \
    X(PART_OF_DAYS, 20, "exports of earlier days only")                                                                \
    X(REFUSED, 15, "exports refused for what they withdrew")                                                           \
    X(SAME_AGAIN, 90, "exports read twice")                                                                            \
    X(TERM_BORDER, 60, "sheets in another term than the last one")                                                     \
    X(OF_LAST_TERM, 350, "changes told of an earlier term")                                                            \
    X(NEW_YEAR, 200, "changes told of the year before")                                                                \
    X(REPORTS, 100, "files of reports without lessons")                                                                \
    X(REPORT_ALONE, 20, "files with the report of one pupil")                                                          \
    X(BY_SUBJECT, 100, "weeks shown as a table of subjects and days")                                                  \
    X(NO_CHANGE, 350, "sheets without a change")                                                                       \
    X(REPRINTED, 200, "sheets made again at the end")

#define X(name, least, text) EVENT_##name,
enum story_event { STORY_EVENTS EVENT_COUNT };
#undef X

static size_t story_happened[EVENT_COUNT];

static inline void happens(enum story_event event)
{
    story_happened[event]++;
}

/* Prints the counts; false where something happened too seldom. */
static inline bool story_events_suffice(void)
{
#define X(name, least, text) {least, text},
    static const struct {
        size_t least;
        const char *text;
    } events[EVENT_COUNT] = {STORY_EVENTS};
#undef X
    bool suffice = true;
    for (int i = 0; i < EVENT_COUNT; i++) {
        bool few = story_happened[i] < events[i].least;
        printf("%7zu %s%s\n", story_happened[i], events[i].text, few ? ": too few" : "");
        suffice = suffice && !few;
    }
    return suffice;
}

#endif
