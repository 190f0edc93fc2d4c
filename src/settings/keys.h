/* The one table of school.ini's keys: parsing, defaults and the commented template come from it. */
#ifndef PAPERDIARY_SETTINGS_KEYS_H
#define PAPERDIARY_SETTINGS_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "settings/codes.h"
#include "settings/ini.h"
#include "settings/plan.h"

/* What is read so far; lists grow on the heap until the end. */
struct reading {
    struct arena *arena;
    struct school *school;
    struct school_plan *plan;
    struct diag *diag;
    struct code_list codes;
    const struct ini_value *scale; /* for messages */
    struct mark_value *marks;
    struct work_weight *works;
    struct plan_holiday *holidays;
    const char **no_marks;
    const char **teachers; /* pairs */
    struct school_account *accounts;
    struct file_profile *profiles;
    size_t mark_count, mark_room, work_count, work_room, holiday_count, holiday_room;
    size_t no_mark_count, no_mark_room, teacher_count, teacher_room;
    size_t account_count, account_room, profile_count, profile_room;
};

struct school_key {
    const char *section, *key;
    bool numbered, needed;                                                /* needed: empty is an error */
    void (*read)(struct reading *reading, const struct ini_value *value); /* what is wrong goes to diag */
    const char *usual;                                                    /* the default, as one would write it */
    const char *help;                                                     /* Russian, lines of the template's comment */
};

struct school_section {
    const char *name, *help;
};

extern const struct school_key school_keys[];
extern const size_t school_key_count;
extern const struct school_section school_sections[];
extern const size_t school_section_count;

void read_name(struct reading *reading, const struct ini_value *value);
void read_city(struct reading *reading, const struct ini_value *value);
void read_address(struct reading *reading, const struct ini_value *value);
void read_language(struct reading *reading, const struct ini_value *value);
void read_days(struct reading *reading, const struct ini_value *value);
void read_kind(struct reading *reading, const struct ini_value *value);
void read_start(struct reading *reading, const struct ini_value *value);
void read_term(struct reading *reading, const struct ini_value *value); /* term1 … term4, by the key */
void read_holiday(struct reading *reading, const struct ini_value *value);
void read_scale(struct reading *reading, const struct ini_value *value);
void read_check_scale(struct reading *reading); /* once all is read: no mark is a code of attendance */
void read_threshold(struct reading *reading, const struct ini_value *value);
void read_fewest(struct reading *reading, const struct ini_value *value);
void read_without(struct reading *reading, const struct ini_value *value);
void read_weights(struct reading *reading, const struct ini_value *value);
void read_codes(struct reading *reading, const struct ini_value *value); /* the reason is the key */
void read_rejects(struct reading *reading, const struct ini_value *value);
void read_profiles(struct reading *reading, const struct ini_value *value);
void read_teachers(struct reading *reading, const struct ini_value *value);
void read_slip_days(struct reading *reading, const struct ini_value *value);
void read_slips_missed(struct reading *reading, const struct ini_value *value);
void read_deadline(struct reading *reading, const struct ini_value *value); /* of an obligation, by the key */
void read_remind_days(struct reading *reading, const struct ini_value *value);
void read_remind_help(struct reading *reading, const struct ini_value *value);
void read_retention_left(struct reading *reading, const struct ini_value *value);
void read_retention_years(struct reading *reading, const struct ini_value *value);
void read_group(struct reading *reading, const struct ini_value *value);
void read_accounts(struct reading *reading, const struct ini_value *value);         /* the role is the key */
void read_teacher_accounts(struct reading *reading, const struct ini_value *value); /* with their classes */
void read_print_command(struct reading *reading, const struct ini_value *value);
void read_print_options(struct reading *reading, const struct ini_value *value); /* options…, by the key */

#endif
