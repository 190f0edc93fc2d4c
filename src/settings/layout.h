/* A layout (layouts/weekly.ini): page, type, order of blocks, every printed word. */
#ifndef PAPERDIARY_SETTINGS_LAYOUT_H
#define PAPERDIARY_SETTINGS_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct diag;
struct err;

enum face {
    FACE_SANS,
    FACE_SANS_BOLD,
    FACE_SANS_ITALIC,
    FACE_NARROW,
    FACE_NARROW_BOLD,
    FACE_SERIF,
    FACE_SERIF_BOLD,
    FACE_COUNT
};

/* Lengths are in thousandths of a point. */
struct style {
    const char *name;
    enum face face;
    int32_t size;
    int32_t leading; /* line to line; INI gives it as a factor of size */
    int32_t grey;    /* 0 black … 255 white */
    int32_t spacing; /* added after each character */
};

/* Where an envelope's window shows the page, from the page's upper left corner. */
struct layout_window {
    const char *name; /* "dl" */
    int32_t left, top, width, height;
    int32_t fold; /* the page is folded at this height, and at each further one of it; 0: not */
};

struct layout_word {
    const char *key; /* "slip.title" */
    const char *text;
};

struct layout {
    const char *name; /* "weekly" */
    const char *kind; /* the installed layout that this is, or changes */
    const char *own;  /* what the school's file says, for layout_recall; "" without one */
    int32_t page_width, page_height;
    int32_t margin_top, margin_right, margin_bottom, margin_left; /* the binding margin is left */
    int32_t largest_body; /* body may breathe up to this size, thousandths of a point */
    const struct style *styles;
    size_t style_count;
    const char *const *front; /* order of blocks on the front, by name */
    size_t front_count;
    const char *const *back;
    size_t back_count;
    const struct layout_window *windows; /* from the top; of an envelope's address page */
    size_t window_count;
    const struct layout_word *words; /* sorted by key */
    size_t word_count;
};

/* Reads school_folder/layouts/NAME.ini (the folder may be NULL) over installed_folder/NAME.ini, key by key. A layout
 * that only the school has names the installed one that it changes ([layout] base = weekly); one with an installed
 * layout's name changes no other. A style, block, word or {placeholder} of the school's that the installed layout
 * lacks, and bad keys and values: diag with file and line, ERR_INPUT. Lengths accept mm and pt («18 mm», «9.3 pt»),
 * grey is a percentage of black. */
bool layout_load(struct arena *arena, const char *school_folder, const char *installed_folder, const char *name,
                 struct layout *out, struct diag *diag, struct err *err);

/* A layout as it once was: what the school's file said (`own`) over today's installed one. False where they don't fit
 * together any more. */
bool layout_recall(struct arena *arena, const char *own, const char *installed_folder, const char *name,
                   struct layout *out);

/* SHA-256 of all that the layout says, the school's changes included. */
void layout_digest(const struct layout *layout, char out[65]);

/* Index of a style; a style that is missing is a programming error of the sheet: returns 0 (the body). */
uint16_t layout_style(const struct layout *layout, const char *name);
/* A printed word or pattern; "" where the layout sets it empty. */
const char *layout_word(const struct layout *layout, const char *key);

#endif
