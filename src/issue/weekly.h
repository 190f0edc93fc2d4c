/* Issuing the weekly sheets: numbers, files, bundles, register. */
#ifndef PAPERDIARY_ISSUE_WEEKLY_H
#define PAPERDIARY_ISSUE_WEEKLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gradebook/week.h"
#include "settings/layout.h"

struct arena;
struct err;
struct hyphens;
struct metrics;
struct press;
struct school;
struct store;

/* Opened once a run: everything that sheets are made with. */
struct workshop {
    const struct school *school;
    struct layout layout;
    struct metrics *metrics;
    struct hyphens *hyphens;
    struct press *press;
};

struct weekly_order {
    struct store *store;
    const char *folder; /* the school's out/ */
    struct iso_week week;
    const char *period;         /* "2026-W47" */
    const char *const *classes; /* chosen ones */
    size_t class_count;
    const struct pupil *pupil; /* only this one, on paper or not; NULL: all on paper */
    bool preview;
    int32_t today;
    const char *stamp, *account;
    /* Called as work goes on, and with NULL at the end; may be NULL. */
    void (*progress)(void *context, const char *form);
    void *context;
};

struct weekly_result {
    size_t issued;   /* sheets new in this run (or previews) */
    size_t standing; /* chosen, but issued before and nothing has changed */
    size_t pages;
    const char *const *files; /* of the sheets issued, below folder */
    const char *print;        /* print.pdf below folder; NULL: nothing was written */
    uint32_t missing[16];     /* characters that no face has */
    size_t missing_count;
};

/* Issues what is due. Files first stand aside, then the register takes the sheets in one transaction, then the files go
 * into place; what a killed run left open is made again from the register, byte for byte. The result lives in the
 * arena. */
bool weekly_issue(struct arena *arena, const struct workshop *shop, const struct weekly_order *order,
                  struct weekly_result *out, struct err *err);

#endif
