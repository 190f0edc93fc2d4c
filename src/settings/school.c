#include "settings/school.h"

#include <string.h>

#include "base/diag.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "settings/form.h"
#include "settings/keys.h"

static void keep_lists(struct reading *reading)
{
    struct arena *arena = reading->arena;
    struct school *school = reading->school;
    struct school_plan *plan = reading->plan;
    school->codes = codes_keep(arena, &reading->codes, &school->code_count);
    school->marks = arena_keep(arena, reading->marks, reading->mark_count * sizeof *reading->marks);
    school->mark_count = reading->mark_count;
    school->works = arena_keep(arena, reading->works, reading->work_count * sizeof *reading->works);
    school->work_count = reading->work_count;
    school->no_marks = arena_keep(arena, reading->no_marks, reading->no_mark_count * sizeof *reading->no_marks);
    school->no_marks_count = reading->no_mark_count;
    school->class_teachers =
        arena_keep(arena, reading->teachers, reading->teacher_count * 2 * sizeof *reading->teachers);
    school->class_teacher_count = reading->teacher_count;
    school->accounts = arena_keep(arena, reading->accounts, reading->account_count * sizeof *reading->accounts);
    school->account_count = reading->account_count;
    school->profiles = arena_keep(arena, reading->profiles, reading->profile_count * sizeof *reading->profiles);
    school->profile_count = reading->profile_count;
    plan->holidays = arena_keep(arena, reading->holidays, reading->holiday_count * sizeof *reading->holidays);
    plan->holiday_count = reading->holiday_count;
    school->plan = plan;
}

/* True where a row before this one, of a plain key, reads the value: «*» takes what is left. */
static bool read_before(size_t row, const struct ini_value *value)
{
    for (size_t i = 0; i < row; i++) {
        struct ini_known known = {school_keys[i].section, school_keys[i].key, school_keys[i].numbered};
        if (ini_key_matches(&known, value->section, value->key))
            return true;
    }
    return false;
}

/* The file's values of one row of the table; false where it has none. */
static bool read_row(struct reading *reading, size_t row, const struct ini *ini)
{
    const struct school_key *key = &school_keys[row];
    struct ini_known known = {key->section, key->key, key->numbered};
    bool found = false;
    for (size_t i = 0; i < ini_count(ini); i++) {
        const struct ini_value *value = ini_at(ini, i);
        if (!ini_key_matches(&known, value->section, value->key) || read_before(row, value))
            continue;
        found = true;
        if (key->needed && *value->text == '\0')
            diag_add(reading->diag, INI_AT(value), _("'%s' needs a value, for example %s"), value->key, key->usual);
        else
            key->read(reading, value);
    }
    return found;
}

static void read_usual(struct reading *reading, const struct school_key *key)
{
    if (key->usual == NULL)
        return;
    struct ini_value *usual = arena_alloc(reading->arena, sizeof *usual);
    *usual = (struct ini_value){.section = key->section, .key = key->key, .text = key->usual, .file = ""};
    key->read(reading, usual);
}

/* True for what shapes sheets. */
static bool is_seen(const char *section, const char *key)
{
    static const char *const seen[] = {"school", "year", "holidays", "marks", "works", "attendance", "classes", "slip"};
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++)
        if (strcmp(seen[i], section) == 0)
            return strcmp(key, "language") != 0;
    return false;
}

static void note_seen(struct arena *arena, const struct ini *ini, struct school *out)
{
    char *digest = arena_alloc(arena, 65);
    out->seen = ini_lines(arena, ini, is_seen);
    file_sha256(out->seen, strlen(out->seen), digest);
    out->digest = digest;
}

