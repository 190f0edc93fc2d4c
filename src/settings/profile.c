#include "settings/profile.h"

#include <string.h>

#include "base/diag.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "settings/codes.h"
#include "settings/layers.h"
#include "settings/value.h"

#define MOST_SKIPPED 1000
#define SEPARATORS   "/ "

/* The columns of all kinds of exports by their English names. */
static const char *const column_names[] = {
    "address",  "attendance", "class",    "comment",   "consent",    "copies",  "date",        "decided", "delivery",
    "enrolled", "from",       "ground",   "homework",  "last_visit", "left",    "lesson",      "mark",    "paper_from",
    "period",   "pupil",      "pupil_id", "recipient", "result",     "room",    "paper_until", "starts",  "subject",
    "teacher",  "text",       "title",    "topic",     "until",      "weekday", "weight",      "work",
};
#define COLUMNS (sizeof column_names / sizeof column_names[0])

static const char *const profile_keys[] = {"shape", "encoding", "delimiter", "date", "decimal", "skip", "separators"};
#define KEYS (sizeof profile_keys / sizeof profile_keys[0])

struct reader {
    struct arena *arena;
    struct layers layers;
    struct diag *diag;
};

/* The index of the value of a key of [profile] among the words; 0 where it is not set or wrong. */
static int choose(const struct reader *reader, const char *key, const char *const *words, size_t count)
{
    const struct ini_value *value = layers_lookup(&reader->layers, "profile", key);
    if (value == NULL)
        return 0;
    int index = value_choice(value->text, words, count);
    if (index < 0)
        diag_add(reader->diag, INI_AT(value), _("'%s' can't be the value of '%s'; %s"), value->text, key,
                 value_advice(reader->arena, value->text, words, count));
    return index < 0 ? 0 : index;
}

static void read_format(const struct reader *reader, struct profile *out)
{
    static const char *const shapes[] = {[SHAPE_ANY] = "auto",
                                         [SHAPE_LONG] = "long",
                                         [SHAPE_NETSCHOOL_REPORT] = "netschool-report",
                                         [SHAPE_NETSCHOOL_TABEL] = "netschool-tabel"};
    static const char *const encodings[] = {[ENCODING_ANY] = "auto",
                                            [ENCODING_UTF8] = "utf-8",
                                            [ENCODING_CP1251] = "windows-1251",
                                            [ENCODING_UTF16] = "utf-16"};
    static const char *const delimiters[] = {"auto", "semicolon", "comma", "tab"};
    static const char *const decimals[] = {"auto", "comma", "point"};
    static const char *const dates[] = {"auto", "dd.mm.yyyy", "dd.mm.yy", "yyyy-mm-dd"};
    out->shape = (enum profile_shape)choose(reader, "shape", shapes, 4);
    out->encoding = (enum profile_encoding)choose(reader, "encoding", encodings, 4);
    out->delimiter = "\0;,\t"[choose(reader, "delimiter", delimiters, 4)];
    out->decimal = "\0,."[choose(reader, "decimal", decimals, 3)];
    int date = choose(reader, "date", dates, 4);
    out->date_format = date == 0 ? "" : dates[date];
    const struct ini_value *skip = layers_lookup(&reader->layers, "profile", "skip");
    if (skip != NULL && !value_integer(skip->text, 0, MOST_SKIPPED, &out->skip_rows))
        diag_add(reader->diag, INI_AT(skip), _("'%s' is no whole number from %d to %d"), skip->text, 0, MOST_SKIPPED);
    const struct ini_value *marks = layers_lookup(&reader->layers, "profile", "separators");
    if (marks == NULL)
        return;
    if (*marks->text == '\0' || strspn(marks->text, " /|\\,;:+&_") != strlen(marks->text))
        diag_add(
            reader->diag, INI_AT(marks),
            _("'%s' can't part two marks; give blanks or some of / | \\ , ; : + & _ in quotes, for example \"/ \""),
            marks->text);
    else
        out->mark_separators = marks->text;
}

/* The values of a section, our columns to foreign names or constants; an empty value takes the column out. */
static const struct profile_pair *read_pairs(const struct reader *reader, const char *section, size_t *count)
{
    struct profile_pair *pairs = arena_alloc(reader->arena, (COLUMNS + 1) * sizeof *pairs);
    *count = 0;
    for (size_t i = 0; i < COLUMNS; i++) {
        const struct ini_value *value = layers_lookup(&reader->layers, section, column_names[i]);
        if (value != NULL && *value->text != '\0')
            pairs[(*count)++] = (struct profile_pair){.key = column_names[i], .text = value->text};
    }
    return pairs;
}

