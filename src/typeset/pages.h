/* Parts → pages: heads, bodies as large as they may be, slips, foot lines, the watermark. */
#ifndef PAPERDIARY_TYPESET_PAGES_H
#define PAPERDIARY_TYPESET_PAGES_H

#include <stdbool.h>
#include <stddef.h>

struct err;
struct page;
struct setting;

/* The setting's document, its texts already read. */
bool pages_set(struct setting *setting, struct page **pages, size_t *page_count, struct err *err);

#endif
