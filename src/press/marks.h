/* The bookmarks of a PDF, two levels of them. One is written when its neighbour is known: two stay in memory. */
#ifndef PAPERDIARY_PRESS_MARKS_H
#define PAPERDIARY_PRESS_MARKS_H

#include "press/objects.h"

struct mark {
    HPDF_Dict dict; /* NULL: there is none */
    HPDF_Obj_Header self, page, before, first, last;
    HPDF_INT32 under; /* all that stand under it */
    bool heads;       /* others may */
};

struct marks {
    struct mark root, chapter, leaf;
};

/* Level 0, or a higher one under the last of level 0. */
void marks_add(struct marks *marks, struct objects *objects, int level, const char *text, HPDF_Obj_Header page);
void marks_end(struct marks *marks, struct objects *objects);

#endif