static void check_pairs(const struct reader *reader, const struct profile *profile)
{
    struct arena *arena = reader->arena;
    for (size_t i = 0; i < profile->column_count; i++) {
        const struct profile_pair *pair = &profile->columns[i];
        const struct ini_value *value = layers_lookup(&reader->layers, "columns", pair->key);
        for (size_t k = 0; k < i; k++)
            if (strcmp(text_fold(arena, profile->columns[k].text), text_fold(arena, pair->text)) == 0)
                diag_add(reader->diag, INI_AT(value), _("'%s' is already the column '%s'; a column is read once"),
                         pair->text, profile->columns[k].key);
        for (size_t k = 0; k < profile->constant_count; k++)
            if (strcmp(profile->constants[k].key, pair->key) == 0)
                diag_add(reader->diag, INI_AT(value), _("'%s' has a column and also a constant; keep one"), pair->key);
    }
}

/* The codes of one file, but for the reasons that the file over it sets. */
static void add_codes(const struct reader *reader, const struct ini *ini, const struct ini *over,
                      struct code_list *list)
{
    for (int reason = REASON_PRESENT + 1; reason < REASON_COUNT && ini != NULL; reason++) {
        const char *key = codes_key((enum reason)reason);
        const struct ini_value *value = ini_lookup(ini, "codes", key);
        if (value != NULL && (over == NULL || ini_lookup(over, "codes", key) == NULL))
            codes_read(reader->arena, value, (enum reason)reason, over != NULL, list, reader->diag);
    }
}

static void read_codes(const struct reader *reader, struct profile *out)
{
    struct code_list list = {0};
    add_codes(reader, reader->layers.own, NULL, &list);
    add_codes(reader, reader->layers.installed, reader->layers.own, &list);
    out->codes = codes_keep(reader->arena, &list, &out->code_count);
}

static void check_keys(const struct reader *reader, const struct ini *ini)
{
    struct ini_known known[KEYS + 2 * COLUMNS + REASON_COUNT] = {0};
    size_t count = 0;
    for (size_t i = 0; i < KEYS; i++)
        known[count++] = (struct ini_known){"profile", profile_keys[i], false};
    for (size_t i = 0; i < COLUMNS; i++) {
        known[count++] = (struct ini_known){"columns", column_names[i], false};
        known[count++] = (struct ini_known){"constants", column_names[i], false};
    }
    for (int reason = REASON_PRESENT + 1; reason < REASON_COUNT; reason++)
        known[count++] = (struct ini_known){"codes", codes_key((enum reason)reason), false};
    if (ini != NULL)
        ini_check(reader->arena, ini, known, count, reader->diag);
}

struct profile profile_default(void)
{
    return (struct profile){.name = "", .date_format = "", .mark_separators = SEPARATORS};
}

bool profile_load(struct arena *arena, const char *school_folder, const char *installed_folder, const char *name,
                  struct profile *out, struct diag *diag, struct err *err)
{
    *out = profile_default();
    out->name = arena_copy(arena, name);
    const char *own_folder = school_folder == NULL ? NULL : file_join(arena, school_folder, "profiles");
    const char *own_path = layers_path(arena, own_folder, name);
    const char *installed_path = layers_path(arena, installed_folder, name);
    struct ini *own = NULL, *installed = NULL;
    if (own_path == NULL && installed_path == NULL)
        return err_set(err, ERR_INPUT, _("there is no profile '%s'; %s"), name,
                       layers_advice(arena, own_folder, installed_folder, name));
    if ((own_path != NULL && !ini_load(arena, own_path, &own, diag, err)) ||
        (installed_path != NULL && !ini_load(arena, installed_path, &installed, diag, err)))
        return false;
    struct reader reader = {.arena = arena, .layers = {.own = own, .installed = installed}, .diag = diag};
    size_t before = diag_count(diag, DIAG_ERROR);
    check_keys(&reader, installed);
    check_keys(&reader, own);
    read_format(&reader, out);
    out->columns = read_pairs(&reader, "columns", &out->column_count);
    out->constants = read_pairs(&reader, "constants", &out->constant_count);
    check_pairs(&reader, out);
    read_codes(&reader, out);
    return ini_settle(own_path != NULL ? own_path : installed_path, diag, before, err);
}