/* What the file says comes first, so that a default never stands in its way. `ini` NULL: an empty file. */
static void read_school(struct arena *arena, const struct ini *ini, struct school *out, struct diag *diag)
{
    *out = (struct school){0};
    struct reading reading = {.arena = arena, .school = out, .diag = diag};
    reading.plan = arena_alloc(arena, sizeof *reading.plan);
    size_t before = diag_count(diag, DIAG_ERROR);
    bool *found = arena_alloc(arena, school_key_count * sizeof *found);
    for (size_t i = 0; ini != NULL && i < school_key_count; i++)
        found[i] = read_row(&reading, i, ini);
    for (size_t i = 0; i < school_key_count; i++)
        if (!found[i])
            read_usual(&reading, &school_keys[i]);
    read_check_scale(&reading);
    keep_lists(&reading);
    note_seen(arena, ini, out);
    if (diag_count(diag, DIAG_ERROR) == before)
        plan_check(out->plan, arena, diag);
}

bool school_load(struct arena *arena, const char *path, struct school *out, struct diag *diag, struct err *err)
{
    *out = (struct school){0};
    struct ini *ini = NULL;
    size_t before = diag_count(diag, DIAG_ERROR);
    if (!ini_load(arena, path, &ini, diag, err))
        return false;
    struct ini_known *known = arena_alloc(arena, school_key_count * sizeof *known);
    for (size_t i = 0; i < school_key_count; i++)
        known[i] = (struct ini_known){school_keys[i].section, school_keys[i].key, school_keys[i].numbered};
    ini_check(arena, ini, known, school_key_count, diag);
    read_school(arena, ini, out, diag);
    return ini_settle(path, diag, before, err);
}

bool school_recall(struct arena *arena, const char *seen, struct school *out)
{
    struct diag *diag = diag_new();
    read_school(arena, ini_recall(arena, "school.ini", seen), out, diag);
    bool ok = diag_count(diag, DIAG_ERROR) == 0;
    diag_free(diag);
    return ok;
}

void school_defaults(struct arena *arena, struct school *out)
{
    struct diag *diag = diag_new();
    read_school(arena, NULL, out, diag);
    diag_free(diag);
}

static void add_comment(struct buffer *out, const char *text)
{
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        buffer_text(out, "# ");
        buffer_add(out, text, length);
        buffer_char(out, '\n');
        text += length + (text[length] == '\n' ? 1 : 0);
    }
}

const char *school_template(struct arena *arena)
{
    struct buffer out = {0};
    add_comment(&out, "Настройки бумажного дневника. Это обычный текст в кодировке UTF-8.\n"
                      "Строка с # в начале — пояснение. Настройка — это «имя = значение»; имена менять нельзя.\n"
                      "Здесь записано то, что действует и без этого файла: меняйте только нужное.\n"
                      "Если в значении есть ; или #, возьмите его целиком в кавычки \"…\" или '…'.");
    for (size_t i = 0; i < school_section_count; i++) {
        const struct school_section *section = &school_sections[i];
        buffer_format(&out, "\n[%s]\n", section->name);
        add_comment(&out, section->help);
        for (size_t k = 0; k < school_key_count; k++) {
            const struct school_key *key = &school_keys[k];
            if (strcmp(key->section, section->name) != 0 || key->usual == NULL)
                continue;
            if (*key->help != '\0')
                buffer_char(&out, '\n');
            add_comment(&out, key->help);
            buffer_format(&out, "%s =%s%s\n", key->key, *key->usual == '\0' ? "" : " ", key->usual);
        }
    }
    const char *text = arena_copy_n(arena, out.data, out.size);
    buffer_free(&out);
    return text;
}

const struct school_year *school_year_of(const struct school *school, struct arena *arena, int32_t day)
{
    return plan_lay_out(school->plan, arena, plan_year_of(school->plan, day));
}

static const char *skip_spaces(const char *at)
{
    while (*at == ' ' || strncmp(at, TEXT_NBSP, 2) == 0)
        at += *at == ' ' ? 1 : 2;
    return at;
}

