#include "settings/layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "settings/layers.h"
#include "settings/value.h"

#define POINT        1000
#define LEAST_PAGE   (100 * POINT)
#define LARGEST_PAGE (4000 * POINT)
#define STYLE        "style "
#define WINDOW       "window "
#define BODY         "body"

static const struct ini_known known_keys[] = {
    {"layout", "base", false},        {"page", "size", false},
    {"page", "width", false},         {"page", "height", false},
    {"page", "margin_top", false},    {"page", "margin_right", false},
    {"page", "margin_bottom", false}, {"page", "margin_left", false},
    {"page", "largest", false},       {"style *", "face", false},
    {"style *", "size", false},       {"style *", "leading", false},
    {"style *", "grey", false},       {"style *", "spacing", false},
    {"blocks", "front", false},       {"blocks", "back", false},
    {"window *", "left", false},      {"window *", "top", false},
    {"window *", "width", false},     {"window *", "height", false},
    {"window *", "fold", false},      {"words", "*", false},
};
#define KNOWN (sizeof known_keys / sizeof known_keys[0])

static const char *const faces[FACE_COUNT] = {
    [FACE_SANS] = "sans",
    [FACE_SANS_BOLD] = "sans-bold",
    [FACE_SANS_ITALIC] = "sans-italic",
    [FACE_NARROW] = "narrow",
    [FACE_NARROW_BOLD] = "narrow-bold",
    [FACE_SERIF] = "serif",
    [FACE_SERIF_BOLD] = "serif-bold",
};

struct reader {
    struct arena *arena;
    struct layers layers;
    struct diag *diag;
    struct layout *out;
};

/* The installed file lacks what a layout can't be without. */
static void tell_missing(const struct reader *reader, const char *section, const char *key)
{
    diag_add(reader->diag, DIAG_ERROR, ini_file(reader->layers.installed), 0, 0,
             _("[%s] has no '%s'; a layout needs it"), section, key);
}

static void read_length(const struct reader *reader, const struct ini_value *value, int32_t em, int32_t low,
                        int32_t high, int32_t *out)
{
    int32_t length = 0;
    if (!value_length(value->text, em, &length))
        diag_add(reader->diag, INI_AT(value), _("'%s' is no length; give a number with mm or pt, for example 18 mm"),
                 value->text);
    else if (length < low || length > high)
        diag_add(reader->diag, INI_AT(value), _("'%s' is out of range; give a length from %d to %d pt"), value->text,
                 (int)(low / POINT), (int)(high / POINT));
    else
        *out = length;
}

static void read_page_size(const struct reader *reader, const struct ini *ini)
{
    static const struct {
        int32_t width, height; /* 210 × 297 mm, 148 × 210 mm, 8½ × 11 inches */
    } sizes[] = {{595276, 841890}, {419528, 595276}, {612000, 792000}};
    static const char *const names[] = {"A4", "A5", "Letter"};
    enum { SIZES = sizeof names / sizeof *names };
    struct layout *out = reader->out;
    const struct ini_value *size = ini_lookup(ini, "page", "size");
    const struct ini_value *width = ini_lookup(ini, "page", "width"), *height = ini_lookup(ini, "page", "height");
    if (size != NULL) {
        int index = value_choice(size->text, names, SIZES);
        if (index < 0)
            diag_add(reader->diag, INI_AT(size), _("'%s' is no page size; %s, or width and height"), size->text,
                     value_advice(reader->arena, size->text, names, SIZES));
        out->page_width = sizes[index < 0 ? 0 : index].width;
        out->page_height = sizes[index < 0 ? 0 : index].height;
    }
    if (size != NULL && (width != NULL || height != NULL)) {
        diag_add(reader->diag, INI_AT(width != NULL ? width : height),
                 _("the page has its size and also a width or height; keep one of the two"));
        return;
    }
    if (width != NULL)
        read_length(reader, width, 0, LEAST_PAGE, LARGEST_PAGE, &out->page_width);
    if (height != NULL)
        read_length(reader, height, 0, LEAST_PAGE, LARGEST_PAGE, &out->page_height);
}

