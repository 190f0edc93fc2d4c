/* A sheet in the making: what any thread may do of it, apart from the store and the folders. */
#ifndef PAPERDIARY_ISSUE_MAKING_H
#define PAPERDIARY_ISSUE_MAKING_H

#include <stdbool.h>

#include "base/err.h"
#include "base/mem.h"
#include "issue/batch.h"
#include "sheets/weekly.h"
#include "typeset/set.h"

struct making {
    struct piece *piece;
    struct sheet_label label; /* of a fresh piece */
    const char *title;        /* of its own file; NULL: that is not made */
    /* out: */
    struct sheet_forecast *forecasts; /* of the row */
    struct set_report report;
    struct buffer bytes; /* of its own file */
    char sha256[65];     /* of them */
    bool ok;
    struct err err; /* where not ok */
};

/* Makes the pages of a fresh piece (the others have them), and the own file. */
void making_make(const struct workshop *shop, const struct sheet_maker *maker, const struct sheet_class *class,
                 struct making *making);
void making_free(struct making *making); /* the pages stay with the piece */

#endif
