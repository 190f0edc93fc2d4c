#include "settings/ini.h"

#include <iniparser/iniparser.h>
#include <locale.h>
#include <string.h>

#include "base/diag.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#define BASE_BYTES  (256U * 1024U) /* what iniparser takes: for itself, and for a value */
#define VALUE_BYTES 4096U
#define FILE_BYTES  (1U << 20)
#define LINE_BYTES  1022 /* iniparser reads lines of 1,023 bytes, the line feed included */
#define NAME_BYTES  64
#define MOST_VALUES 4000

struct section {
    const char *name;
    int32_t line;
};

struct ini {
    const char *file;
    struct section *sections;
    size_t section_count, section_room;
    struct ini_value *values;
    size_t value_count, value_room;
};

/* The guard at work on one line: `text` is the line without its end, blanks of both ends off. */
struct guard {
    struct arena *arena;
    struct diag *diag;
    struct ini *ini;
    const char *section; /* NULL before the first */
    bool lost;           /* the section's name is wrong: its keys are not told of */
    int32_t line;
    const char *whole; /* the line as it stands; `cut` is a copy that reading cuts up */
    const char *cut;
    char *text;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static char *trim_blanks(char *text)
{
    while (is_blank(*text))
        text++;
    size_t length = strlen(text);
    while (length > 0 && is_blank(text[length - 1]))
        length--;
    text[length] = '\0';
    return text;
}

static int32_t column_of(const struct guard *guard, const char *at)
{
    return (int32_t)text_length(arena_copy_n(guard->arena, guard->whole, (size_t)(at - guard->cut))) + 1;
}

static void wrong(const struct guard *guard, const char *at, const char *sentence)
{
    diag_add(guard->diag, DIAG_ERROR, guard->ini->file, guard->line, at == NULL ? 0 : column_of(guard, at), "%s",
             sentence);
}

/* Lower case in place; false where the name holds anything but ASCII letters, digits, «_.-» and (sections) one space at
 * a time. Its first wrong place goes to *at. */
static bool fold_name(char *name, bool spaces, const char **at)
{
    size_t i = 0;
    for (; name[i] != '\0'; i++) {
        char c = name[i];
        if (c >= 'A' && c <= 'Z')
            name[i] = (char)(c - 'A' + 'a');
        bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                    c == '.' || c == '-' || (spaces && c == ' ' && name[i + 1] != ' ');
        if (!fine || i >= NAME_BYTES)
            break;
    }
    *at = name + i;
    return i > 0 && name[i] == '\0';
}

static void read_section(struct guard *guard)
{
    guard->lost = true;
    char *close = strchr(guard->text, ']');
    if (close == NULL) {
        wrong(guard, guard->text, _("a section's name ends with ], for example [school]"));
        return;
    }
    if (close[1] != '\0') {
        wrong(guard, close + 1, _("nothing may follow a section's name; give the remark a line of its own"));
        return;
    }
    *close = '\0';
    char *name = trim_blanks(guard->text + 1);
    const char *at = NULL;
    if (!fold_name(name, true, &at)) {
        wrong(guard, at, _("a section's name is made of Latin letters and digits, at most 64"));
        return;
    }
    struct ini *ini = guard->ini;
    guard->section = name;
    guard->lost = false;
    for (size_t i = 0; i < ini->section_count; i++)
        if (strcmp(ini->sections[i].name, name) == 0)
            return;
    if (ini->section_count == MOST_VALUES) {
        wrong(guard, NULL, _("more keys than a settings file can have; is it the right file?"));
        return;
    }
    ini->sections = mem_grow(ini->sections, ini->section_count, &ini->section_room, sizeof *ini->sections);
    ini->sections[ini->section_count++] = (struct section){.name = name, .line = guard->line};
}

/* The value without its quotes, in place; NULL where it is wrong. */
static char *read_text(const struct guard *guard, char *text)
{
    if (*text != '"' && *text != '\'') {
        char *cut = strpbrk(text, ";#");
        if (cut == NULL)
            return text;
        wrong(guard, cut, _("; and # end a value; put the whole value in quotes, or the remark on a line of its own"));
        return NULL;
    }
    char *close = strchr(text + 1, *text);
    if (close == NULL) {
        wrong(guard, text, _("this quote is not closed; close it on the same line"));
        return NULL;
    }
    const char *rest = close + 1 + strspn(close + 1, " \t");
    if (*rest != '\0' && *rest != ';' && *rest != '#') {
        wrong(guard, rest,
              _("text after the closing quote is lost; put the whole value in quotes of the other kind, ' or \""));
        return NULL;
    }
    *close = '\0';
    return text + 1;
}

static void keep_value(struct guard *guard, struct ini_value value)
{
    struct ini *ini = guard->ini;
    const struct ini_value *twin = ini_lookup(ini, value.section, value.key);
    if (twin != NULL) {
        diag_add(guard->diag, DIAG_ERROR, value.file, value.line, value.key_column,
                 _("'%s' is already set in line %d; keep one of the two"), value.key, (int)twin->line);
        return;
    }
    if (ini->value_count == MOST_VALUES) {
        wrong(guard, NULL, _("more keys than a settings file can have; is it the right file?"));
        return;
    }
    ini->values = mem_grow(ini->values, ini->value_count, &ini->value_room, sizeof *ini->values);
    ini->values[ini->value_count++] = value;
}

static void read_value(struct guard *guard)
{
    char *equals = strchr(guard->text, '=');
    if (equals == NULL) {
        wrong(guard, guard->text, _("this is neither a [section] nor 'key = value'; a remark begins with #"));
        return;
    }
    *equals = '\0';
    char *key = trim_blanks(guard->text);
    const char *at = NULL;
    if (!fold_name(key, false, &at)) {
        wrong(guard, at, _("a key before = is made of Latin letters and digits, at most 64, without blanks"));
        return;
    }
    if (guard->lost)
        return;
    if (guard->section == NULL) {
        wrong(guard, key, _("a key stands before the first [section]; move it under its section"));
        return;
    }
    const char *text = read_text(guard, trim_blanks(equals + 1));
    if (text != NULL)
        keep_value(guard, (struct ini_value){.section = guard->section,
                                             .key = key,
                                             .text = text,
                                             .file = guard->ini->file,
                                             .line = guard->line,
                                             .column = column_of(guard, text),
                                             .key_column = column_of(guard, key)});
}

/* True where the line holds nothing invisible. */
static bool check_controls(const struct guard *guard)
{
    for (const char *at = guard->cut; *at != '\0';) {
        const char *here = at;
        uint32_t code = text_next(&at);
        if (code != '\t' && text_is_control(code)) {
            wrong(guard, here, _("an invisible control character stands here; delete it"));
            return false;
        }
    }
    return true;
}

static void read_line(struct guard *guard, const char *start, size_t length)
{
    if (length > LINE_BYTES) {
        diag_add(guard->diag, DIAG_ERROR, guard->ini->file, guard->line, 0,
                 _("the line has %zu bytes and at most %d are read; go on in a second key where there is one, for "
                   "example weights2"),
                 length, LINE_BYTES);
        return;
    }
    if (length > 0 && start[length - 1] == '\r')
        length--;
    char *line = arena_copy_n(guard->arena, start, length);
    guard->whole = arena_copy_n(guard->arena, start, length);
    guard->cut = line;
    if (!check_controls(guard))
        return;
    guard->text = trim_blanks(line);
    size_t size = strlen(guard->text);
    if (size == 0)
        return;
    if (guard->text[size - 1] == '\\')
        wrong(guard, guard->text + size - 1, _("a backslash at the end swallows the next line; delete it"));
    else if (*guard->text == '[')
        read_section(guard);
    else if (*guard->text != '#' && *guard->text != ';')
        read_value(guard);
}

/* Line and column (in characters) of a byte of the file. */
static void find_place(const char *data, size_t offset, int32_t *line, int32_t *column)
{
    *line = 1;
    *column = 1;
    for (size_t i = 0; i < offset; i++) {
        if (data[i] == '\n') {
            (*line)++;
            *column = 1;
        } else if (((unsigned char)data[i] & 0xC0) != 0x80) {
            (*column)++;
        }
    }
}

/* False where the file is no text in UTF-8 that could be read line by line. */
static bool check_bytes(const struct guard *guard, const struct buffer *bytes)
{
    const char *data = bytes->data;
    size_t size = bytes->size, bad = 0;
    int32_t line = 1, column = 1;
    const char *sentence = NULL;
    if (size >= 2 && (memcmp(data, "\xFF\xFE", 2) == 0 || memcmp(data, "\xFE\xFF", 2) == 0)) {
        sentence = _("the file is UTF-16; save it as UTF-8");
    } else if (size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) {
        sentence = _("the file begins with an invisible byte order mark; save it as UTF-8 without BOM");
    } else if (size > 0 && memchr(data, '\0', size) != NULL) {
        find_place(data, (size_t)((const char *)memchr(data, '\0', size) - data), &line, &column);
        sentence = _("a NUL byte: this is no text file; save it as plain text in UTF-8");
    } else if (!text_is_utf8(data, size, &bad)) {
        find_place(data, bad, &line, &column);
        sentence = _("this is not UTF-8 (perhaps Windows-1251); save the file as UTF-8");
    }
    if (sentence != NULL)
        diag_add(guard->diag, DIAG_ERROR, guard->ini->file, line, column, "%s", sentence);
    return sentence == NULL;
}

static void read_lines(struct guard *guard, const struct buffer *bytes)
{
    const char *at = bytes->data, *end = bytes->size == 0 ? at : at + bytes->size;
    while (at < end) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        const char *stop = feed == NULL ? end : feed;
        guard->line++;
        read_line(guard, at, (size_t)(stop - at));
        at = feed == NULL ? end : feed + 1;
    }
}

