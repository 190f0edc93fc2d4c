/* The content of one pupil's term or year sheet (регламент 2.1 (4), 2.8), computed and ready to be set. No words, no
 * layout: numbers and texts. */
#ifndef PAPERDIARY_GRADEBOOK_TERM_H
#define PAPERDIARY_GRADEBOOK_TERM_H

#include "gradebook/week.h"

/* `told`: what the pupil's term sheets of this school year have told: the finals of all periods that end on or before
 * told.until (term_until), as they stood after told.import. A period that had none then was not told: a sheet can be
 * earlier than its finals. */
struct term_order {
    const struct school_year *year;
    int32_t term;   /* from 1; 0: the year */
    int32_t import; /* the state that it shows */
    struct told told;
    bool again;                     /* a sheet of the period was issued before */
    const struct week_index *index; /* of that import; may be NULL */
};

struct term_line {
    const char *subject;
    const char *final[FINAL_FINAL + 1]; /* by enum final_period; NULL: none, or not of this sheet */
    int32_t mean[SCHOOL_TERMS];         /* hundredths, rounded half up; -1 without marks */
    const struct week_mark *marks;      /* of the term, by day; a year sheet has none */
    size_t mark_count;
    int32_t lessons, missed; /* of the term, or of the year's terms */
};

/* Of a final that was told: NULL where there was, or is, none. */
struct final_change {
    const char *subject;
    int32_t period; /* enum final_period */
    const char *was, *now;
    int32_t decided; /* of the new one, or DATE_NONE */
};

struct topic_list {
    const char *subject;
    int32_t lessons, missed;
    const char *const *topics; /* of a term: each once, in order of the lessons */
    size_t topic_count;
};

/* What the year's finals mean for the next school year. */
enum promotion { PROMOTION_UNKNOWN, PROMOTION_CLEAR, PROMOTION_DEBTS };

struct term_sheet {
    const struct pupil *pupil;
    const struct school_year *year;
    int32_t term;     /* from 1; 0: the year */
    int32_t terms;    /* so many have a column */
    struct span span; /* of the term, or of the school year */
    int32_t until;    /* last day that the sheet tells of: term_until */
    int32_t import;
    int32_t decided; /* the newest day on which finals of this period were decided, or DATE_NONE */
    bool without_marks;
    bool lessons_known; /* lessons held are known, not only those with a mark or an absence */
    bool finals;        /* the period has any */

    const struct term_line *lines; /* subjects with a final or a mark, in the order of a gradebook */
    size_t line_count;
    struct attendance of_term[SCHOOL_TERMS], of_year; /* of_year: their sum */
    const struct final_change *changes;
    size_t change_count;
    const struct achievement *const *achievements; /* of the term and the holidays before it, or of the year */
    size_t achievement_count;
    const struct remark *remarks; /* of the term; of the year's last term where no sheet has told it */
    size_t remark_count;
    const struct topic_list *topics; /* of a class without marks */
    size_t topic_list_count;
    enum promotion promotion;
    const char *const *debts; /* subjects */
    size_t debt_count;
};

/* The last day that a sheet of the term (0: the year) tells of; also that of the finals of a period. */
int32_t term_until(const struct school_year *year, int32_t term);

/* True where the pupil has a final of the term (0: of the year, an exam, the final one). */
bool term_has_finals(const struct book *book, size_t index, const struct term_order *order);

/* True where the pupil's sheets have told finals of the term (0: of the year, an exam, the final one). */
bool term_was_told(const struct book *book, size_t index, const struct term_order *order, int32_t term);

/* Computes the sheet of book->pupils[index]. Pure; everything lives in the arena. */
void term_compute(struct arena *arena, const struct school *school, const struct book *book, size_t index,
                  const struct term_order *order, struct term_sheet *out);

/* What differs between the finals that were told and those of the order's state, by period and subject. Of a period
 * that no sheet has told, nothing; but all that is new where the order's own sheet came before its finals. */
const struct final_change *term_changes(struct arena *arena, const struct book *book, size_t index,
                                        const struct term_order *order, size_t *count);

#endif