static void read_page(const struct reader *reader)
{
    struct layout *out = reader->out;
    const struct {
        const char *key;
        int32_t *length;
    } margins[] = {{"margin_top", &out->margin_top},
                   {"margin_right", &out->margin_right},
                   {"margin_bottom", &out->margin_bottom},
                   {"margin_left", &out->margin_left}};
    read_page_size(reader, reader->layers.installed);
    if (out->page_width == 0 || out->page_height == 0)
        tell_missing(reader, "page", "size");
    if (reader->layers.own != NULL)
        read_page_size(reader, reader->layers.own);
    const struct ini_value *last = NULL;
    for (size_t i = 0; i < 4; i++) {
        const struct ini_value *value = layers_lookup(&reader->layers, "page", margins[i].key);
        if (value == NULL)
            tell_missing(reader, "page", margins[i].key);
        else
            read_length(reader, value, 0, 0, LARGEST_PAGE, margins[i].length);
        last = value == NULL ? last : value;
    }
    if (last != NULL && out->page_width != 0 && out->page_height != 0 &&
        (out->margin_left + out->margin_right > out->page_width - LEAST_PAGE ||
         out->margin_top + out->margin_bottom > out->page_height - LEAST_PAGE))
        diag_add(reader->diag, INI_AT(last), _("the margins leave no room on the page; make them smaller"));
}

static void read_style(const struct reader *reader, const char *section, struct style *out)
{
    const struct layers *layers = &reader->layers;
    const struct ini_value *face = layers_lookup(layers, section, "face");
    const struct ini_value *size = layers_lookup(layers, section, "size");
    const struct ini_value *leading = layers_lookup(layers, section, "leading");
    const struct ini_value *grey = layers_lookup(layers, section, "grey");
    const struct ini_value *spacing = layers_lookup(layers, section, "spacing");
    *out = (struct style){.name = section + strlen(STYLE), .face = FACE_SANS, .size = 9 * POINT};
    int chosen = face == NULL ? (int)FACE_SANS : value_choice(face->text, faces, FACE_COUNT);
    if (chosen >= 0)
        out->face = (enum face)chosen;
    else
        diag_add(reader->diag, INI_AT(face), _("there is no face '%s'; %s"), face->text,
                 value_advice(reader->arena, face->text, faces, FACE_COUNT));
    if (size == NULL)
        tell_missing(reader, section, "size");
    else
        read_length(reader, size, 0, 4 * POINT, 150 * POINT, &out->size);
    int32_t factor = 1200;
    if (leading != NULL && (!value_decimal(leading->text, 3, &factor) || factor < 700 || factor > 4000))
        diag_add(reader->diag, INI_AT(leading),
                 _("'%s' is no leading; give the distance of lines as a factor of the size, for example 1.24"),
                 leading->text);
    out->leading = (int32_t)(((int64_t)out->size * factor + 500) / 1000);
    int32_t percent = 100 * 1000;
    if (grey != NULL) {
        char *text = arena_copy(reader->arena, grey->text);
        text[strcspn(text, " %")] = '\0';
        const char *rest = grey->text + strlen(text);
        if (!value_decimal(text, 3, &percent) || percent > 100 * 1000 || strcmp(rest + strspn(rest, " "), "%") != 0) {
            percent = 100 * 1000;
            diag_add(reader->diag, INI_AT(grey), _("'%s' is no grey; give a percentage of black, for example 73 %%"),
                     grey->text);
        }
    }
    out->grey = 255 - (255 * percent + 50000) / 100000;
    if (spacing != NULL)
        read_length(reader, spacing, out->size, 0, 20 * POINT, &out->spacing);
}

static bool is_style(const char *section)
{
    return strncmp(section, STYLE, strlen(STYLE)) == 0;
}

/* Names of an installed file's styles (with «style » before them), the body first; NULL after the last. */
static const char **style_sections(const struct reader *reader, size_t *count)
{
    int32_t line = 0;
    size_t total = 0, found = 1;
    while (ini_section(reader->layers.installed, total, &line) != NULL)
        total++;
    const char **sections = arena_alloc(reader->arena, (total + 2) * sizeof *sections);
    for (size_t i = 0; i < total; i++) {
        const char *section = ini_section(reader->layers.installed, i, &line);
        if (strcmp(section, STYLE BODY) == 0)
            sections[0] = section;
        else if (is_style(section))
            sections[found++] = section;
    }
    if (sections[0] == NULL) {
        tell_missing(reader, STYLE BODY, "size");
        sections[0] = STYLE BODY;
    }
    *count = found;
    return sections;
}

