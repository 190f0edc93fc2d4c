/* Document + metrics → pages. */
#ifndef PAPERDIARY_TYPESET_SET_H
#define PAPERDIARY_TYPESET_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "typeset/document.h"
#include "typeset/page.h"

struct arena;
struct err;
struct metrics;
struct hyphens;
struct standing;

/* What setting needs besides the document; opened once a run. */
struct set_tools {
    const struct metrics *metrics;
    const struct hyphens *hyphens; /* NULL: no hyphenation */
    struct standing *standing;     /* NULL: no text is kept for the next document */
};

/* Characters that no face had; each was set as «?» in a frame («▯» is a path, not a glyph) */
struct set_report {
    uint32_t missing[16];
    size_t missing_count; /* may exceed 16 */
};

/* Sets the whole document. Each part's body is set as large as layout->largest_body allows without taking more pages
 * than at its own size. Pages live in the arena. Fails only on a document that can't be set (a box higher than a page
 * that may not break is broken all the same). */
bool set_document(struct arena *arena, const struct document *document, const struct set_tools *tools,
                  struct page **pages, size_t *page_count, struct set_report *report, struct err *err);

/* For set_tools; several threads may set with it at once. */
struct standing *standing_new(void);
void standing_free(struct standing *standing);

bool hyphens_open(const char *dictionary, struct hyphens **out, struct err *err);
void hyphens_free(struct hyphens *hyphens);

#endif
