/* Page, styles and windows of a layout. */
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "settings/layout_reader.h"
#include "settings/value.h"

#define POINT        1000
#define LEAST_PAGE   (100 * POINT)
#define LARGEST_PAGE (4000 * POINT)
#define LEAST_FOLD   56692 /* 20 mm */
#define STYLE        "style "
#define WINDOW       "window "
#define BODY         "body"

static const char *const faces[FACE_COUNT] = {
    [FACE_SANS] = "sans",
    [FACE_SANS_BOLD] = "sans-bold",
    [FACE_SANS_ITALIC] = "sans-italic",
    [FACE_NARROW] = "narrow",
    [FACE_NARROW_BOLD] = "narrow-bold",
    [FACE_SERIF] = "serif",
    [FACE_SERIF_BOLD] = "serif-bold",
};

static void read_length(const struct layout_reader *reader, const struct ini_value *value, int32_t em, int32_t low,
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

static void read_page_size(const struct layout_reader *reader, const struct ini *ini)
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

void layout_read_page(const struct layout_reader *reader)
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
        layout_tell_missing(reader, "page", "size");
    if (reader->layers.own != NULL)
        read_page_size(reader, reader->layers.own);
    const struct ini_value *last = NULL;
    for (size_t i = 0; i < 4; i++) {
        const struct ini_value *value = layers_lookup(&reader->layers, "page", margins[i].key);
        if (value == NULL)
            layout_tell_missing(reader, "page", margins[i].key);
        else
            read_length(reader, value, 0, 0, LARGEST_PAGE, margins[i].length);
        last = value == NULL ? last : value;
    }
    if (last != NULL && out->page_width != 0 && out->page_height != 0 &&
        (out->margin_left + out->margin_right > out->page_width - LEAST_PAGE ||
         out->margin_top + out->margin_bottom > out->page_height - LEAST_PAGE))
        diag_add(reader->diag, INI_AT(last), _("the margins leave no room on the page; make them smaller"));
}

static void read_style(const struct layout_reader *reader, const char *section, struct style *out)
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
        layout_tell_missing(reader, section, "size");
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
static const char **style_sections(const struct layout_reader *reader, size_t *count)
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
        layout_tell_missing(reader, STYLE BODY, "size");
        sections[0] = STYLE BODY;
    }
    *count = found;
    return sections;
}

void layout_read_styles(const struct layout_reader *reader)
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

/* `at`: the first value of a window that the school has added; NULL: the window is installed. */
static void read_window(const struct layout_reader *reader, const char *section, const struct ini_value *at,
                        struct layout_window *out)
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
        else if (lengths[i].needed && at != NULL)
            diag_add(reader->diag, DIAG_ERROR, at->file, at->line, 0, _("[%s] has no '%s'; a window needs it"), section,
                     lengths[i].key);
        else if (lengths[i].needed)
            layout_tell_missing(reader, section, lengths[i].key);
    }
    const struct ini_value *fold = layers_lookup(&reader->layers, section, "fold");
    if (fold != NULL && out->fold > 0 && out->fold < LEAST_FOLD)
        diag_add(reader->diag, INI_AT(fold),
                 _("'%s' is no height to fold a page at; give at least 20 mm, or 0 for none"), fold->text);
}

static int compare_windows(const void *a, const void *b)
{
    const struct layout_window *x = a, *y = b;
    return (x->top > y->top) - (x->top < y->top);
}

static bool is_window(const char *section)
{
    return strncmp(section, WINDOW, strlen(WINDOW)) == 0;
}

/* Reads the windows that a file names and `before` lacks; returns how many these are, and counts those with a width. */
static size_t read_windows_of(const struct layout_reader *reader, const struct ini *ini, const struct ini *before,
                              struct layout_window *windows, size_t *count)
{
    size_t named = 0;
    for (size_t i = 0; ini != NULL && i < ini_count(ini); i++) {
        const struct ini_value *value = ini_at(ini, i);
        bool known = !is_window(value->section);
        for (size_t k = 0; k < i && !known; k++)
            known = strcmp(ini_at(ini, k)->section, value->section) == 0;
        for (size_t k = 0; before != NULL && k < ini_count(before) && !known; k++)
            known = strcmp(ini_at(before, k)->section, value->section) == 0;
        if (known)
            continue;
        read_window(reader, value->section, before == NULL ? NULL : value, &windows[*count]);
        *count += windows[*count].width > 0 ? 1 : 0;
        named++;
    }
    return named;
}

/* A window without a width is none: so a school takes one away, but not all. */
void layout_read_windows(const struct layout_reader *reader)
{
    const struct ini *installed = reader->layers.installed, *own = reader->layers.own;
    size_t room = ini_count(installed) + (own == NULL ? 0 : ini_count(own)), count = 0;
    size_t before = diag_count(reader->diag, DIAG_ERROR);
    struct layout_window *windows = arena_alloc(reader->arena, (room + 1) * sizeof *windows);
    size_t named = read_windows_of(reader, installed, NULL, windows, &count);
    read_windows_of(reader, own, installed, windows, &count);
    const struct ini_value *at = NULL;
    for (size_t i = 0; own != NULL && i < ini_count(own); i++)
        if (is_window(ini_at(own, i)->section))
            at = ini_at(own, i);
    if (named > 0 && count == 0 && at != NULL && diag_count(reader->diag, DIAG_ERROR) == before)
        diag_add(reader->diag, INI_AT(at), _("no window is left for the address; give one of them a width"));
    qsort(windows, count, sizeof *windows, compare_windows);
    reader->out->windows = windows;
    reader->out->window_count = count;
}