static void read_styles(const struct reader *reader)
{
    size_t count = 0;
    const char **sections = style_sections(reader, &count);
    struct style *styles = arena_alloc(reader->arena, count * sizeof *styles);
    for (size_t i = 0; i < count; i++)
        read_style(reader, sections[i], &styles[i]);
    reader->out->styles = styles;
    reader->out->style_count = count;
    reader->out->largest_body = styles[0].size;
    const struct ini_value *largest = layers_lookup(&reader->layers, "page", "largest");
    if (largest != NULL)
        read_length(reader, largest, 0, 4 * POINT, 150 * POINT, &reader->out->largest_body);
    if (reader->out->largest_body < styles[0].size)
        reader->out->largest_body = styles[0].size;
    int32_t line = 0;
    const char *own = NULL;
    for (size_t i = 0; reader->layers.own != NULL && (own = ini_section(reader->layers.own, i, &line)) != NULL; i++) {
        bool known = !is_style(own);
        for (size_t k = 0; k < count && !known; k++)
            known = strcmp(sections[k], own) == 0;
        if (!known)
            diag_add(reader->diag, DIAG_ERROR, ini_file(reader->layers.own), line, 0,
                     _("the installed layout has no [%s]; %s"), own, value_advice(reader->arena, own, sections, count));
    }
}

static void read_window(const struct reader *reader, const char *section, struct layout_window *out)
{
    const struct {
        const char *key;
        int32_t *length;
        bool needed;
    } lengths[] = {{"left", &out->left, true},
                   {"top", &out->top, true},
                   {"width", &out->width, true},
                   {"height", &out->height, true},
                   {"fold", &out->fold, false}};
    *out = (struct layout_window){.name = section + strlen(WINDOW)};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        const struct ini_value *value = layers_lookup(&reader->layers, section, lengths[i].key);
        if (value != NULL)
            read_length(reader, value, 0, 0, LARGEST_PAGE, lengths[i].length);
        else if (lengths[i].needed)
            tell_missing(reader, section, lengths[i].key);
    }
}

static int compare_windows(const void *a, const void *b)
{
    const struct layout_window *x = a, *y = b;
    return (x->top > y->top) - (x->top < y->top);
}

/* A window without a width is none: so a school takes one away. */
static void read_windows(const struct reader *reader)
{
    const struct ini *installed = reader->layers.installed;
    int32_t line = 0;
    size_t total = 0, count = 0;
    while (ini_section(installed, total, &line) != NULL)
        total++;
    struct layout_window *windows = arena_alloc(reader->arena, (total + 1) * sizeof *windows);
    for (size_t i = 0; i < total; i++) {
        const char *section = ini_section(installed, i, &line);
        if (strncmp(section, WINDOW, strlen(WINDOW)) != 0)
            continue;
        read_window(reader, section, &windows[count]);
        count += windows[count].width > 0 ? 1 : 0;
    }
    qsort(windows, count, sizeof *windows, compare_windows);
    reader->out->windows = windows;
    reader->out->window_count = count;
}

