/* The readers of school.ini's single keys. */
#include <stdarg.h>
#include <string.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "settings/form.h"
#include "settings/keys.h"
#include "settings/value.h"

#define MARK_LENGTH  12 /* characters */
#define WORK_BYTES   320
#define LEAP_YEAR    2000
#define DAYS_OF_YEAR 366
#define MOST_OF_YEAR 184 /* the days of a holiday of every year at most */

/* An error at the value, or at an item of it. */
__attribute__((format(printf, 4, 5))) static void tell(struct reading *reading, const struct ini_value *value,
                                                       const struct value_item *item, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_format_list(reading->arena, format, args);
    va_end(args);
    diag_add(reading->diag, DIAG_ERROR, value->file, value->line, value->column + (item == NULL ? 0 : item->offset),
             "%s", text);
}

void read_name(struct reading *reading, const struct ini_value *value)
{
    reading->school->name = value->text;
}

void read_city(struct reading *reading, const struct ini_value *value)
{
    reading->school->city = value->text;
}

void read_address(struct reading *reading, const struct ini_value *value)
{
    reading->school->address = value->text;
}

/* Index of the value among the words; a wrong one is told, and -1. */
static int choose(struct reading *reading, const struct ini_value *value, const char *const *words, size_t count)
{
    int index = value_choice(value->text, words, count);
    if (index < 0)
        tell(reading, value, NULL, _("'%s' can't be the value of '%s'; %s"), value->text, value->key,
             value_advice(reading->arena, value->text, words, count));
    return index;
}

void read_language(struct reading *reading, const struct ini_value *value)
{
    static const char *const words[] = {"ru", "en"};
    if (*value->text == '\0' || choose(reading, value, words, 2) >= 0)
        reading->school->language = value->text;
}

static void whole(struct reading *reading, const struct ini_value *value, int32_t low, int32_t high, int32_t *out)
{
    if (!value_integer(value->text, low, high, out))
        tell(reading, value, NULL, _("'%s' is no whole number from %d to %d"), value->text, (int)low, (int)high);
}

void read_days(struct reading *reading, const struct ini_value *value)
{
    whole(reading, value, 5, 6, &reading->school->school_days);
}

void read_kind(struct reading *reading, const struct ini_value *value)
{
    static const char *const words[] = {
        [TERM_TRIMESTER] = "trimesters", [TERM_QUARTER] = "quarters", [TERM_HALF] = "halves"};
    int index = choose(reading, value, words, 3);
    if (index >= 0)
        reading->plan->kind = (enum term_kind)index;
}

void read_start(struct reading *reading, const struct ini_value *value)
{
    const char *at = value->text;
    struct value_day day = {0};
    if (!value_day(&at, &day) || *at != '\0' || day.year != 0 || day.month < 7 || day.month > 10)
        diag_add(reading->diag, INI_AT(value),
                 _("'%s' can't begin a school year; give day and month from 01.07 to 31.10, for example 01.09"),
                 value->text);
    else
        reading->plan->start = day;
}

void read_term(struct reading *reading, const struct ini_value *value)
{
    struct plan_term *term = &reading->plan->term[value->key[strlen("term")] - '1'];
    const struct value_item *items = NULL;
    size_t count = value_list(reading->arena, value->text, false, &items);
    struct value_span *spans = arena_alloc(reading->arena, (count + 1) * sizeof *spans);
    bool every_year = false;
    for (size_t i = 0; i < count; i++) {
        const char *at = items[i].text;
        bool fine = value_span(&at, &spans[i]) && *at == '\0';
        bool again = fine && every_year && spans[i].from.year == 0;
        every_year = every_year || (fine && spans[i].from.year == 0);
        if (!fine)
            tell(reading, value, &items[i],
                 _("'%s' is no span of days; write the first and the last day, for example 01.09-30.11 or "
                   "01.09.2026-30.11.2026"),
                 items[i].text);
        else if (again)
            tell(reading, value, &items[i],
                 _("a second span without a year; one holds for every year, the others need their year"));
        if (!fine || again)
            return;
    }
    *term = (struct plan_term){.spans = spans, .count = count, .at = count > 0 ? value : NULL};
}

/* Days from the first to the last of a span of every year. */
static int32_t yearly_length(struct value_span span)
{
    int32_t from = date_from_civil(LEAP_YEAR, span.from.month, span.from.day);
    int32_t until = date_from_civil(LEAP_YEAR, span.until.month, span.until.day);
    return until - from + (until < from ? DAYS_OF_YEAR : 0) + 1;
}

