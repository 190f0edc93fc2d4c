/* Within the settings only: a layout being read. */
#ifndef PAPERDIARY_SETTINGS_LAYOUT_READER_H
#define PAPERDIARY_SETTINGS_LAYOUT_READER_H

#include "settings/layers.h"
#include "settings/layout.h"

struct diag;

struct layout_reader {
    struct arena *arena;
    struct layers layers;
    struct diag *diag;
    struct layout *out;
};

/* The installed file lacks what a layout can't be without. */
void layout_tell_missing(const struct layout_reader *reader, const char *section, const char *key);

/* The parts, in any order. */
void layout_read_page(const struct layout_reader *reader);
void layout_read_styles(const struct layout_reader *reader);
void layout_read_windows(const struct layout_reader *reader);
void layout_read_blocks(const struct layout_reader *reader);
void layout_read_words(const struct layout_reader *reader);

int layout_compare_words(const void *a, const void *b); /* by key */

#endif
