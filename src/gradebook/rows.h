/* Within the gradebook only: a class's shared index, and one pupil's lessons gathered from it. */
#ifndef PAPERDIARY_GRADEBOOK_ROWS_H
#define PAPERDIARY_GRADEBOOK_ROWS_H

#include "gradebook/week.h"

/* A lesson that is not told by the pupil's own row: a row of the whole class, or what rows of enough classmates agree
 * on. */
struct shared_row {
    const struct entry *entry;
    uint32_t subject, form;
    bool of_class;
};

struct class_day {
    int32_t day;
    uint32_t form;
};

struct week_index {
    struct arena *arena;
    const struct school *school;
    const struct outlook **outlook; /* the forecast that was asked for last, or NULL: outlook_of */
    const struct book *book;
    int32_t import;
    const char *const *subjects; /* in printed order: a subject's number is its place */
    const char *const *folded;   /* the same, text_fold: no two are alike */
    uint32_t subject_count;
    const char *const *forms;
    const bool *without_marks; /* by form */
    uint32_t form_count;
    const uint32_t *subject_of, *form_of; /* by entry */
    const struct shared_row *shared;      /* by day, lesson, subject */
    size_t shared_count;
    const struct class_day *days; /* on which the class has lessons, by day, then form */
    size_t day_count;
};

enum row_source { ROW_OWN, ROW_CLASS, ROW_INFERRED };

/* One stored row that tells of a lesson of the pupil. Only an own row has marks and absences. */
struct row {
    const struct entry *entry;
    uint32_t subject;
    enum row_source source;
};

/* A lesson: the rows of one (day, lesson, subject). */
struct course {
    int32_t day;
    uint8_t lesson;
    uint32_t subject;
    const struct row *rows;
    size_t count;
    uint8_t reasons[REASON_COUNT]; /* how often each stands; [REASON_PRESENT] is not used */
    uint8_t missed;
    uint8_t held; /* lessons that it stands for */
};

/* What the parts of a sheet are computed from. */
struct view {
    struct arena *arena;
    const struct school *school;
    const struct book *book;
    const struct pupil *pupil;
    const struct week_order *order;
    const struct week_index *index;
    const struct school_year *year;
    size_t own_from, own_until; /* the pupil's entries in the book */
    struct span span;
    struct span shown_term; /* the part of the sheet's term up to the span's end; empty (until < from): none */
    int32_t term;
    bool without_marks;
    const struct course *courses; /* of the school year up to the span's end, by day, lesson, subject */
    size_t course_count;
    size_t known_count; /* with those of later days that were told: comments on them may be new */
};

static inline bool reason_missed(enum reason reason)
{
    return reason == REASON_ILL || reason == REASON_EXCUSED || reason == REASON_UNEXCUSED || reason == REASON_ABSENT;
}

/* Fills everything. False where the order's week is none. */
bool view_open(struct view *view, struct arena *arena, const struct school *school, const struct book *book,
               size_t pupil, const struct week_order *order);
/* The same for any span of days of one school year instead of the order's week; no term is chosen. */
void view_open_span(struct view *view, struct arena *arena, const struct school *school, const struct book *book,
                    size_t pupil, const struct week_order *order, struct span span);

/* Entries of a pupil (0: the whole class) on days from … until: the half-open range of their places in the book. */
void book_range(const struct book *book, int32_t pupil, struct span days, size_t *from, size_t *until);

/* True where rows that hold tell of a day of lessons of the pupil's class. */
bool view_class_day(const struct view *view, int32_t day);
/* True from the pupil's enrolment to his last day. */
bool view_stays(const struct view *view, int32_t day);

/* True where the row of this place in the book counts: its class has marks, and it has a mark. */
bool view_has_mark(const struct view *view, const struct entry *entry);

/* Counts an own row's absence among those of its lesson: once a lesson where it has a number (the gravest), once a row
 * where it has none. */
void reasons_add(uint8_t reasons[REASON_COUNT], const struct entry *entry);

/* The first course on or after the day. */
size_t view_course_from(const struct view *view, int32_t day);

/* The distinct texts of a lesson, own rows before those of the class, joined; "" where none. */
enum row_text { TEXT_TEACHER, TEXT_TOPIC, TEXT_HOMEWORK };
const char *course_text(const struct view *view, const struct course *course, enum row_text which);

/* Comments of the span; `earlier`: those too of days that changes are told of, where no sheet has told them. */
const struct remark *view_remarks(const struct view *view, bool earlier, size_t *count);
/* Achievements of the pupil on days of the span that hold, by day; `untold`: only what no sheet has told. */
const struct achievement *const *view_achievements(const struct view *view, struct span days, bool untold,
                                                   size_t *count);
/* The mark of an own row; this_week: of the span. */
struct week_mark view_mark(const struct view *view, const struct entry *entry);
/* True where the row tells of a lesson, not only of a mark or an absence of some day. */
bool entry_names_lesson(const struct entry *entry);
/* Adds the courses [from, until). */
struct attendance view_attendance(const struct view *view, size_t from, size_t until);

/* The parts. */
void week_fill_days(const struct view *view, struct week_sheet *out);
void week_fill_remarks(const struct view *view, struct week_sheet *out);
void week_fill_subjects(const struct view *view, struct week_sheet *out);
void week_fill_attendance(const struct view *view, struct week_sheet *out);
void week_fill_plan(const struct view *view, struct week_sheet *out);
void week_fill_notices(const struct view *view, struct week_sheet *out);
const struct change *view_changes(const struct view *view, size_t *count);

/* What a state of the paper holds of an own entry: what earlier sheets have told, and what this one finds. */
bool view_was_told(const struct view *view, const struct entry *entry);
/* The last day that this sheet or an earlier one tells of. */
int32_t view_told_until(const struct view *view);
/* Days before the span, or told already, of which this sheet has to tell what differs. */
bool view_tells_changes_of(const struct view *view, int32_t day);

#endif