/* What iniparser reads is what counts; a difference from the guard means that the file changed in between, or that
 * iniparser, which says nothing then, got no memory for a value. */
static bool parse(struct arena *arena, const char *path, struct ini *ini, struct err *err)
{
    if (ini->value_count == 0)
        return true;
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t former = plain == (locale_t)0 ? (locale_t)0 : uselocale(plain);
    mem_reserve(BASE_BYTES + ini->value_count * VALUE_BYTES);
    dictionary *values = iniparser_load(path);
    bool same = values != NULL;
    for (size_t i = 0; same && i < ini->value_count; i++) {
        struct ini_value *value = &ini->values[i];
        const char *text = iniparser_getstring(values, arena_format(arena, "%s:%s", value->section, value->key), NULL);
        same = text != NULL && strcmp(text, value->text) == 0;
        if (same)
            value->text = text_nfc(arena, arena_copy(arena, text));
    }
    iniparser_freedict(values);
    if (plain != (locale_t)0) {
        uselocale(former);
        freelocale(plain);
    }
    return same || err_set(err, ERR_MACHINE, _("%s changed while it was read, or memory is short; try again"), path);
}

/* The lists were grown on the heap; the arena keeps them. */
static void move_lists(struct arena *arena, struct ini *ini)
{
    struct section *sections = arena_alloc(arena, (ini->section_count + 1) * sizeof *sections);
    struct ini_value *values = arena_alloc(arena, (ini->value_count + 1) * sizeof *values);
    if (ini->section_count > 0)
        memcpy(sections, ini->sections, ini->section_count * sizeof *sections);
    if (ini->value_count > 0)
        memcpy(values, ini->values, ini->value_count * sizeof *values);
    mem_free(ini->sections);
    mem_free(ini->values);
    ini->sections = sections;
    ini->values = values;
}