/* The next character of a text as text_fold would give it. *plain turns false where only text_fold can tell. */
static uint32_t next_folded(const char **at, bool *plain)
{
    uint32_t code = text_next(at);
    if (code == ' ' || code == 0xA0) {
        *at = skip_spaces(*at);
        return **at == '\0' ? 0 : ' ';
    }
    bool ascii = code < 0x80 && (code == 0 || code >= ' ');
    *plain = *plain && (ascii || (code >= 0x400 && code < 0x460) || code == 0x2116);
    if ((code >= 'A' && code <= 'Z') || (code >= 0x410 && code < 0x430))
        code += 0x20;
    else if (code >= 0x400 && code < 0x410)
        code += 0x50;
    return code == 0x451 ? 0x435 : code;
}

/* True where both are the same text once folded. Reading a file asks this for every row, so that plain Russian is
 * compared without memory. */
static bool same(const char *a, const char *b)
{
    bool plain = true;
    const char *x = skip_spaces(a), *y = skip_spaces(b);
    uint32_t c = 0, d = 0;
    do {
        c = next_folded(&x, &plain);
        d = next_folded(&y, &plain);
    } while (c == d && c != 0 && plain);
    if (c == d && plain)
        return true;
    next_folded(&x, &plain); /* a combining mark may still make the two characters one */
    next_folded(&y, &plain);
    if (plain)
        return false;
    struct arena *arena = arena_new();
    bool equal = strcmp(text_fold(arena, a), text_fold(arena, b)) == 0;
    arena_free(arena);
    return equal;
}

const struct mark_value *school_lookup_mark(const struct school *school, const char *text)
{
    for (size_t i = 0; i < school->mark_count; i++)
        if (same(school->marks[i].text, text))
            return &school->marks[i];
    return NULL;
}

const struct attendance_code *school_lookup_code(const struct school *school, const char *text)
{
    for (size_t i = 0; i < school->code_count; i++)
        if (same(school->codes[i].code, text))
            return &school->codes[i];
    return NULL;
}

const char *school_code_of(const struct school *school, enum reason reason)
{
    for (size_t i = 0; i < school->code_count; i++)
        if (school->codes[i].reason == reason)
            return school->codes[i].shown;
    return "";
}

int32_t school_weight_of(const struct school *school, const char *work)
{
    for (size_t i = 0; i < school->work_count; i++)
        if (same(school->works[i].work, work))
            return school->works[i].weight;
    return WEIGHT_ONE;
}

bool school_without_marks(const struct school *school, const char *form)
{
    for (size_t i = 0; i < school->no_marks_count; i++) {
        const char *entry = school->no_marks[i];
        bool grade = strspn(entry, "0123456789") == strlen(entry);
        if (strcmp(entry, form) == 0 || (grade && form_grade(entry) == form_grade(form)))
            return true;
    }
    return false;
}

const char *school_teacher_of(const struct school *school, const char *form)
{
    for (size_t i = 0; i < school->class_teacher_count; i++)
        if (strcmp(school->class_teachers[2 * i], form) == 0)
            return school->class_teachers[2 * i + 1];
    return "";
}

/* «*» stands for any characters, also none. */
static bool fits(const char *pattern, const char *text)
{
    const char *star = NULL, *again = NULL;
    while (*text != '\0') {
        if (*pattern == '*') {
            star = pattern++;
            again = text;
        } else if (*pattern == *text) {
            pattern++;
            text++;
        } else if (star != NULL) {
            pattern = star + 1;
            text = ++again;
        } else {
            return false;
        }
    }
    return pattern[strspn(pattern, "*")] == '\0';
}

const char *school_profile_of(const struct school *school, const char *file)
{
    const char *found = NULL;
    struct arena *arena = arena_new();
    const char *folded = text_fold(arena, file);
    for (size_t i = 0; i < school->profile_count && found == NULL; i++)
        if (fits(school->profiles[i].pattern, folded))
            found = school->profiles[i].profile;
    arena_free(arena);
    return found;
}

const struct school_account *school_lookup_account(const struct school *school, const char *name)
{
    for (size_t i = 0; i < school->account_count; i++)
        if (strcmp(school->accounts[i].name, name) == 0)
            return &school->accounts[i];
    return NULL;
}