static bool listed(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* The block names of one side as the file lists them. */
static const char *const *read_side(const struct reader *reader, const struct ini *ini, const char *side,
                                    const char *const *known, size_t known_count, size_t *count)
{
    const struct ini_value *value = ini == NULL ? NULL : ini_lookup(ini, "blocks", side);
    const struct value_item *items = NULL;
    size_t found = value == NULL ? 0 : value_list(reader->arena, value->text, false, &items);
    const char **names = arena_alloc(reader->arena, (found + 1) * sizeof *names);
    *count = 0;
    for (size_t i = 0; i < found; i++) {
        if (listed(names, *count, items[i].text))
            diag_add(reader->diag, DIAG_ERROR, value->file, value->line, value->column + items[i].offset,
                     _("the block '%s' stands here twice; keep one"), items[i].text);
        else if (known != NULL && !listed(known, known_count, items[i].text))
            diag_add(reader->diag, DIAG_ERROR, value->file, value->line, value->column + items[i].offset,
                     _("there is no block '%s'; %s"), items[i].text,
                     value_advice(reader->arena, items[i].text, known, known_count));
        else
            names[(*count)++] = items[i].text;
    }
    return names;
}

static void read_blocks(const struct reader *reader)
{
    const struct layers *layers = &reader->layers;
    struct layout *out = reader->out;
    out->front = read_side(reader, layers->installed, "front", NULL, 0, &out->front_count);
    out->back = read_side(reader, layers->installed, "back", NULL, 0, &out->back_count);
    size_t known_count = out->front_count + out->back_count;
    const char **known = arena_alloc(reader->arena, (known_count + 1) * sizeof *known);
    if (out->front_count > 0)
        memcpy(known, out->front, out->front_count * sizeof *known);
    if (out->back_count > 0)
        memcpy(known + out->front_count, out->back, out->back_count * sizeof *known);
    if (layers->own != NULL && ini_lookup(layers->own, "blocks", "front") != NULL)
        out->front = read_side(reader, layers->own, "front", known, known_count, &out->front_count);
    if (layers->own != NULL && ini_lookup(layers->own, "blocks", "back") != NULL)
        out->back = read_side(reader, layers->own, "back", known, known_count, &out->back_count);
    const struct ini_value *back = layers->own == NULL ? NULL : ini_lookup(layers->own, "blocks", "back");
    const struct ini_value *at = back != NULL ? back : layers_lookup(layers, "blocks", "front");
    if (layers_lookup(layers, "blocks", "front") == NULL)
        tell_missing(reader, "blocks", "front");
    for (size_t i = 0; i < out->front_count && at != NULL; i++)
        if (listed(out->back, out->back_count, out->front[i]))
            diag_add(reader->diag, INI_AT(at), _("the block '%s' stands on the front and on the back; keep one"),
                     out->front[i]);
}

/* The placeholder that begins at `at` («{days}»), its length; 0 where the brace is not closed. */
static size_t placeholder(const char *at)
{
    size_t length = strcspn(at + 1, "{} ");
    return at[length + 1] == '}' ? length + 2 : 0;
}

/* Every {placeholder} of a school's word has to be in the installed text. */
static void check_placeholders(const struct reader *reader, const struct ini_value *own, const char *installed)
{
    for (const char *at = strchr(own->text, '{'); at != NULL; at = strchr(at + 1, '{')) {
        size_t length = placeholder(at);
        const char *name = arena_copy_n(reader->arena, at, length == 0 ? strlen(at) : length);
        if (length == 0 || strstr(installed, name) == NULL)
            diag_add(reader->diag, INI_AT(own), _("'%s' can't be filled in; the installed text of this word is '%s'"),
                     name, installed);
    }
}

static int compare_words(const void *a, const void *b)
{
    return strcmp(((const struct layout_word *)a)->key, ((const struct layout_word *)b)->key);
}

static void read_words(const struct reader *reader)
{
    const struct ini *installed = reader->layers.installed, *own = reader->layers.own;
    size_t total = ini_count(installed), count = 0;
    struct layout_word *words = arena_alloc(reader->arena, (total + 1) * sizeof *words);
    const char **keys = arena_alloc(reader->arena, (total + 1) * sizeof *keys);
    for (size_t i = 0; i < total; i++) {
        const struct ini_value *value = ini_at(installed, i);
        if (strcmp(value->section, "words") != 0)
            continue;
        const struct ini_value *mine = own == NULL ? NULL : ini_lookup(own, "words", value->key);
        if (mine != NULL)
            check_placeholders(reader, mine, value->text);
        keys[count] = value->key;
        words[count++] = (struct layout_word){.key = value->key, .text = mine != NULL ? mine->text : value->text};
    }
    for (size_t i = 0; own != NULL && i < ini_count(own); i++) {
        const struct ini_value *value = ini_at(own, i);
        if (strcmp(value->section, "words") == 0 && !listed(keys, count, value->key))
            diag_add(reader->diag, DIAG_ERROR, value->file, value->line, value->key_column,
                     _("no sheet prints a word '%s'; %s"), value->key,
                     value_advice(reader->arena, value->key, keys, count));
    }
    qsort(words, count, sizeof *words, compare_words);
    reader->out->words = words;
    reader->out->word_count = count;
}

/* Opens the installed file below the school's `own` (NULL: none): that of the same name, or the one that `own` names.
 */
static bool open_installed(struct reader *reader, struct ini *own, const char *own_folder, const char *installed_folder,
                           const char *name, struct err *err)
{
    struct arena *arena = reader->arena;
    const char *own_path = own == NULL ? "" : ini_file(own), *base = name;
    struct ini *installed = NULL;
    const struct ini_value *named = own == NULL ? NULL : ini_lookup(own, "layout", "base");
    base = named == NULL ? name : named->text;
    const char *path = layers_path(arena, installed_folder, base);
    if (path == NULL && named != NULL) {
        diag_add(reader->diag, INI_AT(named), _("there is no layout '%s'; %s"), base,
                 layers_advice(arena, NULL, installed_folder, base));
        return ini_settle(own_path, reader->diag, diag_count(reader->diag, DIAG_ERROR) - 1, err);
    }
    if (path == NULL && own != NULL)
        return err_set(err, ERR_INPUT,
                       _("%s doesn't say which installed layout it changes; write under [layout], for example, base = "
                         "weekly"),
                       own_path);
    if (path == NULL)
        return err_set(err, ERR_INPUT, _("there is no layout '%s'; %s"), name,
                       layers_advice(arena, own_folder, installed_folder, name));
    if (!ini_load(arena, path, &installed, reader->diag, err))
        return false;
    reader->layers = (struct layers){.own = own, .installed = installed};
    return true;
}

/* `before`: the errors that stood in the diag before the files were opened. */
static bool read_layers(struct reader *reader, size_t before, struct err *err)
{
    const struct layers *layers = &reader->layers;
    ini_check(reader->arena, layers->installed, known_keys + 1, KNOWN - 1, reader->diag); /* it has no base */
    if (layers->own != NULL)
        ini_check(reader->arena, layers->own, known_keys, KNOWN, reader->diag);
    read_page(reader);
    read_styles(reader);
    read_blocks(reader);
    read_windows(reader);
    read_words(reader);
    reader->out->own = ini_lines(reader->arena, layers->own, NULL);
    return ini_settle(ini_file(layers->own != NULL ? layers->own : layers->installed), reader->diag, before, err);
}

bool layout_load(struct arena *arena, const char *school_folder, const char *installed_folder, const char *name,
                 struct layout *out, struct diag *diag, struct err *err)
{
    *out = (struct layout){.name = arena_copy(arena, name)};
    struct reader reader = {.arena = arena, .diag = diag, .out = out};
    const char *own_folder = school_folder == NULL ? NULL : file_join(arena, school_folder, "layouts");
    const char *own_path = layers_path(arena, own_folder, name);
    struct ini *own = NULL;
    return (own_path == NULL || ini_load(arena, own_path, &own, diag, err)) &&
           open_installed(&reader, own, own_folder, installed_folder, name, err) &&
           read_layers(&reader, diag_count(diag, DIAG_ERROR), err);
}

bool layout_recall(struct arena *arena, const char *own, const char *installed_folder, const char *name,
                   struct layout *out)
{
    struct diag *diag = diag_new();
    struct err ignored = {0};
    *out = (struct layout){.name = arena_copy(arena, name)};
    struct reader reader = {.arena = arena, .diag = diag, .out = out};
    struct ini *lines = own[0] == '\0' ? NULL : ini_recall(arena, name, own);
    bool ok =
        open_installed(&reader, lines, NULL, installed_folder, name, &ignored) && read_layers(&reader, 0, &ignored);
    diag_free(diag);
    return ok;
}

uint16_t layout_style(const struct layout *layout, const char *name)
{
    for (size_t i = 0; i < layout->style_count; i++)
        if (strcmp(layout->styles[i].name, name) == 0)
            return (uint16_t)i;
    return 0;
}

const char *layout_word(const struct layout *layout, const char *key)
{
    struct layout_word wanted = {.key = key};
    const struct layout_word *word = layout->word_count == 0 ? NULL
                                                             : bsearch(&wanted, layout->words, layout->word_count,
                                                                       sizeof *layout->words, compare_words);
    return word == NULL ? "" : word->text;
}