bool ini_load(struct arena *arena, const char *path, struct ini **out, struct diag *diag, struct err *err)
{
    struct buffer bytes = {0};
    struct ini *ini = arena_alloc(arena, sizeof *ini);
    ini->file = arena_copy(arena, path);
    size_t before = diag_count(diag, DIAG_ERROR);
    bool ok = file_read(path, FILE_BYTES, &bytes, err);
    if (ok) {
        struct guard guard = {.arena = arena, .diag = diag, .ini = ini};
        if (check_bytes(&guard, &bytes))
            read_lines(&guard, &bytes);
        ok = ini_settle(path, diag, before, err);
    }
    buffer_free(&bytes);
    move_lists(arena, ini);
    ok = ok && parse(arena, path, ini, err);
    *out = ok ? ini : NULL;
    return ok;
}

bool ini_settle(const char *file, const struct diag *diag, size_t before, struct err *err)
{
    size_t count = diag_count(diag, DIAG_ERROR) - before;
    return count == 0 || err_set(err, ERR_INPUT,
                                 ngettext("%s has %zu mistake; correct it and try again",
                                          "%s has %zu mistakes; correct them and try again", count),
                                 file, count);
}

size_t ini_count(const struct ini *ini)
{
    return ini->value_count;
}

const struct ini_value *ini_at(const struct ini *ini, size_t index)
{
    return index < ini->value_count ? &ini->values[index] : NULL;
}

const struct ini_value *ini_lookup(const struct ini *ini, const char *section, const char *key)
{
    for (size_t i = 0; i < ini->value_count; i++)
        if (strcmp(ini->values[i].key, key) == 0 && strcmp(ini->values[i].section, section) == 0)
            return &ini->values[i];
    return NULL;
}

const char *ini_file(const struct ini *ini)
{
    return ini->file;
}

const char *ini_lines(struct arena *arena, const struct ini *ini, bool (*keep)(const char *section, const char *key))
{
    struct buffer text = {0};
    for (size_t i = 0; ini != NULL && i < ini->value_count; i++) {
        const struct ini_value *value = &ini->values[i];
        if (keep == NULL || keep(value->section, value->key))
            buffer_format(&text, "[%s] %s = %s\n", value->section, value->key, value->text);
    }
    const char *lines = text.size == 0 ? "" : arena_copy_n(arena, text.data, text.size);
    buffer_free(&text);
    return lines;
}

struct ini *ini_recall(struct arena *arena, const char *name, const char *lines)
{
    struct ini *ini = arena_alloc(arena, sizeof *ini);
    ini->file = arena_copy(arena, name);
    int32_t number = 0;
    for (const char *at = lines, *end; *at != '\0'; at = *end == '\0' ? end : end + 1) {
        end = at + strcspn(at, "\n");
        char *line = arena_copy_n(arena, at, (size_t)(end - at));
        char *behind = strstr(line, "] "), *equals = behind == NULL ? NULL : strstr(behind, " = ");
        number++;
        if (line[0] != '[' || equals == NULL)
            continue;
        *behind = *equals = '\0';
        ini->values = mem_grow(ini->values, ini->value_count, &ini->value_room, sizeof *ini->values);
        ini->values[ini->value_count++] = (struct ini_value){.section = line + 1,
                                                             .key = behind + 2,
                                                             .text = equals + 3,
                                                             .file = ini->file,
                                                             .line = number,
                                                             .column = 1,
                                                             .key_column = 1};
    }
    move_lists(arena, ini);
    return ini;
}

const char *ini_section(const struct ini *ini, size_t index, int32_t *line)
{
    if (index >= ini->section_count)
        return NULL;
    *line = ini->sections[index].line;
    return ini->sections[index].name;
}
