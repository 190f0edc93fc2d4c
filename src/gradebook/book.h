/* A class's part of the store, with its history: what the sheets of the class are computed from. */
#ifndef PAPERDIARY_GRADEBOOK_BOOK_H
#define PAPERDIARY_GRADEBOOK_BOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gradebook/record.h"

struct past;

/* Held from import `since` until (not including) import `until`; until 0: still holds. */
struct held {
    int32_t since, until;
};

static inline bool held_at(struct held held, int32_t import)
{
    return held.since <= import && (held.until == 0 || import < held.until);
}

struct pupil {
    int32_t key; /* the store's number of the pupil */
    const char *code, *name, *form;
    int32_t enrolled, left; /* DATE_NONE */
    const char *ground;
    int32_t consent, paper_from, paper_until; /* DATE_NONE */
    const char *delivery;                     /* "hand", "office", "post"; "" is by hand */
    const char *recipient, *address;
    int32_t copies; /* at least 1 */
};

/* True where the family is on paper on that day. */
bool pupil_on_paper(const struct pupil *pupil, int32_t day);

/* One stored lesson_row. pupil 0: the lesson of the whole class. */
struct entry {
    int32_t pupil;
    int32_t day;
    const char *form;
    const char *subject, *teacher, *topic, *homework, *work, *mark, *comment; /* "" where none */
    int32_t weight;
    uint8_t lesson, reason;
    struct held held;
};

struct final_entry {
    int32_t pupil;
    int32_t year, period;
    const char *subject, *mark;
    int32_t decided;
    struct held held;
};

struct timetable_entry {
    int32_t day, weekday, lesson;
    const char *subject, *room, *starts;
    struct held held;
};

struct announcement {
    int32_t from, until;
    int32_t pupil; /* 0: everyone of the class */
    const char *text;
    struct held held;
};

struct achievement {
    int32_t pupil, day;
    const char *title, *result;
    struct held held;
};

/* Arrays are sorted: pupils by name, entries by (pupil, day, lesson, subject, since), the rest by pupil and day.
 * Entries hold every version that was ever true in the span asked for, those of the pupils' former classes included, so
 * that the state after any import can be computed. */
struct book {
    const char *form;
    const struct pupil *pupils; /* as of the newest import, those who left included */
    size_t pupil_count;
    const struct entry *entries;
    size_t entry_count;
    const struct final_entry *finals;
    size_t final_count;
    const struct timetable_entry *timetable;
    size_t timetable_count;
    const struct announcement *announcements; /* the class's and the whole school's */
    size_t announcement_count;
    const struct achievement *achievements;
    size_t achievement_count;
    int32_t import;          /* the newest import in the store */
    const struct past *past; /* of the whole school as of that import; NULL: not asked for, the forecast goes without */
};

#endif
