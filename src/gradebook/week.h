/* The content of one pupil's weekly sheet, computed and ready to be set. No words, no layout: numbers and texts. */
#ifndef PAPERDIARY_GRADEBOOK_WEEK_H
#define PAPERDIARY_GRADEBOOK_WEEK_H

#include "base/date.h"
#include "gradebook/book.h"
#include "gradebook/outlook.h"
#include "settings/school.h"

struct arena;

/* What the pupil's earlier sheets have told: everything of days up to `until` as it stood after `import`.
 * import 0: no sheet yet. */
struct told {
    int32_t import;
    int32_t until;
};

/* What the sheets of one class at one import share (names in order, lessons that classmates' rows tell of). Made once,
 * lent to every week_order of that book and import. */
struct week_index;

/* What a sheet is made for. `import`: the state of the store that it shows (the newest, or that of a reprint).
 * `index` may be NULL: then it is made for this one sheet, which costs more than the sheet. */
struct week_order {
    struct iso_week week;
    int32_t import;
    struct told told;
    bool again; /* a sheet of the week was issued before: the family compares */
    const struct week_index *index;
};

struct week_mark {
    const char *text; /* «5», «зачёт», «.» for a debt */
    int32_t value;    /* 2…5, -1 */
    int32_t weight;   /* thousandths */
    const char *work; /* "" */
    int32_t day;
    uint8_t lesson;
    bool this_week;
};

struct week_lesson {
    uint8_t lesson; /* 0: not given */
    const char *subject, *teacher, *topic, *homework;
    const struct week_mark *marks;
    size_t mark_count;
    enum reason reason;
    uint8_t missed; /* missed lessons this row stands for (two absences on a day without lesson numbers: 2) */
    uint8_t times;  /* how often `reason` stands here: `missed`, or 1 and more for late and released; 0: present */
};

struct week_day {
    int32_t day;
    const struct week_lesson *lessons; /* by number, then subject */
    size_t lesson_count;
    const char *holiday; /* name of the holiday, or NULL */
    bool outside;        /* before the pupil came or after he left, and no row of his own */
    bool untold;         /* the class had lessons, but nothing tells which of them were his */
    bool away;           /* missed every lesson of the day, for one reason, and no mark */
    enum reason reason;  /* of `away` */
};

enum change_kind { CHANGE_ADDED, CHANGE_CORRECTED, CHANGE_WITHDRAWN };
enum change_what { CHANGE_MARK, CHANGE_ATTENDANCE };

struct change {
    int32_t day;
    uint8_t lesson;
    const char *subject;
    enum change_what what;
    enum change_kind kind;
    /* Marks: text, weight and work of old and new. Attendance: the reason. NULL and REASON_PRESENT where there is none.
     */
    const char *was, *now;
    int32_t was_weight, now_weight;
    const char *was_work, *now_work; /* "" where there is none */
    enum reason was_reason, now_reason;
};

struct remark {
    int32_t day;
    const char *subject, *teacher, *text;
};

struct subject_line {
    const char *subject;
    const struct week_mark *marks; /* the term's, by day; debts included */
    size_t mark_count;
    int64_t weight_sum;   /* thousandths, over the marks with a number */
    int64_t weighted_sum; /* thousandths × mark */
    int32_t mean;         /* hundredths, rounded half up; -1 without marks */
    int32_t missed, late, debts;
    int32_t lessons; /* held this term */
    /* What it takes for the next better mark (forecast/method.md 8): `count` marks `best` of weight `weight`; 0: none
     */
    int32_t need_mark, need_best, need_count, need_weight;
    struct outlook_line outlook;
};

struct attendance {
    int32_t count[REASON_COUNT]; /* lessons by reason; [REASON_PRESENT] is not used */
    int32_t lessons;             /* held for the pupil */
};

/* The attendance grid of the term: worst of each day. */
struct grid_day {
    int32_t day;
    bool school; /* lessons were held */
    int32_t missed, lessons;
    enum reason reason; /* of most of the missed lessons, or REASON_LATE, or REASON_PRESENT */
};

struct plan_lesson {
    uint8_t lesson;
    const char *subject, *room, *starts;
    const char *due; /* the homework set at the subject's last lesson of the week, where this is its next lesson; "" */
};

struct plan_day {
    int32_t day;
    const char *holiday; /* or NULL */
    const struct plan_lesson *lessons;
    size_t lesson_count;
};

struct date_ahead {
    struct span span;
    const char *name; /* of a holiday; NULL: a term begins (begins_term) or ends (ends_term) */
    int32_t begins_term, ends_term;
};

struct week_sheet {
    const struct pupil *pupil;
    const struct school_year *year;
    struct iso_week week;
    struct span span;     /* Monday to the last school day (Saturday, or Sunday where it has lessons) */
    int32_t term;         /* of the span's last day with lessons; between terms the last one begun; 0: none has */
    int32_t week_of_term; /* calendar weeks, from 1; stays at the last one after the term's end */
    int32_t days_left;    /* school days of the class from the day after the span to the end of the term */
    int32_t import;
    bool without_marks;
    bool by_subject; /* no lesson has a number, topic or homework: a «Сетевой город» report */
    bool first;      /* the pupil's first sheet: changes tell the term so far */

    const struct week_day *days; /* school days of the week, in order */
    size_t day_count;
    const struct change *changes;
    size_t change_count;
    const struct remark *remarks;
    size_t remark_count;
    const struct announcement *const *announcements;
    size_t announcement_count;
    const struct subject_line *subjects;
    size_t subject_count;
    struct attendance of_week, of_term;
    const struct grid_day *grid; /* school days of the term up to the span's end, in order */
    size_t grid_count;
    const struct achievement *const *achievements;
    size_t achievement_count;
    const struct plan_day *plan; /* next week with lessons */
    size_t plan_count;
    const struct date_ahead *ahead; /* the next holidays and borders of terms, at most four */
    size_t ahead_count;
};

/* Computes the sheet of book->pupils[index]. Pure; everything lives in the arena. */
void week_compute(struct arena *arena, const struct school *school, const struct book *book, size_t index,
                  const struct week_order *order, struct week_sheet *out);

/* For week_order.index. `import` is that of the orders. */
const struct week_index *week_index_new(struct arena *arena, const struct school *school, const struct book *book,
                                        int32_t import);

/* The changes between what was told and the state after order->import, for days before the week and for days already
 * told, those after the week included: so told.until is the latest day of all sheets, told.import that of the last.
 * What is new in the week itself is told by its days alone, unless order->again. Sorted by day, lesson, subject. */
const struct change *week_changes(struct arena *arena, const struct school *school, const struct book *book,
                                  size_t index, const struct week_order *order, size_t *count);

/* The last ISO week with lessons (entries that hold now) that began on or before `today`; week 0: none. */
struct iso_week week_last(const struct book *book, int32_t today);

#endif