/* False, and told, where a holiday ends before it begins; one of every year then lasts nearly all of it. */
static bool check_holiday(struct reading *reading, const struct ini_value *value, struct value_span span)
{
    struct value_day a = span.from, b = span.until;
    bool back = (a.year * 12 + a.month) * 32 + a.day > (b.year * 12 + b.month) * 32 + b.day;
    bool too_long = a.year == 0 && yearly_length(span) > MOST_OF_YEAR;
    if (a.year != 0 && back)
        tell(reading, value, NULL, _("the holiday ends before it begins; the first day comes first"));
    else if (too_long && back)
        tell(reading, value, NULL,
             _("the holiday lasts into the next year, more than half a year; the first day comes first: "
               "%02d.%02d-%02d.%02d"),
             (int)b.day, (int)b.month, (int)a.day, (int)a.month);
    else if (too_long)
        tell(reading, value, NULL,
             _("a holiday of every year lasts half a year at most; give its first and its last day, for example "
               "01.06-31.08"));
    return !too_long && (a.year == 0 || !back);
}

void read_holiday(struct reading *reading, const struct ini_value *value)
{
    const char *at = value->text;
    if (*at == '\0')
        return;
    struct value_span span = {0};
    bool fine = value_span(&at, &span) && *at == ' ';
    const char *name = fine ? text_trim(arena_copy(reading->arena, at)) : "";
    if (*name == '\0') {
        diag_add(
            reading->diag, INI_AT(value),
            _("'%s' is no holiday; write the first day, the last day and a name, for example 28.11.2026-06.12.2026 "
              "and then the name"),
            value->text);
        return;
    }
    if (!check_holiday(reading, value, span))
        return;
    reading->holidays =
        mem_grow(reading->holidays, reading->holiday_count, &reading->holiday_room, sizeof *reading->holidays);
    reading->holidays[reading->holiday_count++] = (struct plan_holiday){.span = span, .name = name};
}

static bool is_number(const char *text)
{
    return *text != '\0' && strspn(text, "0123456789.,-+") == strlen(text);
}

static void read_mark(struct reading *reading, const struct ini_value *value, const struct value_item *item)
{
    struct mark_value mark = {.text = item->text, .value = -1};
    const char *folded = text_fold(reading->arena, item->text);
    if (*item->text == '\0' || text_length(item->text) > MARK_LENGTH || strpbrk(item->text, " /") != NULL ||
        strcmp(item->text, ".") == 0) {
        tell(reading, value, item, _("'%s' can't be a mark; marks are numbers and short words, separated by commas"),
             item->text);
        return;
    }
    if (is_number(item->text) && (item->text[1] != '\0' || !value_integer(item->text, 2, 5, &mark.value))) {
        tell(reading, value, item, _("'%s' can't be a mark; marks in numbers are 2, 3, 4 and 5"), item->text);
        return;
    }
    for (size_t i = 0; i < reading->mark_count; i++) {
        if (strcmp(text_fold(reading->arena, reading->marks[i].text), folded) != 0)
            continue;
        tell(reading, value, item, _("the mark '%s' stands here twice; keep one"), item->text);
        return;
    }
    reading->marks = mem_grow(reading->marks, reading->mark_count, &reading->mark_room, sizeof *reading->marks);
    reading->marks[reading->mark_count++] = mark;
}

void read_scale(struct reading *reading, const struct ini_value *value)
{
    reading->scale = value;
    const struct value_item *items = NULL;
    size_t count = value_list(reading->arena, value->text, false, &items);
    for (size_t i = 0; i < count; i++)
        read_mark(reading, value, &items[i]);
}

void read_check_scale(struct reading *reading)
{
    const struct value_item *items = NULL;
    size_t count = reading->scale == NULL ? 0 : value_list(reading->arena, reading->scale->text, false, &items);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < reading->codes.count; k++)
            if (strcmp(reading->codes.items[k].code, text_fold(reading->arena, items[i].text)) == 0)
                tell(reading, reading->scale, &items[i],
                     _("'%s' is a code of attendance ('%s' in [attendance]) and can't be a mark, too"), items[i].text,
                     codes_key(reading->codes.items[k].reason));
}

