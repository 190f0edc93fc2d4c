/* school.ini, typed. Read once a run; plain data afterwards. */
#ifndef PAPERDIARY_SETTINGS_SCHOOL_H
#define PAPERDIARY_SETTINGS_SCHOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct diag;
struct err;

#define SCHOOL_TERMS 4
#define WEIGHT_ONE   1000 /* weights are in thousandths */

/* Why a pupil was not, or not wholly, in a lesson. */
enum reason {
    REASON_PRESENT,
    REASON_ILL,
    REASON_EXCUSED,
    REASON_UNEXCUSED,
    REASON_ABSENT, /* absent, no reason given (ОТ) */
    REASON_LATE,
    REASON_RELEASED, /* released from the lesson (ОСВ): not missed */
    REASON_COUNT
};

enum term_kind { TERM_TRIMESTER, TERM_QUARTER, TERM_HALF };

/* What an account may do (регламент 2.10); every role may do what those before it may. */
enum role {
    ROLE_NONE,
    ROLE_TEACHER,   /* sees and prints the own classes */
    ROLE_SECRETARY, /* everything but removing personal data and reading the audit log */
    ROLE_ADMINISTRATOR,
};

struct school_account {
    const char *name;
    enum role role;
    const char *const *forms; /* canonical; a teacher's */
    size_t form_count;
};

struct span {
    int32_t from, until; /* day numbers, both included */
};

struct holiday {
    struct span span;
    const char *name;
};

struct attendance_code {
    const char *code;  /* folded (text_fold) */
    const char *shown; /* as school.ini writes it: «б», «НП» */
    enum reason reason;
};

struct work_weight {
    const char *work; /* folded kind of work */
    const char *shown;
    int32_t weight; /* thousandths */
};

/* An export that needs a profile, known by the name of its file. */
struct file_profile {
    const char *pattern; /* folded; «*» stands for anything */
    const char *profile;
};

struct mark_value {
    const char *text; /* «5», «зачёт» */
    int32_t value;    /* 2…5; -1: no number, never in a mean */
};

/* The school year of `year` (2026: from 1 September 2026). Dates in school.ini are given as day and month, or whole. */
struct school_year {
    int32_t year;
    struct span whole;
    enum term_kind kind;
    int32_t terms;
    struct span term[SCHOOL_TERMS];
    struct holiday *holidays; /* sorted by from */
    size_t holiday_count;
};

/* Days that an obligation of the regulation may take; calendar days. */
struct deadlines {
    int32_t service; /* 2.2: the first sheet */
    int32_t removal; /* 2.4: after a pupil left */
    int32_t weekly;  /* 2.6: after the week's last school day */
    int32_t finals;  /* 2.8: after they were received */
    int32_t source;  /* the week's export, after its last school day */
};

struct school {
    const char *name;     /* МАОУ «Прогимназия № 81» */
    const char *city;     /* may be "" */
    const char *address;  /* of acts; may be "" */
    const char *language; /* "ru", "en" or "" */
    bool group_readable;  /* [access] group: files 0640, folders 0750 */
    const char *group;    /* "" */
    bool skip_rejects;    /* rejects = skip */
    const struct file_profile *profiles;
    size_t profile_count;
    int32_t slip_days;    /* the slip is due so many days after the sheet's last day */
    int32_t slips_missed; /* so many slips in a row that never came back are told of */
    struct deadlines deadlines;
    int32_t remind_days;     /* a family that did not look for so long is reminded (2.10.2) */
    const char *remind_help; /* who helps with the electronic diary; "" */
    int32_t school_days;     /* 5 or 6 days a week */
    int32_t retention_left;  /* days that a pupil's data stays after the last day here */
    int32_t retention_years; /* school years that are kept, with the current one; 0: all */

    const struct mark_value *marks;
    size_t mark_count;
    int32_t threshold;    /* final from the mean: hundredths above the lower mark, 50, 60, 65 */
    int32_t fewest_marks; /* fewer marks in a term warn of «н/а» */

    const struct attendance_code *codes;
    size_t code_count;
    const struct work_weight *works;
    size_t work_count;

    const char *const *no_marks; /* grades («1») or classes («1А») without marks */
    size_t no_marks_count;
    const char *const *class_teachers; /* pairs: class, name; printed under the pupil's name */
    size_t class_teacher_count;        /* number of pairs */

    const char *print_command; /* "lp" */
    const char *print_options;
    /* Of a kind of paper; "": those above. */
    const char *print_options_post, *print_options_term, *print_options_register;

    const char *seen;   /* the file's settings that show on sheets, for school_recall */
    const char *digest; /* its SHA-256 */

    const struct school_account *accounts; /* [access]; none: who can read the folder may do everything */
    size_t account_count;

    /* Private: how to lay out any school year. */
    const struct school_plan *plan;
};

/* Reads `path`. What is wrong (unknown key with the nearest known one, duplicate, bad value, unclosed quote, BOM,
 * overlong line) goes to diag with line and column, and the call fails with ERR_INPUT. The result lives in the arena.
 */
bool school_load(struct arena *arena, const char *path, struct school *out, struct diag *diag, struct err *err);

/* Settings as they once were: of `seen`, with defaults for the rest. False where this program can't read them any more.
 */
bool school_recall(struct arena *arena, const char *seen, struct school *out);

/* The defaults alone, as an empty school.ini would give. */
void school_defaults(struct arena *arena, struct school *out);

/* The commented school.ini that `init` writes; made from the same table of keys that school_load reads with. */
const char *school_template(struct arena *arena);

/* The school year that holds the day (it begins on 1 September unless set; June to August belong to the year that began
 * the autumn before). Its holidays are those that touch it, also in part. Lives in the arena. */
const struct school_year *school_year_of(const struct school *school, struct arena *arena, int32_t day);

/* NULL where the text is not of the scale; upper and lower case alike. Look-alikes are the reader's business. */
const struct mark_value *school_lookup_mark(const struct school *school, const char *text);
/* NULL where unknown; upper and lower case alike. */
const struct attendance_code *school_lookup_code(const struct school *school, const char *text);
/* The shown code of a reason («б»), or "". */
const char *school_code_of(const struct school *school, enum reason reason);
/* The weight of a kind of work in thousandths: WEIGHT_ONE where school.ini has none. */
int32_t school_weight_of(const struct school *school, const char *work);
/* True for classes without marks (grade 1 by default). `form` is canonical: «1А». */
bool school_without_marks(const struct school *school, const char *form);
/* The profile by which a file of this name is read; NULL: none, it is found out by looking. */
const char *school_profile_of(const struct school *school, const char *file);
/* NULL where [access] does not name the account. */
const struct school_account *school_lookup_account(const struct school *school, const char *name);
/* "" where not set. */
const char *school_teacher_of(const struct school *school, const char *form);

#endif
