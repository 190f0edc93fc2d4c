/* Where the program's own layouts, profiles, fonts and catalogues are: beside the checkout it runs from, else under
 * PREFIX. */
#ifndef PAPERDIARY_BASE_PLACE_H
#define PAPERDIARY_BASE_PLACE_H

struct arena;

struct places {
    const char *layouts;
    const char *profiles;
    const char *fonts;
    const char *hyphens; /* the hyphenation dictionary */
    const char *locale;
    const char *example; /* the school of `demo` */
};

/* Found from the program's own path; in the arena. */
struct places places_find(struct arena *arena);

#endif