void read_threshold(struct reading *reading, const struct ini_value *value)
{
    int32_t hundredths = 0;
    if (!value_decimal(value->text, 2, &hundredths) || hundredths < 1 || hundredths > 99)
        tell(reading, value, NULL, _("'%s' is no part of a mark; give a number from 0.01 to 0.99, for example 0.60"),
             value->text);
    else
        reading->school->threshold = hundredths;
}

void read_fewest(struct reading *reading, const struct ini_value *value)
{
    whole(reading, value, 0, 20, &reading->school->fewest_marks);
}

void read_without(struct reading *reading, const struct ini_value *value)
{
    const struct value_item *items = NULL;
    size_t count = value_list(reading->arena, value->text, false, &items);
    for (size_t i = 0; i < count; i++) {
        const char *form = form_canonical(reading->arena, items[i].text);
        if (form_grade(form) == 0) {
            tell(reading, value, &items[i], _("'%s' is no class; give a grade or a class, for example 1 or 2A"),
                 items[i].text);
            continue;
        }
        reading->no_marks =
            mem_grow(reading->no_marks, reading->no_mark_count, &reading->no_mark_room, sizeof *reading->no_marks);
        reading->no_marks[reading->no_mark_count++] = form;
    }
}

/* «контрольная работа 3»: the weight is the last word. */
static void read_work(struct reading *reading, const struct ini_value *value, const struct value_item *item)
{
    char *work = arena_copy(reading->arena, item->text);
    char *space = strrchr(work, ' ');
    struct work_weight found = {0};
    if (space == NULL || !value_decimal(space + 1, 3, &found.weight) || found.weight < 1 ||
        found.weight > 100 * WEIGHT_ONE || space - work > WORK_BYTES) {
        tell(reading, value, item,
             _("'%s' is no kind of work with its weight; write the work, a blank and a weight up to 100, for example "
               "2 or 0.5"),
             item->text);
        return;
    }
    *space = '\0';
    while (space > work && strchr(" :=-", space[-1]) != NULL) /* «диктант = 2», «диктант: 2» */
        *--space = '\0';
    found.shown = text_trim(work);
    found.work = text_fold(reading->arena, found.shown);
    for (size_t i = 0; i < reading->work_count; i++) {
        if (strcmp(reading->works[i].work, found.work) != 0)
            continue;
        tell(reading, value, item, _("the work '%s' already has a weight; keep one"), found.shown);
        return;
    }
    reading->works = mem_grow(reading->works, reading->work_count, &reading->work_room, sizeof *reading->works);
    reading->works[reading->work_count++] = found;
}

void read_weights(struct reading *reading, const struct ini_value *value)
{
    const struct value_item *items = NULL;
    size_t count = value_list(reading->arena, value->text, true, &items);
    for (size_t i = 0; i < count; i++)
        read_work(reading, value, &items[i]);
}

void read_codes(struct reading *reading, const struct ini_value *value)
{
    for (int reason = REASON_PRESENT + 1; reason < REASON_COUNT; reason++)
        if (strcmp(codes_key((enum reason)reason), value->key) == 0)
            codes_read(reading->arena, value, (enum reason)reason, value->line == 0, &reading->codes, reading->diag);
}

void read_rejects(struct reading *reading, const struct ini_value *value)
{
    static const char *const words[] = {"refuse", "skip"};
    reading->school->skip_rejects = choose(reading, value, words, 2) == 1;
}

/* «журнал*.csv elschool»: the profile is the last word. */
void read_profiles(struct reading *reading, const struct ini_value *value)
{
    const struct value_item *items = NULL;
    size_t count = value_list(reading->arena, value->text, false, &items);
    for (size_t i = 0; i < count; i++) {
        char *pattern = arena_copy(reading->arena, items[i].text), *space = strrchr(pattern, ' ');
        if (space == NULL) {
            tell(reading, value, &items[i],
                 _("'%s' is no name of a file with its profile; write the file, a blank and the profile, * stands for "
                   "anything"),
                 items[i].text);
            continue;
        }
        *space = '\0';
        reading->profiles =
            mem_grow(reading->profiles, reading->profile_count, &reading->profile_room, sizeof *reading->profiles);
        reading->profiles[reading->profile_count++] =
            (struct file_profile){.pattern = text_fold(reading->arena, text_trim(pattern)), .profile = space + 1};
    }
}

