/* One run that issues the sheets of a kind for a period: who gets one, numbers, pages, files, bundles, register. What a
 * kind does its own way are the functions of its sheet_maker. */
#ifndef PAPERDIARY_ISSUE_BATCH_H
#define PAPERDIARY_ISSUE_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gradebook/week.h"
#include "issue/handout.h"
#include "settings/layout.h"
#include "store/store.h"

struct arena;
struct document;
struct err;
struct hyphens;
struct metrics;
struct press;
struct press_pack;
struct school;
struct sheet_label;
struct standing;

/* Opened once a run: everything that sheets are made with. */
struct workshop {
    const struct school *school;
    struct layout layout;
    struct layout register_layout, envelope_layout;
    const char *school_folder, *layout_folder; /* other layouts, the school's own and the installed ones */
    struct made_with made;
    struct metrics *metrics;
    struct hyphens *hyphens;
    struct press *press;
    struct standing *standing;
    size_t threads; /* that make sheets; 0: one for each core */
};

struct batch_order {
    struct store *store;
    const char *folder;         /* the school's out/ */
    const char *period;         /* "2026-W47", "2026-T1" */
    const char *const *classes; /* chosen ones */
    size_t class_count;
    const struct pupil *const *pupils; /* only these, on paper or not; NULL: all on paper */
    size_t pupil_count;
    bool first_only;   /* nobody's sheet is issued again */
    const char *aside; /* "preview": nothing is issued, files without a number go there; NULL: issue */
    bool bundles;      /* aside too: of each class and of all */
    bool everyone;     /* of the classes, on paper or not */
    bool print;        /* new sheets are noted as to be printed */
    int32_t today;
    const char *stamp, *account;
    /* Called as work goes on, and with NULL at the end; may be NULL. */
    void (*progress)(void *context, const char *form);
    void *context;
};

struct batch_result {
    size_t issued;   /* sheets new in this run (or previews) */
    size_t standing; /* chosen, but issued before and nothing has changed */
    size_t pages;
    const char *const *files; /* of the sheets issued, below folder */
    const char *print;        /* print.pdf below folder; NULL: nothing was written */
    uint32_t missing[16];     /* characters that no face has */
    size_t missing_count;
    const struct handout_warning *warnings;
    size_t warning_count;
};

/* The class in hand. */
struct sheet_class {
    struct arena *arena;
    const struct book *book; /* the same of all that make its sheets: indexes of it are known by it */
};

/* A sheet of the class in the making. */
struct piece {
    const struct pupil *pupil;
    size_t index; /* in the book */
    void *plan;   /* the maker's own, in the class's arena */
    struct sheet_row row;
    bool fresh;              /* issued by this run */
    struct press_pack *pack; /* its pages */
};

/* What a new sheet of the piece shows, and what was told before it. */
static inline void piece_shows(struct piece *piece, int32_t import, struct told told)
{
    piece->row.import = import;
    piece->row.told_import = told.import;
    piece->row.told_until = told.until;
}

struct sheet_maker {
    void *self;
    int32_t kind;              /* enum sheet_kind */
    int32_t from;              /* books are loaded from this day */
    int32_t paper_day;         /* families on paper on this day get sheets */
    struct iso_week foretells; /* the sheets forecast as of the end of this week; week 0: they don't */
    /* A class's book was loaded. */
    void (*open_class)(void *self, const struct sheet_class *class);
    /* Plans the sheet of piece->pupil; on entry piece->fresh is true where none was issued before. Sets piece->plan,
     * and what a new sheet shows (piece_shows). `issued`: the newest issue; fresh is
     * set where it has to be issued again (only where `chosen`), else the plan makes it again. Without one, fresh is
     * taken back where the pupil has nothing to be told. */
    bool (*plan)(void *self, const struct sheet_class *class, const struct sheet_row *issued, bool chosen,
                 struct piece *piece, struct err *err);
    /* Computes and composes; sets piece->row.until. `class` has an arena of the sheet's own; several threads may
     * compose at once. */
    void (*compose)(void *self, const struct sheet_class *class, struct piece *piece, const struct sheet_label *label,
                    struct document *out);
};

/* Issues what is due. Files first stand aside, then the register takes the sheets in one transaction, then the files go
 * into place; what a killed run left open is made again from the register, byte for byte. The result lives in the
 * arena. */
bool batch_issue(struct arena *arena, const struct workshop *shop, const struct batch_order *order,
                 const struct sheet_maker *maker, struct batch_result *out, struct err *err);

/* True where the order names this pupil. */
bool batch_names(const struct batch_order *order, int32_t pupil);

#endif