/* Where the teacher's name begins in «3А Н. П. Осипова», «3 «А» Н. П. Осипова» or «3 А Осипова Н. П.»: the class is the
 * first word, and after a bare number also a lone letter that no initial's point follows. */
static const char *behind_class(struct arena *arena, const char *text)
{
    const char *space = strchr(text, ' ');
    if (space == NULL)
        return NULL;
    const char *next = strchr(space + 1, ' ');
    const char *first = arena_copy_n(arena, text, (size_t)(space - text));
    if (next == NULL || strspn(first, "0123456789") != strlen(first))
        return space + 1;
    const char *both = form_canonical(arena, arena_copy_n(arena, text, (size_t)(next - text)));
    bool letter = strchr(both, '.') == NULL && text_length(both) == text_length(form_canonical(arena, first)) + 1;
    return letter ? next + 1 : space + 1;
}

void read_teachers(struct reading *reading, const struct ini_value *value)
{
    const struct value_item *items = NULL;
    size_t count = value_list(reading->arena, value->text, false, &items);
    for (size_t i = 0; i < count; i++) {
        const char *name = behind_class(reading->arena, items[i].text);
        const char *form = name == NULL ? ""
                                        : form_canonical(reading->arena, arena_copy_n(reading->arena, items[i].text,
                                                                                      (size_t)(name - items[i].text)));
        if (form_grade(form) == 0) {
            tell(reading, value, &items[i],
                 _("this is no class with its teacher; write the class, a blank and the name, separated by commas"));
            continue;
        }
        bool again = false;
        for (size_t k = 0; k < reading->teacher_count; k++)
            again = again || strcmp(reading->teachers[2 * k], form) == 0;
        if (again) {
            tell(reading, value, &items[i], _("class %s already has a teacher; keep one"), form);
            continue;
        }
        reading->teachers =
            mem_grow(reading->teachers, reading->teacher_count, &reading->teacher_room, 2 * sizeof *reading->teachers);
        reading->teachers[2 * reading->teacher_count] = form;
        reading->teachers[2 * reading->teacher_count++ + 1] = text_trim(arena_copy(reading->arena, name));
    }
}

void read_slip_days(struct reading *reading, const struct ini_value *value)
{
    whole(reading, value, 0, 30, &reading->school->slip_days);
}

void read_retention_left(struct reading *reading, const struct ini_value *value)
{
    whole(reading, value, 0, 365, &reading->school->retention_left);
}

void read_retention_years(struct reading *reading, const struct ini_value *value)
{
    whole(reading, value, 0, 50, &reading->school->retention_years);
}

void read_slips_missed(struct reading *reading, const struct ini_value *value)
{
    whole(reading, value, 1, 30, &reading->school->slips_missed);
}

void read_deadline(struct reading *reading, const struct ini_value *value)
{
    struct deadlines *deadlines = &reading->school->deadlines;
    const struct {
        const char *key;
        int32_t *days;
    } known[] = {{"weekly", &deadlines->weekly},
                 {"finals", &deadlines->finals},
                 {"service", &deadlines->service},
                 {"removal", &deadlines->removal},
                 {"export", &deadlines->source}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(value->key, known[i].key) == 0)
            whole(reading, value, 0, 30, known[i].days);
}

void read_remind_days(struct reading *reading, const struct ini_value *value)
{
    whole(reading, value, 1, 365, &reading->school->remind_days);
}

void read_remind_help(struct reading *reading, const struct ini_value *value)
{
    reading->school->remind_help = value->text;
}

void read_group(struct reading *reading, const struct ini_value *value)
{
    static const char *const letters = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    if (strspn(value->text, letters) != strlen(value->text) || *value->text == '-' || strlen(value->text) > 32) {
        tell(reading, value, NULL, _("'%s' is no name of a group; give one as the command groups shows it"),
             value->text);
        return;
    }
    reading->school->group = value->text;
    reading->school->group_readable = *value->text != '\0';
}

void read_print_command(struct reading *reading, const struct ini_value *value)
{
    reading->school->print_command = value->text;
}

void read_print_options(struct reading *reading, const struct ini_value *value)
{
    struct school *school = reading->school;
    if (strcmp(value->key, "options_post") == 0)
        school->print_options_post = value->text;
    else if (strcmp(value->key, "options_term") == 0)
        school->print_options_term = value->text;
    else if (strcmp(value->key, "options_register") == 0)
        school->print_options_register = value->text;
    else
        school->print_options = value->text;
}
